//! The panel of the tour: what the stop says, above the panes that it is about.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

use crate::messages::{Words, tour as say};
use crate::tui::cells::{cut, wrap};
use crate::tui::keymap::Scope;
use crate::tui::theme::Role;
use crate::tui::tour::{Stop, Tour, shown};
use crate::tui::view::{Scene, draw_lines};

/// Lines that the panes below need.
const PANES: u16 = 8;

/// Draws the panel at the top where the tour goes on; returns what is left for the panes.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) -> Rect {
    let Some(tour) = shown(scene.app) else { return area };
    let room = usize::from(area.width.saturating_sub(4));
    let (task, seen) = tour.stop.says(scene.policy.rule_order);
    // Both texts have room, so that nothing jumps when the key was tried.
    let wrapped = |text: Words| wrap(&scene.with_keys(text), room);
    let most = [Some(task), seen].into_iter().flatten().map(|text| wrapped(text).len()).max();
    let keys = wrapped(say::KEYS);
    let text = seen.filter(|_| tour.tried).unwrap_or(task);
    let mut lines = styled(wrapped(text), scene.style(Role::Text));
    // Elsewhere these keys mean something else.
    if scene.app.scopes().contains(&Scope::Tour) {
        lines.extend(styled(keys.clone(), scene.style(Role::Muted)));
    }
    let wanted = most.unwrap_or_default() + keys.len() + 2;
    let wanted = u16::try_from(wanted).unwrap_or(u16::MAX);
    let height = wanted.min(area.height.saturating_sub(PANES).max(5));
    let [panel, rest] =
        Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(area);
    let block = Block::bordered()
        .border_type(BorderType::Plain)
        .border_style(scene.style(Role::Accent).remove_modifier(Modifier::BOLD))
        .title(Span::styled(cut(&title(scene, tour), room), scene.style(Role::Accent)));
    let inner = block.inner(panel);
    frame.render_widget(block, panel);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    draw_lines(frame, inner, lines, 0);
    rest
}

fn title(scene: &Scene<'_>, tour: Tour) -> String {
    let at = tour.stop.place();
    let number = scene.say(say::stop_of(at + 1, Stop::ALL.len()));
    let dots: Vec<&str> =
        (0..Stop::ALL.len()).map(|stop| if stop <= at { "●" } else { "○" }).collect();
    format!(" {number}   {}   {} ", scene.say(tour.stop.title()), dots.join(" "))
}

fn styled(lines: Vec<String>, style: Style) -> Vec<Line<'static>> {
    lines.into_iter().map(|line| Line::styled(line, style)).collect()
}
