//! What must be so of every input, whatever it is: one function for each reader.
//!
//! `cargo nextest run --test fuzz` calls them with damaged samples, `fuzz/run` with what libFuzzer makes up. A body fails
//! by a panic; it returns nothing.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use sekisho::analysis::evaluator;
use sekisho::compile::compile;
use sekisho::diagnostic::{Diagnostic, render};
use sekisho::interop::{
    ImportFile, ImportOptions, ImportReport, Imported, LogEvent, RulesOptions, RulesPlaces,
    SquidOptions, domain_names, import, import_squid, is_squid, list_policy, rules_to_policy,
};
use sekisho::learn::{faults, folder};
use sekisho::messages::{Lang, printable};
use sekisho::net::Request;
use sekisho::policy::Document;
use sekisho::replay::{
    Bounds, Judge, Log, Replaying, Report, Tally, read_part, replay, suggest, write_part,
};
use sekisho::suricata::{parse_rules, written_options};
use sekisho::tui::keys_markdown;
use sekisho::workbench::{Pasted, Settings, TestInput, outcomes, with_names};

/// What a policy is asked.
fn request() -> TestInput {
    let [from, url] = ["10.1.2.3", "https://api.bank.example/a"].map(str::to_owned);
    TestInput { from, url, dst: String::new() }
}

/// A problem is drawn in both languages, and nothing in it moves the cursor or turns a line around.
fn can_be_drawn(problems: &[Diagnostic], text: &str) {
    for problem in problems {
        for lang in [Lang::English, Lang::Japanese] {
            let drawn = render(problem, "input", text, lang, false);
            for line in drawn.lines() {
                assert_eq!(printable(line), line, "a problem is drawn raw");
            }
        }
        if let Some(place) = &problem.place {
            assert!(text.get(place.span.clone()).is_some(), "{problem:?} is about no text");
        }
    }
}

/// The text of a policy file, and everything that follows from it.
pub fn policy(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Document::read(text.to_owned()) {
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a word");
            can_be_drawn(&problems, text);
        }
        Ok(document) => {
            assert_eq!(document.text(), text);
            let derived = outcomes(&document, &request(), 1);
            can_be_drawn(&derived.diagnostics, text);
            let again = compile(document.policy());
            let rules = derived.compiled.text(document.policy());
            assert_eq!(rules, again.text(document.policy()), "compiled twice it differs");
        }
    }
}

/// Rules of Suricata: read, printed, taken into a policy, asked.
pub fn rules(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let parsed = parse_rules(text);
    for problem in &parsed.problems {
        assert!(text.get(problem.span.clone()).is_some(), "{problem:?} is about no text");
    }
    for rule in &parsed.rules {
        let own = &text[rule.span.clone()];
        for option in written_options(own) {
            assert!(own.get(option.span).is_some());
        }
        let printed = rule.rule.to_string();
        let again = parse_rules(&printed);
        let [read] = &again.rules[..] else {
            panic!("`{printed}` is not read: {:?}", again.problems)
        };
        let text = rule.rule.text.clone();
        let read = sekisho::suricata::Rule { text, ..read.rule.clone() };
        assert_eq!(read, rule.rule, "`{printed}` is read as another rule");
    }
    let made = rules_to_policy(text, &RulesOptions::default());
    let places = RulesPlaces::of(text);
    match Document::read(made.clone()) {
        Err(problems) => can_be_drawn(&problems, &made),
        Ok(document) => {
            let derived = outcomes(&document, &request(), 1);
            can_be_drawn(&derived.diagnostics, document.text());
            let places = derived
                .diagnostics
                .iter()
                .filter_map(|d| places.in_file(document.policy(), d.place.as_ref()?));
            for place in places {
                assert!(text.get(place.span).is_some(), "a place outside of the file");
            }
        }
    }
}

/// Whatever can be imported: AWS's JSON, templates, Terraform, rules, Squid's configuration; told apart by what they say.
pub fn imports(bytes: &[u8]) {
    let file = ImportFile::new("input", bytes);
    if is_squid(&file.text) {
        let mut beside =
            |name: &str| Ok(vec![ImportFile::new(name, b".example.com\n10.0.0.0/8\n")]);
        let options = SquidOptions { name: "input".to_owned(), home_net: Vec::new() };
        let (imported, files) = import_squid(file, &options, &mut beside);
        return is_policy(&imported, &files);
    }
    // The endings that decide where the text does not.
    let endings: &[&str] = match bytes {
        [b'{' | b'[', ..] => &["input.json"],
        _ if file.text.contains("Resources:") => &["input.yaml"],
        _ => &["input", "input.tf"],
    };
    for name in endings {
        let files = [ImportFile::new(*name, bytes)];
        for lists_as_rows in [false, true] {
            let options = ImportOptions { lists_as_rows, ..ImportOptions::default() };
            is_policy(&import(&files, &options), &files);
        }
    }
}

