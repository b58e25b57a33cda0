//! What a session keeps for the case that it is cut off, and what it finds that others left behind.

use super::files::{FileError, Input};
use super::journal::{Found, Journal, Journals, Left};
use super::on_disk::{NotTaken, OnDisk, together};
use super::session::{OpenError, Session};
use crate::interop::RulesOptions;
use crate::messages::{Text, recovery as say};
use crate::policy::Document;

/// The journal of a session, and those that were found beside it.
#[derive(Debug, Default)]
pub struct Recovery {
    journal: Option<Journal>,
    found: Found,
    fault: Option<FileError>,
}

impl Recovery {
    /// Writes down an edit.
    pub(super) fn record(&mut self, words: &Text, text: &str) {
        if let Some(journal) = &mut self.journal {
            self.fault = journal.record(words, text).err();
        }
    }

    /// Writes the text itself down: no file holds it any more.
    pub(super) fn hold(&mut self) {
        if let Some(journal) = &mut self.journal {
            self.fault = journal.hold().err();
        }
    }

    /// Everything is in this file now.
    pub(super) fn saved(&mut self, file: &std::path::Path, text: &str) {
        if let Some(journal) = &mut self.journal {
            self.fault = journal.saved(file, text).err();
        }
    }
}

impl Session {
    /// Opens a policy and keeps a journal of what is done to it. A file that cannot be opened any more is opened as it was
    /// when somebody left a journal of it behind; nothing else is, since what was piped before is another policy.
    ///
    /// # Errors
    /// [`OpenError`] with everything that is wrong.
    pub fn open_with_journal(
        input: &Input,
        rules: &RulesOptions,
        journals: &Journals,
    ) -> Result<Self, OpenError> {
        let mut found = journals.of(input);
        let mut session = match Self::open(input, rules) {
            Ok(session) => session,
            Err(error) => {
                let is_file = matches!(input, Input::File(_));
                let before = found.left.first().filter(|_| is_file).map(|left| left.base.clone());
                let document = before.and_then(|text| Document::read(text).ok());
                Self::before_it_broke(document.ok_or(error)?, input)
            }
        };
        let as_known = *session.on_disk() == OnDisk::AsKnown;
        for left in std::mem::take(&mut found.left) {
            if left.text == session.text() || (as_known && left.text == left.base) {
                left.remove();
            } else {
                session.recovery.found.left.push(left);
            }
        }
        session.recovery.found.others = found.others;
        match journals.begin(input, session.text()) {
            Ok(journal) => session.recovery.journal = Some(journal),
            Err(fault) => session.recovery.fault = Some(fault),
        }
        if !as_known {
            session.recovery.hold();
        }
        Ok(session)
    }

    fn before_it_broke(document: Document, input: &Input) -> Self {
        let mut session = Self::begin(document, input.name());
        if let Some(path) = input.file() {
            session.file = Some(path.to_owned());
            session.look_at_disk();
        }
        session
    }

    /// The newest journal that was left behind, as long as nobody decided about it.
    #[must_use]
    pub fn left(&self) -> Option<&Left> {
        self.recovery.found.left.first()
    }

    /// Whether the file holds something else by now than when the journal was begun.
    #[must_use]
    pub fn left_is_of_another_text(&self) -> bool {
        let holds = match self.on_disk() {
            OnDisk::AsKnown => &self.saved,
            OnDisk::Changed(theirs) => theirs,
            OnDisk::Gone | OnDisk::Unreadable(_) => return true,
        };
        self.left().is_some_and(|left| left.base != *holds)
    }

    /// What [`Self::restore`] would put in the place of the policy.
    #[must_use]
    pub fn restorable(&self, keep_newer: bool) -> Option<String> {
        self.would_restore(keep_newer).ok()
    }

    /// The same, and why there is nothing.
    ///
    /// # Errors
    /// [`NotTaken`]
    pub fn would_restore(&self, keep_newer: bool) -> Result<String, NotTaken> {
        let left = self.left().ok_or(NotTaken::Nothing)?;
        if !keep_newer {
            return Ok(left.text.clone());
        }
        together(&left.base, &left.text, self.text())
    }

    /// Puts the edits of the journal that was left behind into the policy, as one edit that undo takes back.
    ///
    /// With `keep_newer`, what the file holds besides stays. Returns the edit in words.
    ///
    /// # Errors
    /// [`NotTaken`]; nothing is then changed, and the journal stays.
    pub fn restore(&mut self, keep_newer: bool) -> Result<Text, NotTaken> {
        let text = self.would_restore(keep_newer)?;
        let words = say::restore();
        self.put(&text, words.clone())?;
        // Only when the edits stand in the journal of this session too.
        if self.recovery.fault.is_none() && self.recovery.journal.is_some() {
            self.discard_left();
        } else if !self.recovery.found.left.is_empty() {
            self.recovery.found.left.remove(0);
        }
        Ok(words)
    }

    /// Throws the journal that was left behind away.
    pub fn discard_left(&mut self) {
        if !self.recovery.found.left.is_empty() {
            self.recovery.found.left.remove(0).remove();
        }
    }

    /// Decides about the journals that were left behind another time.
    pub fn keep_left(&mut self) {
        self.recovery.found.left.clear();
    }

    /// The numbers of other processes that had this policy open when this one opened it.
    #[must_use]
    pub fn others(&self) -> &[u32] {
        &self.recovery.found.others
    }

    /// Why the last edit could not be written down, should this process be cut off.
    #[must_use]
    pub const fn journal_fault(&self) -> Option<&FileError> {
        self.recovery.fault.as_ref()
    }

    /// Whether everything done here outlives the process.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        self.recovery.journal.is_some() && self.recovery.fault.is_none()
    }

    /// Ends the session as the operator wants it: what is not saved is given up.
    pub fn leave(&mut self) {
        if let Some(journal) = self.recovery.journal.take() {
            journal.remove();
        }
    }
}
