use super::OfferKind;
use super::goal::{Candidate, Goal, match_row, set};
use crate::analysis::target_matches;
use crate::net::{Action, IpSet};
use crate::policy::{
    At, Edit, Endpoint, Field, InRow, MatchRule, Rule, RuleBody, RulePlace, Target, Thing,
    list_text,
};

/// More rows than this are not changed.
const ROWS: usize = 3;

/// Lets the rows that decide otherwise ask for less, do something else, or nothing.
pub(super) fn narrow(goal: &Goal<'_>) -> Vec<Candidate> {
    let rows = goal.against.iter().take(ROWS);
    rows.filter_map(|&at| Some(of_row(goal, at, goal.policy.rule(at)?))).flatten().collect()
}

fn of_row(goal: &Goal<'_>, at: RulePlace, rule: &Rule) -> Vec<Candidate> {
    let mut ways = Vec::new();
    let mut add = |after: &Rule, kind, weight| {
        ways.extend(set(goal.policy, at, after).map(|edit| Candidate::new(edit, kind, weight)));
    };
    if let RuleBody::Match(row) = &rule.body {
        if let Some(row) = without_target(goal, row) {
            add(&Rule { body: RuleBody::Match(row), ..rule.clone() }, OfferKind::Narrow, 2);
        }
        if let Some(row) = without_source(goal, row) {
            add(&Rule { body: RuleBody::Match(row), ..rule.clone() }, OfferKind::Narrow, 2);
        }
    }
    if let Some(body) = with_action(goal, at, rule) {
        add(&Rule { body, ..rule.clone() }, OfferKind::Act, 4);
    }
    add(&Rule { enabled: false, ..rule.clone() }, OfferKind::Disable, 4);
    ways.extend(without_names(goal, at));
    ways
}

/// The row without the entries that ask for this request, if others remain.
fn without_target(goal: &Goal<'_>, row: &MatchRule) -> Option<MatchRule> {
    let asks = |to: &At<Target, InRow>| {
        target_matches(goal.policy, row, &to.value, goal.request, goal.dst)
    };
    let to: Vec<At<Target, InRow>> = row.to.iter().filter(|to| !asks(to)).cloned().collect();
    (!to.is_empty() && to.len() < row.to.len()).then(|| MatchRule { to, ..row.clone() })
}

/// The row without the sources that hold the client, if others remain.
fn without_source(goal: &Goal<'_>, row: &MatchRule) -> Option<MatchRule> {
    let holds = |from: &At<Endpoint, InRow>| match &from.value {
        Endpoint::Any => true,
        Endpoint::Source(name) => goal.policy.source_set(name).contains(goal.request.from),
        Endpoint::Net(net) => IpSet::from(*net).contains(goal.request.from),
    };
    let from: Vec<At<Endpoint, InRow>> =
        row.from.iter().filter(|from| !holds(from)).cloned().collect();
    (!from.is_empty() && from.len() < row.from.len()).then(|| MatchRule { from, ..row.clone() })
}

/// The lists that the row uses without the names that mean this host, if others remain.
fn without_names(goal: &Goal<'_>, at: RulePlace) -> Vec<Candidate> {
    let Some(row) = match_row(goal.policy, at) else { return Vec::new() };
    let lists = row.to.iter().filter_map(|to| match &to.value {
        Target::List(name) => {
            goal.policy.domain_lists.iter().position(|list| list.name.value == *name)
        }
        Target::Any | Target::Name(_) | Target::Url(_) | Target::Regex(_) | Target::Net(_) => None,
    });
    let without = |list: usize| {
        let before = &goal.policy.domain_lists[list];
        let mut after = before.clone();
        after.names.retain(|name| !name.value.matches(&goal.request.host));
        let some = !after.names.is_empty() && after.names.len() < before.names.len();
        let fields = vec![(Field::Names, Some(list_text(&after)))];
        let edit = Edit::Set { thing: Thing::List(list), fields };
        some.then(|| Candidate::new(edit, OfferKind::Narrow, 3))
    };
    lists.filter_map(without).collect()
}

/// What the row says with the action that is wanted; of a hand-written one, the line that decides.
fn with_action(goal: &Goal<'_>, at: RulePlace, rule: &Rule) -> Option<RuleBody> {
    match &rule.body {
        RuleBody::Match(row) => {
            Some(RuleBody::Match(MatchRule { action: goal.wanted.action(), ..row.clone() }))
        }
        RuleBody::Suricata(hand) => {
            let decided = goal.reasons.iter().find(|reason| reason.rule.place == at)?;
            let sid = format!("sid:{};", decided.rule.sid.0);
            let mut changed = false;
            let line = |line: &str| {
                let word = line.split_whitespace().next().and_then(Action::from_word);
                match word {
                    Some(word) if !changed && line.replace(' ', "").contains(&sid) => {
                        changed = true;
                        line.replacen(word.word(), goal.wanted.action().word(), 1)
                    }
                    _ => line.to_owned(),
                }
            };
            let lines: Vec<String> = hand.text.split('\n').map(line).collect();
            let mut hand = hand.clone();
            hand.text = lines.join("\n");
            Some(RuleBody::Suricata(hand))
        }
    }
}
