use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Exit, RulesArgs, Streams};
use crate::diagnostic::{Diagnostic, Severity, render};
use crate::interop::RulesPlaces;
use crate::messages::{Lang, Text, files, printable, recovery as say};
use crate::policy::Document;
use crate::workbench::{FileError, Input, OpenError, Settings, load, read};

/// Opens a policy, or prints why it cannot be and says how to exit.
pub fn open(
    file: &Path,
    rules: &RulesArgs,
    streams: &mut Streams<'_>,
) -> io::Result<Result<Document, Exit>> {
    let input = Input::from_argument(Some(file));
    match read(&input, &rules.options()) {
        Ok(document) => {
            let journals = streams.journals.as_ref();
            if journals.is_some_and(|journals| journals.has_edits(&input, document.text())) {
                let note = say::has_edits(&printable(&input.name()));
                let word = Severity::Note.words().say(streams.lang);
                writeln!(streams.err, "{word}: {}", note.say(streams.lang))?;
            }
            Ok(Ok(document))
        }
        Err(error) => {
            report(&error, &input.name(), streams)?;
            Ok(Err(exit(&error)))
        }
    }
}

/// The policy file that an argument names, of which `option` says that it is to be written.
pub fn policy_file(argument: &Path, option: &str) -> Result<PathBuf, Text> {
    let input = Input::from_argument(Some(argument));
    input.file().map(Path::to_owned).ok_or_else(|| files::not_a_policy(&input.name(), option))
}

/// Prints why a policy could not be opened.
///
/// # Errors
/// When standard error cannot be written.
pub fn report(error: &OpenError, name: &str, streams: &mut Streams<'_>) -> io::Result<()> {
    match error {
        OpenError::File(FileError(said)) => streams.error(said, Exit::Failed).map(drop),
        OpenError::Invalid { diagnostics, text } => {
            print(diagnostics, name, text, streams.err, (streams.lang, streams.colour))
        }
    }
}

/// The text of the file that was given, and what is wrong with its policy with the places in it: the policy that is made of a
/// file of rules has other lines. What such a file does not say has no place.
///
/// # Errors
/// [`FileError`] when the file of rules cannot be read again.
pub fn as_given(
    document: &Document,
    input: &Input,
    diagnostics: impl IntoIterator<Item = Diagnostic>,
) -> Result<(String, Vec<Diagnostic>), FileError> {
    if !input.is_rules() {
        return Ok((document.text().to_owned(), diagnostics.into_iter().collect()));
    }
    let rules = load(input)?;
    let places = RulesPlaces::of(&rules);
    let given = |diagnostic: Diagnostic| {
        let place = diagnostic.place.and_then(|at| places.in_file(document.policy(), &at));
        Diagnostic { place, ..diagnostic }
    };
    let given = diagnostics.into_iter().map(given).collect();
    Ok((rules, given))
}

/// The exit code for a policy that could not be opened.
#[must_use]
pub const fn exit(error: &OpenError) -> Exit {
    match error {
        OpenError::File(_) => Exit::Failed,
        OpenError::Invalid { .. } => Exit::Invalid,
    }
}

/// Prints what is wrong with the settings.
///
/// # Errors
/// When standard error cannot be written.
pub fn report_settings(
    problems: &[Diagnostic],
    settings: &Settings,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let file = settings.file.as_deref().unwrap_or(Path::new("")).display().to_string();
    print(problems, &file, &settings.text, streams.err, (streams.lang, streams.colour))?;
    Ok(if problems.iter().any(Diagnostic::is_error) { Exit::Invalid } else { Exit::Fine })
}

/// Prints diagnostics with their lines, and counts what was left out of a long list.
pub fn print(
    diagnostics: &[Diagnostic],
    name: &str,
    text: &str,
    to: &mut dyn Write,
    (lang, colour): (Lang, bool),
) -> io::Result<()> {
    for diagnostic in diagnostics {
        writeln!(to, "{}\n", render(diagnostic, name, text, lang, colour))?;
    }
    Ok(())
}
