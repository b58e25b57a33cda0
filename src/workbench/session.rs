use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use super::answer::Answer;
use super::files::{FileError, Input, Stamp, load, save};
use super::find_rules::RuleIndex;
use super::findings::Findings;
use super::history::History;
use super::on_disk::{Disk, OnDisk};
use super::recovery::Recovery;
use super::refresh::{Derived, TestInput, outcomes, outcomes_after};
use super::what_if::{Wanted, WhatIf, what_if};
use crate::diagnostic::Diagnostic;
use crate::interop::{RulesOptions, rules_to_policy};
use crate::messages::{Text, files, recovery as say};
use crate::policy::{Document, Edit, EditError, Policy};

/// A policy being worked on: its text, its history, the test, and everything derived.
#[derive(Debug)]
pub struct Session {
    document: Document,
    history: History,
    test: TestInput,
    derived: Derived,
    /// Made when something is searched for first.
    index: OnceCell<RuleIndex>,
    revision: u64,
    name: String,
    pub(super) file: Option<PathBuf>,
    /// What its file holds, as far as this session knows; without a file, what it began with.
    pub(super) saved: String,
    pub(super) disk: Disk,
    pub(super) recovery: Recovery,
}

/// Why a policy could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// It could not be read from disk.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is not a policy: the problems, and the text they point into.
    #[error("the policy has errors")]
    Invalid {
        /// What is wrong.
        diagnostics: Vec<Diagnostic>,
        /// The text.
        text: String,
    },
}

impl Session {
    /// Opens a policy; a `.rules` file becomes a policy that has no file yet.
    ///
    /// # Errors
    /// [`OpenError`] with everything that is wrong.
    pub fn open(input: &Input, rules: &RulesOptions) -> Result<Self, OpenError> {
        let stamp = input.file().map(Stamp::of);
        let document = read(input, rules)?;
        let mut session = Self::begin(document, input.name());
        if let Some((path, stamp)) = input.file().zip(stamp) {
            session.file = Some(path.to_owned());
            session.disk.is_as_known(path, stamp);
        }
        Ok(session)
    }

