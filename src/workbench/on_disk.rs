//! What others do to the file of a session meanwhile, and what the operator may answer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::files::{FileError, Input, Stamp, load};
use super::session::Session;
use crate::diagnostic::Diagnostic;
use crate::messages::{Text, recovery as say};
use crate::policy::{Document, Edit, EditError, Splice, difference};

/// What the file of a session holds, as far as it was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OnDisk {
    /// What it held when it was read or written last.
    #[default]
    AsKnown,
    /// This text, which others wrote.
    Changed(String),
    /// It is not there any more.
    Gone,
    /// It cannot be read.
    Unreadable(FileError),
}

/// What a session knows about its file on disk.
#[derive(Debug, Default)]
pub struct Disk {
    pub(super) holds: OnDisk,
    watch: Arc<Watch>,
}

/// Looks from another thread whether a file was touched, without reading it.
#[derive(Debug, Default)]
pub struct Watch {
    seen: Mutex<Option<(PathBuf, Stamp)>>,
}

/// Why the text of the file cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// Nobody changed it.
    Nothing,
    /// It is not a policy: what is wrong with it.
    NoPolicy(Vec<Diagnostic>),
    /// Both changed the same lines.
    SameLines,
    /// Nothing was changed here: there is only what the others did.
    OneSide,
    /// Both changes together are no policy: what is wrong with it.
    Together(Vec<Diagnostic>),
    /// It cannot be put in the place of what there is.
    Refused(EditError),
}

impl Watch {
    /// Whether the file was touched since it was looked at last; said once for each time.
    pub fn was_touched(&self) -> bool {
        let Some((path, before)) = self.lock().clone() else { return false };
        let now = Stamp::of(&path);
        if now == before {
            return false;
        }
        let mut seen = self.lock();
        match seen.as_mut() {
            // Unless it was saved or looked at meanwhile.
            Some((same, stamp)) if *same == path && *stamp == before => {
                *stamp = now;
                true
            }
            _ => false,
        }
    }

