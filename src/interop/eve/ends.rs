//! Who talks to whom.

use std::net::IpAddr;

use super::pasted::LogError;
use super::record::Record;
use super::value::{Number, Text};
use crate::messages::request::line as say;
use crate::net::logged_address;

/// What carries the packets of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    Tcp,
    Udp,
    Icmp,
}

impl Transport {
    /// Nothing for those in which no request can be asked.
    pub(super) fn of(proto: &str) -> Option<Self> {
        match proto {
            _ if proto.eq_ignore_ascii_case("tcp") => Some(Self::Tcp),
            _ if proto.eq_ignore_ascii_case("udp") => Some(Self::Udp),
            _ if proto.to_ascii_lowercase().contains("icmp") => Some(Self::Icmp),
            _ => None,
        }
    }
}

/// The two sides of a connection.
#[derive(Debug)]
pub(super) struct Ends {
    pub client: IpAddr,
    pub server: IpAddr,
    client_port: u16,
    pub port: u16,
    /// Whether it is known which of the two began.
    pub known: bool,
}

impl Ends {
    pub(super) fn of(record: &Record<'_>, transport: Transport) -> Result<Self, LogError> {
        let (source, destination) =
            (address(&record.src_ip, "src_ip")?, address(&record.dest_ip, "dest_ip")?);
        let ports = |number, field| {
            if transport == Transport::Icmp { Ok(0) } else { port(number, field) }
        };
        let (source_port, destination_port) =
            (ports(&record.src_port, "src_port")?, ports(&record.dest_port, "dest_port")?);
        let straight = Self {
            client: source,
            server: destination,
            client_port: source_port,
            port: destination_port,
            known: true,
        };
        let turned = Self {
            client: destination,
            server: source,
            client_port: destination_port,
            port: source_port,
            known: true,
        };
        // A flow has a record of each direction, and does not say which is the client's; neither do old events about a packet.
        let by_ports = match record.event_type.get() {
            Some("netflow") => true,
            Some("alert" | "drop") => !record.direction.is("to_server"),
            _ => false,
        };
        // Servers have the ports below 1024.
        let privileged = |port: u16| transport != Transport::Icmp && port < 1024;
        Ok(match (privileged(source_port), privileged(destination_port)) {
            _ if !record.event_type.is("netflow") && record.direction.is("to_client") => turned,
            _ if !by_ports => straight,
            (false, true) => straight,
            (true, false) => turned,
            _ => Self { known: false, ..straight },
        })
    }

    #[allow(clippy::cast_possible_truncation, reason = "both halves of an address are taken")]
    /// A number for the connection: Suricata's own is one of many machines' only together with its ends.
    pub(super) fn flow(&self, id: u64) -> u64 {
        let (client, server) = ((self.client, self.client_port), (self.server, self.port));
        let (first, second) = (client.min(server), client.max(server));
        let words = [first, second].map(|(address, port)| {
            let bits = match address {
                IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
                IpAddr::V6(address) => address.to_bits(),
            };
            [(bits >> 64) as u64, bits as u64, u64::from(port)]
        });
        words.into_iter().flatten().fold(mixed(id, 0), mixed)
    }
}

/// A number in which every bit of both counts: the same in every run and on every machine, for parts are joined by it.
#[allow(clippy::cast_possible_truncation, reason = "both halves of the product are taken")]
const fn mixed(number: u64, word: u64) -> u64 {
    let product = (number ^ word ^ 0x9e37_79b9_7f4a_7c15) as u128 * 0xd6e8_feb8_6659_fd93;
    (product >> 64) as u64 ^ product as u64 ^ number.rotate_left(23)
}

fn address(text: &Text<'_>, field: &'static str) -> Result<IpAddr, LogError> {
    let text = text.get().ok_or(LogError::Lacks(field))?;
    logged_address(text.as_bytes())
        .ok_or_else(|| LogError::Bad(field, text.to_owned(), say::ADDRESS))
}

fn port(number: &Number, field: &'static str) -> Result<u16, LogError> {
    let number = number.0.ok_or(LogError::Lacks(field))?;
    u16::try_from(number).map_err(|_| LogError::Bad(field, number.to_string(), say::PORT))
}
