use super::{
    BitOp, ContentTest, HeaderProtocol, KeywordKind, NotModelledKind, Rule, RuleOption, RuleType,
    StreamOption, Variables, addresses,
};

/// Conditions not evaluated with which the engine looks at packets, never at the stream.
///
/// Source: measured on 7.0.10: raw content beside them makes a rule `pkt`.
const PACKET_ONLY: [&str; 14] = [
    "flow.age",
    "fragbits",
    "fragoffset",
    "icmp_id",
    "icmpv6.mtu",
    "id",
    "ipopts",
    "rpc",
    "tcp.ack",
    "tcp.mss",
    "tcp.seq",
    "tcp.window",
    "template2",
    "tos",
];

/// Whether a condition leaves only packets to look at.
pub(super) fn is_packet_only(option: &RuleOption) -> bool {
    match option {
        RuleOption::Flow(flow) => flow.stream == Some(StreamOption::No),
        RuleOption::Dsize(_)
        | RuleOption::Ttl(_)
        | RuleOption::Itype(_)
        | RuleOption::Icode(_)
        | RuleOption::Flags(_)
        | RuleOption::IpProto(_)
        | RuleOption::SameIp => true,
        RuleOption::NotModelled(other) => PACKET_ONLY.contains(&other.keyword),
        _ => false,
    }
}

/// What the conditions of a rule are, as far as its type depends on them.
#[derive(Default)]
struct Parts {
    /// A packet condition, other than `app-layer-protocol` and decoder events.
    packet: bool,
    /// Such a condition with which a rule may still be `ip_only`, and which `pd_only` does not mind.
    ip_only: bool,
    /// `app-layer-protocol`.
    app_layer_protocol: bool,
    /// A condition on what an application protocol said.
    app: bool,
    /// Something done after a match: the rule is not `ip_only`, but nothing is asked.
    after: bool,
    /// The same, and the rule belongs to a protocol.
    app_after: bool,
    /// A sticky buffer over headers of a packet.
    packet_buffer: bool,
    /// Decoder events.
    decoder: bool,
    /// Content or an expression without a buffer.
    payload: bool,
    /// A condition that leaves only packets to look at.
    packet_only: bool,
    /// `stream_size`, which looks at packets beside the stream.
    stream_size: bool,
}

/// The type that the engine gives `rule` with these variables.
///
/// Source: Suricata 7.0.10, `detect-engine-build.c` `SignatureSetType`; measured on every rule of the recordings.
pub(super) fn classify(rule: &Rule, variables: &Variables) -> RuleType {
    let parts = parts(rule);
    let header_app = rule.header.protocol.app().is_some();
    let asks = parts.packet || parts.packet_buffer || parts.payload || parts.app;
    if parts.packet_buffer {
        return RuleType::Pkt;
    }
    if parts.app {
        return RuleType::AppTx;
    }
    let app_proto = header_app || parts.app_after;
    if parts.decoder && !asks && !app_proto && !parts.app_layer_protocol {
        return RuleType::DeOnly;
    }
    if parts.app_layer_protocol && !asks && !app_proto && !parts.decoder {
        return RuleType::PdOnly;
    }
    if parts.payload {
        return payload_type(rule, &parts);
    }
    let condition = parts.packet || parts.app_layer_protocol || parts.decoder;
    if app_proto {
        let packet = condition || parts.ip_only;
        return if packet { RuleType::Pkt } else { RuleType::AppLayer };
    }
    if condition || parts.after || rule.flow().direction.is_some() {
        return RuleType::Pkt;
    }
    let negated = |text: &str| addresses(text, variables).map_or(text.contains('!'), |a| a.negated);
    if negated(&rule.header.source) || negated(&rule.header.destination) {
        RuleType::LikeIpOnly
    } else {
        RuleType::IpOnly
    }
}

