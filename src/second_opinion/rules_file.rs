//! The rules as the engine is given them: so that everything that matches is told, and nothing else changes.

use std::fmt::Write as _;

use super::clash::{changes_flowbits, reads_flowbits};
use super::scopes::header_in_scope;
use crate::net::{Action, RuleOrder};
use crate::suricata::{Rule, Ruleset};

/// A bit that nobody asks about: a rule that only reads flow variables sets it, so that the engine ranks it
/// among those that read and set, which it asks in the order of their priorities.
const ASKED: &str = "sekisho.asked";

/// Options that keep a match from being told.
const SILENCING: [&str; 2] = ["noalert", "alert"];

/// Options that stand between a match and its rank in strict order.
const RANKING: [&str; 4] = ["threshold", "detection_filter", "priority", "classtype"];

/// The text of the rules file for `ruleset`.
///
/// Action order is the engine's own: the rules as they are, each match logged. Strict order it does not have: every rule becomes
/// an alert, asked in the order of the list as far as the engine allows (see `clashes`).
#[must_use]
pub fn rules_file(ruleset: &Ruleset) -> String {
    let mut text = String::new();
    for (place, rule) in ruleset.rules.iter().enumerate() {
        let line = match ruleset.order {
            RuleOrder::Action => as_written(rule),
            RuleOrder::Strict => as_alert(rule, place + 1),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn as_written(rule: &Rule) -> String {
    let add = if rule.action == Action::Pass { "alert;" } else { "" };
    rewritten(rule, rule.action, &SILENCING, add)
}

fn as_alert(rule: &Rule, place: usize) -> String {
    let mut add = String::new();
    if reads_flowbits(rule) && !changes_flowbits(rule) {
        let _ = write!(add, "flowbits:set,{ASKED};");
    }
    let _ = write!(add, "priority:{place};");
    rewritten(rule, Action::Alert, &[&SILENCING[..], &RANKING[..]].concat(), &add)
}

/// The rule with another action, without some options, and with others at its end.
fn rewritten(rule: &Rule, action: Action, without: &[&str], add: &str) -> String {
    let text = rule.text.replace("\\\r\n", " ").replace("\\\n", " ");
    let header = text.find('(').unwrap_or(text.len());
    let (header, options) = text.split_at(header);
    let header = header.trim_start();
    let written = header.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    let header = header_in_scope(rule).map_or(written.into(), |header| format!("{header} "));
    let options = options.trim_end();
    let options = options.strip_prefix('(').unwrap_or(options);
    let options = options.strip_suffix(')').unwrap_or(options);
    let kept: String = split_options(options)
        .filter(|option| !without.contains(&keyword(option).to_ascii_lowercase().as_str()))
        .collect();
    format!("{action} {header}({kept}{add})")
}

fn keyword(option: &str) -> &str {
    option.split([':', ';']).next().unwrap_or_default().trim()
}

/// Cuts options at each `;` that no `\` stands before, as the engine does.
fn split_options(options: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    options.split_inclusive(move |c| {
        let ends = c == ';' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::suricata::parse_rules;

    fn file(order: RuleOrder, text: &str) -> String {
        let rules = parse_rules(text).rules.into_iter().map(|p| p.rule).collect();
        rules_file(&Ruleset::new(order, rules, BTreeMap::new()))
    }

    #[test]
    fn strict_order_asks_every_rule_as_an_alert_in_its_place() {
        let text = r#"drop tls any any -> any any (tls.sni; content:"a\;noalert\;b"; noalert; priority:1; sid:7;)
pass tcp any any -> any any (flow:to_server; flowbits:isset,x; threshold:type limit, track by_src, count 1, seconds 60; sid:9;)"#;
        let file = file(RuleOrder::Strict, text);
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(
            lines[0],
            r#"alert tls any any -> any any (tls.sni; content:"a\;noalert\;b"; sid:7;priority:1;)"#
        );
        assert_eq!(
            lines[1],
            "alert tcp any any -> any any (flow:to_server; flowbits:isset,x; sid:9;flowbits:set,sekisho.asked;priority:2;)"
        );
    }

    #[test]
    fn action_order_keeps_everything_but_the_silence() {
        let text = "pass tcp any any -> any 22 (noalert; sid:1; priority:2;)\n\
                    drop tcp any any -> any 25 (threshold:type limit, track by_src, count 1, seconds 60; noalert; sid:2;)";
        let file = file(RuleOrder::Action, text);
        assert_eq!(
            file,
            "pass tcp any any -> any 22 ( sid:1; priority:2;alert;)\n\
             drop tcp any any -> any 25 (threshold:type limit, track by_src, count 1, seconds 60; sid:2;)\n"
        );
    }
}
