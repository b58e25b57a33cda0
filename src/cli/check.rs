use std::io;

use serde_json::{Value, json};

use super::args::{CheckArgs, Format};
use super::open::print;
use super::{Exit, Streams};
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::Lang;
use crate::workbench::{Input, OpenError, TestInput, read, refresh};

/// Prints every problem of the policies; errors exit with 3, warnings with 2.
pub fn run(args: &CheckArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut worst = Exit::Fine;
    let mut rows: Vec<Value> = Vec::new();
    for file in &args.files {
        let input = Input::from_argument(Some(file));
        let (diagnostics, text) = match read(&input, &args.rules.options()) {
            Ok(document) => {
                let derived = refresh(&document, &TestInput::default(), 0);
                (derived.problems().cloned().collect(), document.text().to_owned())
            }
            Err(OpenError::Invalid { diagnostics, text }) => (diagnostics, text),
            Err(OpenError::File(error)) => {
                writeln!(streams.err, "error: {error}")?;
                return Ok(Exit::Failed);
            }
        };
        let exit = match diagnostics.iter().map(|d| d.severity).max() {
            Some(Severity::Error) => Exit::Invalid,
            Some(Severity::Warning) => Exit::Findings,
            Some(Severity::Note) | None => Exit::Fine,
        };
        if exit as u8 > worst as u8 {
            worst = exit;
        }
        match args.format {
            Format::Json => rows.extend(diagnostics.iter().map(|d| row(d, &input.name()))),
            Format::Text => {
                print(
                    &diagnostics,
                    &input.name(),
                    &text,
                    streams.out,
                    (streams.lang, streams.colour),
                )?;
                writeln!(streams.out, "{}: {}", input.name(), summary(&diagnostics))?;
            }
        }
    }
    if args.format == Format::Json {
        writeln!(streams.out, "{}", json!({ "diagnostics": rows }))?;
    }
    Ok(worst)
}

fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let part = |severity: Severity| match count(severity) {
        0 => None,
        1 => Some(format!("1 {}", severity.word())),
        n => Some(format!("{n} {}s", severity.word())),
    };
    let parts: Vec<String> =
        [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(part).collect();
    if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") }
}

fn row(diagnostic: &Diagnostic, file: &str) -> Value {
    json!({
        "file": file,
        "code": diagnostic.code,
        "severity": diagnostic.severity.word(),
        "line": diagnostic.place.as_ref().map(|p| p.line),
        "column": diagnostic.place.as_ref().map(|p| p.column),
        "message": diagnostic.message.say(Lang::English),
        "help": diagnostic.help.as_ref().map(|h| h.say(Lang::English)),
    })
}
