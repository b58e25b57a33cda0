use std::collections::BTreeMap;

use super::Rule;
use super::kind::classify;
use crate::net::RuleOrder;

/// Rules in the order in which they are written, with all that is needed to evaluate them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ruleset {
    /// In which order they are asked.
    pub order: RuleOrder,
    /// The rules as written.
    pub rules: Vec<Rule>,
    /// Address and port variables, name without `$` -> text.
    pub variables: BTreeMap<String, String>,
}

impl Ruleset {
    /// Makes a ruleset; every rule gets the type that it has with these variables.
    #[must_use]
    pub fn new(
        order: RuleOrder,
        mut rules: Vec<Rule>,
        variables: BTreeMap<String, String>,
    ) -> Self {
        for rule in &mut rules {
            rule.kind = classify(rule, &variables);
        }
        Self { order, rules, variables }
    }
}
