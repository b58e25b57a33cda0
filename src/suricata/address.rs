use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;
use thiserror::Error;

use super::Variables;
use crate::messages::{Lang, Text, suricata::shape::field as say};
use crate::net::IpSet;

/// Variables may name variables; deeper than this they go round in circles.
const DEPTH: usize = 16;

/// What an address field means once its variables are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// The addresses that belong to it, whatever IP set references hold.
    pub set: IpSet,
    /// The addresses that may belong to it; more than `set` where the contents of an IP set reference are not known.
    pub possible: IpSet,
    /// Whether something in it is negated, be it in a variable: the rule is then not `ip_only`.
    pub negated: bool,
}

impl Addresses {
    /// Whether it is known of every address whether it belongs to the field.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.set == self.possible
    }
}

/// Why a field cannot be resolved.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FieldError {
    /// A variable that nobody defined, without its `$`.
    #[error("{}", self.words().say(Lang::English))]
    Variable(String),
    /// An IP set reference that nobody declared, without its `@`.
    #[error("{}", self.words().say(Lang::English))]
    Reference(String),
    /// What the engine would refuse, in words.
    #[error("{}", self.words().say(Lang::English))]
    Refused(Text),
}

impl FieldError {
    /// The reason in words.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Variable(name) => say::no_variable(name),
            Self::Reference(name) => say::no_reference(name),
            Self::Refused(words) => words.clone(),
        }
    }
}

impl From<Text> for FieldError {
    fn from(words: Text) -> Self {
        Self::Refused(words)
    }
}

/// Whether an address field is well written, as far as one can say before its variables are known.
///
/// # Errors
/// What the engine would refuse, in words.
pub(super) fn addresses_alone(text: &str) -> Result<(), FieldError> {
    if text.contains(['$', '@']) {
        return Ok(entries(text).map(|_| ())?);
    }
    addresses(text, Variables::none()).map(|_| ())
}

/// What a list adds and takes away.
#[derive(Default)]
struct Sides {
    positive: IpSet,
    negative: IpSet,
    /// Whether it adds, and takes away, something that is not known.
    adds_unknown: bool,
    takes_unknown: bool,
}

/// Reads an address field: `any`, `$HOME_NET`, `[10.0.0.0/8,!10.1.0.0/16]`, `@REFERENCE`.
///
/// Positive groups and variables are flattened: what they exclude is excluded from the whole list; negated ones are resolved first.
/// Families are computed apart: one that only has exclusions is everything else of it (measured on 7.0.10).
///
/// # Errors
/// What the engine would refuse, in words.
pub fn addresses(text: &str, variables: &Variables) -> Result<Addresses, FieldError> {
    let mut sides = Sides::default();
    gather(text, false, variables, DEPTH, &mut sides)?;
    let negated = sides.takes_unknown || !sides.negative.is_empty();
    let (set, possible) = bounds(&sides);
    if possible.is_empty() {
        return Err(say::no_address(text).into());
    }
    Ok(Addresses { set, possible, negated })
}

/// The addresses that surely belong to a list, and those that may.
fn bounds(sides: &Sides) -> (IpSet, IpSet) {
    let resolved = resolve(sides);
    if !sides.adds_unknown && !sides.takes_unknown {
        return (resolved.clone(), resolved);
    }
    let surely = match sides.takes_unknown {
        true => IpSet::empty(),
        // What is added decides whether a family is more than exclusions.
        false => sides.positive.minus(&sides.negative),
    };
    let mut most = if sides.adds_unknown { IpSet::any() } else { sides.positive.clone() };
    let (has_v4, has_v6) = most.families();
    if !has_v4 {
        most = most.union(&IpSet::any_v4());
    }
    if !has_v6 {
        most = most.union(&IpSet::any_v6());
    }
    (surely, most.minus(&sides.negative))
}

fn resolve(sides: &Sides) -> IpSet {
    let mut positive = sides.positive.clone();
    let (has_v4, has_v6) = positive.families();
    let (no_v4, no_v6) = sides.negative.families();
    if no_v4 && !has_v4 {
        positive = positive.union(&IpSet::any_v4());
    }
    if no_v6 && !has_v6 {
        positive = positive.union(&IpSet::any_v6());
    }
    positive.minus(&sides.negative)
}

/// Whether an entry is a range of IPv6 addresses.
pub(super) fn is_v6_range(entry: &str) -> bool {
    entry.contains(':') && entry.contains('-') && !entry.contains('[')
}

