use std::io;

use serde_json::{Value, json};

use super::args::{TestArgs, TestFormat as Format};
use super::coverage::Coverage;
use super::open::open;
use super::test_junit::Junit;
use super::{Exit, Streams};
use crate::messages::{Lang, coverage, printable};
use crate::policy::Policy;
use crate::workbench::{CaseResult, Decider, Outcome, TestInput, outcomes};

/// Runs the cases of the policies and prints those that fail.
pub fn run(args: &TestArgs, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if args.coverage && args.format == Format::Junit {
        return streams.error(&coverage::not_in_junit(), Exit::Failed);
    }
    let mut junit = Junit::default();
    let (mut passed, mut failed) = (0_usize, 0_usize);
    let mut rows: Vec<Value> = Vec::new();
    let mut covered: Vec<Value> = Vec::new();
    for file in &args.files {
        let document = match open(file, &args.rules, streams)? {
            Ok(document) => document,
            Err(exit) => return Ok(exit),
        };
        let policy = document.policy();
        let derived = outcomes(&document, &TestInput::default(), 0);
        for result in &derived.cases {
            if result.passed {
                passed += 1;
            } else {
                failed += 1;
            }
            match args.format {
                Format::Json => rows.push(row(policy, result, &file.display().to_string())),
                Format::Text => line(policy, result, streams)?,
                Format::Junit => {}
            }
        }
        if args.format == Format::Junit {
            junit.add(policy, &derived.cases, &file.display().to_string());
        }
        if args.coverage {
            let coverage = Coverage::new(policy, &derived.compiled, &derived.evaluator);
            match args.format {
                Format::Json => covered.push(coverage.json(&file.display().to_string())),
                Format::Text => coverage.text(streams)?,
                Format::Junit => {}
            }
        }
    }
    match args.format {
        Format::Json => {
            let mut all = json!({"passed": passed, "failed": failed, "cases": rows});
            if args.coverage {
                all["coverage"] = json!(covered);
            }
            writeln!(streams.out, "{all}")?;
        }
        Format::Junit => write!(streams.out, "{}", junit.document())?,
        Format::Text if passed + failed == 0 => {
            writeln!(streams.out, "no cases: add a `cases:` list to the policy")?;
        }
        Format::Text => writeln!(streams.out, "{passed} passed, {failed} failed")?,
    }
    Ok(if failed > 0 { Exit::Findings } else { Exit::Fine })
}

fn line(policy: &Policy, result: &CaseResult, streams: &mut Streams<'_>) -> io::Result<()> {
    let case = &policy.cases[result.case];
    let mark = if result.passed { "ok  " } else { "FAIL" };
    writeln!(
        streams.out,
        "{mark}  {:<6}  {}",
        result.outcome.word().say(streams.lang),
        printable(&case.name.value)
    )?;
    match &result.why {
        Some(why) => writeln!(
            streams.out,
            "      line {}: {}",
            case.place.line,
            printable(why.say(streams.lang))
        ),
        None => Ok(()),
    }
}

fn row(policy: &Policy, result: &CaseResult, file: &str) -> Value {
    let case = &policy.cases[result.case];
    let by = match &result.outcome {
        Outcome::Decided { by: Decider::Rule(rule), .. } => {
            json!(format!("{}/{}", rule.group, rule.name))
        }
        Outcome::Decided { by: Decider::Stateless(rule), .. } => {
            json!(format!("{}/{}", rule.group, rule.name))
        }
        Outcome::Decided { by: Decider::Default(_), .. } => json!("default"),
        Outcome::Decided { by: Decider::StatelessDefault(_), .. } => json!("stateless-default"),
        _ => Value::Null,
    };
    json!({
        "file": file,
        "line": case.place.line,
        "name": case.name.value,
        "passed": result.passed,
        "verdict": result.outcome.word().say(Lang::English).to_lowercase().replace(' ', "_"),
        "by": by,
        "why": result.why.as_ref().map(|w| w.say(Lang::English)),
    })
}
