//! Random policies go out and come back: what is exported and imported goes out again the same, and decides the same.
//!
//! `ROUND_TRIPS=2000 ROUND_TRIPS_SEED=7 cargo test --test round_trip` tries more policies, and others.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sekisho::analysis::evaluator;
use sekisho::compile::compile;
use sekisho::eval::Experience;
use sekisho::interop::{ImportFile, ImportOptions, Imported, Notation, import};
use sekisho::net::Request;
use sekisho::workbench::ExportTo;

#[path = "shared/exported.rs"]
mod exported;
#[allow(dead_code, reason = "facts about flows also change policies")]
#[path = "flows/policies.rs"]
mod policies;

use exported::{document, exported, without_comments};
use policies::{Shape, any_row, any_shape, by_hand, requests};

/// Every form with a name that a file of it would have.
const FORMS: [(&str, ExportTo); 4] = [
    ("requests.json", ExportTo::Requests),
    ("template.yaml", ExportTo::CloudFormation(Notation::Yaml)),
    ("template.json", ExportTo::CloudFormation(Notation::Json)),
    ("main.tf", ExportTo::Terraform),
];

/// One in so many of the requests that can be asked.
const ASKED: usize = 41;

/// So many rows are in the first group of a policy, behind which that of others stands.
const GROUP: usize = 3;

fn setting(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or)
}

fn imported(name: &str, text: &str) -> Imported {
    import(&[ImportFile::new(name, text.as_bytes())], &ImportOptions::default())
}

fn verdicts(policy: &str, asked: &[Request]) -> Vec<Experience> {
    let document = document(policy);
    let compiled = compile(document.policy());
    let evaluator = evaluator(&compiled);
    let flows = asked.iter().map(|request| request.flow(request.dst.unwrap()));
    flows.map(|flow| evaluator.verdict(&flow).1).collect()
}

/// Takes a policy there and back in one form.
fn there_and_back(policy: &str, (name, to): (&str, ExportTo), asked: &[Request]) {
    let there = exported(policy, to);
    let made = imported(name, &there);
    let problems = &made.report.problems;
    let back = made.policy.unwrap_or_else(|| panic!("{name}: {problems:?}\n{there}"));
    // A policy says nothing that another form cannot say.
    assert!(!made.report.has_losses(), "{name}: {problems:?}\n{there}");
    assert_eq!(made.report.imported, made.report.rules, "{name}: {problems:?}");
    let (rules, rest) = without_comments(&exported(&back, ExportTo::Requests));
    let (wanted, wanted_rest) = without_comments(&exported(policy, ExportTo::Requests));
    assert_eq!(rules, wanted, "{name}: {there}");
    if to == ExportTo::Requests {
        assert_eq!(rest, wanted_rest, "{there}");
    }
    // From there on nothing changes any more.
    let out = exported(&back, to);
    assert_eq!(imported(name, &out).policy.as_deref(), Some(back.as_str()), "{name}: {out}");
    assert_eq!(verdicts(&back, asked), verdicts(policy, asked), "{name}: {policy}\n{back}");
}

/// Tries random inputs; the smallest with a fault is shown.
fn try_random<S: Strategy>(inputs: S, holds: impl Fn(S::Value)) {
    let cases = u32::try_from(setting("ROUND_TRIPS", 40)).unwrap();
    let seed = [&setting("ROUND_TRIPS_SEED", 1).to_le_bytes()[..], &[0; 24]].concat();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, rng);
    if let Err(error) = runner.run(&inputs, |input| {
        holds(input);
        Ok(())
    }) {
        panic!("{error}");
    }
}

#[test]
fn policies_come_back_as_they_went() {
    let asked: Vec<Request> = requests().into_iter().step_by(ASKED).collect();
    let rows = prop::collection::vec(prop_oneof![3 => any_row(), 2 => by_hand()], 1..9);
    try_random(any_shape(rows), |shape: Shape| {
        // What stands for the default action is deployed in the last group of one's own, and decided as if it stood behind all
        // groups: both are the same where no group of others is the last.
        let managed = shape.managed && shape.rows.len() > GROUP;
        let policy = Shape { managed, ..shape }.text();
        for form in FORMS {
            there_and_back(&policy, form, &asked);
        }
    });
}
