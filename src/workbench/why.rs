use std::collections::HashMap;

use super::answer::{ByDestination, RuleName, deciding_packet, rule_name};
use super::rows::{Row, rows};
use crate::compile::{Compiled, Origin};
use crate::eval::{Condition, Met, Part, RuleStep};
use crate::net::{Action, Sid};
use crate::policy::{Policy, RuleBody, RulePlace};

/// Why one row of the policy did, or did not, decide a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Which row; its sid is that of the compiled rule told about.
    pub rule: RuleName,
    /// What the row does; for a hand-written one, what the rule told about does.
    pub action: Action,
    /// In which of the three lists it belongs.
    pub standing: Standing,
    /// The conditions of the row's compiled rule that came closest, on the packet where it did.
    pub conditions: Vec<Condition>,
}

/// What a row was for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It decided.
    Decided,
    /// It matches too, on the packet of this index, but another had decided by then.
    CameAfter(usize),
    /// It matches and only writes a log line.
    Logged(usize),
    /// It does not match.
    Missed,
    /// It is switched off, or compiles to nothing.
    NotCompiled,
    /// Whether it matches cannot be told.
    CannotTell,
}

impl Reason {
    /// The conditions that keep it from matching; machinery (bits, flow states) only when nothing else does.
    #[must_use]
    pub fn misses(&self) -> Vec<&Condition> {
        let asked_for = misses_of(&self.conditions);
        if !asked_for.is_empty() {
            return asked_for;
        }
        self.conditions.iter().filter(|c| c.met == Met::No).collect()
    }
}

/// Every row of the policy in its order, with why it did or did not decide this outcome.
#[must_use]
pub fn why(policy: &Policy, compiled: &Compiled, outcome: &ByDestination) -> Vec<Reason> {
    let steps: HashMap<Sid, &RuleStep> = outcome.trace.rules.iter().map(|s| (s.sid, s)).collect();
    let mut by_row: HashMap<RulePlace, Vec<(Action, &RuleStep)>> = HashMap::new();
    for (rule, origin) in compiled.ruleset.rules.iter().zip(&compiled.origins) {
        if let (Origin::Rule(place), Some(step)) = (origin, steps.get(&rule.sid)) {
            by_row.entry(*place).or_default().push((rule.action, step));
        }
    }
    let decided = deciding_packet(&outcome.trace).and_then(|i| outcome.trace.packets[i].decided_by);
    let rows = rows(policy).into_iter();
    rows.filter_map(|row| match row {
        Row::Rule { place, number } => Some((place, number)),
        Row::Group(_) => None,
    })
    .map(|(place, number)| {
        let rules = by_row.get(&place).map_or(&[][..], Vec::as_slice);
        reason(policy, place, number, rules, decided)
    })
    .collect()
}

fn reason(
    policy: &Policy,
    place: RulePlace,
    number: usize,
    rules: &[(Action, &RuleStep)],
    decided: Option<Sid>,
) -> Reason {
    // A row that decides may log by an alert of its own: the alert is not what the row is asked for.
    let decides = rules.iter().any(|(action, _)| *action != Action::Alert);
    let of_the_row = rules.iter().filter(|(action, _)| !decides || *action != Action::Alert);
    let told = of_the_row.min_by_key(|(_, step)| distance(step, decided));
    let written = match &policy.rule(place).map(|r| &r.body) {
        Some(RuleBody::Match(m)) => m.action,
        _ => Action::Alert,
    };
    let Some((action, step)) = told else {
        let rule = rule_name(policy, place, number, Sid(0));
        return Reason {
            rule,
            action: written,
            standing: Standing::NotCompiled,
            conditions: vec![],
        };
    };
    let standing = match step.matched_at.or(step.would_match_at) {
        _ if Some(step.sid) == decided => Standing::Decided,
        Some(at) if *action == Action::Alert => Standing::Logged(at),
        Some(at) => Standing::CameAfter(at),
        None if unknown(step) => Standing::CannotTell,
        None => Standing::Missed,
    };
    let rule = rule_name(policy, place, number, step.sid);
    Reason { rule, action: *action, standing, conditions: step.conditions.clone() }
}

/// How far a compiled rule was from deciding: of a row's rules the nearest is told about.
fn distance(step: &RuleStep, decided: Option<Sid>) -> (usize, usize) {
    if Some(step.sid) == decided {
        return (0, 0);
    }
    match step.matched_at.or(step.would_match_at) {
        Some(at) => (1, at),
        None if unknown(step) => (2, 0),
        None => (3, step.conditions.iter().filter(|c| c.met == Met::No).count()),
    }
}

/// Whether nothing misses and something is not known.
fn unknown(step: &RuleStep) -> bool {
    let none = |met| step.conditions.iter().all(|c| c.met != met);
    none(Met::No) && !none(Met::Unknown)
}

/// The conditions that miss, without those that are machinery.
pub(super) fn misses_of(conditions: &[Condition]) -> Vec<&Condition> {
    let machinery = |c: &&Condition| matches!(c.part, Part::Bits | Part::Flow);
    conditions.iter().filter(|c| c.met == Met::No && !machinery(c)).collect()
}
