//! Goes through all classes of flows of one protocol.
//!
//! First come the rules that are asked whatever the name is: they cut sources, destinations and ports into cells. What
//! a cell decides before any name is known needs no names; in the others each name adds the few rules that name it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;

use super::class_set::ClassSet;
use super::names::{NameClass, NameGroup};
use super::paths::{PathClass, PathKind, cut_paths};
use super::sample::{a_port, request};
use super::side::Asked;
use super::space::FAMILIES;
use super::split::{Cell, Placed, Region, Tag};
use super::universe::Universe;
use super::wanted::Need;
use crate::eval::Played;
use crate::net::Request;

/// Flows for which the same rules hold.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct Class {
    /// IPv4 (0) or IPv6.
    pub family: usize,
    pub region: Region,
    /// Numbers of the classes of names.
    pub atoms: ClassSet,
    pub path: PathClass,
    /// The rules that can match, with the directions in which their headers fit; ascending.
    pub live: Vec<Tag>,
    /// Those of them of which it cannot be told for all flows of the class.
    pub open: Vec<Tag>,
    /// One of the flows.
    pub request: Request,
    /// Whether no flow of the class was found: `request` is then one of another.
    pub lost: bool,
}

/// A walk through one protocol's classes.
pub(in crate::analysis) struct Walk<'u, 'a> {
    pub universe: &'u Universe<'a>,
    /// Only classes in which one of these rules can match; `None`: all.
    pub only: Option<&'u HashSet<Tag>>,
    /// Only flows from and to these; `None`: all.
    pub within: Option<&'u dyn Fn(usize) -> Region>,
    /// Only these classes of names; `None`: all.
    pub names: Option<&'u ClassSet>,
    /// Whether names are told apart even where all are decided alike before any is known: for who asks of rows by themselves.
    pub every_name: bool,
    /// How much more may be looked at.
    left: usize,
    /// What it cost so far, about 50 ns of a processor of 2024 each.
    pub spent: usize,
    /// How much of that is enough: then the walk breaks off.
    pub enough: usize,
    /// A name of which nothing is known; `None`: there is none, or the protocol says no name.
    other: Option<Option<String>>,
}

/// What a class costs, and each of its rules; what it costs to hold a name against what texts do not say.
const CLASS: usize = 200;
const RULE: usize = 4;
const HOLDS: usize = 8;
/// What it costs to ask whether a header fits a region.
const NEAR: usize = 3;

type Visit<'v> = &'v mut dyn FnMut(Class) -> ControlFlow<()>;

impl<'u, 'a> Walk<'u, 'a> {
    /// A walk through all classes, that looks at so much and no more.
    pub(in crate::analysis) fn new(universe: &'u Universe<'a>, left: usize) -> Self {
        let atoms = universe.names.atoms.iter();
        let mut other = atoms.filter(|a| matches!(a.class, NameClass::Other | NameClass::Unspoken));
        let other = other.next().map(|atom| atom.sample.clone());
        Self {
            universe,
            only: None,
            within: None,
            names: None,
            every_name: false,
            left,
            spent: 0,
            enough: usize::MAX,
            other,
        }
    }

    /// Visits every class. It breaks off where `visit` does, or when enough was looked at.
    pub(in crate::analysis) fn go(&mut self, visit: Visit<'_>) -> ControlFlow<()> {
        for family in FAMILIES {
            self.usual(family, visit)?;
            self.by_name(family, visit)?;
        }
        ControlFlow::Continue(())
    }

    fn region(&self, family: usize) -> Region {
        self.within.map_or_else(|| self.universe.grid(family).everything(), |within| within(family))
    }

    /// Those of these classes of names that are looked at.
    fn asked(&self, atoms: &[u32]) -> ClassSet {
        let asked = |atom: &u32| self.names.is_none_or(|names| names.has(*atom));
        ClassSet::of(atoms.iter().copied().filter(asked).collect())
    }

    const fn is_enough(&self) -> bool {
        self.left == 0 || self.spent > self.enough
    }

    fn is_touched(&self, tag: Tag) -> bool {
        self.only.is_none_or(|only| only.contains(&tag.rule()))
    }

