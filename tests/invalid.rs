//! Broken files, each with what is said about it beside it: `NAME.yaml` and `NAME.txt`.
//!
//! `UPDATE_INVALID=1` rewrites what is said; read the difference.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid")
}

/// The broken files by name, and a folder where a file should be.
fn broken() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let yaml = entries.filter(|path| path.extension().is_some_and(|e| e == "yaml"));
    let mut names: Vec<String> =
        yaml.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// What the program says about a file, and how it ends.
fn said(file: &str) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .current_dir(folder())
        .env_clear()
        .args(["test", file])
        .timeout(std::time::Duration::from_secs(60))
        .output()
        .unwrap();
    assert!(output.stdout.is_empty(), "{file}: standard output is for results");
    (String::from_utf8(output.stderr).unwrap(), output.status.code().unwrap())
}

#[test]
fn every_broken_file_gets_the_message_beside_it() {
    let update = std::env::var_os("UPDATE_INVALID").is_some();
    let mut wrong = Vec::new();
    for name in broken() {
        let (now, code) = said(&format!("{name}.yaml"));
        assert!(code == 3 || name == "not-utf-8" && code == 1, "{name} exits with {code}: {now}");
        let path = folder().join(format!("{name}.txt"));
        if update {
            fs::write(&path, &now).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != now {
            wrong.push(format!("--- {name}\n{now}"));
        }
    }
    assert!(wrong.is_empty(), "{} messages differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn folder_and_missing_file_are_refused_with_a_reason() {
    for (file, part) in [(".", "is a directory"), ("no-such.yaml", "no such file")] {
        let (now, code) = said(file);
        assert!(code == 1 && now.contains(part), "{now}");
    }
}

#[test]
fn every_message_has_its_file_and_says_what_to_do() {
    let names = broken();
    for entry in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(names.contains(&name), "{name}.txt belongs to no file");
        if entry.extension().is_some_and(|e| e == "txt") && name != "not-utf-8" {
            let text = fs::read_to_string(&entry).unwrap();
            assert_eq!(text.matches("error[").count(), text.matches("help:").count(), "{name}");
        }
    }
}
