use super::goal::Goal;
use crate::analysis::evaluator;
use crate::compile::compile;
use crate::diagnostic::Place;
use crate::messages::{Text, verdict, what_if as say};
use crate::net::RuleOrder;
use crate::policy::{At, RuleGroup};
use crate::workbench::answer::decide;
use crate::workbench::fates::fates;
use crate::workbench::{ByDestination, Decider, Reason, RuleName, deciding_packet};

/// Why no other order of the rows gives the verdict wanted. It is known, not supposed: all rows that would give it were
/// put above all others, and the engine asked. `None` where that helps.
pub(super) fn why_no_order(goal: &Goal<'_>) -> Option<Text> {
    let outcome = goal.answer.first();
    match &outcome.decider {
        Decider::Stateless(_) | Decider::StatelessDefault(_) | Decider::StreamException(_) => {
            return Some(say::before_all_rules(&outcome.decider.words()));
        }
        Decider::Rule(_) | Decider::Default(_) | Decider::Unmatched | Decider::Undetermined(_) => {}
    }
    let action = goal.wanted.action().word();
    let on = |reason: &&Reason| goal.policy.rule(reason.rule.place).is_some_and(|r| r.enabled);
    let rows: Vec<&Reason> = goal.would().map(|(_, reason)| reason).filter(on).collect();
    let Some(row) = rows.first() else {
        return Some(say::no_row_would(action));
    };
    if goal.policy.rule_order == RuleOrder::Action {
        return Some(say::action_order());
    }
    let (then, at) = first_of_all(goal, &rows)?;
    let name = verdict::rule(&row.rule.group, &row.rule.name, row.rule.number);
    if let Decider::Undetermined(_) = then {
        return Some(say::nobody_knows(&then.words()));
    }
    match packets(outcome, row) {
        Some((decided, matched)) => {
            Some(say::decided_before(&outcome.decider.words(), &decided, &name, action, &matched))
        }
        None => Some(say::even_first(&name, action, &then.words(), at.as_ref())),
    }
}

/// The packet on which it is decided, and the later one on which the row would match.
fn packets(outcome: &ByDestination, row: &Reason) -> Option<(Text, Text)> {
    let decided = deciding_packet(&outcome.trace)?;
    let step = outcome.trace.rules.one(row.rule.sid)?;
    let matched = step.matched_at.or(step.would_match_at).filter(|at| *at > decided)?;
    let word = |at: usize| outcome.trace.packets.get(at).map(|p| verdict::packet(&p.name));
    Some((word(decided)?, word(matched)?))
}

/// Who decides, and on which packet, when these rows stand above all others; `None` where that gives the verdict wanted.
fn first_of_all(goal: &Goal<'_>, rows: &[&Reason]) -> Option<(Decider, Option<Text>)> {
    let mut policy = goal.policy.clone();
    for row in rows {
        let group = &mut policy.rule_groups[row.rule.place.group];
        let rule = group.rules[row.rule.place.rule].clone();
        // The numbers of the others stay as they are.
        group.rules.edit(row.rule.place.rule)?.enabled = false;
        // Before all that are written; what `any` means comes along.
        let priority = At { value: 0, place: Place::default() };
        let first = RuleGroup { priority, rules: [rule].into_iter().collect(), ..group.clone() };
        policy.rule_groups.push(first);
    }
    let compiled = compile(&policy);
    let evaluator = evaluator(&compiled);
    let fates = fates(&evaluator, goal.request);
    let usual = fates.first().filter(|fate| !goal.wanted.is(fate.action(), fate.experience))?;
    let trace = evaluator.decide(&goal.request.flow(usual.address));
    let (by, _) = decide(&policy, &compiled, &trace);
    let at = deciding_packet(&trace).map(|at| verdict::packet(&trace.packets[at].name));
    Some((as_numbered(goal, by), at))
}

/// A rule by the number that it has where it stands.
fn as_numbered(goal: &Goal<'_>, by: Decider) -> Decider {
    let here = |rule: &RuleName| {
        let mut rows = goal.reasons.iter().map(|reason| &reason.rule);
        rows.find(|other| other.group == rule.group && other.name == rule.name).cloned()
    };
    match by {
        Decider::Rule(rule) => Decider::Rule(here(&rule).unwrap_or(rule)),
        other @ (Decider::Default(_)
        | Decider::Unmatched
        | Decider::Stateless(_)
        | Decider::StatelessDefault(_)
        | Decider::StreamException(_)
        | Decider::Undetermined(_)) => other,
    }
}
