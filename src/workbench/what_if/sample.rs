use std::collections::HashSet;
use std::net::IpAddr;

use super::goal::Goal;
use super::offer::FlowChange;
use crate::compile::{Compiled, Origin};
use crate::eval::Evaluator;
use crate::net::{Action, DomainPattern, IpSet, PortSet, Protocol, Request};
use crate::policy::{Endpoint, MatchRule, Path, Policy, RuleBody, RulePlace, Target, UrlTarget};
use crate::suricata::ContentTest;
use crate::workbench::by_source::example;
use crate::workbench::fates::action;

/// A host that no policy names: kept for examples (RFC 2606).
const ELSEWHERE: &str = "elsewhere.invalid";
/// So many server addresses with a verdict of their own are asked for.
const SERVERS: usize = 3;
/// So many names of one list are asked for.
const OF_A_LIST: usize = 4;

/// Flows that stand for others: who a policy tells apart × what its rows ask for. A sample, no proof.
pub(super) struct Sample {
    probes: Vec<Probe>,
    before: Vec<Option<Action>>,
}

/// A flow that stands for others.
struct Probe {
    from: String,
    request: Request,
}

impl Sample {
    /// At most `limit` flows: of the client to everything, of everybody to what it asks for, then others.
    pub(super) fn new(goal: &Goal<'_>, evaluator: &Evaluator, limit: usize) -> Self {
        let probes = probes(goal, limit);
        let before = probes.iter().map(|probe| verdict(evaluator, &probe.request)).collect();
        Self { probes, before }
    }

    /// How many flows there are.
    pub(super) const fn len(&self) -> usize {
        self.probes.len()
    }

    /// The flows that get another verdict.
    pub(super) fn changes(&self, after: &Evaluator) -> Vec<FlowChange> {
        let change = |(probe, before): (&Probe, &Option<Action>)| {
            let after = verdict(after, &probe.request);
            (after != *before).then(|| FlowChange {
                from: probe.from.clone(),
                to: probe.request.to_string(),
                dst: probe.request.dst,
                before: *before,
                after,
            })
        };
        self.probes.iter().zip(&self.before).filter_map(change).collect()
    }
}

fn verdict(evaluator: &Evaluator, request: &Request) -> Option<Action> {
    let dst = request.dst.unwrap_or_else(|| request.somewhere());
    action(&evaluator.verdict(&request.flow(dst)).0)
}

fn probes(goal: &Goal<'_>, limit: usize) -> Vec<Probe> {
    let own = (goal.request.from.to_string(), goal.request.from);
    let url = goal.request.to_string();
    let servers = servers(goal);
    let clients = clients(goal.policy, limit);
    let targets = targets(goal.policy, goal.compiled);
    let asked = servers
        .iter()
        .flat_map(|dst| clients.iter().chain([&own]).map(|client| (client, url.as_str(), *dst)));
    let to_all = targets.iter().map(|url| (&own, url.as_str(), None));
    let pairs = clients.len() * targets.len();
    // A step that is no multiple of a row of the table visits its columns too.
    let step = pairs.div_ceil(limit.max(1)).max(1);
    let step = if step > 1 && step.is_multiple_of(targets.len().max(1)) { step + 1 } else { step };
    let others = (0..pairs).step_by(step).map(|at| {
        let (client, target) = (&clients[at / targets.len()], &targets[at % targets.len()]);
        (client, target.as_str(), None)
    });
    // The request itself is no other flow, to whichever server.
    let mut seen: HashSet<(IpAddr, String, Option<IpAddr>)> =
        servers.iter().map(|dst| (own.1, url.clone(), *dst)).collect();
    let mut probes = Vec::new();
    for ((from, address), url, dst) in asked.chain(to_all).chain(others) {
        if probes.len() >= limit {
            break;
        }
        let server = dst.map(|dst| dst.to_string());
        let Ok(request) = Request::parse(&address.to_string(), url, server.as_deref()) else {
            continue;
        };
        if seen.insert((*address, request.to_string(), dst)) {
            probes.push(Probe { from: from.clone(), request });
        }
    }
    probes
}

/// The addresses of the server for which the request itself fails; `None` stands for the likeliest.
fn servers(goal: &Goal<'_>) -> Vec<Option<IpAddr>> {
    if goal.request.dst.is_some() {
        return vec![goal.request.dst];
    }
    let outcomes = goal.answer.by_destination.iter().skip(1);
    let failing = outcomes.filter(|outcome| !goal.wanted.has_outcome(outcome));
    let addresses = failing.map(|outcome| Some(outcome.address(goal.request)));
    [None].into_iter().chain(addresses.take(SERVERS)).collect()
}

/// Who the policy tells apart, by name: its sources, networks in rows, and somebody inside who is none of them.
fn clients(policy: &Policy, limit: usize) -> Vec<(String, IpAddr)> {
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
    let other = example(&rest).map(|address| (address.to_string(), address));
    let client = |(name, set): (String, IpSet)| Some((name, example(&set)?));
    sets.into_iter().filter_map(client).chain(other).collect()
}

/// What rows ask for, as URLs, and a few things that none does.
fn targets(policy: &Policy, compiled: &Compiled) -> Vec<String> {
    let mut urls = Vec::new();
    for (group, rules) in policy.rule_groups.iter().enumerate() {
        for (rule, row) in rules.rules.iter().enumerate() {
            match &row.body {
                RuleBody::Match(row) => {
                    let of = |to| of_target(policy, row, to);
                    urls.extend(row.to.iter().flat_map(|to| of(&to.value)));
                }
                RuleBody::Suricata(_) => {
                    urls.extend(of_hand_written(compiled, RulePlace { group, rule }));
                }
            }
        }
    }
    for scheme in ["https", "http", "quic", "dns", "icmp"] {
        urls.push(format!("{scheme}://{ELSEWHERE}"));
    }
    urls.extend([format!("tcp://{ELSEWHERE}:22"), format!("udp://{ELSEWHERE}:123")]);
    let mut seen = HashSet::new();
    urls.retain(|url| seen.insert(url.clone()));
    urls
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
fn of_hand_written(compiled: &Compiled, place: RulePlace) -> Vec<String> {
    let rules = compiled.ruleset.rules.iter().zip(&compiled.origins);
    let own = rules.filter(|(_, origin)| **origin == Origin::Rule(place));
    let mut urls = Vec::new();
    for buffer in own.flat_map(|(rule, _)| &rule.buffers) {
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
                urls.push(format!("{scheme}://{}", text.trim_matches('.')));
            }
        }
    }
    urls
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
        let clients = clients(document.policy(), 3);
        let names: Vec<&str> = clients.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.0.0.1"]);
    }
}
