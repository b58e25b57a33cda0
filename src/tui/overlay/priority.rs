use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Overlay;
use super::popup::{prompt, prompt_room};
use crate::compile::groups_in_order;
use crate::messages::{Text, screen as say};
use crate::policy::{Edit, Field, Policy, Thing};
use crate::tui::app::App;
use crate::tui::cells::wrap;
use crate::tui::pane::effects::change_lines;
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::Scene;
use crate::workbench::{CaseChange, Session, case_changes};

/// Asks for the priority of a group, and says between which neighbours it would stand.
#[derive(Debug)]
pub struct PriorityForm {
    /// The number.
    pub edit: TextEdit,
    group: usize,
    was: u32,
    neighbours: Text,
    refused: Option<Text>,
    changes: Vec<CaseChange>,
}

impl PriorityForm {
    /// Asks for the priority of `group`.
    #[must_use]
    pub fn new(session: &Session, group: usize) -> Option<Self> {
        let was = session.policy().rule_groups.get(group)?.priority.value;
        let mut form = Self {
            edit: TextEdit::line(&was.to_string()),
            group,
            was,
            neighbours: Text::verbatim(""),
            refused: None,
            changes: Vec::new(),
        };
        form.look(session);
        Some(form)
    }

    fn change(&self) -> Edit {
        let value = Some(self.edit.text().trim().to_owned());
        Edit::Set { thing: Thing::Group(self.group), fields: vec![(Field::Priority, value)] }
    }

    fn is_changed(&self) -> bool {
        self.edit.text().trim() != self.was.to_string()
    }

    /// Looks what the number typed would change.
    pub fn look(&mut self, session: &Session) {
        self.refused = None;
        self.changes.clear();
        self.neighbours = neighbours(session.policy(), self.group);
        if !self.is_changed() {
            return;
        }
        match session.preview(&self.change()) {
            Ok((policy, derived)) => {
                let before = (session.policy(), session.derived().cases.as_slice());
                self.changes = case_changes(before, (&policy, &derived.cases));
                self.neighbours = neighbours(&policy, self.group);
            }
            Err(error) => self.refused = Some(error.words()),
        }
    }

    /// Draws the question.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let group = &scene.app.session.policy().rule_groups[self.group];
        let room = prompt_room(area);
        let styled = |text: &Text, role: Role| -> Vec<Line<'static>> {
            wrap(&scene.say(text), room)
                .into_iter()
                .map(|line| Line::styled(line, scene.style(role)))
                .collect()
        };
        let mut below = match &self.refused {
            Some(why) => styled(why, Role::Error),
            None => styled(&self.neighbours, Role::Text),
        };
        below.extend(styled(&say::PRIORITY_RANGE.into(), Role::Muted));
        if self.is_changed() && self.refused.is_none() {
            below.push(Line::default());
            let role = if self.changes.is_empty() { Role::Muted } else { Role::Changed };
            below.extend(styled(&say::cases_change(self.changes.len()), role));
            below.extend(change_lines(scene, &self.changes, room, 6));
        }
        let title = say::priority_of(&group.name.value);
        prompt(scene, frame, area, title, &self.edit, below);
    }
}

/// Between which groups `group` stands.
fn neighbours(policy: &Policy, group: usize) -> Text {
    let order = groups_in_order(policy);
    let at = order.iter().position(|&g| g == group).unwrap_or_default();
    let name = |&g: &usize| {
        let group = &policy.rule_groups[g];
        (group.name.value.clone(), group.priority.value)
    };
    let above = at.checked_sub(1).and_then(|i| order.get(i)).map(name);
    say::neighbours(above, order.get(at + 1).map(name))
}

/// Changes the priority.
pub fn accept(app: &mut App, form: PriorityForm) {
    if form.is_changed() && !app.apply(&form.change()) {
        app.overlays.push(Overlay::Priority(form));
    }
}
