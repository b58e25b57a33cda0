//! Action order: every pass is asked before every drop, wherever they stand (pain 4).

use super::Finding;
use super::under::Under;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::action_order as say;
use crate::messages::order::row;
use crate::net::{Action, RuleOrder};
use crate::policy::{Rule, RulePlace};

/// Said when the policy has both passes and rows that block.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    if under.policy.rule_order != RuleOrder::Action {
        return Vec::new();
    }
    let first = |wanted: fn(Action) -> bool| {
        let stand = under.stands.iter().find(|stand| wanted(stand.action))?;
        Some((stand.place, under.row(stand.place)?))
    };
    let pass = first(|action| action == Action::Pass);
    let (Some(pass), Some(block)) = (pass, first(Action::blocks)) else { return Vec::new() };
    let name = |(at, rule): (RulePlace, &Rule)| row(&rule.name.value, under.policy.line_of(at));
    let message = say::message(&name(pass), &name(block));
    let at = under.policy.name_place(block.0);
    let note = Diagnostic::note("action-order", at, message).help(say::HELP);
    vec![note.confidence(Confidence::Medium).into()]
}
