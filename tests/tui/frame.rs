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

#[test]
fn palette_lists_every_action_those_of_the_moment_first() {
    for (columns, rows) in SIZES {
        let mut screen = Harness::sample("first-steps");
        screen.press(":");
        show("palette", columns, rows, screen);
    }
    let mut screen = Harness::sample("first-steps");
    screen.press(":carry");
    show("palette_found", 80, 24, screen);
}

#[test]
fn palette_does_what_is_chosen_in_the_pane_it_belongs_to() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter><tab><tab><tab>:disable or<enter>");
    screen.sees("disable `news`: done");
    assert_eq!(screen.screen.app().focus, Pane::Rules);
    screen.press(":undo<esc>");
    assert!(screen.session().has_unsaved(), "closing it does nothing");
    screen.press(":take back<down><up><enter>");
    assert!(!screen.session().has_unsaved());
    assert!(screen.press(":quit<enter>"));
}

#[test]
fn best_match_is_seen_after_a_turn_of_the_wheel() {
    let mut screen = Harness::sample("first-steps").size(80, 24);
    screen.press(":");
    screen.screen.take(Typed::Wheel(40, 12, 30));
    screen.draw();
    screen.press("move");
    screen.sees("move the rule up");
}

#[test]
fn palette_says_why_an_action_cannot_be_done_and_stays() {
    let mut screen = Harness::sample("first-steps");
    screen.press(":make it again<enter>");
    screen.sees("nothing to make again");
    screen.sees("Actions");
    screen.press("<ctrl-u>put it down<enter>");
    screen.sees("no rule is carried");
    screen.press("<ctrl-u>no such thing<enter>");
    screen.sees("no action is called like that");
    screen.press("<esc>/news<enter>m<down>:delete<enter>");
    screen.sees("put the carried rule down first");
    screen.press("<ctrl-u>put-back<enter>");
    assert!(!screen.session().has_unsaved());
    screen.misses("carrying");
}

#[test]
fn palette_walks_on_after_a_search() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/office<enter>:next match<enter>");
    assert!(screen.line("»").contains("map-tiles"), "{screen}");
}

#[test]
fn help_finds_what_is_typed_and_scrolls() {
    let mut screen = Harness::sample("first-steps");
    screen.press("?");
    screen.misses("Choosing an action");
    screen.press("<end>");
    screen.sees("Choosing an action");
    screen.press("priority");
    screen.sees("change the priority of the group");
    screen.misses("pick the rule up");
    screen.press("<ctrl-u>zzzz");
    screen.sees("no action is called like that");
    screen.press("?");
    screen.misses("no action is called");
}

#[test]
fn rule_its_compiled_text_the_sentence_and_the_request_are_copied() {
    let mut screen = blocked();
    let copied = |screen: &mut Harness, keys: &str| {
        screen.press(keys);
        screen.screen.take_clipboard()
    };
    let rule = copied(&mut screen, "/wiki-uploads<enter>y").unwrap();
    assert!(screen.session().text().contains(rule.trim()), "{rule}");
    screen.sees("copied: `wiki-uploads`");
    let compiled = copied(&mut screen, "Y").unwrap();
    assert_eq!(compiled.lines().count(), 2);
    assert!(compiled.starts_with("drop tls "), "{compiled}");
    screen.sees("copied: 2 rules of `wiki-uploads` for Suricata");
    let sentence = copied(&mut screen, "<tab>y").unwrap();
    assert!(sentence.starts_with("TIMES OUT dropped by"), "{sentence}");
    let command = copied(&mut screen, "Y").unwrap();
    assert!(command.starts_with("sekisho try "), "{command}");
    assert!(command.ends_with("--from 10.1.2.3 https://upload.wiki.example"), "{command}");
}

#[test]
fn what_cannot_be_copied_says_why() {
    let mut screen = Harness::text(&fs::read_to_string(sample("first-steps")).unwrap());
    screen.press("<tab>y");
    screen.sees("no request yet");
    screen.ask("10.1.2.3", "https://pypi.org");
    screen.press("Y");
    screen.sees("save it first");
    screen.press("<esc>/news<enter>xY");
    screen.sees("nothing is compiled from this rule");
    screen.press("kkkkkky");
    screen.sees("no rule is selected");
    assert_eq!(screen.screen.take_clipboard(), None);
}

#[test]
fn what_is_wrong_with_the_settings_is_told_once_and_the_rest_is_used() {
    let text = "theme = \"drak\"\n\n[keys]\npick-pu = \"M\"\nnew-rule = \"z\"\n";
    for (columns, rows) in SIZES {
        let screen = Harness::sample("first-steps").with_settings(text);
        show("settings", columns, rows, screen);
    }
    let mut screen = Harness::sample("first-steps").with_settings(text);
    screen.press("<esc>");
    screen.misses("config.toml");
    screen.sees("z new");
    screen.press("z");
    screen.sees("New rule in block-list");
}

#[test]
fn keys_of_the_settings_do_and_are_named_everywhere() {
    let text = "[keys]\ntype-request = \"Z\"\nundo = \"z\"\npalette = \"ctrl-p\"\n";
    let mut screen = Harness::sample("first-steps").with_settings(text);
    screen.sees("`Z` types a source");
    screen.press("t/news<enter>x");
    screen.sees("done   `z` takes it back");
    screen.sees("z undo");
    screen.press("z<ctrl-p>take the last");
    screen.sees("nothing to undo");
    screen.press("<esc>Z");
    screen.press("10.1.2.3");
    assert_eq!(screen.session().test().from, "10.1.2.3");
}

#[test]
fn theme_is_switched_while_the_workbench_is_open() {
    let mut screen = Harness::sample("first-steps");
    let dark = screen.style("wiki-uploads");
    screen.press("T");
    screen.sees("theme light");
    let light = THEME.named(ThemeName::Light);
    assert_eq!(screen.style("wiki-uploads").fg, light.style(Role::Text).fg);
    assert_eq!(screen.style("wiki-uploads").bg, light.ground().bg);
    screen.press(":theme<enter>");
    screen.sees("theme high-contrast");
    screen.press("T");
    assert_eq!(screen.style("wiki-uploads"), dark);
}

#[test]
fn number_typed_into_the_palette_goes_to_the_rule_of_that_number_or_sid() {
    let mut screen = Harness::sample("first-steps");
    screen.press(":4");
    screen.sees("go to  news");
    screen.press("<enter>");
    assert!(screen.line("»").contains("news"), "{screen}");
    screen.press("<tab>:200201<enter>");
    assert!(screen.line("»").contains("wiki"), "a rule it is compiled to\n{screen}");
    assert_eq!(screen.screen.app().focus, Pane::Rules);
    screen.press(":999<enter>");
    screen.sees("no rule has that number or sid");
}

#[test]
fn search_finds_by_address_host_name_and_sid_while_it_is_typed() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/x.tiles.example");
    assert!(screen.line("»").contains("map-tiles"), "{screen}");
    screen.sees("1 found");
    screen.press("<ctrl-u>10.1.2.3");
    assert!(screen.line("»").contains("news"), "office holds it\n{screen}");
    screen.press("<ctrl-u>200100");
    assert!(screen.line("»").contains("wiki-uploads"), "{screen}");
    screen.press("<ctrl-u>nowhere<enter>");
    screen.sees("no rule has `nowhere`");
}
