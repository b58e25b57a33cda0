use std::io;

use super::args::CompileArgs;
use super::open::{open, print};
use super::{Exit, Streams};
use crate::compile::compile;
use crate::diagnostic::Diagnostic;

/// Prints the deployable rules; what could not be compiled goes to standard error.
pub fn run(args: &CompileArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let document = match open(&args.file, &args.rules, streams)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let compiled = compile(document.policy());
    let name = args.file.display().to_string();
    print(
        &compiled.diagnostics,
        &name,
        document.text(),
        streams.err,
        (streams.lang, streams.colour),
    )?;
    streams.out.write_all(compiled.text(document.policy()).as_bytes())?;
    let failed = compiled.diagnostics.iter().any(Diagnostic::is_error);
    Ok(if failed { Exit::Invalid } else { Exit::Fine })
}
