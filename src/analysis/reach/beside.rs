//! What rows make of the same flows, each by itself.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::rc::Rc;

use super::search::{Ended, Search, own};
use crate::analysis::flows::{Class, Decider, FAMILIES, Outcome, Placed, Region, Tag, Universe};
use crate::eval::{By, Gist, Played};
use crate::net::{Action, Request};
use crate::policy::RulePlace;

/// What it costs to ask about a class, and about each of its rules; in the measure of walks.
const CLASS: usize = 400;
const RULE: usize = 8;

/// How much may still be spent on asking, as walks count it.
pub(super) struct Meter {
    left: Cell<usize>,
}

/// A request that one row decides and another would.
#[derive(Debug, Clone)]
pub(super) struct Met {
    pub request: Request,
    /// What becomes of it.
    pub now: Outcome,
    /// What the other row alone makes of it.
    pub then: Outcome,
}

/// Who decides what a row is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    /// Rows that decide some of it otherwise than the row would.
    pub by: BTreeMap<RulePlace, Met>,
    /// Whether there may be more.
    pub open: bool,
}

/// A request that one row is about and another is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outside {
    Some(Request),
    None,
    Unknown,
}

/// Looks at a class that a row may be about, with the rules of the row.
type Look<'l> = &'l mut dyn FnMut(&Universe<'_>, &Class, &BTreeSet<usize>) -> ControlFlow<()>;

/// What a row by itself makes of a class.
enum Alone {
    Nothing,
    Acts(Outcome),
    Unknown,
}

impl Meter {
    pub(super) const fn new(most: usize) -> Self {
        Self { left: Cell::new(most) }
    }

    /// Counts a class with so many rules; whether it may be looked at.
    fn may(&self, rules: usize) -> bool {
        let left = self.left.get().checked_sub(CLASS + RULE * rules);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }
}

impl Search<'_> {
    /// Which rows decide some of what the row at `place` is about, otherwise than it would.
    ///
    /// A hand-written row counts only where the flow shows that its place matters. Other rows keep their order, as far as
    /// they act differently: what a row further up is about too is that one's, though another may decide it sooner.
    pub(super) fn taken(
        &self,
        place: RulePlace,
        by_hand: &dyn Fn(RulePlace) -> bool,
        is_above: &dyn Fn(RulePlace, RulePlace) -> bool,
        meter: &Meter,
    ) -> Taken {
        let mut taken = Taken::default();
        let mut look = |universe: &Universe<'_>, class: &Class, rules: &BTreeSet<usize>| {
            let mut played = None;
            let then = match alone(universe, class, rules, &mut played) {
                // Where conditions are open it may be about other flows of the class.
                Alone::Nothing => return taken.open |= !class.open.is_empty(),
                Alone::Unknown => return taken.open = true,
                Alone::Acts(then) => then,
            };
            let side = &universe.sides[0];
            let gist = gist(universe, class, &class.live, &mut played);
            taken.open |= !class.open.is_empty() || !gist.open.is_empty();
            let (By::Rule(rule), true) = (gist.by, gist.open.is_empty()) else { return };
            let Decider::Rule(group, rule) = side.decider(rule) else { return };
            let (by, now) = (RulePlace { group, rule }, side.fate(&gist).outcome);
            // What loses answers only is no action of its own.
            let is_half = [now, then].iter().any(|outcome| outcome.action().is_none());
            if by == place || now == then || is_half || taken.by.contains_key(&by) {
                return;
            }
            let is_by_hand = by_hand(place) || by_hand(by);
            let asks =
                |tag: &Tag| tag.is_to_server() && rules.contains(&universe.reading(*tag).rule);
            if !is_by_hand && !class.live.iter().any(asks) {
                return;
            }
            if is_by_hand {
                let Some(others) = self.rules.get(&by) else { return };
                let own = |rule: usize| rules.contains(&rule);
                let other = |rule: usize| others.contains(&rule);
                let first = class.gist_with_first(universe, own, other, &mut played);
                match first.open.is_empty() {
                    false => return taken.open = true,
                    true if side.fate(&first).outcome != then => return,
                    true => {}
                }
            } else {
                let among = |row| is_above(row, by);
                match self.is_meant_by_others(universe, class, &among, &mut played) {
                    None => return taken.open = true,
                    Some(true) => return,
                    Some(false) => {}
                }
            }
            taken.by.insert(by, Met { request: class.request.clone(), now, then });
        };
        let whole = self.each(place, meter, &mut |universe, class, rules| {
            look(universe, class, rules);
            ControlFlow::Continue(())
        });
        taken.open |= !whole;
        taken
    }

    /// Whether some of these rows is about the flows of a class too; `None`: it cannot be told. The engine may decide by
    /// another row that does the same sooner.
    fn is_meant_by_others(
        &self,
        universe: &Universe<'_>,
        class: &Class,
        among: &dyn Fn(RulePlace) -> bool,
        played: &mut Option<Played>,
    ) -> Option<bool> {
        let row = |tag: &Tag| match universe.sides[0].decider(universe.reading(*tag).rule) {
            Decider::Rule(group, rule) => Some(RulePlace { group, rule }),
            _ => None,
        };
        let rows: BTreeSet<RulePlace> = class.live.iter().filter_map(row).collect();
        let rules = rows.iter().filter(|row| among(**row)).filter_map(|row| self.rules.get(row));
        let mut is_known = true;
        for rules in rules {
            match alone(universe, class, rules, played) {
                Alone::Acts(_) => return Some(true),
                Alone::Unknown => is_known = false,
                Alone::Nothing => {}
            }
        }
        is_known.then_some(false)
    }

    /// A request that the row at `place` is about, and the row at `other` is not.
    pub(super) fn outside(&self, place: RulePlace, other: RulePlace, meter: &Meter) -> Outside {
        let mut found = Outside::None;
        let nothing = BTreeSet::new();
        let others = self.rules.get(&other).unwrap_or(&nothing);
        let whole = self.each(place, meter, &mut |universe, class, rules| {
            let mut played = None;
            let mut of = |rules| alone(universe, class, rules, &mut played);
            let is_sure = class.open.is_empty();
            match (of(rules), of(others)) {
                (Alone::Acts(_), Alone::Nothing) => {
                    found = Outside::Some(class.request.clone());
                    return ControlFlow::Break(());
                }
                (Alone::Nothing, _) | (Alone::Acts(_), Alone::Acts(_)) if is_sure => {}
                _ => found = Outside::Unknown,
            }
            ControlFlow::Continue(())
        });
        match found {
            Outside::None if !whole => Outside::Unknown,
            found => found,
        }
    }

    /// For each protocol and family a region that holds all flows that the rules of a row may be about.
    pub(super) fn hulls(&self, place: RulePlace) -> Vec<Option<Region>> {
        let hulls = self.universes.iter().flat_map(|universe| {
            let placed = self.headers(place, universe);
            FAMILIES.map(|family| {
                let grid = universe.grid(family);
                grid.hull(&placed, &grid.everything())
            })
        });
        hulls.collect()
    }

    /// Whether some rule of a row may be about flows of these regions.
    pub(super) fn meets(&self, hulls: &[Option<Region>], place: RulePlace) -> bool {
        let (by_protocol, _) = hulls.as_chunks::<2>();
        self.universes.iter().zip(by_protocol).any(|(universe, hulls)| {
            let placed = self.headers(place, universe);
            FAMILIES.into_iter().zip(hulls).any(|(family, hull)| {
                let grid = universe.grid(family);
                hull.as_ref().is_some_and(|hull| placed.iter().any(|p| grid.meets(p, hull)))
            })
        })
    }

    /// The headers of the rules of a row.
    fn headers(&self, place: RulePlace, universe: &Universe<'_>) -> Vec<Placed> {
        let rules = self.rules.get(&place).map(|rules| own(universe, rules));
        let tags: Vec<Tag> = rules.into_iter().flatten().collect();
        universe.placed(&tags)
    }

    /// Visits the classes that a row may be about; whether all of them were there to be looked at.
    fn each(&self, place: RulePlace, meter: &Meter, look: Look<'_>) -> bool {
        let Some(rules) = self.rules.get(&place) else { return true };
        let mut whole = true;
        for universe in &self.universes {
            let only = own(universe, rules);
            if only.is_empty() {
                continue;
            }
            whole &= universe.names.lost.is_empty();
            let mut done = false;
            let ended = self.go(universe, (&only, true), &mut |class| {
                if self.is_stopped() || !meter.may(class.live.len()) {
                    return ControlFlow::Break(());
                }
                if class.lost {
                    whole = false;
                    return ControlFlow::Continue(());
                }
                let flow = look(universe, &class, rules);
                done = flow.is_break();
                flow
            });
            if done {
                break;
            }
            whole &= ended == Ended::Whole;
        }
        whole
    }
}

