//! What a rule asks of the flows of one protocol, as far as they differ.

use std::collections::HashMap;

use super::space::{AddressesId, PortsId, Sets};
use super::usual::Taken;
use super::wanted::{Need, assumed, unknown};
use crate::eval::{Bounds, Evaluator};
use crate::net::{Action, CLIENT_PORT, IpSet, PortSet, Scheme, StatelessRule};
use crate::suricata::{
    AppProto, BufferMatch, ContentTest, Direction, FlowDirection, HeaderProtocol, NotModelled,
    NotModelledKind, Number, Rule, RuleOption, RuleType, Ruleset,
};

/// A rule as it asks about the flows of one protocol.
#[derive(Debug, Clone, Default)]
pub(in crate::analysis) struct Reading {
    /// Its index in the ruleset; of a stateless rule that behind the ruleset's end.
    pub rule: usize,
    /// For which clients, servers and ports its header fits, packets to the server and to the client apart.
    pub fits: Vec<Fit>,
    /// What it asks of the host name.
    pub host: Need,
    /// What it asks of the path.
    pub path: Need,
    /// Whether it asks something that differs from flow to flow in ways that are not looked at: sizes, raw bytes.
    pub varies: bool,
    /// What it asks of the client's port, in packets of either direction, where it tells the ports apart that usual clients
    /// take.
    pub client_ports: Vec<PortSet>,
}

impl Reading {
    /// Whether it asks something that differs from flow to flow of a class.
    pub(in crate::analysis) const fn is_asked_otherwise(&self) -> bool {
        self.varies || !self.client_ports.is_empty()
    }
}

/// Flows whose packets of one direction fit a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::analysis) struct Fit {
    pub to_server: bool,
    /// Whether it is the part of which that is known, where the rest may fit or not.
    pub surely: bool,
    /// The client's addresses.
    pub from: AddressesId,
    /// The server's addresses.
    pub to: AddressesId,
    /// The server's ports.
    pub ports: PortsId,
}

/// Where a buffer's bytes come from, in the flows of one protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// There are none.
    Nothing,
    Host,
    Path,
    /// The same bytes in all of them, or nobody knows which.
    Same,
    /// The name or the path among others.
    Mixed,
}

/// Reads rules; fields that many rules share are looked up once.
pub(in crate::analysis) struct Reader<'a> {
    ruleset: &'a Ruleset,
    evaluator: &'a Evaluator,
    sets: &'a mut Sets,
    /// By scope and text.
    addresses: HashMap<(usize, &'a str), Addresses>,
    ports: HashMap<(usize, &'a str), Ports>,
}

/// A field with addresses: those that may belong to it, and those that do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Addresses {
    possible: AddressesId,
    sure: AddressesId,
}

/// A field with ports.
#[derive(Debug, Clone, Copy)]
struct Ports {
    id: PortsId,
    is_any: bool,
    /// Which of the ports that usual clients take are among them.
    taken: Taken,
    /// Whether the port is among them from which flows are sent that stand for others.
    has_client: bool,
}

impl<'a> Reader<'a> {
    pub(in crate::analysis) fn new(
        ruleset: &'a Ruleset,
        evaluator: &'a Evaluator,
        sets: &'a mut Sets,
    ) -> Self {
        Self { ruleset, evaluator, sets, addresses: HashMap::new(), ports: HashMap::new() }
    }

    /// What the rules ask of the flows of one protocol; those left out match none of them.
    pub(in crate::analysis) fn read(&mut self, scheme: Scheme) -> Vec<Reading> {
        let rules = self.ruleset.rules.iter().enumerate();
        let mut readings: Vec<Reading> =
            rules.filter_map(|(at, rule)| self.rule(at, rule, scheme)).collect();
        let stateless = self.evaluator.stateless().map_or(&[][..], |stateless| &stateless.rules);
        for (at, rule) in (self.ruleset.rules.len()..).zip(stateless) {
            let fits = self.stateless(rule, scheme);
            if !fits.is_empty() {
                let ends = [&rule.source_ports, &rule.destination_ports].into_iter().flatten();
                let splits =
                    |ports: &&PortSet| scheme != Scheme::Icmp && Taken::of(ports) == Taken::Some;
                let client_ports = ends.filter(splits).cloned().collect();
                readings.push(Reading { rule: at, fits, client_ports, ..Reading::default() });
            }
        }
        readings
    }

