//! From the state to the picture: which pane stands where at which size, and what frames them.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Paragraph};

use super::app::{App, Pane};
pub use super::cache::ViewCache;
use super::cells::{cut, width, wrap};
use super::pane::rules::{Carry, Selection};
use super::pane::{cases, effects, lesson, rule, rules, test, tour};
use super::theme::{Role, Theme};
use super::{bars, overlay};
use crate::diagnostic::Diagnostic;
use crate::eval::Experience;
use crate::messages::{Lang, Text, screen as say};
use crate::net;
use crate::policy::{Policy, RulePlace, StatelessPlace};
use crate::workbench::{Answer, Derived, Outcome};

/// Everything a drawing is made from.
pub struct Scene<'a> {
    /// The state.
    pub app: &'a App,
    /// The colours.
    pub theme: &'a Theme,
    /// The policy to show.
    pub policy: &'a Policy,
    /// What is derived from it.
    pub derived: &'a Derived,
}

/// The smallest terminal that anything can be shown in.
const SMALLEST: (u16, u16) = (40, 10);
/// From this width on rules and test stand side by side, from this one the cases too.
const TWO_COLUMNS: u16 = 110;
const THREE_COLUMNS: u16 = 170;

impl<'a> Scene<'a> {
    /// The scene of `app` as it is now.
    #[must_use]
    pub fn of(app: &'a App) -> Self {
        let (policy, derived) = app.shown();
        Self { app, theme: &app.prefers.theme, policy, derived }
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// Bold text.
    #[must_use]
    pub fn bold(&self) -> Style {
        self.style(Role::Text).add_modifier(Modifier::BOLD)
    }

    /// The answer to the test, if there is one.
    #[must_use]
    pub fn answer(&self) -> Option<&'a Answer> {
        self.derived.answer()
    }

    /// The selected row; a carried rule is selected where it would be put down.
    #[must_use]
    pub fn selection(&self) -> Selection {
        let pane = &self.app.panes.rules;
        pane.carry.as_ref().map_or(pane.selected, Carry::selection)
    }

    /// The worst problem of the rule at `place`, and whether it is one of now.
    #[must_use]
    pub fn problem_at(&self, place: RulePlace) -> Option<(&'a Diagnostic, bool)> {
        if self.app.lessons.hides_findings() {
            return None;
        }
        let span = self.policy.row_span(place)?;
        let inside = |d: &&Diagnostic| {
            d.place.as_ref().is_some_and(|p| p.span.start >= span.start && p.span.end <= span.end)
        };
        let findings = &self.derived.findings;
        let found = findings.at(self.policy, place).map(|d| (d, findings.is_current()));
        let known = self.derived.diagnostics.iter().filter(inside).map(|d| (d, true));
        known.chain(found).max_by_key(|(d, _)| d.severity)
    }

    /// The worst problem of the stateless row at `place`, and whether it is one of now.
    #[must_use]
    pub fn problem_at_stateless(&self, place: StatelessPlace) -> Option<(&'a Diagnostic, bool)> {
        if self.app.lessons.hides_findings() {
            return None;
        }
        let span = &self.policy.stateless_row(place)?.place.span;
        let inside = |d: &&Diagnostic| {
            d.place.as_ref().is_some_and(|p| p.span.start >= span.start && p.span.end <= span.end)
        };
        let findings = &self.derived.findings;
        // Those of the policy before stand where their rows were.
        let found = findings.all().filter(|_| findings.is_current()).filter(inside);
        let known = self.derived.diagnostics.iter().filter(inside);
        known.chain(found).map(|d| (d, true)).max_by_key(|(d, _)| d.severity)
    }

    /// Words in the language of the operator.
    #[must_use]
    pub fn say(&self, words: impl Into<Text>) -> String {
        words.into().say(self.lang()).to_owned()
    }

    /// The language of the operator.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.app.prefers.lang
    }

    /// A sentence with the keys of the actions that it names.
    #[must_use]
    pub fn with_keys(&self, words: impl Into<Text>) -> String {
        self.app.prefers.keymap.fill(words.into().say(self.lang()))
    }

    /// Says what to do where there is nothing yet.
    pub fn invite(&self, frame: &mut Frame<'_>, area: Rect, text: impl Into<Text>) {
        let lines = wrap(&self.with_keys(text), area.width.into());
        let style = self.style(Role::Muted);
        draw_lines(frame, area, lines.into_iter().map(|l| Line::styled(l, style)).collect(), 0);
    }
}

/// Draws everything.
pub fn view(app: &App, frame: &mut Frame<'_>, cache: &mut ViewCache) {
    cache.begin();
    let area = frame.area();
    let scene = Scene::of(app);
    frame.buffer_mut().set_style(area, scene.theme.ground());
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        scene.invite(frame, area, say::TOO_SMALL);
        return;
    }
    let [title, body, status, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    bars::title(&scene, frame, title, cache);
    let body = lesson::draw(&scene, frame, body, cache);
    let body = tour::draw(&scene, frame, body);
    if area.width >= TWO_COLUMNS {
        columns(&scene, frame, body, cache);
    } else {
        stack(&scene, frame, body, cache);
    }
    bars::status(&scene, frame, status);
    bars::footer(&scene, frame, footer);
    overlay::draw(&scene, frame, area, cache);
}

