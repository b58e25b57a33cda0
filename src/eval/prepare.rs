use std::net::IpAddr;
use std::sync::Arc;

use super::bare::{Looks, View};
use super::content::{Expressions, Test};
use super::{Bounds, Met};
use crate::net::{Action, IpSet, PortSet};
use crate::suricata::{
    Addresses, BufferMatch, ContentTest, FlowOption, KeywordKind, NotModelledKind, Rule,
    RuleOption, RuleType, Ruleset, Side, ThresholdKind, Transform, addresses, ports,
};

/// How many phases the engine goes through on a packet, and the first and the last of them.
pub(super) const PHASES: usize = 3;
pub(super) const IP_ONLY: usize = 0;
pub(super) const TRANSACTIONS: usize = 2;

/// A rule made ready: variables resolved, expressions compiled.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    /// The rule itself.
    pub rule: Arc<Rule>,
    /// Its left side; `None` where the engine would not load it.
    pub source: End,
    /// Its right side.
    pub destination: End,
    /// Its conditions on buffers.
    pub buffers: Vec<PreparedBuffer>,
    /// What its `flow:` options say together.
    pub flow: FlowOption,
    /// Whether it changes bits: then a match matters even of an alert.
    pub sets_bits: bool,
    /// Whether it asks for contents that must be there, which the engine searches for in all rules at once.
    pub searches: bool,
    /// Whether a threshold decides if its action is done when it matches.
    pub counted: bool,
}

/// One side of a header.
#[derive(Debug, Clone)]
pub(super) struct End {
    /// The addresses that belong to it; `None` when they cannot be resolved.
    pub addresses: Option<IpSet>,
    /// The addresses that may belong to it, where that is not known of all.
    pub possible: Option<IpSet>,
    /// Whether what is known of them is only modelled: the contents of an IP set reference.
    pub modelled: bool,
    /// The ports; `None` when they cannot be resolved.
    pub ports: Option<PortSet>,
    /// Whether `any` is written for them, and not a list, a range or a variable that comes to the same.
    pub any_port: bool,
}

impl End {
    const fn is_resolved(&self) -> bool {
        self.addresses.is_some() && self.possible.is_none() && self.ports.is_some()
    }

    /// Whether an address belongs to it.
    pub(super) fn has(&self, address: IpAddr) -> Met {
        match &self.addresses {
            Some(set) if set.contains(address) => Met::Yes,
            Some(_) if self.possible.as_ref().is_none_or(|set| !set.contains(address)) => Met::No,
            Some(_) | None => Met::Unknown,
        }
    }

    /// The addresses that belong to it, and those that may.
    pub(super) fn bounds(&self) -> Option<Bounds<'_>> {
        let sure = self.addresses.as_ref()?;
        Some(Bounds { sure, possible: self.possible.as_ref().unwrap_or(sure) })
    }

    /// The sets that tell addresses apart.
    pub(super) fn sets(&self) -> impl Iterator<Item = &IpSet> {
        self.addresses.iter().chain(&self.possible)
    }
}

/// Conditions on one buffer, ready to be asked.
#[derive(Debug, Clone)]
pub(super) struct PreparedBuffer {
    /// The buffer's keyword; `payload` for raw content.
    pub name: &'static str,
    /// Whether the packets of a flow tell its content.
    pub modelled: bool,
    /// The protocol it belongs to.
    pub app: Option<&'static str>,
    /// The side that says it.
    pub side: Option<Side>,
    /// Whether it is a header of the packet.
    pub of_packet: bool,
    /// How it is changed first.
    pub transforms: Vec<Transform>,
    /// What it must meet.
    pub tests: Vec<Test>,
    /// Whether it must not contain something.
    pub negates: bool,
    /// How it is looked at while its part of the conversation goes on.
    pub early: View,
    /// How it is looked at once that is over.
    pub late: View,
}

impl Prepared {
    /// Whether the engine asks it when a transaction gets on, not packet by packet.
    pub(super) fn is_tx(&self) -> bool {
        self.rule.kind == RuleType::AppTx
    }

    /// Its place among the phases of a packet: ip-only rules, packet rules, transactions.
    ///
    /// Source: Suricata 7.0.10, `detect.c` `DetectRun`; measured.
    pub(super) fn phase(&self) -> usize {
        match self.rule.kind {
            RuleType::IpOnly => IP_ONLY,
            RuleType::AppTx => TRANSACTIONS,
            _ => 1,
        }
    }

    /// Whether all of its header is known; then it fits whole directions of a flow or not at all.
    pub(super) const fn resolved(&self) -> bool {
        self.source.is_resolved() && self.destination.is_resolved()
    }

    /// Whether it passes up to a limit; `both` with a count of one is one.
    pub(super) fn limited(&self) -> bool {
        let limit = |option: &RuleOption| match option {
            RuleOption::Threshold(t) => {
                t.kind == ThresholdKind::Limit || (t.kind == ThresholdKind::Both && t.count <= 1)
            }
            _ => false,
        };
        self.rule.action == Action::Pass && self.rule.options.iter().any(limit)
    }

