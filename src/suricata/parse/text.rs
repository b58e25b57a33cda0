use std::collections::HashMap;
use std::ops::Range;

use super::reader::{Read, read_rule};
use crate::suricata::{Rule, RuleProblem};

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
pub fn parse_rules(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut by_sid: HashMap<u32, usize> = HashMap::new();
    for span in rule_lines(text) {
        let line = &text[span.clone()];
        if line.starts_with([' ', '\t']) && !line.trim().is_empty() {
            // Source: Suricata 7.0.10, `detect-engine-loader.c`; measured.
            parsed.problems.push(
                RuleProblem::warning(
                    "line-skipped",
                    span,
                    "the engine skips a line that begins with a space",
                )
                .help("take the space away"),
            );
            continue;
        }
        // Joined lines are one for the engine; blanks of the same length keep the places right.
        let joined = line.replace("\\\r\n", "   ").replace("\\\n", "  ");
        match read_rule(&joined) {
            Ok(Read::Rule(mut rule, warnings)) => {
                line.trim().clone_into(&mut rule.text);
                parsed.problems.extend(warnings.into_iter().map(|w| shifted(w, span.start)));
                keep(&mut parsed, &mut by_sid, ParsedRule { rule: *rule, span });
            }
            Ok(Read::Skipped(problem)) => parsed.problems.push(shifted(problem, span.start)),
            Err(problem) => parsed.problems.push(shifted(*problem, span.start)),
        }
    }
    parsed
}

/// Keeps a rule, unless one of its sid is there: then the higher revision wins, as in the engine.
fn keep(parsed: &mut Parsed, by_sid: &mut HashMap<u32, usize>, new: ParsedRule) {
    let sid = new.rule.sid.0;
    let Some(&old) = by_sid.get(&sid) else {
        by_sid.insert(sid, parsed.rules.len());
        parsed.rules.push(new);
        return;
    };
    let span = new.span.clone();
    if new.rule.rev > parsed.rules[old].rule.rev {
        let message =
            format!("sid {sid} is written twice; this newer revision replaces the earlier rule");
        parsed.problems.push(RuleProblem::warning("sid-replaced", span, message));
        parsed.rules[old] = new;
    } else {
        let message = format!("sid {sid} is written twice");
        parsed.problems.push(
            RuleProblem::error("duplicate-sid", span, message)
                .help("give each rule a sid of its own"),
        );
    }
}

fn shifted(problem: RuleProblem, by: usize) -> RuleProblem {
    let span = problem.span.start + by..problem.span.end + by;
    RuleProblem { span, ..problem }
}

/// The bytes of each rule, without line ends, comments and blank lines.
fn rule_lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let mut end = start;
        loop {
            end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
            let line = text[start..end].trim_end_matches(['\n', '\r']);
            let comment = line.starts_with('#');
            if comment || !line.ends_with('\\') || end == text.len() {
                break;
            }
        }
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        if !line.starts_with('#') && !line.trim().is_empty() {
            lines.push(start..start + line.len());
        }
        start = end;
    }
    lines
}