    /// A stateless rule tells packets apart by their addresses and ports, each direction by itself. Whether it asks for
    /// other protocols or flags is the same for all flows of a protocol.
    fn stateless(&mut self, rule: &StatelessRule, scheme: Scheme) -> Vec<Fit> {
        let any = PortSet::any();
        let (from, to) = (rule.source_ports.as_ref(), rule.destination_ports.as_ref());
        let (from, to) = (from.unwrap_or(&any), to.unwrap_or(&any));
        let everywhere = IpSet::any();
        let mut fit =
            |to_server, clients: &Option<IpSet>, server: &Option<IpSet>, ports: [&PortSet; 2]| {
                let [client_ports, ports] = ports;
                let with_ports = scheme != Scheme::Icmp;
                let client =
                    client_ports.contains(CLIENT_PORT) || Taken::of(client_ports) == Taken::Some;
                (!with_ports || client).then(|| Fit {
                    to_server,
                    surely: false,
                    from: self.sets.addresses(clients.as_ref().unwrap_or(&everywhere)),
                    to: self.sets.addresses(server.as_ref().unwrap_or(&everywhere)),
                    ports: self.sets.ports(if with_ports { ports } else { &any }),
                })
            };
        let there = fit(true, &rule.sources, &rule.destinations, [from, to]);
        let back = fit(false, &rule.destinations, &rule.sources, [to, from]);
        there.into_iter().chain(back).collect()
    }

    fn rule(&mut self, at: usize, rule: &'a Rule, scheme: Scheme) -> Option<Reading> {
        if !may_ask(rule, scheme) {
            return None;
        }
        let mut reading = Reading {
            rule: at,
            fits: Vec::new(),
            host: Need::default(),
            path: Need::default(),
            varies: rule.options.iter().any(|option| varies(option, scheme)),
            client_ports: Vec::new(),
        };
        for buffer in &rule.buffers {
            match holds(buffer, scheme) {
                Holds::Host => reading.host.add(buffer, false),
                Holds::Path => reading.path.add(buffer, true),
                Holds::Same | Holds::Nothing => {}
                Holds::Mixed => reading.varies = true,
            }
        }
        self.fit(&mut reading, rule, scheme);
        (!reading.fits.is_empty()).then_some(reading)
    }

    fn fit(&mut self, reading: &mut Reading, rule: &'a Rule, scheme: Scheme) {
        let Some(ends) = self.evaluator.ends(reading.rule) else { return };
        let header = &rule.header;
        let mut side = |addresses, address_text, ports, port_text| {
            let addresses = self.addresses((rule.scope, address_text), addresses);
            (addresses, self.ports((rule.scope, port_text), ports))
        };
        let left = side(ends.source, &header.source, ends.source_ports, &header.source_ports);
        let right = side(
            ends.destination,
            &header.destination,
            ends.destination_ports,
            &header.destination_ports,
        );
        let both = rule.header.direction == Direction::Both;
        let sees_all = self.evaluator.stateless().is_none();
        let ways = [Some((left, right, false)), both.then_some((right, left, true))];
        for (sender, receiver, turned) in ways.into_iter().flatten() {
            for to_server in [true, false] {
                // Behind stateless rules the engine may see an answer first, and takes it for the client's packet.
                let wrong = match rule.flow().direction.filter(|_| sees_all) {
                    Some(FlowDirection::ToServer) => !to_server,
                    Some(FlowDirection::ToClient) => to_server,
                    None => false,
                };
                let (client, server) =
                    if to_server { (sender, receiver) } else { (receiver, sender) };
                let splits = client.1.taken == Taken::Some;
                let fits_ports = if scheme == Scheme::Icmp {
                    client.1.is_any && server.1.is_any
                } else {
                    let sends = to_server != turned;
                    let ports = if sends { ends.source_ports } else { ends.destination_ports };
                    reading.client_ports.extend(ports.filter(|_| splits && !wrong).cloned());
                    client.1.has_client || splits
                };
                if wrong || !fits_ports {
                    continue;
                }
                let (from, to) = (client.0, server.0);
                let possible = Fit {
                    to_server,
                    surely: false,
                    from: from.possible,
                    to: to.possible,
                    ports: server.1.id,
                };
                let surely = Fit { surely: true, from: from.sure, to: to.sure, ..possible };
                let unsure = (from.possible, to.possible) != (from.sure, to.sure);
                reading.fits.extend([Some(possible), unsure.then_some(surely)].iter().flatten());
            }
        }
        reading.fits.dedup();
        reading.client_ports.dedup();
    }

