//! The test: a source, a URL, a destination; the verdict in one sentence; what it hangs on; the packets.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::timeline;
use crate::messages::{Lang, screen as say, verdict};
use crate::net::RequestNote;
use crate::policy::Policy;
use crate::tui::action::Target;
use crate::tui::app::{App, Pane};
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, width, wrap};
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::{
    Scene, ViewCache, action_role, draw_lines, experience_role, frame_of, line_at,
};
use crate::workbench::{Answer, TestInput};

/// A field of the test bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The client's address.
    From,
    /// The URL.
    Url,
    /// The server's address.
    Dst,
}

/// What the test pane remembers.
#[derive(Debug)]
pub struct TestPane {
    /// The fields, in the order of [`Field::ALL`].
    pub fields: [TextEdit; 3],
    /// The field that takes keys, if one does.
    pub typing: Option<Field>,
    /// The pane that gets the focus back afterwards.
    pub back: Pane,
}

/// Cells of the words in front of fields and sentences.
const LABEL: usize = 9;

impl Field {
    /// The fields in the order of the tab key.
    pub const ALL: [Self; 3] = [Self::From, Self::Url, Self::Dst];

    const fn index(self) -> usize {
        match self {
            Self::From => 0,
            Self::Url => 1,
            Self::Dst => 2,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::From => say::field::FROM,
            Self::Url => say::field::URL,
            Self::Dst => say::field::DST,
        }
    }

    const fn placeholder(self) -> &'static str {
        match self {
            Self::From => say::field::FROM_LIKE,
            Self::Url => say::field::URL_LIKE,
            Self::Dst => say::field::DST_LIKE,
        }
    }
}

impl TestPane {
    /// Begins with what the session tests.
    #[must_use]
    pub fn new(test: &TestInput) -> Self {
        let fields = [&test.from, &test.url, &test.dst].map(|text| TextEdit::line(text));
        Self { fields, typing: None, back: Pane::Rules }
    }

    /// The field that takes keys.
    pub fn typed(&mut self) -> Option<&mut TextEdit> {
        self.typing.map(|field| &mut self.fields[field.index()])
    }

    /// What the fields hold.
    #[must_use]
    pub fn input(&self) -> TestInput {
        let [from, url, dst] = &self.fields;
        TestInput { from: from.text(), url: url.text(), dst: dst.text() }
    }

    /// Goes to the next field, or the one before, round and round.
    pub fn step(&mut self, by: isize) {
        let count = Field::ALL.len();
        let next = |field: Field| (field.index() + count).wrapping_add_signed(by) % count;
        self.typing = self.typing.map(|field| Field::ALL[next(field)]);
    }
}

/// Begins to type in `field`.
pub fn type_in(app: &mut App, field: Field) {
    if app.panes.test.typing.is_none() {
        app.panes.test.back = app.focus;
    }
    app.panes.test.typing = Some(field);
    app.focus = Pane::Test;
}

/// Stops typing; the focus goes back to where it was.
pub fn leave(app: &mut App) {
    app.panes.test.typing = None;
    app.focus = app.panes.test.back;
}

/// Tests what the fields hold.
pub fn retest(app: &mut App) {
    let input = app.panes.test.input();
    if input != *app.session.test() {
        app.session.set_test(input);
    }
}