    /// Begins a session on a text that has no file.
    ///
    /// # Errors
    /// Every problem of the text.
    pub fn scratch(text: String) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self::begin(Document::read(text)?, "scratch".to_owned()))
    }

    /// The same, with a count of changes that begins here: what is computed about another session is then not taken
    /// for something about this one.
    #[must_use]
    pub const fn counted_from(mut self, revision: u64) -> Self {
        self.revision = revision;
        self.derived.revision = revision;
        self
    }

    pub(super) fn begin(document: Document, name: String) -> Self {
        let test = TestInput::default();
        let derived = outcomes(&document, &test, 0);
        let history = History::default();
        let saved = document.text().to_owned();
        let (disk, recovery) = (Disk::default(), Recovery::default());
        let (file, revision) = (None, 0);
        let index = OnceCell::new();
        Self {
            document,
            history,
            test,
            derived,
            index,
            revision,
            name,
            file,
            saved,
            disk,
            recovery,
        }
    }

    /// The policy as it is now.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        self.document.policy()
    }

    /// The same with its text.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The same, to be kept while the session goes on.
    #[must_use]
    pub const fn shared_policy(&self) -> &Arc<Policy> {
        self.document.shared()
    }

    /// Its text as it would be saved.
    #[must_use]
    pub fn text(&self) -> &str {
        self.document.text()
    }

    /// The name to show: the file's, or that of the sample.
    #[must_use]
    pub fn name(&self) -> String {
        let file = self.file.as_deref().and_then(Path::file_name);
        file.map_or_else(|| self.name.clone(), |f| f.to_string_lossy().into_owned())
    }

    /// The file it is saved to; `None` for a scratch policy.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Whether there is something to save: a scratch policy counts once it differs from what it began with, one
    /// whose file was removed always.
    #[must_use]
    pub fn has_unsaved(&self) -> bool {
        self.saved != self.text() || *self.on_disk() == OnDisk::Gone
    }

    /// What unsaved changes are counted from: the text of its file; without a file, what it began with.
    #[must_use]
    pub fn saved_text(&self) -> &str {
        &self.saved
    }

    /// Everything derived from the policy as it is now.
    #[must_use]
    pub const fn derived(&self) -> &Derived {
        &self.derived
    }

    /// The rules, to be found by what they say and what they are compiled to.
    #[must_use]
    pub fn index(&self) -> &RuleIndex {
        self.index.get_or_init(|| RuleIndex::of(self.policy(), &self.derived.compiled))
    }

    /// What the test bar holds.
    #[must_use]
    pub const fn test(&self) -> &TestInput {
        &self.test
    }

    /// How often the policy was changed.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes in what was found about the policy at `revision`; what is of an older one is dropped.
    pub fn found(&mut self, revision: u64, findings: Findings) {
        if revision == self.revision {
            self.derived.findings = findings;
        }
    }

    /// Takes in an answer at `revision` of which more is known; what is of an older one, or of another request, is dropped.
    pub fn looked_through(&mut self, revision: u64, completed: Answer) {
        if revision == self.revision {
            self.derived.looked_through(completed);
        }
    }

    /// Sets the test and evaluates it.
    pub fn set_test(&mut self, test: TestInput) {
        self.test = test;
        self.derived.retest(self.document.policy(), &self.test);
    }

    /// Applies an edit, records how to undo it, and derives everything but the findings anew.
    ///
    /// # Errors
    /// [`EditError`]; nothing is then changed.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), EditError> {
        self.apply_as(edit, edit.words(self.policy()))
    }

    /// The same under other words.
    pub(super) fn apply_as(&mut self, edit: &Edit, words: Text) -> Result<(), EditError> {
        let undo = self.document.apply(edit)?;
        self.changed(&words);
        self.history.record(words, undo);
        Ok(())
    }

    /// Whether `edit` would be accepted; changes nothing and derives nothing.
    ///
    /// # Errors
    /// [`EditError`] when the edit is refused.
    pub fn check(&self, edit: &Edit) -> Result<(), EditError> {
        self.edited(edit).map(|_| ())
    }

    /// What the policy, its test and its cases would be after `edit`; changes nothing. The findings are those of now.
    ///
    /// # Errors
    /// [`EditError`] when the edit is refused.
    pub fn preview(&self, edit: &Edit) -> Result<(Arc<Policy>, Derived), EditError> {
        let document = self.edited(edit)?;
        let mut derived = outcomes_after(&document, &self.test, self.revision, &self.derived);
        derived.findings = self.derived.findings.outdated();
        Ok((Arc::clone(document.shared()), derived))
    }

    /// What would give the test another verdict: the one wanted, or the opposite of what it gets. Nothing without a test.
    #[must_use]
    pub fn what_if(&self, wanted: Option<Wanted>) -> Option<WhatIf> {
        self.what_if_job(wanted).map(|search| search())
    }

    /// The same search, to be done elsewhere: it takes along what it needs.
    #[must_use]
    pub fn what_if_job(
        &self,
        wanted: Option<Wanted>,
    ) -> Option<impl FnOnce() -> WhatIf + Send + use<>> {
        let answer = self.derived.answer()?.clone();
        let wanted = wanted.unwrap_or_else(|| Wanted::opposite(&answer));
        let document = self.document.clone();
        let compiled = Arc::clone(&self.derived.compiled);
        let evaluator = Arc::clone(&self.derived.evaluator);
        Some(move || what_if(&document, &compiled, &evaluator, &answer, wanted))
    }

    fn edited(&self, edit: &Edit) -> Result<Document, EditError> {
        let mut document = self.document.clone();
        document.apply(edit)?;
        Ok(document)
    }

    /// Whether there is an edit to undo.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// The edit that undoing would take back, in words.
    #[must_use]
    pub fn next_undo(&self) -> Option<&Text> {
        self.history.next_undo()
    }

    /// Whether there is an edit to do again.
    #[must_use]
    pub const fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Undoes the last edit and says in words which it was.
    pub fn undo(&mut self) -> Option<Text> {
        let words = self.history.undo(&mut self.document)?;
        self.changed(&say::undo(&words));
        Some(words)
    }

    /// Does again what was undone last, and says in words what.
    pub fn redo(&mut self) -> Option<Text> {
        let words = self.history.redo(&mut self.document)?;
        self.changed(&say::redo(&words));
        Some(words)
    }

    /// Writes the policy to its file, or to `path`, which becomes its file. Returns the path written.
    ///
    /// The text is read again before it is written: what would not load is not saved.
    ///
    /// # Errors
    /// [`FileError`]; the file is then as it was, and [`Self::on_disk`] says what it holds.
    pub fn save(&mut self, path: Option<&Path>) -> Result<PathBuf, FileError> {
        let target = path.or(self.file.as_deref());
        let target = target.ok_or_else(|| FileError(files::no_file_yet()))?.to_owned();
        let again = Document::read(self.text().to_owned());
        if again.map_or(true, |d| d.policy() != self.policy()) {
            return Err(FileError(files::would_not_read_back()));
        }
        let before = Some(self.saved.as_str()).filter(|_| self.file.as_deref() == Some(&target));
        if let Err(error) = save(&target, self.text(), before) {
            self.look_at_disk();
            return Err(error);
        }
        let text = self.document.text();
        self.recovery.saved(&target, text);
        self.disk.is_as_known(&target, Stamp::of(&target));
        text.clone_into(&mut self.saved);
        self.file = Some(target.clone());
        Ok(target)
    }

    /// What follows from a change; it is on disk before anybody sees it.
    fn changed(&mut self, words: &Text) {
        self.recovery.record(words, self.document.text());
        self.revision += 1;
        let findings = self.derived.findings.outdated();
        self.derived = outcomes_after(&self.document, &self.test, self.revision, &self.derived);
        self.derived.findings = findings;
        self.index = OnceCell::new();
    }
}

/// Reads a policy, or a `.rules` file as one.
///
/// # Errors
/// [`OpenError`] with everything that is wrong.
pub fn read(input: &Input, rules: &RulesOptions) -> Result<Document, OpenError> {
    let text = load(input)?;
    let text = if input.is_rules() { rules_to_policy(&text, rules) } else { text };
    Document::read(text.clone()).map_err(|diagnostics| OpenError::Invalid { diagnostics, text })
}
