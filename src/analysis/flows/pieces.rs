//! Classes of flows with the same answer, joined again into sets that can be read.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;
use std::net::IpAddr;
use std::rc::Rc;

use super::class_set::ClassSet;
use super::names::NameClass;
use super::paths::PathClass;
use super::split::Region;
use super::universe::Universe;
use super::walk::Class;
use crate::net::{IpSet, PortSet, Request, Scheme};

/// A set of flows: from any of these to any of those, through any of these ports, for any of these names and paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flows {
    /// The protocol that the client speaks.
    pub scheme: Scheme,
    /// The clients.
    pub from: IpSet,
    /// The names asked for; empty: any, and where the protocol says none.
    pub names: Vec<NameClass>,
    /// All classes that the rules tell apart, ascending; a name is of the longest that it ends like.
    pub known: Rc<[NameClass]>,
    /// The servers.
    pub to: IpSet,
    /// Their ports.
    pub ports: PortSet,
    /// The paths asked for.
    pub paths: Vec<PathClass>,
    /// One of the flows.
    pub witness: Request,
}

/// Classes that are joined so far.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct Piece {
    family: usize,
    region: Region,
    atoms: ClassSet,
    paths: Vec<PathClass>,
    request: Request,
}

/// Classes by what is to be said of them.
#[derive(Debug)]
pub(in crate::analysis) struct Pieces<K> {
    by_answer: BTreeMap<K, Vec<Piece>>,
}

impl<K: Ord + Clone> Pieces<K> {
    pub(in crate::analysis) const fn new() -> Self {
        Self { by_answer: BTreeMap::new() }
    }

    pub(in crate::analysis) fn add(&mut self, answer: K, class: &Class) {
        self.by_answer.entry(answer).or_default().push(Piece {
            family: class.family,
            region: class.region.clone(),
            atoms: class.atoms.clone(),
            paths: vec![class.path.clone()],
            request: class.request.clone(),
        });
    }

    /// The sets of flows, each with its answer.
    pub(in crate::analysis) fn flows(self, universe: &Universe<'_>) -> Vec<(K, Flows)> {
        let mut known: Vec<NameClass> =
            universe.names.atoms.iter().map(|atom| atom.class.clone()).collect();
        known.sort();
        let known: Rc<[NameClass]> = known.into();
        let mut all = Vec::new();
        for (answer, pieces) in self.by_answer {
            let flows = joined(pieces).iter().map(|p| p.flows(universe, &known)).collect();
            all.extend(both_families(flows).into_iter().map(|flows| (answer.clone(), flows)));
        }
        all
    }
}

/// Joins pieces that differ in one thing only, until none do.
fn joined(mut pieces: Vec<Piece>) -> Vec<Piece> {
    loop {
        let before = pieces.len();
        pieces = join(
            pieces,
            |p| (p.family, p.region.clone(), p.paths.clone()),
            |a, others| a.atoms = a.atoms.with(others.iter().map(|b| &b.atoms)),
        );
        pieces = join(
            pieces,
            |p| (p.family, p.region.clone(), p.atoms.clone()),
            |a, others| {
                a.paths.extend(others.iter().flat_map(|b| b.paths.iter().cloned()));
                a.paths.sort();
                a.paths.dedup();
                if PathClass::are_every(&a.paths) {
                    a.paths = vec![PathClass::any()];
                }
            },
        );
        let but_ports = |p: &Piece| {
            let region = (p.region.from.clone(), p.region.to.clone());
            (p.family, region, p.atoms.clone(), p.paths.clone())
        };
        pieces = join(pieces, but_ports, |a, others| {
            a.region.ports = a.region.ports.with(others.iter().map(|b| &b.region.ports));
        });
        let but_to = |p: &Piece| {
            let region = (p.region.from.clone(), p.region.ports.clone());
            (p.family, region, p.atoms.clone(), p.paths.clone())
        };
        pieces = join(pieces, but_to, |a, others| {
            a.region.to = a.region.to.with(others.iter().map(|b| &b.region.to));
        });
        let but_from = |p: &Piece| {
            let region = (p.region.to.clone(), p.region.ports.clone());
            (p.family, region, p.atoms.clone(), p.paths.clone())
        };
        pieces = join(pieces, but_from, |a, others| {
            a.region.from = a.region.from.with(others.iter().map(|b| &b.region.from));
        });
        if pieces.len() == before {
            return pieces;
        }
    }
}

