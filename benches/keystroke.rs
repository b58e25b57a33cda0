//! What a keystroke costs as a policy grows, part by part: `cargo bench --bench keystroke`, or with `-- 30000` for one size
//! and `-- 30000 hosts` for another shape ([`Shape::ALL`]). Nothing here asserts a time. `-- --write 30000` prints the policy instead.
//!
//! Times are those of the thread where the system tells them (Linux), so that other work on the machine counts little.

#![allow(clippy::print_stdout, reason = "a report")]

#[path = "generate/mod.rs"]
mod generate;

use std::fs;
use std::sync::Arc;
use std::time::Instant;

use generate::{Shape, Wish};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sekisho::analysis::{evaluator, evaluator_after};
use sekisho::compile::{Compiled, compile, compile_after};
use sekisho::eval::Evaluator;
use sekisho::policy::{Document, Edit, RuleField, RulePlace};
use sekisho::tui::{Beside, Colours, Screen, Theme};
use sekisho::workbench::{Session, TestInput, run_cases};

const SIZES: [usize; 4] = [100, 1_000, 10_000, 30_000];
/// Each edit is made so often; the median and the worst but one of a hundred are told.
const EDITS: usize = 15;
/// Each key is typed so often.
const KEYS: usize = 100;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let asked: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let is_named = |(word, _): &&(&str, Shape)| args.iter().any(|arg| arg == word);
    let (_, shape) = Shape::ALL.iter().find(is_named).unwrap_or(&Shape::ALL[0]);
    let wish = |rows| Wish::usual(rows).shaped(*shape);
    if args.iter().any(|arg| arg == "--write") {
        asked.iter().for_each(|rows| print!("{}", generate::policy(wish(*rows))));
        return;
    }
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    for rows in sizes {
        let text = generate::policy(wish(rows).with_cases(200));
        println!("{rows} rows, {} bytes, 200 cases", text.len());
        if let Err(problem) = measure(text, rows) {
            println!("  {problem}");
        }
    }
}

fn measure(text: String, rows: usize) -> Result<(), String> {
    parts(&text)?;
    keystrokes(text.clone(), rows)?;
    frames(text)
}

/// The parts of opening a policy.
fn parts(text: &str) -> Result<(), String> {
    let read = timed("read the text", || Document::read(text.to_owned()));
    let document = read.map_err(|problems| format!("{:?}", problems.first()))?;
    let compiled = timed("compile", || compile(document.policy()));
    let evaluator = timed("make the evaluator", || evaluator(&compiled));
    let cases = timed("run the cases", || run_cases(document.policy(), &compiled, &evaluator));
    println!("  {} of {} cases pass", cases.iter().filter(|case| case.passed).count(), cases.len());
    edited(document, &compiled, &evaluator)
}

/// The parts of an edit of one row in the middle.
fn edited(before: Document, compiled: &Compiled, evaluator: &Evaluator) -> Result<(), String> {
    let was = Arc::downgrade(before.shared());
    let mut document = before.clone();
    let group = before.policy().rule_groups.len() / 2;
    let at = RulePlace { group, rule: before.policy().rule_groups[group].rules.len() / 2 };
    let fields = vec![(RuleField::Note, Some("edited".to_owned()))];
    let edit = Edit::SetRule { at, fields };
    timed("after an edit: read", || document.apply(&edit)).map_err(|error| error.to_string())?;
    let rows = document.changed_since(&was).ok_or("more than rows changed")?;
    let policy = document.policy();
    let compiled = timed("  compile", || compile_after(policy, compiled, rows));
    let evaluator = timed("  make the evaluator", || evaluator_after(&compiled, evaluator));
    let cases = timed("  run the cases", || run_cases(policy, &compiled, &evaluator));
    timed("  let go of it", || drop((evaluator, compiled, document)));
    drop((before, cases));
    Ok(())
}

/// What follows from a key, but for the picture and what is done beside it.
fn keystrokes(text: String, rows: usize) -> Result<(), String> {
    let scratch = Session::scratch(text).map_err(|problems| format!("{:?}", problems.first()))?;
    let mut session = scratch;
    let url = "https://www7.company2.example".to_owned();
    timed("another test", || {
        session.set_test(TestInput { from: "10.3.4.5".to_owned(), url, dst: String::new() });
    });
    let (mut set, mut moved, mut undone) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..EDITS {
        let at = RulePlace { group: 0, rule: turn * 37 % rows.min(1_400) };
        let to = RulePlace { rule: (at.rule + 1) % rows.min(1_400), ..at };
        let action = if turn % 2 == 0 { "drop" } else { "pass" };
        let fields = vec![(RuleField::Action, Some(action.to_owned()))];
        set.push(apply(&mut session, &Edit::SetRule { at, fields })?);
        moved.push(apply(&mut session, &Edit::MoveRule { from: at, to })?);
        undone.push(measured(|| session.undo()).0);
    }
    report("edit a rule", &mut set);
    report("move a rule", &mut moved);
    report("undo", &mut undone);
    Ok(())
}

/// From the key to the picture, with all that has to be there at once: work beside the screen is held.
fn frames(text: String) -> Result<(), String> {
    let mut session =
        Session::scratch(text).map_err(|problems| format!("{:?}", problems.first()))?;
    let url = "https://www7.company2.example".to_owned();
    session.set_test(TestInput { from: "10.3.4.5".to_owned(), url, dst: String::new() });
    let mut screen = Screen::new(session, Theme::new(Colours::Any), Beside::held());
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).map_err(|e| format!("{e:?}"))?;
    let mut draw = |screen: &mut Screen| measured(|| terminal.draw(|f| screen.draw(f)).map(drop)).0;
    draw(&mut screen);
    screen.press(&"j".repeat(20));
    let keys = [
        ("select the next row", "j"),
        ("switch a row off or on", "x"),
        ("undo", "u"),
        ("move a row", "J"),
        ("add a copy", "c"),
        ("delete it", "d"),
    ];
    let mut times = keys.map(|_| (Vec::new(), Vec::new()));
    for _ in 0..KEYS {
        for ((_, key), (whole, drawn)) in keys.iter().zip(&mut times) {
            let update = measured(|| screen.press(key)).0;
            let frame = draw(&mut screen);
            whole.push(update + frame);
            drawn.push(frame);
        }
    }
    println!("  from key to frame, 200x60:");
    for ((what, _), (whole, drawn)) in keys.iter().zip(&mut times) {
        report(&format!("  {what}"), whole);
        report("    of that the drawing", drawn);
    }
    Ok(())
}

fn apply(session: &mut Session, edit: &Edit) -> Result<f64, String> {
    let (time, done) = measured(|| session.apply(edit));
    done.map(|()| time).map_err(|error| error.to_string())
}

fn report(what: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let (Some(worst), Some(median)) = (times.last(), times.get(times.len() / 2)) else { return };
    println!("  {what:24} {median:9.2} ms, at worst {worst:9.2} ms");
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (time, done) = measured(work);
    println!("  {what:24} {time:9.2} ms");
    done
}

/// The milliseconds that work took.
fn measured<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let (begin, start) = (Instant::now(), of_thread());
    let done = work();
    let wall = begin.elapsed().as_secs_f64() * 1e3;
    let time = start.zip(of_thread()).map_or(wall, |(start, end)| (end - start) / 1e6);
    (time, done)
}

/// The nanoseconds that this thread has run.
fn of_thread() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok()
}
