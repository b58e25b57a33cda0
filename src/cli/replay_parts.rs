//! Parts of a replay: written to files, and joined.

use std::io;
use std::path::{Path, PathBuf};

use super::args::ReplayArgs;
use super::{Exit, Streams};
use crate::messages::{Text, files, replay as say};
use crate::replay::{Bounds, Tally, load_part, takes_part, write_part};
use crate::workbench::{FileError, is_same_file, write_new};

/// Why no part may be written to `out`, if so: something would be lost.
pub fn refusal(out: &Path, args: &ReplayArgs) -> Option<Text> {
    if is_standard_output(out) {
        return None;
    }
    let name = out.display().to_string();
    let mut read = args.file.iter().chain(&args.against).chain(&args.logs).chain(&args.merge);
    if read.any(|path| is_same_file(path, out)) {
        return Some(say::over_what_is_read(&name));
    }
    match takes_part(out) {
        Ok(true) => None,
        Ok(false) => Some(say::over_another_file(&name)),
        Err(error) => Some(files::cannot_write(&name, &error)),
    }
}

/// Writes a tally as a part.
pub fn write(tally: &Tally, out: &Path, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if is_standard_output(out) {
        write_part(tally, streams.out)?;
        return Ok(Exit::Fine);
    }
    let mut text = Vec::new();
    write_part(tally, &mut text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    match write_new(&[(out.to_owned(), text)], None, true) {
        Ok(()) => Ok(Exit::Fine),
        Err(FileError(said)) => streams.error(&said, Exit::Failed),
    }
}

fn is_standard_output(out: &Path) -> bool {
    out.as_os_str() == "-"
}

/// Joins parts.
pub fn of_parts(parts: &[PathBuf], streams: &mut Streams<'_>) -> io::Result<Result<Tally, Exit>> {
    let mut all = Tally::new(Bounds::default());
    let mut first = None;
    for path in parts {
        let name = path.display().to_string();
        let tally = match load_part(path, Bounds::default()) {
            Ok(tally) => tally,
            Err(error) => {
                let said = error.words().map(|why| format!("{name}: {why}"));
                return streams.error(&said, Exit::Failed).map(Err);
            }
        };
        match &first {
            None => first = Some((name, tally.policy.clone())),
            Some((_, policy)) if *policy == tally.policy => {}
            Some((first, _)) => {
                return streams.error(&say::other_policy(&name, first), Exit::Failed).map(Err);
            }
        }
        all.merge(tally);
    }
    Ok(Ok(all))
}
