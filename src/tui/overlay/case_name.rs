use ratatui::Frame;
use ratatui::layout::Rect;

use super::popup::prompt;
use crate::messages::screen as say;
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::Scene;

/// Asks for the name of the case that is kept.
#[derive(Debug)]
pub struct CaseNameForm {
    /// The name.
    pub edit: TextEdit,
}

impl CaseNameForm {
    /// Suggests a name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { edit: TextEdit::line(name) }
    }

    /// Draws the question.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let test = scene.app.session.test();
        let request = say::request(test.from.trim(), test.url.trim(), test.dst.trim());
        let below = [request, say::CASE_KEEPS.to_owned()];
        let style = scene.style(Role::Muted);
        let lines = below
            .iter()
            .flat_map(|text| crate::tui::cells::wrap(text, 66))
            .map(|line| ratatui::text::Line::styled(line, style))
            .collect();
        prompt(scene, frame, area, say::KEEP_AS, &self.edit, lines);
    }
}
