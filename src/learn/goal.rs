use super::asked::got_of;
use super::lesson::{Fate, Lesson, Step, Task};
use crate::policy::Policy;
use crate::workbench::{CaseResult, Derived, run_cases};

/// How a goal of a task stands.
#[derive(Debug, Clone, PartialEq)]
pub enum GoalState {
    /// A case of the lesson's policy, and what it got.
    Case(Box<(crate::policy::Case, CaseResult)>),
    /// A goal of the lesson's file: its number, and whether it is met.
    Other(usize, bool),
}

impl GoalState {
    /// Whether the goal is met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        match self {
            Self::Case(case) => case.1.passed,
            Self::Other(_, met) => *met,
        }
    }
}

impl Lesson {
    /// Its task, if it has one.
    #[must_use]
    pub fn task(&self) -> Option<&Task> {
        self.steps.iter().find_map(|step| match step {
            Step::Do(task) => Some(&**task),
            Step::Read(_) | Step::Predict(_) | Step::Recap(_) => None,
        })
    }
}

/// How the goals of a task stand with a policy as it is now.
///
/// The cases are those that the lesson began with: whoever edits a case has not met it.
#[must_use]
pub fn goal_states(
    task: &Task,
    began: &Policy,
    policy: &Policy,
    derived: &Derived,
) -> Vec<GoalState> {
    let asked = Policy { cases: began.cases.clone(), ..policy.clone() };
    let results = run_cases(&asked, &derived.compiled, &derived.evaluator);
    let of_case =
        |result: CaseResult| GoalState::Case(Box::new((began.cases[result.case].clone(), result)));
    let others = task.goals.iter().enumerate().map(|(number, goal)| {
        let got = got_of(policy, &derived.compiled, &derived.evaluator, &goal.ask);
        let fate = got.ok().and_then(|got| got.fate());
        GoalState::Other(number, fate == Some(Fate::of(goal.expect)))
    });
    results.into_iter().map(of_case).chain(others).collect()
}
