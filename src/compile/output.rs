//! The rules as they are collected, each with its origin.

use std::ops::Range;

use super::Origin;
use crate::diagnostic::Diagnostic;
use crate::messages::compile as say;
use crate::policy::At;
use crate::suricata::{ParsedRule, Rule, parse_rules};

/// Rules in the order in which they are asked, with their origins and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub rules: Vec<Rule>,
    pub origins: Vec<Origin>,
    /// Where each rule stands in the text of its hand-written row.
    pub spans: Vec<Option<Range<usize>>>,
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
        self.spans.push(None);
    }

    /// Adds a rule that is written by hand.
    pub(super) fn push_written(&mut self, origin: Origin, parsed: ParsedRule) {
        self.rules.push(parsed.rule);
        self.origins.push(origin);
        self.spans.push(Some(parsed.span));
    }

    pub(super) fn append(&mut self, other: Self) {
        self.rules.extend(other.rules);
        self.origins.extend(other.origins);
        self.spans.extend(other.spans);
        self.diagnostics.extend(other.diagnostics);
    }
}
