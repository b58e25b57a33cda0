//! Several edits as one: rules that are marked together move, are copied, switched or taken out in one step.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{Edit, Field, Policy, RuleField, RulePlace, Thing};

/// What several edits are together, for the words of the undo line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Batch {
    /// So many rules move to this group.
    Move {
        /// How many.
        rules: usize,
        /// The group.
        to: usize,
        /// Whether one of them was in another group.
        across: bool,
        /// The row that will stand right below them, or else right above.
        beside: Option<Beside>,
    },
    /// So many rules are copied to this group.
    Copy(usize, usize),
    /// So many rules are taken out.
    Remove(usize),
    /// So many rules are switched on.
    Enable(usize),
    /// So many rules are switched off.
    Disable(usize),
    /// The groups get priorities this far apart.
    Space(u32),
    /// A group of so many rules that were made of logs is added.
    FromLogs(usize),
}

/// A row, named by where it stands before the edit, and on which side of it others will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Right above it.
    Above(RulePlace),
    /// Right below it.
    Below(RulePlace),
}

/// The distance between the priorities of groups, where there is room for it.
const GAP: u32 = 100;
/// The highest priority of a group.
///
/// Source: AWS Network Firewall API, `StatefulRuleGroupReference`: `Priority`, 1 to 65535.
const HIGHEST: u32 = 65_535;

impl Edit {
    /// Moves `rules`, in this order, to where the first will have the place `to`, counted after all were taken out.
    /// Nothing where they stand there already, or where there is no such place.
    #[must_use]
    pub fn move_rules(policy: &Policy, rules: &[RulePlace], to: RulePlace) -> Option<Self> {
        if let [from] = *rules {
            return (from != to).then_some(Self::MoveRule { from, to });
        }
        let mut rows = Rows::of(policy);
        let taken: HashSet<&RulePlace> = rules.iter().collect();
        let others = rows.groups.get(to.group)?.iter().filter(|row| !taken.contains(row));
        let others: Vec<RulePlace> = others.copied().collect();
        let below = others.get(to.rule).copied();
        let above = to.rule.checked_sub(1).and_then(|at| others.get(at)).copied();
        if to.rule > others.len() {
            return None;
        }
        let wanted: Vec<RulePlace> = [&others[..to.rule], rules, &others[to.rule..]].concat();
        // Many rows that pass few others stay where they are, and the others move.
        let staying = staying(&wanted, to.group);
        // From the last, each right above the one that it will stand above.
        let mut next = None;
        let mut edits = Vec::new();
        for row in wanted.iter().rev() {
            if !staying.contains(row) {
                edits.extend(rows.move_above(*row, to.group, next));
            }
            next = Some(*row);
        }
        let across = rules.iter().any(|rule| rule.group != to.group);
        let beside = below.map(Beside::Above).or(above.map(Beside::Below));
        let what = Batch::Move { rules: rules.len(), to: to.group, across, beside };
        (!edits.is_empty()).then_some(Self::Several { edits, what })
    }

    /// Puts copies of `rules`, in this order, where the first will have the place `to`, under new names and without sids.
    #[must_use]
    pub fn copy_rules(policy: &Policy, rules: &[RulePlace], to: RulePlace) -> Option<Self> {
        let mut rows = Rows::of(policy);
        let below = rows.groups.get(to.group)?.get(to.rule).copied();
        let groups = policy.rule_groups.iter();
        let mut names: HashSet<Cow<'_, str>> = groups
            .flat_map(|group| group.rules.iter().map(|rule| Cow::from(&rule.name.value)))
            .filter(|name| name.as_bytes().windows(COPY.len()).any(|end| end == COPY.as_bytes()))
            .collect();
        let mut edits = Vec::new();
        for (nth, rule) in rules.iter().enumerate() {
            let name = free_name(&policy.rule(*rule)?.name.value, &names)?;
            let at = rows.place(*rule)?;
            edits.push(Self::DuplicateRule { at, name: name.clone() });
            names.insert(name.into());
            // A row that no policy has stands for the copy.
            let copy = RulePlace { group: usize::MAX, rule: nth };
            rows.groups[at.group].insert(at.rule + 1, copy);
            edits.extend(rows.move_above(copy, to.group, below));
        }
        if edits.len() < 2 {
            return edits.pop();
        }
        Some(Self::Several { edits, what: Batch::Copy(rules.len(), to.group) })
    }

    /// Takes `rules` out.
    #[must_use]
    pub fn remove_rules(rules: &[RulePlace]) -> Option<Self> {
        if let [at] = *rules {
            return Some(Self::RemoveRule { at });
        }
        let mut places = rules.to_vec();
        // From below: what is taken out moves up what stands below.
        places.sort_unstable_by(|a, b| b.cmp(a));
        let edits: Vec<Self> = places.into_iter().map(|at| Self::RemoveRule { at }).collect();
        (!edits.is_empty()).then_some(Self::Several { edits, what: Batch::Remove(rules.len()) })
    }

    /// Switches `rules` on or off, those that are not already.
    #[must_use]
    pub fn switch_rules(policy: &Policy, rules: &[RulePlace], on: bool) -> Option<Self> {
        let value = (!on).then(|| "false".to_owned());
        let other = |at: &&RulePlace| policy.rule(**at).is_some_and(|rule| rule.enabled != on);
        let set = |at: &RulePlace| Self::SetRule {
            at: *at,
            fields: vec![(RuleField::Enabled, value.clone())],
        };
        let mut edits: Vec<Self> = rules.iter().filter(other).map(set).collect();
        if edits.len() < 2 {
            return edits.pop();
        }
        let what = if on { Batch::Enable(edits.len()) } else { Batch::Disable(edits.len()) };
        Some(Self::Several { edits, what })
    }

