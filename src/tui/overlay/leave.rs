//! The question before leaving with unsaved changes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::popup::popup;
use crate::messages::screen as say;
use crate::tui::cells::cut;
use crate::tui::keymap::{self, Scope};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, draw_lines};

/// Draws the question with the keys that answer it.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let keys: Vec<_> = keymap::active(&[Scope::Leave]).collect();
    let height = u16::try_from(keys.len()).unwrap_or(u16::MAX).saturating_add(4);
    let inner = popup(scene, frame, area, say::LEAVE, (52, height));
    let question = say::leave(&scene.app.session.name());
    let mut lines =
        vec![Line::styled(cut(&question, inner.width.into()), scene.bold()), Line::default()];
    lines.extend(keys.iter().map(|binding| {
        Line::from(vec![
            ratatui::text::Span::styled(
                crate::tui::cells::fit(&binding.key_names(), 6),
                scene.style(Role::Accent),
            ),
            ratatui::text::Span::styled(binding.help, scene.style(Role::Text)),
        ])
    }));
    draw_lines(frame, inner, lines, 0);
}
