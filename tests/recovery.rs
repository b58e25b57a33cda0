//! Nothing the operator wrote is lost: journals, files that others change, disks that fail.
//!
//! A session that is dropped without [`Session::leave`] is one whose process was killed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::{Path, PathBuf};

use sekisho::interop::RulesOptions;
use sekisho::messages::{Lang, Text};
use sekisho::policy::{Edit, RuleField, RulePlace};
use sekisho::workbench::{Input, Journals, NotTaken, OnDisk, Session};

const POLICY: &str = "sekisho: 1\nname: mine\nrule_order: strict\nhome_net: [10.0.0.0/8]\nrule_groups:\n  - name: web\n    \
    priority: 100\n    rules:\n      - {name: one, action: pass, from: any, to: [one.example]}   # 一\n      \
    - {name: two, action: pass, from: any, to: [two.example]}\n      # about three\n      \
    - {name: three, action: drop, from: any, to: [three.example]}\n";

/// A policy file, and a folder for journals.
struct Desk {
    _folder: tempfile::TempDir,
    path: PathBuf,
    journals: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.yaml");
        fs::write(&path, POLICY).unwrap();
        Self { path, journals: folder.path().join("state").join("sekisho"), _folder: folder }
    }

    fn journals(&self) -> Journals {
        Journals::in_folder(self.journals.clone())
    }

    fn input(&self) -> Input {
        Input::File(self.path.clone())
    }

    fn open(&self) -> Session {
        self.open_as(&self.input())
    }

    fn open_as(&self, input: &Input) -> Session {
        Session::open_with_journal(input, &RulesOptions::default(), &self.journals()).unwrap()
    }

    /// The journals there are.
    fn kept(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.journals) else { return Vec::new() };
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.path).unwrap()
    }
}

/// Edits in English words.
fn english(steps: &[Text]) -> Vec<&str> {
    steps.iter().map(|step| step.say(Lang::English)).collect()
}

fn disable(rule: usize) -> Edit {
    let fields = vec![(RuleField::Enabled, Some("false".to_owned()))];
    Edit::SetRule { at: RulePlace { group: 0, rule }, fields }
}

/// The text with a rule disabled.
fn disabled(rule: usize) -> String {
    let mut session = Session::scratch(POLICY.to_owned()).unwrap();
    session.apply(&disable(rule)).unwrap();
    session.text().to_owned()
}

mod journals {
    use super::*;

    #[test]
    fn killed_session_is_restored_as_one_edit_that_can_be_undone() {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        session.apply(&Edit::RemoveRule { at: RulePlace { group: 0, rule: 1 } }).unwrap();
        session.undo().unwrap();
        let text = session.text().to_owned();
        drop(session);

        let mut session = desk.open();
        assert_eq!(session.text(), POLICY, "nothing is restored unasked");
        let left = session.left().unwrap();
        assert_eq!((left.base.as_str(), left.text.as_str()), (POLICY, text.as_str()));
        assert_eq!(english(&left.steps), ["disable `one`", "delete `two`", "undo: delete `two`"]);
        assert!(!left.damaged && !session.left_is_of_another_text());
        session.restore(false).unwrap();
        assert_eq!(session.text(), text);
        assert!(session.has_unsaved() && session.left().is_none());
        assert_eq!(desk.text(), POLICY);
        session.undo().unwrap();
        assert_eq!(session.text(), POLICY);
    }

    #[test]
    fn restored_edits_outlive_another_kill() {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        drop(session);
        let mut session = desk.open();
        session.restore(false).unwrap();
        drop(session);
        let session = desk.open();
        assert_eq!(session.left().unwrap().text, disabled(0));
        assert_eq!(desk.kept().len(), 2, "the one left behind, and that of this session");
    }

    #[test]
    fn nothing_is_offered_after_saving_leaving_or_undoing_everything() {
        let end: [fn(&mut Session); 4] = [
            |session| drop(session.save(None).unwrap()),
            |session| session.leave(),
            |session| drop(session.undo().unwrap()),
            |_| {},
        ];
        for (at, end) in end.into_iter().enumerate() {
            let desk = Desk::new();
            let mut session = desk.open();
            if at < 3 {
                session.apply(&disable(0)).unwrap();
            }
            end(&mut session);
            drop(session);
            let mut session = desk.open();
            assert!(session.left().is_none(), "{at}");
            assert_eq!(desk.kept().len(), 1, "{at}: only its own");
            session.leave();
            assert_eq!(desk.kept().len(), 0, "{at}");
        }
    }

