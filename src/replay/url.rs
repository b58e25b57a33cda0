//! The parts of a URL as a proxy writes it.

use std::borrow::Cow;

use crate::net::Scheme;

/// A URL in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub scheme: Scheme,
    /// The host as written, without the brackets of an address.
    pub host: &'a str,
    /// The port; `None` where none is written and the scheme has none.
    pub port: Option<u16>,
    /// Path and query.
    pub path: &'a str,
}

/// Splits a URL; nothing when its scheme or its port is none.
pub(super) fn parts(url: &str) -> Option<Parts<'_>> {
    let (scheme, rest) = match url.split_once("://") {
        Some((word, rest)) => {
            let known = Scheme::ALL.into_iter().find(|s| s.word().eq_ignore_ascii_case(word))?;
            (known, rest)
        }
        None => (Scheme::Https, url),
    };
    let end = rest.bytes().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let path = path.split('#').next().unwrap_or_default();
    let (host, port) = authority_parts(authority)?;
    Some(Parts { scheme, host, port: port.or(default_port(scheme)), path })
}

/// Host and port.
pub(super) fn authority_parts(authority: &str) -> Option<(&str, Option<u16>)> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, port) = rest.split_once(']')?;
        return match port.strip_prefix(':') {
            Some(port) => Some((host, Some(number(port)?))),
            None => port.is_empty().then_some((host, None)),
        };
    }
    match authority.rsplit_once(':') {
        // An address without brackets.
        Some((host, _)) if host.contains(':') => Some((authority, None)),
        Some((host, port)) => Some((host, Some(number(port)?))),
        None => Some((authority, None)),
    }
}

fn number(port: &str) -> Option<u16> {
    port.parse().ok().filter(|port| *port > 0)
}

pub(super) const fn default_port(scheme: Scheme) -> Option<u16> {
    match scheme {
        Scheme::Https | Scheme::Quic => Some(443),
        Scheme::Http => Some(80),
        Scheme::Dns => Some(53),
        Scheme::Icmp => Some(0),
        Scheme::Tcp | Scheme::Udp => None,
    }
}

/// The URL in the form in which a request is read.
pub(super) fn written(scheme: Scheme, host: &str, port: u16, path: &str) -> String {
    let host: Cow<'_, str> =
        if host.contains(':') { format!("[{host}]").into() } else { host.into() };
    match scheme {
        Scheme::Icmp => format!("icmp://{host}"),
        _ => format!("{}://{host}:{port}{path}", scheme.word()),
    }
}
