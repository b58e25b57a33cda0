//! Stateless rules before the engine: against the real engine, which is fed what they forward and nothing else, against a naive
//! model, and in words.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use sekisho::analysis::evaluator;
use sekisho::compile::compile;
use sekisho::eval::{Evaluator, Experience, Gap, Header, Sight, Verdict, stateless_step};
use sekisho::messages::Lang;
use sekisho::net::{
    FlagTest, IpSet, Request, RuleOrder, StatelessAction, StatelessRule, StatelessRules,
    StreamPolicy, parse_cidr, wire,
};
use sekisho::policy::{Document, Endpoint, Policy, StatelessRow};
use sekisho::second_opinion::{Asking, Engine, Report, random_questions, random_ruleset, verify};
use sekisho::suricata::{Ruleset, Variables};
use sekisho::workbench::{TestInput, refresh};

#[path = "shared/engine.rs"]
mod engine;
use engine::engine;

const SYN: u8 = 2;
const ACK: u8 = 16;
const FIN: u8 = 1;

fn pass() -> StatelessRule {
    StatelessRule { action: StatelessAction::Pass, ..StatelessRule::default() }
}

fn flags(flags: u8, masks: u8) -> StatelessRule {
    StatelessRule { protocols: vec![6], tcp_flags: vec![FlagTest { flags, masks }], ..pass() }
}

/// Rules that take packets away, by what they take.
fn ways() -> Vec<(&'static str, StatelessRule)> {
    let clients = ["10.0.0.0/8", "192.0.2.0/24", "2001:db8:1::/48"];
    let clients: IpSet = clients.iter().map(|cidr| parse_cidr(cidr).unwrap()).collect();
    let lost = StatelessRule { action: StatelessAction::Drop, ..flags(SYN | ACK, SYN | ACK) };
    vec![
        ("the client's packets", StatelessRule { sources: Some(clients.clone()), ..pass() }),
        ("the answers", StatelessRule { destinations: Some(clients), ..pass() }),
        ("all but the handshake", flags(ACK, ACK | SYN)),
        ("the first packet", flags(SYN, SYN | ACK)),
        ("the answer to it", flags(SYN | ACK, SYN | ACK)),
        ("the answer to it, for good", lost),
        ("the end", flags(FIN, FIN)),
    ]
}

#[test]
fn engine_that_sees_only_what_is_forwarded_agrees() {
    if engine().is_none() {
        return;
    }
    for (what, rule) in ways() {
        let mut all = Report::default();
        for (seed, midstream) in [(0, StreamPolicy::Drop), (4, StreamPolicy::Reject)] {
            let ruleset = random_ruleset(seed);
            let questions = random_questions(&ruleset, 50, seed);
            let rules = vec![rule.clone()];
            let stateless = StatelessRules { rules, midstream, ..StatelessRules::default() };
            let evaluator = Evaluator::new(&ruleset).behind(&stateless);
            let asking = Asking { every_match: true, ..Asking::default() };
            let engine = Engine::default();
            all.add(verify(&ruleset, &evaluator, &questions, &engine, asking).unwrap());
            assert_eq!(all.disagree, 0, "{what}: {:#?}", all.disagreements);
        }
        assert!(all.agree * 4 > all.questions, "{what}: {} of {}", all.agree, all.questions);
    }
}

