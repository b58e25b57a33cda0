//! The picture of who reaches what.

use super::*;

fn matrix(sample: &str) -> Harness {
    let mut screen = Harness::sample(sample);
    screen.press("M");
    screen
}

#[test]
fn picture_has_a_cell_for_each_source_and_target() {
    for (columns, rows) in SIZES {
        show("matrix", columns, rows, matrix("first-steps").size(columns, rows));
    }
}

#[test]
fn columns_that_have_no_room_are_a_step_away() {
    let mut screen = matrix("central-egress").size(80, 24);
    screen.sees("payroll");
    screen.sees("›");
    screen.press("llll");
    screen.sees("‹");
    let name = "Who reaches what";
    screen.sees(name);
    screen.press("hhhh");
    screen.misses("‹");
    screen.press("<esc>");
    screen.misses(name);
}

#[test]
fn cell_is_tried_with_one_key() {
    let mut screen = matrix("first-steps");
    screen.press("jj<enter>");
    screen.misses("Who reaches what");
    assert!(!screen.session().test().url.is_empty(), "{screen}");
    assert!(screen.session().derived().answer().is_some());
}

#[test]
fn unsaved_change_is_marked_and_told() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter>xM");
    let lines = screen.lines();
    assert!(lines.iter().any(|line| line.contains("drop*")), "{screen}");
    while !screen.to_string().contains("before the unsaved changes: pass") {
        let before = screen.to_string();
        screen.press("j");
        assert_ne!(before, screen.to_string(), "it is told at some line");
    }
}
