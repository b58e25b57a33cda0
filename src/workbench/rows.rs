use crate::compile::groups_in_order;
use crate::policy::{Policy, RulePlace};

/// A line of the rule list: a group's head or a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    /// The head of a group, by index into `Policy::rule_groups`.
    Group(usize),
    /// A rule, with its number from 1 in the order in which strict order asks.
    Rule {
        /// Its place in the file.
        place: RulePlace,
        /// Its number.
        number: usize,
    },
}

/// The rule list from top to bottom: groups by priority, rules by position.
#[must_use]
pub fn rows(policy: &Policy) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut number = 0;
    for group in groups_in_order(policy) {
        rows.push(Row::Group(group));
        for rule in 0..policy.rule_groups[group].rules.len() {
            number += 1;
            rows.push(Row::Rule { place: RulePlace { group, rule }, number });
        }
    }
    rows
}
