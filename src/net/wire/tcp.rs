//! What is said over TCP: handshake, segments with their acknowledgements, the end.

use super::{Transport, WirePacket, packet};
use crate::net::{Flow, Http, Tcp};

/// One side's words: a name, whether the client says them, the bytes.
pub(super) type Turn = (&'static str, bool, Vec<u8>);

const FIN: u8 = 1;
const SYN: u8 = 2;
const RST: u8 = 4;
const PSH: u8 = 8;
const ACK: u8 = 16;

/// Bytes of data in the largest segment, as both sides announce them: an Ethernet's, less what a tunnel takes.
const SEGMENT: usize = 1400;

/// The packets of a connection in which `turns` are said.
pub(super) fn conversation(flow: &Flow, turns: Vec<Turn>) -> Vec<WirePacket> {
    let bare = |name: &str, to_server, flags| {
        packet(flow, name, to_server, Transport::Tcp(flags), Vec::new())
    };
    let mut packets = vec![bare("syn", true, SYN)];
    if !flow.reply {
        return packets;
    }
    packets.extend([bare("synack", false, SYN | ACK), bare("ack", true, ACK)]);
    if flow.extra_acks {
        packets.extend([bare("s_winupd", false, ACK), bare("c_winupd", true, ACK)]);
    }
    for (name, to_server, bytes) in turns {
        say(flow, name, to_server, &bytes, &mut packets);
    }
    if flow.reset {
        packets.push(bare("rst", true, RST | ACK));
    } else {
        packets.push(bare("fin", true, FIN | ACK));
        packets.push(bare("finack", false, FIN | ACK));
        packets.push(bare("lastack", true, ACK));
    }
    packets
}

/// The segments of what one side says, each acknowledged by the other.
fn say(flow: &Flow, name: &str, to_server: bool, bytes: &[u8], packets: &mut Vec<WirePacket>) {
    let size = flow.split.filter(|_| to_server).map_or(SEGMENT, |s| s.clamp(1, SEGMENT));
    let segments = bytes.chunks(size).len();
    for (number, segment) in (1..).zip(bytes.chunks(size)) {
        let name = if segments == 1 { name.to_owned() } else { format!("{name}#{number}") };
        let (data, ack) = (Transport::Tcp(PSH | ACK), Transport::Tcp(ACK));
        packets.push(packet(flow, &name, to_server, data, segment.to_vec()));
        packets.push(packet(flow, &format!("{name}_ack"), !to_server, ack, Vec::new()));
    }
}

/// Bytes that are neither TLS nor HTTP.
pub(super) fn plain(tcp: &Tcp) -> Vec<Turn> {
    let mut turns = Vec::new();
    if let Some(banner) = &tcp.banner {
        turns.push(("banner", false, banner.clone()));
    }
    turns.push(("client_data", true, tcp.to_server.clone()));
    turns.push(("server_data", false, tcp.to_client.clone()));
    turns
}

/// Requests, each with its answer.
pub(super) fn http(http: &Http) -> Vec<Turn> {
    const NAMES: [(&str, &str); 2] =
        [("http_request", "http_response"), ("http_request2", "http_response2")];
    let turn = |(request, (ask, answer)): (&Vec<u8>, (&'static str, &'static str))| {
        [(ask, true, request.clone()), (answer, false, http_response())]
    };
    let names = NAMES.into_iter().chain(std::iter::repeat(NAMES[1]));
    http.requests.iter().zip(names).flat_map(turn).collect()
}

/// A short answer.
fn http_response() -> Vec<u8> {
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok".to_vec()
}
