//! Whether a rule's conditions are met on a packet.

use std::collections::BTreeSet;

use super::bare::View;
use super::content::holds;
use super::packets::{Detection, Packet, Payload, Transaction};
use super::prepare::{End, Prepared, PreparedBuffer};
use super::template::holds_in_template;
use super::transform::transformed;
use super::{Met, Part};
use crate::net::{Flow, Talk, TlsVersion, Transport};
use crate::suricata::{
    AppLayer, BitOp, BitOption, Direction, FlagCompare, Flags, FlowDirection, FlowOption,
    FlowState, HeaderProtocol, NotModelledKind, Number, RuleOption, RuleType, Side, SslState,
    StreamOption, Track,
};

/// What rules are asked against: a packet and the state of its flow.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The flow.
    pub flow: &'a Flow,
    /// The packet.
    pub packet: &'a Packet,
    /// Whether it is the first of its direction.
    pub first: bool,
    /// Whether some rule for packets of this direction and port looks into the stream.
    pub streams: bool,
    /// The transaction inspected, for rules of transactions.
    pub transaction: Option<&'a Transaction>,
    /// The flow's bits.
    pub bits: &'a BTreeSet<String>,
    /// Bits of hosts that this flow set itself.
    pub xbits: &'a BTreeSet<String>,
}

impl Context<'_> {
    /// How far rules look into the payload.
    const fn visible(&self) -> Payload {
        match self.packet.visible {
            Payload::Sealing if !self.streams => Payload::Sealed,
            visible => visible,
        }
    }
}

/// One condition of a rule.
#[derive(Clone, Copy)]
pub(super) enum Check<'a> {
    /// Transport or application protocol.
    Protocol,
    /// Source addresses.
    Source,
    /// Source ports.
    SourcePort,
    /// Destination addresses.
    Destination,
    /// Destination ports.
    DestinationPort,
    /// All `flow:` options.
    Flow(FlowOption),
    /// Another option.
    Option(&'a RuleOption),
    /// A buffer.
    Buffer(&'a PreparedBuffer),
}

impl Check<'_> {
    /// Which part of the rule it is.
    pub(super) const fn part(&self) -> Part {
        match self {
            Self::Protocol => Part::Protocol,
            Self::Source => Part::Source,
            Self::SourcePort => Part::SourcePort,
            Self::Destination => Part::Destination,
            Self::DestinationPort => Part::DestinationPort,
            Self::Flow(_) => Part::Flow,
            Self::Option(RuleOption::Flowbits(_) | RuleOption::Xbits(..)) => Part::Bits,
            Self::Option(_) => Part::Option,
            Self::Buffer(_) => Part::Buffer,
        }
    }
}

/// How many of the checks, after that of the protocol, are about addresses and ports.
const ENDS: usize = 4;

