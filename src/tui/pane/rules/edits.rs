//! What keys do to the selected rule, as edits.

use crate::compile::groups_in_order;
use crate::messages::screen as say;
use crate::policy::{Edit, Field, Policy, RulePlace, StatelessPlace, Thing};
use crate::tui::app::App;
use crate::tui::overlay::{Form, Overlay, PriorityForm, edit_thing};

use super::marks::{copy_to, move_to};
use super::{Load, Selection};
use crate::workbench::StatelessLine;

/// The place above or below `at` for the rules of `policy` that are `taken` out, also across groups;
/// groups that others keep are passed over. `None` at the ends of the policy.
#[must_use]
pub fn step(policy: &Policy, taken: &[RulePlace], at: RulePlace, down: bool) -> Option<RulePlace> {
    let others = |group: usize| {
        let rules = policy.rule_groups[group].rules.len();
        rules - taken.iter().filter(|rule| rule.group == group).count()
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

/// Moves the marked rules, the selected rule or the selected group at once.
pub fn move_up_or_down(app: &mut App, down: bool) {
    let (policy, pane) = (app.session.policy(), &app.panes.rules);
    if let Some(Load::Group(group)) = Load::of(pane, policy) {
        return move_group(app, group, down);
    }
    let rules = pane.meant(policy);
    let Some(to) = rules.first().and_then(|first| step(policy, &rules, *first, down)) else {
        app.say(say::AT_THE_END);
        return;
    };
    move_to(app, &rules, to);
}

/// Moves a group past the next one: it gets a priority between its new neighbours.
fn move_group(app: &mut App, group: usize, down: bool) {
    let (load, policy) = (Load::Group(group), app.session.policy());
    let to = load.step(policy, load.spot(policy), down);
    match to.map(|to| load.edit(policy, to)) {
        Some(Err(why)) => app.fail(why),
        Some(Ok(Some(edit))) => {
            app.apply(&edit);
        }
        Some(Ok(None)) | None => app.say(say::AT_THE_END),
    }
}

/// Deletes the marked rules, or the selected one, stateless or not; undo brings them back.
pub fn delete(app: &mut App) {
    if let Some(at) = app.panes.rules.stateless_meant() {
        app.apply(&Edit::Remove { thing: Thing::StatelessRow(at) });
        return;
    }
    let rules = app.panes.rules.meant(app.session.policy());
    if let Some(edit) = Edit::remove_rules(&rules) {
        app.apply(&edit);
    }
}

/// Disables the marked rules, or the selected one; enables them where all are off.
pub fn toggle(app: &mut App) {
    let policy = app.session.policy();
    if let Some(at) = app.panes.rules.stateless_meant() {
        let Some(row) = policy.stateless_row(at) else { return };
        let value = row.enabled.then(|| "false".to_owned());
        let fields = vec![(Field::Enabled, value)];
        app.apply(&Edit::Set { thing: Thing::StatelessRow(at), fields });
        return;
    }
    let rules = app.panes.rules.meant(policy);
    let on = !rules.iter().any(|at| policy.rule(*at).is_some_and(|rule| rule.enabled));
    if let Some(edit) = Edit::switch_rules(policy, &rules, on) {
        app.apply(&edit);
    }
}

/// Puts a copy below the selected rule and selects it; copies of the marked rules stand below the last of them.
pub fn duplicate(app: &mut App) {
    let policy = app.session.policy();
    let rules = app.panes.rules.meant(policy);
    let Some(last) = rules.last() else { return };
    copy_to(app, RulePlace { rule: last.rule + 1, ..*last });
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
