use std::collections::BTreeMap;

use crate::net::PortSet;

/// Reads a port field: `any`, `443`, `[80,8000:9000,!8080]`, `$HTTP_PORTS`.
///
/// # Errors
/// What the engine would refuse, in words.
pub fn ports(_text: &str, _variables: &BTreeMap<String, String>) -> Result<PortSet, String> {
    todo!()
}