    /// The cells of the rules that are asked whatever the name is, each with all names.
    fn usual(&mut self, family: usize, visit: Visit<'_>) -> ControlFlow<()> {
        let universe = self.universe;
        let grid = universe.grid(family);
        let everything = self.region(family);
        let Some(only) = self.only else {
            let placed = universe.placed(&universe.names.usual);
            self.spent += placed.len();
            let visit = &mut |cell| self.all_names(family, &cell, visit);
            return grid.cells(&everything, &placed, &|_| true, visit);
        };
        // What is looked for is about few flows: only rules that are about some of these are held against them.
        let is_usual = |tag: &&Tag| !universe.reading(**tag).host.names_some();
        let touched: Vec<Tag> = only.iter().filter(is_usual).copied().collect();
        let Some(region) = grid.hull(&universe.placed(&touched), &everything) else {
            return ControlFlow::Continue(());
        };
        let (placed, looked_at) = universe.usual_near(family, &region);
        self.spent += NEAR * looked_at;
        let keep = |fit: &[Placed]| fit.iter().any(|p| only.contains(&p.tag.rule()));
        grid.cells(&region, &placed, &keep, &mut |cell| self.all_names(family, &cell, visit))
    }

    /// A cell for all names.
    fn all_names(&mut self, family: usize, cell: &Cell, visit: Visit<'_>) -> ControlFlow<()> {
        let names = &self.universe.names;
        let early = !self.every_name && self.is_early(family, cell);
        self.spent += names.groups.len();
        let mut plain: Vec<u32> = Vec::new();
        for group in &names.groups {
            let atoms = self.asked(&group.atoms);
            if atoms.is_empty() {
                continue;
            }
            if early || !self.deviates(family, cell, group) {
                plain.extend(atoms.iter());
            } else {
                self.named(family, cell, group, visit)?;
            }
        }
        let atoms = ClassSet::of(plain);
        if atoms.is_empty() {
            return ControlFlow::Continue(());
        }
        self.with_paths(family, cell, &atoms, &[], visit)
    }

    /// Whether all policies decide the cell before names are known.
    fn is_early(&mut self, family: usize, cell: &Cell) -> bool {
        let universe = self.universe;
        let Some((from, to)) = universe.samples.ends(&universe.space, family, &cell.region) else {
            return false;
        };
        let Some(name) = &self.other else { return false };
        let port = a_port(&universe.space, &cell.region, universe.scheme);
        let play = || {
            let request = request(universe.scheme, from, to, port, name.as_deref(), "/");
            Played::new(request.flow(to))
        };
        let mut played: Option<Played> = None;
        let mut early = true;
        for (side, policy) in universe.sides.iter().enumerate() {
            let asked = universe.asked(side, &cell.live, (from, port, true));
            let asked = Asked { any_name: true, ..asked };
            let mut fresh = 0;
            early &= policy.ask(asked, || played.get_or_insert_with(play), &mut fresh).early;
            self.left = self.left.saturating_sub(fresh);
        }
        early
    }

    /// Whether other rules hold for these names than for any other, somewhere in the cell.
    fn deviates(&self, family: usize, cell: &Cell, group: &NameGroup) -> bool {
        let grid = self.universe.grid(family);
        let fits = |tag: &Tag| {
            let fits = self.universe.reading(*tag).fits.iter();
            fits.copied().any(|fit| grid.meets(&Placed::of(*tag, fit), &cell.region))
        };
        let live = |tag: &Tag| cell.live.iter().any(|l| l.rule() == *tag);
        let nameless = group
            .atoms
            .iter()
            .any(|atom| self.universe.names.atoms[*atom as usize].class == NameClass::Nameless);
        nameless
            || group.named.iter().any(fits)
            || group.missing.iter().any(live)
            || group.open.iter().any(live)
    }

