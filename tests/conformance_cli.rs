//! `sekisho conformance`: numbers, exit codes, errors with file, line and what is missing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use assert_cmd::Command;

/// Standard output, standard error, exit code.
fn conformance(stdin: &str, arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .arg("conformance")
        .args(arguments)
        .write_stdin(stdin)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// A recorded policy with one flow, which passes as nothing matches.
fn policy(verdict: &str) -> String {
    format!(
        r#"{{"name":"p","order":"strict","vars":{{"HOME_NET":"10.0.0.0/8"}},"rules":["drop tls any any -> any any (tls.sni; content:\"bad.example\"; sid:1;)"],"default_rules":[],"types":{{"1":"app_tx"}},"flows":[{{"flow":{{"src":"10.1.1.1","dst":"203.0.113.5","kind":"icmp"}},"verdict":"{verdict}","decided_by":null,"decided_stage":null,"flow_action":null,"packets":["icmp","icmp_reply"],"dropped":[],"matches":{{}}}}]}}"#
    )
}

#[test]
fn recorded_rules_load_as_in_the_engine() {
    let file = "tests/fixtures/conformance/load.jsonl";
    let (out, err, code) = conformance("", &[file, "--format", "json"]);
    assert_eq!(
        (out.trim(), err.as_str(), code),
        (r#"{"rules":164,"agree":164,"disagree":0}"#, "", 0)
    );
}

#[test]
fn agreement_is_counted_and_exits_with_0() {
    let (out, _, code) = conformance(&policy("pass"), &["-", "--format", "json"]);
    let numbers = r#"{"flows":1,"agree":1,"undetermined":0,"disagree":0}"#;
    assert_eq!((out.trim(), code), (numbers, 0));
}

#[test]
fn difference_is_shown_with_its_trace_and_exits_with_2() {
    let (out, _, code) = conformance(&policy("drop"), &["-"]);
    assert_eq!(code, 2, "{out}");
    assert!(out.contains("verdict pass, recorded drop"), "{out}");
    assert!(out.contains("icmp_reply: passes"), "{out}");
    assert!(out.contains("flows 1, agree 0, undetermined 0, disagree 1"), "{out}");
}

#[test]
fn missing_field_is_named_with_file_and_line() {
    let broken = policy("pass").replace(r#""dropped":[],"#, "");
    let (_, err, code) = conformance(&format!("\n{broken}"), &["-"]);
    assert_eq!(code, 3);
    assert!(err.contains("standard input:2: flow 0: missing field `dropped`"), "{err}");
    let (_, err, code) = conformance("not a recording", &["-"]);
    assert_eq!(code, 3);
    assert!(err.contains("standard input:1: "), "{err}");
}

#[test]
fn nothing_that_was_compared_is_not_called_agreement() {
    for empty in ["", "\n\n"] {
        let (out, err, code) = conformance(empty, &["-"]);
        assert_eq!((code, out.as_str()), (3, ""));
        assert!(err.contains("standard input:1: no recording"), "{err}");
    }
}

#[test]
fn missing_file_exits_with_1() {
    let (_, err, code) = conformance("", &["no-such.jsonl"]);
    assert_eq!(code, 1);
    assert!(err.contains("no-such.jsonl"), "{err}");
}
