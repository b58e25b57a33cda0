//! Holds the house rules that the compiler does not: floors, crates per room, sizes, names.
//!
//! Each rule is a function from a file to its faults, tried below on a text that breaks it.
//! The check is textual: it reads the code, without comments and without tests.

#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The rooms from the ground up; `docs/architecture.md` says why.
const FLOORS: [&[&str]; 7] = [
    &["net", "diagnostic", "messages"],
    &["policy", "suricata"],
    &["compile", "eval"],
    &["analysis", "interop"],
    &["workbench", "second_opinion"],
    &["learn", "replay"],
    &["cli", "tui"],
];

/// Who may be used although not on a lower floor, and who may not although it is.
const MAY_TOO: [(&str, &str); 2] = [("diagnostic", "messages"), ("net", "messages")];
const MAY_NOT: [(&str, &str); 1] = [("eval", "policy")];

/// Where files are read and written: policies, one step of that, and journals of what is not saved; the engine; logs.
const DISK: [&str; 5] = [
    "workbench/files.rs",
    "workbench/replace.rs",
    "workbench/journal.rs",
    "second_opinion/",
    "replay/",
];

/// A word that only some paths under `src/` may contain.
const ONLY_IN: [(&str, &[&str]); 9] = [
    (r"\bratatui\b", &["tui/"]),
    (r"\bcrossterm\b", &["tui/"]),
    (r"\btui_textarea\b", &["tui/text_edit.rs"]),
    (r"\bgranit_parser\b", &["policy/"]),
    (r"\bhcl::", &["interop/"]),
    (r"\bstd::(fs\b|\{[^}]*\bfs\b)", &DISK),
    (r"\bstd::(env\b|\{[^}]*\benv\b)", &["main.rs", "workbench/settings.rs"]),
    (r"\bdirectories::", &["main.rs", "workbench/settings.rs", "workbench/folders.rs"]),
    (
        r"\bstd::(process\b|\{[^}]*\bprocess\b)",
        &["main.rs", "second_opinion/", "workbench/journal.rs", "workbench/revision.rs"],
    ),
];

/// Names that say nothing about what a file is for.
const EMPTY_NAMES: [&str; 8] =
    ["util", "utils", "helper", "helpers", "common", "types", "misc", "manager"];

/// Lines of code at which a file is too long, and a door is no door any more.
const LONGEST: usize = 600;
const LONGEST_DOOR: usize = 120;
/// Tables, which grow by a line per entry.
const TABLES: [&str; 2] = ["tui/bindings.rs", "suricata/keyword.rs"];

/// A source file: its path below `src/`, and what it says.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The first folder below `src/`; nothing for `main.rs` and `lib.rs`.
    fn room(&self) -> Option<&str> {
        self.path.split_once('/').map(|(room, _)| room)
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// The lines that are compiled into the program: no comments, no blank lines, no tests.
    fn code(&self) -> Vec<&str> {
        if self.is_test() {
            return Vec::new();
        }
        let mut code = Vec::new();
        let mut lines = self.text.lines();
        while let Some(line) = lines.next() {
            let trimmed = line.trim();
            if trimmed == "#[cfg(test)]" {
                skip_item(&mut lines);
            } else if !trimmed.is_empty() && !trimmed.starts_with("//") {
                code.push(line);
            }
        }
        code
    }
}

/// Skips the item after `#[cfg(test)]`: to the `;` or `}` that stands where the item began.
fn skip_item<'a>(lines: &mut impl Iterator<Item = &'a str>) {
    let Some(first) = lines.find(|line| !line.trim_start().starts_with("#[")) else { return };
    if first.trim_end().ends_with(';') {
        return;
    }
    let indent = first.len() - first.trim_start().len();
    let end = format!("{}}}", " ".repeat(indent));
    let _ = lines.find(|line| line.trim_end() == end);
}

