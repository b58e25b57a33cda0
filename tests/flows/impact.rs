use proptest::prelude::*;
use sekisho::analysis::{Change, Compared, Impact, Outcome, impact};
use sekisho::net::Request;

use crate::policies::{Edit, Shape, any_edit, any_row, any_shape, by_hand, requests};
use crate::{PORTS, Ready, outcome_from, try_random, typed};

/// Of all requests every so many is asked of a policy, beginning somewhere.
const STEP: usize = 11;

fn compared(ready: &Ready) -> Compared<'_> {
    Compared {
        policy: ready.document.policy(),
        compiled: &ready.compiled,
        evaluator: &ready.evaluator,
    }
}

fn impact_of(old: &str, new: &str) -> (Ready, Ready, Impact) {
    let (old, new) = (Ready::new(old), Ready::new(new));
    let impact = impact(compared(&old), compared(&new));
    (old, new, impact)
}

/// The first request about which the impact says something wrong, or nothing although it must.
fn fault(shape: &Shape, edit: &Edit, offset: usize) -> Option<String> {
    let (old_text, new_text) = (shape.text(), shape.edited(edit).text());
    let (old, new, impact) = impact_of(&old_text, &new_text);
    let asked = requests();
    let asked = asked.iter().skip(offset).step_by(STEP);
    let wrong = |request| PORTS.iter().find_map(|port| wrong(&old, &new, &impact, request, *port));
    let fault = asked.filter_map(wrong).next();
    let fault = fault.or_else(|| untrue(&old, &new, &impact));
    let fault = fault.or_else(|| needless(&old_text, &new_text, &impact))?;
    let rules = |ready: &Ready| ready.compiled.text(ready.document.policy());
    Some(format!("{fault}\n{old_text}\n{}\n--- {edit:?}\n{new_text}\n{}", rules(&old), rules(&new)))
}

fn wrong(
    old: &Ready,
    new: &Ready,
    impact: &Impact,
    request: &Request,
    port: u16,
) -> Option<String> {
    let outcome = |ready: &Ready| outcome_from(&ready.evaluator, request, port);
    let (before, after) = (outcome(old), outcome(new));
    let changes: Vec<&Change> =
        impact.changes.iter().filter(|c| c.flows.contains(request)).collect();
    let open = impact.cannot_tell.iter().any(|d| d.flows.contains(request));
    let from = request.from;
    let to = request.dst.unwrap();
    let told = |fault: &str| {
        Some(format!(
            "{fault}: {request} from {from} port {port} to {to}: {before:?} -> {after:?}; {changes:#?}"
        ))
    };
    match (before, after) {
        (Some(before), Some(after)) if before == after => {
            if changes.is_empty() || open {
                None
            } else {
                told("false change")
            }
        }
        (Some(before), Some(after)) => {
            let right = |c: &&&Change| (c.before.outcome, c.after.outcome) == (before, after);
            if changes.iter().any(|c| right(&c)) || open { None } else { told("missed change") }
        }
        // Where it cannot be told, either that is said, or nothing that matters to it has changed.
        _ if before != after && !open => told("missed doubt"),
        _ => None,
    }
}

/// A change whose witness does not show it, or cannot be typed.
fn untrue(old: &Ready, new: &Ready, impact: &Impact) -> Option<String> {
    let changes = impact.changes.iter().find(|change| {
        let request = &change.flows.witness;
        let typed = typed(request);
        typed.flow(typed.dst.unwrap()) != request.flow(request.dst.unwrap())
            || !change.flows.contains(request)
            || old.outcome(request) != Some(change.before.outcome)
            || new.outcome(request) != Some(change.after.outcome)
    });
    changes.map(|change| format!("not so: {change:#?}"))
}

/// What cannot be told although every row says plainly what it asks.
fn needless(old: &str, new: &str, impact: &Impact) -> Option<String> {
    let unclear = |text: &str| {
        ["regex:", "managed:", "suricata:", "stateless:"].iter().any(|w| text.contains(w))
    };
    let told =
        impact.cannot_tell.is_empty() && impact.beyond.is_empty() && impact.left_out.is_empty();
    let needless = !told && !unclear(old) && !unclear(new);
    needless.then(|| format!("could be told: {:#?}", impact.cannot_tell))
}

#[test]
fn no_change_is_missed_and_none_is_false() {
    let rows = prop::collection::vec(any_row(), 1..8);
    let inputs = (any_shape(rows), any_edit(any_row().boxed()), 0..STEP);
    try_random(25, inputs, |(shape, edit, offset)| fault(&shape, &edit, offset));
}

#[test]
fn no_change_is_missed_among_hand_written_rules() {
    let row = || prop_oneof![2 => any_row(), 3 => by_hand()];
    let rows = prop::collection::vec(row(), 1..7);
    let inputs = (any_shape(rows), any_edit(row().boxed()), 0..STEP);
    try_random(25, inputs, |(shape, edit, offset)| fault(&shape, &edit, offset));
}

/// A policy with this rule written by hand above a pass for all.
fn above_a_pass(rule: &str) -> String {
    format!(
        "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: []\nhome_net: [10.0.0.0/8]\n\
         rule_groups:\n  - name: g\n    priority: 1\n    references:\n      \
         PARTNERS: {{arn: 'arn:aws:ec2:eu-central-1:111122223333:prefix-list/pl-1'}}\n    rules:\n      \
         - {{name: a, suricata: '{rule}'}}\n      - {{name: b, action: pass, from: any, to: any}}\n"
    )
}

