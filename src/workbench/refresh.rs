use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Weak};

use super::answer::{Answer, completed};
use super::by_source::CLASSES;
use super::cases::{CaseResult, case_results};
use super::cases_asked::AskedCases;
use super::findings::{Accepted, Findings, apart, find};
use super::tested::{TestError, Tested, asked_after, asked_at_once, test};
use crate::analysis::{Accepts, evaluator, evaluator_after};
use crate::compile::{Compiled, compile, compile_after};
use crate::diagnostic::Diagnostic;
use crate::eval::Evaluator;
use crate::policy::{Document, Policy};

/// Rules times classes of sources that a keystroke may ask: what that costs grows with both (measured without
/// optimisation: 26 µs for each rule and class). The command line asks on.
const WORK: usize = 150_000;

/// With so many rules all rows are looked through with every keystroke: the operator sees no delay. Where there are more it is
/// done beside (30 ms at 30,000 rows).
const ROWS_AT_ONCE: usize = 2_000;

/// The three fields of the test bar, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TestInput {
    /// Who asks: an address, a network, or a source of the policy.
    pub from: String,
    /// URL.
    pub url: String,
    /// Destination address, or nothing.
    pub dst: String,
}

/// Everything that follows from a policy and a test.
#[derive(Debug, Clone)]
pub struct Derived {
    /// The revision of the session it was made from.
    pub revision: u64,
    /// The policy it was made from.
    of: Weak<Policy>,
    /// The compiled policy.
    pub compiled: Arc<Compiled>,
    /// The compiled policy, ready to be asked.
    pub evaluator: Arc<Evaluator>,
    /// Problems of the policy and of its compilation.
    pub diagnostics: Vec<Diagnostic>,
    /// Those of them that the policy says are as they should be.
    pub accepted: Vec<Accepted>,
    /// What else was found about it; as long as nobody looked, what was found about the policy before.
    pub findings: Findings,
    /// The test, as typed.
    input: TestInput,
    /// What came of the test; `None` while nothing is typed.
    pub test: Option<Result<Tested, TestError>>,
    /// The cases, in the order of the file.
    pub cases: Vec<CaseResult>,
    /// How they fared.
    pub asked: AskedCases,
}

/// Compiles, evaluates and looks for what is not as meant: the one path from a policy to what is shown.
#[must_use]
pub fn refresh(document: &Document, test: &TestInput, revision: u64) -> Derived {
    let mut derived = outcomes(document, test, revision);
    derived.look_through(document.policy());
    let never = AtomicBool::new(false);
    derived.findings = find(document.policy(), &derived.compiled, &derived.evaluator, &never);
    derived
}

/// The same without findings, which cost most, and in large policies without what all rows have to be looked through for: what
/// a keystroke needs.
#[must_use]
pub fn outcomes(document: &Document, test: &TestInput, revision: u64) -> Derived {
    derived(document, test, revision, None)
}

/// The same, sooner where only rows changed since `before`: what all other rows gave is taken over.
#[must_use]
pub fn outcomes_after(
    document: &Document,
    test: &TestInput,
    revision: u64,
    before: &Derived,
) -> Derived {
    derived(document, test, revision, Some(before))
}

fn derived(
    document: &Document,
    test: &TestInput,
    revision: u64,
    before: Option<&Derived>,
) -> Derived {
    let policy = document.policy();
    let made = before.map(|b| (&b.of, b.compiled.as_ref(), b.evaluator.as_ref()));
    let (compiled, evaluator) = made_after(document, made);
    let known = before.map(|before| (&before.asked, before.evaluator.as_ref()));
    let asked = AskedCases::new(policy, &compiled, &evaluator, known);
    let mut tested = taken_over(policy, (&compiled, &evaluator), test, before)
        .map(Ok)
        .or_else(|| try_request(policy, &compiled, &evaluator, test));
    if let Some((now, before)) = tested_answer(&mut tested).zip(before.and_then(Derived::answer)) {
        now.take_rows(before.rows.outdated(), before);
    }
    let mut diagnostics = document.warnings().to_vec();
    diagnostics.extend(compiled.diagnostics.iter().cloned());
    let (diagnostics, accepted) = apart(&Accepts::of(policy), diagnostics, |diagnostic| diagnostic);
    Derived {
        revision,
        of: Arc::downgrade(document.shared()),
        input: test.clone(),
        test: tested,
        cases: case_results(policy, &compiled, &evaluator, &asked),
        asked,
        compiled: Arc::new(compiled),
        evaluator: Arc::new(evaluator),
        diagnostics,
        accepted,
        findings: Findings::default(),
    }
}

