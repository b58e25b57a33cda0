use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use super::search::{Found, Search, Seen, deciders, request};

use crate::analysis::evaluator;
use crate::analysis::flows::{Decider, Subject, asks_more};
use crate::analysis::impact::{Compared, impact};
use crate::compile::{Compiled, compile};
use crate::eval::Evaluator;
use crate::net::{Action, Request};
use crate::policy::{MatchRule, Policy, RuleBody, RulePlace};

/// How many rows that block together are tried two by two for the smallest set.
const PAIRS: usize = 12;

/// Nobody stops it.
static NEVER: AtomicBool = AtomicBool::new(false);

/// What a row does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// It decides this request, or logs it where it decides none.
    Yes(Request),
    /// Nobody can tell: it hangs on what is not known, or on clients other than the usual.
    Unknown,
    /// No usual client sends what it asks for.
    Unasked,
    /// It does nothing, for any flow that it is about.
    Never(Blocked),
}

/// What stands in the way of a row that does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Who takes all that the row asks for: none of them can be left out. Empty: what stands around the rows.
    pub by: Vec<RulePlace>,
    /// Who decides a request that the row is about.
    pub decider: Option<Decider>,
    /// Such a request.
    pub request: Request,
    /// Whether all of them do what the row says.
    pub alike: bool,
}

/// Asks of rows what they do, over all flows of usual clients.
pub struct Reaches<'a> {
    policy: &'a Policy,
    compiled: &'a Compiled,
    evaluator: &'a Evaluator,
    search: Search<'a>,
}

impl<'a> Reaches<'a> {
    /// Cuts the flows of a policy.
    #[must_use]
    pub fn new(policy: &'a Policy, compiled: &'a Compiled, evaluator: &'a Evaluator) -> Self {
        Self::until(policy, compiled, evaluator, &NEVER)
    }

    /// The same for who may lose interest: once `stop` is set, what is said is no answer, and comes soon.
    #[must_use]
    pub fn until(
        policy: &'a Policy,
        compiled: &'a Compiled,
        evaluator: &'a Evaluator,
        stop: &'a AtomicBool,
    ) -> Self {
        let search = Search::new(policy, compiled, evaluator, stop);
        Self { policy, compiled, evaluator, search }
    }

    /// Whether nobody wants to know any more.
    pub(super) fn is_stopped(&self) -> bool {
        self.search.is_stopped()
    }

    /// What the row at `place` does.
    #[must_use]
    pub fn of(&self, place: RulePlace) -> Reach {
        let found = self.search.row(place);
        match found {
            Found { witness: Some(request), .. } => Reach::Yes(request),
            Found { open: true, .. } => Reach::Unknown,
            Found { seen, .. } if seen.is_empty() => Reach::Unasked,
            Found { seen, .. } => self.never(place, &seen),
        }
    }

    /// A row that does nothing for usual clients.
    fn never(&self, place: RulePlace, seen: &[Seen]) -> Reach {
        if !self.search.is_about(place, seen) {
            return Reach::Unasked;
        }
        // Rules that ask for more than usual clients show may let others through.
        let acting: BTreeSet<Decider> = seen.iter().flat_map(|s| s.acted.iter().copied()).collect();
        if acting.iter().any(|by| self.asks_more(*by)) || self.search.acts_for_others(place, seen) {
            return Reach::Unknown;
        }
        let Some(by) = self.smallest(place, seen, acting) else { return Reach::Unknown };
        let decider = deciders(seen).into_iter().max_by_key(|(_, number)| *number);
        let own = self.action(place);
        let by = rows(&by);
        let Some(request) = request(seen) else { return Reach::Unknown };
        let alike = !by.is_empty() && by.iter().all(|by| self.action(*by) == own && own.is_some());
        Reach::Never(Blocked { alike, decider: decider.map(|(by, _)| by), request, by })
    }

