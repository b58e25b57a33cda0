use std::io;

use super::args::SuggestArgs;
use super::page::line;
use super::replay::{Inputs, of_logs};
use super::{Exit, Streams};
use crate::messages::{Text, suggest as say};
use crate::policy::Document;
use crate::replay::{Suggestion, Tally, suggest};

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
    match suggest(tally, document) {
        Ok(Some(suggestion)) => {
            for said in notes(tally, &suggestion) {
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

/// What stands above the group, as comments.
fn notes(tally: &Tally, suggestion: &Suggestion) -> Vec<Text> {
    let mut notes =
        vec![say::proposal(suggestion.rules), say::passes(suggestion.passed, suggestion.blocked)];
    if suggestion.by_rules > 0 {
        notes.push(say::by_rules(suggestion.by_rules));
    }
    notes.extend(suggestion.collapsed.iter().map(|(name, names)| say::collapsed(name, *names)));
    if suggestion.left_out > 0 {
        notes.push(say::left_out(suggestion.left_out));
    }
    let beyond = tally.requests_beyond();
    if beyond > 0 {
        notes.push(say::beyond(beyond));
    }
    notes
}
