//! Stateless rules as they are deployed: in order, with priorities, sources written out as networks.

use ipnet::IpNet;

use super::{Compiled, GROUPS};
use crate::diagnostic::Diagnostic;
use crate::messages::stateless as say;
use crate::net::{IpSet, PortSet, StatelessRule, StatelessRules};
use crate::policy::{At, Endpoint, Policy, StatelessGroup, StatelessPlace, StatelessRow};

/// Capacity of all stateless groups of a policy.
///
/// Source: AWS Network Firewall quotas.
const CAPACITY: usize = 30_000;

/// The highest priority of a rule in its group, and the distance between those that are not written.
const HIGHEST: usize = 65_535;
const STEP: usize = 10;

/// What the stateless part of a policy becomes.
#[derive(Debug, Clone, Default)]
pub struct CompiledStateless {
    /// The rules in the order in which they are asked, ready to evaluate.
    pub rules: StatelessRules,
    /// Where each rule comes from, in the same order.
    pub origins: Vec<StatelessOrigin>,
    /// Capacity units of the groups, in the order of the policy: of each rule the product of the lengths of its lists.
    pub capacity: Vec<usize>,
}

/// Where a stateless rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatelessOrigin {
    /// Its row.
    pub place: StatelessPlace,
    /// Its priority in its group: as written, or by the row's place in steps of 10.
    pub priority: u32,
}

/// Compiles the stateless groups; what AWS would not take is said.
pub(super) fn stateless(policy: &Policy) -> (CompiledStateless, Vec<Diagnostic>) {
    let mut out = CompiledStateless {
        rules: StatelessRules {
            rules: Vec::new(),
            default_action: policy.stateless.default_action,
            midstream: policy.stream_exception_policy,
        },
        ..CompiledStateless::default()
    };
    let groups = &policy.stateless.rule_groups;
    let mut found = Vec::new();
    for origin in stateless_rows(policy).into_iter().flat_map(|(_, rows)| rows) {
        let Some(row) = policy.stateless_row(origin.place).filter(|row| row.enabled) else {
            continue;
        };
        found.extend(empty_ends(policy, row));
        out.origins.push(origin);
        out.rules.rules.push(compiled(policy, row));
    }
    let enabled = |group: &StatelessGroup| {
        group.rules.iter().filter(|row| row.enabled).map(|row| capacity(policy, row)).sum()
    };
    out.capacity = groups.iter().map(enabled).collect();
    found.extend(limits(policy, &out.capacity));
    (out, found)
}

/// The stateless groups by priority, each with its rows in the order in which they are asked; rows that are switched off too.
#[must_use]
pub fn stateless_rows(policy: &Policy) -> Vec<(usize, Vec<StatelessOrigin>)> {
    let groups = &policy.stateless.rule_groups;
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&group| groups[group].priority.value);
    let rows = |group: usize| {
        let row =
            |(rule, priority)| StatelessOrigin { place: StatelessPlace { group, rule }, priority };
        in_order(&groups[group]).into_iter().map(row).collect()
    };
    order.into_iter().map(|group| (group, rows(group))).collect()
}

/// Capacity units of the row at `place`.
#[must_use]
pub fn stateless_capacity(policy: &Policy, place: StatelessPlace) -> usize {
    policy.stateless_row(place).map_or(0, |row| capacity(policy, row))
}

/// The rows of a group in the order in which they are asked, each with its priority.
fn in_order(group: &StatelessGroup) -> Vec<(usize, u32)> {
    let step = STEP.min(HIGHEST / group.rules.len().max(1)).max(1);
    let priority = |(at, row): (usize, &StatelessRow)| {
        let derived = u32::try_from((at + 1) * step).unwrap_or(u32::MAX);
        (at, row.priority.as_ref().map_or(derived, |at| at.value))
    };
    let mut rows: Vec<(usize, u32)> = group.rules.iter().enumerate().map(priority).collect();
    rows.sort_by_key(|(_, priority)| *priority);
    rows
}

