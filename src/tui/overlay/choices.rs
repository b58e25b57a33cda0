//! A question that keys answer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::popup::popup;
use crate::messages::Text;
use crate::tui::cells::{cut, fit, wrap};
use crate::tui::keymap::{Binding, Scope};
use crate::tui::theme::Role;
use crate::tui::update::disabled;
use crate::tui::view::{Scene, draw_lines};

/// Cells of the column of keys.
const KEYS: usize = 6;

/// Cells that a box is wide inside at least.
const MINIMUM: usize = 48;

/// Lines that a box needs besides what is asked and the answers: its frame, a blank one, the footer and one above it.
const AROUND: usize = 5;

/// What is asked, and what there is to know before answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The head of the box.
    pub title: Text,
    /// The sentence that stands first.
    pub first: Text,
    /// Details, line by line; an empty one sets blocks apart.
    pub details: Vec<(Role, Text)>,
}

/// Draws a question in a box with the keys of `scope` that answer it. What is impossible says why.
pub fn choices(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    scope: Scope,
    question: &Question,
) {
    let widest = area.width.saturating_sub(4).min(76);
    let room = usize::from(widest.saturating_sub(4));
    let mut lines: Vec<Line<'static>> = Vec::new();
    let first = wrap(&scene.say(&question.first), room);
    lines.extend(first.into_iter().map(|line| Line::styled(line, scene.bold())));
    for (role, text) in &question.details {
        let (text, style) = (scene.say(text), scene.style(*role));
        if text.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(wrap(&text, room).into_iter().map(|line| Line::styled(line, style)));
    }
    let keymap = &scene.app.prefers.keymap;
    let answers: Vec<Line<'static>> =
        keymap.active(&[scope]).map(|binding| answer(scene, binding, room)).collect();
    // Where there is little room, the answers stay.
    let most = usize::from(area.height).saturating_sub(answers.len() + AROUND);
    if lines.len() > most {
        lines.truncate(most.saturating_sub(1));
        lines.push(Line::from("…"));
    }
    lines.push(Line::default());
    lines.extend(answers);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let needed = lines.iter().map(Line::width).max().unwrap_or_default();
    let width =
        u16::try_from(needed.max(MINIMUM)).unwrap_or(u16::MAX).saturating_add(4).min(widest);
    let inner = popup(scene, frame, area, &question.title, (width, height));
    draw_lines(frame, inner, lines, 0);
}

fn answer(scene: &Scene<'_>, binding: &Binding, room: usize) -> Line<'static> {
    let why = disabled(scene.app, &binding.action);
    let (key, text) =
        if why.is_some() { (Role::Muted, Role::Muted) } else { (Role::Accent, Role::Text) };
    let reason = why.map(|why| format!("   {}", scene.with_keys(why))).unwrap_or_default();
    let help =
        cut(&format!("{}{reason}", scene.with_keys(binding.help)), room.saturating_sub(KEYS));
    Line::from(vec![
        Span::styled(fit(&binding.key_names(), KEYS), scene.style(key)),
        Span::styled(help, scene.style(text)),
    ])
}
