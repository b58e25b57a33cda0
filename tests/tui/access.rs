//! What reaches what, exactly: about a row, a source, a name.

use super::*;

fn about_wiki() -> Harness {
    let mut screen = Harness::sample("first-steps");
    screen.press("/wiki<enter>na");
    screen
}

#[test]
fn row_is_told_with_a_request_and_the_rows_with_which_its_order_decides() {
    for (columns, rows) in SIZES {
        show("access_of_row", columns, rows, about_wiki().size(columns, rows));
    }
}

#[test]
fn source_is_told_with_all_that_it_reaches() {
    for (columns, rows) in SIZES {
        let mut screen = Harness::sample("central-egress");
        screen.press("A<ctrl-u>from payroll<enter>jj");
        show("access_of_source", columns, rows, screen.size(columns, rows));
    }
}

#[test]
fn request_of_a_line_is_tried_and_its_row_gone_to() {
    let mut screen = Harness::sample("central-egress");
    screen.press("A<ctrl-u>to api.bank.example<enter>");
    screen.sees("to api.bank.example");
    screen.press("<enter>");
    screen.misses("What reaches what");
    assert!(screen.session().test().url.contains("api.bank.example"), "{screen}");
    assert!(!screen.session().test().dst.is_empty());

    let mut screen = Harness::sample("central-egress");
    screen.press("A<ctrl-u>rule paste-sites<enter>jjj.");
    screen.misses("What reaches what");
    screen.sees("»  8");
    screen.sees("research-on-pa");
}

#[test]
fn question_that_cannot_be_read_says_what_to_write_and_stays() {
    let mut screen = Harness::sample("first-steps");
    for (asked, said) in [
        ("payroll", "`from` and a source"),
        ("from nobody", "nobody"),
        ("to a..b", "a..b"),
        ("rule nowhere", "nowhere"),
    ] {
        screen.press(&format!("A<ctrl-u>{asked}<enter>"));
        screen.sees("What reaches what?");
        screen.sees(said);
        screen.press("<esc>");
    }
    screen.press("ga");
    screen.sees("select a rule first");
    // The example of a row is no other row.
    screen.press("/news<enter>a.");
    screen.sees("no single rule decides this line");
}

#[test]
fn another_question_takes_the_place_of_the_one_before() {
    let mut screen = about_wiki();
    screen.press("/<ctrl-u>to wiki.example<enter>");
    screen.sees("to wiki.example");
    screen.press("<esc>");
    screen.misses("What reaches what");
}
