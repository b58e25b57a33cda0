use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{ExportArgs, ExportFormat};
use super::open::{as_given, open, print};
use super::{Exit, Streams};
use crate::compile::compile;
use crate::diagnostic::Diagnostic;
use crate::interop::{Account, Current, Notation, Request};
use crate::messages::{export as say, printable};
use crate::workbench::{
    Content, ExportTo, Exported, FileError, Input, export, files_in, is_split, load, shell_word,
    write_new,
};

/// Prints or writes the policy as AWS, `CloudFormation` or Terraform take it; what is done, and what was not taken as written,
/// goes to standard error.
pub fn run(args: &ExportArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let document = match open(&args.file, &args.rules, streams)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let compiled = compile(document.policy());
    let errors: Vec<Diagnostic> = compiled
        .diagnostics
        .iter()
        .filter(|d| d.is_error() && !is_split(d.code))
        .cloned()
        .collect();
    if !errors.is_empty() {
        let input = Input::from_argument(Some(&args.file));
        let how = (streams.lang, streams.colour);
        match as_given(&document, &input, errors) {
            Ok((text, errors)) => print(&errors, &input.name(), &text, streams.err, how)?,
            Err(FileError(said)) => return streams.error(&said, Exit::Failed),
        }
        return Ok(Exit::Invalid);
    }
    let current = match current(args, streams)? {
        Ok(current) => current,
        Err(exit) => return Ok(exit),
    };
    let account = Account {
        region: args.region.clone(),
        account: args.account.clone(),
        logging: args.firewall.clone().zip(args.log_group.clone()),
    };
    let to = match args.to {
        ExportFormat::Aws => ExportTo::Requests,
        ExportFormat::Cloudformation => ExportTo::CloudFormation(Notation::Yaml),
        ExportFormat::CloudformationJson => ExportTo::CloudFormation(Notation::Json),
        ExportFormat::Terraform => ExportTo::Terraform,
        ExportFormat::Rules => ExportTo::Rules,
    };
    match export(document.policy(), &compiled, to, &current, &account) {
        Ok(exported) => written(args, &exported, streams),
        Err(error) => streams.error(&error.0, Exit::Invalid),
    }
}

/// What is deployed, from the files and folders named.
fn current(args: &ExportArgs, streams: &mut Streams<'_>) -> io::Result<Result<Current, Exit>> {
    let mut current = Current::default();
    for path in &args.current {
        let files = match files_in(path, &["json"]) {
            Ok(files) => files,
            Err(FileError(said)) => return streams.error(&said, Exit::Failed).map(Err),
        };
        for file in files {
            let input = Input::from_argument(Some(&file));
            let name = input.name();
            let read = match load(&input) {
                Ok(text) => {
                    current.add(&text).map_err(|e| (Exit::Invalid, say::not_json(&name, &e.0)))
                }
                Err(FileError(said)) => Err((Exit::Failed, said)),
            };
            match read {
                Ok(true) => {}
                Ok(false) => {
                    writeln!(
                        streams.err,
                        "note: {}",
                        say::no_answer(&printable(&name)).say(streams.lang)
                    )?;
                }
                Err((exit, said)) => return streams.error(&said, exit).map(Err),
            }
        }
    }
    Ok(Ok(current))
}

fn written(args: &ExportArgs, exported: &Exported, streams: &mut Streams<'_>) -> io::Result<Exit> {
    for note in &exported.notes {
        writeln!(streams.err, "note: {}", printable(note.say(streams.lang)))?;
    }
    for planned in &exported.plan {
        let line = say::planned(planned.change, &planned.name, planned.capacity);
        writeln!(streams.err, "{}", printable(line.say(streams.lang)))?;
    }
    match &args.out {
        None => printed(&exported.content, streams),
        Some(out) => saved(args, out, &exported.content, streams),
    }
}

/// One text as it is, requests as one JSON text.
fn printed(content: &Content, streams: &mut Streams<'_>) -> io::Result<Exit> {
    match content {
        Content::File(text) => streams.out.write_all(text.as_bytes())?,
        Content::Requests(requests) => {
            let requests = requests.iter().enumerate();
            let all: Vec<_> = requests
                .map(
                    |(at, request)| json!({ "file": request.file(at + 1), "input": request.input }),
                )
                .collect();
            writeln!(streams.out, "{:#}", json!({ "requests": all }))?;
        }
    }
    Ok(Exit::Fine)
}

/// Writes the files, and prints the commands that take them.
fn saved(
    args: &ExportArgs,
    out: &Path,
    content: &Content,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let (files, folder): (Vec<(PathBuf, String)>, _) = match content {
        Content::File(text) => (vec![(out.to_owned(), text.clone())], None),
        Content::Requests(requests) => {
            let requests = requests.iter().enumerate();
            let file = |(at, request): (usize, &Request)| {
                (out.join(request.file(at + 1)), format!("{:#}\n", request.input))
            };
            (requests.map(file).collect(), Some(out))
        }
    };
    if let Err(FileError(said)) = write_new(&files, folder, args.force) {
        return streams.error(&said, Exit::Failed);
    }
    let calls: Vec<&str> = match content {
        Content::File(_) => vec![""],
        Content::Requests(requests) => requests.iter().map(|request| request.operation).collect(),
    };
    for ((path, _), call) in files.iter().zip(calls) {
        writeln!(streams.out, "{}", printable(&next_step(args.to, path, call)))?;
    }
    Ok(Exit::Fine)
}

/// The command that takes the file; `call` is the one of AWS's API that a request is for.
fn next_step(to: ExportFormat, path: &Path, call: &str) -> String {
    let file = path.display().to_string();
    match to {
        ExportFormat::Aws => {
            let input = format!("file://{file}");
            format!("aws network-firewall {call} --cli-input-json {}", shell_word(&input))
        }
        ExportFormat::Cloudformation | ExportFormat::CloudformationJson => {
            let file = shell_word(&file);
            format!("aws cloudformation deploy --stack-name egress-policy --template-file {file}")
        }
        ExportFormat::Terraform => format!("terraform plan   # {file}"),
        ExportFormat::Rules => format!("suricata -T -S {}", shell_word(&file)),
    }
}
