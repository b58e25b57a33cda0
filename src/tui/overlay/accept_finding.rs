use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Overlay;
use super::popup::{prompt, prompt_room};
use crate::analysis::is_of_many;
use crate::messages::{Words, findings as say};
use crate::tui::app::App;
use crate::tui::cells::wrap;
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::Scene;
use crate::workbench::{Problem, accept as accepting};

/// Asks why a finding is as it should be.
#[derive(Debug)]
pub struct ReasonForm {
    /// The reason.
    pub edit: TextEdit,
    problem: Problem,
}

impl ReasonForm {
    /// Draws the question.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let row = self.problem.row.filter(|_| !is_of_many(self.problem.diagnostic.code));
        let rule = row.and_then(|row| scene.policy.rule(row));
        let about =
            say::accepted_at(self.problem.diagnostic.code, rule.map(|r| r.name.value.as_str()));
        let room = prompt_room(area);
        let below = [scene.say(&self.problem.diagnostic.message), scene.say(about)];
        let below = below.iter().flat_map(|text| wrap(text, room));
        let style = scene.style(Role::Muted);
        let below = below.map(|line| Line::styled(line, style)).collect();
        prompt(scene, frame, area, say::WHY_ACCEPTED, &self.edit, below);
    }
}

/// Asks for the reason.
pub fn accept_finding(app: &mut App) {
    if let Some(Overlay::Findings(view)) = app.overlays.last()
        && let Some(problem) = view.chosen()
    {
        let form = ReasonForm { edit: TextEdit::line(""), problem: problem.clone() };
        app.overlays.push(Overlay::Reason(Box::new(form)));
    }
}

/// Writes the reason into the policy; asks again where it cannot be.
pub fn accept(app: &mut App, form: Box<ReasonForm>) {
    match accepting(app.session.policy(), &form.problem, &form.edit.text()) {
        Ok(edit) => {
            app.apply(&edit);
        }
        Err(why) => {
            app.fail(why);
            app.overlays.push(Overlay::Reason(form));
        }
    }
}

/// Why the finding that is looked at cannot be accepted.
#[must_use]
pub fn cannot_accept(app: &App) -> Option<Words> {
    let Some(Overlay::Findings(view)) = app.overlays.last() else { return None };
    match view.chosen() {
        Some(problem) if problem.diagnostic.is_error() => Some(say::NEVER_ACCEPTED),
        Some(problem) if !problem.current => Some(say::SOUGHT),
        Some(_) => None,
        None => Some(say::NOTHING),
    }
}
