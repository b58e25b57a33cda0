//! Journals: every edit that is not saved yet, on disk before it is on the screen, so that it outlives the process.
//!
//! A journal is a file of lines, each with a checksum: who wrote it, the text it began from, then one line for each edit.
//! Lines are only ever added, so that whatever breaks off leaves all earlier ones. The process that writes a journal holds a
//! lock on it; one without a lock was left behind.

use std::borrow::Cow;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::files::{FileError, Input, real_path};
use super::replace::sync_folder;
use crate::messages::{Lang, Text, recovery as say};
use crate::policy::difference;

/// How a journal's name ends.
const ENDING: &str = ".journal";
/// The form of what is written here.
const VERSION: u32 = 1;
/// A journal longer than this, in bytes, is not read: it is none of ours.
const LONGEST: u64 = 1 << 30;

/// The folder where journals are kept.
#[derive(Debug, Clone)]
pub struct Journals {
    folder: PathBuf,
}

/// The journal of a session.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    /// Bytes that are on the disk for sure; what stands behind them broke off.
    sure: u64,
    /// The text that its lines lead to.
    text: String,
    has_base: bool,
}

/// A journal that was left behind.
#[derive(Debug)]
pub struct Left {
    /// Holds the lock for as long as somebody is asked about it.
    file: File,
    path: PathBuf,
    /// The text it began from: what the file held then.
    pub base: String,
    /// The text as it was last on the screen.
    pub text: String,
    /// The edits in words, the first one first.
    pub steps: Vec<Text>,
    /// When the last edit was made.
    pub at: SystemTime,
    /// Whether something in it cannot be read: then later edits are missing.
    pub damaged: bool,
}

/// The journals of one policy.
#[derive(Debug, Default)]
pub struct Found {
    /// Those left behind, the newest first.
    pub left: Vec<Left>,
    /// The numbers of other processes that work on the policy now.
    pub others: Vec<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry<'a> {
    Begin {
        version: u32,
        policy: Cow<'a, str>,
        process: u32,
    },
    Base {
        text: Cow<'a, str>,
    },
    Edit {
        words: Cow<'a, str>,
        /// The words in Japanese; journals of before have none.
        #[serde(default)]
        words_ja: Option<Cow<'a, str>>,
        at: usize,
        until: usize,
        put: Cow<'a, str>,
        time: u64,
    },
}

impl Journals {
    /// Keeps journals in this folder, which is made when there is something to keep.
    #[must_use]
    pub const fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The journals of a policy. Those that say nothing any more are removed.
    ///
    /// Where the file system has no locks, nobody can tell a journal that was left behind from one of somebody at work:
    /// none is offered, and none removed.
    #[must_use]
    pub fn of(&self, input: &Input) -> Found {
        self.locked_by(File::try_lock, input)
    }

    fn locked_by(&self, lock: fn(&File) -> Result<(), TryLockError>, input: &Input) -> Found {
        let mut found = Found::default();
        for path in self.files_of(input) {
            let Ok(file) = File::options().read(true).write(true).open(&path) else { continue };
            match lock(&file) {
                Ok(()) => match Left::read(file, &path) {
                    Some(left) => found.left.push(left),
                    None => drop(fs::remove_file(&path)),
                },
                Err(TryLockError::WouldBlock) => found.others.extend(Content::read(&file).process),
                Err(TryLockError::Error(_)) => {}
            }
        }
        found.left.sort_by_key(|left| std::cmp::Reverse(left.at));
        found
    }

    /// Whether there are edits of a policy that are in no file, left behind or of somebody at work. `holds` is what the
    /// file holds. What is piped has none: the journals there are may be of any other policy.
    #[must_use]
    pub fn has_edits(&self, input: &Input, holds: &str) -> bool {
        if *input == Input::Stdin {
            return false;
        }
        self.files_of(input).into_iter().any(|path| {
            let content = File::open(path).map(|file| Content::read(&file)).unwrap_or_default();
            content.texts.is_some_and(|(base, text)| text != base && text != holds)
        })
    }

    /// Begins a journal of a policy whose text is `text`.
    ///
    /// # Errors
    /// [`FileError`] when it cannot be written.
    pub fn begin(&self, input: &Input, text: &str) -> Result<Journal, FileError> {
        self.create(input, text).map_err(|e| FileError(say::no_journal(&e)))
    }

