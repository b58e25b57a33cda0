//! What the program is built of is said, used, and no more than that.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use toml_edit::{Document, Item, TableLike};

/// Named only to switch on one of its features.
const FOR_A_FEATURE: [&str; 1] = ["crossterm"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// A crate whose code has another name than the crate: both.
const OTHER_NAME: (&str, &str) = ("hcl-rs", "hcl");

/// The tables of `Cargo.toml` that name crates.
fn tables(cargo: &dyn TableLike) -> Vec<&dyn TableLike> {
    let own = ["dependencies", "dev-dependencies", "build-dependencies"];
    let targets = cargo.get("target").and_then(Item::as_table_like);
    let targets =
        targets.into_iter().flat_map(|all| all.iter().filter_map(|(_, item)| item.as_table_like()));
    std::iter::once(cargo)
        .chain(targets)
        .flat_map(|table| own.iter().filter_map(|name| table.get(name)?.as_table_like()))
        .collect()
}

/// The crates that `Cargo.toml` names: as they are called in a registry, and in the code.
fn named() -> Vec<(String, String)> {
    let cargo = Document::parse(read("Cargo.toml")).unwrap();
    let of = |(key, item): (&str, &Item)| {
        let package = item.as_table_like().and_then(|table| table.get("package")?.as_str());
        let in_code = if key == OTHER_NAME.0 { OTHER_NAME.1 } else { key };
        (package.unwrap_or(key).to_owned(), in_code.replace('-', "_"))
    };
    let all: Vec<_> =
        tables(cargo.as_table()).into_iter().flat_map(|table| table.iter().map(of)).collect();
    assert!(all.len() > 30, "Cargo.toml was not understood");
    all
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let rust = |path: &PathBuf| path.extension().is_some_and(|end| end == "rs");
    entries
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(rust)
        .collect()
}

#[test]
fn every_crate_stands_in_the_table_with_what_it_is_for() {
    let page = read("docs/dependencies.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let told: BTreeSet<&str> = rows.filter(|name| !["crate", "---"].contains(name)).collect();
    let named = named();
    let named: BTreeSet<&str> = named.iter().map(|(package, _)| package.as_str()).collect();
    assert_eq!(told, named);
}

#[test]
fn every_crate_is_used() {
    let folders = ["src", "tests", "benches"].map(|folder| rust_files(&root().join(folder)));
    let code: String =
        folders.iter().flatten().map(|file| fs::read_to_string(file).unwrap()).collect();
    // `std::time::` is not `time::`.
    let is_used =
        |name: &str| Regex::new(&format!(r"(?m)(^|[^:\w]){name}::")).unwrap().is_match(&code);
    let unused: Vec<String> = named()
        .into_iter()
        .filter(|(_, name)| !is_used(name))
        .map(|(package, _)| package)
        .collect();
    assert_eq!(unused, FOR_A_FEATURE, "used nowhere");
}

#[test]
fn oldest_compiler_is_the_same_wherever_it_is_said() {
    let cargo = Document::parse(read("Cargo.toml")).unwrap();
    let oldest = cargo["package"]["rust-version"].as_str().unwrap().to_owned();
    for page in ["README.md", "docs/dependencies.md"] {
        assert!(
            read(page).contains(&format!("Rust {oldest}")),
            "{page} does not say Rust {oldest}"
        );
    }
}
