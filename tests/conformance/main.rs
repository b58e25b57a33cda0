//! The evaluator against verdicts recorded from the real Suricata 7.0.10.
//!
//! `CONFORMANCE_SHOW=5 cargo test --test conformance -- --nocapture` prints the first five differences of each file.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail anywhere, and tells its numbers"
)]

use sekisho::messages::Lang;
use sekisho::second_opinion::{Agreement, read_recordings};

fn agreement(file: &str, text: &str) -> Agreement {
    let agreement = Agreement::of(&read_recordings(file, text).unwrap());
    let number = |name| std::env::var(name).ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    for difference in agreement.differences.iter().take(number("CONFORMANCE_SHOW")) {
        let how: Vec<&str> = difference.how.iter().map(|how| how.say(Lang::English)).collect();
        println!("{}\n    {}", difference.what, how.join("\n    "));
    }
    for open in agreement.open.iter().take(number("CONFORMANCE_OPEN")) {
        println!("{}\n    {}", open.what, open.because.join("\n    "));
    }
    println!("{file}: {:?}", agreement.tally);
    agreement
}

/// Every flow agrees, but for those of which it is said that they cannot be told, and of which there are `undetermined`: rules
/// with state of other flows (xbits, thresholds), digests of the client's hello (ja3, ja4), the server's software, contents in the payload of QUIC.
fn assert_agrees(file: &str, text: &str, undetermined: usize) {
    let agreement = agreement(file, text);
    assert!(agreement.tally.is_fine(), "{:?}", agreement.tally);
    assert_eq!(agreement.tally.undetermined, undetermined);
}

#[test]
fn measured_traps_are_evaluated_as_the_engine_does() {
    assert_agrees("cases.jsonl", include_str!("../fixtures/conformance/cases.jsonl"), 5);
}

#[test]
fn random_policies_are_evaluated_as_the_engine_does() {
    assert_agrees("random.jsonl", include_str!("../fixtures/conformance/random.jsonl"), 0);
}

#[test]
fn richer_random_policies_are_evaluated_as_the_engine_does() {
    assert_agrees("random2.jsonl", include_str!("../fixtures/conformance/random2.jsonl"), 88);
}