/// Adds what `text` says to `sides`; `negated` is whether the whole of it stands behind a `!`.
fn gather(
    text: &str,
    negated: bool,
    variables: &Variables,
    depth: usize,
    sides: &mut Sides,
) -> Result<(), FieldError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(say::circles().into());
    };
    for (at, entry) in entries(text)?.into_iter().enumerate() {
        let (not, entry) = match entry.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, entry),
        };
        if at == 0 && is_v6_range(entry) {
            // Behind another entry the engine loads one, though it reports an error (measured).
            return Err(say::v6_range(entry).into());
        }
        if is_v6_range(entry) {
            // The entries beside it hold; whom it stands for itself is not what it says (measured).
            sides.add_unknown(not != negated);
            continue;
        }
        let inner = if let Some(name) = entry.strip_prefix('$') {
            Some(variable(name, &variables.addresses)?)
        } else if let Some(name) = entry.strip_prefix('@') {
            let Some(contents) = reference(name, variables)? else {
                sides.add_unknown(not != negated);
                continue;
            };
            Some(contents)
        } else {
            entry.starts_with('[').then_some(entry)
        };
        match inner {
            Some(inner) if not || negated => {
                let mut group = Sides::default();
                gather(inner, false, variables, depth, &mut group)?;
                if group.adds_unknown || group.takes_unknown {
                    sides.add_unknown(not != negated);
                } else {
                    add(sides, &resolve(&group), not != negated);
                }
            }
            Some(inner) => gather(inner, false, variables, depth, sides)?,
            None => {
                let set = single(entry)?;
                if not && set.is_any() {
                    return Err(say::no_address("!any").into());
                }
                add(sides, &set, not != negated);
            }
        }
    }
    Ok(())
}

impl Sides {
    const fn add_unknown(&mut self, negative: bool) {
        if negative {
            self.takes_unknown = true;
        } else {
            self.adds_unknown = true;
        }
    }
}

/// What a reference of AWS holds; `None`: nobody knows.
fn reference<'a>(name: &str, variables: &'a Variables) -> Result<Option<&'a str>, FieldError> {
    let declared = variables.references.get(name);
    declared.map(Option::as_deref).ok_or_else(|| FieldError::Reference(name.to_owned()))
}

fn add(sides: &mut Sides, set: &IpSet, negative: bool) {
    let side = if negative { &mut sides.negative } else { &mut sides.positive };
    *side = side.union(set);
}

/// The value of a variable.
pub(super) fn variable<'a>(
    name: &str,
    variables: &'a BTreeMap<String, String>,
) -> Result<&'a str, FieldError> {
    variables.get(name).map(String::as_str).ok_or_else(|| FieldError::Variable(name.to_owned()))
}

