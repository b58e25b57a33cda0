//! The files beside a configuration of Squid.

use std::path::{Path, PathBuf};

use super::files::{Input, load_bytes};
use crate::interop::ImportFile;
use crate::messages::{Text, squid as say};

/// Files that one pattern may stand for.
const FILES: usize = 1_000;

/// What reads the files that a configuration in `folder` names. A file is looked for where its name says and, since a
/// configuration is often looked at on another machine than its own, beside the configuration: with its last folder, and
/// without.
pub fn beside(folder: &Path) -> impl FnMut(&str) -> Result<Vec<ImportFile>, Text> {
    // A pattern is what the configuration writes, not the name of its folder.
    let folder = PathBuf::from(glob::Pattern::escape(&folder.to_string_lossy()));
    move |name: &str| {
        let written = Path::new(name);
        let last: Vec<_> = written.components().rev().take(2).collect();
        let short: PathBuf = last.iter().rev().collect();
        let mut places = vec![folder.join(written)];
        if written.is_absolute() {
            // A name without its root, so that it is looked for here.
            places.extend(short.is_relative().then(|| folder.join(&short)));
            places.extend(written.file_name().map(|file| folder.join(file)));
        }
        for place in &places {
            let files = files_of(place)?;
            if !files.is_empty() {
                return Ok(files);
            }
        }
        // A pattern may stand for nothing.
        if name.contains(['*', '?', '[']) { Ok(Vec::new()) } else { Err(say::NOT_THERE.into()) }
    }
}

fn files_of(place: &Path) -> Result<Vec<ImportFile>, Text> {
    let pattern = place.to_string_lossy();
    let found = glob::glob(&pattern).map_err(|error| Text::verbatim(&error.to_string()))?;
    let files = found.flatten().filter(|path| path.is_file()).take(FILES);
    let read = |path: PathBuf| {
        let input = Input::from_argument(Some(&path));
        let bytes = load_bytes(&input).map_err(|error| error.0)?;
        Ok(ImportFile::new(input.name(), &bytes))
    };
    files.map(read).collect()
}
