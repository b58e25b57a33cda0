//! The command line: one file per subcommand, the same functions as the screen.
//!
//! Knows: all below the faces. Must not know: the screen.

mod access;
mod args;
mod check;
mod check_github;
mod check_json;
mod check_sarif;
mod compile;
mod conformance;
mod coverage;
mod explain;
mod export;
mod flow_sets;
mod impact;
mod import;
mod import_list;
mod learn;
mod new_policy;
mod open;
mod page;
mod replay;
mod replay_json;
mod replay_parts;
mod replay_text;
mod shell;
mod signals;
mod suggest;
mod test;
mod test_junit;
mod try_json;
mod try_request;
mod try_rows;
mod try_text;
mod try_what_if;
mod verify;

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::messages::{Lang, Text};

pub use args::{Args, Command, Format, RulesArgs};
pub use open::{exit, report, report_settings};

use crate::workbench::Journals;

/// How a command ended; the number is the process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// It could not run: a file, the disk, or wrong usage.
    Failed = 1,
    /// Findings, failed cases, or a verdict other than the expected.
    Findings = 2,
    /// The input is not valid.
    Invalid = 3,
}

/// Where a command writes to.
pub struct Streams<'a> {
    /// What was asked for.
    pub out: &'a mut dyn Write,
    /// Problems.
    pub err: &'a mut dyn Write,
    /// Whether diagnostics may be coloured.
    pub colour: bool,
    /// The language of what people read; what programs read (`--format json`) is English always.
    pub lang: Lang,
    /// Where workbenches keep what is not saved.
    pub journals: Option<Journals>,
}

impl Streams<'_> {
    /// What was asked for, as a page for people.
    fn page(&mut self) -> page::Page<'_> {
        page::Page { out: &mut *self.out, lang: self.lang }
    }

    /// Says why a command cannot go on, and gives back how it ends.
    fn error(&mut self, said: &Text, exit: Exit) -> io::Result<Exit> {
        page::line(
            self.err,
            &format!("{}: {}", Severity::Error.words().say(self.lang), said.say(self.lang)),
        )?;
        Ok(exit)
    }
}

/// Runs a headless command.
///
/// # Errors
/// When `out` or `err` cannot be written, such as a closed pipe.
pub fn run(command: &Command, streams: &mut Streams<'_>) -> io::Result<Exit> {
    match command {
        Command::Try(args) => try_request::run(args, streams),
        Command::Test(args) => test::run(args, streams),
        Command::Check(args) => check::run(args, streams),
        Command::Compile(args) => compile::run(args, streams),
        Command::New(args) => new_policy::run(args, streams),
        Command::Import(args) => import::run(args, streams),
        Command::Export(args) => export::run(args, streams),
        Command::Verify(args) => verify::run(args, streams),
        Command::Conformance(args) => conformance::run(args, streams),
        Command::Access(args) => access::run(args, streams),
        Command::Impact(args) => impact::run(args, streams),
        Command::Replay(args) => replay::run(args, streams),
        Command::Suggest(args) => suggest::run(args, streams),
        Command::Explain(args) => explain::run(args, streams),
        Command::Learn(args) => learn::run(args, streams),
        Command::Completions { shell } => shell::completions(*shell, streams),
        Command::Man => shell::man(streams),
        Command::Keys => Ok(Exit::Fine),
    }
}
