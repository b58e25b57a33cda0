//! Recognition of application protocols by their first bytes.
//!
//! Source: Suricata 7.0, `app-layer-detect-proto.c` and the patterns that each parser registers;
//! measured on the recordings.

use crate::suricata::AppProto;

/// What the first bytes of one direction of a TCP stream are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// More bytes are needed.
    Open,
    /// This protocol.
    Is(AppProto),
    /// None that is known.
    Unknown,
}

const REQUESTS: [&[u8]; 18] = [
    b"GET ",
    b"GET\t",
    b"PUT ",
    b"PUT\t",
    b"POST ",
    b"POST\t",
    b"HEAD ",
    b"HEAD\t",
    b"TRACE ",
    b"TRACE\t",
    b"OPTIONS ",
    b"OPTIONS\t",
    b"CONNECT ",
    b"CONNECT\t",
    b"DELETE ",
    b"DELETE\t",
    b"PATCH ",
    b"PATCH\t",
];
const ANSWERS: [&[u8]; 3] = [b"HTTP/0.9 ", b"HTTP/1.0 ", b"HTTP/1.1 "];

/// Bytes after which recognition by patterns ends.
const DEEPEST: usize = 32;

/// What the bytes of a TCP stream are, said by the client or by the server.
pub(super) fn tcp(bytes: &[u8], to_server: bool) -> Guess {
    let starts = |pattern: &&[u8]| bytes.starts_with(pattern);
    if is_tls(bytes, to_server) {
        return Guess::Is(AppProto::TLS);
    }
    if bytes.starts_with(b"SSH-") {
        return Guess::Is(AppProto::SSH);
    }
    let http = if to_server { REQUESTS.iter().any(starts) } else { ANSWERS.iter().any(starts) };
    if http {
        return Guess::Is(AppProto::HTTP);
    }
    if to_server && [&b"EHLO"[..], b"HELO", b"QUIT"].iter().any(starts) {
        return Guess::Is(AppProto::SMTP);
    }
    if bytes.len() >= DEEPEST { Guess::Unknown } else { Guess::Open }
}

/// A record with a version of SSL 3 to TLS 1.3; the client begins with a handshake.
fn is_tls(bytes: &[u8], to_server: bool) -> bool {
    match bytes {
        [kind, 3, minor, ..] if *minor <= 4 => {
            *kind == 22 || (!to_server && matches!(kind, 21 | 23))
        }
        _ => false,
    }
}

/// What a datagram is.
pub(super) fn udp(bytes: &[u8], ports: (u16, u16)) -> Option<AppProto> {
    let at = |port| ports.0 == port || ports.1 == port;
    let long_header = |b: &[u8]| b.len() >= 1200 && b[0] & 0xc0 == 0xc0 && b[1..5] == [0, 0, 0, 1];
    if (at(443) || at(80)) && long_header(bytes) {
        return Some(AppProto::QUIC);
    }
    if at(53) && super::dns::name(bytes).is_some() {
        return Some(AppProto::DNS);
    }
    None
}
