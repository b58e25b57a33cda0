//! Pieces to take out of the workbench: a rule as it is written, a request as a command.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use super::refresh::TestInput;
use crate::policy::{Policy, RulePlace, StatelessPlace};

/// A rule as the file writes it, moved to the left edge, so that it can be put into a list of rules.
#[must_use]
pub fn rule_text(policy: &Policy, text: &str, at: RulePlace) -> Option<String> {
    entry(text, policy.row_span(at)?)
}

/// The same of a stateless row.
#[must_use]
pub fn stateless_rule_text(policy: &Policy, text: &str, at: StatelessPlace) -> Option<String> {
    entry(text, policy.stateless_row(at)?.place.span.clone())
}

/// An entry of a list as it is written, moved to the left edge.
fn entry(text: &str, span: Range<usize>) -> Option<String> {
    let written = text.get(span.clone())?.trim_end();
    let begin = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = text[begin..span.start].chars().count();
    let mut lines = written.lines();
    let mut out = format!("- {}\n", lines.next()?);
    for line in lines {
        // A line that stands further left than the rule can only be one inside brackets.
        let blank = line.chars().take_while(|c| *c == ' ').count().min(indent);
        let line = line[blank..].trim_end();
        let pad = if line.is_empty() { "" } else { "  " };
        out.push_str(&format!("{pad}{line}\n"));
    }
    Some(out)
}

/// The request as a command that asks it again: `sekisho try policy.yaml --from 10.1.2.3 https://…`.
#[must_use]
pub fn try_command(file: &Path, test: &TestInput) -> String {
    let file = file.to_string_lossy();
    let mut words = vec!["sekisho", "try", &file, "--from", test.from.trim()];
    if !test.dst.trim().is_empty() {
        words.extend(["--dst", test.dst.trim()]);
    }
    words.push(test.url.trim());
    words.into_iter().map(shell_word).collect::<Vec<_>>().join(" ")
}

/// A word as a POSIX shell reads it back.
#[must_use]
pub fn shell_word(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Document, RuleField, field_text};

    const POLICY: &str = "sekisho: 1\nname: x\nrule_order: strict\nhome_net: [10.0.0.0/8]\nrule_groups:\n  - name: g\n    priority: 1\n    rules:\n      \
        - {name: a, action: pass, from: any,\n         to: [a.example]}   # why\n      # above b\n      - name: b   # beside\n        action: drop\n        from: any\n        \
        to:\n          - b.example\n\n      - name: c\n        suricata: |\n          drop ip any any -> any any (sid:9;)\n";

    fn rule(index: usize) -> String {
        let document = Document::read(POLICY.to_owned()).unwrap();
        rule_text(document.policy(), POLICY, RulePlace { group: 0, rule: index }).unwrap()
    }

    #[test]
    fn rule_is_taken_out_as_it_is_written() {
        assert_eq!(rule(0), "- {name: a, action: pass, from: any,\n   to: [a.example]}\n");
        let b = "- name: b   # beside\n  action: drop\n  from: any\n  to:\n    - b.example\n";
        assert_eq!(rule(1), b);
        assert_eq!(rule(2), "- name: c\n  suricata: |\n    drop ip any any -> any any (sid:9;)\n");
    }

    #[test]
    fn rule_that_was_taken_out_reads_back_as_the_same() {
        let head = POLICY.split("      - {name").next().unwrap();
        let rules: String = (0..3).map(rule).collect();
        let again =
            format!("{head}{}", rules.lines().map(|l| format!("      {l}\n")).collect::<String>());
        let (one, two) = (Document::read(POLICY.to_owned()), Document::read(again));
        let says = |document: &Document| -> Vec<Option<String>> {
            let rules = &document.policy().rule_groups[0].rules;
            let fields = |rule| RuleField::OF_MATCH.map(|field| field_text(rule, field));
            rules.iter().flat_map(fields).collect()
        };
        assert_eq!(says(&one.unwrap()), says(&two.unwrap()));
    }

    #[test]
    fn command_survives_the_shell() {
        let test = |from: &str, url: &str, dst: &str| TestInput {
            from: from.to_owned(),
            url: url.to_owned(),
            dst: dst.to_owned(),
        };
        let file = Path::new("my policy's.yaml");
        assert_eq!(
            try_command(file, &test("payroll", " https://a.example/x?a=1&b=2 ", "")),
            r"sekisho try 'my policy'\''s.yaml' --from payroll 'https://a.example/x?a=1&b=2'"
        );
        assert_eq!(
            try_command(Path::new("p.yaml"), &test("10.1.2.3", "a.example", "192.0.2.1")),
            "sekisho try p.yaml --from 10.1.2.3 --dst 192.0.2.1 a.example"
        );
    }
}
