//! Edits that would give a request another verdict: by hand for the usual reasons of a block, and at random.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fmt::Write;

use proptest::prelude::*;
use proptest::sample::select;
use sekisho::messages::Lang;
use sekisho::workbench::{FlowChange, Outcome, Session, TestInput, Wanted, WhatIf, case_changes};

fn session(policy: &str, from: &str, url: &str, dst: &str) -> Session {
    let mut session = Session::scratch(policy.to_owned())
        .unwrap_or_else(|problems| panic!("{problems:#?}\n{policy}"));
    session.set_test(TestInput { from: from.into(), url: url.into(), dst: dst.into() });
    session
}

/// A search as a person reads it.
fn told(session: &Session, found: &WhatIf) -> String {
    let answer = &session.derived().test.as_ref().unwrap().as_ref().unwrap().answer;
    let mut out = format!("{}\n", answer.sentence.say(Lang::English));
    for offer in &found.offers {
        let by = offer.by.words();
        let (edit, by) = (offer.words.say(Lang::English), by.say(Lang::English));
        writeln!(out, "- {edit} ({}); {by} decides", offer.kind.word()).unwrap();
        if !offer.except.is_empty() {
            writeln!(out, "    not to {}", offer.except).unwrap();
        }
        for case in &offer.cases {
            let held = if case.passes { "holds" } else { "fails" };
            let word = |outcome: &Outcome| outcome.word().say(Lang::English);
            let (before, after) = (word(&case.before), word(&case.after));
            writeln!(out, "    case {}: {before} -> {after}, {held}", case.name).unwrap();
        }
        let flow = |flow: &FlowChange| flow.words().say(Lang::English).to_owned();
        let flows: Vec<String> = offer.flows.iter().take(3).map(flow).collect();
        let (changed, of) = (offer.flows.len(), found.sampled);
        writeln!(out, "    {changed} of {of} flows: {}", flows.join(", ")).unwrap();
    }
    if let Some(why) = &found.reordering {
        writeln!(out, "{}", why.say(Lang::English)).unwrap();
    }
    out
}

fn told_of(policy: &str, from: &str, url: &str, dst: &str) -> String {
    let session = session(policy, from, url, dst);
    told(&session, &session.what_if(None).unwrap())
}

const HEAD: &str = "\
sekisho: 1
name: t
rule_order: strict
default_actions: [drop_established_app_layer_to_server, alert_established_app_layer_to_server]
home_net: [10.0.0.0/8]
sources:
  payroll: {cidrs: [10.1.0.0/16]}
  batch: {cidrs: [10.2.0.0/16]}
  finance: {of: [payroll, batch]}
domain_lists:
  updates: [.updates.example, ctl.example]
rule_groups:
";

#[test]
fn host_that_would_mean_everything_in_a_row_is_offered_as_a_url() {
    let rules = "  - name: g\n    priority: 100\n    rules:\n      - {name: wiki, action: pass, from: payroll, to: [.wiki.example]}\n";
    let told = told_of(&format!("{HEAD}{rules}"), "10.1.0.1", "https://any", "");
    assert!(told.contains("- add https://any to what `wiki` asks for"), "{told}");
    assert!(!told.contains("- add any to"), "{told}");
}

