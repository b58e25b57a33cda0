//! The list of counts, with the selected one in full below.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::entries::{Entry, Part, What};
use super::requests::fate_role;
use crate::messages::{Text, logs_pane as say, replay as words, screen};
use crate::replay::{Fate, Pick};
use crate::tui::action::Target;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, fit_right, wrap};
use crate::tui::logs::Counted;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines, line_at};

/// Cells of the mark, and of a number with its gap.
const MARK: usize = 2;
const NUMBER: usize = 13;
/// Cells of a name at least.
const NAME: usize = 30;
/// Lines of the selected count in full, with the blank one above.
const IN_FULL: u16 = 3;

/// A line of the list.
enum Shown {
    Blank,
    Head(Part),
    Entry(usize),
    /// A line of what there is to know of the sums.
    Note(String),
}

/// Draws the list.
pub fn draw(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    cache: &mut ViewCache,
    counted: &Counted,
) {
    let view = &scene.app.logs.view;
    let room = usize::from(area.width);
    let lines = shown(scene, counted, room);
    let is_selected = |line: &Shown| matches!(line, Shown::Entry(at) if *at == view.at);
    let selected = lines.iter().position(is_selected).unwrap_or_default();
    // What heads the first count is seen with it.
    let selected = if view.at == 0 { 0 } else { selected };
    let height = area.height.saturating_sub(IN_FULL);
    let first = cache.list(Scrolled::Logs, selected, lines.len(), height.into());
    for (y, shown) in (0..height).zip(lines.iter().skip(first)) {
        let line = line_at(area, y);
        let text = match shown {
            Shown::Blank => Line::default(),
            Shown::Head(part) => head(scene, counted, *part, room),
            Shown::Note(note) => Line::styled(note.clone(), scene.style(Role::Muted)),
            Shown::Entry(at) => {
                cache.target(line, Target::LogLine(*at));
                if *at == view.at {
                    frame.buffer_mut().set_style(line, scene.style(Role::Selected));
                }
                row(scene, counted, (&view.entries[*at], *at == view.at), room)
            }
        };
        frame.render_widget(text, line);
    }
    let below = Rect { y: area.y + height, height: area.height - height, ..area };
    let told = view.entries.get(view.at).map(|entry| in_full(scene, entry, room));
    draw_lines(frame, below, told.unwrap_or_default(), 0);
}

/// The entries with their heads, and what there is to know of the sums.
fn shown(scene: &Scene<'_>, counted: &Counted, room: usize) -> Vec<Shown> {
    let entries = &scene.app.logs.view.entries;
    let notes = || {
        let wrapped = notes(counted).into_iter().flat_map(|note| wrap(&scene.say(note), room));
        wrapped.map(Shown::Note)
    };
    let mut lines = Vec::new();
    let mut part = None;
    for (at, entry) in entries.iter().enumerate() {
        if part != Some(entry.part) {
            if part == Some(Part::Verdicts) {
                lines.extend(notes());
            }
            if part.is_some() {
                lines.push(Shown::Blank);
            }
            lines.push(Shown::Head(entry.part));
            part = Some(entry.part);
        }
        lines.push(Shown::Entry(at));
    }
    if part == Some(Part::Verdicts) {
        lines.extend(notes());
    }
    lines
}

fn notes(counted: &Counted) -> Vec<Text> {
    let tally = &counted.tally;
    let beyond = tally.requests_beyond();
    let beyond =
        (beyond > 0).then(|| words::beyond(beyond, tally.rows.len() as u64, tally.beyond.unnamed));
    let counts = [
        (tally.other, words::other as fn(u64) -> Text),
        (tally.repeated, words::repeated),
        (tally.unpaired, words::unpaired),
    ];
    let counts = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, say)| say(n));
    let compared = (counted.report.compared == 0).then(words::no_outcomes);
    counts.chain(beyond).chain(compared).collect()
}

/// The columns of numbers there is room for, the more frequent outcomes of all first.
fn columns(counted: &Counted, room: usize) -> Vec<Fate> {
    let report = &counted.report;
    let columns = Fate::ALL.into_iter().filter(|fate| report.fates[fate.index()] > 0);
    columns.take(room.saturating_sub(MARK + NAME + NUMBER) / NUMBER).collect()
}

/// Cells of a name.
fn name_cells(columns: &[Fate], room: usize) -> usize {
    room.saturating_sub(MARK + NUMBER * (columns.len() + 1))
}

