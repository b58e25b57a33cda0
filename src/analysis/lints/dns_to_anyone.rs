//! Names may be asked for at any resolver (pain 21).

use super::Finding;
use super::under::{Under, outcome};
use crate::compile::Origin;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::dns_to_anyone as say;
use crate::net::Action;
use crate::policy::RulePlace;

/// A name asked for at a resolver that no policy names, over UDP and over TCP.
const ASKED: [&str; 2] = ["dns://www.example.com", "tcp://198.51.100.77:53"];

/// Said for the row that passes a question to a resolver that nobody named.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let ask = under.ask();
    let mut told: Vec<RulePlace> = Vec::new();
    let mut found = Vec::new();
    for url in ASKED {
        let Some(request) = under.asked_from_inside(url) else { continue };
        let Some(outcome) = outcome(&ask, &request) else { continue };
        let (Some(Action::Pass), Some(Origin::Rule(place))) = (outcome.action, outcome.by) else {
            continue;
        };
        let Some(row) = under.row(place).filter(|_| !told.contains(&place)) else { continue };
        told.push(place);
        let to = request.dst.map(|dst| dst.to_string()).unwrap_or_default();
        let message = say::message(&row.name.value, &to);
        let warning = Diagnostic::warning("dns-to-anyone", row.name.place.clone(), message);
        found.push(warning.help(say::HELP).confidence(Confidence::Medium).into());
    }
    found
}
