//! What is wrong with the settings, told once when the workbench opens.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::popup::popup;
use crate::diagnostic::Diagnostic;
use crate::messages::Text;
use crate::messages::settings as say;
use crate::tui::cache::Scrolled;
use crate::tui::cells::wrap;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines};

/// Something to be read and closed.
#[derive(Debug)]
pub struct Notice {
    title: Text,
    /// Paragraphs, each with the role of its lines; an empty one is a blank line.
    paragraphs: Vec<(Role, Text)>,
}

impl Notice {
    /// Tells what is wrong with the settings in `file`.
    #[must_use]
    pub fn settings(file: &str, problems: &[Diagnostic]) -> Self {
        let mut paragraphs = Vec::new();
        for problem in problems {
            let line = problem.place.as_ref().map_or(0, |place| place.line);
            paragraphs.push((Role::Muted, say::place(file, line)));
            let role = if problem.is_error() { Role::Error } else { Role::Changed };
            paragraphs.push((role, problem.message.clone()));
            paragraphs.extend(problem.help.clone().map(|help| (Role::Text, help)));
            paragraphs.push((Role::Text, Text::verbatim("")));
        }
        paragraphs.push((Role::Muted, say::goes_on()));
        Self { title: say::title(), paragraphs }
    }

    /// Draws it over the panes.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
    ) {
        let area = Rect { height: area.height.saturating_sub(2), ..area };
        let width = area.width.saturating_sub(4).min(84);
        let lines = self.lines(scene, usize::from(width.saturating_sub(4)));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = popup(scene, frame, area, &self.title, (width, height.min(area.height)));
        let first = cache.text(Scrolled::Help, &self.title, lines.len(), inner.height.into());
        draw_lines(frame, inner, lines, first);
    }

    fn lines(&self, scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for (role, text) in &self.paragraphs {
            let text = scene.say(text);
            if text.is_empty() {
                lines.push(Line::default());
            }
            let style = scene.style(*role);
            lines.extend(wrap(&text, room).into_iter().map(|line| Line::styled(line, style)));
        }
        lines
    }
}
