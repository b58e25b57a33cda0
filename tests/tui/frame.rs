//! What frames the work: differences, the palette, the clipboard, searching.

use super::*;

#[test]
fn unsaved_changes_are_shown_as_text_and_as_rules() {
    for (columns, rows) in SIZES {
        let mut screen = Harness::sample("first-steps");
        screen.press("/news<enter>x/wiki-uploads<enter>JD");
        show("changes", columns, rows, screen);
    }
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter>xD");
    screen.has_role("+ ", Role::Added);
    screen.press("<tab>");
    show("changes_rules", 120, 36, screen);
}

#[test]
fn changes_can_be_looked_at_before_they_are_thrown_away() {
    let mut screen = Harness::sample("first-steps");
    screen.press("D");
    screen.sees("nothing is unsaved");
    screen.press("/news<enter>xqv");
    screen.sees("Unsaved changes of");
    screen.sees("enabled: false");
    screen.press("<esc>");
    screen.sees("leave without saving?");
}

#[test]
fn edit_and_its_undo_leave_nothing_unsaved() {
    let text = fs::read_to_string(sample("first-steps")).unwrap();
    let mut screen = Harness::text(&text);
    screen.press("/news<enter>x");
    assert!(screen.session().has_unsaved());
    screen.press("x");
    assert!(!screen.session().has_unsaved());
}
