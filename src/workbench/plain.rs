use crate::messages::Text;
use crate::messages::plain::{self as say, Lies};
use crate::messages::risk::{NameRisk, Risk};
use crate::net::{Action, TCP_FLAGS};
use crate::suricata::{
    AppProto, BitOption, BufferMatch, Content, ContentTest, Direction, FlagCompare, Flags,
    FlowDirection, FlowOption, Header, HeaderProtocol, Logging, Number, Rule, RuleOption, RuleType,
    SslState, Threshold, ThresholdKind, Track, Transform, quoted,
};

/// A rule of the engine in plain words. When it is asked and what its action does stand in `messages::rule`.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainRule {
    /// Whom it is about.
    pub about: Text,
    /// What it asks, one condition each, in the order written.
    pub asks: Vec<Text>,
    /// What is risky about it.
    pub risks: Vec<Risk>,
}

/// Says a rule in plain words.
#[must_use]
pub fn plain_rule(rule: &Rule) -> PlainRule {
    let mut asks: Vec<Text> =
        rule.options.iter().flat_map(|asked| option(asked, rule.action)).collect();
    for buffer in &rule.buffers {
        asks.extend(of_buffer(buffer));
    }
    if rule.action == Action::Alert && rule.logging == Logging::Never {
        asks.push(say::NO_LOG.into());
    }
    PlainRule { about: about(&rule.header), asks, risks: risks(rule) }
}

fn about(header: &Header) -> Text {
    let from = (header.source.as_str(), header.source_ports.as_str());
    let to = (header.destination.as_str(), header.destination_ports.as_str());
    let protocol = say::protocol(header.protocol.word());
    say::header(&protocol, from, to, header.direction == Direction::Both)
}

fn option(option: &RuleOption, action: Action) -> Vec<Text> {
    let one = match option {
        RuleOption::Flow(flow) => return of_flow(flow),
        RuleOption::Flowbits(bit) => of_bit(bit, Track::ByFlow),
        RuleOption::Xbits(bit, track) => of_bit(bit, *track),
        RuleOption::Threshold(threshold) => of_threshold(threshold, action),
        RuleOption::AppLayerProtocol { negated, protocol } => {
            say::app_layer(protocol.word(), *negated)
        }
        RuleOption::SslState { negated, states } => {
            let states: Vec<&str> = states.iter().map(|state| SslState::word(*state)).collect();
            say::ssl_state(&states, *negated)
        }
        RuleOption::TlsVersion { versions, negated } => say::tls_version(versions, *negated),
        RuleOption::Dsize(number) => say::field("dsize", &of_number(*number)),
        RuleOption::Ttl(number) => say::field("ttl", &of_number(*number)),
        RuleOption::Itype(number) => say::field("itype", &of_number(*number)),
        RuleOption::Icode(number) => say::field("icode", &of_number(*number)),
        RuleOption::IpProto(number) => say::field("ip_proto", &of_number(*number)),
        RuleOption::Urilen { length, raw } => {
            say::field(if *raw { "urilen-raw" } else { "urilen" }, &of_number(*length))
        }
        RuleOption::Flags(flags) => of_flags(*flags),
        RuleOption::SameIp => say::SAME_IP.into(),
        RuleOption::NotModelled(other) => say::not_modelled(other.keyword),
    };
    vec![one]
}

fn of_flow(flow: &FlowOption) -> Vec<Text> {
    flow.words().into_iter().map(|word| say::flow(word).into()).collect()
}

fn of_bit(bit: &BitOption, track: Track) -> Text {
    say::bit(bit.op.word(), &bit.names.join(" / "), track.word())
}

fn of_threshold(threshold: &Threshold, action: Action) -> Text {
    let kind = match threshold.kind {
        ThresholdKind::Limit => "limit",
        ThresholdKind::Threshold => "threshold",
        ThresholdKind::Both => "both",
        ThresholdKind::DetectionFilter => "detection-filter",
    };
    let times = (threshold.count, threshold.seconds);
    say::threshold(kind, threshold.track.word(), times, action == Action::Pass)
}

fn of_number(number: Number) -> Text {
    match number {
        Number::Is(n) => say::number("is", n, n),
        Number::IsNot(n) => say::number("is-not", n, n),
        Number::Below(n) => say::number("below", n, n),
        Number::Above(n) => say::number("above", n, n),
        Number::Between(low, high) => say::number("between", low, high),
    }
}

fn of_flags(flags: Flags) -> Text {
    let set = TCP_FLAGS.iter().filter(|(_, bit)| flags.set & bit != 0);
    let names: Vec<&str> = set.map(|(name, _)| *name).collect();
    let compare = match flags.compare {
        FlagCompare::Exact => "exact",
        FlagCompare::All => "all",
        FlagCompare::Any => "any",
        FlagCompare::Not => "not",
    };
    say::flags(compare, &names.join(", "))
}