#[test]
fn a_moved_rule() {
    let policy = format!(
        "{HEAD}  - name: block
    priority: 100
    rules:
      - {{name: no-paste, action: drop, from: any, to: [.paste.example]}}
  - name: finance
    priority: 200
    rules:
      - {{name: research, action: pass, from: payroll, to: [www.paste.example]}}
cases:
  - {{name: nobody pastes, from: 10.2.0.1, url: \"https://www.paste.example\", expect: drop, by: no-paste}}
  - {{name: payroll neither, from: 10.1.0.1, url: \"https://www.paste.example\", expect: drop}}
"
    );
    insta::assert_snapshot!(told_of(&policy, "10.1.2.3", "https://www.paste.example", ""));
}

#[test]
fn a_missing_source() {
    let policy = format!(
        "{HEAD}  - name: finance
    priority: 200
    rules:
      - {{name: bank-api, action: pass, from: payroll, to: [\"https://api.bank.example\"]}}
      - {{name: rates, action: pass, from: batch, to: [rates.example]}}
cases:
  - {{name: batch stays away, from: 10.2.3.4, url: \"https://api.bank.example\", expect: drop, by: default}}
"
    );
    insta::assert_snapshot!(told_of(&policy, "10.2.3.4", "https://api.bank.example", ""));
}

#[test]
fn a_source_that_no_name_holds() {
    let policy = format!(
        "{HEAD}  - name: finance
    priority: 200
    rules:
      - {{name: bank-api, action: pass, from: payroll, to: [api.bank.example]}}
"
    );
    insta::assert_snapshot!(told_of(&policy, "10.9.3.4", "https://api.bank.example", ""));
}

#[test]
fn a_missing_name() {
    let policy = format!(
        "{HEAD}  - name: shared
    priority: 100
    rules:
      - {{name: update, action: pass, from: any, to: ['list:updates']}}
  - name: finance
    priority: 200
    rules:
      - {{name: bank, action: pass, from: payroll, to: [api.bank.example, www.bank.example]}}
      - {{name: mail, action: pass, from: payroll, to: [mail.example], protocols: [tls]}}
"
    );
    insta::assert_snapshot!(
        "of_a_site",
        told_of(&policy, "10.1.2.3", "https://files.bank.example", "")
    );
    insta::assert_snapshot!(
        "of_nothing",
        told_of(&policy, "10.1.2.3", "http://unheard.example/x", "")
    );
}

#[test]
fn a_missing_port_or_protocol() {
    let policy = format!(
        "{HEAD}  - name: finance
    priority: 200
    rules:
      - {{name: bank, action: pass, from: payroll, to: [api.bank.example], ports: [443]}}
      - {{name: secret, action: pass, from: payroll, to: [only.tls.example], protocols: [tls]}}
      - {{name: sftp, action: pass, from: batch, to: 203.0.113.0/28, protocol: tcp, ports: [22, 8000-8010]}}
      - {{name: url, action: pass, from: batch, to: [\"http://files.example/export/*\"]}}
"
    );
    insta::assert_snapshot!(
        "port",
        told_of(&policy, "10.1.2.3", "https://api.bank.example:8443", "")
    );
    insta::assert_snapshot!(
        "protocol",
        told_of(&policy, "10.1.2.3", "http://only.tls.example", "")
    );
    insta::assert_snapshot!("quic", told_of(&policy, "10.1.2.3", "quic://only.tls.example", ""));
    insta::assert_snapshot!("address", told_of(&policy, "10.2.2.3", "tcp://203.0.113.3:2222", ""));
    insta::assert_snapshot!(
        "path",
        told_of(&policy, "10.2.2.3", "http://files.example/import/a", "")
    );
}

#[test]
fn a_disabled_rule_and_the_default_action() {
    let policy = format!(
        "{HEAD}  - name: finance
    priority: 200
    rules:
      - {{name: bank, action: pass, from: payroll, to: [api.bank.example], enabled: false}}
"
    );
    insta::assert_snapshot!(
        "disabled",
        told_of(&policy, "10.1.2.3", "https://api.bank.example", "")
    );
    insta::assert_snapshot!(
        "default_action",
        told_of(&policy, "10.2.2.3", "tcp://x.example:22", "")
    );
}

#[test]
fn a_drop_at_the_first_packet() {
    let rows = |first: &str, second: &str| {
        format!(
            "{HEAD}  - name: all\n    priority: 1\n    rules:\n      - {first}\n      - {second}\n"
        )
    };
    let pass = "{name: bank, action: pass, from: payroll, to: [api.bank.example]}";
    let drop = "{name: no-tcp, action: drop, from: any, to: any, protocol: tcp}";
    let hand = "name: by-hand\n        suricata: |\n          drop tcp any any -> any any (sid:7;)";
    let told =
        |first, second| told_of(&rows(first, second), "10.1.2.3", "https://api.bank.example", "");
    insta::assert_snapshot!("row_above", told(drop, pass));
    insta::assert_snapshot!("hand_written_above", told(hand, pass));
    insta::assert_snapshot!("hand_written_below", told(pass, hand));
    let address = "{name: bank, action: pass, from: payroll, to: 203.0.113.7, protocol: tcp}";
    let policy = rows(hand, address);
    insta::assert_snapshot!(
        "hand_written_and_address",
        told_of(&policy, "10.1.2.3", "https://api.bank.example", "203.0.113.7")
    );
}

#[test]
fn a_request_that_should_be_blocked() {
    let policy = format!(
        "{HEAD}  - name: all
    priority: 1
    rules:
      - {{name: web, action: pass, from: finance, to: [.example]}}
      - {{name: no-paste, action: reject, from: any, to: [.paste.example]}}
      - {{name: updates, action: pass, from: batch, to: [update.test, ctl.test]}}
"
    );
    insta::assert_snapshot!(
        "below_a_pass",
        told_of(&policy, "10.1.2.3", "https://www.paste.example", "")
    );
    insta::assert_snapshot!("one_of_two", told_of(&policy, "10.2.2.3", "https://ctl.test", ""));
}

#[test]
fn a_managed_group_first() {
    let policy = format!(
        "{HEAD}  - {{name: threats, priority: 100, managed: \"arn:aws:network-firewall:x\"}}
  - name: finance
    priority: 200
    rules:
      - {{name: bank, action: pass, from: payroll, to: [api.bank.example]}}
      - {{name: time, action: pass, from: payroll, to: any, protocol: udp, ports: [123]}}
"
    );
    let told = |url| told_of(&policy, "10.1.2.3", url, "");
    insta::assert_snapshot!("managed_and_name", told("https://api.bank.example"));
    insta::assert_snapshot!("managed_and_address", told("udp://x.example:123"));
}

#[test]
fn a_server_address_that_is_blocked() {
    let policy = format!(
        "{HEAD}  - name: block
    priority: 1
    rules:
      - {{name: pools, action: drop, from: any, to: 198.51.100.128/26, protocol: ip}}
  - name: finance
    priority: 200
    rules:
      - {{name: bank, action: pass, from: payroll, to: [api.bank.example]}}
"
    );
    let told = |from| told_of(&policy, from, "https://api.bank.example", "");
    insta::assert_snapshot!("address_of_some", told("10.2.2.3"));
    insta::assert_snapshot!("address_of_none", told("10.1.2.3"));
}

#[test]
fn a_stateless_rule() {
    let policy = format!(
        "{}stateless:
  default_action: forward
  rule_groups:
    - name: edge
      priority: 1
      rules:
        - {{name: no-web, action: drop, from: 10.1.0.0/16, to: any, protocols: [tcp]}}
rule_groups:
  - name: finance
    priority: 200
    rules:
      - {{name: bank, action: pass, from: payroll, to: [api.bank.example]}}
",
        HEAD.replace("rule_groups:\n", "")
    );
    insta::assert_snapshot!(told_of(&policy, "10.1.2.3", "https://api.bank.example", ""));
}

#[test]
fn an_action_order() {
    let policy = format!(
        "{HEAD}  - name: finance
    priority: 200
    rules:
      - {{name: no-bank, action: drop, from: any, to: [.bank.example]}}
      - {{name: bank, action: pass, from: payroll, to: [api.bank.example]}}
"
    )
    .replace("rule_order: strict", "rule_order: action")
    .replace("default_actions", "# default_actions");
    insta::assert_snapshot!(told_of(&policy, "10.2.2.3", "https://api.bank.example", ""));
}

/// Rows as policies have them; `N` is a number of its own.
const ROWS: [&str; 16] = [
    "{name: rN, action: pass, from: payroll, to: [good.example]}",
    "{name: rN, action: pass, from: finance, to: [.bad.example], protocols: [tls]}",
    "{name: rN, action: pass, from: any, to: ['list:updates'], enabled: false}",
    "{name: rN, action: pass, from: [batch, 10.9.0.0/16], to: [good.example, ctl.example], ports: [443]}",
    "{name: rN, action: pass, from: payroll, to: any, protocol: tcp, ports: [22, 443]}",
    "{name: rN, action: pass, from: any, to: 203.0.113.0/24, protocol: ip}",
    "{name: rN, action: pass, from: batch, to: ['http://good.example/export/*']}",
    "{name: rN, action: drop, from: any, to: [.example]}",
    "{name: rN, action: drop, from: [payroll, batch], to: [bad.example, www.bad.example]}",
    "{name: rN, action: reject, from: any, to: ['list:updates']}",
    "{name: rN, action: drop, from: any, to: any, protocol: tcp}",
    "{name: rN, action: reject, from: finance, to: any, protocol: udp}",
    "{name: rN, action: drop, from: any, to: 203.0.113.0/24, protocol: tcp}",
    "{name: rN, action: alert, from: any, to: any, protocol: tcp}",
    "name: rN\n        suricata: |\n          drop tcp any any -> any 443 (sid:9N0;)",
    "name: rN\n        suricata: |\n          pass tls any any -> any any (ssl_state:client_hello; tls.sni; content:\"good.example\"; startswith; endswith; nocase; flow:to_server, established; sid:9N0;)",
];
const DEFAULTS: [&str; 4] = [
    "",
    "drop_strict",
    "drop_established, alert_established",
    "drop_established_app_layer_to_server",
];
const CLIENTS: [&str; 4] = ["10.1.2.3", "10.2.0.7", "10.9.9.9", "10.3.0.1"];
const URLS: [&str; 8] = [
    "https://good.example",
    "https://www.bad.example",
    "http://good.example/export/a",
    "http://ctl.example/private",
    "https://x.updates.example:8443",
    "tcp://x.example:22",
    "udp://x.example:53",
    "quic://bad.example",
];
const SERVERS: [&str; 3] = ["", "203.0.113.5", "198.51.100.7"];

/// A policy in groups of two rows, with cases that expect what they please.
fn policy(order: &str, default: &str, rows: &[&str]) -> String {
    let default = if order == "strict" { default } else { "" };
    let mut text = HEAD
        .replace("strict\ndefault_actions: [", &format!("{order}\n# ["))
        .replace("home_net", &format!("default_actions: [{default}]\nhome_net"));
    for (number, rows) in rows.chunks(2).enumerate() {
        write!(text, "  - name: g{number}\n    priority: {}\n    rules:\n", 100 * (number + 1))
            .unwrap();
        for (at, row) in rows.iter().enumerate() {
            writeln!(text, "      - {}  # of rule", row.replace('N', &format!("{number}{at}")))
                .unwrap();
        }
    }
    text += "cases:\n";
    for (number, (from, url)) in
        CLIENTS.iter().flat_map(|c| URLS.map(|u| (*c, u))).step_by(3).enumerate()
    {
        let expect = ["pass", "drop", "reject"][number % 3];
        writeln!(text, "  - {{name: c{number}, from: {from}, url: \"{url}\", expect: {expect}}}")
            .unwrap();
    }
    text
}

/// Every offer does what it says: tried in a session of its own, and taken back.
fn check(
    text: &str,
    [from, url, dst]: [&str; 3],
    wanted: Option<Wanted>,
) -> Result<(), TestCaseError> {
    let mut session = session(text, from, url, dst);
    let found = session.what_if(wanted).unwrap();
    for offer in &found.offers {
        let before = (session.policy().clone(), session.derived().cases.clone());
        let why = format!("{} for {from} {url} {dst}\n{text}", offer.words.say(Lang::English));
        session.apply(&offer.edit).unwrap_or_else(|error| panic!("{error}: {why}"));
        let answer = session.derived().test.clone().unwrap().unwrap().answer;
        let usual = answer.first().action.is_some_and(|action| match found.wanted {
            Wanted::Pass | Wanted::Drop | Wanted::Reject => action == found.wanted.action(),
            Wanted::Block => action.blocks(),
        });
        prop_assert!(usual, "{:?}: {why}", answer.sentence);
        prop_assert!(
            offer.except.is_empty() == found.wanted.has(&answer),
            "{:?}: {why}",
            answer.sentence
        );
        let cases = (session.policy(), session.derived().cases.as_slice());
        let changes = case_changes((&before.0, &before.1), cases);
        prop_assert_eq!(&offer.cases, &changes, "{}", why);
        session.undo().unwrap();
        prop_assert_eq!(session.text(), text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("WHAT_IF_POLICIES").ok().and_then(|n| n.parse().ok()).unwrap_or(12),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_offer_gives_the_verdict_and_says_every_case_it_changes(
        rows in prop::collection::vec(select(&ROWS[..]), 1..7),
        (order, default) in (select(vec!["strict", "strict", "strict", "action"]), select(&DEFAULTS[..])),
        request in (select(&CLIENTS[..]), select(&URLS[..]), select(&SERVERS[..])),
        wanted in select(vec![None, None, Some(Wanted::Pass), Some(Wanted::Drop), Some(Wanted::Reject)]),
    ) {
        check(&policy(order, default, &rows), [request.0, request.1, request.2], wanted)?;
    }
}
