//! Logs in the workbench: named, counted beside the screen, looked into, tried, made into rules.

use unicode_width::UnicodeWidthStr;

use super::*;
use sekisho::tui::Input as Typed;

/// Requests of the first sample's sources: what passes, what a rule and what the default drops, lines that are none.
pub(super) const LOG: &str = "tests/fixtures/logs/egress.log";

/// The first sample with a log.
fn counted() -> Harness {
    let mut screen = Harness::sample("first-steps");
    screen.press(&format!("R{LOG}<enter>"));
    screen
}

fn japanese(mut screen: Harness) -> Harness {
    screen.press("<esc><esc>LR");
    screen
}

/// Shows it in both languages at every size; framed lines fill the screen.
fn shown(names: [&str; 2], make: impl Fn(bool) -> Harness) {
    for (name, japanese) in names.into_iter().zip([false, true]) {
        for (columns, rows) in SIZES {
            let screen = make(japanese).size(columns, rows);
            for line in screen.lines() {
                let framed = line.starts_with(['│', '┌', '└']);
                let (cells, all) = (line.width(), usize::from(columns));
                assert!(cells == all || !framed && cells < all, "{line}\n{screen}");
            }
            show(name, columns, rows, screen);
        }
    }
}

fn in_both(screen: Harness, is_japanese: bool) -> Harness {
    if is_japanese { japanese(screen) } else { screen }
}

#[test]
fn logs_are_asked_for_and_their_names_completed() {
    shown(["logs_asked", "ja_logs_asked"], |is_japanese| {
        let mut screen = Harness::sample("first-steps");
        screen.press(if is_japanese { "LR" } else { "R" });
        screen.press("tests/fixtures/<tab>");
        screen
    });
    let mut screen = Harness::sample("first-steps");
    screen.press("Rtests/fixtures/lo<tab>eg<tab>");
    screen.sees(LOG);
}

#[test]
fn logs_are_counted_part_by_part() {
    shown(["logs_counted", "ja_logs_counted"], |is_japanese| in_both(counted(), is_japanese));
}

#[test]
fn requests_behind_a_count_are_listed() {
    shown(["log_requests", "ja_log_requests"], |is_japanese| {
        let mut screen = in_both(counted(), is_japanese);
        screen.press("<enter>");
        screen
    });
}

#[test]
fn rules_made_of_logs_are_shown_as_an_edit() {
    shown(["logs_suggested", "ja_logs_suggested"], |is_japanese| {
        let mut screen = in_both(counted(), is_japanese);
        screen.press("s");
        screen
    });
}

#[test]
fn hostile_lines_are_listed_printable() {
    shown(["logs_unreadable", "ja_logs_unreadable"], |is_japanese| {
        let mut screen = in_both(counted(), is_japanese);
        screen.press("gjjjj<enter>");
        screen
    });
    let mut screen = counted();
    screen.press("gjjjj<enter>");
    screen.sees("\\u{1b}");
    screen.sees("\\u{202e}");
    screen.press("<enter>");
    screen.sees("there is no request in this line");
}

#[test]
fn blocked_request_is_opened_in_two_keys_and_kept_as_a_case() {
    for keys in ["<enter><enter>", "b<enter>"] {
        let mut screen = counted();
        screen.press(keys);
        screen.sees("TIMES OUT");
        screen.sees("from egress.log:");
        assert!(!screen.session().test().url.is_empty());
        assert_eq!(screen.screen.app().focus, Pane::Test);
        screen.press("k<enter>");
        screen.sees("9 ok");
        let case = screen.session().policy().cases.last().unwrap().clone();
        assert_eq!(case.url, screen.session().test().url);
        // The log is where it was.
        screen.press("R");
        screen.sees("Logs: requests");
    }
}

#[test]
fn request_that_the_log_blocked_is_among_the_blocked() {
    let mut screen = Harness::text(&fs::read_to_string(sample("first-steps")).unwrap().replace(
        "default_actions: [drop_established_app_layer_to_server, alert_established_app_layer_to_server]",
        "default_actions: [alert_established_app_layer_to_server]",
    ));
    screen.press(&format!("R{LOG}<enter>b"));
    let line = screen.line("files.partner.example/private");
    assert!(line.contains("pass"), "{line}");
}

#[test]
fn request_of_which_the_log_leaves_something_out_says_so() {
    let mut screen = counted();
    screen.press("<tab><tab><tab><tab><tab><enter><enter>");
    screen.sees("as a usual client would");
}

#[test]
fn edited_policy_makes_it_stale_and_a_key_counts_again() {
    let mut screen = counted();
    screen.misses("stale:");
    screen.press("<esc>/paste-sites<enter>xR");
    screen.sees("stale: the policy was edited since; `r`");
    screen.press("s");
    screen.sees("read the logs again first");
    screen.press("r");
    screen.misses("stale:");
    screen.press("<esc>u");
    screen.press("R");
    screen.sees("stale:");
}

#[test]
fn rules_are_put_into_the_policy_by_one_edit_that_undo_takes_back() {
    let mut screen = counted();
    let before = screen.session().text().to_owned();
    screen.press("s<esc>");
    assert_eq!(screen.session().text(), before);
    screen.press("s<enter>");
    let policy = screen.session().policy();
    let group = policy.rule_groups.last().unwrap();
    assert_eq!(group.name.value, "from-logs");
    assert!(group.rules.len() > 1);
    screen.sees("made of logs: done");
    screen.sees("stale:");
    screen.press("u");
    assert_eq!(screen.session().text(), before);
    assert!(!screen.session().can_undo());
}

