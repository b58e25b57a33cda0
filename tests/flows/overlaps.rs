//! Rows whose order decides, against what many requests show of each row by itself.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sekisho::analysis::{Outcome, Overlap, OverlapKind, Overlaps, Reach, Reaches};
use sekisho::compile::Origin;
use sekisho::eval::{Bounds, By, Experience, Gist, Played};
use sekisho::net::{Action, Request, RuleOrder};
use sekisho::policy::{RuleBody, RulePlace};

use crate::policies::{Shape, any_row, any_shape, by_hand, requests};
use crate::{Ready, try_random, typed};

/// Of all requests every so many is asked of a policy, beginning somewhere.
const STEP: usize = 17;

fn outcome(gist: &Gist) -> Outcome {
    match gist.experience {
        Experience::Works => Outcome::Pass,
        Experience::TimesOut => Outcome::Drop,
        Experience::IsReset => Outcome::Reject,
        Experience::HalfWorks => Outcome::Half,
        Experience::CannotTell => Outcome::Unknown,
    }
}

impl Ready {
    fn rules_of(&self, place: RulePlace) -> Vec<usize> {
        let origins = self.compiled.origins.iter().enumerate();
        let own = origins.filter(|(_, origin)| **origin == Origin::Rule(place));
        own.map(|(rule, _)| rule).collect()
    }

    fn played(request: &Request) -> Played {
        Played::new(request.flow(request.dst.unwrap()))
    }

    /// What the rules of a row make of a request when no others are there; nothing where they do nothing.
    ///
    /// The inner `None`: it cannot be told.
    fn alone(&self, place: RulePlace, request: &Request) -> Option<Option<Outcome>> {
        let rules = self.rules_of(place);
        let in_order: Vec<usize> =
            self.evaluator.order().iter().copied().filter(|rule| rules.contains(rule)).collect();
        let gist = self.evaluator.among(&Self::played(request), &in_order);
        if !gist.open.is_empty() {
            return Some(None);
        }
        let acts = |rule: &usize| self.compiled.ruleset.rules[*rule].action != Action::Alert;
        gist.acted.iter().any(acts).then(|| Some(outcome(&gist)))
    }

    fn is_about(&self, place: RulePlace, request: &Request) -> Option<bool> {
        match self.alone(place, request) {
            None => Some(false),
            Some(known) => known.map(|_| true),
        }
    }

    /// Whether a row is about the client as who sends, not only as who is answered.
    fn is_client_of(&self, row: RulePlace, request: &Request) -> bool {
        let sends = |rule: usize| {
            let ends = self.evaluator.ends(rule).unwrap();
            let has = |ends: Option<Bounds<'_>>, address| {
                ends.is_some_and(|e| e.possible.contains(address))
            };
            has(ends.source, request.from) && has(ends.destination, request.dst.unwrap())
        };
        self.rules_of(row).into_iter().any(sends)
    }

    /// Whether a row above this one is about the request, or it cannot be told.
    fn is_meant_above(&self, row: RulePlace, request: &Request) -> bool {
        let above = rows(self).into_iter().filter(|other| *other < row);
        above.into_iter().any(|other| self.is_about(other, request) != Some(false))
    }

    /// The row that decides a request, and how; nothing where it is none, or it cannot be told.
    fn decider(&self, request: &Request) -> Option<(RulePlace, Outcome)> {
        let gist = self.evaluator.among(&Self::played(request), self.evaluator.order());
        let By::Rule(rule) = gist.by else { return None };
        let Origin::Rule(place) = self.compiled.origins[rule] else { return None };
        gist.open.is_empty().then(|| (place, outcome(&gist)))
    }

    /// What becomes of a request if the rules of one row are asked just before those of another.
    fn with_first(&self, row: RulePlace, before: RulePlace, request: &Request) -> Outcome {
        let (own, others) = (self.rules_of(row), self.rules_of(before));
        let (moved, mut rest): (Vec<usize>, Vec<usize>) =
            self.evaluator.order().iter().partition(|rule| own.contains(rule));
        let at = rest.iter().position(|rule| others.contains(rule)).unwrap();
        rest.splice(at..at, moved);
        outcome(&self.evaluator.among(&Self::played(request), &rest))
    }

    fn is_by_hand(&self, place: RulePlace) -> bool {
        let rule = self.document.policy().rule(place).unwrap();
        matches!(rule.body, RuleBody::Suricata(_))
    }

    /// The action of a row; nothing where its rules do not all do the same.
    fn action(&self, place: RulePlace) -> Option<Action> {
        match &self.document.policy().rule(place).unwrap().body {
            RuleBody::Match(row) => Some(row.action),
            RuleBody::Suricata(_) => {
                let rules = self.rules_of(place);
                rules.first().map(|rule| self.compiled.ruleset.rules[*rule].action)
            }
        }
    }
}

