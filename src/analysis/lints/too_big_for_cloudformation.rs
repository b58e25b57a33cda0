//! A group that AWS takes and CloudFormation does not (pain 43).

use super::Finding;
use super::under::Under;
use crate::compile::Origin;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::too_big_for_cloudformation as say;

/// Characters of `RulesString` in the CloudFormation schema; the API takes twice as many.
///
/// Source: schema of `AWS::NetworkFirewall::RuleGroup` (anfw.md §4).
const LONGEST: usize = 1_000_000;
/// What the API takes; above that it is an error of its own.
const REFUSED: usize = 2_000_000;

/// Said for each group whose rules are longer.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let mut lengths = vec![0; under.policy.rule_groups.len()];
    for (rule, origin) in under.compiled.ruleset.rules.iter().zip(&under.compiled.origins) {
        if let Origin::Rule(place) = origin {
            lengths[place.group] += rule.text.len() + 1;
        }
    }
    let groups = under.policy.rule_groups.iter().zip(lengths);
    let long = groups.filter(|(_, length)| (LONGEST + 1..=REFUSED).contains(length));
    long.map(|(group, length)| {
        let message = say::message(&group.name.value, length);
        let at = group.name.place.clone();
        let warning = Diagnostic::warning("too-big-for-cloudformation", at, message);
        warning.help(say::HELP).confidence(Confidence::Medium).into()
    })
    .collect()
}
