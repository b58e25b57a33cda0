use std::net::IpAddr;

use super::prepare::Prepared;
use crate::net::{AddressClass, classes};

/// The classes of server addresses that no rule tells apart.
///
/// Both sides of a header count: packets of the server have its address as their source.
pub(super) fn destinations(rules: &[Prepared], like: IpAddr) -> Vec<AddressClass> {
    let ends = rules.iter().flat_map(|r| [&r.source, &r.destination]);
    let mut sets: Vec<_> = ends.filter_map(|end| end.addresses.as_ref()).collect();
    sets.sort_by_key(|set| set.first());
    sets.dedup();
    classes(sets, like)
}
