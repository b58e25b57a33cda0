//! The pictures of the README are what the binary shows in a terminal today.
//!
//! `UPDATE_PICTURES=1 cargo nextest run --test picture` makes them anew.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

#[path = "picture/svg.rs"]
mod svg;
#[path = "shared/workbench.rs"]
#[allow(dead_code, reason = "the tests of the terminal need more of it")]
mod workbench;
use workbench::{DOWN, ENTER, ESC, PATIENCE, Workbench};

/// A workbench on a copy of a sample, with the colours of a terminal that has all of them.
fn open(sample: &str, folder: &Path) -> Workbench {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let policy = folder.join("policy.yaml");
    fs::copy(root.join("samples").join(sample).join("policy.yaml"), &policy).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sekisho"));
    command.arg("policy.yaml");
    for (name, value) in [("COLORTERM", "truecolor"), ("COLORFGBG", "15;0")] {
        command.env(name, value);
    }
    // With nobody's progress, and without the real engine, which not everybody has.
    for name in ["PATH", "XDG_DATA_HOME"] {
        command.env(name, folder);
    }
    Workbench::run(command, folder)
}

/// The picture of this name is what the workbench shows once nothing goes on beside any more.
fn shows(bench: &Workbench, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/pictures/{name}.svg"));
    let drawn = || svg::picture(bench.terminal.lock().unwrap().screen());
    if std::env::var_os("UPDATE_PICTURES").is_some() {
        let mut last = drawn();
        loop {
            thread::sleep(Duration::from_secs(3));
            let now = drawn();
            if now == last {
                break;
            }
            last = now;
        }
        fs::write(&path, last).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let begin = Instant::now();
    while drawn() != kept {
        assert!(
            begin.elapsed() < PATIENCE,
            "docs/pictures/{name}.svg is old: UPDATE_PICTURES=1 cargo nextest run --test picture\n{}",
            bench.screen()
        );
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn carried_rule_is_in_the_air() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = open("first-steps", folder.path());
    bench.sees("wiki-uploads");
    bench.ask("10.1.2.3", "https://upload.wiki.example");
    bench.select("wiki-uploads");
    bench.press("m");
    bench.press(DOWN);
    shows(&bench, "carry");
}

#[test]
fn blocked_request_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = open("central-egress", folder.path());
    bench.sees("mail-relay");
    bench.ask("10.2.3.4", "https://api.bank.example");
    bench.press("w");
    shows(&bench, "why");
}

#[test]
fn lesson_asks_before_it_tells() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = open("first-steps", folder.path());
    bench.sees("wiki-uploads");
    bench.press("\x0c");
    bench.sees("Lessons, 0 of");
    bench.press(ENTER);
    bench.press(ENTER);
    bench.press("b");
    bench.sees("not this");
    shows(&bench, "lesson");
    bench.press(ESC);
}
