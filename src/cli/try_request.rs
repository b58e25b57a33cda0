use std::io::{self, Write};
use std::net::IpAddr;

use serde_json::{Value, json};

use super::args::{Expected, Format, TryArgs};
use super::open::open;
use super::{Exit, Streams};
use crate::eval::{Condition, Experience, Met, Part};
use crate::messages::{Lang, printable, verdict as say};
use crate::net::{Action, RequestNote};
use crate::workbench::{Answer, ByDestination, Decider, TestInput, deciding_packet, refresh};

/// Asks one request and explains the answer.
pub fn run(args: &TryArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let document = match open(&args.file, &args.rules, streams)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let test = TestInput {
        from: args.from.to_string(),
        url: args.url.clone(),
        dst: args.dst.as_ref().map(IpAddr::to_string).unwrap_or_default(),
    };
    let derived = refresh(&document, &test, 0);
    let answer = match derived.test {
        Some(Ok(answer)) => answer,
        Some(Err(error)) => {
            writeln!(streams.err, "error: {}", printable(&error.to_string()))?;
            return Ok(Exit::Failed);
        }
        None => return Ok(Exit::Failed),
    };
    match args.format {
        Format::Json => writeln!(streams.out, "{:#}", to_json(&answer))?,
        Format::Text => to_text(&answer, streams.out)?,
    }
    Ok(if expected(args.expect, &answer) { Exit::Fine } else { Exit::Findings })
}

fn expected(expect: Option<Expected>, answer: &Answer) -> bool {
    let action = if answer.depends { None } else { answer.first().action };
    match expect {
        None => true,
        Some(Expected::Pass) => action == Some(Action::Pass),
        Some(Expected::Drop) => action == Some(Action::Drop),
        Some(Expected::Reject) => action == Some(Action::Reject),
    }
}

/// The answer for programs; its shape is documented in the README.
fn to_json(answer: &Answer) -> Value {
    let first = answer.first();
    let overall = if answer.depends { "depends" } else { verdict(first) };
    let packet = deciding_packet(&first.trace).map(|i| first.trace.packets[i].name.clone());
    let (by, of_rule, default) = match &first.decider {
        Decider::Rule(_) => (json!("rule"), rule(first), Value::Null),
        Decider::Default(name) => (json!("default"), Value::Null, json!(format!("aws:{name}"))),
        Decider::Unmatched => (json!("unmatched"), Value::Null, Value::Null),
        Decider::Undetermined(_) => (Value::Null, Value::Null, Value::Null),
    };
    let rows: Vec<Value> = answer
        .by_destination
        .iter()
        .flat_map(|d| {
            d.set.cidrs().into_iter().map(
                |cidr| json!({"cidr": cidr.to_string(), "verdict": verdict(d), "rule": rule(d)}),
            )
        })
        .collect();
    let one = |v: Value| if answer.depends { Value::Null } else { v };
    json!({
        "verdict": overall,
        "experience": if answer.depends { "unknown" } else { experience(first.trace.experience) },
        "decided_by": one(by),
        "rule": one(of_rule),
        "default_action": one(default),
        "packet": one(json!(packet)),
        "reason": answer.sentence.say(Lang::English),
        "by_destination": rows,
    })
}

fn verdict(outcome: &ByDestination) -> &'static str {
    outcome.action.map_or("undetermined", Action::word)
}

const fn experience(experience: Experience) -> &'static str {
    match experience {
        Experience::Works => "works",
        Experience::TimesOut => "times_out",
        Experience::IsReset => "reset",
        Experience::HalfWorks => "partly",
        Experience::CannotTell => "unknown",
    }
}

fn rule(outcome: &ByDestination) -> Value {
    match &outcome.decider {
        Decider::Rule(r) => json!({
            "name": r.name, "group": r.group, "priority": r.priority, "number": r.number, "sid": r.sid,
        }),
        _ => Value::Null,
    }
}

/// The answer for people: the sentence, the closest miss, the packets, the deciding rule's conditions.
fn to_text(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let say_line = |out: &mut dyn Write, text: &str| writeln!(out, "{}", printable(text));
    for note in &answer.request.notes {
        let text = match note {
            RequestNote::AssumedHttps => say::request_note::ASSUMED_HTTPS,
            RequestNote::PathHidden => say::request_note::PATH_HIDDEN,
            RequestNote::Normalised => say::request_note::NORMALISED,
        };
        writeln!(out, "note      {text}")?;
    }
    say_line(out, answer.sentence.say(Lang::English))?;
    if let Some(intent) = &answer.intent {
        say_line(out, &format!("but       {}", intent.say(Lang::English)))?;
    }
    if let Some(closest) = &answer.closest {
        say_line(out, &format!("closest   {}", closest.say(Lang::English)))?;
    }
    if answer.depends {
        for outcome in &answer.by_destination {
            let word = outcome.action.map_or("CANNOT TELL".into(), |a| a.word().to_uppercase());
            let to = answer.destinations(outcome);
            let to = if to.len() > 100 { format!("{}…", &to[..99]) } else { to };
            say_line(out, &format!("  {word:<6}  by {:<40}  to {to}", outcome.decider.words()))?;
        }
    }
    let first = answer.first();
    writeln!(out)?;
    packets(first, out)?;
    conditions(first, out)
}

fn packets(outcome: &ByDestination, out: &mut dyn Write) -> io::Result<()> {
    let trace = &outcome.trace;
    let decided = deciding_packet(trace);
    let mut known: Vec<&String> = Vec::new();
    for (i, packet) in trace.packets.iter().enumerate() {
        let new: Vec<&str> =
            packet.known.iter().filter(|k| !known.contains(k)).map(String::as_str).collect();
        known.extend(&packet.known);
        let pure_ack = packet.name.ends_with("_ack");
        if pure_ack && Some(i) != decided && !(packet.dropped && Some(i) < decided) {
            continue;
        }
        let arrow = if packet.to_server { "→" } else { "←" };
        let fate = if packet.dropped { "dropped" } else { "passes" };
        let mark = if Some(i) == decided { "  decided here" } else { "" };
        let line = format!(
            "  {arrow} {:<22} {fate:<8} {}{mark}",
            say::packet(&packet.name),
            new.join(", ")
        );
        writeln!(out, "{}", printable(line.trim_end()))?;
        if packet.dropped && outcome.action.is_some_and(Action::blocks) && Some(i) >= decided {
            break;
        }
    }
    Ok(())
}

fn conditions(outcome: &ByDestination, out: &mut dyn Write) -> io::Result<()> {
    let Decider::Rule(rule) = &outcome.decider else { return Ok(()) };
    let Some(step) = outcome.trace.rules.iter().find(|s| s.sid == rule.sid) else { return Ok(()) };
    writeln!(out)?;
    for Condition { part, wanted, got, met } in &step.conditions {
        let part = match part {
            Part::Protocol => "protocol",
            Part::Source => "source",
            Part::SourcePort => "source port",
            Part::Destination => "destination",
            Part::DestinationPort => "port",
            Part::Flow => "flow",
            Part::Buffer => "name",
            Part::Option => "option",
            Part::Bits => "bits",
        };
        let met = match met {
            Met::Yes => "yes",
            Met::No => "no",
            Met::Unknown => "?",
        };
        let line = format!("  {part:<12} {met:<4} wants {wanted}   has {got}");
        writeln!(out, "{}", printable(&line))?;
    }
    Ok(())
}
