//! Conditions on TLS that are not buffers.

use super::reader::Fault;
use super::scan::Piece;
use super::value::{bad_piece, bad_word};
use crate::messages::suricata::{condition as words, shape as say};
use crate::suricata::{NotModelled, NotModelledKind, RuleOption, SslState};

const STATES: [(&str, SslState); 5] = [
    ("client_hello", SslState::ClientHello),
    ("server_hello", SslState::ServerHello),
    ("client_keyx", SslState::ClientKeyx),
    ("server_keyx", SslState::ServerKeyx),
    ("unknown", SslState::Unknown),
];

fn carried(keyword: &'static str, value: Piece<'_>) -> RuleOption {
    let (value, kind) = (value.text.to_owned(), NotModelledKind::App);
    RuleOption::NotModelled(NotModelled { keyword, value, kind })
}

/// Reads `client_hello|server_hello`, each perhaps with a `!`; a comma parts them too (measured).
pub(super) fn state(value: Piece<'_>) -> Result<RuleOption, Fault> {
    let (mut states, mut negated) = (Vec::new(), Vec::new());
    let separator = if value.text.contains('|') { '|' } else { ',' };
    for word in value.split(separator) {
        let (not, word) = match word.text.strip_prefix('!') {
            Some(_) => (true, word.from(1)),
            None => (false, word),
        };
        let Some((_, state)) = STATES.iter().find(|(name, _)| *name == word.text) else {
            let known: Vec<&'static str> = STATES.iter().map(|(name, _)| *name).collect();
            return Err(bad_word(word, say::what::STATE, &known));
        };
        states.push(*state);
        negated.push(not);
    }
    // What several negated states mean together is not modelled.
    match (negated.iter().any(|n| *n), negated.len()) {
        (false, _) | (true, 1) => Ok(RuleOption::SslState { negated: negated[0], states }),
        _ => Ok(carried("ssl_state", value)),
    }
}

/// Reads `tls1.2,tls1.3`; all of them with a `!` or none.
pub(super) fn ssl_version(value: Piece<'_>) -> Result<RuleOption, Fault> {
    const KNOWN: [&str; 6] = ["sslv2", "sslv3", "tls1.0", "tls1.1", "tls1.2", "tls1.3"];
    let mut versions: Vec<String> = Vec::new();
    let mut negations = Vec::new();
    let text = value.text.strip_suffix(',').unwrap_or(value.text);
    let list = Piece { text, ..value };
    for word in list
        .split(',')
        .flat_map(|part| part.split(' '))
        .filter(|w| !w.text.is_empty() || list.text.starts_with(','))
    {
        let (not, word) = match word.text.strip_prefix('!') {
            Some(_) => (true, word.from(1)),
            None => (false, word),
        };
        let version = word.text.to_ascii_lowercase();
        if !KNOWN.contains(&version.as_str()) {
            return Err(bad_word(word, say::what::SSL_VERSION, &KNOWN));
        }
        if versions.contains(&version) {
            return Err(bad_piece(word, say::TWICE));
        }
        versions.push(version);
        negations.push(not);
    }
    let negated = negations.first() == Some(&true);
    if negations.iter().any(|not| *not != negated) {
        return Err(bad_piece(value, words::ALL_OR_NONE));
    }
    Ok(RuleOption::TlsVersion { versions, negated })
}

/// Reads `1.2`, or the number on the wire as `0x0303`.
pub(super) fn version(value: Piece<'_>) -> Result<RuleOption, Fault> {
    const KNOWN: [&str; 4] = ["1.0", "1.1", "1.2", "1.3"];
    // What stands behind a version is not looked at (measured).
    let plain = value.text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._".contains(&b));
    let known = KNOWN.into_iter().find(|known| plain && value.text.starts_with(known));
    if let Some(version) = known {
        return Ok(RuleOption::TlsVersion { versions: vec![version.to_owned()], negated: false });
    }
    let wire = value.text.strip_prefix("0x").filter(|hex| hex.len() == 4);
    match wire.and_then(|hex| u16::from_str_radix(hex, 16).ok()) {
        Some(wire @ 0x0301..=0x0304) => {
            let version = KNOWN[usize::from(wire - 0x0301)].to_owned();
            Ok(RuleOption::TlsVersion { versions: vec![version], negated: false })
        }
        Some(_) => Ok(carried("tls.version", value)),
        None => {
            let bare = value.text.strip_prefix("tls").unwrap_or(value.text);
            let near = KNOWN.contains(&bare).then(|| words::write_version(bare));
            let fault = bad_word(value, say::what::TLS_VERSION, &KNOWN);
            Err(match near {
                Some(help) => Box::new(fault.help(help)),
                None => fault,
            })
        }
    }
}
