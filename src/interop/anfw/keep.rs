//! What is deployed and a policy file cannot say: an update is a whole object, and what it leaves out is gone.
//!
//! Source: AWS Network Firewall API reference, `UpdateRuleGroup` and `UpdateFirewallPolicy`.

use serde_json::{Map, Value};

use super::plan::same;
use super::shapes::{FirewallPolicy, Reference, RuleGroup, StatelessRule};

/// Settings of a rule group or policy that stand beside its rules.
const SETTINGS: [&str; 3] = ["EncryptionConfiguration", "SourceMetadata", "SummaryConfiguration"];

/// The settings in what AWS says about an object, as an update takes them.
pub(super) fn settings(about: &Map<String, Value>) -> impl Iterator<Item = (String, Value)> {
    SETTINGS.into_iter().filter_map(|name| Some((name.to_owned(), about.get(name)?.clone())))
}

/// Takes over what a deployed group has; custom actions stay with the stateless rules that ask the same.
pub(super) fn group(rules: &mut RuleGroup, deployed: &RuleGroup) {
    rules.other.clone_from(&deployed.other);
    rules.rules_source.other.clone_from(&deployed.rules_source.other);
    let sets = deployed.rule_variables.as_ref().filter(|sets| !sets.other.is_empty());
    if let Some(sets) = sets {
        rules.rule_variables.get_or_insert_default().other.clone_from(&sets.other);
    }
    if let (Some(own), Some(old)) = (
        &mut rules.rules_source.stateless_rules_and_custom_actions,
        &deployed.rules_source.stateless_rules_and_custom_actions,
    ) {
        own.custom_actions.clone_from(&old.custom_actions);
        for rule in &mut own.stateless_rules {
            let asks_the_same = |old: &&StatelessRule| {
                let (own, old) = (&rule.rule_definition, &old.rule_definition);
                same(&own.match_attributes, &old.match_attributes)
            };
            if let Some(old) = old.stateless_rules.iter().find(asks_the_same) {
                custom(&mut rule.rule_definition.actions, &old.rule_definition.actions);
            }
        }
    }
}

/// Takes over what a deployed policy has.
pub(super) fn policy(policy: &mut FirewallPolicy, deployed: &FirewallPolicy) {
    policy.other.clone_from(&deployed.other);
    policy.stateless_custom_actions.clone_from(&deployed.stateless_custom_actions);
    custom(&mut policy.stateless_default_actions, &deployed.stateless_default_actions);
    custom(
        &mut policy.stateless_fragment_default_actions,
        &deployed.stateless_fragment_default_actions,
    );
    if let (Some(options), Some(old)) =
        (&mut policy.stateful_engine_options, &deployed.stateful_engine_options)
    {
        options.other.clone_from(&old.other);
    }
    references(
        &mut policy.stateful_rule_group_references,
        &deployed.stateful_rule_group_references,
    );
    references(
        &mut policy.stateless_rule_group_references,
        &deployed.stateless_rule_group_references,
    );
}

/// Adds the names of custom actions: they stand beside the one action that AWS has a word for.
fn custom(actions: &mut Vec<String>, deployed: &[String]) {
    actions.extend(deployed.iter().filter(|action| !action.starts_with("aws:")).cloned());
}

fn references(references: &mut [Reference], deployed: &[Reference]) {
    for reference in references {
        let same = deployed.iter().find(|old| old.resource_arn == reference.resource_arn);
        if let Some(same) = same {
            reference.other.clone_from(&same.other);
        }
    }
}
