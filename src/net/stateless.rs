use super::{IpSet, PortSet};

/// What is done with a single packet before the stateful engine sees it.
///
/// Source: AWS Network Firewall API, `RuleDefinition.Actions` of stateless rules: `aws:pass`, `aws:drop`, `aws:forward_to_sfe`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StatelessAction {
    /// It goes through: the engine never sees it, and nothing is logged.
    Pass,
    /// It is discarded in silence.
    Drop,
    /// The engine decides.
    #[default]
    Forward,
}

/// What the engine does with packets of connections that it has not seen begin; AWS's stream exception policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StreamPolicy {
    /// Packets of unknown connections are dropped in silence (AWS's own default).
    #[default]
    Drop,
    /// They are evaluated without their connection.
    Continue,
    /// They are answered with a reset, so that clients connect anew.
    Reject,
}

impl StreamPolicy {
    /// Every policy, in the order of the AWS guide.
    pub const ALL: [Self; 3] = [Self::Drop, Self::Continue, Self::Reject];

    /// The word as it is written in a policy file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Continue => "continue",
            Self::Reject => "reject",
        }
    }
}

/// The stateless rules of a firewall in the order in which they are asked, and what surrounds them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatelessRules {
    /// The rules: groups by ascending priority, rules in them by ascending priority.
    pub rules: Vec<StatelessRule>,
    /// What is done with packets that no rule matches.
    pub default_action: StatelessAction,
    /// What the engine does when its part of a connection lacks the beginning.
    pub midstream: StreamPolicy,
}

/// What a stateless rule asks of a packet. It knows no connections: every packet is asked about, in either direction.
///
/// Source: AWS Network Firewall API, `MatchAttributes`: of each list one entry must match, and an empty one asks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatelessRule {
    /// Where the packet comes from; `None`: anywhere.
    pub sources: Option<IpSet>,
    /// Where it goes; `None`: anywhere.
    pub destinations: Option<IpSet>,
    /// Its protocol by number; empty: any.
    pub protocols: Vec<u8>,
    /// Its source port (TCP, UDP); `None`: any.
    pub source_ports: Option<PortSet>,
    /// Its destination port (TCP, UDP); `None`: any.
    pub destination_ports: Option<PortSet>,
    /// Its TCP flags; empty: any.
    pub tcp_flags: Vec<FlagTest>,
    /// What is done with it.
    pub action: StatelessAction,
}

/// A question about TCP flags: of those in `masks` exactly `flags` are set.
///
/// Source: AWS Network Firewall API, `TCPFlagField`; without `Masks` all flags are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FlagTest {
    /// The flags that must be set.
    pub flags: u8,
    /// The flags that are looked at.
    pub masks: u8,
}

/// The flags of a TCP header by their names in AWS's API (bits: RFC 9293, RFC 3168).
pub const TCP_FLAGS: [(&str, u8); 8] = [
    ("FIN", 1),
    ("SYN", 2),
    ("RST", 4),
    ("PSH", 8),
    ("ACK", 16),
    ("URG", 32),
    ("ECE", 64),
    ("CWR", 128),
];

/// The protocols that have a word, by number (IANA, protocol numbers); the rest is written as a number.
pub const PROTOCOL_NUMBERS: [(&str, u8); 4] =
    [("tcp", 6), ("udp", 17), ("icmp", 1), ("icmpv6", 58)];

impl StatelessAction {
    /// Every action.
    pub const ALL: [Self; 3] = [Self::Pass, Self::Drop, Self::Forward];

    /// The word as a policy file writes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Drop => "drop",
            Self::Forward => "forward",
        }
    }
}

impl StatelessRules {
    /// Whether every packet reaches the engine, whatever it is.
    #[must_use]
    pub fn forward_all(&self) -> bool {
        let forwards = |action| action == StatelessAction::Forward;
        forwards(self.default_action) && self.rules.iter().all(|rule| forwards(rule.action))
    }
}

/// The names of the flags set in `flags`: `SYN, ACK`.
#[must_use]
pub fn flag_names(flags: u8) -> String {
    let set = TCP_FLAGS.iter().filter(|(_, bit)| flags & bit != 0).map(|(name, _)| *name);
    set.collect::<Vec<_>>().join(", ")
}

/// A protocol by its word, or else by its number.
#[must_use]
pub fn protocol_word(number: u8) -> String {
    let word = PROTOCOL_NUMBERS.iter().find(|(_, n)| *n == number);
    word.map_or_else(|| number.to_string(), |(word, _)| (*word).to_owned())
}
