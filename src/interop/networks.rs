//! Networks as others write them, as those of a policy.

use crate::messages::{Text, import as say};
use crate::net::parse_cidr;
use crate::suricata::{Variables, addresses};

/// Private networks: what `HOME_NET` is where nobody says it, the engine's own default.
///
/// Source: `suricata.yaml` of Suricata 7.0.10.
pub(super) const PRIVATE: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/// The private networks, as drafts have them.
pub(super) fn private() -> Vec<String> {
    PRIVATE.map(str::to_owned).to_vec()
}

/// The entries of a set that rules write between brackets; what stands in brackets itself stays together.
pub(super) fn entries(value: &str) -> Vec<String> {
    let inner = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(value);
    let mut entries = vec![String::new()];
    let mut depth = 0_usize;
    for c in inner.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                entries.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(entry) = entries.last_mut() {
            entry.push(c);
        }
    }
    entries.iter().map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect()
}

/// The networks that entries mean, as policies write them.
///
/// # Errors
/// Why the set called `name` is none that a policy can have.
pub(super) fn networks(name: &str, entries: &[String]) -> Result<Vec<String>, Text> {
    if let Some(nets) = plain(entries) {
        return Ok(nets);
    }
    match addresses(&format!("[{}]", entries.join(",")), Variables::none()) {
        Ok(found) if !found.set.is_empty() && found.is_known() => {
            Ok(found.set.cidrs().iter().map(ToString::to_string).collect())
        }
        Ok(_) => Err(say::bad_value(name, &entries.join(", "))),
        Err(why) => Err(say::bad_set(name, &why.words())),
    }
}

/// The entries, where each is a network as policies write it.
fn plain(entries: &[String]) -> Option<Vec<String>> {
    let mut nets: Vec<String> = Vec::new();
    for entry in entries {
        let net = parse_cidr(entry).ok()?.to_string();
        if !nets.contains(&net) {
            nets.push(net);
        }
    }
    Some(nets)
}
