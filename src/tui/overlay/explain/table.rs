use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::view::{Entry, ExplainView, Head};
use crate::messages::{Words, explain, screen as say, verdict, why};
use crate::net::Scheme;
use crate::tui::action::Target;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, fit_right, width, wrap};
use crate::tui::pane::conditions::{condition_lines, met_role};
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, action_role, line_at};
use crate::workbench::{Answer, Question, Reason, Told, met_cell};

/// Cells of the mark in front of a row, and of the longest action.
const MARK: usize = 2;
const ACTION: usize = 6;
/// From this room on each question has its column, from this one columns stand two cells apart.
const QUESTIONS: usize = 74;
const ROOMY: usize = 130;
/// A note in less room says nothing; it stands below in full.
const NOTE: usize = 16;

/// Widths of the columns, in cells. They depend on the room and the request, never on what is scrolled to.
struct Columns {
    gap: usize,
    number: usize,
    name: usize,
    questions: &'static [Question],
    note: usize,
}

impl Columns {
    fn of(scene: &Scene<'_>, rows: usize, answer: &Answer, room: usize) -> Self {
        let gap = if room >= ROOMY { 2 } else { 1 };
        let number = rows.to_string().len().max(2);
        // Only requests in the clear have a path to look at.
        let asked = if answer.request.scheme == Scheme::Http { 6 } else { 5 };
        let questions = if room >= QUESTIONS { &Question::COLUMNS[..asked] } else { &[] };
        let cells: usize = questions.iter().map(|q| width(&scene.say(q.word())) + gap).sum();
        let rest = room.saturating_sub(MARK + number + gap + ACTION + gap + cells + gap);
        let name = if questions.is_empty() { rest / 2 } else { rest * 2 / 5 };
        let name = if rest - name < NOTE { rest + gap } else { name };
        Self { gap, number, name, questions, note: rest.saturating_sub(name) }
    }

