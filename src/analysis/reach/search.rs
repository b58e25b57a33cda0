//! Looks for a flow in which a row does something.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::net::IpAddr;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::analysis::flows::{Along, Class, Count, Decider, Subject, Tag, Universe, Walk};
use crate::compile::{Compiled, Origin};
use crate::eval::{Evaluator, Gist, Played};
use crate::net::{IpSet, Request, Scheme};
use crate::policy::{Policy, RulePlace};

/// How many classes are looked at for one row and one protocol before it is left open.
const MOST: usize = 50_000;
/// How much is spent on all rows together before the rest is left out, as walks count it: never more than this.
const WORK: usize = 300_000_000;
/// How much is spent on the rows of however small a policy, and for each of its rules more.
const LEAST_WORK: usize = 40_000_000;
const WORK_OF_RULE: usize = 3_000;
/// How much of that is spent on rows that ask for what texts do not say, at most half of it: each is held against every name
/// there is.
const UNCLEAR_WORK: usize = 60_000_000;
/// What it costs to ask once more about a kind of classes that was seen, for each of its rules.
const SEEN: usize = 8;
/// What it costs to ask about the flow of another client, beside its rules.
const FLOW: usize = 400;
/// Of how many requests it is kept what acts for other clients.
const OTHERS: usize = 4_096;
/// How many kinds of classes are kept of a row that does nothing in any of them.
const KEPT: usize = 5_000;
/// How many rules these kinds may hold together.
const KEPT_RULES: usize = 1_000_000;
/// How many conditions that texts do not say are tried in all ways together.
const UNCLEAR: usize = 3;

/// A policy's flows, ready to be searched row by row.
pub(super) struct Search<'a> {
    pub universes: Vec<Universe<'a>>,
    /// The rules of each row, by their index.
    pub rules: HashMap<RulePlace, BTreeSet<usize>>,
    /// Set by whoever does not want to know any more.
    stop: &'a AtomicBool,
    /// How much may still be spent.
    left: Cell<usize>,
    /// How much of it on rows that ask for what texts do not say.
    left_for_unclear: Cell<usize>,
    /// What acts for other clients, of requests that were asked about lately.
    others: RefCell<HashMap<Sent, Acting>>,
    /// Rows that were not looked at, or not to the end, for want of these.
    left_out: RefCell<BTreeSet<RulePlace>>,
}

/// A request: who sends it, where to, what it asks for.
type Sent = (IpAddr, Option<IpAddr>, String);

/// How it ended to go through the classes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// All of them were looked at.
    Whole,
    /// Who looks wanted no more, or there are more than are looked at.
    Cut,
    /// Too much was spent, here or on other rows before.
    Spent,
}

/// The rules that act, or that it cannot be told.
type Acting = Rc<Option<BTreeSet<usize>>>;

/// A kind of flows that a row is about and does nothing in.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// Which protocol, by its place among the universes.
    universe: usize,
    class: Class,
    /// The rules that can match.
    live: Vec<Tag>,
    /// Who acts.
    pub acted: BTreeSet<Decider>,
    /// Who decides.
    pub by: Option<Decider>,
}

