//! Random policies in our own words: what the engine makes of their rules is what their rows say, read from top to
//! bottom; where it is not, a finding says so.
//!
//! `ORDER_POLICIES=1000 ORDER_SEED=7 cargo test --test order` tries more policies, and others.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::net::IpAddr;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use sekisho::analysis::intent;
use sekisho::compile::{Compiled, compile};
use sekisho::eval::{Evaluator, Experience};
use sekisho::net::{Action, ClientVariant, Flow, Request, Talk, Tcp};
use sekisho::policy::Document;

const DEFAULTS: [&str; 9] = [
    "",
    "drop_strict",
    "drop_established",
    "drop_established_app_layer",
    "drop_established_app_layer_to_server",
    "drop_strict, alert_strict",
    "drop_established, alert_established",
    "drop_established_app_layer, alert_established_app_layer",
    "drop_established_app_layer_to_server, alert_established_app_layer_to_server",
];

const SOURCES: [&str; 5] = ["any", "10.1.0.0/16", "10.2.0.0/16", "lab", "10.1.2.3"];

/// What rows ask for: `to`, then other fields.
const TARGETS: [&str; 30] = [
    "[good.example]",
    "[bad.example]",
    "[.bad.example]",
    "['*.bad.example']",
    "[.example]",
    "['list:both']",
    "['regex:^ba']",
    "[good.example], protocols: [tls]",
    "[.bad.example], protocols: [http]",
    "[bad.example], protocols: [tls, http, quic]",
    "[.bad.example], protocols: [dns]",
    "['https://good.example:8443']",
    "['http://good.example/export/*']",
    "['http://bad.example/private']",
    "['http://*/export/*']",
    "any",
    "any, protocol: tcp",
    "any, protocol: tcp, ports: [443]",
    "any, protocol: tcp, ports: [80, 22]",
    "any, protocol: tcp, ports: [1024-65535]",
    "any, protocol: udp",
    "any, protocol: udp, ports: [53, 443]",
    "any, protocol: icmp",
    "any, protocol: tls",
    "203.0.113.0/24",
    "203.0.113.5, protocol: tcp",
    "203.0.113.0/24, protocol: tcp, ports: [443]",
    "10.0.0.0/8, protocol: ip",
    "203.0.113.0/24, protocol: udp",
    "203.0.113.0/24, protocols: [tcp, icmp]",
];

/// Who asks, for what, where.
const CLIENTS: [&str; 5] = ["10.1.2.3", "10.1.9.9", "10.2.0.7", "10.3.0.1", "203.0.113.5"];
const URLS: [&str; 17] = [
    "https://good.example",
    "https://bad.example",
    "https://www.bad.example",
    "https://good.example:8443",
    "https://203.0.113.5",
    "http://good.example/export/a",
    "http://good.example/private",
    "http://bad.example/private",
    "http://www.bad.example/export/b",
    "http://other.org:8080/",
    "tcp://x.example:22",
    "tcp://x.example:5000",
    "udp://x.example:53",
    "udp://x.example:5000",
    "icmp://x.example",
    "dns://www.bad.example",
    "quic://bad.example",
];
const SERVERS: [&str; 4] = ["203.0.113.5", "203.0.113.80", "198.51.100.7", "10.2.3.4"];

#[derive(Debug, Clone)]
struct Row {
    action: Action,
    from: &'static str,
    to: &'static str,
    log: bool,
}

fn any_row() -> impl Strategy<Value = Row> {
    let actions =
        [Action::Pass, Action::Pass, Action::Drop, Action::Drop, Action::Reject, Action::Alert];
    (select(actions.to_vec()), select(&SOURCES[..]), select(&TARGETS[..]), any::<bool>()).prop_map(
        |(action, from, to, log)| Row { action, from, to, log: log && action == Action::Pass },
    )
}