    /// The smallest set of rows with which the row does nothing: one row or two where that is enough, else one of which
    /// none can be left out.
    fn smallest(
        &self,
        place: RulePlace,
        seen: &[Seen],
        acting: BTreeSet<Decider>,
    ) -> Option<BTreeSet<Decider>> {
        let still = |others: &BTreeSet<Decider>| self.search.is_still(place, seen, others);
        if still(&BTreeSet::new())? {
            return Some(BTreeSet::new());
        }
        let mut rows: BTreeSet<Decider> =
            acting.into_iter().filter(|by| matches!(by, Decider::Rule(..))).collect();
        if !still(&rows)? {
            rows = self.search.rows(seen);
            if !still(&rows)? {
                return None;
            }
        }
        for by in &rows {
            let one = BTreeSet::from([*by]);
            if still(&one)? {
                return Some(one);
            }
        }
        if rows.len() <= PAIRS {
            for a in &rows {
                for b in rows.range(a..).skip(1) {
                    let two = BTreeSet::from([*a, *b]);
                    if still(&two)? {
                        return Some(two);
                    }
                }
            }
        }
        // Those further down go first: what stands at the top is what a person looks at.
        for by in rows.clone().into_iter().rev() {
            let mut fewer = rows.clone();
            fewer.remove(&by);
            if still(&fewer)? {
                rows = fewer;
            }
        }
        Some(rows)
    }

    /// The rows that decide everything that the row at `place` decides, in the same way, if it is taken out; nothing
    /// where that makes a difference, or a log line is lost.
    #[must_use]
    pub fn stand_ins(&self, place: RulePlace) -> Vec<RulePlace> {
        let logs = |row: &MatchRule| row.log || row.action == Action::Alert;
        match self.policy.rule(place).map(|rule| &rule.body) {
            Some(RuleBody::Match(row)) if !logs(row) => {}
            _ => return Vec::new(),
        }
        let by = self.search.stand_ins(place).unwrap_or_default();
        if by.is_empty() || by.iter().any(|by| self.asks_more(*by)) || !self.is_idle(place) {
            return Vec::new();
        }
        rows(&by)
    }

    /// Whether nothing changes when the row is switched off, what that makes of other rows included.
    fn is_idle(&self, place: RulePlace) -> bool {
        let mut policy = self.policy.clone();
        let Some(rule) =
            policy.rule_groups.get_mut(place.group).and_then(|g| g.rules.edit(place.rule))
        else {
            return false;
        };
        rule.enabled = false;
        let compiled = compile(&policy);
        let asked = evaluator(&compiled);
        let now =
            Compared { policy: self.policy, compiled: self.compiled, evaluator: self.evaluator };
        let then = Compared { policy: &policy, compiled: &compiled, evaluator: &asked };
        impact(now, then).unchanged() == Some(true)
    }

    fn action(&self, place: RulePlace) -> Option<Action> {
        match &self.policy.rule(place)?.body {
            RuleBody::Match(row) => Some(row.action),
            RuleBody::Suricata(_) => {
                let rules = &self.compiled.ruleset.rules;
                let mut actions = self.search.rules_of(place).map(|rule| rules[rule].action);
                let first = actions.next()?;
                actions.all(|action| action == first).then_some(first)
            }
        }
    }

    /// Whether some rule of a row asks for what usual clients are alike in.
    fn asks_more(&self, by: Decider) -> bool {
        let subject = Subject { compiled: self.compiled, evaluator: self.evaluator };
        let Decider::Rule(group, rule) = by else { return false };
        self.search.rules_of(RulePlace { group, rule }).any(|r| asks_more(&subject, r).is_some())
    }
}

/// The rows among these.
fn rows(by: &BTreeSet<Decider>) -> Vec<RulePlace> {
    let place = |by: &Decider| match by {
        Decider::Rule(group, rule) => Some(RulePlace { group: *group, rule: *rule }),
        _ => None,
    };
    by.iter().filter_map(place).collect()
}
