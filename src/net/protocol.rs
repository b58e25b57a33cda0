use std::fmt;

use serde::{Deserialize, Serialize};

/// What a policy rule can ask for as its protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// TLS over TCP, on any port (Suricata recognises it by its bytes).
    Tls,
    /// HTTP/1 over TCP, on any port.
    Http,
    /// QUIC over UDP.
    Quic,
    /// DNS over UDP or TCP.
    Dns,
    /// Any TCP.
    Tcp,
    /// Any UDP.
    Udp,
    /// `ICMPv4` and `ICMPv6`.
    Icmp,
    /// Everything.
    Ip,
}

impl Protocol {
    /// Every protocol, in the order a form offers them.
    pub const ALL: [Self; 8] =
        [Self::Tls, Self::Http, Self::Quic, Self::Dns, Self::Tcp, Self::Udp, Self::Icmp, Self::Ip];

    /// Returns the word as rules and policies write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::Http => "http",
            Self::Quic => "quic",
            Self::Dns => "dns",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Icmp => "icmp",
            Self::Ip => "ip",
        }
    }

    /// Reads the lower-case word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.word() == word)
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
