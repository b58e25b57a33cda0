use std::fmt;

use serde::{Deserialize, Serialize};

/// What a rule does with what it matches. Suricata's four actions that AWS accepts.
///
/// Source: AWS Network Firewall API, `StatefulRule.Action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Lets the packet, or the whole flow, through.
    Pass,
    /// Discards in silence: the client waits until it times out.
    Drop,
    /// Discards and answers with a reset (TCP only, on AWS).
    Reject,
    /// Writes a log line and goes on to the next rule.
    Alert,
}

impl Action {
    /// Every action, in the order in which action order asks them.
    pub const ALL: [Self; 4] = [Self::Pass, Self::Drop, Self::Reject, Self::Alert];

    /// Returns the word as it is written in a rule.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Drop => "drop",
            Self::Reject => "reject",
            Self::Alert => "alert",
        }
    }

    /// Reads a word in any case, as Suricata does (measured: `Alert` loads).
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.word().eq_ignore_ascii_case(word))
    }

    /// Whether the packet is discarded.
    #[must_use]
    pub const fn blocks(self) -> bool {
        matches!(self, Self::Drop | Self::Reject)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// In which order the engine asks the rules.
///
/// Source: AWS Network Firewall API, `StatefulRuleOptions.RuleOrder`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum RuleOrder {
    /// `STRICT_ORDER`: groups by priority, rules from top to bottom.
    #[default]
    Strict,
    /// `DEFAULT_ACTION_ORDER`: pass, drop, reject, alert; then flow variables, `priority`, sid.
    Action,
}

impl RuleOrder {
    /// Returns the word as it is written in a policy file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Action => "action",
        }
    }
}
