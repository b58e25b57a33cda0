use super::AppProto;

/// A condition or a remark of a rule that is not about the content of a buffer, in the order written.
///
/// Keywords that only describe the rule (`reference`, `metadata`, …) are not kept here: the rule's text has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleOption {
    /// `flow:`.
    Flow(FlowOption),
    /// `flowbits:`.
    Flowbits(BitOption),
    /// `xbits:` with what it is kept for.
    Xbits(BitOption, Track),
    /// `threshold:` or `detection_filter:`.
    Threshold(Threshold),
    /// `app-layer-protocol:`.
    AppLayerProtocol {
        /// Whether `!` stands before it.
        negated: bool,
        /// The protocol.
        protocol: AppLayer,
    },
    /// `ssl_state:`.
    SslState {
        /// Whether `!` stands before it.
        negated: bool,
        /// The states, joined by `|`.
        states: Vec<SslState>,
    },
    /// `ssl_version:` or `tls.version:`; with `!` nothing ever matches (measured).
    TlsVersion {
        /// The words, as written: `tls1.2`, `sslv3`, `1.3`.
        versions: Vec<String>,
        /// Whether some `!` stands before them.
        negated: bool,
    },
    /// `dsize:`, bytes of payload.
    Dsize(Number),
    /// `ttl:`.
    Ttl(Number),
    /// `itype:`.
    Itype(Number),
    /// `icode:`.
    Icode(Number),
    /// `ip_proto:`.
    IpProto(Number),
    /// `urilen:`; counts the normalised URI, or the raw one.
    Urilen {
        /// The length.
        length: Number,
        /// Whether `,raw` is written.
        raw: bool,
    },
    /// `flags:` / `tcp.flags:`.
    Flags(Flags),
    /// `sameip`.
    SameIp,
    /// A condition that is read and kept but not evaluated: the rule cannot be told wherever it would decide.
    NotModelled(NotModelled),
}

/// A keyword that is not evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotModelled {
    /// The keyword in lower case.
    pub keyword: &'static str,
    /// Its value as written.
    pub value: String,
    /// What kind of condition it is, for the rule's type.
    pub kind: NotModelledKind,
}

/// What kind of condition a keyword is that is not evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotModelledKind {
    /// About a packet.
    Packet,
    /// About a packet, and the rule stays `ip_only` with it.
    IpOnly,
    /// About what an application protocol said.
    App,
    /// About the payload.
    Payload,
    /// Decoder events.
    Decoder,
    /// Something done after a match.
    After,
}

/// `flow:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FlowOption {
    /// `to_server` (`from_client`) or `to_client` (`from_server`).
    pub direction: Option<FlowDirection>,
    /// `established`, `not_established` or `stateless`.
    pub state: Option<FlowState>,
    /// `no_stream` or `only_stream`.
    pub stream: Option<StreamOption>,
}

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlowDirection {
    /// The client.
    ToServer,
    /// The server.
    ToClient,
}

/// How far the connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlowState {
    /// After the handshake.
    Established,
    /// During the handshake.
    NotEstablished,
    /// Either.
    Stateless,
}

/// Whether payload is looked at as stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StreamOption {
    /// `no_stream`.
    No,
    /// `only_stream`.
    Only,
}

/// One `flowbits` or `xbits` option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BitOption {
    /// What is done.
    pub op: BitOp,
    /// On which names; several only where it reads (`a|b`).
    pub names: Vec<String>,
    /// How long an xbit lives, in seconds, where that is written.
    pub expire: Option<u32>,
}

/// What is done with a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BitOp {
    /// Sets it.
    Set,
    /// Clears it.
    Unset,
    /// Turns it over.
    Toggle,
    /// Asks whether any is set.
    IsSet,
    /// Asks whether any is not set (measured: any, not all).
    IsNotSet,
}

impl BitOp {
    /// Whether it asks, as against changes.
    #[must_use]
    pub const fn reads(self) -> bool {
        matches!(self, Self::IsSet | Self::IsNotSet)
    }
}

/// What a counter or a bit is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Track {
    /// The packet's source.
    BySource,
    /// The packet's destination.
    ByDestination,
    /// The pair of addresses.
    ByBoth,
    /// The rule.
    ByRule,
    /// The connection.
    ByFlow,
}

/// A limit on how often a rule acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Threshold {
    /// Which kind.
    pub kind: ThresholdKind,
    /// What is counted apart.
    pub track: Track,
    /// How many.
    pub count: u32,
    /// Within how many seconds.
    pub seconds: u32,
}

/// Kinds of thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThresholdKind {
    /// Acts always, logs the first so many.
    Limit,
    /// Acts every so many.
    Threshold,
    /// Acts from so many on, logs once.
    Both,
    /// `detection_filter`: acts after so many.
    DetectionFilter,
}

/// What `app-layer-protocol` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AppLayer {
    /// A protocol.
    Proto(AppProto),
    /// `failed`: recognition gave up.
    Failed,
}

/// A state of a TLS connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SslState {
    /// `client_hello`.
    ClientHello,
    /// `server_hello`.
    ServerHello,
    /// `client_keyx`.
    ClientKeyx,
    /// `server_keyx`.
    ServerKeyx,
    /// `unknown`, which never matches (measured).
    Unknown,
}

/// A number condition; ranges are exclusive at both ends (measured).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Number {
    /// Exactly.
    Is(u64),
    /// Anything else.
    IsNot(u64),
    /// Less.
    Below(u64),
    /// More.
    Above(u64),
    /// Between, both ends excluded.
    Between(u64, u64),
}

impl Number {
    /// Whether `value` meets it.
    #[must_use]
    pub const fn holds(self, value: u64) -> bool {
        match self {
            Self::Is(n) => value == n,
            Self::IsNot(n) => value != n,
            Self::Below(n) => value < n,
            Self::Above(n) => value > n,
            Self::Between(low, high) => low < value && value < high,
        }
    }
}

/// A condition on TCP flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flags {
    /// How the flags are compared.
    pub compare: FlagCompare,
    /// The flags asked for, as in the TCP header (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128).
    pub set: u8,
    /// Flags that are not looked at.
    pub ignored: u8,
}

/// How TCP flags are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlagCompare {
    /// Exactly these.
    Exact,
    /// `+`: these and perhaps others.
    All,
    /// `*`: any of these.
    Any,
    /// `!`: not exactly these.
    Not,
}
