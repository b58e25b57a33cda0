//! Whether names still hold once rows changed: those of rules, and what cases say of who decides.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::changes::with_rows_now;
use super::read::RESERVED;
use super::{Case, Policy, RowsChanged};

/// Names of rows by group, each with how many rows more have it than before.
type Counts<'a> = BTreeMap<(usize, &'a str), isize>;

/// Whether, once these rows changed, the names of the rules of a group are still unique, and each rule that a case names
/// exists and is one rule only.
pub fn names_hold(before: &Policy, after: &Policy, changed: &[RowsChanged]) -> bool {
    let mut counts = Counts::new();
    for (RowsChanged { group, rows, .. }, now) in with_rows_now(changed) {
        let (Some(old), Some(new)) =
            (before.rule_groups.get(*group), after.rule_groups.get(*group))
        else {
            return false;
        };
        for row in rows.clone().filter_map(|row| old.rules.get(row)) {
            *counts.entry((*group, &row.name.value)).or_default() -= 1;
        }
        for row in now.filter_map(|row| new.rules.get(row)) {
            *counts.entry((*group, &row.name.value)).or_default() += 1;
        }
    }
    counts.retain(|_, more| *more != 0);
    are_unique(after, &counts) && deciders_hold(after, &counts)
}

/// Whether the names of the groups with new names are unique.
fn are_unique(policy: &Policy, counts: &Counts<'_>) -> bool {
    let new = counts.iter().filter(|(_, more)| **more > 0);
    let groups: HashSet<usize> = new.map(|((group, _), _)| *group).collect();
    groups.into_iter().all(|group| {
        let rules = &policy.rule_groups[group].rules;
        let names: HashSet<&str> = rules.iter().map(|rule| rule.name.value.as_str()).collect();
        names.len() == rules.len()
    })
}

/// Whether each rule that a case names, of those that came or went, exists, and is one rule only.
fn deciders_hold(policy: &Policy, counts: &Counts<'_>) -> bool {
    let names: HashSet<&str> = counts.keys().map(|(_, name)| *name).collect();
    let about = |by: &str| {
        let ends = by.match_indices('/').map(|(at, _)| &by[at + 1..]);
        names.contains(by) || ends.into_iter().any(|name| names.contains(name))
    };
    let by =
        |case: &Case| case.by.as_deref().filter(|by| !RESERVED.contains(by)).map(str::to_owned);
    let wanted: HashSet<String> =
        policy.cases.iter().filter_map(by).filter(|by| about(by)).collect();
    if wanted.is_empty() {
        return true;
    }
    let mut alone: HashMap<&str, usize> = HashMap::new();
    let mut full: HashSet<String> = HashSet::new();
    let slashed = wanted.iter().any(|by| by.contains('/'));
    for (group, rule) in policy.rule_names() {
        if wanted.contains(rule) {
            *alone.entry(rule).or_default() += 1;
        }
        if slashed {
            full.insert(format!("{group}/{rule}"));
        }
    }
    wanted.iter().all(|by| full.contains(by) || alone.get(by.as_str()) == Some(&1))
}
