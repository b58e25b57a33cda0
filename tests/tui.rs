//! The workbench as a person meets it: keys go in as they are typed, the picture comes out as text.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::{Path, PathBuf};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sekisho::interop::RulesOptions;
use sekisho::messages::Lang;
use sekisho::tui::{Beside, Input as Typed, Pane, Role, Screen};
use sekisho::workbench::{Input, Session, Settings, ThemeName};

#[path = "tui/access.rs"]
mod access;
#[path = "tui/action_order.rs"]
mod action_order;
#[path = "tui/change.rs"]
mod change;
#[path = "tui/findings.rs"]
mod findings;
#[path = "tui/forms.rs"]
mod forms;
#[path = "tui/frame.rs"]
mod frame;
#[path = "tui/japanese.rs"]
mod japanese;
#[path = "tui/keys.rs"]
mod keys;
#[path = "tui/lessons.rs"]
mod lessons;
#[path = "tui/logs.rs"]
mod logs;
#[path = "tui/lost.rs"]
mod lost;
#[path = "tui/marks.rs"]
mod marks;
#[path = "tui/matrix.rs"]
mod matrix;
#[path = "tui/paste.rs"]
mod paste;
#[path = "tui/tour.rs"]
mod tour;
#[path = "tui/why.rs"]
mod why;

#[path = "shared/harness.rs"]
mod harness;
use harness::{Harness, THEME};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("samples/{name}/policy.yaml"))
}

impl Harness {
    fn open(path: &Path) -> Self {
        let session = Session::open(&Input::File(path.to_owned()), &RulesOptions::default());
        Self::of(session.unwrap())
    }

    fn with_settings(mut self, text: &str) -> Self {
        let file = Some(PathBuf::from("config.toml"));
        self.screen = self.screen.with_settings(&Settings { file, ..Settings::of(text) });
        self.drawn()
    }

    fn sample(name: &str) -> Self {
        Self::open(&sample(name))
    }

    fn text(text: &str) -> Self {
        Self::of(Session::scratch(text.to_owned()).unwrap())
    }

    fn of(session: Session) -> Self {
        Self::new(session, Beside::at_once())
    }

    fn ask(&mut self, from: &str, url: &str) {
        self.press(&format!("t<ctrl-u>{from}<tab><ctrl-u>{url}<esc>"));
    }

    fn session(&self) -> &Session {
        &self.screen.app().session
    }

    /// The line that holds `text`.
    fn line(&self, text: &str) -> String {
        let found = self.lines().into_iter().find(|line| line.contains(text));
        found.unwrap_or_else(|| panic!("`{text}` is not on the screen\n{self}"))
    }
}

/// Compares the picture with the one that was read and accepted.
fn show(name: &str, columns: u16, rows: u16, screen: Harness) {
    show_all(name, columns, rows, &screen.size(columns, rows).to_string());
}

/// One picture, or several in turn.
fn show_all(name: &str, columns: u16, rows: u16, pictures: &str) {
    insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), pictures);
}

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (60, 20)];

/// A request that a narrow drop blocks and the pass below it would let through.
fn blocked() -> Harness {
    let mut screen = Harness::sample("first-steps");
    screen.ask("10.1.2.3", "https://upload.wiki.example");
    screen
}

/// The same with the drop in the air, below the pass.
fn carried() -> Harness {
    let mut screen = blocked();
    screen.press("/wiki-uploads<enter>m<down>");
    screen
}

#[test]
fn start_shows_the_rules_and_invites_to_try_a_request() {
    for (columns, rows) in SIZES {
        show("start", columns, rows, Harness::sample("first-steps"));
    }
    show("start", 200, 60, Harness::sample("central-egress"));
}

#[test]
fn verdict_stands_first_with_its_rule_and_its_packets() {
    for (columns, rows) in SIZES {
        show("verdict", columns, rows, blocked());
    }
}

#[test]
fn carrying_shows_what_would_change_before_it_does() {
    for (columns, rows) in SIZES {
        show("carrying", columns, rows, carried());
    }
}

