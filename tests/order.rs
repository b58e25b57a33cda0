//! Random policies in our own words: what the engine makes of their rules is what their rows say, read from top to
//! bottom; where it is not, a finding says so.
//!
//! `ORDER_POLICIES=1000 ORDER_SEED=7 cargo test --test order` tries more policies, and others.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::cell::OnceCell;
use std::net::IpAddr;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use sekisho::analysis::{ByHand, Intent, OrderFinding, OrderKind, evaluator, intent, order};
use sekisho::compile::{Compiled, compile};
use sekisho::diagnostic::Place;
use sekisho::eval::{Evaluator, Experience, Verdict};
use sekisho::net::{Action, ClientVariant, Flow, Http, Request, Scheme, Talk, Tcp};
use sekisho::policy::{At, Document, Policy, RuleGroup, RulePlace, Rules};

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

/// Of all requests every so many is asked of a policy, beginning somewhere.
const STEP: usize = 4;

/// Rules that operators write by hand, each with a sid to be filled in.
const BY_HAND: [&str; 12] = [
    "pass tcp any any -> any any (sid:{};)",
    "pass ip $HOME_NET any -> $EXTERNAL_NET any (sid:{};)",
    "pass tcp any any -> any 443 (flow:to_server; sid:{};)",
    "drop tcp any any -> any 443 (sid:{};)",
    "drop tcp any any -> any any (flow:established,to_server; sid:{};)",
    "drop ip 10.1.0.0/16 any -> 203.0.113.0/24 any (sid:{};)",
    "reject tcp any any -> any [80,443] (flow:to_server; sid:{};)",
    "drop tls any any -> any any (sid:{};)",
    "drop http any any -> any any (flow:to_server; sid:{};)",
    "pass tls any any -> any any (ssl_state:client_hello; tls.sni; content:\"good.example\"; startswith; endswith; nocase; flow:to_server, established; sid:{};)",
    "drop tls any any -> any any (ssl_state:client_hello; tls.sni; dotprefix; content:\".bad.example\"; endswith; nocase; sid:{};)",
    "pass http any any -> any any (http.host; to_lowercase; content:\"good.example\"; startswith; endswith; sid:{};)",
];

#[derive(Debug, Clone)]
enum Row {
    Match { action: Action, from: &'static str, to: &'static str, log: bool },
    ByHand(&'static str),
}

fn by_hand() -> impl Strategy<Value = Row> {
    select(&BY_HAND[..]).prop_map(Row::ByHand)
}

fn any_row() -> impl Strategy<Value = Row> {
    let actions =
        [Action::Pass, Action::Pass, Action::Drop, Action::Drop, Action::Reject, Action::Alert];
    (select(actions.to_vec()), select(&SOURCES[..]), select(&TARGETS[..]), any::<bool>()).prop_map(
        |(action, from, to, log)| Row::Match {
            action,
            from,
            to,
            log: log && action == Action::Pass,
        },
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
            let sid = 1000 * (3 * number + at + 1);
            text += &match row {
                Row::Match { action, from, to, log } => {
                    let log = if *log { ", log: true" } else { "" };
                    format!(
                        "      - {{name: r{number}{at}, sid: {sid}, action: {action}, from: {from}, to: {to}{log}}}\n"
                    )
                }
                Row::ByHand(rule) => {
                    let rule = rule.replace("{}", &sid.to_string());
                    format!("      - name: r{number}{at}\n        suricata: |\n          {rule}\n")
                }
            };
        }
    }
    text
}

