//! The workbench in Japanese: switched while it is open, measured in cells.

use unicode_width::UnicodeWidthStr;

use super::*;

/// What is on the screen once the language is switched.
fn switched(mut screen: Harness, keys: &str) -> Harness {
    screen.press("L");
    pressed(screen, keys)
}

/// Shows it at every size; framed lines fill the screen and no line is longer, so that no character was cut in halves.
fn shown(name: &str, make: impl Fn() -> Harness) {
    for (columns, rows) in SIZES {
        let screen = make().size(columns, rows);
        for line in screen.lines() {
            let framed = line.starts_with(['│', '┌', '└']);
            let (cells, all) = (line.width(), usize::from(columns));
            assert!(cells == all || !framed && cells < all, "{line}\n{screen}");
        }
        show(name, columns, rows, screen);
    }
}

#[test]
fn start_is_in_japanese_once_it_is_switched() {
    shown("ja_start", || switched(Harness::sample("first-steps"), "j"));
}

#[test]
fn verdict_and_its_packets_are_in_japanese() {
    shown("ja_verdict", || switched(blocked(), "j"));
}

#[test]
fn carrying_says_in_japanese_what_would_change() {
    shown("ja_carrying", || switched(blocked(), "/wiki-uploads<enter>m<down>"));
}

#[test]
fn explanation_is_in_japanese() {
    shown("ja_why", || {
        let mut screen = Harness::sample("central-egress");
        screen.ask("10.2.3.4", "https://api.bank.example");
        switched(screen, "<tab>w")
    });
}

#[test]
fn access_is_in_japanese() {
    shown("ja_access", || switched(Harness::sample("first-steps"), "/sftp<enter>aj"));
}

#[test]
fn matrix_is_in_japanese() {
    shown("ja_matrix", || switched(Harness::sample("first-steps"), "/news<enter>xM"));
}

#[test]
fn form_is_in_japanese() {
    shown("ja_form", || switched(blocked(), "/news<enter>e<tab>"));
}

#[test]
fn problem_of_a_hand_written_rule_is_in_japanese() {
    shown("ja_hand_written", || {
        switched(
            Harness::sample("first-steps"),
            "/news<enter><down><up>itypo<tab>pass tls any any -> any any (sidd:1;)<enter>",
        )
    });
}

#[test]
fn findings_definitions_help_and_actions_are_in_japanese() {
    for (name, keys) in
        [("ja_findings", "F"), ("ja_definitions", "P"), ("ja_help", "?"), ("ja_palette", ":")]
    {
        shown(name, || switched(Harness::sample("first-steps"), keys));
    }
}

#[test]
fn switching_back_leaves_no_japanese() {
    let screen = switched(blocked(), "?<esc>L");
    let wide = |c: char| ('\u{3040}'..='\u{9fff}').contains(&c);
    assert!(!screen.to_string().contains(wide), "{screen}");
}

/// What lies over the panes and has no test of its own in both languages: the names of its pictures, and the keys that open it.
const OVERLAYS: [([&str; 2], &str); 11] = [
    (["priority_en", "priority_ja"], "gp"),
    (["leaving_en", "leaving_ja"], "/news<enter>xq"),
    (["opinion_en", "opinion_ja"], "V"),
    (["searching_en", "searching_ja"], "/wik"),
    (["keeping_en", "keeping_ja"], "<tab>k"),
    (["unsaved_en", "unsaved_ja"], "/news<enter>xD"),
    (["offers_en", "offers_ja"], "f"),
    (["other_clients_en", "other_clients_ja"], "v"),
    (["both_orders_en", "both_orders_ja"], "o"),
    (["source_form_en", "source_form_ja"], "Pjje"),
    (["group_marked_en", "group_marked_ja"], "/news<enter>B"),
];

/// The same of a policy without a file: a name does not hang on where the tests run.
const OF_NO_FILE: [([&str; 2], &str); 2] =
    [(["reason_en", "reason_ja"], "Fx"), (["save_as_en", "save_as_ja"], "S")];

fn pressed(mut screen: Harness, keys: &str) -> Harness {
    screen.press(keys);
    screen
}

#[test]
fn every_overlay_is_shown_in_both_languages() {
    let scratch = || Harness::text(super::findings::POLICY);
    for ([english, japanese], keys) in OVERLAYS {
        shown(english, || pressed(blocked(), keys));
        shown(japanese, || switched(blocked(), keys));
    }
    for ([english, japanese], keys) in OF_NO_FILE {
        shown(english, || pressed(scratch(), keys));
        shown(japanese, || switched(scratch(), keys));
    }
}
