//! The rules as they are collected, each with its origin.

use std::sync::Arc;

use super::Origin;
use super::block::Block;
use super::sids::Numbers;
use super::spans::Spans;
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::compile as say;
use crate::policy::RulePlace;
use crate::suricata::{ParsedRule, Rule, RuleList, RulePart, Variables, parse_rules};

/// Rules in the order in which they are asked, with their origins and what is wrong with them.
#[derive(Debug)]
pub(super) struct Output<'a> {
    /// What variables mean, which decides the types of rules.
    pub scopes: &'a [Variables],
    /// The parts before the rules that are being collected.
    parts: Vec<RulePart>,
    /// The rules behind those of the parts.
    pub rules: Vec<Arc<Rule>>,
    pub origins: Vec<Origin>,
    /// Where each rule stands in the text of its hand-written row.
    pub spans: Spans,
    /// The rules of which it is not known that AWS accepts them.
    doubtful: Vec<usize>,
    /// By group, how many rules its rows gave, and how long they are, with their line ends.
    sizes: Vec<(usize, usize)>,
    numbers: Numbers,
    /// The rules that are not those of a policy before.
    fresh: Vec<Arc<Rule>>,
    /// The rules around the rows of the policy before.
    known: Vec<Arc<Rule>>,
    pub diagnostics: Vec<Diagnostic>,
}

/// All rules, and what is wrong with them.
#[derive(Debug)]
pub(super) struct Done {
    pub rules: RuleList,
    pub origins: Vec<Origin>,
    pub spans: Spans,
    pub doubtful: Vec<usize>,
    pub sizes: Vec<(usize, usize)>,
    pub numbers: Numbers,
    pub fresh: Vec<Arc<Rule>>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Output<'a> {
    pub(super) fn new(scopes: &'a [Variables]) -> Self {
        Self {
            scopes,
            parts: Vec::new(),
            rules: Vec::new(),
            origins: Vec::new(),
            spans: Spans::default(),
            doubtful: Vec::new(),
            sizes: Vec::new(),
            numbers: Numbers::default(),
            fresh: Vec::new(),
            known: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The same after a policy with these rules around its rows: those that are written again are shared.
    pub(super) fn after(scopes: &'a [Variables], known: Vec<Arc<Rule>>) -> Self {
        Self { known, ..Self::new(scopes) }
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
        self.push_typed(origin, Arc::new(rule.typed(self.scopes)));
    }

    /// Adds a rule that is written by hand.
    pub(super) fn push_written(&mut self, origin: Origin, parsed: ParsedRule) {
        self.spans.push(self.origins.len(), parsed.span);
        self.push(origin, parsed.rule);
    }

    fn push_typed(&mut self, origin: Origin, rule: Arc<Rule>) {
        let same = |known: &&Arc<Rule>| known.sid == rule.sid && **known == rule;
        let rule = self.known.iter().find(same).map(Arc::clone).unwrap_or(rule);
        self.numbers.add_rule(rule.sid, self.origins.len());
        self.rules.push(rule);
        self.origins.push(origin);
    }

    /// Adds the rules of rows; the first stands at `first`.
    pub(super) fn add_block(&mut self, first: RulePlace, block: &Arc<Block>) {
        self.close();
        let begin = self.origins.len();
        if self.sizes.len() <= first.group {
            self.sizes.resize(first.group + 1, (0, 0));
        }
        let (rules, bytes) = &mut self.sizes[first.group];
        *rules += block.rules.len();
        *bytes += block.bytes;
        self.spans.append(begin, &block.spans);
        self.doubtful.extend(block.doubtful.iter().map(|at| begin + at));
        for (row, count) in block.counts.iter().enumerate() {
            let origin = Origin::Rule(RulePlace { rule: first.rule + row, ..first });
            self.origins.extend(std::iter::repeat_n(origin, *count));
        }
        self.parts.push(Arc::clone(&block.rules));
        self.numbers.add_block(block, begin);
    }

    /// Remembers rules as such that are not those of a policy before.
    pub(super) fn are_fresh(&mut self, rules: &[Arc<Rule>]) {
        self.fresh.extend_from_slice(rules);
    }

    /// Adds rules that stand around the rows: nobody wrote them by hand, so that they have no place in any text.
    pub(super) fn append(&mut self, other: Self) {
        for (rule, origin) in other.rules.into_iter().zip(other.origins) {
            self.push_typed(origin, rule);
        }
        self.diagnostics.extend(other.diagnostics);
    }

    fn close(&mut self) {
        let rules = std::mem::take(&mut self.rules);
        self.parts.extend((!rules.is_empty()).then(|| Arc::new(rules)));
    }

    /// All that was collected.
    pub(super) fn done(mut self) -> Done {
        self.close();
        let Self { parts, origins, spans, doubtful, sizes, numbers, fresh, diagnostics, .. } = self;
        let rules = RuleList::of_parts(parts);
        Done { rules, origins, spans, doubtful, sizes, numbers, fresh, diagnostics }
    }
}

/// The bytes of some rules with their line ends.
pub(super) fn bytes(rules: &[Arc<Rule>]) -> usize {
    rules.iter().map(|rule| rule.text.len() + 1).sum()
}
