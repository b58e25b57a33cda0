use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use super::by_source::example;
use crate::compile::{Compiled, Origin};
use crate::net::{DomainPattern, IpSet, PortSet, Protocol};
use crate::policy::{Endpoint, MatchRule, Path, Policy, RuleBody, RulePlace, Target, UrlTarget};
use crate::suricata::{ContentTest, Rule};

/// A host that no policy names: kept for examples (RFC 2606).
const ELSEWHERE: &str = "elsewhere.invalid";
/// So many names of one list are asked for.
const OF_A_LIST: usize = 4;

/// Clients whom a policy tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clients {
    /// What the policy calls them; `None`: all inside who are none of the others.
    pub name: Option<String>,
    /// Their addresses; never empty.
    pub set: IpSet,
}

/// What a policy tells apart of what can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// What the policy calls it; `None`: what no row names.
    pub name: Option<String>,
    /// Requests for it; none where nobody can say what it means.
    pub urls: Vec<String>,
}

/// Whom the policy tells apart: its sources, networks in rows, and those inside who are none of them.
pub(super) fn clients(policy: &Policy, limit: usize) -> Vec<Clients> {
    let named = policy
        .sources
        .iter()
        .map(|source| (source.name.value.clone(), policy.source_set(&source.name.value)));
    let rows = policy.rule_groups.iter().flat_map(|group| &group.rules);
    let from = rows.flat_map(|rule| match &rule.body {
        RuleBody::Match(row) => row.from.as_slice(),
        RuleBody::Suricata(_) => &[],
    });
    let nets = from.filter_map(|from| match &from.value {
        Endpoint::Net(net) => Some((from.value.to_string(), IpSet::from(*net))),
        Endpoint::Any | Endpoint::Source(_) => None,
    });
    let mut seen = HashSet::new();
    let new = |(_, set): &(String, IpSet)| seen.insert(set.clone());
    let sets: Vec<(String, IpSet)> = named.chain(nets).filter(new).take(limit).collect();
    let home: IpSet = policy.home_net.iter().copied().collect();
    let rest = sets.iter().fold(home, |rest, (_, set)| rest.minus(set));
    let sets = sets.into_iter().map(|(name, set)| Clients { name: Some(name), set });
    let all = sets.chain([Clients { name: None, set: rest }]);
    all.filter(|clients| !clients.set.is_empty()).collect()
}

/// One of the clients, under their name or else as itself.
pub(super) fn example_of(clients: Clients) -> Option<(String, IpAddr)> {
    let address = example(&clients.set)?;
    Some((clients.name.unwrap_or_else(|| address.to_string()), address))
}

/// What rows ask for, and a few things that none does.
pub(super) fn targets(policy: &Policy, compiled: &Compiled) -> Vec<Named> {
    let mut of_rows: HashMap<RulePlace, Vec<&Rule>> = HashMap::new();
    for (rule, origin) in compiled.ruleset.rules.iter().zip(&compiled.origins) {
        if let Origin::Rule(place) = origin {
            of_rows.entry(*place).or_default().push(rule);
        }
    }
    let mut targets = Vec::new();
    for (group, rules) in policy.rule_groups.iter().enumerate() {
        for (rule, row) in rules.rules.iter().enumerate() {
            match &row.body {
                RuleBody::Match(row) => targets.extend(row.to.iter().map(|to| Named {
                    name: Some(to.value.to_string()).filter(|_| to.value != Target::Any),
                    urls: of_target(policy, row, &to.value),
                })),
                RuleBody::Suricata(_) => {
                    let own = of_rows.get(&RulePlace { group, rule });
                    targets.extend(of_hand_written(own.map_or(&[][..], Vec::as_slice)));
                }
            }
        }
    }
    let schemes = ["https", "http", "quic", "dns", "icmp"];
    let mut urls: Vec<String> = schemes.map(|scheme| format!("{scheme}://{ELSEWHERE}")).into();
    urls.extend([format!("tcp://{ELSEWHERE}:22"), format!("udp://{ELSEWHERE}:123")]);
    targets.push(Named { name: None, urls });
    targets
}

