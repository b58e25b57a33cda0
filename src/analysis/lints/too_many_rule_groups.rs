//! More rule groups than a policy may have (pain 26).

use super::Finding;
use super::under::Under;
use crate::compile::GROUPS;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::too_many_rule_groups as say;

/// From here on it is said that there is hardly room.
const NEARLY: usize = 18;

/// Said when there are too many, or hardly room for another.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let groups = &under.policy.rule_groups;
    let Some(last) = groups.get(GROUPS).or(groups.last()).filter(|_| groups.len() >= NEARLY) else {
        return Vec::new();
    };
    let at = last.name.place.clone();
    let message = say::message(groups.len(), GROUPS);
    let found = if groups.len() > GROUPS {
        Diagnostic::warning("too-many-rule-groups", at, message)
    } else {
        Diagnostic::note("too-many-rule-groups", at, message).confidence(Confidence::Medium)
    };
    vec![found.help(say::HELP).into()]
}
