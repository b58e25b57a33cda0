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
        let asked = self.asked(universe, side);
        universe.sides[side].exactly(played.get_or_insert_with(|| self.played()), &asked.live)
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
        let condition = |tag: Tag| {
            let reading = universe.reading(tag);
            match (&reading.host.unclear, &reading.path.unclear) {
                (None, None) => format!("{:?}", reading.host),
                (host, path) => format!("{host:?} {path:?}"),
            }
        };
        let mut conditions: Vec<String> = self.open.iter().map(|tag| condition(*tag)).collect();
        conditions.sort_unstable();
        conditions.dedup();
        if conditions.len() > most {
            return None;
        }
        let number = |tag: Tag| conditions.binary_search(&condition(tag)).unwrap_or_default();
        let open: Vec<(Tag, usize)> = self.open.iter().map(|tag| (*tag, number(*tag))).collect();
        let way = |holds: u32| {
            let out = |tag: &Tag| {
                let open = open.iter().find(|(open, _)| *open == tag.rule());
                open.is_some_and(|(_, number)| holds & (1 << number) == 0)
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