fn compiled(policy: &Policy, row: &StatelessRow) -> StatelessRule {
    let set = |ends: &[At<Endpoint>]| -> Option<IpSet> {
        (!ends.is_empty()).then(|| stateless_networks(policy, ends).into_iter().collect())
    };
    let ports =
        |ranges: &[(u16, u16)]| (!ranges.is_empty()).then(|| PortSet::from_ranges(ranges.to_vec()));
    StatelessRule {
        sources: set(&row.from),
        destinations: set(&row.to),
        protocols: row.protocols.clone(),
        source_ports: ports(&row.source_ports),
        destination_ports: ports(&row.ports),
        tcp_flags: row.tcp_flags.clone(),
        action: row.action,
    }
}

/// The networks of one end, as AWS lists them; a source is written out.
#[must_use]
pub fn stateless_networks(policy: &Policy, ends: &[At<Endpoint>]) -> Vec<IpNet> {
    let of = |end: &At<Endpoint>| match &end.value {
        Endpoint::Net(net) => vec![*net],
        Endpoint::Source(name) => policy.source_set(name).cidrs(),
        Endpoint::Any => IpSet::any().cidrs(),
    };
    ends.iter().flat_map(of).collect()
}

/// Capacity units of a rule: the product of the lengths of its lists, an empty list counting as one. TCP flags do not count.
///
/// Where both ends are any, AWS wants one of them: it is written as `0.0.0.0/0` and `::/0`.
///
/// Source: AWS Network Firewall developer guide, capacity of stateless rule groups.
fn capacity(policy: &Policy, row: &StatelessRow) -> usize {
    let (from, to) =
        (stateless_networks(policy, &row.from).len(), stateless_networks(policy, &row.to).len());
    let from = if row.from.is_empty() && row.to.is_empty() { 2 } else { from };
    let lists =
        [from, to, row.protocols.len(), row.source_ports.len(), row.ports.len()].map(|n| n.max(1));
    lists.into_iter().fold(1, usize::saturating_mul)
}

/// An end that names sources without any address: AWS would take the empty list for every address.
fn empty_ends(policy: &Policy, row: &StatelessRow) -> Vec<Diagnostic> {
    let empty =
        |ends: &&Vec<At<Endpoint>>| !ends.is_empty() && stateless_networks(policy, ends).is_empty();
    let said = |ends: &Vec<At<Endpoint>>| {
        let at = ends.first().map(|end| end.place.clone());
        let message = say::no_addresses(&row.name.value);
        Diagnostic::error("no-address-left", at, message).help(say::NO_ADDRESSES_HELP)
    };
    [&row.from, &row.to].into_iter().filter(empty).map(said).collect()
}

/// What exceeds AWS's quotas.
fn limits(policy: &Policy, capacity: &[usize]) -> Vec<Diagnostic> {
    let groups = &policy.stateless.rule_groups;
    let mut found = Vec::new();
    if let Some(over) = groups.get(GROUPS) {
        let message = say::too_many_groups(groups.len());
        found.push(Diagnostic::error("too-many-groups", over.name.place.clone(), message));
    }
    let all = capacity.iter().fold(0_usize, |sum, n| sum.saturating_add(*n));
    if let Some((group, most)) =
        groups.iter().zip(capacity).max_by_key(|(_, n)| **n).filter(|_| all > CAPACITY)
    {
        let message = say::too_much_capacity(all, &group.name.value, *most);
        let error = Diagnostic::error("too-much-capacity", group.name.place.clone(), message);
        found.push(error.help(say::TOO_MUCH_CAPACITY_HELP));
    }
    found
}

impl Compiled {
    /// Where the stateless rule with this index comes from.
    #[must_use]
    pub fn stateless_origin(&self, rule: usize) -> Option<StatelessOrigin> {
        self.stateless.origins.get(rule).copied()
    }
}