#[test]
fn form_shows_its_fields_and_what_they_mean() {
    for (columns, rows) in SIZES {
        let mut screen = blocked();
        screen.press("/news<enter>e<tab><tab><tab><ctrl-u>.news.example, https://live.example/x");
        show("form", columns, rows, screen);
    }
}

#[test]
fn form_of_a_hand_written_rule_has_lines_of_text() {
    let mut screen = Harness::sample("central-egress");
    screen.press("/old-tls<enter>e<tab>");
    show("hand_written", 120, 36, screen);
}

#[test]
fn help_lists_the_keys_of_the_moment_first() {
    for (columns, rows) in SIZES {
        let mut screen = Harness::sample("first-steps");
        screen.press("?");
        show("help", columns, rows, screen);
    }
}

#[test]
fn leaving_with_unsaved_changes_asks() {
    let mut screen = Harness::sample("first-steps");
    assert!(!screen.press("xq"));
    show("leave", 80, 24, screen);
}

#[test]
fn policy_without_rules_says_what_to_do() {
    show(
        "empty",
        80,
        24,
        Harness::text(
            "sekisho: 1\nname: empty\nrule_order: strict\nhome_net: [10.0.0.0/8]\nrule_groups: []\n",
        ),
    );
}

#[test]
fn terminal_that_is_too_small_says_so_and_comes_back() {
    let screen = Harness::sample("first-steps").size(34, 8);
    screen.misses("wiki");
    let screen = screen.size(80, 24);
    screen.sees("wiki-uploads");
    show("too_small", 34, 8, screen);
}

#[test]
fn verdict_on_the_screen_is_the_sentence_of_the_answer() {
    let screen = blocked();
    let answer = screen.session().derived().answer().unwrap().clone();
    let (left, top) = screen.place("TIMES OUT");
    let right = |line: &String| line.chars().skip(left.into()).collect::<String>();
    let shown: String = screen.lines().iter().skip(top.into()).map(right).collect();
    let words = |text: &str| -> String { text.replace('│', "").split_whitespace().collect() };
    let sentence = words(answer.sentence.say(Lang::English));
    assert!(words(&shown).starts_with(&sentence), "{screen}");
}

#[test]
fn roles_colour_what_the_words_say() {
    let screen = blocked();
    screen.has_role("TIMES OUT", Role::Drop);
    screen.has_role("◀", Role::Drop);
    screen.has_role("PASS", Role::Pass);
    let carried = carried();
    carried.has_role("DROP → PASS", Role::Changed);
    carried.has_role("WORKS", Role::Pass);
}

#[test]
fn deciding_rule_is_marked_in_the_list() {
    let screen = blocked();
    assert!(screen.line("◀").contains("wiki-uploads"), "{screen}");
}

#[test]
fn carried_rule_changes_verdict_and_cases_but_not_the_policy() {
    let mut screen = carried();
    let before = fs::read_to_string(sample("first-steps")).unwrap();
    screen.sees("WORKS");
    screen.misses("TIMES OUT");
    screen.sees("DROP → PASS");
    screen.sees("2←1");
    assert_eq!(screen.session().text(), before);
    screen.press("<esc>");
    screen.sees("TIMES OUT");
    assert_eq!(screen.session().text(), before);
    assert!(!screen.session().has_unsaved());
}

#[test]
fn putting_down_is_one_edit_that_undo_takes_back() {
    let mut screen = carried();
    let before = fs::read_to_string(sample("first-steps")).unwrap();
    screen.press("<down><up><enter>");
    assert_ne!(screen.session().text(), before);
    screen.sees("WORKS");
    screen.sees("the last edit changed");
    screen.press("u");
    assert_eq!(screen.session().text(), before);
    assert!(!screen.session().can_undo());
    screen.press("<ctrl-r>");
    screen.sees("WORKS");
}

#[test]
fn rule_is_carried_across_groups() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/wiki-uploads<enter>m<up>");
    screen.sees("100 / 2");
    screen.press("<enter>");
    let policy = screen.session().policy();
    assert_eq!(policy.rule_groups[0].rules[1].name.value, "wiki-uploads");
    assert_eq!(policy.rule_groups[1].rules.len(), 6);
}

