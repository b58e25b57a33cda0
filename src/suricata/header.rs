use std::fmt;

/// The first part of a rule: protocol, who, direction, whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The protocol asked for.
    pub protocol: HeaderProtocol,
    /// Source addresses as written: `any`, `$HOME_NET`, `[10.0.0.0/8,!10.1.0.0/16]`.
    pub source: String,
    /// Source ports as written.
    pub source_ports: String,
    /// Which way.
    pub direction: Direction,
    /// Destination addresses as written.
    pub destination: String,
    /// Destination ports as written.
    pub destination_ports: String,
}

/// Whether an address of a header, as written, says which: it is neither any nor a variable.
#[must_use]
pub fn says_which(address: &str) -> bool {
    !address.eq_ignore_ascii_case("any") && !address.contains('$')
}

/// The arrow of a header. It is about the packet, not the connection (measured).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `->`: from the left side to the right.
    ToRight,
    /// `<>`: either way.
    Both,
}

/// The protocol of a header.
///
/// Source: Suricata 7.0.10, `detect-engine-proto.c` and `--list-app-layer-protos`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeaderProtocol {
    /// `ip`: every packet.
    Ip,
    /// `ip4`, `ipv4`.
    Ipv4,
    /// `ip6`, `ipv6`.
    Ipv6,
    /// `tcp`.
    Tcp,
    /// `tcp-pkt`: the packets, never the reassembled stream.
    TcpPkt,
    /// `tcp-stream`: the reassembled stream only.
    TcpStream,
    /// `udp`.
    Udp,
    /// `icmp`: both versions.
    Icmp,
    /// `icmpv4`.
    Icmpv4,
    /// `icmpv6`.
    Icmpv6,
    /// `sctp`, which is not modelled.
    Sctp,
    /// `pkthdr`: packets that could not be decoded.
    Pkthdr,
    /// An application protocol that the engine recognises by its bytes, on any port.
    App(AppProto),
}

/// An application protocol of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AppProto(&'static str);

/// The application protocols that Debian's 7.0.10 enables, and those it knows.
///
/// Source: `suricata --list-app-layer-protos`, and load verdicts measured for `http1` and `http2`.
const APP_PROTOS: [&str; 31] = [
    "tls",
    "http",
    "http1",
    "http2",
    "dns",
    "quic",
    "ssh",
    "smtp",
    "ntp",
    "ftp",
    "ftp-data",
    "imap",
    "smb",
    "dcerpc",
    "nfs",
    "tftp",
    "ike",
    "krb5",
    "dhcp",
    "snmp",
    "sip",
    "rfb",
    "mqtt",
    "telnet",
    "rdp",
    "pgsql",
    "enip",
    "ikev2",
    "bittorrent-dht",
    "modbus",
    "dnp3",
];

/// Known, but off as the engine ships (measured).
const DISABLED: [&str; 4] = ["pgsql", "enip", "modbus", "dnp3"];

/// Only looked for in UDP (measured).
const UDP_ONLY: [&str; 9] =
    ["quic", "ntp", "tftp", "ike", "ikev2", "dhcp", "snmp", "sip", "bittorrent-dht"];

/// The protocols of a header that are none of an application.
const TRANSPORTS: [&str; 13] = [
    "ip",
    "ip4",
    "ip6",
    "ipv4",
    "ipv6",
    "tcp",
    "tcp-pkt",
    "tcp-stream",
    "udp",
    "icmp",
    "icmpv4",
    "icmpv6",
    "sctp",
];

impl AppProto {
    /// TLS.
    pub const TLS: Self = Self("tls");
    /// HTTP, both versions.
    pub const HTTP: Self = Self("http");
    /// HTTP/1.
    pub const HTTP1: Self = Self("http1");
    /// DNS.
    pub const DNS: Self = Self("dns");
    /// QUIC.
    pub const QUIC: Self = Self("quic");
    /// SSH.
    pub const SSH: Self = Self("ssh");
    /// SMTP.
    pub const SMTP: Self = Self("smtp");
    /// NTP.
    pub const NTP: Self = Self("ntp");

    /// Reads the lower-case word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        APP_PROTOS.into_iter().find(|p| *p == word).map(Self)
    }

    /// The word as rules write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.0
    }

    /// Whether the engine detects it as it ships; the others only head a rule where they are turned on.
    pub(super) fn is_enabled(self) -> bool {
        !DISABLED.contains(&self.0)
    }

    /// Whether it is only spoken over UDP.
    pub(super) fn is_udp_only(self) -> bool {
        UDP_ONLY.contains(&self.0)
    }

    /// The words of all that the engine detects as it ships.
    pub(super) fn enabled() -> impl Iterator<Item = &'static str> {
        APP_PROTOS.into_iter().filter(|word| !DISABLED.contains(word))
    }

    /// Whether a rule for `self` is about connections recognised as `seen`: `http` means both versions.
    #[must_use]
    pub fn covers(self, seen: Self) -> bool {
        self == seen
            || (self == Self::HTTP && matches!(seen.0, "http1" | "http2"))
            || (self == Self::HTTP1 && seen == Self::HTTP)
    }
}

impl fmt::Display for AppProto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl HeaderProtocol {
    /// Reads the word of a header. The engine takes transports in any case, application protocols in lower case only (measured).
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "ip" => Self::Ip,
            "ip4" | "ipv4" => Self::Ipv4,
            "ip6" | "ipv6" => Self::Ipv6,
            "tcp" => Self::Tcp,
            "tcp-pkt" => Self::TcpPkt,
            "tcp-stream" => Self::TcpStream,
            "udp" => Self::Udp,
            "icmp" => Self::Icmp,
            "icmpv4" => Self::Icmpv4,
            "icmpv6" => Self::Icmpv6,
            "sctp" => Self::Sctp,
            "pkthdr" => Self::Pkthdr,
            _ => Self::App(AppProto::from_word(word)?),
        })
    }

    /// The word as rules write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ip => "ip",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Tcp => "tcp",
            Self::TcpPkt => "tcp-pkt",
            Self::TcpStream => "tcp-stream",
            Self::Udp => "udp",
            Self::Icmp => "icmp",
            Self::Icmpv4 => "icmpv4",
            Self::Icmpv6 => "icmpv6",
            Self::Sctp => "sctp",
            Self::Pkthdr => "pkthdr",
            Self::App(app) => app.word(),
        }
    }

    /// Every word that a header may begin with, for a "did you mean".
    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        TRANSPORTS.into_iter().chain(AppProto::enabled())
    }

    /// The application protocol, if it is one.
    #[must_use]
    pub const fn app(self) -> Option<AppProto> {
        match self {
            Self::App(app) => Some(app),
            _ => None,
        }
    }
}