#[test]
fn gap_of_which_nothing_is_known_is_said_and_not_guessed() {
    let ruleset = random_ruleset(0);
    let request = Request::parse("10.1.2.3", "https://a.example", None).unwrap();
    let flow = request.flow("203.0.113.5".parse().unwrap());
    let gap = |rule: StatelessRule, midstream| {
        let rules = StatelessRules { rules: vec![rule], midstream, ..StatelessRules::default() };
        Evaluator::new(&sekisho::suricata::Ruleset { rules: Default::default(), ..ruleset.clone() })
            .behind(&rules)
            .evaluate(&flow)
    };
    for (rule, midstream, expected) in [
        (flags(SYN, SYN | ACK), StreamPolicy::Continue, Gap::Midstream),
        (flags(8, 8), StreamPolicy::Drop, Gap::Flags),
        (flags(SYN, 255), StreamPolicy::Drop, Gap::Flags),
        (flags(FIN, FIN), StreamPolicy::Drop, Gap::Hole),
    ] {
        let trace = gap(rule, midstream);
        assert_eq!(trace.verdict, Verdict::Unseen { gap: expected });
        assert_eq!(trace.experience, Experience::CannotTell);
        let at = trace.decided_at.unwrap();
        assert_eq!(trace.packets.len(), at + 1, "nothing is told of what comes after");
    }
    let lost = gap(ways().remove(5).1, StreamPolicy::Drop);
    assert_eq!(lost.verdict, Verdict::Stateless { action: StatelessAction::Drop, by: Some(0) });
    assert_eq!((lost.experience, lost.packets.len()), (Experience::TimesOut, 2));
}

#[test]
fn acknowledgement_that_stateless_rules_discard_is_missed_by_the_client() {
    let ruleset = Ruleset::new(RuleOrder::Strict, Vec::new(), Variables::default());
    let flow = |url| {
        let request = Request::parse("10.1.2.3", url, None).unwrap();
        request.flow("203.0.113.5".parse().unwrap())
    };
    let acks = StatelessRule { action: StatelessAction::Drop, ..flags(ACK, SYN | ACK) };
    let experience = |rule: StatelessRule, url| {
        let rules = StatelessRules { rules: vec![rule], ..StatelessRules::default() };
        let evaluator = Evaluator::new(&ruleset).behind(&rules);
        let trace = evaluator.evaluate(&flow(url));
        let lost = trace.packets.last().map(|packet| (packet.name.clone(), packet.dropped));
        assert_eq!(evaluator.verdict(&flow(url)), (trace.verdict.clone(), trace.experience));
        (trace.experience, lost)
    };
    for url in ["https://a.example", "tcp://a.example:22"] {
        let lost = Some(("ack".to_owned(), true));
        assert_eq!(experience(acks.clone(), url), (Experience::TimesOut, lost));
    }
    // The server acknowledges the request, and that is lost: answers are, too.
    let answers = IpSet::from(parse_cidr("203.0.113.0/24").unwrap());
    let answers = StatelessRule { sources: Some(answers), ..acks };
    let (experience, lost) = experience(answers, "https://a.example");
    assert_eq!((experience, lost.map(|l| l.1)), (Experience::HalfWorks, Some(true)));
}

#[test]
fn server_that_the_engine_takes_for_the_client_is_told_apart() {
    let line = "drop udp 203.0.113.0/24 any -> any any (flow:to_server; sid:9;)";
    let rules = sekisho::suricata::parse_rules(line).rules.into_iter().map(|p| p.rule).collect();
    let ruleset = Ruleset::new(RuleOrder::Strict, rules, Variables::default());
    // What clients send is passed: the engine sees answers only, and the first of them as a connection's beginning.
    let sent = IpSet::from(parse_cidr("10.0.0.0/8").unwrap());
    let rules = StatelessRules {
        rules: vec![StatelessRule { sources: Some(sent), protocols: vec![17], ..pass() }],
        ..StatelessRules::default()
    };
    let request = Request::parse("10.1.2.3", "udp://host.example:99", None).unwrap();
    let flow = |server: &str| request.flow(server.parse().unwrap());
    let behind = Evaluator::new(&ruleset).behind(&rules);
    assert_ne!(behind.verdict(&flow("203.0.113.7")), behind.verdict(&flow("198.51.100.7")));
    // Those of 10.0.0.0/8, which the stateless rule tells apart, those of 203.0.113.0/24, and the others.
    assert_eq!(behind.destinations(&flow("198.51.100.7")).len(), 3);
    assert_eq!(Evaluator::new(&ruleset).destinations(&flow("198.51.100.7")).len(), 1);
}

