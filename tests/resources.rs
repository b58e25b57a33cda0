//! No input makes the program take for ever, or all memory: what is not refused is bounded. Nothing here measures a time: where
//! a bound is missing, the test does not end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fmt::Write as _;

use sekisho::messages::Lang;
use sekisho::policy::Document;
use sekisho::workbench::{Derived, TestInput, outcomes};

/// Expressions that take an engine that goes back twice as long for each character that almost fits.
const EXPRESSIONS: [&str; 4] = ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(a*)*b$"];

/// A policy of these rules, each in one line.
fn policy(rules: &[String]) -> Result<Document, String> {
    let mut text = String::from(
        "sekisho: 1\nname: p\nrule_order: strict\ndefault_actions: [drop_established]\nhome_net: [10.0.0.0/8]\nrule_groups:\n  \
         - name: g\n    priority: 100\n    rules:\n",
    );
    for (number, rule) in rules.iter().enumerate() {
        let _ = writeln!(text, "      - {{name: r{number}, {rule}}}");
    }
    Document::read(text).map_err(|problems| problems[0].message.say(Lang::English).to_owned())
}

fn asked(document: &Document, url: &str) -> Derived {
    let test = TestInput { from: "10.1.2.3".to_owned(), url: url.to_owned(), dst: String::new() };
    outcomes(document, &test, 1)
}

fn sentence(derived: &Derived) -> &str {
    derived.answer().unwrap().sentence.say(Lang::English)
}

#[test]
fn expressions_of_a_policy_are_linear_in_the_name() {
    let rules: Vec<String> = EXPRESSIONS
        .iter()
        .map(|e| format!("action: pass, from: any, to: [\"regex:{e}\"]"))
        .collect();
    let document = policy(&rules).unwrap();
    let derived =
        asked(&document, &format!("https://{}.example", vec!["a".repeat(60); 3].join(".")));
    assert!(sentence(&derived).contains("no rule passes it"), "{}", sentence(&derived));
}

#[test]
fn expressions_of_rules_are_linear_in_the_path() {
    let rules: Vec<String> = EXPRESSIONS
        .iter()
        .enumerate()
        .map(|(n, e)| {
            let sid = 1000 + n;
            format!("suricata: 'pass http $HOME_NET any -> any any (http.uri; pcre:\"/{}/\"; sid:{sid};)'", e.replace('^', "^\\/"))
        })
        .collect();
    let document = policy(&rules).unwrap();
    let derived = asked(&document, &format!("http://www.example/{}!", "a".repeat(4_000)));
    assert!(
        derived.diagnostics.iter().all(|problem| !problem.is_error()),
        "{:?}",
        derived.diagnostics
    );
    assert!(sentence(&derived).contains("no rule passes it"), "{}", sentence(&derived));
}

#[test]
fn expression_that_needs_much_memory_is_refused_or_not_evaluated() {
    let refused =
        policy(&["action: pass, from: any, to: [\"regex:((x{1000}){1000}){1000}\"]".to_owned()]);
    assert!(refused.is_err_and(|said| said.contains("regular expression")));
    let rule = "pass http $HOME_NET any -> any any (http.uri; pcre:\"/((x{1000}){1000}){1000}/\"; sid:1000;)";
    let document = policy(&[format!("suricata: '{rule}'")]).unwrap();
    let derived = asked(&document, "http://www.example/x");
    assert!(derived.answer().unwrap().first().action.is_none(), "{}", sentence(&derived));
}
