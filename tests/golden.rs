//! What every sample compiles to, byte for byte, and that the real engine loads it.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes the files anew; read the difference before you keep it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sekisho::compile::{Compiled, compile};
use sekisho::policy::{Document, Policy};

#[path = "shared/engine.rs"]
mod engine;
use engine::engine;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every sample by name.
fn samples() -> Vec<(String, Document)> {
    let folders = fs::read_dir(root().join("samples")).unwrap();
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let read = |folder: PathBuf| {
        let text = fs::read_to_string(folder.join("policy.yaml")).unwrap();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let document =
            Document::read(text).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        (name, document)
    };
    folders.into_iter().map(read).collect()
}

fn golden(name: &str) -> PathBuf {
    root().join("tests/golden").join(format!("{name}.rules"))
}

#[test]
fn every_sample_compiles_to_its_golden_file() {
    let mut old = Vec::new();
    for (name, document) in samples() {
        let text = compile(document.policy()).text(document.policy());
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(root().join("tests/golden")).unwrap();
            fs::write(golden(&name), &text).unwrap();
        }
        let kept = fs::read_to_string(golden(&name)).unwrap_or_default();
        if let Some(line) = first_difference(&kept, &text) {
            old.push(format!("tests/golden/{name}.rules:{line}"));
        }
    }
    let hint = "if that is meant: UPDATE_GOLDEN=1 cargo test --test golden";
    assert!(old.is_empty(), "compiles to something else: {}\n{hint}", old.join(", "));
}

/// The number of the first line that differs.
fn first_difference(a: &str, b: &str) -> Option<usize> {
    if a == b {
        return None;
    }
    let same = a.split('\n').zip(b.split('\n')).take_while(|(a, b)| a == b).count();
    Some(same + 1)
}

#[test]
fn every_golden_file_belongs_to_a_sample() {
    let names: Vec<String> = samples().into_iter().map(|(name, _)| name).collect();
    for entry in fs::read_dir(root().join("tests/golden")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(names.contains(&name), "{} has no sample", path.display());
    }
}

#[test]
fn compiling_twice_gives_the_same_bytes() {
    for (name, document) in samples() {
        let again = Document::read(document.text().to_owned()).unwrap();
        let (first, second) = (compile(document.policy()), compile(again.policy()));
        assert_eq!(first.text(document.policy()), second.text(again.policy()), "{name}");
    }
}

#[test]
fn no_sample_has_errors_or_a_sid_twice() {
    for (name, document) in samples() {
        let compiled = compile(document.policy());
        let errors: Vec<_> = compiled.diagnostics.iter().filter(|d| d.is_error()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        let mut sids: Vec<u32> = compiled.ruleset.rules.iter().map(|rule| rule.sid.0).collect();
        let all = sids.len();
        sids.sort_unstable();
        sids.dedup();
        assert_eq!(sids.len(), all, "{name} has a sid twice");
    }
}

#[test]
fn moving_a_rule_changes_no_sid() {
    let (_, document) = samples().into_iter().find(|(name, _)| name == "first-steps").unwrap();
    let sids = |policy: &Policy| {
        let mut sids: Vec<u32> = compile(policy).ruleset.rules.iter().map(|r| r.sid.0).collect();
        sids.sort_unstable();
        sids
    };
    let mut moved = document.policy().clone();
    let rules = &moved.rule_groups[1].rules;
    let [first, second] = [0, 1].map(|at| rules[at].clone());
    let rest = rules.iter().skip(2).cloned();
    moved.rule_groups[1].rules = [second, first].into_iter().chain(rest).collect();
    assert_eq!(sids(document.policy()), sids(&moved));
}

#[test]
fn the_real_engine_loads_every_sample_without_a_warning() {
    let Some(version) = engine() else {
        return;
    };
    for (name, document) in samples() {
        let compiled = compile(document.policy());
        let folder = tempfile::tempdir().unwrap();
        let rules = folder.path().join("sample.rules");
        fs::write(&rules, compiled.text(document.policy())).unwrap();
        let run = Command::new("suricata")
            .args(["-T", "-v", "-S"])
            .arg(&rules)
            .arg("-l")
            .arg(folder.path())
            .args(variables(&compiled))
            .output()
            .unwrap();
        let said = [run.stdout, run.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        let bad: Vec<&str> =
            said.lines().filter(|l| l.contains("Warning") || l.contains("Error")).collect();
        assert!(run.status.success() && bad.is_empty(), "{version}, {name}:\n{}", bad.join("\n"));
        let deployed = fs::read_to_string(&rules).unwrap();
        let count =
            deployed.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).count();
        assert!(
            said.contains(&format!("{count} rules successfully loaded, 0 rules failed")),
            "{said}"
        );
    }
}

/// The policy's variables as arguments.
fn variables(compiled: &Compiled) -> Vec<String> {
    let set = |(name, value): (&String, &String)| {
        ["--set".to_owned(), format!("vars.address-groups.{name}={value}")]
    };
    compiled.ruleset.scopes[0].addresses.iter().flat_map(set).collect()
}
