use super::answer::Decider;
use super::cases_asked::{AskedCase, AskedCases};
use crate::compile::Compiled;
use crate::eval::Evaluator;
use crate::messages::{
    Text, Words,
    verdict::{case as say, experience},
    words,
};
use crate::net::Action;
use crate::policy::{Case, Policy};

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
    pub const fn word(&self) -> Words {
        match self {
            Self::Decided { action: Action::Pass | Action::Alert, .. } => words("PASS", "PASS"),
            Self::Decided { action: Action::Drop, .. } => words("DROP", "DROP"),
            Self::Decided { action: Action::Reject, .. } => words("REJECT", "REJECT"),
            Self::Depends => experience::DEPENDS,
            Self::Undetermined => experience::CANNOT_TELL,
            Self::Unreadable => words("UNREADABLE", "読めません"),
        }
    }
}

/// Runs every case of the policy.
#[must_use]
pub fn run_cases(policy: &Policy, compiled: &Compiled, evaluator: &Evaluator) -> Vec<CaseResult> {
    case_results(policy, compiled, evaluator, &AskedCases::new(policy, compiled, evaluator, None))
}

/// What the cases of the policy got, which were `asked` of `evaluator`.
pub(super) fn case_results(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    asked: &AskedCases,
) -> Vec<CaseResult> {
    let sentence = |asked: &AskedCase| asked.sentence(policy, compiled, evaluator);
    results(policy, compiled, asked, &sentence)
}

/// The same for edits that are only tried: what is wrong with a case is not told in full.
pub(super) fn case_outcomes(
    policy: &Policy,
    compiled: &Compiled,
    asked: &AskedCases,
) -> Vec<CaseResult> {
    results(policy, compiled, asked, &|_| Text::verbatim(""))
}

fn results(
    policy: &Policy,
    compiled: &Compiled,
    asked: &AskedCases,
    sentence: &dyn Fn(&AskedCase) -> Text,
) -> Vec<CaseResult> {
    let result = |(index, (case, asked)): (usize, (&Case, &AskedCase))| {
        let (outcome, why) = match asked.decision(policy, compiled) {
            Ok(decided) => judge(case, decided, || sentence(asked)),
            Err(error) => (Outcome::Unreadable, Some(error.words())),
        };
        CaseResult { case: index, outcome, passed: why.is_none(), why }
    };
    policy.cases.iter().zip(asked.iter()).enumerate().map(result).collect()
}

/// What a case got, and what is wrong with that. The sentence is only asked for when something is.
fn judge(
    case: &Case,
    decided: Option<(Decider, Option<Action>)>,
    sentence: impl Fn() -> Text,
) -> (Outcome, Option<Text>) {
    let expected = case.expect.action();
    let Some((by, action)) = decided else {
        return (Outcome::Depends, Some(say::depends()));
    };
    let Some(action) = action else {
        return (Outcome::Undetermined, Some(say::undetermined(&sentence())));
    };
    let why = if action != expected {
        Some(say::verdict(expected.word(), action.word(), &sentence()))
    } else {
        let wanted = case.by.as_deref().filter(|wanted| !is_by(&by, wanted));
        wanted.map(|wanted| say::decider(wanted, &by.words()))
    };
    (Outcome::Decided { action, by }, why)
}

/// Whether `by` of a case, a rule's name, `group/rule` or `default`, names the decider.
#[must_use]
pub fn is_by(decider: &Decider, by: &str) -> bool {
    match decider {
        Decider::Rule(rule) => by == rule.name || by == format!("{}/{}", rule.group, rule.name),
        Decider::Stateless(rule) => {
            by == rule.name || by == format!("{}/{}", rule.group, rule.name)
        }
        Decider::Default(_) | Decider::Unmatched => by == "default",
        Decider::StatelessDefault(_) => by == "stateless-default",
        Decider::StreamException(_) | Decider::Undetermined(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluator;
    use crate::compile::compile;
    use crate::net::Request;
    use crate::policy::Document;
    use crate::workbench::answer;

    #[test]
    fn what_is_wrong_with_a_case_is_said_as_the_answer_says_it() {
        let samples = [
            include_str!("../../samples/central-egress/policy.yaml"),
            include_str!("../../samples/action-order/policy.yaml"),
            include_str!("../../samples/first-steps/policy.yaml"),
        ];
        for sample in samples {
            let document = Document::read(sample.to_owned()).unwrap();
            let policy = document.policy();
            let compiled = compile(policy);
            let evaluator = evaluator(&compiled);
            assert!(!policy.cases.is_empty());
            let mut everywhere = policy.clone();
            for case in &mut everywhere.cases {
                case.dst = None;
            }
            for policy in [policy, &everywhere] {
                let asked = AskedCases::new(policy, &compiled, &evaluator, None);
                for (case, asked) in policy.cases.iter().zip(asked.iter()) {
                    let request =
                        Request::parse(&case.from, &case.url, case.dst.as_deref()).unwrap();
                    let whole = answer(policy, &compiled, &evaluator, &request);
                    let decision = asked.decision(policy, &compiled).unwrap();
                    assert_eq!(decision.is_none(), whole.depends, "{}", case.name.value);
                    if !whole.depends {
                        let alone = asked.sentence(policy, &compiled, &evaluator);
                        assert_eq!(alone, whole.sentence, "{}", case.name.value);
                    }
                }
            }
        }
    }
}
