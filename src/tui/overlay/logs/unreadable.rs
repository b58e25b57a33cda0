//! Lines that cannot be used: where they stand, and why.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::messages::{logs_pane as say, screen};
use crate::tui::action::Target;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, wrap};
use crate::tui::logs::Counted;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines, line_at};

/// Cells of the mark.
const MARK: usize = 2;

/// Draws the lines.
pub fn draw(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    cache: &mut ViewCache,
    (counted, chosen): (&Counted, usize),
) {
    let (tally, room) = (&counted.tally, usize::from(area.width));
    let lines = &tally.first_unreadable;
    let head = scene.say(say::unreadable_listed(lines.len(), tally.unreadable));
    frame.render_widget(Span::styled(cut(&head, room), scene.bold()), line_at(area, 0));
    let text = |at: usize| {
        lines.get(at).map_or_else(String::new, |(place, why)| {
            scene.say(say::cannot_read(&tally.place(*place), why))
        })
    };
    let told = wrap(&text(chosen), room);
    let told = told.into_iter().map(|line| Line::styled(line, scene.style(Role::Muted)));
    let told: Vec<Line<'static>> = std::iter::once(Line::default()).chain(told).collect();
    let below = u16::try_from(told.len()).unwrap_or(u16::MAX).min(area.height / 2);
    let height = area.height.saturating_sub(2 + below);
    let list = Rect { y: line_at(area, 2).y, height, ..area };
    let first = cache.list(Scrolled::LogRequests, chosen, lines.len(), height.into());
    for (y, at) in (0..height).zip(first..lines.len()) {
        let line = line_at(list, y);
        cache.target(line, Target::LogLine(at));
        if at == chosen {
            frame.buffer_mut().set_style(line, scene.style(Role::Selected));
        }
        let mark = if at == chosen { screen::SELECTED } else { "" };
        let row = Line::from(vec![
            Span::styled(fit(mark, MARK), scene.style(Role::Accent)),
            Span::styled(cut(&text(at), room.saturating_sub(MARK)), scene.style(Role::Text)),
        ]);
        frame.render_widget(row, line);
    }
    draw_lines(frame, Rect { y: list.y + height, height: below, ..area }, told, 0);
}