fn rows(ready: &Ready) -> Vec<RulePlace> {
    let groups = ready.document.policy().rule_groups.iter().enumerate();
    let rows = groups.flat_map(|(group, g)| (0..g.rules.len()).map(move |rule| (group, rule)));
    rows.map(|(group, rule)| RulePlace { group, rule }).collect()
}

/// What is wrong with a pair, as its own request and others show.
fn untrue(ready: &Ready, pair: &Overlap, asked: &[Request]) -> Option<String> {
    let Overlap { above, below, request, .. } = pair;
    if above >= below || typed(request).dst != request.dst {
        return Some("not in this order, or cannot be typed".to_owned());
    }
    if ready.decider(request) != Some((*above, pair.now)) {
        return Some(format!("decided by {:?}", ready.decider(request)));
    }
    if ready.alone(*below, request) != Some(Some(pair.then)) || pair.now == pair.then {
        return Some(format!("the lower alone: {:?}", ready.alone(*below, request)));
    }
    let by_hand = ready.is_by_hand(*above) || ready.is_by_hand(*below);
    if by_hand && ready.with_first(*below, *above, request) != pair.then {
        return Some("the order of the two makes no difference".to_owned());
    }
    if !by_hand && ready.is_meant_above(*above, request) {
        return Some("a row further up is about it too".to_owned());
    }
    if pair.kind != OverlapKind::Generalised {
        return None;
    }
    let only = |r: &&Request| {
        ready.is_about(*above, r) == Some(true) && ready.is_about(*below, r) == Some(false)
    };
    asked.iter().find(only).map(|r| format!("only the upper is about {r} from {}", r.from))
}

/// A pair that a request shows and that was not found.
fn missed(ready: &Ready, found: &Overlaps, request: &Request) -> Option<String> {
    let (above, now) = ready.decider(request)?;
    let below = rows(ready).into_iter().filter(|row| *row > above);
    below.into_iter().find_map(|below| {
        let then = ready.alone(below, request)??;
        let by_hand = ready.is_by_hand(above) || ready.is_by_hand(below);
        let differs = then != now
            && then.action().is_some()
            && now.action().is_some()
            && (by_hand || ready.is_client_of(below, request))
            && ready.action(above) != ready.action(below)
            && match by_hand {
                true => ready.with_first(below, above, request) == then,
                false => !ready.is_meant_above(above, request),
            };
        let told = found.pairs.iter().any(|pair| (pair.above, pair.below) == (above, below));
        // A row that does nothing is told as such.
        let never = || {
            let policy = ready.document.policy();
            let reaches = Reaches::new(policy, &ready.compiled, &ready.evaluator);
            matches!(reaches.of(below), Reach::Never(_))
        };
        let wrong = differs && !told && !found.open.contains(&below) && !never();
        wrong.then(|| {
            format!("{above:?} {now:?}, {below:?} {then:?}: {request} from {}", request.from)
        })
    })
}

fn fault(shape: &Shape, offset: usize) -> Option<String> {
    let text = shape.text();
    let ready = Ready::new(&text);
    let policy = ready.document.policy();
    let found = Reaches::new(policy, &ready.compiled, &ready.evaluator).overlaps();
    if policy.rule_order == RuleOrder::Action {
        return (found != Overlaps::default()).then(|| format!("{found:?}"));
    }
    let asked: Vec<Request> = requests().into_iter().skip(offset).step_by(STEP).collect();
    let told = |fault| format!("{fault}\n{found:#?}\n{text}\n{}", ready.compiled.text(policy));
    let untrue = || found.pairs.iter().find_map(|pair| untrue(&ready, pair, &asked));
    let missed = asked.iter().find_map(|request| missed(&ready, &found, request));
    missed.or_else(untrue).map(told)
}

