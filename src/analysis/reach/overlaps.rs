//! Pairs of rows of which the one that stands first decides, and how far each is about what the other is about.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::beside::{Met, Meter, Outside};
use super::rows::{Reach, Reaches};
use crate::analysis::flows::Outcome;
use crate::compile::groups_in_order;
use crate::net::{Request, RuleOrder};
use crate::policy::{Policy, RuleBody, RulePlace};

/// How much is spent on asking of classes, for all rows of a policy together, before it is said that not all was looked at.
/// To find the classes is counted with all else that is asked of the rows.
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
    /// The lower one is about nothing that the upper one is not about, and never does anything. Told only of one row that
    /// is asked about: otherwise it is found as a row that is shadowed.
    Shadowed,
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

impl Overlaps {
    /// By code, the rows of which it is not known whether a finding with it is to be told of them.
    #[must_use]
    pub fn unknown(&self, policy: &Policy) -> BTreeMap<&'static str, BTreeSet<RulePlace>> {
        let undecided = self.pairs.iter().filter(|pair| pair.kind == OverlapKind::Open);
        let generalised = self.open.iter().copied().chain(undecided.map(|pair| pair.below));
        // What overlaps with rows below is told of the upper one: it may be any that stands above one that is open.
        let rows = asked_rows(policy);
        let last = rows.iter().rposition(|row| self.open.contains(row));
        let correlated = rows[..last.map_or(0, |last| last + 1)].iter().copied();
        BTreeMap::from([
            ("correlated-rules", correlated.collect()),
            ("generalised-rule", generalised.collect()),
        ])
    }
}

impl Reaches<'_> {
    /// Every pair of rows of which the one that stands first decides. In action order, where the place of a row means
    /// nothing, there are none.
    #[must_use]
    pub fn overlaps(&self) -> Overlaps {
        let mut all = self.overlaps_with(None);
        all.pairs.retain(|pair| pair.kind != OverlapKind::Shadowed);
        all
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
        let hulls = one.map(|one| (one, self.search.hulls(one)));
        let may_meet = |below: &RulePlace| match &hulls {
            Some((one, hulls)) if one != below => {
                self.action(*one) != self.action(*below) && self.search.meets(hulls, *below)
            }
            Some(_) | None => true,
        };
        let asked = rows[first..].iter().copied().filter(may_meet);
        for below in asked.take_while(|_| !self.is_stopped()) {
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
            let pairs = found.into_iter().map(|(above, Met { request, now, then })| {
                let kind = self.kind(above, below, &meter);
                Overlap { above, below, kind, request, now, then }
            });
            all.pairs.extend(pairs);
        }
        all
    }

    /// A lower row that usual clients meet nowhere else may still do something for others: then it is not known.
    fn kind(&self, above: RulePlace, below: RulePlace, meter: &Meter) -> OverlapKind {
        let (more, less) =
            (self.search.outside(below, above, meter), self.search.outside(above, below, meter));
        match (more, less) {
            (Outside::None, _) => match self.of(below) {
                Reach::Never(_) => OverlapKind::Shadowed,
                Reach::Yes(_) | Reach::Unknown | Reach::Unasked => OverlapKind::Open,
            },
            (Outside::Some(_), Outside::Some(_)) => OverlapKind::Correlated,
            (Outside::Some(_), Outside::None) => OverlapKind::Generalised,
            (Outside::Unknown, _) | (_, Outside::Unknown) => OverlapKind::Open,
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
