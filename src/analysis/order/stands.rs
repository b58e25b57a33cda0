//! What stands in a policy, as far as it matters in which order it is decided.

use std::sync::Arc;

use crate::compile::{Compiled, Host, Kind, Origin, Ports, Question, Row, Side};
use crate::compile::{groups_in_order, rows_in_order};
use crate::net::{Action, DomainPattern, IpSet, PortSet, Protocol, Request, Scheme};
use crate::policy::{Path, Policy, RuleBody, RulePlace};
use crate::suricata::{
    Addresses, ContentTest, FlowDirection, HeaderProtocol, Rule, RuleType, addresses, ports,
};

/// A name for requests that are about no name.
const ANY_NAME: &str = "any.example";

/// One question of a row, or one hand-written rule.
pub(in crate::analysis) struct Stand {
    pub place: RulePlace,
    pub action: Action,
    pub asks: Asks,
    pub by_hand: bool,
    from: Arc<Side>,
    to: Arc<Side>,
    ports: Arc<Ports>,
}

/// What is asked for, with an example of it.
pub(in crate::analysis) enum Asks {
    /// What TLS or HTTP says.
    Name { scheme: Scheme, host: String, path: String, by_path: bool },
    /// Addresses, through these protocols.
    Address { tcp: bool, udp: bool },
}

impl Stand {
    pub(in crate::analysis) const fn is_name(&self, wanted: Scheme) -> bool {
        matches!(&self.asks, Asks::Name { scheme, .. } if *scheme as u8 == wanted as u8)
    }

    /// The ports of servers that the row is about.
    pub(in crate::analysis) fn ports(&self) -> &PortSet {
        &self.ports.set
    }

    /// A request that both rows are about, as this one asks for it, at `port` if both have it.
    pub(in crate::analysis) fn request_with(&self, other: &Self, port: u16) -> Option<Request> {
        let Asks::Name { scheme, host, path, .. } = &self.asks else { return None };
        self.example(other, *scheme, host, path, port)
    }

    /// Requests that both rows are about: as this one asks for it, or one of each protocol that it can see.
    pub(in crate::analysis) fn requests_with(&self, other: &Self) -> Vec<Request> {
        let (tcp, udp) = match self.asks {
            Asks::Address { tcp, udp } => (tcp, udp),
            Asks::Name { scheme, .. } => {
                let port = if scheme == Scheme::Http { 80 } else { 443 };
                return self.request_with(other, port).into_iter().collect();
            }
        };
        let all = [
            (Scheme::Https, 443, tcp),
            (Scheme::Http, 80, tcp),
            (Scheme::Tcp, 22, tcp),
            (Scheme::Udp, 53, udp),
        ];
        let seen = all.into_iter().filter(|(_, _, sees)| *sees);
        seen.filter_map(|(scheme, port, _)| self.example(other, scheme, ANY_NAME, "/", port))
            .collect()
    }

    fn example(
        &self,
        other: &Self,
        scheme: Scheme,
        host: &str,
        path: &str,
        port: u16,
    ) -> Option<Request> {
        let from = self.from.set.intersection(&other.from.set);
        let to = self.to.set.intersection(&other.to.set);
        let ports = self.ports.set.intersection(&other.ports.set);
        request(scheme, host, path, &from, &to, &ports, port)
    }

    /// A request that the row is about.
    pub(in crate::analysis) fn request(&self, port: u16) -> Option<Request> {
        self.request_with(self, port)
    }
}

/// A request from one of these addresses to one of those; `port` if it is among the ports.
fn request(
    scheme: Scheme,
    host: &str,
    path: &str,
    from: &IpSet,
    to: &IpSet,
    ports: &PortSet,
    port: u16,
) -> Option<Request> {
    let from = an_address(from)?;
    let mut request = Request {
        from,
        scheme,
        host: host.to_owned(),
        port,
        path: path.to_owned(),
        dst: None,
        notes: Vec::new(),
    };
    if !ports.contains(port) {
        request.port = ports.ranges().iter().map(|r| r.0.max(1)).find(|p| ports.contains(*p))?;
    }
    let usual = request.somewhere();
    let family = if from.is_ipv4() { IpSet::any_v4() } else { IpSet::any_v6() };
    let to = to.intersection(&family);
    let dst = if to.contains(usual) { Some(usual) } else { an_address(&to) };
    request.dst = Some(dst?);
    Some(request)
}

/// An address of the set that looks like a host's: not the first of its network, where there is another.
pub(in crate::analysis) fn an_address(set: &IpSet) -> Option<std::net::IpAddr> {
    let first = set.first()?;
    let next = match first {
        std::net::IpAddr::V4(a) => {
            std::net::Ipv4Addr::from_bits(a.to_bits().saturating_add(1)).into()
        }
        std::net::IpAddr::V6(a) => {
            std::net::Ipv6Addr::from_bits(a.to_bits().saturating_add(1)).into()
        }
    };
    Some(if set.contains(next) { next } else { first })
}

