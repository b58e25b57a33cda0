//! The only file of the session that touches the disk.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

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
}

/// Why a file could not be read or written, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct FileError(pub String);

impl Input {
    /// Reads an argument: `-` is standard input.
    #[must_use]
    pub fn from_argument(argument: Option<&Path>) -> Self {
        match argument {
            None => Self::Sample,
            Some(path) if path == Path::new("-") => Self::Stdin,
            Some(path) => Self::File(path.to_owned()),
        }
    }

    /// The name to show.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Sample => "sample".to_owned(),
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Whether it is a plain file of Suricata rules.
    #[must_use]
    pub fn is_rules(&self) -> bool {
        matches!(self, Self::File(path) if path.extension().is_some_and(|e| e == "rules"))
    }
}

/// Reads the text of `input`.
///
/// # Errors
/// [`FileError`] when it is missing, a directory, too large, or not UTF-8.
pub fn load(input: &Input) -> Result<String, FileError> {
    let bytes = match input {
        Input::Sample => return Ok(SAMPLE.to_owned()),
        Input::Stdin => read_up_to(io::stdin().lock(), input)?,
        Input::File(path) => {
            let fail = |e: io::Error| {
                FileError(format!("cannot read `{}`: {}", path.display(), reason(&e)))
            };
            if fs::metadata(path).map_err(fail)?.is_dir() {
                return Err(FileError(format!(
                    "`{}` is a directory: name the policy file in it",
                    path.display()
                )));
            }
            read_up_to(File::open(path).map_err(fail)?, input)?
        }
    };
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|&&b| b == b'\n').count() + 1;
        FileError(format!(
            "`{}` is not UTF-8 text: line {line} has a byte that is none; save it as UTF-8",
            input.name()
        ))
    })
}

fn read_up_to(from: impl Read, input: &Input) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| FileError(format!("cannot read `{}`: {}", input.name(), reason(&e))))?;
    if bytes.len() as u64 > LARGEST {
        return Err(FileError(format!(
            "`{}` is larger than 64 MiB: this is no policy file (30,000 rules take about 6 MiB)",
            input.name()
        )));
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
    let fail =
        |e: &io::Error| FileError(format!("cannot write `{}`: {}", path.display(), reason(e)));
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(e) if e.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(e) => return Err(fail(&e)),
    };
    let mode = match fs::metadata(&target) {
        Ok(metadata) => {
            let now = fs::read(&target).map_err(|e| fail(&e))?;
            if before.is_none_or(|before| before.as_bytes() != now) {
                return Err(FileError(format!(
                    "`{}` was changed by others meanwhile: nothing is written; save under another name and compare",
                    path.display()
                )));
            }
            Some(metadata.permissions())
        }
        Err(_) => None,
    };
    if mode.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(FileError(format!(
            "`{}` is read-only: save under another name, or make it writable",
            path.display()
        )));
    }
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".sekisho-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        if let Some(mode) = mode {
            file.as_file().set_permissions(mode)?;
        } else {
            plain_mode(file.as_file())?;
        }
        file.as_file().sync_all()?;
        file.persist(&target).map_err(|e| e.error)?;
        File::open(folder)?.sync_all()
    };
    write().map_err(|e| fail(&e))
}

/// A new file is readable by all, as an editor would make it; a temporary one is not.
#[cfg(unix)]
fn plain_mode(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn plain_mode(_file: &File) -> io::Result<()> {
    Ok(())
}

/// The system's reason in the house's words where it has some.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied; check who owns it".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full; free some space and save again".to_owned(),
        _ => error.to_string(),
    }
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
