//! What an edit does to the cases: one line each, verdict before and after. The case list, the carried
//! rule and the forms show it alike.

use ratatui::text::{Line, Span};

use crate::messages::screen as say;
use crate::tui::cells::{fit, width};
use crate::tui::theme::Role;
use crate::tui::view::Scene;
use crate::workbench::CaseChange;

/// The cases that change, at most `most` of them, in lines of `room` cells.
#[must_use]
pub fn change_lines(
    scene: &Scene<'_>,
    changes: &[CaseChange],
    room: usize,
    most: usize,
) -> Vec<Line<'static>> {
    let shown = if changes.len() > most { most.saturating_sub(1) } else { changes.len() };
    let words = |c: &CaseChange| {
        scene.say(say::change(&c.before.word().into(), &c.after.word().into(), c.passes))
    };
    let longest = changes[..shown].iter().map(|c| width(&words(c))).max().unwrap_or_default();
    let name = room.saturating_sub(longest + 4);
    let line = |change: &CaseChange| {
        Line::from(vec![
            Span::raw("  "),
            Span::styled(fit(&change.name, name), scene.style(Role::Text)),
            Span::raw("  "),
            Span::styled(words(change), scene.style(Role::Changed)),
        ])
    };
    let mut lines: Vec<Line<'static>> = changes[..shown].iter().map(line).collect();
    if shown < changes.len() {
        let more = scene.say(say::more(changes.len() - shown));
        lines.push(Line::styled(format!("  {more}"), scene.style(Role::Muted)));
    }
    lines
}
