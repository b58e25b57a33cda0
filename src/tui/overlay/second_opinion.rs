//! What the real engine said about the cases, in full.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::popup::popup;
use crate::messages::{Text, screen as screen_say, verify as say};
use crate::tui::cache::Scrolled;
use crate::tui::cells::wrap;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines};

/// Cells that what belongs below something stands in by.
const BELOW: usize = 2;

/// Draws what was said.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let area = Rect { height: area.height.saturating_sub(1), ..area };
    let width = area.width.saturating_sub(4).min(110);
    let lines = lines(scene, usize::from(width).saturating_sub(4));
    let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let size = (width, wanted.min(area.height.saturating_sub(2)));
    let inner = popup(scene, frame, area, screen_say::SECOND_OPINION, size);
    let about = scene.app.second.told.as_ref().map(|told| told.revision);
    let first =
        cache.text(Scrolled::Help, &("second opinion", about), lines.len(), inner.height.into());
    draw_lines(frame, inner, lines, first);
}

fn lines(scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
    let second = &scene.app.second;
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut add = |text: &Text, by: usize, style: Style| {
        let wrapped = wrap(&scene.with_keys(text), room.saturating_sub(by));
        lines.extend(wrapped.into_iter().map(|l| Line::styled(" ".repeat(by) + &l, style)));
    };
    let Some(told) = &second.told else {
        if let Some((text, role)) = second.line(scene.app, false) {
            add(&text, 0, scene.style(role));
        }
        return lines;
    };
    let current = second.is_current(scene.app);
    if current {
        add(&told.text, 0, scene.style(told.kind.role()).add_modifier(Modifier::BOLD));
    } else {
        add(&screen_say::stale(&told.text), 0, scene.style(Role::Muted));
        add(&say::of_before(), 0, scene.style(Role::Muted));
    }
    let head = if current { scene.style(Role::Text) } else { scene.style(Role::Muted) };
    for detail in &told.details {
        add(&Text::verbatim(" "), 0, head);
        add(&detail.head, 0, head);
        for text in &detail.below {
            add(text, BELOW, scene.style(Role::Muted));
        }
    }
    lines
}
