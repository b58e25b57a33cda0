use std::io;
use std::path::Path;

use super::args::{Format, ImportArgs};
use super::import::{for_people, for_programs};
use super::open::open;
use super::{Exit, Streams};
use crate::interop::{
    DomainNames, ImportFile, ImportOptions, Imported, domain_names, empty_list, list_policy,
};
use crate::messages::{Text, import as say, printable};
use crate::policy::Document;
use crate::workbench::{FileError, save, with_names, write_new};

/// Makes a domain list of files, in a policy of its own or in one that is there.
pub fn run(
    name: &str,
    files: &[ImportFile],
    args: &ImportArgs,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let DomainNames { names, mut report } = domain_names(files);
    let options = ImportOptions { rules: args.rules.options(), ..ImportOptions::default() };
    let mut policy = None;
    if names.is_empty() {
        report.add_problem(empty_list());
    } else if let Some(into) = &args.into {
        let document = match open(into, &args.rules, streams)? {
            Ok(document) => document,
            Err(exit) => return Ok(exit),
        };
        let before = document.text().to_owned();
        match with_names(document, name, &names) {
            Ok(after) => {
                if let Err(FileError(said)) = save(into, after.text(), Some(&before)) {
                    return failed(&said, Exit::Failed, streams);
                }
                policy = Some(after.text().to_owned());
            }
            Err(why) => return failed(&say::list_refused(&why), Exit::Invalid, streams),
        }
    } else {
        let text = list_policy(name, &names, &options);
        if let Err(problems) = Document::read(text.clone()) {
            let why = problems.first().map_or_else(|| Text::verbatim(""), |d| d.message.clone());
            return failed(&say::list_refused(&why), Exit::Invalid, streams);
        }
        if let Some(out) = &args.out
            && let Err(FileError(said)) =
                write_new(&[(out.clone(), text.clone())], None, args.force)
        {
            return failed(&said, Exit::Failed, streams);
        }
        policy = Some(text);
    }
    let written: Option<&Path> = args.out.as_deref().or(args.into.as_deref());
    let exit = match &policy {
        None => Exit::Invalid,
        Some(_) if report.has_losses() => Exit::Findings,
        Some(_) => Exit::Fine,
    };
    match args.format {
        Format::Json => {
            let all = for_programs(&Imported { policy, report }, files, written);
            writeln!(streams.out, "{all:#}")?;
        }
        Format::Text => {
            if let (Some(text), None) = (&policy, written) {
                write!(streams.out, "{text}")?;
            }
            let summary = say::list_summary(report.imported, report.rules, name);
            for_people(&report, &summary, files, streams)?;
        }
    }
    Ok(exit)
}

fn failed(said: &Text, exit: Exit, streams: &mut Streams<'_>) -> io::Result<Exit> {
    writeln!(streams.err, "error: {}", printable(said.say(streams.lang)))?;
    Ok(exit)
}
