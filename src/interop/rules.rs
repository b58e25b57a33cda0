use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::draft::Titles;
use super::networks::{entries, networks, private};
use crate::diagnostic::Place;
use crate::net::RuleOrder;
use crate::policy::{Policy, RuleBody, yaml_block, yaml_text};
use crate::suricata::{Variables, addresses, parse_rules, ports};

/// How far the entries of the group stand in.
const INDENT: &str = "      ";

/// What a `.rules` file cannot say.
#[derive(Debug, Clone, Default)]
pub struct RulesOptions {
    /// In which order the rules are asked.
    pub rule_order: RuleOrder,
    /// Default actions, as AWS names them.
    pub default_actions: Vec<String>,
    /// The inside networks; empty: the private addresses.
    pub home_net: Vec<String>,
    /// Variables, name without `$` and value.
    pub vars: Vec<(String, String)>,
}

impl RulesOptions {
    /// The inside networks that were given, the variable before the option; where one is given twice the last counts. A variable is
    /// read as rules write it. What is no network is refused where the policy is read.
    pub(super) fn home(&self) -> Vec<String> {
        let Some((name, value)) = self.vars.iter().rev().find(|(name, _)| name == "HOME_NET")
        else {
            return self.home_net.iter().map(|net| net.trim().to_owned()).collect();
        };
        match entries(value) {
            none if none.is_empty() => vec![value.clone()],
            entries => networks(name, &entries).unwrap_or(entries),
        }
    }
}

/// A piece of a `.rules` file.
pub(super) enum Piece<'a> {
    /// A comment line, from its `#` on.
    Comment(&'a str),
    /// A blank line.
    Blank,
    /// A rule: one line, or several that end with `\`.
    Rule {
        /// Line of its beginning, from 1.
        line: usize,
        /// Where that is in the text.
        start: usize,
        /// Its lines, without their ends.
        text: String,
    },
}

/// Turns the text of a `.rules` file into the text of a policy with one group of hand-written rules.
///
/// Every rule keeps its text, comments and blank lines stay where they are. Rules that do not load are taken
/// over too: what is wrong with them is said where they are compiled.
#[must_use]
pub fn rules_to_policy(text: &str, options: &RulesOptions) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let pieces = pieces(text);
    let mut out = head(options);
    let known = known(text);
    let mut titles = Titles::default();
    let rules = pieces.iter().filter(|p| matches!(p, Piece::Rule { .. })).count();
    out += if rules == 0 { "    rules: []\n" } else { "    rules:\n" };
    for piece in &pieces {
        match piece {
            Piece::Blank => out.push('\n'),
            Piece::Comment(comment) => {
                let _ = writeln!(out, "{INDENT}{}", visible(comment));
            }
            Piece::Rule { line, start, text } => {
                let name = yaml_text(&titles.give(&names(known.get(start), *line)));
                let body = yaml_block(text, INDENT.len() + 4);
                let _ = writeln!(out, "{INDENT}- name: {name}\n{INDENT}  suricata: {body}");
            }
        }
    }
    out
}

fn head(options: &RulesOptions) -> String {
    let list = |values: &[String]| {
        let values: Vec<String> = values.iter().map(|v| yaml_text(v.trim())).collect();
        values.join(", ")
    };
    let mut out = String::from("sekisho: 1\nname: rules\n");
    let _ = writeln!(out, "rule_order: {}", options.rule_order.word());
    if !options.default_actions.is_empty() {
        let _ = writeln!(out, "default_actions: [{}]", list(&options.default_actions));
    }
    let given = options.home();
    let home = if given.is_empty() { private() } else { given };
    let _ = writeln!(out, "home_net: [{}]", list(&home));
    let mut variables: Vec<&(String, String)> = Vec::new();
    for variable in options.vars.iter().filter(|(name, _)| name != "HOME_NET") {
        // Where one is given twice the last counts.
        variables.retain(|(name, _)| *name != variable.0);
        variables.push(variable);
    }
    let known = |(name, value): &&(String, String)| (name.clone(), value.clone());
    let known: Variables = variables.iter().map(known).collect::<BTreeMap<_, _>>().into();
    let is_ports = |value: &str| ports(value, &known).is_ok();
    // What is neither is said where the policy is compiled; `any` is both.
    let is_addresses = |value: &str| addresses(value, &known).is_ok() || !is_ports(value);
    let of_addresses: Vec<_> = variables.iter().filter(|(_, v)| is_addresses(v)).collect();
    let of_ports: Vec<_> = variables.iter().filter(|(_, v)| is_ports(v)).collect();
    for (field, sets) in [("variables", of_addresses), ("port_sets", of_ports)] {
        if !sets.is_empty() {
            let _ = writeln!(out, "{field}:");
        }
        for (name, value) in sets {
            let _ = writeln!(out, "  {}: {}", yaml_text(name), yaml_text(value));
        }
    }
    out += "rule_groups:\n  - name: rules\n    priority: 100\n";
    out
}