    fn seen(&self, path: &Path, stamp: Stamp) {
        *self.lock() = Some((path.to_owned(), stamp));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<(PathBuf, Stamp)>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Disk {
    /// The file holds what the session knows, and had this stamp before it was looked at.
    pub(super) fn is_as_known(&mut self, path: &Path, stamp: Stamp) {
        self.holds = OnDisk::AsKnown;
        self.watch.seen(path, stamp);
    }
}

impl Session {
    /// What the file holds, as far as it was looked at.
    #[must_use]
    pub const fn on_disk(&self) -> &OnDisk {
        &self.disk.holds
    }

    /// Looks from another thread whether the file was touched; then [`Self::look_at_disk`] tells how.
    #[must_use]
    pub fn watch(&self) -> Arc<Watch> {
        Arc::clone(&self.disk.watch)
    }

    /// Reads what the file holds; whether that is news.
    pub fn look_at_disk(&mut self) -> bool {
        let Some(path) = self.file.clone() else { return false };
        // Before reading: what is written after it is noticed another time.
        let stamp = Stamp::of(&path);
        let holds = match load(&Input::File(path.clone())) {
            Ok(text) if text == self.saved => OnDisk::AsKnown,
            Ok(text) if text == self.text() => {
                self.saved = text;
                OnDisk::AsKnown
            }
            Ok(text) => OnDisk::Changed(text),
            Err(_) if stamp == Stamp::Gone => OnDisk::Gone,
            Err(error) => OnDisk::Unreadable(error),
        };
        self.disk.watch.seen(&path, stamp);
        let news = holds != self.disk.holds;
        if news && holds == OnDisk::Gone {
            self.recovery.hold();
        }
        self.disk.holds = holds;
        news
    }

    /// Writes the policy over what others wrote, as it was looked at last; what was written after that stays.
    ///
    /// # Errors
    /// [`FileError`]; the file is then as it was.
    pub fn overwrite(&mut self) -> Result<PathBuf, FileError> {
        if let OnDisk::Changed(theirs) = &self.disk.holds {
            self.saved.clone_from(theirs);
            self.disk.holds = OnDisk::AsKnown;
        }
        self.save(None)
    }

    /// Puts the text of the file in the place of the policy; an edit like any other, which undo takes back.
    ///
    /// # Errors
    /// [`NotTaken`]; nothing is then changed.
    pub fn take_theirs(&mut self) -> Result<Text, NotTaken> {
        let theirs = self.theirs()?;
        self.put(&theirs, say::take_theirs())?;
        Ok(self.knows(theirs, say::take_theirs()))
    }

    /// Makes the changes of the file in the policy too, where both changed different lines.
    ///
    /// # Errors
    /// [`NotTaken`]; nothing is then changed.
    pub fn merge_theirs(&mut self) -> Result<Text, NotTaken> {
        let theirs = self.theirs()?;
        let merged = self.together(&theirs)?;
        self.put(&merged, say::merge_theirs())?;
        Ok(self.knows(theirs, say::merge_theirs()))
    }

    /// Whether [`Self::merge_theirs`] would do: both changed the policy, in different lines.
    #[must_use]
    pub fn can_merge(&self) -> bool {
        self.mergeable().is_ok()
    }

    /// The same, and why not.
    ///
    /// # Errors
    /// [`NotTaken`], what others wrote before what was written here.
    pub fn mergeable(&self) -> Result<(), NotTaken> {
        let theirs = self.theirs()?;
        Document::read(theirs.clone()).map_err(NotTaken::NoPolicy)?;
        if self.saved == self.text() {
            return Err(NotTaken::OneSide);
        }
        self.together(&theirs).map(|_| ())
    }

    fn theirs(&self) -> Result<String, NotTaken> {
        match &self.disk.holds {
            OnDisk::Changed(theirs) => Ok(theirs.clone()),
            OnDisk::AsKnown | OnDisk::Gone | OnDisk::Unreadable(_) => Err(NotTaken::Nothing),
        }
    }

    fn together(&self, theirs: &str) -> Result<String, NotTaken> {
        together(&self.saved, self.text(), theirs)
    }

    fn knows(&mut self, theirs: String, words: Text) -> Text {
        self.saved = theirs;
        self.disk.holds = OnDisk::AsKnown;
        words
    }

    /// Puts another text in the place of all, as one edit.
    pub(super) fn put(&mut self, text: &str, words: Text) -> Result<(), NotTaken> {
        Document::read(text.to_owned()).map_err(NotTaken::NoPolicy)?;
        let (range, put) = difference(self.text(), text);
        let pieces = vec![Splice { range, text: put.to_owned() }];
        self.apply_as(&Edit::Splice { pieces }, words).map_err(NotTaken::Refused)
    }
}

/// Both changes of a policy in one.
///
/// # Errors
/// [`NotTaken::SameLines`], [`NotTaken::Together`].
pub(super) fn together(before: &str, mine: &str, theirs: &str) -> Result<String, NotTaken> {
    let merged = merge(before, mine, theirs).ok_or(NotTaken::SameLines)?;
    Document::read(merged.clone()).map_err(NotTaken::Together)?;
    Ok(merged)
}

/// Both changes of a text in one; `None` where they touch the same lines.
fn merge(before: &str, mine: &str, theirs: &str) -> Option<String> {
    diffy::merge(before, mine, theirs).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_different_lines_are_merged_and_others_are_not() {
        let before = "a\nb\nc\nd\ne\n";
        let merged = merge(before, "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n");
        assert_eq!(merged.as_deref(), Some("A\nb\nc\nd\nE\n"));
        assert_eq!(merge(before, "A\nb\nc\nd\ne\n", "B\nb\nc\nd\ne\n"), None);
    }
}
