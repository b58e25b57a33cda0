//! Which rules two policies do not have in common.

use std::collections::{HashMap, HashSet};

use crate::analysis::flows::Subject;
use crate::compile::{Compiled, Origin};
use crate::policy::Policy;
use crate::suricata::{Rule, RuleType, Variables};

/// For each policy, rules by their index.
pub(super) struct Differing {
    /// Rules that the other does not have, or not in the same place among those that both have.
    pub rules: [HashSet<usize>; 2],
    /// Rules without which a flow gets the same verdict in both.
    pub touching: [HashSet<usize>; 2],
    /// For each rule, by its index, a number that the same rule has in the other; nothing where even the same rules may
    /// be asked in another way.
    pub same: Option<[Vec<usize>; 2]>,
    /// Whether the stateless rules differ: then any flow may get another verdict.
    pub stateless: bool,
}

pub(super) fn differing(policies: [&Policy; 2], subjects: &[Subject<'_>; 2]) -> Differing {
    let rulesets = [0, 1].map(|at: usize| &subjects[at].compiled.ruleset);
    let orders = [0, 1].map(|at: usize| subjects[at].evaluator.order());
    let before = [0, 1].map(|at: usize| subjects[at].evaluator.stateless());
    let every = [0, 1].map(|at: usize| (0..rulesets[at].rules.len()).collect::<HashSet<usize>>());
    let mut rules = every.clone();
    let pairs = pairs(policies, subjects);
    for (old, new) in common(&pairs, orders) {
        rules[0].remove(&old);
        rules[1].remove(&new);
    }
    // A rule that looks into the stream decides for others how far the engine looks.
    let streams = |side: usize| {
        let looks = |rule: &Rule| matches!(rule.kind, RuleType::Stream | RuleType::PktStream);
        rules[side].iter().any(|&at| looks(&rulesets[side].rules[at]))
    };
    let stateless = before[0] != before[1];
    if streams(0) || streams(1) || stateless {
        return Differing { rules, touching: every, same: None, stateless };
    }
    let same =
        numbers(rulesets.map(|r| r.rules.len()), before[0].map_or(0, |s| s.rules.len()), &pairs);
    Differing { touching: rules.clone(), rules, same: Some(same), stateless }
}

/// A number for each rule, and behind these for each of the stateless rules, which are the same in both.
fn numbers(rules: [usize; 2], stateless: usize, pairs: &[(usize, usize)]) -> [Vec<usize>; 2] {
    let end: usize = rules.iter().sum();
    let of = |first: usize, len: usize| (first..first + len).chain(end..end + stateless).collect();
    let mut numbers: [Vec<usize>; 2] = [of(0, rules[0]), of(rules[0], rules[1])];
    for &(old, new) in pairs {
        numbers[1][new] = old;
    }
    numbers
}

/// Pairs of the same rule in both, in the order of the old ones.
fn pairs(policies: [&Policy; 2], subjects: &[Subject<'_>; 2]) -> Vec<(usize, usize)> {
    let rules = [0, 1].map(|at: usize| &subjects[at].compiled.ruleset.rules);
    let evaluators = [0, 1].map(|at: usize| subjects[at].evaluator);
    let same = |old: usize, new: usize| {
        let (a, b) = (&rules[0][old], &rules[1][new]);
        // What variables mean, and what is known of a rule beside its text, may differ.
        a.kind == b.kind
            && a.options == b.options
            && evaluators[0].ends(old) == evaluators[1].ends(new)
            && (evaluators[0].ends(old).is_some_and(|ends| ends.is_known())
                || scope(policies[0], subjects[0].compiled, old)
                    == scope(policies[1], subjects[1].compiled, new))
    };
    let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
    for &rule in evaluators[1].order() {
        by_text.entry(&rules[1][rule].text).or_default().push(rule);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for &old in evaluators[0].order() {
        let Some(all) = by_text.get_mut(rules[0][old].text.as_str()) else { continue };
        if let Some(at) = all.iter().position(|&new| same(old, new)) {
            pairs.push((old, all.remove(at)));
        }
    }
    pairs
}

/// What the names in a header mean, where that is not known: variables, and which sets of AWS are referred to.
fn scope<'a>(
    policy: &'a Policy,
    compiled: &'a Compiled,
    rule: usize,
) -> (&'a Variables, Vec<(&'a str, &'a str)>) {
    let ruleset = &compiled.ruleset;
    let group = match compiled.origins[rule] {
        Origin::Rule(place) => policy.rule_groups.get(place.group),
        Origin::Managed(group) => policy.rule_groups.get(group),
        Origin::Preamble | Origin::Tail | Origin::DefaultAction => None,
    };
    let references = group.iter().flat_map(|group| &group.references);
    let references = references.map(|(name, set)| (name.as_str(), set.arn.as_str()));
    (ruleset.variables(&ruleset.rules[rule]), references.collect())
}

/// Those of the pairs that stand in the same order among themselves.
fn common(pairs: &[(usize, usize)], orders: [&[usize]; 2]) -> Vec<(usize, usize)> {
    let mut place = vec![0; orders[1].len()];
    for (at, &rule) in orders[1].iter().enumerate() {
        place[rule] = at;
    }
    let places: Vec<usize> = pairs.iter().map(|(_, new)| place[*new]).collect();
    rising(&places).into_iter().map(|at| pairs[at]).collect()
}

/// The places of a longest rising sequence within `numbers`.
fn rising(numbers: &[usize]) -> Vec<usize> {
    // For each length, where the sequence of that length with the lowest end ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end| numbers[end] < *number);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut next = ends.last().copied();
    let mut sequence = Vec::new();
    while let Some(at) = next {
        sequence.push(at);
        next = before[at];
    }
    sequence.reverse();
    sequence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_moved_is_left_out_of_the_rising_sequence() {
        let kept =
            |numbers: &[usize]| rising(numbers).iter().map(|at| numbers[*at]).collect::<Vec<_>>();
        assert_eq!(kept(&[0, 1, 2]), [0, 1, 2]);
        assert_eq!(kept(&[3, 0, 1, 2]), [0, 1, 2]);
        assert_eq!(kept(&[0, 2, 1, 3]).len(), 3);
        assert_eq!(kept(&[]), [0; 0]);
    }
}
