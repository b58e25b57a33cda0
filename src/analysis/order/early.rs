//! Hand-written rows, and default actions under hand-written names, that decide too early.

use super::ask::Ask;
use super::stands::{Asks, Stand};
use super::{OrderFinding, OrderKind};
use crate::analysis::intent::Intent;
use crate::compile::Origin;
use crate::net::{Action, ClientVariant, Flow, Request, Scheme};
use crate::policy::RulePlace;

/// How many rows above are tried for each row that might decide too early.
const TRIED: usize = 8;
/// Bytes in a segment that cannot hold the headers of a request.
const SEGMENT: usize = 20;

/// Rows are compiled so that they keep their place; what is written by hand is not.
pub(super) fn decided_earlier(ask: &Ask<'_>, stands: &[Stand]) -> Vec<OrderFinding> {
    let mut found: Vec<OrderFinding> = Vec::new();
    for (at, early) in stands.iter().enumerate() {
        let may = early.by_hand && early.action != Action::Alert && is_early(early);
        if may && !found.iter().any(|f| f.by == Some(early.place)) {
            found.extend(before(ask, &stands[..at], early));
        }
    }
    found.extend(before_default(ask, stands));
    found
}

const fn is_early(stand: &Stand) -> bool {
    matches!(stand.asks, Asks::Address { .. })
}

/// The first row above `early` that loses its say to it: one about a name, or one that passes addresses packet by packet.
fn before(ask: &Ask<'_>, above: &[Stand], early: &Stand) -> Option<OrderFinding> {
    let loses = |s: &&Stand| {
        s.action != Action::Alert
            && s.action != early.action
            && (!is_early(s) || s.action == Action::Pass && !s.by_hand)
    };
    let requests = above.iter().filter(loses).flat_map(|late| late.requests_with(early));
    requests.take(TRIED).find_map(|request| lost(ask, &request, Some(early.place)))
}

/// The first hand-written pass under which the default action drops what the rule is not asked about: packets before the
/// name, or answers.
fn before_default(ask: &Ask<'_>, stands: &[Stand]) -> Option<OrderFinding> {
    let passes = |s: &&Stand| s.by_hand && s.action == Action::Pass;
    let requests = stands.iter().filter(passes).flat_map(|s| s.requests_with(s));
    requests.take(TRIED).find_map(|request| lost(ask, &request, None))
}

/// The request, if a row is meant to decide it and `by` decides otherwise.
fn lost(ask: &Ask<'_>, request: &Request, by: Option<RulePlace>) -> Option<OrderFinding> {
    let Intent::Row(meant, action) = ask.meant(request)? else { return None };
    let decides = |flow: Flow| {
        let outcome = ask.engine(&flow)?;
        let other = outcome.half || outcome.action? != action;
        let by = match (outcome.by?, by) {
            (Origin::Rule(place), Some(by)) => place == by && place != meant,
            (Origin::DefaultAction, None) => true,
            _ => false,
        };
        (other && by).then_some(())
    };
    flows(request)?.into_iter().find_map(decides)?;
    let request = request.clone();
    Some(OrderFinding {
        kind: OrderKind::DecidedEarlier,
        meant: Some(meant),
        action,
        by,
        request,
        before: None,
    })
}

/// The request as a usual client sends it, and with its hello or its headers in several segments.
fn flows(request: &Request) -> Option<[Flow; 2]> {
    let usual = request.flow(request.dst?);
    let split = match request.scheme {
        Scheme::Https => ClientVariant::PostQuantum.flow(request, request.dst?),
        _ => Flow { split: Some(SEGMENT), ..usual.clone() },
    };
    Some([usual, split])
}
