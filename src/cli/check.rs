use std::io;

use super::args::{CheckArgs, CheckFormat};
use super::check_github::annotations;
use super::check_json::problems_json;
use super::check_sarif::sarif;
use super::open::{as_given, print};
use super::{Exit, Streams};
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::{Lang, check as say};
use crate::policy::Document;
use crate::workbench::{
    Accepted, FileError, Input, OpenError, TestInput, overlaps, problems, read, refresh,
};

/// A file and what there is to say against it.
pub struct Checked {
    /// Its name, as it was given.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its problems.
    pub found: Vec<Found>,
    /// Those that the policy says are as they should be.
    pub accepted: Vec<Accepted>,
}

/// A problem, and in words the edit that mends it.
pub struct Found {
    /// The problem.
    pub diagnostic: Diagnostic,
    /// What mends it, in English: only programs are told.
    pub fix: Option<String>,
}

/// Prints every problem of the policies; errors exit with 3, warnings with 2.
pub fn run(args: &CheckArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut worst = Exit::Fine;
    let mut all: Vec<Checked> = Vec::new();
    for file in &args.files {
        let input = Input::from_argument(Some(file));
        let checked = match check(&input, args) {
            Ok(checked) => checked,
            Err(FileError(said)) => return streams.error(&said, Exit::Failed),
        };
        let exit = match checked.found.iter().map(|found| found.diagnostic.severity).max() {
            Some(Severity::Error) => Exit::Invalid,
            Some(Severity::Warning) => Exit::Findings,
            Some(Severity::Note) | None => Exit::Fine,
        };
        if exit as u8 > worst as u8 {
            worst = exit;
        }
        match args.format {
            CheckFormat::Text => in_words(&checked, streams)?,
            CheckFormat::Github => write!(streams.out, "{}", annotations(&checked))?,
            CheckFormat::Json | CheckFormat::Sarif => all.push(checked),
        }
    }
    match args.format {
        CheckFormat::Json => writeln!(streams.out, "{}", problems_json(&all))?,
        CheckFormat::Sarif => writeln!(streams.out, "{:#}", sarif(&all))?,
        CheckFormat::Text | CheckFormat::Github => {}
    }
    Ok(worst)
}

fn check(input: &Input, args: &CheckArgs) -> Result<Checked, FileError> {
    let (text, found, accepted) = match read(input, &args.rules.options()) {
        Ok(document) => of_policy(&document, input, args.overlaps)?,
        Err(OpenError::Invalid { diagnostics, text }) => {
            let found = diagnostics.into_iter().map(|diagnostic| Found {
                // What is wrong with the options of a file of rules stands on none of its lines.
                diagnostic: Diagnostic {
                    place: diagnostic.place.filter(|_| !input.is_rules()),
                    ..diagnostic
                },
                fix: None,
            });
            (text, found.collect(), Vec::new())
        }
        Err(OpenError::File(error)) => return Err(error),
    };
    Ok(Checked { name: input.name(), text, found, accepted })
}

/// The text that was read, and what is wrong with the policy that it is or that was made of it.
fn of_policy(
    document: &Document,
    input: &Input,
    with_overlaps: bool,
) -> Result<(String, Vec<Found>, Vec<Accepted>), FileError> {
    let policy = document.policy();
    let derived = refresh(document, &TestInput::default(), 0);
    let (overlapping, overlaps_accepted) =
        if with_overlaps { overlaps(policy, &derived) } else { Default::default() };
    let found = problems(policy, &derived).into_iter().chain(overlapping).map(|problem| Found {
        fix: problem.fix.map(|edit| edit.words(policy).say(Lang::English).to_owned()),
        diagnostic: problem.diagnostic,
    });
    let mut found: Vec<Found> = found.collect();
    let mut accepted: Vec<Accepted> =
        derived.accepted().cloned().chain(overlaps_accepted).collect();
    if !input.is_rules() {
        return Ok((document.text().to_owned(), found, accepted));
    }
    // A file of rules does not say what becomes of connections that were not seen to begin.
    found.retain(|found| found.diagnostic.code != "stream-exceptions");
    let of_found = found.iter_mut().map(|found| &mut found.diagnostic);
    let of_accepted = accepted.iter_mut().map(|accepted| &mut accepted.diagnostic);
    let all: Vec<&mut Diagnostic> = of_found.chain(of_accepted).collect();
    let (rules, given) = as_given(document, input, all.iter().map(|found| (**found).clone()))?;
    for (found, given) in all.into_iter().zip(given) {
        *found = given;
    }
    Ok((rules, found, accepted))
}

/// The problems with their lines, then how many there are.
fn in_words(checked: &Checked, streams: &mut Streams<'_>) -> io::Result<()> {
    let Checked { name, text, found, accepted } = checked;
    let all: Vec<Diagnostic> = found.iter().map(|found| found.diagnostic.clone()).collect();
    print(&all, name, text, streams.out, (streams.lang, streams.colour))?;
    let summary = say::summary(&counts(&all), streams.lang);
    let accepted = say::accepted(accepted.len(), streams.lang);
    writeln!(streams.out, "{name}: {summary}{accepted}")
}

fn counts(all: &[Diagnostic]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| all.iter().filter(|d| d.severity == severity).count())
}
