//! Every reader against damaged samples and against bytes that mean nothing; the same bodies run under libFuzzer (`fuzz/run`).
//!
//! The seed is fixed: what passes here passes everywhere. New inputs are libFuzzer's business, or that of
//! `SEKISHO_FUZZ_SECONDS`; what they find is kept in `tests/fuzz/found/`, by reader.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fmt;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

#[path = "fuzz/bodies.rs"]
mod bodies;
#[path = "fuzz/damage.rs"]
mod damage;
#[path = "fuzz/keys.rs"]
mod keys;

use damage::{damaged, samples};

/// An input; a failure shows it as the text that it nearly is.
#[derive(Clone)]
struct Bytes(Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Asks the body about what was found once, about damaged samples, and about bytes.
#[allow(clippy::print_stdout, reason = "whoever asks for time wants to know what it was used for")]
fn hold(name: &str, body: fn(&[u8]), cases: u32, places: &[&str]) {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found").join(name);
    for entry in fs::read_dir(found).into_iter().flatten() {
        body(&fs::read(entry.unwrap().path()).unwrap());
    }
    let input = prop_oneof![
        4 => damaged(samples(places, 20_000)),
        1 => prop::collection::vec(any::<u8>(), 0..300),
    ]
    .prop_map(Bytes);
    let run = |rng_seed, cases| {
        let config = ProptestConfig {
            cases,
            rng_seed,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        let run = TestRunner::new(config).run(&input, |bytes| {
            body(&bytes.0);
            Ok(())
        });
        run.unwrap_or_else(|error| panic!("{error}"));
    };
    let Some(time) = time() else { return run(RngSeed::Fixed(9), cases) };
    let begin = Instant::now();
    let mut all = 0;
    while begin.elapsed() < time {
        run(RngSeed::Random, cases);
        all += cases;
    }
    println!("{name}: {all} inputs in {} s", begin.elapsed().as_secs());
}

/// For how long new inputs are made up, if that is asked for.
fn time() -> Option<Duration> {
    let seconds = std::env::var("SEKISHO_FUZZ_SECONDS").ok()?;
    Some(Duration::from_secs(seconds.parse().unwrap()))
}

#[test]
fn policies_are_read_or_refused_with_a_word() {
    hold("policy", bodies::policy, 200, &["samples", "tests/invalid", "tests/lints"]);
}

#[test]
fn rules_are_read_or_refused_at_their_place() {
    hold("rules", bodies::rules, 200, &["tests/golden", "tests/fixtures/plain.rules"]);
}

#[test]
fn imports_make_a_policy_that_loads_or_say_why_not() {
    hold("imports", bodies::imports, 200, &["tests/imports", "tests/squid"]);
}

#[test]
fn lists_of_names_make_a_list_or_say_why_not() {
    hold("lists", bodies::lists, 200, &["tests/squid/shared-names", "tests/fuzz/seeds/lists"]);
}

#[test]
fn logs_are_counted_as_their_parts_are() {
    hold("logs", bodies::logs, 200, &["tests/fuzz/seeds/logs"]);
}

#[test]
fn what_is_pasted_is_taken_or_refused() {
    hold("pasted", bodies::pasted, 200, &["tests/fuzz/seeds/pasted"]);
}

#[test]
fn settings_are_read_or_refused_at_their_place() {
    hold("settings", bodies::settings, 200, &["tests/fuzz/seeds/settings"]);
}

#[test]
fn lessons_are_read_or_refused_at_their_place() {
    hold("lessons", bodies::lessons, 100, &["assets/lessons"]);
}

#[test]
fn no_row_of_keys_breaks_the_workbench() {
    hold("keys", keys::keys, 100, &["tests/fuzz/seeds/keys"]);
}
