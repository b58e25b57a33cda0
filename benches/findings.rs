//! What it costs to know all flows of a policy, part by part, in time and memory: `cargo bench --bench findings`, with
//! `-- 30000` for one size, with `-- usual hosts` for some shapes. Nothing here asserts a time. `-- --write hosts 30000`
//! prints the policy instead.
//!
//! Times are those of the thread where the system tells them (Linux), so that other work on the machine counts little;
//! memory is that of the process, at its highest so far.

#![allow(clippy::print_stdout, reason = "a report")]

#[path = "generate/mod.rs"]
mod generate;

use std::fs;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use generate::{Shape, Wish};
use sekisho::analysis::{
    Between, Compared, Reaches, access, evaluator, evaluator_after, impact, lint, order,
    unreachable,
};
use sekisho::compile::{compile, compile_after};
use sekisho::net::{IpSet, parse_cidr};
use sekisho::policy::{Document, Edit, RuleField, RulePlace};

const SIZES: [usize; 3] = [1_000, 10_000, 30_000];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let asked: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    let is_named = |(word, _): &&(&str, Shape)| args.iter().any(|arg| arg == word);
    let named: Vec<_> = Shape::ALL.iter().filter(is_named).collect();
    let shapes = if named.is_empty() { Shape::ALL[..1].iter().collect() } else { named };
    for (word, shape) in shapes {
        for &rows in &sizes {
            let text = generate::policy(Wish::usual(rows).shaped(*shape));
            if args.iter().any(|arg| arg == "--write") {
                print!("{text}");
                continue;
            }
            println!("{word}, {rows} rows, {} bytes", text.len());
            if let Err(problem) = parts(text) {
                println!("  {problem}");
            }
        }
    }
}

fn parts(text: String) -> Result<(), String> {
    let read = Document::read(text);
    let document = read.map_err(|problems| format!("{:?}", problems.first()))?;
    let policy = document.policy();
    let compiled = timed("compile", || compile(policy));
    let asked = timed("make the evaluator", || evaluator(&compiled));
    let never = AtomicBool::new(false);
    timed("order of rows", || order(policy, &compiled, &asked, &never).findings.len());
    let reaches = timed("cut all flows", || Reaches::new(policy, &compiled, &asked));
    let found = timed("rows that do nothing", || unreachable(policy, &reaches));
    println!("  {:24} {:9}", "findings", found.len());
    let overlaps = timed("rows that overlap", || reaches.overlaps());
    println!("  {:24} {:9}, {} rows open", "pairs", overlaps.pairs.len(), overlaps.open.len());
    timed("let go of the flows", || drop((reaches, overlaps)));
    timed("lints", || lint(policy, &compiled, &asked, "2026-01-01", &never).len());
    let now = Compared { policy, compiled: &compiled, evaluator: &asked };
    let one: IpSet = parse_cidr("10.7.0.0/16").map(IpSet::from).unwrap_or_default();
    let reached = timed("what one account reaches", || access(now, &Between::From(one)));
    println!("  {:24} {:9}", "sets", reached.passes.len());
    after_an_edit(&document, now)
}

/// The impact of an edit of one row in the middle.
fn after_an_edit(before: &Document, now: Compared<'_>) -> Result<(), String> {
    let was = std::sync::Arc::downgrade(before.shared());
    let mut document = before.clone();
    let group = before.policy().rule_groups.len() / 2;
    let at = RulePlace { group, rule: before.policy().rule_groups[group].rules.len() / 2 };
    let fields = vec![(RuleField::Action, Some("reject".to_owned()))];
    document.apply(&Edit::SetRule { at, fields }).map_err(|error| error.to_string())?;
    let policy = document.policy();
    let rows = document.changed_since(&was).unwrap_or_default();
    let compiled = compile_after(policy, now.compiled, rows);
    let asked = evaluator_after(&compiled, now.evaluator);
    let then = Compared { policy, compiled: &compiled, evaluator: &asked };
    let changed = timed("impact of an edit", || impact(now, then));
    println!("  {:24} {:9}", "changes", changed.changes.len());
    Ok(())
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (begin, start) = (Instant::now(), of_thread());
    let done = work();
    let wall = begin.elapsed().as_secs_f64() * 1e3;
    let time = start.zip(of_thread()).map_or(wall, |(start, end)| (end - start) / 1e6);
    println!(
        "  {what:24} {time:9.2} ms {:6} MB, {:6} MB at most",
        memory("VmRSS:"),
        memory("VmHWM:")
    );
    done
}

/// The nanoseconds that this thread has run.
fn of_thread() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok()
}

/// The megabytes of this process that the system tells under a name.
fn memory(name: &str) -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    let kilobytes = line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
