use std::io;
use std::path::Path;

use super::args::ImportArgs;
use super::import::told;
use super::open::{open, policy_file};
use super::{Exit, Streams};
use crate::interop::{
    DomainNames, ImportFile, ImportOptions, Imported, domain_names, empty_list, list_policy,
};
use crate::messages::{Text, import as say};
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
        let into = &match policy_file(into, "--into") {
            Ok(into) => into,
            Err(said) => return streams.error(&said, Exit::Failed),
        };
        let document = match open(into, &args.rules, streams)? {
            Ok(document) => document,
            Err(exit) => return Ok(exit),
        };
        let before = document.text().to_owned();
        match with_names(document, name, &names) {
            Ok(after) => {
                if let Err(FileError(said)) = save(into, after.text(), Some(&before)) {
                    return streams.error(&said, Exit::Failed);
                }
                policy = Some(after.text().to_owned());
            }
            Err(why) => return streams.error(&say::list_refused(&why), Exit::Invalid),
        }
    } else {
        let text = list_policy(name, &names, &options);
        if let Err(problems) = Document::read(text.clone()) {
            let why = problems.first().map_or_else(|| Text::verbatim(""), |d| d.message.clone());
            return streams.error(&say::list_refused(&why), Exit::Invalid);
        }
        if let Some(out) = &args.out
            && let Err(FileError(said)) =
                write_new(&[(out.clone(), text.clone())], None, args.force)
        {
            return streams.error(&said, Exit::Failed);
        }
        policy = Some(text);
    }
    let written: Option<&Path> = args.out.as_deref().or(args.into.as_deref());
    let summary = say::list_summary(report.imported, report.rules, name);
    told(&Imported { policy, report }, &summary, files, (args.format, written), streams)
}
