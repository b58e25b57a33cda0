use std::collections::BTreeMap;

use crate::net::IpSet;

/// What an address field means once its variables are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// The addresses.
    pub set: IpSet,
    /// Whether something in it is negated, be it in a variable: the rule is then not `ip_only`.
    pub negated: bool,
}

/// Reads an address field: `any`, `$HOME_NET`, `[10.0.0.0/8,!10.1.0.0/16]`.
///
/// # Errors
/// What the engine would refuse, in words.
pub fn addresses(_text: &str, _variables: &BTreeMap<String, String>) -> Result<Addresses, String> {
    todo!()
}
