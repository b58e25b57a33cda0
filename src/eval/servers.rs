//! A client's flow to whichever server: which servers rules tell apart, and what becomes of it at each.
//!
//! Where thousands of rules are about one client, each about a server of its own, thousands of servers are asked about; so a
//! rule is asked only at those that it is about.

use std::collections::HashMap;
use std::net::IpAddr;

use super::evaluator::Wanted;
use super::explain::explain;
use super::heard::Heard;
use super::index::directions;
use super::packets::{Packet, packets};
use super::prepare::{End, Prepared};
use super::rules::{Entry, Rules};
use super::run::{Run, Way};
use super::{Evaluator, Experience, Met, RuleSteps, Trace, Verdict};
use crate::net::{
    AddressClass, Flow, IpSet, StatelessRule, StatelessRules, classes, classes_of_each,
};

/// A flow of a client and the servers to which it may go.
#[derive(Debug)]
pub struct Servers<'a> {
    evaluator: &'a Evaluator,
    flow: Flow,
    classes: Vec<AddressClass>,
    /// `None`: every server is asked about on its own.
    shared: Option<Shared>,
}

/// What is the same at every server.
#[derive(Debug)]
struct Shared {
    packets: Vec<Packet>,
    streams: [bool; 2],
    /// The rules that may match, in the order in which they are asked.
    candidates: Vec<usize>,
    /// Those that are asked at every server, by their numbers in `candidates`.
    anywhere: Vec<u32>,
    /// Those that are asked at the servers of a set; by the set.
    within: Vec<Vec<u32>>,
    /// The sets that each class lies in.
    sets: Vec<Vec<u32>>,
}

impl Evaluator {
    /// The servers that rules tell apart for the client and the ports of `flow`; its own destination counts for nothing but
    /// its family.
    #[must_use]
    pub fn servers(&self, flow: &Flow) -> Servers<'_> {
        let flow = flow.clone();
        match &self.stateless {
            Some(stateless) => {
                let classes = behind_stateless(self, stateless, &flow);
                Servers { evaluator: self, flow, classes, shared: None }
            }
            None => {
                let (classes, shared) = Shared::new(self, &flow);
                Servers { evaluator: self, flow, classes, shared: Some(shared) }
            }
        }
    }

    /// The server to which `flow` goes, and no other.
    #[must_use]
    pub fn its_server(&self, flow: &Flow) -> Servers<'_> {
        let class = AddressClass { set: IpSet::host(flow.dst), representative: flow.dst };
        Servers { evaluator: self, flow: flow.clone(), classes: vec![class], shared: None }
    }

    /// The classes of server addresses that no rule tells apart for the client and the ports of `flow`; its own
    /// destination does not count.
    #[must_use]
    pub fn destinations(&self, flow: &Flow) -> Vec<AddressClass> {
        self.servers(flow).classes
    }

    /// The classes of addresses, of the family of `like`, that no rule tells apart: for any client and any server.
    #[must_use]
    pub fn addresses(&self, like: IpAddr) -> Vec<AddressClass> {
        let ends = self.rules.iter().flat_map(|rule| [&rule.source, &rule.destination]);
        let before = self.stateless.iter().flat_map(|s| &s.rules);
        let before = before.flat_map(|rule| [&rule.sources, &rule.destinations]).flatten();
        told_apart(ends.flat_map(End::sets).chain(before).collect(), like)
    }
}

impl Servers<'_> {
    /// The classes of servers, each of which fares alike.
    #[must_use]
    pub fn classes(&self) -> &[AddressClass] {
        &self.classes
    }

    /// [`Evaluator::verdict`] of the flow to `dst`, which is of the class with this number.
    #[must_use]
    pub fn verdict(&self, class: usize, dst: IpAddr) -> (Verdict, Experience) {
        let flow = self.to(dst);
        match &self.shared {
            Some(shared) => {
                let order = shared.order(class);
                let run = shared.run(self.evaluator, &order, &flow);
                let found = self.evaluator.find(&run, Way::Brief);
                (found.verdict, found.experience)
            }
            None => self.evaluator.verdict(&flow),
        }
    }

    /// [`Evaluator::decide`] of the flow to `dst`, which is of the class with this number.
    #[must_use]
    pub fn decide(&self, class: usize, dst: IpAddr) -> Trace {
        self.decided(class, &self.to(dst), &mut Vec::new(), Way::Whole)
    }

    /// [`Evaluator::evaluate`] of the flow to `dst`, which is of the class with this number; adds what tells whether another
    /// evaluator decides the same, unless it was `heard` before.
    #[must_use]
    pub fn evaluate_and_hear(&self, class: usize, dst: IpAddr, heard: &mut Vec<Heard>) -> Trace {
        let flow = self.to(dst);
        let trace = self.decided(class, &flow, heard, Way::Whole);
        Trace { rules: RuleSteps::later(self.evaluator, &flow), ..trace }
    }

    /// [`Servers::decide`], of which nobody reads what rules did that are asked after the one that decides the flow; adds what
    /// tells whether another evaluator decides the same, unless it was `heard` before.
    #[must_use]
    pub fn decide_and_hear(&self, class: usize, dst: IpAddr, heard: &mut Vec<Heard>) -> Trace {
        self.decided(class, &self.to(dst), heard, Way::Brief)
    }

    fn decided(&self, class: usize, flow: &Flow, heard: &mut Vec<Heard>, way: Way) -> Trace {
        let Some(shared) = &self.shared else {
            let mut hear = |seen: &Flow, packets: &[Packet]| {
                Heard::of(flow, seen, packets).add_to(heard);
            };
            return self.evaluator.trace_and_hear(flow, Wanted::Nothing, &mut hear);
        };
        // At every server the same is heard.
        if heard.is_empty() {
            heard.push(Heard::of(flow, flow, &shared.packets));
        }
        let order = shared.order(class);
        let run = shared.run(self.evaluator, &order, flow);
        let found = self.evaluator.find(&run, way);
        explain(&run, found.verdict, found.experience, &found.outcome, &found.open)
    }

    fn to(&self, dst: IpAddr) -> Flow {
        Flow { dst, ..self.flow.clone() }
    }
}

