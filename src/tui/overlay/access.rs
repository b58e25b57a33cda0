//! What reaches what, exactly: a source, a name, or a row and those with which its order decides. Answered beside the screen.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Overlay;
use super::popup::{page, prompt, prompt_room};
use crate::analysis::{Compared, Outcome};
use crate::messages::{Lang, Text, access as say, screen};
use crate::tui::action::{Action, AskAccess, Heard, Motion, Target};
use crate::tui::app::{App, Pane};
use crate::tui::beside::Beside;
use crate::tui::cache::Scrolled;
use crate::tui::cells::{cut, fit, width, wrap};
use crate::tui::effect::Effect;
use crate::tui::pane::rules::Selection;
use crate::tui::pane::test;
use crate::tui::text_edit::TextEdit;
use crate::tui::theme::Role;
use crate::tui::view::{Scene, ViewCache, action_role, draw_lines, line_at};
use crate::tui::worker::Job;
use crate::workbench::{AccessAnswer, AccessQuestion, Reached, Session, TestInput, example_words};

/// Lines that page up and page down go.
const PAGE: usize = 8;
/// Cells of the mark, and of what becomes of flows with its gap.
const MARK: usize = 2;
const WORD: usize = 14;

/// What an answer is about: the revision, the question, the language.
pub type About = (u64, AccessQuestion, Lang);

/// A question and its answer.
#[derive(Debug)]
pub struct AccessView {
    question: AccessQuestion,
    /// What somebody was asked to answer.
    begun: Option<About>,
    answer: Option<Result<AccessAnswer, Text>>,
    at: usize,
}

impl AccessView {
    fn new(question: AccessQuestion) -> Self {
        Self { question, begun: None, answer: None, at: 0 }
    }

    /// What there is to go through: of a row its example first.
    fn list(&self) -> Vec<&Reached> {
        self.answer.iter().flatten().flat_map(AccessAnswer::all).collect()
    }

    fn chosen(&self) -> Option<&Reached> {
        self.list().get(self.at).copied()
    }

    /// Goes through the list.
    pub fn go(&mut self, motion: Motion) {
        self.at = motion.from(self.at, self.list().len(), PAGE);
    }

    /// Looks at another line.
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
        let asked = self.question.text(scene.app.session.policy());
        let inner = page(scene, frame, area, say::title(&asked));
        let room = usize::from(inner.width);
        let (said, role) = match &self.answer {
            None => (scene.say(say::SOUGHT), Role::Muted),
            Some(Err(error)) => (scene.say(error), Role::Error),
            Some(Ok(answer)) => (answer.head.clone(), Role::Text),
        };
        let head = wrap(&said, room).into_iter().map(|line| Line::styled(line, scene.style(role)));
        let head: Vec<Line<'static>> = head.chain([Line::default()]).collect();
        let lines = u16::try_from(head.len()).unwrap_or(u16::MAX).min(inner.height);
        draw_lines(frame, Rect { height: lines, ..inner }, head, 0);
        let rest = Rect { y: inner.y + lines, height: inner.height - lines, ..inner };

        let all = self.list();
        let wanted = u16::try_from(all.len()).unwrap_or(u16::MAX);
        let list = Rect { height: wanted.min(rest.height / 2), ..rest };
        let first = cache.list(Scrolled::Access, self.at, all.len(), list.height.into());
        for (y, (at, one)) in (0..list.height).zip(all.iter().enumerate().skip(first)) {
            let line = line_at(list, y);
            cache.target(line, Target::Reached(at));
            if at == self.at {
                frame.buffer_mut().set_style(line, scene.style(Role::Selected));
            }
            frame.render_widget(row(scene, one, at == self.at, room), line);
        }
        let below = Rect { y: rest.y + list.height, height: rest.height - list.height, ..rest };
        let told = self.in_full(scene, all.get(self.at).copied(), room);
        let about = format!("{asked} {}", self.at);
        let first = cache.text(Scrolled::Help, &about, told.len(), below.height.into());
        draw_lines(frame, below, told, first);
    }

    /// All there is to say about a line, and what else there is to know of the answer.
    fn in_full(
        &self,
        scene: &Scene<'_>,
        chosen: Option<&Reached>,
        room: usize,
    ) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        let mut add = |text: &str, role: Role| {
            let style = scene.style(role);
            lines.extend(wrap(text, room).into_iter().map(|line| Line::styled(line, style)));
        };
        if let Some(one) = chosen {
            add(" ", Role::Text);
            let says = [one.word.as_str(), one.says.as_str()].join("  ");
            // The example of a row stands in the list.
            if !one.word.is_empty() || width(&one.says) + MARK > room {
                add(says.trim_start(), role_of(one));
            }
            if let Some(why) = &one.why {
                add(why, Role::Text);
                add(&example_words(&one.request, scene.lang()), Role::Muted);
            }
            let keys = if one.row.is_some() { say::TRY_OR_GO } else { say::TRY };
            add(&scene.with_keys(keys), Role::Accent);
        }
        if let Some(Ok(answer)) = &self.answer {
            let notes = answer.above_open.iter().chain(&answer.notes);
            notes.for_each(|note| {
                add(" ", Role::Text);
                add(note, Role::Muted);
            });
        }
        lines
    }
}

