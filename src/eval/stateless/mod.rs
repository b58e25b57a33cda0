//! What is done with single packets before the engine sees them.
//!
//! Source: AWS Network Firewall developer guide, stateless rule groups: groups and rules in them by ascending priority, the
//! first that matches a packet decides; every packet is asked about for itself, in either direction.

use std::net::IpAddr;

use crate::net::{
    FlagTest, Flow, StatelessAction, StatelessRule, StatelessRules, Transport, WirePacket,
};

const TCP: u8 = 6;
const UDP: u8 = 17;

/// What a stateless rule can see of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Where it comes from.
    pub src: IpAddr,
    /// Where it goes.
    pub dst: IpAddr,
    /// Its protocol by number.
    pub protocol: u8,
    /// Source and destination port (TCP, UDP).
    pub ports: Option<(u16, u16)>,
    /// Its flags (TCP).
    pub flags: Option<u8>,
}

/// What was done with a packet before the engine, and who said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatelessStep {
    /// What was done.
    pub action: StatelessAction,
    /// Index into `StatelessRules::rules` of the rule that said so; `None`: the default action.
    pub by: Option<usize>,
}

impl Header {
    /// The header of a packet of `flow`.
    #[must_use]
    pub const fn of(flow: &Flow, packet: &WirePacket) -> Self {
        let (client, server) = ((flow.src, flow.src_port), (flow.dst, flow.dst_port));
        let (from, to) = if packet.to_server { (client, server) } else { (server, client) };
        let ports = Some((from.1, to.1));
        let (protocol, ports, flags) = match packet.transport {
            Transport::Tcp(flags) => (TCP, ports, Some(flags)),
            Transport::Udp => (UDP, ports, None),
            Transport::Icmp(..) if flow.src.is_ipv4() => (1, None, None),
            Transport::Icmp(..) => (58, None, None),
        };
        Self { src: from.0, dst: to.0, protocol, ports, flags }
    }

    /// The header of a packet that answers this one; `flags` are those of the answer.
    #[must_use]
    pub fn answered(&self, flags: u8) -> Self {
        Self {
            src: self.dst,
            dst: self.src,
            protocol: self.protocol,
            ports: self.ports.map(|(from, to)| (to, from)),
            flags: self.flags.map(|_| flags),
        }
    }
}

/// What the rules do with a packet: the first that matches says it, or else the default action.
#[must_use]
pub fn stateless_step(rules: &StatelessRules, packet: &Header) -> StatelessStep {
    match rules.rules.iter().position(|rule| matches(rule, packet)) {
        Some(by) => StatelessStep { action: rules.rules[by].action, by: Some(by) },
        None => StatelessStep { action: rules.default_action, by: None },
    }
}

/// Whether the rules do the same with the packet whichever usual client sends it: PSH is set on each segment or on the last
/// only, an acknowledgement comes alone or on data (RFC 9293), and some ask for ECN in the handshake (RFC 3168).
#[must_use]
pub fn is_certain(rules: &StatelessRules, packet: &Header) -> bool {
    const SYN: u8 = 2;
    const PSH: u8 = 8;
    const ACK: u8 = 16;
    const ECE: u8 = 64;
    const CWR: u8 = 128;
    let Some(flags) = packet.flags else { return true };
    let other = match (flags & SYN != 0, flags & ACK != 0) {
        (true, false) => flags | ECE | CWR,
        (true, true) => flags | ECE,
        (false, _) => flags ^ PSH,
    };
    let sent = |flags| stateless_step(rules, &Header { flags: Some(flags), ..*packet }).action;
    sent(flags) == sent(other)
}

/// Whether a rule matches a packet: of each list one entry must, and an empty list asks nothing.
fn matches(rule: &StatelessRule, packet: &Header) -> bool {
    let from = rule.sources.as_ref().is_none_or(|set| set.contains(packet.src));
    let to = rule.destinations.as_ref().is_none_or(|set| set.contains(packet.dst));
    let protocol = rule.protocols.is_empty() || rule.protocols.contains(&packet.protocol);
    from && to && protocol && ports_fit(rule, packet) && flags_fit(rule, packet)
}

/// Ports are asked of TCP and UDP only.
fn ports_fit(rule: &StatelessRule, packet: &Header) -> bool {
    let Some((from, to)) = packet.ports else { return true };
    rule.source_ports.as_ref().is_none_or(|ports| ports.contains(from))
        && rule.destination_ports.as_ref().is_none_or(|ports| ports.contains(to))
}

/// Flags are asked of TCP only.
fn flags_fit(rule: &StatelessRule, packet: &Header) -> bool {
    let Some(set) = packet.flags else { return true };
    let fits = |FlagTest { flags, masks }: &FlagTest| set & masks == *flags;
    rule.tcp_flags.is_empty() || rule.tcp_flags.iter().any(fits)
}
#[cfg(test)]
mod tests;
