use std::collections::BTreeMap;

use super::{
    BitOp, HeaderProtocol, KeywordKind, NotModelledKind, Rule, RuleOption, RuleType, StreamOption,
    addresses,
};

/// What the conditions of a rule are, as far as its type depends on them.
struct Parts {
    /// Something the engine keeps among the packet conditions, other than `app-layer-protocol`.
    packet: bool,
    /// Such a condition with which a rule may still be `ip_only`.
    ip_only: bool,
    /// `app-layer-protocol`.
    app_layer_protocol: bool,
    /// A condition on what an application protocol said.
    app: bool,
    /// A sticky buffer over headers of a packet.
    packet_buffer: bool,
    /// Decoder events.
    decoder: bool,
    /// Content or an expression without a buffer.
    payload: bool,
}

/// The type that the engine gives `rule` with these variables.
///
/// Source: Suricata 7.0.10, `detect-engine-build.c` `SignatureSetType`; measured on every rule of the recordings.
pub(super) fn classify(rule: &Rule, variables: &BTreeMap<String, String>) -> RuleType {
    let parts = parts(rule);
    let app_proto = rule.header.protocol.app().is_some();
    let asks_nothing_of_packets = !parts.packet && !parts.payload && !parts.app;
    if parts.packet_buffer {
        return RuleType::Pkt;
    }
    if parts.app {
        return RuleType::AppTx;
    }
    if parts.decoder && asks_nothing_of_packets {
        return RuleType::DeOnly;
    }
    if parts.app_layer_protocol && asks_nothing_of_packets && !parts.ip_only && !app_proto {
        return RuleType::PdOnly;
    }
    if parts.payload {
        return payload_type(rule);
    }
    let directed = rule.flow().direction.is_some();
    if app_proto {
        let packet = parts.packet || parts.app_layer_protocol || reads_xbits(rule);
        return if packet { RuleType::Pkt } else { RuleType::AppLayer };
    }
    if parts.packet || parts.app_layer_protocol || directed {
        return RuleType::Pkt;
    }
    let negated = |text: &str| addresses(text, variables).is_ok_and(|a| a.negated);
    if negated(&rule.header.source) || negated(&rule.header.destination) {
        RuleType::LikeIpOnly
    } else {
        RuleType::IpOnly
    }
}

fn parts(rule: &Rule) -> Parts {
    let mut parts = Parts {
        packet: false,
        ip_only: false,
        app_layer_protocol: false,
        app: false,
        packet_buffer: false,
        decoder: false,
        payload: false,
    };
    for option in &rule.options {
        match option {
            // A direction alone is no condition for the engine but a property of the rule.
            RuleOption::Flow(flow) => parts.packet |= flow.state.is_some() || flow.stream.is_some(),
            RuleOption::Flowbits(bits) if bits.op != BitOp::Set => parts.packet = true,
            // What is only done after a match is kept apart by the engine.
            RuleOption::Flowbits(_) | RuleOption::Threshold(_) => {}
            RuleOption::Xbits(..) | RuleOption::IpProto(_) => parts.ip_only = true,
            RuleOption::AppLayerProtocol { .. } => parts.app_layer_protocol = true,
            RuleOption::SslState { .. }
            | RuleOption::TlsVersion { .. }
            | RuleOption::Urilen { .. } => parts.app = true,
            RuleOption::Dsize(_)
            | RuleOption::Ttl(_)
            | RuleOption::Itype(_)
            | RuleOption::Icode(_)
            | RuleOption::Flags(_)
            | RuleOption::SameIp => parts.packet = true,
            RuleOption::NotModelled(other) => match other.kind {
                NotModelledKind::Packet => parts.packet = true,
                NotModelledKind::IpOnly => parts.ip_only = true,
                NotModelledKind::App => parts.app = true,
                NotModelledKind::Payload => parts.payload = true,
                NotModelledKind::Decoder => parts.decoder = true,
            },
        }
    }
    for buffer in &rule.buffers {
        if buffer.buffer.is_payload() {
            parts.payload = true;
        } else if buffer.buffer.keyword().kind == KeywordKind::PacketBuffer {
            parts.packet_buffer = true;
        } else {
            parts.app = true;
        }
    }
    parts
}

fn reads_xbits(rule: &Rule) -> bool {
    rule.options.iter().any(|o| matches!(o, RuleOption::Xbits(bits, _) if bits.op.reads()))
}

/// Raw content needs the stream; a place in it needs the packet too; some conditions leave only the packet.
fn payload_type(rule: &Rule) -> RuleType {
    let only_packet = rule.header.protocol == HeaderProtocol::TcpPkt
        || rule.flow().stream == Some(StreamOption::No)
        || rule.options.iter().any(|o| matches!(o, RuleOption::Dsize(_) | RuleOption::Flags(_)));
    if only_packet {
        return RuleType::Pkt;
    }
    let placed = rule.buffers.iter().filter(|b| b.buffer.is_payload()).any(|b| {
        b.tests.iter().any(|test| match test {
            super::ContentTest::Content(c) => {
                c.offset.is_some() || c.depth.is_some() || c.startswith
            }
            _ => false,
        })
    });
    let udp = matches!(
        rule.header.protocol,
        HeaderProtocol::Udp
            | HeaderProtocol::Icmp
            | HeaderProtocol::Icmpv4
            | HeaderProtocol::Icmpv6
    );
    match rule.header.protocol {
        HeaderProtocol::TcpStream => RuleType::Stream,
        _ if placed || udp => RuleType::PktStream,
        _ => RuleType::Stream,
    }
}
