//! Names may be asked for at any resolver (pain 21).

use super::Finding;
use super::under::{Under, outcome};
use crate::compile::Origin;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::dns_to_anyone as say;
use crate::net::{Action, Request, Scheme};
use crate::policy::RulePlace;

/// A name asked for.
const ASKED: &str = "dns://www.example.com";

/// Said for the row that passes a question to a resolver that nobody named.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let ask = under.ask();
    let mut told: Vec<RulePlace> = Vec::new();
    let mut found = Vec::new();
    let Some(over_udp) = under.asked_from_inside(ASKED) else { return found };
    let over_tcp = Request { scheme: Scheme::Tcp, ..over_udp.clone() };
    for request in [over_udp, over_tcp] {
        let Some(outcome) = outcome(&ask, &request) else { continue };
        let (Some(Action::Pass), Some(Origin::Rule(place))) = (outcome.action, outcome.by) else {
            continue;
        };
        let Some(row) = under.row(place).filter(|_| !told.contains(&place)) else { continue };
        told.push(place);
        let to = request.dst.map(|dst| dst.to_string()).unwrap_or_default();
        let message = say::message(&row.name.value, &to);
        let at = under.policy.name_place(place);
        let warning = Diagnostic::warning("dns-to-anyone", at, message);
        found.push(warning.help(say::HELP).confidence(Confidence::Medium).into());
    }
    found
}
