//! What a policy says beside its rules, as things with named fields: the settings, sources, lists, sets, groups, cases.

mod deciders;
mod fields;
mod hand;
mod names;
mod text;
mod uses;

pub use deciders::Deciders;
pub use fields::{Field, FieldKind};
pub use hand::{header_places, renamed_at, variable_places};
pub use text::{flag_text, list_text, ranges, source_text, thing_texts};
pub use uses::{User, forget, rename, sigil, users};

use super::{Policy, StatelessPlace};
use crate::messages::thing::ThingWord;

/// Something that a policy says beside its rules.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// The policy itself: its settings.
    Policy,
    /// A source, by its index.
    Source(usize),
    /// A domain list, by its index.
    List(usize),
    /// A set of addresses for hand-written rules, by its name: of the group with this index, or of the policy.
    IpSet(Option<usize>, String),
    /// A set of ports for hand-written rules.
    PortSet(Option<usize>, String),
    /// An IP set reference of a group.
    Reference(usize, String),
    /// A rule group, by its index.
    Group(usize),
    /// What is done before the stateful rules with packets that no stateless rule matches.
    Stateless,
    /// A stateless group, by its index.
    StatelessGroup(usize),
    /// A row of a stateless group.
    StatelessRow(StatelessPlace),
    /// A case, by its index.
    Case(usize),
}

impl Thing {
    /// Whether its name is the field that it stands under, as against a field of its own.
    #[must_use]
    pub const fn is_keyed(&self) -> bool {
        match self {
            Self::Source(_)
            | Self::List(_)
            | Self::IpSet(..)
            | Self::PortSet(..)
            | Self::Reference(..) => true,
            Self::Policy
            | Self::Group(_)
            | Self::Stateless
            | Self::StatelessGroup(_)
            | Self::StatelessRow(_)
            | Self::Case(_) => false,
        }
    }

    /// What sentences call its kind, as `messages` knows it.
    #[must_use]
    pub const fn kind_word(&self) -> ThingWord {
        match self {
            Self::Policy => ThingWord::Policy,
            Self::Source(_) => ThingWord::Source,
            Self::List(_) => ThingWord::List,
            Self::IpSet(..) => ThingWord::IpSet,
            Self::PortSet(..) => ThingWord::PortSet,
            Self::Reference(..) => ThingWord::Reference,
            Self::Group(_) => ThingWord::Group,
            Self::Stateless => ThingWord::Stateless,
            Self::StatelessGroup(_) => ThingWord::StatelessGroup,
            Self::StatelessRow(_) => ThingWord::StatelessRow,
            Self::Case(_) => ThingWord::Case,
        }
    }

    /// Everything that `policy` says beside its rules, in the order in which a file usually has it.
    #[must_use]
    pub fn all(policy: &Policy) -> Vec<Self> {
        let mut all = vec![Self::Policy];
        all.extend((0..policy.sources.len()).map(Self::Source));
        all.extend((0..policy.domain_lists.len()).map(Self::List));
        all.extend(sets(policy, None));
        for (group, of) in policy.rule_groups.iter().enumerate() {
            all.push(Self::Group(group));
            all.extend(sets(policy, Some(group)));
            all.extend(of.references.keys().map(|name| Self::Reference(group, name.clone())));
        }
        all.push(Self::Stateless);
        for (group, of) in policy.stateless.rule_groups.iter().enumerate() {
            all.push(Self::StatelessGroup(group));
            let row = |rule| Self::StatelessRow(StatelessPlace { group, rule });
            all.extend((0..of.rules.len()).map(row));
        }
        all.extend((0..policy.cases.len()).map(Self::Case));
        all
    }
}

fn sets(policy: &Policy, owner: Option<usize>) -> impl Iterator<Item = Thing> {
    let of = owner.map_or(&policy.variables, |group| &policy.rule_groups[group].variables);
    let ips = of.ip_sets.keys().map(move |name| Thing::IpSet(owner, name.clone()));
    ips.chain(of.port_sets.keys().map(move |name| Thing::PortSet(owner, name.clone())))
}
