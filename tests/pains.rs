//! What goes wrong for operators of the real firewall, as policies with the requests they ask about.
//!
//! `tests/pains/NN-name.yaml`: its cases are what the engine does, and hold; the `sekisho try` lines of its head
//! are what an operator would ask, and their answers are snapshots that a person has read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[path = "shared/engine.rs"]
mod engine;
use engine::engine;

/// Every fixture; the number is that of the pain.
const PAINS: [&str; 13] = [
    "02-drop-strict",
    "02-handshake-dropped",
    "03-order-ignored",
    "09-split-client-hello",
    "12-domain-list-beside-tcp-rules",
    "14-substring-hole",
    "15-dotprefix-written-wrong",
    "16-upper-case",
    "17-port-open-to-anything",
    "18-around-through-quic",
    "37-time-is-lost",
    "38-host-header-lies",
    "50-certificates-cannot-be-checked",
];

fn pains() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pains");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn sekisho(command: &str, policy: &Path, args: &[&str]) -> Output {
    let mut sekisho = Command::new(env!("CARGO_BIN_EXE_sekisho"));
    sekisho.arg(command).arg(policy).args(args).output().unwrap()
}

fn text(of: &[u8]) -> String {
    String::from_utf8_lossy(of).into_owned()
}

/// The `sekisho try` lines of a fixture's head, each with what is printed.
fn asked(policy: &Path) -> String {
    let mut said = String::new();
    let source = fs::read_to_string(policy).unwrap();
    for line in source.lines().filter_map(|line| line.strip_prefix("#   sekisho try ")) {
        let args: Vec<&str> = line.split_whitespace().collect();
        let run = sekisho("try", policy, &args);
        assert!(run.stderr.is_empty(), "{line}: {}", text(&run.stderr));
        write!(said, "$ sekisho try {line}\n\n{}\n", text(&run.stdout)).unwrap();
    }
    assert!(!said.is_empty(), "{} asks nothing", policy.display());
    said
}

#[test]
fn sentence_closest_miss_and_remedy_are_as_read() {
    let files: Vec<String> =
        pains().iter().map(|p| p.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(files, PAINS);
    for (name, policy) in PAINS.iter().zip(pains()) {
        insta::assert_snapshot!(*name, asked(&policy));
    }
}

#[test]
fn cases_of_every_pain_hold() {
    for policy in pains() {
        let run = sekisho("test", &policy, &[]);
        assert!(run.status.success(), "{}\n{}", policy.display(), text(&run.stdout));
    }
}

#[test]
fn real_engine_does_the_same_in_every_pain() {
    if engine().is_none() {
        return;
    }
    for policy in pains() {
        for args in [&[][..], &["--random", "40", "--every-match"]] {
            let run = sekisho("verify", &policy, args);
            assert!(run.status.success(), "{}\n{}", policy.display(), text(&run.stdout));
        }
    }
}
