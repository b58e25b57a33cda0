//! The engine's view of a connection as its packets go by.
//!
//! Source: Suricata 7.0, `app-layer.c` (`TCPProtoDetect`, `AppLayerHandleUdp`); measured.

use super::detect::{self, Guess};
use super::http::Http;
use super::tls::Tls;
use super::{Detection, Packet, Payload, Transaction, dns, quic};
use crate::net::{Flow, Transport, WirePacket, wire};
use crate::suricata::AppProto;

/// The packets of `flow`, in order, as a usual client and server exchange them.
pub(in crate::eval) fn packets(flow: &Flow) -> Vec<Packet> {
    packets_seen(flow, wire(flow), Eyes::Open)
}

/// The packets of `flow` that the engine sees, where stateless rules took others away.
pub(in crate::eval) fn packets_seen(
    flow: &Flow,
    seen: impl IntoIterator<Item = WirePacket>,
    eyes: Eyes,
) -> Vec<Packet> {
    let mut connection = Connection::new((flow.src_port, flow.dst_port), eyes);
    seen.into_iter().map(|packet| connection.see(packet)).collect()
}

/// How much the engine makes of the packets it sees.
///
/// Source: measured on captures with packets taken out (`docs/suricata.md` §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::eval) enum Eyes {
    /// All there is to it.
    Open,
    /// TCP whose SYN was never answered before its eyes: no stream, no protocol, never established.
    Untracked,
    /// UDP and ICMP of which only the answers are seen: no protocol is recognised.
    Answers,
}

/// Index of the server's direction in all that is kept per direction, and of the client's.
const SERVER: usize = 0;
const CLIENT: usize = 1;

/// What is remembered from packet to packet.
struct Connection {
    eyes: Eyes,
    ports: (u16, u16),
    /// What each side said over TCP so far.
    streams: [Vec<u8>; 2],
    detection: [Detection; 2],
    /// Whether the next packet of a direction is told that recognition is done.
    told: [bool; 2],
    /// Whether this packet is.
    telling: bool,
    app: Option<AppProto>,
    /// Which side spoke first, until a parser was given data.
    first: Option<usize>,
    /// Whether a parser was given data.
    parsing: bool,
    /// Recognition failed for good.
    disabled: bool,
    /// Packets of each direction so far.
    seen: [usize; 2],
    tls: Tls,
    /// Whether the other side sent something since the first application data of TLS.
    answered: bool,
    http: Http,
    /// What is to be inspected on the next packet of a direction.
    waiting: [Vec<Transaction>; 2],
}

impl Connection {
    fn new(ports: (u16, u16), eyes: Eyes) -> Self {
        Self {
            eyes,
            ports,
            streams: [Vec::new(), Vec::new()],
            detection: [Detection::Pending; 2],
            told: [false; 2],
            telling: false,
            app: None,
            first: None,
            parsing: false,
            disabled: false,
            seen: [0; 2],
            tls: Tls::default(),
            answered: false,
            http: Http::default(),
            waiting: [Vec::new(), Vec::new()],
        }
    }

    fn see(&mut self, wire: WirePacket) -> Packet {
        let side = usize::from(wire.to_server);
        let established = self.established(&wire);
        self.seen[side] += 1;
        self.telling = std::mem::take(&mut self.told[side]);
        let before = self.tls.data_from();
        match wire.transport {
            Transport::Tcp(_) if self.eyes == Eyes::Untracked => {}
            Transport::Tcp(_) => self.segment(side, &wire.payload, is_over(&wire)),
            Transport::Udp => self.datagram(side, &wire.payload),
            Transport::Icmp(..) => {}
        }
        let tcp = matches!(wire.transport, Transport::Tcp(_));
        let data = !wire.payload.is_empty() && tcp;
        let visible = match before {
            None => Payload::Open,
            Some(from) if from != wire.to_server && data && !self.answered => {
                self.answered = true;
                Payload::Sealing
            }
            Some(_) => Payload::Sealed,
        };
        // A bare acknowledgement is no occasion to inspect transactions, but the end is.
        let inspects = data || !tcp || is_over(&wire);
        Packet {
            visible,
            tracked: self.eyes != Eyes::Untracked,
            name: wire.name,
            to_server: wire.to_server,
            transport: wire.transport,
            payload: wire.payload,
            ttl: wire.ttl,
            established,
            stream: if data { self.streams[side].clone() } else { Vec::new() },
            app: self.app,
            detection: self.detection[side],
            detected: self.telling,
            transactions: if inspects {
                std::mem::take(&mut self.waiting[side])
            } else {
                Vec::new()
            },
        }
    }

    /// Whether `flow:established` holds: after the handshake, or once both sides were heard.
    fn established(&self, wire: &WirePacket) -> bool {
        match wire.transport {
            Transport::Tcp(_) if self.eyes == Eyes::Untracked => false,
            // SYN, SYN-ACK and the ACK that ends the handshake are not.
            Transport::Tcp(_) => self.seen[SERVER] + self.seen[CLIENT] >= 3,
            _ => self.seen[SERVER] > 0 || !wire.to_server,
        }
    }

