//! Names are passed and nothing else: time, and names asked for outside, are lost (pain 37).

use super::Finding;
use super::under::{Under, outcome};
use crate::compile::Origin;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::udp_forgotten as say;
use crate::messages::order::default;
use crate::net::{Action, Protocol};
use crate::policy::RuleBody;

/// A question for the time, wherever that is.
const TIME: &str = "udp://time.example:123";

/// Said when rows pass, none of them passes UDP to anyone, and the default action drops a question for the time.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let Some(drop) = under.default_drop() else { return Vec::new() };
    let mut passes = under.stands.iter().filter(|s| s.action == Action::Pass).peekable();
    let by_hand = passes.clone().any(|stand| stand.by_hand);
    if passes.peek().is_none() || by_hand || passes_udp(under) {
        return Vec::new();
    }
    let Some(request) = under.asked_from_inside(TIME) else { return Vec::new() };
    let Some(found) = outcome(&under.ask(), &request) else { return Vec::new() };
    if found.action != Some(Action::Drop) || found.by != Some(Origin::DefaultAction) {
        return Vec::new();
    }
    let message = say::message(&default(Some(drop.word())), &request.to_string());
    let note = Diagnostic::note("udp-forgotten", None, message).help(say::HELP);
    vec![note.confidence(Confidence::Low).into()]
}

/// Whether some row may pass UDP, written by hand or not.
fn passes_udp(under: &Under<'_>) -> bool {
    under.rows().any(|(_, rule)| match &rule.body {
        RuleBody::Match(row) if row.action != Action::Pass => false,
        RuleBody::Match(row) => {
            let none = row.protocols.is_empty();
            let addresses = row.to.iter().any(|to| {
                matches!(to.value, crate::policy::Target::Any | crate::policy::Target::Net(_))
            });
            let udp = |p: &Protocol| {
                matches!(p, Protocol::Udp | Protocol::Ip | Protocol::Quic | Protocol::Dns)
            };
            (none && addresses) || row.protocols.iter().any(udp)
        }
        RuleBody::Suricata(_) => true,
    })
}