fn read(text: &str) -> Document {
    Document::read(text.to_owned()).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

/// The flows that must agree with the rows: as usual clients send them, and as others send the same request.
///
/// What comes between handshake and name is only asked of policies that are all `rows`: hand-written rules seldom wait.
fn flows(request: &Request, dst: IpAddr, rows: bool) -> Vec<Flow> {
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
    if !rows {
        return flows;
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
    findings: Vec<OrderFinding>,
}

impl Compared {
    fn new(text: &str) -> Self {
        let document = read(text);
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        let findings =
            order(document.policy(), &compiled, &evaluator, &AtomicBool::new(false)).findings;
        Self { document, compiled, evaluator, findings }
    }

    /// Whether every rule is written in the words of the policy.
    fn rows(&self) -> bool {
        !self.document.text().contains("suricata:")
    }

    fn meant(&self, request: &Request) -> Intent {
        let rows = OnceCell::new();
        let dst = request.dst.unwrap();
        let read = || ByHand::of(&self.compiled, &self.evaluator.evaluate(&request.flow(dst)));
        let by_hand = |place| rows.get_or_init(read).at(place);
        intent(self.document.policy(), request, dst, &by_hand)
    }

    fn has(&self, kind: OrderKind) -> bool {
        self.findings.iter().any(|f| f.kind == kind)
    }

    /// The first difference between rows and engine that no finding tells, or the first finding that is not true.
    fn fault(&self, offset: usize) -> Option<String> {
        let mut requests: Vec<Request> =
            requests().into_iter().skip(offset).step_by(STEP).collect();
        if !self.rows() {
            // Clients are inside: of others, nothing is looked for in hand-written rules.
            requests.retain(|r| r.from != outside());
        }
        let untold = requests.iter().find_map(|request| self.untold(request));
        let second = || self.untold_on_one_connection(&requests).filter(|_| self.rows());
        untold.or_else(second).or_else(|| self.untrue())
    }

    /// A request that is decided otherwise than the rows say.
    fn untold(&self, request: &Request) -> Option<String> {
        let meant = self.meant(request);
        let dst = request.dst.unwrap();
        for flow in flows(request, dst, self.rows()) {
            if outcome(&self.evaluator, &flow) != meant.action()
                && !self.has(OrderKind::DecidedEarlier)
            {
                let got = self.evaluator.verdict(&flow);
                return Some(format!(
                    "{request} from {} to {dst}: {meant:?}, got {got:?}\n{flow:?}",
                    request.from
                ));
            }
        }
        if !self.rows() {
            return None;
        }
        let brew = with_method(request.flow(dst), b"BREW")?;
        let works = outcome(&self.evaluator, &brew) == Some(Action::Pass);
        let told = self.has(OrderKind::UnknownMethod) || self.has(OrderKind::DecidedEarlier);
        (works && blocks(meant) && !told)
            .then(|| format!("BREW {request} from {} to {dst}: {meant:?}", request.from))
    }

    /// A second request that gets through although the rows block it.
    fn untold_on_one_connection(&self, requests: &[Request]) -> Option<String> {
        if self.has(OrderKind::SecondRequest) || self.has(OrderKind::DecidedEarlier) {
            return None;
        }
        let http: Vec<&Request> =
            requests.iter().filter(|r| r.scheme == Scheme::Http && r.port == 80).collect();
        http.iter().find_map(|first| {
            let same = http.iter().filter(|r| (r.from, r.dst) == (first.from, first.dst));
            let second = same.clone().find(|second| self.gets_through(first, second))?;
            Some(format!("{second} after {first} from {}: {:?}", first.from, self.meant(second)))
        })
    }

    fn gets_through(&self, first: &Request, second: &Request) -> bool {
        self.meant(first).action() == Some(Action::Pass)
            && blocks(self.meant(second))
            && outcome(&self.evaluator, &after(first, second)) == Some(Action::Pass)
    }

    /// A finding whose request does not show what it says.
    fn untrue(&self) -> Option<String> {
        let shows = |f: &OrderFinding| {
            let flow = f.request.flow(f.request.dst.unwrap());
            let works = |flow: &Flow| outcome(&self.evaluator, flow) == Some(Action::Pass);
            let meant = match self.meant(&f.request) {
                Intent::Row(place, action) => (Some(place), action) == (f.meant, f.action),
                Intent::Default(action) => (None, action) == (f.meant, f.action),
                Intent::Unknown(_) => false,
            };
            let variant = |v: ClientVariant| v.flow(&f.request, f.request.dst.unwrap());
            meant
                && match f.kind {
                    OrderKind::DecidedEarlier => flows(&f.request, f.request.dst.unwrap(), true)
                        .iter()
                        .any(|flow| outcome(&self.evaluator, flow) != Some(f.action)),
                    OrderKind::SecondRequest => {
                        works(&after(f.before.as_ref().unwrap(), &f.request))
                    }
                    OrderKind::UnknownMethod => works(&with_method(flow, b"BREW").unwrap()),
                    OrderKind::Quic => works(&variant(ClientVariant::Quic)),
                    OrderKind::NoName => works(&variant(ClientVariant::NoServerName)),
                }
        };
        self.findings.iter().find(|f| !shows(f)).map(|f| format!("not so: {f:?}"))
    }
}

fn outside() -> IpAddr {
    CLIENTS[CLIENTS.len() - 1].parse().unwrap()
}

fn blocks(meant: Intent) -> bool {
    meant.action().is_some_and(Action::blocks)
}

fn requests() -> Vec<Request> {
    let ends = CLIENTS.iter().flat_map(|from| SERVERS.iter().map(move |server| (from, server)));
    ends.flat_map(|(from, server)| {
        URLS.iter().filter_map(|url| Request::parse(from, url, Some(server)).ok())
    })
    .collect()
}

/// Both requests on one connection.
fn after(first: &Request, second: &Request) -> Flow {
    let dst = first.dst.unwrap();
    let bytes = |request: &Request| match request.flow(dst).talk {
        Talk::Http(http) => http.requests,
        _ => Vec::new(),
    };
    let requests = [bytes(first), bytes(second)].concat();
    Flow { talk: Talk::Http(Http { requests }), ..first.flow(dst) }
}

/// The flow with another method; nothing where it is not HTTP.
fn with_method(flow: Flow, method: &[u8]) -> Option<Flow> {
    let Talk::Http(http) = &flow.talk else { return None };
    let requests = http.requests.iter().map(|r| [method, &r[3..]].concat()).collect();
    Some(Flow { talk: Talk::Http(Http { requests }), ..flow })
}

fn setting(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or)
}

/// Tries random policies; the smallest that has a fault is shown with its rules.
fn try_policies(rows: impl Strategy<Value = Vec<Row>>) {
    let cases = u32::try_from(setting("ORDER_POLICIES", 30)).unwrap();
    let seed = [&setting("ORDER_SEED", 1).to_le_bytes()[..], &[0; 24]].concat();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let policies = (select(&DEFAULTS[..]), rows, 0..STEP);
    let result = TestRunner::new_with_rng(config, rng).run(&policies, |(default, rows, offset)| {
        let text = text(default, &rows);
        let compared = Compared::new(&text);
        let Some(fault) = compared.fault(offset) else { return Ok(()) };
        let rules = compared.compiled.text(compared.document.policy());
        Err(TestCaseError::fail(format!("{fault}\n{text}\n{rules}")))
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn engine_does_what_the_rows_say_or_a_finding_says_that_it_does_not() {
    try_policies(prop::collection::vec(any_row(), 1..9));
}

#[test]
fn hand_written_rows_that_decide_too_early_are_found() {
    try_policies(prop::collection::vec(prop_oneof![3 => any_row(), 1 => by_hand()], 1..6));
}

/// The findings of a policy of these rows, as the kind, the row whose say is lost, and the row that decides.
fn found(default: &str, rows: &[Row]) -> Vec<(OrderKind, Option<usize>, Option<usize>)> {
    let compared = Compared::new(&text(default, rows));
    assert_eq!(compared.untrue(), None);
    let row = |place: Option<RulePlace>| place.map(|p| 3 * p.group + p.rule);
    compared.findings.iter().map(|f| (f.kind, row(f.meant), row(f.by))).collect()
}

fn row(action: Action, to: &'static str) -> Row {
    Row::Match { action, from: "any", to, log: false }
}

const DEFAULT: &str = "drop_established_app_layer_to_server";

#[test]
fn a_domain_drop_over_a_pass_of_addresses_is_evaded_in_three_ways() {
    let rows = [row(Action::Drop, "[bad.example]"), row(Action::Pass, "any")];
    let expected = [OrderKind::Quic, OrderKind::NoName, OrderKind::UnknownMethod];
    assert_eq!(found(DEFAULT, &rows), expected.map(|kind| (kind, Some(0), Some(1))));
    assert_eq!(found("", &rows[..1]), expected.map(|kind| (kind, Some(0), None)));
    assert_eq!(found(DEFAULT, &[rows[1].clone(), rows[0].clone()]), []);
}

#[test]
fn naming_quic_or_dropping_it_above_leaves_nothing_to_evade() {
    let pass = row(Action::Pass, "any, protocol: udp");
    let named = row(Action::Drop, "[bad.example], protocols: [tls, http, quic]");
    assert_eq!(found(DEFAULT, &[named, pass.clone()]), []);
    let blocked = row(Action::Drop, "any, protocol: udp, ports: [53, 443]");
    assert_eq!(found(DEFAULT, &[row(Action::Drop, "[bad.example]"), blocked, pass]), []);
}

#[test]
fn a_pass_by_path_is_said_to_pass_the_connection() {
    let rows = [row(Action::Pass, "['http://good.example/export/*']")];
    assert_eq!(found(DEFAULT, &rows), [(OrderKind::SecondRequest, None, Some(0))]);
    assert_eq!(found("", &rows), []);
    let https = [row(Action::Pass, "['https://good.example:8443']")];
    assert_eq!(found(DEFAULT, &https), []);
}

#[test]
fn a_hand_written_pass_at_the_syn_is_found_below_a_domain_drop_only() {
    let rows = [row(Action::Drop, "[bad.example]"), Row::ByHand(BY_HAND[0])];
    assert_eq!(found(DEFAULT, &rows), [(OrderKind::DecidedEarlier, Some(0), Some(1))]);
    assert_eq!(found(DEFAULT, &[rows[1].clone(), rows[0].clone()]), []);
    let directed = [rows[0].clone(), Row::ByHand(BY_HAND[2])];
    assert_eq!(found(DEFAULT, &directed), []);
}

#[test]
fn rows_that_wait_and_alerts_that_come_too_late_are_noted() {
    let notes = |rows: &[Row]| {
        let document = read(&text(DEFAULT, rows));
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        let report = order(document.policy(), &compiled, &evaluator, &AtomicBool::new(false));
        report.notes.iter().map(|n| n.code).collect::<Vec<_>>()
    };
    let drop = row(Action::Drop, "any, protocol: tcp");
    assert_eq!(
        notes(&[row(Action::Pass, "[good.example], protocols: [tls]"), drop.clone()]),
        ["waits-for-names"]
    );
    assert_eq!(notes(&[row(Action::Alert, "[.example]"), drop.clone()]), ["alert-too-late"]);
    assert_eq!(notes(&[row(Action::Drop, "[bad.example]"), drop]), [""; 0]);
}

#[test]
fn a_managed_group_makes_undetermined_what_it_could_decide() {
    let rows = [row(Action::Pass, "[good.example]"), row(Action::Drop, "any")];
    let mut policy = read(&text("drop_established", &rows)).policy().clone();
    policy.rule_groups.push(RuleGroup {
        name: At { value: "threats".into(), place: Place::default() },
        priority: At { value: 0, place: Place::default() },
        managed: Some(
            "arn:aws:network-firewall:eu-central-1:aws-managed:stateful-rulegroup/x".into(),
        ),
        rules: Rules::default(),
        ..policy.rule_groups[0].clone()
    });
    let verdict = |policy: &Policy| {
        let request =
            Request::parse("10.1.2.3", "https://good.example", Some("203.0.113.5")).unwrap();
        let compiled = compile(policy);
        evaluator(&compiled).verdict(&request.flow(request.dst.unwrap())).0
    };
    assert!(matches!(verdict(&policy), Verdict::Undetermined { .. }));
    policy.rule_groups.pop();
    assert!(matches!(verdict(&policy), Verdict::Decided { action: Action::Pass, .. }));
}
