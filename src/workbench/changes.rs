use std::collections::HashMap;

use super::cases::{CaseResult, Outcome};
use crate::policy::Policy;

/// A case that an edit gave another outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseChange {
    /// The case's name.
    pub name: String,
    /// What it got before.
    pub before: Outcome,
    /// What it gets now.
    pub after: Outcome,
    /// Whether it got what it expects.
    pub passed: bool,
    /// Whether it now gets what it expects.
    pub passes: bool,
}

impl CaseChange {
    /// Whether it got what it expects and does not any more.
    #[must_use]
    pub const fn breaks(&self) -> bool {
        self.passed && !self.passes
    }

    /// Whether two edits give a case the same verdict, whoever decides then.
    pub(super) fn same_verdict(&self, other: &Self) -> bool {
        let verdict = |change: &Self| (change.after.word(), change.passes);
        self.name == other.name && verdict(self) == verdict(other)
    }
}

/// The cases that differ between two states of a policy: another verdict, another decider, or no
/// longer as expected. Cases that are in one state only are no change.
#[must_use]
pub fn case_changes(
    before: (&Policy, &[CaseResult]),
    after: (&Policy, &[CaseResult]),
) -> Vec<CaseChange> {
    let name = |policy: &Policy, result: &CaseResult| {
        policy.cases.get(result.case).map(|case| case.name.value.clone())
    };
    let old: HashMap<String, &CaseResult> =
        before.1.iter().filter_map(|r| Some((name(before.0, r)?, r))).collect();
    let change = |new: &CaseResult| {
        let name = name(after.0, new)?;
        let old = old.get(&name)?;
        let differs = !old.outcome.same(&new.outcome) || old.passed != new.passed;
        differs.then(|| CaseChange {
            name,
            before: old.outcome.clone(),
            after: new.outcome.clone(),
            passed: old.passed,
            passes: new.passed,
        })
    };
    after.1.iter().filter_map(change).collect()
}

impl Outcome {
    /// Whether two outcomes are the same to a person: numbers of rules may have moved.
    #[must_use]
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Decided { action: a, by: x }, Self::Decided { action: b, by: y }) => {
                a == b && x.same(y)
            }
            _ => self == other,
        }
    }
}
