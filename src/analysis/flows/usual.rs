//! What usual clients differ in, and what they do not.

use crate::suricata::{
    BufferMatch, ContentTest, NotModelledKind, Number, Rule, RuleOption, SslState,
};

/// The keyword with which a rule asks for something that usual clients do not differ in, and others do: then what is
/// said about usual clients says nothing about those.
pub(in crate::analysis) fn asks_more(rule: &Rule) -> Option<&'static str> {
    rule.options.iter().find_map(option).or_else(|| rule.buffers.iter().find_map(buffer))
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
