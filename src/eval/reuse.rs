//! An evaluator made from that of a ruleset with mostly the same rules: what hangs on one rule alone is made once.

use std::sync::{Arc, Weak};

use super::Evaluator;
use super::bare::Looks;
use super::content::Expressions;
use super::difference::{Difference, addresses};
use super::index::Index;
use super::order::action_order;
use super::prepare::prepare;
use super::rules::{Entry, NOWHERE, Rules};
use crate::net::RuleOrder;
use crate::suricata::{Rule, Ruleset, Variables};

/// So many slots may be filled since the index was made from nothing: a part of those that it was made of, and no more than
/// can be indexed anew with each edit.
const MOST_ADDED: usize = 1_024;
const PART: usize = 16;
const LEAST: usize = 32;

/// If more rules came, went and moved, it is not asked of each whether a flow can notice.
const MOST_CHANGED: usize = 64;

/// What an evaluator was made with.
#[derive(Debug)]
pub(super) struct Made {
    order: RuleOrder,
    scopes: Arc<Vec<Variables>>,
    looks: Looks,
    /// What it was made from, if little changed.
    pub since: Option<Since>,
}

/// What changed since another evaluator.
#[derive(Debug)]
pub(super) struct Since {
    before: Weak<Rules>,
    /// Rules that came, went, or are asked before others than they were.
    pub changed: Vec<Entry>,
}

impl Since {
    /// Whether it tells of what changed since an evaluator of these rules.
    pub(super) fn is_since(&self, rules: &Arc<Rules>) -> bool {
        std::ptr::eq(self.before.as_ptr(), Arc::as_ptr(rules))
    }
}

/// The evaluator of `ruleset`, without stateless rules; what is the same in `before` is taken from it.
pub(super) fn made(ruleset: &Ruleset, before: Option<&Evaluator>) -> Evaluator {
    let alike = |before: &&Evaluator| {
        let made = &before.made;
        made.order == ruleset.order && *made.scopes == ruleset.scopes
    };
    match before.filter(alike).map(|before| after(ruleset, before)) {
        Some(Ok(evaluator)) => evaluator,
        // How a rule looks at its buffers hangs on how all others do.
        Some(Err(looks)) => from_nothing(ruleset, looks),
        None => {
            let mut looks = Looks::default();
            ruleset.rules.iter().for_each(|rule| looks.add(rule));
            from_nothing(ruleset, looks)
        }
    }
}

fn from_nothing(ruleset: &Ruleset, looks: Looks) -> Evaluator {
    let mut expressions = Expressions::default();
    let entry = |rule: &Arc<Rule>| Entry::of(prepare(rule, ruleset, &looks, &mut expressions));
    let rules = Rules::new(ruleset.rules.iter().map(entry).collect());
    let scopes = Arc::new(ruleset.scopes.clone());
    let made = Made { order: ruleset.order, scopes, looks, since: None };
    finished(rules, made, None)
}

/// The same from an evaluator whose rules see the same variables; the ways in which rules look at buffers now, where they are
/// others.
fn after(ruleset: &Ruleset, before: &Evaluator) -> Result<Evaluator, Looks> {
    let old = &before.rules;
    let addresses = addresses(ruleset.rules.iter());
    let difference = Difference::new(old, &addresses);
    let came = || of_places(&difference.came, ruleset.rules.iter());
    let mut looks = before.made.looks.clone();
    difference.went.iter().for_each(|place| looks.remove(&old[*place].rule));
    came().for_each(|rule| looks.add(rule));
    if !looks.same(&before.made.looks) {
        return Err(looks);
    }
    let mut expressions = Expressions::default();
    let entry = |rule: &Arc<Rule>| Entry::of(prepare(rule, ruleset, &looks, &mut expressions));
    let added: Vec<Entry> = came().map(entry).collect();
    let since = since(&difference, before, &added, ruleset);
    let (order, scopes) = (ruleset.order, Arc::clone(&before.made.scopes));
    let made = Made { order, scopes, looks, since };
    let slots = slots(&difference, old);
    let room = (LEAST + old.base().len() / PART).min(MOST_ADDED);
    let rules = old.with(added, slots, addresses);
    let worn = rules.filled() > old.base().len() + room || rules.len() < old.base().len() / 2;
    if worn {
        let entries = rules.slots().iter().map(|slot| rules.in_slot(*slot).clone());
        return Ok(finished(Rules::new(entries.collect()), made, None));
    }
    Ok(finished(rules, made, Some(before)))
}