impl Shared {
    /// The classes of servers, and what is the same at all of them.
    fn new(evaluator: &Evaluator, flow: &Flow) -> (Vec<AddressClass>, Self) {
        let packets = packets(flow);
        let candidates = evaluator.candidates(flow, &packets);
        let mut numbers: HashMap<&IpSet, usize> = HashMap::new();
        let (mut sets, mut within): (Vec<&IpSet>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
        let mut anywhere = Vec::new();
        let tells = evaluator.index.tells();
        for (at, place) in (0_u32..).zip(&candidates) {
            let entry = || evaluator.rules.entry(*place);
            if !tells || entry().telling.is_none_or(|tells| tells == [false; 2]) {
                anywhere.push(at);
                continue;
            }
            let rule = entry().rule.as_ref();
            let sides = || server_sides(rule, directions(rule), flow);
            // What is not known of a side, and what any address meets, is asked everywhere.
            let open = |side: &End| side.addresses.is_none() || side.sets().any(IpSet::is_any);
            let everywhere = sides().any(open);
            if everywhere {
                anywhere.push(at);
            }
            for set in sides().flat_map(End::sets).filter(|set| !set.is_any()) {
                let number = *numbers.entry(set).or_insert_with(|| {
                    sets.push(set);
                    within.push(Vec::new());
                    within.len() - 1
                });
                if !everywhere {
                    within[number].push(at);
                }
            }
        }
        let (classes, of_sets) = classes_of_each(sets.iter().copied(), flow.src);
        let mut sets = vec![Vec::new(); classes.len()];
        for (set, classes) in (0_u32..).zip(of_sets) {
            classes.into_iter().for_each(|class| sets[class as usize].push(set));
        }
        let streams = evaluator.streams(flow);
        (classes, Self { packets, streams, candidates, anywhere, within, sets })
    }

    /// The rules to be asked at the servers of a class, in order.
    fn order(&self, class: usize) -> Vec<usize> {
        let within = self.sets[class].iter().flat_map(|set| &self.within[*set as usize]);
        let mut numbers: Vec<u32> = self.anywhere.iter().chain(within).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| self.candidates[number as usize]).collect()
    }

    fn run<'a>(&'a self, evaluator: &'a Evaluator, order: &'a [usize], flow: &'a Flow) -> Run<'a> {
        Run::new(&evaluator.rules, order, flow, &self.packets, self.streams)
    }
}

/// Behind stateless rules the engine may see only the answers, and takes the server for the client: then a rule compares
/// the server with the other side.
fn behind_stateless(
    evaluator: &Evaluator,
    stateless: &StatelessRules,
    flow: &Flow,
) -> Vec<AddressClass> {
    let all: &Rules = &evaluator.rules;
    let sides = evaluator.index.telling_any(all).flat_map(|r| server_sides(r, [true; 2], flow));
    let before = stateless.rules.iter().flat_map(|rule| stateless_server_sides(rule, flow));
    told_apart(sides.flat_map(End::sets).chain(before).collect(), flow.src)
}

/// Whether a rule tells servers apart for the client and the ports of `flow`.
pub(super) fn tells_apart(entry: &Entry, behind_stateless: bool, flow: &Flow) -> bool {
    entry.telling.is_some_and(|tells| {
        let tells = if behind_stateless { [true; 2] } else { tells };
        server_sides(&entry.rule, tells, flow).flat_map(End::sets).next().is_some()
    })
}

/// Whether the header of a rule may fit packets between the client of `flow` and `server`, or any server.
pub(super) fn may_fit(
    rule: &Prepared,
    flow: &Flow,
    server: Option<IpAddr>,
    behind_stateless: bool,
) -> bool {
    let may = if behind_stateless { [true; 2] } else { directions(rule) };
    let is_one = |side: &End| server.is_none_or(|server| side.has(server) != Met::No);
    server_sides(rule, may, flow).any(is_one)
}