#[test]
fn capital_keys_move_at_once_and_stop_at_the_ends() {
    let mut screen = Harness::sample("first-steps");
    screen.press("J");
    let policy = screen.session().policy();
    assert_eq!(policy.rule_groups[1].rules[0].name.value, "paste-sites");
    screen.press("KK");
    assert_eq!(screen.session().policy().rule_groups[0].rules[0].name.value, "paste-sites");
    screen.sees("no place beyond");
}

#[test]
fn focused_field_takes_every_printable_key() {
    let mut screen = Harness::sample("first-steps");
    screen.press("t<tab>qmxu?/nS.");
    screen.sees("qmxu?/nS.");
    screen.press("<ctrl-u>関所<esc>");
    screen.sees("関所");
    assert_eq!(screen.session().test().url, "関所");
}

#[test]
fn esc_leaves_the_field_for_the_pane_before() {
    let mut screen = blocked();
    assert_eq!(screen.screen.app().focus, Pane::Rules);
    screen.press("<tab><tab><tab>t<esc>");
    assert_eq!(screen.screen.app().focus, Pane::Cases);
}

#[test]
fn impossible_key_says_why() {
    let mut screen = Harness::sample("first-steps");
    screen.press("u");
    screen.sees("nothing to undo");
    screen.press("<ctrl-k>");
    screen.sees("no request yet");
    screen.press("?take the last");
    screen.sees("nothing to undo");
}

#[test]
fn search_goes_to_the_match_and_walks_on() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/office");
    screen.sees("2 found");
    screen.press("<enter>");
    assert!(screen.line("»").contains("news"), "{screen}");
    screen.press("n");
    assert!(screen.line("»").contains("map-tiles"), "{screen}");
    screen.press("n");
    assert!(screen.line("»").contains("news"), "{screen}");
    screen.press("/sftp<esc>");
    assert!(screen.line("»").contains("news"), "{screen}");
    screen.press("n");
    screen.sees("New rule in web");
}

#[test]
fn disabled_rule_says_so_and_enables_again() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter>x");
    screen.sees("news off");
    screen.sees("disable `news`: done");
    screen.press("x");
    screen.misses("news off");
}

#[test]
fn edited_field_is_refused_at_once_with_its_reason() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter>e<tab><tab><ctrl-u>offfice");
    screen.sees("offfice");
    assert!(
        screen.lines().iter().any(|l| l.contains("did you mean") || l.contains("`offfice`")),
        "{screen}"
    );
    screen.press("<enter>");
    screen.sees("not accepted yet");
    screen.press("<ctrl-u>off<tab><enter>");
    assert!(!screen.session().can_undo(), "`office` is what it was");
}

#[test]
fn form_asks_once_before_typed_text_is_thrown_away() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter>ex<esc>");
    screen.sees("once more");
    screen.sees("Rule news");
    screen.press("<esc>");
    screen.misses("Rule news");
    assert!(!screen.session().can_undo());
}

#[test]
fn new_rule_is_written_below_the_selected_one_with_a_sid_of_its_own() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter>jjknlive<tab><tab><tab>live.example<enter>");
    let rules = &screen.session().policy().rule_groups[1].rules;
    let at = rules.iter().position(|rule| rule.name.value == "live").unwrap();
    assert_eq!(rules[at - 1].name.value, "map-tiles");
    assert_eq!(rules[at].sid, Some(200_800));
    assert!(screen.line("»").contains("live"), "{screen}");
}

#[test]
fn deleted_and_duplicated_rules_come_and_go() {
    let mut screen = Harness::sample("first-steps");
    let before = screen.session().text().to_owned();
    screen.press("/news<enter>d");
    screen.sees("delete `news`: done   `u` takes it back");
    screen.press("u/news<enter>c");
    assert!(screen.line("»").contains("news-copy"), "{screen}");
    screen.press("u");
    assert_eq!(screen.session().text(), before);
}

#[test]
fn priority_form_says_between_which_groups_the_number_leads() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter>p");
    screen.sees("between block-list (100) and network (300)");
    screen.press("<ctrl-u>50");
    screen.sees("first, above block-list (100)");
    screen.press("<ctrl-u>100");
    screen.misses("first, above");
    screen.press("<ctrl-u>50<enter>");
    assert_eq!(screen.session().policy().rule_groups[1].priority.value, 50);
}

