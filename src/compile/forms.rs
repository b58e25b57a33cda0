//! The forms of the compile table, as texts (`docs/compile-table.md`).

use std::fmt::Write as _;

use super::questions::{Host, Question, Side};
use crate::messages::printable;
use crate::net::{Action, DomainPattern, Protocol};
use crate::policy::Path;
use crate::suricata::Content;

/// The bit of a connection in which TLS or HTTP was recognised.
pub(super) const NAMED: &str = "sekisho.named";

/// A TLS hello is complete.
pub(super) const HELLO: &str = "ssl_state:client_hello; ";
/// The headers of an HTTP request are complete. They are never without a space, even where there is no header at all,
/// and never there earlier (measured).
pub(super) const HEADERS: &str = "http.start; content:\"|20|\"; ";
pub(super) const TO_SERVER: &str = "flow:to_server; ";
pub(super) const TO_CLIENT: &str = "flow:to_client; ";
pub(super) const TO_SERVER_ESTABLISHED: &str = "flow:to_server, established; ";
/// A rule of the first packets only would lack this: without a negation it is `ip_only`.
pub(super) const NOT_TCP: &str = "ip_proto:!6; ";

/// A rule before its sid: what it does, for whom, under which conditions.
pub(super) struct Form<'a> {
    pub action: Action,
    pub protocol: &'static str,
    pub from: &'a str,
    pub from_ports: &'a str,
    pub to: &'a str,
    pub to_ports: &'a str,
    /// Options, each with its `; `.
    pub conditions: String,
}

impl<'a> Form<'a> {
    /// From the row's sources to what it asks for.
    pub(super) fn there(
        action: Action,
        protocol: &'static str,
        from: &'a Side,
        question: &'a Question<'_>,
        conditions: impl Into<String>,
    ) -> Self {
        let (to, ports) = (&question.to, &question.ports);
        Self::between(action, protocol, (&from.text, "any"), (&to.text, &ports.text), conditions)
    }

    /// The other way: the server's packets.
    pub(super) fn reversed(self) -> Self {
        let (from, from_ports) = (self.to, self.to_ports);
        Self { to: self.from, to_ports: self.from_ports, from, from_ports, ..self }
    }

    /// From and to addresses and ports as given.
    pub(super) fn between(
        action: Action,
        protocol: &'static str,
        (from, from_ports): (&'a str, &'a str),
        (to, to_ports): (&'a str, &'a str),
        conditions: impl Into<String>,
    ) -> Self {
        Self { action, protocol, from, from_ports, to, to_ports, conditions: conditions.into() }
    }

    /// The rule's text. `msg` is escaped already.
    pub(super) fn text(&self, msg: &str, sid: u32) -> String {
        let Self { action, protocol, from, from_ports, to, to_ports, conditions } = self;
        format!(
            "{action} {protocol} {from} {from_ports} -> {to} {to_ports} \
             ({conditions}msg:\"{msg}\"; sid:{sid}; rev:1;)"
        )
    }
}

/// N1, N2, N3 and their like: the conditions of a question about what a protocol says.
pub(super) fn app(protocol: Protocol, host: Host<'_>, path: &Path) -> String {
    match protocol {
        Protocol::Tls => format!("{HELLO}{}{TO_SERVER_ESTABLISHED}", name("tls.sni", true, host)),
        Protocol::Quic => format!("{}{TO_SERVER}", name("quic.sni", true, host)),
        Protocol::Dns => format!("{}{TO_SERVER}", name("dns.query", true, host)),
        _ => {
            let host = match host {
                Host::Any => HEADERS.to_owned(),
                host => name("http.host; to_lowercase", false, host),
            };
            format!("{host}{}{TO_SERVER_ESTABLISHED}", uri(path))
        }
    }
}

/// Conditions on a name in a buffer, which a transform to lower case may stand for `nocase`.
fn name(buffer: &str, any_case: bool, host: Host<'_>) -> String {
    let nocase = if any_case { "nocase; " } else { "" };
    match host {
        Host::Any => String::new(),
        Host::Regex(regex) => format!("{buffer}; pcre:\"/{}/i\"; ", expression(regex)),
        // What it finds is not known to the evaluator, as it should be; such a policy is an error, so no engine gets it.
        Host::LeftOut => format!("{buffer}; pcre:\"/(?=names that were left out)/i\"; "),
        Host::Name(DomainPattern::Exact(name)) => {
            format!("{buffer}; content:\"{name}\"; startswith; {nocase}endswith; ")
        }
        Host::Name(DomainPattern::Tree(name)) => {
            format!("{buffer}; dotprefix; content:\".{name}\"; {nocase}endswith; ")
        }
        // Without the dot in front, the name itself does not end like this (measured).
        Host::Name(DomainPattern::Below(name)) => {
            format!("{buffer}; content:\".{name}\"; {nocase}endswith; ")
        }
    }
}

/// Conditions on the path. The engine looks at it with its percent escapes resolved (measured).
fn uri(path: &Path) -> String {
    let (path, whole) = match path {
        Path::Any => return String::new(),
        Path::Exact(path) => (path, true),
        Path::Prefix(path) => (path, false),
    };
    if path.is_empty() {
        return String::new();
    }
    let content =
        Content { bytes: unescaped(path), startswith: true, endswith: whole, ..Content::default() };
    format!("http.uri; {content}; ")
}

/// Resolves `%41` once.
fn unescaped(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
        match (bytes[at], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// An expression within the slashes and quotes of a rule: what would end it, or the option, stands in hex.
fn expression(regex: &str) -> String {
    let mut out = String::with_capacity(regex.len());
    let mut chars = regex.chars();
    while let Some(c) = chars.next() {
        let (escaped, c) = match c {
            '\\' => (true, chars.next().unwrap_or('\\')),
            c => (false, c),
        };
        match c {
            '/' | '"' | ';' => _ = write!(out, "\\x{:02x}", u32::from(c)),
            c if escaped => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// The message of a row's rules, escaped as `msg` has it: group and rule.
pub(super) fn message(group: &str, rule: &str) -> String {
    escaped(&format!("{group} / {rule}"))
}

/// Text between the quotes of `msg`.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        if matches!(c, '"' | ';' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
