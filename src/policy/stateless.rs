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
