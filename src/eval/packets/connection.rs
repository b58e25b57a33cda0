//! The engine's view of a connection as its packets go by.

use super::detect::{self, Guess};
use super::http::Http;
use super::tls::Tls;
use super::{Detection, Packet, Transaction, dns, quic};
use crate::net::{Flow, Transport, WirePacket, wire};
use crate::suricata::AppProto;

/// The packets of `flow`, in order, as a usual client and server exchange them.
pub(in crate::eval) fn packets(flow: &Flow) -> Vec<Packet> {
    let mut connection = Connection::new((flow.src_port, flow.dst_port));
    wire(flow).into_iter().map(|packet| connection.see(packet)).collect()
}

/// What is remembered from packet to packet.
struct Connection {
    ports: (u16, u16),
    /// The stream of each direction, the client's second.
    streams: [Vec<u8>; 2],
    detection: [Detection; 2],
    /// Whether the next packet of a direction is told that recognition is done.
    told: [bool; 2],
    app: Option<AppProto>,
    /// Packets of each direction so far.
    seen: [usize; 2],
    tls: Tls,
    http: Http,
}

impl Connection {
    fn new(ports: (u16, u16)) -> Self {
        Self {
            ports,
            streams: [Vec::new(), Vec::new()],
            detection: [Detection::Pending; 2],
            told: [false; 2],
            app: None,
            seen: [0; 2],
            tls: Tls::default(),
            http: Http::default(),
        }
    }

    fn see(&mut self, wire: WirePacket) -> Packet {
        let side = usize::from(wire.to_server);
        let established = self.established(&wire);
        self.seen[side] += 1;
        let mut detected = std::mem::take(&mut self.told[side]);
        let before = self.detection;
        let transactions = match wire.transport {
            Transport::Tcp(_) => self.segment(&wire),
            Transport::Udp => self.datagram(&wire),
            Transport::Icmp(..) => Vec::new(),
        };
        for direction in 0..2 {
            if before[direction] != self.detection[direction] {
                self.told[direction] = true;
                detected |= direction == side;
            }
        }
        let data = !wire.payload.is_empty() && matches!(wire.transport, Transport::Tcp(_));
        Packet {
            name: wire.name,
            to_server: wire.to_server,
            transport: wire.transport,
            payload: wire.payload,
            ttl: wire.ttl,
            established,
            stream: if data { self.streams[side].clone() } else { Vec::new() },
            app: self.app,
            detection: self.detection[side],
            detected,
            transactions,
        }
    }

    /// Whether `flow:established` holds: after the handshake, or once both sides were heard.
    fn established(&self, wire: &WirePacket) -> bool {
        match wire.transport {
            // SYN, SYN-ACK and the ACK that ends the handshake are not.
            Transport::Tcp(_) => self.seen[0] + self.seen[1] >= 3,
            _ => self.seen[0] > 0 || !wire.to_server,
        }
    }

    fn segment(&mut self, wire: &WirePacket) -> Vec<Transaction> {
        if wire.payload.is_empty() {
            return Vec::new();
        }
        let side = usize::from(wire.to_server);
        self.streams[side].extend(&wire.payload);
        let mut data = &wire.payload[..];
        let stream = self.streams[side].clone();
        if self.detection[side] == Detection::Pending {
            match detect::tcp(&stream, wire.to_server) {
                Guess::Is(app) => {
                    self.detection[side] = Detection::Found(app);
                    self.app = self.app.or(Some(app));
                    data = &stream;
                }
                Guess::Open => return Vec::new(),
                Guess::Unknown => {
                    self.detection[side] = Detection::Failed;
                }
            }
        }
        match self.app {
            Some(AppProto::TLS) => vec![self.tls.read(wire.to_server, data)],
            Some(AppProto::HTTP) => self.http.read(wire.to_server, data),
            _ => Vec::new(),
        }
    }

    fn datagram(&mut self, wire: &WirePacket) -> Vec<Transaction> {
        let side = usize::from(wire.to_server);
        let app = match self.app {
            Some(app) => app,
            None => match detect::udp(&wire.payload, self.ports) {
                Some(app) => app,
                None => return Vec::new(),
            },
        };
        self.app = Some(app);
        self.detection[side] = Detection::Found(app);
        if !wire.to_server {
            return Vec::new();
        }
        match app {
            AppProto::DNS => dns::query(&wire.payload).into_iter().collect(),
            AppProto::QUIC => quic::initial(&wire.payload).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}
