//! Pairs of rows of which the one that stands first decides, and how far each is about what the other is about.

use std::collections::{BTreeSet, HashMap};

use super::beside::{Met, Meter, Outside};
use super::rows::Reaches;
use crate::analysis::flows::Outcome;
use crate::compile::groups_in_order;
use crate::net::{Request, RuleOrder};
use crate::policy::{Policy, RuleBody, RulePlace};

/// How much is spent on asking, for all rows of a policy together, before it is said that not all was looked at.
const WORK: usize = 30_000_000;

/// Two rows that act differently, of which the one that stands first decides some requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The row that stands first.
    pub above: RulePlace,
    /// The row that stands further down.
    pub below: RulePlace,
    /// How far each is about what the other is about.
    pub kind: OverlapKind,
    /// A request that the upper row decides, and that the lower one would decide if it stood first.
    pub request: Request,
    /// What becomes of it.
    pub now: Outcome,
    /// What the lower row alone makes of it.
    pub then: Outcome,
}

/// How far two rows are about the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverlapKind {
    /// Each is about requests that the other is not about.
    Correlated,
    /// The lower one is about all that the upper one is about, and more: the upper one is an exception to it.
    Generalised,
    /// They overlap, and it cannot be told whether one is about all that the other is about.
    Open,
}

/// The pairs that were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlaps {
    /// By the place of the lower row, then of the upper one, in the order in which rows are asked.
    pub pairs: Vec<Overlap>,
    /// Rows that may overlap with more: of some of their flows it cannot be told, or there were too many.
    pub open: BTreeSet<RulePlace>,
}

impl Reaches<'_> {
    /// Every pair of rows of which the one that stands first decides. In action order, where the place of a row means
    /// nothing, there are none.
    #[must_use]
    pub fn overlaps(&self) -> Overlaps {
        self.overlaps_with(None)
    }

    /// The same of the pairs that the row at `place` is one of.
    #[must_use]
    pub fn overlaps_of(&self, place: RulePlace) -> Overlaps {
        self.overlaps_with(Some(place))
    }

    fn overlaps_with(&self, one: Option<RulePlace>) -> Overlaps {
        let mut all = Overlaps::default();
        if self.policy.rule_order != RuleOrder::Strict {
            return all;
        }
        let rows = asked_rows(self.policy);
        let ranks: HashMap<RulePlace, usize> = rows.iter().copied().zip(0..).collect();
        let first = one.map_or(Some(0), |one| ranks.get(&one).copied()).unwrap_or(rows.len());
        let meter = Meter::new(WORK);
        let is_above = |a: RulePlace, b: RulePlace| ranks.get(&a) < ranks.get(&b);
        for &below in rows[first..].iter().take_while(|_| !self.is_stopped()) {
            let taken = self.search.taken(below, &|row| self.is_by_hand(row), &is_above, &meter);
            if taken.open {
                all.open.insert(one.unwrap_or(below));
            }
            let is_wanted = |above: &RulePlace| {
                is_above(*above, below)
                    && self.action(*above) != self.action(below)
                    && one.is_none_or(|one| one == below || one == *above)
            };
            let mut found: Vec<(RulePlace, Met)> = taken.by.into_iter().collect();
            found.retain(|(above, _)| is_wanted(above));
            found.sort_by_key(|(above, _)| ranks.get(above));
            let pairs = found.into_iter().filter_map(|(above, Met { request, now, then })| {
                let kind = self.kind(above, below, &meter)?;
                Some(Overlap { above, below, kind, request, now, then })
            });
            all.pairs.extend(pairs);
        }
        all
    }

    /// `None`: the lower row is about nothing else; then it does nothing, which is told as such.
    fn kind(&self, above: RulePlace, below: RulePlace, meter: &Meter) -> Option<OverlapKind> {
        let (more, less) =
            (self.search.outside(below, above, meter), self.search.outside(above, below, meter));
        match (more, less) {
            (Outside::None, _) => None,
            (Outside::Some(_), Outside::Some(_)) => Some(OverlapKind::Correlated),
            (Outside::Some(_), Outside::None) => Some(OverlapKind::Generalised),
            (Outside::Unknown, _) | (_, Outside::Unknown) => Some(OverlapKind::Open),
        }
    }

    /// Whether a row is a rule written by hand: how it is asked does not follow from its place alone.
    pub(super) fn is_by_hand(&self, place: RulePlace) -> bool {
        let body = self.policy.rule(place).map(|rule| &rule.body);
        matches!(body, Some(RuleBody::Suricata(_)))
    }
}

/// The rows that are asked, in the order in which strict order asks them.
pub(super) fn asked_rows(policy: &Policy) -> Vec<RulePlace> {
    let rows = groups_in_order(policy).into_iter().flat_map(|group| {
        let rules = policy.rule_groups[group].rules.iter().enumerate();
        let enabled = rules.filter(|(_, rule)| rule.enabled);
        enabled.map(move |(rule, _)| RulePlace { group, rule })
    });
    rows.collect()
}