    /// Whether it looks into what a connection says as a whole.
    pub(super) fn looks_into_streams(&self) -> bool {
        use crate::suricata::HeaderProtocol;
        let kind = matches!(self.rule.kind, RuleType::Stream | RuleType::PktStream);
        let tcp = !matches!(
            self.rule.header.protocol,
            HeaderProtocol::Udp
                | HeaderProtocol::Icmp
                | HeaderProtocol::Icmpv4
                | HeaderProtocol::Icmpv6
        );
        kind && tcp
    }

    /// Whether the engine reassembles the stream for packets of this direction because of it, which looks into streams: it is
    /// for the server's `port`. Addresses do not count: rules are grouped by port (`detect-engine-build.c`; measured).
    pub(super) fn needs_stream(&self, to_server: bool, port: u16) -> bool {
        use crate::suricata::FlowDirection;
        let direction = match self.flow.direction {
            Some(FlowDirection::ToServer) => to_server,
            Some(FlowDirection::ToClient) => !to_server,
            None => true,
        };
        let end = if to_server { &self.destination } else { &self.source };
        direction && end.ports.as_ref().is_none_or(|ports| ports.contains(port))
    }

    /// Whether an action of it sticks to the flow, unless only a packet's own payload matched.
    pub(super) fn sticks(&self) -> bool {
        !matches!(self.rule.kind, RuleType::Pkt | RuleType::DeOnly)
    }
}

/// Makes a rule of `ruleset` ready, which looks at buffers in the ways of `looks`.
pub(super) fn prepare(
    rule: &Arc<Rule>,
    ruleset: &Ruleset,
    looks: &Looks,
    expressions: &mut Expressions,
) -> Prepared {
    let searches = searches(rule);
    let variables = ruleset.variables(rule);
    let end = |address: &str, port: &str| {
        let read = addresses(address, variables).ok();
        let known = read.as_ref().is_some_and(Addresses::is_known);
        let (addresses, possible) = read.map(|read| (read.set, read.possible)).unzip();
        End {
            addresses,
            possible: possible.filter(|_| !known),
            modelled: address.contains('@') && known,
            ports: ports(port, variables).ok(),
            any_port: port.eq_ignore_ascii_case("any"),
        }
    };
    let buffers = rule.buffers.iter().map(|buffer| {
        let keyword = buffer.buffer.keyword();
        let (early, late) = looks.at(rule, buffer);
        PreparedBuffer {
            name: buffer.buffer.name(),
            modelled: keyword.evaluated,
            app: keyword.app,
            side: keyword.side,
            of_packet: keyword.kind == KeywordKind::PacketBuffer,
            transforms: buffer.transforms.clone(),
            tests: tests(buffer, expressions),
            negates: buffer.tests.iter().any(is_avoided),
            early,
            late,
        }
    });
    Prepared {
        source: end(&rule.header.source, &rule.header.source_ports),
        destination: end(&rule.header.destination, &rule.header.destination_ports),
        buffers: buffers.collect(),
        flow: rule.flow(),
        sets_bits: rule.options.iter().any(sets_bits),
        searches,
        counted: rule.options.iter().any(|option| is_counted(option, rule.action)),
        rule: Arc::clone(rule),
    }
}

/// A buffer's conditions, ready to be asked.
fn tests(buffer: &BufferMatch, expressions: &mut Expressions) -> Vec<Test> {
    let mut tests: Vec<Test> =
        buffer.tests.iter().map(|test| Test::new(test, expressions)).collect();
    super::floor::set_floors(&mut tests);
    tests
}

fn sets_bits(option: &RuleOption) -> bool {
    match option {
        RuleOption::Flowbits(bits) | RuleOption::Xbits(bits, _) => !bits.op.reads(),
        // flowint, hostbits and their like may set what another rule reads.
        RuleOption::NotModelled(other) => {
            matches!(other.kind, NotModelledKind::Packet | NotModelledKind::IpOnly)
        }
        _ => false,
    }
}

pub(super) fn searches(rule: &Rule) -> bool {
    rule.buffers.iter().flat_map(|buffer| &buffer.tests).any(is_searched)
}

fn is_searched(test: &ContentTest) -> bool {
    matches!(test, ContentTest::Content(content) if !content.negated)
}

fn is_avoided(test: &ContentTest) -> bool {
    matches!(test, ContentTest::Content(content) if content.negated)
}

/// Whether what was counted before decides if the action is done. A limit, and what counts from one, only stops the log,
/// but of a pass the pass as well (measured; `docs/suricata.md` §1).
fn is_counted(option: &RuleOption, action: Action) -> bool {
    let RuleOption::Threshold(threshold) = option else { return false };
    match (threshold.kind, action) {
        (_, Action::Alert) => false,
        (ThresholdKind::Limit, action) => action == Action::Pass,
        (ThresholdKind::Both, action) => action == Action::Pass || threshold.count > 1,
        (ThresholdKind::Threshold, _) => threshold.count > 1,
        (ThresholdKind::DetectionFilter, _) => threshold.count > 0,
    }
}