fn of_target(policy: &Policy, row: &MatchRule, to: &Target) -> Vec<String> {
    let named = |name: &DomainPattern| urls(row, &host(name), &[Protocol::Tls, Protocol::Http]);
    match to {
        Target::Any => urls(row, ELSEWHERE, &[Protocol::Tls, Protocol::Udp]),
        Target::Net(net) => {
            let address = example(&IpSet::from(*net));
            address.map_or_else(Vec::new, |a| urls(row, &bracketed(a), &[Protocol::Tls]))
        }
        Target::Name(name) => named(name),
        Target::List(list) => {
            let names = policy.list(list).map_or(&[][..], |list| &list.names);
            names.iter().take(OF_A_LIST).flat_map(|name| named(&name.value)).collect()
        }
        Target::Url(url) => vec![of_url(url)],
        // What an expression matches nobody can say in general.
        Target::Regex(_) => Vec::new(),
    }
}

fn bracketed(address: IpAddr) -> String {
    match address {
        IpAddr::V4(a) => a.to_string(),
        IpAddr::V6(a) => format!("[{a}]"),
    }
}

/// A host that the pattern means.
fn host(name: &DomainPattern) -> String {
    match name {
        DomainPattern::Exact(name) | DomainPattern::Tree(name) => name.clone(),
        DomainPattern::Below(name) => format!("www.{name}"),
    }
}

/// URLs for a host in the protocols of the row, or in those it has without any written.
fn urls(row: &MatchRule, host: &str, usual: &[Protocol]) -> Vec<String> {
    let protocols = if row.protocols.is_empty() { usual } else { &row.protocols };
    let port = row.ports.as_ref().and_then(|ports: &PortSet| ports.ranges().first());
    let port = port.map(|(low, _)| *low);
    let url = |protocol: &Protocol| {
        let (scheme, usual) = match protocol {
            Protocol::Tls => ("https", 443),
            Protocol::Http => ("http", 80),
            Protocol::Quic => ("quic", 443),
            Protocol::Dns => ("dns", 53),
            Protocol::Icmp => return format!("icmp://{host}"),
            Protocol::Tcp | Protocol::Ip => ("tcp", 443),
            Protocol::Udp => ("udp", 443),
        };
        format!("{scheme}://{host}:{}", port.unwrap_or(usual))
    };
    protocols.iter().map(url).collect()
}

fn of_url(url: &UrlTarget) -> String {
    let scheme = if url.protocol == Protocol::Tls { "https" } else { "http" };
    let host = url.host.as_ref().map_or_else(|| ELSEWHERE.to_owned(), host);
    let port = url.port.map(|port| format!(":{port}")).unwrap_or_default();
    let path = match &url.path {
        Path::Any => String::new(),
        Path::Exact(path) => path.clone(),
        Path::Prefix(path) => format!("{path}x"),
    };
    format!("{scheme}://{host}{port}{path}")
}

/// The names that a hand-written row looks for.
fn of_hand_written(rules: &[&Rule]) -> Vec<Named> {
    let mut named = Vec::new();
    for buffer in rules.iter().flat_map(|rule| &rule.buffers) {
        let scheme = match buffer.buffer.name() {
            "tls.sni" => "https",
            "http.host" | "http.host.raw" => "http",
            "quic.sni" => "quic",
            "dns.query" => "dns",
            _ => continue,
        };
        for test in &buffer.tests {
            if let ContentTest::Content(content) = test
                && let Ok(text) = std::str::from_utf8(&content.bytes)
            {
                let url = format!("{scheme}://{}", text.trim_matches('.'));
                named.push(Named { name: Some(text.to_owned()), urls: vec![url] });
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Document;

    #[test]
    fn clients_named_further_down_are_sampled_however_often_others_are_named() {
        let row = |at: usize| {
            let net = if at == 9 { 3 } else { 1 + at % 2 };
            format!("      - {{name: r{at}, action: pass, from: 10.{net}.0.0/16, to: a.example}}\n")
        };
        let rows: String = (0..10).map(row).collect();
        let head =
            "sekisho: 1\nname: t\nrule_order: strict\nhome_net: [10.0.0.0/8]\nrule_groups:\n";
        let text = format!("{head}  - name: g\n    priority: 1\n    rules:\n{rows}");
        let document = Document::read(text).unwrap();
        let clients = clients(document.policy(), 3).into_iter().filter_map(example_of);
        let names: Vec<String> = clients.map(|(name, _)| name).collect();
        assert_eq!(names, ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.0.0.1"]);
    }
}
