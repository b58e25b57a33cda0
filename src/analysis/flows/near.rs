//! Which of many headers fit some flow of a small region, without looking at all of them.

use super::split::{Grid, Placed, Region};

/// Sets of more classes than this are not looked up by class: each of them would stand in as many lists.
const WIDE: usize = 64;

/// Headers by the classes of the addresses that they are about.
#[derive(Debug)]
pub(in crate::analysis) struct Near {
    placed: Vec<Placed>,
    from: ByClass,
    to: ByClass,
}

/// Places of headers by the classes of one of their sets of addresses.
#[derive(Debug, Default)]
struct ByClass {
    classes: Vec<Vec<u32>>,
    /// Those with sets of many classes.
    wide: Vec<u32>,
}

impl ByClass {
    fn of(grid: &Grid<'_>, placed: &[Placed], set: impl Fn(&Placed) -> u32) -> Self {
        let classes = vec![Vec::new(); grid.addresses.classes.len()];
        let mut by = Self { classes, wide: Vec::new() };
        for (at, header) in (0_u32..).zip(placed) {
            let set = &grid.addresses.sets[set(header) as usize];
            if set.len() > WIDE {
                by.wide.push(at);
                continue;
            }
            for class in set.iter() {
                by.classes[class as usize].push(at);
            }
        }
        by
    }

    fn count(&self, classes: impl Iterator<Item = u32>) -> usize {
        self.wide.len() + classes.map(|class| self.classes[class as usize].len()).sum::<usize>()
    }

    fn candidates(&self, classes: impl Iterator<Item = u32>) -> Vec<u32> {
        let narrow = classes.flat_map(|class| self.classes[class as usize].iter());
        let mut all: Vec<u32> = narrow.chain(&self.wide).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Near {
    /// Sorts headers by the classes that they are about.
    pub(in crate::analysis) fn new(grid: &Grid<'_>, placed: Vec<Placed>) -> Self {
        let from = ByClass::of(grid, &placed, |header| header.from);
        let to = ByClass::of(grid, &placed, |header| header.to);
        Self { placed, from, to }
    }

    /// The headers that fit some flow of the region, in their order, and how many were looked at.
    pub(in crate::analysis) fn of(&self, grid: &Grid<'_>, region: &Region) -> (Vec<Placed>, usize) {
        let by_from = self.from.count(region.from.iter()) <= self.to.count(region.to.iter());
        let candidates = match by_from {
            true => self.from.candidates(region.from.iter()),
            false => self.to.candidates(region.to.iter()),
        };
        let looked_at = candidates.len();
        let headers = candidates.into_iter().map(|at| self.placed[at as usize]);
        (headers.filter(|header| grid.meets(header, region)).collect(), looked_at)
    }
}
