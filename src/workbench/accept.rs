use super::problems::Problem;
use crate::analysis::is_of_many;
use crate::messages::{Text, findings as say};
use crate::policy::{Accepted, At, Edit, Field, Policy, RuleField, Thing, joined};

/// The edit that accepts `problem` with a reason where it was found: at its row, else at the policy.
///
/// # Errors
///
/// What is wrong with the reason, or that an error is never accepted.
pub fn accept(policy: &Policy, problem: &Problem, reason: &str) -> Result<Edit, Text> {
    let code = problem.diagnostic.code;
    // The word that the file writes before it is no part of it.
    let reason = reason.trim();
    let reason = reason.strip_prefix("because ").unwrap_or(reason).trim_start();
    if problem.diagnostic.is_error() {
        return Err(say::NEVER_ACCEPTED.into());
    }
    if reason.is_empty() {
        return Err(say::REASON_WANTED.into());
    }
    let entry = Accepted { code: code.to_owned(), reason: reason.to_owned() };
    let row = problem.row.filter(|_| !is_of_many(code));
    Ok(match row.and_then(|at| Some((at, policy.rule(at)?))) {
        Some((at, rule)) => Edit::SetRule {
            at,
            fields: vec![(RuleField::Accept, Some(with(&rule.accept, &entry)))],
        },
        None => {
            let fields = vec![(Field::Accept, Some(with(&policy.accept, &entry)))];
            Edit::Set { thing: Thing::Policy, fields }
        }
    })
}
/// What is accepted with one entry more.
fn with<P>(accept: &[At<Accepted, P>], entry: &Accepted) -> String {
    joined(accept.iter().map(|at| &at.value).chain([entry]))
}
