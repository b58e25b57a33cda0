use std::net::IpAddr;

/// One connection, or exchange of datagrams, as the client and the server would lead it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The client's address.
    pub src: IpAddr,
    /// The server's address.
    pub dst: IpAddr,
    /// The client's port; for ICMP meaningless.
    pub src_port: u16,
    /// The server's port; for ICMP meaningless.
    pub dst_port: u16,
    /// What they say to each other.
    pub talk: Talk,
    /// Whether the server answers at all.
    pub reply: bool,
    /// Whether both sides send a window update after the handshake, before any data.
    pub extra_acks: bool,
    /// Cuts what the client sends into segments of at most so many bytes (TCP only).
    pub split: Option<usize>,
    /// Whether the client ends the connection with RST instead of FIN (TCP only).
    pub reset: bool,
    /// Time to live of the client's packets.
    pub ttl: u8,
}

/// What is said in a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Talk {
    /// TLS over TCP.
    Tls(Tls),
    /// HTTP/1 over TCP.
    Http(Http),
    /// Other bytes over TCP.
    Tcp(Tcp),
    /// Bytes over UDP.
    Udp(Udp),
    /// An ICMP or `ICMPv6` echo, or another type.
    Icmp(Icmp),
    /// A DNS query over UDP.
    Dns(Dns),
    /// A QUIC hello.
    Quic(Quic),
}

/// The version a TLS client offers as its highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TlsVersion {
    /// TLS 1.0.
    V1_0,
    /// TLS 1.1.
    V1_1,
    /// TLS 1.2.
    V1_2,
    /// TLS 1.3.
    V1_3,
}

impl TlsVersion {
    /// Every version.
    pub const ALL: [Self; 4] = [Self::V1_0, Self::V1_1, Self::V1_2, Self::V1_3];

    /// Its number.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
            Self::V1_2 => "1.2",
            Self::V1_3 => "1.3",
        }
    }
}

/// A TLS connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// The server name as sent; `None`: no such extension.
    pub sni: Option<Vec<u8>>,
    /// Highest version offered; the server takes it.
    pub version: TlsVersion,
    /// Application protocols offered; `None`: no such extension.
    pub alpn: Option<Vec<String>>,
    /// Bytes of padding added to the hello (a post-quantum key share makes a hello larger than one segment).
    pub pad: usize,
}

/// An HTTP/1 connection with one request, or two on a kept-alive one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Http {
    /// The bytes of the requests, in order, as the client sends them.
    pub requests: Vec<Vec<u8>>,
}

/// A TCP connection of a protocol that is neither TLS nor HTTP.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tcp {
    /// What the server says first, before the client sends anything.
    pub banner: Option<Vec<u8>>,
    /// What the client sends.
    pub to_server: Vec<u8>,
    /// What the server answers.
    pub to_client: Vec<u8>,
}

/// A UDP exchange.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Udp {
    /// The client's datagram.
    pub to_server: Vec<u8>,
    /// The server's.
    pub to_client: Vec<u8>,
}

/// An ICMP exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icmp {
    /// Type of the first packet (8: echo request; 128 in `ICMPv6`).
    pub itype: u8,
    /// Code of the first packet.
    pub icode: u8,
}

/// A DNS query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dns {
    /// The name asked for, as sent.
    pub name: String,
    /// The record type, such as `A`.
    pub record: String,
}

/// A QUIC connection, known by its first datagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quic {
    /// The server name as sent.
    pub sni: Option<Vec<u8>>,
}