fn told_apart(mut sets: Vec<&IpSet>, like: IpAddr) -> Vec<AddressClass> {
    sets.sort_by_key(|set| set.first());
    sets.dedup();
    classes(sets, like)
}

/// The sides of a rule with which its packets compare the server's address, of a client and ports that fit.
///
/// To the server the client stands on the left of the arrow, in answers on the right: so each side may be the server's.
fn server_sides<'a>(
    rule: &'a Prepared,
    [to_server, to_client]: [bool; 2],
    flow: &Flow,
) -> impl Iterator<Item = &'a End> {
    let (left, right) = (&rule.source, &rule.destination);
    let fits = |client: &End, server: &End| is_client(client, flow) && has(server, flow.dst_port);
    let sides = [(to_server, left, right), (to_client, right, left)];
    let sides = sides.map(|(may, client, server)| (may && fits(client, server)).then_some(server));
    sides.into_iter().flatten()
}

/// The address sets of a stateless rule with which it compares the server's address, of packets either way.
fn stateless_server_sides<'a>(
    rule: &'a StatelessRule,
    flow: &Flow,
) -> impl Iterator<Item = &'a IpSet> {
    let (from, to) = (&rule.sources, &rule.destinations);
    let client = |set: &Option<IpSet>| set.as_ref().is_none_or(|set| set.contains(flow.src));
    [(from, to), (to, from)]
        .into_iter()
        .filter(move |(c, _)| client(c))
        .filter_map(|(_, s)| s.as_ref())
}

fn is_client(end: &End, flow: &Flow) -> bool {
    end.has(flow.src) != Met::No && has(end, flow.src_port)
}

fn has(end: &End, port: u16) -> bool {
    end.ports.as_ref().is_none_or(|ports| ports.contains(port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::index::tests::{ASKED, HEADS};
    use crate::net::{Request, RuleOrder};
    use crate::suricata::{Ruleset, Variables, parse_rules};

    const ENDS: [(&str, &str); 6] = [
        ("tls", "10.1.0.0/16 any -> [198.51.100.0/24, 203.0.113.0/24] any"),
        ("tls", "10.1.2.3 any <> 203.0.113.0/25 any"),
        ("ip", "203.0.113.128/25 any -> 10.1.0.0/16 any"),
        ("tcp", "any any -> $NOBODY_KNOWS 443"),
        ("http", "10.0.0.0/8 any -> !203.0.113.7 80"),
        ("tcp", "any any -> @UNKNOWN any"),
    ];

    #[test]
    fn a_server_among_others_is_decided_as_alone() {
        let heads = || HEADS.iter().chain(&ENDS);
        let mut classes = Vec::new();
        for (turn, order) in [RuleOrder::Strict, RuleOrder::Action].into_iter().enumerate() {
            let all = heads().flat_map(|head| ASKED.iter().map(move |asked| (head, asked)));
            let line = |(number, ((protocol, ends), asked)): (usize, (&(&str, &str), &&str))| {
                let action = ["pass", "drop", "alert", "reject"][(number * 3 + turn) % 4];
                format!("{action} {protocol} {ends} ({asked} sid:{};)", number + 1)
            };
            let lines: Vec<String> = all.enumerate().map(line).collect();
            for from in 0..lines.len() / 8 {
                let some: Vec<&str> =
                    lines.iter().skip(from).step_by(7).map(String::as_str).collect();
                let rules = parse_rules(&some.join("\n")).rules.into_iter().map(|p| p.rule);
                let ruleset = Ruleset::new(order, rules.collect(), Variables::default());
                let evaluator = Evaluator::new(&ruleset);
                for (from, url) in [
                    ("10.1.2.3", "https://a.example"),
                    ("10.1.2.3", "http://b.example/x"),
                    ("192.0.2.1", "https://a.example"),
                    ("2001:db8::1", "https://a.example"),
                ] {
                    let request = Request::parse(from, url, None).unwrap();
                    let servers = evaluator.servers(&request.flow(request.somewhere()));
                    for (class, of) in servers.classes().iter().enumerate() {
                        let dst = of.representative;
                        let flow = request.flow(dst);
                        let alone = evaluator.evaluate(&flow);
                        assert_eq!(servers.evaluate_and_hear(class, dst, &mut Vec::new()), alone);
                        assert_eq!(servers.decide(class, dst), evaluator.decide(&flow));
                        assert_eq!(evaluator.verdict(&flow), alone.outcome());
                        let brief = servers.decide_and_hear(class, dst, &mut Vec::new());
                        assert_eq!(brief.outcome(), alone.outcome());
                        assert_eq!(
                            (brief.decided_at, brief.flow_action, brief.stuck_at),
                            (alone.decided_at, alone.flow_action, alone.stuck_at)
                        );
                        assert_eq!(servers.verdict(class, dst), (alone.verdict, alone.experience));
                    }
                    classes.push(servers.classes().len());
                }
            }
        }
        assert!(classes.iter().any(|number| *number > 4), "{classes:?}");
    }
}
