//! Requests that a row about a name is not asked about: over QUIC, without a name, with a method nobody knows.

use super::ask::Ask;
use super::stands::{Asks, Stand};
use super::{OrderFinding, OrderKind};
use crate::net::{Action, ClientVariant, Flow, Request, Scheme, Talk};
use crate::policy::RulePlace;

/// How many rows about names are tried for each row that passes addresses.
const TRIED: usize = 4;

/// What passes when no name is known: a row about addresses, or nothing at all.
struct Pass<'a> {
    row: Option<&'a Stand>,
    /// What stands above it.
    above: &'a [Stand],
}

/// One finding for each kind and each row that passes.
pub(super) fn evasions(ask: &Ask<'_>, stands: &[Stand]) -> Vec<OrderFinding> {
    let mut found = Vec::new();
    for pass in passes(ask, stands) {
        let (tcp, udp) = match pass.row.map(|s| &s.asks) {
            Some(Asks::Address { tcp, udp }) => (*tcp, *udp),
            _ => (true, true),
        };
        for (kind, scheme, port, may) in [
            (OrderKind::Quic, Scheme::Https, 443, udp),
            (OrderKind::NoName, Scheme::Https, 443, tcp),
            (OrderKind::UnknownMethod, Scheme::Http, 80, tcp),
        ] {
            if may {
                found.extend(evasion(ask, &pass, kind, scheme, port));
            }
        }
    }
    found
}

/// The rows that pass addresses, and the end of the list where nothing drops what is left.
fn passes<'a>(ask: &Ask<'_>, stands: &'a [Stand]) -> Vec<Pass<'a>> {
    let rows = stands.iter().enumerate().filter(|(_, s)| {
        !s.by_hand && s.action == Action::Pass && matches!(s.asks, Asks::Address { .. })
    });
    let rows = rows.map(|(at, s)| Pass { row: Some(s), above: &stands[..at] });
    let end = !ask.policy.default_actions.iter().any(|d| d.is_drop());
    rows.chain(end.then_some(Pass { row: None, above: stands })).collect()
}

/// The first name above that is blocked when it is asked for as usual, and passed when it is not.
fn evasion(
    ask: &Ask<'_>,
    pass: &Pass<'_>,
    kind: OrderKind,
    scheme: Scheme,
    port: u16,
) -> Option<OrderFinding> {
    let names = pass.above.iter().filter(|s| s.is_name(scheme) && s.action.blocks());
    let requests = names.filter_map(|name| {
        let request = name.request_with(pass.row.unwrap_or(name), port)?;
        (request.port == port).then_some((name, request))
    });
    let by = pass.row.map(|s| s.place);
    requests.take(TRIED).find_map(|(name, request)| {
        let (meant, action) = ask.blocking_row(&request)?;
        let blocked =
            meant == name.place && ask.engine(&request.flow(request.dst?))?.action? == action;
        (blocked && evades(ask, &request, kind, by)?).then(|| OrderFinding {
            kind,
            meant: Some(meant),
            action,
            by,
            request: request.clone(),
            before: None,
        })
    })
}

/// Whether the request works in this way, and by this row.
fn evades(
    ask: &Ask<'_>,
    request: &Request,
    kind: OrderKind,
    by: Option<RulePlace>,
) -> Option<bool> {
    let dst = request.dst?;
    let flow = match kind {
        OrderKind::Quic => ClientVariant::Quic.flow(request, dst),
        OrderKind::NoName => ClientVariant::NoServerName.flow(request, dst),
        _ => unknown_method(request.flow(dst)),
    };
    let outcome = ask.engine(&flow)?;
    let decided = match outcome.by {
        Some(crate::compile::Origin::Rule(place)) => Some(place),
        _ => None,
    };
    // The name is read after all when the connection ends, and drops its last acknowledgement: nobody misses it.
    let too_late = kind == OrderKind::UnknownMethod;
    Some(outcome.action == Some(Action::Pass) && (decided == by || too_late))
}

/// The request with a method that no list of methods has.
fn unknown_method(flow: Flow) -> Flow {
    let Talk::Http(mut http) = flow.talk else { return flow };
    for request in &mut http.requests {
        if let Some(rest) = request.strip_prefix(b"GET") {
            *request = [b"BREW", rest].concat();
        }
    }
    Flow { talk: Talk::Http(http), ..flow }
}
