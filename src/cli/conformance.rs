use std::io;

use serde_json::{Value, json};

use super::args::{ConformanceArgs, Format};
use super::{Exit, Streams};
use crate::eval::PacketStep;
use crate::messages::{Text, conformance as say, printable};
use crate::second_opinion::{Agreement, Difference, Open, Tally, read_recordings};
use crate::workbench::{FileError, Input, load};

/// Compares our answers with recorded ones; any difference exits with 2.
pub fn run(args: &ConformanceArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut total = Tally::default();
    for file in &args.files {
        let input = Input::from_argument(Some(file));
        let text = match load(&input) {
            Ok(text) => text,
            Err(FileError(said)) => return streams.error(&said, Exit::Failed),
        };
        let recordings = match read_recordings(&input.name(), &text) {
            Ok(recordings) => recordings,
            Err(error) => {
                return streams.error(&Text::verbatim(&error.to_string()), Exit::Invalid);
            }
        };
        let agreement = Agreement::of(&recordings);
        if args.format == Format::Text {
            details(&agreement, args.open, streams)?;
            summary(Some(&input.name()), &agreement.tally, streams)?;
        }
        total += agreement.tally;
    }
    match args.format {
        Format::Json => writeln!(streams.out, "{}", to_json(&total))?,
        Format::Text if args.files.len() > 1 => summary(None, &total, streams)?,
        Format::Text => {}
    }
    Ok(if total.is_fine() { Exit::Fine } else { Exit::Findings })
}

fn details(agreement: &Agreement, open: bool, streams: &mut Streams<'_>) -> io::Result<()> {
    for difference in &agreement.differences {
        show(difference, streams)?;
    }
    for Open { what, because } in agreement.open.iter().filter(|_| open) {
        let rules: Vec<&str> = because.iter().map(String::as_str).collect();
        writeln!(streams.out, "{}", printable(what))?;
        line(&say::open(&rules), streams)?;
    }
    Ok(())
}

fn show(difference: &Difference, streams: &mut Streams<'_>) -> io::Result<()> {
    writeln!(streams.out, "{}", printable(&difference.what))?;
    for how in &difference.how {
        line(how, streams)?;
    }
    for step in difference.trace.iter().flat_map(|trace| &trace.packets) {
        let PacketStep { name, dropped, matched, decided_by, .. } = step;
        let matched: Vec<u32> = matched.iter().map(|sid| sid.0).collect();
        line(&say::packet(name, *dropped, &matched, decided_by.map(|sid| sid.0)), streams)?;
    }
    writeln!(streams.out)
}

fn line(text: &Text, streams: &mut Streams<'_>) -> io::Result<()> {
    writeln!(streams.out, "    {}", printable(text.say(streams.lang)))
}

/// The numbers, each kind only where something of it was recorded.
fn summary(file: Option<&str>, tally: &Tally, streams: &mut Streams<'_>) -> io::Result<()> {
    let name = file.map(|file| format!("{file}: ")).unwrap_or_default();
    let mut lines = Vec::new();
    if tally.flows() > 0 {
        let Tally { agree, undetermined, disagree, .. } = *tally;
        lines.push(say::flows(tally.flows(), agree, undetermined, disagree));
    }
    for (what, (agree, disagree)) in [("rule types", tally.types), ("rules", tally.loads)] {
        if agree + disagree > 0 {
            lines.push(say::rules(what, agree, disagree));
        }
    }
    for text in lines {
        writeln!(streams.out, "{name}{}", text.say(streams.lang))?;
    }
    Ok(())
}

/// Of flows, or of rules where only their loading was recorded; of both, the rules' numbers stand inside.
fn to_json(tally: &Tally) -> Value {
    let rules = |(agree, disagree): (usize, usize)| json!({ "rules": agree + disagree, "agree": agree, "disagree": disagree });
    if tally.flows() == 0 {
        return rules(tally.loads);
    }
    let mut all = json!({
        "flows": tally.flows(),
        "agree": tally.agree,
        "undetermined": tally.undetermined,
        "disagree": tally.disagree,
    });
    if tally.loads != (0, 0) {
        all["loads"] = rules(tally.loads);
    }
    if tally.types.1 > 0 {
        all["types"] = rules(tally.types);
    }
    all
}