/// What the rules of a row make of a class by themselves, of the flow that stands for it where conditions are open.
fn alone(
    universe: &Universe<'_>,
    class: &Class,
    rules: &BTreeSet<usize>,
    played: &mut Option<Played>,
) -> Alone {
    let side = &universe.sides[0];
    let ruleset = &side.compiled.ruleset.rules;
    let rule = |tag: &Tag| universe.reading(*tag).rule;
    if !class.live.iter().any(|tag| rules.contains(&rule(tag))) {
        return Alone::Nothing;
    }
    // The stateless rules, which stand behind the ruleset's end, are asked before whatever row.
    let is_asked = |tag: &&Tag| rules.contains(&rule(tag)) || rule(tag) >= ruleset.len();
    let asked: Vec<Tag> = class.live.iter().filter(is_asked).copied().collect();
    let gist = gist(universe, class, &asked, played);
    if !gist.open.is_empty() {
        return Alone::Unknown;
    }
    let acts = |rule: &usize| ruleset.get(*rule).is_some_and(|rule| rule.action != Action::Alert);
    match gist.acted.iter().any(acts) {
        true => Alone::Acts(side.fate(&gist).outcome),
        false => Alone::Nothing,
    }
}

/// What becomes of a class with these rules; where conditions are open, of the flow that stands for it.
fn gist(
    universe: &Universe<'_>,
    class: &Class,
    live: &[Tag],
    played: &mut Option<Played>,
) -> Rc<Gist> {
    match class.open.is_empty() {
        true => class.gist(universe, 0, live, played),
        false => Rc::new(class.exact_gist_of(universe, 0, live, played)),
    }
}