#[test]
fn request_is_kept_as_a_case_and_loaded_again() {
    let mut screen = blocked();
    screen.press("<ctrl-k>");
    screen.sees("office does not reach upload.wiki.example");
    screen.press("<enter>");
    screen.sees("9 ok");
    let case = screen.session().policy().cases.last().unwrap().clone();
    assert_eq!(case.by.as_deref(), Some("wiki-uploads"));
    screen.ask("10.3.0.9", "https://pypi.org");
    screen.press("<tab><tab><tab>G<enter>");
    assert_eq!(screen.session().test().url, "https://upload.wiki.example");
    screen.press("d");
    assert_eq!(screen.session().policy().cases.len(), 8);
}

#[test]
fn folded_group_hides_its_rules_and_search_unfolds_it() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter>h");
    screen.misses("map-tiles");
    screen.sees("▸ 200              web                    7 rules");
    screen.press("/map-tiles<enter>");
    assert!(screen.line("»").contains("map-tiles"), "{screen}");
}

#[test]
fn mouse_selects_scrolls_and_types() {
    let mut screen = Harness::sample("first-steps");
    screen.click("map-tiles");
    assert!(screen.line("»").contains("map-tiles"), "{screen}");
    screen.click("an exact name");
    assert_eq!(screen.screen.app().focus, Pane::Cases);
    screen.click("an address, a network");
    screen.press("10.1.1.1");
    assert_eq!(screen.session().test().from, "10.1.1.1");
    let mut screen = Harness::sample("central-egress");
    let (x, y) = screen.place("mail-relay-s");
    screen.screen.take(Typed::Wheel(x, y, 30));
    screen.draw();
    screen.misses("mail-relay-s…");
}

#[test]
fn pasted_url_is_tried() {
    let mut screen = Harness::sample("first-steps");
    screen.press("t10.1.2.3<esc>");
    screen.screen.take(Typed::Paste("https://en.wiki.example/start\n".to_owned()));
    screen.draw();
    screen.sees("WORKS");
}

#[test]
fn wide_characters_keep_the_columns() {
    let policy = "sekisho: 1\nname: 関所\nrule_order: strict\nhome_net: [10.0.0.0/8]\nsources:\n  経理: {cidrs: [10.1.0.0/16]}\n\
        rule_groups:\n  - name: 業務\n    priority: 100\n    rules:\n      - {name: 給与振込システム, action: pass, from: 経理, to: [.kaisha.test]}\n      \
        - {name: plain, action: drop, from: any, to: [.kaisha.test]}\n";
    let screen = Harness::text(policy);
    let (first, _) = screen.place(".kaisha.test");
    let (_, row) = screen.place("plain");
    let buffer = screen.terminal.backend().buffer();
    let below: String = (first..first + 12).map(|x| buffer[(x, row)].symbol()).collect();
    assert_eq!(below, ".kaisha.test", "{screen}");
}

#[test]
fn saved_policy_differs_in_the_changed_line_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.yaml");
    fs::copy(sample("first-steps"), &path).unwrap();
    let before = fs::read_to_string(&path).unwrap();
    let mut screen = Harness::open(&path);
    screen.press("/news<enter>x");
    screen.sees("policy.yaml *");
    screen.press("<ctrl-s>");
    screen.sees("saved to");
    screen.misses("policy.yaml *");
    let after = fs::read_to_string(&path).unwrap();
    let changed = before.lines().zip(after.lines()).filter(|(a, b)| a != b).count();
    assert_eq!((changed, before.lines().count()), (1, after.lines().count()));
    assert!(screen.press("q"));
}

#[test]
fn scratch_policy_asks_for_a_name_before_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.yaml");
    let text = fs::read_to_string(sample("first-steps")).unwrap();
    let mut screen = Harness::text(&text);
    screen.press("<ctrl-s>");
    screen.sees("Save as");
    screen.press(&format!("<ctrl-u>{}<enter>", path.display()));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    screen.sees("new.yaml");
}

