//! The requests behind a count: the most frequent of them, the selected one in full. One is tried with a key.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::view::Below;
use crate::messages::{Text, logs_pane as say, printable, replay as words, screen};
use crate::net::Manner;
use crate::replay::{Fate, Logged, Pick, Picked, Row};
use crate::tui::action::{Motion, Target};
use crate::tui::app::App;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, fit_right, wrap};
use crate::tui::logs::Counted;
use crate::tui::pane::test;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines, line_at};
use crate::workbench::TestInput;

/// Requests that are listed at most.
const MOST: usize = 1000;
/// Cells of the columns, each with its gap: mark, times, source, verdict.
const MARK: usize = 2;
const TIMES: usize = 9;
const FROM: usize = 17;
const VERDICT: usize = 13;
/// From this room on it says who decides, in so many cells.
const ROOM_FOR_BY: usize = 100;
const BY: usize = 32;

/// Requests behind a count.
#[derive(Debug)]
pub struct Requests {
    /// What they have in common.
    pub title: Text,
    pick: Pick,
    picked: Picked,
    /// The one that is selected.
    pub at: usize,
}

impl Requests {
    /// The requests that are meant.
    #[must_use]
    pub fn of(counted: &Counted, pick: Pick, title: Text) -> Self {
        let picked = counted.report.pick(&counted.tally, &pick, MOST);
        Self { title, pick, picked, at: 0 }
    }

    /// Picks the same of what was counted anew.
    pub fn pick_anew(&mut self, counted: &Counted) {
        self.picked = counted.report.pick(&counted.tally, &self.pick, MOST);
        self.at = self.at.min(self.picked.rows.len().saturating_sub(1));
    }

    /// Goes through the list.
    pub fn go(&mut self, motion: Motion, page: usize) {
        self.at = motion.from(self.at, self.picked.rows.len(), page);
    }

    fn chosen<'c>(&self, counted: &'c Counted) -> Option<&'c Row> {
        self.picked.rows.get(self.at).and_then(|(row, _)| counted.tally.rows.get(*row))
    }
}

/// Puts the selected request into the test bar and shows what comes of it now.
pub fn try_selected(app: &mut App, counted: &Counted) {
    let Some(Below::Requests(requests)) = &app.logs.view.below else { return };
    let Some(row) = requests.chosen(counted) else { return app.say(say::NO_REQUESTS) };
    let input = TestInput {
        from: row.request.from.to_string(),
        url: row.request.to_string(),
        dst: row.request.dst.map(|dst| dst.to_string()).unwrap_or_default(),
    };
    let place = counted.tally.place(row.first);
    // The folders leave no room for what can be done now.
    let place = place.rsplit('/').next().unwrap_or_default().to_owned();
    app.overlays.clear();
    test::try_it(app, input);
    app.say(match row.unsaid {
        None if row.manner != Manner::default() => {
            let told: Vec<&str> = row.manner.parts().map(|(_, said)| said).collect();
            say::tried_otherwise(&place, &printable(&told.join(", ")))
        }
        None => say::tried(&place),
        Some(unsaid) => say::tried_without(&place, &unsaid.words()),
    });
}

/// Draws the requests.
pub fn draw(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    cache: &mut ViewCache,
    (counted, requests): (&Counted, &Requests),
) {
    let (picked, room) = (&requests.picked, usize::from(area.width));
    let about = say::listed(picked.rows.len(), picked.different, picked.requests, picked.beyond);
    let muted = scene.style(Role::Muted);
    frame.render_widget(Span::styled(cut(&scene.say(about), room), scene.bold()), line_at(area, 0));
    frame.render_widget(Span::styled(heads(scene, room), muted), line_at(area, 2));
    let told = requests.chosen(counted).map(|row| in_full(scene, counted, row, room));
    let told = told.unwrap_or_default();
    let below = u16::try_from(told.len()).unwrap_or(u16::MAX).min(area.height / 2);
    let height = area.height.saturating_sub(3 + below);
    let list = Rect { y: line_at(area, 3).y, height, ..area };
    let len = picked.rows.len();
    let first = cache.list(Scrolled::LogRequests, requests.at, len, height.into());
    for (y, (at, row)) in (0..height).zip(picked.rows.iter().enumerate().skip(first)) {
        let line = line_at(list, y);
        cache.target(line, Target::LogLine(at));
        if at == requests.at {
            frame.buffer_mut().set_style(line, scene.style(Role::Selected));
        }
        frame.render_widget(one(scene, counted, *row, (at == requests.at, room)), line);
    }
    draw_lines(frame, Rect { y: list.y + height, height: below, ..area }, told, 0);
}

