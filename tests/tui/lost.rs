//! What the screen says when work was cut off, and when others change the file.

use sekisho::workbench::Journals;

use super::*;

/// A copy of the first sample, and a folder for journals.
pub(super) struct Desk {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Desk {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.yaml");
        fs::copy(sample("first-steps"), &path).unwrap();
        Self { folder, path }
    }

    pub(super) fn open(&self) -> Harness {
        let journals = Journals::in_folder(self.folder.path().join("journals"));
        let input = Input::File(self.path.clone());
        Harness::of(
            Session::open_with_journal(&input, &RulesOptions::default(), &journals).unwrap(),
        )
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.path).unwrap()
    }

    /// Somebody else writes the file.
    pub(super) fn others_change(&self, from: &str, to: &str) {
        let text = self.text();
        assert!(text.contains(from), "{text}");
        fs::write(&self.path, text.replace(from, to)).unwrap();
    }
}

/// The operator comes back to the terminal.
fn focus(screen: &mut Harness) {
    screen.screen.take(Typed::Focus);
    screen.draw();
}

/// A session with unsaved changes was cut off.
pub(super) fn cut_off() -> Desk {
    let desk = Desk::new();
    let mut screen = desk.open();
    screen.press("/news<enter>x/wiki-uploads<enter>J");
    desk
}

/// The file was changed by others while there are unsaved changes.
pub(super) fn both_changed() -> (Desk, Harness) {
    let desk = Desk::new();
    let mut screen = desk.open();
    screen.press("/news<enter>x");
    desk.others_change("name: first-steps", "name: second-steps");
    focus(&mut screen);
    (desk, screen)
}

#[test]
fn what_was_left_behind_is_offered_with_what_would_come_back() {
    for (columns, rows) in SIZES {
        show("left_behind", columns, rows, cut_off().open());
    }
    let desk = cut_off();
    let mut screen = desk.open();
    screen.press("v");
    screen.sees("enabled: false");
    screen.press("<esc>r");
    screen.misses("left behind");
    screen.sees("restore the unsaved changes: done");
    screen.sees("policy.yaml *");
    assert!(screen.session().text().contains("enabled: false"));
    screen.press("u");
    assert_eq!(screen.session().text(), desk.text());
    screen.misses("policy.yaml *");
}

#[test]
fn what_was_left_behind_can_be_thrown_away_or_decided_later() {
    let desk = cut_off();
    let mut screen = desk.open();
    screen.press("<esc>");
    screen.misses("left behind");
    assert!(screen.press("q"), "nothing is unsaved");
    let mut screen = desk.open();
    screen.sees("Unsaved changes were left behind");
    screen.press("m");
    screen.sees("the file is as it was");
    screen.press("d");
    screen.misses("left behind");
    assert!(screen.press("q"));
    desk.open().misses("left behind");
}

#[test]
fn file_that_changed_since_is_said_and_both_can_be_kept() {
    let desk = cut_off();
    desk.others_change("name: first-steps", "name: second-steps");
    let mut screen = desk.open();
    screen.sees("The file is not what it was then");
    screen.press("m");
    assert_eq!(screen.session().policy().name, "second-steps");
    assert!(screen.session().text().contains("enabled: false"));
}

#[test]
fn second_workbench_says_that_there_is_a_first() {
    let desk = Desk::new();
    let first = desk.open();
    let mut second = desk.open();
    second.sees("another workbench has this policy open");
    second.press("j");
    second.sees("also open elsewhere");
    first.misses("elsewhere");
}

#[test]
fn change_by_others_is_noticed_and_asked_about_when_saving() {
    let (desk, mut screen) = both_changed();
    screen.sees("changed on disk");
    screen.sees("holds another text");
    assert!(screen.screen.app().overlays.is_empty(), "nothing takes the keys unasked");
    screen.press("<ctrl-s>");
    assert!(desk.text().contains("second-steps"));
    for (columns, rows) in SIZES {
        let (_desk, mut screen) = both_changed();
        screen.press("<ctrl-s>");
        show("changed_on_disk", columns, rows, screen);
    }
    screen.press("v");
    screen.sees("second-steps");
    screen.press("<tab>");
    screen.sees("enabled: false");
    screen.press("<esc><esc>");
    screen.sees("changed on disk");
}

#[test]
fn both_changes_are_kept_where_they_touch_different_lines() {
    let (desk, mut screen) = both_changed();
    screen.press("<ctrl-s>m");
    screen.misses("changed on disk");
    assert_eq!(screen.session().policy().name, "second-steps");
    screen.press("<ctrl-s>");
    assert!(desk.text().contains("second-steps") && desk.text().contains("enabled: false"));
}

#[test]
fn taking_theirs_keeps_mine_in_the_history() {
    let (desk, mut screen) = both_changed();
    let mine = screen.session().text().to_owned();
    screen.press("<ctrl-s>t");
    assert_eq!(screen.session().text(), desk.text());
    screen.misses("policy.yaml *");
    screen.press("u");
    assert_eq!(screen.session().text(), mine);
}