    /// The parts of a cell for names that some rule names.
    fn named(
        &mut self,
        family: usize,
        cell: &Cell,
        group: &NameGroup,
        visit: Visit<'_>,
    ) -> ControlFlow<()> {
        let placed = self.universe.placed(&group.named);
        let atoms = self.asked(&group.atoms);
        let usual: Vec<Tag> =
            cell.live.iter().filter(|tag| !group.missing.contains(&tag.rule())).copied().collect();
        let grid = self.universe.grid(family);
        grid.cells(&cell.region, &placed, &|_| true, &mut |part| {
            let mut live = [&usual[..], &part.live].concat();
            live.sort_unstable();
            self.with_paths(family, &Cell { live, ..part }, &atoms, &group.open, visit)
        })
    }

    /// Names whose own rules are among those looked for, where the usual rules are not.
    fn by_name(&mut self, family: usize, visit: Visit<'_>) -> ControlFlow<()> {
        let Some(only) = self.only else { return ControlFlow::Continue(()) };
        let universe = self.universe;
        let grid = universe.grid(family);
        let everything = self.region(family);
        let is_usual = |tag: &Tag| !universe.reading(*tag).host.names_some();
        let named = only.iter().filter_map(|tag| universe.names.groups_of.get(tag));
        let groups: BTreeSet<u32> = named.flatten().copied().collect();
        for group in groups.into_iter().map(|number| &universe.names.groups[number as usize]) {
            let named = universe.placed(&group.named);
            let touched = |p: &&Placed| only.contains(&p.tag.rule());
            let touched: Vec<Placed> = named.iter().filter(touched).copied().collect();
            let Some(region) = grid.hull(&touched, &everything) else { continue };
            let (usual_there, looked_at) = universe.usual_near(family, &region);
            self.spent += NEAR * (looked_at + named.len());
            let missing: HashSet<Tag> = group.missing.iter().copied().collect();
            let there = usual_there.into_iter().filter(|p| !missing.contains(&p.tag.rule()));
            let named = named.into_iter().filter(|p| grid.meets(p, &region));
            let placed: Vec<Placed> = there.chain(named).collect();
            let atoms = self.asked(&group.atoms);
            let keep = |fit: &[Placed]| fit.iter().any(|p| only.contains(&p.tag.rule()));
            grid.cells(&region, &placed, &keep, &mut |cell| {
                let usual = |tag: &Tag| only.contains(&tag.rule()) && is_usual(tag);
                if cell.live.iter().any(usual) {
                    return ControlFlow::Continue(());
                }
                self.with_paths(family, &cell, &atoms, &group.open, visit)
            })?;
        }
        ControlFlow::Continue(())
    }

    /// A cell for these names, path by path.
    fn with_paths(
        &mut self,
        family: usize,
        cell: &Cell,
        atoms: &ClassSet,
        open: &[Tag],
        visit: Visit<'_>,
    ) -> ControlFlow<()> {
        let asks_path = |tag: &&Tag| self.universe.reading(**tag).path.asked;
        let (by_path, others): (Vec<Tag>, Vec<Tag>) = cell.live.iter().partition(asks_path);
        let needs: Vec<(Tag, &Need)> =
            by_path.iter().map(|tag| (*tag, &self.universe.reading(*tag).path)).collect();
        let paths = cut_paths(&needs);
        // The first is counted where it is looked at.
        self.left = self.left.saturating_sub(paths.len() - 1);
        for atom in paths {
            let mut live = [&others[..], &atom.live].concat();
            live.sort_unstable();
            let path = (atom.class, atom.sample.as_deref());
            self.with_names(family, &Cell { live, ..cell.clone() }, atoms, &path, open, visit)?;
        }
        ControlFlow::Continue(())
    }

