//! A policy in action order: the list says when each row is asked, and carrying a row says that it changes nothing.

use super::*;

#[test]
fn rows_say_when_they_are_asked() {
    let mut screen = Harness::sample("action-order");
    screen.sees("ASKED");
    screen.misses("PRIORITY");
    let turns = [
        ("DROP   handbook-drafts", "3"),
        ("PASS   handbook ", "1"),
        ("DROP   social-media", "4"),
        ("PASS   job-adverts", "2"),
        ("REJECT games-polite", "6"),
        ("DROP   games-silent", "5"),
    ];
    for (row, turn) in turns {
        let line = screen.line(row);
        let before = line.split(row).next().unwrap();
        assert_eq!(before.split_whitespace().last(), Some(turn), "{screen}");
    }
    // It stays so wherever the row is carried.
    screen.press("jmj");
    screen.sees("where a row stands changes");
    let line = screen.line("DROP   handbook-drafts");
    assert!(line.contains(" 3 "), "{screen}");
    for (columns, rows) in SIZES {
        show("action_order", columns, rows, screen.size(columns, rows));
        screen = Harness::sample("action-order");
        screen.press("jmj");
    }
}