/// What `document` becomes: made from what a policy became before, where only rows changed since.
pub(super) fn made_after(
    document: &Document,
    before: Option<(&Weak<Policy>, &Compiled, &Evaluator)>,
) -> (Compiled, Evaluator) {
    let policy = document.policy();
    let kept = before.and_then(|(of, compiled, evaluator)| {
        let rows = document.changed_since(of)?;
        let compiled = compile_after(policy, compiled, rows);
        let evaluator = evaluator_after(&compiled, evaluator);
        Some((compiled, evaluator))
    });
    kept.unwrap_or_else(|| {
        let compiled = compile(policy);
        let evaluator = evaluator(&compiled);
        (compiled, evaluator)
    })
}

impl Derived {
    /// Everything there is to say against the policy.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().chain(self.findings.all())
    }

    /// Every problem that the policy says is as it should be.
    pub fn accepted(&self) -> impl Iterator<Item = &Accepted> {
        self.accepted.iter().chain(self.findings.accepted())
    }

    /// The answer to the test, if there is one.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        self.tested().map(|tested| &tested.answer)
    }

    /// What came of the test, if it can be asked.
    #[must_use]
    pub fn tested(&self) -> Option<&Tested> {
        self.test.as_ref().and_then(|test| test.as_ref().ok())
    }

    /// The same with another test: nothing is compiled again.
    pub fn retest(&mut self, policy: &Policy, test: &TestInput) {
        let mut tested = try_request(policy, &self.compiled, &self.evaluator, test);
        if let Some((now, before)) = tested_answer(&mut tested).zip(self.answer()) {
            now.take_rows(before.rows.clone(), before);
        }
        self.input = test.clone();
        self.test = tested;
    }

    /// Takes in an answer of which more is known, if it is to the request that is tested.
    pub fn looked_through(&mut self, completed: Answer) {
        let tested = tested_answer(&mut self.test);
        if let Some(answer) = tested.filter(|answer| answer.request == completed.request) {
            *answer = completed;
        }
    }

    /// Looks for what is not known of the answer yet.
    pub fn look_through(&mut self, policy: &Policy) {
        let (compiled, evaluator) = (Arc::clone(&self.compiled), Arc::clone(&self.evaluator));
        if let Some(answer) = tested_answer(&mut self.test) {
            *answer = completed(policy, &compiled, &evaluator, answer.clone());
        }
    }
}

/// What came of the same test before, where that cannot have changed; of few rules the test is as soon asked again.
fn taken_over(
    policy: &Policy,
    (compiled, evaluator): (&Compiled, &Evaluator),
    test: &TestInput,
    before: Option<&Derived>,
) -> Option<Tested> {
    let before = before.filter(|before| before.input == *test)?;
    let known = (before.tested()?, before.evaluator.as_ref());
    let large = compiled.ruleset.rules.len() > ROWS_AT_ONCE;
    large.then(|| asked_after(policy, compiled, evaluator, known)).flatten()
}

fn try_request(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    input: &TestInput,
) -> Option<Result<Tested, TestError>> {
    let nothing = input.from.trim().is_empty() && input.url.trim().is_empty();
    let rules = compiled.ruleset.rules.len().max(1);
    let most = (WORK / rules).clamp(1, CLASSES);
    let ask = if rules > ROWS_AT_ONCE { asked_at_once } else { test };
    (!nothing).then(|| ask(policy, compiled, evaluator, input, most))
}

fn tested_answer(test: &mut Option<Result<Tested, TestError>>) -> Option<&mut Answer> {
    let tested = test.as_mut()?.as_mut().ok()?;
    Some(&mut tested.answer)
}
