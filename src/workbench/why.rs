use std::collections::{HashMap, HashSet};

use super::answer::{ByDestination, Decider, RuleName, deciding_packet, deciding_sid, rule_name};
use super::closest::distance;
use super::row_trace::{RowTrace, conditions_of_row, is_unknown, nearest, row_steps, row_traces};
use super::rows::{Row, row_number, rows};
use crate::compile::{Compiled, Origin};
use crate::eval::{Condition, Met, Part, RuleStep, Trace};
use crate::messages::{Text, verdict, why as say};
use crate::net::{Action, Request, Sid};
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
    /// It would write a log line on this packet, but is not asked any more.
    Silenced(usize),
    /// It does not match.
    Missed,
    /// It is switched off.
    SwitchedOff,
    /// Nothing is compiled from it.
    NotCompiled,
    /// No packet of the request reaches it.
    NotAsked,
    /// Whether it matches cannot be told.
    CannotTell,
}

/// The rows in the three lists of an explanation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lists<'a> {
    /// The row that decided; none when the default action did.
    pub decided: Vec<&'a Reason>,
    /// Those that match as well, in the order of the policy.
    pub came_after: Vec<&'a Reason>,
    /// Those that do not match, or of which it cannot be told, the closest first.
    pub missed: Vec<&'a Reason>,
}

impl Reason {
    /// What the row was for the request, as a sentence about it; nothing where it just misses.
    #[must_use]
    pub fn standing_words(&self, trace: &Trace) -> Option<Text> {
        let packet = |at: usize| {
            trace.packets.get(at).map_or_else(|| Text::verbatim(""), |p| verdict::packet(&p.name))
        };
        let decided = deciding_packet(trace);
        Some(match self.standing {
            Standing::Decided => {
                say::standing::decided(&decided.map_or_else(|| Text::verbatim(""), packet))
            }
            Standing::CameAfter(at) => {
                let before = decided.filter(|&before| before < at).map(packet);
                say::standing::came_after(&packet(at), before.as_ref())
            }
            Standing::Logged(at) => say::standing::logged(&packet(at)),
            Standing::Silenced(at) => say::standing::silenced(&packet(at)),
            Standing::SwitchedOff => say::standing::SWITCHED_OFF.into(),
            Standing::NotCompiled => say::standing::NOTHING_COMPILED.into(),
            Standing::NotAsked => say::standing::NOT_ASKED.into(),
            Standing::CannotTell => say::standing::CANNOT_TELL.into(),
            Standing::Missed => return None,
        })
    }

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
    let steps: &[RuleStep] = &outcome.trace.rules;
    reasons(policy, compiled, outcome, steps, &|_| true)
}

/// The same for these rows alone, in their order.
pub(super) fn why_among(
    policy: &Policy,
    compiled: &Compiled,
    outcome: &ByDestination,
    places: &HashSet<RulePlace>,
) -> Vec<Reason> {
    let all = compiled.ruleset.rules.iter().zip(&compiled.origins);
    let sids = all.filter_map(|(rule, origin)| match origin {
        Origin::Rule(place) if places.contains(place) => Some(rule.sid),
        _ => None,
    });
    let steps = outcome.trace.rules.some(&sids.collect());
    reasons(policy, compiled, outcome, &steps, &|place| places.contains(&place))
}

fn reasons(
    policy: &Policy,
    compiled: &Compiled,
    outcome: &ByDestination,
    steps: &[RuleStep],
    wanted: &dyn Fn(RulePlace) -> bool,
) -> Vec<Reason> {
    let steps: HashMap<Sid, &RuleStep> = steps.iter().map(|s| (s.sid, s)).collect();
    let mut by_row: HashMap<RulePlace, Vec<RowTrace<'_>>> = HashMap::new();
    for (rule, origin) in compiled.ruleset.rules.iter().zip(&compiled.origins) {
        if let Origin::Rule(place) = origin
            && wanted(*place)
            && let Some(step) = steps.get(&rule.sid)
        {
            by_row.entry(*place).or_default().push(RowTrace { rule, step });
        }
    }
    let decided = decided(outcome);
    let rows = rows(policy).into_iter();
    rows.filter_map(|row| match row {
        Row::Rule { place, number } => wanted(place).then_some((place, number)),
        Row::Group(_) | Row::Stateless(_) => None,
    })
    .map(|(place, number)| {
        let rules = by_row.get(&place).map_or(&[][..], Vec::as_slice);
        reason(policy, place, number, rules, decided)
    })
    .collect()
}

