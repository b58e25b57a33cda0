//! What rows ask for: sources, and questions about names or addresses, resolved.

use std::collections::HashMap;
use std::sync::Arc;

use ipnet::IpNet;

use crate::net::{Action, DomainPattern, IpSet, PortSet, Protocol};
use crate::policy::{
    Endpoint, MatchRule, Path, Policy, Rule, RuleBody, RuleGroup, RulePlace, Target, UrlTarget,
};

/// Addresses at one end of a rule, and how the rule writes them.
#[derive(Debug)]
pub struct Side {
    /// The addresses.
    pub set: IpSet,
    /// `$HOME_NET`, `any`, or a list.
    pub text: String,
}

/// The server's ports, and how a rule writes them.
#[derive(Debug)]
pub struct Ports {
    /// The ports.
    pub set: PortSet,
    /// `any`, or a list.
    pub text: String,
}

/// A row in the words of the policy.
#[derive(Debug)]
pub struct Row<'a> {
    /// Where it stands.
    pub place: RulePlace,
    /// The whole row.
    pub rule: &'a Rule,
    /// What it does.
    pub action: Action,
    /// Whether what it passes is logged.
    pub log: bool,
    /// Who asks.
    pub from: Arc<Side>,
    /// In the order of `to`, names before addresses. Only the row itself decides how many there are.
    pub questions: Vec<Question<'a>>,
}

/// One thing that a row asks for; any of them suffices.
#[derive(Debug)]
pub struct Question<'a> {
    /// What is asked for.
    pub kind: Kind<'a>,
    /// The servers.
    pub to: Arc<Side>,
    /// Their ports.
    pub ports: Arc<Ports>,
}

/// What a question is about.
#[derive(Debug, Clone, Copy)]
pub enum Kind<'a> {
    /// What an application protocol says.
    App {
        /// TLS, HTTP, QUIC or DNS.
        protocol: Protocol,
        /// The name.
        host: Host<'a>,
        /// The path, for HTTP.
        path: &'a Path,
    },
    /// Addresses and ports alone: `tcp`, `udp`, `icmp` or `ip`.
    Address(Protocol),
}

/// A condition on a host name.
#[derive(Debug, Clone, Copy)]
pub enum Host<'a> {
    /// None is asked for.
    Any,
    /// This one.
    Name(&'a DomainPattern),
    /// What the expression finds something in.
    Regex(&'a str),
}

impl Question<'_> {
    /// Whether it is decided by what TLS or HTTP says: such a row is a name row.
    #[must_use]
    pub const fn is_named(&self) -> bool {
        matches!(self.kind, Kind::App { protocol: Protocol::Tls | Protocol::Http, .. })
    }

    /// Whether it is decided by addresses, and TCP is among what it can see.
    #[must_use]
    pub const fn is_tcp_address(&self) -> bool {
        matches!(self.kind, Kind::Address(Protocol::Tcp | Protocol::Ip))
    }
}

/// Reads rows; what many rows share is resolved once.
pub(super) struct Reader<'a> {
    policy: &'a Policy,
    sides: HashMap<String, Arc<Side>>,
    sources: HashMap<&'a str, IpSet>,
    any_ports: Arc<Ports>,
}

const ANY_PATH: &Path = &Path::Any;

impl<'a> Reader<'a> {
    pub(super) fn new(policy: &'a Policy) -> Self {
        Self {
            policy,
            sides: HashMap::new(),
            sources: HashMap::new(),
            any_ports: ports(PortSet::any()),
        }
    }

    /// Reads the row at `place`; nothing for a hand-written or disabled one.
    pub(super) fn row(&mut self, place: RulePlace) -> Option<Row<'a>> {
        let group = &self.policy.rule_groups[place.group];
        let rule = &group.rules[place.rule];
        let RuleBody::Match(body) = &rule.body else { return None };
        if !rule.enabled {
            return None;
        }
        let from = self.from(group, body);
        let questions = self.questions(body);
        Some(Row { place, rule, action: body.action, log: body.log, from, questions })
    }

    /// The sources, joined. `any` alone stays `$HOME_NET`, unless the group has its own: then its networks are written
    /// out, so that the rule means the same wherever it is loaded.
    fn from(&mut self, group: &RuleGroup, body: &'a MatchRule) -> Arc<Side> {
        let mut set = IpSet::empty();
        let mut any = false;
        for endpoint in &body.from {
            set = set.union(&match &endpoint.value {
                Endpoint::Any => {
                    any = true;
                    home_net(self.policy, group)
                }
                Endpoint::Source(name) => {
                    let set = || self.policy.source_set(name);
                    self.sources.entry(name).or_insert_with(set).clone()
                }
                Endpoint::Net(net) => IpSet::from(*net),
            });
        }
        let home = any && group.home_net.is_none() && set == home_net(self.policy, group);
        let text = if home { "$HOME_NET".to_owned() } else { addresses(&set) };
        self.side(set, text)
    }

    fn side(&mut self, set: IpSet, text: String) -> Arc<Side> {
        let side = self
            .sides
            .entry(text)
            .or_insert_with_key(|text| Arc::new(Side { set, text: text.clone() }));
        Arc::clone(side)
    }

    fn questions(&mut self, body: &'a MatchRule) -> Vec<Question<'a>> {
        let row_ports = match &body.ports {
            Some(set) => ports(set.clone()),
            None => Arc::clone(&self.any_ports),
        };
        let everywhere = self.side(IpSet::any(), "any".to_owned());
        let protocols = name_protocols(&body.protocols);
        let named = |host: Host<'a>| {
            let kinds = protocols.iter().map(move |&protocol| (protocol, host));
            kinds.map(|(protocol, host)| Question {
                kind: Kind::App { protocol, host, path: ANY_PATH },
                to: Arc::clone(&everywhere),
                ports: Arc::clone(&row_ports),
            })
        };
        let mut questions = Vec::new();
        let mut nets: Vec<IpNet> = Vec::new();
        let mut any = false;
        for target in &body.to {
            match &target.value {
                Target::Name(name) => questions.extend(named(Host::Name(name))),
                Target::List(list) => {
                    let names = self.policy.list(list).map_or(&[][..], |l| &l.names);
                    questions.extend(names.iter().flat_map(|n| named(Host::Name(&n.value))));
                }
                Target::Regex(regex) => questions.extend(named(Host::Regex(regex))),
                Target::Url(target) => questions.extend(url(target, &row_ports, &everywhere)),
                Target::Any => any = true,
                Target::Net(net) => nets.push(*net),
            }
        }
        if any {
            questions.extend(addressed(&body.protocols, &everywhere, &row_ports));
        } else if !nets.is_empty() {
            let set: IpSet = nets.into_iter().collect();
            let text = addresses(&set);
            let to = self.side(set, text);
            questions.extend(addressed(&body.protocols, &to, &row_ports));
        }
        questions
    }
}

