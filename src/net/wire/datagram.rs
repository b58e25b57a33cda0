//! What is said over UDP: DNS queries and answers, QUIC's first datagrams.

use super::{noise, tls};
use crate::net::{Dns, Quic, Tls, TlsVersion};

/// A query for one name (RFC 1035).
pub(super) fn dns_query(dns: &Dns) -> Vec<u8> {
    let mut out = vec![0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0];
    question(dns, &mut out);
    out
}

/// An answer with one record.
pub(super) fn dns_response(dns: &Dns) -> Vec<u8> {
    let mut out = vec![0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0];
    question(dns, &mut out);
    let data: &[u8] = match record_type(&dns.record) {
        1 => &[203, 0, 113, 5],
        28 => &[0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5],
        16 => b"\x02ok",
        _ => &[0xc0, 0x0c],
    };
    out.extend([0xc0, 0x0c]);
    out.extend(record_type(&dns.record).to_be_bytes());
    out.extend([0, 1, 0, 0, 0, 60]);
    out.extend((data.len() as u16).to_be_bytes());
    out.extend(data);
    out
}

fn question(dns: &Dns, out: &mut Vec<u8>) {
    for label in dns.name.split('.').filter(|label| !label.is_empty()) {
        out.push(u8::try_from(label.len()).unwrap_or(u8::MAX));
        out.extend(label.as_bytes());
    }
    out.push(0);
    out.extend(record_type(&dns.record).to_be_bytes());
    out.extend([0, 1]);
}

/// The number of a record type by its name; unknown ones count as A.
///
/// Source: IANA, DNS parameters.
fn record_type(name: &str) -> u16 {
    match name.to_ascii_uppercase().as_str() {
        "NS" => 2,
        "CNAME" => 5,
        "SOA" => 6,
        "PTR" => 12,
        "MX" => 15,
        "TXT" => 16,
        "AAAA" => 28,
        "SRV" => 33,
        "HTTPS" => 65,
        "ANY" => 255,
        _ => 1,
    }
}

/// Bytes of a datagram that carries a hello: RFC 9000 asks for at least as many.
const INITIAL: usize = 1200;

/// The client's first datagram (RFC 9000 §17.2.2), not encrypted.
pub(super) fn quic_initial(quic: &Quic) -> Vec<u8> {
    let hello = tls::client_hello(&Tls {
        sni: quic.sni.clone(),
        version: TlsVersion::V1_3,
        alpn: Some(vec!["h3".into()]),
        pad: 0,
    });
    let mut out = vec![0xc0, 0, 0, 0, 1, 8];
    out.extend(noise(8));
    out.extend([0, 0]);
    let rest = INITIAL - out.len() - 2;
    out.extend((0x4000 | rest as u16).to_be_bytes());
    // Packet number 0, then a CRYPTO frame at offset 0.
    out.extend([0, 0x06, 0]);
    out.extend((0x4000 | hello.len() as u16).to_be_bytes());
    out.extend(hello);
    out.resize(INITIAL.max(out.len()), 0);
    out
}

/// The server's answer: a handshake packet, its content hidden.
pub(super) fn quic_reply() -> Vec<u8> {
    let mut out = vec![0xe0, 0, 0, 0, 1, 0, 8];
    out.extend(noise(8));
    let rest = 1000;
    out.extend((0x4000 | rest as u16).to_be_bytes());
    out.extend(noise(rest));
    out
}