#[test]
fn no_pair_whose_order_decides_is_missed_and_none_is_false() {
    let rows = prop::collection::vec(any_row(), 2..7);
    try_random(25, (any_shape(rows), 0..STEP), |(shape, offset)| fault(&shape, offset));
}

#[test]
fn no_pair_with_a_hand_written_row_is_missed_and_none_is_false() {
    let row = prop_oneof![2 => any_row(), 3 => by_hand()];
    let rows = prop::collection::vec(row, 2..6);
    try_random(25, (any_shape(rows), 0..STEP), |(shape, offset)| fault(&shape, offset));
}

/// Every pair of rows without hand-written ones keeps what is said of it when the lower row is moved above the upper one.
#[test]
fn moving_the_lower_row_above_the_upper_one_does_what_is_said() {
    let rows = prop::collection::vec(any_row(), 2..6);
    try_random(25, any_shape(rows), |mut shape| {
        shape.managed = false;
        let ready = Ready::new(&shape.text());
        let reaches = Reaches::new(ready.document.policy(), &ready.compiled, &ready.evaluator);
        reaches.overlaps().pairs.iter().find_map(|pair| {
            let [above, below] = [pair.above, pair.below].map(|at| 3 * at.group + at.rule);
            let mut moved = shape.clone();
            let row = moved.rows.remove(below);
            moved.rows.insert(above, row);
            let outcome = Ready::new(&moved.text()).outcome(&pair.request);
            (outcome != Some(pair.then))
                .then(|| format!("{pair:#?}: {outcome:?}\n{}\n{}", shape.text(), moved.text()))
        })
    });
}

/// An exception, moved just below the wider row, decides nothing that usual clients send.
#[test]
fn moving_an_exception_below_the_wider_row_leaves_it_without_effect() {
    let rows = prop::collection::vec(any_row(), 2..6);
    try_random(25, any_shape(rows), |mut shape| {
        shape.managed = false;
        let ready = Ready::new(&shape.text());
        let reaches = Reaches::new(ready.document.policy(), &ready.compiled, &ready.evaluator);
        let pairs = reaches.overlaps().pairs.into_iter();
        let mut exceptions = pairs.filter(|pair| pair.kind == OverlapKind::Generalised);
        exceptions.find_map(|pair| {
            let [above, below] = [pair.above, pair.below].map(|at| 3 * at.group + at.rule);
            let mut moved = shape.clone();
            let row = moved.rows.remove(above);
            moved.rows.insert(below, row);
            let then = Ready::new(&moved.text());
            let exception = pair.below;
            let asked = requests();
            let decides = |r: &&Request| then.decider(r).is_some_and(|(row, _)| row == exception);
            let decided = asked.iter().step_by(STEP).find(decides)?;
            Some(format!("{pair:#?} decides {decided}\n{}\n{}", shape.text(), moved.text()))
        })
    });
}

const PLACES: [&str; 4] = ["a", "b", "c", "d"];

/// A policy of these rows.
fn ready(rows: &[&str]) -> Ready {
    let row = |(name, row): (&&str, &&str)| format!("      - {{name: {name}, {row}}}\n");
    let rows: String = PLACES.iter().zip(rows).map(row).collect();
    Ready::new(&format!(
        "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [drop_established_app_layer_to_server]\n\
         home_net: [10.0.0.0/8]\nrule_groups:\n  - name: g\n    priority: 1\n    rules:\n{rows}"
    ))
}

/// What overlaps in such a policy, or with one row of it.
fn found(rows: &[&str], of: Option<usize>) -> Overlaps {
    let ready = ready(rows);
    let reaches = Reaches::new(ready.document.policy(), &ready.compiled, &ready.evaluator);
    match of {
        Some(rule) => reaches.overlaps_of(RulePlace { group: 0, rule }),
        None => reaches.overlaps(),
    }
}

fn kinds(found: &Overlaps) -> Vec<(usize, usize, OverlapKind)> {
    found.pairs.iter().map(|pair| (pair.above.rule, pair.below.rule, pair.kind)).collect()
}

