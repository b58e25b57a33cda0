//! What the engine reads of a TLS connection: the name, the version, the state of the handshake.
//!
//! Source: Suricata 7.0, `app-layer-ssl.c`; measured.

use super::Transaction;
use crate::net::TlsVersion;
use crate::suricata::{AppProto, SslState};

/// A ClientHello, as far as rules ask about it.
pub(super) struct ClientHello {
    /// The server name; absent when there is none or an empty one.
    pub sni: Option<Vec<u8>>,
    /// The highest version offered.
    pub version: Option<TlsVersion>,
}

/// The records of both directions, as they come in.
#[derive(Default)]
pub(super) struct Tls {
    streams: [Vec<u8>; 2],
    sealed: [bool; 2],
    sni: Option<Vec<u8>>,
    version: Option<TlsVersion>,
    greeted: bool,
}

impl Tls {
    /// Reads a segment and says what of the connection is inspected on it.
    pub(super) fn read(&mut self, to_server: bool, segment: &[u8]) -> Transaction {
        let side = usize::from(to_server);
        self.streams[side].extend(segment);
        let mut tx = Transaction::new(0, AppProto::TLS);
        let mut state = None;
        let mut hello = false;
        while let Some((kind, body)) = next_record(&mut self.streams[side]) {
            state = Some(SslState::Unknown);
            match kind {
                20 => self.sealed[side] = true,
                22 if !self.sealed[side] => {
                    for (kind, message) in messages(&body) {
                        hello |= self.message(kind, message);
                        state = reached(kind).or(state);
                    }
                }
                _ => {}
            }
        }
        tx.state = state;
        tx.version = self.version.filter(|_| hello);
        if let Some(name) = &self.sni {
            tx.buffers.insert("tls.sni", name.clone());
            // Tried again whenever the client sends more (measured).
            if to_server {
                tx.fresh.push("tls.sni");
            }
        }
        tx
    }

    /// Reads a handshake message; whether it was a hello.
    fn message(&mut self, kind: u8, body: &[u8]) -> bool {
        match kind {
            1 if !self.greeted => {
                self.greeted = true;
                if let Some(hello) = client_hello_body(body) {
                    self.sni = hello.sni;
                    self.version = hello.version;
                }
                true
            }
            2 => {
                self.version = server_version(body).or(self.version);
                true
            }
            _ => false,
        }
    }
}

/// Takes a whole record from the front of a stream.
fn next_record(stream: &mut Vec<u8>) -> Option<(u8, Vec<u8>)> {
    let len = usize::from(u16::from_be_bytes([*stream.get(3)?, *stream.get(4)?]));
    if stream.len() < 5 + len {
        return None;
    }
    let rest = stream.split_off(5 + len);
    let record = std::mem::replace(stream, rest);
    Some((record[0], record[5..].to_vec()))
}

/// The handshake messages of a record.
fn messages(mut body: &[u8]) -> Vec<(u8, &[u8])> {
    let mut out = Vec::new();
    while let [kind, a, b, c, rest @ ..] = body {
        let len = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        let Some(message) = rest.get(..len) else { break };
        out.push((*kind, message));
        body = &rest[len..];
    }
    out
}

/// The state that a handshake message brings about.
const fn reached(kind: u8) -> Option<SslState> {
    match kind {
        1 => Some(SslState::ClientHello),
        2 => Some(SslState::ServerHello),
        12 => Some(SslState::ServerKeyx),
        16 => Some(SslState::ClientKeyx),
        _ => None,
    }
}

/// Reads the handshake message of a hello, with its header.
pub(super) fn client_hello(message: &[u8]) -> Option<ClientHello> {
    match messages(message).first() {
        Some((1, body)) => client_hello_body(body),
        _ => None,
    }
}

fn client_hello_body(body: &[u8]) -> Option<ClientHello> {
    let mut reader = Reader(body);
    let legacy = reader.number()?;
    reader.take(32)?;
    reader.block8()?;
    reader.block16()?;
    reader.block8()?;
    let mut hello = ClientHello { sni: None, version: version(legacy) };
    let mut extensions = Reader(reader.block16().unwrap_or_default());
    while let Some(kind) = extensions.number() {
        let Some(content) = extensions.block16() else { break };
        match kind {
            0 => hello.sni = name(content),
            43 => hello.version = best(content).or(hello.version),
            _ => {}
        }
    }
    Some(hello)
}

/// The host name of a server name extension, cut at NUL; an empty one counts as none.
fn name(content: &[u8]) -> Option<Vec<u8>> {
    let mut entry = Reader(Reader(content).block16()?);
    entry.take(1)?;
    let name = entry.block16()?;
    let name = name.split(|b| *b == 0).next().unwrap_or_default();
    (!name.is_empty()).then(|| name.to_vec())
}

/// The highest of the versions offered.
fn best(content: &[u8]) -> Option<TlsVersion> {
    let list = Reader(content).block8()?;
    list.chunks_exact(2).filter_map(|v| version(u16::from_be_bytes([v[0], v[1]]))).max()
}

fn server_version(body: &[u8]) -> Option<TlsVersion> {
    let mut reader = Reader(body);
    let legacy = version(reader.number()?);
    reader.take(32)?;
    reader.block8()?;
    reader.take(3)?;
    let mut extensions = Reader(reader.block16().unwrap_or_default());
    while let Some(kind) = extensions.number() {
        let content = extensions.block16()?;
        if kind == 43 {
            return Reader(content).number().and_then(version);
        }
    }
    legacy
}

const fn version(number: u16) -> Option<TlsVersion> {
    match number {
        0x0301 => Some(TlsVersion::V1_0),
        0x0302 => Some(TlsVersion::V1_1),
        0x0303 => Some(TlsVersion::V1_2),
        0x0304 => Some(TlsVersion::V1_3),
        _ => None,
    }
}

/// Reads lengths and what they announce.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u16> {
        self.take(2).map(|b| u16::from_be_bytes([b[0], b[1]]))
    }

    fn block8(&mut self) -> Option<&'a [u8]> {
        let len = self.take(1)?[0];
        self.take(len.into())
    }

    fn block16(&mut self) -> Option<&'a [u8]> {
        let len = self.number()?;
        self.take(len.into())
    }
}
