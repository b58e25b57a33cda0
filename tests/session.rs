//! A session against a model of it: random edits, undo, redo, saving, changes by others, kills and recoveries.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use sekisho::analysis::{Compared, impact};
use sekisho::interop::RulesOptions;
use sekisho::policy::{Document, Policy};
use sekisho::workbench::{
    Derived, Input, Journals, OnDisk, Session, TestInput, find, outcomes, refresh,
};

#[path = "saving/awkward.rs"]
mod awkward;
#[path = "saving/edits.rs"]
mod edits;
#[path = "saving/things.rs"]
mod things;

use awkward::{Choices, awkward};
use edits::{may_be_refused, some_edit};

/// What a session should be, as far as a person could say.
struct Model {
    text: String,
    /// The texts that undo leads back to, the last one first to come.
    before: Vec<String>,
    /// The texts that redo leads to.
    after: Vec<String>,
    /// What the session takes for the text of its file.
    saved: String,
    /// What the file really holds.
    disk: Option<String>,
    /// What the journal began from, and whether that is written down.
    base: String,
    written: bool,
    revision: u64,
}

/// A session, its model, and what both work on.
struct Bench {
    session: Session,
    model: Model,
    path: PathBuf,
    journals: Journals,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new(text: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.yaml");
        fs::write(&path, &text).unwrap();
        let journals = Journals::in_folder(folder.path().join("journals"));
        let session = open(&path, &journals).unwrap();
        let model = Model {
            text: text.clone(),
            before: Vec::new(),
            after: Vec::new(),
            saved: text.clone(),
            disk: Some(text.clone()),
            base: text,
            written: false,
            revision: 0,
        };
        Self { session, model, path, journals, _folder: folder }
    }

    /// An edit led from the text of the model to another one.
    fn edited(&mut self) {
        let new = self.session.text().to_owned();
        self.model.before.push(std::mem::replace(&mut self.model.text, new));
        self.model.after.clear();
        self.model.written = true;
    }

    fn edit(&mut self, choices: &mut Choices<'_>, step: usize) {
        let document = Document::read(self.model.text.clone()).unwrap();
        let Some((edit, _)) = some_edit(&document, choices, step) else { return };
        match self.session.apply(&edit) {
            Ok(()) => self.edited(),
            Err(error) => assert!(may_be_refused(&edit, &error), "{error}\n{edit:?}"),
        }
    }

    fn undo(&mut self) {
        let expected = self.model.before.pop();
        assert_eq!(self.session.undo().is_some(), expected.is_some());
        if let Some(text) = expected {
            self.model.after.push(std::mem::replace(&mut self.model.text, text));
            self.model.written = true;
        }
    }

    fn redo(&mut self) {
        let expected = self.model.after.pop();
        assert_eq!(self.session.redo().is_some(), expected.is_some());
        if let Some(text) = expected {
            self.model.before.push(std::mem::replace(&mut self.model.text, text));
            self.model.written = true;
        }
    }

    /// Everything is in the file.
    fn is_saved(&mut self) {
        let text = self.model.text.clone();
        self.model.saved.clone_from(&text);
        self.model.base.clone_from(&text);
        self.model.disk = Some(text);
        self.model.written = false;
    }

    fn save(&mut self) {
        let others = self.model.disk.as_ref().is_some_and(|disk| *disk != self.model.saved);
        match self.session.save(None) {
            Ok(_) => {
                assert!(!others, "what others wrote is gone");
                self.is_saved();
            }
            Err(error) => {
                assert!(others, "{error}");
                self.look();
            }
        }
    }

    /// Others write the file, or remove it.
    fn others(&mut self, choices: &mut Choices<'_>) {
        let text = self.model.disk.clone().unwrap_or_else(|| self.model.saved.clone());
        let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
        self.model.disk = match choices.below(6) {
            0 => None,
            1 => Some(format!("name: [{eol}")),
            2 => Some(self.model.text.clone()),
            3 => Some(self.model.saved.clone()),
            _ => Some(format!("{}{eol}# others{eol}", text.trim_end())),
        };
        match &self.model.disk {
            Some(text) => fs::write(&self.path, text).unwrap(),
            None => fs::remove_file(&self.path).unwrap_or_default(),
        }
        if choices.yes() {
            self.session.look_at_disk();
            self.look();
            self.answer(choices);
        }
    }

    /// The session looked at the file.
    fn look(&mut self) {
        if self.model.disk.as_ref() == Some(&self.model.text) {
            self.model.saved.clone_from(&self.model.text);
        }
        let expected = match &self.model.disk {
            Some(disk) if *disk == self.model.saved => OnDisk::AsKnown,
            Some(disk) => OnDisk::Changed(disk.clone()),
            None => OnDisk::Gone,
        };
        self.model.written |= expected == OnDisk::Gone;
        assert_eq!(*self.session.on_disk(), expected);
    }

    /// The operator answers to what others did.
    fn answer(&mut self, choices: &mut Choices<'_>) {
        let theirs = self.model.disk.clone();
        match choices.below(4) {
            0 => {
                self.session.overwrite().unwrap();
                self.is_saved();
            }
            1 if self.session.take_theirs().is_ok() => {
                let theirs = theirs.unwrap();
                assert_eq!(self.session.text(), theirs);
                self.edited();
                self.model.saved = theirs;
            }
            2 if self.session.can_merge() => {
                self.session.merge_theirs().unwrap();
                assert!(self.session.text().contains("# others"));
                self.edited();
                self.model.saved = theirs.unwrap();
            }
            _ => {}
        }
    }

