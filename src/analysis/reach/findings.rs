//! Rows that do nothing, in words; those with the same cause in one finding.

use std::collections::HashMap;

use super::overlaps::asked_rows;
use super::rows::{Blocked, Reach, Reaches};
use crate::analysis::accepted::Accepts;
use crate::analysis::flows::Decider;
use crate::diagnostic::Diagnostic;
use crate::messages::{Lang, Text, order as names, reach as say};
use crate::net::RuleOrder;
use crate::policy::{Policy, RulePlace};

/// How many findings are shown.
const SHOWN: usize = 40;

/// The codes of findings about rows that do nothing, or make no difference.
pub const REACH_CODES: [&str; 3] = ["redundant-rule", "shadowed-by-rule", "unreachable-rule"];

/// What is said of rows with the same cause.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cause {
    /// These rows, in which all of them do what the row says, or not.
    Rows(Vec<RulePlace>, bool),
    /// What stands around the rows.
    Around(Option<Decider>),
    /// These would do the same.
    StandIns(Vec<RulePlace>),
}

impl Cause {
    /// The code of a finding with this cause.
    const fn code(&self) -> &'static str {
        match self {
            Self::Rows(_, true) | Self::StandIns(_) => "redundant-rule",
            Self::Rows(by, false) if by.len() == 1 => "shadowed-by-rule",
            Self::Rows(_, false) | Self::Around(_) => "unreachable-rule",
        }
    }
}

/// Rows that never decide anything, and rows that others make needless.
#[must_use]
pub fn unreachable(policy: &Policy, reaches: &Reaches<'_>) -> Vec<Diagnostic> {
    let accepts = Accepts::of(policy);
    let is_strict = policy.rule_order == RuleOrder::Strict;
    let mut found: Vec<(Cause, Vec<Idle>)> = Vec::new();
    // A row that is accepted is told alone, however many others are: its entry is needed whatever is said of those.
    let mut accepted: Vec<(Cause, Vec<Idle>)> = Vec::new();
    let rows = asked_rows(policy);
    let ranks: HashMap<RulePlace, usize> = rows.iter().copied().zip(0..).collect();
    let rank = |place: &RulePlace| ranks.get(place);
    for &place in rows.iter().take_while(|_| !reaches.is_stopped()) {
        let (cause, blocked) = match reaches.of(place) {
            // What stands below and decides all the same is told as an order that is not kept.
            Reach::Never(blocked)
                if is_strict && blocked.by.iter().any(|by| rank(by) > rank(&place)) =>
            {
                continue;
            }
            Reach::Never(blocked) if blocked.by.is_empty() => {
                (Cause::Around(blocked.decider), Some(blocked))
            }
            Reach::Never(blocked) => {
                (Cause::Rows(blocked.by.clone(), blocked.alike), Some(blocked))
            }
            Reach::Yes(_) => match reaches.stand_ins(place) {
                none if none.is_empty() => continue,
                by => (Cause::StandIns(by), None),
            },
            Reach::Unknown | Reach::Unasked => continue,
        };
        if accepts.is_accepted(cause.code(), place) {
            accepted.push((cause, vec![(place, blocked)]));
            continue;
        }
        match found.iter_mut().find(|(other, _)| *other == cause) {
            Some((_, rows)) => rows.push((place, blocked)),
            None => found.push((cause, vec![(place, blocked)])),
        }
    }
    let left = found.len().saturating_sub(SHOWN);
    let shown = accepted.iter().chain(found.iter().take(SHOWN));
    let mut findings: Vec<Diagnostic> =
        shown.filter_map(|(cause, rows)| finding(policy, cause, rows)).collect();
    if left > 0 {
        findings.push(Diagnostic::note("unreachable-rule", None, say::more(left)));
    }
    let left_out = reaches.left_out().len();
    if left_out > 0 {
        let told = say::not_looked_at(left_out);
        findings.push(Diagnostic::note("unreachable-rule", None, told).help(say::TOO_MUCH_HELP));
    }
    findings
}

/// A row that does nothing, or nothing of its own, and what stands in its way.
type Idle = (RulePlace, Option<Blocked>);

fn finding(policy: &Policy, cause: &Cause, rows: &[Idle]) -> Option<Diagnostic> {
    let (place, blocked) = rows.first()?;
    let at = policy.name_place(*place)?;
    let (row, more) = (name(policy, *place), rows.len() - 1);
    let all = |places: &[RulePlace]| -> Vec<Text> {
        places.iter().map(|place| name(policy, *place)).collect()
    };
    let help = blocked.as_ref().map(|blocked| {
        let request = &blocked.request;
        let to = request.dst.map(|to| to.to_string()).unwrap_or_default();
        let help = match policy.rule_order {
            RuleOrder::Strict => say::unreachable_help,
            RuleOrder::Action => say::unreachable_in_action_order_help,
        };
        help(&request.to_string(), &request.from.to_string(), &to)
    });
    Some(match cause {
        Cause::Rows(by, true) | Cause::StandIns(by) => {
            let message = say::redundant(&row, &all(by), more);
            Diagnostic::note(cause.code(), at, message).help(say::REDUNDANT_HELP)
        }
        Cause::Rows(by, false) if by.len() == 1 => {
            let message = say::shadowed(&row, &name(policy, by[0]), more);
            Diagnostic::warning(cause.code(), at, message).help(help?)
        }
        Cause::Rows(by, false) => {
            let message = say::unreachable(&row, &all(by), more);
            Diagnostic::warning(cause.code(), at, message).help(help?)
        }
        Cause::Around(by) => {
            let by = Text::made(|lang| around(policy, *by, lang));
            let message = say::never_asked(&row, &by, more);
            Diagnostic::warning(cause.code(), at, message).help(say::HANDSHAKE_HELP)
        }
    })
}

fn name(policy: &Policy, place: RulePlace) -> Text {
    let rule = policy.rule(place);
    rule.map_or_else(|| Text::verbatim(""), |r| names::row(&r.name.value, policy.line_of(place)))
}

/// What stands around the rows, as a sentence names it.
fn around(policy: &Policy, by: Option<Decider>, lang: Lang) -> String {
    match by {
        Some(Decider::Stateless(..) | Decider::StatelessDefault) => {
            say::STATELESS.say(lang).to_owned()
        }
        Some(Decider::StreamException | Decider::Unseen) => say::STREAM.say(lang).to_owned(),
        Some(Decider::Default | Decider::Rule(..) | Decider::Managed(_)) | None => {
            let drop = policy.default_actions.iter().find(|d| d.is_drop()).map(|d| d.word());
            names::default(drop).say(lang).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluator;
    use crate::compile::compile;
    use crate::policy::Document;

    #[test]
    fn rows_that_were_not_looked_at_are_counted() {
        let policy = "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: []\nhome_net: [10.0.0.0/8]\n\
            rule_groups:\n  - name: g\n    priority: 1\n    rules:\n      \
            - {name: all, action: drop, from: any, to: any}\n      \
            - {name: none, action: pass, from: any, to: [a.example]}\n";
        let document = Document::read(policy.to_owned()).unwrap();
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        let told = |spent: usize| {
            let reaches = Reaches::new(document.policy(), &compiled, &evaluator);
            reaches.search.spend(spent);
            let found = unreachable(document.policy(), &reaches);
            found.iter().map(|d| (d.code, d.message.clone())).collect::<Vec<_>>()
        };
        assert_eq!(told(usize::MAX), [("unreachable-rule", say::not_looked_at(2))]);
        assert_eq!(told(0).iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["shadowed-by-rule"]);
    }
}
