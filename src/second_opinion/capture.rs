use std::io::{self, Write};
use std::net::IpAddr;

use etherparse::{IpHeaders, PacketBuilder, PacketBuilderStep, TcpHeader};

use crate::net::{Flow, Transport, WirePacket};

/// Seconds between two flows: longer than anything the engine remembers of a flow, a host or a threshold.
const APART: u32 = 3600;

/// Microseconds between two packets of a flow.
const PACE: u32 = 1000;

/// When the first flow begins, in seconds of the epoch: any time will do, and the same one makes the same file.
const BEGIN: u32 = 1_600_000_000;

/// The client ports handed out, one after another: the usual ephemeral ones, that no server listens on.
const PORTS: std::ops::Range<u16> = 33_000..60_000;

/// A file of packets, and which of them belongs to which flow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capture {
    /// Number of the first packet of each flow, from 0, and at the end that of all packets.
    starts: Vec<u64>,
}

/// The client port of the flow with this number: each has its own, so that no two are taken for one.
#[must_use]
pub fn client_port(number: usize) -> u16 {
    let among = usize::from(PORTS.end - PORTS.start);
    u16::try_from(number % among).map_or(PORTS.start, |n| PORTS.start + n)
}

impl Capture {
    /// Writes the packets of all flows, one flow after another, as a classic pcap file.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write<'a, P: AsRef<[WirePacket]>>(
        flows: impl IntoIterator<Item = (&'a Flow, P)>,
        out: &mut impl Write,
    ) -> io::Result<Self> {
        out.write_all(&file_header())?;
        let mut capture = Self { starts: vec![0] };
        let mut number = 0;
        let mut frame = Vec::new();
        for (seconds, (flow, packets)) in (BEGIN..).step_by(APART as usize).zip(flows) {
            let mut sides = Sides::default();
            for (at, packet) in (0_u32..).zip(packets.as_ref()) {
                frame.clear();
                sides.frame(flow, packet, &mut frame)?;
                let micros = at * PACE;
                let time = (seconds + micros / 1_000_000, micros % 1_000_000);
                out.write_all(&record_header(time, frame.len()))?;
                out.write_all(&frame)?;
                number += 1;
            }
            capture.starts.push(number);
        }
        out.flush()?;
        Ok(capture)
    }

    /// How many packets the file has.
    #[must_use]
    pub fn packets(&self) -> u64 {
        self.starts.last().copied().unwrap_or_default()
    }

    /// How many packets each flow has.
    pub fn lengths(&self) -> impl Iterator<Item = usize> {
        self.starts.windows(2).map(|w| usize::try_from(w[1] - w[0]).unwrap_or(usize::MAX))
    }

    /// The flow and the place in it of a packet, by the number that the engine gives it (from 1, `pcap_cnt`).
    #[must_use]
    pub fn place(&self, number: u64) -> Option<(usize, usize)> {
        let number = number.checked_sub(1).filter(|n| *n < self.packets())?;
        let flow = self.starts.partition_point(|&start| start <= number) - 1;
        usize::try_from(number - self.starts[flow]).ok().map(|at| (flow, at))
    }
}

/// Magic number, version 2.4, no time zone, longest packet, Ethernet.
///
/// Source: draft-ietf-opsawg-pcap, "PCAP Capture File Format".
fn file_header() -> [u8; 24] {
    let mut header = [0; 24];
    header[..4].copy_from_slice(&0xa1b2_c3d4_u32.to_le_bytes());
    header[4] = 2;
    header[6] = 4;
    header[16..20].copy_from_slice(&262_144_u32.to_le_bytes());
    header[20] = 1;
    header
}

fn record_header((seconds, micros): (u32, u32), length: usize) -> [u8; 16] {
    let length = u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    let mut header = [0; 16];
    header[..4].copy_from_slice(&seconds.to_le_bytes());
    header[4..8].copy_from_slice(&micros.to_le_bytes());
    header[8..12].copy_from_slice(&length);
    header[12..].copy_from_slice(&length);
    header
}

/// What both sides of a flow have sent so far.
#[derive(Debug, Default)]
struct Sides {
    /// Next sequence numbers, counted from 0: of the client, of the server.
    next: [u32; 2],
    /// Packets sent, client and server together.
    sent: u16,
}