/// The rooms that `room` may name.
fn allowed(room: &str) -> Vec<&'static str> {
    let floor = FLOORS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_default();
    let below = FLOORS[..floor].concat();
    let too = MAY_TOO.iter().filter(|(from, _)| *from == room).map(|(_, to)| *to);
    below.into_iter().chain(too).filter(|to| !MAY_NOT.contains(&(room, to))).collect()
}

fn floors_are_kept(file: &Source) -> Vec<String> {
    let Some(room) = file.room() else { return Vec::new() };
    let named = Regex::new(r"\bcrate::([a-z_]+)\b").unwrap();
    let all = FLOORS.concat();
    let mut faults = Vec::new();
    for line in file.code() {
        for name in named.captures_iter(line).map(|c| c.get(1).unwrap().as_str()) {
            if all.contains(&name) && name != room && !allowed(room).contains(&name) {
                faults.push(format!("`{room}` must not know `{name}`: {}", line.trim()));
            }
        }
    }
    faults
}

fn uses_stay_readable(file: &Source) -> Vec<String> {
    let glob = Regex::new(r"^\s*pub(\([^)]*\))? use .*\*\s*;").unwrap();
    let mut faults = Vec::new();
    for line in file.code() {
        if line.contains("crate::{") {
            faults.push(format!("one `use crate::room::…` a line: {}", line.trim()));
        }
        if line.contains("super::super") {
            faults.push(format!("`super::super` hides where it leads: {}", line.trim()));
        }
        if glob.is_match(line) {
            faults.push(format!("`pub use` names what it offers: {}", line.trim()));
        }
    }
    faults
}

fn crates_stay_in_their_rooms(file: &Source) -> Vec<String> {
    let code = file.code().join("\n");
    let mut faults = Vec::new();
    for (pattern, homes) in ONLY_IN {
        let at_home = homes
            .iter()
            .any(|h| if h.ends_with('/') { file.path.starts_with(h) } else { file.path == *h });
        if at_home {
            continue;
        }
        if let Some(found) = Regex::new(pattern).unwrap().find(&code) {
            faults.push(format!("`{}` may stand only in {}", found.as_str(), homes.join(", ")));
        }
    }
    faults
}

fn files_stay_short(file: &Source) -> Vec<String> {
    let lines = file.code().len();
    let door = file.path.ends_with("mod.rs");
    let limit = if door { LONGEST_DOOR } else { LONGEST };
    if lines <= limit || TABLES.contains(&file.path.as_str()) {
        return Vec::new();
    }
    vec![format!("{lines} lines of code, at most {limit}: split it by what it does")]
}

fn names_say_something(file: &Source) -> Vec<String> {
    let parts = file.path.trim_end_matches(".rs").split('/').flat_map(|part| part.split('_'));
    let empty: Vec<&str> = parts.filter(|part| EMPTY_NAMES.contains(part)).collect();
    empty.iter().map(|name| format!("`{name}` says nothing about what is inside")).collect()
}

fn tests_are_named_as_sentences(file: &Source) -> Vec<String> {
    let bad = Regex::new(r"fn (test_\w+|\w+_works)\(").unwrap();
    bad.captures_iter(&file.text)
        .map(|c| format!("`{}` should say what is the case", &c[1]))
        .collect()
}

fn rooms_open_with_what_they_are_for(file: &Source) -> Vec<String> {
    let Some(room) = file.room().filter(|room| file.path == format!("{room}/mod.rs")) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    if !FLOORS.concat().contains(&room) {
        faults.push(format!("`{room}` stands on no floor"));
    }
    let opening: String = file.text.lines().take_while(|line| line.starts_with("//!")).collect();
    if !opening.to_lowercase().contains("must not know") {
        faults.push(format!("the door of `{room}` does not say what it must not know"));
    }
    faults
}

