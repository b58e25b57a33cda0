//! The frame of an overlay, and the shape of a question for one line of text.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear};

use crate::messages::Text;
use crate::tui::cells::cut;
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, draw_lines, line_at};

/// Clears a box in the middle of `area`, frames it, and returns what is inside.
pub fn popup(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    title: impl Into<Text>,
    (width, height): (u16, u16),
) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    let outer = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    // What lies below steps back, and keeps a blank column away from the frame.
    frame.buffer_mut().set_style(area, scene.style(Role::Muted));
    let around = Rect { x: outer.x.saturating_sub(1), width: outer.width + 2, ..outer };
    let around = around.intersection(area);
    frame.render_widget(Clear, around);
    frame.buffer_mut().set_style(around, scene.theme.ground());
    let block = Block::bordered()
        .border_type(BorderType::Plain)
        .border_style(scene.style(Role::Accent).remove_modifier(ratatui::style::Modifier::BOLD))
        .title(Span::styled(format!(" {} ", scene.say(title)), scene.style(Role::Accent)));
    let inner = block.inner(outer);
    frame.render_widget(block, outer);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// Frames a view that fills the screen between the title and the status line; returns what is inside.
pub fn page(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, title: impl Into<Text>) -> Rect {
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
    frame.render_widget(Clear, body);
    frame.buffer_mut().set_style(body, scene.theme.ground());
    let title = cut(&scene.say(title), usize::from(body.width).saturating_sub(6));
    let block = Block::bordered()
        .border_type(BorderType::Plain)
        .border_style(scene.style(Role::Muted))
        .title(Span::styled(format!(" {title} "), scene.style(Role::Accent)));
    let inner = block.inner(body);
    frame.render_widget(block, body);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// A box above the footer, as large as there is room for: at most so wide, and so many lines with its frame.
pub fn large(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    title: impl Into<Text>,
    (widest, lines): (u16, u16),
) -> Rect {
    let area = Rect { height: area.height.saturating_sub(1), ..area };
    let height = area.height.saturating_sub(2).min(lines);
    popup(scene, frame, area, title, (area.width.saturating_sub(4).min(widest), height))
}

/// Cells of a line below a question for one line.
pub fn prompt_room(area: Rect) -> usize {
    usize::from(area.width).saturating_sub(6).min(66)
}

/// A question for one line: what is asked, the line, and what there is to know about it.
pub fn prompt(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    title: impl Into<Text>,
    edit: &TextEdit,
    below: Vec<Line<'static>>,
) {
    let height = u16::try_from(below.len()).unwrap_or(u16::MAX).saturating_add(4);
    let inner = popup(scene, frame, area, title, (72, height));
    edit.draw(frame, line_at(inner, 0), scene.style(Role::Text), true);
    let rest = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    draw_lines(frame, rest, below, 0);
}