/// Rules beside the test, each with what belongs to it below; on a wide screen the cases beside both.
fn columns(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let wide = area.width >= THREE_COLUMNS;
    let widths = if wide { [43, 29, 28] } else { [57, 43, 0] };
    let [left, middle, right] = Layout::horizontal(widths.map(Constraint::Fill)).areas(area);
    let halves = |area: Rect| -> [Rect; 2] {
        Layout::vertical([Constraint::Fill(64), Constraint::Fill(36)]).areas(area)
    };
    let [list, one] = halves(left);
    rules::draw(scene, frame, list, cache);
    rule::draw(scene, frame, one, cache);
    if wide {
        test::draw(scene, frame, middle, cache);
        cases::draw(scene, frame, right, cache);
    } else {
        let [top, bottom] = halves(middle);
        test::draw(scene, frame, top, cache);
        cases::draw(scene, frame, bottom, cache);
    }
}

/// The focused pane, and below it the verdict in a few lines.
fn stack(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    if scene.app.focus == Pane::Test {
        test::draw(scene, frame, area, cache);
        return;
    }
    let carrying = scene.app.panes.rules.carry.is_some();
    let lines = if carrying { 5 } else { 3 };
    let lines = u16::min(lines, area.height.saturating_sub(8).max(1));
    let [main, strip] =
        Layout::vertical([Constraint::Min(3), Constraint::Length(lines + 2)]).areas(area);
    match scene.app.focus {
        Pane::Rules | Pane::Test => rules::draw(scene, frame, main, cache),
        Pane::Rule => rule::draw(scene, frame, main, cache),
        Pane::Cases => cases::draw(scene, frame, main, cache),
    }
    verdict_strip(scene, frame, strip, cache);
}

/// The verdict in a few lines; while a rule is carried also the cases that would change.
fn verdict_strip(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cache: &mut ViewCache) {
    let test = scene.app.session.test();
    let title = if test.url.trim().is_empty() {
        Text::from(say::TEST)
    } else {
        say::request(test.from.trim(), test.url.trim(), test.dst.trim())
    };
    let inner = frame_of(scene, frame, area, Pane::Test, title);
    cache.target(area, super::action::Target::Pane(Pane::Test));
    let room = usize::from(inner.width);
    let height = usize::from(inner.height);
    let mut lines = match scene.answer() {
        Some(answer) => test::verdict_lines(scene, answer, room),
        None => test::lines(scene, room, height),
    };
    if let Some(carry) = &scene.app.panes.rules.carry {
        let changes = carry.changes.len();
        lines.truncate(height.saturating_sub(1 + changes.min(2)).max(1));
        let role = if changes > 0 { Role::Changed } else { Role::Muted };
        lines.push(Line::styled(scene.say(say::cases_change(changes)), scene.style(role)));
        lines.extend(effects::change_lines(scene, &carry.changes, room, 2));
    }
    draw_lines(frame, inner, lines, 0);
}

/// Frames a pane and returns what is inside, with a blank column on each side.
pub fn frame_of(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    pane: Pane,
    title: impl Into<Text>,
) -> Rect {
    let focused = scene.app.focus == pane && scene.app.overlays.is_empty();
    let style = if focused { scene.style(Role::Accent) } else { scene.style(Role::Muted) };
    let title = cut(&scene.say(title), usize::from(area.width).saturating_sub(6));
    let block = Block::bordered()
        .border_type(BorderType::Plain)
        .border_style(scene.style(Role::Muted))
        .title(Span::styled(format!(" {title} "), style));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// Line `y` of an area; empty below its end.
#[must_use]
pub fn line_at(area: Rect, y: u16) -> Rect {
    let height = u16::from(y < area.height);
    Rect { y: area.y + y.min(area.height), height, ..area }
}

/// Draws lines from the one numbered `first`; a `…` in the last line says that there are more.
pub fn draw_lines(frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'static>>, first: usize) {
    let height = usize::from(area.height);
    let more = lines.len() > first + height;
    let shown: Vec<Line<'static>> = lines.into_iter().skip(first).take(height).collect();
    frame.render_widget(Paragraph::new(shown), area);
    if more && area.height > 0 {
        let last =
            Rect { x: area.right().saturating_sub(1), y: area.bottom() - 1, width: 1, height: 1 };
        frame.render_widget(Span::raw("…"), last);
    }
}

/// The role of an action.
#[must_use]
pub const fn action_role(action: net::Action) -> Role {
    match action {
        net::Action::Pass => Role::Pass,
        net::Action::Drop => Role::Drop,
        net::Action::Reject => Role::Reject,
        net::Action::Alert => Role::Alert,
    }
}

/// The role of what the client experiences.
#[must_use]
pub fn experience_role(experience: Experience, action: Option<net::Action>) -> Role {
    match experience {
        Experience::Works => Role::Pass,
        Experience::TimesOut => Role::Drop,
        Experience::IsReset => Role::Reject,
        Experience::HalfWorks => action.map_or(Role::Changed, action_role),
        Experience::CannotTell => Role::Unknown,
    }
}

/// The role of a case's outcome.
#[must_use]
pub const fn word_role(outcome: &Outcome) -> Role {
    match outcome {
        Outcome::Decided { action, .. } => action_role(*action),
        Outcome::Depends | Outcome::Undetermined | Outcome::Unreadable => Role::Unknown,
    }
}

/// How many cells a line of spans takes.
#[must_use]
pub fn cells_of(spans: &[Span<'_>]) -> usize {
    spans.iter().map(|span| width(&span.content)).sum()
}
