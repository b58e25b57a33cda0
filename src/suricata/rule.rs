use super::{BufferMatch, FlowOption, Header, RuleOption};
use crate::net::{Action, Sid};

/// The kind the engine sorts a rule into; it decides on which packets the rule is asked and how far its action reaches.
///
/// Source: Suricata 7.0.10, `detect-engine-build.c` `SignatureSetType`; measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleType {
    /// First packet each way; sticks to the flow.
    IpOnly,
    /// Every packet; sticks to the flow.
    LikeIpOnly,
    /// When protocol detection is done in a direction; sticks to the flow.
    PdOnly,
    /// Decoder events only.
    DeOnly,
    /// Every matching packet; that packet only.
    Pkt,
    /// Packets and stream; sticks when it matched in the stream.
    PktStream,
    /// Stream data; sticks to the flow.
    Stream,
    /// From protocol detection on; sticks to the flow.
    AppLayer,
    /// The packet that completes the buffer; sticks to the flow.
    AppTx,
}

impl RuleType {
    /// The word of the engine's own analysis (`rules.json`, `type`).
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::IpOnly => "ip_only",
            Self::LikeIpOnly => "like_ip_only",
            Self::PdOnly => "pd_only",
            Self::DeOnly => "de_only",
            Self::Pkt => "pkt",
            Self::PktStream => "pkt_stream",
            Self::Stream => "stream",
            Self::AppLayer => "app_layer",
            Self::AppTx => "app_tx",
        }
    }
}

/// Whether a match is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Logging {
    /// As the action has it: everything but `pass`.
    #[default]
    ByAction,
    /// `alert`: a pass too.
    Always,
    /// `noalert`.
    Never,
}

/// A word that asks nothing: `reference`, `metadata`, `classtype`, …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The keyword in lower case.
    pub keyword: &'static str,
    /// Its value as written; empty where it takes none.
    pub value: String,
}

/// A parsed rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The text it was read from.
    pub text: String,
    /// What it does.
    pub action: Action,
    /// The word for it, in lower case: `reject` is also written `rejectboth`, and `config` alerts nobody.
    pub verb: &'static str,
    /// Protocol, addresses, ports.
    pub header: Header,
    /// Conditions that are not about the content of a buffer, in the order written.
    pub options: Vec<RuleOption>,
    /// Conditions on buffers; one entry per buffer keyword written.
    pub buffers: Vec<BufferMatch>,
    /// What it says about itself, other than the fields below, in the order written.
    pub remarks: Vec<Remark>,
    /// Its number.
    pub sid: Sid,
    /// Its revision; 0 where none is written.
    pub rev: u32,
    /// Its message, if it has one.
    pub msg: Option<String>,
    /// `priority:`, or that of its class; 3 where neither is written (the engine's default).
    pub priority: u32,
    /// Whether matches are logged.
    pub logging: Logging,
    /// Which of the ruleset's scopes its variables are looked up in ([`super::Ruleset::scopes`]).
    pub scope: usize,
    /// The engine's type. It depends on variables: [`super::Ruleset::new`] sets it anew.
    pub kind: RuleType,
}

impl Rule {
    /// What its `flow:` says; the parser makes one of several.
    #[must_use]
    pub fn flow(&self) -> FlowOption {
        let flow = self.options.iter().find_map(|option| match option {
            RuleOption::Flow(flow) => Some(*flow),
            _ => None,
        });
        flow.unwrap_or_default()
    }
}
