//! Every lesson: what it claims is what the engines say, and what is wrong with a bad one is said.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use sekisho::learn::{
    Ask, Lesson, Part, Step, Topic, changed, faults, got, handout, question, shelf,
};
use sekisho::messages::Lang;
use sekisho::net::Request;
use sekisho::policy::Document;
use sekisho::second_opinion::{Asking, Engine, Question, verify};
use sekisho::workbench::{TestInput, outcomes};

#[path = "shared/engine.rs"]
mod engine;
use engine::engine;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn lessons() -> Vec<Lesson> {
    let lesson = |shelf: sekisho::learn::Shelf| {
        let id = shelf.folder.display().to_string();
        shelf.lesson.unwrap_or_else(|problems| panic!("{id}: {problems:#?}"))
    };
    shelf().into_iter().map(lesson).collect()
}

#[test]
fn every_claim_of_every_lesson_is_confirmed_by_the_engine() {
    for lesson in lessons() {
        let found = faults(&lesson);
        assert!(found.is_empty(), "{}: {found:#?}", lesson.id);
    }
}

#[test]
fn every_part_has_lessons_and_every_folder_is_on_the_shelf() {
    let lessons = lessons();
    assert!(lessons.len() >= 20, "{}", lessons.len());
    for part in Part::ALL {
        let of_part = lessons.iter().filter(|lesson| lesson.part == part).count();
        assert!(of_part >= 5, "{part:?}: {of_part}");
    }
    let here: BTreeSet<String> = lessons.iter().map(|lesson| lesson.id.clone()).collect();
    let folders = fs::read_dir(root().join("assets/lessons")).unwrap();
    let there: BTreeSet<String> =
        folders.map(|f| f.unwrap().file_name().to_str().unwrap().to_owned()).collect();
    assert_eq!(here, there);
}

/// The flows of a lesson's request, as its client sends them.
fn sent(ask: &Ask, document: &Document) -> Question {
    let got =
        got(document, ask).unwrap_or_else(|why| panic!("{ask:?}: {}", why.say(Lang::English)));
    let request = Request::parse(&ask.from, &ask.url, ask.dst.as_deref()).unwrap();
    let dst = got.outcome.address;
    let flow = ask.client.map_or_else(|| request.flow(dst), |client| client.flow(&request, dst));
    Question { name: format!("{ask:?}"), flows: vec![flow] }
}

/// Every policy that a lesson speaks of, and what is asked of it.
fn asked(lesson: &Lesson) -> BTreeMap<String, (Document, Vec<Question>)> {
    let start = Document::read(lesson.policy.clone()).unwrap();
    let mut asked: BTreeMap<String, (Document, Vec<Question>)> = BTreeMap::new();
    let mut ask = |document: Document, questions: Vec<Question>| {
        let entry = asked.entry(document.text().to_owned());
        entry.or_insert_with(|| (document, Vec::new())).1.extend(questions);
    };
    for step in &lesson.steps {
        match step {
            Step::Predict(predict) => {
                let document = changed(&start, &predict.after).unwrap();
                let question = sent(&predict.ask, &document);
                ask(document, vec![question]);
            }
            Step::Do(task) => {
                let solved = changed(&start, &task.solution).unwrap();
                let goals = task.goals.iter().map(|goal| sent(&goal.ask, &solved));
                let derived = outcomes(&solved, &TestInput::default(), 0);
                let cases = &start.policy().cases;
                let cases = sekisho::second_opinion::questions_of(cases, &derived.evaluator);
                let all = goals.chain(cases.questions).collect();
                ask(solved, all);
            }
            Step::Read(_) | Step::Recap(_) => {}
        }
    }
    asked
}

