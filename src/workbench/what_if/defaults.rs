use super::goal::{Candidate, Goal};
use super::{OfferKind, Wanted};
use crate::net::RuleOrder;
use crate::policy::{DefaultAction, Edit, Field, Thing};

/// Other default actions, where it is they that decide; each with the alert that logs what it drops, if there was one.
pub(super) fn defaults(goal: &Goal<'_>) -> Vec<Candidate> {
    let now = &goal.policy.default_actions;
    if !goal.by_default
        || goal.policy.rule_order != RuleOrder::Strict
        || goal.wanted == Wanted::Reject
    {
        return Vec::new();
    }
    let alerts: Vec<DefaultAction> =
        now.iter().copied().filter(|action| !action.is_drop()).collect();
    let with = |drop: DefaultAction| {
        let twin = (!alerts.is_empty()).then(|| drop.twin());
        [drop].into_iter().chain(twin).collect::<Vec<DefaultAction>>()
    };
    let drops = DefaultAction::ALL.into_iter().filter(|action| action.is_drop());
    let mut ways: Vec<Vec<DefaultAction>> = drops.map(with).collect();
    ways.push(alerts.clone());
    let candidate = |actions: Vec<DefaultAction>| {
        let words: Vec<&str> = actions.iter().map(|action| action.word()).collect();
        let text = Some(words.join(", ")).filter(|text| !text.is_empty());
        let fields = vec![(Field::DefaultActions, text)];
        Candidate::new(Edit::Set { thing: Thing::Policy, fields }, OfferKind::Default, 6)
    };
    ways.into_iter().filter(|actions| actions != now).map(candidate).collect()
}