/// A line of the list: what becomes of it, and what it is.
fn row(scene: &Scene<'_>, one: &Reached, chosen: bool, room: usize) -> Line<'static> {
    let mark = if chosen { screen::SELECTED } else { "" };
    let word = if one.word.is_empty() { String::new() } else { fit(&one.word, WORD) };
    let left = room.saturating_sub(MARK + width(&word));
    Line::from(vec![
        Span::styled(fit(mark, MARK), scene.style(Role::Accent)),
        Span::styled(word, scene.style(role_of(one))),
        Span::styled(cut(&one.brief, left), scene.style(Role::Text)),
    ])
}

fn role_of(one: &Reached) -> Role {
    match one.outcome {
        Some(Outcome::Half) => Role::Changed,
        Some(outcome) => outcome.action().map_or(Role::Unknown, action_role),
        None if one.word.is_empty() => Role::Text,
        None => Role::Unknown,
    }
}

/// Asks what is to be looked at.
#[derive(Debug)]
pub struct AccessForm {
    /// The question.
    pub edit: TextEdit,
    /// What is wrong with the one that was asked.
    refused: Option<Text>,
}

impl AccessForm {
    /// Begins with the question that was asked last, or with who sends the request.
    fn new(session: &Session, last: Option<&AccessQuestion>) -> Self {
        let from = session.test().from.trim();
        let text = last.map_or_else(|| format!("from {from}"), |last| last.text(session.policy()));
        Self { edit: TextEdit::line(&text), refused: None }
    }

    /// Draws the question.
    pub fn draw(&self, scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
        let (said, role) = match &self.refused {
            Some(error) => (scene.say(error), Role::Error),
            None => (scene.say(say::EXAMPLES), Role::Muted),
        };
        let below = wrap(&said, prompt_room(area)).into_iter();
        let below = below.map(|line| Line::styled(line, scene.style(role))).collect();
        prompt(scene, frame, area, say::ASK, &self.edit, below);
    }
}

/// Opens the view about the selected row, asks for a question, or goes to the row of a line.
pub fn ask_access(app: &mut App, what: AskAccess) {
    let top = app.overlays.last();
    match what {
        AskAccess::Row => match app.panes.rules.selected.rule() {
            Some(place) => {
                let view = AccessView::new(AccessQuestion::Rule(place));
                app.overlays.push(Overlay::Access(Box::new(view)));
            }
            None => app.say(say::NO_ROW),
        },
        AskAccess::Other => {
            let last = match top {
                Some(Overlay::Access(view)) => Some(&view.question),
                _ => None,
            };
            let form = AccessForm::new(&app.session, last);
            app.overlays.push(Overlay::AccessForm(form));
        }
        AskAccess::ToRow => {
            let row = match top {
                Some(Overlay::Access(view)) => view.chosen().and_then(|one| one.row),
                _ => None,
            };
            match row {
                Some(place) => {
                    app.overlays.pop();
                    app.panes.rules.select(Selection::Rule(place));
                    app.focus = Pane::Rules;
                }
                None => app.say(say::NO_ROW_HERE),
            }
        }
    }
}

/// Asks what was typed, in the view that is open or in a new one.
pub fn asked(app: &mut App, form: AccessForm) {
    match AccessQuestion::read(app.session.policy(), &form.edit.text()) {
        Ok(question) => {
            if matches!(app.overlays.last(), Some(Overlay::Access(_))) {
                app.overlays.pop();
            }
            app.overlays.push(Overlay::Access(Box::new(AccessView::new(question))));
        }
        Err(error) => {
            app.overlays.push(Overlay::AccessForm(AccessForm { refused: Some(error), ..form }));
        }
    }
}

/// Puts the request of the line into the test bar; without one the view stays.
pub fn accept(app: &mut App, view: Box<AccessView>) {
    let Some(Reached { request, .. }) = view.chosen() else {
        app.overlays.push(Overlay::Access(view));
        return;
    };
    let (from, url) = (request.from.to_string(), request.to_string());
    let dst = request.dst.map(|dst| dst.to_string()).unwrap_or_default();
    test::try_it(app, TestInput { from, url, dst });
}

/// What is to be answered: somebody looks at a question, and nobody was asked in this state of the policy and this language.
pub fn due(app: &mut App) -> Option<Effect> {
    let (revision, lang) = (app.session.revision(), app.prefers.lang);
    let view = app.overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Access(view) => Some(view),
        _ => None,
    })?;
    let about = (revision, view.question.clone(), lang);
    if view.begun.as_ref() == Some(&about) {
        return None;
    }
    view.begun = Some(about);
    Some(Effect::AnswerAccess)
}

/// Has it answered beside the screen.
pub fn answer(app: &App, beside: &mut Beside) {
    let about = app.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Access(view) => view.begun.clone(),
        _ => None,
    });
    let Some(about) = about else { return };
    let policy = Arc::clone(app.session.shared_policy());
    let derived = app.session.derived();
    let (compiled, evaluator) = (Arc::clone(&derived.compiled), Arc::clone(&derived.evaluator));
    let job: Job = Box::new(move |stop: &AtomicBool| {
        let of = Compared { policy: &policy, compiled: &compiled, evaluator: &evaluator };
        let answer = Box::new(about.1.answer(of, about.2, stop));
        Action::Heard(Heard::Answered { about: Box::new(about), answer })
    });
    beside.access.give(job, Duration::ZERO);
}

/// Takes an answer in; one to another question than is looked at is dropped.
pub fn answered(app: &mut App, about: &About, answer: Result<AccessAnswer, Text>) {
    for overlay in &mut app.overlays {
        if let Overlay::Access(view) = overlay
            && view.begun.as_ref() == Some(about)
        {
            view.answer = Some(answer);
            return;
        }
    }
}