    /// What texts do not say is asked of each single name; of all others it stays open.
    fn with_names(
        &mut self,
        family: usize,
        cell: &Cell,
        atoms: &ClassSet,
        path: &(PathClass, Option<&str>),
        open: &[Tag],
        visit: Visit<'_>,
    ) -> ControlFlow<()> {
        let universe = self.universe;
        let mut unclear: Vec<Tag> = cell.live.iter().map(|tag| tag.rule()).collect();
        unclear.dedup();
        unclear.retain(|tag| {
            let reading = universe.reading(*tag);
            reading.host.unclear.is_some() || reading.path.unclear.is_some() || open.contains(tag)
        });
        if unclear.is_empty() {
            return self.one(family, cell, atoms.clone(), path, Vec::new(), visit);
        }
        let mut parts: BTreeMap<(Vec<Tag>, Vec<Tag>), Vec<u32>> = BTreeMap::new();
        for atom in atoms.iter() {
            let (mut fails, mut stays) = (Vec::new(), Vec::new());
            if self.is_enough() {
                return ControlFlow::Break(());
            }
            // Names for which none of the rules looked for hold are no more than asked.
            if self.only.is_some() && self.is_beside(cell, atom, path) {
                continue;
            }
            self.spent += HOLDS * unclear.len();
            for &tag in &unclear {
                self.left = self.left.saturating_sub(1);
                match self.holds(tag, atom, path) {
                    Some(true) if !open.contains(&tag) => {}
                    Some(false) => fails.push(tag),
                    Some(true) | None => stays.push(tag),
                }
            }
            parts.entry((fails, stays)).or_default().push(atom);
        }
        for ((fails, stays), atoms) in parts {
            let live = cell.live.iter().filter(|tag| !fails.contains(&tag.rule())).copied();
            let cell = Cell { live: live.collect(), ..cell.clone() };
            self.one(family, &cell, ClassSet::of(atoms), path, stays, visit)?;
        }
        ControlFlow::Continue(())
    }

    /// Whether all rules that are looked for fail for a class of names.
    fn is_beside(&mut self, cell: &Cell, atom: u32, path: &(PathClass, Option<&str>)) -> bool {
        let touched = cell.live.iter().filter(|tag| self.is_touched(**tag));
        let touched: Vec<Tag> = touched.map(|tag| tag.rule()).collect();
        self.spent += HOLDS * touched.len();
        touched.iter().all(|tag| self.holds(*tag, atom, path) == Some(false))
    }

    /// Whether an unclear rule holds for all names of a class, for none, or it cannot be told.
    fn holds(&self, tag: Tag, atom: u32, path: &(PathClass, Option<&str>)) -> Option<bool> {
        let reading = self.universe.reading(tag);
        let side = &self.universe.sides[tag.side()];
        let host = match (&reading.host.unclear, &self.universe.names.atoms[atom as usize].class) {
            (None, _) => Some(true),
            (Some(_), NameClass::Is(name)) => side.holds(tag.reading(), false, name),
            (Some(_), _) => None,
        };
        let by_path = match (&reading.path.unclear, &path.0.kind) {
            (None, _) => Some(true),
            (Some(_), PathKind::Is(text)) => side.holds(tag.reading(), true, text),
            (Some(_), _) => None,
        };
        match (host, by_path) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }

    fn one(
        &mut self,
        family: usize,
        cell: &Cell,
        atoms: ClassSet,
        path: &(PathClass, Option<&str>),
        open: Vec<Tag>,
        visit: Visit<'_>,
    ) -> ControlFlow<()> {
        if self.only.is_some() && !cell.live.iter().any(|tag| self.is_touched(*tag)) {
            return ControlFlow::Continue(());
        }
        if self.is_enough() {
            return ControlFlow::Break(());
        }
        self.left -= 1;
        self.spent += CLASS + RULE * cell.live.len();
        let universe = self.universe;
        let Some((from, to)) = universe.samples.ends(&universe.space, family, &cell.region) else {
            return ControlFlow::Continue(());
        };
        let port = a_port(&universe.space, &cell.region, universe.scheme);
        // A name that somebody wrote says more than one that was made up.
        let names = atoms.iter().map(|atom| &universe.names.atoms[atom as usize]);
        let name = names.min_by_key(|a| (a.sample.is_none(), a.class == NameClass::Other));
        let name = name.and_then(|atom| atom.sample.as_deref());
        let request = request(universe.scheme, from, to, port, name, path.1.unwrap_or("/"));
        visit(Class {
            family,
            region: cell.region.clone(),
            atoms,
            path: path.0.clone(),
            live: cell.live.clone(),
            open,
            request,
            lost: path.1.is_none(),
        })
    }
}
