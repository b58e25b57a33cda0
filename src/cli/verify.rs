use std::io;
use std::time::Duration;

use serde_json::{Value, json};

use super::args::{Format, VerifyArgs};
use super::open::open;
use super::signals::stop_on_signal;
use super::{Exit, Streams};
use crate::analysis::evaluator;
use crate::compile::compile;
use crate::eval::Evaluator;
use crate::messages::{Text, printable, verify as say};
use crate::net::{RuleOrder, Sid};
use crate::policy::{Document, Policy};
use crate::second_opinion::{
    Asking, Detail, Disagreement, Engine, EngineError, Fate, Question, Refused, Report, RuleNamer,
    Standing, questions_of, random_questions, random_ruleset, verify,
};
use crate::suricata::Ruleset;
use crate::workbench::decider;

/// How many requests are asked of a made-up policy.
const OF_EACH: usize = 40;

/// Asks the real engine the same questions and prints where it answers otherwise.
pub fn run(args: &VerifyArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let limit = args.time_limit.map(Duration::from_secs);
    let engine = Engine::new(args.engine.as_deref(), limit);
    match (&args.file, args.random_policies) {
        (Some(file), _) => match open(file, &args.rules, streams)? {
            Ok(document) => of_policy(args, &document, &engine, streams),
            Err(exit) => Ok(exit),
        },
        (None, number) => made_up(args, number.unwrap_or_default(), &engine, streams),
    }
}

/// The cases of a policy, or random requests near the edges of its rules.
fn of_policy(
    args: &VerifyArgs,
    document: &Document,
    engine: &Engine,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let policy = document.policy();
    let compiled = compile(policy);
    let ruleset = &compiled.ruleset;
    let evaluator = evaluator(&compiled);
    let questions = match args.random {
        Some(number) => random_questions(ruleset, number, args.seed),
        None => cases(policy, &evaluator, streams)?,
    };
    let stop = stop_on_signal()?;
    let keep = args.keep.as_deref();
    let asking = Asking { keep, every_match: args.every_match, stop: Some(&stop) };
    let report = match verify(ruleset, &evaluator, &questions, engine, asking) {
        Ok(report) => report,
        Err(error) => return failed(&error, streams),
    };
    let name = |sid: Sid| decider(policy, &compiled, sid).words();
    let exit = exit(&report);
    match args.format {
        Format::Json => writeln!(streams.out, "{:#}", to_json(&report))?,
        Format::Text => {
            to_text(&report, &name, streams)?;
            if let Some(folder) = &args.keep {
                line(streams, &say::kept(&folder.display().to_string()))?;
            }
        }
    }
    Ok(exit)
}

/// The cases that can be read; of the others it is said that they are left out.
fn cases(
    policy: &Policy,
    evaluator: &Evaluator,
    streams: &mut Streams<'_>,
) -> io::Result<Vec<Question>> {
    let of_cases = questions_of(&policy.cases, evaluator);
    for (case, error) in of_cases.left_out {
        let text = say::left_out(&case, &error.words());
        writeln!(streams.err, "{}", printable(text.say(streams.lang)))?;
    }
    Ok(of_cases.questions)
}

/// Policies that are made up, each with random requests.
fn made_up(
    args: &VerifyArgs,
    number: u64,
    engine: &Engine,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let mut all = Report::default();
    let stop = stop_on_signal()?;
    let asking = Asking { keep: None, every_match: args.every_match, stop: Some(&stop) };
    let mut unverifiable = 0;
    let mut rows = Vec::new();
    for seed in (args.seed..).take(usize::try_from(number).unwrap_or(usize::MAX)) {
        let ruleset = random_ruleset(seed);
        let questions = random_questions(&ruleset, args.random.unwrap_or(OF_EACH), seed);
        let evaluator = Evaluator::new(&ruleset);
        let report = match verify(&ruleset, &evaluator, &questions, engine, asking) {
            Ok(report) => report,
            Err(error) => return failed(&error, streams),
        };
        if !report.not_verifiable.is_empty() {
            unverifiable += 1;
            continue;
        }
        if !report.is_fine() {
            match args.format {
                Format::Json => rows.push(json!({ "seed": seed, "report": to_json(&report) })),
                Format::Text => of_seed(seed, &ruleset, &report, streams)?,
            }
        }
        all.add(report);
    }
    match args.format {
        Format::Json => {
            let mut total = to_json(&all);
            total["policies"] = json!(number);
            total["policies_not_verifiable"] = json!(unverifiable);
            total["policies_that_differ"] = json!(rows);
            writeln!(streams.out, "{total:#}")?;
        }
        Format::Text => {
            line(streams, &all.summary())?;
            line(streams, &say::policies(number, unverifiable))?;
            effort(&all, streams)?;
        }
    }
    Ok(exit(&all))
}