    #[test]
    fn edits_after_saving_are_kept_and_those_before_are_not() {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        session.save(None).unwrap();
        session.apply(&disable(1)).unwrap();
        drop(session);
        let session = desk.open();
        let left = session.left().unwrap();
        assert_eq!(english(&left.steps), ["disable `two`"]);
        assert_eq!(left.base, desk.text());
    }

    #[test]
    fn journal_follows_a_policy_to_its_new_name() {
        let desk = Desk::new();
        let other = desk.path.with_file_name("other.yaml");
        let mut session = desk.open_as(&Input::Sample);
        session.save(Some(&other)).unwrap();
        let note = vec![(RuleField::Note, Some("a note".to_owned()))];
        session
            .apply(&Edit::SetRule { at: RulePlace { group: 0, rule: 0 }, fields: note })
            .unwrap();
        let text = session.text().to_owned();
        drop(session);
        assert!(desk.open_as(&Input::Sample).left().is_none());
        let session = desk.open_as(&Input::File(other));
        assert_eq!(session.left().unwrap().text, text);
    }

    #[test]
    fn scratch_policy_is_offered_too() {
        let desk = Desk::new();
        let mut session = desk.open_as(&Input::Sample);
        session.apply(&disable(0)).unwrap();
        let text = session.text().to_owned();
        drop(session);
        let mut session = desk.open_as(&Input::Sample);
        session.restore(false).unwrap();
        assert_eq!(session.text(), text);
        assert!(session.has_unsaved());
    }

    #[test]
    fn file_that_changed_meanwhile_is_said_and_its_changes_can_be_kept() {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        drop(session);
        fs::write(&desk.path, disabled(2)).unwrap();
        let mut session = desk.open();
        assert!(session.left_is_of_another_text());
        assert_eq!(session.restorable(false), Some(disabled(0)));
        session.restore(true).unwrap();
        let off = |rule: usize| !session.policy().rule_groups[0].rules[rule].enabled;
        assert!(off(0) && !off(1) && off(2));
    }

    #[test]
    fn same_lines_changed_by_both_are_not_merged() {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        drop(session);
        fs::write(&desk.path, POLICY.replace("one.example", "eins.example")).unwrap();
        let mut session = desk.open();
        assert_eq!(session.restore(true), Err(NotTaken::SameLines));
        assert!(session.left().is_some());
        session.restore(false).unwrap();
        assert_eq!(session.text(), disabled(0));
    }

    #[test]
    fn second_session_of_a_file_knows_of_the_first_and_takes_nothing_from_it() {
        let desk = Desk::new();
        let mut first = desk.open();
        first.apply(&disable(0)).unwrap();
        let mut second = desk.open();
        assert_eq!(second.others(), [std::process::id()]);
        assert!(second.left().is_none());
        second.apply(&disable(1)).unwrap();
        drop(first);
        drop(second);
        let mut session = desk.open();
        assert!(session.others().is_empty());
        let mut texts = Vec::new();
        while let Some(left) = session.left() {
            texts.push(left.text.clone());
            session.discard_left();
        }
        texts.sort();
        let mut both = [disabled(0), disabled(1)];
        both.sort();
        assert_eq!(texts, both, "both wrote down what they did");
    }