/// The pairs of a policy of these rows.
fn pairs(rows: [&str; 4]) -> Vec<(usize, usize, OverlapKind)> {
    let found = found(&rows, None);
    assert_eq!(found.open, BTreeSet::new());
    kinds(&found)
}

#[test]
fn a_row_that_never_decides_is_told_to_who_asks_of_the_row_above_it() {
    let rows = [
        "action: drop, from: any, protocol: tls, to: [.x.example]",
        "action: pass, from: any, protocol: tls, to: [a.x.example]",
    ];
    assert_eq!(found(&rows, None), Overlaps::default());
    for row in [0, 1] {
        let of = found(&rows, Some(row));
        assert_eq!((kinds(&of), of.open.len()), (vec![(0, 1, OverlapKind::Shadowed)], 0));
    }
}

#[test]
fn a_row_that_may_act_for_other_clients_is_not_dropped_as_shadowed() {
    // The upper one is about capitals as they are written, the lower one about any.
    let ready = Ready::new(
        "sekisho: 1\nname: t\nrule_order: strict\nhome_net: [10.0.0.0/8]\n\
         default_actions: [drop_established_app_layer_to_server]\n\
         rule_groups:\n  - name: g\n    priority: 1\n    rules:\n      - name: a\n        suricata: |\n          \
         drop tls any any -> any any (msg:\"b\"; flow:to_server,established; tls.sni; \
         content:\"x.example\"; endswith; sid:900001; rev:1;)\n      \
         - {name: b, action: pass, from: any, protocol: tls, to: [a.x.example]}\n",
    );
    let reaches = Reaches::new(ready.document.policy(), &ready.compiled, &ready.evaluator);
    assert_eq!(reaches.of(RulePlace { group: 0, rule: 1 }), Reach::Unknown);
    assert_eq!(kinds(&reaches.overlaps()), [(0, 1, OverlapKind::Open)]);
}

#[test]
fn what_a_row_cannot_meet_leaves_nothing_open_about_it() {
    let rows = [
        "action: drop, from: 10.1.0.0/16, to: [a.example, b.example]",
        "action: pass, from: any, to: [a.example]",
        "action: pass, from: 10.3.0.0/16, to: ['regex:(^|\\.)zz[a-z]*q\\.']",
        "action: drop, from: any, to: ['regex:(^|\\.)yy[a-z]*q\\.']",
    ];
    let of = |row| {
        let found = found(&rows, Some(row));
        (kinds(&found), !found.open.is_empty())
    };
    assert_eq!(of(0), (vec![(0, 1, OverlapKind::Correlated)], false));
    // It meets the row whose expression may be about other names.
    assert!(of(2).1);
}

#[test]
fn exceptions_are_told_from_rows_that_overlap_in_part() {
    use OverlapKind::{Correlated, Generalised};
    let found = pairs([
        "action: drop, from: any, to: [bad.site.example]",
        "action: pass, from: 10.1.0.0/16, to: [.site.example]",
        "action: drop, from: any, to: [.example]",
        "action: pass, from: 10.2.0.0/16, to: [www.site.example]",
    ]);
    assert_eq!(found, [(0, 1, Correlated), (1, 2, Generalised)]);
}

#[test]
fn rows_whose_order_makes_no_difference_are_no_pair() {
    let found = pairs([
        "action: drop, from: 10.1.0.0/16, to: [a.example]",
        "action: pass, from: 10.2.0.0/16, to: [a.example, b.example]",
        "action: pass, from: 10.1.0.0/16, to: [b.example]",
        "action: drop, from: any, to: [a.example, c.example], enabled: false",
    ]);
    assert_eq!(found, []);
}

#[test]
fn what_a_third_row_decides_makes_no_pair_of_two_others() {
    let found = pairs([
        "action: reject, from: any, to: [a.example]",
        "action: drop, from: 10.1.0.0/16, to: [a.example, b.example]",
        "action: pass, from: any, to: [a.example, c.example]",
        "action: alert, from: any, to: any",
    ]);
    assert_eq!(found, [(0, 1, OverlapKind::Correlated), (0, 2, OverlapKind::Generalised)]);
}