#[test]
fn lessons_agree_with_the_real_engine() {
    if engine().is_none() {
        return;
    }
    let engine = Engine::default();
    let mut compared = 0;
    for lesson in lessons() {
        for (document, questions) in asked(&lesson).into_values() {
            let derived = outcomes(&document, &TestInput::default(), 0);
            let ruleset = &derived.compiled.ruleset;
            let report =
                verify(ruleset, &derived.evaluator, &questions, &engine, Asking::default())
                    .unwrap();
            let id = &lesson.id;
            assert!(report.disagreements.is_empty(), "{id}: {:#?}", report.disagreements);
            assert!(report.untold.is_empty(), "{id}: {:#?}", report.untold);
            assert_eq!(report.agree, questions.len(), "{id}");
            compared += report.agree;
        }
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn steps_of_the_lessons_in_english() {
    let lessons = lessons();
    let all: Vec<&Lesson> = lessons.iter().collect();
    insta::assert_snapshot!(handout(&all, Lang::English));
}

#[test]
fn steps_of_the_lessons_in_japanese() {
    let lessons = lessons();
    let all: Vec<&Lesson> = lessons.iter().collect();
    insta::assert_snapshot!(handout(&all, Lang::Japanese));
}

#[test]
fn sections_behind_the_cases_stay_in_the_policy_of_a_handout() {
    const REST: &str = "home_net: [10.0.0.0/8]\nrule_order: strict\nrule_groups: []\n";
    let mut moved = 0;
    for lesson in lessons() {
        let (before, cases) = match lesson.policy.split_once("\ncases:") {
            Some((before, behind)) => (before, format!("cases:{behind}")),
            None => continue,
        };
        let (head, groups) = before.split_once("\nrule_groups:").unwrap();
        let cases = cases.trim_end();
        for (policy, rest) in [
            // The cases first, last, and before a comment.
            (format!("{cases}\n{before}\n"), format!("{before}\n")),
            (format!("{before}\n{cases}"), format!("{before}\n")),
            (
                format!("{head}\n{cases}\n# The rules:\nrule_groups:{groups}\n"),
                format!("{head}\n# The rules:\nrule_groups:{groups}\n"),
            ),
        ] {
            let id = &lesson.id;
            let document = Document::read(policy.clone()).unwrap();
            assert_eq!(document.without_cases(), rest, "{id}");
            let shown = handout(&[&Lesson { policy, ..lesson.clone() }], Lang::English);
            assert!(shown.contains(rest.trim_end()), "{id}: {shown}");
        }
        moved += 1;
    }
    assert!(moved > 3, "{moved}");
    for (policy, rest) in [
        ("sekisho: 1\ncases: []\nname: a\n", "sekisho: 1\nname: a\n"),
        ("sekisho: 1\ncases:\nname: a\n", "sekisho: 1\nname: a\n"),
        ("sekisho: 1\nname: a\n", "sekisho: 1\nname: a\n"),
    ] {
        let policy = policy.to_owned() + REST;
        let document = Document::read(policy).unwrap();
        assert_eq!(document.without_cases(), rest.to_owned() + REST);
    }
}

/// Runs `sekisho learn` with folders of its own.
fn learn(args: &[&str]) -> (String, String, i32) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("sekisho").unwrap();
    command.env("HOME", home.path()).env("XDG_DATA_HOME", home.path()).env("LC_ALL", "C");
    let run = command.arg("learn").args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&run.stdout), text(&run.stderr), run.status.code().unwrap())
}

#[test]
fn list_names_every_lesson_in_both_languages() {
    let (out, _, code) = learn(&["--list"]);
    assert_eq!((out.lines().count(), code), (lessons().len(), 0));
    assert!(out.starts_with("[ ] 01-first-match"), "{out}");
    let (out, _, _) = learn(&["--list", "--lang", "ja"]);
    assert!(out.lines().next().unwrap().ends_with("最初に一致したルールが決める"), "{out}");
}

#[test]
fn lessons_of_a_folder_are_checked_like_ours() {
    let (out, err, code) = learn(&["--check", root().join("assets/lessons").to_str().unwrap()]);
    assert_eq!((err.as_str(), code), ("", 0));
    assert!(out.contains("all confirmed by the engine"), "{out}");
    let empty = tempfile::tempdir().unwrap();
    let (_, err, code) = learn(&["--check", empty.path().to_str().unwrap()]);
    assert!(err.contains("help: a lesson is a folder with `lesson.yaml`"), "{err}");
    assert_eq!(code, 1);
}

#[test]
fn handout_is_written_once_and_not_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let path = path.to_str().unwrap();
    let (out, _, code) = learn(&["--export", path]);
    assert_eq!(code, 0, "{out}");
    let text = fs::read_to_string(Path::new(path).join("lessons.en.md")).unwrap();
    assert!(text.find("# Answers").unwrap() > text.find("## 29.").unwrap());
    let (_, err, code) = learn(&["--export", path]);
    assert!(err.contains("lessons.en.md"), "{err}");
    assert_eq!(code, 1);
    assert_eq!(learn(&["--export", path, "--force"]).2, 0);
}

