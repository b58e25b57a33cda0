//! Policy files: read, written, looked at.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use thiserror::Error;

use super::replace::{BeforeStep, replace};
use super::revision::{names_revision, of_revision};
use crate::messages::{Lang, Text, files as say};

/// The largest policy that is read, in bytes: 30,000 rules take about a tenth of it.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The sample that opens when no file is named.
const SAMPLE: &str = include_str!("../../samples/first-steps/policy.yaml");

/// Where a policy comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The built-in sample.
    Sample,
    /// Standard input, `-`.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A file of a revision that git keeps, as git names it: `HEAD~1:policy.yaml`.
    Revision(String),
}

/// Why a file could not be read or written, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", .0.say(Lang::English))]
pub struct FileError(pub Text);

impl Input {
    /// Reads an argument: `-` is standard input.
    #[must_use]
    pub fn from_argument(argument: Option<&Path>) -> Self {
        match argument {
            None => Self::Sample,
            Some(path) if path == Path::new("-") => Self::Stdin,
            Some(path) => match path.to_str() {
                Some(name) if names_revision(name) && !path.exists() => {
                    Self::Revision(name.to_owned())
                }
                _ => Self::File(path.to_owned()),
            },
        }
    }

    /// The name to show.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Sample => "sample".to_owned(),
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Revision(name) => name.clone(),
        }
    }

    /// The policy file that it is; nothing for what becomes a policy only when it is saved.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) if !self.is_rules() => Some(path),
            Self::Sample | Self::Stdin | Self::Revision(_) | Self::File(_) => None,
        }
    }

    /// Whether it is a plain file of Suricata rules.
    #[must_use]
    pub fn is_rules(&self) -> bool {
        let path = match self {
            Self::File(path) => path.as_path(),
            Self::Revision(name) => Path::new(name),
            Self::Sample | Self::Stdin => return false,
        };
        path.extension().is_some_and(|e| e == "rules")
    }
}

/// Reads the text of `input`.
///
/// # Errors
/// [`FileError`] when it is missing, a directory, too large, or not UTF-8.
pub fn load(input: &Input) -> Result<String, FileError> {
    String::from_utf8(load_bytes(input)?).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|&&b| b == b'\n').count() + 1;
        FileError(say::not_utf8(&input.name(), line))
    })
}

/// Reads `input`, whatever it holds.
///
/// # Errors
/// [`FileError`] when it is missing, a directory, or too large.
pub(super) fn load_bytes(input: &Input) -> Result<Vec<u8>, FileError> {
    match input {
        Input::Sample => Ok(SAMPLE.as_bytes().to_vec()),
        Input::Stdin => read_up_to(io::stdin().lock(), input),
        Input::File(path) => {
            let is_policy = path.extension().is_some_and(|ext| ext == "yaml" || ext == "yml");
            let fail = |e: io::Error| match e.kind() {
                io::ErrorKind::NotFound if is_policy => FileError(say::no_policy(&input.name())),
                _ => FileError(say::cannot_read(&input.name(), &e)),
            };
            if fs::metadata(path).map_err(fail)?.is_dir() {
                return Err(FileError(say::is_a_directory(&input.name())));
            }
            read_up_to(File::open(path).map_err(fail)?, input)
        }
        Input::Revision(name) => read_up_to(&of_revision(name)?[..], input),
    }
}

fn read_up_to(from: impl Read, input: &Input) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| FileError(say::cannot_read(&input.name(), &e)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(FileError(say::too_large(&input.name())));
    }
    Ok(bytes)
}

/// Writes `text` to `path` in one step: the old or the new file, never neither.
///
/// `before` is the text that the file is known to hold; when it holds something else by now,
/// nothing is written. Links are followed, the mode is kept.
///
/// # Errors
/// [`FileError`]; the old file is then untouched.
pub fn save(path: &Path, text: &str, before: Option<&str>) -> Result<(), FileError> {
    save_by_steps(path, text, before, &mut |_| Ok(()))
}

