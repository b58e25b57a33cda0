//! Everything there is to say against the policy, the worst first: what it is, where, what to do, and the edit that mends it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Overlay;
use super::popup::page;
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::{Text, Words, findings as say, lints, screen};
use crate::tui::action::{Motion, Target};
use crate::tui::app::{App, Pane};
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, wrap};
use crate::tui::pane::rules::Selection;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, draw_lines, line_at};
use crate::workbench::{Problem, Session, problems};

/// Lines that page up and page down go.
const PAGE: usize = 8;
/// Cells of the mark, the severity and the line in front of a finding, each with its gap.
const MARK: usize = 2;
const SEVERITY: usize = 9;
const LINE: usize = 12;
/// From this room on the code stands there too, in so many cells.
const ROOM_FOR_CODES: usize = 100;
const CODE: usize = 28;

/// The list of all findings, and the one that is looked at.
#[derive(Debug)]
pub struct FindingsView {
    list: Vec<Problem>,
    at: usize,
}

impl FindingsView {
    /// Lists what there is to say against the session's policy.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        let list = problems(session.policy(), session.derived());
        Self { list, at: 0 }
    }

    /// Lists it anew, and stays at the finding that was looked at as long as it is there.
    pub fn look(&mut self, session: &Session) {
        let told =
            |problem: &Problem| (problem.diagnostic.code, problem.diagnostic.message.clone());
        let before = self.chosen().map(told);
        self.list = problems(session.policy(), session.derived());
        let same = self.list.iter().position(|problem| Some(told(problem)) == before);
        self.at = same.unwrap_or(self.at).min(self.list.len().saturating_sub(1));
    }

    /// The finding that is looked at.
    #[must_use]
    pub fn chosen(&self) -> Option<&Problem> {
        self.list.get(self.at)
    }

    /// Goes through the list.
    pub fn go(&mut self, motion: Motion) {
        self.at = motion.from(self.at, self.list.len(), PAGE);
    }

    /// Looks at another one.
    pub const fn choose(&mut self, at: usize) {
        self.at = at;
    }

    /// Draws the view between the title and the status line.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        frame: &mut Frame<'_>,
        area: Rect,
        cache: &mut ViewCache,
    ) {
        let inner = page(scene, frame, area, self.title(scene));
        let room = usize::from(inner.width);
        if self.list.is_empty() {
            let current = scene.derived.findings.is_current();
            let none = if current { say::NOTHING } else { say::SOUGHT };
            let style = scene.style(Role::Muted);
            frame.render_widget(Span::styled(scene.say(none), style), line_at(inner, 0));
            return;
        }
        let wanted = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        let list = Rect { height: wanted.min(inner.height / 2), ..inner };
        let height = list.height.into();
        let first = cache.list(Scrolled::Findings, self.at, self.list.len(), height);
        for (y, (at, problem)) in (0..list.height).zip(self.list.iter().enumerate().skip(first)) {
            let line = line_at(list, y);
            cache.target(line, Target::Finding(at));
            if at == self.at {
                frame.buffer_mut().set_style(line, scene.style(Role::Selected));
            }
            frame.render_widget(row(scene, problem, at == self.at, room), line);
        }
        let below = Rect { y: inner.y + list.height, height: inner.height - list.height, ..inner };
        let told = self.chosen().map(|problem| in_full(scene, problem, room)).unwrap_or_default();
        let about = self.chosen().map(|problem| scene.say(&problem.diagnostic.message));
        let first = cache.text(Scrolled::Help, &about, told.len(), below.height.into());
        draw_lines(frame, below, told, first);
    }

    /// How many findings there are, by how bad they are.
    fn title(&self, scene: &Scene<'_>) -> Text {
        let of = |severity: Severity| {
            self.list.iter().filter(|problem| problem.diagnostic.severity == severity).count()
        };
        let counts = [Severity::Error, Severity::Warning, Severity::Note].map(of);
        let accepted = scene.derived.accepted().count();
        say::title(&counts, accepted, scene.derived.findings.is_current())
    }
}

