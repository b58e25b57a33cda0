//! Rules in plain words, in both languages; read by a person before it was accepted.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::collections::BTreeMap;
use std::fmt::Write;

use sekisho::messages::{Lang, plain, rule as words};
use sekisho::net::{Action, RuleOrder};
use sekisho::suricata::{Ruleset, keywords, parse_rules};
use sekisho::workbench::{PlainRule, plain_rule};

const RULES: &str = include_str!("fixtures/plain.rules");

fn ruleset(text: &str) -> Ruleset {
    let parsed = parse_rules(text);
    let rules = parsed.rules.into_iter().map(|rule| rule.rule).collect();
    let variables = [("HOME_NET", "10.0.0.0/8"), ("EXTERNAL_NET", "!$HOME_NET")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ruleset::new(RuleOrder::Strict, rules, BTreeMap::from(variables))
}

fn said(lang: Lang) -> String {
    let mut out = String::new();
    for rule in &ruleset(RULES).rules {
        let PlainRule { about, asks, risks } = plain_rule(rule);
        let action = words::action(rule.verb);
        let kind = words::rule_type(rule.kind.word(), rule.action != Action::Alert);
        let _ = writeln!(out, "{}", rule.text.trim());
        let _ = writeln!(out, "  {}: {}", rule.verb, action.say(lang));
        let _ = writeln!(out, "  {}", kind.say(lang));
        let _ = writeln!(out, "  {}: {}", plain::IN_WORDS.say(lang), about.say(lang));
        for ask in asks {
            let _ = writeln!(out, "  - {}", ask.say(lang));
        }
        for risk in risks {
            let _ = writeln!(out, "  {}: {}", plain::CAREFUL.say(lang), risk.words().say(lang));
        }
        out.push('\n');
    }
    out
}

#[test]
fn sixty_rules_in_plain_english() {
    assert_eq!(ruleset(RULES).rules.len(), 60);
    insta::assert_snapshot!(said(Lang::English));
}

#[test]
fn sixty_rules_in_plain_japanese() {
    insta::assert_snapshot!(said(Lang::Japanese));
}

/// A word for people that is the keyword itself would be no explanation.
#[test]
fn every_evaluated_buffer_that_policies_use_has_words_of_its_own() {
    let named = ["tls.sni", "quic.sni", "http.host", "http.uri", "http.method", "dns.query"];
    for keyword in keywords().into_iter().filter(|keyword| named.contains(&keyword.name)) {
        let words = plain::buffer(keyword.name);
        for lang in Lang::ALL {
            assert!(!words.say(lang).contains(keyword.name), "{}", words.say(lang));
        }
    }
}
