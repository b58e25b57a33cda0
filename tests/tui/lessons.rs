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
    // Once it is put down, the panel comes forward by itself, and goes back when it is asked to.
    screen.press("m<up><enter>");
    screen.sees("All goals are met: `enter` goes on.");
    screen.press("<esc>");
    screen.sees("All goals are met: `ctrl-l`, then `enter` goes on.");
    screen.press("<ctrl-l>");
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
            (["lesson_do_en", "lesson_do_ja"], "<enter><enter><right><right>hh"),
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
    screen.press("<enter><enter><right>q");
    assert!(screen.session().has_unsaved());
    screen.sees("begun");
    screen.press("<enter>");
    screen.sees("https://news.example");
    // Leaving the workbench leaves the lesson first; unsaved changes are asked about as ever.
    screen.press("<esc><esc>q");
    screen.sees("unsaved");
}

#[test]
fn step_that_was_passed_over_keeps_a_lesson_open_in_the_next_run_too() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let mut screen = Harness::sample("first-steps");
        screen.screen = screen.screen.with_lessons(Progress::read(Some(folder.path())), true);
        screen.press("<enter>");
        screen
    };
    let mut screen = open();
    screen.press("<enter><right><right><right>");
    let known = Progress::read(Some(folder.path()));
    assert_eq!(known.skipped.len(), 1, "{known:?}");
    let mut screen = open();
    for _ in 0..8 {
        screen.press("<enter>");
    }
    let known = Progress::read(Some(folder.path()));
    assert!(known.done.is_empty(), "{known:?}");
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
            let task = matches!(step, sekisho::learn::Step::Do(_));
            screen.press(if task { "<right>" } else { "<enter>" });
        }
        // A task that was passed over waits.
        if lesson.task().is_some() {
            screen.sees("the lesson is not done: step");
            screen.sees(&format!("Lessons, 0 of {} done", lessons.len()));
        } else {
            screen.sees(&format!("Lessons, 1 of {} done", lessons.len()));
        }
    }
}

/// The keys of the first five lessons, and what the screen shows after each.
const FIRST_FIVE: [(&str, &[(&str, &str)]); 5] = [
    (
        "01-first-match",
        &[
            ("<enter>", "the rules are asked from top to bottom"),
            ("<enter>b", "not this"),
            ("<enter>d", "This policy drops by"),
            ("<enter>", "not yet"),
            ("<esc>/wiki-uploads<enter>m<up><enter>", "All goals are met: `enter`"),
            ("<enter>", "So narrow rules stand above wide"),
        ],
    ),
    (
        "02-groups",
        &[
            ("<enter>", "The group with the"),
            ("<enter>a", "a name decides nothing"),
            ("<enter>hhh", "Hint 3"),
            ("<esc>/paste-tool<enter>p<ctrl-u>100<enter>", "All goals are met: `enter`"),
            ("<enter>", "Block lists"),
        ],
    ),
    (
        "03-alert-goes-on",
        &[
            ("<enter>", "There are four actions"),
            ("<enter>b", "Log lines: `watch-wiki`"),
            ("<enter>b", "Log lines: none"),
            ("<enter>", "alert decides nothing"),
        ],
    ),
    (
        "04-default-action",
        &[
            ("<enter>", "meets the default action"),
            ("<enter>a", "right"),
            ("<enter>", "not yet"),
            ("<esc>P", "Policy: everything but its rules"),
            ("e<tab><tab>drop_established_app_layer_to_server<enter>", "done"),
            ("<esc>", "All goals are met: `enter`"),
            ("<enter>", "A list of what is allowed"),
        ],
    ),
    (
        "05-reject",
        &[
            ("<enter>", "the client waits until it gives up"),
            ("<enter>a", "The TCP connection itself is made"),
            ("<enter>", "not yet"),
            ("<esc>/old-api<enter>e<tab><ctrl-u>reject<enter>", "All goals are met: `enter`"),
            ("<enter>", "reject saves waiting"),
        ],
    ),
];

#[test]
fn first_five_lessons_are_done_with_the_keyboard_in_either_size() {
    for (columns, rows) in [(120, 40), (80, 24)] {
        let folder = tempfile::tempdir().unwrap();
        let mut screen = learning(folder.path(), Lang::English).size(columns, rows);
        for (number, (lesson, steps)) in FIRST_FIVE.into_iter().enumerate() {
            for (keys, seen) in steps {
                screen.press(keys);
                screen.sees(seen);
            }
            screen.press("<enter>");
            screen.sees(&format!("Lessons, {} of 29 done", number + 1));
            assert!(Progress::read(Some(folder.path())).done.contains(lesson));
        }
    }
}

#[test]
fn step_that_asks_something_is_passed_over_only_on_purpose() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = learning(folder.path(), Lang::English);
    screen.press("<down><enter><enter><enter>");
    screen.sees("choose an answer first; `→` passes the question over");
    screen.press("<right><enter>");
    screen.sees("not all goals are met");
    screen.press("<right>");
    screen.sees("Remember");
    screen.press("<enter>");
    screen.sees("the lesson is not done: step 2 was passed over");
    screen.press("<enter>");
    screen.sees("What happens?");
    // Where it is answered and done after all, the lesson is done.
    screen.press("a<enter><esc>/paste-tool<enter>p<ctrl-u>100<enter><enter><enter>");
    screen.sees("Lessons, 1 of 29 done");
}

#[test]
fn findings_do_not_tell_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = learning(folder.path(), Lang::English).size(80, 24);
    screen.press("<enter>");
    screen.misses("!  2");
    screen.press("<enter>");
    screen.misses("problem");
    screen.misses("!  2");
    screen.press("a");
    screen.sees("1 problem");
    screen.sees("!  2");
}

#[test]
fn class_with_a_seed_gets_the_same_questions_from_the_first_on() {
    let asked = |folder: &Path, seed: u64, level: u8, keys: &str| {
        let mut screen = learning(folder, Lang::English);
        screen.screen = screen.screen.with_quiz(seed, level);
        screen.press("<end><enter>");
        screen.press(keys);
        screen.lines()[1..8].to_vec()
    };
    for level in 1..=3 {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        // One of them has answered ten questions of another seed.
        let tenth = asked(one.path(), 5, level, &format!("a{}", "<enter>b".repeat(9)));
        assert!(tenth[0].contains("Question 10"), "{tenth:?}");
        assert_eq!(asked(one.path(), 7, level, ""), asked(other.path(), 7, level, ""));
        assert!(asked(one.path(), 5, level, "")[0].contains("Question 11"));
    }
}

#[test]
fn question_shows_the_rules_that_are_written_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = learning(folder.path(), Lang::English).size(80, 24);
    screen.screen = screen.screen.with_quiz(7, 3);
    screen.press("<end><enter>");
    screen.sees("rule-a: drop tcp $HOME_NET any -> any 443 (flow:to_server, established");
}
