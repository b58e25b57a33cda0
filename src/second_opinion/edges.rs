use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;

use crate::net::{IpSet, PortSet};
use crate::suricata::{BufferMatch, Content, ContentTest, Ruleset, addresses, ports};

/// Where the rules of a policy draw their lines: what stands just inside and just outside of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Edges {
    /// Addresses on the left of a rule, and around them.
    pub sources: Vec<IpAddr>,
    /// Addresses on the right of a rule, and around them.
    pub destinations: Vec<IpAddr>,
    /// Ports on the right of a rule, and around them.
    pub ports: Vec<u16>,
    /// Host names: as rules name them, below them, and lookalikes.
    pub names: Vec<String>,
    /// Paths: as rules name them, longer and shorter ones.
    pub paths: Vec<String>,
}

/// Finds the edges of all rules.
pub(super) fn edges(ruleset: &Ruleset) -> Edges {
    let (mut sources, mut destinations) = (BTreeSet::new(), BTreeSet::new());
    let (mut near_ports, mut names, mut paths) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for rule in &ruleset.rules {
        let (header, variables) = (&rule.header, ruleset.variables(rule));
        for (text, to) in [(&header.source, &mut sources), (&header.destination, &mut destinations)]
        {
            if let Ok(found) = addresses(text, variables) {
                around_addresses(&found.set, to);
            }
        }
        if let Ok(found) = ports(&header.destination_ports, variables) {
            around_ports(&found, &mut near_ports);
        }
        for (buffer, content) in rule.buffers.iter().flat_map(contents) {
            let Ok(text) = std::str::from_utf8(&content.bytes) else { continue };
            match buffer {
                "http.uri" | "http.uri.raw" => around_path(text, &mut paths),
                "tls.sni" | "http.host" | "http.host.raw" | "dns.query" | "quic.sni" => {
                    around_name(text, &mut names);
                }
                _ => {}
            }
        }
    }
    Edges {
        sources: sources.into_iter().collect(),
        destinations: destinations.into_iter().collect(),
        ports: near_ports.into_iter().collect(),
        names: names.into_iter().collect(),
        paths: paths.into_iter().collect(),
    }
}

fn contents(buffer: &BufferMatch) -> impl Iterator<Item = (&'static str, &Content)> {
    let name = buffer.buffer.name();
    buffer.tests.iter().filter_map(move |test| match test {
        ContentTest::Content(content) => Some((name, content)),
        _ => None,
    })
}

/// First and last address of each network, and those next to them outside.
fn around_addresses(set: &IpSet, to: &mut BTreeSet<IpAddr>) {
    for net in set.cidrs().into_iter().filter(|net| net.prefix_len() > 0) {
        let (first, last) = (net.network(), net.broadcast());
        to.extend([first, last]);
        to.extend(step(first, false));
        to.extend(step(last, true));
        if let IpNet::V4(net) = net {
            to.extend(net.hosts().nth(2).map(IpAddr::V4));
        }
    }
}

/// The next address up or down.
fn step(address: IpAddr, up: bool) -> Option<IpAddr> {
    match address {
        IpAddr::V4(a) => {
            let bits = a.to_bits();
            let next = if up { bits.checked_add(1) } else { bits.checked_sub(1) };
            next.map(|bits| IpAddr::V4(bits.into()))
        }
        IpAddr::V6(a) => {
            let bits = a.to_bits();
            let next = if up { bits.checked_add(1) } else { bits.checked_sub(1) };
            next.map(|bits| IpAddr::V6(bits.into()))
        }
    }
}

fn around_ports(set: &PortSet, to: &mut BTreeSet<u16>) {
    for &(low, high) in set.ranges() {
        to.extend([low, high]);
        to.extend(low.checked_sub(1));
        to.extend(high.checked_add(1));
    }
    // Nobody listens on it.
    to.remove(&0);
}

/// The name, names below it, lookalikes that end or begin as it does, the name in capitals and with the dot of the root.
fn around_name(text: &str, to: &mut BTreeSet<String>) {
    let name = text.trim_matches('.');
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '_';
    if name.is_empty() || name.len() > 200 || !name.chars().all(plain) {
        return;
    }
    to.insert(name.to_owned());
    to.insert(name.to_ascii_uppercase());
    for (before, after) in
        [("www.", ""), ("a.b.", ""), ("not", ""), ("", ".evil.example"), ("", "."), ("x-", ".com")]
    {
        to.insert(format!("{before}{name}{after}"));
    }
}

fn around_path(text: &str, to: &mut BTreeSet<String>) {
    if !text.bytes().all(|b| b.is_ascii_graphic()) {
        return;
    }
    let path = if text.starts_with('/') { text.to_owned() } else { format!("/{text}") };
    to.insert(format!("{path}x"));
    to.insert(format!("{path}?a=1"));
    to.insert(format!("/a{path}"));
    to.insert(path[..path.len().saturating_sub(1).max(1)].to_owned());
    to.insert(path);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::net::RuleOrder;
    use crate::suricata::parse_rules;

    #[test]
    fn edges_lie_on_both_sides_of_every_line() {
        let text = r#"pass tls 10.1.0.0/16 any -> any 8000:8010 (tls.sni; dotprefix; content:".good.example"; endswith; sid:1;)"#;
        let rules = parse_rules(text).rules.into_iter().map(|p| p.rule).collect();
        let edges = edges(&Ruleset::new(RuleOrder::Strict, rules, BTreeMap::new()));
        let shown: Vec<String> = edges.sources.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["10.0.255.255", "10.1.0.0", "10.1.0.3", "10.1.255.255", "10.2.0.0"]);
        assert_eq!(edges.ports, [7999, 8000, 8010, 8011]);
        for name in ["good.example", "www.good.example", "notgood.example", "GOOD.EXAMPLE"] {
            assert!(edges.names.iter().any(|n| n == name), "{name}: {:?}", edges.names);
        }
    }
}
