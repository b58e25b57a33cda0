//! From text to rules.

use std::ops::Range;

use super::{Rule, RuleProblem};

/// What a text of rules says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// The rules that the engine loads, in the order written.
    pub rules: Vec<ParsedRule>,
    /// What is wrong; spans are bytes of the text.
    pub problems: Vec<RuleProblem>,
}

/// A rule and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedRule {
    /// The rule.
    pub rule: Rule,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// Reads rules, one a line (a `\` at the end joins lines); blank lines and `#` comments are skipped.
#[must_use]
pub fn parse_rules(_text: &str) -> Parsed {
    todo!()
}
