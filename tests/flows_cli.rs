//! `sekisho impact`, `sekisho access` and `sekisho test --coverage`: what they print, and how they exit.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::Path;
use std::process::Command as Process;

use assert_cmd::Command;
use serde_json::{Value, json};

const OLD: &str = "\
sekisho: 1
name: t
rule_order: strict
default_actions: [drop_established_app_layer_to_server]
home_net: [10.0.0.0/8]
sources:
  payroll: {cidrs: [10.1.0.0/16]}
  batch: {cidrs: [10.2.0.0/16]}
rule_groups:
  - name: g
    priority: 1
    rules:
      - {name: bank, sid: 1000, action: pass, from: payroll, to: api.bank.example}
      - {name: news, sid: 2000, action: pass, from: any, to: .news.example}
";

fn sekisho(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .args(arguments)
        .timeout(std::time::Duration::from_secs(120))
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// A folder with the old policy and a new one.
fn folder(new: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.yaml"), OLD).unwrap();
    fs::write(folder.path().join("new.yaml"), new).unwrap();
    folder
}

fn json_of(new: &str) -> Value {
    let folder = folder(new);
    let (out, err, code) =
        sekisho(folder.path(), &["impact", "old.yaml", "new.yaml", "--format", "json"]);
    assert_eq!((err.as_str(), code), ("", 0));
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_change_is_told_with_sources_by_name_and_a_witness() {
    let all = json_of(&OLD.replace("from: payroll, to: api", "from: [payroll, batch], to: api"));
    assert_eq!(all["unchanged"], json!(false));
    assert_eq!(all["cannot_tell"], json!([]));
    let changes = all["changes"].as_array().unwrap();
    let protocols: Vec<&str> = changes.iter().map(|c| c["protocol"].as_str().unwrap()).collect();
    assert_eq!(protocols, ["https", "http"]);
    for change in changes {
        assert_eq!(change["from"], "batch");
        assert_eq!(change["to"], "api.bank.example");
        assert_eq!((&change["before"], &change["after"]), (&json!("drop"), &json!("pass")));
        assert_eq!(change["after_by"], "g / bank (#1)");
        assert_eq!(change["port"], "any");
    }
    assert_eq!(
        changes[0]["witness"],
        json!({"from": "10.2.0.1", "url": "https://api.bank.example", "dst": "198.51.100.77"})
    );
}

#[test]
fn witness_gets_the_verdict_when_it_is_tried() {
    let new = OLD.replace("to: .news.example", "to: news.example");
    let folder = folder(&new);
    let all = json_of(&new);
    for change in all["changes"].as_array().unwrap() {
        let of = |key: &str| change["witness"][key].as_str().unwrap();
        for (file, key) in [("old.yaml", "before"), ("new.yaml", "after")] {
            let expected = change[key].as_str().unwrap();
            let arguments = [
                "try",
                file,
                "--from",
                of("from"),
                of("url"),
                "--dst",
                of("dst"),
                "--expect",
                expected,
            ];
            let (out, err, code) = sekisho(folder.path(), &arguments);
            assert_eq!(code, 0, "{arguments:?}: {out}{err}");
        }
    }
    assert_eq!(all["changes"][0]["to"], "*.news.example");
}

#[test]
fn nothing_changes_is_said_together_with_what_was_looked_at() {
    let new = OLD.replace(
        "      - {name: bank, sid: 1000, action: pass, from: payroll, to: api.bank.example}\n",
        "      - {name: bank, sid: 1000, action: pass, from: payroll, to: api.bank.example}\n      \
         - {name: twice, sid: 3000, action: pass, from: 10.1.2.0/24, to: 'https://api.bank.example'}\n",
    );
    let folder = folder(&new);
    let (out, _, code) = sekisho(folder.path(), &["impact", "old.yaml", "new.yaml", "--exit-code"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("nothing changes"), "{out}");
    assert!(out.contains("all sources, destinations, ports"), "{out}");
    assert_eq!(json_of(&new)["unchanged"], json!(true));
}

#[test]
fn exit_code_says_that_something_changes_only_when_asked() {
    let new = OLD.replace("action: pass, from: any", "action: drop, from: any");
    let folder = folder(&new);
    let run = |more: &[&str]| {
        sekisho(folder.path(), &[&["impact", "old.yaml", "new.yaml"], more].concat())
    };
    assert_eq!(run(&["--exit-code"]).2, 2);
    let (out, _, code) = run(&[]);
    assert_eq!(code, 0);
    let change = "PASS → DROP     https, http from any to .news.example";
    assert!(out.contains(change), "{out}");
}

#[test]
fn what_other_clients_may_notice_is_not_called_unchanged() {
    let rule = "      - name: old-tls\n        suricata: |\n          drop tls any any -> any any \
                (ssl_state:client_hello; tls.version:1.0; sid:9000;)\n";
    let all = json_of(&format!("{OLD}{rule}"));
    assert_eq!(all["unchanged"], json!("cannot tell"));
    assert_eq!(all["changes"], json!([]));
    assert_eq!(all["cannot_tell"], json!([{"rule": "g / old-tls (#3)", "keyword": "tls.version"}]));
}

#[test]
fn a_file_of_a_git_revision_is_compared() {
    let folder = folder(&OLD.replace("payroll, to: api", "batch, to: api"));
    let git = |arguments: &[&str]| {
        let author = ["-c", "user.name=t", "-c", "user.email=t@t.example"];
        let mut git = Process::new("git");
        git.current_dir(folder.path()).args(author).args(arguments);
        git.output().map(|output| output.status.success())
    };
    if !matches!(git(&["init", "-q"]), Ok(true)) {
        eprintln!("skipped: git is not installed");
        return;
    }
    fs::copy(folder.path().join("old.yaml"), folder.path().join("policy.yaml")).unwrap();
    assert!(git(&["add", "policy.yaml"]).unwrap() && git(&["commit", "-qm", "a"]).unwrap());
    fs::copy(folder.path().join("new.yaml"), folder.path().join("policy.yaml")).unwrap();
    let (out, err, code) =
        sekisho(folder.path(), &["impact", "HEAD:policy.yaml", "policy.yaml", "--format", "json"]);
    assert_eq!((err.as_str(), code), ("", 0));
    let all: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(all["changes"].as_array().unwrap().len(), 4);
    for missing in ["HEAD:nothing.yaml", "nowhere:policy.yaml", "--upload-pack:x"] {
        let (_, err, code) = sekisho(folder.path(), &["impact", "--", missing, "policy.yaml"]);
        assert_eq!(code, 1, "{err}");
        assert!(err.contains("from git"), "{err}");
    }
}

/// What `sekisho access` says of the old policy, as JSON.
fn access(arguments: &[&str]) -> Value {
    let folder = folder(OLD);
    let all = [&["access", "old.yaml", "--format", "json"], arguments].concat();
    let (out, err, code) = sekisho(folder.path(), &all);
    assert_eq!((err.as_str(), code), ("", 0));
    serde_json::from_str(&out).unwrap()
}

#[test]
fn access_of_a_source_is_what_its_rules_pass_and_nothing_else() {
    let all = access(&["--from", "batch"]);
    assert_eq!(all["cannot_tell"], json!([]));
    let rows = all["access"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert_eq!((&row["from"], &row["to"]), (&json!("batch"), &json!(".news.example")));
        assert_eq!((&row["verdict"], &row["by"]), (&json!("pass"), &json!("g / news (#2)")));
    }
}

#[test]
fn access_to_a_name_is_who_reaches_it() {
    let rows = access(&["--to", "api.bank.example"]);
    let from: Vec<&Value> = rows["access"].as_array().unwrap().iter().map(|r| &r["from"]).collect();
    assert_eq!(from, ["payroll", "payroll"]);
    assert_eq!(access(&["--to", "elsewhere.test"])["access"], json!([]));
    let folder = folder(OLD);
    let (out, ..) = sekisho(folder.path(), &["access", "old.yaml", "--to", "elsewhere.test"]);
    assert!(
        out.starts_with("nobody reaches elsewhere.test by name, over https, http, quic\n"),
        "{out}"
    );
    assert!(out.contains("only https, http, quic were looked at"), "{out}");
    let protocols = |to| access(&["--to", to])["protocols"].as_array().unwrap().len();
    assert_eq!((protocols("elsewhere.test"), protocols("203.0.113.5")), (3, 7));
    let (out, ..) = sekisho(folder.path(), &["access", "old.yaml", "--to", "203.0.113.5"]);
    assert!(!out.contains("were looked at"), "{out}");
}

#[test]
fn a_server_in_brackets_is_an_address_only_with_both() {
    let folder = folder(OLD);
    let to = |to| sekisho(folder.path(), &["access", "old.yaml", "--to", to]);
    assert_eq!(to("[2001:db8::1]").2, 0);
    for broken in ["[2001:db8::1", "2001:db8::1]", "[[2001:db8::1]]"] {
        let (out, err, code) = to(broken);
        assert!(
            code == 1 && err.contains("neither a host name nor an address"),
            "{broken}: {out}{err}"
        );
    }
}

#[test]
fn access_of_a_rule_is_a_request_that_it_decides() {
    let rule = access(&["--rule", "bank"]);
    assert_eq!(rule["reached"], json!(true));
    assert_eq!(rule["witness"]["url"], json!("https://api.bank.example"));
    assert_eq!(access(&["--rule", "2"])["rule"], json!("g / news (#2)"));
    let folder = folder(OLD);
    for (arguments, says) in [
        (["--rule", "bnak"], "did you mean `bank`?"),
        (["--from", "nobody"], "is not a source"),
        (["--to", "a b"], "neither a host name nor an address"),
    ] {
        let all = [&["access", "old.yaml"][..], &arguments].concat();
        let (_, err, code) = sekisho(folder.path(), &all);
        assert!(code == 1 && err.contains(says), "{err}");
    }
}

#[test]
fn coverage_names_rules_without_a_case_with_a_request_for_one() {
    let case =
        "cases:\n  - {name: c, from: 10.1.2.3, url: https://api.bank.example, expect: pass}\n";
    let folder = folder(&format!("{OLD}{case}"));
    let run = |more: &[&str]| {
        sekisho(folder.path(), &[&["test", "new.yaml", "--coverage"], more].concat())
    };
    let (out, _, code) = run(&[]);
    assert_eq!(code, 0);
    assert!(out.contains("no case exercises g / news (#2)"), "{out}");
    assert!(out.contains("https://news.example from 10.0.0.1"), "{out}");
    assert!(out.contains("cases exercise 1 of 2 rules"), "{out}");
    let all: Value = serde_json::from_str(&run(&["--format", "json"]).0).unwrap();
    assert_eq!(all["coverage"][0]["covered"], json!(1));
    assert_eq!(all["coverage"][0]["missing"][0]["request"]["url"], json!("https://news.example"));
}

#[test]
fn access_of_a_row_tells_of_the_row_that_it_leaves_nothing_to() {
    let policy = OLD.to_owned()
        + "      - {name: late, sid: 3000, action: drop, from: any, to: www.news.example}\n";
    let folder = folder(&policy);
    let ask = |more: &[&str]| {
        let all = [&["access", "new.yaml", "--rule", "news"][..], more].concat();
        sekisho(folder.path(), &all).0
    };
    let said: Value = serde_json::from_str(&ask(&["--format", "json"])).unwrap();
    assert_eq!(said["overlaps"]["complete"], json!(true));
    assert_eq!(said["overlaps"]["pairs"][0]["kind"], json!("shadowed"));
    let text = ask(&[]);
    assert!(text.contains("which never decides anything"), "{text}");
}
