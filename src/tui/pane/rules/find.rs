use std::collections::HashSet;

use super::Selection;
use crate::messages::status;
use crate::policy::RulePlace;
use crate::tui::app::App;
use crate::workbench::{Row, Session, rows};

/// The rules that `text` is found in, from top to bottom.
#[must_use]
pub fn matches(session: &Session, text: &str) -> Vec<RulePlace> {
    session.index().find(session.policy(), text)
}

/// Selects the next match after the selected rule, or the one before, going round at the ends.
pub fn go_to_match(app: &mut App, down: bool) {
    let Some(text) = app.panes.rules.found.clone() else { return };
    let policy = app.session.policy();
    let places = matches(&app.session, &text);
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
        app.say(status::found(&text, nth, places.len()));
    }
}
