//! Stateless rules that let more past the stateful ones than their author may think.
//!
//! Source: AWS Network Firewall best-practices guide (no stateless rules; symmetric forwarding); each one-way finding is
//! confirmed by asking the rules about the packets that it shows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::compile::Compiled;
use crate::diagnostic::{Diagnostic, Place};
use crate::eval::{Header, stateless_step};
use crate::messages::stateless as say;
use crate::net::{
    AddressClass, CLIENT_PORT, IpSet, PortSet, StatelessAction, StatelessRule, StatelessRules,
    classes, protocol_word,
};
use crate::policy::{Policy, Stateless};

/// Packets asked about for one policy at the most: findings are looked for with every edit.
const MOST: usize = 4_000;
/// Addresses tried for one end of one rule.
const ADDRESSES: usize = 12;

const SYN: u8 = 2;
const ACK: u8 = 16;
const TCP: u8 = 6;
const UDP: u8 = 17;
const ICMP: [u8; 2] = [1, 58];
/// The port that most is asked from.
const SERVER_PORT: u16 = 443;
/// Ports whose loss leaves little of a policy about names.
const WEB: [u16; 2] = [80, 443];

/// Addresses outside every private range (RFC 5737, RFC 3849).
const OUTSIDE: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::new(198, 51, 100, 77)),
    IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0xffff, 0, 0, 0, 0, 0x77)),
];

/// Broad passes, and passes one way only.
#[must_use]
pub fn stateless(policy: &Policy, compiled: &Compiled) -> Vec<Diagnostic> {
    if policy.stateless == Stateless::default() {
        return Vec::new();
    }
    let rules = &compiled.stateless.rules;
    let mut found = Vec::new();
    if rules.default_action == StatelessAction::Pass {
        let warning = Diagnostic::warning("stateless-broad-pass", None, say::default_passes());
        found.push(warning.help(say::BROAD_HELP));
    }
    let mut left = MOST;
    let addresses = addresses(policy, rules);
    for (number, rule) in rules.rules.iter().enumerate() {
        let row = compiled.stateless_origin(number).and_then(|o| policy.stateless_row(o.place));
        let Some(row) = row else { continue };
        let at: &Place = &row.name.place;
        if is_broad(policy, rule) {
            let message = say::passes_broadly(&row.name.value);
            let warning = Diagnostic::warning("stateless-broad-pass", at.clone(), message);
            found.push(warning.help(say::BROAD_HELP));
        }
        if let Some((from, to, protocol)) = one_way(rules, number, &addresses, &mut left) {
            let packets = (from.to_string(), to.to_string(), protocol_word(protocol));
            let passes = rule.action == StatelessAction::Pass;
            let message = say::one_way(&row.name.value, passes, &packets);
            let warning = Diagnostic::warning("stateless-one-way", at.clone(), message);
            found.push(warning.help(say::ONE_WAY_HELP));
        }
    }
    found
}

/// Whether a rule passes what goes between whole inside networks and anywhere, web included. A rule of thumb: a few
/// addresses, a port for a special purpose, and pings are nobody's surprise.
fn is_broad(policy: &Policy, rule: &StatelessRule) -> bool {
    let anywhere = |set: &Option<IpSet>| {
        set.as_ref().is_none_or(|set| set.covers(&IpSet::any_v4()) || set.covers(&IpSet::any_v6()))
    };
    let inside = |set: &Option<IpSet>| {
        let whole =
            |net: &ipnet::IpNet| set.as_ref().is_none_or(|set| set.covers(&IpSet::from(*net)));
        policy.home_net.iter().any(whole)
    };
    let (from, to) = (&rule.sources, &rule.destinations);
    let ends = anywhere(from) && inside(to) || inside(from) && anywhere(to);
    let web = |ports: &Option<PortSet>| {
        ports.as_ref().is_none_or(|ports| WEB.iter().any(|port| ports.contains(*port)))
    };
    let pings = !rule.protocols.is_empty() && rule.protocols.iter().all(|p| ICMP.contains(p));
    rule.action == StatelessAction::Pass
        && ends
        && !pings
        && web(&rule.source_ports)
        && web(&rule.destination_ports)
}

