//! A TLS connection: hellos that can be parsed, and records that look like ciphertext.
//!
//! Source: RFC 5246, RFC 8446. Sizes are those of the recorded conversations, which is how often a
//! hello is cut by a given segment size.

use super::noise;
use super::tcp::Turn;
use crate::net::{Tls, TlsVersion};

const HANDSHAKE: u8 = 22;
const CHANGE_CIPHER_SPEC: u8 = 20;
const APPLICATION_DATA: u8 = 23;

/// Bytes of ciphertext in the records of application data.
const CLIENT_DATA: usize = 120;
const SERVER_DATA: usize = 400;

/// What client and server say to each other.
pub(super) fn turns(tls: &Tls) -> Vec<Turn> {
    let modern = tls.version == TlsVersion::V1_3;
    let mut turns = vec![
        ("client_hello", true, record(HANDSHAKE, FIRST_VERSION, &client_hello(tls))),
        ("server_hello", false, server_hello(tls.version)),
        ("client_finished", true, client_finished(tls.version)),
    ];
    if !modern {
        let mut bytes = change_cipher_spec(tls.version);
        bytes.extend(sealed(HANDSHAKE, tls.version, 40));
        turns.push(("server_finished", false, bytes));
    }
    turns.push(("client_appdata", true, sealed(APPLICATION_DATA, tls.version, CLIENT_DATA)));
    turns.push(("server_appdata", false, sealed(APPLICATION_DATA, tls.version, SERVER_DATA)));
    turns
}

const fn number(version: TlsVersion) -> u16 {
    match version {
        TlsVersion::V1_0 => 0x0301,
        TlsVersion::V1_1 => 0x0302,
        TlsVersion::V1_2 => 0x0303,
        TlsVersion::V1_3 => 0x0304,
    }
}

/// The version written where TLS 1.3 pretends to be 1.2.
fn old_number(version: TlsVersion) -> u16 {
    number(version.min(TlsVersion::V1_2))
}

/// The version of the record that carries a `ClientHello`: 1.0, for servers of old.
const FIRST_VERSION: u16 = 0x0301;

fn record(kind: u8, version: u16, body: &[u8]) -> Vec<u8> {
    let mut out = vec![kind];
    out.extend(version.to_be_bytes());
    put16(&mut out, body);
    out
}

fn sealed(kind: u8, version: TlsVersion, len: usize) -> Vec<u8> {
    record(kind, old_number(version), &noise(len).collect::<Vec<u8>>())
}

fn change_cipher_spec(version: TlsVersion) -> Vec<u8> {
    record(CHANGE_CIPHER_SPEC, old_number(version), &[1])
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![kind];
    put24(&mut out, body);
    out
}

/// The handshake message of a usual client, without the record around it.
pub(super) fn client_hello(tls: &Tls) -> Vec<u8> {
    let modern = tls.version == TlsVersion::V1_3;
    let mut body = old_number(tls.version).to_be_bytes().to_vec();
    body.extend(noise(32));
    let session: Vec<u8> = noise(if modern { 32 } else { 0 }).collect();
    put8(&mut body, &session);
    let mut suites: Vec<u8> = Vec::new();
    if modern {
        suites.extend([0x13, 0x01, 0x13, 0x02, 0x13, 0x03]);
    }
    suites.extend([0xc0, 0x2b, 0xc0, 0x2f, 0xc0, 0x2c, 0xc0, 0x30, 0xc0, 0x13, 0xc0, 0x14]);
    put16(&mut body, &suites);
    put8(&mut body, &[0]);
    put16(&mut body, &extensions(tls, modern));
    message(1, &body)
}

