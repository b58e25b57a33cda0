use super::Flow;

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

/// The packets of `flow`, in order, as a usual client and server exchange them.
#[must_use]
pub fn wire(_flow: &Flow) -> Vec<WirePacket> {
    Vec::new()
}
