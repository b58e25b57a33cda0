//! The evaluator against verdicts recorded from the real Suricata 7.0.10.
//!
//! `CONFORMANCE_SHOW=5 cargo test --test conformance -- --nocapture` prints the first five differences of each file.

mod flows;

use std::collections::BTreeMap;

use sekisho::eval::{Evaluator, Trace, Verdict};
use sekisho::net::{Action, RuleOrder};
use sekisho::suricata::{Ruleset, parse_rules};
use serde_json::Value;

/// What came of the flows of one file.
#[derive(Debug, Default)]
struct Tally {
    agree: usize,
    differ: usize,
    undetermined: usize,
    inexpressible: usize,
    types_agree: usize,
    types_differ: usize,
    shown: Vec<String>,
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn ruleset(policy: &Value) -> Ruleset {
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in policy["vars"].as_object().into_iter().flatten() {
        variables.insert(name.clone(), value.as_str().unwrap_or_default().to_owned());
    }
    variables.entry("EXTERNAL_NET".to_owned()).or_insert_with(|| "!$HOME_NET".to_owned());
    let mut rules = strings(&policy["rules"]);
    rules.extend(strings(&policy["default_rules"]));
    let order =
        if text(policy, "order") == "action" { RuleOrder::Action } else { RuleOrder::Strict };
    let parsed = parse_rules(&rules.join("\n"));
    // What the real engine did not load, it does not ask.
    let refused = |sid: u32| policy["types"].get(sid.to_string()).is_some_and(Value::is_null);
    let rules = parsed.rules.into_iter().map(|p| p.rule).filter(|r| !refused(r.sid.0));
    Ruleset::new(order, rules.collect(), variables)
}

/// What differs between the recording and the trace, in words.
fn difference(recorded: &Value, trace: &Trace) -> Option<String> {
    let (action, by) = match &trace.verdict {
        Verdict::Decided { action, by } => (action.word(), Some(u64::from(by.0))),
        _ => (Action::Pass.word(), None),
    };
    if action != text(recorded, "verdict") {
        return Some(format!("verdict {action}, recorded {}", recorded["verdict"]));
    }
    if by != recorded["decided_by"].as_u64() {
        return Some(format!("decided by {by:?}, recorded {}", recorded["decided_by"]));
    }
    let dropped: Vec<String> =
        trace.packets.iter().filter(|p| p.dropped).map(|p| p.name.clone()).collect();
    if dropped != strings(&recorded["dropped"]) {
        return Some(format!("dropped {dropped:?}, recorded {}", recorded["dropped"]));
    }
    let sticks =
        trace.flow_action.map(|(action, _)| if action == Action::Pass { "pass" } else { "drop" });
    let recorded_action = recorded["flow_action"].as_str();
    if sticks != recorded_action && recorded["pseudo_action"].is_null() {
        return Some(format!("flow action {sticks:?}, recorded {recorded_action:?}"));
    }
    None
}

/// Where the rules match for the first time, when that is not what was recorded.
fn first_matches(recorded: &Value, trace: &Trace) -> String {
    let mut out = String::new();
    for rule in &trace.rules {
        let sid = u64::from(rule.sid.0);
        let has = |stage: &str| {
            recorded["matches"][stage]
                .as_array()
                .is_some_and(|s| s.iter().any(|v| v.as_u64() == Some(sid)))
        };
        let first = trace.packets.iter().position(|p| has(&p.name));
        if first != rule.would_match_at {
            let name = |at: Option<usize>| at.map_or("never", |at| trace.packets[at].name.as_str());
            out.push_str(&format!(
                "\n    {sid}: first {}, recorded {}",
                name(rule.would_match_at),
                name(first)
            ));
        }
    }
    out
}

fn run(file: &str, jsonl: &str) -> Tally {
    let show: usize =
        std::env::var("CONFORMANCE_SHOW").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let mut tally = Tally::default();
    for line in jsonl.lines() {
        let policy: Value = serde_json::from_str(line).unwrap();
        let ruleset = ruleset(&policy);
        for rule in &ruleset.rules {
            let recorded = policy["types"][rule.sid.to_string()].as_str();
            if recorded == Some(rule.kind.word()) {
                tally.types_agree += 1;
            } else if recorded.is_some() {
                tally.types_differ += 1;
                if tally.shown.len() < show {
                    tally.shown.push(format!(
                        "{} is {}, recorded {recorded:?}",
                        rule.text,
                        rule.kind.word()
                    ));
                }
            }
        }
        let evaluator = Evaluator::new(&ruleset);
        for (number, recorded) in policy["flows"].as_array().into_iter().flatten().enumerate() {
            let flow = match flows::flow(&recorded["flow"]) {
                Ok(flow) => flow,
                Err(_) => {
                    tally.inexpressible += 1;
                    continue;
                }
            };
            let trace = evaluator.evaluate(&flow);
            if matches!(trace.verdict, Verdict::Undetermined { .. }) {
                tally.undetermined += 1;
                continue;
            }
            let names: Vec<&str> = trace.packets.iter().map(|p| p.name.as_str()).collect();
            let difference = if names == strings(&recorded["packets"]) {
                difference(recorded, &trace)
            } else {
                Some(format!("packets {names:?}, recorded {}", recorded["packets"]))
            };
            let Some(difference) = difference else {
                tally.agree += 1;
                continue;
            };
            tally.differ += 1;
            if tally.shown.len() < show {
                let more = first_matches(recorded, &trace);
                tally.shown.push(format!(
                    "{file} {} flow {number} {}\n    {difference}{more}",
                    text(&policy, "name"),
                    recorded["flow"]
                ));
            }
        }
    }
    for line in &tally.shown {
        println!("{line}");
    }
    println!(
        "{file}: {} agree, {} differ, {} undetermined, {} cannot be expressed; types: {} agree, {} differ",
        tally.agree,
        tally.differ,
        tally.undetermined,
        tally.inexpressible,
        tally.types_agree,
        tally.types_differ
    );
    tally
}

#[test]
fn measured_traps_are_evaluated_as_the_engine_does() {
    let tally = run("cases", include_str!("../fixtures/conformance/cases.jsonl"));
    assert_eq!((tally.differ, tally.types_differ), (0, 0), "{tally:#?}");
}

#[test]
fn random_policies_are_evaluated_as_the_engine_does() {
    let tally = run("random", include_str!("../fixtures/conformance/random.jsonl"));
    assert_eq!((tally.differ, tally.types_differ), (0, 0), "{tally:#?}");
}

#[test]
fn richer_random_policies_are_evaluated_as_the_engine_does() {
    let tally = run("random2", include_str!("../fixtures/conformance/random2.jsonl"));
    assert_eq!((tally.differ, tally.types_differ), (0, 0), "{tally:#?}");
}