/// A snapshot without its test is never compared again. `tests` holds file names and texts.
fn snapshot_has_a_test(file: &str, tests: &[(String, String)]) -> Vec<String> {
    let stem = file.trim_end_matches(".snap");
    let (binary, name) = stem.split_once("__").unwrap_or(("", stem));
    let sizes = Regex::new(r"([_-]\d+x\d+)?(-\d+)?$").unwrap();
    // Between the binary and the name stand the modules of the test.
    let name = sizes.replace(name.rsplit("__").next().unwrap_or(name), "");
    let made_by = |(test, text): &(String, String)| {
        let file = test.trim_end_matches(".rs");
        (file == binary || file.starts_with(&format!("{binary}/")) || binary.starts_with("sekisho"))
            && (text.contains(&format!("fn {name}(")) || text.contains(&format!("\"{name}")))
    };
    if tests.iter().any(made_by) {
        return Vec::new();
    }
    vec![format!("`{file}` belongs to no test")]
}

/// A path of somebody's machine helps nobody else.
fn names_no_machine(text: &str) -> Vec<String> {
    let pattern = concat!(r#"(?m)(^|[\s"'`(=:</])/(wo"#, r#"rk|home|root|Users|tmp)/[\w.]"#);
    let machine = Regex::new(pattern).unwrap();
    machine.find_iter(text).map(|m| format!("names a machine: `{}…`", m.as_str().trim())).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder`, in order; what is built there is none of them.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.file_name().is_some_and(|name| name != "target"));
    paths.into_iter().flat_map(|p| if p.is_dir() { walk(&p) } else { vec![p] }).collect()
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let rust = walk(&src).into_iter().filter(|p| p.extension().is_some_and(|e| e == "rs"));
    rust.map(|path| Source {
        text: fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/"),
    })
    .collect()
}

/// Fails with every fault that `check` finds in `src/`.
fn hold(check: fn(&Source) -> Vec<String>) {
    let sources = sources();
    assert!(sources.len() > 20, "src/ was not found");
    let faults: Vec<String> = sources
        .iter()
        .flat_map(|file| check(file).into_iter().map(|fault| format!("src/{}: {fault}", file.path)))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn arrows_point_down_only() {
    hold(floors_are_kept);
}

#[test]
fn no_use_hides_where_it_leads() {
    hold(uses_stay_readable);
}

#[test]
fn crates_are_named_only_in_their_rooms() {
    hold(crates_stay_in_their_rooms);
}

#[test]
fn no_file_is_too_long() {
    hold(files_stay_short);
}

#[test]
fn no_name_is_empty() {
    hold(names_say_something);
}

#[test]
fn no_test_is_named_after_nothing() {
    hold(tests_are_named_as_sentences);
}

#[test]
fn every_room_says_what_it_must_not_know() {
    hold(rooms_open_with_what_they_are_for);
}

#[test]
fn every_room_is_on_the_map() {
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for folder in fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap().path()) {
        if folder.is_dir() {
            let room = folder.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(map.contains(&format!("pub mod {room};")), "src/lib.rs does not name `{room}`");
        }
    }
}

#[test]
fn every_snapshot_has_a_test() {
    // A snapshot is told by its name, a test by its path: `tests/tui/frame.rs` belongs to `tests/tui.rs`.
    let name = |path: &Path| {
        let short = match path.extension() {
            Some(end) if end == "rs" => path.strip_prefix(root().join("tests")).unwrap_or(path),
            _ => Path::new(path.file_name().unwrap()),
        };
        short.to_str().unwrap().to_owned()
    };
    let read = |path: PathBuf| (name(&path), fs::read_to_string(&path).unwrap_or_default());
    let tests: Vec<(String, String)> = walk(&root().join("tests"))
        .into_iter()
        .chain(walk(&root().join("src")))
        .map(read)
        .collect();
    let faults: Vec<String> = tests
        .iter()
        .filter(|(file, _)| file.ends_with(".snap"))
        .flat_map(|(file, _)| snapshot_has_a_test(file, &tests))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let new: Vec<&String> =
        tests.iter().map(|(file, _)| file).filter(|file| file.ends_with(".snap.new")).collect();
    assert!(new.is_empty(), "snapshots that nobody has read: {new:?}");
}

#[test]
fn no_file_names_a_machine() {
    let folders = ["src", "tests", "samples", "docs", "assets", "benches", "fuzz", "peers", ".ci"];
    let top = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let files = top
        .filter(|path| path.is_file())
        .chain(folders.iter().flat_map(|folder| walk(&root().join(folder))));
    let mut faults = Vec::new();
    for path in files.filter(|path| path.file_name().is_some_and(|name| name != ".git")) {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        faults.extend(names_no_machine(&text).into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The checks themselves: each must fail on what it forbids and stay quiet on what it allows.
mod checks {
    use super::*;

    fn fires(check: fn(&Source) -> Vec<String>, path: &str, text: &str) -> bool {
        !check(&Source::new(path, text)).is_empty()
    }

    #[test]
    fn looking_up_or_sideways_is_found() {
        for (path, text) in [
            ("net/flow.rs", "use crate::policy::Policy;"),
            ("net/flow.rs", "use crate::diagnostic::Place;"),
            ("policy/model.rs", "fn f() -> crate::suricata::Rule {}"),
            ("eval/mod.rs", "use crate::policy::Policy;"),
            ("eval/mod.rs", "use crate::compile::compile;"),
            ("interop/rules.rs", "use crate::analysis::intent;"),
            ("workbench/session.rs", "use crate::tui::run;"),
            ("cli/mod.rs", "    crate::tui::run();"),
        ] {
            assert!(fires(floors_are_kept, path, text), "{path}: {text}");
        }
        for (path, text) in [
            ("net/flow.rs", "use crate::net::Sid;"),
            ("diagnostic/mod.rs", "use crate::messages::Text;"),
            ("compile/mod.rs", "use crate::policy::Policy;"),
            ("eval/mod.rs", "use crate::suricata::Rule;"),
            ("tui/app.rs", "use crate::workbench::Session;"),
            ("net/flow.rs", "/// See `crate::policy::Policy`.\n// crate::eval::x"),
            ("main.rs", "use sekisho::cli;"),
        ] {
            assert!(!fires(floors_are_kept, path, text), "{path}: {text}");
        }
    }

    #[test]
    fn grouped_and_glob_uses_are_found() {
        for text in [
            "use crate::{net::Sid, policy::Policy};",
            "use super::super::net;",
            "pub use model::*;",
            "pub(crate) use model::*;",
        ] {
            assert!(fires(uses_stay_readable, "policy/edit.rs", text), "{text}");
        }
        let fine = "use crate::net::{Sid, Action};\npub use model::{At, Case};\nuse super::*;";
        assert!(!fires(uses_stay_readable, "policy/edit.rs", fine));
    }

    #[test]
    fn a_crate_outside_its_room_is_found() {
        for (path, text) in [
            ("cli/mod.rs", "use ratatui::Frame;"),
            ("workbench/session.rs", "use ratatui::crossterm::event;"),
            ("tui/view.rs", "use tui_textarea::TextArea;"),
            ("interop/cloudformation.rs", "granit_parser::Parser::new(text)"),
            ("workbench/files.rs", "use granit_parser::Parser;"),
            ("workbench/session.rs", "use std::fs;"),
            ("workbench/session.rs", "use std::{fmt, fs};"),
            ("cli/try_request.rs", "std::env::var(\"LANG\")"),
            ("cli/mod.rs", "std::process::exit(2)"),
        ] {
            assert!(fires(crates_stay_in_their_rooms, path, text), "{path}: {text}");
        }
        for (path, text) in [
            ("tui/text_edit.rs", "use tui_textarea::TextArea;"),
            ("policy/yaml.rs", "granit_parser::Parser::new(text)"),
            ("workbench/files.rs", "use std::fs::{self, File};"),
            ("second_opinion/runner.rs", "use std::process::Command;"),
            ("main.rs", "use std::process::ExitCode;\nstd::env::var_os(\"NO_COLOR\");"),
            ("eval/load.rs", "fn f() {}\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n"),
            ("eval/tests.rs", "use std::fs;"),
        ] {
            assert!(!fires(crates_stay_in_their_rooms, path, text), "{path}: {text}");
        }
    }

    #[test]
    fn code_after_a_test_module_still_counts() {
        let text = "#[cfg(test)]\nmod tests {\n    fn a() {\n    }\n}\nuse std::fs;\n";
        assert!(fires(crates_stay_in_their_rooms, "eval/a.rs", text));
        let door = "#[cfg(test)]\nmod tests;\nuse std::fs;\n";
        assert!(fires(crates_stay_in_their_rooms, "eval/a.rs", door));
    }

    #[test]
    fn long_files_are_found_and_tables_are_not() {
        let lines = |n: usize| "let a = 1;\n".repeat(n);
        assert!(fires(files_stay_short, "eval/a.rs", &lines(601)));
        assert!(fires(files_stay_short, "eval/mod.rs", &lines(121)));
        assert!(!fires(files_stay_short, "eval/a.rs", &lines(600)));
        assert!(!fires(files_stay_short, "eval/a.rs", &"// why\n\n".repeat(900)));
        assert!(!fires(files_stay_short, "tui/bindings.rs", &lines(900)));
        assert!(!fires(files_stay_short, "eval/tests.rs", &lines(900)));
    }

    #[test]
    fn empty_names_are_found() {
        for path in ["eval/utils.rs", "tui/helpers/mod.rs", "net/ip_util.rs", "policy/types.rs"] {
            assert!(fires(names_say_something, path, ""), "{path}");
        }
        assert!(!fires(names_say_something, "suricata/rule_type.rs", ""));
    }

    #[test]
    fn test_names_that_say_nothing_are_found() {
        assert!(fires(tests_are_named_as_sentences, "net/a.rs", "fn test_parse() {}"));
        assert!(fires(tests_are_named_as_sentences, "net/a.rs", "fn parsing_works() {}"));
        assert!(!fires(
            tests_are_named_as_sentences,
            "net/a.rs",
            "fn star_covers_names_below() {}"
        ));
    }

    #[test]
    fn a_door_that_says_nothing_is_found() {
        assert!(fires(rooms_open_with_what_they_are_for, "eval/mod.rs", "mod a;"));
        assert!(fires(rooms_open_with_what_they_are_for, "cellar/mod.rs", "//! Must not know: x."));
        let said = "//! Evaluates.\n//! Must not know: policies.\nmod a;";
        assert!(!fires(rooms_open_with_what_they_are_for, "eval/mod.rs", said));
    }

    #[test]
    fn an_orphan_snapshot_is_found() {
        let tests =
            [("tui.rs".to_owned(), "fn help_opens() {}\nshow(\"main\", 80, 24)".to_owned())];
        assert!(snapshot_has_a_test("tui__help_opens.snap", &tests).is_empty());
        assert!(snapshot_has_a_test("tui__help_opens-2.snap", &tests).is_empty());
        assert!(snapshot_has_a_test("tui__main_80x24.snap", &tests).is_empty());
        let module = [("tui/frame.rs".to_owned(), "show(\"main\", 80, 24)".to_owned())];
        assert!(snapshot_has_a_test("tui__main_80x24.snap", &module).is_empty());
        assert!(!snapshot_has_a_test("tui__forgotten.snap", &tests).is_empty());
        assert!(!snapshot_has_a_test("cli__help_opens.snap", &tests).is_empty());
    }

    #[test]
    fn a_machine_is_found() {
        for path in ["/home", "file:///root", "see /Users"].map(|p| format!("{p}/ada")) {
            assert!(!names_no_machine(&path).is_empty(), "{path}");
        }
        for path in ["https://a.example/home/x", "src/home/x", "/usr/bin/suricata"] {
            assert!(names_no_machine(path).is_empty(), "{path}");
        }
    }
}
