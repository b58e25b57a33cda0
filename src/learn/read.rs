//! The file of a lesson, `lesson.yaml`.

use super::lesson::{
    Ask, Change, ChangeKind, Fate, Goal, Lesson, Outcome, Part, Predict, Step, Task,
};
use crate::diagnostic::Diagnostic;
use crate::messages::{Text, learn as say};
use crate::net::{Action, ClientVariant};
use crate::policy::{Fault, Fields, Node, Reader, fault, read_as};

const LESSON: [&str; 4] = ["lesson", "part", "title", "steps"];
const TEXT: [&str; 2] = ["en", "ja"];
const STEP: [&str; 4] = ["read", "predict", "do", "recap"];
const PREDICT: [&str; 12] = [
    "from", "url", "dst", "client", "ask", "after", "answer", "others", "packet", "logs", "en",
    "ja",
];
const DO: [&str; 6] = ["en", "ja", "goals", "hints", "solution", "or"];
const GOAL: [&str; 5] = ["from", "url", "dst", "client", "expect"];
const CHANGE: [&str; 5] = ["move", "above", "replace", "with", "remove"];

/// Reads a lesson; `id` is the name of its folder, `policy` the text of the policy beside it.
///
/// # Errors
/// Every problem of the file.
pub fn read_lesson(id: &str, text: &str, policy: &str) -> Result<Lesson, Vec<Diagnostic>> {
    read_as(text, |reader, node| {
        let of = reader.fields(node, "a lesson", &LESSON)?;
        let version = reader.required(of, "a lesson", "lesson")?;
        if reader.raw(version, "lesson")? != "1" {
            reader.refuse(version, fault("unknown-version", say::version()));
        }
        let part = reader.required(of, "a lesson", "part").and_then(|n| part(reader, n));
        let title = reader.required(of, "a lesson", "title").and_then(|n| text_of(reader, n));
        let steps = reader.required(of, "a lesson", "steps")?;
        let steps: Vec<Option<Step>> =
            reader.list(steps, "steps").iter().map(|node| step(reader, node)).collect();
        let (id, policy, text) = (id.to_owned(), policy.to_owned(), text.to_owned());
        let steps = steps.into_iter().collect::<Option<Vec<Step>>>()?;
        Some(Lesson { id, part: part?, title: title?, steps, policy, text })
    })
}

fn part<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Part> {
    let text = reader.text(node, "part")?;
    let words = Part::ALL.map(Part::word);
    let found = Part::ALL.into_iter().find(|part| part.word() == text);
    reader.take(node, found.ok_or_else(|| unknown("part of the lessons", text, &words)))
}

fn unknown(what: &str, text: &str, words: &[&'static str]) -> Fault {
    fault("unknown-word", crate::messages::policy::unknown_word(what, text, words, None))
}

/// A text in both languages.
fn text_of<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Text> {
    let of = reader.fields(node, "a text", &TEXT)?;
    both(reader, of, "a text")
}

/// The two languages of something that has other fields beside them.
fn both<'a>(reader: &mut Reader<'a>, of: Fields<'a>, what: &str) -> Option<Text> {
    let _ = reader.required(of, what, "en")?;
    let _ = reader.required(of, what, "ja")?;
    let (english, japanese) = (reader.note(of, "en")?, reader.note(of, "ja")?);
    Some((english, japanese).into())
}

fn step<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Step> {
    let of = reader.fields(node, "a step", &STEP)?;
    if node.entries().len() != 1 {
        reader.refuse(node, fault("two-kinds", say::one_kind_of_step()));
        return None;
    }
    let entry = &node.entries()[0];
    match of.get("read").map(|n| (0, n)).or_else(|| of.get("recap").map(|n| (1, n))) {
        Some((0, node)) => return text_of(reader, node).map(Step::Read),
        Some((_, node)) => return text_of(reader, node).map(Step::Recap),
        None => {}
    }
    match of.get("predict") {
        Some(node) => predict(reader, node).map(|p| Step::Predict(Box::new(p))),
        None => task(reader, &entry.value).map(|t| Step::Do(Box::new(t))),
    }
}

fn line<'a>(
    reader: &mut Reader<'a>,
    of: Fields<'a>,
    what: &str,
    field: &'static str,
) -> Option<String> {
    let node = reader.required(of, what, field)?;
    reader.line(node, field)
}

fn maybe<'a>(reader: &mut Reader<'a>, of: Fields<'a>, field: &'static str) -> Option<String> {
    let node = of.get(field)?;
    reader.line(node, field)
}

