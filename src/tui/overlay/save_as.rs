use std::path::Path;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Overlay;
use super::popup::{prompt, prompt_room};
use crate::messages::screen as say;
use crate::tui::app::App;
use crate::tui::cells::wrap;
use crate::tui::effect::{Effect, Then};
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::Scene;
use crate::workbench::{Session, typed_path};

/// Asks for the name of the file to save to.
#[derive(Debug)]
pub struct SaveAsForm {
    /// The name.
    pub edit: TextEdit,
    then: Then,
}

impl SaveAsForm {
    /// Suggests the file there is, or the usual name.
    #[must_use]
    pub fn new(session: &Session, then: Then) -> Self {
        let name =
            session.file().map_or_else(|| say::USUAL_FILE.into(), |file| file.to_string_lossy());
        Self { edit: TextEdit::line(&name), then }
    }

    /// Suggests a name that was typed.
    #[must_use]
    pub fn named(name: &Path, then: Then) -> Self {
        Self { edit: TextEdit::line(&name.to_string_lossy()), then }
    }

    /// Draws the question.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let below = wrap(&scene.say(say::FILE_IS_NEW), prompt_room(area));
        let below =
            below.into_iter().map(|line| Line::styled(line, scene.style(Role::Muted))).collect();
        prompt(scene, frame, area, say::SAVE_AS, &self.edit, below);
    }
}

/// Saves under the name typed.
pub fn accept(app: &mut App, form: SaveAsForm) -> Vec<Effect> {
    let name = form.edit.text();
    if name.trim().is_empty() {
        app.fail(say::NO_NAME);
        app.overlays.push(Overlay::SaveAs(form));
        return Vec::new();
    }
    vec![Effect::Save { path: Some(typed_path(name.trim())), then: form.then }]
}
