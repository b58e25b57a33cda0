use std::io;

use super::args::NewArgs;
use super::page::line;
use super::{Exit, Streams};
use crate::messages::files as say;
use crate::workbench::{FileError, write_new_policy};

/// Writes a policy to begin with.
pub fn run(args: &NewArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    match write_new_policy(&args.file, streams.lang) {
        Ok(()) => {
            let made = say::made(&args.file.display().to_string());
            line(streams.out, made.say(streams.lang))?;
            Ok(Exit::Fine)
        }
        Err(FileError(why)) => streams.error(&why, Exit::Failed),
    }
}
