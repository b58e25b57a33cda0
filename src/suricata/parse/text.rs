use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::reader::{Fault, Read, read_rule};
use crate::messages::suricata::shape as say;
use crate::suricata::{Rule, RuleProblem};

/// The longest rule the engine reads, in bytes; it cuts a longer line and reads the rest as another rule.
///
/// Source: Suricata 7.0.10, `detect-engine-loader.c`; measured.
const LONGEST: usize = 8191;

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
        if line.starts_with([' ', '\t']) {
            parsed.problems.push(skipped(line, span.start));
            continue;
        }
        match read_line(line) {
            Ok((Read::Rule(mut rule, warnings), more)) => {
                line.trim().clone_into(&mut rule.text);
                let warnings = more.into_iter().chain(warnings);
                parsed.problems.extend(warnings.map(|w| shifted(w, span.start)));
                keep(&mut parsed, &mut by_sid, ParsedRule { rule: *rule, span });
            }
            Ok((Read::Skipped(problem), _)) => parsed.problems.push(shifted(problem, span.start)),
            Err(problem) => parsed.problems.push(shifted(*problem, span.start)),
        }
    }
    parsed
}

/// Source: Suricata 7.0.10, `detect-engine-loader.c`; measured.
fn skipped(line: &str, start: usize) -> RuleProblem {
    let blanks = line.len() - line.trim_start().len();
    let problem = RuleProblem::warning("line-skipped", start..start + blanks, say::LINE_SKIPPED);
    problem.help(say::LINE_SKIPPED_HELP)
}

/// Reads the rule of a line, which may be joined from several.
fn read_line(line: &str) -> Result<(Read, Option<RuleProblem>), Fault> {
    let mut warning = None;
    let mut line = line;
    if let Some(nul) = line.find('\0') {
        let problem = RuleProblem::warning("nul-byte", nul..nul + 1, say::NUL_BYTE);
        warning = Some(problem.help(say::NUL_BYTE_HELP));
        line = &line[..nul];
    }
    // Joined lines are one for the engine; blanks of the same length keep the places right.
    let joins = line.matches("\\\n").count() * 2 + line.matches("\\\r\n").count() * 3;
    let joined = match joins {
        0 => Cow::Borrowed(line),
        _ => Cow::Owned(line.replace("\\\r\n", "   ").replace("\\\n", "  ")),
    };
    if line.len() - joins > LONGEST {
        let message = say::too_long(line.len() - joins, LONGEST);
        let shown = line.char_indices().map(|(at, _)| at).take_while(|at| *at <= 80).last();
        let problem = RuleProblem::error("rule-too-long", 0..shown.unwrap_or(0), message);
        return Err(Box::new(problem.help(say::TOO_LONG_HELP)));
    }
    let control = |c: char| c.is_ascii_control() && c != '\t' && c != '\r';
    if let Some((at, c)) = joined.char_indices().find(|(_, c)| control(*c)) {
        let message = say::control_character(&c.escape_default().to_string());
        let problem = RuleProblem::error("control-character", at..at + 1, message);
        return Err(Box::new(problem.help(say::CONTROL_CHARACTER_HELP)));
    }
    Ok((read_rule(&joined)?, warning))
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
        let message = say::sid_twice(sid, true);
        parsed
            .problems
            .push(RuleProblem::warning("sid-replaced", span, message).help(say::OWN_SID_OR_NONE));
        parsed.rules[old] = new;
    } else {
        let message = say::sid_twice(sid, false);
        parsed.problems.push(RuleProblem::error("duplicate-sid", span, message).help(say::OWN_SID));
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