/// All that stands in the policy, in the order in which strict order asks it.
pub(in crate::analysis) fn stands(policy: &Policy, compiled: &Compiled) -> Vec<Stand> {
    let rows = rows_in_order(policy);
    let mut stands: Vec<Stand> = rows.iter().flat_map(of_row).collect();
    for (rule, origin) in compiled.ruleset.rules.iter().zip(&compiled.origins) {
        if let Origin::Rule(place) = origin
            && policy.rule(*place).is_some_and(|r| matches!(r.body, RuleBody::Suricata(_)))
        {
            let home = policy.rule_groups[place.group].home_net(policy).iter().copied().collect();
            stands.extend(by_hand(*place, rule, compiled, &home));
        }
    }
    let order = groups_in_order(policy);
    let mut rank = vec![0; order.len()];
    for (at, &group) in order.iter().enumerate() {
        rank[group] = at;
    }
    stands.sort_by_key(|s| (rank[s.place.group], s.place.rule));
    stands
}

/// What a row asks for; of names asked for in the same way, one stands for all.
fn of_row(row: &Row<'_>) -> Vec<Stand> {
    let mut found: Vec<Stand> = Vec::new();
    for question in &row.questions {
        let Some(asks) = asks(question) else { continue };
        let same = |stand: &Stand| match (&stand.asks, &asks) {
            (
                Asks::Name { scheme: a, by_path: c, .. },
                Asks::Name { scheme: b, by_path: d, .. },
            ) => a == b && c == d && Arc::ptr_eq(&stand.ports, &question.ports),
            _ => false,
        };
        if found.iter().any(same) {
            continue;
        }
        found.push(Stand {
            place: row.place,
            action: row.action,
            asks,
            by_hand: false,
            from: Arc::clone(&row.from),
            to: Arc::clone(&question.to),
            ports: Arc::clone(&question.ports),
        });
    }
    found
}

fn asks(question: &Question<'_>) -> Option<Asks> {
    let (protocol, host, path) = match question.kind {
        Kind::App { protocol, host, path } => (protocol, host, path),
        Kind::Address(protocol) => {
            let tcp = matches!(protocol, Protocol::Tcp | Protocol::Ip);
            let udp = matches!(protocol, Protocol::Udp | Protocol::Ip);
            return Some(Asks::Address { tcp, udp });
        }
    };
    let scheme = match protocol {
        Protocol::Tls => Scheme::Https,
        Protocol::Http => Scheme::Http,
        _ => return None,
    };
    let host = match host {
        Host::Any => ANY_NAME.to_owned(),
        Host::Name(DomainPattern::Below(name)) => format!("www.{name}"),
        Host::Name(name) => name.name().to_owned(),
        Host::Regex(_) | Host::LeftOut => return None,
    };
    let (path, by_path) = match path {
        Path::Any => ("/".to_owned(), false),
        Path::Exact(path) | Path::Prefix(path) => (path.clone(), true),
    };
    Some(Asks::Name { scheme, host, path, by_path })
}

/// A hand-written rule that acts on what the client sends.
pub(in crate::analysis) fn by_hand(
    place: RulePlace,
    rule: &Rule,
    compiled: &Compiled,
    home: &IpSet,
) -> Option<Stand> {
    if rule.flow().direction == Some(FlowDirection::ToClient) {
        return None;
    }
    let variables = compiled.ruleset.variables(rule);
    let side = |text: &str| {
        let set = addresses(text, variables).ok().filter(Addresses::is_known)?.set;
        Some(Arc::new(Side { set, text: String::new() }))
    };
    // Clients are inside, wherever the rule says so or not.
    let mut from = side(&rule.header.source)?;
    let inside = from.set.intersection(home);
    if !inside.is_empty() {
        from = Arc::new(Side { set: inside, text: String::new() });
    }
    let set = ports(&rule.header.destination_ports, variables).ok()?;
    Some(Stand {
        place,
        action: rule.action,
        asks: asks_by_hand(rule)?,
        by_hand: true,
        from,
        to: side(&rule.header.destination)?,
        ports: Arc::new(Ports { set, text: String::new() }),
    })
}

fn asks_by_hand(rule: &Rule) -> Option<Asks> {
    if rule.kind == RuleType::AppTx {
        let scheme = |name: &str| match name {
            "tls.sni" => Some(Scheme::Https),
            "http.host" => Some(Scheme::Http),
            _ => None,
        };
        let named = rule.buffers.iter().find_map(|b| Some((scheme(b.buffer.name())?, b)))?;
        let content = named.1.tests.iter().find_map(|test| match test {
            ContentTest::Content(c) if !c.negated => Some(&c.bytes),
            _ => None,
        })?;
        let host = String::from_utf8(content.clone()).ok()?.to_ascii_lowercase();
        let host =
            host.strip_prefix('.').map_or_else(|| host.clone(), |name| format!("www.{name}"));
        let path = "/".to_owned();
        return Some(Asks::Name { scheme: named.0, host, path, by_path: false });
    }
    let (tcp, udp) = match rule.header.protocol {
        HeaderProtocol::Ip | HeaderProtocol::Ipv4 | HeaderProtocol::Ipv6 => (true, true),
        HeaderProtocol::Udp => (false, true),
        HeaderProtocol::Tcp
        | HeaderProtocol::TcpPkt
        | HeaderProtocol::TcpStream
        | HeaderProtocol::App(_) => (true, false),
        _ => return None,
    };
    Some(Asks::Address { tcp, udp })
}
