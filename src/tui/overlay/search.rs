use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Overlay;
use crate::messages::status;
use crate::tui::app::{App, Pane};
use crate::tui::cells::width;
use crate::tui::pane::rules::{Selection, matches};
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, line_at};

/// The search line: what is typed, and where the search began.
#[derive(Debug)]
pub struct SearchLine {
    /// What is typed.
    pub edit: TextEdit,
    began: Selection,
    found: usize,
}

impl SearchLine {
    /// Begins a search at the selected row.
    #[must_use]
    pub fn new(began: Selection) -> Self {
        Self { edit: TextEdit::line(""), began, found: 0 }
    }

    /// Draws it as the status line.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let count = if self.edit.text().trim().is_empty() {
            String::new()
        } else {
            scene.say(status::matches_found(self.found))
        };
        let cells = u16::try_from(width(&count)).unwrap_or_default() + 2;
        let line = line_at(area, 0);
        frame.render_widget(Span::styled(" /", scene.style(Role::Accent)), line);
        let input = Rect { x: line.x + 2, width: line.width.saturating_sub(2 + cells), ..line };
        self.edit.draw(frame, input, scene.style(Role::Text), true);
        let beside = Rect { x: input.right(), width: cells, ..line };
        let role = if self.found == 0 { Role::Changed } else { Role::Muted };
        frame.render_widget(Line::styled(format!(" {count}"), scene.style(role)), beside);
    }
}

/// Selects the first match at or after the row where the search began.
pub fn look(app: &mut App) {
    let Some(Overlay::Search(line)) = app.overlays.last_mut() else { return };
    let policy = app.session.policy();
    let text = line.edit.text();
    let places = matches(&app.session, &text);
    line.found = places.len();
    let began = line.began;
    app.panes.rules.found = Some(text);
    let order = crate::workbench::rows(policy);
    let rows: Vec<Selection> = order.into_iter().map(Selection::from).collect();
    let start = rows.iter().position(|&row| row == began).unwrap_or_default();
    let wanted: std::collections::HashSet<Selection> =
        places.into_iter().map(Selection::Rule).collect();
    let next = rows[start..].iter().chain(&rows[..start]).find(|row| wanted.contains(row));
    app.panes.rules.select(next.copied().unwrap_or(began));
}

/// Ends the search at the match; `n` and `N` then walk the matches.
pub fn accept(app: &mut App, line: &SearchLine) {
    app.focus = Pane::Rules;
    let text = line.edit.text();
    if line.found == 0 {
        app.panes.rules.found = None;
        app.say(status::nothing_found(text.trim()));
    } else {
        app.say(status::found_some(text.trim(), line.found));
        app.panes.rules.found = Some(text);
    }
}

/// Ends the search where it began.
pub fn cancel(app: &mut App) {
    if let Some(Overlay::Search(line)) = app.overlays.pop() {
        app.panes.rules.found = None;
        app.panes.rules.select(line.began);
    }
}
