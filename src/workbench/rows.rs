use crate::compile::{groups_in_order, stateless_rows};
use crate::net::StatelessAction;
use crate::policy::{Policy, RulePlace, StatelessPlace};

/// A line about what stands before the stateful rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatelessLine {
    /// The head of a stateless group, by index into `Stateless::rule_groups`.
    Group(usize),
    /// A stateless rule.
    Rule(StatelessPlace),
    /// The default action, where it does not forward.
    Default,
}

/// A line of the rule list: a group's head or a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    /// Something that is asked before the stateful rules.
    Stateless(StatelessLine),
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

/// The rule list from top to bottom: stateless groups, then the others; groups by priority, rules by position.
#[must_use]
pub fn rows(policy: &Policy) -> Vec<Row> {
    let mut rows = Vec::new();
    for (group, asked) in stateless_rows(policy) {
        rows.push(Row::Stateless(StatelessLine::Group(group)));
        let line = |place| Row::Stateless(StatelessLine::Rule(place));
        rows.extend(asked.into_iter().map(|origin| line(origin.place)));
    }
    if policy.stateless.default_action != StatelessAction::Forward {
        rows.push(Row::Stateless(StatelessLine::Default));
    }
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

/// The number from 1 of the rule at `place` in the order in which strict order asks; `None` where there is none.
#[must_use]
pub(super) fn row_number(policy: &Policy, place: RulePlace) -> Option<usize> {
    policy.rule(place)?;
    let above = groups_in_order(policy).into_iter().take_while(|group| *group != place.group);
    let rules = above.map(|group| policy.rule_groups[group].rules.len()).sum::<usize>();
    Some(rules + place.rule + 1)
}
