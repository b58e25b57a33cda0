//! Recognition of application protocols by their first bytes.
//!
//! Source: Suricata 7.0, `app-layer-detect-proto.c` and what each parser registers; every pattern and
//! both depths were measured on 7.0.10.

use super::dns;
use crate::suricata::AppProto;

/// What the first bytes of one direction of a TCP connection are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// Not known, and more bytes may tell.
    Open,
    /// This protocol.
    Is(AppProto),
    /// None that is known.
    Unknown,
}

/// Methods that the parser knows; a request begins with one of them and a space or a tab, in any case.
const METHODS: [&[u8]; 28] = [
    b"GET",
    b"HEAD",
    b"PUT",
    b"POST",
    b"DELETE",
    b"CONNECT",
    b"OPTIONS",
    b"TRACE",
    b"PATCH",
    b"PROPFIND",
    b"PROPPATCH",
    b"MKCOL",
    b"COPY",
    b"MOVE",
    b"LOCK",
    b"UNLOCK",
    b"VERSION-CONTROL",
    b"CHECKOUT",
    b"UNCHECKOUT",
    b"CHECKIN",
    b"UPDATE",
    b"LABEL",
    b"REPORT",
    b"MKWORKSPACE",
    b"MKACTIVITY",
    b"BASELINE-CONTROL",
    b"MERGE",
    b"INVALID",
];

/// After how many bytes of the client, and of the server, recognition ends without a result. `None`: never.
///
/// The longest pattern decides, and on ports of protocols that are probed for, their parsers.
fn depths(port: u16) -> Option<(usize, usize)> {
    match port {
        23 | 1883 => None,
        53 => Some((17, 15)),
        139 | 445 => Some((40, 40)),
        2049 => Some((17, 12)),
        3389 => Some((17, 17)),
        _ => Some((17, 8)),
    }
}

/// What the bytes of a TCP stream are, said by the client or by the server, of which the other side's protocol is `other`.
pub(super) fn tcp(
    bytes: &[u8],
    to_server: bool,
    other: Option<AppProto>,
    ports: (u16, u16),
) -> Guess {
    let found = if to_server { client(bytes) } else { server(bytes, other) };
    let depth = depths(ports.1).map(|(client, server)| if to_server { client } else { server });
    match found {
        Some(app) => Guess::Is(app),
        None if depth.is_some_and(|depth| bytes.len() >= depth) => Guess::Unknown,
        None => Guess::Open,
    }
}

fn starts(bytes: &[u8], with: &[u8]) -> bool {
    bytes.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with))
}

fn client(bytes: &[u8]) -> Option<AppProto> {
    let method = |m: &&[u8]| starts(bytes, m) && matches!(bytes.get(m.len()), Some(b' ' | b'\t'));
    let any = |words: &[&[u8]]| words.iter().any(|word| starts(bytes, word));
    if matches!(bytes, [0x16, 3, 0..=3, ..]) {
        Some(AppProto::TLS)
    } else if METHODS.iter().any(method) {
        Some(AppProto::HTTP)
    } else if any(&[b"SSH-"]) {
        Some(AppProto::SSH)
    } else if any(&[b"EHLO", b"HELO", b"QUIT"]) {
        Some(AppProto::SMTP)
    } else if any(&[b"USER ", b"PASS ", b"PORT ", b"FEAT"]) {
        AppProto::from_word("ftp")
    } else if any(&[b"1 capability"]) {
        AppProto::from_word("imap")
    } else if any(&[b"RFB "]) {
        AppProto::from_word("rfb")
    } else if any(&[b"PRI * HTTP/2.0"]) {
        AppProto::from_word("http2")
    } else {
        None
    }
}

fn server(bytes: &[u8], other: Option<AppProto>) -> Option<AppProto> {
    let any = |words: &[&[u8]]| words.iter().any(|word| starts(bytes, word));
    if matches!(bytes, [0x15..=0x17, 3, 0..=3, ..]) {
        Some(AppProto::TLS)
    } else if any(&[b"HTTP/0.9", b"HTTP/1.0", b"HTTP/1.1"]) {
        // The client's preface tells the version.
        Some(other.filter(|app| AppProto::HTTP.covers(*app)).unwrap_or(AppProto::HTTP))
    } else if any(&[b"SSH-"]) {
        Some(AppProto::SSH)
    } else if any(&[b"RFB "]) {
        AppProto::from_word("rfb")
    } else {
        None
    }
}

/// Whether the parser of a protocol insists on hearing the client first.
///
/// Source: Suricata 7.0, `AppLayerParserRegisterParserAcceptableDataDirection`.
pub(super) fn client_first(app: AppProto) -> bool {
    app == AppProto::TLS || AppProto::HTTP.covers(app)
}

/// What a datagram is; recognition of DNS and QUIC goes by the port too.
pub(super) fn udp(bytes: &[u8], ports: (u16, u16)) -> Option<AppProto> {
    let at = |port| ports.0 == port || ports.1 == port;
    if bytes.starts_with(b"d1:ad2:id20:") || bytes.starts_with(b"d1:rd2:id20:") {
        return AppProto::from_word("bittorrent-dht");
    }
    if (at(443) || at(80)) && is_quic(bytes) {
        return Some(AppProto::QUIC);
    }
    if at(53) && dns::name(bytes).is_some() {
        return Some(AppProto::DNS);
    }
    None
}

/// A long header with version 1 (RFC 9000).
fn is_quic(bytes: &[u8]) -> bool {
    matches!(bytes, [first, 0, 0, 0, 1, ..] if first & 0xc0 == 0xc0)
}
