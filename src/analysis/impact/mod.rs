//! Which flows get another verdict in one policy than in another.

mod differing;
mod found;
mod judge;

pub use found::{Beyond, Change, Doubt, Impact};

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

use differing::{Differing, differing};
use judge::{Answer, judge};

use super::flows::{
    Along, Count, Decider, Pieces, Subject, Tag, Universe, Walk, asks_more, may_ask,
    stateless_asks_more,
};
use crate::compile::Compiled;
use crate::eval::Evaluator;
use crate::net::{IpSet, Scheme};
use crate::policy::Policy;

/// How many classes are looked at, of each protocol, before it is said that not all were.
const MOST: usize = 2_000_000;

/// A policy with what it compiles to.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The rules.
    pub compiled: &'a Compiled,
    /// The rules, ready to be asked.
    pub evaluator: &'a Evaluator,
}

/// Finds every flow of usual clients that gets another verdict.
#[must_use]
pub fn impact(old: Compared<'_>, new: Compared<'_>) -> Impact {
    let inside = |c: Compared<'_>| c.policy.home_net.iter().copied().collect::<IpSet>();
    let inside = inside(old).union(&inside(new));
    let subjects = [old, new].map(|c| Subject { compiled: c.compiled, evaluator: c.evaluator });
    let differing = differing([old.policy, new.policy], &subjects);
    let mut impact = Impact::default();
    if differing.rules.iter().all(HashSet::is_empty) && !differing.stateless {
        return impact;
    }
    for scheme in Scheme::ALL.into_iter().filter(|s| is_touched(&subjects, &differing, *s)) {
        let universe = Universe::new(scheme, &subjects, Count::Acting, &inside, &Along::default());
        one_protocol(&universe, &differing, &mut impact);
    }
    impact.beyond = beyond(&subjects, &differing.rules);
    if differing.stateless {
        impact.beyond.extend(before(&subjects));
    }
    impact
}

/// Whether what differs may be about flows of this protocol: cutting them costs most.
fn is_touched(subjects: &[Subject<'_>; 2], differing: &Differing, scheme: Scheme) -> bool {
    let asks = |(subject, rules): (&Subject<'_>, &HashSet<usize>)| {
        rules.iter().any(|rule| may_ask(&subject.compiled.ruleset.rules[*rule], scheme))
    };
    differing.stateless || subjects.iter().zip(&differing.touching).any(asks)
}

/// Stateless rules that ask for what other clients may send otherwise: TCP flags, their port.
fn before(subjects: &[Subject<'_>; 2]) -> Vec<Beyond> {
    let of = |(after, subject): (bool, &Subject<'_>)| {
        let rules = subject.evaluator.stateless().map_or(&[][..], |stateless| &stateless.rules);
        let asks = |(at, rule)| {
            let keyword = stateless_asks_more(rule)?;
            Some(Beyond { after, rule: Decider::stateless(subject.compiled, at), keyword })
        };
        rules.iter().enumerate().filter_map(asks).collect::<Vec<_>>()
    };
    [false, true].into_iter().zip(subjects).flat_map(of).collect()
}

fn one_protocol(universe: &Universe<'_>, differing: &Differing, impact: &mut Impact) {
    let touching = &differing.touching;
    let touched = |side: usize| {
        let readings =
            touching[side].iter().filter_map(move |r| universe.sides[side].reading_of(*r));
        readings.map(move |at| Tag::new(side, at, false))
    };
    let only: HashSet<Tag> = touched(0).chain(touched(1)).collect();
    if only.is_empty() && !differing.stateless {
        return;
    }
    let mut walk = Walk::new(universe, MOST);
    walk.only = (!differing.stateless).then_some(&only);
    let mut pieces: Pieces<Answer> = Pieces::new();
    let ended = walk.go(&mut |class| {
        for answer in judge(universe, &class, differing.same.as_ref()) {
            pieces.add(answer, &class);
        }
        ControlFlow::Continue(())
    });
    if ended.is_break() || !universe.names.lost.is_empty() {
        impact.left_out.push(universe.scheme);
    }
    for (answer, flows) in pieces.flows(universe) {
        match answer {
            Answer::Changed(before, after) => impact.changes.push(Change { flows, before, after }),
            Answer::Open(before, after, because) => {
                impact.cannot_tell.push(Doubt { flows, before, after, because });
            }
        }
    }
}

/// Rules that differ and ask for what usual clients are alike in: other clients may be treated otherwise.
fn beyond(subjects: &[Subject<'_>; 2], differing: &[HashSet<usize>; 2]) -> Vec<Beyond> {
    let mut beyond: BTreeMap<(bool, Decider), &'static str> = BTreeMap::new();
    for (side, subject) in subjects.iter().enumerate() {
        for &rule in &differing[side] {
            let origin = Decider::from(subject.compiled.origins[rule]);
            if let Some(keyword) = asks_more(subject, rule) {
                beyond.insert((side == 1, origin), keyword);
            }
        }
    }
    beyond.into_iter().map(|((after, rule), keyword)| Beyond { after, rule, keyword }).collect()
}
