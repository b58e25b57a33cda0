//! Random policies go out and come back: what is exported and imported goes out again the same, and decides the same.
//! So does what AWS has, with faults in it, once an import has said what it could not take.
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
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

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
    let cases = u32::try_from(setting("ROUND_TRIPS", 30)).unwrap();
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
        let policy = shape.text();
        for form in FORMS {
            there_and_back(&policy, form, &asked);
        }
    });
}

/// Lines of rules as people keep them, each with a sid to be filled in; the last four cannot be taken as they are.
const LINES: [&str; 14] = [
    "# who asked: SEC-1",
    "# drop tls any any -> any any (msg:\"switched off\"; sid:{};)",
    "pass tls $TEAM any -> $EXTERNAL_NET $WEB (ssl_state:client_hello; tls.sni; content:\"good.example\"; startswith; nocase; endswith; msg:\"team\"; sid:{}; rev:3;)",
    "drop tcp $TEAM any <> ![10.0.0.0/8,203.0.113.5] [22,8000:8010] (msg:\"a\\; \\\"b\\\"\"; sid:{};)",
    "reject http $HOME_NET any -> any !80 (http.host; dotprefix; content:\".bad.example\"; endswith; sid:{};)",
    "alert http any any -> any any (http.uri; content:\"|2f 41|\"; startswith; pcre:\"/^x{2,3}/R\"; sid:{};)",
    "pass tcp any any -> @PARTNERS any (flow:to_server; sid:{};)",
    "drop dns $HOME_NET any -> any 53 (dns.query; content:\"bad\"; nocase; metadata:a b, c d; sid:{};)",
    "pass icmp any any -> any any (itype:8; sid:{};)",
    "drop tls any any -> any any (ja3.hash; content:\"1be8360b66649edee1de25f81d98ec27\"; flowbits:set,old; sid:{};)",
    "drop tls any any -> any any (tls.snj; content:\"x\"; sid:{};)",
    "drop tcp $NOBODY any -> any any (sid:{};)",
    "drop tcp any any -> any any (content:\"x\"",
    "nothing like a rule",
];
/// Those of them that are rules and can be taken.
const TAKEN: std::ops::Range<usize> = 2..10;
const NAMES: [&str; 6] = [
    ".paste.example",
    "Files.example",
    "*.bad.example",
    "good.example",
    "xn--bcher-kva.example",
    "a b",
];

/// The source of a group's rules: text, a list of names, rules field by field.
fn any_source(group: usize) -> impl Strategy<Value = Value> {
    let text = prop::collection::vec(select(&LINES[..]), 1..8).prop_map(move |lines| {
        let numbered = lines.iter().enumerate();
        let lines: Vec<String> = numbered
            .map(|(at, line)| line.replace("{}", &(1000 * group + at + 1).to_string()))
            .collect();
        json!({"RulesString": lines.join("\n")})
    });
    let types = subsequence(vec!["TLS_SNI", "HTTP_HOST"], 1..=2);
    let kinds = select(vec!["ALLOWLIST", "DENYLIST", "REJECTLIST"]);
    let list = (subsequence(NAMES.to_vec(), 1..=6), types, kinds).prop_map(|(names, types, kind)| {
        json!({"RulesSourceList": {"Targets": names, "TargetTypes": types, "GeneratedRulesType": kind}})
    });
    let fields = prop::collection::vec(any_fields(), 1..5).prop_map(move |mut rules| {
        for (at, rule) in rules.iter_mut().enumerate() {
            let sid = (1000 * group + at + 1).to_string();
            rule["RuleOptions"]
                .as_array_mut()
                .unwrap()
                .push(json!({"Keyword": "sid", "Settings": [sid]}));
        }
        json!({"StatefulRules": rules})
    });
    prop_oneof![3 => text, 1 => list, 1 => fields]
}

/// A rule field by field; in some, one is missing.
fn any_fields() -> impl Strategy<Value = Value> {
    let actions = select(vec!["PASS", "DROP", "ALERT", "REJECT"]);
    let protocols = select(vec!["TCP", "UDP", "IP", "TLS", "HTTP", "DNS", "ICMP"]);
    let sources =
        select(vec!["10.2.0.0/16", "$HOME_NET", "ANY", "$TEAM", "[10.1.0.0/16,!10.1.9.0/24]"]);
    let targets = select(vec!["203.0.113.10/32", "ANY", "$EXTERNAL_NET", "!203.0.113.0/24"]);
    let ports = select(vec!["22", "ANY", "[80,443]", "1024:65535"]);
    let directions = select(vec!["FORWARD", "ANY"]);
    let more = subsequence(
        vec![
            json!({"Keyword": "flow", "Settings": ["to_server"]}),
            json!({"Keyword": "msg", "Settings": ["\"a: b\""]}),
        ],
        0..=2,
    );
    let whole = (actions, protocols, sources, targets, ports, directions, more);
    (whole, 0..12_u8).prop_map(|((action, protocol, from, to, port, direction, more), missing)| {
        let mut header = json!({
            "Protocol": protocol, "Source": from, "SourcePort": "ANY", "Direction": direction,
            "Destination": to, "DestinationPort": port,
        });
        if missing == 0 {
            header.as_object_mut().unwrap().remove("Destination");
        }
        json!({"Action": action, "Header": header, "RuleOptions": more})
    })
}

