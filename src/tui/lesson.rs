//! A lesson that goes on in the workbench: its steps, what was chosen, and the policy that waits until it is over.

use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

use super::action::Learn;
use super::app::{App, Pane, Panes};
use super::beside::Version;
use super::overlay::{LessonsView, Overlay};
use super::pane::cases::CasesPane;
use super::pane::rules::RulesPane;
use super::pane::test::TestPane;
use super::tour;
use crate::learn::{
    Difficulty, GoalState, Lesson, Progress, Question, Step, Topic, changed, goal_states, got,
    question, reveal, shelf,
};
use crate::messages::{Text, Words, learn as say};
use crate::policy::{Document, Policy};
use crate::workbench::{Session, TestInput};

/// Changes that a session of a lesson begins to count from, times its number: more than anybody makes.
const APART: u64 = 1 << 32;

/// The lessons, how far somebody is, and the lesson that goes on.
#[derive(Debug, Default)]
pub struct Lessons {
    /// All of them; none before the list was opened.
    pub list: Vec<Lesson>,
    /// How far somebody is.
    pub progress: Progress,
    /// The lesson that goes on.
    pub running: Option<Box<Running>>,
    /// Where the quiz begins, and how hard it is.
    pub quiz: (u64, Difficulty),
    /// How many sessions lessons have had.
    sessions: u64,
}

/// A lesson that goes on.
#[derive(Debug)]
pub struct Running {
    /// Its number in the list; of a question, its number in the quiz.
    pub number: usize,
    /// The lesson.
    pub lesson: Lesson,
    /// What the question is about, where it is one of the quiz.
    pub topic: Option<Topic>,
    /// The step, from 0.
    pub step: usize,
    /// The answer that was chosen, by its place.
    pub chosen: Option<usize>,
    /// Why it is right or wrong.
    pub revealed: Option<Text>,
    /// How many hints were shown.
    pub hints: usize,
    /// The policy that the lesson begins with.
    began: Arc<Policy>,
    /// What was done in the task, should somebody come back to it.
    work: Option<String>,
    /// The steps that were answered, or whose goals were met.
    solved: BTreeSet<usize>,
    /// The first step that was passed over.
    skipped: Option<usize>,
    /// How the goals stood, and with which state of the policy.
    goals: (Option<Version>, Goals),
    /// The policy that waits, and its panes.
    aside: (Session, Panes, Pane),
}

/// How the goals of a task stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Goals {
    /// Not all are met.
    #[default]
    Open,
    /// All are met.
    Met,
    /// All are met, and the panel has said so.
    Told,
}

impl Running {
    /// Whether the step asks nothing more.
    fn is_solved(&self) -> bool {
        match self.lesson.steps.get(self.step) {
            Some(Step::Predict(_)) => self.chosen.is_some() || self.solved.contains(&self.step),
            Some(Step::Do(_)) => self.goals.1 != Goals::Open || self.solved.contains(&self.step),
            Some(Step::Read(_) | Step::Recap(_)) | None => true,
        }
    }
}

impl Lessons {
    /// The lesson that goes on, with what is remembered of it.
    #[must_use]
    pub fn now(&self) -> Option<&Running> {
        self.running.as_deref()
    }

    /// The step of the lesson that goes on.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        let running = self.now()?;
        running.lesson.steps.get(running.step)
    }

    /// Whether what is known of the policy would tell the answer before somebody has thought about it.
    #[must_use]
    pub fn hides_findings(&self) -> bool {
        let chosen = self.now().is_some_and(|running| running.chosen.is_some());
        match self.step() {
            Some(Step::Read(_)) => true,
            Some(Step::Predict(_)) => !chosen,
            Some(Step::Do(_) | Step::Recap(_)) | None => false,
        }
    }
}

/// How the goals of the task stand with the policy as it is shown; empty where there is no task.
#[must_use]
pub fn goals(app: &App) -> Vec<GoalState> {
    let (Some(Step::Do(task)), Some(running)) = (app.lessons.step(), app.lessons.now()) else {
        return Vec::new();
    };
    let (policy, derived) = app.shown();
    goal_states(task, &running.began, policy, derived)
}

