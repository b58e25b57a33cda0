use super::answer::{ByDestination, deciding_packet};
use super::asked::{listed, names};
use super::why::{Reason, Standing, why};
use crate::analysis::row_matches;
use crate::compile::Compiled;
use crate::eval::{Condition, Met, Part, Sight, Verdict};
use crate::messages::{Text, verdict as say, why as words};
use crate::net::{Action, DomainPattern, Request};
use crate::policy::{At, MatchRule, Policy, RuleBody, RulePlace, Target};

/// More misses than this and a rule is not close any more.
const CLOSE: usize = 2;

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
) -> Option<(RulePlace, Text)> {
    let blocked = outcome.action?.blocks();
    // Rows that see only part of a request are close to nothing.
    let by_rules = match outcome.trace.verdict {
        Verdict::Decided { .. } | Verdict::Unmatched => outcome.trace.sight == Sight::Whole,
        Verdict::Stateless { .. }
        | Verdict::Midstream { .. }
        | Verdict::Unseen { .. }
        | Verdict::Undetermined { .. } => false,
    };
    if !by_rules {
        return None;
    }
    let other = |action: Action| if blocked { action == Action::Pass } else { action.blocks() };
    let near = |reason: Reason| {
        distance(policy, request, outcome, &reason).map(|distance| (distance, reason))
    };
    let rows = why(policy, compiled, outcome).into_iter().filter(|r| other(r.action));
    let (_, reason) = rows.filter_map(near).min_by_key(|(distance, _)| *distance)?;
    Some((reason.rule.place, sentence(policy, request, outcome, &reason)?))
}

fn row<'a>(policy: &'a Policy, reason: &Reason) -> Option<&'a MatchRule> {
    match &policy.rule(reason.rule.place)?.body {
        RuleBody::Match(row) => Some(row),
        RuleBody::Suricata(_) => None,
    }
}

/// How far a row is from deciding; `None` when it is not close.
pub(super) fn distance(
    policy: &Policy,
    request: &Request,
    outcome: &ByDestination,
    reason: &Reason,
) -> Option<usize> {
    let row = row(policy, reason);
    match reason.standing {
        Standing::CameAfter(_) => Some(0),
        Standing::SwitchedOff => {
            let dst = outcome.address(request);
            row_matches(policy, reason.rule.place, request, dst).then_some(1)
        }
        Standing::Missed => {
            let misses = reason.misses();
            let name = misses.iter().any(|c| c.part == Part::Buffer);
            let close = misses.len() <= CLOSE
                && (is_about(&reason.conditions)
                    || is_of_the_same_site(policy, row, &misses, request));
            close.then_some(2 * misses.len() + usize::from(name))
        }
        Standing::Decided
        | Standing::Logged(_)
        | Standing::Silenced(_)
        | Standing::NotCompiled
        | Standing::NotAsked
        | Standing::CannotTell => None,
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
fn is_of_the_same_site(
    policy: &Policy,
    row: Option<&MatchRule>,
    misses: &[&Condition],
    request: &Request,
) -> bool {
    let Some(asked) = site(&request.host) else {
        return false;
    };
    let of = |pattern: &DomainPattern| site(pattern.name()).is_some_and(|site| site == asked);
    match row {
        Some(row) => row.to.iter().any(|to| match &to.value {
            Target::Name(name) => of(name),
            Target::Url(url) => url.host.as_ref().is_some_and(of),
            Target::List(list) => {
                policy.list(list).is_some_and(|list| list.names.iter().any(|name| of(&name.value)))
            }
            Target::Any | Target::Regex(_) | Target::Net(_) => false,
        }),
        // By hand: what it looks for in the name.
        None => misses.iter().any(|c| c.part == Part::Buffer && c.wanted.contains(&asked)),
    }
}

/// The last two labels of a name.
fn site(name: &str) -> Option<String> {
    let labels: Vec<&str> = name.rsplitn(3, '.').take(2).collect();
    let [top, own] = labels[..] else {
        return None;
    };
    (own.len() > 3).then(|| format!("{own}.{top}"))
}

fn sentence(
    policy: &Policy,
    request: &Request,
    outcome: &ByDestination,
    reason: &Reason,
) -> Option<Text> {
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
        Standing::SwitchedOff => Some(say::closest_off(&name, would)),
        _ => {
            let row = row(policy, reason);
            let mut misses = reason.misses();
            // Another protocol has no such buffer: the name itself may be the right one.
            if misses.iter().any(|c| c.part == Part::Protocol)
                && row.is_some_and(|row| names(policy, row, request))
            {
                misses.retain(|c| c.part != Part::Buffer);
            }
            let but: Vec<Text> = misses.iter().map(|c| missing(row, c)).collect();
            Some(say::closest(&name, would, &but))
        }
    }
}

/// Why one condition misses, in the words of the policy where the row has them.
fn missing(row: Option<&MatchRule>, condition: &Condition) -> Text {
    let Condition { part, wanted, got, .. } = condition;
    let got = &words::got(got);
    let part = match part {
        Part::Protocol => "protocol",
        Part::Source => "source",
        Part::Destination => "destination",
        Part::SourcePort | Part::DestinationPort => "port",
        Part::Buffer => "name",
        Part::Flow | Part::Option | Part::Bits => "option",
    };
    match (row, part) {
        (Some(row), "source") => say::misses(part, &entries(&row.from), got),
        (Some(row), "name" | "destination") => say::misses(part, &entries(&row.to), got),
        _ => say::misses(part, &words::wanted(wanted), got),
    }
}

fn entries<T: std::fmt::Display>(entries: &[At<T>]) -> Text {
    listed(entries.iter().map(|entry| entry.value.to_string()))
}
