//! The rules as they are collected, each with its origin.

use std::ops::Range;
use std::sync::Arc;

use super::Origin;
use super::kept::KeptRow;
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::compile as say;
use crate::policy::RulePlace;
use crate::suricata::{ParsedRule, Rule, Variables, parse_rules};

/// Rules in the order in which they are asked, with their origins and what is wrong with them.
#[derive(Debug)]
pub(super) struct Output<'a> {
    /// What variables mean, which decides the types of rules.
    pub scopes: &'a [Variables],
    pub rules: Vec<Arc<Rule>>,
    pub origins: Vec<Origin>,
    /// Where each rule stands in the text of its hand-written row.
    pub spans: Vec<Option<Range<usize>>>,
    /// Of each rule, whether it is known that AWS accepts it.
    pub accepted: Vec<bool>,
    /// By group, how long the rules of its rows are, with their line ends.
    pub bytes: Vec<usize>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Output<'a> {
    pub(super) const fn new(scopes: &'a [Variables]) -> Self {
        Self {
            scopes,
            rules: Vec::new(),
            origins: Vec::new(),
            spans: Vec::new(),
            accepted: Vec::new(),
            bytes: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Reads a rule that was written by us, so that what is evaluated is what its text says.
    ///
    /// What could go wrong with it comes from what the row says, such as an expression; `row` is its name.
    pub(super) fn add(&mut self, origin: Origin, text: &str, row: Option<(&str, Place)>) {
        let parsed = parse_rules(text);
        for rule in parsed.rules {
            self.push(origin, rule.rule);
        }
        for problem in parsed.problems {
            let place = row.as_ref().map(|(_, place)| place.clone());
            let name = row.as_ref().map_or("", |(name, _)| name);
            let message = say::not_loadable(name, &problem.message);
            self.diagnostics.push(Diagnostic {
                severity: problem.severity,
                ..Diagnostic::error(problem.code, place, message)
            });
        }
    }

    pub(super) fn push(&mut self, origin: Origin, rule: Rule) {
        self.push_typed(origin, Arc::new(rule.typed(self.scopes)), None);
    }

    /// Adds a rule that is written by hand.
    pub(super) fn push_written(&mut self, origin: Origin, parsed: ParsedRule) {
        let rule = Arc::new(parsed.rule.typed(self.scopes));
        self.push_typed(origin, rule, Some(parsed.span));
    }

    fn push_typed(&mut self, origin: Origin, rule: Arc<Rule>, span: Option<Range<usize>>) {
        if let Origin::Rule(place) = origin {
            self.count(place, rule.text.len() + 1);
        }
        self.rules.push(rule);
        self.origins.push(origin);
        self.spans.push(span);
        self.accepted.push(false);
    }

    /// Adds the rules of a row.
    pub(super) fn add_row(&mut self, place: RulePlace, row: &KeptRow) {
        self.count(place, row.bytes);
        self.rules.extend(row.rules.iter().cloned());
        self.spans.extend(row.spans.iter().cloned());
        let all = self.rules.len();
        self.origins.resize(all, Origin::Rule(place));
        self.accepted.resize(all, row.accepted);
    }

    fn count(&mut self, place: RulePlace, bytes: usize) {
        if self.bytes.len() <= place.group {
            self.bytes.resize(place.group + 1, 0);
        }
        self.bytes[place.group] += bytes;
    }

    /// Adds rules that stand around the rows.
    pub(super) fn append(&mut self, other: Self) {
        self.rules.extend(other.rules);
        self.origins.extend(other.origins);
        self.spans.extend(other.spans);
        self.accepted.extend(other.accepted);
        self.diagnostics.extend(other.diagnostics);
    }
}
