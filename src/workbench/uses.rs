//! What uses what a policy defines, and what is deployed of it.

use std::collections::{BTreeSet, HashMap};

use super::rows::row_number;
use super::stateless_json::stateless_json;
use crate::compile::{groups_in_order, stateless_rows};
use crate::interop::stateless_rule;
use crate::policy::{Policy, RulePlace, StatelessPlace, Thing, User, users};

/// The rules that use `thing`, by themselves or through other sources and sets, in the order of the file.
#[must_use]
pub fn rules_using(policy: &Policy, thing: &Thing) -> Vec<RulePlace> {
    if let Thing::Group(group) = thing {
        let rules = policy.rule_groups.get(*group).map_or(0, |group| group.rules.len());
        return (0..rules).map(|rule| RulePlace { group: *group, rule }).collect();
    }
    let mut seen: BTreeSet<Thing> = BTreeSet::new();
    let mut rules: BTreeSet<RulePlace> = BTreeSet::new();
    let mut open = vec![thing.clone()];
    while let Some(thing) = open.pop() {
        if !seen.insert(thing.clone()) {
            continue;
        }
        for user in users(policy, &thing) {
            match user {
                User::Rule(at) => {
                    rules.insert(at);
                }
                User::Thing(thing) => open.push(thing),
            }
        }
    }
    rules.into_iter().collect()
}

/// The numbers of rules in the rule list, each with its place, in the order of the list.
#[must_use]
pub fn rule_numbers(policy: &Policy, places: &[RulePlace]) -> Vec<(usize, RulePlace)> {
    let mut found: Vec<(usize, RulePlace)> =
        places.iter().filter_map(|&place| Some((row_number(policy, place)?, place))).collect();
    found.sort_unstable();
    found
}

/// The names by which a case can say what decides it, each as short as it is clear.
#[must_use]
pub fn decider_names(policy: &Policy) -> Vec<String> {
    let all: Vec<(&str, &str)> = policy.rule_names().collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (_, rule) in &all {
        *times.entry(rule).or_default() += 1;
    }
    let named = |(group, rule): &(&str, &str)| match times.get(rule) {
        Some(1) => (*rule).to_owned(),
        _ => format!("{group}/{rule}"),
    };
    let defaults = ["default", "stateless-default"].map(str::to_owned);
    all.iter().map(named).chain(defaults).collect()
}

/// A priority for a new group behind the one before it, with room for others in between; behind the last, 100 further.
#[must_use]
pub fn fresh_priority(policy: &Policy, thing: &Thing) -> Option<u32> {
    let (taken, before): (Vec<u32>, Option<u32>) = match thing {
        Thing::Group(at) => {
            let groups = &policy.rule_groups;
            let order: Vec<u32> =
                groups_in_order(policy).iter().map(|&g| groups[g].priority.value).collect();
            let before = at.checked_sub(1).and_then(|at| groups.get(at));
            (order, before.map(|group| group.priority.value))
        }
        Thing::StatelessGroup(at) => {
            let groups = &policy.stateless.rule_groups;
            let mut order: Vec<u32> = groups.iter().map(|group| group.priority.value).collect();
            order.sort_unstable();
            let before = at.checked_sub(1).and_then(|at| groups.get(at));
            (order, before.map(|group| group.priority.value))
        }
        _ => return None,
    };
    let Some(before) = before.or_else(|| taken.last().copied()) else { return Some(100) };
    let after = taken.iter().copied().find(|&priority| priority > before);
    let fresh = after.map_or(before + 100, |after| before + (after - before) / 2);
    ((1..=65_535).contains(&fresh) && !taken.contains(&fresh)).then_some(fresh)
}

/// The row of a stateless group as AWS's API has it; nothing where it is not deployed.
#[must_use]
pub fn deployed_row(policy: &Policy, at: StatelessPlace) -> Option<Vec<String>> {
    let mut origins = stateless_rows(policy).into_iter().flat_map(|(_, rows)| rows);
    let origin = origins.find(|origin| origin.place == at)?;
    stateless_rule(policy, origin).map(|rule| stateless_json(&rule))
}
