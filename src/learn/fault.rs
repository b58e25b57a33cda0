use super::asked::{Got, got};
use super::change::{changed, rule_place};
use super::goal::{GoalState, goal_states};
use super::lesson::{Lesson, Outcome, Predict, Step, Task};
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::{Text, learn as say};
use crate::policy::Document;
use crate::workbench::{TestInput, deciding_packet, outcomes};

/// What is wrong with a lesson, by the file it is wrong in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LessonFaults {
    /// In `lesson.yaml`.
    pub lesson: Vec<Diagnostic>,
    /// In `policy.yaml`.
    pub policy: Vec<Diagnostic>,
}

impl LessonFaults {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lesson.is_empty() && self.policy.is_empty()
    }

    fn add(&mut self, code: &'static str, place: &Place, said: (Text, Text)) {
        let (message, help) = said;
        self.lesson.push(Diagnostic::error(code, place.clone(), message).help(help));
    }
}

/// Whether the engine confirms everything that a lesson claims: answers, packets, log lines; that its task is not done at
/// the start, and is with its solution.
#[must_use]
pub fn faults(lesson: &Lesson) -> LessonFaults {
    let mut found = LessonFaults::default();
    let document = match Document::read(lesson.policy.clone()) {
        Ok(document) => document,
        Err(policy) => return LessonFaults { policy, ..found },
    };
    shape(lesson, &mut found);
    for step in &lesson.steps {
        match step {
            Step::Read(_) | Step::Recap(_) => {}
            Step::Predict(predict) => prediction(&document, predict, &mut found),
            Step::Do(task) => doing(&document, task, &mut found),
        }
    }
    found
}

/// What every lesson has: something to predict, and a recap at its end.
fn shape(lesson: &Lesson, found: &mut LessonFaults) {
    let whole = Place::of(&lesson.text, 0..0);
    if !lesson.steps.iter().any(|step| matches!(step, Step::Predict(_))) {
        found.add("nothing-to-predict", &whole, say::nothing_to_predict());
    }
    if !matches!(lesson.steps.last(), Some(Step::Recap(_))) {
        found.add("no-recap", &whole, say::no_recap());
    }
    if lesson.steps.iter().filter(|step| matches!(step, Step::Do(_))).count() > 1 {
        found.add("two-tasks", &whole, say::two_tasks());
    }
}

fn prediction(document: &Document, predict: &Predict, found: &mut LessonFaults) {
    let document = match changed(document, &predict.after) {
        Ok(document) => document,
        Err(problem) => return found.lesson.push(*problem),
    };
    for outcome in predict.others.iter().chain([&predict.answer]) {
        if outcome.by != "default" && rule_place(document.policy(), &outcome.by).is_none() {
            found.add("no-such-rule", &predict.answer_place, say::no_such_rule(&outcome.by));
        }
    }
    let mut choices: Vec<&Outcome> = predict.others.iter().chain([&predict.answer]).collect();
    choices.sort_by_key(|o| (o.fate.word(), &o.by));
    if choices.windows(2).any(|two| two[0] == two[1]) {
        found.add("choices", &predict.answer_place, say::same_choice());
    }
    match got(&document, &predict.ask) {
        Ok(got) => claims(&document, predict, &got, found),
        Err(why) => found.add("cannot-ask", &predict.ask.place, say::cannot_ask(&why)),
    }
}

/// The answer, the packet and the log lines that the lesson speaks of.
fn claims(document: &Document, predict: &Predict, got: &Got, found: &mut LessonFaults) {
    let sentence = got.outcome.sentence();
    if !got.is(&predict.answer) {
        let claim = say::outcome(predict.answer.fate.word(), &predict.answer.by);
        found.add("wrong-answer", &predict.answer_place, say::wrong_answer(&claim, &sentence));
    }
    let trace = &got.outcome.trace;
    let at = deciding_packet(trace).and_then(|at| trace.packets.get(at));
    if let Some(claim) = &predict.packet
        && at.map(|packet| packet.name.as_str()) != Some(claim)
    {
        let really = at.map_or("-", |packet| &packet.name);
        found.add("wrong-packet", &predict.ask.place, say::wrong_packet(claim, really));
    }
    let logs = got.logs(document);
    if let Some(claim) = &predict.logs
        && *claim != logs
    {
        found.add("wrong-logs", &predict.ask.place, say::wrong_logs(claim, &logs));
    }
}

fn doing(document: &Document, task: &Task, found: &mut LessonFaults) {
    let states = |document: &Document, began: &Document| {
        let derived = outcomes(document, &TestInput::default(), 0);
        goal_states(task, began.policy(), document.policy(), &derived)
    };
    let start = states(document, document);
    if start.is_empty() {
        found.add("no-goal", &task.place, say::no_goal());
    } else if start.iter().all(GoalState::is_met) {
        found.add("done-already", &task.place, say::done_already());
    }
    for way in [&task.solution].into_iter().chain(&task.or) {
        let solved = match changed(document, way) {
            Ok(solved) => solved,
            Err(problem) => {
                found.lesson.push(*problem);
                continue;
            }
        };
        let place = way.first().map_or(&task.place, |change| &change.place);
        for state in states(&solved, document).iter().filter(|state| !state.is_met()) {
            let name = match state {
                GoalState::Case(case) => case.0.name.value.clone(),
                GoalState::Other(number, _) => task.goals[*number].ask.url.clone(),
            };
            found.add("not-solved", place, say::not_solved(&name));
        }
    }
}
