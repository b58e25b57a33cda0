//! A group that AWS takes and CloudFormation does not (pain 43).

use super::Finding;
use super::under::Under;
use crate::compile::{GROUP_BYTES, Origin, TEMPLATE_BYTES};
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::too_big_for_cloudformation as say;

/// Said for each group whose rules are longer.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let mut lengths = vec![0; under.policy.rule_groups.len()];
    for (rule, origin) in under.compiled.ruleset.rules.iter().zip(&under.compiled.origins) {
        if let Origin::Rule(place) = origin {
            lengths[place.group] += rule.text.len() + 1;
        }
    }
    let groups = under.policy.rule_groups.iter().zip(lengths);
    let long = groups.filter(|(_, length)| (TEMPLATE_BYTES + 1..=GROUP_BYTES).contains(length));
    long.map(|(group, length)| {
        let message = say::message(&group.name.value, length);
        let at = group.name.place.clone();
        let warning = Diagnostic::warning("too-big-for-cloudformation", at, message);
        warning.help(say::HELP).confidence(Confidence::Medium).into()
    })
    .collect()
}
