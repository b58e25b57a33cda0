//! What differs between two texts, in one column: `-` went, `+` came, with the lines around them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::popup::large;
use crate::messages::screen::diff as say;
use crate::messages::{Text, Words};
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit_right, flow};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines, line_at};
use crate::workbench::{DiffLine, Session, Side, TextDiff, Unsaved};

/// Lines that are shown at most; more than that nobody reads on a screen.
const MOST: usize = 5000;
/// Cells of the mark between number and line.
const MARK: usize = 3;

/// Differences to look at, one tab for each pair of texts.
#[derive(Debug)]
pub struct DiffView {
    title: Text,
    tabs: Vec<(Words, TextDiff)>,
    at: usize,
}

impl DiffView {
    /// Shows the differences under these names.
    #[must_use]
    pub const fn new(title: Text, tabs: Vec<(Words, TextDiff)>) -> Self {
        Self { title, tabs, at: 0 }
    }

    /// Shows what is unsaved: the policy's text, and the rules it is compiled to.
    #[must_use]
    pub fn unsaved(session: &Session) -> Self {
        let Unsaved { policy, rules } = Unsaved::of(session);
        Self::new(say::unsaved(&session.name()), vec![(say::POLICY, policy), (say::RULES, rules)])
    }

    /// Shows the next pair of texts.
    pub fn next_tab(&mut self) {
        self.at = (self.at + 1) % self.tabs.len().max(1);
    }

    /// Draws the view over the panes.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
    ) {
        let inner = large(scene, frame, area, &self.title, (140, u16::MAX));
        let Some((_, diff)) = self.tabs.get(self.at) else { return };
        frame.render_widget(self.head(scene, inner.width.into()), line_at(inner, 0));
        let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        let lines = diff_lines(scene, diff, body.width.into());
        let first =
            cache.text(Scrolled::Help, &(self.at, &self.title), lines.len(), body.height.into());
        draw_lines(frame, body, lines, first);
    }

    /// The names of the tabs, and how many lines came and went in the one that is shown.
    fn head(&self, scene: &Scene<'_>, room: usize) -> Line<'static> {
        let mut spans = Vec::new();
        for (at, (name, diff)) in self.tabs.iter().enumerate() {
            let style =
                if at == self.at { scene.style(Role::Accent) } else { scene.style(Role::Muted) };
            spans.push(Span::styled(format!("{}  ", scene.say(*name)), style));
            let counts = scene.say(say::counts(diff.added, diff.removed));
            spans.push(Span::styled(format!("{counts}     "), scene.style(Role::Muted)));
        }
        if let [span] = spans.as_mut_slice() {
            span.content = cut(&span.content, room).into();
        }
        Line::from(spans)
    }
}

/// The differences in lines of `room` cells; long lines go on below themselves.
#[must_use]
pub fn diff_lines(scene: &Scene<'_>, diff: &TextDiff, room: usize) -> Vec<Line<'static>> {
    let muted = scene.style(Role::Muted);
    if diff.is_empty() {
        return vec![Line::styled(cut(&scene.say(say::SAME), room), muted)];
    }
    let all = diff.hunks.iter().flatten();
    let number = all.map(|line| line.number).max().unwrap_or_default().to_string().len();
    let mut lines = Vec::new();
    for hunk in &diff.hunks {
        if !lines.is_empty() {
            lines.push(Line::styled(format!("{} ⋯", " ".repeat(number)), muted));
        }
        for line in hunk {
            if lines.len() > MOST {
                lines.push(Line::styled(cut(&scene.say(say::TOO_MANY), room), muted));
                return lines;
            }
            lines.extend(line_of(scene, line, number, room));
        }
    }
    lines
}

fn line_of(scene: &Scene<'_>, line: &DiffLine, number: usize, room: usize) -> Vec<Line<'static>> {
    let (mark, role) = match line.side {
        Side::Both => (" ", Role::Muted),
        Side::Old => ("-", Role::Removed),
        Side::New => ("+", Role::Added),
    };
    let style = scene.style(role);
    let strong = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    let whole = line.pieces.iter().all(|piece| piece.changed);
    let mut pieces: Vec<(String, Style)> = line
        .pieces
        .iter()
        .map(|p| (p.text.clone(), if p.changed && !whole { strong } else { style }))
        .collect();
    if line.unended {
        pieces.push((scene.say(say::UNENDED), scene.style(Role::Muted)));
    }
    let flowed = flow(&pieces, room.saturating_sub(number + MARK));
    let head = |at: usize| {
        let number = if at == 0 { line.number.to_string() } else { String::new() };
        (number, if at == 0 { mark } else { " " })
    };
    let line = |(at, spans): (usize, Vec<Span<'static>>)| {
        let (text, mark) = head(at);
        let number = Span::styled(fit_right(&text, number), scene.style(Role::Muted));
        let mark = Span::styled(format!(" {mark} "), style);
        Line::from_iter([number, mark].into_iter().chain(spans))
    };
    flowed.into_iter().enumerate().map(line).collect()
}
