//! Lessons, done with the keyboard from the list to the last step.

use sekisho::learn::Progress;
use sekisho::messages::Lang;

use super::*;

/// The list of lessons over a sample, with a folder for what is remembered.
fn learning(folder: &Path, lang: Lang) -> Harness {
    let mut screen = Harness::sample("first-steps");
    screen.screen =
        screen.screen.in_language(lang).with_lessons(Progress::read(Some(folder)), true);
    screen.drawn()
}

#[test]
fn lesson_list_shows_what_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut progress = Progress::read(Some(folder.path()));
    progress.at_step("01-first-match", 4, true);
    progress.at_step("02-groups", 1, false);
    progress.keep().unwrap();
    for (columns, rows) in SIZES {
        show("lessons", columns, rows, learning(folder.path(), Lang::English));
    }
    show("lessons_japanese", 80, 24, learning(folder.path(), Lang::Japanese));
    learning(folder.path(), Lang::English).press("<enter>");
}

#[test]
fn first_lesson_is_done_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = learning(folder.path(), Lang::English);
    screen.press("<enter>");
    screen.sees("Lesson 1 of 29");
    screen.sees("the rules are asked from top to bottom");
    screen.press("<enter>");
    screen.sees("a  works, passed by wiki");
    screen.misses("right");
    // Nothing on the screen tells the answer before one is chosen.
    screen.misses("◀ decides");
    screen.press("b");
    screen.sees("not this");
    screen.sees("a  works, passed by wiki   right");
    screen.sees("the engine looks for no");
    screen.press("<enter>d<enter>");
    screen.sees("not yet");
    screen.press("h");
    screen.sees("Hint 1: Which of the two rules must be asked first?");
    screen.press("<esc>/wiki-uploads<enter>m<up>");
    // While the rule is in the air the goals are those of where it would be put down.
    screen.sees("All goals are met");
    screen.press("<esc>");
    screen.sees("not yet");
    screen.press("m<up><enter><ctrl-l>");
    screen.sees("All goals are met: `enter` goes on.");
    screen.press("<enter>");
    screen.sees("Remember");
    screen.press("<enter>");
    screen.sees("Lessons, 1 of 29 done");
    screen.press("<esc>");
    screen.sees("paste-sites");
    assert!(!screen.session().has_unsaved());
    assert!(Progress::read(Some(folder.path())).done.contains("01-first-match"));
}

#[test]
fn steps_of_a_lesson_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    for (at, lang) in Lang::ALL.into_iter().enumerate() {
        for (names, keys) in [
            (["lesson_read_en", "lesson_read_ja"], "<enter>"),
            (["lesson_predict_en", "lesson_predict_ja"], "<enter><enter>"),
            (["lesson_reveal_en", "lesson_reveal_ja"], "<enter><enter>b"),
            (["lesson_do_en", "lesson_do_ja"], "<enter><enter><enter><enter>hh"),
        ] {
            for (columns, rows) in [(120, 36), (80, 24)] {
                let mut screen = learning(folder.path(), lang);
                screen.press("<home>");
                let forget = tempfile::tempdir().unwrap();
                screen.screen = screen
                    .screen
                    .with_lessons(Progress::read(Some(&forget.path().join("none"))), false);
                screen.press(keys);
                show(names[at], columns, rows, screen);
            }
        }
    }
}

#[test]
fn leaving_a_lesson_brings_the_policy_back_and_the_step_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Harness::sample("first-steps");
    screen.press("x");
    assert!(screen.session().has_unsaved());
    screen.screen = screen.screen.with_lessons(Progress::read(Some(folder.path())), true);
    screen.press("<enter><enter><enter>q");
    assert!(screen.session().has_unsaved());
    screen.sees("begun");
    screen.press("<enter>");
    screen.sees("https://news.example");
    // Leaving the workbench leaves the lesson first; unsaved changes are asked about as ever.
    screen.press("<esc><esc>q");
    screen.sees("unsaved");
}

#[test]
fn every_lesson_opens_and_its_answers_are_those_of_the_engine() {
    let folder = tempfile::tempdir().unwrap();
    let lessons: Vec<sekisho::learn::Lesson> =
        sekisho::learn::shelf().into_iter().map(|shelf| shelf.lesson.unwrap()).collect();
    for (number, lesson) in lessons.iter().enumerate() {
        let mut screen = learning(&folder.path().join(&lesson.id), Lang::English);
        screen.press(&"<down>".repeat(number));
        screen.press("<enter>");
        for step in &lesson.steps {
            if let sekisho::learn::Step::Predict(predict) = step {
                let at = predict.choices().iter().position(|c| **c == predict.answer).unwrap();
                screen.press(["a", "b", "c", "d"][at]);
                screen.misses("not this");
                screen.sees("right");
            }
            screen.press("<enter>");
        }
        screen.sees(&format!("Lessons, 1 of {} done", lessons.len()));
    }
}