/// The rules at these places, ascending.
fn of_places<'a>(
    places: &[usize],
    rules: impl Iterator<Item = &'a Arc<Rule>>,
) -> impl Iterator<Item = &'a Arc<Rule>> {
    let mut rules = rules.enumerate();
    places.iter().filter_map(move |place| rules.find(|(at, _)| at == place).map(|(_, rule)| rule))
}

/// The slots of the rules now; those that came get the ones behind all others.
fn slots(difference: &Difference, old: &Rules) -> Vec<u32> {
    let mut next = (0..NOWHERE).skip(old.filled());
    let before = old.slots();
    let mut slots = Vec::with_capacity(before.len() + difference.came.len());
    slots.extend(&before[..difference.start]);
    let slot = |place: &Option<usize>| place.map(|place| before[place]).or_else(|| next.next());
    slots.extend(difference.between.iter().filter_map(slot));
    slots.extend(&before[before.len() - difference.end..]);
    slots
}

fn since(
    difference: &Difference,
    before: &Evaluator,
    added: &[Entry],
    ruleset: &Ruleset,
) -> Option<Since> {
    let old = &before.rules;
    let gone = difference.went.iter().chain(&difference.moved);
    let gone = gone.map(|place| old.in_slot(old.slot(*place)));
    let mut changed = Vec::new();
    if !difference.is_idle(old, ruleset.rules.iter()) {
        changed.extend(gone.chain(added).take(MOST_CHANGED + 1).cloned());
    }
    let before = Arc::downgrade(old);
    (changed.len() <= MOST_CHANGED).then_some(Since { before, changed })
}

/// The evaluator of these rules; `before` has those among them that were there when its index was made.
fn finished(rules: Rules, made: Made, before: Option<&Evaluator>) -> Evaluator {
    let same =
        |before: &&Evaluator| made.order == RuleOrder::Strict && before.order.len() == rules.len();
    let order = match before.filter(same) {
        Some(before) => Arc::clone(&before.order),
        None => Arc::new(ordered(&rules, made.order, before)),
    };
    let index = Index::new(&rules, made.order, &order, before.map(|b| b.index.as_ref()));
    let (rules, index, made) = (Arc::new(rules), Arc::new(index), Arc::new(made));
    Evaluator { rules, order, index, made, stateless: None }
}

