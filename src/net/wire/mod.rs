//! A flow as the packets on the wire, with the bytes that each carries.
//!
//! The names and the order of the packets are those of the recorded verdicts
//! (`tests/fixtures/conformance/`), which were recorded from captures of such conversations.

mod datagram;
mod tcp;
mod tls;

use super::{Flow, Icmp, Talk};

/// One packet of a flow with the bytes it carries, as a usual client or server sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WirePacket {
    /// Its name, as in the recorded verdicts: `syn`, `client_hello#2`, `http_request_ack` …
    pub name: String,
    /// Whether the client sends it.
    pub to_server: bool,
    /// What carries it.
    pub transport: Transport,
    /// The bytes of data it carries.
    pub payload: Vec<u8>,
    /// Time to live.
    pub ttl: u8,
}

/// What carries a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// TCP with its flags (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, …).
    Tcp(u8),
    /// UDP.
    Udp,
    /// ICMP, or `ICMPv6` between IPv6 addresses, with type and code of this packet.
    Icmp(u8, u8),
}

/// Time to live of the server's packets.
const SERVER_TTL: u8 = 64;

/// The packets of `flow`, in order, as a usual client and server exchange them.
///
/// Everything is as it is sent, but for the datagrams of QUIC: they have the size and the header of
/// real ones, and the hello inside stands in the clear.
#[must_use]
pub fn wire(flow: &Flow) -> Vec<WirePacket> {
    match &flow.talk {
        Talk::Tls(tls) => tcp::conversation(flow, tls::turns(tls)),
        Talk::Http(http) => tcp::conversation(flow, tcp::http(http)),
        Talk::Tcp(tcp) => tcp::conversation(flow, tcp::plain(tcp)),
        Talk::Udp(udp) => {
            let answer = (flow.reply && !udp.to_client.is_empty()).then_some(&udp.to_client);
            let first = packet(flow, "udp", true, Transport::Udp, udp.to_server.clone());
            let again = packet(flow, "udp2", true, Transport::Udp, udp.to_server.clone());
            let answer =
                answer.map(|bytes| packet(flow, "udp_reply", false, Transport::Udp, bytes.clone()));
            [Some(first), answer, Some(again)].into_iter().flatten().collect()
        }
        Talk::Icmp(icmp) => {
            let answer = answer_type(*icmp, flow.src.is_ipv4());
            let data = b"abcdefghijklmnop".to_vec();
            let asked = Transport::Icmp(icmp.itype, icmp.icode);
            let first = packet(flow, "icmp", true, asked, data.clone());
            let reply = answer.filter(|_| flow.reply).map(|itype| {
                packet(flow, "icmp_reply", false, Transport::Icmp(itype, icmp.icode), data)
            });
            [Some(first), reply].into_iter().flatten().collect()
        }
        Talk::Dns(dns) => datagrams(
            flow,
            ("dns_query", datagram::dns_query(dns)),
            ("dns_response", datagram::dns_response(dns)),
        ),
        Talk::Quic(quic) => datagrams(
            flow,
            ("quic_initial", datagram::quic_initial(quic)),
            ("quic_reply", datagram::quic_reply()),
        ),
    }
}

fn datagrams(flow: &Flow, ask: (&str, Vec<u8>), answer: (&str, Vec<u8>)) -> Vec<WirePacket> {
    let mut packets = vec![packet(flow, ask.0, true, Transport::Udp, ask.1)];
    if flow.reply {
        packets.push(packet(flow, answer.0, false, Transport::Udp, answer.1));
    }
    packets
}

fn packet(
    flow: &Flow,
    name: &str,
    to_server: bool,
    transport: Transport,
    payload: Vec<u8>,
) -> WirePacket {
    let ttl = if to_server { flow.ttl } else { SERVER_TTL };
    WirePacket { name: name.to_owned(), to_server, transport, payload, ttl }
}

/// The type of the answer to an echo request; hosts answer nothing else.
///
/// Source: IANA, ICMP and `ICMPv6` parameters.
const fn answer_type(icmp: Icmp, v4: bool) -> Option<u8> {
    match (v4, icmp.itype) {
        (true, 8) => Some(0),
        (false, 128) => Some(129),
        _ => None,
    }
}

/// Bytes that look like nothing: ciphertext, random numbers. None of them is text.
fn noise(len: usize) -> impl Iterator<Item = u8> {
    (0..len).map(|i| 0x80 | ((i * 167 + 13) & 0x7f) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{Request, RequestError};

    fn flow(url: &str) -> Result<Flow, RequestError> {
        let request = Request::parse("10.1.2.3", url, Some("203.0.113.7"))?;
        Ok(request.flow("203.0.113.7".parse().unwrap()))
    }

    fn names(flow: &Flow) -> String {
        wire(flow).iter().map(|p| p.name.clone()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn server_that_never_answers_sees_only_the_first_packet() {
        let mut flow = flow("https://example.com").unwrap();
        flow.reply = false;
        assert_eq!(names(&flow), "syn");
    }

    #[test]
    fn hello_larger_than_a_segment_comes_in_two() {
        let mut flow = flow("https://example.com").unwrap();
        let Talk::Tls(tls) = &mut flow.talk else { panic!("not TLS") };
        tls.pad = 1500;
        assert!(names(&flow).contains("client_hello#1 client_hello#1_ack client_hello#2 "));
    }

    #[test]
    fn client_can_end_with_a_reset() {
        let mut flow = flow("tcp://example.com:22").unwrap();
        flow.reset = true;
        assert!(names(&flow).ends_with("server_data server_data_ack rst"));
    }

    #[test]
    fn segments_joined_are_the_request() {
        let mut flow = flow("http://example.com/a").unwrap();
        flow.split = Some(7);
        let Talk::Http(http) = &flow.talk else { panic!("not HTTP") };
        let joined: Vec<u8> =
            wire(&flow).iter().filter(|p| p.to_server).flat_map(|p| p.payload.clone()).collect();
        assert_eq!(joined, http.requests[0]);
    }
}