/// Puts a case into the test bar.
pub fn load(app: &mut App, case: usize) {
    let Some(case) = app.session.policy().cases.get(case).cloned() else { return };
    let test = TestInput { from: case.from, url: case.url, dst: case.dst.unwrap_or_default() };
    app.panes.test.fields = TestPane::new(&test).fields;
    app.session.set_test(test);
    app.say(say::loaded(&case.name.value));
}

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
    frame.render_widget(Span::styled(fit(field.label(), LABEL), label), line);
    let names = if field == Field::From { sources(scene) } else { String::new() };
    let room = line.width.saturating_sub(narrow(LABEL));
    let names = cut(&names, usize::from(room / 2));
    let beside = narrow(width(&names));
    let input = Rect { x: line.x + narrow(LABEL), width: room - beside, ..line };
    let edit = &pane.fields[field.index()];
    if edit.text().is_empty() && !typing {
        let hint = cut(field.placeholder(), input.width.into());
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

/// The sources that the typed address belongs to.
fn sources(scene: &Scene<'_>) -> String {
    let Ok(address) = scene.app.panes.test.fields[0].text().trim().parse() else {
        return String::new();
    };
    let policy: &Policy = scene.policy;
    let own = policy.sources.iter().filter(|s| policy.source_set(&s.name.value).contains(address));
    own.map(|source| source.name.value.clone()).collect::<Vec<_>>().join(", ")
}

/// What came of the request, in lines of `room` cells; the drawing is tall where `height` lets it.
#[must_use]
pub fn lines(scene: &Scene<'_>, room: usize, height: usize) -> Vec<Line<'static>> {
    let answer = match &scene.derived.test {
        None => return invitation(scene, room),
        Some(Err(error)) => {
            return wrapped(scene, &error.to_string(), room, Role::Changed);
        }
        Some(Ok(answer)) => answer,
    };
    let mut lines = verdict_lines(scene, answer, room);
    lines.extend(notes(scene, answer, room));
    lines.push(Line::default());
    if answer.depends {
        lines.extend(destinations(scene, answer, room));
        lines.push(Line::default());
    }
    let tall = timeline::tall(scene, answer.first(), room);
    let focused = scene.app.focus == Pane::Test && scene.app.panes.test.typing.is_none();
    if focused || lines.len() + tall.len() <= height {
        lines.extend(tall);
    } else {
        lines.push(timeline::flat(scene, answer.first()));
    }
    lines
}

fn invitation(scene: &Scene<'_>, room: usize) -> Vec<Line<'static>> {
    wrapped(scene, say::NO_REQUEST, room, Role::Muted)
}

fn wrapped(scene: &Scene<'_>, text: &str, room: usize, role: Role) -> Vec<Line<'static>> {
    wrap(text, room).into_iter().map(|line| Line::styled(line, scene.style(role))).collect()
}

/// The verdict, then what differs from the order of the rows, then the closest miss.
#[must_use]
pub fn verdict_lines(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let mut lines = sentence(scene, answer, room);
    let parts = [
        (say::BUT, answer.intent.as_ref(), Role::Changed, Role::Changed),
        (say::CLOSEST, answer.closest.as_ref(), Role::Muted, Role::Text),
    ];
    for (label, text, label_role, role) in parts {
        let Some(text) = text else { continue };
        lines.extend(labelled(scene, (label, label_role), (text.say(Lang::English), role), room));
    }
    lines
}

/// The sentence of the answer, word for word: its first words loud, the rest beside them.
fn sentence(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let text = answer.sentence.say(Lang::English);
    let (word, rest) = text.split_once("   ").unwrap_or((text, ""));
    let role = if answer.depends {
        Role::Unknown
    } else {
        experience_role(answer.first().trace.experience, answer.first().action)
    };
    let indent = width(word) + 3;
    let lines = wrap(rest, room.saturating_sub(indent));
    let mut spans = vec![Span::styled(word.to_owned() + "   ", scene.style(role))];
    spans.extend(lines.first().map(|line| Span::styled(line.clone(), scene.bold())));
    let mut all = vec![Line::from(spans)];
    all.extend(lines.iter().skip(1).map(|line| {
        Line::from(vec![Span::raw(" ".repeat(indent)), Span::styled(line.clone(), scene.bold())])
    }));
    all
}

/// A word, and a text that hangs beside it.
fn labelled(
    scene: &Scene<'_>,
    label: (&str, Role),
    text: (&str, Role),
    room: usize,
) -> Vec<Line<'static>> {
    let lines = wrap(text.0, room.saturating_sub(LABEL));
    let line = |(at, line): (usize, String)| {
        let word = if at == 0 { label.0 } else { "" };
        Line::from(vec![
            Span::styled(fit(word, LABEL), scene.style(label.1)),
            Span::styled(line, scene.style(text.1)),
        ])
    };
    lines.into_iter().enumerate().map(line).collect()
}

fn notes(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let note = |note: &RequestNote| {
        let text = match note {
            RequestNote::AssumedHttps => verdict::request_note::ASSUMED_HTTPS,
            RequestNote::PathHidden => verdict::request_note::PATH_HIDDEN,
            RequestNote::Normalised => verdict::request_note::NORMALISED,
        };
        labelled(scene, (say::NOTE, Role::Muted), (text, Role::Muted), room)
    };
    answer.request.notes.iter().flat_map(note).collect()
}

/// Which destinations lead to which outcome.
fn destinations(scene: &Scene<'_>, answer: &Answer, room: usize) -> Vec<Line<'static>> {
    let line = |outcome: &crate::workbench::ByDestination| {
        let role = outcome.action.map_or(Role::Unknown, action_role);
        let word = outcome.action.map_or_else(|| "?".to_owned(), |a| a.word().to_uppercase());
        let to = say::to(&outcome.set.to_string());
        let by = outcome.decider.words();
        let to_room = room.saturating_sub(LABEL) / 2;
        Line::from(vec![
            Span::styled(fit(&word, LABEL), scene.style(role)),
            Span::styled(fit(&to, to_room), scene.style(Role::Text)),
            Span::styled(
                "  ".to_owned() + &cut(&by, room.saturating_sub(LABEL + to_room + 2)),
                scene.style(Role::Muted),
            ),
        ])
    };
    answer.by_destination.iter().map(line).collect()
}

/// A name to suggest for the case that is kept: who, what came of it, which host.
#[must_use]
pub fn case_name(app: &App, answer: &Answer) -> String {
    let policy = app.session.policy();
    let smallest = policy
        .sources
        .iter()
        .filter(|s| policy.source_set(&s.name.value).contains(answer.request.from))
        .min_by_key(|s| {
            s.cidrs.iter().map(|net| u32::from(net.max_prefix_len() - net.prefix_len())).max()
        });
    let who = smallest.map_or_else(|| answer.request.from.to_string(), |s| s.name.value.clone());
    let works = answer.first().action.is_some_and(|action| !action.blocks());
    say::case_name(&who, works, &answer.request.host)
}
