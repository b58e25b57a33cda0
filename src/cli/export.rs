use std::io;
use std::path::Path;

use super::args::{ExportArgs, ExportFormat};
use super::open::{open, print};
use super::{Exit, Streams};
use crate::compile::compile;
use crate::diagnostic::Diagnostic;
use crate::interop::{Account, Current, Notation};
use crate::messages::{Text, export as say, printable};
use crate::workbench::{
    ExportTo, Exported, FileError, Input, export, files_in, is_split, load, write_new,
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
        let name = args.file.display().to_string();
        let how = (streams.lang, streams.colour);
        print(&errors, &name, document.text(), streams.err, how)?;
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
    };
    match export(document.policy(), &compiled, to, &current, &account) {
        Ok(exported) => written(args, &exported, streams),
        Err(error) => {
            say_error(&error.0, streams)?;
            Ok(Exit::Invalid)
        }
    }
}

fn say_error(text: &Text, streams: &mut Streams<'_>) -> io::Result<()> {
    writeln!(streams.err, "error: {}", printable(text.say(streams.lang)))
}

/// What is deployed, from the files and folders named.
fn current(args: &ExportArgs, streams: &mut Streams<'_>) -> io::Result<Result<Current, Exit>> {
    let mut current = Current::default();
    for path in &args.current {
        let files = match files_in(path, "json") {
            Ok(files) => files,
            Err(FileError(said)) => {
                say_error(&said, streams)?;
                return Ok(Err(Exit::Failed));
            }
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
                Err((exit, said)) => {
                    say_error(&said, streams)?;
                    return Ok(Err(exit));
                }
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
    let Some(out) = &args.out else {
        return printed(args, exported, streams);
    };
    let folder = args.to == ExportFormat::Aws;
    let files: Vec<(std::path::PathBuf, &str)> = exported
        .files
        .iter()
        .map(|(name, text)| (if folder { out.join(name) } else { out.clone() }, text.as_str()))
        .collect();
    if let Err(FileError(said)) = write_new(&files, folder.then_some(out.as_path()), args.force) {
        say_error(&said, streams)?;
        return Ok(Exit::Failed);
    }
    for (path, _) in &files {
        writeln!(streams.out, "{}", next_step(args.to, path))?;
    }
    Ok(Exit::Fine)
}

/// One file as it is, several requests one after the other under the name of their call.
fn printed(args: &ExportArgs, exported: &Exported, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if args.to != ExportFormat::Aws {
        for (_, text) in &exported.files {
            streams.out.write_all(text.as_bytes())?;
        }
        return Ok(Exit::Fine);
    }
    let requests = exported.files.iter().map(|(name, text)| {
        let input: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        serde_json::json!({ "file": name, "input": input })
    });
    let all: Vec<_> = requests.collect();
    writeln!(streams.out, "{:#}", serde_json::json!({ "requests": all }))?;
    Ok(Exit::Fine)
}

/// The command that takes the file.
fn next_step(to: ExportFormat, path: &Path) -> String {
    let file = path.display().to_string();
    let file = printable(&file);
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let calls = [
        "create-rule-group",
        "update-rule-group",
        "create-firewall-policy",
        "update-firewall-policy",
        "update-logging-configuration",
    ];
    match to {
        ExportFormat::Aws => {
            let call = calls.into_iter().find(|call| name.contains(&format!("-{call}-")));
            format!(
                "aws network-firewall {} --cli-input-json 'file://{file}'",
                call.unwrap_or_default()
            )
        }
        ExportFormat::Cloudformation | ExportFormat::CloudformationJson => {
            format!("aws cloudformation deploy --stack-name egress-policy --template-file '{file}'")
        }
        ExportFormat::Terraform => format!("terraform plan   # {file}"),
    }
}
