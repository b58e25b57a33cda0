//! What a policy says about packets before the stateful engine sees them.

use super::{At, Endpoint, Policy};
use crate::diagnostic::Place;
use crate::net::{FlagTest, StatelessAction};

/// The stateless part of a policy; by default every packet is forwarded to the stateful rules.
///
/// Source: AWS Network Firewall API, `FirewallPolicy`: `StatelessDefaultActions`, `StatelessFragmentDefaultActions`,
/// `StatelessRuleGroupReferences`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stateless {
    /// What is done with packets that no rule matches.
    pub default_action: StatelessAction,
    /// What is done with fragments of UDP datagrams that no rule matches; AWS drops other fragments.
    pub fragment_default_action: StatelessAction,
    /// The groups in the order of the file; they are asked by `priority`.
    pub rule_groups: Vec<StatelessGroup>,
}

/// A named, prioritised list of stateless rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatelessGroup {
    /// Its name.
    pub name: At<String>,
    /// Its place among the stateless groups, 1 to 65535, unique.
    pub priority: At<u32>,
    /// Its rules in the order of the file.
    pub rules: Vec<StatelessRow>,
    /// Free text.
    pub note: Option<String>,
}

/// One row of a stateless group: it asks packets, one by one, in either direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatelessRow {
    /// Its name, unique in its group.
    pub name: At<String>,
    /// Its place in the group, 1 to 65535; written for all rows of a group or for none, whose order then counts.
    pub priority: Option<At<u32>>,
    /// Whether it is deployed.
    pub enabled: bool,
    /// What is done with the packets it matches.
    pub action: StatelessAction,
    /// Where packets come from; empty: anywhere.
    pub from: Vec<At<Endpoint>>,
    /// Where they go; empty: anywhere.
    pub to: Vec<At<Endpoint>>,
    /// Their protocols by number; empty: any.
    pub protocols: Vec<u8>,
    /// Their source ports, as inclusive ranges (TCP and UDP only); empty: any.
    pub source_ports: Vec<(u16, u16)>,
    /// Their destination ports, as inclusive ranges (TCP and UDP only); empty: any.
    pub ports: Vec<(u16, u16)>,
    /// Their TCP flags; empty: any.
    pub tcp_flags: Vec<FlagTest>,
    /// Free text.
    pub note: Option<String>,
    /// Ticket that asked for it.
    pub ticket: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The whole entry in the file.
    pub place: Place,
}

/// Where a stateless row stands: indices of its group and of the row in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatelessPlace {
    /// Index into `Stateless::rule_groups`.
    pub group: usize,
    /// Index into the group's `rules`.
    pub rule: usize,
}

impl Policy {
    /// The stateless row at `place`.
    #[must_use]
    pub fn stateless_row(&self, place: StatelessPlace) -> Option<&StatelessRow> {
        self.stateless.rule_groups.get(place.group)?.rules.get(place.rule)
    }
}

impl Stateless {
    /// Whether both say the same, wherever their files say it.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let Self { default_action, fragment_default_action, rule_groups } = self;
        *default_action == other.default_action
            && *fragment_default_action == other.fragment_default_action
            && rule_groups.len() == other.rule_groups.len()
            && rule_groups.iter().zip(&other.rule_groups).all(|(a, b)| same_group(a, b))
    }
}

fn same_group(a: &StatelessGroup, b: &StatelessGroup) -> bool {
    let StatelessGroup { name, priority, rules, note } = a;
    name.value == b.name.value
        && priority.value == b.priority.value
        && *note == b.note
        && rules.len() == b.rules.len()
        && rules.iter().zip(&b.rules).all(|(a, b)| same_row(a, b))
}

fn same_row(a: &StatelessRow, b: &StatelessRow) -> bool {
    let StatelessRow {
        name,
        priority,
        enabled,
        action,
        from,
        to,
        protocols,
        source_ports,
        ports,
        tcp_flags,
        note,
        ticket,
        owner,
        place: _,
    } = a;
    let value = |at: &Option<At<u32>>| at.as_ref().map(|at| at.value);
    let same = |a: &[At<Endpoint>], b: &[At<Endpoint>]| {
        a.iter().map(|at| &at.value).eq(b.iter().map(|at| &at.value))
    };
    name.value == b.name.value
        && value(priority) == value(&b.priority)
        && *enabled == b.enabled
        && *action == b.action
        && same(from, &b.from)
        && same(to, &b.to)
        && *protocols == b.protocols
        && *source_ports == b.source_ports
        && *ports == b.ports
        && *tcp_flags == b.tcp_flags
        && *note == b.note
        && *ticket == b.ticket
        && *owner == b.owner
}
