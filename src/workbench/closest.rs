use super::answer::{ByDestination, Decider, decider, deciding_packet};
use crate::compile::{Compiled, Origin};
use crate::eval::{Condition, Met, Part, RuleStep, Verdict};
use crate::messages::{Text, verdict as say};
use crate::net::Action;
use crate::policy::Policy;

/// More misses than this and a rule is not close any more.
const CLOSE: usize = 2;

/// The rule that comes closest to deciding otherwise, and what it lacks.
///
/// Blocked requests look for a `pass`, passed ones for a `drop` or `reject`; only rules of the
/// policy count, neither the tail nor the default action.
#[must_use]
pub fn closest_miss(policy: &Policy, compiled: &Compiled, outcome: &ByDestination) -> Option<Text> {
    let blocked = outcome.action?.blocks();
    let trace = &outcome.trace;
    if matches!(trace.verdict, Verdict::Undetermined { .. }) {
        return None;
    }
    let other = |action: Action| if blocked { action == Action::Pass } else { action.blocks() };
    let (_, step, action) = trace
        .rules
        .iter()
        .filter_map(|step| {
            let at = compiled.ruleset.rules.iter().position(|r| r.sid == step.sid)?;
            let action = compiled.ruleset.rules[at].action;
            let of_policy = matches!(compiled.origins[at], Origin::Rule(_));
            (of_policy && other(action)).then_some((misses(step).len(), step, action))
        })
        .min_by_key(|(count, ..)| *count)
        .filter(|(count, ..)| *count <= CLOSE)?;
    let Decider::Rule(rule) = decider(policy, compiled, step.sid) else { return None };
    if matches!(&outcome.decider, Decider::Rule(r) if r.place == rule.place) {
        return None;
    }
    let name = say::rule(&rule.group, &rule.name, rule.number);
    let misses = misses(step);
    if misses.is_empty() {
        let at = step.would_match_at.and_then(|i| trace.packets.get(i))?;
        let by = deciding_packet(trace).map(|i| say::packet(&trace.packets[i].name));
        let by = format!("{} at {}", outcome.decider.words(), by.unwrap_or_default());
        return Some(say::too_late(&name, action.word(), &say::packet(&at.name), &by));
    }
    let but: Vec<String> =
        misses.iter().map(|c| say::misses(part(c.part), &c.wanted, &c.got)).collect();
    Some(say::closest(&name, action.word(), &but))
}

/// The conditions that miss; bits and flow states are machinery, not what a person asked for.
fn misses(step: &RuleStep) -> Vec<&Condition> {
    if step.would_match_at.is_some() {
        return Vec::new();
    }
    misses_of(&step.conditions)
}

/// The conditions that miss, without those that are machinery.
pub(super) fn misses_of(conditions: &[Condition]) -> Vec<&Condition> {
    let machinery = |c: &&Condition| matches!(c.part, Part::Bits | Part::Flow);
    conditions.iter().filter(|c| c.met == Met::No && !machinery(c)).collect()
}

const fn part(part: Part) -> &'static str {
    match part {
        Part::Protocol => "protocol",
        Part::Source => "source",
        Part::Destination => "destination",
        Part::SourcePort | Part::DestinationPort => "port",
        Part::Buffer => "name",
        Part::Flow | Part::Option | Part::Bits => "option",
    }
}