/// What is asked of a buffer: how it is changed first, then each test.
fn of_buffer(of: &BufferMatch) -> Vec<Text> {
    let buffer = say::buffer(of.buffer.name());
    let named = is_dotted_name(of);
    let mut asks = Vec::new();
    if !of.buffer.keyword().evaluated {
        asks.push(say::not_modelled(of.buffer.name()));
    }
    for transform in &of.transforms {
        if *transform != Transform::Dotprefix || !named {
            asks.push(with(&buffer, &say::transform(transform.word())));
        }
    }
    for test in &of.tests {
        match test {
            ContentTest::Content(content) => asks.push(of_content(&buffer, content, named)),
            ContentTest::Pcre(pcre) => {
                asks.push(say::pcre(&buffer, &pcre.pattern, pcre.negated));
            }
            ContentTest::IsDataAt { negated, at, .. } => {
                asks.push(say::data_at(&buffer, *at, *negated));
            }
            ContentTest::Bsize(number) => asks.push(say::bytes_of(&buffer, &of_number(*number))),
            ContentTest::NotModelled(other) => asks.push(say::not_modelled(other.keyword)),
        }
    }
    if of.tests.is_empty() && of.buffer.keyword().evaluated {
        asks.push(say::is_there(&buffer));
    }
    asks
}

fn with(buffer: &Text, what: &Text) -> Text {
    Text::made(|lang| format!("{}: {}", buffer.say(lang), what.say(lang)))
}

/// Whether a name and everything below it is asked for: `dotprefix`, and contents that begin with a dot.
fn is_dotted_name(of: &BufferMatch) -> bool {
    of.transforms.contains(&Transform::Dotprefix)
        && of.tests.iter().all(|test| match test {
            ContentTest::Content(content) => {
                content.endswith && content.bytes.len() > 1 && content.bytes.starts_with(b".")
            }
            ContentTest::Pcre(_)
            | ContentTest::IsDataAt { .. }
            | ContentTest::Bsize(_)
            | ContentTest::NotModelled(_) => false,
        })
}

fn of_content(buffer: &Text, content: &Content, named: bool) -> Text {
    let lies = match (content.startswith, content.endswith) {
        (true, true) => Lies::Exactly,
        (_, true) if named => Lies::NameAndBelow,
        (_, true) => Lies::AtEnd,
        (true, false) => Lies::AtStart,
        (false, false) => Lies::Somewhere,
    };
    // The dot that `dotprefix` puts before the name is no part of it.
    let bytes = if named { &content.bytes[1..] } else { &content.bytes[..] };
    let mut ask = say::content(buffer, &quoted(bytes, b"|"), lies, content.negated, content.nocase);
    if content.offset.is_some() || content.depth.is_some() {
        ask = say::lying(&ask, &say::window(content.offset, content.depth));
    }
    if content.distance.is_some() || content.within.is_some() {
        ask = say::lying(&ask, &say::behind(content.distance, content.within));
    }
    ask
}

/// What is risky about a rule, as far as the rule alone tells.
fn risks(rule: &Rule) -> Vec<Risk> {
    let mut risks = Vec::new();
    at_first_packet(rule, &mut risks);
    of_names(rule, &mut risks);
    of_actions(rule, &mut risks);
    if cannot_tell(rule) {
        risks.push(Risk::CannotTell);
    }
    risks.sort_unstable();
    risks.dedup();
    risks
}

fn is_tcp(rule: &Rule) -> bool {
    match rule.header.protocol {
        HeaderProtocol::Tcp
        | HeaderProtocol::Ip
        | HeaderProtocol::Ipv4
        | HeaderProtocol::Ipv6
        | HeaderProtocol::TcpPkt
        | HeaderProtocol::TcpStream => true,
        HeaderProtocol::Udp
        | HeaderProtocol::Icmp
        | HeaderProtocol::Icmpv4
        | HeaderProtocol::Icmpv6
        | HeaderProtocol::Sctp
        | HeaderProtocol::Pkthdr
        | HeaderProtocol::App(_) => false,
    }
}

/// Rules about addresses and ports, and those about a protocol that wait for nothing more.
fn at_first_packet(rule: &Rule, risks: &mut Vec<Risk>) {
    let whole = matches!(rule.kind, RuleType::IpOnly | RuleType::LikeIpOnly);
    let blocks = rule.action.blocks();
    // A protocol by its number is no TCP.
    let numbered = rule.options.iter().any(|option| matches!(option, RuleOption::IpProto(_)));
    if whole && is_tcp(rule) && !numbered {
        match rule.action {
            Action::Pass => risks.push(Risk::PassAtSyn),
            Action::Drop | Action::Reject => risks.push(Risk::DropAtSyn),
            Action::Alert => {}
        }
    }
    one_way(rule, risks);
    let late =
        |option: &RuleOption| matches!(option, RuleOption::AppLayerProtocol { negated: true, .. });
    if blocks && rule.options.iter().any(late) {
        risks.push(Risk::LateProtocol);
    }
    let app = matches!(rule.header.protocol, HeaderProtocol::App(AppProto::TLS | AppProto::HTTP));
    if app && blocks && matches!(rule.kind, RuleType::AppLayer | RuleType::Pkt) {
        risks.push(Risk::SplitHello);
    }
}

