use std::sync::Arc;

use super::kind::classify;
use super::{Rule, RuleList, Variables};
use crate::net::RuleOrder;

/// Rules in the order in which they are written, with all that is needed to evaluate them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ruleset {
    /// In which order they are asked.
    pub order: RuleOrder,
    /// The rules as written; rulesets that have rules in common share them.
    pub rules: RuleList,
    /// What `$NAME` means: in AWS each rule group has variables of its own. [`Rule::scope`] says which count.
    pub scopes: Vec<Variables>,
}

impl Ruleset {
    /// Makes a ruleset in which all rules share their variables.
    #[must_use]
    pub fn new(order: RuleOrder, rules: Vec<Rule>, variables: impl Into<Variables>) -> Self {
        Self::of_scopes(order, rules, vec![variables.into()])
    }

    /// Makes a ruleset; every rule gets the type that it has with its variables.
    #[must_use]
    pub fn of_scopes(order: RuleOrder, rules: Vec<Rule>, scopes: Vec<Variables>) -> Self {
        let typed = |rule: Rule| Arc::new(rule.typed(&scopes));
        Self { order, rules: rules.into_iter().map(typed).collect(), scopes }
    }

    /// The variables that a rule of this ruleset is read with.
    #[must_use]
    pub fn variables(&self, rule: &Rule) -> &Variables {
        self.scopes.get(rule.scope).unwrap_or(Variables::none())
    }
}

impl Rule {
    /// The rule with the type that it has with its variables among `scopes`.
    #[must_use]
    pub fn typed(mut self, scopes: &[Variables]) -> Self {
        self.kind = classify(&self, scopes.get(self.scope).unwrap_or(Variables::none()));
        self
    }
}
