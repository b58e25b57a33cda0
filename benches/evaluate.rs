//! Evaluations per second: on the recorded policies and flows, and as a policy grows.
//!
//! `cargo bench --bench evaluate`. Nothing here asserts a time.

use std::collections::{BTreeMap, HashMap};

use divan::Bencher;
use divan::counter::ItemsCount;
use sekisho::eval::Evaluator;
use sekisho::net::{Flow, Request, RuleOrder};
use sekisho::second_opinion::{Recording, read_recordings};
use sekisho::suricata::{Ruleset, parse_rules};

fn main() {
    divan::main();
}

/// The policies of every recording, each with its flows.
fn recorded() -> Vec<(Evaluator, Vec<Flow>)> {
    let texts = [
        include_str!("../tests/fixtures/conformance/cases.jsonl"),
        include_str!("../tests/fixtures/conformance/random.jsonl"),
        include_str!("../tests/fixtures/conformance/random2.jsonl"),
    ];
    let recordings = texts.iter().flat_map(|text| read_recordings("", text).unwrap_or_default());
    let policy = |recording| match recording {
        Recording::Policy(policy) => {
            let flows = policy.flows.iter().map(|recorded| recorded.flow.clone()).collect();
            Some((Evaluator::new(&policy.ruleset), flows))
        }
        Recording::Load(_) => None,
    };
    recordings.filter_map(policy).collect()
}

/// The yardstick: one look-up among as many names as the largest policy has rules.
#[divan::bench]
fn yardstick_of_one_hash_lookup(bencher: Bencher<'_, '_>) {
    let names: HashMap<String, usize> =
        (0..30_000).map(|n| (format!("www.host{n}.example"), n)).collect();
    bencher.bench(|| names.get(divan::black_box("www.host99.example")).copied());
}

/// The verdict alone, as for many flows.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn verdicts_of_recorded_flows(bencher: Bencher<'_, '_>) {
    let policies = recorded();
    let flows: usize = policies.iter().map(|(_, flows)| flows.len()).sum();
    bencher.counter(ItemsCount::new(flows)).bench(|| {
        for (evaluator, flows) in &policies {
            for flow in flows {
                divan::black_box(evaluator.verdict(flow));
            }
        }
    });
}

/// The verdict with its trace, as for the test on the screen.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn traces_of_recorded_flows(bencher: Bencher<'_, '_>) {
    let policies = recorded();
    let flows: usize = policies.iter().map(|(_, flows)| flows.len()).sum();
    bencher.counter(ItemsCount::new(flows)).bench(|| {
        for (evaluator, flows) in &policies {
            for flow in flows {
                divan::black_box(evaluator.evaluate(flow));
            }
        }
    });
}

/// A policy of many allowed names, of which the last is asked for.
fn grown(rules: usize) -> Ruleset {
    let line = |n: usize| {
        format!(
            "pass tls 10.{}.0.0/16 any -> any any (ssl_state:client_hello; tls.sni; dotprefix; \
             content:\".host{n}.example\"; nocase; endswith; flow:to_server, established; sid:{};)",
            n % 200,
            n + 1
        )
    };
    let text: Vec<String> = (0..rules).map(line).collect();
    let rules = parse_rules(&text.join("\n")).rules.into_iter().map(|parsed| parsed.rule);
    Ruleset::new(RuleOrder::Strict, rules.collect(), BTreeMap::new())
}

#[divan::bench(args = [100, 1_000, 10_000, 30_000])]
fn verdict_as_a_policy_grows(bencher: Bencher<'_, '_>, rules: usize) {
    let evaluator = Evaluator::new(&grown(rules));
    let Ok(request) =
        Request::parse("10.99.2.3", "https://www.host99.example", Some("203.0.113.7"))
    else {
        return;
    };
    let flow = request.flow(request.dst.unwrap_or(request.from));
    bencher.bench(|| evaluator.verdict(&flow));
}
