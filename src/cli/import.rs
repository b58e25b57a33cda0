use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{Format, ImportArgs};
use super::{Exit, Streams};
use crate::diagnostic::{Severity, render};
use crate::interop::{
    ImportFile, ImportOptions, ImportReport, Imported, SquidOptions, import, import_squid, is_squid,
};
use crate::messages::findings::severity;
use crate::messages::{Lang, Text, import as say, printable};
use crate::workbench::{FileError, beside, import_files, write_new};

/// Makes a policy of files, and says what could not be taken over.
pub fn run(args: &ImportArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let files = match import_files(&args.files) {
        Ok(files) => files,
        Err(FileError(said)) => return streams.error(&said, Exit::Failed),
    };
    if let Some(name) = &args.list {
        return super::import_list::run(name, &files, args, streams);
    }
    let options = ImportOptions {
        rules: args.rules.options(),
        policy: args.policy.clone(),
        values: args.set.clone(),
        lists_as_rows: args.lists_as_rows,
    };
    let only_others = args.policy.is_some() || !args.set.is_empty() || args.lists_as_rows;
    let (imported, files) = match &files[..] {
        [one] if is_squid(&one.text) && only_others => {
            return streams.error(&say::not_of_squid(), Exit::Failed);
        }
        [one] if is_squid(&one.text) => squid(one.clone(), args),
        _ => (import(&files, &options), files),
    };
    if let (Some(text), Some(out)) = (&imported.policy, &args.out)
        && let Err(FileError(said)) = write_new(&[(out.clone(), text.clone())], None, args.force)
    {
        return streams.error(&said, Exit::Failed);
    }
    let ImportReport { imported: taken, rules, groups, .. } = imported.report;
    let summary = say::summary(taken, rules, groups);
    told(&imported, &summary, &files, (args.format, args.out.as_deref()), streams)
}

/// Prints what was made, unless it is written to a file already, and what there is to say of it.
pub(super) fn told(
    imported: &Imported,
    summary: &Text,
    files: &[ImportFile],
    (format, written): (Format, Option<&Path>),
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    match format {
        Format::Json => {
            writeln!(streams.out, "{:#}", for_programs(imported, files, written))?;
        }
        Format::Text => {
            if let (Some(text), None) = (&imported.policy, written) {
                write!(streams.out, "{text}")?;
            }
            for_people(&imported.report, summary, files, streams)?;
        }
    }
    Ok(match imported.policy {
        None => Exit::Invalid,
        Some(_) if imported.report.has_losses() => Exit::Findings,
        Some(_) => Exit::Fine,
    })
}

/// A configuration of Squid, with the files it names; those it read come back, since places are in them.
fn squid(file: ImportFile, args: &ImportArgs) -> (Imported, Vec<ImportFile>) {
    let path = args.files.first().map(PathBuf::as_path).unwrap_or_else(|| Path::new("-"));
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
    let options =
        SquidOptions { name: name.unwrap_or_default(), home_net: args.rules.options().home_net };
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    import_squid(file, &options, &mut beside(folder))
}

/// The problems with their lines, how many more there are, and how much was taken over.
fn for_people(
    report: &ImportReport,
    summary: &Text,
    files: &[ImportFile],
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let lang = streams.lang;
    for problem in &report.problems {
        let file = problem.file.and_then(|file| files.get(file));
        let said = match file {
            Some(file) => render(&problem.diagnostic, &file.name, &file.text, lang, streams.colour),
            None => {
                let diagnostic = &problem.diagnostic;
                let word = diagnostic.severity.words().say(lang);
                let message = printable(diagnostic.message.say(lang));
                let help = diagnostic.help.as_ref().map(|help| printable(help.say(lang)));
                let help = help.map_or_else(String::new, |help| {
                    format!("\n  = {}: {help}", severity::HELP.say(lang))
                });
                format!("{word}[{}]: {message}{help}", diagnostic.code)
            }
        };
        writeln!(streams.err, "{said}\n")?;
    }
    for (code, count) in &report.more {
        writeln!(streams.err, "{}", say::more(code, *count).say(lang))?;
    }
    writeln!(streams.err, "{}", summary.say(lang))
}

fn for_programs(imported: &Imported, files: &[ImportFile], out: Option<&Path>) -> Value {
    let report = &imported.report;
    let problems = report.problems.iter().map(|problem| {
        let diagnostic = &problem.diagnostic;
        let place = diagnostic.place.as_ref();
        json!({
            "file": problem.file.and_then(|file| files.get(file)).map(|file| &file.name),
            "line": place.map(|place| place.line),
            "column": place.map(|place| place.column),
            "code": diagnostic.code,
            "severity": diagnostic.severity.word(),
            "lost": diagnostic.severity != Severity::Note,
            "message": diagnostic.message.say(Lang::English),
            "help": diagnostic.help.as_ref().map(|help| help.say(Lang::English)),
        })
    });
    let mut all = json!({
        "imported": report.imported,
        "rules": report.rules,
        "groups": report.groups,
        "diagnostics": problems.collect::<Vec<Value>>(),
        "more": report.more,
    });
    match out {
        Some(out) => all["file"] = json!(out.display().to_string()),
        None => all["policy"] = json!(imported.policy),
    }
    all
}
