use crate::compile::{Compiled, Origin};
use crate::eval::{Met, RuleStep, Trace};
use crate::policy::RulePlace;
use crate::suricata::Rule;

/// How a row fared in a trace: of the rules compiled from it, the one that came closest.
#[derive(Debug, Clone, Copy)]
pub struct RowTrace<'a> {
    /// The compiled rule.
    pub rule: &'a Rule,
    /// How it fared.
    pub step: &'a RuleStep,
}

/// The rules that `place` is compiled to, in order.
pub fn compiled_rules(compiled: &Compiled, place: RulePlace) -> impl Iterator<Item = &Rule> {
    let of_row = move |origin: &Origin| *origin == Origin::Rule(place);
    let pairs = compiled.ruleset.rules.iter().zip(&compiled.origins);
    pairs.filter(move |(_, origin)| of_row(origin)).map(|(rule, _)| rule)
}

/// How the row at `place` fared; `None` when nothing is compiled from it.
#[must_use]
pub fn row_trace<'a>(
    compiled: &'a Compiled,
    trace: &'a Trace,
    place: RulePlace,
) -> Option<RowTrace<'a>> {
    let with_step = |rule: &'a Rule| {
        let step = trace.rules.iter().find(|step| step.sid == rule.sid)?;
        Some(RowTrace { rule, step })
    };
    compiled_rules(compiled, place).filter_map(with_step).min_by_key(|row| distance(row.step))
}

/// Rules that matched come first, then those that would have, then those that miss least.
fn distance(step: &RuleStep) -> (u8, usize) {
    let misses = step.conditions.iter().filter(|c| c.met != Met::Yes).count();
    match (step.matched_at, step.would_match_at) {
        (Some(at), _) => (0, at),
        (None, Some(at)) => (1, at),
        (None, None) => (2, misses),
    }
}
