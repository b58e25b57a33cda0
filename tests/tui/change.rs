//! What would change a verdict: edits that are offered, tried and made.

use super::*;

/// An office's upload that a narrow drop above a wide pass blocks.
fn offered() -> Harness {
    let mut screen = blocked();
    screen.press("f");
    screen
}

#[test]
fn smallest_edits_are_offered_with_what_else_they_change() {
    for (columns, rows) in SIZES {
        show("change", columns, rows, offered());
    }
    let screen = offered();
    screen.sees("What would let it through");
    screen.sees("case `nobody uploads to the wiki`: DROP → PASS, then fails");
    screen.has_role("1 case then fails", Role::Changed);
}

#[test]
fn offers_stand_below_the_rows_where_there_is_room() {
    let mut screen = blocked();
    screen.press("w");
    screen.sees("What would let it through");
    assert!(screen.line("move `wiki` above").contains("1 case then fails"), "{screen}");
    let screen = screen.size(80, 24);
    screen.misses("What would let it through");
}

#[test]
fn chosen_edit_is_made_as_one_step_that_undo_takes_back() {
    let mut screen = offered();
    let before = screen.session().text().to_owned();
    screen.press("j");
    assert!(screen.line("»").contains("move `wiki` above `wiki-uploads`"), "{screen}");
    screen.press("<enter>");
    screen.sees("move `wiki` above `wiki-uploads`: done   `u` takes it back");
    screen.sees("WORKS");
    assert!(screen.line("»").contains("wiki "), "{screen}");
    screen.press("u");
    assert_eq!(screen.session().text(), before);
    assert!(!screen.session().can_undo());
}

#[test]
fn every_offer_gives_the_verdict_when_it_is_made() {
    let offers = offered().to_string().lines().filter(|line| line.contains(" flows ")).count();
    assert!(offers > 2, "{}", offered());
    for n in 0..offers {
        let mut screen = offered();
        screen.press(&"j".repeat(n));
        screen.press("<enter>");
        screen.sees("done   `u` takes it back");
        screen.sees("WORKS");
    }
}

#[test]
fn request_that_passes_is_offered_what_would_block_it() {
    let mut screen = Harness::sample("first-steps");
    screen.ask("10.1.2.3", "https://en.wiki.example");
    screen.press("f");
    screen.sees("What would block it");
    screen.press("<enter>");
    screen.misses("WORKS");
}

#[test]
fn offers_follow_the_request_and_the_policy() {
    let mut screen = offered();
    screen.screen.take(Typed::Paste("10.1.2.3 https://en.wiki.example".to_owned()));
    screen.draw();
    screen.sees("What would block it");
    screen.misses("What would let it through");
}

#[test]
fn mouse_chooses_an_offer() {
    let mut screen = offered();
    screen.click("disable `wiki-uploads`");
    assert!(screen.line("»").contains("disable `wiki-uploads`"), "{screen}");
}

#[test]
fn offers_are_searched_for_beside_the_screen() {
    let session = Session::open(&Input::File(sample("first-steps")), &RulesOptions::default());
    let mut screen = Screen::new(session.unwrap(), THEME, Beside::held());
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    let mut picture = |screen: &mut Screen| {
        terminal.draw(|frame| screen.draw(frame)).unwrap();
        let cells = terminal.backend().buffer().content();
        cells.iter().map(|cell| cell.symbol()).collect::<String>()
    };
    screen.press("t10.1.2.3<tab>https://upload.wiki.example<enter>f<enter>");
    let searching = picture(&mut screen);
    assert!(searching.contains("being searched for") && searching.contains("no edit to make"));
    screen.settle();
    assert!(picture(&mut screen).contains("What would let it through"));
    // What was found for another request is not shown for this one.
    screen.press("<esc>t<tab><ctrl-u>https://en.wiki.example<enter>f");
    assert!(picture(&mut screen).contains("being searched for"));
}