#[test]
fn mine_is_written_over_theirs_or_under_another_name() {
    let (desk, mut screen) = both_changed();
    let mine = screen.session().text().to_owned();
    let other = desk.folder.path().join("other.yaml");
    screen.press(&format!("<ctrl-s>s<ctrl-u>{}<enter>", other.display()));
    assert_eq!(fs::read_to_string(other).unwrap(), mine);
    assert!(desk.text().contains("second-steps"));
    screen.sees("other.yaml");
    screen.misses("changed on disk");

    let (desk, mut screen) = both_changed();
    let mine = screen.session().text().to_owned();
    screen.press("<ctrl-s>w");
    assert_eq!(desk.text(), mine);
    screen.sees("saved to");
    screen.misses("changed on disk");
}

#[test]
fn text_that_was_written_meanwhile_is_asked_about_before_it_is_written_over() {
    let (desk, mut screen) = both_changed();
    let mine = screen.session().text().to_owned();
    screen.press("<ctrl-s>");
    screen.sees("they: 1 line added, 1 removed");
    desk.others_change("name: second-steps", "# seen by nobody\n# at all\nname: third-steps");
    let third = desk.text();
    screen.press("w");
    assert_eq!(desk.text(), third);
    screen.sees("The file was changed by others");
    screen.sees("they: 3 lines added, 1 removed");
    screen.press("w");
    assert_eq!(desk.text(), mine);
    screen.sees("saved to");
    screen.misses("changed by others");
}

#[test]
fn text_of_others_that_is_no_policy_can_only_be_looked_at_or_overwritten() {
    let (desk, mut screen) = both_changed();
    fs::write(&desk.path, "name: [\n").unwrap();
    focus(&mut screen);
    screen.press("<ctrl-s>");
    screen.sees("What they wrote is no policy: line 1");
    screen.press("t");
    screen.sees("there is nothing to take");
    screen.press("m");
    screen.sees("what they wrote is no policy");
}

#[test]
fn changes_that_are_no_policy_together_are_not_kept_both() {
    let desk = Desk::new();
    let mut screen = desk.open();
    screen.press("Gc");
    assert!(screen.session().text().contains("name: time-copy"), "{screen}");
    let head = "priority: 300\n    rules:\n";
    let same = "      - {name: time-copy, action: drop, from: any, to: any}\n";
    desk.others_change(head, &format!("{head}{same}"));
    focus(&mut screen);
    screen.press("<ctrl-s>m");
    screen.sees("with both changes the text would be no policy");
}

#[test]
fn only_what_others_changed_is_not_called_both() {
    let desk = Desk::new();
    let mut screen = desk.open();
    desk.others_change("name: first-steps", "name: second-steps");
    focus(&mut screen);
    screen.press("<ctrl-s>m");
    screen.sees("only one side changed");
}

#[test]
fn removed_file_is_said_and_written_anew() {
    let desk = Desk::new();
    let mut screen = desk.open();
    let text = desk.text();
    fs::remove_file(&desk.path).unwrap();
    focus(&mut screen);
    screen.sees("was removed");
    screen.press("j");
    screen.sees("file is gone");
    assert!(!screen.press("q"), "the text is nowhere else");
    screen.press("<esc><ctrl-s>");
    screen.sees("which had been removed");
    assert_eq!(desk.text(), text);
    screen.misses("file is gone");
}

#[test]
fn file_that_is_as_before_again_is_said_too() {
    let desk = Desk::new();
    let mut screen = desk.open();
    let text = desk.text();
    desk.others_change("name: first-steps", "name: second-steps");
    focus(&mut screen);
    screen.press("<ctrl-s>");
    screen.sees("changed by others");
    fs::write(&desk.path, &text).unwrap();
    focus(&mut screen);
    screen.misses("changed by others");
    screen.sees("as it was again");
}

#[test]
fn journal_that_cannot_be_kept_is_said_at_once_and_with_every_edit() {
    let desk = Desk::new();
    fs::write(desk.folder.path().join("journals"), "no folder").unwrap();
    let mut screen = desk.open();
    screen.sees("no recovery journal is kept");
    screen.press("j");
    screen.misses("no recovery journal is kept");
    screen.sees("no recovery journal");
}

#[test]
fn undo_says_in_words_what_it_takes_back() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/wiki-uploads<enter>J");
    screen.sees("move `wiki-uploads` below `wiki`: done");
    screen.sees("u undo: move `wiki-uploads`");
    screen.press("u");
    screen.sees("undo: move `wiki-uploads` below `wiki`");
    screen.press("<ctrl-r>");
    screen.sees("redo: move `wiki-uploads` below `wiki`");
}

#[test]
fn name_of_a_file_that_is_there_is_asked_for_again_and_keys_go_on_into_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.yaml");
    fs::write(&other, "kept\n").unwrap();
    let mut screen = Harness::sample("first-steps");
    let before = screen.session().text().to_owned();
    screen.press(&format!("S<ctrl-u>{}<enter>", other.display()));
    screen.sees("is there already");
    screen.sees("Save as");
    screen.press("n");
    assert_eq!(screen.session().text(), before);
    assert_eq!(fs::read_to_string(&other).unwrap(), "kept\n");
    screen.press("<enter>");
    assert_eq!(fs::read_to_string(folder.path().join("other.yamln")).unwrap(), before);
}

#[test]
fn policy_is_saved_while_a_request_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.yaml");
    fs::copy(sample("first-steps"), &path).unwrap();
    let mut screen = Harness::open(&path);
    screen.press("/news<enter>xt10.1.2.3<ctrl-s>");
    screen.sees("saved to");
    assert_eq!(fs::read_to_string(&path).unwrap(), screen.session().text());
}
