//! What decides above a group that others keep, which never inspects it: passes by address (pain 35), and the rules that say
//! the default action, which are deployed in the last group of the policy's own.

use super::Finding;
use super::under::Under;
use crate::analysis::order::stands::Asks;
use crate::compile::{Origin, groups_in_order};
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::pass_above_managed as say;
use crate::net::{Action, RuleOrder};

/// Said once for each such group, of the first row that is about addresses; and once of the default action.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let order = groups_in_order(under.policy);
    let rank = |group: usize| order.iter().position(|other| *other == group);
    let strict = under.policy.rule_order == RuleOrder::Strict;
    let mut found = Vec::new();
    for &group in &order {
        let managed = &under.policy.rule_groups[group];
        if managed.managed.is_none() {
            continue;
        }
        // In action order every pass is asked before every drop.
        let first = under.stands.iter().find(|stand| {
            let above = !strict || rank(stand.place.group) < rank(group);
            above && stand.action == Action::Pass && matches!(stand.asks, Asks::Address { .. })
        });
        let Some(first) = first else { continue };
        let Some(row) = under.row(first.place) else { continue };
        let message = say::message(&row.name.value, &managed.name.value);
        let at = under.policy.name_place(first.place);
        let warning = Diagnostic::warning("pass-above-managed", at, message);
        found.push(warning.help(say::HELP).confidence(Confidence::Medium).into());
    }
    found.extend(below_the_default(under));
    found
}

/// The first group of others that is asked after the rules that say the default action.
fn below_the_default(under: &Under<'_>) -> Option<Finding> {
    let behind = under.compiled.origins.iter().skip_while(|origin| **origin != Origin::Tail);
    let group = behind.into_iter().find_map(|origin| match origin {
        Origin::Managed(group) => under.policy.rule_groups.get(*group),
        Origin::Preamble | Origin::Rule(_) | Origin::Tail | Origin::DefaultAction => None,
    })?;
    let at = group.name.place.clone();
    let warning = Diagnostic::warning("pass-above-managed", at, say::default(&group.name.value));
    Some(warning.help(say::DEFAULT_HELP).confidence(Confidence::Medium).into())
}
