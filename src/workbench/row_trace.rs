use crate::compile::{Compiled, Origin};
use crate::eval::{Condition, Met, Part, RuleStep, Trace};
use crate::messages::why as say;
use crate::net::{Action, Sid};
use crate::policy::RulePlace;
use crate::suricata::Rule;

/// How a row fared in a trace: of the rules compiled from it, the one that came closest.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowTrace<'a> {
    /// The compiled rule.
    pub rule: &'a Rule,
    /// How it fared.
    pub step: &'a RuleStep,
}

/// The rules that `place` is compiled to, in order.
pub fn compiled_rules(compiled: &Compiled, place: RulePlace) -> impl Iterator<Item = &Rule> {
    let of_row = move |origin: &Origin| *origin == Origin::Rule(place);
    let pairs = compiled.ruleset.rules.iter().zip(&compiled.origins);
    pairs.filter(move |(_, origin)| of_row(origin)).map(|(rule, _)| rule.as_ref())
}

/// How the rules fared that the row at `place` is compiled to.
pub(super) fn row_steps(compiled: &Compiled, trace: &Trace, place: RulePlace) -> Vec<RuleStep> {
    trace.rules.some(&compiled_rules(compiled, place).map(|rule| rule.sid).collect())
}

/// How each rule compiled from the row at `place` fared; `steps` are those of [`row_steps`].
pub(super) fn row_traces<'a>(
    compiled: &'a Compiled,
    steps: &'a [RuleStep],
    place: RulePlace,
) -> Vec<RowTrace<'a>> {
    let with_step = |rule: &'a Rule| {
        let step = steps.iter().find(|step| step.sid == rule.sid)?;
        Some(RowTrace { rule, step })
    };
    compiled_rules(compiled, place).filter_map(with_step).collect()
}

/// The conditions of one rule of a row, as conditions of the row: it asks for any protocol that one of its rules
/// asks for.
pub(super) fn conditions_of_row(rules: &[RowTrace<'_>], told: &RuleStep) -> Vec<Condition> {
    let asks = |row: &RowTrace<'_>| {
        let of = row.step.conditions.iter().find(|c| c.part == Part::Protocol)?;
        Some(of.wanted.clone())
    };
    let mut protocols: Vec<String> = Vec::new();
    for protocol in of_the_row(rules).filter_map(asks) {
        if !protocols.contains(&protocol) {
            protocols.push(protocol);
        }
    }
    let mut conditions = told.conditions.clone();
    let missed = |c: &&mut Condition| c.part == Part::Protocol && c.met == Met::No;
    if let Some(protocol) = conditions.iter_mut().find(missed) {
        protocol.wanted = say::one_of(&protocols);
    }
    conditions
}

/// Of the rules of one row the one to tell about: that which decided, or came closest to it.
///
/// A row that decides may log by an alert of its own: the alert is not what the row is asked for.
pub(super) fn nearest<'a>(rules: &[RowTrace<'a>], decided: Option<Sid>) -> Option<RowTrace<'a>> {
    of_the_row(rules).min_by_key(|row| distance(row.step, decided)).copied()
}

fn of_the_row<'a, 'b>(rules: &'b [RowTrace<'a>]) -> impl Iterator<Item = &'b RowTrace<'a>> {
    let decides = rules.iter().any(|row| row.rule.action != Action::Alert);
    rules.iter().filter(move |row| !decides || row.rule.action != Action::Alert)
}

/// Rules that decided come first, then those that match, then those of which it cannot be told, then those that
/// miss least.
fn distance(step: &RuleStep, decided: Option<Sid>) -> (u8, usize) {
    if Some(step.sid) == decided {
        return (0, 0);
    }
    match step.matched_at.or(step.would_match_at) {
        Some(at) => (1, at),
        None if is_unknown(step) => (2, 0),
        None => (3, step.conditions.iter().filter(|c| c.met == Met::No).count()),
    }
}

/// Whether nothing misses and something is not known.
pub(super) fn is_unknown(step: &RuleStep) -> bool {
    let none = |met| step.conditions.iter().all(|c| c.met != met);
    none(Met::No) && !none(Met::Unknown)
}
