//! What the policies make of a class of flows.

use std::net::IpAddr;

use super::fate::{Decider, Fate};
use super::side::Asked;
use super::split::Tag;
use super::universe::Universe;
use super::walk::Class;
use crate::eval::{Gist, Played};

impl Class {
    /// What becomes of it if exactly the rules in `live` can match. `played` is made once for both policies.
    pub(in crate::analysis) fn gist(
        &self,
        universe: &Universe<'_>,
        side: usize,
        live: &[Tag],
        played: &mut Option<Played>,
    ) -> std::rc::Rc<Gist> {
        let asked = self.asked_with(universe, side, live);
        universe.sides[side].ask(asked, || played.get_or_insert_with(|| self.played()), &mut 0)
    }

    /// The same in the words of fates.
    pub(in crate::analysis) fn fate(
        &self,
        universe: &Universe<'_>,
        side: usize,
        live: &[Tag],
        played: &mut Option<Played>,
    ) -> Fate {
        let gist = self.gist(universe, side, live, played);
        universe.sides[side].fate(&gist)
    }

    /// What becomes of the one flow that stands for it.
    pub(in crate::analysis) fn exactly(&self, universe: &Universe<'_>, side: usize) -> Fate {
        universe.sides[side].fate(&self.exact_gist(universe, side, &mut None))
    }

    /// The same as the evaluator has it. `played` is made once for all that is asked.
    pub(in crate::analysis) fn exact_gist(
        &self,
        universe: &Universe<'_>,
        side: usize,
        played: &mut Option<Played>,
    ) -> Gist {
        self.exact_gist_of(universe, side, &self.live, played)
    }

    /// What becomes of the one flow that stands for it if only these rules are asked.
    pub(in crate::analysis) fn exact_gist_of(
        &self,
        universe: &Universe<'_>,
        side: usize,
        live: &[Tag],
        played: &mut Option<Played>,
    ) -> Gist {
        let asked = self.asked_with(universe, side, live);
        universe.sides[side].exactly(played.get_or_insert_with(|| self.played()), &asked.live)
    }

    /// What becomes of that flow if the rules that `moved` names are asked just before the first that `before` names.
    pub(in crate::analysis) fn gist_with_first(
        &self,
        universe: &Universe<'_>,
        moved: impl Fn(usize) -> bool,
        before: impl Fn(usize) -> bool,
        played: &mut Option<Played>,
    ) -> Gist {
        let asked = self.asked(universe, 0);
        let played = played.get_or_insert_with(|| self.played());
        universe.sides[0].with_first(played, &asked.live, moved, before)
    }

    /// What is asked of a policy about it, with every rule that can match.
    pub(in crate::analysis) fn asked(&self, universe: &Universe<'_>, side: usize) -> Asked {
        self.asked_with(universe, side, &self.live)
    }

    fn asked_with(&self, universe: &Universe<'_>, side: usize, live: &[Tag]) -> Asked {
        let named = self.request.host.parse::<IpAddr>().is_err();
        universe.asked(side, live, (self.request.from, self.request.port, named))
    }

    fn played(&self) -> Played {
        let to = self.request.dst.unwrap_or_else(|| self.request.somewhere());
        Played::new(self.request.flow(to))
    }

    /// The rules that can match, in every way in which the open conditions can hold; nothing when there are too many.
    ///
    /// Rules with the same condition hold together, be they of one policy or of two.
    pub(in crate::analysis) fn ways(
        &self,
        universe: &Universe<'_>,
        most: usize,
    ) -> Option<Vec<Vec<Tag>>> {
        let open: Vec<(Tag, u32)> = {
            let numbered = self.open.iter().map(|tag| (*tag, universe.condition(*tag)));
            let mut open: Vec<(Tag, u32)> = numbered.collect();
            open.sort_unstable();
            open
        };
        let mut conditions: Vec<u32> = open.iter().map(|(_, condition)| *condition).collect();
        conditions.sort_unstable();
        conditions.dedup();
        if conditions.len() > most {
            return None;
        }
        let way = |holds: u32| {
            let out = |tag: &Tag| {
                let at = open.binary_search_by_key(&tag.rule(), |(open, _)| *open);
                let number = at.ok().and_then(|at| conditions.binary_search(&open[at].1).ok());
                number.is_some_and(|number| holds & (1 << number) == 0)
            };
            self.live.iter().filter(|tag| !out(tag)).copied().collect()
        };
        Some((0..1_u32 << conditions.len()).map(way).collect())
    }

    /// The rules of which it cannot be told, of the policy before (`false`) or after.
    pub(in crate::analysis) fn open_rules(&self, universe: &Universe<'_>) -> Vec<(bool, Decider)> {
        let of = |tag: &Tag| {
            let side = &universe.sides[tag.side()];
            (tag.side() == 1, side.decider(universe.reading(*tag).rule))
        };
        self.open.iter().map(of).collect()
    }
}