/// A lesson that is right, with one thing changed, and the code and line of what is said about it.
#[test]
fn what_is_wrong_with_a_lesson_is_said_with_its_line() {
    let good = root().join("assets/lessons/01-first-match");
    let lesson = fs::read_to_string(good.join("lesson.yaml")).unwrap();
    let policy = fs::read_to_string(good.join("policy.yaml")).unwrap();
    for (find, put, code) in [
        ("part: first-match", "part: first-mach", "unknown-word"),
        ("answer: {pass: wiki}", "answer: {drop: wiki-uploads}", "wrong-answer"),
        ("others: [{drop: wiki-uploads}, {drop: default}]", "others: []", "choices"),
        ("[{drop: wiki-uploads}, {drop: default}]", "[{drop: wiki-upload}]", "no-such-rule"),
        ("packet: client_hello", "packet: syn", "wrong-packet"),
        ("packet: client_hello", "logs: [wiki]", "wrong-logs"),
        ("packet: client_hello", "pakcet: client_hello", "unknown-field"),
        ("move: wiki-uploads, above: wiki", "remove: wiki-uploads", "not-solved"),
        ("move: wiki-uploads, above: wiki", "remove: nothing", "no-such-rule"),
        ("move: wiki-uploads, above: wiki", "replace: wiki, with: kiwi", "not-once"),
        ("- recap:", "- read:", "no-recap"),
        ("url: https://news.example", "url: gopher://news.example", "cannot-ask"),
    ] {
        assert_eq!(lesson.matches(find).count(), 1, "{find}");
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("lesson.yaml"), lesson.replace(find, put)).unwrap();
        fs::write(folder.path().join("policy.yaml"), &policy).unwrap();
        let (_, err, exit) = learn(&["--check", folder.path().to_str().unwrap()]);
        assert!(err.contains(&format!("error[{code}]")), "{put}: {err}");
        assert!(err.contains("lesson.yaml:") && err.contains("help:"), "{put}: {err}");
        assert_eq!(exit, 3, "{put}");
    }
}

#[test]
fn task_that_is_done_at_the_start_is_none() {
    let good = root().join("assets/lessons/01-first-match");
    let policy = fs::read_to_string(good.join("policy.yaml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::copy(good.join("lesson.yaml"), folder.path().join("lesson.yaml")).unwrap();
    let easy = policy.replace("expect: drop", "expect: pass");
    fs::write(folder.path().join("policy.yaml"), easy).unwrap();
    let (_, err, _) = learn(&["--check", folder.path().to_str().unwrap()]);
    assert!(err.contains("error[done-already]") && err.contains("error[not-solved]"), "{err}");
    fs::write(folder.path().join("policy.yaml"), policy.replace("action: drop", "action: dorp"))
        .unwrap();
    let (_, err, _) = learn(&["--check", folder.path().to_str().unwrap()]);
    assert!(err.contains("policy.yaml:11:") && err.contains("did you mean `drop`"), "{err}");
}

#[test]
fn the_same_seed_gives_the_same_questions_and_their_answers_are_the_engine_s() {
    let mut topics = BTreeSet::new();
    for difficulty in 1..=3 {
        for number in 1..=40 {
            let one = question(7, number, difficulty).unwrap();
            assert_eq!(question(7, number, difficulty).unwrap(), one);
            let Step::Predict(predict) = &one.lesson.steps[0] else { panic!("{one:?}") };
            let choices = predict.choices();
            assert_eq!(choices.len(), 4);
            let document = Document::read(one.lesson.policy.clone()).unwrap();
            let got = got(&document, &predict.ask).unwrap();
            let right = choices.iter().filter(|choice| got.is(choice)).count();
            assert_eq!(right, 1, "{}", one.lesson.policy);
            topics.insert(one.topic);
        }
    }
    assert_eq!(topics.len(), Topic::ALL.len(), "{topics:?}");
    assert_ne!(question(7, 1, 1), question(8, 1, 1));
}

#[test]
fn quiz_is_printed_with_the_answers_at_its_end() {
    let (out, _, code) = learn(&["--quiz", "3", "--seed", "7"]);
    assert_eq!(code, 0);
    assert!(out.find("# Answers").unwrap() > out.find("## 3.").unwrap(), "{out}");
    assert_eq!(learn(&["--quiz", "3", "--seed", "7"]).0, out);
    assert_ne!(learn(&["--quiz", "3", "--seed", "8"]).0, out);
}
