//! Facts about all flows, against what is found by asking many of them.
//!
//! `FLOWS_POLICIES=1000 FLOWS_SEED=7 cargo test --test flows` tries more policies, and others.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

mod access;
mod impact;
mod order;
mod overlaps;
mod paths;
mod policies;
mod reach;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use sekisho::analysis::{Outcome, evaluator};
use sekisho::compile::{Compiled, compile};
use sekisho::eval::{Evaluator, Experience};
use sekisho::net::{CLIENT_PORT, Flow, Request};
use sekisho::policy::Document;

/// Ports that usual clients ask from.
const PORTS: [u16; 2] = [CLIENT_PORT, 55_000];

/// A policy, compiled and ready to be asked.
struct Ready {
    document: Document,
    compiled: Compiled,
    evaluator: Evaluator,
}

impl Ready {
    fn new(text: &str) -> Self {
        let document = Document::read(text.to_owned())
            .unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        Self { document, compiled, evaluator }
    }

    fn outcome(&self, request: &Request) -> Option<Outcome> {
        outcome(&self.evaluator, request)
    }
}

/// What becomes of the request; nothing where it cannot be told.
fn outcome(evaluator: &Evaluator, request: &Request) -> Option<Outcome> {
    outcome_from(evaluator, request, CLIENT_PORT)
}

/// What becomes of the request from this port of the client.
fn outcome_from(evaluator: &Evaluator, request: &Request, src_port: u16) -> Option<Outcome> {
    let flow = Flow { src_port, ..request.flow(request.dst.unwrap()) };
    match evaluator.verdict(&flow).1 {
        Experience::Works => Some(Outcome::Pass),
        Experience::TimesOut => Some(Outcome::Drop),
        Experience::IsReset => Some(Outcome::Reject),
        Experience::HalfWorks => Some(Outcome::Half),
        Experience::CannotTell => None,
    }
}

fn setting(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or)
}

/// Tries random inputs; the smallest with a fault is shown.
fn try_random<S: Strategy>(cases: u64, inputs: S, fault: impl Fn(S::Value) -> Option<String>) {
    let cases = u32::try_from(setting("FLOWS_POLICIES", cases)).unwrap();
    let seed = [&setting("FLOWS_SEED", 1).to_le_bytes()[..], &[0; 24]].concat();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new_with_rng(config, rng)
        .run(&inputs, |input| fault(input).map_or(Ok(()), |f| Err(TestCaseError::fail(f))));
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// The request as somebody would type it who reads it on the screen.
fn typed(request: &Request) -> Request {
    let dst = request.dst.unwrap().to_string();
    Request::parse(&request.from.to_string(), &request.to_string(), Some(&dst)).unwrap()
}
