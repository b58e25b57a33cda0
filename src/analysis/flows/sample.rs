//! One flow that stands for a class.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::space::{Space, first_port};
use super::split::Region;
use crate::net::{IpSet, Request, Scheme};

/// Which addresses to take as examples.
#[derive(Debug)]
pub(in crate::analysis) struct Samples {
    /// An address of each class, by family: inside where there is one.
    clients: [Vec<IpAddr>; 2],
    /// Whether it is inside.
    inside: [Vec<bool>; 2],
    /// An address of each class: the one that names usually lead to where it is there.
    servers: [Vec<IpAddr>; 2],
}

impl Samples {
    pub(in crate::analysis) fn new(space: &Space, inside: &IpSet) -> Self {
        let usual = [
            somewhere(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            somewhere(IpAddr::V6(Ipv6Addr::UNSPECIFIED)),
        ];
        let each = [0, 1].map(|family| {
            let classes = &space.families[family].classes;
            let of = |set: &IpSet| {
                let within = set.intersection(inside);
                let client = an_address(if within.is_empty() { set } else { &within });
                let server =
                    if set.contains(usual[family]) { Some(usual[family]) } else { an_address(set) };
                let none = usual[family];
                (client.unwrap_or(none), !within.is_empty(), server.unwrap_or(none))
            };
            classes.iter().map(of).collect::<Vec<_>>()
        });
        Self {
            clients: each.each_ref().map(|e| e.iter().map(|s| s.0).collect()),
            inside: each.each_ref().map(|e| e.iter().map(|s| s.1).collect()),
            servers: each.each_ref().map(|e| e.iter().map(|s| s.2).collect()),
        }
    }

    /// A client and a server of a region that are not the same; `None`: there are none.
    pub(in crate::analysis) fn ends(
        &self,
        space: &Space,
        family: usize,
        region: &Region,
    ) -> Option<(IpAddr, IpAddr)> {
        let inside = region.from.iter().find(|class| self.inside[family][*class as usize]);
        let from = inside.or(region.from.first())?;
        let usual = somewhere(self.clients[family].first().copied()?);
        let leads = |class: &u32| self.servers[family][*class as usize] == usual;
        let to = region.to.iter().find(leads).or(region.to.first())?;
        let (from, to) = (self.clients[family][from as usize], self.servers[family][to as usize]);
        if from != to {
            return Some((from, to));
        }
        // One and the same: any other pair will do.
        let classes = &space.families[family];
        let (clients, servers) = (classes.addresses(&region.from), classes.addresses(&region.to));
        let only = IpSet::host(from);
        let other = |set: &IpSet| an_address(&set.minus(&only));
        other(&servers).map(|to| (from, to)).or_else(|| other(&clients).map(|from| (from, to)))
    }
}

/// What an unknown name is likely to resolve to.
fn somewhere(like: IpAddr) -> IpAddr {
    request(Scheme::Https, like, like, 443, None, "/").somewhere()
}

/// An address of the set that looks like a host's: not the first of its network, where there is another.
pub(in crate::analysis) fn an_address(set: &IpSet) -> Option<IpAddr> {
    let first = set.first()?;
    let next = match first {
        IpAddr::V4(a) => Ipv4Addr::from_bits(a.to_bits().saturating_add(1)).into(),
        IpAddr::V6(a) => Ipv6Addr::from_bits(a.to_bits().saturating_add(1)).into(),
    };
    Some(if set.contains(next) { next } else { first })
}

/// The request as a person would type it; without a name it asks for the address.
pub(in crate::analysis) fn request(
    scheme: Scheme,
    from: IpAddr,
    to: IpAddr,
    port: u16,
    name: Option<&str>,
    path: &str,
) -> Request {
    Request {
        from,
        scheme,
        host: name.map_or_else(|| to.to_string(), str::to_owned),
        port: if scheme == Scheme::Icmp { 0 } else { port },
        path: if scheme == Scheme::Http { path.to_owned() } else { "/".to_owned() },
        dst: Some(to),
        notes: Vec::new(),
    }
}

/// The port to ask for: the protocol's own where it is among them.
pub(in crate::analysis) fn a_port(space: &Space, region: &Region, scheme: Scheme) -> u16 {
    let ports = space.ports.ports(&region.ports);
    let usual: &[u16] = match scheme {
        Scheme::Https | Scheme::Quic => &[443],
        Scheme::Http => &[80],
        Scheme::Dns => &[53],
        Scheme::Tcp => &[22, 443],
        Scheme::Udp => &[123, 443],
        Scheme::Icmp => &[],
    };
    let usual = usual.iter().copied().find(|port| ports.contains(*port));
    usual.or_else(|| first_port(&ports)).unwrap_or(1)
}
