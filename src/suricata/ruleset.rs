use std::collections::BTreeMap;

use crate::net::{Action, RuleOrder, Sid};

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
    /// Packets and stream.
    PktStream,
    /// Stream data.
    Stream,
    /// From protocol detection on; sticks to the flow.
    AppLayer,
    /// The packet that completes the buffer; sticks to the flow.
    AppTx,
}

/// A parsed rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The text it was read from.
    pub text: String,
    /// What it does.
    pub action: Action,
    /// Its number.
    pub sid: Sid,
    /// Its message, if it has one.
    pub msg: Option<String>,
    /// The engine's type.
    pub kind: RuleType,
}

/// Rules in the order in which they are written, with all that is needed to evaluate them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ruleset {
    /// In which order they are asked.
    pub order: RuleOrder,
    /// The rules as written.
    pub rules: Vec<Rule>,
    /// Address and port variables, name without `$` -> text.
    pub variables: BTreeMap<String, String>,
}
