use std::collections::HashSet;

use super::Selection;
use crate::messages::screen as say;
use crate::policy::{Policy, RuleField, RulePlace};
use crate::tui::app::App;
use crate::workbench::{Row, field_text, rows};

/// The rules that `text` is found in, from top to bottom: in name, source, target, sid or
/// hand-written text, in any case of letters.
#[must_use]
pub fn matches(policy: &Policy, text: &str) -> Vec<RulePlace> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Vec::new();
    }
    let found = |place: &RulePlace| {
        let fields =
            [RuleField::Name, RuleField::From, RuleField::To, RuleField::Sid, RuleField::Suricata];
        policy.rule(*place).is_some_and(|rule| {
            fields.iter().any(|&field| field_text(rule, field).to_lowercase().contains(&text))
        })
    };
    let place = |row: Row| match row {
        Row::Rule { place, .. } => Some(place),
        Row::Group(_) | Row::Stateless(_) => None,
    };
    rows(policy).into_iter().filter_map(place).filter(found).collect()
}

/// Selects the next match after the selected rule, or the one before, going round at the ends.
pub fn go_to_match(app: &mut App, down: bool) {
    let Some(text) = app.panes.rules.found.clone() else { return };
    let policy = app.session.policy();
    let places = matches(policy, &text);
    let order = rows(policy);
    let here = order.iter().position(|&row| Selection::from(row) == app.panes.rules.selected);
    let here = here.unwrap_or_default();
    let wanted: HashSet<RulePlace> = places.iter().copied().collect();
    let len = order.len();
    let step = |n: usize| if down { (here + n) % len } else { (here + len - n) % len };
    let next = (1..=len).find_map(|n| match order[step(n)] {
        Row::Rule { place, .. } => wanted.contains(&place).then_some(place),
        Row::Group(_) | Row::Stateless(_) => None,
    });
    if let Some(place) = next {
        app.panes.rules.select(Selection::Rule(place));
        let nth = places.iter().position(|&p| p == place).unwrap_or_default() + 1;
        app.say(say::found(&text, nth, places.len()));
    }
}