    /// Gives a group another priority.
    #[must_use]
    pub fn set_priority(group: usize, priority: u32) -> Self {
        let fields = vec![(Field::Priority, Some(priority.to_string()))];
        Self::Set { thing: Thing::Group(group), fields }
    }

    /// Gives the groups, asked in this `order`, priorities with gaps. Nothing where they have them.
    #[must_use]
    pub fn space_groups(policy: &Policy, order: &[usize]) -> Option<Self> {
        let count = u32::try_from(order.len()).ok().filter(|n| (1..=HIGHEST).contains(n))?;
        let gap = GAP.min(HIGHEST / count);
        let mut left: Vec<(usize, u32)> =
            order.iter().copied().zip((1..).map(|n| n * gap)).collect();
        let mut now: Vec<u32> = policy.rule_groups.iter().map(|g| g.priority.value).collect();
        let mut edits = Vec::new();
        let mut set = |now: &mut Vec<u32>, group: usize, priority: u32| {
            now[group] = priority;
            edits.push(Self::set_priority(group, priority));
        };
        loop {
            left.retain(|(group, priority)| now[*group] != *priority);
            let Some(&(first, wanted)) = left.first() else { break };
            // No two groups may have one priority, not even in between.
            match left.iter().find(|(_, priority)| !now.contains(priority)) {
                Some(&(group, priority)) => set(&mut now, group, priority),
                None => {
                    let free = (1..=HIGHEST).rev().find(|n| *n != wanted && !now.contains(n))?;
                    set(&mut now, first, free);
                }
            }
        }
        (!edits.is_empty()).then_some(Self::Several { edits, what: Batch::Space(gap) })
    }
}

impl Policy {
    /// A priority for a group that is asked right after the group `above` and right before the group `below`; nothing
    /// where none is free.
    #[must_use]
    pub fn priority_between(&self, above: Option<usize>, below: Option<usize>) -> Option<u32> {
        let of = |group: usize| self.rule_groups.get(group).map(|g| g.priority.value);
        match (above.and_then(of), below.and_then(of)) {
            (None, None) => Some(GAP),
            (None, Some(below)) => Some(below / 2).filter(|n| *n > 0),
            (Some(above), None) => {
                Some((above + GAP).min(above.midpoint(HIGHEST + 1))).filter(|n| *n > above)
            }
            (Some(above), Some(below)) => {
                Some(above.midpoint(below)).filter(|n| *n > above && *n < below)
            }
        }
    }
}

/// The most rows of a group that need not move for these to stand in this order: they do already among themselves.
fn staying(wanted: &[RulePlace], group: usize) -> HashSet<RulePlace> {
    // For each length the row that ends such a line of rows first, and for each row the one before it.
    let mut ends: Vec<RulePlace> = Vec::new();
    let mut before: HashMap<RulePlace, RulePlace> = HashMap::new();
    for row in wanted.iter().filter(|row| row.group == group) {
        let length = ends.partition_point(|end| end.rule < row.rule);
        if let Some(last) = length.checked_sub(1) {
            before.insert(*row, ends[last]);
        }
        match ends.get_mut(length) {
            Some(end) => *end = *row,
            None => ends.push(*row),
        }
    }
    std::iter::successors(ends.last().copied(), |row| before.get(row).copied()).collect()
}

/// Where the rows of a policy stand while edits are worked out; rows are named by where they stood.
struct Rows {
    groups: Vec<Vec<RulePlace>>,
}

impl Rows {
    fn of(policy: &Policy) -> Self {
        let row = |(group, one): (usize, &super::RuleGroup)| {
            (0..one.rules.len()).map(|rule| RulePlace { group, rule }).collect()
        };
        Self { groups: policy.rule_groups.iter().enumerate().map(row).collect() }
    }

    fn place(&self, row: RulePlace) -> Option<RulePlace> {
        let places = self.groups.iter().enumerate();
        places
            .filter_map(|(group, rows)| Some((group, rows.iter().position(|r| *r == row)?)))
            .map(|(group, rule)| RulePlace { group, rule })
            .next()
    }

    /// Moves a row right above another, or to the end of the group; nothing where it stands there.
    fn move_above(
        &mut self,
        row: RulePlace,
        group: usize,
        below: Option<RulePlace>,
    ) -> Option<Edit> {
        let from = self.place(row)?;
        self.groups[from.group].remove(from.rule);
        let rows = self.groups.get_mut(group)?;
        let at = below.and_then(|below| rows.iter().position(|r| *r == below));
        let to = RulePlace { group, rule: at.unwrap_or(rows.len()) };
        rows.insert(to.rule, row);
        (from != to).then_some(Edit::MoveRule { from, to })
    }
}

/// What is in the name of every copy.
const COPY: &str = "-copy";

/// A name for a copy of `rule` that is not among `names`, of which those without [`COPY`] may be left out.
fn free_name(rule: &str, names: &HashSet<Cow<'_, str>>) -> Option<String> {
    let stem = format!("{rule}{COPY}");
    let numbered = (2..).map(|n: usize| format!("{stem}-{n}"));
    std::iter::once(stem.clone()).chain(numbered).find(|name| !names.contains(name.as_str()))
}
