//! A list that would become more rules than are made: what is known is answered, the rest is undetermined, and it is said.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::fmt::Write;
use std::sync::Arc;

use sekisho::analysis::evaluator;
use sekisho::compile::{Compiled, QUESTIONS, compile, compile_after};
use sekisho::eval::Verdict;
use sekisho::net::{Action, Request};
use sekisho::policy::{Document, Edit, RuleField, RulePlace};

/// A policy in which one row asks for so many names, over TLS and HTTP.
fn policy(names: usize) -> Document {
    let mut text = String::from(
        "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [drop_established]\nhome_net: [10.0.0.0/8]
rule_groups:
  - name: g
    priority: 100
    rules:
      - {name: above, sid: 1000, action: pass, from: any, to: above.example}
      - {name: many, sid: 2000, action: drop, from: 10.1.0.0/16, to: [list:many, 203.0.113.0/24]}
      - {name: below, sid: 500000, action: pass, from: any, to: below.example}
domain_lists:
  many: [",
    );
    for name in 0..names {
        let _ = write!(text, "n{name}.example, ");
    }
    text.push_str("]\n");
    Document::read(text).unwrap()
}

const MANY: RulePlace = RulePlace { group: 0, rule: 1 };

/// What is done, if that is known.
fn verdict(compiled: &Compiled, from: &str, url: &str) -> Option<Action> {
    let flow = Request::parse(from, url, None).unwrap().flow("203.0.114.1".parse().unwrap());
    match evaluator(compiled).evaluate(&flow).verdict {
        Verdict::Decided { action, .. } => Some(action),
        other => {
            assert!(matches!(other, Verdict::Undetermined { .. }), "{other:?}");
            None
        }
    }
}

fn said(compiled: &Compiled) -> bool {
    compiled
        .diagnostics
        .iter()
        .any(|problem| problem.code == "names-left-out" && problem.is_error())
}

#[test]
fn what_may_ask_for_a_name_that_is_left_out_is_undetermined_and_the_rest_is_known() {
    let document = policy(QUESTIONS / 2 + 1);
    let compiled = compile(document.policy());
    assert!(said(&compiled) && compiled.ruleset.rules.len() < 30);
    assert_eq!(verdict(&compiled, "10.1.2.3", "https://above.example"), Some(Action::Pass));
    for url in ["https://n7.example", "http://n7.example", "https://below.example"] {
        assert_eq!(verdict(&compiled, "10.1.2.3", url), None, "{url}");
    }
    // Nobody but the sources of that row is concerned, and only what it asks for by name.
    assert_eq!(verdict(&compiled, "10.2.2.3", "https://below.example"), Some(Action::Pass));
    assert_eq!(verdict(&compiled, "10.2.2.3", "https://n7.example"), Some(Action::Drop));
    assert_eq!(verdict(&compiled, "10.1.2.3", "udp://203.0.113.9:53"), Some(Action::Drop));
    assert_eq!(verdict(&compiled, "10.1.2.3", "udp://198.51.100.9:53"), Some(Action::Drop));
}

#[test]
fn as_many_as_are_looked_at_are_no_error() {
    let compiled = compile(policy(100).policy());
    assert!(!said(&compiled) && compiled.ruleset.rules.len() > 200);
}

#[test]
fn what_is_left_out_after_edits_is_what_would_be_left_out_from_nothing() {
    let mut document = policy(QUESTIONS / 2 + 1);
    let mut compiled = compile(document.policy());
    let set = |at, field, value: &str| Edit::SetRule {
        at,
        fields: vec![(field, Some(value.to_owned()))],
    };
    let above = RulePlace { rule: 0, ..MANY };
    let edits = [
        (set(above, RuleField::Action, "drop"), true),
        (set(MANY, RuleField::Enabled, "false"), false),
        (set(above, RuleField::To, "other.example"), false),
        (set(MANY, RuleField::Enabled, "true"), true),
        (Edit::MoveRule { from: MANY, to: above }, true),
        (Edit::RemoveRule { at: above }, false),
    ];
    for (edit, left_out) in edits {
        let before = Arc::downgrade(document.shared());
        document.apply(&edit).unwrap();
        let changed = document.changed_since(&before).expect("only rows changed");
        compiled = compile_after(document.policy(), &compiled, changed);
        let fresh = compile(document.policy());
        assert_eq!(compiled.ruleset, fresh.ruleset, "{edit:?}");
        assert_eq!(compiled.diagnostics, fresh.diagnostics, "{edit:?}");
        assert_eq!(said(&compiled), left_out, "{edit:?}");
    }
}