/// What was found about a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// A flow in which it does something; the first in which it decides, where there is one.
    pub witness: Option<Request>,
    /// Whether it is that flow which it decides.
    pub decides: bool,
    /// Whether it may do something where nobody can tell.
    pub open: bool,
    /// Where it does nothing.
    pub seen: Vec<Seen>,
    /// How many rules can match there, all together.
    kept: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        policy: &Policy,
        compiled: &'a Compiled,
        evaluator: &'a Evaluator,
        stop: &'a AtomicBool,
    ) -> Self {
        let mut rules: HashMap<RulePlace, BTreeSet<usize>> = HashMap::new();
        for (rule, origin) in compiled.origins.iter().enumerate() {
            if let Origin::Rule(place) = origin {
                rules.entry(*place).or_default().insert(rule);
            }
        }
        let inside: IpSet = policy.home_net.iter().copied().collect();
        let subject = [Subject { compiled, evaluator }];
        let universe =
            |scheme| Universe::new(scheme, &subject, Count::All, &inside, &Along::default());
        let wanted = |_: &Scheme| !stop.load(Ordering::Relaxed);
        let schemes = Scheme::ALL.into_iter().take_while(wanted);
        let work = work(compiled.ruleset.rules.len());
        let (left, left_for_unclear) = (Cell::new(work), Cell::new(UNCLEAR_WORK.min(work / 2)));
        let (others, left_out) = (RefCell::default(), RefCell::default());
        Self {
            universes: schemes.map(universe).collect(),
            rules,
            stop,
            left,
            left_for_unclear,
            others,
            left_out,
        }
    }

    /// Whether nobody wants to know any more; what is said from then on is no answer.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether so much was looked at that nothing more is: what is said from then on is that it cannot be told.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// The same, when something is still to be found out about the row at `place`: it is then one that is left out.
    pub(super) fn is_left_out(&self, place: RulePlace) -> bool {
        if self.is_spent() {
            self.left_out.borrow_mut().insert(place);
        }
        self.is_spent()
    }

    /// The rows that were not looked at, or not to the end, because too much was spent before.
    pub(super) fn left_out(&self) -> BTreeSet<RulePlace> {
        self.left_out.borrow().clone()
    }

    /// Counts what was spent.
    pub(super) fn spend(&self, rules: usize) {
        self.left.set(self.left.get().saturating_sub(rules));
    }

    /// Goes through the classes of one protocol that a row is about; `only` are its rules. With `every_name`, also where names
    /// make no difference to what becomes of the flows.
    pub(super) fn go(
        &self,
        universe: &Universe<'a>,
        (only, every_name): (&HashSet<Tag>, bool),
        visit: &mut dyn FnMut(Class) -> ControlFlow<()>,
    ) -> Ended {
        let asks_unclear = |tag: &Tag| {
            let reading = universe.reading(*tag);
            reading.host.unclear.is_some() || reading.path.unclear.is_some()
        };
        let is_unclear = only.iter().any(asks_unclear);
        let mut walk = Walk::new(universe, MOST);
        walk.only = Some(only);
        walk.every_name = every_name;
        walk.enough = match is_unclear {
            true => self.left.get().min(self.left_for_unclear.get()),
            false => self.left.get(),
        };
        if walk.enough == 0 {
            return Ended::Spent;
        }
        let mut is_broken_off = false;
        let ended = walk.go(&mut |class| {
            let flow = visit(class);
            is_broken_off |= flow.is_break();
            flow
        });
        self.spend(walk.spent);
        if is_unclear {
            let left = self.left_for_unclear.get().saturating_sub(walk.spent);
            self.left_for_unclear.set(left);
        }
        match ended {
            ControlFlow::Continue(()) => Ended::Whole,
            ControlFlow::Break(()) if !is_broken_off && walk.spent > walk.enough => Ended::Spent,
            ControlFlow::Break(()) => Ended::Cut,
        }
    }

    /// The rules of a row, by their index.
    pub(super) fn rules_of(&self, place: RulePlace) -> impl Iterator<Item = usize> + '_ {
        self.rules.get(&place).into_iter().flatten().copied()
    }

    /// Looks for a flow in which the row does something.
    pub(super) fn row(&self, place: RulePlace) -> Found {
        let mut found = Found::default();
        let Some(rules) = self.rules.get(&place) else { return found };
        let mut is_spent = false;
        for (number, universe) in self.universes.iter().enumerate() {
            let only = own(universe, rules);
            if only.is_empty() {
                continue;
            }
            // Of endings for which no name was found nothing is known.
            found.open |= !universe.names.lost.is_empty();
            let ended = self.go(universe, (&only, false), &mut |class| {
                look(universe, number, &class, rules, &mut found);
                let done = found.decides || self.is_stopped();
                if done { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if found.decides {
                break;
            }
            found.open |= ended != Ended::Whole;
            is_spent |= ended == Ended::Spent;
        }
        if is_spent && found.witness.is_none() {
            self.left_out.borrow_mut().insert(place);
        }
        found
    }

    /// Whether everything goes on as it did without the row, and other rows decide what it decided; then which.
    ///
    /// `None`: it makes a difference, or it cannot be told.
    pub(super) fn stand_ins(&self, place: RulePlace) -> Option<BTreeSet<Decider>> {
        let rules = self.rules.get(&place)?;
        let mut by: Option<BTreeSet<Decider>> = Some(BTreeSet::new());
        for universe in &self.universes {
            let only = own(universe, rules);
            if only.is_empty() {
                continue;
            }
            let ended = self.go(universe, (&only, false), &mut |class| {
                let others = without(universe, &class, rules);
                match (&mut by, others) {
                    (Some(by), Some(others)) => by.extend(others),
                    _ => by = None,
                }
                let done = by.is_none() || self.is_stopped();
                if done { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if ended == Ended::Spent {
                self.left_out.borrow_mut().insert(place);
            }
            if ended != Ended::Whole || !universe.names.lost.is_empty() {
                return None;
            }
        }
        by
    }

    /// Whether the row does nothing in what was seen of it when only these others are asked beside it, and what stands
    /// around the rows; `None`: it cannot be told.
    pub(super) fn is_still(
        &self,
        place: RulePlace,
        seen: &[Seen],
        others: &BTreeSet<Decider>,
    ) -> Option<bool> {
        let rules = self.rules.get(&place)?;
        for seen in seen {
            self.spend(SEEN * (1 + seen.live.len()));
            if self.is_left_out(place) || self.is_stopped() {
                return None;
            }
            let gist =
                self.with(seen, |by| is_own(by, place) || !is_row(by) || others.contains(&by));
            if !gist.open.is_empty() {
                return None;
            }
            if gist.acted.iter().any(|rule| rules.contains(rule)) {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Whether the row does something when nothing else is there.
    pub(super) fn is_about(&self, place: RulePlace, seen: &[Seen]) -> bool {
        let Some(rules) = self.rules.get(&place) else { return false };
        seen.iter().any(|seen| {
            let gist = self.with(seen, |by| is_own(by, place) || is_stateless(by));
            gist.acted.iter().any(|rule| rules.contains(rule))
        })
    }

    /// What becomes of such flows when only some of the rules are asked.
    fn with(&self, seen: &Seen, keep: impl Fn(Decider) -> bool) -> Rc<Gist> {
        let universe = &self.universes[seen.universe];
        let side = &universe.sides[0];
        let keep = |tag: &Tag| keep(side.decider(universe.reading(*tag).rule));
        let live: Vec<Tag> = seen.live.iter().copied().filter(keep).collect();
        seen.class.gist(universe, 0, &live, &mut None)
    }

    /// Every row that can match in what was seen.
    pub(super) fn rows(&self, seen: &[Seen]) -> BTreeSet<Decider> {
        let rows = seen.iter().flat_map(|seen| {
            let universe = &self.universes[seen.universe];
            let decider = |tag: &Tag| universe.sides[0].decider(universe.reading(*tag).rule);
            seen.live.iter().map(decider).collect::<Vec<Decider>>()
        });
        rows.filter(|by| is_row(*by)).collect()
    }

    /// Whether some client other than the usual has the row do something, in what was seen of it.
    pub(super) fn acts_for_others(&self, place: RulePlace, seen: &[Seen]) -> bool {
        let Some(rules) = self.rules.get(&place) else { return false };
        seen.iter().any(|seen| {
            if self.is_left_out(place) || self.is_stopped() {
                return true;
            }
            match &*self.others(seen) {
                Some(acting) => acting.iter().any(|rule| rules.contains(rule)),
                None => true,
            }
        })
    }

    /// The rules that act for clients other than the usual which send the same request; `None`: it cannot be told.
    fn others(&self, seen: &Seen) -> Acting {
        let request = &seen.class.request;
        let key = (request.from, request.dst, request.to_string());
        if let Some(known) = self.others.borrow().get(&key) {
            return Rc::clone(known);
        }
        let evaluator = self.universes[seen.universe].sides[0].evaluator;
        let acting = other_clients(request).into_iter().map(|flow| {
            self.spend(FLOW + SEEN * seen.live.len());
            let gist = evaluator.whole(&Played::new(flow));
            gist.open.is_empty().then_some(gist.acted)
        });
        let acting: Option<Vec<Vec<usize>>> = acting.collect();
        let acting = Rc::new(acting.map(|acting| acting.into_iter().flatten().collect()));
        let mut others = self.others.borrow_mut();
        if others.len() == OTHERS {
            others.clear();
        }
        others.insert(key, Rc::clone(&acting));
        acting
    }
}

/// How much is spent on the rows of a policy with so many rules.
fn work(rules: usize) -> usize {
    WORK.min(LEAST_WORK.saturating_add(rules.saturating_mul(WORK_OF_RULE)))
}

/// How the rules of a row ask about the flows of one protocol.
pub(super) fn own(universe: &Universe<'_>, rules: &BTreeSet<usize>) -> HashSet<Tag> {
    let readings = rules.iter().filter_map(|rule| universe.sides[0].reading_of(*rule));
    readings.map(|at| Tag::new(0, at, false)).collect()
}

/// Who decides a class when these rules are taken out, where they decided it; `None`: that makes a difference, or it
/// cannot be told.
fn without(
    universe: &Universe<'_>,
    class: &Class,
    rules: &BTreeSet<usize>,
) -> Option<BTreeSet<Decider>> {
    let ways = class.ways(universe, UNCLEAR).filter(|_| !class.lost)?;
    let side = &universe.sides[0];
    let mut played = None;
    let mut others = BTreeSet::new();
    for live in ways {
        let is_own = |tag: &Tag| rules.contains(&universe.reading(*tag).rule);
        let fewer: Vec<Tag> = live.iter().copied().filter(|tag| !is_own(tag)).collect();
        let with = class.gist(universe, 0, &live, &mut played);
        let without = class.gist(universe, 0, &fewer, &mut played);
        let certain = with.open.is_empty() && without.open.is_empty();
        if !certain || side.fate(&with).outcome != side.fate(&without).outcome {
            return None;
        }
        if matches!(with.by, crate::eval::By::Rule(rule) if rules.contains(&rule)) {
            others.insert(side.fate(&without).by.filter(|by| is_row(*by))?);
        }
    }
    Some(others)
}

/// Looks at one class: does the row act there, may it, or does it not?
fn look(
    universe: &Universe<'_>,
    number: usize,
    class: &Class,
    rules: &BTreeSet<usize>,
    found: &mut Found,
) {
    let Some(ways) = class.ways(universe, UNCLEAR).filter(|_| !class.lost) else {
        found.open = true;
        return;
    };
    let certain = ways.len() == 1;
    let side = &universe.sides[0];
    let mut played = None;
    for live in ways {
        let has = |tag: &Tag| rules.contains(&universe.reading(*tag).rule);
        if !live.iter().any(has) {
            continue;
        }
        let gist = class.gist(universe, 0, &live, &mut played);
        let acts = |gist: &Gist| gist.acted.iter().any(|rule| rules.contains(rule));
        if acts(&gist) {
            // Where conditions are open, the flow itself must show it.
            let shown = match certain && gist.open.is_empty() {
                true => Some(gist),
                false => Some(Rc::new(class.exact_gist(universe, 0, &mut played)))
                    .filter(|exact| exact.open.is_empty() && acts(exact)),
            };
            let Some(gist) = shown else {
                found.open = true;
                continue;
            };
            let decides = matches!(gist.by, crate::eval::By::Rule(rule) if rules.contains(&rule));
            if found.witness.is_none() || decides {
                found.witness = Some(class.request.clone());
            }
            found.decides |= decides;
        } else if !gist.open.is_empty() || found.seen.len() >= KEPT || found.kept > KEPT_RULES {
            found.open = true;
        } else {
            let acted = gist.acted.iter().map(|rule| side.decider(*rule)).collect();
            let by = side.fate(&gist).by;
            found.kept += live.len();
            found.seen.push(Seen { universe: number, class: class.clone(), live, acted, by });
        }
    }
}

/// The flows of clients other than the usual for the same request.
fn other_clients(request: &Request) -> Vec<crate::net::Flow> {
    use crate::net::{ClientVariant, Flow, Talk, Tcp};
    let Some(to) = request.dst else { return Vec::new() };
    let usual = request.flow(to);
    let mut flows: Vec<Flow> =
        ClientVariant::of(request).into_iter().map(|variant| variant.flow(request, to)).collect();
    if let Talk::Tcp(tcp) = &usual.talk {
        let banner = Some(b"220 ready\r\n".to_vec());
        flows.push(Flow { talk: Talk::Tcp(Tcp { banner, ..tcp.clone() }), ..usual.clone() });
    }
    if let Talk::Http(http) = &usual.talk {
        let requests = http.requests.iter().map(|r| [&b"BREW"[..], &r[3..]].concat()).collect();
        let talk = Talk::Http(crate::net::Http { requests });
        flows.push(Flow { talk, ..usual.clone() });
        flows.push(Flow { split: Some(20), ..usual.clone() });
    }
    flows.push(Flow { extra_acks: true, ..usual.clone() });
    flows.push(Flow { reply: false, ..usual });
    flows
}

fn is_own(by: Decider, place: RulePlace) -> bool {
    by == Decider::Rule(place.group, place.rule)
}

/// Stateless rules are asked before whatever row: without them the question would be another.
const fn is_stateless(by: Decider) -> bool {
    matches!(by, Decider::Stateless(..) | Decider::StatelessDefault)
}

const fn is_row(by: Decider) -> bool {
    matches!(by, Decider::Rule(..))
}

/// The deciders of what was seen, each with how often it decides.
pub(super) fn deciders(seen: &[Seen]) -> BTreeMap<Decider, usize> {
    let mut deciders = BTreeMap::new();
    for by in seen.iter().filter_map(|seen| seen.by) {
        *deciders.entry(by).or_default() += 1;
    }
    deciders
}

/// A request that stands for what was seen: one with as little written into it as possible.
pub(super) fn request(seen: &[Seen]) -> Option<Request> {
    let requests = seen.iter().map(|seen| &seen.class.request);
    requests.min_by_key(|request| request.to_string().matches(':').count()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluator;
    use crate::analysis::reach::{Reach, Reaches};
    use crate::compile::compile;
    use crate::policy::Document;

    /// Asks the rows of a policy: `log` logs and decides nothing, `all` decides, `none` does nothing.
    fn with_rows(mut ask: impl FnMut(&Reaches<'_>, [RulePlace; 3])) {
        let policy = "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: []\nhome_net: [10.0.0.0/8]\n\
            rule_groups:\n  - name: g\n    priority: 1\n    rules:\n      \
            - {name: log, action: alert, from: any, to: [a.example, b.example]}\n      \
            - {name: all, action: drop, from: any, to: any}\n      \
            - {name: none, action: pass, from: any, to: [a.example]}\n";
        let document = Document::read(policy.to_owned()).unwrap();
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        let reaches = Reaches::new(document.policy(), &compiled, &evaluator);
        ask(&reaches, [0, 1, 2].map(|rule| RulePlace { group: 0, rule }));
    }

    #[test]
    fn a_row_is_left_out_where_it_was_not_looked_at_to_the_end_and_not_where_it_is_known() {
        let mut seen = BTreeSet::new();
        for left in (0..20_000).step_by(100) {
            with_rows(|reaches, places| {
                for place in places {
                    reaches.search.left.set(left);
                    let is_known = reaches.of(place) != Reach::Unknown;
                    let is_left_out = reaches.left_out().contains(&place);
                    assert_eq!(is_left_out, !is_known, "{place:?}, {left} left");
                    seen.insert((place, is_known));
                }
            });
        }
        assert!(seen.len() >= 5, "{seen:?}");
    }

    #[test]
    fn more_is_spent_on_more_rules_up_to_a_bound() {
        assert!(work(10) < work(10_000) && work(10_000) < work(50_000));
        assert!(work(10_000) < WORK / 3);
        assert_eq!(work(usize::MAX), WORK);
        with_rows(|reaches, _| {
            assert!(reaches.search.left.get() < work(100));
            assert!(reaches.search.left_for_unclear.get() <= reaches.search.left.get() / 2);
        });
    }

    #[test]
    fn who_asks_whether_a_row_is_needed_when_all_is_spent_has_it_left_out() {
        with_rows(|reaches, [_, all, none]| {
            let seen = reaches.search.row(none).seen;
            assert_eq!(reaches.left_out(), BTreeSet::new());
            reaches.search.spend(usize::MAX);
            assert_eq!(reaches.search.is_still(none, &seen, &BTreeSet::new()), None);
            assert_eq!(reaches.left_out(), BTreeSet::from([none]));
            assert!(!reaches.is_idle(all));
            assert_eq!(reaches.left_out(), BTreeSet::from([all, none]));
        });
    }
}