/// The policy's file, in two groups.
fn text(default: &str, rows: &[Row]) -> String {
    let mut text = format!(
        "sekisho: 1\nname: random\nrule_order: strict\ndefault_actions: [{default}]\nhome_net: [10.0.0.0/8]\n\
         sources:\n  lab: {{cidrs: [10.1.0.0/16, 10.3.0.0/16], except: [10.1.9.0/24]}}\n\
         domain_lists:\n  both: [good.example, .bad.example]\nrule_groups:\n"
    );
    for (number, rows) in rows.chunks(3).enumerate() {
        text += &format!("  - name: g{number}\n    priority: {}\n    rules:\n", number + 1);
        for (at, row) in rows.iter().enumerate() {
            let Row { action, from, to, log } = row;
            let to = to
                .strip_prefix("any")
                .map_or_else(|| (*to).to_owned(), |rest| format!("any{rest}"));
            let log = if *log { ", log: true" } else { "" };
            let sid = 1000 * (3 * number + at + 1);
            text += &format!(
                "      - {{name: r{number}{at}, sid: {sid}, action: {action}, from: {from}, to: {to}{log}}}\n"
            );
        }
    }
    text
}

fn read(text: &str) -> Document {
    Document::read(text.to_owned()).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

/// The flows that must agree with the rows: as usual clients send them, and as others send the same request.
fn flows(request: &Request, dst: IpAddr) -> Vec<Flow> {
    let mut flows = vec![request.flow(dst)];
    let same = [ClientVariant::PostQuantum, ClientVariant::UpperCase, ClientVariant::HostWithPort];
    let variants = ClientVariant::of(request).into_iter().filter(|v| same.contains(v));
    flows.extend(variants.map(|v| v.flow(request, dst)));
    if let Talk::Tcp(tcp) = &flows[0].talk {
        let banner = Some(b"220 ready\r\n".to_vec());
        let talk = Talk::Tcp(Tcp { banner, ..tcp.clone() });
        flows.push(Flow { talk, ..flows[0].clone() });
    }
    if matches!(flows[0].talk, Talk::Http(_)) {
        flows.push(Flow { split: Some(20), ..flows[0].clone() });
    }
    let acks: Vec<Flow> = flows.iter().map(|f| Flow { extra_acks: true, ..f.clone() }).collect();
    flows.extend(acks);
    flows
}

/// What became of a flow, in the words of intent; `None` when it cannot be told or half of it is lost.
fn outcome(evaluator: &Evaluator, flow: &Flow) -> Option<Action> {
    match evaluator.verdict(flow).1 {
        Experience::Works => Some(Action::Pass),
        Experience::TimesOut => Some(Action::Drop),
        Experience::IsReset => Some(Action::Reject),
        Experience::HalfWorks | Experience::CannotTell => None,
    }
}

struct Compared {
    document: Document,
    compiled: Compiled,
    evaluator: Evaluator,
}

impl Compared {
    fn new(text: &str) -> Self {
        let document = read(text);
        let compiled = compile(document.policy());
        let evaluator = Evaluator::new(&compiled.ruleset);
        Self { document, compiled, evaluator }
    }

    /// The first request of which the engine makes something else than the rows say.
    fn difference(&self) -> Option<String> {
        for from in CLIENTS {
            for url in URLS {
                for server in SERVERS {
                    let Ok(request) = Request::parse(from, url, Some(server)) else { continue };
                    let dst = request.dst.unwrap();
                    let meant = intent(self.document.policy(), &request, dst, &|_| Some(None));
                    for flow in flows(&request, dst) {
                        let got = outcome(&self.evaluator, &flow);
                        if got != meant.action() {
                            let verdict = self.evaluator.verdict(&flow);
                            return Some(format!(
                                "{from} {url} {server}: {meant:?}, got {verdict:?}\n{flow:?}"
                            ));
                        }
                    }
                }
            }
        }
        None
    }
}

fn setting(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or)
}

#[test]
fn engine_does_what_the_rows_say_or_a_finding_says_that_it_does_not() {
    let cases = u32::try_from(setting("ORDER_POLICIES", 25)).unwrap();
    let seed = [&setting("ORDER_SEED", 1).to_le_bytes()[..], &[0; 24]].concat();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rows = prop::collection::vec(any_row(), 1..9);
    let result = TestRunner::new_with_rng(config, rng).run(
        &(select(&DEFAULTS[..]), rows),
        |(default, rows)| {
            let text = text(default, &rows);
            let compared = Compared::new(&text);
            match compared.difference() {
                None => Ok(()),
                Some(difference) => {
                    let rules = compared.compiled.text(compared.document.policy());
                    Err(TestCaseError::fail(format!("{difference}\n{text}\n{rules}")))
                }
            }
        },
    );
    if let Err(error) = result {
        panic!("{error}");
    }
}