/// Cells that are left for the URL.
const fn url(room: usize) -> usize {
    let by = if room >= ROOM_FOR_BY { BY } else { 0 };
    room.saturating_sub(MARK + TIMES + FROM + VERDICT + by)
}

fn heads(scene: &Scene<'_>, room: usize) -> String {
    let head = |words, cells| fit(&scene.say(words), cells);
    let mut heads = format!(
        "{}{}  {}{}{}",
        fit("", MARK),
        fit_right(&scene.say(say::column::TIMES), TIMES - 2),
        head(say::column::FROM, FROM),
        head(say::column::URL, url(room)),
        head(say::column::VERDICT, VERDICT)
    );
    if room >= ROOM_FOR_BY {
        heads += &head(say::column::BY, BY);
    }
    cut(&heads, room)
}

fn one(
    scene: &Scene<'_>,
    counted: &Counted,
    (row, many): (usize, u64),
    (chosen, room): (bool, usize),
) -> Line<'static> {
    let Some(row) = counted.tally.rows.get(row) else { return Line::default() };
    let decision = &counted.tally.decisions[row.decision as usize];
    let mark = if chosen { screen::SELECTED } else { "" };
    let address = row.request.from.to_string();
    let (to, text) = (row.request.to_string(), scene.style(Role::Text));
    let gapped = |text: &str, cells: usize| fit(&cut(text, cells.saturating_sub(2)), cells);
    let verdict = gapped(&scene.say(decision.fate.words()), VERDICT);
    let mut spans = vec![
        Span::styled(fit(mark, MARK), scene.style(Role::Accent)),
        Span::styled(format!("{}  ", fit_right(&words::number(many), TIMES - 2)), text),
        Span::styled(gapped(&address, FROM), text),
        Span::styled(gapped(&to, url(room)), text),
        Span::styled(verdict, scene.style(fate_role(decision.fate))),
    ];
    if room >= ROOM_FOR_BY {
        let by = cut(&scene.say(&decision.by), BY);
        spans.push(Span::styled(by, scene.style(Role::Muted)));
    }
    Line::from(spans)
}

/// A request with all there is to say about it.
fn in_full(scene: &Scene<'_>, counted: &Counted, row: &Row, room: usize) -> Vec<Line<'static>> {
    let decision = &counted.tally.decisions[row.decision as usize];
    let dst = row.request.dst.map(|dst| dst.to_string()).unwrap_or_default();
    let request = screen::request(&row.request.from.to_string(), &row.request.to_string(), &dst);
    let outcomes: Vec<_> = Logged::ALL
        .into_iter()
        .zip(row.counts)
        .filter(|(_, many)| *many > 0)
        .map(|(logged, many)| (logged.words().unwrap_or(say::NOTHING_LOGGED), many))
        .collect();
    let unsaid = row.unsaid.map(|unsaid| (unsaid.words(), Role::Changed));
    let told = [
        (request, Role::Text),
        (say::verdict(decision.fate.words(), &decision.by), fate_role(decision.fate)),
    ];
    let rest = [
        (say::logged(&outcomes), Role::Muted),
        (say::first_in(&counted.tally.place(row.first)), Role::Muted),
    ];
    let mut lines = vec![Line::default()];
    for (text, role) in told.into_iter().chain(unsaid).chain(rest) {
        let style = scene.style(role);
        let wrapped = wrap(&scene.say(text), room);
        lines.extend(wrapped.into_iter().map(|line| Line::styled(line, style)));
    }
    lines
}

/// The role of what becomes of a request.
pub const fn fate_role(fate: Fate) -> Role {
    match fate {
        Fate::Pass => Role::Pass,
        Fate::Drop => Role::Drop,
        Fate::Reject => Role::Reject,
        Fate::Undetermined | Fate::Depends => Role::Unknown,
    }
}
