//! Single values: what a word of the file, or of a form, means.

use std::str::FromStr;

use ipnet::IpNet;

use super::fault::{Fault, fault};
use super::{Accepted, DefaultAction, Endpoint, Path, Target, UrlTarget};
use crate::messages::policy as say;
use crate::net::{
    Action, DomainPattern, PROTOCOL_NUMBERS, ParseAddressError, PortError, PortSet, Protocol,
    RuleOrder, StreamPolicy, parse_cidr,
};

type Read<T> = Result<T, Fault>;

/// The sids that may be written: the rest is kept for the engine, for AWS and for what is derived.
pub const SIDS: std::ops::RangeInclusive<u32> = 1_000..=3_999_999_999;

/// The candidate that `word` is probably meant to be.
pub fn closest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let far = word.chars().count().div_ceil(3).min(3);
    let begun = word.chars().count() >= 3;
    candidates
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            match strsim::damerau_levenshtein(&word, &lower) {
                distance if distance <= far => Some((distance, candidate)),
                // A name that goes on from there comes after all that are nearly the word.
                _ if begun && lower.starts_with(&word) => Some((usize::MAX, candidate)),
                _ => None,
            }
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What YAML, of either version, makes of a plain word that is no text: `number`, `boolean`, `nothing`.
pub fn yaml_type(word: &str) -> Option<&'static str> {
    match word {
        "" | "~" | "null" | "Null" | "NULL" => return Some("nothing"),
        ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN" => return Some("a number"),
        _ => {}
    }
    let lower = word.to_ascii_lowercase();
    if matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "on" | "off") {
        return Some("a boolean");
    }
    let digits = lower.strip_prefix(['+', '-']).unwrap_or(&lower);
    let hex = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0o"));
    let is_hex = hex.is_some_and(|h| !h.is_empty() && h.bytes().all(|b| b.is_ascii_hexdigit()));
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | 'e' | '+' | '-' | ':');
    let begins = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let plain = begins
        && digits.bytes().any(|b| b.is_ascii_digit())
        && digits.chars().all(numeric)
        && (digits.replace('_', "").parse::<f64>().is_ok() || is_sexagesimal(digits));
    (is_hex || plain).then_some("a number")
}

/// `22:30`, which YAML 1.1 reads as 1350.
fn is_sexagesimal(word: &str) -> bool {
    let mut parts = word.split(':');
    let digits = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(digits)
        && word.contains(':')
        && parts.all(|p| digits(p) && p.len() <= 2 && p < "60")
}

/// Reads an address or a network.
pub fn net(text: &str) -> Read<IpNet> {
    parse_cidr(text).map_err(|error| match &error {
        ParseAddressError::HostBits { text, meant } => {
            fault("host-bits", say::host_bits(text, &meant.to_string()))
        }
        ParseAddressError::NotAnAddress(text) => fault("not-an-address", say::not_an_address(text)),
    })
}

/// Whether the text is meant as an address, right or wrong.
fn looks_like_address(text: &str) -> bool {
    let v4 = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'/');
    let v6 = text.matches(':').count() >= 2
        && text.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'/' | b'.'));
    v4 || v6
}

/// Reads an entry of `from`; whether a source of that name exists is for others to say.
pub fn endpoint(text: &str) -> Read<Endpoint> {
    if text == "any" {
        return Ok(Endpoint::Any);
    }
    if looks_like_address(text) {
        return net(text).map(Endpoint::Net);
    }
    if text.starts_with('!') {
        return Err(fault("negation", say::negation(text)));
    }
    name("source", text)?;
    Ok(Endpoint::Source(text.to_owned()))
}

/// Reads an entry of `to`; whether a list of that name exists is for others to say.
///
/// # Errors
/// [`Fault`]: what is wrong with the text, and what to write.
pub fn target(text: &str) -> Read<Target> {
    if text == "any" {
        return Ok(Target::Any);
    }
    if let Some(list) = text.strip_prefix("list:") {
        return Ok(Target::List(list.trim().to_owned()));
    }
    if let Some(regex) = text.strip_prefix("regex:") {
        return regex::Regex::new(regex)
            .map(|_| Target::Regex(regex.to_owned()))
            .map_err(|e| fault("bad-regex", say::bad_regex(regex, &e.to_string())));
    }
    if text.contains("://") {
        return url(text).map(Target::Url);
    }
    if looks_like_address(text) {
        return net(text).map(Target::Net);
    }
    if text.starts_with('!') {
        return Err(fault("negation", say::negation(text)));
    }
    if let Some((host, _)) = text.split_once('/') {
        return Err(fault("path-without-scheme", say::path_without_scheme(text, host)));
    }
    if let Some((host, port)) = text.rsplit_once(':')
        && port.parse::<u16>().is_ok()
    {
        return Err(fault("port-in-name", say::port_in_name(text, host, port)));
    }
    domain(text).map(Target::Name)
}