/// Splits a file as the engine does: a line that ends with `\` goes on in the next.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut lines = text.split_inclusive('\n').enumerate();
    let mut at = 0;
    let bare = |line: &'_ str| line.trim_end_matches(['\n', '\r']).len();
    while let Some((index, line)) = lines.next() {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() {
            pieces.push(Piece::Blank);
        } else if trimmed.starts_with('#') {
            pieces.push(Piece::Comment(trimmed));
        } else {
            let mut rule = line[..bare(line)].to_owned();
            while rule.ends_with('\\')
                && let Some((_, next)) = lines.next()
            {
                at += next.len();
                rule.push('\n');
                rule.push_str(&next[..bare(next)]);
            }
            pieces.push(Piece::Rule { line: index + 1, start, text: rule });
        }
    }
    pieces
}

/// Where the rules of a `.rules` file stand, for problems of the policy that was made of it.
#[derive(Debug)]
pub struct RulesPlaces<'a> {
    text: &'a str,
    /// Where each rule begins, in the order of the file.
    starts: Vec<usize>,
}

impl<'a> RulesPlaces<'a> {
    /// The places of a file's rules.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let bare = text.trim_start_matches('\u{feff}');
        let base = text.len() - bare.len();
        let starts = pieces(bare).into_iter().filter_map(|piece| match piece {
            Piece::Rule { start, .. } => Some(start + base),
            Piece::Comment(_) | Piece::Blank => None,
        });
        Self { text, starts: starts.collect() }
    }

    /// The place in the file for a place in the policy that [`rules_to_policy`] made of it: the same bytes of a rule where they can be
    /// told, else the rule's line; nothing for what the file does not say.
    #[must_use]
    pub fn in_file(&self, policy: &Policy, place: &Place) -> Option<Place> {
        let rules = &policy.rule_groups.first()?.rules;
        let number = rules.begun(place.span.start).checked_sub(1)?;
        rules.span(number).filter(|span| place.span.start < span.end)?;
        let (rule, begin) = (rules.get(number)?, rules.start(number)?);
        let start = *self.starts.get(number)?;
        let mut line_start = start;
        let RuleBody::Suricata(hand) = &rule.body else { return None };
        for written in &hand.lines {
            let line = self.text.get(line_start..)?.split_inclusive('\n').next()?;
            let span = written.in_text(begin).span;
            if span.start <= place.span.start && place.span.end <= span.end {
                let offset = place.span.start - span.start;
                let length = place.span.len();
                let found = line_start + offset..line_start + offset + length;
                return Some(Place::of(self.text, found));
            }
            line_start += line.len();
        }
        let line = self.text.get(start..)?.lines().next()?;
        Some(Place::of(self.text, start..start + line.len()))
    }
}

