//! `sekisho try` with the edits that would give another verdict: listed, shown as a difference, written.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const FIRST_STEPS: &str = "samples/first-steps/policy.yaml";

/// Standard output, standard error, exit code of `sekisho try`.
fn run(arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("XDG_STATE_HOME", Path::new(env!("CARGO_MANIFEST_DIR")).join("no-such-folder"))
        .args([&["try"], arguments].concat())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

#[test]
fn what_is_blocked_is_told_with_what_would_let_it_through() {
    let (out, _, code) = run(&[
        "samples/central-egress/policy.yaml",
        "--from",
        "10.2.3.4",
        "https://api.bank.example",
    ]);
    assert_eq!(code, 0);
    let start = out.find("What would let it through").unwrap();
    insta::assert_snapshot!("try_text", out[start..]);
}

#[test]
fn what_passes_is_told_without_unless_something_else_is_expected() {
    let wiki = [FIRST_STEPS, "--from", "10.1.2.3", "https://en.wiki.example"];
    let (out, _, code) = run(&wiki);
    assert_eq!((code, out.contains("What would")), (0, false), "{out}");
    let (out, _, code) = run(&[&wiki[..], &["--expect", "drop"]].concat());
    assert_eq!((code, out.contains("What would drop it")), (2, true), "{out}");
}

#[test]
fn programs_get_every_offer_with_every_case() {
    let arguments =
        [FIRST_STEPS, "--from", "10.1.2.3", "https://upload.wiki.example", "--format", "json"];
    let (out, ..) = run(&arguments);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let found = &value["what_if"];
    assert_eq!(found["wanted"], "pass");
    insta::assert_snapshot!("try_json", format!("{:#}", found["offers"][0]));
    let nothing =
        [FIRST_STEPS, "--from", "10.1.2.3", "https://en.wiki.example", "--format", "json"];
    let value: serde_json::Value = serde_json::from_str(&run(&nothing).0).unwrap();
    assert!(value.get("what_if").is_none());
}

#[test]
fn an_offer_is_shown_as_a_difference_and_written_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.yaml");
    let before = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(FIRST_STEPS));
    let before = before.unwrap();
    fs::write(&path, &before).unwrap();
    let file = path.to_str().unwrap();
    let upload = [file, "--from", "10.1.2.3", "https://upload.wiki.example"];
    let (out, err, code) = run(&[&upload[..], &["--apply", "1"]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!("try_apply", out);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    let (_, err, code) = run(&[&upload[..], &["--apply", "1", "--write"]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    let after = fs::read_to_string(&path).unwrap();
    let new = |line: &&str| !line.contains("allow-upload-wiki-example");
    let kept: Vec<&str> = after.lines().filter(new).collect();
    assert_eq!(
        (kept, after.lines().count()),
        (before.lines().collect(), before.lines().count() + 1)
    );
    let (_, err, code) = run(&[&upload[..], &["--apply", "1"]].concat());
    assert_eq!(code, 1);
    assert!(err.contains("no offer to apply"), "{err}");
}

#[test]
fn an_offer_that_is_not_there_or_cannot_be_written_is_an_error() {
    let upload = [FIRST_STEPS, "--from", "10.1.2.3", "https://upload.wiki.example"];
    for number in ["0", "99"] {
        let (_, err, code) = run(&[&upload[..], &["--apply", number]].concat());
        assert_eq!(code, 1);
        assert!(err.contains("numbered from 1 to"), "{err}");
    }
    let (_, err, code) = run(&[&upload[..], &["--write"]].concat());
    assert_eq!(code, 1);
    assert!(err.contains("--apply"), "{err}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some.rules");
    fs::write(&path, "drop tls any any -> any any (tls.sni; content:\"bad.example\"; sid:1;)\n")
        .unwrap();
    let path = path.to_str().unwrap();
    let (_, err, code) =
        run(&[path, "--from", "10.1.2.3", "https://bad.example", "--apply", "1", "--write"]);
    assert_eq!(code, 1);
    assert!(err.contains("leave out `--write`"), "{err}");
}
