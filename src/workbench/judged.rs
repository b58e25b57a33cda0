//! What becomes of a request, in short: for many of them.

use super::answer::{Decider, decision_at};
use super::fates::fates;
use crate::compile::Compiled;
use crate::eval::{Evaluator, Experience};
use crate::net::{Action, Request};
use crate::policy::Policy;

/// What becomes of a request and who decides, as [`super::answer`] has it, without the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// `Pass`, `Drop` or `Reject`; `None` when it cannot be told, or hangs on the server's address.
    pub action: Option<Action>,
    /// Whether it hangs on the server's address, which is not given.
    pub depends: bool,
    /// Who decides, for the likeliest address of the server first; each once. Never empty.
    pub deciders: Vec<Decider>,
}

/// Asks what becomes of a request.
#[must_use]
pub fn judged(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    request: &Request,
) -> Judged {
    let mut outcomes: Vec<(Option<Action>, Experience)> = Vec::new();
    let mut deciders: Vec<Decider> = Vec::new();
    for fate in fates(evaluator, request) {
        let (by, action) = decision_at(policy, compiled, evaluator, request, fate.address);
        let outcome = (action, fate.experience);
        if !outcomes.contains(&outcome) {
            outcomes.push(outcome);
        }
        if !deciders.iter().any(|known| known.same(&by)) {
            deciders.push(by);
        }
    }
    let depends = outcomes.len() > 1;
    let action = outcomes.first().and_then(|(action, _)| *action).filter(|_| !depends);
    Judged { action, depends, deciders }
}
