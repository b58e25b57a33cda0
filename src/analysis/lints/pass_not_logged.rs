//! What is passed leaves no trace (pain 7).

use std::collections::HashSet;

use super::Finding;
use super::under::Under;
use crate::compile::Origin;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::pass_not_logged as say;
use crate::messages::order::row;
use crate::net::Action;
use crate::policy::{Rule, RuleBody, RulePlace};
use crate::suricata::Logging;

/// How many rows are tried: those behind are not counted.
const TRIED: usize = 200;

/// Said once, of all rows that pass without a log line of their own or of an alert that matches on the way.
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
    let silent: Vec<&Rule> = silent.map(|(_, rule)| rule).collect();
    let Some(first) = silent.first() else { return Vec::new() };
    let name = row(&first.name.value, first.name.place.line);
    let message = say::message(&name, silent.len() - 1);
    let note = Diagnostic::note("pass-not-logged", None, message);
    vec![note.help(say::HELP).confidence(Confidence::Low).into()]
}