/// Does what is asked of lessons.
pub fn act(app: &mut App, what: Learn) {
    match what {
        Learn::Open if app.lessons.running.is_some() => app.overlays.push(Overlay::Lesson),
        Learn::Open => open(app),
        Learn::Choose(at) => choose(app, at),
        Learn::Next => next(app),
        Learn::Skip => skip(app),
        Learn::Back => go_to(app, |step| step.saturating_sub(1)),
        Learn::Hint => {
            if let Some(running) = &mut app.lessons.running {
                running.hints += 1;
            }
        }
        Learn::Leave => leave(app),
        Learn::Tour | Learn::NextStop | Learn::StopBefore | Learn::EndTour => tour::act(app, what),
    }
}

/// Why something cannot be done in lessons now.
#[must_use]
pub fn cannot(app: &App, what: Learn) -> Option<Words> {
    let now = app.lessons.now();
    let solved = now.is_some_and(Running::is_solved);
    match (what, app.lessons.step()) {
        (Learn::Open, _) => None,
        (Learn::Tour | Learn::NextStop | Learn::StopBefore | Learn::EndTour, _) => {
            tour::cannot(app, what)
        }
        (_, None) => Some(say::NO_LESSON),
        (Learn::Choose(at), Some(Step::Predict(predict))) => {
            let chosen = now.is_some_and(|running| running.chosen.is_some());
            (chosen || at >= predict.choices().len()).then_some(say::NOTHING_TO_CHOOSE)
        }
        (Learn::Choose(_), Some(_)) => Some(say::NOTHING_TO_CHOOSE),
        (Learn::Hint, Some(Step::Do(task))) => {
            let all = now.is_some_and(|running| running.hints >= task.hints.len());
            all.then_some(say::NO_HINT)
        }
        (Learn::Hint, Some(_)) => Some(say::NO_HINT),
        (Learn::Back, Some(_)) if now.is_some_and(|running| running.step == 0) => {
            Some(say::FIRST_STEP)
        }
        (Learn::Next, Some(Step::Predict(_))) if !solved => Some(say::CHOOSE_FIRST),
        (Learn::Next, Some(Step::Do(_))) if !solved => Some(say::NOT_MET),
        (Learn::Next | Learn::Skip | Learn::Back | Learn::Leave, Some(_)) => None,
    }
}

/// Opens the list of lessons, at the first that is not done.
pub fn open(app: &mut App) {
    if app.lessons.list.is_empty() {
        app.lessons.list = shelf().into_iter().filter_map(|shelf| shelf.lesson.ok()).collect();
    }
    let done = &app.lessons.progress.done;
    let at = app.lessons.list.iter().position(|lesson| !done.contains(&lesson.id));
    // Behind the last lesson stands the quiz.
    let view = LessonsView { at: at.unwrap_or_default(), len: app.lessons.list.len() + 1 };
    app.overlays.push(Overlay::Lessons(view));
}

/// Starts a lesson where it was left; the policy steps aside until it is over.
pub fn start(app: &mut App, number: usize) {
    let Some(lesson) = app.lessons.list.get(number).cloned() else {
        return begin(app, 0, None, asked_so_far(app));
    };
    let step = app.lessons.progress.at.get(&lesson.id).copied().unwrap_or_default();
    let step = step.min(lesson.steps.len().saturating_sub(1));
    begin(app, step, Some(lesson), number);
}

/// How many questions of this quiz were answered: the next one goes on from there.
fn asked_so_far(app: &App) -> usize {
    let (seed, difficulty) = app.lessons.quiz;
    app.lessons.progress.asked(seed, difficulty)
}

/// The question of that number of the quiz.
fn question_at(app: &App, number: usize) -> Option<Question> {
    let (seed, difficulty) = app.lessons.quiz;
    question(seed, u64::try_from(number).unwrap_or_default() + 1, difficulty)
}

