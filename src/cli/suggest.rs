use std::io;
use std::sync::atomic::AtomicBool;

use super::args::SuggestArgs;
use super::page::line;
use super::replay::{Inputs, of_logs};
use super::{Exit, Streams};
use crate::messages::suggest as say;
use crate::policy::Document;
use crate::replay::{Tally, suggest};

/// Prints a rule group that would let through what the default action blocks in logs. The policy is not touched.
pub fn run(args: &SuggestArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let (file, threads) = (&args.file, args.threads);
    let inputs = Inputs { file, logs: &args.logs, against: None, threads, rules: &args.rules };
    let (tally, document) = match of_logs(&inputs, streams)? {
        Ok(counted) => counted,
        Err(exit) => return Ok(exit),
    };
    let ended = tally.cancelled || !tally.troubles.is_empty();
    let tally = tally.settled();
    let printed = printed(&tally, &document, streams)?;
    Ok(if ended { Exit::Failed } else { printed })
}

fn printed(tally: &Tally, document: &Document, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let lang = streams.lang;
    match suggest(tally, document, &AtomicBool::new(false)) {
        Ok(Some(suggestion)) => {
            for said in suggestion.notes() {
                line(streams.out, &format!("# {}", said.say(lang)))?;
            }
            for text in suggestion.text.lines() {
                line(streams.out, text)?;
            }
            Ok(Exit::Fine)
        }
        Ok(None) => {
            line(streams.err, say::nothing().say(lang))?;
            Ok(Exit::Fine)
        }
        Err(error) => streams.error(&error.words(), Exit::Failed),
    }
}
