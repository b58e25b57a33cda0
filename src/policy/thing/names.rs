use super::Thing;
use crate::policy::Policy;

impl Thing {
    /// What it is called in `policy`; `None` where there is no such thing, or none that has a name.
    #[must_use]
    pub fn name<'a>(&'a self, policy: &'a Policy) -> Option<&'a str> {
        let stateless = &policy.stateless.rule_groups;
        match self {
            Self::Policy => Some(&policy.name),
            Self::Source(at) => policy.sources.get(*at).map(|s| s.name.value.as_str()),
            Self::List(at) => policy.domain_lists.get(*at).map(|l| l.name.value.as_str()),
            Self::IpSet(_, name) | Self::PortSet(_, name) | Self::Reference(_, name) => Some(name),
            Self::Group(at) => policy.rule_groups.get(*at).map(|g| g.name.value.as_str()),
            Self::Stateless => None,
            Self::StatelessGroup(at) => stateless.get(*at).map(|g| g.name.value.as_str()),
            Self::StatelessRow(at) => policy.stateless_row(*at).map(|r| r.name.value.as_str()),
            Self::Case(at) => policy.cases.get(*at).map(|c| c.name.value.as_str()),
        }
    }

    /// The same thing once it has the name `new`.
    #[must_use]
    pub fn called(&self, new: &str) -> Self {
        match self {
            Self::IpSet(owner, _) => Self::IpSet(*owner, new.to_owned()),
            Self::PortSet(owner, _) => Self::PortSet(*owner, new.to_owned()),
            Self::Reference(group, _) => Self::Reference(*group, new.to_owned()),
            Self::Policy
            | Self::Source(_)
            | Self::List(_)
            | Self::Group(_)
            | Self::Stateless
            | Self::StatelessGroup(_)
            | Self::StatelessRow(_)
            | Self::Case(_) => self.clone(),
        }
    }
}