fn ask<'a>(reader: &mut Reader<'a>, of: Fields<'a>, what: &str) -> Option<Ask> {
    let (from, url) = (line(reader, of, what, "from"), line(reader, of, what, "url"));
    let dst = maybe(reader, of, "dst");
    let client = match of.get("client") {
        Some(node) => {
            let text = reader.text(node, "client")?;
            let words = ClientVariant::ALL.map(ClientVariant::word);
            let found = ClientVariant::ALL.into_iter().find(|client| client.word() == text);
            Some(reader.take(node, found.ok_or_else(|| unknown("client", text, &words)))?)
        }
        None => None,
    };
    Some(Ask { from: from?, url: url?, dst, client, place: of.node.head(reader.text) })
}

fn predict<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Predict> {
    let what = "a step";
    let of = reader.fields(node, what, &PREDICT)?;
    let ask = ask(reader, of, what);
    let question = of.get("ask").and_then(|node| text_of(reader, node));
    let after = of.get("after").map_or_else(|| Some(Vec::new()), |node| changes(reader, node));
    let answer = reader.required(of, what, "answer");
    let right = answer.and_then(|node| outcome(reader, node));
    let others = reader.required(of, what, "others").and_then(|node| {
        let others = reader.list(node, "others").iter().map(|node| outcome(reader, node));
        let others = others.collect::<Vec<_>>().into_iter().collect::<Option<Vec<Outcome>>>()?;
        if !(1..=3).contains(&others.len()) {
            reader.refuse(node, fault("choices", say::how_many_others()));
        }
        Some(others)
    });
    let packet = maybe(reader, of, "packet");
    let logs = of.get("logs").map(|node| {
        let list = reader.list(node, "logs").iter();
        list.filter_map(|node| reader.line(node, "logs")).collect::<Vec<String>>()
    });
    let why = both(reader, of, what);
    Some(Predict {
        ask: ask?,
        question,
        after: after?,
        answer: right?,
        others: others?,
        packet,
        logs,
        why: why?,
        answer_place: answer?.head(reader.text),
    })
}

/// `{pass: rule}`.
fn outcome<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Outcome> {
    let words = Fate::ALL.map(Fate::word);
    let of = reader.fields(node, "an outcome", &words)?;
    if node.entries().len() != 1 {
        reader.refuse(node, fault("wrong-shape", say::one_outcome()));
        return None;
    }
    let fate = Fate::ALL.into_iter().find(|fate| of.get(fate.word()).is_some())?;
    let by = maybe(reader, of, fate.word())?;
    Some(Outcome { fate, by })
}

fn task<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Task> {
    let what = "a step";
    let of = reader.fields(node, what, &DO)?;
    let words = both(reader, of, what);
    let goals = of.get("goals").map_or_else(
        || Some(Vec::new()),
        |node| reader.list(node, "goals").iter().map(|node| goal(reader, node)).collect(),
    );
    let hints = reader.required(of, what, "hints").and_then(|node| {
        let hints: Option<Vec<Text>> =
            reader.list(node, "hints").iter().map(|node| text_of(reader, node)).collect();
        let hints = hints?;
        if hints.len() != 3 {
            reader.refuse(node, fault("hints", say::three_hints()));
        }
        Some(hints)
    });
    let solution = reader.required(of, what, "solution").and_then(|n| changes(reader, n));
    let or = of.get("or").map_or_else(
        || Some(Vec::new()),
        |node| reader.list(node, "or").iter().map(|node| changes(reader, node)).collect(),
    );
    let place = node.head(reader.text);
    let (words, goals, hints, solution) = (words?, goals?, hints?, solution?);
    Some(Task { words, goals, hints, solution, or: or?, place })
}

fn goal<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Goal> {
    let of = reader.fields(node, "a goal", &GOAL)?;
    let ask = ask(reader, of, "a goal");
    let node = reader.required(of, "a goal", "expect")?;
    let text = reader.text(node, "expect")?;
    let known = [Action::Pass, Action::Drop, Action::Reject];
    let found = known.into_iter().find(|action| action.word() == text);
    let words = known.map(Action::word);
    let expect = reader.take(node, found.ok_or_else(|| unknown("goal", text, &words)));
    Some(Goal { ask: ask?, expect: expect? })
}

fn changes<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Vec<Change>> {
    reader.list(node, "changes").iter().map(|node| change(reader, node)).collect()
}

fn change<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Change> {
    let of = reader.fields(node, "a change", &CHANGE)?;
    let place = node.head(reader.text);
    let kind = if of.get("move").is_some() {
        let (rule, above) = (maybe(reader, of, "move")?, line(reader, of, "a change", "above")?);
        ChangeKind::Move { rule, above }
    } else if let Some(find) = of.get("replace") {
        let find = reader.text(find, "replace")?.to_owned();
        let put = reader.required(of, "a change", "with")?;
        ChangeKind::Replace { find, put: reader.text(put, "with")?.to_owned() }
    } else {
        ChangeKind::Remove(line(reader, of, "a change", "remove")?)
    };
    Some(Change { kind, place })
}