fn head(scene: &Scene<'_>, counted: &Counted, part: Part, room: usize) -> Line<'static> {
    let (report, tally) = (&counted.report, &counted.tally);
    let text = match part {
        Part::Verdicts => {
            words::read(report.requests(), tally.lines.values().sum(), tally.files.len())
        }
        Part::Changes => {
            let changes = report.changes.iter().map(|change| change.requests).sum();
            words::against_log_short(changes, report.compared)
        }
        Part::Deciders => words::DECIDED_BY.into(),
        Part::Sources => words::WHO_ASKS.into(),
        Part::Names => words::WHAT_FOR.into(),
        Part::CannotTell => {
            words::cannot_tell(report.cannot_tell.iter().map(|told| told.requests).sum())
        }
        Part::Unused => {
            words::unused(report.unused.len(), tally.rules.len(), report.requests() - report.told())
        }
    };
    let with_columns = matches!(part, Part::Deciders | Part::Sources | Part::Names);
    if !with_columns {
        return Line::styled(cut(&scene.say(text), room), scene.bold());
    }
    let columns = columns(counted, room);
    let name = fit(&scene.say(text), MARK + name_cells(&columns, room));
    let words = columns.iter().map(|fate| fate.words());
    let heads: String = std::iter::once(words::REQUESTS)
        .chain(words)
        .map(|word| fit_right(&scene.say(word), NUMBER))
        .collect();
    Line::from(vec![
        Span::styled(name, scene.bold()),
        Span::styled(heads, scene.style(Role::Muted)),
    ])
}

fn row(
    scene: &Scene<'_>,
    counted: &Counted,
    (entry, chosen): (&Entry, bool),
    room: usize,
) -> Line<'static> {
    let mark = fit(if chosen { screen::SELECTED } else { "" }, MARK);
    let mut spans = vec![Span::styled(mark, scene.style(Role::Accent))];
    let name = scene.say(&entry.name);
    let role = match &entry.what {
        What::Requests(Pick::Fate(fate)) => fate_role(*fate),
        What::Requests(Pick::Change(..)) => Role::Changed,
        What::Requests(_) | What::Rule(_) => Role::Text,
        What::Unreadable => Role::Unknown,
        What::More => Role::Muted,
    };
    if entry.requests == 0 && matches!(entry.what, What::Rule(_) | What::More) {
        let text = cut(&name, room.saturating_sub(MARK));
        spans.push(Span::styled(text, scene.style(role)));
        return Line::from(spans);
    }
    let Some(fates) = &entry.fates else {
        let percent = match entry.part {
            Part::Verdicts => fit_right(&percent(counted, entry).unwrap_or_default(), PERCENT),
            Part::Changes
            | Part::Deciders
            | Part::Sources
            | Part::Names
            | Part::CannotTell
            | Part::Unused => String::new(),
        };
        let number = fit_right(&words::number(entry.requests), NUMBER - 2);
        let left = room.saturating_sub(MARK + NUMBER + percent.len());
        spans.push(Span::styled(number, scene.style(Role::Text)));
        spans.push(Span::styled(format!("{percent}  "), scene.style(Role::Muted)));
        spans.push(Span::styled(cut(&name, left), scene.style(role)));
        return Line::from(spans);
    };
    let columns = columns(counted, room);
    let cells = name_cells(&columns, room);
    let name = fit(&cut(&name, cells.saturating_sub(1)), cells);
    spans.push(Span::styled(name, scene.style(role)));
    let number = |n: u64| if n == 0 { "·".to_owned() } else { words::number(n) };
    let all = fit_right(&number(entry.requests), NUMBER);
    spans.push(Span::styled(all, scene.style(Role::Text)));
    for fate in columns {
        let n = fates[fate.index()];
        let style = scene.style(if n == 0 { Role::Muted } else { fate_role(fate) });
        spans.push(Span::styled(fit_right(&number(n), NUMBER), style));
    }
    Line::from(spans)
}

/// Cells of a share.
const PERCENT: usize = 9;

/// The share of a verdict in all requests.
fn percent(counted: &Counted, entry: &Entry) -> Option<String> {
    let all = counted.report.requests();
    if entry.what == What::Unreadable || all == 0 {
        return None;
    }
    let tenths = u128::from(entry.requests) * 1000 / u128::from(all);
    Some(format!("{}.{} %", tenths / 10, tenths % 10))
}

/// A count with all there is to say about it.
fn in_full(scene: &Scene<'_>, entry: &Entry, room: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    if entry.part == Part::Verdicts {
        return lines;
    }
    let name = wrap(&scene.say(&entry.name), room);
    let counts = entry.fates.map(|fates| {
        let told = Fate::ALL.into_iter().map(|fate| (fate.words(), fates[fate.index()]));
        let told: Vec<_> = told.filter(|(_, n)| *n > 0).collect();
        say::in_full(entry.requests, &told)
    });
    if let (Some(counts), Some(first)) = (counts, name.first()) {
        // Where the name takes more room than there is, the counts stay.
        let first = if name.len() > 1 { cut(&scene.say(&entry.name), room) } else { first.clone() };
        lines.push(Line::styled(first, scene.style(Role::Text)));
        lines.push(Line::styled(cut(&scene.say(counts), room), scene.style(Role::Muted)));
    } else {
        lines.extend(name.into_iter().map(|l| Line::styled(l, scene.style(Role::Muted))));
    }
    lines
}
