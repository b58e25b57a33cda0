use std::net::IpAddr;

use super::{OfferKind, Wanted};
use crate::analysis::{Answers, row_answers};
use crate::compile::{Compiled, Origin, groups_in_order};
use crate::eval::Verdict;
use crate::net::{IpSet, Request, RuleOrder};
use crate::policy::{
    Document, Edit, Endpoint, MatchRule, Policy, Rule, RuleBody, RuleField, RulePlace, field_text,
};
use crate::workbench::{Answer, ByDestination, Decider, Reason, Standing, sources_of, why};

/// A request, the verdict wanted for it, and what stands in the way.
pub(super) struct Goal<'a> {
    pub(super) document: &'a Document,
    pub(super) policy: &'a Policy,
    pub(super) compiled: &'a Compiled,
    pub(super) answer: &'a Answer,
    pub(super) request: &'a Request,
    pub(super) wanted: Wanted,
    /// The server's address, or the one that stands for all that no rule names.
    pub(super) dst: IpAddr,
    /// Every row in the order in which rows are asked, with why it did or did not decide.
    pub(super) reasons: Vec<Reason>,
    /// The rows that decide otherwise, or of which it cannot be told, to whatever address, in that order.
    pub(super) against: Vec<RulePlace>,
    /// The one of them that does to the likeliest address.
    pub(super) usually: Option<RulePlace>,
    /// Addresses for which rows of their own decide otherwise: that they still do is no fault of an edit.
    pub(super) of_their_own: IpSet,
    /// The first group of others of which it cannot be told whether it decides.
    pub(super) managed: Option<usize>,
    /// Whether it is the default action, or the want of one, that decides otherwise.
    pub(super) by_default: bool,
    /// How many rows are asked before anything decides otherwise, to the likeliest address.
    pub(super) reach: usize,
}

/// An edit to be tried.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) edit: Edit,
    pub(super) kind: OfferKind,
    /// How large a change it is to a person who reads the policy.
    pub(super) weight: usize,
}

impl<'a> Goal<'a> {
    pub(super) fn new(
        document: &'a Document,
        compiled: &'a Compiled,
        answer: &'a Answer,
        wanted: Wanted,
    ) -> Self {
        let policy = document.policy();
        let request = &answer.request;
        let first = answer.first();
        let mut goal = Self {
            document,
            policy,
            compiled,
            answer,
            request,
            wanted,
            dst: first.address,
            reasons: why(policy, compiled, first),
            against: Vec::new(),
            usually: None,
            of_their_own: IpSet::empty(),
            managed: None,
            by_default: false,
            reach: 0,
        };
        goal.reach = goal.reasons.len();
        goal.find_what_is_against();
        goal
    }

    fn find_what_is_against(&mut self) {
        let answer = self.answer;
        let wanted = self.wanted;
        let mut failing = answer.by_destination.iter().filter(|o| !wanted.has_outcome(o));
        let usual = failing.next().map(|outcome| self.against(outcome)).unwrap_or_default();
        let mut others = Vec::new();
        for outcome in failing {
            if let Decider::Rule(_) = outcome.decider {
                self.of_their_own = self.of_their_own.union(&outcome.set);
            }
            others.push(self.against(outcome));
        }
        if self.policy.rule_order == RuleOrder::Strict {
            let row = usual.rows.first().and_then(|place| self.position(*place));
            let group = usual.managed.first().map(|group| self.asked_before(*group));
            self.reach = row.into_iter().chain(group).min().unwrap_or(self.reasons.len());
        }
        self.usually = usual.rows.first().copied();
        self.managed = usual.managed.first().copied();
        self.by_default = usual.by_default || others.iter().any(|other| other.by_default);
        let all = usual.rows.iter().chain(others.iter().flat_map(|other| &other.rows));
        let mut against: Vec<RulePlace> = all.copied().collect();
        against.sort_by_key(|place| self.position(*place));
        against.dedup();
        self.against = against;
    }

