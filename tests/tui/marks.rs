//! Rules that are marked, and what is done with all of them in one step; groups that are carried.

use super::*;
use sekisho::policy::Policy;

fn names(policy: &Policy) -> Vec<String> {
    let groups = policy.rule_groups.iter();
    groups.flat_map(|group| &group.rules).map(|rule| rule.name.value.clone()).collect()
}

/// `wiki-uploads` and `news` are marked.
fn marked() -> Harness {
    let mut screen = blocked();
    screen.press("/wiki-uploads<enter> /news<enter> ");
    screen
}

#[test]
fn marks_are_seen_and_say_what_can_be_done() {
    for (columns, rows) in SIZES {
        show("marked", columns, rows, marked().size(columns, rows));
    }
    let mut screen = marked();
    screen.sees("2 rules marked");
    assert!(screen.line("wiki-uploads").contains('+'), "{screen}");
    screen.press(" ");
    screen.sees("1 rule marked");
    screen.press("<esc>");
    screen.misses("marked");
    assert!(!screen.line("wiki-uploads").contains('+'), "{screen}");
    screen.press("<esc>");
    assert!(screen.screen.app().panes.rules.marked.is_empty());
}

#[test]
fn range_and_group_are_marked_with_one_key() {
    let mut screen = blocked();
    screen.press("/wiki-uploads<enter> jjjr");
    screen.sees("4 rules marked");
    screen.press("B");
    screen.sees("7 rules marked");
    screen.press("B");
    screen.misses("marked");
    screen.press("g ");
    screen.sees("1 rule marked");
}

#[test]
fn marked_rules_move_in_one_edit_that_undo_names() {
    let mut screen = marked();
    let text = screen.session().text().to_owned();
    screen.press("GH");
    screen.sees("move 2 rules to group `network`, below `time`");
    let after = names(screen.session().policy());
    assert_eq!(after[after.len() - 3..], ["time", "wiki-uploads", "news"]);
    assert_eq!(screen.screen.app().panes.rules.marked.len(), 2, "they stay marked");
    screen.press("K");
    let up = names(screen.session().policy());
    assert_eq!(up[up.len() - 3..], ["wiki-uploads", "news", "time"]);
    screen.press("H");
    screen.sees("stand here already");
    screen.press("uu");
    assert_eq!(screen.session().text(), text);
    assert_eq!(screen.screen.app().panes.rules.marked.len(), 2);
}

#[test]
fn marked_rules_are_switched_copied_and_deleted_together() {
    let mut screen = marked();
    let text = screen.session().text().to_owned();
    screen.press("x");
    screen.sees("disable 2 rules");
    assert_eq!(screen.session().text().matches("enabled: false").count(), 2);
    screen.press("x");
    screen.sees("enable 2 rules");
    screen.press("uu/packages<enter>C");
    screen.sees("copy 2 rules to group `web`");
    let after = names(screen.session().policy());
    let at = after.iter().position(|name| name == "packages").unwrap();
    assert_eq!(after[at + 1..at + 3], ["wiki-uploads-copy", "news-copy"]);
    assert!(screen.screen.app().panes.rules.marked.is_empty());
    assert!(screen.line("»").contains("wiki-uploads-c…"), "{screen}");
    screen.press("u");
    assert_eq!(screen.session().text(), text);
    screen.press("/map-tiles<enter> /packages<enter> d");
    screen.sees("delete 2 rules");
    let after = names(screen.session().policy());
    assert!(!after.contains(&"map-tiles".to_owned()) && !after.contains(&"packages".to_owned()));
    screen.press("u");
    assert_eq!(screen.session().text(), text);
}

#[test]
fn rules_that_a_case_names_are_not_deleted_and_nothing_else_is() {
    let mut screen = marked();
    let text = screen.session().text().to_owned();
    screen.press("d");
    screen.sees("wiki-uploads");
    assert_eq!(screen.session().text(), text);
}

#[test]
fn marked_block_is_carried_and_shows_what_would_change() {
    let carried = || {
        let mut screen = marked();
        screen.press("m<down>");
        screen
    };
    for (columns, rows) in SIZES {
        show("carried_block", columns, rows, carried().size(columns, rows));
    }
    let mut screen = carried();
    screen.sees("carrying 2 rules");
    assert!(screen.line("»  3").contains("200 / 2←1"), "{screen}");
    assert!(screen.line("»  4").contains("200 / 3←3"), "{screen}");
    screen.sees("DROP → PASS");
    screen.sees("1 set of flows changes");
    screen.sees("row order kept by the engine");
    let before = screen.session().text().to_owned();
    screen.press("<esc>");
    assert_eq!(screen.session().text(), before);
    screen.press("m<down><enter>");
    screen.sees("move 2 rules above `map-tiles`");
    screen.press("u");
    assert_eq!(screen.session().text(), before);
}

#[test]
fn group_is_carried_to_a_priority_in_the_gap() {
    let carried = || {
        let mut screen = blocked();
        screen.press("ghh");
        screen.press("g");
        screen.press("m<down>");
        screen
    };
    for (columns, rows) in SIZES {
        show("carried_group", columns, rows, carried().size(columns, rows));
    }
    let mut screen = carried();
    screen.sees("carrying group block-list");
    screen.sees("250←100");
    screen.sees("group block-list, priority 100 → 250");
    screen.press("<enter>");
    screen.sees("give group `block-list` priority 250");
    assert_eq!(screen.session().policy().rule_groups[0].priority.value, 250);
    screen.press("u");
    assert_eq!(screen.session().policy().rule_groups[0].priority.value, 100);
}

#[test]
fn groups_without_a_gap_are_renumbered_only_when_asked_and_in_one_edit() {
    let text = fs::read_to_string(sample("first-steps")).unwrap();
    let text =
        text.replace("priority: 200", "priority: 101").replace("priority: 300", "priority: 102");
    let mut screen = Harness::text(&text);
    screen.press("gm<down>");
    screen.sees("no priority is free");
    screen.sees("between 101 and 102: `=`");
    screen.press("<enter>");
    assert_eq!(screen.session().text(), text);
    screen.press("=");
    let priorities = |screen: &Harness| -> Vec<u32> {
        screen.session().policy().rule_groups.iter().map(|group| group.priority.value).collect()
    };
    assert_eq!(priorities(&screen), [200, 100, 300]);
    screen.sees("give the groups priorities 100 apart");
    screen.press("u");
    assert_eq!(screen.session().text(), text);
    screen.press("=");
    assert_eq!(priorities(&screen), [100, 200, 300]);
    screen.press("=");
    screen.sees("have these gaps already");
}

#[test]
fn mark_stays_at_a_rule_that_gets_another_name() {
    let mut screen = marked();
    screen.press("/news<enter>ez<enter>");
    assert_eq!(screen.screen.app().panes.rules.marked.len(), 2);
    assert!(screen.line("newsz").contains('+'), "{screen}");
    screen.press("u");
    assert!(screen.line("news ").contains('+'), "{screen}");
}

#[test]
fn flows_are_counted_again_where_a_rule_was_before() {
    let mut screen = blocked();
    screen.press("/wiki-uploads<enter>m<down>");
    screen.sees("1 set of flows changes");
    screen.press("<up>");
    screen.sees("this is where it was picked up");
    screen.press("<down>");
    screen.sees("1 set of flows changes");
}
