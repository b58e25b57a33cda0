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
    assert_eq!((code, &*at), ("undeclared-reference", "@OFFICES"));
    assert!(help.contains("references"), "{help}");
    let declared = "    references: {OFFICES: \"arn:aws:ec2:::prefix-list/pl-1\"}\n";
    assert_eq!(
        problem(&policy(declared, "drop tcp any any -> @OFFICE any (sid:1001;)")),
        expected("undeclared-reference", "@OFFICE", "did you mean `@OFFICES`?")
    );
    assert_eq!(diagnostics(&policy(declared, "drop tcp any any -> @OFFICES any (sid:1001;)")), []);
}

#[test]
fn problems_of_hand_written_rules_point_at_the_words_that_are_wrong() {
    let head = "sekisho: 1\nname: 関所\nhome_net: [10.0.0.0/8]\nrule_groups:\n  - name: g\n    priority: 1\n    rules:\n";
    // How the text is written, and what is pointed at.
    let forms = [
        (
            "suricata: |\n          # 関所\n\n          drop tcp any any -> $HOME_NE any (sid:1001;)\n",
            "$HOME_NE",
        ),
        (
            "suricata: |2-\n           drop tcp any any -> any any (sid:1;)\n          drop tcp any any -> $HOME_NE any (sid:1001;)",
            "$HOME_NE",
        ),
        ("suricata: drop tcp any any -> $HOME_NE any (sid:1001;)\n", "$HOME_NE"),
        ("suricata: 'drop tcp any any -> $HOME_NE any (sid:1001;)'\n", "$HOME_NE"),
        ("suricata: \"drop tcp any any -> $HOME_NE any (sid:1001;)\"\n", "$HOME_NE"),
        // Folded, or with escapes: as a whole.
        (
            "suricata: >\n          drop tcp any any\n          -> $HOME_NE any (sid:1001;)\n",
            ">\n          drop tcp any any\n          -> $HOME_NE any (sid:1001;)",
        ),
        (
            "suricata: \"drop tcp any any -> $HOME_NE any (msg:\\\"a\\\"; sid:1001;)\"",
            "\"drop tcp any any -> $HOME_NE any (msg:\\\"a\\\"; sid:1001;)\"",
        ),
    ];
    for (form, expected) in forms {
        for eol in ["\n", "\r\n"] {
            let text = format!("{head}      - name: by hand\n        {form}").replace('\n', eol);
            let found = diagnostics(&text);
            let problem = found.iter().find(|d| d.code == "unknown-variable");
            let place =
                problem.unwrap_or_else(|| panic!("{text}: {found:?}")).place.clone().unwrap();
            assert_eq!(&text[place.span.clone()], expected.replace('\n', eol), "{text}");
            let before: Vec<&str> = text[..place.span.start].split('\n').collect();
            let column = before[before.len() - 1].chars().count() + 1;
            assert_eq!((place.line, place.column), (before.len(), column), "{text}");
        }
    }
}

#[test]
fn what_the_engine_takes_without_a_word_is_warned_of_where_it_stands() {
    let text = policy(
        "",
        "drop tls any any -> any any (tls.sni; content:\".a\"; dotprefix; sid:1001;)\n           drop tls any any -> any any (sid:1002;)\n          drop udp any any -> any any (tls.sni; content:\"b\"; sid:1003;)\n          drop tcp any any -> any 22 (priority:7; sid:1004;)",
    );
    let found: Vec<(&str, String)> = diagnostics(&text)
        .into_iter()
        .filter(|d| d.code != "quic-not-asked")
        .map(|d| (d.code, text[d.place.unwrap().span].to_owned()))
        .collect();
    let expected = [
        ("idle-transform", "dotprefix"),
        ("line-skipped", " "),
        ("never-matches", "tls.sni"),
        ("refused-by-aws", "drop tcp any any -> any 22 (priority:7; sid:1004;)"),
    ];
    let expected: Vec<_> = expected.map(|(code, at)| (code, at.to_owned())).into();
    assert_eq!(found, expected);
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
