//! The tour of the first start.

use sekisho::learn::Progress;
use sekisho::messages::Lang;

use super::*;

/// A first start, or a later one, with what is remembered in `folder`.
fn start(folder: &Path, lang: Lang) -> Harness {
    let mut screen = Harness::sample("first-steps");
    let progress = Progress::read(Some(folder));
    screen.screen = screen.screen.in_language(lang).with_lessons(progress, false).with_tour();
    screen.drawn()
}

/// What is typed at each stop, and what goes on from there.
const STOPS: [(&str, &str); 5] = [
    ("", "<enter>"),
    ("t10.1.2.3<tab>https://upload.wiki.example<enter>", "<enter>"),
    ("w<esc>", "<enter>"),
    ("/wiki-uploads<enter>m<down>", "<esc><enter>"),
    ("", "<enter>"),
];

#[test]
fn first_start_is_toured_once_by_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = start(folder.path(), Lang::English);
    for (number, (keys, on)) in STOPS.into_iter().enumerate() {
        screen.sees(&format!("Tour {} of 5", number + 1));
        screen.press(keys);
        screen.press(on);
    }
    screen.misses("Tour 5 of 5");
    screen.sees("the tour is over: `ctrl-t` begins it again");
    assert!(!screen.session().has_unsaved());
    start(folder.path(), Lang::English).misses("Tour");
}

#[test]
fn what_was_tried_at_a_stop_is_explained_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = start(folder.path(), Lang::English);
    screen.press("<enter>t10.1.2.3<tab>https://upload.wiki.example");
    // The keys of the tour mean something else while something is typed or carried.
    screen.sees("Who may reach what?");
    screen.misses("`enter` goes on");
    screen.press("<enter>");
    screen.sees("The verdict stands first");
    screen.sees("`enter` goes on, `esc` ends the tour.");
    screen.press("<enter>");
    screen.misses("smallest edits");
    screen.press("w<esc>");
    screen.sees("smallest edits");
    screen.press("<enter>m");
    screen.sees("While a rule is carried");
    screen.press("<esc>");
    screen.sees("Tour 4 of 5");
    screen.press("<backspace>");
    screen.sees("Tour 3 of 5");
}

#[test]
fn one_key_skips_the_tour_and_another_calls_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = start(folder.path(), Lang::English);
    screen.press("<esc>");
    screen.misses("Tour 1 of 5");
    screen.press("<enter>");
    // The keys are those of the workbench again.
    assert_eq!(screen.screen.app().focus, Pane::Rule);
    screen.press("<ctrl-t>");
    screen.sees("Tour 1 of 5");
    screen.press("<esc>:tour of<enter>");
    screen.sees("Tour 1 of 5");
    screen.press("<ctrl-l>");
    screen.press("<enter>:");
    screen.misses("Tour 1 of 5");
}

#[test]
fn workbench_without_a_place_to_remember_has_no_first_start() {
    let mut screen = Harness::sample("first-steps");
    screen.screen = screen.screen.with_lessons(Progress::read(None), false).with_tour();
    screen.drawn().misses("Tour");
}

#[test]
fn stops_of_the_tour_on_the_screen() {
    for (lang, name) in Lang::ALL.into_iter().zip(["tour_en", "tour_ja"]) {
        for (columns, rows) in SIZES {
            let folder = tempfile::tempdir().unwrap();
            let mut screen = start(folder.path(), lang).size(columns, rows);
            let mut pictures = String::new();
            for (keys, on) in STOPS {
                screen.misses("…│");
                pictures.push_str(&screen.to_string());
                screen.press(keys);
                if !keys.is_empty() {
                    pictures.push_str(&screen.to_string());
                }
                screen.press(on);
            }
            show_all(name, columns, rows, &pictures);
        }
    }
}
