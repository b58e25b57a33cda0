use std::collections::BTreeMap;

use super::Variables;
use super::address::{FieldError, entries, variable};
use crate::messages::{Text, suricata::shape::field as say};
use crate::net::PortSet;

/// Variables may name variables; deeper than this they go round in circles.
const DEPTH: usize = 16;

/// Reads a port field: `any`, `443`, `[80,8000:9000,!8080]`, `$HTTP_PORTS`.
///
/// # Errors
/// What the engine would refuse, in words.
pub fn ports(text: &str, variables: &Variables) -> Result<PortSet, FieldError> {
    let set = read(text, &variables.ports, DEPTH)?;
    if set.is_empty() {
        return Err(say::no_port(text).into());
    }
    Ok(set)
}

/// Whether a port field is well written, as far as one can say before its variables are known.
///
/// # Errors
/// What the engine would refuse, in words.
pub(super) fn ports_alone(text: &str) -> Result<(), FieldError> {
    if text.contains('$') {
        return Ok(entries(text).map(|_| ())?);
    }
    ports(text, Variables::none()).map(|_| ())
}

fn read(
    text: &str,
    variables: &BTreeMap<String, String>,
    depth: usize,
) -> Result<PortSet, FieldError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(say::circles().into());
    };
    let mut positive = PortSet::default();
    let mut negative = PortSet::default();
    for entry in entries(text)? {
        let (not, entry) = match entry.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, entry),
        };
        let set = if let Some(name) = entry.strip_prefix('$') {
            let value = variable(name, variables)?;
            if not && value.contains('!') {
                return Err(say::excludes_itself(name).into());
            }
            read(value, variables, depth)?
        } else if entry.starts_with('[') {
            read(entry, variables, depth)?
        } else {
            single(entry)?
        };
        if not && set.is_any() {
            return Err(say::no_port("!any").into());
        }
        let side = if not { &mut negative } else { &mut positive };
        *side = side.union(&set);
    }
    if positive.is_empty() && !negative.is_empty() {
        return Ok(negative.complement());
    }
    Ok(positive.minus(&negative))
}

/// One port or range; both ends of a range may be left out.
fn single(text: &str) -> Result<PortSet, Text> {
    let bad = || say::is_no_port(text);
    if text.eq_ignore_ascii_case("any") {
        return Ok(PortSet::from_ranges(vec![(0, u16::MAX)]));
    }
    let port = |t: &str| t.trim().parse::<u16>().map_err(|_| bad());
    let (low, high) = match text.split_once(':') {
        Some((low, high)) => (
            if low.is_empty() { 0 } else { port(low)? },
            if high.is_empty() { u16::MAX } else { port(high)? },
        ),
        None => (port(text)?, port(text)?),
    };
    if low > high || text == ":" {
        return Err(bad());
    }
    Ok(PortSet::from_ranges(vec![(low, high)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, FieldError> {
        let variables = [("WEB", "[80,443]"), ("ODD", "[80,!81]")];
        let variables = BTreeMap::from(variables.map(|(a, b)| (a.to_owned(), b.to_owned())));
        ports(text, &variables.into()).map(|set| set.to_string())
    }

    #[test]
    fn lists_ranges_and_exclusions_are_read() {
        assert_eq!(read("[80,443,8000:8002,!8001]").unwrap(), "80, 443, 8000, 8002");
        assert_eq!(read("!$WEB").unwrap(), "0-79, 81-442, 444-65535");
        assert_eq!(read("65000:").unwrap(), "65000-65535");
        assert_eq!(read("ANY").unwrap(), "any");
    }

    #[test]
    fn what_the_engine_refuses_is_refused() {
        for text in ["80-90", "65536", "90:80", "!$ODD", "http", "!any", "[]", "$NOPE"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
