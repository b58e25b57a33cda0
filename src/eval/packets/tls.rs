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
    /// Whether there is an extension for the server name.
    named: bool,
    /// The first application protocol offered.
    protocol: Option<Vec<u8>>,
}

impl ClientHello {
    /// The JA4 fingerprint of a client over TCP, with `?` for all that differs from client to client:
    /// how many ciphers and extensions it offers, and which.
    ///
    /// Source: the JA4 specification, as Suricata 7.0 has it.
    pub fn ja4(&self) -> Vec<u8> {
        let version = match self.version {
            Some(TlsVersion::V1_0) => "10",
            Some(TlsVersion::V1_1) => "11",
            Some(TlsVersion::V1_2) => "12",
            Some(TlsVersion::V1_3) => "13",
            None => "00",
        };
        let named = if self.named { "d" } else { "i" };
        let protocol = match self.protocol.as_deref() {
            Some([first, .., last]) => [*first, *last],
            Some([only]) => [*only, *only],
            _ => *b"00",
        };
        let head = format!("t{version}{named}????");
        [head.as_bytes(), &protocol, b"_????????????_????????????"].concat()
    }
}

/// The records of both directions, as they come in.
#[derive(Default)]
pub(super) struct Tls {
    streams: [Vec<u8>; 2],
    sealed: [bool; 2],
    /// Whether the handshake went beyond the hellos: the server's certificate, or a record of application data.
    beyond: bool,
    /// Whether the client said something since.
    passed: bool,
    /// Whether the client (or else the server) sent the first record of application data.
    data_from: Option<bool>,
    sni: Option<Vec<u8>>,
    ja3: Option<Vec<u8>>,
    ja4: Option<Vec<u8>>,
    version: Option<TlsVersion>,
    greeted: bool,
}

impl Tls {
    /// Reads a segment and says what of the connection is inspected on it.
    pub(super) fn read(&mut self, to_server: bool, segment: &[u8]) -> Transaction {
        let side = usize::from(to_server);
        self.streams[side].extend(segment);
        let mut tx = Transaction::new(0, AppProto::TLS);
        tx.state = Some(SslState::Unknown);
        tx.again = to_server && self.passed;
        // Until the hello is complete the version is that of the record around it (measured).
        if self.version.is_none() || !self.greeted {
            self.version = self.streams[side].get(1..3).and_then(version_of).or(self.version);
        }
        while let Some((kind, body)) = next_record(&mut self.streams[side]) {
            match kind {
                20 => self.sealed[side] = true,
                23 => {
                    self.beyond = true;
                    self.data_from = self.data_from.or(Some(to_server));
                }
                22 if !self.sealed[side] => {
                    for (kind, message) in messages(&body) {
                        self.message(kind, message);
                        tx.state = reached(kind).or(tx.state);
                    }
                }
                _ => {}
            }
        }
        // The head of a record and a byte of what it carries are enough to tell what that is (measured).
        if self.streams[side].len() > 5 && self.streams[side].first() == Some(&23) {
            self.data_from = self.data_from.or(Some(to_server));
        }
        self.passed |= to_server && self.beyond;
        tx.version = self.version;
        self.known(to_server, &mut tx);
        tx
    }

    /// Who sent the first record of application data, once there is one: whether the client.
    ///
    /// From the next packet on rules are kept from the payload.
    pub(super) const fn data_from(&self) -> Option<bool> {
        self.data_from
    }

    /// What is inspected once more without anything new: the end of what a side says.
    pub(super) fn again(&self, to_server: bool) -> Transaction {
        let mut tx = Transaction::new(0, AppProto::TLS);
        tx.state = Some(SslState::Unknown);
        tx.again = to_server && self.passed;
        tx.version = self.version;
        self.known(to_server, &mut tx);
        tx
    }

    /// The buffers known by now. That of the name is tried again whenever the client sends more (measured).
    fn known(&self, to_server: bool, tx: &mut Transaction) {
        let names = [("tls.sni", &self.sni), ("ja3.hash", &self.ja3), ("ja4.hash", &self.ja4)];
        for (name, bytes) in names {
            if let Some(bytes) = bytes {
                tx.buffers.insert(name, bytes.clone());
                if tx.again {
                    tx.stale.push(name);
                    tx.over.push(name);
                } else if to_server {
                    tx.fresh.push(name);
                }
            }
        }
    }

    fn message(&mut self, kind: u8, body: &[u8]) {
        match kind {
            1 if !self.greeted => {
                self.greeted = true;
                if let Some(hello) = client_hello_body(body) {
                    // A digest of what differs from client to client: nothing of it is known.
                    self.ja3 = Some(vec![b'?'; 32]);
                    self.ja4 = Some(hello.ja4());
                    self.sni = hello.sni;
                    self.version = hello.version;
                }
            }
            2 => self.version = server_version(body).or(self.version),
            11 => self.beyond = true,
            _ => {}
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
    let mut hello =
        ClientHello { sni: None, version: version(legacy), named: false, protocol: None };
    let mut extensions = Reader(reader.block16().unwrap_or_default());
    while let Some(kind) = extensions.number() {
        let Some(content) = extensions.block16() else { break };
        match kind {
            0 => {
                hello.named = true;
                hello.sni = name(content);
                // An empty name keeps the engine from reading what follows (measured).
                if hello.sni.is_none() {
                    break;
                }
            }
            16 => hello.protocol = first_protocol(content),
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

fn first_protocol(content: &[u8]) -> Option<Vec<u8>> {
    Reader(Reader(content).block16()?).block8().map(<[u8]>::to_vec)
}

/// The highest of the versions offered.
fn best(content: &[u8]) -> Option<TlsVersion> {
    let list = Reader(content).block8()?;
    list.chunks_exact(2).filter_map(version_of).max()
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

fn version_of(bytes: &[u8]) -> Option<TlsVersion> {
    version(u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]))
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