    /// What cannot be resolved fits everything: the evaluator then says that it cannot be told.
    fn addresses(&mut self, key: (usize, &'a str), bounds: Option<Bounds<'_>>) -> Addresses {
        let sets = &mut self.sets;
        *self.addresses.entry(key).or_insert_with(|| {
            let any = IpSet::any();
            let Bounds { sure, possible } = bounds.unwrap_or(Bounds { sure: &any, possible: &any });
            Addresses { possible: sets.addresses(possible), sure: sets.addresses(sure) }
        })
    }

    fn ports(&mut self, key: (usize, &'a str), set: Option<&PortSet>) -> Ports {
        let sets = &mut self.sets;
        *self.ports.entry(key).or_insert_with(|| {
            let any = PortSet::any();
            let set = set.unwrap_or(&any);
            Ports {
                id: sets.ports(set),
                is_any: set.is_any(),
                taken: Taken::of(set),
                has_client: set.contains(CLIENT_PORT),
            }
        })
    }
}

/// Whether a rule may ask anything of the flows of one protocol, as its text says.
pub(in crate::analysis) fn may_ask(rule: &Rule, scheme: Scheme) -> bool {
    let said = |buffer: &BufferMatch| holds(buffer, scheme) != Holds::Nothing;
    rule.kind != RuleType::DeOnly
        && is_spoken(rule.header.protocol, scheme)
        && rule.buffers.iter().all(said)
}

/// Whether a rule asks for the path of an HTTP request, or for something that differs with it.
#[must_use]
pub fn asks_path(rule: &Rule) -> bool {
    let said =
        |buffer: &BufferMatch| matches!(holds(buffer, Scheme::Http), Holds::Path | Holds::Mixed);
    may_ask(rule, Scheme::Http)
        && (rule.buffers.iter().any(said)
            || rule.options.iter().any(|option| varies(option, Scheme::Http)))
}

/// Whether a rule asks something of the flows of a protocol that hangs on the name in them, in another way than through the
/// buffer that holds the name and nothing else.
#[must_use]
pub fn asks_name_otherwise(rule: &Rule, scheme: Scheme) -> bool {
    let mixed = |buffer: &BufferMatch| holds(buffer, scheme) == Holds::Mixed;
    may_ask(rule, scheme)
        && (rule.buffers.iter().any(mixed)
            || rule.options.iter().any(|option| varies(option, scheme)))
}

/// Whether packets of such flows can be of the header's protocol at all.
fn is_spoken(protocol: HeaderProtocol, scheme: Scheme) -> bool {
    use Scheme as S;
    let tcp = matches!(scheme, S::Https | S::Http | S::Tcp);
    let udp = matches!(scheme, S::Udp | S::Dns | S::Quic);
    match protocol {
        HeaderProtocol::Ip | HeaderProtocol::Ipv4 | HeaderProtocol::Ipv6 => true,
        HeaderProtocol::Tcp | HeaderProtocol::TcpPkt | HeaderProtocol::TcpStream => tcp,
        HeaderProtocol::Udp => udp,
        HeaderProtocol::Icmp | HeaderProtocol::Icmpv4 | HeaderProtocol::Icmpv6 => scheme == S::Icmp,
        HeaderProtocol::Sctp | HeaderProtocol::Pkthdr => false,
        HeaderProtocol::App(app) => match scheme {
            S::Https => app.covers(AppProto::TLS),
            S::Http => app.covers(AppProto::HTTP),
            // On QUIC's ports nearly every datagram is taken for QUIC (measured).
            S::Quic | S::Dns | S::Udp => [AppProto::QUIC, AppProto::DNS].contains(&app),
            S::Tcp | S::Icmp => false,
        },
    }
}

fn holds(buffer: &BufferMatch, scheme: Scheme) -> Holds {
    let keyword = buffer.buffer.keyword();
    // What is not evaluated is unknown in every flow, and the evaluator says so.
    if !keyword.evaluated {
        return Holds::Same;
    }
    match (scheme, keyword.name) {
        (Scheme::Tcp | Scheme::Udp | Scheme::Icmp, _) => Holds::Same,
        (_, "payload") => Holds::Mixed,
        (Scheme::Https, "tls.sni")
        | (Scheme::Http, "http.host")
        | (Scheme::Quic, "quic.sni")
        | (Scheme::Dns, "dns.query") => Holds::Host,
        (Scheme::Http, "http.uri") => Holds::Path,
        (Scheme::Https, "ja3.hash" | "ja4.hash") => Holds::Same,
        // Every request has a space: that asks whether the headers are complete.
        (Scheme::Http, "http.start") if is_a_space(buffer) => Holds::Same,
        (
            Scheme::Http,
            "http.start" | "http.header" | "http.header.raw" | "http.host.raw" | "http.uri.raw"
            | "http.request_line",
        ) => Holds::Mixed,
        (Scheme::Http, name) if name.starts_with("http.") => Holds::Same,
        _ => Holds::Nothing,
    }
}

/// Whether a buffer is only asked for a space.
#[must_use]
pub fn is_a_space(buffer: &BufferMatch) -> bool {
    let bound = |c: &crate::suricata::Content| {
        c.negated || c.startswith || c.endswith || c.offset.is_some() || c.depth.is_some()
    };
    buffer.transforms.is_empty()
        && matches!(&buffer.tests[..], [ContentTest::Content(c)] if c.bytes == b" " && !bound(c))
}

/// Whether an option asks about sizes that depend on the name or the path.
fn varies(option: &RuleOption, scheme: Scheme) -> bool {
    let fixed = matches!(scheme, Scheme::Tcp | Scheme::Udp | Scheme::Icmp);
    match option {
        RuleOption::Dsize(Number::Above(0) | Number::Is(0) | Number::IsNot(0)) => false,
        RuleOption::Dsize(_) | RuleOption::Urilen { .. } => !fixed,
        _ => false,
    }
}

/// Whether it makes a difference for packets that the rule matches: it does something, or sets what others read.
pub(in crate::analysis) fn acts(rule: &Rule) -> bool {
    let sets = |option: &RuleOption| match option {
        RuleOption::Flowbits(bits) | RuleOption::Xbits(bits, _) => !bits.op.reads(),
        RuleOption::NotModelled(other) => {
            matches!(other.kind, NotModelledKind::Packet | NotModelledKind::IpOnly)
        }
        _ => false,
    };
    rule.action != Action::Alert || rule.options.iter().any(sets)
}

/// The rule as it is asked about all flows of a class at once: what is unclear about the name is taken as met, since it
/// is left out where it is not, and what varies cannot be told. `None`: the rule as it is.
pub(in crate::analysis) fn assuming(
    rule: &Rule,
    reading: &Reading,
    scheme: Scheme,
) -> Option<Rule> {
    if !reading.varies && reading.host.unclear.is_none() && reading.path.unclear.is_none() {
        return None;
    }
    let mut rule = rule.clone();
    let unknown_option = |kind| {
        RuleOption::NotModelled(NotModelled { keyword: "varies", value: String::new(), kind })
    };
    for buffer in &mut rule.buffers {
        match holds(buffer, scheme) {
            Holds::Host => *buffer = assumed(buffer, &reading.host, false),
            Holds::Path => *buffer = assumed(buffer, &reading.path, true),
            Holds::Mixed => *buffer = unknown(buffer),
            Holds::Nothing | Holds::Same => {}
        }
    }
    for option in rule.options.iter_mut().filter(|option| varies(option, scheme)) {
        let kind = match option {
            RuleOption::Urilen { .. } => NotModelledKind::App,
            _ => NotModelledKind::After,
        };
        *option = unknown_option(kind);
    }
    Some(rule)
}