/// The arrow is about packets: what of the other direction?
fn one_way(rule: &Rule, risks: &mut Vec<Risk>) {
    let Header { source, destination_ports: ports, direction, .. } = &rule.header;
    if *direction == Direction::Both {
        return;
    }
    let anybody = source == "any";
    let packets = matches!(rule.kind, RuleType::Pkt | RuleType::LikeIpOnly);
    let by_packet = rule.kind == RuleType::Pkt && rule.action == Action::Pass;
    match rule.flow().direction {
        None if packets && rule.action.blocks() && anybody => {
            if ports == "any" || ports.starts_with('!') {
                risks.push(Risk::AnswersToo);
            }
        }
        None if by_packet && !anybody => risks.push(Risk::AnswersMeetDefault),
        Some(FlowDirection::ToServer) if by_packet => risks.push(Risk::AnswersMeetDefault),
        Some(FlowDirection::ToClient) if !anybody => risks.push(Risk::ServerIsSource),
        None | Some(FlowDirection::ToServer | FlowDirection::ToClient) => {}
    }
}

fn of_names(rule: &Rule, risks: &mut Vec<Risk>) {
    for of in &rule.buffers {
        let (sni, host) = (of.buffer.name() == "tls.sni", of.buffer.name() == "http.host");
        if !sni && !host && of.buffer.name() != "dns.query" && of.buffer.name() != "quic.sni" {
            continue;
        }
        // What is asked for by name only; a fingerprint or a state is there without one.
        if sni {
            let must_not = |test: &ContentTest| match test {
                ContentTest::Content(content) => content.negated,
                ContentTest::Pcre(pcre) => pcre.negated,
                ContentTest::IsDataAt { .. }
                | ContentTest::Bsize(_)
                | ContentTest::NotModelled(_) => false,
            };
            let negated = of.tests.iter().any(must_not);
            risks.push(if negated {
                Risk::Name(NameRisk::NotSentEither)
            } else {
                Risk::Name(NameRisk::NotSent)
            });
        }
        if sni && rule.action.blocks() {
            risks.push(Risk::Quic);
        }
        if host && rule.action == Action::Pass {
            risks.push(Risk::LaterRequests);
        }
        let lowered = of.transforms.contains(&Transform::ToLowercase);
        for test in &of.tests {
            if let ContentTest::Content(content) = test {
                of_name(of, content, lowered, host, risks);
            }
        }
    }
}

fn of_name(of: &BufferMatch, content: &Content, lowered: bool, host: bool, risks: &mut Vec<Risk>) {
    let letters = content.bytes.iter().any(u8::is_ascii_alphabetic);
    if letters && !content.nocase && !lowered {
        risks.push(if host {
            Risk::Name(NameRisk::HostWithPort)
        } else {
            Risk::Name(NameRisk::CaseOfName)
        });
    }
    // What must not be there lets through more where it is too narrow, not less.
    if content.negated {
        return;
    }
    let dot = content.bytes.starts_with(b".");
    let dotted = of.transforms.contains(&Transform::Dotprefix);
    match (content.startswith, content.endswith) {
        (true, true) => {}
        (_, true) if dotted && !dot => risks.push(Risk::Name(NameRisk::DotMissing)),
        (_, true) if !dot && content.distance.is_none() => {
            risks.push(Risk::Name(NameRisk::Lookalikes))
        }
        (_, true) => {}
        (true, false) => risks.push(Risk::Name(NameRisk::GoesOn)),
        (false, false) if content.depth.is_some() => risks.push(Risk::Name(NameRisk::GoesOn)),
        (false, false) => risks.push(Risk::Name(NameRisk::Anywhere)),
    }
}

fn of_actions(rule: &Rule, risks: &mut Vec<Risk>) {
    match (rule.action, rule.logging) {
        (Action::Pass, Logging::ByAction | Logging::Never) => risks.push(Risk::PassSilent),
        (Action::Drop | Action::Reject, Logging::Never) => risks.push(Risk::DropSilent),
        (Action::Pass, Logging::Always)
        | (Action::Drop | Action::Reject, Logging::ByAction | Logging::Always)
        | (Action::Alert, _) => {}
    }
    let tcp =
        is_tcp(rule) || matches!(rule.header.protocol, HeaderProtocol::App(app) if !udp_only(app));
    if rule.action == Action::Reject && !tcp {
        risks.push(Risk::RejectNotTcp);
    }
    let counts = rule.options.iter().any(|option| matches!(option, RuleOption::Threshold(_)));
    if rule.action == Action::Pass && counts {
        risks.push(Risk::PassCounts);
    }
}

fn udp_only(app: AppProto) -> bool {
    app == AppProto::DNS || app == AppProto::QUIC || app == AppProto::NTP
}

fn cannot_tell(rule: &Rule) -> bool {
    let option = |option: &RuleOption| matches!(option, RuleOption::NotModelled(_));
    let buffer = |of: &BufferMatch| {
        !of.buffer.keyword().evaluated
            || of.transforms.iter().any(|t| matches!(t, Transform::NotModelled(_)))
            || of.tests.iter().any(|t| matches!(t, ContentTest::NotModelled(_)))
    };
    rule.options.iter().any(option) || rule.buffers.iter().any(buffer)
}