/// The places of the rules in the order in which they are asked.
fn ordered(rules: &Rules, order: RuleOrder, before: Option<&Evaluator>) -> Vec<usize> {
    if order == RuleOrder::Strict {
        // As they are written.
        return (0..rules.len()).collect();
    }
    // Rules that were in order are nearly so, which sorts fast.
    let known = before.into_iter().flat_map(|before| {
        let slots = before.order.iter().map(|place| before.rules.slot(*place));
        slots.filter_map(|slot| rules.place(slot))
    });
    let known_slots = before.map_or(0, |before| before.rules.filled());
    let new = rules.slots().iter().copied().filter(|slot| *slot as usize >= known_slots);
    let places = known.chain(new.filter_map(|slot| rules.place(slot)));
    let places = places.map(|place| place as usize);
    action_order(places.map(|place| (rules.entry(place).key, place)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::index::tests::{ASKED, HEADS};
    use crate::eval::{Heard, Trace};
    use crate::net::{Flow, Request};
    use crate::suricata::{Variables, parse_rules};

    /// Numbers that look random and are the same each time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % end
        }

        fn rule(&mut self, sid: usize) -> Arc<Rule> {
            loop {
                let (protocol, ends) = HEADS[self.below(HEADS.len())];
                let action = ["pass", "drop", "alert", "reject"][self.below(4)];
                let asked = ASKED[self.below(ASKED.len())];
                let line = format!("{action} {protocol} {ends} ({asked} sid:{sid};)");
                let parsed = parse_rules(&line).rules.into_iter().map(|parsed| parsed.rule);
                // Not each of them can be read.
                let rules = ruleset(RuleOrder::Strict, parsed).rules;
                if !rules.is_empty() {
                    return Arc::clone(&rules[0]);
                }
            }
        }

        /// Adds, takes away, moves, says again or turns round some rules.
        fn edit(&mut self, rules: &mut Vec<Arc<Rule>>, sid: usize) {
            let (at, to) = (self.below(rules.len()), self.below(rules.len()));
            match self.below(8) {
                0..3 => rules.insert(at, self.rule(sid)),
                3 if rules.len() > 20 => drop(rules.remove(at)),
                4 => {
                    let rule = rules.remove(at);
                    rules.insert(to, rule);
                }
                5 => rules[at] = Arc::new((*rules[at]).clone()),
                6 => rules[at.min(to)..at.max(to)].rotate_left(at.abs_diff(to) / 2),
                _ => rules[at] = self.rule(sid),
            }
        }
    }

    fn ruleset(order: RuleOrder, rules: impl Iterator<Item = Rule>) -> Ruleset {
        Ruleset::new(order, rules.collect(), Variables::default())
    }

    fn decide_and_hear(evaluator: &Evaluator, flow: &Flow) -> (Trace, Heard) {
        let mut heard = Vec::new();
        let trace = evaluator.its_server(flow).decide_and_hear(0, flow.dst, &mut heard);
        (trace, heard.remove(0))
    }

    fn flows() -> Vec<Flow> {
        let mut flows = Vec::new();
        for host in ["a.example", "x.b.example"] {
            for (from, dst) in [("10.1.2.3", "203.0.113.7"), ("192.0.2.1", "203.0.113.200")] {
                for scheme in ["https", "http"] {
                    let request =
                        Request::parse(from, &format!("{scheme}://{host}/x"), Some(dst)).unwrap();
                    flows.push(request.flow(dst.parse().unwrap()));
                }
            }
        }
        flows
    }

    #[test]
    fn an_evaluator_made_after_another_is_the_one_made_from_nothing() {
        let (mut kept, mut kept_there, mut asked_anew) = (0, 0, 0);
        for (seed, order) in [(1, RuleOrder::Strict), (2, RuleOrder::Action)] {
            let mut dice = Dice(seed);
            let mut rules: Vec<Arc<Rule>> = (1..30).map(|sid| dice.rule(sid)).collect();
            let of = |rules: &[Arc<Rule>]| Ruleset {
                rules: rules.iter().map(Arc::clone).collect(),
                ..ruleset(order, std::iter::empty())
            };
            let mut before = Evaluator::new(&of(&rules));
            let mut worn = 0;
            for turn in 0..70 {
                let was: Vec<_> =
                    flows().iter().map(|flow| decide_and_hear(&before, flow)).collect();
                for _ in 0..=dice.below(2) {
                    dice.edit(&mut rules, 100 + 2 * turn);
                }
                let new = Evaluator::after(&of(&rules), &before);
                let fresh = Evaluator::new(&of(&rules));
                assert_eq!(new.order(), fresh.order(), "turn {turn}");
                worn += usize::from(new.rules.filled() < before.rules.filled());
                for (flow, (trace, heard)) in flows().iter().zip(was) {
                    let packets = crate::eval::packets::packets(flow);
                    assert_eq!(new.candidates(flow, &packets), fresh.candidates(flow, &packets));
                    assert_eq!(new.decide(flow), fresh.decide(flow), "turn {turn}");
                    assert_eq!(new.destinations(flow), fresh.destinations(flow));
                    assert_eq!(new.near(flow), fresh.near(flow));
                    let there = new.decides_as(&before, &heard.clone().at(vec![flow.dst]));
                    if there {
                        assert_eq!(trace, new.decide(flow), "turn {turn}");
                        kept_there += 1;
                    }
                    if new.decides_as(&before, &heard) {
                        assert!(there);
                        assert_eq!(before.destinations(flow), new.destinations(flow));
                        kept += 1;
                    } else {
                        asked_anew += 1;
                    }
                }
                assert!(!fresh.decides_as(&before, &decide_and_hear(&before, &flows()[0]).1));
                before = new;
            }
            assert!(worn > 0, "the index was never made anew");
        }
        assert!(kept > 100 && asked_anew > 100, "{kept} kept, {asked_anew} asked anew");
        assert!(kept_there > kept, "{kept_there} kept where one server is asked about");
    }
}
