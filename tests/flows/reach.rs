use std::collections::BTreeSet;

use proptest::prelude::*;
use sekisho::analysis::{Reach, Reaches, evaluator, unreachable};
use sekisho::compile::{Compiled, Origin, compile};
use sekisho::eval::{Evaluator, Trace};
use sekisho::messages::Lang;
use sekisho::net::Request;
use sekisho::policy::{Policy, RulePlace};

use crate::policies::{Shape, any_row, any_shape, by_hand, requests};
use crate::{Ready, outcome, try_random};

/// Of all requests every so many is asked of a policy, beginning somewhere.
const STEP: usize = 11;

/// The rows that decide a packet, log it or set the flow's action, up to the first packet that the client misses.
fn acting(compiled: &Compiled, trace: &Trace) -> BTreeSet<RulePlace> {
    let missed = |name: &str| !(matches!(name, "ack" | "lastack") || name.ends_with("_ack"));
    let lost = trace.packets.iter().position(|p| p.dropped && missed(&p.name));
    let sent = lost.map_or(trace.packets.len(), |lost| lost + 1);
    let packets = &trace.packets[..sent];
    // The flow's action may come with the packet that is lost: what is sent again gets it.
    let stuck = trace.flow_action.filter(|_| trace.stuck_at.is_some_and(|at| at < sent));
    let sids = packets.iter().flat_map(|p| p.decided_by.iter().chain(&p.logged));
    let sids = sids.copied().chain(stuck.map(|(_, sid)| sid));
    let row = |sid| match compiled.origin(sid)? {
        Origin::Rule(place) => Some(place),
        _ => None,
    };
    sids.filter_map(row).collect()
}

fn trace(evaluator: &Evaluator, request: &Request) -> Trace {
    evaluator.decide(&request.flow(request.dst.unwrap()))
}

fn places(policy: &Policy) -> Vec<RulePlace> {
    let groups = policy.rule_groups.iter().enumerate();
    let rows = groups.flat_map(|(group, g)| (0..g.rules.len()).map(move |rule| (group, rule)));
    rows.map(|(group, rule)| RulePlace { group, rule }).collect()
}

fn fault(shape: &Shape, offset: usize) -> Option<String> {
    let text = shape.text();
    let ready = Ready::new(&text);
    let policy = ready.document.policy();
    let reaches = Reaches::new(policy, &ready.compiled, &ready.evaluator);
    let asked: Vec<Request> = requests().into_iter().skip(offset).step_by(STEP).collect();
    let mut seen: BTreeSet<RulePlace> = BTreeSet::new();
    for request in &asked {
        seen.extend(acting(&ready.compiled, &trace(&ready.evaluator, request)));
    }
    let told = |fault: String| Some(format!("{fault}\n{text}\n{}", ready.compiled.text(policy)));
    for place in places(policy) {
        let reach = reaches.of(place);
        match &reach {
            Reach::Yes(request) => {
                let trace = trace(&ready.evaluator, request);
                if !acting(&ready.compiled, &trace).contains(&place) {
                    return told(format!("{place:?} does nothing for its witness: {reach:?}"));
                }
            }
            Reach::Unknown => {}
            Reach::Unasked | Reach::Never(_) => {
                if seen.contains(&place) {
                    return told(format!("{place:?} is reached, and called {reach:?}"));
                }
            }
        }
        let stand_ins = reaches.stand_ins(place);
        if !stand_ins.is_empty() {
            let mut without = policy.clone();
            without.rule_groups[place.group].rules.edit(place.rule).unwrap().enabled = false;
            let without = evaluator(&compile(&without));
            let other = asked.iter().find(|r| ready.outcome(r) != outcome(&without, r));
            if let Some(request) = other {
                return told(format!("{place:?} is missed by {request:?}, not by {stand_ins:?}"));
            }
        }
    }
    None
}

#[test]
fn no_row_that_does_something_is_called_unreachable() {
    let rows = prop::collection::vec(any_row(), 1..8);
    try_random(25, (any_shape(rows), 0..STEP), |(shape, offset)| fault(&shape, offset));
}