/// The same for the row at `place` alone.
#[must_use]
pub fn why_row(
    policy: &Policy,
    compiled: &Compiled,
    outcome: &ByDestination,
    place: RulePlace,
) -> Option<Reason> {
    let number = row_number(policy, place)?;
    let steps = row_steps(compiled, &outcome.trace, place);
    let rules = row_traces(compiled, &steps, place);
    Some(reason(policy, place, number, &rules, decided(outcome)))
}

/// The compiled rule that decided.
fn decided(outcome: &ByDestination) -> Option<Sid> {
    match outcome.decider {
        Decider::Undetermined(_) => None,
        Decider::Rule(_)
        | Decider::Default(_)
        | Decider::Unmatched
        | Decider::Stateless(_)
        | Decider::StatelessDefault(_)
        | Decider::StreamException(_) => deciding_sid(&outcome.trace),
    }
}

fn reason(
    policy: &Policy,
    place: RulePlace,
    number: usize,
    rules: &[RowTrace<'_>],
    decided: Option<Sid>,
) -> Reason {
    let Some(RowTrace { rule, step }) = nearest(rules, decided) else {
        let row = policy.rule(place);
        let action = match row.map(|r| &r.body) {
            Some(RuleBody::Match(m)) => m.action,
            _ => Action::Alert,
        };
        let off = row.is_some_and(|r| !r.enabled);
        let standing = if off { Standing::SwitchedOff } else { Standing::NotCompiled };
        let rule = rule_name(policy, place, number, Sid(0));
        return Reason { rule, action, standing, conditions: vec![] };
    };
    let standing = match step.matched_at.or(step.would_match_at) {
        _ if Some(step.sid) == decided => Standing::Decided,
        Some(at) if rule.action == Action::Alert && step.matched_at.is_some() => {
            Standing::Logged(at)
        }
        Some(at) if rule.action == Action::Alert => Standing::Silenced(at),
        Some(at) => Standing::CameAfter(at),
        // Conditions are told of packets: without any, none got as far.
        None if step.conditions.is_empty() => Standing::NotAsked,
        None if is_unknown(step) => Standing::CannotTell,
        None => Standing::Missed,
    };
    let name = rule_name(policy, place, number, step.sid);
    let conditions = conditions_of_row(rules, step);
    Reason { rule: name, action: rule.action, standing, conditions }
}

/// Sorts the rows into the three lists.
#[must_use]
pub fn lists<'a>(
    policy: &Policy,
    request: &Request,
    outcome: &ByDestination,
    reasons: &'a [Reason],
) -> Lists<'a> {
    let mut lists = Lists::default();
    for reason in reasons {
        match reason.standing {
            Standing::Decided => lists.decided.push(reason),
            Standing::CameAfter(_) | Standing::Logged(_) | Standing::Silenced(_) => {
                lists.came_after.push(reason);
            }
            Standing::SwitchedOff
            | Standing::NotCompiled
            | Standing::NotAsked
            | Standing::Missed
            | Standing::CannotTell => lists.missed.push(reason),
        }
    }
    // Those that could have decided otherwise first, as the sentence about the closest miss finds them.
    let blocked = outcome.action.is_some_and(Action::blocks);
    lists.missed.sort_by_cached_key(|reason| {
        let otherwise =
            if blocked { reason.action == Action::Pass } else { reason.action.blocks() };
        let far = distance(policy, request, outcome, reason).unwrap_or(usize::MAX);
        let off = matches!(reason.standing, Standing::SwitchedOff | Standing::NotCompiled);
        (reason.standing != Standing::CannotTell, far, off, !otherwise, reason.misses().len())
    });
    lists
}

/// The conditions that miss, without those that are machinery.
pub(super) fn misses_of(conditions: &[Condition]) -> Vec<&Condition> {
    let machinery = |c: &&Condition| matches!(c.part, Part::Bits | Part::Flow);
    conditions.iter().filter(|c| c.met == Met::No && !machinery(c)).collect()
}
