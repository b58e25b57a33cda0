//! What keys do to the selected definition.

use super::DefinitionsView;
use super::list::{Part, Row};
use crate::messages::thing::definitions as say;
use crate::messages::{Words, screen};
use crate::policy::{Edit, Policy, StatelessPlace, Thing};
use crate::tui::action::Define;
use crate::tui::app::App;
use crate::tui::overlay::{Form, Overlay};

/// Does what is asked.
pub fn define(app: &mut App, what: Define) {
    match what {
        Define::List => app.overlays.push(Overlay::Definitions(DefinitionsView::new())),
        Define::Edit => edit(app),
        Define::Add => add(app),
        Define::Delete => delete(app),
        Define::EditCase => edit_thing(app, &Thing::Case(app.panes.cases.selected)),
        Define::NewCase => new_case(app),
    }
}

fn selected(app: &App) -> Option<Row> {
    let view = app.overlays.iter().rev().find_map(|overlay| match overlay {
        Overlay::Definitions(view) => Some(view),
        _ => None,
    })?;
    view.selected(app.session.policy())
}

/// Opens the form of `thing`.
pub fn edit_thing(app: &mut App, thing: &Thing) {
    let form = Form::of_thing(&app.session, thing);
    app.overlays.extend(form.map(|form| Overlay::Form(Box::new(form))));
}

/// Opens the form of the selected thing.
fn edit(app: &mut App) {
    if let Some(Row::Thing(thing)) = selected(app) {
        edit_thing(app, &thing);
    }
}

/// Opens a form for one more of what is selected.
fn add(app: &mut App) {
    let row = selected(app);
    let thing = row.and_then(|row| one_more(app.session.policy(), &row));
    let form = thing.map(|thing| Form::new_thing(&app.session, &thing));
    app.overlays.extend(form.map(|form| Overlay::Form(Box::new(form))));
}

/// Deletes the selected thing; undo brings it back.
fn delete(app: &mut App) {
    if let Some(Row::Thing(thing)) = selected(app) {
        app.apply(&Edit::Remove { thing });
    }
}

/// Opens a form for a new case.
fn new_case(app: &mut App) {
    let thing = Thing::Case(app.session.policy().cases.len());
    app.overlays.push(Overlay::Form(Box::new(Form::new_thing(&app.session, &thing))));
}

/// What one more of the selected line would be, where it would stand.
fn one_more(policy: &Policy, row: &Row) -> Option<Thing> {
    let none = String::new;
    let groups = policy.stateless.rule_groups.len();
    Some(match row {
        Row::Head(part, _) => match part {
            Part::Settings => return None,
            Part::Sources => Thing::Source(policy.sources.len()),
            Part::Lists => Thing::List(policy.domain_lists.len()),
            Part::IpSets => Thing::IpSet(None, none()),
            Part::PortSets => Thing::PortSet(None, none()),
            Part::References => {
                let own = policy.rule_groups.iter().position(|group| group.managed.is_none());
                Thing::Reference(own?, none())
            }
            Part::Groups => Thing::Group(policy.rule_groups.len()),
            Part::Stateless => Thing::StatelessGroup(groups),
            Part::Cases => Thing::Case(policy.cases.len()),
        },
        Row::Thing(thing) => match thing {
            Thing::Policy => return None,
            Thing::Source(_) => Thing::Source(policy.sources.len()),
            Thing::List(_) => Thing::List(policy.domain_lists.len()),
            Thing::IpSet(owner, _) => Thing::IpSet(*owner, none()),
            Thing::PortSet(owner, _) => Thing::PortSet(*owner, none()),
            Thing::Reference(group, _) => Thing::Reference(*group, none()),
            Thing::Group(at) => Thing::Group(at + 1),
            Thing::Stateless => Thing::StatelessGroup(groups),
            Thing::StatelessGroup(group) => Thing::StatelessRow(StatelessPlace {
                group: *group,
                rule: policy.stateless.rule_groups.get(*group)?.rules.len(),
            }),
            Thing::StatelessRow(at) => {
                Thing::StatelessRow(StatelessPlace { rule: at.rule + 1, ..*at })
            }
            Thing::Case(at) => Thing::Case(at + 1),
        },
    })
}

/// Why it cannot be done now.
pub fn cannot(app: &App, what: Define) -> Option<Words> {
    match what {
        Define::List | Define::NewCase => None,
        Define::EditCase => app.session.policy().cases.is_empty().then_some(screen::NO_CASES),
        Define::Edit | Define::Add | Define::Delete => match selected(app) {
            Some(row) => cannot_here(app.session.policy(), what, &row),
            None => Some(say::NOT_OPEN),
        },
    }
}

fn cannot_here(policy: &Policy, what: Define, row: &Row) -> Option<Words> {
    match (what, row) {
        (Define::Edit | Define::Delete, Row::Head(..)) => Some(say::NOT_A_HEAD),
        (Define::Delete, Row::Thing(Thing::Policy | Thing::Stateless)) => Some(say::ALWAYS_THERE),
        (Define::Add, row) if one_more(policy, row).is_none() => {
            let of_groups = matches!(row, Row::Head(Part::References, _));
            Some(if of_groups { say::NO_GROUP } else { say::ONE_ONLY })
        }
        _ => None,
    }
}