    fn segment(&mut self, side: usize, payload: &[u8], over: bool) {
        if self.disabled {
            self.streams[side].extend(payload);
            return;
        }
        if payload.is_empty() {
            if over {
                self.end(side);
            }
            return;
        }
        self.streams[side].extend(payload);
        self.first = self.first.or(Some(side));
        if self.detection[side] == Detection::Pending {
            self.recognise(side, side, false);
        } else {
            self.parse(side, payload);
        }
    }

    /// The end of what a side says.
    fn end(&mut self, side: usize) {
        if self.detection[side] == Detection::Pending {
            if !self.streams[side].is_empty() {
                self.recognise(side, side, true);
            }
        } else if self.app == Some(AppProto::TLS) {
            let again = self.tls.again(side == CLIENT);
            self.waiting[side].push(again);
        }
    }

    /// Looks at what `side` said so far. `packet` is the direction of the packet on which this happens.
    fn recognise(&mut self, side: usize, packet: usize, over: bool) {
        let other = self.detection[1 - side];
        let known = match other {
            Detection::Found(app) => Some(app),
            Detection::Pending | Detection::Failed => None,
        };
        let ports = self.ports;
        match detect::tcp(&self.streams[side], side == CLIENT, known, ports) {
            Guess::Is(app) => self.found(side, packet, app, known),
            _ if other == Detection::Pending => {
                let done = |s: usize| {
                    detect::tcp(&self.streams[s], s == CLIENT, None, ports) == Guess::Unknown
                };
                if done(SERVER) && done(CLIENT) {
                    self.give_up(packet);
                }
            }
            guess => {
                let first = known.is_some_and(detect::client_first);
                if !self.parsing && first && side == SERVER {
                    self.give_up(packet);
                } else if guess == Guess::Unknown {
                    self.parsing = true;
                    self.detection[side] = Detection::Failed;
                    self.tell(side, packet);
                    self.parse_all(side);
                } else if over {
                    self.detection[side] = self.app.map_or(Detection::Failed, Detection::Found);
                    self.parse_all(side);
                }
            }
        }
    }

    fn found(&mut self, side: usize, packet: usize, app: AppProto, other: Option<AppProto>) {
        self.detection[side] = Detection::Found(app);
        self.app = match other {
            // Where the two differ the parser at work stays, or else the server is believed.
            Some(other) if other != app && (self.parsing || side == CLIENT) => Some(other),
            _ => Some(app),
        };
        self.tell(side, packet);
        let first = self.first.unwrap_or(side);
        if !self.parsing {
            if first != side && self.detection[first] == Detection::Pending {
                self.recognise(first, packet, false);
                if self.disabled {
                    return;
                }
            }
            if first == SERVER && !self.parsing && self.app.is_some_and(detect::client_first) {
                self.give_up(packet);
                return;
            }
        }
        self.parsing = true;
        self.parse_all(side);
    }

    /// No protocol: the engine looks no more.
    fn give_up(&mut self, packet: usize) {
        self.disabled = true;
        self.app = None;
        for side in [SERVER, CLIENT] {
            if self.detection[side] != Detection::Failed {
                if self.detection[side] == Detection::Pending {
                    self.detection[side] = Detection::Failed;
                }
                self.tell(side, packet);
            }
        }
    }

    /// Recognition is done in a direction: its next packet is told, and this one if it goes the same way.
    fn tell(&mut self, side: usize, packet: usize) {
        self.told[side] = true;
        self.telling |= side == packet;
    }

    fn parse_all(&mut self, side: usize) {
        let data = self.streams[side].clone();
        self.parse(side, &data);
    }

    fn parse(&mut self, side: usize, data: &[u8]) {
        let read = match self.app {
            Some(AppProto::TLS) => vec![self.tls.read(side == CLIENT, data)],
            Some(AppProto::HTTP) => self.http.read(side == CLIENT, data),
            _ => Vec::new(),
        };
        self.waiting[side].extend(read);
    }

    fn datagram(&mut self, side: usize, payload: &[u8]) {
        if self.detection[side] == Detection::Pending {
            let other = self.detection[1 - side];
            let found = match self.eyes {
                Eyes::Answers => None,
                Eyes::Open | Eyes::Untracked => detect::udp(payload, self.ports),
            };
            self.detection[side] = match found {
                Some(app) => {
                    if !matches!(other, Detection::Found(_)) {
                        self.app = Some(app);
                    }
                    Detection::Found(app)
                }
                None if other == Detection::Pending => Detection::Failed,
                None => other,
            };
            self.tell(SERVER, side);
            self.tell(CLIENT, side);
        }
        if side == SERVER {
            return;
        }
        let read = match self.app {
            Some(AppProto::DNS) => dns::query(payload),
            Some(AppProto::QUIC) => quic::initial(payload),
            _ => None,
        };
        self.waiting[side].extend(read);
    }
}

/// Whether the connection is over with this packet: the client's reset or last acknowledgement.
fn is_over(wire: &WirePacket) -> bool {
    matches!(wire.transport, Transport::Tcp(flags) if flags & RST != 0) || wire.name == "lastack"
}

/// The reset flag of a TCP header.
const RST: u8 = 4;
