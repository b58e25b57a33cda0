use thiserror::Error;

use super::by_source::{Who, WhoError};
use crate::analysis::Between;
use crate::messages::{Lang, Text, request as say};
use crate::net::{DomainPattern, IpSet, NameError, literal, parse_cidr, short};
use crate::policy::Policy;

/// Why it cannot be told between whom access is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AccessError {
    /// Not a source.
    #[error(transparent)]
    From(#[from] WhoError),
    /// Neither a name nor an address.
    #[error("{}", self.words().say(Lang::English))]
    To(String, NameError),
}

impl AccessError {
    /// What is wrong, and what to write instead.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::From(error) => error.words(),
            Self::To(text, why) => say::no_name_or_address(text, &why.words()),
        }
    }
}

/// Reads who asks, or else what is asked for.
///
/// # Errors
/// [`AccessError`], which says what to write instead.
pub fn between(policy: &Policy, from: Option<&str>, to: &str) -> Result<Between, AccessError> {
    if let Some(from) = from {
        return Ok(Between::From(match Who::read(policy, from)? {
            Who::Address(address) => IpSet::range(address, address),
            Who::Several(set) => set,
        }));
    }
    let to = to.trim();
    if let Some(address) = literal(to) {
        return Ok(Between::To(IpSet::range(address, address)));
    }
    if let Ok(net) = parse_cidr(to) {
        return Ok(Between::To(IpSet::from(net)));
    }
    let name = to.parse::<DomainPattern>();
    name.map(Between::Named).map_err(|error| AccessError::To(short(to), error))
}
