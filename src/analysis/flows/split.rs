//! Cuts sources × destinations × ports into cells in which every rule's header fits or does not.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::class_set::ClassSet;
use super::reading::Fit;
use super::space::{AddressesId, Cut, PortsId, number};
use crate::net::{IpSet, PortSet};

/// A rule of one of the policies, in one direction of the packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::analysis) struct Tag(u32);

impl Tag {
    /// The reading with this number, of this policy (0 or 1), packets to the server or to the client.
    pub(in crate::analysis) fn new(side: usize, reading: usize, to_server: bool) -> Self {
        Self(number(reading) << 3 | u32::from(to_server) << 1 | u32::from(side != 0))
    }

    /// The same where it is known that the header fits, of a rule of which that is not known everywhere.
    pub(in crate::analysis) const fn surely(self) -> Self {
        Self(self.0 | 4)
    }

    pub(in crate::analysis) const fn side(self) -> usize {
        (self.0 & 1) as usize
    }

    pub(in crate::analysis) const fn reading(self) -> usize {
        (self.0 >> 3) as usize
    }

    /// The rule alone, in whatever way its header fits.
    pub(in crate::analysis) const fn rule(self) -> Self {
        Self(self.0 & !6)
    }

    /// Whether it is about packets to the server.
    pub(in crate::analysis) const fn is_to_server(self) -> bool {
        self.0 & 2 != 0
    }

    /// In which way the header fits, as one bit of many.
    pub(in crate::analysis) const fn way(self) -> u8 {
        1 << (self.0 >> 1 & 3)
    }
}

/// A header's flows.
#[derive(Debug, Clone, Copy)]
pub(in crate::analysis) struct Placed {
    pub tag: Tag,
    pub from: AddressesId,
    pub to: AddressesId,
    pub ports: PortsId,
}

impl Placed {
    /// One of the headers of a rule.
    pub(in crate::analysis) fn of(rule: Tag, fit: Fit) -> Self {
        let tag = Tag::new(rule.side(), rule.reading(), fit.to_server);
        let tag = if fit.surely { tag.surely() } else { tag };
        Self { tag, from: fit.from, to: fit.to, ports: fit.ports }
    }
}

/// Flows from any of these sources to any of these destinations and ports.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::analysis) struct Region {
    pub from: ClassSet,
    pub to: ClassSet,
    pub ports: ClassSet,
}

/// A part of a region in which the same headers fit everywhere.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct Cell {
    pub region: Region,
    /// The rules whose headers fit, ascending.
    pub live: Vec<Tag>,
}

/// The cut spaces, and the ports that are always told apart.
#[derive(Debug, Clone, Copy)]
pub(in crate::analysis) struct Grid<'s> {
    pub addresses: &'s Cut<IpSet>,
    pub ports: &'s Cut<PortSet>,
    pub apart: &'s [PortsId],
}