/// Begins a lesson, or without one the question of that number.
fn begin(app: &mut App, step: usize, lesson: Option<Lesson>, number: usize) {
    let (lesson, topic) = match lesson {
        Some(lesson) => (lesson, None),
        None => match question_at(app, number) {
            Some(question) => (question.lesson, Some(question.topic)),
            None => return,
        },
    };
    let Ok(document) = Document::read(lesson.policy.clone()) else { return };
    let began = Arc::clone(document.shared());
    let Some(session) = session_of(app, lesson.policy.clone()) else { return };
    let skipped = app.lessons.progress.skipped.get(&lesson.id).copied();
    app.lessons.sessions += 1;
    app.panes.rules.carry = None;
    let panes = panes_of(&session);
    let session = mem::replace(&mut app.session, session);
    let panes = mem::replace(&mut app.panes, panes);
    let aside = (session, panes, mem::replace(&mut app.focus, Pane::Rules));
    app.lessons.running = Some(Box::new(Running {
        number,
        lesson,
        topic,
        step,
        chosen: None,
        revealed: None,
        hints: 0,
        began,
        work: None,
        solved: BTreeSet::new(),
        skipped,
        goals: (None, Goals::Open),
        aside,
    }));
    show_step(app);
    app.overlays = vec![Overlay::Lesson];
}

/// Goes to the next step; from the last one the lesson is over.
pub fn next(app: &mut App) {
    let Some(running) = &mut app.lessons.running else { return };
    if running.topic.is_some() {
        return next_question(app);
    }
    let step = running.step;
    if running.is_solved() {
        running.solved.insert(step);
        running.skipped = running.skipped.filter(|skipped| *skipped != step);
    }
    if step + 1 < running.lesson.steps.len() {
        return go_to(app, |step| step + 1);
    }
    let (id, skipped) = (running.lesson.id.clone(), running.skipped);
    app.lessons.progress.at_step(&id, skipped.unwrap_or(step), skipped.is_none());
    keep(app);
    leave(app);
    if let Some(skipped) = skipped {
        app.say(say::skipped(skipped + 1));
    }
}

/// Passes a step over: the lesson is not done before somebody has come back to it.
fn skip(app: &mut App) {
    if let Some(running) = &mut app.lessons.running
        && !running.is_solved()
    {
        running.skipped.get_or_insert(running.step);
    }
    next(app);
}

/// Looks how the goals stand after something was done; the panel comes forward when they are met.
pub fn follow(app: &mut App) {
    let Some(Step::Do(_)) = app.lessons.step() else { return };
    if app.panes.rules.carry.is_some() {
        return;
    }
    let version = app.version();
    if app.lessons.now().is_some_and(|running| running.goals.0 != Some(version)) {
        let met = goals(app).iter().all(GoalState::is_met);
        let Some(running) = &mut app.lessons.running else { return };
        let stand = match (met, running.goals.1) {
            (false, _) => Goals::Open,
            (true, Goals::Open) => Goals::Met,
            (true, told) => told,
        };
        running.goals = (Some(version), stand);
    }
    let free = app.overlays.is_empty() && app.panes.test.typing.is_none();
    if let Some(running) = &mut app.lessons.running
        && running.goals.1 == Goals::Met
        && free
    {
        running.goals.1 = Goals::Told;
        app.overlays.push(Overlay::Lesson);
    }
}

/// The next question of the quiz, of which there is no end.
fn next_question(app: &mut App) {
    let number = app.lessons.running.as_ref().map_or(0, |running| running.number + 1);
    let Some(question) = question_at(app, number) else { return };
    if let Some(running) = &mut app.lessons.running {
        running.number = number;
        running.solved.clear();
        (running.chosen, running.revealed, running.hints) = (None, None, 0);
        (running.lesson, running.topic) = (question.lesson, Some(question.topic));
    }
    show_step(app);
}

fn go_to(app: &mut App, step: impl Fn(usize) -> usize) {
    if matches!(app.lessons.step(), Some(Step::Do(_))) {
        let text = app.session.text().to_owned();
        if let Some(running) = &mut app.lessons.running {
            running.work = Some(text);
        }
    }
    let Some(running) = &mut app.lessons.running else { return };
    running.step = step(running.step);
    (running.chosen, running.revealed, running.hints) = (None, None, 0);
    let (id, step, skipped) = (running.lesson.id.clone(), running.step, running.skipped);
    app.lessons.progress.at_step(&id, step, false);
    app.lessons.progress.passed_over(&id, skipped);
    keep(app);
    show_step(app);
    if !matches!(app.overlays.last(), Some(Overlay::Lesson)) {
        app.overlays.push(Overlay::Lesson);
    }
}