#[test]
fn file_that_changed_on_disk_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.yaml");
    fs::copy(sample("first-steps"), &path).unwrap();
    let mut screen = Harness::open(&path);
    fs::write(&path, "theirs").unwrap();
    screen.press("x<ctrl-s>");
    screen.sees("changed by others");
    assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
}

fn stateless() -> Harness {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/policies");
    Harness::open(&folder.join("stateless.yaml"))
}

#[test]
fn stateless_rules_stand_above_the_others_and_are_not_carried() {
    for (columns, rows) in SIZES {
        let mut screen = stateless();
        screen.ask("10.5.0.9", "tcp://10.5.1.9:443");
        screen.press(".");
        show("stateless", columns, rows, screen);
    }
    let mut screen = stateless();
    screen.sees("stateless, packet by");
    // The first rule that can be carried is selected; going up reaches those that cannot be carried.
    assert!(screen.line("100 / 1").contains('»'), "{screen}");
    screen.press("g<down>");
    assert!(screen.line("copies-out").contains('»'), "{screen}");
    for key in ["m", "i", "c", "J"] {
        screen.press(key);
        let status = screen.lines().into_iter().rev().nth(1).unwrap();
        assert!(status.contains("`e` edits what is stateless"), "{key}: {screen}");
        assert!(!screen.session().has_unsaved(), "{key}");
    }
    screen.press("x");
    screen.sees("change stateless rule `copies-out`: enabled: done");
    screen.press("ud");
    screen.sees("`copies-out` is used by `copies pass before the engine`");
    screen.press("n");
    screen.sees("New stateless rule");
    screen.press("<esc>");
    assert!(!screen.session().has_unsaved());
    screen.click("one-way");
    screen.sees("lets packets through");
    screen.sees("comes back is forwarded");
}

#[test]
fn stateless_rules_can_be_copied_and_their_groups_folded() {
    let mut screen = stateless();
    screen.press("gj");
    let row = screen.line("»");
    screen.press("y");
    screen.sees("copied: ");
    let copied = screen.screen.take_clipboard().unwrap();
    let name = row.split_whitespace().find(|word| copied.contains(&format!("name: {word}")));
    assert!(copied.starts_with("- ") && name.is_some(), "`{row}`: {copied}");
    screen.press("Y");
    screen.sees("stateless rules become no Suricata rules");
    screen.press("h");
    assert!(!screen.lines().contains(&row), "{screen}");
    screen.press("lj");
    assert!(screen.line("»").contains(name.unwrap()), "{screen}");
}

#[test]
fn edits_of_other_rules_leave_the_stateless_ones_as_they_are() {
    let mut screen = stateless();
    let text = |screen: &Harness| {
        let text = screen.session().text();
        let at = text.find("stateless:\n").unwrap();
        text[at..text.find("rule_groups:\n  - name: names").unwrap()].to_owned()
    };
    let before = text(&screen);
    screen.press("/dns<enter>xJ");
    assert!(screen.session().has_unsaved(), "{screen}");
    assert_eq!(text(&screen), before);
}

/// A row about a name and about addresses becomes rules that are asked at different times.
#[test]
fn every_type_of_rule_that_a_row_becomes_is_shown_with_its_sentence() {
    let policy = "sekisho: 1\nname: types\nrule_order: strict\ndefault_actions: [drop_established]\n\
        home_net: [10.0.0.0/8]\nrule_groups:\n  - name: first\n    priority: 100\n    rules:\n      \
        - {name: both, action: pass, from: any, to: [good.example, 203.0.113.0/24], sid: 10000}\n";
    let words = |text: &str| -> String { text.replace('│', "").split_whitespace().collect() };
    for (columns, rows) in [(120, 40), (80, 24)] {
        let mut screen = Harness::text(policy).size(columns, rows);
        screen.press("<enter>");
        let mut seen = String::new();
        for _ in 0..40 {
            seen.push_str(&screen.lines().join("\n"));
            screen.press("j");
        }
        // A pane of its own shows its lines in one column each; a sentence may be wrapped.
        for line in ["asked on the packet that completes", "asked on every packet", "ip_proto:!6"] {
            assert!(words(&seen).contains(&words(line)), "{columns}x{rows}: {line}\n{screen}");
        }
    }
}