/// A finding in a line: how bad, where, what.
fn row(scene: &Scene<'_>, problem: &Problem, chosen: bool, room: usize) -> Line<'static> {
    let Problem { diagnostic, current, .. } = problem;
    let role = if *current { severity_role(diagnostic) } else { Role::Muted };
    let mark = if chosen { screen::SELECTED } else { "" };
    let line = diagnostic.place.as_ref().map_or(0, |place| place.line);
    let at = say::place(line);
    let muted = scene.style(Role::Muted);
    let mut spans = vec![
        Span::styled(fit(mark, MARK), scene.style(Role::Accent)),
        Span::styled(fit(&scene.say(diagnostic.severity.words()), SEVERITY), scene.style(role)),
        Span::styled(fit(&scene.say(at), LINE), muted),
    ];
    let mut left = room.saturating_sub(MARK + SEVERITY + LINE);
    if room >= ROOM_FOR_CODES {
        spans.push(Span::styled(fit(diagnostic.code, CODE), muted));
        left -= CODE;
    }
    let text = if *current { Role::Text } else { Role::Muted };
    let message = cut(&scene.say(&diagnostic.message), left);
    spans.push(Span::styled(message, scene.style(text)));
    Line::from(spans)
}

/// A finding with all there is to say about it: what to do, what mends it, and its page.
fn in_full(scene: &Scene<'_>, problem: &Problem, room: usize) -> Vec<Line<'static>> {
    let Problem { diagnostic, row, fix, current } = problem;
    let mut lines = vec![Line::default()];
    let mut add = |text: &str, role: Role| {
        let style = scene.style(role);
        lines.extend(wrap(text, room).into_iter().map(|line| Line::styled(line, style)));
    };
    add(&scene.say(&diagnostic.message), severity_role(diagnostic));
    let about =
        say::about(diagnostic.code, diagnostic.severity.words(), diagnostic.confidence.words());
    add(&scene.say(about), Role::Muted);
    if let Some(help) = &diagnostic.help {
        add(&scene.say(help), Role::Text);
    }
    let mends = match fix {
        Some(edit) => Some(say::mended_by(&edit.words(scene.app.session.policy()))),
        None if !current => Some(say::SOUGHT.into()),
        None => row.map(|_| say::MENDED_BY_HAND.into()),
    };
    if let Some(mends) = mends {
        add(&scene.with_keys(mends), Role::Accent);
    }
    if let Some(page) = lints::page(diagnostic.code) {
        for words in [page.why, page.remedy] {
            add(" ", Role::Text);
            add(words.say(scene.lang()), Role::Muted);
        }
    }
    lines
}

const fn severity_role(diagnostic: &Diagnostic) -> Role {
    match diagnostic.severity {
        Severity::Error => Role::Error,
        Severity::Warning => Role::Changed,
        Severity::Note => Role::Text,
    }
}

/// Opens the list.
pub fn show_findings(app: &mut App) {
    app.overlays.push(Overlay::Findings(FindingsView::new(&app.session)));
}

/// Makes the edit that mends the finding: one step that undo takes back. The list stays.
pub fn apply_fix(app: &mut App) {
    let fix = app.overlays.last().and_then(|overlay| match overlay {
        Overlay::Findings(view) => view.chosen()?.fix.clone(),
        _ => None,
    });
    if let Some(edit) = fix {
        app.apply(&edit);
    }
}

/// Goes to the row that the finding is about; the list is put back where it is about none.
pub fn accept(app: &mut App, view: FindingsView) {
    match view.chosen().and_then(|problem| problem.row) {
        Some(place) => {
            app.panes.rules.select(Selection::Rule(place));
            app.focus = Pane::Rules;
        }
        None => {
            app.say(say::NO_ROW);
            app.overlays.push(Overlay::Findings(view));
        }
    }
}

/// Why the finding that is looked at cannot be mended with a key.
#[must_use]
pub fn no_fix(app: &App) -> Option<Words> {
    let Some(Overlay::Findings(view)) = app.overlays.last() else { return None };
    match view.chosen() {
        Some(Problem { fix: None, .. }) => Some(say::NO_FIX),
        Some(_) | None => None,
    }
}