/// Reads a domain name, `.name` or `*.name`.
pub fn domain(text: &str) -> Read<DomainPattern> {
    DomainPattern::from_str(text)
        .map_err(|e| fault("not-a-name", say::not_a_domain(text, &e.words())))
}

fn url(text: &str) -> Read<UrlTarget> {
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    let protocol = match scheme.to_ascii_lowercase().as_str() {
        "https" => Protocol::Tls,
        "http" => Protocol::Http,
        _ => return Err(fault("url-scheme", say::url_scheme(scheme))),
    };
    let slash = rest.find('/').unwrap_or(rest.len());
    let (authority, written) = rest.split_at(slash);
    if protocol == Protocol::Tls && !written.is_empty() {
        return Err(fault("path-over-https", say::path_over_https(written, authority)));
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => match port.parse::<u16>() {
            Ok(port) if port > 0 => (host, Some(port)),
            _ => return Err(fault("bad-port", say::bad_port(port))),
        },
        None => (authority, None),
    };
    if host == "*" && (protocol == Protocol::Tls || written.is_empty()) {
        return Err(fault("any-host", say::any_host(scheme)));
    }
    if protocol == Protocol::Tls && host.parse::<std::net::IpAddr>().is_ok() {
        return Err(fault("address-over-https", say::address_over_https(host)));
    }
    let host = if host == "*" { None } else { Some(domain(host)?) };
    Ok(UrlTarget { protocol, host, port, path: path(written)? })
}

fn path(written: &str) -> Read<Path> {
    let plain = |c: char| c.is_ascii_graphic() && c != '#';
    if let Some(c) = written.chars().find(|c| !plain(*c)) {
        return Err(fault("bad-path", say::bad_path(written, c)));
    }
    if written.is_empty() {
        return Ok(Path::Any);
    }
    match written.strip_suffix('*') {
        Some(prefix) if prefix.contains('*') => Err(fault("bad-path", say::inner_star(written))),
        Some(prefix) => Ok(Path::Prefix(prefix.to_owned())),
        None if written.contains('*') => Err(fault("bad-path", say::inner_star(written))),
        None => Ok(Path::Exact(written.to_owned())),
    }
}

/// Reads a port or a range; port 0 exists in no request.
pub fn port(text: &str) -> Read<PortSet> {
    match text.parse::<PortSet>() {
        Ok(set) if set.contains(0) => Err(fault("bad-port", say::bad_port(text))),
        Ok(set) => Ok(set),
        Err(PortError::Inverted(_)) => {
            let (low, high) = text.split_once('-').unwrap_or_default();
            Err(fault("inverted-range", say::inverted_range(text, high.trim(), low.trim())))
        }
        Err(PortError::NotAPort(_)) => Err(fault("bad-port", say::bad_port(text))),
    }
}

/// Reads a port or a range of a stateless rule, which may begin at 0.
pub fn port_range(text: &str) -> Read<(u16, u16)> {
    let ports = match text.parse::<PortSet>() {
        Ok(set) => set,
        Err(PortError::Inverted(_)) => {
            let (low, high) = text.split_once('-').unwrap_or_default();
            let said = say::inverted_range(text, high.trim(), low.trim());
            return Err(fault("inverted-range", said));
        }
        Err(PortError::NotAPort(_)) => {
            return Err(fault("bad-port", say::bad_stateless_port(text)));
        }
    };
    ports.ranges().first().copied().ok_or_else(|| fault("bad-port", say::bad_stateless_port(text)))
}

/// Reads a protocol by its word or its number (0 to 255).
pub fn ip_protocol(text: &str) -> Read<u8> {
    let word = PROTOCOL_NUMBERS.iter().find(|(word, _)| *word == text);
    let number = word.map(|(_, number)| *number).or_else(|| text.parse().ok());
    number.ok_or_else(|| fault("unknown-word", say::bad_protocol(text)))
}

