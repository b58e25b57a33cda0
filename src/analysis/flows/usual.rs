//! What usual clients differ in, and what they do not.

use super::universe::Subject;
use crate::net::{CLIENT_PORT, PortSet, StatelessRule};
use crate::suricata::{
    BufferMatch, ContentTest, FlowDirection, NotModelledKind, Number, RuleOption, SslState,
};

/// The ports that usual clients take: Linux 32768–60999, others 49152–65535 (RFC 6335, section 6).
const CLIENT_PORTS: (u16, u16) = (32_768, u16::MAX);
/// A word for what rules ask of the client's port.
const SOURCE_PORT: &str = "source port";

/// How many of the ports that usual clients take are in a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) enum Taken {
    All,
    Some,
    None,
}

impl Taken {
    pub(in crate::analysis) fn of(set: &PortSet) -> Self {
        let (low, high) = CLIENT_PORTS;
        // Ranges are disjoint and not adjacent.
        if set.ranges().iter().any(|range| range.0 <= low && high <= range.1) {
            return Self::All;
        }
        let some = set.ranges().iter().any(|range| low <= range.1);
        if some { Self::Some } else { Self::None }
    }
}

/// How many ports are tried before it is left open what becomes of flows from others.
const TRIED: usize = 32;

/// Ports of usual clients, one of each kind that these sets tell apart, the one first from which flows are sent that stand
/// for others; `None`: there are too many kinds.
pub(in crate::analysis) fn one_of_each<'s>(
    sets: impl Iterator<Item = &'s PortSet> + Clone,
) -> Option<Vec<u16>> {
    let ranges = sets.clone().flat_map(|set| set.ranges().iter());
    let edges = ranges.flat_map(|range| [Some(range.0), range.1.checked_add(1)]);
    let first = [CLIENT_PORT, CLIENT_PORTS.0].into_iter();
    let edges = edges.flatten().filter(|port| *port >= CLIENT_PORTS.0);
    let mut kinds: Vec<Vec<bool>> = Vec::new();
    let mut ports = Vec::new();
    for port in first.chain(edges) {
        let kind = sets.clone().map(|set| set.contains(port)).collect();
        if kinds.contains(&kind) {
            continue;
        }
        if ports.len() == TRIED {
            return None;
        }
        kinds.push(kind);
        ports.push(port);
    }
    Some(ports)
}

/// The keyword with which a rule asks for something that usual clients do not differ in, and others do: then what is
/// said about usual clients says nothing about those.
pub(in crate::analysis) fn asks_more(subject: &Subject<'_>, rule: usize) -> Option<&'static str> {
    let asked = subject.compiled.ruleset.rules.get(rule)?;
    let more = asked.options.iter().find_map(option);
    more.or_else(|| asked.buffers.iter().find_map(buffer)).or_else(|| client_port(subject, rule))
}

/// Whether a rule asks for the port of who sends, or tells apart the ports of the clients that are answered.
fn client_port(subject: &Subject<'_>, rule: usize) -> Option<&'static str> {
    let ends = subject.evaluator.ends(rule)?;
    let direction = subject.compiled.ruleset.rules.get(rule)?.flow().direction;
    let taken = |ports: Option<&PortSet>| ports.map_or(Taken::All, Taken::of);
    let asks = match direction {
        Some(FlowDirection::ToClient) => false,
        Some(FlowDirection::ToServer) | None => taken(ends.source_ports) != Taken::All,
    };
    let splits =
        direction != Some(FlowDirection::ToServer) && taken(ends.destination_ports) == Taken::Some;
    (asks || splits).then_some(SOURCE_PORT)
}

/// The same for a stateless rule.
pub(in crate::analysis) fn stateless_asks_more(rule: &StatelessRule) -> Option<&'static str> {
    let taken = |ports: &Option<PortSet>| ports.as_ref().map_or(Taken::All, Taken::of);
    if !rule.tcp_flags.is_empty() {
        return Some("tcp_flags");
    }
    let ports = [&rule.source_ports, &rule.destination_ports];
    ports.into_iter().any(|ports| taken(ports) == Taken::Some).then_some(SOURCE_PORT)
}

fn option(option: &RuleOption) -> Option<&'static str> {
    match option {
        RuleOption::Flow(flow) => flow.stream.map(|_| "flow"),
        RuleOption::Flowbits(_) | RuleOption::IpProto(_) => None,
        RuleOption::Dsize(Number::Above(0) | Number::Is(0)) => None,
        RuleOption::SslState { negated: false, states } if states == &[SslState::ClientHello] => {
            None
        }
        RuleOption::SslState { .. } => Some("ssl_state"),
        RuleOption::TlsVersion { .. } => Some("tls.version"),
        RuleOption::Dsize(_) => Some("dsize"),
        RuleOption::Xbits(..) => Some("xbits"),
        RuleOption::Threshold(_) => Some("threshold"),
        RuleOption::AppLayerProtocol { .. } => Some("app-layer-protocol"),
        RuleOption::Ttl(_) => Some("ttl"),
        RuleOption::Itype(_) => Some("itype"),
        RuleOption::Icode(_) => Some("icode"),
        RuleOption::Urilen { .. } => Some("urilen"),
        RuleOption::Flags(_) => Some("tcp.flags"),
        RuleOption::SameIp => Some("sameip"),
        // Nobody knows what it asks, and the evaluator says so in every flow.
        RuleOption::NotModelled(other) if other.kind == NotModelledKind::After => None,
        RuleOption::NotModelled(other) => Some(other.keyword),
    }
}

fn buffer(buffer: &BufferMatch) -> Option<&'static str> {
    let keyword = buffer.buffer.keyword();
    match keyword.name {
        "tls.sni" | "http.host" | "http.uri" | "quic.sni" | "dns.query" => None,
        // Every request has a space: that asks whether the headers are complete.
        "http.start" if matches!(&buffer.tests[..], [ContentTest::Content(c)] if c.bytes == b" ") => {
            None
        }
        "payload" => Some("content"),
        name => Some(name),
    }
}
