use proptest::prelude::*;
use proptest::sample::select;
use sekisho::analysis::{Between, Compared, Outcome, access};
use sekisho::net::{IpSet, Request, Scheme, parse_cidr};

use crate::policies::{Shape, any_row, any_shape, by_hand, requests};
use crate::{PORTS, Ready, outcome_from, try_random};

/// Of all requests every so many is asked of a policy, beginning somewhere.
const STEP: usize = 5;

const FROM: [&str; 4] = ["10.1.0.0/16", "10.1.2.3", "10.0.0.0/8", "2001:db8:1::/48"];
const TO: [&str; 4] = ["203.0.113.0/24", "203.0.113.5", "10.0.0.0/8", "2001:db8:2::/48"];
const NAMES: [&str; 5] =
    ["good.example", ".bad.example", "*.bad.example", "elsewhere.test", ".example"];

#[derive(Debug, Clone)]
enum Asked {
    From(&'static str),
    To(&'static str),
    Named(&'static str),
}

fn any_question() -> impl Strategy<Value = Asked> {
    prop_oneof![
        select(&FROM[..]).prop_map(Asked::From),
        select(&TO[..]).prop_map(Asked::To),
        select(&NAMES[..]).prop_map(Asked::Named),
    ]
}

fn set(text: &str) -> IpSet {
    IpSet::from(parse_cidr(text).unwrap())
}

impl Asked {
    fn between(&self) -> Between {
        match self {
            Self::From(text) => Between::From(set(text)),
            Self::To(text) => Between::To(set(text)),
            Self::Named(text) => Between::Named(text.parse().unwrap()),
        }
    }

    fn is_about(&self, request: &Request) -> bool {
        match self.between() {
            Between::From(set) => set.contains(request.from),
            Between::To(set) => set.contains(request.dst.unwrap()),
            Between::Named(pattern) => {
                let named = [Scheme::Https, Scheme::Http, Scheme::Quic].contains(&request.scheme);
                named && pattern.matches(&request.host)
            }
        }
    }
}

fn fault(shape: &Shape, asked: &Asked, offset: usize) -> Option<String> {
    let text = shape.text();
    let ready = Ready::new(&text);
    let of = Compared {
        policy: ready.document.policy(),
        compiled: &ready.compiled,
        evaluator: &ready.evaluator,
    };
    let access = access(of, &asked.between());
    let wrong_from = |request: &Request, port: u16| {
        let passes: Vec<_> = access.passes.iter().filter(|(f, _)| f.contains(request)).collect();
        let open = access.cannot_tell.iter().any(|(flows, _)| flows.contains(request));
        let outcome = outcome_from(&ready.evaluator, request, port);
        let right = match outcome {
            _ if !asked.is_about(request) => passes.is_empty() && !open,
            None => open,
            Some(outcome @ (Outcome::Pass | Outcome::Half)) => {
                open || matches!(passes[..], [(_, fate)] if fate.outcome == outcome)
            }
            Some(_) => open || passes.is_empty(),
        };
        (!right).then(|| {
            format!("{request} from {} {port}: {outcome:?}, {open}, {passes:?}", request.from)
        })
    };
    let wrong = |request: &Request| PORTS.iter().find_map(|port| wrong_from(request, *port));
    let sampled = requests().into_iter().skip(offset).step_by(STEP).find_map(|r| wrong(&r));
    let witnesses = || access.passes.iter().find_map(|(flows, _)| wrong(&flows.witness));
    let fault = sampled.or_else(witnesses)?;
    Some(format!("{fault}\n{asked:?}\n{text}\n{}", ready.compiled.text(of.policy)))
}

#[test]
fn what_gets_through_is_in_exactly_one_set_and_nothing_else_is() {
    let row = prop_oneof![3 => any_row(), 1 => by_hand()];
    let inputs = (any_shape(prop::collection::vec(row, 1..8)), any_question(), 0..STEP);
    try_random(40, inputs, |(shape, asked, offset)| fault(&shape, &asked, offset));
}

/// Rules and stateless rules that tell clients' ports apart only on the way back.
const ANSWERS: [&str; 2] = [
    "rule_groups:\n  - name: g\n    priority: 1\n    rules:\n      \
     - {name: ans, suricata: 'drop tcp any any -> any 50000:65535 (flow:to_client; sid:9001;)'}\n      \
     - {name: all, action: pass, from: any, to: any}\n",
    "stateless:\n  default_action: drop\n  rule_groups:\n    - name: before\n      priority: 1\n      rules:\n        \
     - {name: out, action: forward, from: 10.0.0.0/8, to: any}\n        \
     - {name: back, action: forward, from: any, to: 10.0.0.0/8, protocols: [tcp], ports: [1024-49999]}\n\
     rule_groups:\n  - name: g\n    priority: 1\n    rules:\n      - {name: all, action: pass, from: any, to: any}\n",
];

fn ready(rest: &str) -> Ready {
    Ready::new(&format!(
        "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [drop_established_app_layer_to_server]\n\
         home_net: [10.0.0.0/8]\n{rest}"
    ))
}

#[test]
fn what_hangs_on_the_port_that_answers_go_to_cannot_be_told() {
    for rest in ANSWERS {
        let ready = ready(rest);
        let of = Compared {
            policy: ready.document.policy(),
            compiled: &ready.compiled,
            evaluator: &ready.evaluator,
        };
        let access = access(of, &Between::From(set("10.0.0.0/8")));
        let request =
            Request::parse("10.1.2.3", "tcp://203.0.113.5:22", Some("203.0.113.5")).unwrap();
        let from = |port| outcome_from(&ready.evaluator, &request, port);
        assert_ne!(from(PORTS[0]), from(PORTS[1]), "{rest}");
        assert!(access.cannot_tell.iter().any(|(flows, _)| flows.contains(&request)), "{rest}");
        assert!(!access.passes.iter().any(|(flows, _)| flows.contains(&request)), "{rest}");
    }
}

#[test]
fn a_port_that_makes_no_difference_leaves_nothing_open() {
    let ready = ready(
        "rule_groups:\n  - name: g\n    priority: 1\n    rules:\n      \
         - {name: all, action: drop, from: any, to: any}\n      \
         - {name: ans, suricata: 'drop tcp any any -> any 50000:65535 (flow:to_client; sid:9001;)'}\n",
    );
    let of = Compared {
        policy: ready.document.policy(),
        compiled: &ready.compiled,
        evaluator: &ready.evaluator,
    };
    let access = access(of, &Between::From(set("10.0.0.0/8")));
    assert_eq!((access.cannot_tell, access.passes), (Vec::new(), Vec::new()));
}