/// A comment as YAML can hold it: no control characters.
fn visible(comment: &str) -> String {
    let mut out = String::with_capacity(comment.len());
    for c in comment.chars() {
        if (c.is_control() && c != '\t') || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}') {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// What a rule that loads says of itself: its message and its sid.
pub(super) type About = (Option<String>, u32);

/// The rules of a text that load, by where they begin.
pub(super) fn known(text: &str) -> HashMap<usize, About> {
    let rules = parse_rules(text).rules.into_iter();
    rules.map(|r| (r.span.start, (r.rule.msg, r.rule.sid.0))).collect()
}

/// What a rule can be called, the best first: its message, its number, its line.
pub(super) fn names(about: Option<&About>, line: usize) -> Vec<String> {
    let mut names = Vec::new();
    if let Some((message, sid)) = about {
        names.extend(message.clone());
        names.extend(message.as_ref().map(|message| format!("{message} (sid {sid})")));
        names.push(format!("sid {sid}"));
    }
    names.push(format!("line {line}"));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Document, RuleBody, Variables};

    fn texts(rules: &str, options: &RulesOptions) -> Vec<(String, String)> {
        let policy = rules_to_policy(rules, options);
        let document = Document::read(policy.clone()).unwrap_or_else(|d| panic!("{d:?}\n{policy}"));
        let rules = document.policy().rule_groups.iter().flat_map(|g| &g.rules);
        rules
            .map(|rule| match &rule.body {
                RuleBody::Suricata(hand) => (rule.name.value.clone(), hand.text.clone()),
                RuleBody::Match(_) => panic!("`{}` is not hand-written", rule.name.value),
            })
            .collect()
    }

    #[test]
    fn awkward_rules_survive_letter_by_letter() {
        let rules = [
            "drop tls any any -> any any (msg:\"no: # yes\"; sid:1;)",
            "drop tls any any -> any any (msg:\"no: # yes\"; sid:2;)",
            "  drop ip any any -> any any (sid:3;)",
            "drop ip any any -> any any (msg:\"\t関所 'x' \\\"y\\\"\"; sid:4;)   ",
            "not a rule at all: [",
            "drop ip any any -> any any (msg:\"\u{1}\"; sid:5;)",
            "drop ip any any -> any any (msg:\"default\"; sid:6;)",
            "drop ip any any -> any any \\\n  (sid:7;)",
        ];
        for eol in ["\n", "\r\n"] {
            let file = format!("\u{feff}# head\n\n{}\n# tail", rules.join("\n")).replace('\n', eol);
            let read = texts(&file, &RulesOptions::default());
            let read: Vec<&str> = read.iter().map(|(_, text)| text.as_str()).collect();
            assert_eq!(read, rules);
        }
    }

    #[test]
    fn rules_are_named_after_message_or_sid_and_never_alike() {
        let file = "drop ip any any -> any any (msg:\"a\"; sid:1;)\ndrop ip any any -> any any (msg:\"a\"; sid:2;)\n\
                    drop ip any any -> any any (sid:3;)\nbroken\n";
        let names = |file| -> Vec<String> {
            texts(file, &RulesOptions::default()).into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(file), ["a", "a (sid 2)", "sid 3", "line 4"]);
        // What cases call the default actions is no name.
        let kept = "drop ip any any -> any any (msg:\"default\"; sid:1;)\n\
                    drop ip any any -> any any (msg:\"stateless-default\"; sid:2;)\n";
        assert_eq!(names(kept), ["default (sid 1)", "stateless-default (sid 2)"]);
    }

    #[test]
    fn comments_and_options_are_in_the_policy() {
        let options = RulesOptions {
            default_actions: vec!["aws:drop_strict".to_owned()],
            vars: [("DNS", "[10.0.0.53,!10.0.0.54]"), ("WEB", "[80,8000:8010]")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            ..RulesOptions::default()
        };
        let policy = rules_to_policy("# only a comment\n", &options);
        assert!(policy.contains("# only a comment"), "{policy}");
        let document = Document::read(policy).unwrap();
        let Variables { ip_sets, port_sets } = &document.policy().variables;
        assert_eq!(ip_sets["DNS"].value, ["[10.0.0.53,!10.0.0.54]"]);
        assert_eq!(port_sets["WEB"].value, ["[80,8000:8010]"]);
        assert_eq!((ip_sets.len(), port_sets.len()), (1, 1));
        assert_eq!(document.policy().default_actions.len(), 1);
    }
}
