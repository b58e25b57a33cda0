use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::search::{Found, Search, Seen, deciders, request};

use crate::analysis::evaluator_after;
use crate::analysis::flows::{Decider, Subject, asks_more};
use crate::analysis::impact::{Compared, impact};
use crate::compile::{Compiled, Origin, compile_after};
use crate::eval::Evaluator;
use crate::net::{Action, Request};
use crate::policy::{MatchRule, Policy, RowsChanged, RuleBody, RulePlace};
use crate::suricata::{Rule, RuleType};

/// How many rows that block together are tried two by two for the smallest set.
const PAIRS: usize = 12;

/// What compiling the policy after one row changed costs for each of its rules, as rules that are looked at.
const COMPILE: usize = 16;

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
    pub(super) policy: &'a Policy,
    compiled: &'a Compiled,
    evaluator: &'a Evaluator,
    pub(super) search: Search<'a>,
    /// A copy in which rows are switched off one after the other.
    scratch: RefCell<Option<Policy>>,
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
        Self { policy, compiled, evaluator, search, scratch: RefCell::default() }
    }

    /// Whether nobody wants to know any more.
    pub(super) fn is_stopped(&self) -> bool {
        self.search.is_stopped()
    }

    /// The rows of which it was not found out so far what they do, because too much was spent on them or on others.
    #[must_use]
    pub fn left_out(&self) -> BTreeSet<RulePlace> {
        self.search.left_out()
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
    pub(super) fn is_idle(&self, place: RulePlace) -> bool {
        if self.search.is_left_out(place) {
            return false;
        }
        // To compile the policy costs far more than to look at a row.
        self.search.spend(COMPILE * self.compiled.ruleset.rules.len());
        let mut scratch = self.scratch.borrow_mut();
        let policy = scratch.get_or_insert_with(|| self.policy.clone());
        if !set_enabled(policy, place, false) {
            return false;
        }
        let changed =
            RowsChanged { group: place.group, rows: place.rule..place.rule + 1, count: 1 };
        let compiled = compile_after(policy, self.compiled, &[changed]);
        // Where no rule of another row changes, what was seen of this one's flows is all there is to see.
        let is_idle = self.only_loses(place, &compiled) || self.same_with(policy, &compiled);
        set_enabled(policy, place, true);
        is_idle
    }

    /// Whether every flow keeps its verdict with this policy.
    fn same_with(&self, policy: &Policy, compiled: &Compiled) -> bool {
        let asked = evaluator_after(compiled, self.evaluator);
        let now =
            Compared { policy: self.policy, compiled: self.compiled, evaluator: self.evaluator };
        let then = Compared { policy, compiled, evaluator: &asked };
        impact(now, then).unchanged() == Some(true)
    }

    /// Whether the policy is compiled to what it was, but for the rules of one row, and none of these tells how far the
    /// engine looks into streams: that holds for other rules too.
    fn only_loses(&self, place: RulePlace, then: &Compiled) -> bool {
        let own: BTreeSet<usize> = self.search.rules_of(place).collect();
        let now = &self.compiled.ruleset.rules;
        let looks =
            |rule: &usize| matches!(now[*rule].kind, RuleType::Stream | RuleType::PktStream);
        let mut others = then.ruleset.rules.iter().zip(&then.origins);
        let is_kept = |(at, (rule, origin)): (usize, (&Arc<Rule>, &Origin))| {
            let same = |(other, of_other): (&Arc<Rule>, &Origin)| {
                of_other == origin && (Arc::ptr_eq(rule, other) || rule == other)
            };
            own.contains(&at) || others.next().is_some_and(same)
        };
        !own.iter().any(looks)
            && now.iter().zip(&self.compiled.origins).enumerate().all(is_kept)
            && others.next().is_none()
    }

    /// What a row does; `None`: its rules do not all do the same.
    pub(super) fn action(&self, place: RulePlace) -> Option<Action> {
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

/// Switches a row on or off; whether there is one.
fn set_enabled(policy: &mut Policy, place: RulePlace, enabled: bool) -> bool {
    let group = policy.rule_groups.get_mut(place.group);
    let rule = group.and_then(|group| group.rules.edit(place.rule));
    rule.map(|rule| rule.enabled = enabled).is_some()
}

/// The rows among these.
fn rows(by: &BTreeSet<Decider>) -> Vec<RulePlace> {
    let place = |by: &Decider| match by {
        Decider::Rule(group, rule) => Some(RulePlace { group: *group, rule: *rule }),
        _ => None,
    };
    by.iter().filter_map(place).collect()
}