/// Joins those with the same key, in the order of the first of each. All of a key are joined at once: there may be as many
/// as a policy has names.
fn join<K: Hash + Eq>(
    pieces: Vec<Piece>,
    key: impl Fn(&Piece) -> K,
    add: impl Fn(&mut Piece, &[Piece]),
) -> Vec<Piece> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut joined: Vec<(Piece, Vec<Piece>)> = Vec::new();
    for piece in pieces {
        match places.entry(key(&piece)) {
            Entry::Occupied(at) => joined[*at.get()].1.push(piece),
            Entry::Vacant(free) => {
                free.insert(joined.len());
                joined.push((piece, Vec::new()));
            }
        }
    }
    let whole = joined.into_iter().map(|(mut first, others)| {
        if !others.is_empty() {
            add(&mut first, &others);
        }
        first
    });
    whole.collect()
}

impl Piece {
    fn flows(&self, universe: &Universe<'_>, known: &Rc<[NameClass]>) -> Flows {
        let addresses = &universe.space.families[self.family];
        let all = &universe.names.atoms;
        let mut names: Vec<NameClass> = if self.atoms.len() == all.len() {
            Vec::new()
        } else {
            self.atoms.iter().map(|atom| all[atom as usize].class.clone()).collect()
        };
        names.sort();
        Flows {
            scheme: universe.scheme,
            from: addresses.addresses(&self.region.from),
            to: addresses.addresses(&self.region.to),
            ports: universe.space.ports.ports(&self.region.ports),
            names,
            known: Rc::clone(known),
            paths: self.paths.clone(),
            witness: self.request.clone(),
        }
    }
}

impl Flows {
    /// Whether the flow of a usual client for this request, whose destination is given, is one of these.
    #[must_use]
    pub fn contains(&self, request: &Request) -> bool {
        let to = request.dst.is_some_and(|to| self.to.contains(to));
        request.scheme == self.scheme
            && to
            && self.from.contains(request.from)
            && (request.scheme == Scheme::Icmp || self.ports.contains(request.port))
            && (self.names.is_empty() || self.names.binary_search(&self.class_of(request)).is_ok())
            && self.paths.iter().any(|class| class.contains(&request.path))
    }

    /// The class of the name that a request says.
    fn class_of(&self, request: &Request) -> NameClass {
        let name = &request.host;
        let known = |class: &NameClass| self.known.binary_search(class).is_ok();
        if known(&NameClass::Unspoken) {
            return NameClass::Unspoken;
        }
        if name.parse::<IpAddr>().is_ok() {
            return NameClass::Nameless;
        }
        let whole = [NameClass::Is(name.clone())];
        let ends = (0..name.len()).map(|at| NameClass::Ends(name[at..].to_owned()));
        whole.into_iter().chain(ends).find(known).unwrap_or(NameClass::Other)
    }

    /// Names that end like some of these, and are not meant.
    #[must_use]
    pub fn but<'s>(&'s self) -> Vec<NameClass> {
        let end = |name: &'s NameClass| match name {
            NameClass::Ends(end) => Some(end.as_str()),
            NameClass::Is(_) | NameClass::Other | NameClass::Nameless | NameClass::Unspoken => None,
        };
        let meant_ends: HashSet<&str> = self.names.iter().filter_map(end).collect();
        let ends = |other: &&NameClass| {
            let (NameClass::Is(text) | NameClass::Ends(text)) = other else { return false };
            let mut shorter = text.char_indices().map(|(at, c)| &text[at + c.len_utf8()..]);
            shorter.any(|end| meant_ends.contains(end))
        };
        let meant = |name: &&NameClass| self.names.binary_search(name).is_err();
        self.known.iter().filter(meant).filter(ends).cloned().collect()
    }
}

/// Joins a set of IPv4 flows with the IPv6 flows that differ from it in nothing else. No flow goes from one family to the
/// other.
fn both_families(flows: Vec<Flows>) -> Vec<Flows> {
    let (v4, mut v6): (Vec<Flows>, Vec<Flows>) =
        flows.into_iter().partition(|f| f.witness.from.is_ipv4());
    let mut both: Vec<Flows> = Vec::new();
    for mut flows in v4 {
        let same = |other: &Flows| {
            (&other.names, &other.ports, &other.paths) == (&flows.names, &flows.ports, &flows.paths)
        };
        if let Some(at) = v6.iter().position(same) {
            let other = v6.remove(at);
            flows.from = flows.from.union(&other.from);
            flows.to = flows.to.union(&other.to);
        }
        both.push(flows);
    }
    both.extend(v6);
    both
}
