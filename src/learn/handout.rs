//! A lesson on paper: what is asked, and at the end of all lessons what is right.

use std::fmt::Write;

use super::asked::got;
use super::change::changed;
use super::lesson::{Ask, Change, ChangeKind, Lesson, Outcome, Predict, Step, Task};
use super::reveal::reveal;
use crate::messages::{Lang, Text, learn as say};
use crate::policy::Document;

/// The lessons as one Markdown text, the answers at its end.
#[must_use]
pub fn handout(lessons: &[&Lesson], lang: Lang) -> String {
    let mut out = format!("# {}\n", say::HANDOUT.say(lang));
    for (number, lesson) in lessons.iter().enumerate() {
        questions(lesson, (number + 1, lessons.len()), lang, &mut out);
    }
    let _ = write!(out, "\n# {}\n", say::ANSWERS.say(lang));
    for (number, lesson) in lessons.iter().enumerate() {
        answers(lesson, number + 1, lang, &mut out);
    }
    out
}

/// A request in words.
pub fn request(ask: &Ask) -> Text {
    say::request(&ask.from, &ask.url, ask.dst.as_deref(), ask.client.map(|client| client.word()))
}

/// An outcome in words.
pub fn outcome(outcome: &Outcome) -> Text {
    say::outcome(outcome.fate.word(), &outcome.by)
}

/// A change in words.
pub(super) fn change(change: &Change) -> Text {
    match &change.kind {
        ChangeKind::Move { rule, above } => say::moved(rule, above),
        ChangeKind::Replace { find, put } => say::replaced(find, put),
        ChangeKind::Remove(rule) => say::removed(rule),
    }
}

fn questions(lesson: &Lesson, (number, all): (usize, usize), lang: Lang, out: &mut String) {
    let (title, part) = (lesson.title.say(lang), say::part(lesson.part.word()).say(lang));
    let _ = write!(out, "\n## {number}. {title}\n\n*{part} · {number}/{all}*\n");
    // The cases are the goals, and are written apart.
    let document = Document::read(lesson.policy.clone());
    let policy = document.map_or_else(|_| lesson.policy.clone(), |d| d.without_cases());
    let (head, policy) = (say::POLICY.say(lang), policy.trim_end());
    let _ = write!(out, "\n**{head}**\n\n```yaml\n{policy}\n```\n");
    for step in &lesson.steps {
        match step {
            Step::Read(text) => paragraph(None, text, lang, out),
            Step::Predict(predict) => question(predict, lang, out),
            Step::Do(task) => doing(lesson, task, lang, out),
            // It would give the answers away: it stands with them.
            Step::Recap(_) => {}
        }
    }
}

fn paragraph(head: Option<&str>, text: &Text, lang: Lang, out: &mut String) {
    let head = head.map(|head| format!("**{head}** ")).unwrap_or_default();
    let _ = write!(out, "\n{head}{}\n", text.say(lang));
}

fn question(predict: &Predict, lang: Lang, out: &mut String) {
    if !predict.after.is_empty() {
        let _ = write!(out, "\n{}\n", say::AFTER.say(lang));
        for one in &predict.after {
            let _ = write!(out, "\n{}\n", change(one).say(lang));
        }
    }
    let asks = predict.question.clone().unwrap_or_else(|| say::WHAT_HAPPENS.into());
    let request = request(&predict.ask);
    let head = say::PREDICT.say(lang);
    let _ = write!(out, "\n**{head}** {} {}\n\n", request.say(lang), asks.say(lang));
    for (letter, choice) in ('a'..).zip(predict.choices()) {
        let _ = writeln!(out, "- {letter}) {}", outcome(choice).say(lang));
    }
}

fn doing(lesson: &Lesson, task: &Task, lang: Lang, out: &mut String) {
    paragraph(Some(say::DO.say(lang)), &task.words, lang, out);
    let _ = write!(out, "\n{}:\n\n", say::GOALS.say(lang));
    if let Ok(document) = Document::read(lesson.policy.clone()) {
        for case in &document.policy().cases {
            let words = say::case(&case.name.value, &case.from, &case.url, case.expect.word());
            let _ = writeln!(out, "- {words}");
        }
    }
    for goal in &task.goals {
        let words = say::goal(&request(&goal.ask), goal.expect.word());
        let _ = writeln!(out, "- {}", words.say(lang));
    }
}

fn answers(lesson: &Lesson, number: usize, lang: Lang, out: &mut String) {
    let _ = write!(out, "\n## {number}. {}\n", lesson.title.say(lang));
    let document = Document::read(lesson.policy.clone());
    for step in &lesson.steps {
        match step {
            Step::Read(_) => {}
            Step::Recap(text) => paragraph(Some(say::RECAP.say(lang)), text, lang, out),
            Step::Predict(predict) => {
                let letters = ('a'..).zip(predict.choices());
                let right = letters.into_iter().find(|(_, choice)| **choice == predict.answer);
                let letter = right.map_or('a', |(letter, _)| letter);
                let words = outcome(&predict.answer);
                let head = say::RIGHT.say(lang);
                let _ = write!(out, "\n**{head}: {letter})** {}\n", words.say(lang));
                let asked = document.as_ref().ok().and_then(|d| changed(d, &predict.after).ok());
                match asked.and_then(|document| got(&document, &predict.ask).ok()) {
                    Some(got) => paragraph(None, &reveal(predict, &got), lang, out),
                    None => paragraph(None, &predict.why, lang, out),
                }
            }
            Step::Do(task) => {
                let _ = write!(out, "\n**{}**\n", say::SOLUTION.say(lang));
                for one in &task.solution {
                    let _ = write!(out, "\n{}\n", change(one).say(lang));
                }
            }
        }
    }
}
