use super::answer::{ByDestination, deciding_packet};
use super::why::{Reason, Standing, why};
use crate::analysis::row_matches;
use crate::compile::Compiled;
use crate::eval::{Condition, Met, Part, Verdict};
use crate::messages::{Text, verdict as say};
use crate::net::{Action, DomainPattern, Request};
use crate::policy::{At, MatchRule, Policy, RuleBody, Target};

/// More misses than this and a rule is not close any more.
const CLOSE: usize = 2;
/// Entries of a list that a sentence names; the rest is counted.
const NAMED: usize = 3;

/// The row that comes closest to deciding otherwise, and what it lacks.
///
/// Blocked requests look for a `pass`, passed ones for a `drop` or `reject`. A row is close when something
/// of the request is what *it* is about: its name, its address, or a name of the same site.
#[must_use]
pub fn closest_miss(
    policy: &Policy,
    compiled: &Compiled,
    request: &Request,
    outcome: &ByDestination,
) -> Option<Text> {
    let blocked = outcome.action?.blocks();
    if matches!(outcome.trace.verdict, Verdict::Undetermined { .. }) {
        return None;
    }
    let other = |action: Action| if blocked { action == Action::Pass } else { action.blocks() };
    let near = |reason: Reason| {
        let row = row(policy, &reason);
        distance(policy, request, outcome, &reason, row).map(|distance| (distance, reason))
    };
    let rows = why(policy, compiled, outcome).into_iter().filter(|r| other(r.action));
    let (_, reason) = rows.filter_map(near).min_by_key(|(distance, _)| *distance)?;
    sentence(policy, outcome, &reason)
}

fn row<'a>(policy: &'a Policy, reason: &Reason) -> Option<&'a MatchRule> {
    match &policy.rule(reason.rule.place)?.body {
        RuleBody::Match(row) => Some(row),
        RuleBody::Suricata(_) => None,
    }
}

/// How far a row is from deciding; `None` when it is not close.
fn distance(
    policy: &Policy,
    request: &Request,
    outcome: &ByDestination,
    reason: &Reason,
    row: Option<&MatchRule>,
) -> Option<usize> {
    match reason.standing {
        Standing::CameAfter(_) => Some(0),
        Standing::NotCompiled => {
            let off = policy.rule(reason.rule.place).is_some_and(|r| !r.enabled);
            let dst = outcome.address(request);
            (off && row_matches(policy, reason.rule.place, request, dst)).then_some(1)
        }
        Standing::Missed => {
            let misses = reason.misses();
            let name = misses.iter().any(|c| c.part == Part::Buffer);
            let close = misses.len() <= CLOSE
                && (is_about(&reason.conditions)
                    || row.is_some_and(|row| is_of_the_same_site(row, request)));
            close.then_some(2 * misses.len() + usize::from(name))
        }
        Standing::Decided | Standing::Logged(_) | Standing::CannotTell => None,
    }
}

/// Whether a condition that says what a row is about is met: a name, or an address that is not any.
fn is_about(conditions: &[Condition]) -> bool {
    conditions.iter().filter(|c| c.met == Met::Yes).any(|c| match c.part {
        Part::Buffer => true,
        Part::Destination => c.wanted != "any" && !c.wanted.contains('$'),
        _ => false,
    })
}

/// Whether a row names a host that shares the last two labels with the one asked for. A rule of thumb: it
/// only chooses which row is mentioned.
fn is_of_the_same_site(row: &MatchRule, request: &Request) -> bool {
    let site = |name: &str| {
        let labels: Vec<&str> = name.rsplit('.').take(2).collect();
        labels.get(1).filter(|l| l.len() > 3).map(|_| labels.join("."))
    };
    let of = |pattern: &DomainPattern| site(pattern.name());
    let asked = site(&request.host);
    asked.is_some()
        && row.to.iter().any(|to| match &to.value {
            Target::Name(name) => of(name) == asked,
            Target::Url(url) => url.host.as_ref().and_then(of) == asked,
            _ => false,
        })
}

fn sentence(policy: &Policy, outcome: &ByDestination, reason: &Reason) -> Option<Text> {
    let name = say::rule(&reason.rule.group, &reason.rule.name, reason.rule.number);
    let would = reason.action.word();
    let trace = &outcome.trace;
    match reason.standing {
        Standing::CameAfter(at) => {
            let decided = outcome.decider.words();
            match deciding_packet(trace) {
                Some(before) if before < at => {
                    let word = |i: usize| trace.packets.get(i).map(|p| say::packet(&p.name));
                    Some(say::too_late(&name, would, &word(at)?, &decided, &word(before)?))
                }
                _ => Some(say::stands_below(&name, would, &decided)),
            }
        }
        Standing::NotCompiled => Some(say::closest(&name, would, &[say::switched_off()])),
        _ => {
            let row = row(policy, reason);
            let but: Vec<String> = reason.misses().iter().map(|c| missing(row, c)).collect();
            Some(say::closest(&name, would, &but))
        }
    }
}

/// Why one condition misses, in the words of the policy where the row has them.
fn missing(row: Option<&MatchRule>, condition: &Condition) -> String {
    let Condition { part, wanted, got, .. } = condition;
    let part = match part {
        Part::Protocol => "protocol",
        Part::Source => "source",
        Part::Destination => "destination",
        Part::SourcePort | Part::DestinationPort => "port",
        Part::Buffer => "name",
        Part::Flow | Part::Option | Part::Bits => "option",
    };
    match (row, part) {
        (Some(row), "source") => say::misses(part, &listed(&row.from), got),
        (Some(row), "name" | "destination") => say::misses(part, &listed(&row.to), got),
        _ => say::misses(part, wanted, got),
    }
}

/// The first entries of a list as the policy writes them, and how many more there are.
fn listed<T: std::fmt::Display>(entries: &[At<T>]) -> String {
    let named: Vec<String> = entries.iter().take(NAMED).map(|e| e.value.to_string()).collect();
    let more = entries.len().saturating_sub(NAMED);
    say::and_more(&named.join(", "), more)
}