fn parts(rule: &Rule) -> Parts {
    let mut parts = Parts::default();
    for option in &rule.options {
        parts.packet_only |= is_packet_only(option);
        parts.add(option, rule);
    }
    for buffer in &rule.buffers {
        let kind = buffer.buffer.keyword().kind;
        match buffer.buffer.name() {
            _ if kind == KeywordKind::PacketBuffer => parts.packet_buffer = true,
            "payload" | "base64_data" => parts.payload = true,
            _ => parts.app = true,
        }
    }
    parts
}

impl Parts {
    fn add(&mut self, option: &RuleOption, rule: &Rule) {
        match option {
            // A direction alone is no condition for the engine but a property of the rule.
            RuleOption::Flow(flow) => self.packet |= flow.state.is_some() || flow.stream.is_some(),
            RuleOption::Flowbits(bits) => match bits.op {
                BitOp::Set => {}
                BitOp::Unset | BitOp::Toggle => self.after = true,
                BitOp::IsSet | BitOp::IsNotSet => self.packet = true,
            },
            // What is only done after a match is kept apart by the engine.
            RuleOption::Threshold(_) | RuleOption::IpProto(_) => {}
            RuleOption::Xbits(bits, _) => self.ip_only |= bits.op.reads(),
            RuleOption::AppLayerProtocol { .. } => self.app_layer_protocol = true,
            RuleOption::SslState { .. }
            | RuleOption::TlsVersion { .. }
            | RuleOption::Urilen { .. } => self.app = true,
            RuleOption::Dsize(_)
            | RuleOption::Ttl(_)
            | RuleOption::Itype(_)
            | RuleOption::Icode(_)
            | RuleOption::Flags(_)
            | RuleOption::SameIp => self.packet = true,
            RuleOption::NotModelled(other) => self.add_carried(other, rule),
        }
    }

    fn add_carried(&mut self, other: &super::NotModelled, rule: &Rule) {
        let asks = other.value.starts_with("isset") || other.value.starts_with("isnotset");
        match (other.keyword, other.kind) {
            ("l3_proto", _) => {}
            ("hostbits", _) => self.ip_only |= asks,
            ("stream_size", _) => {
                self.packet = true;
                self.stream_size = true;
            }
            // What a script asks of stands in the script; with a protocol it is what that said (measured).
            ("lua", _) if rule.buffers.iter().any(|b| b.buffer.is_payload()) => self.packet = true,
            ("lua", _) if rule.header.protocol.app().is_some() => self.app = true,
            ("tls_store" | "config", NotModelledKind::After) => self.app_after = true,
            (_, NotModelledKind::Packet) => self.packet = true,
            (_, NotModelledKind::IpOnly) => self.ip_only = other.keyword != "flowbits",
            (_, NotModelledKind::App) => self.app = true,
            (_, NotModelledKind::Payload) => self.payload = true,
            (_, NotModelledKind::Decoder) => self.decoder = true,
            (_, NotModelledKind::After) => self.after = true,
        }
    }
}

/// Raw content needs the stream; a place in it needs the packet too; some conditions leave only the packet.
fn payload_type(rule: &Rule, parts: &Parts) -> RuleType {
    let protocol = rule.header.protocol;
    let stream_only =
        protocol == HeaderProtocol::TcpStream || rule.flow().stream == Some(StreamOption::Only);
    if stream_only {
        return RuleType::Stream;
    }
    if protocol == HeaderProtocol::TcpPkt || parts.packet_only {
        return RuleType::Pkt;
    }
    let placed = rule.buffers.iter().filter(|b| b.buffer.is_payload()).any(|b| {
        b.tests.iter().any(|test| match test {
            ContentTest::Content(c) => c.offset.is_some() || c.depth.is_some() || c.startswith,
            _ => false,
        })
    });
    let no_tcp = protocol.app().is_some_and(|app| app.is_udp_only())
        || matches!(
            protocol,
            HeaderProtocol::Udp
                | HeaderProtocol::Icmp
                | HeaderProtocol::Icmpv4
                | HeaderProtocol::Icmpv6
                | HeaderProtocol::Sctp
        );
    if placed || no_tcp || parts.stream_size { RuleType::PktStream } else { RuleType::Stream }
}
