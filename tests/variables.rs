//! Variables and IP set references of hand-written rules: what is declared, what is known of it, what a person is told.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use assert_cmd::Command;
use sekisho::diagnostic::Diagnostic;
use sekisho::messages::Lang;
use sekisho::net::Action;
use sekisho::policy::Document;
use sekisho::workbench::{TestInput, refresh};
use serde_json::Value;

/// A policy with one group of one hand-written rule; `group` are more fields of the group.
fn policy(group: &str, rule: &str) -> String {
    format!(
        "sekisho: 1\nname: t\nrule_order: strict\nhome_net: [10.0.0.0/8]\n\
         variables: {{SERVERS: [203.0.113.0/24]}}\nport_sets: {{WEB: [80, 443]}}\n\
         rule_groups:\n  - name: g\n    priority: 100\n{group}    rules:\n      - name: by hand\n        suricata: |\n          {rule}\n"
    )
}

fn diagnostics(text: &str) -> Vec<Diagnostic> {
    let document = Document::read(text.to_owned()).unwrap_or_else(|d| panic!("{d:?}\n{text}"));
    refresh(&document, &TestInput::default(), 0).diagnostics
}

/// The code of the only problem, the text it points at, and what to do about it.
fn problem(text: &str) -> (&'static str, String, String) {
    let found = diagnostics(text);
    let [problem] = &found[..] else { panic!("{found:?}") };
    let place = problem.place.clone().unwrap();
    let help = problem.help.as_ref().map_or("", |help| help.say(Lang::English)).to_owned();
    (problem.code, text[place.span].to_owned(), help)
}

#[test]
fn undeclared_names_are_errors_where_they_stand() {
    let expected = |code, at: &str, help: &str| (code, at.to_owned(), help.to_owned());
    let rule = |from: &str, to: &str, port: &str| {
        policy("", &format!("drop tcp {from} any -> {to} {port} (sid:1001;)"))
    };
    assert_eq!(diagnostics(&rule("$HOME_NET", "[$SERVERS,$EXTERNAL_NET]", "$WEB")), []);
    assert_eq!(
        problem(&rule("$HOME_NET", "$SERVER", "$WEB")),
        expected("unknown-variable", "$SERVER", "did you mean `$SERVERS`?")
    );
    assert_eq!(
        problem(&rule("$HOME_NET", "any", "[22,$SSH_PORTS]")).0,
        "unknown-variable",
        "ports too"
    );
    // A set of addresses is none of ports.
    assert_eq!(problem(&rule("any", "any", "$SERVERS")).1, "$SERVERS");
    let (code, at, help) = problem(&rule("any", "@OFFICES", "any"));
    assert_eq!((code, &*at), ("unknown-reference", "@OFFICES"));
    assert!(help.contains("references"), "{help}");
    let declared = "    references: {OFFICES: \"arn:aws:ec2:::prefix-list/pl-1\"}\n";
    assert_eq!(
        problem(&policy(declared, "drop tcp any any -> @OFFICE any (sid:1001;)")),
        expected("unknown-reference", "@OFFICE", "did you mean `@OFFICES`?")
    );
    assert_eq!(diagnostics(&policy(declared, "drop tcp any any -> @OFFICES any (sid:1001;)")), []);
}

/// What becomes of a connection to port 22 of this server.
fn outcome(text: &str, dst: &str) -> Option<Action> {
    let document = Document::read(text.to_owned()).unwrap_or_else(|d| panic!("{d:?}\n{text}"));
    let test = TestInput {
        from: "10.1.2.3".to_owned(),
        url: format!("tcp://{dst}:22"),
        dst: dst.to_owned(),
    };
    let tested = refresh(&document, &test, 0).test.unwrap().unwrap();
    tested.answer.by_destination[0].action
}

#[test]
fn what_a_reference_holds_cannot_be_told_unless_the_policy_says_it() {
    let with = |reference: &str, rule: &str| {
        policy(&format!("    references:\n      OFFICES: {reference}\n"), rule)
    };
    let arn = "\"arn:aws:ec2:eu-west-1:111122223333:prefix-list/pl-1\"";
    let rule = "drop tcp any any -> [192.0.2.0/24,@OFFICES] 22 (flow:to_server; sid:1001;)";
    let unknown = with(arn, rule);
    assert_eq!(outcome(&unknown, "198.51.100.1"), None);
    // Where it does not matter it can be told.
    assert_eq!(outcome(&unknown, "192.0.2.1"), Some(Action::Drop));
    let elsewhere = "drop tcp any any -> @OFFICES 25 (flow:to_server; sid:1001;)";
    assert_eq!(outcome(&with(arn, elsewhere), "198.51.100.1"), Some(Action::Pass));
    let known = with(&format!("{{arn: {arn}, modelled_as: [198.51.100.0/24]}}"), rule);
    assert_eq!(outcome(&known, "198.51.100.1"), Some(Action::Drop));
    assert_eq!(outcome(&known, "198.51.101.1"), Some(Action::Pass));
}

#[test]
fn trace_says_that_contents_are_modelled() {
    let reference =
        "    references:\n      OFFICES: {arn: \"arn:aws:x\", modelled_as: [198.51.100.0/24]}\n";
    let text = policy(reference, "drop tcp any any -> @OFFICES 22 (flow:to_server; sid:1001;)");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.yaml");
    std::fs::write(&file, text).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .arg("try")
        .arg(&file)
        .args(["--from", "10.1.2.3", "tcp://198.51.100.1:22", "--dst", "198.51.100.1"])
        .args(["--format", "json", "--all"])
        .output()
        .unwrap();
    let said: Value = serde_json::from_slice(&run.stdout).unwrap();
    let said = said.to_string();
    assert!(said.contains("@OFFICES (modelled)"), "{said}");
}

#[test]
fn aws_takes_five_references_of_a_group() {
    let references = |count: usize| {
        let lines = (1..=count).map(|n| format!("      R{n}: \"arn:aws:x:{n}\"\n"));
        let all: String = lines.collect();
        policy(&format!("    references:\n{all}"), "drop tcp any any -> @R1 any (sid:1001;)")
    };
    assert_eq!(diagnostics(&references(5)), []);
    assert_eq!(diagnostics(&references(6))[0].code, "too-many-references");
}
