//! What is passed leaves no trace (pain 7).

use std::collections::HashSet;

use super::Finding;
use super::under::Under;
use crate::compile::Origin;
use crate::diagnostic::{Confidence, Diagnostic, Place};
use crate::messages::lints::pass_not_logged as say;
use crate::messages::order::row;
use crate::net::Action;
use crate::policy::{Rule, RuleBody, RulePlace};
use crate::suricata::Logging;

const CODE: &str = "pass-not-logged";
/// How many rows are tried: those behind are not counted.
const TRIED: usize = 200;

/// Said once, of all rows that pass without a log line of their own or of an alert that matches on the way; of each of its
/// own that accepts it.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let rules = under.compiled.ruleset.rules.iter().zip(&under.compiled.origins);
    let by_hand: HashSet<RulePlace> = rules
        .filter_map(|(rule, origin)| match origin {
            Origin::Rule(place) => {
                let silent = rule.action == Action::Pass && rule.logging == Logging::ByAction;
                silent.then_some(*place)
            }
            _ => None,
        })
        .collect();
    let passes = |(place, rule): &(RulePlace, &Rule)| match &rule.body {
        RuleBody::Match(row) => row.action == Action::Pass && !row.log,
        RuleBody::Suricata(_) => by_hand.contains(place),
    };
    let silent = under.rows().filter(passes).take(TRIED);
    let silent = silent.filter(|(place, _)| !under.is_logged(*place));
    let (accepted, open): (Vec<_>, Vec<_>) =
        silent.partition(|(place, _)| under.accepts.is_accepted(CODE, *place));
    let mut found: Vec<Finding> =
        accepted.iter().map(|(_, rule)| finding(rule, 0, Some(rule.name.place.clone()))).collect();
    found.extend(open.first().map(|(_, rule)| finding(rule, open.len() - 1, None)));
    found
}

/// Said of `rule` and so many others, at `place` or of the policy.
fn finding(rule: &Rule, others: usize, place: Option<Place>) -> Finding {
    let name = row(&rule.name.value, rule.name.place.line);
    let note = Diagnostic::note(CODE, place, say::message(&name, others));
    note.help(say::HELP).confidence(Confidence::Low).into()
}
