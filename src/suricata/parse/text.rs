use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::reader::{Fault, Read, read_rule};
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
    let message = "the engine passes over a line that begins with a blank, without a word";
    let problem = RuleProblem::warning("line-skipped", start..start + blanks, message);
    problem.help("take the blank away; to turn the rule off write `#` before it")
}

/// Reads the rule of a line, which may be joined from several.
fn read_line(line: &str) -> Result<(Read, Option<RuleProblem>), Fault> {
    let mut warning = None;
    let mut line = line;
    if let Some(nul) = line.find('\0') {
        let message = "the engine reads this line up to the NUL byte";
        let problem = RuleProblem::warning("nul-byte", nul..nul + 1, message);
        warning = Some(problem.help("take the byte away"));
        line = &line[..nul];
    }
    // Joined lines are one for the engine; blanks of the same length keep the places right.
    let joins = line.matches("\\\n").count() * 2 + line.matches("\\\r\n").count() * 3;
    let joined = match joins {
        0 => Cow::Borrowed(line),
        _ => Cow::Owned(line.replace("\\\r\n", "   ").replace("\\\n", "  ")),
    };
    if line.len() - joins > LONGEST {
        let message =
            format!("the rule has {} bytes, the engine reads {LONGEST}", line.len() - joins);
        let shown = line.char_indices().map(|(at, _)| at).take_while(|at| *at <= 80).last();
        let problem = RuleProblem::error("rule-too-long", 0..shown.unwrap_or(0), message);
        return Err(Box::new(problem.help("split it into several rules, or use a variable")));
    }
    let control = |c: char| c.is_ascii_control() && c != '\t' && c != '\r';
    if let Some((at, c)) = joined.char_indices().find(|(_, c)| control(*c)) {
        let shown = c.escape_default();
        let message = format!("the control character `{shown}` is not allowed in a rule");
        let problem = RuleProblem::error("control-character", at..at + 1, message);
        return Err(Box::new(problem.help("take it away; inside a content write it in hex")));
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
        let message =
            format!("sid {sid} is written twice; this newer revision replaces the earlier rule");
        parsed.problems.push(
            RuleProblem::warning("sid-replaced", span, message)
                .help("give each rule a sid of its own, or take the old one away"),
        );
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
