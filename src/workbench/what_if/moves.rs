use super::OfferKind;
use super::goal::{Candidate, Goal, set};
use crate::net::RuleOrder;
use crate::policy::{Edit, Field, RulePlace, Thing};

/// More rows than this are not moved.
const ROWS: usize = 6;

/// Switches on rows that would give what is wanted.
pub(super) fn enable(goal: &Goal<'_>) -> Vec<Candidate> {
    let off = |place: &RulePlace| goal.policy.rule(*place).is_some_and(|rule| !rule.enabled);
    let places = goal.would().map(|(_, reason)| reason.rule.place).filter(off);
    let enabled = |at: RulePlace| {
        let mut rule = goal.policy.rule(at)?.clone();
        rule.enabled = true;
        Some(Candidate::new(set(goal.policy, at, &rule)?, OfferKind::Enable, 1))
    };
    places.take(ROWS).filter_map(enabled).collect()
}

/// Brings rows that would give what is wanted before those that decide otherwise. Under action order the place of a row
/// says nothing.
pub(super) fn moves(goal: &Goal<'_>) -> Vec<Candidate> {
    if goal.policy.rule_order == RuleOrder::Action {
        return Vec::new();
    }
    let on = |place: RulePlace| goal.policy.rule(place).is_some_and(|rule| rule.enabled);
    let would: Vec<(usize, RulePlace)> = goal
        .would()
        .map(|(number, reason)| (number, reason.rule.place))
        .filter(|(_, place)| on(*place))
        .collect();
    let mut ways = Vec::new();
    let rows = goal.usually.iter().chain(goal.against.first());
    for (row, number) in rows.filter_map(|row| Some((*row, goal.position(*row)?))) {
        let below = would.iter().filter(|(at, _)| *at > number).take(ROWS);
        ways.extend(below.flat_map(|(_, place)| past(goal, *place, row)));
    }
    if let Some(priority) = goal.managed.and_then(|group| priority_beside(goal, group, true)) {
        let below = would.iter().filter(|(at, _)| *at >= goal.reach).take(ROWS);
        ways.extend(below.map(|(_, place)| priority_of(place.group, priority)));
    }
    ways
}

/// The ways to have the row at `place` asked before the one at `against`, which is asked before it now.
fn past(goal: &Goal<'_>, place: RulePlace, against: RulePlace) -> Vec<Candidate> {
    let of = |edit, weight| Candidate::new(edit, OfferKind::Move, weight);
    if place.group == against.group {
        // What is taken out above moves up what stands below.
        let up = Edit::MoveRule { from: place, to: against };
        let down = Edit::MoveRule { from: against, to: place };
        return vec![of(up, 2), of(down, 3)];
    }
    let up = Edit::MoveRule { from: place, to: against };
    let below = RulePlace { rule: place.rule + 1, ..place };
    let down = Edit::MoveRule { from: against, to: below };
    let mut ways = vec![of(up, 3), of(down, 4)];
    let before = priority_beside(goal, against.group, true);
    let after = priority_beside(goal, place.group, false);
    ways.extend(before.map(|priority| priority_of(place.group, priority)));
    ways.extend(after.map(|priority| priority_of(against.group, priority)));
    ways
}

fn priority_of(group: usize, priority: u32) -> Candidate {
    let value = Some(priority.to_string());
    let edit = Edit::Set { thing: Thing::Group(group), fields: vec![(Field::Priority, value)] };
    Candidate::new(edit, OfferKind::Move, 5)
}

/// A free priority right before or after that of a group: in the middle of the gap.
fn priority_beside(goal: &Goal<'_>, group: usize, before: bool) -> Option<u32> {
    let groups = &goal.policy.rule_groups;
    let own = groups.get(group)?.priority.value;
    let others = groups.iter().map(|g| g.priority.value);
    let (low, high) = if before {
        (others.filter(|p| *p < own).max().unwrap_or(0), own)
    } else {
        (own, others.filter(|p| *p > own).min().unwrap_or(own.saturating_add(200).min(65_536)))
    };
    (high - low > 1).then(|| low + (high - low) / 2)
}