#[test]
fn no_hand_written_row_that_does_something_is_called_unreachable() {
    let row = prop_oneof![2 => any_row(), 3 => by_hand()];
    let rows = prop::collection::vec(row, 1..7);
    try_random(25, (any_shape(rows), 0..STEP), |(shape, offset)| fault(&shape, offset));
}

/// A policy of these rows, `- {…}` each, without a default action but this.
fn policy(default: &str, rows: &[&str]) -> Ready {
    let rows: String = rows.iter().map(|row| format!("      {row}\n")).collect();
    Ready::new(&format!(
        "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [{default}]\nhome_net: [10.0.0.0/8]\n\
         sources:\n  most: {{cidrs: [10.0.0.0/8], except: [10.9.0.0/16]}}\n  rest: {{cidrs: [10.9.0.0/16]}}\n\
         rule_groups:\n  - name: g\n    priority: 1\n    rules:\n{rows}"
    ))
}

/// The rows that take all from row `rule`, and whether they do the same; nothing where it does something.
fn blocked(ready: &Ready, rule: usize) -> Option<(Vec<usize>, bool)> {
    let policy = ready.document.policy();
    let reaches = Reaches::new(policy, &ready.compiled, &ready.evaluator);
    match reaches.of(RulePlace { group: 0, rule }) {
        Reach::Never(blocked) => {
            Some((blocked.by.iter().map(|place| place.rule).collect(), blocked.alike))
        }
        _ => None,
    }
}

const APP: &str = "drop_established_app_layer_to_server";

#[test]
fn one_row_above_that_covers_all_is_named_alone() {
    let ready = policy(
        APP,
        &[
            "- {name: a, action: drop, from: 10.1.0.0/16, to: any}",
            "- {name: b, action: drop, from: any, to: [.bad.example]}",
            "- {name: c, action: pass, from: any, to: [www.bad.example]}",
            "- {name: d, action: pass, from: any, to: [bad.example, good.example]}",
        ],
    );
    assert_eq!(blocked(&ready, 2), Some((vec![1], false)));
    assert_eq!(blocked(&ready, 3), None);
}

#[test]
fn rows_that_only_cover_together_are_named_together() {
    let ready = policy(
        APP,
        &[
            "- {name: a, action: drop, from: most, to: any, protocol: tcp, ports: [1-1023]}",
            "- {name: b, action: drop, from: any, to: any, protocol: tcp, ports: [1024-65535]}",
            "- {name: c, action: drop, from: rest, to: 203.0.112.0/21}",
            "- {name: d, action: drop, from: rest, to: [.bad.example]}",
            "- {name: e, action: pass, from: any, to: 203.0.113.0/24, protocol: tcp}",
            "- {name: f, action: pass, from: any, to: 203.0.120.0/24, protocol: tcp}",
        ],
    );
    assert_eq!(blocked(&ready, 4), Some((vec![0, 1, 2], false)));
    assert_eq!(blocked(&ready, 5), None);
}

#[test]
fn a_path_below_another_is_covered_by_it() {
    let ready = policy(
        APP,
        &[
            "- {name: a, action: drop, from: any, to: ['http://*/export/*']}",
            "- {name: b, action: pass, from: any, to: ['http://good.example/export/a']}",
            "- {name: c, action: pass, from: any, to: ['http://good.example/exports']}",
        ],
    );
    assert_eq!(blocked(&ready, 1), Some((vec![0], false)));
    assert_eq!(blocked(&ready, 2), None);
}

#[test]
fn what_a_negation_leaves_is_counted() {
    let negated = |set: &str| {
        policy(
            "",
            &[
                &format!(
                    "- {{name: a, suricata: 'drop tcp {set} any -> any any (flow:to_server; sid:9000;)'}}"
                ),
                "- {name: b, action: pass, from: 10.9.0.0/16, to: any, protocol: tcp, ports: [22]}",
            ],
        )
    };
    assert_eq!(blocked(&negated("[10.0.0.0/8,!10.1.0.0/16]"), 1), Some((vec![0], false)));
    assert_eq!(blocked(&negated("[10.0.0.0/8,!10.9.1.0/24]"), 1), None);
    assert_eq!(blocked(&negated("!10.9.0.0/17"), 1), None);
    assert_eq!(blocked(&negated("!10.1.0.0/16"), 1), Some((vec![0], false)));
}

