//! What keys do to the selected rule, as edits.

use crate::compile::groups_in_order;
use crate::messages::screen as say;
use crate::policy::{Edit, Field, Policy, RuleField, RulePlace, StatelessPlace, Thing};
use crate::tui::app::App;
use crate::tui::overlay::{Form, Overlay, PriorityForm, edit_thing};

use super::Selection;
use crate::workbench::StatelessLine;

/// The place above or below `at` for the rule of `policy` that stands at `from`, also across groups;
/// groups that others keep are passed over. `None` at the ends of the policy.
#[must_use]
pub fn step(policy: &Policy, from: RulePlace, at: RulePlace, down: bool) -> Option<RulePlace> {
    let others = |group: usize| {
        let rules = policy.rule_groups[group].rules.len();
        rules - usize::from(group == from.group)
    };
    if down && at.rule < others(at.group) {
        return Some(RulePlace { rule: at.rule + 1, ..at });
    }
    if !down && at.rule > 0 {
        return Some(RulePlace { rule: at.rule - 1, ..at });
    }
    let order = groups_in_order(policy);
    let here = order.iter().position(|&group| group == at.group)?;
    let takes_rules = |group: &&usize| policy.rule_groups[**group].managed.is_none();
    if down {
        let group = *order[here + 1..].iter().find(takes_rules)?;
        Some(RulePlace { group, rule: 0 })
    } else {
        let group = *order[..here].iter().rev().find(takes_rules)?;
        Some(RulePlace { group, rule: others(group) })
    }
}

/// Moves the selected rule at once.
pub fn move_rule(app: &mut App, down: bool) {
    let Some(from) = app.panes.rules.selected.rule() else { return };
    let Some(to) = step(app.session.policy(), from, from, down) else {
        app.say(say::AT_THE_END);
        return;
    };
    if app.apply(&Edit::MoveRule { from, to }) {
        app.panes.rules.select(Selection::Rule(to));
    }
}

/// Deletes the selected rule, stateless or not; undo brings it back.
pub fn delete(app: &mut App) {
    if let Selection::Stateless(StatelessLine::Rule(at)) = app.panes.rules.selected {
        app.apply(&Edit::Remove { thing: Thing::StatelessRow(at) });
    }
    if let Some(at) = app.panes.rules.selected.rule() {
        app.apply(&Edit::RemoveRule { at });
    }
}

/// Disables or enables the selected rule.
pub fn toggle(app: &mut App) {
    if let Selection::Stateless(StatelessLine::Rule(at)) = app.panes.rules.selected {
        let Some(row) = app.session.policy().stateless_row(at) else { return };
        let value = row.enabled.then(|| "false".to_owned());
        let fields = vec![(Field::Enabled, value)];
        app.apply(&Edit::Set { thing: Thing::StatelessRow(at), fields });
    }
    let Some(at) = app.panes.rules.selected.rule() else { return };
    let Some(rule) = app.session.policy().rule(at) else { return };
    let value = rule.enabled.then(|| "false".to_owned());
    app.apply(&Edit::SetRule { at, fields: vec![(RuleField::Enabled, value)] });
}

/// Puts a copy below the selected rule and selects it.
pub fn duplicate(app: &mut App) {
    let Some(at) = app.panes.rules.selected.rule() else { return };
    let Some(rule) = app.session.policy().rule(at) else { return };
    let taken = |name: &str| {
        app.session.policy().rule_groups[at.group].rules.iter().any(|r| r.name.value == name)
    };
    let stem = format!("{}-copy", rule.name.value);
    let numbered = (2..).map(|n: usize| format!("{stem}-{n}"));
    let Some(name) = std::iter::once(stem.clone()).chain(numbered).find(|n| !taken(n)) else {
        return;
    };
    if app.apply(&Edit::DuplicateRule { at, name }) {
        app.panes.rules.select(Selection::Rule(RulePlace { rule: at.rule + 1, ..at }));
    }
}

/// Opens the form of the selected row: a rule, a group, something stateless.
pub fn edit_rule(app: &mut App) {
    let thing = match app.panes.rules.selected {
        Selection::Rule(at) => {
            let form = Form::of_rule(&app.session, at);
            app.overlays.extend(form.map(|form| Overlay::Form(Box::new(form))));
            return;
        }
        Selection::Group(group) => Thing::Group(group),
        Selection::Stateless(StatelessLine::Group(group)) => Thing::StatelessGroup(group),
        Selection::Stateless(StatelessLine::Rule(place)) => Thing::StatelessRow(place),
        Selection::Stateless(StatelessLine::Default) => Thing::Stateless,
        Selection::Nothing => return,
    };
    edit_thing(app, &thing);
}

/// Opens a form for a new rule below the selected row, in its group.
pub fn new_rule(app: &mut App, by_hand: bool) {
    let at = match app.panes.rules.selected {
        Selection::Rule(place) => RulePlace { rule: place.rule + 1, ..place },
        Selection::Group(group) => RulePlace { group, rule: 0 },
        Selection::Stateless(line) => return new_stateless(app, line),
        Selection::Nothing => return,
    };
    let form = Form::new_rule(&app.session, at, by_hand);
    app.overlays.push(Overlay::Form(Box::new(form)));
}

/// Opens a form for a new stateless rule below the selected line.
fn new_stateless(app: &mut App, line: StatelessLine) {
    let at = match line {
        StatelessLine::Group(group) => StatelessPlace { group, rule: 0 },
        StatelessLine::Rule(at) => StatelessPlace { rule: at.rule + 1, ..at },
        StatelessLine::Default => return,
    };
    let form = Form::new_thing(&app.session, &Thing::StatelessRow(at));
    app.overlays.push(Overlay::Form(Box::new(form)));
}

/// Asks for another priority of the selected group.
pub fn edit_group(app: &mut App) {
    if let Some(group) = app.panes.rules.selected.group() {
        let form = PriorityForm::new(&app.session, group);
        app.overlays.extend(form.map(Overlay::Priority));
    }
}
