//! Addresses and ports, cut into classes that no rule tells apart.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::class_set::ClassSet;
use crate::net::{IpSet, PortSet, classes_of_each};

/// A set of addresses by its number.
pub(in crate::analysis) type AddressesId = u32;
/// A set of ports by its number.
pub(in crate::analysis) type PortsId = u32;

/// Which version of IP, as an index.
pub(in crate::analysis) const FAMILIES: [usize; 2] = [0, 1];

/// The sets that rules ask about, each once, before the classes are known.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Sets {
    addresses: Vec<IpSet>,
    by_addresses: HashMap<IpSet, AddressesId>,
    ports: Vec<PortSet>,
    by_ports: HashMap<PortSet, PortsId>,
}

impl Sets {
    pub(in crate::analysis) fn addresses(&mut self, set: &IpSet) -> AddressesId {
        if let Some(&id) = self.by_addresses.get(set) {
            return id;
        }
        let id = number(self.addresses.len());
        self.addresses.push(set.clone());
        self.by_addresses.insert(set.clone(), id);
        id
    }

    pub(in crate::analysis) fn ports(&mut self, set: &PortSet) -> PortsId {
        if let Some(&id) = self.by_ports.get(set) {
            return id;
        }
        let id = number(self.ports.len());
        self.ports.push(set.clone());
        self.by_ports.insert(set.clone(), id);
        id
    }

    /// Cuts the spaces of addresses and ports along the edges of all sets.
    pub(in crate::analysis) fn cut(&self) -> Space {
        let like = [IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)];
        Space { families: like.map(|like| self.family(like)), ports: self.cut_ports() }
    }

    fn family(&self, like: IpAddr) -> Cut<IpSet> {
        let (classes, sets) = classes_of_each(&self.addresses, like);
        let classes = classes.into_iter().map(|class| class.set).collect();
        Cut { classes, sets: sets.into_iter().map(ClassSet::of).collect() }
    }

    /// Ports are few: each stretch between two edges, joined with those that are in the same sets. Nobody asks for port 0.
    fn cut_ports(&self) -> Cut<PortSet> {
        let ends = self.ports.iter().flat_map(|set| set.ranges());
        let mut starts: Vec<u32> =
            ends.flat_map(|&(low, high)| [u32::from(low), u32::from(high) + 1]).collect();
        starts.push(1);
        starts.sort_unstable();
        starts.dedup();
        starts.retain(|start| (1..=u32::from(u16::MAX)).contains(start));
        let mut by_sets: HashMap<Vec<bool>, usize> = HashMap::new();
        let mut classes: Vec<Vec<(u16, u16)>> = Vec::new();
        for (at, &start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).map_or(u32::from(u16::MAX), |next| next - 1);
            let (Ok(low), Ok(high)) = (u16::try_from(start), u16::try_from(end)) else { continue };
            let within: Vec<bool> = self.ports.iter().map(|set| set.contains(low)).collect();
            let class = *by_sets.entry(within).or_insert_with(|| {
                classes.push(Vec::new());
                classes.len() - 1
            });
            classes[class].push((low, high));
        }
        let classes: Vec<PortSet> = classes.into_iter().map(PortSet::from_ranges).collect();
        let of = |set: &PortSet| {
            let within = |at: &usize| first_port(&classes[*at]).is_some_and(|p| set.contains(p));
            ClassSet::of((0..classes.len()).filter(within).map(number).collect())
        };
        let sets = self.ports.iter().map(of).collect();
        Cut { classes, sets }
    }
}

/// The lowest port of a set.
pub(in crate::analysis) fn first_port(set: &PortSet) -> Option<u16> {
    set.ranges().first().map(|range| range.0)
}

/// A count as the number of a set or class.
pub(in crate::analysis) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A space cut into classes, and every set as the classes that make it up.
#[derive(Debug)]
pub(in crate::analysis) struct Cut<T> {
    /// What each class holds.
    pub classes: Vec<T>,
    /// The classes of each set, by the set's number.
    pub sets: Vec<ClassSet>,
}

impl<T> Cut<T> {
    /// Every class.
    pub(in crate::analysis) fn all(&self) -> ClassSet {
        ClassSet::below(self.classes.len())
    }
}

impl Cut<IpSet> {
    /// The addresses of some classes.
    pub(in crate::analysis) fn addresses(&self, classes: &ClassSet) -> IpSet {
        IpSet::joined(classes.iter().filter_map(|class| self.classes.get(class as usize)))
    }
}

impl Cut<PortSet> {
    /// The ports of some classes.
    pub(in crate::analysis) fn ports(&self, classes: &ClassSet) -> PortSet {
        let sets = classes.iter().filter_map(|class| self.classes.get(class as usize));
        PortSet::from_ranges(sets.flat_map(|set| set.ranges().iter().copied()).collect())
    }
}

/// Addresses of both families, and ports, cut into classes.
#[derive(Debug)]
pub(in crate::analysis) struct Space {
    /// IPv4, IPv6.
    pub families: [Cut<IpSet>; 2],
    /// The server's ports.
    pub ports: Cut<PortSet>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_is_made_of_whole_classes() {
        let mut sets = Sets::default();
        let nets = ["10.0.0.0/8", "10.1.0.0/16", "203.0.113.0/24", "2001:db8::/32"];
        let nets: Vec<IpSet> =
            nets.iter().map(|n| IpSet::from(crate::net::parse_cidr(n).unwrap())).collect();
        let ids: Vec<AddressesId> = nets.iter().map(|set| sets.addresses(set)).collect();
        assert_eq!(sets.addresses(&nets[1]), ids[1]);
        let ports = ["443", "80-90", "443"].map(|text| text.parse::<PortSet>().unwrap());
        let port_ids = ports.each_ref().map(|set| sets.ports(set));
        assert_eq!(port_ids[0], port_ids[2]);
        let space = sets.cut();
        for (set, id) in nets.iter().zip(ids) {
            let of =
                |at: usize| space.families[at].addresses(&space.families[at].sets[id as usize]);
            assert_eq!(of(0).union(&of(1)), *set);
        }
        for (set, id) in ports.iter().zip(port_ids) {
            assert_eq!(space.ports.ports(&space.ports.sets[id as usize]), *set);
        }
        let all = space.ports.ports(&space.ports.all());
        assert_eq!(all.to_string(), "1-65535");
    }
}
