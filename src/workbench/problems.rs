//! Everything there is to say against a policy, as lists of it show it: the worst first, each with its row and what mends it.

use super::findings::Rows;
use super::refresh::Derived;
use crate::analysis;
use crate::diagnostic::Diagnostic;
use crate::policy::{Edit, Policy, RulePlace};

/// A problem of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What, where, what to do.
    pub diagnostic: Diagnostic,
    /// The row it is about, if it is about one.
    pub row: Option<RulePlace>,
    /// The edit that mends it, where one is certain and the problem is one of the policy as it is.
    pub fix: Option<Edit>,
    /// Whether it is one of the policy as it is; else it was found in the policy before.
    pub current: bool,
}

/// Every problem of a policy, the worst and the surest first, then in the order of the file.
#[must_use]
pub fn problems(policy: &Policy, derived: &Derived) -> Vec<Problem> {
    let rows = Rows::of(policy);
    let known = derived.diagnostics.iter().map(|diagnostic| Problem {
        row: rows.place_of(diagnostic),
        fix: analysis::fix(policy, diagnostic),
        diagnostic: diagnostic.clone(),
        current: true,
    });
    let mut all: Vec<Problem> = known.chain(derived.findings.problems(policy)).collect();
    all.sort_by_cached_key(|problem| {
        let Diagnostic { severity, confidence, place, .. } = &problem.diagnostic;
        let at = place.as_ref().map(|place| place.span.start);
        (std::cmp::Reverse((*severity, *confidence)), at.is_none(), at)
    });
    all
}
