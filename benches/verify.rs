//! What a second opinion costs, per 1,000 flows: making the capture, our own answers, and the whole run with the engine.

use std::collections::BTreeMap;
use std::io::sink;

use divan::Bencher;
use divan::counter::ItemsCount;
use sekisho::eval::Evaluator;
use sekisho::net::{Flow, RuleOrder};
use sekisho::second_opinion::{
    Asking, Capture, Engine, Question, Report, Times, on_the_wire, random_questions, verify,
};
use sekisho::suricata::{Ruleset, parse_rules};

const FLOWS: usize = 1000;

fn main() {
    parts();
    divan::main();
}

/// Where the time of a run goes; of several runs the one in the middle, by the engine's time.
#[allow(clippy::print_stdout, reason = "a bench prints what it measured")]
fn parts() {
    let ruleset = ruleset();
    let (evaluator, questions) = (Evaluator::new(&ruleset), questions(&ruleset));
    let run =
        |_| verify(&ruleset, &evaluator, &questions, &Engine::default(), Asking::default()).ok();
    let mut reports: Vec<Report> = (0..7).filter_map(run).collect();
    reports.sort_by_key(|report| report.times.engine);
    let Some(report) = reports.get(reports.len() / 2) else {
        println!("suricata is not installed: its part is not measured");
        return;
    };
    let Times { craft, engine, evaluate, compare } = report.times;
    let (flows, packets) = report.sent;
    println!("{flows} flows, {packets} packets, Suricata {}", report.version);
    println!("crafting {craft:.1?}, engine {engine:.1?}, comparing {compare:.1?}");
    println!("our own evaluation, while the engine runs: {evaluate:.1?}");
}

/// Two hundred names that are passed, and a drop for the rest.
fn ruleset() -> Ruleset {
    let pass = |n: u32| {
        format!(
            "pass tls any any -> any any (tls.sni; dotprefix; content:\".site{n}.example\"; nocase; endswith; sid:{n};)"
        )
    };
    let lines: Vec<String> = (1..=200).map(pass).collect();
    let text = format!(
        "{}\ndrop tcp any any -> any any (flow:to_server,established; sid:1000;)",
        lines.join("\n")
    );
    let rules = parse_rules(&text).rules.into_iter().map(|parsed| parsed.rule).collect();
    Ruleset::new(RuleOrder::Strict, rules, BTreeMap::new())
}

fn questions(ruleset: &Ruleset) -> Vec<Question> {
    random_questions(ruleset, FLOWS, 1)
}

#[divan::bench]
fn craft(bencher: Bencher<'_, '_>) {
    let questions = questions(&ruleset());
    let flows: Vec<&Flow> = questions.iter().flat_map(|q| &q.flows).collect();
    bencher.counter(ItemsCount::new(FLOWS)).bench(|| {
        Capture::write(flows.iter().map(|flow| (*flow, on_the_wire(flow))), &mut sink()).is_ok()
    });
}

#[divan::bench]
fn evaluate(bencher: Bencher<'_, '_>) {
    let ruleset = ruleset();
    let (evaluator, questions) = (Evaluator::new(&ruleset), questions(&ruleset));
    bencher.counter(ItemsCount::new(FLOWS)).bench(|| {
        let flows = questions.iter().flat_map(|q| &q.flows);
        flows.map(|flow| evaluator.outline(flow).packets.len()).sum::<usize>()
    });
}

/// The whole run; where Suricata is missing it measures nothing.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn with_the_engine(bencher: Bencher<'_, '_>) {
    let ruleset = ruleset();
    let (evaluator, questions) = (Evaluator::new(&ruleset), questions(&ruleset));
    bencher.counter(ItemsCount::new(FLOWS)).bench(|| {
        verify(&ruleset, &evaluator, &questions, &Engine::default(), Asking::default())
            .map(|report| report.times)
    });
}
