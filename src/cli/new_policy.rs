use std::io;

use super::args::NewArgs;
use super::open::policy_file;
use super::page::line;
use super::{Exit, Streams};
use crate::messages::files as say;
use crate::workbench::{FileError, write_new_policy};

/// Writes a policy to begin with.
pub fn run(args: &NewArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let file = match policy_file(&args.file, "new") {
        Ok(file) => file,
        Err(why) => return streams.error(&why, Exit::Failed),
    };
    match write_new_policy(&file, streams.lang) {
        Ok(()) => {
            let made = say::made(&file.display().to_string());
            line(streams.out, made.say(streams.lang))?;
            Ok(Exit::Fine)
        }
        Err(FileError(why)) => streams.error(&why, Exit::Failed),
    }
}