/// What was made of files loads, and what is said about them is about their text.
fn is_policy(imported: &Imported, files: &[ImportFile]) {
    are_about(&imported.report, files);
    let Some(text) = &imported.policy else {
        assert!(!imported.report.problems.is_empty(), "nothing was made, and nothing said");
        return;
    };
    let document = Document::read(text.clone()).unwrap_or_else(|p| panic!("{p:?}\n{text}"));
    let errors: Vec<Diagnostic> =
        compile(document.policy()).diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    assert!(errors.is_empty(), "what was imported does not load: {errors:?}\n{text}");
}

fn are_about(report: &ImportReport, files: &[ImportFile]) {
    for problem in &report.problems {
        let text = problem.file.map_or("", |file| files[file].text.as_str());
        can_be_drawn(std::slice::from_ref(&problem.diagnostic), text);
    }
}

/// Lists of names: one a line, hosts files, tables.
pub fn lists(bytes: &[u8]) {
    let files = [ImportFile::new("names", bytes)];
    let found = domain_names(&files);
    are_about(&found.report, &files);
    if found.names.is_empty() {
        return;
    }
    let text = list_policy("names", &found.names, &ImportOptions::default());
    let document = Document::read(text.clone()).unwrap_or_else(|p| panic!("{p:?}\n{text}"));
    let again = with_names(document, "names", &found.names).unwrap();
    assert_eq!(again.text(), text, "the same names make another list");
}

/// The policy that logs are held against.
const POLICY: &str = include_str!("../../samples/first-steps/policy.yaml");

/// A log of any kind, packed or not: counted at once, and counted as a part that is written down and read again.
pub fn logs(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    fs::write(&path, bytes).unwrap();
    let document = Document::read(POLICY.to_owned()).unwrap();
    let compiled = compile(document.policy());
    let evaluator = evaluator(&compiled);
    let judge = Judge::new(document.policy(), &compiled, &evaluator);
    let stop = AtomicBool::new(false);
    let bounds = Bounds::default();
    let logs = [Log::File(path)];
    let replaying =
        Replaying { logs: &logs, now: &judge, before: None, threads: 1, bounds, stop: &stop };
    let last = Cell::new(0);
    let tally = replay(replaying, &mut |progress| {
        assert!(progress.lines >= last.replace(progress.lines), "lines were unread");
    });
    let mut part = Vec::new();
    write_part(&tally, &mut part).unwrap();
    let read = read_part(&String::from_utf8(part).unwrap(), bounds);
    let read = read.unwrap_or_else(|error| panic!("{}", error.words().say(Lang::English)));
    same_counts(&tally.clone().settled(), &read.settled());
    let suggested = suggest(&tally.settled(), &document, &stop).unwrap();
    if let Some(suggestion) = suggested {
        let _ = format!("{suggestion:?}");
    }
    // A part may come from elsewhere too.
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = read_part(text, bounds).map_err(|error| error.words());
    }
}

fn same_counts(tally: &Tally, read: &Tally) {
    let (tally, read) = (Report::of(tally), Report::of(read));
    assert_eq!(tally.requests(), read.requests());
    assert_eq!(tally.fates, read.fates);
}

/// What is pasted: a request, or a line of a log.
pub fn pasted(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let pasted = Pasted::read(text);
    if let Pasted::NoLog(error) = &pasted {
        let _ = error.words();
    }
    for event in text.lines().filter_map(|line| LogEvent::read(line).ok()) {
        let _ = event.request().map_err(|error| error.words());
    }
    let Some(test) = pasted.test() else { return };
    let dst = (!test.dst.is_empty()).then_some(test.dst.as_str());
    if let Ok(request) = Request::parse(&test.from, &test.url, dst) {
        for address in request.stand_ins() {
            let _ = request.flow(address);
        }
    }
    let document = Document::read(POLICY.to_owned()).unwrap();
    let _ = outcomes(&document, &test, 1);
}

/// The settings of an operator.
pub fn settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let settings = Settings::of(text);
    can_be_drawn(&settings.problems, text);
    let (table, problems) = keys_markdown(&settings, Lang::English);
    assert!(!table.is_empty());
    can_be_drawn(&problems, text);
}

/// A lesson beside a policy that is in order.
pub fn lessons(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let shelf = tempfile::tempdir().unwrap();
    write_lesson(&shelf.path().join("one"), text);
    let [one] = &folder(shelf.path()).unwrap()[..] else { return };
    match &one.lesson {
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a word");
            can_be_drawn(problems, &one.text);
        }
        Ok(lesson) => can_be_drawn(&faults(lesson).lesson, &one.text),
    }
}

fn write_lesson(folder: &Path, text: &str) {
    fs::create_dir(folder).unwrap();
    fs::write(folder.join("lesson.yaml"), text).unwrap();
    let policy = include_str!("../../assets/lessons/01-first-match/policy.yaml");
    fs::write(folder.join("policy.yaml"), policy).unwrap();
}