    #[test]
    fn discarded_journal_does_not_come_back_and_a_kept_one_does() {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        drop(session);
        let mut session = desk.open();
        session.keep_left();
        assert!(session.left().is_none());
        session.leave();
        let mut session = desk.open();
        assert!(session.left().is_some());
        session.discard_left();
        session.leave();
        assert!(desk.open().left().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn link_to_a_file_leads_to_its_journal() {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        drop(session);
        let link = desk.path.with_file_name("link.yaml");
        std::os::unix::fs::symlink(&desk.path, &link).unwrap();
        assert!(desk.open_as(&Input::File(link)).left().is_some());
    }

    #[test]
    fn line_that_broke_off_leaves_all_before_it() {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        session.apply(&disable(1)).unwrap();
        drop(session);
        let journal = desk.kept().remove(0);
        let whole = fs::read(&journal).unwrap();
        let lines: Vec<usize> = (0..whole.len()).filter(|&at| whole[at] == b'\n').collect();
        let [.., before, _last] = lines[..] else { panic!("{lines:?}") };
        for cut in [before + 1, before + 2, before + 30, whole.len() - 1] {
            fs::write(&journal, &whole[..cut]).unwrap();
            let mut session = desk.open();
            let left = session.left().unwrap();
            assert_eq!((left.text.clone(), left.damaged), (disabled(0), false), "cut at {cut}");
            session.keep_left();
            session.leave();
        }
        let mut broken = whole;
        broken[lines[1] + 40] ^= 1;
        fs::write(&journal, &broken).unwrap();
        assert!(desk.open().left().is_none_or(|left| left.damaged), "a broken line is said");
    }

    #[test]
    fn folder_that_cannot_be_written_is_said_and_the_work_goes_on() {
        let desk = Desk::new();
        fs::create_dir_all(desk.journals.parent().unwrap()).unwrap();
        fs::write(&desk.journals, "no folder").unwrap();
        let mut session = desk.open();
        let fault = session.journal_fault().unwrap().to_string();
        assert!(fault.contains("no recovery journal"), "{fault}");
        session.apply(&disable(0)).unwrap();
        session.save(None).unwrap();
        assert_eq!(desk.text(), disabled(0));
    }

    #[test]
    fn policy_that_cannot_be_opened_any_more_is_opened_as_it_was() {
        let breaks: [fn(&Path); 2] =
            [|path| fs::remove_file(path).unwrap(), |path| fs::write(path, "name: [").unwrap()];
        for (at, breaks) in breaks.into_iter().enumerate() {
            let desk = Desk::new();
            let mut session = desk.open();
            session.apply(&disable(0)).unwrap();
            drop(session);
            breaks(&desk.path);
            let mut session = desk.open();
            assert_eq!(session.text(), POLICY);
            assert_ne!(*session.on_disk(), OnDisk::AsKnown);
            assert!(session.left_is_of_another_text());
            session.restore(false).unwrap();
            assert_eq!(session.text(), disabled(0));
            assert_eq!(
                session.save(None).is_err(),
                at == 1,
                "what others wrote is not overwritten unasked"
            );
            session.overwrite().unwrap();
            assert_eq!(desk.text(), disabled(0));
        }
        let desk = Desk::new();
        fs::remove_file(&desk.path).unwrap();
        let journals = desk.journals();
        let missing =
            Session::open_with_journal(&desk.input(), &RulesOptions::default(), &journals);
        assert!(missing.is_err(), "without a journal it is an error as before");
    }

    #[test]
    fn journal_of_a_file_stands_in_and_that_of_a_revision_does_not() {
        let desk = Desk::new();
        let input = Input::Revision("no-such-revision:policy.yaml".to_owned());
        let mut journal = desk.journals().begin(&input, POLICY).unwrap();
        journal.record(&Text::verbatim("an edit"), &disabled(0)).unwrap();
        drop(journal);
        let opened = Session::open_with_journal(&input, &RulesOptions::default(), &desk.journals());
        assert!(opened.is_err(), "what a name of a revision means changes with the revisions");
        assert_eq!(desk.kept().len(), 1, "and its journal stays");
    }
}

mod others {
    use super::*;

    fn edited() -> (Desk, Session) {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        (desk, session)
    }

    #[test]
    fn watch_tells_once_that_a_file_was_touched_but_not_of_our_own_saving() {
        let (desk, mut session) = edited();
        let watch = session.watch();
        assert!(!watch.was_touched());
        session.save(None).unwrap();
        assert!(!watch.was_touched());
        fs::write(&desk.path, disabled(2)).unwrap();
        assert!(watch.was_touched());
        assert!(!watch.was_touched());
        assert!(session.look_at_disk());
        assert!(!session.look_at_disk(), "it is no news any more");
        assert_eq!(*session.on_disk(), OnDisk::Changed(disabled(2)));
        fs::remove_file(&desk.path).unwrap();
        assert!(watch.was_touched());
        assert!(session.look_at_disk());
        assert_eq!(*session.on_disk(), OnDisk::Gone);
    }

    #[test]
    fn file_that_holds_what_is_on_the_screen_is_saved() {
        let (desk, mut session) = edited();
        fs::write(&desk.path, disabled(0)).unwrap();
        session.look_at_disk();
        assert!(!session.has_unsaved());
        assert_eq!(*session.on_disk(), OnDisk::AsKnown);
    }

    #[test]
    fn theirs_is_taken_as_an_edit_that_undo_takes_back() {
        let (desk, mut session) = edited();
        fs::write(&desk.path, disabled(2)).unwrap();
        session.look_at_disk();
        session.take_theirs().unwrap();
        assert_eq!(session.text(), disabled(2));
        assert!(!session.has_unsaved());
        session.undo().unwrap();
        assert_eq!(session.text(), disabled(0));
        assert!(session.has_unsaved());
        session.save(None).unwrap();
        assert_eq!(desk.text(), disabled(0));
    }

    #[test]
    fn mine_is_kept_only_over_what_was_looked_at() {
        let (desk, mut session) = edited();
        fs::write(&desk.path, disabled(2)).unwrap();
        assert!(session.save(None).is_err());
        fs::write(&desk.path, disabled(1)).unwrap();
        assert!(session.overwrite().is_err(), "that text nobody has seen");
        assert_eq!(desk.text(), disabled(1));
        assert_eq!(*session.on_disk(), OnDisk::Changed(disabled(1)));
        session.overwrite().unwrap();
        assert_eq!(desk.text(), disabled(0));
        assert_eq!(*session.on_disk(), OnDisk::AsKnown);
    }

    #[test]
    fn changes_of_other_lines_are_merged() {
        let (desk, mut session) = edited();
        fs::write(&desk.path, disabled(2)).unwrap();
        session.look_at_disk();
        assert!(session.can_merge());
        session.merge_theirs().unwrap();
        let off: Vec<bool> =
            session.policy().rule_groups[0].rules.iter().map(|rule| !rule.enabled).collect();
        assert_eq!(off, [true, false, true]);
        session.save(None).unwrap();
        assert_eq!(desk.text(), session.text());
    }

    #[test]
    fn text_that_is_no_policy_is_not_taken() {
        let (desk, mut session) = edited();
        fs::write(&desk.path, "<<<<<<< mine\n").unwrap();
        session.look_at_disk();
        assert!(matches!(session.take_theirs(), Err(NotTaken::NoPolicy(_))));
        assert!(!session.can_merge());
        assert_eq!(session.text(), disabled(0));
    }

    #[test]
    fn removed_file_counts_as_unsaved_and_is_written_anew() {
        let desk = Desk::new();
        let mut session = desk.open();
        fs::remove_file(&desk.path).unwrap();
        session.look_at_disk();
        assert!(session.has_unsaved());
        drop(session);
        assert_eq!(desk.open().text(), POLICY, "its text outlives the process");
        let mut session = desk.open();
        session.save(None).unwrap();
        assert_eq!(desk.text(), POLICY);
        assert!(!session.has_unsaved());
    }
}

mod faults {
    use super::*;

    /// Saving fails, says this, and loses nothing.
    fn fails(desk: &Desk, session: &mut Session, says: &str) {
        let text = session.text().to_owned();
        let error = session.save(None).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
        assert_eq!(session.text(), text);
        assert!(session.has_unsaved() && session.can_undo());
        let journal = desk.journals();
        assert!(journal.has_edits(&desk.input(), POLICY), "the journal is gone");
    }

    #[test]
    fn removed_folder_keeps_the_work_and_another_name_saves_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::new();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        desk.path = inner.join("policy.yaml");
        fs::write(&desk.path, POLICY).unwrap();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        fs::remove_dir_all(&inner).unwrap();
        let error = session.save(None).unwrap_err().to_string();
        assert!(error.contains("its folder is not there"), "{error}");
        assert!(session.has_unsaved());
        let other = folder.path().join("other.yaml");
        session.save(Some(&other)).unwrap();
        assert_eq!(fs::read_to_string(other).unwrap(), disabled(0));
    }

    #[cfg(unix)]
    #[test]
    fn read_only_file_says_so_and_saves_once_it_is_not() {
        use std::os::unix::fs::PermissionsExt as _;
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        fs::set_permissions(&desk.path, fs::Permissions::from_mode(0o444)).unwrap();
        fails(&desk, &mut session, "read-only");
        fs::set_permissions(&desk.path, fs::Permissions::from_mode(0o600)).unwrap();
        session.save(None).unwrap();
        assert_eq!(fs::metadata(&desk.path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn file_that_became_a_folder_is_not_replaced() {
        let desk = Desk::new();
        let mut session = desk.open();
        session.apply(&disable(0)).unwrap();
        fs::remove_file(&desk.path).unwrap();
        fs::create_dir(&desk.path).unwrap();
        session.look_at_disk();
        assert!(matches!(session.on_disk(), OnDisk::Unreadable(_)));
        assert!(session.save(None).is_err());
        assert_eq!(session.text(), disabled(0));
    }

    #[cfg(unix)]
    #[test]
    fn link_whose_file_is_gone_leads_to_it_again_after_saving() {
        let desk = Desk::new();
        let link = desk.path.with_file_name("link.yaml");
        std::os::unix::fs::symlink("policy.yaml", &link).unwrap();
        let mut session = desk.open_as(&Input::File(link.clone()));
        session.apply(&disable(0)).unwrap();
        fs::remove_file(&desk.path).unwrap();
        session.save(None).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
        assert_eq!(desk.text(), disabled(0));
    }

    #[cfg(unix)]
    #[test]
    fn journals_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let desk = Desk::new();
        let _session = desk.open();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&desk.journals), mode(&desk.kept()[0])), (0o700, 0o600));
    }
}
