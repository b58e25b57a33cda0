use std::io;

use super::args::CompileArgs;
use super::open::{as_given, open, print};
use super::{Exit, Streams};
use crate::compile::compile;
use crate::diagnostic::Diagnostic;
use crate::workbench::{FileError, Input};

/// Prints the deployable rules; what could not be compiled goes to standard error.
pub fn run(args: &CompileArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let document = match open(&args.file, &args.rules, streams)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let compiled = compile(document.policy());
    let input = Input::from_argument(Some(&args.file));
    let (text, found) = match as_given(&document, &input, compiled.diagnostics.iter().cloned()) {
        Ok(given) => given,
        Err(FileError(said)) => return streams.error(&said, Exit::Failed),
    };
    print(&found, &input.name(), &text, streams.err, (streams.lang, streams.colour))?;
    streams.out.write_all(compiled.text(document.policy()).as_bytes())?;
    let failed = compiled.diagnostics.iter().any(Diagnostic::is_error);
    Ok(if failed { Exit::Invalid } else { Exit::Fine })
}