#[test]
fn what_a_reference_holds_is_not_known_and_its_rule_is_not_taken_for_idle() {
    let some =
        above_a_pass("drop tcp [10.1.0.0/16,@PARTNERS] any -> any any (flow:to_server; sid:9000;)");
    let none = above_a_pass("alert tcp any any -> any any (flow:to_server; sid:9000;)");
    let (.., impact) = impact_of(&some, &none);
    let ask = |from| Request::parse(from, "tcp://x.example:22", Some("203.0.113.7")).unwrap();
    let changed = |from| impact.changes.iter().any(|c| c.flows.contains(&ask(from)));
    let open = |from| impact.cannot_tell.iter().any(|c| c.flows.contains(&ask(from)));
    assert!(changed("10.1.2.3") && !open("10.1.2.3"), "what it surely holds");
    assert!(!changed("10.2.2.3") && open("10.2.2.3"), "what it may hold");
    let other = some.replace("prefix-list/pl-1", "prefix-list/pl-2");
    assert_eq!(impact_of(&some, &some).2.unchanged(), Some(true));
    assert_eq!(impact_of(&some, &other).2.unchanged(), None, "another set of AWS");
}

#[test]
fn clients_take_any_port_and_a_rule_that_tells_them_apart_is_not_taken_for_idle() {
    let none = above_a_pass("alert tcp any any -> any any (flow:to_server; sid:9000;)");
    for ports in ["50000:65535", "[1:49999]", "!50000"] {
        let rule = format!("drop tcp any {ports} -> any 443 (flow:to_server; sid:9000;)");
        let (.., impact) = impact_of(&above_a_pass(&rule), &none);
        let keywords: Vec<&str> = impact.beyond.iter().map(|b| b.keyword).collect();
        assert_eq!((impact.unchanged(), keywords), (None, vec!["source port"]), "{ports}");
        let ask = |url| Request::parse("10.1.2.3", url, Some("203.0.113.7")).unwrap();
        let open = |url| impact.cannot_tell.iter().any(|d| d.flows.contains(&ask(url)));
        assert!(open("https://x.example") && !open("https://x.example:8443"), "{ports}");
    }
    let all = "drop tcp any 1024:65535 -> any 443 (flow:to_server; sid:9000;)";
    assert_eq!(impact_of(&above_a_pass(all), &none).2.unchanged(), Some(false));
}

#[test]
fn names_that_an_expression_tells_apart_are_not_all_said_to_change_as_one_of_them() {
    let policy = |block: bool| {
        format!(
            "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: []\nhome_net: [10.0.0.0/8]\n\
             rule_groups:\n  - name: g\n    priority: 1\n    rules:\n      \
             - {{name: a, action: drop, from: any, to: any, protocol: tls, enabled: {block}}}\n      \
             - {{name: b, action: pass, from: any, to: ['regex:^www']}}\n      \
             - {{name: c, action: reject, from: any, to: ['*.bad.example']}}\n"
        )
    };
    let (.., impact) = impact_of(&policy(true), &policy(false));
    for url in ["https://www.bad.example", "https://a.bad.example"] {
        let request = Request::parse("10.1.2.3", url, Some("203.0.113.7")).unwrap();
        assert!(impact.cannot_tell.iter().any(|d| d.flows.contains(&request)), "{url}");
    }
}

#[test]
fn a_rule_about_the_port_that_answers_go_to_is_not_left_to_other_clients() {
    let text = |rule: &str| {
        format!(
            "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [drop_established_app_layer_to_server]\n\
             home_net: [10.0.0.0/8]\nrule_groups:\n  - name: g\n    priority: 1\n    rules:\n{rule}      \
             - {{name: all, action: pass, from: any, to: any}}\n"
        )
    };
    let rule = "      - {name: ans, suricata: 'drop tcp any any -> any 50000:65535 (flow:to_client; sid:9001;)'}\n";
    let (old, new, impact) = impact_of(&text(""), &text(rule));
    let request = Request::parse("10.1.2.3", "tcp://203.0.113.5:22", Some("203.0.113.5")).unwrap();
    let changes = |port| {
        outcome_from(&old.evaluator, &request, port) != outcome_from(&new.evaluator, &request, port)
    };
    assert!(!changes(PORTS[0]) && changes(PORTS[1]));
    assert!(impact.cannot_tell.iter().any(|doubt| doubt.flows.contains(&request)));
}

/// The stateless rule lets requests of 10.1.0.0/16 pass by; the engine sees the answer alone, and takes it for a request.
#[test]
fn what_drops_requests_drops_an_answer_that_the_engine_sees_first() {
    let text = |order: &str| {
        format!(
            "sekisho: 1\nname: t\n{order}\nhome_net: [10.0.0.0/8]\nstateless:\n  rule_groups:\n    - name: before\n      \
             priority: 1\n      rules:\n        - {{name: s, action: pass, from: 10.1.0.0/16, to: any}}\n\
             rule_groups:\n  - name: g\n    priority: 1\n    rules:\n      \
             - {{name: ping, sid: 1000, action: drop, from: any, to: any, protocol: icmp}}\n"
        )
    };
    let strict = text("rule_order: strict\ndefault_actions: [drop_strict]");
    let (old, new, impact) = impact_of(&strict, &text("rule_order: action"));
    assert_eq!(untrue(&old, &new, &impact), None);
    let request = Request::parse("10.1.0.1", "icmp://10.0.0.1", Some("10.0.0.1")).unwrap();
    assert_eq!(new.outcome(&request), Some(Outcome::Half));
    assert!(!impact.changes.iter().any(|change| change.flows.contains(&request)));
}
