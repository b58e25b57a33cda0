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
    /// In the order of `to`, names before addresses. Only the row itself decides how many there are, unless something is
    /// left out.
    pub questions: Vec<Question<'a>>,
    /// How many names and expressions were left out, for which one question about a [`Host::LeftOut`] stands.
    pub left_out: usize,
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
    /// One of some that nobody looked at: [`QUESTIONS`].
    LeftOut,
}

/// So many questions are read of a policy; names beyond are left out, so that a list of a million is no million rules.
///
/// AWS takes 30,000 rules in a policy unless it raises that (AWS Network Firewall quotas).
pub const QUESTIONS: usize = 200_000;

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
    /// How many questions more are read.
    room: usize,
    left_out: usize,
}

const ANY_PATH: &Path = &Path::Any;

impl<'a> Reader<'a> {
    pub(super) fn new(policy: &'a Policy) -> Self {
        Self {
            policy,
            sides: HashMap::new(),
            sources: HashMap::new(),
            any_ports: ports(PortSet::any()),
            room: QUESTIONS,
            left_out: 0,
        }
    }

    /// How many names were left out so far.
    pub(super) const fn left_out(&self) -> usize {
        self.left_out
    }

    /// Reads a row that was read before.
    pub(super) fn row_again(&mut self, place: RulePlace) -> Option<Row<'a>> {
        self.room = QUESTIONS;
        self.row(place)
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
        let (questions, left_out) = self.questions(body);
        self.left_out += left_out;
        Some(Row { place, rule, action: body.action, log: body.log, from, questions, left_out })
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

    /// What a row asks for, and how many names were left out.
    fn questions(&mut self, body: &'a MatchRule) -> (Vec<Question<'a>>, usize) {
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
        let mut left_out = 0;
        let mut nets: Vec<IpNet> = Vec::new();
        let mut any = false;
        for target in &body.to {
            match &target.value {
                Target::Name(_) | Target::Regex(_) if !self.has_room(protocols.len()) => {
                    left_out += 1;
                }
                Target::Name(name) => questions.extend(named(Host::Name(name))),
                Target::Regex(regex) => questions.extend(named(Host::Regex(regex))),
                Target::List(list) => {
                    let names = self.policy.list(list).map_or(&[][..], |l| &l.names);
                    if self.has_room(names.len().saturating_mul(protocols.len())) {
                        questions.extend(names.iter().flat_map(|n| named(Host::Name(&n.value))));
                    } else {
                        left_out += names.len();
                    }
                }
                Target::Url(target) => questions.extend(url(target, &row_ports, &everywhere)),
                Target::Any => any = true,
                Target::Net(net) => nets.push(*net),
            }
        }
        if left_out > 0 {
            questions.extend(named(Host::LeftOut));
        }
        if any {
            questions.extend(addressed(&body.protocols, &everywhere, &row_ports));
        } else if !nets.is_empty() {
            let set: IpSet = nets.into_iter().collect();
            let text = addresses(&set);
            let to = self.side(set, text);
            questions.extend(addressed(&body.protocols, &to, &row_ports));
        }
        (questions, left_out)
    }

    /// Takes room for so many questions, if there is as much.
    const fn has_room(&mut self, questions: usize) -> bool {
        match self.room.checked_sub(questions) {
            Some(room) => {
                self.room = room;
                true
            }
            None => false,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Document;

    #[test]
    fn names_for_which_there_is_no_room_are_left_out_and_what_fits_below_is_read() {
        let text = "sekisho: 1
name: t
rule_order: strict
home_net: [10.0.0.0/8]
domain_lists: {three: [a.example, b.example, c.example]}
rule_groups:
  - name: g
    priority: 100
    rules:
      - {name: fits, action: drop, from: any, to: [one.example, 'regex:two']}
      - {name: list, action: drop, from: any, to: [list:three, 192.0.2.0/24], protocols: [tls, dns]}
      - {name: last, action: drop, from: any, to: [three.example, 'http://url.example/x', four.example]}
";
        let document = Document::read(text.to_owned()).unwrap();
        let mut reader = Reader::new(document.policy());
        reader.room = 7;
        let read = [0, 1, 2].map(|rule| reader.row(RulePlace { group: 0, rule }).unwrap());
        let said = read.each_ref().map(|row| (row.questions.len(), row.left_out));
        // For TLS and HTTP each; for TLS and DNS what stands for the list, and the network; a name, the URL, and what stands for the last name.
        assert_eq!(said, [(4, 0), (4, 3), (5, 1)]);
        let unknown = |row: &Row<'_>| {
            let left = |q: &&Question<'_>| matches!(q.kind, Kind::App { host: Host::LeftOut, .. });
            row.questions.iter().filter(left).count()
        };
        assert_eq!(read.each_ref().map(unknown), [0, 2, 2]);
        assert_eq!((reader.room, reader.left_out()), (1, 4));
        assert_eq!(reader.row_again(RulePlace { group: 0, rule: 1 }).unwrap().left_out, 0);
    }
}