fn extensions(tls: &Tls, modern: bool) -> Vec<u8> {
    let mut out = Vec::new();
    if let Some(name) = &tls.sni {
        let mut entry = vec![0];
        put16(&mut entry, name);
        let mut list = Vec::new();
        put16(&mut list, &entry);
        extension(&mut out, 0, &list);
    }
    extension(&mut out, 10, &[0, 4, 0, 0x1d, 0, 0x17]);
    extension(&mut out, 11, &[1, 0]);
    extension(&mut out, 13, &[0, 10, 4, 3, 8, 4, 4, 1, 5, 3, 8, 5]);
    if let Some(protocols) = tls.alpn.as_ref().filter(|list| !list.is_empty()) {
        let mut names = Vec::new();
        protocols.iter().for_each(|name| put8(&mut names, name.as_bytes()));
        let mut list = Vec::new();
        put16(&mut list, &names);
        extension(&mut out, 16, &list);
    }
    if modern {
        extension(&mut out, 43, &[4, 3, 4, 3, 3]);
        extension(&mut out, 45, &[1, 1]);
        let mut share = vec![0, 0x1d];
        put16(&mut share, &noise(32).collect::<Vec<u8>>());
        let mut shares = Vec::new();
        put16(&mut shares, &share);
        extension(&mut out, 51, &shares);
    }
    if tls.pad > 0 {
        extension(&mut out, 21, &vec![0; tls.pad]);
    }
    out
}

fn extension(out: &mut Vec<u8>, kind: u16, body: &[u8]) {
    out.extend(kind.to_be_bytes());
    put16(out, body);
}

fn put8(out: &mut Vec<u8>, body: &[u8]) {
    out.push(u8::try_from(body.len()).unwrap_or(u8::MAX));
    out.extend(body);
}

fn put24(out: &mut Vec<u8>, body: &[u8]) {
    let [_, len @ ..] = (body.len() as u32).to_be_bytes();
    out.extend(len);
    out.extend(body);
}

fn put16(out: &mut Vec<u8>, body: &[u8]) {
    out.extend(u16::try_from(body.len()).unwrap_or(u16::MAX).to_be_bytes());
    out.extend(body);
}

fn server_hello(version: TlsVersion) -> Vec<u8> {
    let modern = version == TlsVersion::V1_3;
    let mut body = old_number(version).to_be_bytes().to_vec();
    body.extend(noise(32));
    let session: Vec<u8> = noise(32).collect();
    put8(&mut body, &session);
    body.extend(if modern { [0x13, 0x01] } else { [0xc0, 0x2f] });
    body.push(0);
    let mut chosen = Vec::new();
    if modern {
        extension(&mut chosen, 43, &[3, 4]);
        let mut share = vec![0, 0x1d];
        put16(&mut share, &noise(32).collect::<Vec<u8>>());
        extension(&mut chosen, 51, &share);
    }
    put16(&mut body, &chosen);
    let mut out = record(HANDSHAKE, old_number(version), &message(2, &body));
    if modern {
        out.extend(change_cipher_spec(version));
        out.extend(sealed(APPLICATION_DATA, version, 600));
    } else {
        out.extend(record(HANDSHAKE, old_number(version), &message(11, &certificates())));
        out.extend(record(HANDSHAKE, old_number(version), &message(14, &[])));
    }
    out
}

/// The server's list of one certificate, self-signed for `server.example`.
fn certificates() -> Vec<u8> {
    let certificate = include_bytes!("server.der");
    let mut list = Vec::new();
    put24(&mut list, certificate);
    let mut out = Vec::new();
    put24(&mut out, &list);
    out
}

fn client_finished(version: TlsVersion) -> Vec<u8> {
    if version == TlsVersion::V1_3 {
        let mut out = change_cipher_spec(version);
        out.extend(sealed(APPLICATION_DATA, version, 53));
        return out;
    }
    let point: Vec<u8> = [65, 4].into_iter().chain(noise(64)).collect();
    let mut out = record(HANDSHAKE, old_number(version), &message(16, &point));
    out.extend(change_cipher_spec(version));
    out.extend(sealed(HANDSHAKE, version, 40));
    out
}