/// The entries of a field, one level deep: what stands between the brackets, or the field itself.
pub(super) fn entries(text: &str) -> Result<Vec<&str>, Text> {
    let text = text.trim();
    let inner = match text.strip_prefix('[') {
        Some(rest) if closes_at_end(text) => &rest[..rest.len() - 1],
        _ => text,
    };
    let mut entries = Vec::new();
    let (mut level, mut start) = (0_usize, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '[' => level += 1,
            ']' => {
                level = level.checked_sub(1).ok_or_else(|| say::closes_too_often(text))?;
            }
            ',' if level == 0 => {
                entries.push(inner[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    if level > 0 {
        return Err(say::is_not_closed(text));
    }
    // The engine takes a comma before the closing bracket.
    let last = inner[start..].trim();
    if !last.is_empty() || entries.is_empty() {
        entries.push(last);
    }
    if entries.iter().any(|e| e.is_empty()) {
        return Err(say::empty_entry(text));
    }
    Ok(entries)
}

/// Whether the bracket that opens a text is closed by its last character.
fn closes_at_end(text: &str) -> bool {
    let mut level = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => level += 1,
            ']' => {
                level = level.saturating_sub(1);
                if level == 0 {
                    return at + 1 == text.len();
                }
            }
            _ => {}
        }
    }
    false
}

/// One address, network (host bits are accepted, measured) or range.
fn single(text: &str) -> Result<IpSet, Text> {
    let bad = || say::is_no_address(text);
    if text.eq_ignore_ascii_case("any") {
        return Ok(IpSet::any());
    }
    if let Some((address, mask)) = text.split_once('/') {
        let address: IpAddr = parse_ip(address).ok_or_else(bad)?;
        let length = match mask.parse::<u8>() {
            Ok(length) => length,
            Err(_) => netmask(mask).ok_or_else(bad)?,
        };
        let net = IpNet::new(address, length).map_err(|_| bad())?;
        return Ok(net.trunc().into());
    }
    if let Some((low, high)) = text.split_once('-') {
        let (low, high) = (parse_ip(low).ok_or_else(bad)?, parse_ip(high).ok_or_else(bad)?);
        if low.is_ipv4() != high.is_ipv4() || low > high {
            return Err(bad());
        }
        return Ok(IpSet::range(low, high));
    }
    let address = parse_ip(text).ok_or_else(bad)?;
    Ok(IpSet::host(address))
}

fn parse_ip(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

/// The prefix length of `255.255.0.0`.
fn netmask(text: &str) -> Option<u8> {
    let mask: std::net::Ipv4Addr = text.parse().ok()?;
    ipnet::ipv4_mask_to_prefix(mask).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Addresses, FieldError> {
        let variables = [
            ("HOME_NET", "10.0.0.0/8"),
            ("EXTERNAL_NET", "!$HOME_NET"),
            ("NEST", "[10.0.0.0/8,!10.1.0.0/16]"),
            ("LOOP", "$LOOP"),
        ];
        let all = variables.map(|(a, b)| (a.to_owned(), b.to_owned()));
        let mut variables = Variables::from(BTreeMap::from(all));
        variables.references.insert("SET".into(), None);
        variables.references.insert("KNOWN".into(), Some("[10.1.0.0/16,192.0.2.0/24]".into()));
        addresses(text, &variables)
    }

    fn has(text: &str, address: &str) -> bool {
        read(text).unwrap().set.contains(address.parse().unwrap())
    }

    #[test]
    fn exclusions_of_a_nested_group_cut_the_whole_list() {
        assert!(!has("[$NEST,10.1.1.0/24]", "10.1.1.1"));
        assert!(has("[10.0.0.0/8,![10.1.0.0/16,!10.1.1.0/24]]", "10.1.1.1"));
    }

    #[test]
    fn only_exclusions_mean_the_rest_of_their_family() {
        assert!(has("$EXTERNAL_NET", "192.0.2.1"));
        assert!(!has("$EXTERNAL_NET", "2001:db8::1"));
        assert!(has("[any,!10.0.0.0/8]", "2001:db8::1"));
        assert!(has("[10.1.0.0/16,!2001:db8:1::/48]", "2001:db8:2::1"));
    }

    #[test]
    fn of_a_reference_nothing_is_known_but_what_stands_around_it() {
        let tells = |text: &str, address: &str| {
            let (read, address) = (read(text).unwrap(), address.parse().unwrap());
            match (read.set.contains(address), read.possible.contains(address)) {
                (true, true) => Some(true),
                (false, false) => Some(false),
                (false, true) => None,
                (true, false) => panic!("{text}: surely, but impossible"),
            }
        };
        assert_eq!(tells("@SET", "10.0.0.1"), None);
        assert_eq!(tells("[10.0.0.0/8,@SET]", "10.0.0.1"), Some(true));
        assert_eq!(tells("[10.0.0.0/8,@SET]", "192.0.2.1"), None);
        assert_eq!(tells("[@SET,!10.0.0.0/8]", "10.0.0.1"), Some(false));
        // If the reference holds IPv6 only, all other IPv4 addresses are meant.
        assert_eq!(tells("[@SET,!10.0.0.0/8]", "192.0.2.1"), None);
        assert_eq!(tells("[10.0.0.0/8,!@SET]", "10.0.0.1"), None);
        assert_eq!(tells("[10.0.0.0/8,!@SET]", "192.0.2.1"), Some(false));
        // If it holds IPv6, all other IPv6 addresses are meant.
        assert_eq!(tells("[10.0.0.0/8,!@SET]", "2001:db8::1"), None);
        assert_eq!(tells("![10.0.0.0/8,@SET]", "10.0.0.1"), None);
        assert_eq!(tells("[10.0.0.0/8,!@KNOWN]", "10.1.0.1"), Some(false));
        assert_eq!(tells("@KNOWN", "192.0.2.1"), Some(true));
        assert!(read("!@SET").unwrap().negated && !read("@SET").unwrap().negated);
    }

    #[test]
    fn what_the_engine_refuses_is_refused() {
        for text in ["!any", "[]", "$NOPE", "$LOOP", "10.1", "10.0.0.0/33", "@NOPE", "[10.0.0.1"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
