//! Rules made of logs, as an edit to review: what there is to know, and the lines it adds.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::messages::{logs_pane as say, screen};
use crate::tui::cache::Scrolled;
use crate::tui::cells::wrap;
use crate::tui::logs::Proposal;
use crate::tui::overlay::diff::diff_lines;
use crate::tui::overlay::popup::large;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines};

/// The rules that are reviewed.
#[derive(Debug)]
pub struct SuggestionView {
    /// What is proposed.
    pub proposal: Proposal,
}

impl SuggestionView {
    /// Shows a proposal.
    #[must_use]
    pub const fn new(proposal: Proposal) -> Self {
        Self { proposal }
    }

    /// Draws it over the pane.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
    ) {
        let inner = large(scene, frame, area, say::SUGGESTION, (140, u16::MAX));
        let room = usize::from(inner.width);
        let mut lines: Vec<Line<'static>> = Vec::new();
        for (at, note) in self.proposal.notes.iter().enumerate() {
            let style = if at == 0 { scene.bold() } else { scene.style(Role::Muted) };
            let wrapped = wrap(&scene.say(note), room);
            lines.extend(wrapped.into_iter().map(|line| Line::styled(line, style)));
        }
        let diff = &self.proposal.diff;
        let counts = scene.say(screen::diff::counts(diff.added, diff.removed));
        let head = format!("{}  {counts}", scene.say(say::TO_THE_POLICY));
        lines.push(Line::default());
        lines.push(Line::styled(head, scene.style(Role::Accent)));
        lines.extend(diff_lines(scene, diff, room));
        let about = ("suggestion", self.proposal.revision);
        let first = cache.text(Scrolled::Help, &about, lines.len(), inner.height.into());
        draw_lines(frame, inner, lines, first);
    }
}