fn policy(text: &str) -> Document {
    Document::read(text.to_owned()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

const BASE: &str = "\
sekisho: 1
name: t
default_actions: [drop_established]
home_net: [10.0.0.0/8]
sources:
  office: {cidrs: [10.1.0.0/16], except: [10.1.9.0/24]}
rule_groups:
  - {name: g, priority: 1, rules: [{name: a, sid: 1000, action: pass, from: any, to: a.example}]}
";

/// A stateless rule as a policy file writes it, without name and priority.
fn row() -> impl Strategy<Value = String> {
    let action = select(vec!["pass", "drop", "forward"]);
    let ends = vec!["any", "office", "10.1.2.0/24", "203.0.113.0/24", "2001:db8::/32"];
    let protocols =
        select(vec!["", "protocols: [tcp], ", "protocols: [udp, 6], ", "protocols: [1, 58], "]);
    let ports = select(vec!["", "ports: [443, 50-80], ", "source_ports: [53, 440-450], "]);
    let flags = select(vec!["", "tcp_flags: [{flags: [SYN], masks: [SYN, ACK]}], "]);
    (action, select(ends.clone()), select(ends), protocols, ports, flags).prop_map(
        |(action, from, to, protocols, ports, flags)| {
            let ports =
                if protocols.contains('6') || protocols.contains("tcp") { ports } else { "" };
            let flags = if protocols.contains("tcp") { flags } else { "" };
            format!("{protocols}{ports}{flags}action: {action}, from: {from}, to: {to}")
        },
    )
}

/// Groups of rules with priorities out of order.
fn stateless() -> impl Strategy<Value = String> {
    let priorities = (1..=9_u32).collect::<Vec<_>>();
    let group = (proptest::collection::vec(row(), 0..5), any::<bool>());
    let groups = proptest::collection::vec(group, 0..4);
    let default = select(vec!["pass", "drop", "forward"]);
    (groups, subsequence(priorities, 9).prop_shuffle(), default).prop_map(
        |(groups, priorities, default)| {
            let mut text = format!("stateless:\n  default_action: {default}\n  rule_groups:\n");
            for (number, (rows, written)) in groups.iter().enumerate() {
                let priority = priorities[number];
                text +=
                    &format!("    - name: s{number}\n      priority: {priority}\n      rules:\n");
                for (at, row) in rows.iter().enumerate() {
                    let own = if *written {
                        format!("priority: {}, ", priorities[at])
                    } else {
                        String::new()
                    };
                    text += &format!("        - {{name: r{at}, {own}{row}}}\n");
                }
            }
            text
        },
    )
}

fn is_in(
    policy: &Policy,
    ends: &[sekisho::policy::At<Endpoint>],
    address: std::net::IpAddr,
) -> bool {
    ends.is_empty()
        || ends.iter().any(|end| match &end.value {
            Endpoint::Any => true,
            Endpoint::Source(name) => policy.source_set(name).contains(address),
            Endpoint::Net(net) => net.contains(&address),
        })
}

/// What a row says to a packet, read straight from the policy.
fn naive(policy: &Policy, row: &StatelessRow, packet: &Header) -> bool {
    let port = |ranges: &[(u16, u16)], port: Option<u16>| {
        ranges.is_empty()
            || port.is_none_or(|p| ranges.iter().any(|(low, high)| *low <= p && p <= *high))
    };
    let flags = packet.flags.is_none_or(|set| {
        row.tcp_flags.is_empty() || row.tcp_flags.iter().any(|t| set & t.masks == t.flags)
    });
    is_in(policy, &row.from, packet.src)
        && is_in(policy, &row.to, packet.dst)
        && (row.protocols.is_empty() || row.protocols.contains(&packet.protocol))
        && port(&row.source_ports, packet.ports.map(|p| p.0))
        && port(&row.ports, packet.ports.map(|p| p.1))
        && flags
}

/// Every row with the priorities of its group and of itself, the lowest first.
fn by_priority(policy: &Policy) -> Vec<((u32, u32), &StatelessRow)> {
    let groups = policy.stateless.rule_groups.iter();
    let mut rows: Vec<_> = groups
        .flat_map(|group| {
            group.rules.iter().zip(0..).map(|(row, at)| {
                ((group.priority.value, row.priority.as_ref().map_or(at, |p| p.value)), row)
            })
        })
        .collect();
    rows.sort_by_key(|(priority, _)| *priority);
    rows
}

const REQUESTS: [(&str, &str, &str); 6] = [
    ("10.1.2.3", "https://a.example", "203.0.113.5"),
    ("10.1.9.3", "http://a.example", "203.0.113.5"),
    ("10.2.0.1", "tcp://a.example:53", "10.1.2.9"),
    ("10.1.2.3", "dns://a.example", "198.51.100.1"),
    ("2001:db8::1", "icmp://a.example", "2001:db8:ffff::1"),
    ("203.0.113.9", "udp://a.example:445", "10.1.2.3"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn first_rule_by_priority_decides_every_packet(text in stateless()) {
        let document = policy(&format!("{BASE}{text}"));
        let policy = document.policy();
        let compiled = compile(policy);
        let rows = by_priority(policy);
        for (from, url, dst) in REQUESTS {
            let flow = Request::parse(from, url, Some(dst)).unwrap().flow(dst.parse().unwrap());
            for packet in wire(&flow) {
                let header = Header::of(&flow, &packet);
                let step = stateless_step(&compiled.stateless.rules, &header);
                let first = rows.iter().find(|(_, row)| naive(policy, row, &header));
                let said = step.by.map(|by| policy.stateless_row(compiled.stateless.origins[by].place).unwrap());
                prop_assert_eq!(said, first.map(|(_, row)| *row));
                let action = first.map_or(policy.stateless.default_action, |(_, row)| row.action);
                prop_assert_eq!(step.action, action);
            }
        }
    }

    #[test]
    fn trace_agrees_with_itself(text in stateless()) {
        let document = policy(&format!("{BASE}{text}"));
        let compiled = compile(document.policy());
        let behind = evaluator(&compiled);
        for (from, url, dst) in REQUESTS {
            let flow = Request::parse(from, url, Some(dst)).unwrap().flow(dst.parse().unwrap());
            let trace = behind.evaluate(&flow);
            prop_assert_eq!(behind.verdict(&flow), (trace.verdict.clone(), trace.experience));
            // The engine has a say in what it sees, and in nothing else.
            for packet in &trace.packets {
                let forwarded = packet.stateless.action == StatelessAction::Forward;
                prop_assert!(forwarded || packet.matched.is_empty() && packet.decided_by.is_none());
                prop_assert!(packet.dropped || packet.stateless.action != StatelessAction::Drop);
            }
            if trace.sight == Sight::Nothing {
                let decided = matches!(trace.verdict, Verdict::Stateless { .. } | Verdict::Unseen { .. });
                prop_assert!(decided);
            }
        }
    }

    #[test]
    fn rules_that_only_forward_change_nothing(text in stateless()) {
        let text = text.replace("pass", "forward").replace("drop", "forward");
        let with = compile(policy(&format!("{BASE}{text}")).policy());
        let without = compile(policy(BASE).policy());
        for (from, url, dst) in REQUESTS {
            let flow = Request::parse(from, url, Some(dst)).unwrap().flow(dst.parse().unwrap());
            let mut trace = evaluator(&with).evaluate(&flow);
            for packet in &mut trace.packets {
                packet.stateless = sekisho::eval::StatelessStep::default();
            }
            prop_assert_eq!(trace, evaluator(&without).evaluate(&flow));
        }
    }
}

/// The codes of what is found about stateless rules, with the rows' names.
fn found(stateless: &str) -> Vec<String> {
    let document = policy(&format!("{BASE}stateless:\n{stateless}"));
    let compiled = compile(document.policy());
    let named = |problem: &sekisho::diagnostic::Diagnostic| {
        let row = problem.place.as_ref().map_or("", |at| &document.text()[at.span.clone()]);
        format!("{} {row}", problem.code)
    };
    sekisho::analysis::stateless(document.policy(), &compiled).iter().map(named).collect()
}

fn rows(rows: &[&str]) -> String {
    let group = "  rule_groups:\n    - name: s\n      priority: 1\n      rules:\n";
    let rows: Vec<String> = rows.iter().map(|row| format!("        - {{{row}}}\n")).collect();
    format!("{group}{}", rows.concat())
}

#[test]
fn pass_one_way_with_the_other_way_forwarded_is_found() {
    let out =
        "name: out, action: pass, from: office, to: 203.0.113.0/24, protocols: [tcp], ports: [873]";
    let back = "name: back, action: pass, from: 203.0.113.0/24, to: office, protocols: [tcp], source_ports: [873]";
    assert_eq!(found(&rows(&[out])), ["stateless-one-way out"]);
    assert_eq!(found(&rows(&[back])), ["stateless-one-way back"]);
    assert_eq!(found(&rows(&[out, back])), [""; 0]);
    // The way back of a part only, by address, by port, by flag.
    for (whole, part) in [("to: office", "to: 10.1.2.0/24"), ("[873]", "[874]"), ("[tcp]", "[udp]")]
    {
        assert_eq!(
            found(&rows(&[out, &back.replace(whole, part)]))[0],
            "stateless-one-way out",
            "{part}"
        );
    }
    let first = format!("{back}, tcp_flags: [{{flags: [SYN], masks: [SYN, ACK]}}]");
    assert_eq!(found(&rows(&[out, &first]))[0], "stateless-one-way out");
    // Where the way back is dropped nobody is misled; a rule that is switched off does nothing.
    assert_eq!(found(&rows(&[out, &back.replace("pass", "drop")])), [""; 0]);
    assert_eq!(found(&rows(&[&format!("{out}, enabled: false")])), [""; 0]);
}

#[test]
fn forward_one_way_with_the_other_way_passed_by_default_is_found() {
    let forward = "name: out, action: forward, from: 10.0.0.0/8";
    let text = format!("  default_action: pass\n{}", rows(&[forward]));
    assert_eq!(found(&text), ["stateless-broad-pass ", "stateless-one-way out"]);
    let both = rows(&[forward, "name: back, action: forward, to: 10.0.0.0/8"]);
    assert_eq!(found(&format!("  default_action: pass\n{both}")), ["stateless-broad-pass "]);
}

#[test]
fn pass_of_whole_inside_networks_to_anywhere_is_found() {
    let broad = |row: &str| {
        let back = "name: back, action: pass, from: any";
        found(&rows(&[row, back])).contains(&"stateless-broad-pass a".to_owned())
    };
    for row in
        ["from: any", "from: 10.0.0.0/8, to: any", "from: any, protocols: [tcp], ports: [443]"]
    {
        assert!(broad(&format!("name: a, action: pass, {row}")), "{row}");
    }
    for row in [
        "from: office",
        "from: any, to: 203.0.113.0/24",
        "from: any, protocols: [udp], ports: [123]",
        "from: any, protocols: [icmp, icmpv6]",
    ] {
        assert!(!broad(&format!("name: a, action: pass, {row}")), "{row}");
    }
    assert!(!broad("name: a, action: forward, from: any"));
}

/// What a stateless section is compiled to, and the codes of what is wrong with it.
fn compiled(stateless: &str) -> (sekisho::compile::CompiledStateless, Vec<&'static str>) {
    let document = policy(&format!("{BASE}stateless:\n{stateless}"));
    let compiled = compile(document.policy());
    let codes = compiled.diagnostics.iter().map(|d| d.code).collect();
    (compiled.stateless, codes)
}

#[test]
fn capacity_is_the_product_of_the_lists() {
    for (row, units) in [
        ("from: 10.1.2.0/24", 1),
        // Both families are written out where neither end is.
        ("from: any", 2),
        // A source is as many networks as it takes to write it.
        ("from: office", 8),
        ("from: [10.1.2.0/24, 10.7.0.0/16], to: [1.0.0.0/8, 2.0.0.0/8, 3.0.0.0/8]", 6),
        ("to: 10.1.2.0/24, protocols: [tcp, udp], ports: [1, 2, 3], source_ports: [4, 5]", 12),
        ("to: 10.1.2.0/24, protocols: [tcp], tcp_flags: [{flags: [SYN]}, {flags: [FIN]}]", 1),
        ("to: 10.1.2.0/24, protocols: [tcp, udp], enabled: false", 0),
    ] {
        let (stateless, codes) = compiled(&rows(&[&format!("name: a, action: drop, {row}")]));
        assert_eq!((stateless.capacity, codes), (vec![units], Vec::new()), "{row}");
    }
}

#[test]
fn priorities_are_assigned_in_steps_that_leave_room() {
    let priorities = |rows: &str| -> Vec<u32> {
        compiled(rows).0.origins.iter().map(|origin| origin.priority).collect()
    };
    let row = |name: usize| format!("name: r{name}, action: drop, from: 10.0.0.0/8");
    let three: Vec<String> = (0..3).map(row).collect();
    let [a, b, c] = [0, 1, 2].map(|n| three[n].as_str());
    assert_eq!(priorities(&rows(&[a, b, c])), [10, 20, 30]);
    // A row that is switched off keeps its number: switching it on moves nothing.
    assert_eq!(priorities(&rows(&[a, &format!("{b}, enabled: false"), c])), [10, 30]);
    let written = [format!("{a}, priority: 7"), format!("{b}, priority: 3")];
    assert_eq!(priorities(&rows(&[&written[0], &written[1]])), [3, 7]);
    let many: Vec<String> = (0..20_000).map(row).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let many = priorities(&rows(&many));
    assert!(many.windows(2).all(|pair| pair[0] < pair[1]) && many[19_999] <= 65_535);
}

#[test]
fn what_aws_would_not_take_is_an_error() {
    let empty = "name: a, action: pass, to: 203.0.113.0/24, from: nobody";
    let text = format!("{BASE}stateless:\n{}", rows(&[empty]));
    let text = text.replace(
        "sources:\n",
        "sources:\n  nobody: {cidrs: [10.3.0.0/16], except: [10.3.0.0/16]}\n",
    );
    let problems = compile(policy(&text).policy()).diagnostics;
    assert_eq!(problems.iter().map(|d| d.code).collect::<Vec<_>>(), ["no-address-left"]);
    let ports: Vec<String> = (1..=300).map(|n| n.to_string()).collect();
    let ports = ports.join(", ");
    let wide = format!(
        "name: a, action: drop, from: any, protocols: [tcp], ports: [{ports}], source_ports: [{ports}]"
    );
    let (stateless, codes) = compiled(&rows(&[&wide]));
    assert_eq!((stateless.capacity, codes), (vec![180_000], vec!["too-much-capacity"]));
    let groups: String =
        (1..=21).map(|n| format!("    - {{name: s{n}, priority: {n}, rules: []}}\n")).collect();
    assert_eq!(compiled(&format!("  rule_groups:\n{groups}")).1, ["too-many-groups"]);
}

#[test]
fn case_may_name_a_stateless_rule_or_the_stateless_default() {
    let out = "name: out, action: pass, from: any, to: 203.0.113.0/24";
    let back = "name: back, action: pass, from: 203.0.113.0/24, to: any";
    let run = |by: &str, dst: &str| {
        let text = format!("{BASE}stateless:\n  default_action: drop\n{}", rows(&[out, back]));
        let case = format!("cases: [{{name: c, from: 10.1.2.3, url: \"tcp://{dst}:22\", expect: ");
        let expect = if dst == "203.0.113.5" { "pass" } else { "drop" };
        let document = policy(&format!("{text}{case}{expect}, by: {by}}}]\n"));
        refresh(&document, &TestInput::default(), 0).cases[0].passed
    };
    assert!(run("out", "203.0.113.5") && run("s/out", "203.0.113.5"));
    assert!(run("stateless-default", "198.51.100.1"));
    assert!(!run("back", "203.0.113.5") && !run("default", "203.0.113.5"));
    assert!(!run("out", "198.51.100.1") && !run("default", "198.51.100.1"));
}

#[test]
fn programs_get_rule_priorities_and_what_was_done_with_each_packet() {
    let try_it = |from: &str, url: &str, dst: &str| -> serde_json::Value {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/policies/stateless.yaml");
        let run = Command::new(env!("CARGO_BIN_EXE_sekisho"))
            .arg("try")
            .arg(file)
            .args([url, "--from", from, "--dst", dst, "--format", "json"])
            .output()
            .unwrap();
        serde_json::from_slice(&run.stdout).unwrap()
    };
    let passed = try_it("10.2.0.9", "tcp://203.0.113.5:873", "203.0.113.5");
    assert_eq!(passed["decided_by"], "stateless");
    assert_eq!(passed["verdict"], "pass");
    let rule = serde_json::json!({"name": "copies-out", "group": "bulk", "priority": 10, "rule_priority": 10});
    assert_eq!(passed["rule"], rule);
    assert_eq!(passed["packets"][0]["stateless"], "pass");
    let midway = try_it("10.5.0.9", "https://api.bank.example", "198.51.100.9");
    assert_eq!(
        (&midway["decided_by"], &midway["packet"]),
        (&"stream-exception".into(), &"synack".into())
    );
    assert_eq!(midway["packets"][1]["stateless"], "forward");
    let part = try_it("10.1.2.3", "https://evil.example", "10.5.1.9");
    assert_eq!((&part["decided_by"], &part["verdict"]), (&"unmatched".into(), &"pass".into()));
    assert!(part["seen_in_part"].as_str().unwrap().contains("guards / one-way"));
}

/// The sentence and what is said of the part that is seen, for a request to the policy of the tests.
fn said(from: &str, url: &str, dst: &str) -> (String, Option<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/policies/stateless.yaml");
    let document = policy(&std::fs::read_to_string(path).unwrap());
    let test = TestInput { from: from.into(), url: url.into(), dst: dst.into() };
    let answer = refresh(&document, &test, 0).test.unwrap().unwrap();
    let part = answer.answer.seen_in_part.map(|text| text.say(Lang::English).to_owned());
    (answer.answer.sentence.say(Lang::English).to_owned(), part)
}

#[test]
fn sentences_name_the_stateless_rule_and_what_is_seen() {
    let mut out = String::new();
    for (from, url, dst) in [
        ("10.2.0.9", "tcp://203.0.113.5:873", ""),
        ("10.1.2.3", "tcp://203.0.113.5:23", ""),
        ("10.4.0.9", "https://api.bank.example", "198.51.100.9"),
        ("10.5.0.9", "https://api.bank.example", "198.51.100.9"),
        ("10.5.0.9", "dns://a.example", "198.51.100.1"),
        ("10.5.0.9", "tcp://10.5.1.9:443", ""),
        ("10.1.2.3", "https://evil.example", "10.5.1.9"),
    ] {
        let (sentence, part) = said(from, url, dst);
        out += &format!("{from} {url} {dst}\n  {sentence}\n");
        out += &part.map_or_else(String::new, |part| format!("  seen: {part}\n"));
    }
    insta::assert_snapshot!(out);
}