/// Reads one of a few words.
pub fn word<T>(
    what: &str,
    text: &str,
    words: &[&'static str],
    read: impl Fn(&str) -> Option<T>,
) -> Read<T> {
    read(text).ok_or_else(|| {
        let meant = closest(text, words.iter().copied());
        fault("unknown-word", say::unknown_word(what, text, words, meant))
    })
}

/// Reads an action, in lower case.
pub fn action(text: &str) -> Read<Action> {
    let words = Action::ALL.map(Action::word);
    word("action", text, &words, |t| Action::ALL.into_iter().find(|a| a.word() == t))
}

/// Reads a protocol.
pub fn protocol(text: &str) -> Read<Protocol> {
    let words = Protocol::ALL.map(Protocol::word);
    word("protocol", text, &words, Protocol::from_word)
}

/// Reads a rule order.
pub fn rule_order(text: &str) -> Read<RuleOrder> {
    let orders = [RuleOrder::Strict, RuleOrder::Action];
    word("rule_order", text, &orders.map(RuleOrder::word), |t| {
        orders.into_iter().find(|o| o.word() == t)
    })
}

/// Reads a stream exception policy.
pub fn stream_policy(text: &str) -> Read<StreamPolicy> {
    let words = StreamPolicy::ALL.map(StreamPolicy::word);
    word("stream_exception_policy", text, &words, |t| {
        StreamPolicy::ALL.into_iter().find(|p| p.word() == t)
    })
}

/// Reads a default action, with or without `aws:`.
pub fn default_action(text: &str) -> Read<DefaultAction> {
    DefaultAction::from_word(text).ok_or_else(|| {
        let words = DefaultAction::ALL.map(DefaultAction::word);
        let bare = text.strip_prefix("aws:").unwrap_or(text);
        let meant = closest(bare, words.iter().copied());
        fault("unknown-word", say::unknown_word("default action", text, &words, meant))
    })
}

/// Reads a sid that may be written.
pub fn sid(text: &str) -> Read<u32> {
    match text.parse::<u32>() {
        Ok(sid) if SIDS.contains(&sid) => Ok(sid),
        _ => Err(fault("bad-sid", say::bad_sid(text))),
    }
}

/// Reads the priority of a group.
pub fn priority(text: &str) -> Read<u32> {
    match text.parse::<u32>() {
        Ok(priority) if (1..=65_535).contains(&priority) => Ok(priority),
        _ => Err(fault("bad-priority", say::bad_priority(text))),
    }
}

/// Reads `true` or `false`, and no other word for them.
pub fn boolean(field: &str, text: &str) -> Read<bool> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(fault("not-a-boolean", say::not_a_boolean(field, text))),
    }
}

/// Reads a day of the calendar.
pub fn date(text: &str) -> Read<String> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, length| {
        let digits = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    if let [year, month, day] = parts[..]
        && let (Some(year), Some(month), Some(day)) =
            (number(year, 4), number(month, 2), number(day, 2))
        && (1..=days(year, month)).contains(&day)
    {
        return Ok(text.to_owned());
    }
    Err(fault("not-a-date", say::not_a_date(text)))
}

/// Reads an entry of `accept`: the code of a finding, and why it is as it should be.
pub fn accepted(text: &str) -> Read<Accepted> {
    free("accept", text, false)?;
    let (code, reason) = text.split_once(" because ").unwrap_or((text, ""));
    let (code, reason) = (code.trim(), reason.trim());
    let is_code = |code: &str| {
        !code.is_empty()
            && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if !is_code(code) || reason.is_empty() {
        return Err(fault("no-reason", say::no_reason(code)));
    }
    Ok(Accepted { code: code.to_owned(), reason: reason.to_owned() })
}

/// The days of a month; none of a month that does not exist.
const fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Checks free text: a line of it, or several where `lines` is true.
pub fn free(field: &str, text: &str, lines: bool) -> Read<()> {
    if text.trim().is_empty() {
        return Err(fault("empty", say::empty(field)));
    }
    match text.chars().find(|&c| c.is_control() && !(lines && matches!(c, '\n' | '\t'))) {
        Some('\n') => Err(fault("several-lines", say::several_lines(field))),
        Some(c) => Err(fault("control-character", say::control_in(field, c))),
        None => Ok(()),
    }
}

/// Checks the name of a source or a list, which `from` and `to` refer to among other things.
pub fn name(what: &str, text: &str) -> Read<()> {
    free(what, text, false)?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if text == "any" || looks_like_address(text) || !text.chars().all(fits) {
        return Err(fault("bad-name", say::bad_name(what, text)));
    }
    Ok(())
}

/// Checks the name of a rule, a group or a case: anything that fits on a line.
pub fn title(what: &str, text: &str) -> Read<()> {
    free(what, text, false)?;
    if text.trim() != text {
        return Err(fault("bad-name", say::blank_around(what, text)));
    }
    if text.chars().count() > 200 {
        return Err(fault("bad-name", say::long_name(what)));
    }
    Ok(())
}