    fn create(&self, input: &Input, text: &str) -> io::Result<Journal> {
        make_private(&self.folder)?;
        // Under a name that nobody looks for, until it is locked.
        let mut new = tempfile::Builder::new().prefix(".new-").tempfile_in(&self.folder)?;
        let _ = new.as_file().try_lock();
        let begin = line(&begin(input));
        new.write_all(&begin)?;
        new.as_file().sync_all()?;
        let random = new.path().file_name().map(|n| n.to_string_lossy().replace(".new-", ""));
        let name = format!("{}.{}{ENDING}", key(input), random.unwrap_or_default());
        let path = self.folder.join(name);
        let file = new.persist_noclobber(&path).map_err(|e| e.error)?;
        sync_folder(&self.folder)?;
        let sure = begin.len() as u64;
        Ok(Journal { file, path, sure, text: text.to_owned(), has_base: false })
    }

    fn files_of(&self, input: &Input) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let begins = format!("{}.", key(input));
        let is_of = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            name.is_some_and(|name| name.starts_with(&begins) && name.ends_with(ENDING))
        };
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_of).collect()
    }
}

impl Journal {
    /// Writes down that an edit led to `text`; when this returns, it is on the disk.
    ///
    /// # Errors
    /// [`FileError`]; the next call then writes down this edit too.
    pub fn record(&mut self, words: &Text, text: &str) -> Result<(), FileError> {
        let (range, put) = difference(&self.text, text);
        let edit = Entry::Edit {
            words: Cow::Borrowed(words.say(Lang::English)),
            words_ja: Some(Cow::Borrowed(words.say(Lang::Japanese))),
            at: range.start,
            until: range.end,
            put: Cow::Borrowed(put),
            time: now(),
        };
        let lines = [self.base(), line(&edit)].concat();
        self.add(&lines)?;
        self.has_base = true;
        text.clone_into(&mut self.text);
        Ok(())
    }

    /// Writes down the text itself, where it is not written down yet.
    ///
    /// # Errors
    /// [`FileError`]
    pub fn hold(&mut self) -> Result<(), FileError> {
        let base = self.base();
        self.add(&base)?;
        self.has_base = true;
        Ok(())
    }

    /// The line of the text that edits begin from; nothing where it is written already.
    fn base(&self) -> Vec<u8> {
        if self.has_base {
            return Vec::new();
        }
        line(&Entry::Base { text: Cow::Borrowed(&self.text) })
    }

    fn add(&mut self, lines: &[u8]) -> Result<(), FileError> {
        self.write(lines).map_err(|e| FileError(say::no_journal(&e)))
    }

    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        if self.file.metadata()?.len() != self.sure {
            self.file.set_len(self.sure)?;
        }
        self.file.seek(SeekFrom::Start(self.sure))?;
        self.file.write_all(lines)?;
        self.file.sync_data()?;
        self.sure += lines.len() as u64;
        Ok(())
    }

    /// Everything is saved to `file` by now: the journal is emptied, and is that file's from here on.
    ///
    /// # Errors
    /// [`FileError`]; edits are then still written down.
    pub fn saved(&mut self, file: &Path, text: &str) -> Result<(), FileError> {
        let input = Input::File(file.to_owned());
        let begin = line(&begin(&input));
        self.file.set_len(0).map_err(|e| FileError(say::no_journal(&e)))?;
        self.sure = 0;
        self.has_base = false;
        text.clone_into(&mut self.text);
        self.add(&begin)?;
        self.rename(&key(&input)).map_err(|e| FileError(say::no_journal(&e)))
    }

    fn rename(&mut self, key: &str) -> io::Result<()> {
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        let (before, random) = name
            .as_deref()
            .and_then(|n| n.trim_end_matches(ENDING).rsplit_once('.'))
            .unwrap_or_default();
        if before == key {
            return Ok(());
        }
        let path = self.path.with_file_name(format!("{key}.{random}{ENDING}"));
        fs::rename(&self.path, &path)?;
        self.path = path;
        Ok(())
    }

    /// Nothing of it is wanted any more.
    pub fn remove(self) {
        // Emptied first: whoever opened it meanwhile finds nothing in it.
        let _ = self.file.set_len(0);
        let _ = fs::remove_file(&self.path);
    }
}