/// A URL's question; nothing where its port is not among the row's.
fn url<'a>(url: &'a UrlTarget, row: &Arc<Ports>, to: &Arc<Side>) -> Option<Question<'a>> {
    let ports = match url.port {
        None => Arc::clone(row),
        Some(port) if row.set.contains(port) => ports(PortSet::from_ranges(vec![(port, port)])),
        Some(_) => return None,
    };
    let host = url.host.as_ref().map_or(Host::Any, Host::Name);
    let kind = Kind::App { protocol: url.protocol, host, path: &url.path };
    Some(Question { kind, to: Arc::clone(to), ports })
}

/// The rows of a policy in its own words, in the order in which strict order asks them; disabled ones are left out.
#[must_use]
pub fn rows_in_order(policy: &Policy) -> Vec<Row<'_>> {
    let mut reader = Reader::new(policy);
    let mut rows = Vec::new();
    for group in groups_in_order(policy) {
        let places =
            (0..policy.rule_groups[group].rules.len()).map(|rule| RulePlace { group, rule });
        rows.extend(places.filter_map(|place| reader.row(place)));
    }
    rows
}

/// Indices of the groups in the order in which strict order asks them: by priority.
#[must_use]
pub fn groups_in_order(policy: &Policy) -> Vec<usize> {
    let mut order: Vec<usize> = (0..policy.rule_groups.len()).collect();
    order.sort_by_key(|&g| policy.rule_groups[g].priority.value);
    order
}

/// What `any` means as a source of a rule in `group`: its own inside networks, or the policy's.
fn home_net(policy: &Policy, group: &RuleGroup) -> IpSet {
    group.home_net(policy).iter().copied().collect()
}

/// The protocols through which a name is asked for: TLS and HTTP unless the row names others.
fn name_protocols(written: &[Protocol]) -> Vec<Protocol> {
    if written.is_empty() {
        return vec![Protocol::Tls, Protocol::Http];
    }
    let says_names =
        |p: &Protocol| matches!(p, Protocol::Tls | Protocol::Http | Protocol::Quic | Protocol::Dns);
    written.iter().copied().filter(says_names).collect()
}

/// The questions about addresses; nothing written means every protocol.
fn addressed<'a>(written: &[Protocol], to: &Arc<Side>, ports: &Arc<Ports>) -> Vec<Question<'a>> {
    let every = written.is_empty() || written.contains(&Protocol::Ip);
    let protocols: &[Protocol] = match (every, ports.set.is_any()) {
        (true, true) => &[Protocol::Ip],
        // Of everything, TCP and UDP have ports.
        (true, false) => &[Protocol::Tcp, Protocol::Udp],
        (false, _) => written,
    };
    let kind = |protocol: Protocol| match protocol {
        Protocol::Tls | Protocol::Http | Protocol::Quic | Protocol::Dns => {
            Some(Kind::App { protocol, host: Host::Any, path: ANY_PATH })
        }
        Protocol::Icmp if !ports.set.is_any() => None,
        Protocol::Tcp | Protocol::Udp | Protocol::Icmp | Protocol::Ip => {
            Some(Kind::Address(protocol))
        }
    };
    let kinds = protocols.iter().filter_map(|&p| kind(p));
    kinds.map(|kind| Question { kind, to: Arc::clone(to), ports: Arc::clone(ports) }).collect()
}

fn ports(set: PortSet) -> Arc<Ports> {
    let text = port_list(&set);
    Arc::new(Ports { set, text })
}

/// Ports as a rule writes them.
pub(super) fn port_list(set: &PortSet) -> String {
    bracketed(set.to_string().replace(", ", ",").replace('-', ":"))
}

/// Addresses as a rule writes them: a plain list, never a negation, which would change the rule's type.
pub(super) fn addresses(set: &IpSet) -> String {
    bracketed(set.to_string().replace(", ", ","))
}

fn bracketed(list: String) -> String {
    if list.contains(',') { format!("[{list}]") } else { list }
}
