//! Recognition of application protocols by their first bytes.
//!
//! Source: Suricata 7.0, `app-layer-detect-proto.c` and what each parser registers; every pattern and
//! both depths were measured on 7.0.10.

use super::dns;
use crate::suricata::AppProto;

/// Ports on which recognition goes otherwise than on all others, be it of TCP or of UDP.
pub const PROBED_PORTS: [u16; 9] = [23, 53, 80, 139, 443, 445, 1883, 2049, 3389];

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

/// Whether a datagram can be read as QUIC, which on its ports nearly every one can: of a short header nothing but a bit is
/// looked at, and of the oldest versions, before RFC 9000, only whether all of the header is there.
///
/// Source: measured on Suricata 7.0.10 for every first byte and length; of long headers not for Google's versions Q043 and Q046.
fn is_quic(bytes: &[u8]) -> bool {
    match bytes {
        [] => false,
        [0x80..=0xff, rest @ ..] => long_header(bytes[0], rest).is_some(),
        [0x40..=0x7f, ..] => true,
        [first, rest @ ..] => {
            let number = 1 + usize::from(first >> 4 & 3);
            let id = match (first & 8, first & 4) {
                (0, 0) => 0,
                (0, _) => 32,
                _ => 20,
            };
            rest.len() >= number + id + if first & 1 == 0 { 0 } else { 4 }
        }
    }
}

/// What stands behind a long header (RFC 9000 §17.2): version, two connection ids; of an Initial the token and all that it announces.
fn long_header(first: u8, bytes: &[u8]) -> Option<&[u8]> {
    const V2: [u8; 4] = [0x6b, 0x33, 0x43, 0xcf];
    let (version, rest) = bytes.split_at_checked(4)?;
    let rest = sized(sized(rest)?)?;
    let initial = if version == V2 { 1 } else { 0 };
    // Version 0 asks for another version.
    if version == [0; 4] || first >> 4 & 3 != initial {
        return Some(rest);
    }
    let (token, rest) = varint(rest)?;
    let (length, rest) = varint(rest.get(token..)?)?;
    rest.get(length..)
}

/// What stands behind a length of one byte and as many bytes.
fn sized(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_first()?;
    rest.get(usize::from(*length)..)
}

/// A number of 1, 2, 4 or 8 bytes (RFC 9000 §16), and what stands behind it.
fn varint(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_at_checked(1 << (bytes.first()? >> 6))?;
    let first = u64::from(number[0] & 0x3f);
    let value = number[1..].iter().fold(first, |value, byte| value << 8 | u64::from(*byte));
    Some((usize::try_from(value).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quic(bytes: &[u8]) -> bool {
        udp(bytes, (33_000, 443)) == Some(AppProto::QUIC)
    }

    #[test]
    fn nearly_every_datagram_to_the_ports_of_quic_is_taken_for_quic() {
        assert!(quic(b"hello") && udp(b"hello", (80, 33_000)) == Some(AppProto::QUIC));
        assert!(udp(b"hello", (33_000, 444)).is_none());
        assert!(quic(&[0x40]) && !quic(&[]));
        // Old headers: the number of the packet, the version, and what two more bits announce.
        for (first, shortest) in
            [(0x00, 2), (0x30, 5), (0x31, 9), (0x08, 22), (0x04, 34), (0x0d, 26)]
        {
            let mut bytes = vec![0x41; shortest];
            bytes[0] = first;
            assert!(quic(&bytes) && !quic(&bytes[..shortest - 1]), "{first:#x}");
        }
    }

    #[test]
    fn long_headers_are_quic_once_they_are_whole() {
        let whole = |first: u8, version: &[u8; 4], shortest: usize| {
            let head = [&[first], &version[..], b"\x0812345678\0\0\x40\x28", &[0x78; 80]].concat();
            quic(&head[..shortest]) && !quic(&head[..shortest - 1])
        };
        assert!(
            whole(0xc0, &[0, 0, 0, 1], 58),
            "an Initial, and the forty bytes that it announces"
        );
        assert!(whole(0xe0, &[0, 0, 0, 1], 15));
        assert!(whole(0xc0, &[0, 0, 0, 0], 15));
        assert!(
            whole(0xc0, &[0x6b, 0x33, 0x43, 0xcf], 15)
                && whole(0xd0, &[0x6b, 0x33, 0x43, 0xcf], 58)
        );
    }

    #[test]
    fn every_port_that_is_treated_apart_is_listed() {
        let usual = depths(5_000);
        for port in 0..=u16::MAX {
            assert!(depths(port) == usual || PROBED_PORTS.contains(&port), "{port}");
            let quic = udp(b"hello", (40_000, port)).is_some();
            assert!(!quic || PROBED_PORTS.contains(&port), "{port}");
        }
    }
}