impl Sides {
    /// Appends one packet as an Ethernet frame, and remembers what was sent.
    fn frame(&mut self, flow: &Flow, packet: &WirePacket, out: &mut Vec<u8>) -> io::Result<()> {
        let fail = |error: etherparse::err::packet::BuildWriteError| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("{}: {error}", packet.name))
        };
        let ports = match packet.to_server {
            true => (flow.src_port, flow.dst_port),
            false => (flow.dst_port, flow.src_port),
        };
        let ip = addressed(flow, packet)?;
        self.sent = self.sent.wrapping_add(1);
        match packet.transport {
            Transport::Tcp(flags) => {
                let header = self.tcp(ports, flags, packet);
                ip.tcp_header(header).write(out, &packet.payload).map_err(fail)
            }
            Transport::Udp => ip.udp(ports.0, ports.1).write(out, &packet.payload).map_err(fail),
            Transport::Icmp(itype, icode) => {
                let echo = [flow.src_port.to_be_bytes(), 1_u16.to_be_bytes()].concat();
                let rest = [echo[0], echo[1], echo[2], echo[3]];
                match flow.src {
                    IpAddr::V4(_) => {
                        ip.icmpv4_raw(itype, icode, rest).write(out, &packet.payload).map_err(fail)
                    }
                    IpAddr::V6(_) => {
                        ip.icmpv6_raw(itype, icode, rest).write(out, &packet.payload).map_err(fail)
                    }
                }
            }
        }
    }

    /// The header of a TCP packet; SYN and FIN take one sequence number, as data takes one per byte.
    fn tcp(&mut self, ports: (u16, u16), flags: u8, packet: &WirePacket) -> TcpHeader {
        const BASE: [u32; 2] = [0x1000_0000, 0x7000_0000];
        let (me, other) = if packet.to_server { (0, 1) } else { (1, 0) };
        let has = |bit: u8| flags & (1 << bit) != 0;
        // The window differs from packet to packet: an acknowledgement that repeats all else is an update of it.
        let window = 64_240 - self.sent % 1024;
        let mut header =
            TcpHeader::new(ports.0, ports.1, BASE[me].wrapping_add(self.next[me]), window);
        header.fin = has(0);
        header.syn = has(1);
        header.rst = has(2);
        header.psh = has(3);
        header.ack = has(4);
        header.urg = has(5);
        header.ece = has(6);
        header.cwr = has(7);
        if header.ack {
            header.acknowledgment_number = BASE[other].wrapping_add(self.next[other]);
        }
        let length = u32::try_from(packet.payload.len()).unwrap_or(u32::MAX);
        self.next[me] += length + u32::from(header.syn) + u32::from(header.fin);
        header
    }
}

/// A frame as far as the addresses.
fn addressed(flow: &Flow, packet: &WirePacket) -> io::Result<PacketBuilderStep<IpHeaders>> {
    const CLIENT: [u8; 6] = [2, 0, 0, 0, 0, 1];
    const SERVER: [u8; 6] = [2, 0, 0, 0, 0, 2];
    let (macs, from, to) = match packet.to_server {
        true => ((CLIENT, SERVER), flow.src, flow.dst),
        false => ((SERVER, CLIENT), flow.dst, flow.src),
    };
    let ethernet = PacketBuilder::ethernet2(macs.0, macs.1);
    match (from, to) {
        (IpAddr::V4(from), IpAddr::V4(to)) => {
            Ok(ethernet.ipv4(from.octets(), to.octets(), packet.ttl))
        }
        (IpAddr::V6(from), IpAddr::V6(to)) => {
            Ok(ethernet.ipv6(from.octets(), to.octets(), packet.ttl))
        }
        _ => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("{from} and {to} are of different families (IPv4, IPv6)"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{Request, wire};

    fn capture(urls: &[&str]) -> (Vec<u8>, Capture) {
        let flows: Vec<Flow> = urls
            .iter()
            .enumerate()
            .map(|(number, url)| {
                let request = Request::parse("10.1.2.3", url, Some("203.0.113.5")).unwrap();
                let flow = request.flow("203.0.113.5".parse().unwrap());
                Flow { src_port: client_port(number), ..flow }
            })
            .collect();
        let mut out = Vec::new();
        let capture = Capture::write(flows.iter().map(|f| (f, wire(f))), &mut out).unwrap();
        (out, capture)
    }

    #[test]
    fn packets_are_found_again_by_their_number() {
        let (_, capture) = capture(&["icmp://a.example", "udp://a.example:99", "dns://a.example"]);
        assert_eq!(capture.lengths().collect::<Vec<_>>(), [2, 3, 2]);
        assert_eq!(capture.place(0), None);
        assert_eq!(capture.place(2), Some((0, 1)));
        assert_eq!(capture.place(3), Some((1, 0)));
        assert_eq!(capture.place(7), Some((2, 1)));
        assert_eq!(capture.place(8), None);
    }

    /// Frames of the file, each without its record header.
    fn frames(file: &[u8]) -> Vec<&[u8]> {
        let mut rest = &file[24..];
        let mut frames = Vec::new();
        while !rest.is_empty() {
            let length = u32::from_le_bytes(rest[8..12].try_into().unwrap()) as usize;
            frames.push(&rest[16..16 + length]);
            rest = &rest[16 + length..];
        }
        frames
    }

    #[test]
    fn both_sides_acknowledge_every_byte() {
        let (file, _) = capture(&["https://a.example"]);
        let mut next: [Option<u32>; 2] = [None, None];
        for frame in frames(&file) {
            let sliced = etherparse::SlicedPacket::from_ethernet(frame).unwrap();
            let Some(etherparse::TransportSlice::Tcp(tcp)) = sliced.transport else { panic!() };
            let me = usize::from(tcp.source_port() == 443);
            if let Some(expected) = next[me] {
                assert_eq!(tcp.sequence_number(), expected);
            }
            if tcp.ack() {
                assert_eq!(Some(tcp.acknowledgment_number()), next[1 - me]);
            }
            let length = tcp.payload().len() as u32 + u32::from(tcp.syn()) + u32::from(tcp.fin());
            next[me] = Some(tcp.sequence_number().wrapping_add(length));
        }
        assert!(next.iter().all(Option::is_some));
    }
}
