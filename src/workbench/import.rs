//! Files that others wrote, read to make a policy of them.

use std::path::{Path, PathBuf};

use super::files::{FileError, Input, files_in, load_bytes};
use crate::interop::ImportFile;

/// What the files of a folder are called that can be imported.
const EXTENSIONS: [&str; 6] = ["json", "yaml", "yml", "template", "tf", "rules"];

/// The files of these paths, those of a folder by name.
///
/// # Errors
/// [`FileError`] for a path that is missing, and for a file that cannot be read.
pub fn import_files(paths: &[PathBuf]) -> Result<Vec<ImportFile>, FileError> {
    let mut files = Vec::new();
    for path in paths {
        let all =
            if path == Path::new("-") { vec![path.clone()] } else { files_in(path, &EXTENSIONS)? };
        for path in all {
            let input = Input::from_argument(Some(&path));
            files.push(ImportFile::new(input.name(), &load_bytes(&input)?));
        }
    }
    Ok(files)
}