impl Grid<'_> {
    pub(in crate::analysis) fn everything(&self) -> Region {
        let all = self.addresses.all();
        Region { from: all.clone(), to: all, ports: self.ports.all() }
    }

    /// Whether the header fits some flow of the region.
    pub(in crate::analysis) fn meets(&self, placed: &Placed, region: &Region) -> bool {
        self.addresses.sets[placed.from as usize].meets(&region.from)
            && self.addresses.sets[placed.to as usize].meets(&region.to)
            && self.ports.sets[placed.ports as usize].meets(&region.ports)
    }

    /// The smallest region, as sources, servers and ports go each by itself, that holds what all these headers fit within
    /// another; `None`: they fit nothing in it.
    pub(in crate::analysis) fn hull(&self, placed: &[Placed], within: &Region) -> Option<Region> {
        let fit: Vec<&Placed> = placed.iter().filter(|p| self.meets(p, within)).collect();
        let of = |sets: &[ClassSet], set: &dyn Fn(&Placed) -> u32, within: &ClassSet| {
            let sets = fit.iter().map(|p| &sets[set(p) as usize]);
            within.and(&ClassSet::of(sets.flat_map(ClassSet::iter).collect()))
        };
        (!fit.is_empty()).then(|| Region {
            from: of(&self.addresses.sets, &|p| p.from, &within.from),
            to: of(&self.addresses.sets, &|p| p.to, &within.to),
            ports: of(&self.ports.sets, &|p| p.ports, &within.ports),
        })
    }

    /// Visits the cells of `region`; parts of it for whose headers `keep` says no are left out.
    pub(in crate::analysis) fn cells(
        &self,
        region: &Region,
        placed: &[Placed],
        keep: &dyn Fn(&[Placed]) -> bool,
        visit: &mut dyn FnMut(Cell) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let addresses = &self.addresses.sets;
        let asked: Vec<u32> = placed.iter().map(|p| p.from).collect();
        for from in groups(self.addresses, &region.from, asked) {
            let at = from.first().unwrap_or_default();
            let fit: Vec<Placed> =
                placed.iter().filter(|p| addresses[p.from as usize].has(at)).copied().collect();
            if !keep(&fit) {
                continue;
            }
            let asked: Vec<u32> = fit.iter().map(|p| p.to).collect();
            for to in groups(self.addresses, &region.to, asked) {
                let at = to.first().unwrap_or_default();
                let fit: Vec<Placed> =
                    fit.iter().filter(|p| addresses[p.to as usize].has(at)).copied().collect();
                if keep(&fit) {
                    self.by_ports(&from, &to, &region.ports, &fit, keep, visit)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn by_ports(
        &self,
        from: &ClassSet,
        to: &ClassSet,
        ports: &ClassSet,
        placed: &[Placed],
        keep: &dyn Fn(&[Placed]) -> bool,
        visit: &mut dyn FnMut(Cell) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let asked = placed.iter().map(|p| p.ports).chain(self.apart.iter().copied()).collect();
        for ports in groups(self.ports, ports, asked) {
            let at = ports.first().unwrap_or_default();
            let fits = |p: &&Placed| self.ports.sets[p.ports as usize].has(at);
            let fit: Vec<Placed> = placed.iter().filter(fits).copied().collect();
            if !keep(&fit) {
                continue;
            }
            let mut live: Vec<Tag> = fit.iter().map(|p| p.tag).collect();
            live.sort_unstable();
            live.dedup();
            visit(Cell { region: Region { from: from.clone(), to: to.clone(), ports }, live })?;
        }
        ControlFlow::Continue(())
    }
}

/// The classes of `within`, those together that are in the same of the sets asked about.
fn groups<T>(cut: &Cut<T>, within: &ClassSet, mut asked: Vec<u32>) -> Vec<ClassSet> {
    asked.sort_unstable();
    asked.dedup();
    // What holds every class tells none apart.
    asked.retain(|&set| cut.sets[set as usize].len() < cut.classes.len());
    if within.len() < 2 || asked.is_empty() {
        return if within.is_empty() { Vec::new() } else { vec![within.clone()] };
    }
    let classes: Vec<u32> = within.iter().collect();
    let mut sets_of: Vec<Vec<u32>> = vec![Vec::new(); classes.len()];
    for set in asked {
        let members = &cut.sets[set as usize];
        if members.len() < classes.len() {
            for class in members.iter() {
                if let Ok(at) = classes.binary_search(&class) {
                    sets_of[at].push(set);
                }
            }
        } else {
            for (at, &class) in classes.iter().enumerate() {
                if members.has(class) {
                    sets_of[at].push(set);
                }
            }
        }
    }
    let mut by_sets: HashMap<Vec<u32>, usize> = HashMap::new();
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for (class, sets) in classes.into_iter().zip(sets_of) {
        let group = *by_sets.entry(sets).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(class);
    }
    groups.into_iter().map(ClassSet::of).collect()
}
