use super::answer::{Answer, Decider, answer};
use crate::compile::Compiled;
use crate::eval::Evaluator;
use crate::messages::{Lang, Text, verdict::case as say};
use crate::net::{Action, Request};
use crate::policy::{Case, CaseExpect, Policy};

/// What a case got.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseResult {
    /// Index into `Policy::cases`.
    pub case: usize,
    /// What happened.
    pub outcome: Outcome,
    /// Whether verdict and (where named) decider are as expected.
    pub passed: bool,
    /// What is wrong, when it is not.
    pub why: Option<Text>,
}

/// What happened to a case, short enough to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// One verdict.
    Decided {
        /// What became of the request.
        action: Action,
        /// Who decided.
        by: Decider,
    },
    /// It depends on the destination address.
    Depends,
    /// It cannot be told.
    Undetermined,
    /// The case itself cannot be read.
    Unreadable,
}

impl Outcome {
    /// The word for a list of cases: the action in upper case, or why there is none.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Decided { action: Action::Pass | Action::Alert, .. } => "PASS",
            Self::Decided { action: Action::Drop, .. } => "DROP",
            Self::Decided { action: Action::Reject, .. } => "REJECT",
            Self::Depends => "DEPENDS",
            Self::Undetermined => "CANNOT TELL",
            Self::Unreadable => "UNREADABLE",
        }
    }
}

/// Runs every case of the policy.
#[must_use]
pub fn run_cases(policy: &Policy, compiled: &Compiled, evaluator: &Evaluator) -> Vec<CaseResult> {
    let run = |(index, case): (usize, &Case)| match Request::parse(
        &case.from,
        &case.url,
        case.dst.as_deref(),
    ) {
        Ok(request) => judge(index, case, &answer(policy, compiled, evaluator, &request)),
        Err(error) => CaseResult {
            case: index,
            outcome: Outcome::Unreadable,
            passed: false,
            why: Some(error.to_string().into()),
        },
    };
    policy.cases.iter().enumerate().map(run).collect()
}

fn judge(index: usize, case: &Case, answer: &Answer) -> CaseResult {
    let expected = match case.expect {
        CaseExpect::Pass => Action::Pass,
        CaseExpect::Drop => Action::Drop,
        CaseExpect::Reject => Action::Reject,
    };
    let sentence = answer.sentence.say(Lang::English);
    let first = answer.first();
    let (outcome, why) = if answer.depends {
        (Outcome::Depends, Some(say::depends()))
    } else if let Some(action) = first.action {
        let why = if action != expected {
            Some(say::verdict(expected.word(), action.word(), sentence))
        } else {
            case.by
                .as_deref()
                .filter(|by| !is_by(&first.decider, by))
                .map(|by| say::decider(by, &first.decider.words()))
        };
        (Outcome::Decided { action, by: first.decider.clone() }, why)
    } else {
        (Outcome::Undetermined, Some(say::undetermined(sentence)))
    };
    CaseResult { case: index, outcome, passed: why.is_none(), why }
}

/// Whether `by` of a case, a rule's name, `group/rule` or `default`, names the decider.
fn is_by(decider: &Decider, by: &str) -> bool {
    match decider {
        Decider::Rule(rule) => by == rule.name || by == format!("{}/{}", rule.group, rule.name),
        Decider::Default(_) | Decider::Unmatched => by == "default",
        Decider::Undetermined(_) => false,
    }
}