impl Left {
    /// Reads a journal; `None` when it leads nowhere.
    fn read(file: File, path: &Path) -> Option<Self> {
        let content = Content::read(&file);
        let (base, text) = content.texts?;
        let at = UNIX_EPOCH.checked_add(std::time::Duration::from_secs(content.time))?;
        let (path, damaged) = (path.to_owned(), content.damaged);
        Some(Self { file, path, base, text, steps: content.steps, at, damaged })
    }

    /// Nothing of it is wanted any more.
    pub fn remove(self) {
        let _ = self.file.set_len(0);
        let _ = fs::remove_file(&self.path);
    }
}

/// What a journal says.
#[derive(Debug, Default)]
struct Content {
    process: Option<u32>,
    /// What it began from and what it leads to.
    texts: Option<(String, String)>,
    steps: Vec<Text>,
    time: u64,
    damaged: bool,
}

impl Content {
    fn read(file: &File) -> Self {
        let mut content = Self::default();
        let mut bytes = Vec::new();
        if file.take(LONGEST).read_to_end(&mut bytes).is_err() {
            content.damaged = true;
        }
        let mut lines = bytes.split_inclusive(|&byte| byte == b'\n');
        while let Some(one) = lines.next() {
            if !entry(one).is_some_and(|entry| content.take(entry)) {
                // The last line broke off before anybody saw its edit; another one was there.
                content.damaged |= lines.next().is_some();
                break;
            }
        }
        content
    }

    /// Takes in a line; whether it fits those before it.
    fn take(&mut self, entry: Entry<'_>) -> bool {
        match entry {
            Entry::Begin { version, process, .. } => {
                self.process = Some(process);
                version == VERSION
            }
            Entry::Base { text } => {
                self.texts = Some((text.clone().into_owned(), text.into_owned()));
                true
            }
            Entry::Edit { words, words_ja, at, until, put, time } => {
                let Some((_, text)) = &mut self.texts else { return false };
                if at > until || text.get(at..until).is_none() {
                    return false;
                }
                text.replace_range(at..until, &put);
                let japanese = words_ja.unwrap_or_else(|| words.clone());
                self.steps.push((words, japanese).into());
                self.time = time;
                true
            }
        }
    }
}

fn begin(input: &Input) -> Entry<'static> {
    Entry::Begin { version: VERSION, policy: Cow::Owned(input.name()), process: std::process::id() }
}

/// A line: checksum, blank, JSON. JSON has no line feeds but at its end.
fn line(entry: &Entry<'_>) -> Vec<u8> {
    let json = serde_json::to_string(entry).unwrap_or_default();
    format!("{} {json}\n", checksum(json.as_bytes())).into_bytes()
}

fn entry(line: &[u8]) -> Option<Entry<'_>> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (sum, json) = line.split_once(' ')?;
    (sum == checksum(json.as_bytes())).then(|| serde_json::from_str(json).ok())?
}

fn checksum(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What the names of all journals of a policy begin with: the same for every way to name the same file.
fn key(input: &Input) -> String {
    let path = match input {
        Input::Sample => return "sample".to_owned(),
        Input::Stdin => return "stdin".to_owned(),
        // A revision has no file: its journal is named as its name would be.
        Input::Revision(name) => Path::new(name),
        Input::File(path) => path,
    };
    let whole = real_path(path).or_else(|_| std::path::absolute(path));
    let whole = whole.unwrap_or_else(|_| path.to_owned());
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let stem = whole.file_stem().unwrap_or_default().to_string_lossy();
    let stem: String = stem.chars().take(40).map(plain).collect();
    format!("{stem}-{}", checksum(whole.as_os_str().as_encoded_bytes()))
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// Makes a folder that only its owner may look into: journals hold policies.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut make = fs::DirBuilder::new();
    make.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut make, 0o700);
    make.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn journals_are_left_alone_where_there_are_no_locks() {
        let folder = tempfile::tempdir().unwrap();
        let journals = Journals::in_folder(folder.path().to_owned());
        let mut edited = journals.begin(&Input::Sample, "before").unwrap();
        edited.record(&Text::verbatim("edit"), "after").unwrap();
        let empty = journals.begin(&Input::Sample, "before").unwrap();
        let no_locks = |_: &File| Err(TryLockError::Error(io::ErrorKind::Unsupported.into()));
        let found = journals.locked_by(no_locks, &Input::Sample);
        assert!(found.left.is_empty() && found.others.is_empty(), "{found:?}");
        assert!(edited.path.exists() && empty.path.exists());
    }
}
