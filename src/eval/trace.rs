use super::{RuleSteps, StatelessStep};
use crate::net::{Action, Sid, StatelessAction};

/// What the engine does with a flow.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// A rule decided: the action at the first dropped packet, or the pass.
    Decided {
        /// What it did.
        action: Action,
        /// Which rule.
        by: Sid,
    },
    /// No rule decided: it passes.
    Unmatched,
    /// Stateless rules decided before the engine: it is passed and never seen, or discarded.
    Stateless {
        /// What they did.
        action: StatelessAction,
        /// Index of the stateless rule; `None`: their default action.
        by: Option<usize>,
    },
    /// The engine did not see the connection begin, because stateless rules passed its first packets: the stream exception
    /// policy decided.
    Midstream {
        /// What it did: `Drop` or `Reject`.
        action: Action,
    },
    /// Stateless rules take packets away, and what becomes of the rest is not known.
    Unseen {
        /// What is not known.
        gap: Gap,
    },
    /// Something that is not modelled could change the outcome.
    Undetermined {
        /// The rules whose outcome is not known.
        because: Vec<Sid>,
        /// What it would be if none of them matched.
        without: Box<Verdict>,
    },
}

/// What is not known where stateless rules take packets away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gap {
    /// What the engine makes of a connection from the middle of which packets are missing.
    Hole,
    /// What rules make of a connection that the engine joins midway (stream exception policy `continue`).
    Midstream,
    /// Which TCP flags the client sets where the rules' answer hangs on it.
    Flags,
}

/// How much of a flow the engine sees behind stateless rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sight {
    /// Every packet that gets so far.
    #[default]
    Whole,
    /// Some packets.
    Part,
    /// None.
    Nothing,
}

/// What the client notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Experience {
    /// Nothing is lost.
    Works,
    /// Packets vanish; the client waits.
    TimesOut,
    /// The client gets a reset.
    IsReset,
    /// Part of the conversation gets through: a kept-alive second request, or an answer, is lost.
    HalfWorks,
    /// Not known.
    CannotTell,
}

/// Why a flow got its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The outcome.
    pub verdict: Verdict,
    /// What the client notices.
    pub experience: Experience,
    /// Index into `packets` of the packet on which it was decided.
    pub decided_at: Option<usize>,
    /// How much of the flow the engine sees.
    pub sight: Sight,
    /// The packets of the flow in order; none after one of which it is not known what becomes of it.
    pub packets: Vec<PacketStep>,
    /// The action that sticks to the flow, and the rule that set it.
    pub flow_action: Option<(Action, Sid)>,
    /// Index into `packets` of the packet with which it began to stick.
    pub stuck_at: Option<usize>,
    /// Every rule in the order of evaluation.
    pub rules: RuleSteps,
    /// Rules of which it cannot be told whether they match or act, although for the verdict it may not matter.
    pub open: Vec<Sid>,
}

impl Trace {
    /// Verdict and experience.
    #[must_use]
    pub fn outcome(&self) -> (Verdict, Experience) {
        (self.verdict.clone(), self.experience)
    }
}

/// What the engine makes of the packets that it sees, without the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The outcome.
    pub verdict: Verdict,
    /// Index into `packets` of the packet on which it was decided.
    pub decided_at: Option<usize>,
    /// The packets that the engine sees, in order.
    pub packets: Vec<PacketOutline>,
    /// The action that sticks to the flow, and the rule that set it.
    pub flow_action: Option<(Action, Sid)>,
    /// Rules of which it cannot be told whether they match or act, although for the verdict it may not matter.
    pub open: Vec<Sid>,
}

/// What became of a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketOutline {
    /// Its name, as in the recordings.
    pub name: String,
    /// Rules that matched on it, in order of evaluation; `None` when an action stuck to the flow before, and no rule is asked any more.
    pub matched: Option<Vec<Sid>>,
    /// Whether it was discarded.
    pub dropped: bool,
}

/// One packet: what was known, which rules matched, what was decided, what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketStep {
    /// Its name, as in the recordings: `syn`, `client_hello`, `http_request#2`, `server_data_ack` …
    pub name: String,
    /// Whether the client sent it.
    pub to_server: bool,
    /// What was done with it before the engine.
    pub stateless: StatelessStep,
    /// What the engine knows from this packet on, in words of the field: `tls`, `api.bank.example`, `GET /export`.
    pub known: Vec<String>,
    /// Rules that matched on it, in order of evaluation.
    pub matched: Vec<Sid>,
    /// The rule whose action decided this packet.
    pub decided_by: Option<Sid>,
    /// Log lines written on it.
    pub logged: Vec<Sid>,
    /// Whether it was discarded.
    pub dropped: bool,
}

/// One rule over the whole flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleStep {
    /// Which rule.
    pub sid: Sid,
    /// Index of the first packet it matched on.
    pub matched_at: Option<usize>,
    /// Index of the first packet it would match on had nothing been decided before.
    pub would_match_at: Option<usize>,
    /// Each of its conditions, on the packet where it came closest.
    pub conditions: Vec<Condition>,
}

/// One condition of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Which part of the rule.
    pub part: Part,
    /// What the rule asks for.
    pub wanted: String,
    /// What the flow has.
    pub got: String,
    /// Whether it is met.
    pub met: Met,
    /// Whether that hangs on what is only modelled: the contents of an IP set reference of AWS.
    pub modelled: bool,
}

/// A part of a rule that can miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Transport or application protocol.
    Protocol,
    /// Source address.
    Source,
    /// Source port.
    SourcePort,
    /// Destination address.
    Destination,
    /// Destination port.
    DestinationPort,
    /// `flow:` direction and state.
    Flow,
    /// A buffer with what it must contain, by keyword: `tls.sni`, `http.host`.
    Buffer,
    /// Any other option.
    Option,
    /// `flowbits:` and their kin.
    Bits,
}

/// Whether a condition is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Met {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Cannot tell.
    Unknown,
}