/// What AWS answers about a policy with groups of these sources.
fn answers(sources: &[Value], order: &str) -> Value {
    let arn = |name: &str| format!("arn:aws:network-firewall:eu-central-1:111122223333:{name}");
    let groups = sources.iter().enumerate().map(|(at, source)| {
        json!({
            "RuleGroup": {
                "RuleVariables": {
                    "IPSets": {"TEAM": {"Definition": ["10.1.0.0/16", "!10.1.9.0/24"]}},
                    "PortSets": {"WEB": {"Definition": ["443", "8000:8010"]}},
                },
                "ReferenceSets": {"IPSetReferences": {"PARTNERS": {"ReferenceArn": "arn:aws:ec2:eu-central-1:111122223333:prefix-list/pl-1"}}},
                "RulesSource": source,
                "StatefulRuleOptions": {"RuleOrder": order},
            },
            "RuleGroupResponse": {
                "RuleGroupArn": arn(&format!("stateful-rulegroup/g{at}")), "RuleGroupName": format!("g{at}"),
                "RuleGroupId": "x", "Type": "STATEFUL", "Capacity": 100,
            },
        })
    });
    let strict = order == "STRICT_ORDER";
    let references = (0..sources.len()).map(|at| {
        let mut reference = json!({"ResourceArn": arn(&format!("stateful-rulegroup/g{at}"))});
        if strict {
            reference["Priority"] = json!(100 - at);
        }
        reference
    });
    let mut policy = json!({
        "StatelessDefaultActions": ["aws:forward_to_sfe"],
        "StatelessFragmentDefaultActions": ["aws:forward_to_sfe"],
        "StatefulRuleGroupReferences": references.collect::<Vec<Value>>(),
        "StatefulEngineOptions": {"RuleOrder": order},
        "PolicyVariables": {"RuleVariables": {"HOME_NET": {"Definition": ["10.0.0.0/8"]}}},
    });
    if strict {
        policy["StatefulDefaultActions"] = json!(["aws:drop_established", "aws:alert_established"]);
    }
    let about = json!({"FirewallPolicyName": "p", "FirewallPolicyArn": arn("firewall-policy/p")});
    let policy = json!({"FirewallPolicy": policy, "FirewallPolicyResponse": about});
    groups.chain([policy]).collect()
}

/// A rule up to its number.
fn words(line: &str) -> Option<&str> {
    line.split_once("sid:").map(|(words, _)| words)
}

#[test]
fn what_aws_has_comes_back_but_for_what_is_said() {
    let asked: Vec<Request> = requests().into_iter().step_by(ASKED).collect();
    let sources = (any_source(1), any_source(2), any_source(3), 1..4_usize);
    let orders = select(vec!["STRICT_ORDER", "STRICT_ORDER", "DEFAULT_ACTION_ORDER"]);
    try_random((sources, orders), |((one, two, three, many), order)| {
        let sources = &[one, two, three][..many];
        let answers = format!("{:#}", answers(sources, order));
        let made = imported("answers.json", &answers);
        let problems = &made.report.problems;
        let policy = made.policy.unwrap_or_else(|| panic!("{problems:?}\n{answers}"));
        // No rule is left out without a word.
        let all = made.report.imported == made.report.rules;
        assert!(all || made.report.has_losses(), "{answers}\n{policy}");
        let (rules, _) = without_comments(&exported(&policy, ExportTo::Requests));
        assert_eq!(rules.len(), made.report.imported, "{answers}\n{policy}");
        // Every rule that can be taken is there, word for word.
        let texts = sources.iter().filter_map(|source| source["RulesString"].as_str());
        let lines = texts.flat_map(str::lines).filter_map(words);
        for line in
            lines.filter(|line| LINES[TAKEN].iter().any(|taken| words(taken) == Some(*line)))
        {
            assert!(rules.iter().any(|(_, rule)| rule == line), "{line}\n{policy}");
        }
        // What was taken is not lost any more.
        for form in FORMS {
            there_and_back(&policy, form, &asked);
        }
    });
}
