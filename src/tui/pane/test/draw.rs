use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::fields::Field;
use super::verdict::{log_lines, notes, verdict_lines, who};
use crate::messages::screen as say;
use crate::tui::action::Target;
use crate::tui::app::Pane;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, width, wrap};
use crate::tui::overlay::Overlay;
use crate::tui::pane::timeline;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines, frame_of, line_at};
use crate::workbench::{Answer, sources_of};

/// Cells of the words in front of fields.
const LABEL: usize = 9;

/// Draws the pane: the fields, then what came of them.
pub fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let inner = frame_of(scene, frame, area, Pane::Test, say::TEST);
    cache.target(area, Target::Pane(Pane::Test));
    for (y, field) in (0..).zip(Field::ALL) {
        let line = line_at(inner, y);
        cache.target(line, Target::Field(field));
        draw_field(scene, frame, line, field);
    }
    let body = Rect { y: inner.y + 4, height: inner.height.saturating_sub(4), ..inner };
    let lines = lines(scene, inner.width.into(), body.height.into());
    let test = scene.app.panes.test.input();
    let about = (test.from, test.url, test.dst);
    let first = cache.text(Scrolled::Pane(Pane::Test), &about, lines.len(), body.height.into());
    draw_lines(frame, body, lines, first);
}

fn draw_field(scene: &Scene<'_>, frame: &mut Frame<'_>, line: Rect, field: Field) {
    if line.height == 0 {
        return;
    }
    let pane = &scene.app.panes.test;
    let typing = pane.typing == Some(field);
    let label = scene.style(if typing { Role::Accent } else { Role::Muted });
    frame.render_widget(Span::styled(fit(&scene.say(field.label()), LABEL), label), line);
    let names = if field == Field::From { sources(scene) } else { String::new() };
    let room = line.width.saturating_sub(narrow(LABEL));
    let names = cut(&names, usize::from(room / 2));
    let beside = narrow(width(&names));
    let input = Rect { x: line.x + narrow(LABEL), width: room - beside, ..line };
    let edit = &pane.fields[field.index()];
    if edit.text().is_empty() && !typing {
        let hint = cut(&scene.say(field.placeholder()), input.width.into());
        frame.render_widget(Span::styled(hint, scene.style(Role::Muted)), input);
    } else {
        edit.draw(frame, input, scene.style(Role::Text), typing);
    }
    let beside = Rect { x: input.right(), width: beside, ..line };
    frame.render_widget(Span::styled(names, scene.style(Role::Muted)), beside);
}

fn narrow(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}

/// The sources that the typed address belongs to, the narrowest first.
fn sources(scene: &Scene<'_>) -> String {
    match scene.app.panes.test.fields[Field::From.index()].text().trim().parse() {
        Ok(address) => sources_of(scene.policy, address).join(", "),
        Err(_) => String::new(),
    }
}

/// What came of the request, in lines of `room` cells; the drawing is tall where `height` lets it.
#[must_use]
pub fn lines(scene: &Scene<'_>, room: usize, height: usize) -> Vec<Line<'static>> {
    let tested = match &scene.derived.test {
        // The panel of a lesson takes the keys that it would name.
        None if matches!(scene.app.overlays.last(), Some(Overlay::Lesson)) => return Vec::new(),
        None => return invitation(scene, room),
        Some(Err(error)) => {
            return wrapped(scene, &scene.say(error.words()), room, Role::Changed);
        }
        Some(Ok(tested)) => tested,
    };
    let answer = &tested.answer;
    let mut lines = who(scene, tested, room);
    lines.extend(verdict_lines(scene, answer, room));
    lines.extend(log_lines(scene, answer, room));
    lines.extend(notes(scene, answer, room));
    lines.push(Line::default());
    lines.extend(packets(scene, answer, room, height.saturating_sub(lines.len())));
    lines
}

/// The packets: drawn as large as `height` lets them; in full where the pane has the focus and scrolls.
fn packets(scene: &Scene<'_>, answer: &Answer, room: usize, height: usize) -> Vec<Line<'static>> {
    let mut tall = timeline::tall(scene, answer, room);
    let rest = timeline::rest(scene, answer, room);
    let focused = scene.app.focus == Pane::Test && scene.app.panes.test.typing.is_none();
    if !focused && tall.len() > height {
        return vec![timeline::flat(scene, answer.first())];
    }
    if focused || tall.len() + rest.len() <= height {
        tall.extend(rest);
    }
    tall
}

fn invitation(scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
    wrapped(scene, &scene.with_keys(say::NO_REQUEST), room, Role::Muted)
}

fn wrapped(scene: &Scene<'_>, text: &str, room: usize, role: Role) -> Vec<Line<'static>> {
    wrap(text, room).into_iter().map(|line| Line::styled(line, scene.style(role))).collect()
}
