//! What loads: every recorded rule is accepted or refused as the real Suricata 7.0.10 did.

use sekisho::suricata::parse_rules;
use serde_json::Value;

/// Rules that were refused for want of a file on the machine of the recording, not for what they say.
const WANTED_A_FILE: [&str; 2] = ["geoip:dst,US", "iprep:src,CnC"];

#[test]
fn rules_load_or_are_refused_as_the_engine_does() {
    let recorded: Vec<Value> = include_str!("fixtures/conformance/load.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let rules: Vec<&str> = recorded.iter().map(|r| r["rule"].as_str().unwrap()).collect();
    let text = rules.join("\n");
    let parsed = parse_rules(&text);
    let mut start = 0;
    let mut wrong = Vec::new();
    for (line, rule) in recorded.iter().zip(&rules) {
        let end = start + rule.len();
        let fault =
            parsed.problems.iter().find(|p| p.is_error() && (start..=end).contains(&p.span.start));
        let accepted = line["accepted"].as_bool().unwrap();
        if accepted != fault.is_none() && !WANTED_A_FILE.iter().any(|w| rule.contains(w)) {
            wrong.push(format!("{rule}\n    recorded {accepted}, {fault:?} {}", line["messages"]));
        }
        start = end + 1;
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rules.len(), wrong.join("\n"));
}
