//! The cases of every sample and of every policy of the tests: the verdict, and the rule that must decide.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use sekisho::eval::{RuleSteps, Trace};
use sekisho::messages::Lang;
use sekisho::net::{Request, Sid};
use sekisho::policy::Document;
use sekisho::workbench::{TestInput, refresh};

/// The samples by name, with their texts.
fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut samples: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path.join("policy.yaml")).unwrap())
        })
        .collect();
    samples.sort();
    samples
}

fn read(name: &str, text: &str) -> Document {
    Document::read(text.to_owned()).unwrap_or_else(|diagnostics| {
        let lines: Vec<String> = diagnostics
            .iter()
            .map(|d| {
                let line = d.place.as_ref().map_or(0, |p| p.line);
                format!("samples/{name}/policy.yaml:{line}: {}", d.message.say(Lang::English))
            })
            .collect();
        panic!("\n{}", lines.join("\n"))
    })
}

/// How many cases a policy has, and a line for each that fails.
fn run(name: &str, text: &str) -> (usize, Vec<String>) {
    let document = read(name, text);
    let derived = refresh(&document, &TestInput::default(), 0);
    let failed = derived.cases.iter().filter(|result| !result.passed).map(|result| {
        let case = &document.policy().cases[result.case];
        let why = result.why.as_ref().map_or("", |why| why.say(Lang::English));
        format!("samples/{name}/policy.yaml:{}: {}: {why}", case.place.line, case.name.value)
    });
    (derived.cases.len(), failed.collect())
}

#[test]
fn every_case_of_every_sample_gets_its_verdict_from_its_rule() {
    let mut failed = Vec::new();
    for (name, text) in samples() {
        let (cases, failures) = run(&name, &text);
        assert!(cases > 0, "samples/{name} has no cases");
        failed.extend(failures);
    }
    assert!(failed.is_empty(), "{} cases fail\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_case_of_the_policies_of_the_tests_gets_its_verdict_from_its_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/policies");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let (cases, failures) = run(&name, &fs::read_to_string(&path).unwrap());
        assert!(cases > 0, "{name} has no cases");
        assert!(failures.is_empty(), "{name}\n{}", failures.join("\n"));
    }
}

#[test]
fn the_large_sample_is_of_a_believable_size() {
    let (name, text) = samples().into_iter().find(|(name, _)| name == "central-egress").unwrap();
    let document = read(&name, &text);
    let policy = document.policy();
    let rules: usize = policy.rule_groups.iter().map(|group| group.rules.len()).sum();
    let accounts = policy.sources.iter().filter(|source| source.account.is_some()).count();
    assert!(rules >= 60 && accounts >= 12 && policy.cases.len() >= 25);
}

#[test]
fn case_with_the_wrong_rule_or_the_wrong_verdict_fails() {
    let (name, text) = samples().into_iter().find(|(name, _)| name == "first-steps").unwrap();
    for (right, wrong) in [
        ("pass, by: wiki}", "pass, by: news}"),
        ("drop, by: wiki-uploads", "pass, by: wiki-uploads"),
    ] {
        assert!(text.contains(right));
        let (_, failures) = run(&name, &text.replace(right, wrong));
        assert_eq!(failures.len(), 1, "{wrong}: {failures:?}");
    }
}

#[test]
fn no_sample_has_warnings_and_every_sample_compiles_to_rules() {
    for (name, text) in samples() {
        let document = read(&name, &text);
        let derived = refresh(&document, &TestInput::default(), 0);
        assert!(document.warnings().is_empty(), "{name}: {:?}", document.warnings());
        assert!(!derived.compiled.ruleset.rules.is_empty(), "{name} compiles to nothing");
    }
}

#[test]
fn deciding_without_reasons_gives_the_same_packets_as_explaining() {
    for (name, text) in samples() {
        let document = read(&name, &text);
        let derived = refresh(&document, &TestInput::default(), 0);
        for case in &document.policy().cases {
            let request = Request::parse(&case.from, &case.url, case.dst.as_deref()).unwrap();
            let flow = request.flow(request.dst.unwrap_or_else(|| request.somewhere()));
            let explained = derived.evaluator.evaluate(&flow);
            let some = |sid: &Sid| sid.0.is_multiple_of(3);
            let sids: HashSet<Sid> = explained.rules.iter().map(|r| r.sid).filter(some).collect();
            let mut of_some = explained.clone();
            of_some.rules = explained.rules.some(&sids).into();
            assert!(of_some.rules.iter().all(|rule| some(&rule.sid)));
            assert!(!of_some.rules.is_empty() && of_some.rules.len() < explained.rules.len());
            assert_eq!(derived.evaluator.evaluate_only(&flow, &sids), of_some);
            let decided = derived.evaluator.decide(&flow);
            assert_eq!(
                decided,
                Trace { rules: RuleSteps::default(), ..explained },
                "{}",
                case.name.value
            );
        }
    }
}
