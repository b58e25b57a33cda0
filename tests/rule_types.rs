//! Types: every recorded rule is sorted as the real Suricata 7.0.10 sorts it.

#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::collections::BTreeMap;

use sekisho::net::RuleOrder;
use sekisho::suricata::{Ruleset, parse_rules};
use serde_json::Value;

/// The rules of a recorded policy, those of its default actions too.
fn rules(policy: &Value) -> String {
    let lists = ["rules", "default_rules"].map(|key| policy[key].as_array().cloned());
    let all = lists.into_iter().flatten().flatten();
    all.map(|rule| format!("{}\n", rule.as_str().unwrap())).collect()
}

fn variables(policy: &Value) -> BTreeMap<String, String> {
    let written = policy["vars"].as_object().unwrap().iter();
    let mut all: BTreeMap<String, String> =
        written.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
    all.entry("EXTERNAL_NET".to_owned()).or_insert_with(|| "!$HOME_NET".to_owned());
    all
}

/// The rules whose type differs, and how many were compared.
fn differences(recording: &str) -> (Vec<String>, usize) {
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for line in recording.lines() {
        let policy: Value = serde_json::from_str(line).unwrap();
        let parsed = parse_rules(&rules(&policy)).rules.into_iter().map(|r| r.rule).collect();
        let ruleset = Ruleset::new(RuleOrder::Strict, parsed, variables(&policy));
        let types = policy["types"].as_object().unwrap();
        for (sid, recorded) in types {
            let rule = ruleset.rules.iter().find(|r| r.sid.0.to_string() == *sid);
            let ours = rule.map(|r| r.kind.word());
            compared += 1;
            if ours != recorded.as_str() {
                let text = rule.map_or("did not load", |r| r.text.as_str());
                wrong.push(format!("{}: {sid}: {recorded}, not {ours:?}: {text}", policy["name"]));
            }
        }
    }
    (wrong, compared)
}

#[test]
fn every_recorded_rule_has_the_type_that_the_engine_gave_it() {
    let recordings = [
        include_str!("fixtures/conformance/cases.jsonl"),
        include_str!("fixtures/conformance/random.jsonl"),
        include_str!("fixtures/conformance/random2.jsonl"),
    ];
    for recording in recordings {
        let (wrong, compared) = differences(recording);
        assert!(compared > 300, "only {compared} rules were compared");
        assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
    }
}