/// Addresses that stand for all those which the rules do not tell apart, those inside first.
fn addresses(policy: &Policy, rules: &StatelessRules) -> Vec<IpAddr> {
    let home: IpSet = policy.home_net.iter().copied().collect();
    let ends = rules.rules.iter().flat_map(|rule| [&rule.sources, &rule.destinations]);
    let sets: Vec<&IpSet> = ends.flatten().chain([&home]).collect();
    let classes = OUTSIDE.into_iter().flat_map(|like| classes(sets.iter().copied(), like));
    let mut all: Vec<IpAddr> = classes.map(|class| example(&class)).collect();
    all.sort_by_key(|address| !home.contains(*address));
    all
}

/// An address of the class that a machine could have: a public one, or not the first of a network, where there is one.
fn example(class: &AddressClass) -> IpAddr {
    let next = match class.representative {
        IpAddr::V4(a) => IpAddr::V4(a.to_bits().saturating_add(1).into()),
        IpAddr::V6(a) => IpAddr::V6(a.to_bits().saturating_add(1).into()),
    };
    let usual = OUTSIDE.into_iter().chain([next]);
    usual.into_iter().find(|a| class.set.contains(*a)).unwrap_or(class.representative)
}

/// A packet of this rule that is passed while its answer is forwarded, or forwarded while the default action passes its
/// answer: where it comes from, where it goes, its protocol.
fn one_way(
    rules: &StatelessRules,
    number: usize,
    addresses: &[IpAddr],
    left: &mut usize,
) -> Option<(IpAddr, IpAddr, u8)> {
    use StatelessAction::{Drop, Forward, Pass};
    let rule = &rules.rules[number];
    let wanted = match (rule.action, rules.default_action) {
        (Pass, _) => Forward,
        (Forward, Pass) => Pass,
        (Forward | Drop, _) => return None,
    };
    let within = |set: &Option<IpSet>, all: &mut dyn Iterator<Item = &IpAddr>| -> Vec<IpAddr> {
        let fits = |address: &&IpAddr| set.as_ref().is_none_or(|set| set.contains(**address));
        all.filter(fits).take(ADDRESSES).copied().collect()
    };
    // From the inside outwards first: that is what people know.
    let to = within(&rule.destinations, &mut addresses.iter().rev());
    for src in within(&rule.sources, &mut addresses.iter()) {
        for &dst in to.iter().filter(|dst| dst.is_ipv4() == src.is_ipv4() && **dst != src) {
            for packet in packets(rule, src, dst) {
                *left = left.checked_sub(1)?;
                if stateless_step(rules, &packet).by != Some(number) {
                    continue;
                }
                let answer = packet.answered(answer_flags(packet.flags.unwrap_or_default()));
                let step = stateless_step(rules, &answer);
                let by_default = wanted == Forward || step.by.is_none();
                if step.action == wanted && by_default {
                    return Some((src, dst, packet.protocol));
                }
            }
        }
    }
    None
}

/// Packets that the rule may match, one of each protocol and of each part of a connection.
fn packets(rule: &StatelessRule, src: IpAddr, dst: IpAddr) -> impl Iterator<Item = Header> {
    let icmp = if src.is_ipv4() { ICMP[0] } else { ICMP[1] };
    let protocols =
        if rule.protocols.is_empty() { vec![TCP, UDP, icmp] } else { rule.protocols.clone() };
    let first = |ports: &Option<PortSet>, usual: u16| match ports {
        Some(ports) if !ports.contains(usual) => ports.ranges().first().map_or(usual, |r| r.0),
        Some(_) | None => usual,
    };
    // A rule about source ports is about what servers send.
    let usual = match rule.source_ports.is_some() && rule.destination_ports.is_none() {
        true => (SERVER_PORT, CLIENT_PORT),
        false => (CLIENT_PORT, SERVER_PORT),
    };
    let ports = (first(&rule.source_ports, usual.0), first(&rule.destination_ports, usual.1));
    protocols.into_iter().flat_map(move |protocol| {
        let header = Header { src, dst, protocol, ports: None, flags: None };
        match protocol {
            TCP => [SYN, SYN | ACK, ACK]
                .map(|flags| Header { ports: Some(ports), flags: Some(flags), ..header })
                .to_vec(),
            UDP => vec![Header { ports: Some(ports), ..header }],
            _ => vec![header],
        }
    })
}

/// The flags of the packet that answers one with these flags.
const fn answer_flags(flags: u8) -> u8 {
    if flags == SYN { SYN | ACK } else { ACK }
}
