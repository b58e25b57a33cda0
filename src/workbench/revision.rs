//! Policies as git keeps them.

use std::process::{Command, Stdio};

use super::files::FileError;
use crate::messages::{Text, impact as say};

/// Whether a name is that of a file in a revision: `HEAD~1:policy.yaml`.
pub(super) fn names_revision(name: &str) -> bool {
    name.split_once(':').is_some_and(|(revision, path)| !revision.is_empty() && !path.is_empty())
}

/// The content of a file in a revision, as git has it.
pub(super) fn of_revision(name: &str) -> Result<Vec<u8>, FileError> {
    let fail = |why: &Text| FileError(say::no_revision(name, why));
    // What begins with a dash would be an option.
    if name.starts_with('-') {
        return Err(fail(&say::no_such_revision()));
    }
    let git = Command::new("git").args(["cat-file", "blob", name]).stdin(Stdio::null()).output();
    let output = git.map_err(|error| fail(&say::no_git(&error.to_string())))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
    let why = if first.is_empty() { say::no_such_revision() } else { Text::verbatim(first) };
    Err(fail(&why))
}