#[test]
fn what_no_rule_decides_leads_to_the_rule() {
    let mut screen = counted();
    screen.press("G<enter>");
    screen.misses("Logs:");
    assert!(screen.line("»").contains("time"), "{screen}");
}

#[test]
fn part_is_listed_in_full_when_its_last_line_is_opened() {
    let mut screen = counted();
    screen.press("<tab><tab><tab>");
    let line = screen.line("»").trim().to_owned();
    screen.press("jjjjjjjj<enter>");
    screen.misses("and 13 more…");
    screen.press("<tab><shift-tab>");
    assert_eq!(screen.line("»").trim(), line);
}

#[test]
fn log_that_cannot_be_read_says_so_before_it_begins() {
    let mut screen = Harness::sample("first-steps");
    screen.press("R<enter>");
    screen.sees("type the name of a file");
    screen.press("no-such.log<enter>");
    screen.sees("no-such.log:");
    screen.press("<ctrl-u>tests<enter>");
    screen.sees("tests: it is no file");
    screen.press(&format!("<ctrl-u>{LOG} \"{LOG}\"<enter>"));
    screen.sees("egress.log and 1 more");
    screen.sees("in 150 lines of 2 logs");
}

#[test]
fn what_there_is_to_know_of_the_sums_is_read_to_its_end_in_a_narrow_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("asked.csv");
    std::fs::write(&log, "10.1.2.3,https://www.wiki.example\n").unwrap();
    let mut screen = Harness::sample("first-steps").size(80, 24);
    screen.press(&format!("R{}<enter>", log.display()));
    let inside = |line: &String| line.trim_matches(['│', ' ']).to_owned();
    let told = screen.lines().iter().map(inside).collect::<Vec<_>>().join(" ");
    let whole = sekisho::messages::replay::no_outcomes();
    assert!(told.contains(whole.say(Lang::English)), "{screen}");
}

/// The first sample while a log is being read: nothing of it is counted until the screen is settled.
pub(super) fn reading() -> Harness {
    let session = Session::open(&Input::File(sample("first-steps")), &RulesOptions::default());
    let mut screen = Harness::new(session.unwrap(), Beside::held());
    screen.press(&format!("R{LOG}<enter>"));
    screen
}

#[test]
fn reading_is_ended_by_a_key_and_the_screen_goes_on() {
    let mut screen = reading();
    screen.sees("reading the logs…");
    for key in ["s", "r"] {
        screen.press(key);
        screen.sees("the logs are being read: `x` ends that");
    }
    screen.press("b");
    screen.sees("no log was read");
    // The screen takes keys meanwhile.
    screen.press("<esc>/news<enter>x");
    screen.sees("disable `news`: done");
    screen.press("Rx");
    screen.sees("what was counted until now is kept");
    screen.screen.settle();
    screen.draw();
    screen.sees("ended before the end of the logs");
    screen.sees("stale:");
    screen.press("r");
    screen.sees("below stands what was counted before");
    screen.screen.settle();
    screen.draw();
    screen.misses("counted before");
    screen.misses("ended before");
    screen.misses("stale:");
}

#[test]
fn making_of_rules_is_ended_by_esc_and_may_begin_again() {
    let mut screen = reading();
    screen.screen.settle();
    screen.draw();
    for end in ["<esc>", "x"] {
        screen.press("s");
        screen.sees("making rules of the logs… (`esc` ends it)");
        screen.press(end);
        screen.sees("ended: no rules were made");
        // The pane stays, and what was made until then is not shown.
        screen.screen.settle();
        screen.draw();
        screen.sees("Logs: egress.log");
        screen.misses("there is nothing to suggest");
    }
    screen.press("s");
    screen.screen.settle();
    screen.draw();
    screen.sees("from-logs");
    screen.press("<esc>");
    screen.sees("Logs: egress.log");
}

#[test]
fn counts_of_one_log_never_stand_under_the_name_of_another() {
    let mut screen = reading();
    screen.screen.settle();
    screen.draw();
    screen.sees("38.0 %");
    let other = "tests/fixtures/plain.rules";
    screen.press(&format!("o<ctrl-u>{other}<enter>"));
    screen.sees("Logs: plain.rules");
    screen.misses("38.0 %");
    screen.press("<enter>");
    screen.sees("nothing is counted yet");
    screen.screen.settle();
    screen.draw();
    screen.sees("unreadable");
}

#[test]
fn reading_that_ends_while_the_pane_is_closed_is_told() {
    let mut screen = reading();
    screen.press("<esc>");
    screen.screen.settle();
    screen.draw();
    screen.sees("the logs are counted: `R` shows them");
}

#[test]
fn click_selects_a_count() {
    let mut screen = counted();
    screen.click("10.2.0.5");
    assert!(screen.line("»").contains("10.2.0.5"), "{screen}");
    let (x, y) = screen.place("10.2.0.5");
    screen.screen.take(Typed::Wheel(x, y, 6));
    screen.draw();
    screen.press("<enter>");
    screen.sees("Logs: requests, 10.2.0.5");
}

#[test]
fn smallest_terminal_keeps_the_frame_whole() {
    for keys in ["", "<enter>", "gjjjj<enter>", "s", "o"] {
        let mut screen = counted().size(40, 10);
        screen.press(keys);
        let last = screen.lines().into_iter().rfind(|line| line.contains('┘'));
        assert!(last.is_some_and(|line| line.width() == 40), "`{keys}`\n{screen}");
    }
}
