//! Groups without room between them (pain 28).

use super::Finding;
use super::under::Under;
use crate::compile::groups_in_order;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::no_priority_gap as say;
use crate::net::RuleOrder;

/// Said once, of the first two groups whose priorities follow each other.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    if under.policy.rule_order != RuleOrder::Strict {
        return Vec::new();
    }
    let groups = &under.policy.rule_groups;
    let order = groups_in_order(under.policy);
    let close = order.windows(2).find_map(|pair| {
        let (above, below) = (&groups[pair[0]], &groups[pair[1]]);
        (below.priority.value == above.priority.value + 1).then_some((above, below))
    });
    let Some((above, below)) = close else { return Vec::new() };
    let message = say::message(&above.name.value, &below.name.value, below.priority.value);
    let note = Diagnostic::note("no-priority-gap", below.priority.place.clone(), message);
    vec![note.help(say::HELP).confidence(Confidence::Low).into()]
}
