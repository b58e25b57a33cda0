use std::collections::HashSet;

use super::answer::{ByDestination, deciding_packet};
use super::asked::{is_anybody, listed, names};
use super::why::{Reason, Standing, why, why_among};
use crate::analysis::row_matches;
use crate::compile::{Compiled, Origin};
use crate::eval::{Condition, Met, Part, Sight, Verdict};
use crate::messages::{Text, verdict as say, why as words};
use crate::net::{Action, DomainPattern, Request};
use crate::policy::{At, MatchRule, Policy, RuleBody, RulePlace, Target};
use crate::suricata::says_which;

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
    let rows = match maybe_close(policy, compiled, request, outcome) {
        Some(places) => why_among(policy, compiled, outcome, &places),
        None => why(policy, compiled, outcome),
    };
    let rows = rows.into_iter().filter(|r| other(r.action));
    let (_, reason) = rows.filter_map(near).min_by_key(|(distance, _)| *distance)?;
    Some((reason.rule.place, sentence(policy, request, outcome, &reason)?))
}

/// The rows that [`distance`] may find close: no other can be. Nothing where that is not known without asking each.
fn maybe_close(
    policy: &Policy,
    compiled: &Compiled,
    request: &Request,
    outcome: &ByDestination,
) -> Option<HashSet<RulePlace>> {
    let near = outcome.trace.rules.near()?;
    let asked = site(&request.host);
    let mut places: HashSet<RulePlace> = HashSet::new();
    let rules = compiled.ruleset.rules.iter().zip(&compiled.origins).zip(compiled.spans.iter());
    for ((rule, origin), by_hand) in rules {
        let Origin::Rule(place) = origin else { continue };
        // By hand: what it looks for in the name.
        let names = |asked: &str| rule.buffers.iter().any(|b| b.to_string().contains(asked));
        let named = || by_hand.is_some() && asked.as_deref().is_some_and(names);
        if near.contains(&rule.sid) || named() {
            places.insert(*place);
        }
    }
    for (group, rows) in policy.rule_groups.iter().enumerate() {
        for (rule, row) in rows.rules.iter().enumerate() {
            let of_the_site = || match &row.body {
                RuleBody::Match(row) => {
                    asked.as_ref().is_some_and(|asked| names_site(policy, row, asked))
                }
                RuleBody::Suricata(_) => false,
            };
            if !row.enabled || of_the_site() {
                places.insert(RulePlace { group, rule });
            }
        }
    }
    Some(places)
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
            let dst = outcome.address;
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
        Part::Destination => says_which(&c.wanted),
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
    match row {
        Some(row) => names_site(policy, row, &asked),
        // By hand: what it looks for in the name.
        None => misses.iter().any(|c| c.part == Part::Buffer && c.wanted.contains(&asked)),
    }
}

/// Whether a row names a host of a site.
fn names_site(policy: &Policy, row: &MatchRule, asked: &str) -> bool {
    // Most names end otherwise, which is seen at once.
    let of = |pattern: &DomainPattern| {
        pattern.name().ends_with(asked) && site(pattern.name()).is_some_and(|site| site == asked)
    };
    row.to.iter().any(|to| match &to.value {
        Target::Name(name) => of(name),
        Target::Url(url) => url.host.as_ref().is_some_and(of),
        Target::List(list) => {
            policy.list(list).is_some_and(|list| list.names.iter().any(|name| of(&name.value)))
        }
        Target::Any | Target::Regex(_) | Target::Net(_) => false,
    })
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
        (Some(row), "source") if is_anybody(row) => say::misses(part, &words::ANYBODY.into(), got),
        (Some(row), "source") => say::misses(part, &entries(&row.from), got),
        (Some(row), "name" | "destination") => say::misses(part, &entries(&row.to), got),
        _ => say::misses(part, &words::wanted(wanted), got),
    }
}

fn entries<T: std::fmt::Display, P>(entries: &[At<T, P>]) -> Text {
    listed(entries.iter().map(|entry| entry.value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluator;
    use crate::compile::compile;
    use crate::policy::Document;
    use crate::workbench::answer;

    /// Rows that are close for every reason there is, and rows that are not.
    const MIXED: &str = "sekisho: 1
name: t
rule_order: strict
default_actions: [drop_established]
home_net: [10.0.0.0/8]
sources: {a: {cidrs: [10.1.0.0/16]}, b: {cidrs: [10.2.0.0/16]}}
rule_groups:
  - name: g
    priority: 100
    rules:
      - {name: one, action: pass, from: a, to: www.shop.example}
      - {name: two, action: drop, from: b, to: .shop.example, protocol: http}
      - {name: three, action: pass, from: b, to: 'regex:^sho+p\\.', protocol: tls}
      - {name: four, action: pass, from: b, to: 'https://www.shop.example'}
      - {name: five, action: pass, from: a, to: 'http://other.shop.example/x*'}
      - {name: six, action: pass, from: a, to: 203.0.113.0/24, protocol: tcp, ports: [443]}
      - {name: seven, action: pass, from: any, to: www.shop.example, enabled: false}
      - {name: eight, action: reject, from: a, to: any, protocol: quic}
      - name: nine
        suricata: |
          pass tls $HOME_NET any -> any 8443 (tls.sni; content:\"shop.example\"; endswith; sid:90;)
          drop http any any -> 203.0.113.7 any (http.uri; content:\"/x\"; http.host; content:\"z.example\"; sid:91;)
";

    #[test]
    fn rows_that_are_left_out_are_not_close() {
        let samples = [
            MIXED.to_owned(),
            include_str!("../../samples/central-egress/policy.yaml").to_owned(),
            include_str!("../../samples/action-order/policy.yaml").to_owned(),
        ];
        let (mut close, mut left_out) = (0, 0);
        for sample in samples {
            let document = Document::read(sample).unwrap();
            let policy = document.policy();
            let compiled = compile(policy);
            let evaluator = evaluator(&compiled);
            let urls =
                ["https://www.shop.example", "http://shop.example/x", "quic://www.shop.example"];
            let urls = urls.map(str::to_owned).into_iter();
            let urls = urls.chain(policy.cases.iter().map(|case| case.url.replace("://", "://x")));
            for url in urls.chain(policy.cases.iter().map(|case| case.url.clone())) {
                for (from, dst) in [("10.1.0.9", None), ("10.2.0.9", Some("203.0.113.7"))] {
                    let Ok(request) = Request::parse(from, &url, dst) else { continue };
                    let answer = answer(policy, &compiled, &evaluator, &request);
                    let some = answer.first();
                    let mut all = some.clone();
                    all.trace.rules = some.trace.rules.to_vec().into();
                    assert!(all.trace.rules.near().is_none());
                    let found = closest_miss(policy, &compiled, &request, some);
                    assert_eq!(
                        found,
                        closest_miss(policy, &compiled, &request, &all),
                        "{url} from {from}"
                    );
                    close += usize::from(found.is_some());
                    let maybe = maybe_close(policy, &compiled, &request, some);
                    left_out +=
                        maybe.map_or(0, |rows| why(policy, &compiled, some).len() - rows.len());
                }
            }
        }
        assert!(close > 20 && left_out > 100, "{close} close, {left_out} left out");
    }
}
