//! A second request on a connection that was passed by name.

use super::ask::Ask;
use super::stands::{Asks, Stand};
use super::{OrderFinding, OrderKind};
use crate::analysis::intent::Intent;
use crate::net::{Action, Flow, Http, Request, Scheme, Talk};

/// A path that no row is likely to be about.
const ELSEWHERE: &str = "/elsewhere";
/// A name that no row is likely to be about.
const ANOTHER: &str = "another.example";
/// How many rows are tried for a name that is to be blocked.
const TRIED: usize = 8;

/// One finding for each row that passes a path, since that row says that other paths are not passed; and one for all
/// rows that pass a name.
pub(super) fn second_requests(ask: &Ask<'_>, stands: &[Stand]) -> Vec<OrderFinding> {
    let mut found: Vec<OrderFinding> = Vec::new();
    let mut by_name = false;
    for stand in stands {
        let Asks::Name { scheme: Scheme::Http, by_path, .. } = stand.asks else { continue };
        let told = found.iter().any(|f| f.by == Some(stand.place));
        if stand.action != Action::Pass || told || (by_name && !by_path) {
            continue;
        }
        let finding = if by_path { elsewhere(ask, stand) } else { another(ask, stand, stands) };
        by_name |= finding.is_some() && !by_path;
        found.extend(finding);
    }
    found
}

/// Another path of the same site.
fn elsewhere(ask: &Ask<'_>, passes: &Stand) -> Option<OrderFinding> {
    let first = passes.request(80)?;
    let second = Request { path: ELSEWHERE.to_owned(), ..first.clone() };
    gets_through(ask, passes, first, second)
}

/// A name that a row blocks, or else the default action.
fn another(ask: &Ask<'_>, passes: &Stand, stands: &[Stand]) -> Option<OrderFinding> {
    let blocks = |s: &&Stand| s.is_name(Scheme::Http) && s.action.blocks();
    let blocked = stands.iter().filter(blocks).filter_map(|s| s.request_with(passes, 80));
    let mut seconds: Vec<Request> = blocked.take(TRIED).collect();
    let first = passes.request(80)?;
    seconds.push(Request { host: ANOTHER.to_owned(), path: "/".to_owned(), ..first.clone() });
    seconds.into_iter().find_map(|second| {
        let first =
            Request { host: first.host.clone(), path: first.path.clone(), ..second.clone() };
        gets_through(ask, passes, first, second)
    })
}

/// The second request, if it is meant to be blocked and gets through after the first.
fn gets_through(
    ask: &Ask<'_>,
    passes: &Stand,
    first: Request,
    second: Request,
) -> Option<OrderFinding> {
    if ask.meant(&first)? != Intent::Row(passes.place, Action::Pass) {
        return None;
    }
    let (meant, action) = match ask.meant(&second)? {
        Intent::Row(place, action) if action.blocks() => (Some(place), action),
        Intent::Default(action) if action.blocks() => (None, action),
        _ => return None,
    };
    let outcome = ask.engine(&after(&first, &second)?)?;
    (outcome.action == Some(Action::Pass)).then_some(OrderFinding {
        kind: OrderKind::SecondRequest,
        meant,
        action,
        by: Some(passes.place),
        request: second,
        before: Some(first),
    })
}

/// Both requests on one connection.
fn after(first: &Request, second: &Request) -> Option<Flow> {
    let flow = first.flow(first.dst?);
    let bytes = |request: &Request| match request.flow(request.dst?).talk {
        Talk::Http(http) => Some(http.requests),
        _ => None,
    };
    let requests = [bytes(first)?, bytes(second)?].concat();
    Some(Flow { talk: Talk::Http(Http { requests }), ..flow })
}