/// A made-up policy with its differences: all that is needed to look at it by hand.
fn of_seed(
    seed: u64,
    ruleset: &Ruleset,
    report: &Report,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    line(streams, &say::seed(seed, ruleset.order.word()))?;
    for rule in &ruleset.rules {
        writeln!(streams.out, "  {}", printable(&rule.text))?;
    }
    details(&report.details(&|sid| say::sid(sid.0)), streams)?;
    writeln!(streams.out)
}

fn exit(report: &Report) -> Exit {
    if !report.not_verifiable.is_empty() {
        Exit::Failed
    } else if report.is_fine() {
        Exit::Fine
    } else {
        Exit::Findings
    }
}

fn failed(error: &EngineError, streams: &mut Streams<'_>) -> io::Result<Exit> {
    streams.error(&error.words(), Exit::Failed)?;
    for said in error.log() {
        writeln!(streams.err, "  | {}", printable(said))?;
    }
    if let Some(help) = error.help() {
        writeln!(streams.err, "help: {}", help.say(streams.lang))?;
    }
    Ok(Exit::Failed)
}

fn line(streams: &mut Streams<'_>, text: &Text) -> io::Result<()> {
    writeln!(streams.out, "{}", printable(text.say(streams.lang)))
}

fn to_text(report: &Report, name: RuleNamer<'_>, streams: &mut Streams<'_>) -> io::Result<()> {
    details(&report.details(name), streams)?;
    line(streams, &report.summary())?;
    if report.standing() == Standing::NotVerifiable {
        return Ok(());
    }
    let how = match report.order {
        RuleOrder::Strict => say::STRICT,
        RuleOrder::Action => say::ACTION,
    };
    line(streams, &how.into())?;
    effort(report, streams)
}

fn effort(report: &Report, streams: &mut Streams<'_>) -> io::Result<()> {
    let times = report.times;
    let whole = times.craft + times.engine.max(times.evaluate) + times.compare;
    let (flows, packets) = report.sent;
    let text = say::effort(flows, packets, whole.as_secs_f64(), times.engine.as_secs_f64());
    line(streams, &text)
}

fn details(details: &[Detail], streams: &mut Streams<'_>) -> io::Result<()> {
    for Detail { head, below } in details {
        line(streams, head)?;
        for text in below {
            writeln!(streams.out, "  {}", printable(text.say(streams.lang)))?;
        }
    }
    Ok(())
}

/// The report for programs; `docs/verify.md` describes its shape.
fn to_json(report: &Report) -> Value {
    let refused =
        |r: &Refused| json!({ "sid": r.sid, "reason": r.reason, "understood": r.understood });
    let clash = |c: &crate::second_opinion::Clash| json!({ "reader": c.reader, "setter": c.setter, "variable": c.variable });
    json!({
        "engine": report.version,
        "rule_order": report.order.word(),
        "arbitration": match report.order {
            RuleOrder::Strict => "sekisho",
            RuleOrder::Action => "suricata",
        },
        "requests": report.questions,
        "flows": report.sent.0,
        "agree": report.agree,
        "undetermined": report.undetermined,
        "disagree": report.disagree,
        "not_asked": report.not_asked,
        "disagreements": report.disagreements.iter().map(disagreement).collect::<Vec<_>>(),
        "not_loaded": report.refused.iter().map(refused).collect::<Vec<_>>(),
        "not_verifiable": report.not_verifiable.iter().map(clash).collect::<Vec<_>>(),
    })
}

fn disagreement(difference: &Disagreement) -> Value {
    let fate = |fate: &Fate| {
        json!({
            "verdict": fate.action.word(),
            "sid": fate.by,
            "packet": fate.at.map(|at| difference.packet(at)),
            "dropped": fate.dropped.iter().map(|&at| difference.packet(at)).collect::<Vec<_>>(),
        })
    };
    json!({
        "request": difference.question,
        "from": difference.flow.src.to_string(),
        "dst": difference.flow.dst.to_string(),
        "port": difference.flow.dst_port,
        "packet": difference.first().map(|(packet, _)| packet),
        "ours": fate(&difference.ours),
        "theirs": fate(&difference.theirs),
        "reason": difference.reason,
        "matches": difference.matches.as_ref().map(|other| json!({
            "packet": difference.packet(other.packet),
            "ours_only": other.ours,
            "theirs_only": other.theirs,
        })),
    })
}
