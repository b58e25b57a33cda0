use std::collections::BTreeMap;

use ipnet::IpNet;

use super::At;
use crate::diagnostic::Place;

/// Named sets for hand-written rules, `$NAME`: those of a rule group, or those that a policy lends to all its groups.
///
/// Source: AWS Network Firewall API reference, `RuleVariables`: `IPSets` and `PortSets`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variables {
    /// `variables`: sets of addresses.
    pub ip_sets: BTreeMap<String, NamedSet>,
    /// `port_sets`: sets of ports.
    pub port_sets: BTreeMap<String, NamedSet>,
}

/// What a name stands for: entries in the engine's language, such as `10.0.0.0/8`, `!10.1.0.0/16`, `8000:8010`, `$OTHER`.
pub type NamedSet = At<Vec<String>>;

/// An IP set reference of a rule group, `@NAME`: a resource of AWS, such as a prefix list, that is looked up when rules are asked.
///
/// Source: AWS Network Firewall API reference, `ReferenceSets`: `IPSetReferences`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The resource.
    pub arn: String,
    /// What it is taken to hold when requests are tried; `None`: nobody says it, so nobody can tell.
    pub modelled_as: Option<Vec<IpNet>>,
    /// Where its name is written.
    pub place: Place,
}

impl Variables {
    /// Whether nothing is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ip_sets.is_empty() && self.port_sets.is_empty()
    }
}