    /// The process is killed; somebody opens the file again.
    fn kill(&mut self, choices: &mut Choices<'_>) {
        // Let go of the lock, as the system does.
        self.session = Session::scratch(self.model.text.clone()).unwrap();
        let disk = self.model.disk.clone();
        let opens = disk.as_ref().is_some_and(|text| Document::read(text.clone()).is_ok());
        let Some(session) = open(&self.path, &self.journals) else {
            assert!(!opens && !self.model.written, "the work is lost");
            fs::write(&self.path, &self.model.base).unwrap();
            self.model.disk = Some(self.model.base.clone());
            return self.kill(choices);
        };
        self.session = session;
        let opened = if opens { disk.clone().unwrap() } else { self.model.base.clone() };
        let lost = self.model.text.clone();
        let offered = self.model.written && lost != opened && (!opens || lost != self.model.base);
        assert_eq!(
            self.session.left().map(|left| left.text.clone()),
            offered.then(|| lost.clone())
        );
        self.model.text.clone_from(&opened);
        self.model.base.clone_from(&opened);
        self.model.saved = opened;
        self.model.written = !opens;
        self.model.before.clear();
        self.model.after.clear();
        self.model.revision = 0;
        match choices.below(3) {
            _ if !offered => {}
            0 => self.session.discard_left(),
            _ => {
                self.session.restore(false).unwrap();
                assert_eq!(self.session.text(), lost);
                self.edited();
            }
        }
    }

    /// What must be so whatever happened.
    fn check(&mut self) {
        let Self { session, model, path, journals, .. } = self;
        assert_eq!(session.text(), model.text);
        assert_eq!(session.can_undo(), !model.before.is_empty());
        assert_eq!(session.can_redo(), !model.after.is_empty());
        assert_eq!(fs::read_to_string(&*path).ok(), model.disk, "only saving writes the file");
        let gone = *session.on_disk() == OnDisk::Gone;
        assert_eq!(session.has_unsaved(), model.text != model.saved || gone);

        let again = Document::read(model.text.clone()).unwrap();
        assert!(again.policy() == session.policy(), "the model is not what the text says");
        let (now, anew) = (session.derived(), outcomes(&again, session.test(), session.revision()));
        let rules = |derived: &Derived| derived.compiled.text(again.policy());
        assert_eq!(rules(now), rules(&anew));
        assert_eq!(now.diagnostics, anew.diagnostics);
        assert_eq!(format!("{:?}", now.cases), format!("{:?}", anew.cases));
        assert_eq!(format!("{:?}", now.test), format!("{:?}", anew.test));
        assert!(session.revision() >= model.revision, "a revision went backwards");
        assert_eq!(now.revision, session.revision());
        model.revision = session.revision();

        assert!(session.journal_fault().is_none());
        let kept = journals.has_edits(&Input::File(path.clone()), &model.saved);
        let must = model.text != model.base && model.text != model.saved;
        assert!(kept || !must, "an edit is not in the journal");
    }
}

/// Findings, and what changes against the saved policy, are those of the text, whatever way the session came.
fn same_findings_and_impact(session: &Session) {
    let now = session.derived();
    let again = Document::read(session.text().to_owned()).unwrap();
    let anew = refresh(&again, session.test(), session.revision());
    let found = find(session.policy(), &now.compiled, &now.evaluator, &AtomicBool::new(false));
    assert_eq!(found, anew.findings);
    let Ok(saved) = Document::read(session.saved_text().to_owned()) else { return };
    let before = refresh(&saved, &TestInput::default(), 0);
    let old = compared(saved.policy(), &before);
    let live = impact(old, compared(session.policy(), now));
    assert_eq!(format!("{live:?}"), format!("{:?}", impact(old, compared(again.policy(), &anew))));
}

fn compared<'a>(policy: &'a Policy, derived: &'a Derived) -> Compared<'a> {
    Compared { policy, compiled: &derived.compiled, evaluator: &derived.evaluator }
}

fn open(path: &std::path::Path, journals: &Journals) -> Option<Session> {
    let input = Input::File(path.to_owned());
    Session::open_with_journal(&input, &RulesOptions::default(), journals).ok()
}

fn check_session(bytes: &[u8]) {
    let mut choices = Choices::of(bytes);
    let mut bench = Bench::new(awkward(&mut choices));
    for step in 0..14 {
        match choices.below(16) {
            0..=5 => bench.edit(&mut choices, step),
            6..=8 => bench.undo(),
            9 => bench.redo(),
            10 => bench.save(),
            11..=12 => bench.others(&mut choices),
            13..=14 => bench.kill(&mut choices),
            _ => bench.session.set_test(TestInput {
                from: "10.1.1.1".to_owned(),
                url: "https://z.example".to_owned(),
                dst: String::new(),
            }),
        }
        bench.check();
    }
    same_findings_and_impact(&bench.session);
    bench.session.leave();
    let left = fs::read_dir(bench.path.with_file_name("journals")).unwrap().count();
    assert_eq!(left, 0, "a journal is left of a session that was left");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn session_is_what_its_model_says(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_session(&bytes);
    }
}