/// Writes down how far somebody is; says when that cannot be done.
fn keep(app: &mut App) {
    if let Err(error) = app.lessons.progress.keep() {
        app.fail(error.0);
    }
}

fn without_cases(document: &Document) -> String {
    document.without_cases().trim_end().to_owned() + "\n"
}

/// Puts the policy of the step into the workbench. The cases tell what happens: they are there for tasks only.
fn show_step(app: &mut App) {
    let Some(running) = app.lessons.now() else { return };
    let Ok(document) = Document::read(running.lesson.policy.clone()) else { return };
    let text = match running.lesson.steps.get(running.step) {
        Some(Step::Read(_)) => without_cases(&document),
        Some(Step::Predict(predict)) => {
            let asked = changed(&document, &predict.after).unwrap_or(document);
            without_cases(&asked)
        }
        Some(Step::Do(_)) => running.work.clone().unwrap_or_else(|| document.text().to_owned()),
        // What was done stays to be looked at.
        Some(Step::Recap(_)) | None => return,
    };
    if text != app.session.text() {
        let Some(session) = session_of(app, text) else { return };
        app.lessons.sessions += 1;
        app.panes = panes_of(&session);
        app.session = session;
    }
    app.set_test(TestInput::default());
    app.panes.test = TestPane::new(app.session.test());
}

fn session_of(app: &App, text: String) -> Option<Session> {
    let session = Session::scratch(text).ok()?;
    Some(session.counted_from((app.lessons.sessions + 1) * APART))
}

fn panes_of(session: &Session) -> Panes {
    Panes {
        rules: RulesPane::new(session.policy()),
        test: TestPane::new(session.test()),
        cases: CasesPane::default(),
    }
}

/// Takes an answer, and shows what the engine says; the test pane shows it too where a usual client asks.
fn choose(app: &mut App, at: usize) {
    let Some(Step::Predict(predict)) = app.lessons.step() else { return };
    let predict = predict.clone();
    let Ok(document) = Document::read(app.session.text().to_owned()) else { return };
    let revealed = match got(&document, &predict.ask) {
        Ok(got) => reveal(&predict, &got),
        Err(why) => why,
    };
    let right = predict.choices().get(at).is_some_and(|choice| **choice == predict.answer);
    if let Some(running) = &mut app.lessons.running {
        (running.chosen, running.revealed) = (Some(at), Some(revealed));
        if let Some(topic) = running.topic {
            let number = running.number;
            app.lessons.progress.answered(app.lessons.quiz, number, topic.word(), right);
            keep(app);
        }
    }
    if predict.ask.client.is_none() {
        let ask = predict.ask;
        let dst = ask.dst.unwrap_or_default();
        app.set_test(TestInput { from: ask.from, url: ask.url, dst });
        app.panes.test = TestPane::new(app.session.test());
    }
}

/// Closes the panel: back to the work in a task and after it, else out of the lesson.
pub fn close(app: &mut App) {
    match app.lessons.step() {
        Some(Step::Do(_) | Step::Recap(_)) => {
            app.overlays.pop();
        }
        Some(Step::Read(_) | Step::Predict(_)) | None => leave(app),
    }
}

/// Leaves the lesson: the policy that waited comes back, and the list of lessons.
pub fn leave(app: &mut App) {
    let Some(running) = app.lessons.running.take() else { return };
    (app.session, app.panes, app.focus) = running.aside;
    app.overlays.clear();
    open(app);
    let done = &app.lessons.progress.done;
    let to_go_on = app.lessons.list.get(running.number).is_some_and(|l| !done.contains(&l.id));
    if let Some(Overlay::Lessons(view)) = app.overlays.last_mut() {
        if running.topic.is_some() {
            view.at = view.len.saturating_sub(1);
        } else if to_go_on {
            view.at = running.number;
        }
    }
}
