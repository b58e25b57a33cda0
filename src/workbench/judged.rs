//! What becomes of a request, in short: for many of them.

use std::net::IpAddr;

use super::answer::{Decider, decide};
use super::fates::{joined, likeliest_first, servers_of};
use crate::compile::Compiled;
use crate::eval::{Evaluator, Experience, Trace};
use crate::net::{Action, Manner, Request};
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

/// Asks what becomes of a request that a client makes in this manner.
#[must_use]
pub fn judged(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    (request, manner): (&Request, &Manner),
) -> Judged {
    let flow = |dst: IpAddr| manner.flow(request, dst);
    let mut outcomes: Vec<(Option<Action>, Experience)> = Vec::new();
    let mut deciders: Vec<Decider> = Vec::new();
    let servers = servers_of(evaluator, request, &flow);
    let asked = likeliest_first(&servers, request);
    let asked = asked.map(|(class, to)| (class, to, servers.decide(class, to)));
    for (_, _, trace) in joined(&servers, asked, Trace::outcome) {
        let (by, action) = decide(policy, compiled, &trace);
        let outcome = (action, trace.experience);
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