    /// What decides an outcome, or keeps it from being known.
    fn against(&self, outcome: &ByDestination) -> Against {
        let mut against = Against::default();
        match &outcome.decider {
            Decider::Rule(rule) => against.rows.push(rule.place),
            Decider::Default(_) | Decider::Unmatched => against.by_default = true,
            // Nothing that stateful rules do changes that.
            Decider::Stateless(_) | Decider::StatelessDefault(_) | Decider::StreamException(_) => {}
            Decider::Undetermined(_) => {
                for origin in origins(self.compiled, &outcome.trace.verdict) {
                    match origin {
                        Origin::Rule(place) => against.rows.push(place),
                        Origin::Managed(group) => against.managed.push(group),
                        Origin::Preamble | Origin::Tail | Origin::DefaultAction => {
                            against.by_default = true;
                        }
                    }
                }
            }
        }
        against.rows.sort_by_key(|place| self.position(*place));
        against.managed.sort_by_key(|group| self.asked_before(*group));
        against
    }

    /// Whether it is better that the verdict is not the one wanted for `except` only, which holds no likeliest address.
    pub(super) fn is_better(&self, except: &IpSet) -> bool {
        let failing = |outcome: &&ByDestination| !self.wanted.has_outcome(outcome);
        let before = self.answer.by_destination.iter().filter(failing);
        let before = before.fold(IpSet::empty(), |all, outcome| all.union(&outcome.set));
        failing(&self.answer.first()) || (before.covers(except) && before != *except)
    }

    /// How many rows are asked before those of a group.
    fn asked_before(&self, group: usize) -> usize {
        let order = groups_in_order(self.policy);
        let before = order.into_iter().take_while(|g| *g != group);
        before.map(|group| self.policy.rule_groups[group].rules.len()).sum()
    }

    /// The number of a row in the order in which rows are asked, from 0.
    pub(super) fn position(&self, place: RulePlace) -> Option<usize> {
        self.reasons.iter().position(|reason| reason.rule.place == place)
    }

    /// Which questions of a row the request answers with yes; `None` for a hand-written one.
    pub(super) fn answers(&self, place: RulePlace) -> Option<Answers> {
        row_answers(self.policy, place, self.request, self.dst)
    }

    /// The rows that would give what is wanted if they were asked first: by their number, and whether they are switched on.
    pub(super) fn would(&self) -> impl Iterator<Item = (usize, &Reason)> {
        self.reasons.iter().enumerate().filter(|(_, reason)| {
            let place = reason.rule.place;
            let asks = match self.answers(place) {
                Some(answers) => answers.misses() == 0,
                None => matches!(reason.standing, Standing::CameAfter(_)),
            };
            asks && self.wanted.by_row(reason.action)
        })
    }

    /// Who asks, as a row would name it: the smallest source that holds the address, else the address.
    pub(super) fn who(&self) -> Endpoint {
        match sources_of(self.policy, self.request.from).first() {
            Some(name) => Endpoint::Source((*name).to_owned()),
            None => Endpoint::Net(self.request.from.into()),
        }
    }
}

/// What stands in the way of a verdict.
#[derive(Default)]
struct Against {
    rows: Vec<RulePlace>,
    managed: Vec<usize>,
    by_default: bool,
}

/// Where the rules come from on which a verdict hangs.
fn origins(compiled: &Compiled, verdict: &Verdict) -> Vec<Origin> {
    match verdict {
        Verdict::Undetermined { because, .. } => {
            because.iter().filter_map(|sid| compiled.origin(*sid)).collect()
        }
        Verdict::Decided { .. }
        | Verdict::Unmatched
        | Verdict::Stateless { .. }
        | Verdict::Midstream { .. }
        | Verdict::Unseen { .. } => Vec::new(),
    }
}

impl Candidate {
    pub(super) const fn new(edit: Edit, kind: OfferKind, weight: usize) -> Self {
        Self { edit, kind, weight }
    }
}

/// The edit that makes `after` of the row at `at`.
pub(super) fn set(policy: &Policy, at: RulePlace, after: &Rule) -> Option<Edit> {
    let before = policy.rule(at)?;
    let changed = |field: RuleField| {
        let text = field_text(after, field);
        (field_text(before, field) != text).then_some((field, text))
    };
    let all = RuleField::OF_MATCH.into_iter().chain([RuleField::Suricata]);
    let fields: Vec<_> = all.filter_map(changed).collect();
    (!fields.is_empty()).then_some(Edit::SetRule { at, fields })
}

/// The row at `at` in the words of the policy.
pub(super) fn match_row(policy: &Policy, at: RulePlace) -> Option<&MatchRule> {
    match &policy.rule(at)?.body {
        RuleBody::Match(row) => Some(row),
        RuleBody::Suricata(_) => None,
    }
}