/// The same, asking before each step.
fn save_by_steps(
    path: &Path,
    text: &str,
    before: Option<&str>,
    steps: BeforeStep<'_>,
) -> Result<(), FileError> {
    let name = path.display().to_string();
    let fail = |e: io::Error| FileError(say::cannot_write(&name, &e));
    let target = real_path(path).map_err(fail)?;
    let old = fs::metadata(&target).ok();
    if let Some(old) = &old {
        let now = fs::read(&target).map_err(fail)?;
        match before {
            None => return Err(FileError(say::choose_another(&name))),
            Some(before) if before.as_bytes() != now => {
                return Err(FileError(say::changed_by_others(&name)));
            }
            Some(_) => {}
        }
        if old.permissions().readonly() {
            return Err(FileError(say::read_only(&name)));
        }
    }
    replace(&target, text.as_bytes(), old.as_ref(), steps).map_err(fail)
}

/// The files with these extensions in a folder, by name; a file is itself.
///
/// # Errors
/// [`FileError`] when it is missing or cannot be read.
pub fn files_in(path: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, FileError> {
    let fail = |e| FileError(say::cannot_read(&path.display().to_string(), &e));
    if !fs::metadata(path).map_err(fail)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(fail)? {
        let file = entry.map_err(fail)?.path();
        if file.extension().is_some_and(|e| extensions.iter().any(|known| e == *known)) {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// The folders in a folder that hold a file of this name, by name; the folder itself when it holds one.
///
/// # Errors
/// [`FileError`] when it is missing or cannot be read.
pub fn folders_in(path: &Path, file: &str) -> Result<Vec<PathBuf>, FileError> {
    if path.join(file).is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let fail = |e| FileError(say::cannot_read(&path.display().to_string(), &e));
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).map_err(fail)? {
        let folder = entry.map_err(fail)?.path();
        if folder.join(file).is_file() {
            folders.push(folder);
        }
    }
    folders.sort();
    Ok(folders)
}

/// Writes files, in `folder` if they go into one of their own, which is made. Nothing is written when one of them is there, unless
/// that is allowed.
///
/// # Errors
/// [`FileError`] for the first file that cannot be written.
pub fn write_new(
    files: &[(PathBuf, String)],
    folder: Option<&Path>,
    over: bool,
) -> Result<(), FileError> {
    if let Some((path, _)) = files.iter().find(|(path, _)| !over && path.exists()) {
        return Err(FileError(say::already_there(&path.display().to_string())));
    }
    if let Some(folder) = folder {
        let fail = |e| FileError(say::cannot_write(&folder.display().to_string(), &e));
        fs::create_dir_all(folder).map_err(fail)?;
    }
    for (path, text) in files {
        let before = fs::read_to_string(path).ok();
        save(path, text, before.as_deref())?;
    }
    Ok(())
}

/// The file that a name leads to, through links; also where that file is not there, as long as its folder is.
pub(super) fn real_path(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        done => return done,
    }
    if let Ok(next) = fs::read_link(path) {
        // A circle of links is another error and never comes here.
        return real_path(&path.parent().map_or(next.clone(), |folder| folder.join(next)));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
    Ok(path.file_name().map_or(folder.clone(), |name| folder.join(name)))
}

/// Whether two names lead to one file, be it there or not.
#[must_use]
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    match (real_path(a), real_path(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

/// What tells that a file was written: as long as it is the same, so is the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stamp {
    /// There is no such file.
    Gone,
    /// It cannot be looked at.
    Hidden(io::ErrorKind),
    /// Size in bytes, time of the last change, and the file's number where files have one.
    There(u64, Option<SystemTime>, u64),
}

impl Stamp {
    /// Looks at a file without reading it.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        match fs::metadata(path) {
            Ok(there) => Self::There(there.len(), there.modified().ok(), number(&there)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Self::Gone,
            Err(e) => Self::Hidden(e.kind()),
        }
    }
}

#[cfg(unix)]
fn number(file: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

#[cfg(not(unix))]
fn number(_file: &fs::Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_changed_by_others_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.yaml");
        fs::write(&path, "theirs").unwrap();
        let error = save(&path, "mine", Some("before")).unwrap_err().to_string();
        assert!(error.contains("changed by others"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
    }

    #[cfg(unix)]
    #[test]
    fn saving_through_a_link_keeps_link_and_mode() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.yaml"), folder.path().join("link.yaml"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        save(&link, "new", Some("old")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn file_that_is_not_text_is_refused_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.yaml");
        fs::write(&path, b"a\nb\xff").unwrap();
        let error = load(&Input::File(path)).unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}
