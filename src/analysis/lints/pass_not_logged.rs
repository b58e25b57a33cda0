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
/// How many rows are tried, beside those that accept it; where there are more, the rest is not counted.
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
    let is_accepted = |(place, _): &(RulePlace, &Rule)| under.accepts.is_accepted(CODE, *place);
    let (accepted, mut open): (Vec<_>, Vec<_>) = under.rows().filter(passes).partition(is_accepted);
    let all = open.len() <= TRIED;
    open.truncate(TRIED);
    let silent = |(place, _): &(RulePlace, &Rule)| !under.is_logged(*place);
    open.retain(silent);
    // One is enough for the entry of a group; each entry of a row is that row's.
    let own_entry = |rule: &Rule| rule.accept.iter().any(|at| at.value.code == CODE);
    let own = accepted.into_iter().enumerate();
    let own = own.filter(|(nth, (_, rule))| *nth < TRIED || own_entry(rule));
    let own = own.map(|(_, row)| row).filter(silent);
    let mut found: Vec<Finding> =
        own.map(|own| finding(under, own, (0, true), under.policy.name_place(own.0))).collect();
    found.extend(open.first().map(|first| finding(under, *first, (open.len() - 1, all), None)));
    found
}

/// Said of a rule and so many others, all there are or at least these, at `place` or of the policy.
fn finding(
    under: &Under<'_>,
    (at, rule): (RulePlace, &Rule),
    (others, all): (usize, bool),
    place: Option<Place>,
) -> Finding {
    let name = row(&rule.name.value, under.policy.line_of(at));
    let note = Diagnostic::note(CODE, place, say::message(&name, others, all));
    note.help(say::HELP).confidence(Confidence::Low).into()
}