#[test]
fn a_handshake_that_the_default_action_drops_is_in_the_way() {
    let rule = "pass tls any any -> any any (tls.sni; content:\"good.example\"; startswith; endswith; sid:9000;)";
    let ready = policy("drop_strict", &[&format!("- {{name: a, suricata: '{rule}'}}")]);
    assert_eq!(blocked(&ready, 0), Some((vec![], false)));
    assert_eq!(blocked(&policy(APP, &[&format!("- {{name: a, suricata: '{rule}'}}")]), 0), None);
}

#[test]
fn a_row_that_another_makes_needless_is_told_from_one_that_is_needed() {
    let ready = policy(
        APP,
        &[
            "- {name: a, action: pass, from: 10.1.0.0/16, to: [www.good.example]}",
            "- {name: b, action: drop, from: any, to: [bad.good.example]}",
            "- {name: c, action: pass, from: any, to: [.good.example]}",
            "- {name: d, action: pass, from: 10.2.0.0/16, to: [good.example]}",
        ],
    );
    let policy = ready.document.policy();
    let reaches = Reaches::new(policy, &ready.compiled, &ready.evaluator);
    let of = |rule| reaches.stand_ins(RulePlace { group: 0, rule });
    assert_eq!(of(0), [RulePlace { group: 0, rule: 2 }]);
    assert_eq!((of(1), of(2)), (Vec::new(), Vec::new()));
    assert_eq!(blocked(&ready, 3), Some((vec![2], true)));
}

/// The findings about rows that do nothing: code, row, sentence.
fn findings(ready: &Ready) -> Vec<(&'static str, String)> {
    let policy = ready.document.policy();
    let reaches = Reaches::new(policy, &ready.compiled, &ready.evaluator);
    let findings = unreachable(policy, &reaches).into_iter();
    findings.map(|d| (d.code, d.message.say(Lang::English).to_owned())).collect()
}

#[test]
fn rows_with_the_same_cause_are_one_finding() {
    let ready = policy(
        APP,
        &[
            "- {name: all, action: drop, from: any, to: any}",
            "- {name: a, action: pass, from: any, to: [a.example]}",
            "- {name: b, action: pass, from: any, to: [b.example]}",
            "- {name: c, action: drop, from: any, to: [c.example]}",
            "- {name: gone, action: pass, from: any, to: [d.example], enabled: false}",
        ],
    );
    let all = "`all` (line 13)";
    let expected = [
        (
            "shadowed-by-rule",
            format!(
                "`a` (line 14) never decides anything, and so does one other row: {all} decides all that it asks for"
            ),
        ),
        (
            "redundant-rule",
            format!("`c` (line 16) makes no difference: without it, {all} would do the same"),
        ),
    ];
    assert_eq!(findings(&ready), expected);
    let none = policy(APP, &["- {name: a, action: pass, from: any, to: [a.example]}"]);
    assert_eq!(findings(&none), []);
}

#[test]
fn what_old_clients_may_reach_is_not_called_unreachable() {
    let old = "drop tls any any -> any any (ssl_state:client_hello; tls.version:1.0; sid:9000;)";
    let ready = policy(
        "",
        &[
            &format!("- {{name: a, suricata: '{old}'}}"),
            "- {name: b, action: drop, from: any, to: any, protocol: tls}",
        ],
    );
    assert_eq!(findings(&ready), []);
}

#[test]
fn a_row_that_only_some_ports_or_sets_of_aws_reach_is_not_called_unreachable() {
    let all = "- {name: b, action: pass, from: any, to: any, protocol: tcp, ports: [443]}";
    let rules = [
        "drop tcp any !50000 -> any any (flow:to_server; sid:9000;)",
        "drop tcp any 1024:49999 -> any any (flow:to_server; sid:9000;)",
    ];
    for rule in rules {
        let ready = policy("", &[&format!("- {{name: a, suricata: '{rule}'}}"), all]);
        assert_eq!(findings(&ready), [], "{rule}");
    }
    let every = "drop tcp any any -> any any (flow:to_server; sid:9000;)";
    let ready = policy("", &[&format!("- {{name: a, suricata: '{every}'}}"), all]);
    assert_eq!(blocked(&ready, 1), Some((vec![0], false)));
}