impl Prepared {
    /// Its conditions, in the order in which a person reads them.
    pub(super) fn checks(&self) -> impl Iterator<Item = Check<'_>> {
        let header = [
            Check::Protocol,
            Check::Source,
            Check::SourcePort,
            Check::Destination,
            Check::DestinationPort,
        ];
        let flow = (self.flow != FlowOption::default()).then_some(Check::Flow(self.flow));
        let options = self.rule.options.iter().filter(|o| is_condition(o)).map(Check::Option);
        header.into_iter().chain(flow).chain(options).chain(self.buffers.iter().map(Check::Buffer))
    }

    /// Whether all conditions are met, the header of which fits (see [`Self::header_fits`]).
    /// What misses counts more than what is not known.
    pub(super) fn met(&self, context: &Context<'_>) -> Met {
        let mut all = Met::Yes;
        let header = if self.resolved() { ENDS } else { 0 };
        for (number, check) in self.checks().enumerate() {
            if (1..=header).contains(&number) {
                continue;
            }
            // A threshold does not keep a rule from matching but from acting.
            if matches!(check, Check::Option(RuleOption::Threshold(_))) {
                continue;
            }
            match self.check(&check, context) {
                Met::No => return Met::No,
                Met::Unknown => all = Met::Unknown,
                Met::Yes => {}
            }
        }
        all
    }

    /// Whether all that it asks of one buffer holds for these bytes.
    pub(super) fn holds(&self, name: &str, bytes: &[u8]) -> Met {
        let asked = self.buffers.iter().filter(|buffer| buffer.name == name);
        let mut all = Met::Yes;
        for buffer in asked {
            match on(bytes, buffer) {
                Met::No => return Met::No,
                Met::Unknown => all = Met::Unknown,
                Met::Yes => {}
            }
        }
        all
    }

    /// Whether what is said in a flow, by buffer, may meet all that the rule asks of buffers, however it looks at them.
    pub(super) fn may_hear(&self, said: &[(&'static str, Vec<u8>)]) -> bool {
        let may_hold = |buffer: &PreparedBuffer, bytes: &[u8]| {
            matches!(buffer.name, "ja3.hash" | "ja4.hash")
                || on(bytes, buffer) != Met::No
                || holds(&buffer.tests, bytes) != Met::No
        };
        let known = |buffer: &&PreparedBuffer| {
            buffer.modelled && !buffer.of_packet && buffer.name != "payload"
        };
        self.buffers.iter().filter(known).all(|buffer| {
            said.iter().any(|(name, bytes)| *name == buffer.name && may_hold(buffer, bytes))
        })
    }

    /// Whether the rule's addresses, ports and transport can match packets of this direction at all.
    pub(super) fn header_fits(&self, context: &Context<'_>) -> bool {
        [Check::Source, Check::SourcePort, Check::Destination, Check::DestinationPort]
            .iter()
            .all(|check| self.check(check, context) != Met::No)
    }

    /// Whether the engine asks the rule on this packet at all.
    pub(super) fn asked(&self, context: &Context<'_>) -> bool {
        // One that is about the stream alone and looks at no payload never matches (measured).
        if self.flow.stream == Some(StreamOption::Only) && !self.looks_at_payload() {
            return false;
        }
        match self.rule.kind {
            RuleType::IpOnly => context.first,
            RuleType::PdOnly => context.packet.detected,
            RuleType::DeOnly => false,
            RuleType::AppTx => context.transaction.is_some_and(|tx| self.is_about(tx, context)),
            RuleType::Stream => !context.packet.payload.is_empty() && context.packet.tracked,
            RuleType::PktStream => !context.packet.payload.is_empty(),
            RuleType::LikeIpOnly | RuleType::Pkt | RuleType::AppLayer => true,
        }
    }

    fn looks_at_payload(&self) -> bool {
        self.buffers.iter().any(|buffer| buffer.name == "payload")
            || self.rule.options.iter().any(|option| matches!(option, RuleOption::Dsize(_)))
    }

    /// Whether something the rule looks at came to be known with this packet.
    fn is_about(&self, tx: &Transaction, context: &Context<'_>) -> bool {
        let again = |name: &str| tx.again && !self.searches && tx.buffers.contains_key(name);
        let fresh = |name: &str| tx.fresh.contains(&name) || again(name);
        let buffers = self.buffers.iter().any(|buffer| {
            if buffer.modelled { fresh(buffer.name) } else { may_be_said(buffer, tx, context) }
        });
        let options = self.rule.options.iter().any(|option| match option {
            RuleOption::SslState { .. } => tx.state.is_some(),
            RuleOption::TlsVersion { .. } => tx.version.is_some(),
            RuleOption::Urilen { .. } => fresh("http.uri"),
            RuleOption::NotModelled(other) => other.kind == NotModelledKind::App,
            _ => false,
        });
        buffers || options
    }

    /// Whether one condition is met.
    pub(super) fn check(&self, check: &Check<'_>, context: &Context<'_>) -> Met {
        let (left, right, swapped) = self.ends(context);
        match check {
            Check::Protocol => self.protocol(context),
            Check::Source => address(left, context, swapped),
            Check::Destination => address(right, context, !swapped),
            Check::SourcePort => port(left, context, swapped),
            Check::DestinationPort => port(right, context, !swapped),
            Check::Flow(flow) => flow_state(*flow, context.packet),
            Check::Option(option) => self.option(option, context),
            Check::Buffer(buffer) => self.buffer(buffer, context),
        }
    }

    /// The two sides of the header, and whether the packet is looked at the other way round (`<>`).
    fn ends(&self, context: &Context<'_>) -> (&End, &End, bool) {
        let turned = self.rule.header.direction == Direction::Both
            && [
                address(&self.source, context, false),
                address(&self.destination, context, true),
                port(&self.source, context, false),
                port(&self.destination, context, true),
            ]
            .contains(&Met::No);
        (&self.source, &self.destination, turned)
    }

    fn protocol(&self, context: &Context<'_>) -> Met {
        let tcp = matches!(context.packet.transport, Transport::Tcp(_));
        let v4 = context.flow.src.is_ipv4();
        let icmp = matches!(context.packet.transport, Transport::Icmp(..));
        yes(match self.rule.header.protocol {
            // `pkthdr` matches decoded packets as well (measured).
            HeaderProtocol::Ip | HeaderProtocol::Pkthdr => true,
            HeaderProtocol::Ipv4 => v4,
            HeaderProtocol::Ipv6 => !v4,
            HeaderProtocol::Tcp | HeaderProtocol::TcpPkt | HeaderProtocol::TcpStream => tcp,
            HeaderProtocol::Udp => context.packet.transport == Transport::Udp,
            HeaderProtocol::Icmp => icmp,
            HeaderProtocol::Icmpv4 => icmp && v4,
            HeaderProtocol::Icmpv6 => icmp && !v4,
            HeaderProtocol::Sctp => false,
            HeaderProtocol::App(app) => context.packet.app.is_some_and(|seen| app.covers(seen)),
        })
    }

    fn option(&self, option: &RuleOption, context: &Context<'_>) -> Met {
        let packet = context.packet;
        match option {
            RuleOption::Flow(flow) => flow_state(*flow, packet),
            RuleOption::Flowbits(bits) => flowbits(bits, context.bits),
            RuleOption::Xbits(bits, track) => xbits(bits, *track, context),
            // What was counted before is not known: other flows count too.
            RuleOption::Threshold(_) => {
                if self.counted {
                    Met::Unknown
                } else {
                    Met::Yes
                }
            }
            RuleOption::AppLayerProtocol { negated, protocol } => {
                app_layer(*negated, *protocol, packet.detection)
            }
            RuleOption::SslState { negated, states } => match tx(context, |tx| tx.state) {
                Some(state) => {
                    let met = (state != SslState::Unknown && states.contains(&state)) != *negated;
                    // Which packet that is was measured for rules that say a direction, and for the hello of the client.
                    let is_known = state == SslState::ClientHello || self.flow.direction.is_some();
                    if met && !is_known && (*negated || !self.buffers.is_empty()) {
                        Met::Unknown
                    } else {
                        yes(met)
                    }
                }
                None => Met::No,
            },
            RuleOption::TlsVersion { versions, negated } => match tx(context, |tx| tx.version) {
                Some(version) => yes(!negated && versions.iter().any(|v| is_version(v, version))),
                None => Met::No,
            },
            RuleOption::Urilen { length, raw } => {
                let name = if *raw { "http.uri.raw" } else { "http.uri" };
                let uri = context.transaction.and_then(|tx| tx.buffers.get(name));
                uri.map_or(Met::No, |uri| yes(length.holds(uri.len() as u64)))
            }
            RuleOption::Dsize(n) => {
                // What asks for some payload is not asked where none is looked at; `!9` asks for some (measured).
                let asks = !n.holds(0) || matches!(n, Number::IsNot(_));
                let visible = context.visible() != Payload::Sealed && !packet.payload.is_empty();
                yes((visible || !asks) && n.holds(packet.payload.len() as u64))
            }
            RuleOption::Ttl(n) => yes(n.holds(packet.ttl.into())),
            RuleOption::Itype(n) => icmp(packet, |itype, _| n.holds(itype.into())),
            RuleOption::Icode(n) => icmp(packet, |_, icode| n.holds(icode.into())),
            RuleOption::IpProto(n) => yes(n.holds(ip_proto(context))),
            RuleOption::Flags(flags) => match packet.transport {
                // `*SA` on a FIN: the engine is not asked there, why was not found out.
                Transport::Tcp(set)
                    if flags.compare == FlagCompare::Any
                        && flags.set & BEGIN_OR_END != 0
                        && flags.set & set & BEGIN_OR_END == 0
                        && tcp_flags(*flags, set) =>
                {
                    Met::Unknown
                }
                Transport::Tcp(set) => yes(tcp_flags(*flags, set)),
                _ => Met::No,
            },
            RuleOption::SameIp => yes(context.flow.src == context.flow.dst),
            RuleOption::NotModelled(_) => Met::Unknown,
        }
    }

    fn buffer(&self, buffer: &PreparedBuffer, context: &Context<'_>) -> Met {
        if buffer.name == "payload" {
            return self.payload(buffer, context);
        }
        if buffer.of_packet {
            return Met::Unknown;
        }
        let Some(tx) = context.transaction else {
            return Met::No;
        };
        if !buffer.modelled {
            return if may_be_said(buffer, tx, context) { Met::Unknown } else { Met::No };
        }
        let Some(bytes) = tx.buffers.get(buffer.name) else {
            return Met::No;
        };
        if matches!(buffer.name, "ja3.hash" | "ja4.hash") && buffer.transforms.is_empty() {
            return holds_in_template(&buffer.tests, bytes);
        }
        let whole = on(bytes, buffer);
        let late = !self.searches && tx.stale.contains(&buffer.name);
        let view = if late { buffer.late } else { buffer.early };
        if view == View::Transformed || buffer.transforms.is_empty() {
            return whole;
        }
        let bare = holds(&buffer.tests, bytes);
        match view {
            View::Transformed => whole,
            View::Bare => bare,
            View::Either if bare == whole => whole,
            View::Either => Met::Unknown,
        }
    }

    /// Whether the engine forgets that it matched in this transaction, and tries it again (measured).
    pub(super) fn repeats(&self, tx: &Transaction) -> bool {
        let about_app = |option: &RuleOption| {
            matches!(
                option,
                RuleOption::SslState { .. }
                    | RuleOption::TlsVersion { .. }
                    | RuleOption::Urilen { .. }
            )
        };
        let [buffer] = &self.buffers[..] else { return false };
        !self.searches
            && buffer.negates
            && tx.over.contains(&buffer.name)
            && !self.rule.options.iter().any(about_app)
    }

    /// Raw content is looked for in the stream up to this segment, or in the packet alone.
    fn payload(&self, buffer: &PreparedBuffer, context: &Context<'_>) -> Met {
        let packet = context.packet;
        // What is searched for in all rules at once is not found from the answer to encrypted data on (measured).
        let looked_into = match context.visible() {
            Payload::Open => true,
            Payload::Sealing => !self.searches,
            Payload::Sealed => false,
        };
        if packet.payload.is_empty() || !looked_into {
            return Met::No;
        }
        // The keys of QUIC hang on random connection ids: which bytes are sent is not known.
        if matches!(context.flow.talk, Talk::Quic(_)) {
            return Met::Unknown;
        }
        // `dsize:!9` also bounds where contents are looked for (measured); how was not found out.
        let bounds = |option: &RuleOption| matches!(option, RuleOption::Dsize(Number::IsNot(_)));
        if self.rule.options.iter().any(bounds) {
            return Met::Unknown;
        }
        if self.looks_at_stream(context) {
            on(&packet.stream, buffer)
        } else {
            on(&packet.payload, buffer)
        }
    }

    /// Whether raw content is looked for in the reassembled stream.
    ///
    /// Source: measured: not with `tcp-pkt`, `flow:no_stream`, `dsize` (such rules are of type `pkt`), and not over UDP.
    pub(super) fn looks_at_stream(&self, context: &Context<'_>) -> bool {
        matches!(context.packet.transport, Transport::Tcp(_))
            && context.packet.tracked
            && self.rule.kind != RuleType::Pkt
    }
}

/// Options that are conditions: what only changes bits is not one, and `flow:` is told as a whole.
fn is_condition(option: &RuleOption) -> bool {
    match option {
        RuleOption::Flow(_) => false,
        RuleOption::Flowbits(bits) | RuleOption::Xbits(bits, _) => bits.op.reads(),
        _ => true,
    }
}

const fn yes(met: bool) -> Met {
    if met { Met::Yes } else { Met::No }
}

fn on(bytes: &[u8], buffer: &PreparedBuffer) -> Met {
    transformed(bytes, &buffer.transforms)
        .map_or(Met::Unknown, |bytes| holds(&buffer.tests, &bytes))
}

/// Whether a buffer that is not modelled may get its content on this packet.
fn may_be_said(buffer: &PreparedBuffer, tx: &Transaction, context: &Context<'_>) -> bool {
    let side = match buffer.side {
        Some(Side::Client) => context.packet.to_server && (tx.again || !tx.fresh.is_empty()),
        Some(Side::Server) => !context.packet.to_server,
        None => true,
    };
    side && buffer
        .app
        .is_none_or(|app| app == tx.app.word() || (app == "tls" && tx.app.word() == "quic"))
}

fn tx<T>(context: &Context<'_>, what: impl Fn(&Transaction) -> Option<T>) -> Option<T> {
    context.transaction.and_then(what)
}

/// The packet's end that a header's side is compared with: its source, or with `other` its destination.
fn address(end: &End, context: &Context<'_>, other: bool) -> Met {
    let client = context.packet.to_server != other;
    let address = if client { context.flow.src } else { context.flow.dst };
    end.has(address)
}

fn port(end: &End, context: &Context<'_>, other: bool) -> Met {
    // Of what has no ports the engine looks at how the field is written (measured).
    if matches!(context.packet.transport, Transport::Icmp(..)) {
        return yes(end.any_port);
    }
    let Some(ports) = &end.ports else {
        return Met::Unknown;
    };
    let client = context.packet.to_server != other;
    yes(ports.contains(if client { context.flow.src_port } else { context.flow.dst_port }))
}

fn flow_state(flow: FlowOption, packet: &Packet) -> Met {
    let direction = match flow.direction {
        Some(FlowDirection::ToServer) => packet.to_server,
        Some(FlowDirection::ToClient) => !packet.to_server,
        None => true,
    };
    let state = match flow.state {
        Some(FlowState::Established) => packet.established,
        Some(FlowState::NotEstablished) => !packet.established,
        Some(FlowState::Stateless) | None => true,
    };
    yes(direction && state)
}

fn flowbits(bits: &BitOption, set: &BTreeSet<String>) -> Met {
    match bits.op {
        BitOp::IsSet => yes(bits.names.iter().any(|n| set.contains(n))),
        // Measured: one name that is not set is enough.
        BitOp::IsNotSet => yes(bits.names.iter().any(|n| !set.contains(n))),
        BitOp::Set | BitOp::Unset | BitOp::Toggle => Met::Yes,
    }
}

/// Bits of hosts may have been set by any other flow: only what this one set is known.
fn xbits(bits: &BitOption, track: Track, context: &Context<'_>) -> Met {
    let set = |name: &String| context.xbits.contains(&xbit(name, track, context));
    match bits.op {
        BitOp::Set | BitOp::Unset | BitOp::Toggle => Met::Yes,
        BitOp::IsSet if bits.names.iter().any(set) => Met::Yes,
        BitOp::IsNotSet if bits.names.iter().all(set) => Met::No,
        BitOp::IsSet | BitOp::IsNotSet => Met::Unknown,
    }
}

/// The name of a bit with the hosts it is kept for: source and destination are those of the packet (measured).
pub(super) fn xbit(name: &str, track: Track, context: &Context<'_>) -> String {
    let (client, server) = (context.flow.src, context.flow.dst);
    let (source, destination) =
        if context.packet.to_server { (client, server) } else { (server, client) };
    match track {
        Track::BySource => format!("{name} of {source}"),
        Track::ByDestination => format!("{name} of {destination}"),
        Track::ByBoth | Track::ByFlow => format!("{name} between {client} and {server}"),
        Track::ByRule => name.to_owned(),
    }
}

fn app_layer(negated: bool, wanted: AppLayer, seen: Detection) -> Met {
    let equal = match (seen, wanted) {
        (Detection::Pending, _) => return Met::No,
        (Detection::Found(seen), AppLayer::Proto(wanted)) => wanted.covers(seen),
        (Detection::Failed, AppLayer::Failed) => true,
        (Detection::Found(_), AppLayer::Failed) | (Detection::Failed, AppLayer::Proto(_)) => false,
    };
    yes(equal != negated)
}

/// `tls1.2`, `1.2` and the versions of old are words for one version each.
fn is_version(word: &str, version: TlsVersion) -> bool {
    let word = word.trim().trim_start_matches("tls");
    word == match version {
        TlsVersion::V1_0 => "1.0",
        TlsVersion::V1_1 => "1.1",
        TlsVersion::V1_2 => "1.2",
        TlsVersion::V1_3 => "1.3",
    }
}

fn icmp(packet: &Packet, holds: impl Fn(u8, u8) -> bool) -> Met {
    match packet.transport {
        Transport::Icmp(itype, icode) => yes(holds(itype, icode)),
        _ => Met::No,
    }
}

/// The IP protocol number (IANA).
fn ip_proto(context: &Context<'_>) -> u64 {
    match context.packet.transport {
        Transport::Tcp(_) => 6,
        Transport::Udp => 17,
        Transport::Icmp(..) if context.flow.src.is_ipv4() => 1,
        Transport::Icmp(..) => 58,
    }
}

/// FIN, SYN and RST; URG, ECE and CWR: a rule that names one is asked only on packets that carry one of the three (measured).
const BEGIN_OR_END: u8 = 1 | 2 | 4;
const UNUSUAL: u8 = 32 | 64 | 128;

/// Source: Suricata 7.0.10, `detect-tcp-flags.c`.
const fn tcp_flags(wanted: Flags, set: u8) -> bool {
    if wanted.set & BEGIN_OR_END != 0 && set & BEGIN_OR_END == 0
        || wanted.set & UNUSUAL != 0 && set & UNUSUAL == 0
    {
        return false;
    }
    let set = set & !wanted.ignored;
    match wanted.compare {
        FlagCompare::Exact => set == wanted.set,
        FlagCompare::All => set & wanted.set == wanted.set,
        FlagCompare::Any => set & wanted.set != 0,
        FlagCompare::Not => set & wanted.set != wanted.set,
    }
}
