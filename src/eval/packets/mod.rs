//! A flow as the packets on the wire, each with what the engine knows when it inspects it.
//!
//! Source: suricata-facts as kept in `docs/suricata.md`; the names of the packets are those of the
//! recorded verdicts (`tests/fixtures/conformance/`).

mod connection;
mod detect;
mod dns;
mod http;
mod http_uri;
mod quic;
mod tls;

use std::collections::BTreeMap;

pub(in crate::eval) use connection::{Eyes, packets, packets_seen};
pub use detect::PROBED_PORTS;

use crate::net::{TlsVersion, Transport};
use crate::suricata::{AppProto, SslState};

/// One packet and what is known once it was decoded, before rules are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::eval) struct Packet {
    /// Its name, as in the recordings: `syn`, `client_hello#2`, `http_request_ack` …
    pub name: String,
    /// Whether the client sent it (as the engine sees it: see `swapped` in the recordings' description).
    pub to_server: bool,
    /// What carries it.
    pub transport: Transport,
    /// The bytes of data it carries itself.
    pub payload: Vec<u8>,
    /// Whether rules look into them.
    pub visible: Payload,
    /// Time to live.
    pub ttl: u8,
    /// Whether the engine follows the connection; else rules see the packet alone.
    pub tracked: bool,
    /// Whether the connection counts as established for this packet: never for the third packet of the handshake (measured);
    /// UDP and ICMP: from the first reply on.
    pub established: bool,
    /// What the stream of this packet's direction holds up to and with this packet (TCP; empty otherwise or on pure ACKs without data).
    pub stream: Vec<u8>,
    /// The protocol recognised for the flow when rules are asked, be it by an earlier packet of either direction.
    pub app: Option<AppProto>,
    /// What protocol recognition said for this packet's direction.
    pub detection: Detection,
    /// Whether rules of type `pd_only` are asked on it: recognition came to an end in its direction with this packet or the one before.
    pub detected: bool,
    /// The transactions that the engine inspects on this packet.
    pub transactions: Vec<Transaction>,
}

/// What protocol recognition said for one direction, for `app-layer-protocol`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::eval) enum Detection {
    /// Nothing yet.
    Pending,
    /// A protocol.
    Found(AppProto),
    /// It gave up.
    Failed,
}

/// What an application protocol said so far: one request with its answer, or one TLS connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::eval) struct Transaction {
    /// Which one in the flow, from 0.
    pub id: usize,
    /// The protocol.
    pub app: AppProto,
    /// Every buffer known by now, by keyword (`tls.sni`, `http.host`, `http.uri.raw`, `dns.query` …). A buffer that the flow does not
    /// have is absent: nothing matches it, negations included.
    pub buffers: BTreeMap<&'static str, Vec<u8>>,
    /// The buffers on which rules are tried on this packet: those that became known with it, and those that the engine tries again.
    pub fresh: Vec<&'static str>,
    /// TLS: the state in which this packet left the connection, if it carried anything of it.
    pub state: Option<SslState>,
    /// TLS: the version as negotiated so far.
    pub version: Option<TlsVersion>,
    /// Whether rules that search for nothing, those with negated contents or without any, are tried on every buffer known by now.
    pub again: bool,
    /// The buffers whose part of the conversation was over before this packet: they are searched for nothing any more, and a negated
    /// content is looked for in them without their transforms (measured on 7.0.10; `docs/suricata.md` §8).
    pub stale: Vec<&'static str>,
    /// The buffers whose part is over by now: what matches by a negated content in one of them is not remembered, and matches again.
    pub over: Vec<&'static str>,
}

/// Whether rules look into a packet's payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::eval) enum Payload {
    /// They do.
    Open,
    /// The first that answers the first encrypted data: the stream is not searched for contents any more. What asks for some
    /// payload is still asked, when some rule for such packets looks into the stream at all (measured).
    Sealing,
    /// It is part of it: no rule asks about the payload (measured; Suricata 7.0, `app-layer-ssl.c`).
    Sealed,
}

impl Transaction {
    /// One of which nothing is known yet.
    fn new(id: usize, app: AppProto) -> Self {
        Self {
            id,
            app,
            buffers: BTreeMap::new(),
            fresh: Vec::new(),
            state: None,
            version: None,
            again: false,
            stale: Vec::new(),
            over: Vec::new(),
        }
    }
}
