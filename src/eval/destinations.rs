use std::net::IpAddr;

use super::Met;
use super::index::Index;
use super::prepare::{End, Prepared};
use super::rules::{Entry, Rules};
use crate::net::{AddressClass, Flow, IpSet, StatelessRule, StatelessRules, classes};

/// The classes of server addresses that no rule tells apart for the client and the ports of `flow`.
///
/// Both sides of a header count: packets of the server have its address as their source. Rules that can never be
/// about this client or these ports tell nothing apart.
pub(super) fn destinations(
    rules: &Rules,
    index: &Index,
    stateless: Option<&StatelessRules>,
    flow: &Flow,
) -> Vec<AddressClass> {
    let before = stateless.iter().flat_map(|s| &s.rules);
    let before = before.flat_map(|rule| stateless_server_sides(rule, flow));
    // Behind stateless rules the engine may see only the answers, and takes the server for the client: then a rule compares
    // the server with the other side.
    let sets: Vec<&IpSet> = match stateless {
        Some(_) => {
            index.telling_any(rules).flat_map(|rule| server_sides(rule, [true; 2], flow)).collect()
        }
        None => {
            index.telling(rules).flat_map(|(rule, tells)| server_sides(rule, tells, flow)).collect()
        }
    };
    told_apart(sets.into_iter().chain(before).collect(), flow.src)
}

/// Whether a rule tells servers apart for the client and the ports of `flow`.
pub(super) fn tells_apart(entry: &Entry, behind_stateless: bool, flow: &Flow) -> bool {
    entry.telling.is_some_and(|tells| {
        let tells = if behind_stateless { [true; 2] } else { tells };
        server_sides(&entry.rule, tells, flow).next().is_some()
    })
}

/// The classes of addresses, of the family of `like`, that no rule tells apart at either end.
pub(super) fn addresses(
    rules: &Rules,
    stateless: Option<&StatelessRules>,
    like: IpAddr,
) -> Vec<AddressClass> {
    let ends = rules.iter().flat_map(|rule| [&rule.source, &rule.destination]);
    let before = stateless.iter().flat_map(|s| &s.rules);
    let before = before.flat_map(|rule| [&rule.sources, &rule.destinations]).flatten();
    told_apart(ends.flat_map(End::sets).chain(before).collect(), like)
}

fn told_apart(mut sets: Vec<&IpSet>, like: IpAddr) -> Vec<AddressClass> {
    sets.sort_by_key(|set| set.first());
    sets.dedup();
    classes(sets, like)
}

/// The address sets of a rule with which its packets compare the server's address, of the sides that tell any apart.
///
/// To the server the client stands on the left of the arrow, in answers on the right: so each side may be the server's.
fn server_sides<'a>(
    rule: &'a Prepared,
    [to_server, to_client]: [bool; 2],
    flow: &Flow,
) -> impl Iterator<Item = &'a IpSet> {
    let (left, right) = (&rule.source, &rule.destination);
    let fits = |client: &End, server: &End| is_client(client, flow) && has(server, flow.dst_port);
    let sides = [(to_server, left, right), (to_client, right, left)];
    let sides = sides.map(|(may, client, server)| (may && fits(client, server)).then_some(server));
    sides.into_iter().flatten().flat_map(End::sets)
}

/// The address sets of a stateless rule with which it compares the server's address, of packets either way.
fn stateless_server_sides<'a>(
    rule: &'a StatelessRule,
    flow: &Flow,
) -> impl Iterator<Item = &'a IpSet> {
    let (from, to) = (&rule.sources, &rule.destinations);
    let client = |set: &Option<IpSet>| set.as_ref().is_none_or(|set| set.contains(flow.src));
    [(from, to), (to, from)]
        .into_iter()
        .filter(move |(c, _)| client(c))
        .filter_map(|(_, s)| s.as_ref())
}

fn is_client(end: &End, flow: &Flow) -> bool {
    end.has(flow.src) != Met::No && has(end, flow.src_port)
}

fn has(end: &End, port: u16) -> bool {
    end.ports.as_ref().is_none_or(|ports| ports.contains(port))
}
