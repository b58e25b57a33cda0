//! The rules as they are collected, each with its origin.

use super::Origin;
use crate::diagnostic::Diagnostic;
use crate::messages::compile as say;
use crate::policy::At;
use crate::suricata::{Rule, parse_rules};

/// Rules in the order in which they are asked, with their origins and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub rules: Vec<Rule>,
    pub origins: Vec<Origin>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Output {
    /// Reads a rule that was written by us, so that what is evaluated is what its text says.
    ///
    /// What could go wrong with it comes from what the row says, such as an expression; `row` is its name.
    pub(super) fn add(&mut self, origin: Origin, text: &str, row: Option<&At<String>>) {
        let parsed = parse_rules(text);
        for rule in parsed.rules {
            self.push(origin, rule.rule);
        }
        for problem in parsed.problems {
            let place = row.map(|row| row.place.clone());
            let name = row.map_or("", |row| &row.value);
            let message = say::not_loadable(name, &problem.message);
            self.diagnostics.push(Diagnostic {
                severity: problem.severity,
                ..Diagnostic::error(problem.code, place, message)
            });
        }
    }

    pub(super) fn push(&mut self, origin: Origin, rule: Rule) {
        self.rules.push(rule);
        self.origins.push(origin);
    }

    pub(super) fn append(&mut self, other: Self) {
        self.rules.extend(other.rules);
        self.origins.extend(other.origins);
        self.diagnostics.extend(other.diagnostics);
    }
}