    fn line(&self, cells: Vec<Span<'static>>) -> Line<'static> {
        let gap = " ".repeat(self.gap);
        let mut spans = Vec::with_capacity(2 * cells.len());
        for cell in cells {
            if !spans.is_empty() {
                spans.push(Span::raw(gap.clone()));
            }
            spans.push(cell);
        }
        Line::from(spans)
    }
}

/// Draws the three lists: heads, then as many lines as there is room for. Only those are put into words.
pub fn draw(
    view: &ExplainView,
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    cache: &mut ViewCache,
    answer: &Answer,
) {
    let columns = Columns::of(scene, view.reasons.len(), answer, area.width.into());
    frame.render_widget(heads(scene, &columns), line_at(area, 0));
    let mut body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if view.typing || !view.filter.text().is_empty() {
        filter(view, scene, frame, line_at(body, 0));
        body = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    }
    let first = cache.list(Scrolled::Explain, view.line(), view.entries.len(), body.height.into());
    for (y, &entry) in (0..body.height).zip(view.entries.iter().skip(first)) {
        let line = line_at(body, y);
        match entry {
            Entry::Head(head) => {
                let text = cut(&scene.say(head_words(head)), line.width.into());
                frame.render_widget(Span::styled(text, scene.bold()), line);
            }
            Entry::Decider => {
                let room = usize::from(line.width);
                frame.render_widget(decider(scene, answer, &columns, room), line);
            }
            Entry::Row(at) => {
                row(view, scene, frame, line, cache, (&view.reasons[at], answer, &columns))
            }
        }
    }
}

fn heads(scene: &Scene<'_>, columns: &Columns) -> Line<'static> {
    let muted = scene.style(Role::Muted);
    let mut cells = vec![
        " ".repeat(MARK) + &fit_right(&scene.say(say::column::NUMBER), columns.number),
        fit(&scene.say(say::column::ACTION), ACTION),
        fit(&scene.say(say::column::RULE), columns.name),
    ];
    cells.extend(columns.questions.iter().map(|q| scene.say(q.word())));
    columns.line(cells.into_iter().map(|cell| Span::styled(cell, muted)).collect())
}

const fn head_words(head: Head) -> Words {
    match head {
        Head::Decided => why::list::DECIDED,
        Head::CameAfter => why::list::CAME_AFTER,
        Head::Missed => why::list::MISSED,
    }
}

/// What is typed to filter the rows.
fn filter(view: &ExplainView, scene: &Scene<'_>, frame: &mut Frame<'_>, line: Rect) {
    let label = format!("{} ", scene.say(explain::FILTER));
    let cells = u16::try_from(width(&label)).unwrap_or_default().min(line.width);
    frame.render_widget(Span::styled(label, scene.style(Role::Accent)), line);
    let input = Rect { x: line.x + cells, width: line.width - cells, ..line };
    view.filter.draw(frame, input, scene.style(Role::Text), view.typing);
    let nothing = !view.entries.iter().any(|entry| matches!(entry, Entry::Row(_)));
    if nothing {
        let typed = u16::try_from(width(&view.filter.text())).unwrap_or_default() + 3;
        let beside = Rect {
            x: input.x + typed.min(input.width),
            width: input.width.saturating_sub(typed),
            ..input
        };
        let text = cut(&scene.say(explain::NOTHING_LEFT), beside.width.into());
        frame.render_widget(Span::styled(text, scene.style(Role::Changed)), beside);
    }
}

/// The default action, or whatever else decided that is no row.
fn decider(scene: &Scene<'_>, answer: &Answer, columns: &Columns, room: usize) -> Line<'static> {
    let outcome = answer.first();
    let role = outcome.action.map_or(Role::Unknown, action_role);
    let indent = " ".repeat(MARK + columns.number + columns.gap);
    let room = room.saturating_sub(width(&indent) + ACTION + columns.gap);
    let action = outcome.action.map_or_else(String::new, |action| action.word().to_uppercase());
    Line::from(vec![
        Span::raw(indent),
        Span::styled(fit(&action, ACTION + columns.gap), scene.style(role)),
        Span::styled(cut(&scene.say(outcome.decider.words()), room), scene.style(Role::Text)),
    ])
}

fn row(
    view: &ExplainView,
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    line: Rect,
    cache: &mut ViewCache,
    (reason, answer, columns): (&Reason, &Answer, &Columns),
) {
    let selected = view.selected == Some(reason.rule.place);
    cache.target(line, Target::Reason(reason.rule.place));
    if selected {
        frame.buffer_mut().set_style(line, scene.style(Role::Selected));
    }
    let told = Told::of(scene.policy, &answer.request, reason);
    let mark = if selected { say::SELECTED } else { "" };
    let number = fit(mark, MARK) + &fit_right(&reason.rule.number.to_string(), columns.number);
    let action = fit(&reason.action.word().to_uppercase(), ACTION);
    let mut cells = vec![
        Span::styled(number, scene.style(if selected { Role::Accent } else { Role::Muted })),
        Span::styled(action, scene.style(action_role(reason.action))),
        Span::styled(fit(&told.name(), columns.name), scene.style(Role::Text)),
    ];
    cells.extend(columns.questions.iter().map(|&question| {
        let met = told.met(question);
        let role = met.map_or(Role::Muted, met_role);
        Span::styled(
            fit(&scene.say(met_cell(met)), width(&scene.say(question.word()))),
            scene.style(role),
        )
    }));
    if columns.note > 0 {
        let note = cut(&scene.say(told.note(answer.first())), columns.note);
        cells.push(Span::styled(note, scene.style(Role::Muted)));
    }
    frame.render_widget(columns.line(cells), line);
}

/// The selected row in full: what it was for the request, and each condition; at most half of `area`.
pub fn in_full(
    view: &ExplainView,
    scene: &Scene<'_>,
    answer: &Answer,
    area: Rect,
) -> Vec<Line<'static>> {
    let Some(reason) = view.reason() else { return Vec::new() };
    let room = usize::from(area.width);
    let told = Told::of(scene.policy, &answer.request, reason);
    let name = verdict::rule(&reason.rule.group, &reason.rule.name, reason.rule.number);
    let text = why::one_row(reason.action.word(), &name, &told.note(answer.first()));
    let text = scene.say(text);
    let bold = scene.style(Role::Text).add_modifier(Modifier::BOLD);
    let mut lines: Vec<Line<'static>> =
        wrap(&text, room).into_iter().map(|line| Line::styled(line, bold)).collect();
    lines.extend(condition_lines(scene, &told.asked, room));
    lines.truncate(usize::from(area.height / 2));
    if area.height > 14 {
        lines.insert(0, Line::default());
    }
    lines
}
