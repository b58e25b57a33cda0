use crate::analysis::flows::{Decider, Fate, Flows};
use crate::net::Scheme;

/// What changes from one policy to another, over all flows of usual clients.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Impact {
    /// Flows that get another verdict.
    pub changes: Vec<Change>,
    /// Flows of which it cannot be told.
    pub cannot_tell: Vec<Doubt>,
    /// Rules that were added, changed or moved, and ask what usual clients do not differ in.
    pub beyond: Vec<Beyond>,
    /// Protocols of which not all was looked at.
    pub left_out: Vec<Scheme>,
}

/// Flows that get another verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The flows.
    pub flows: Flows,
    /// What became of them.
    pub before: Fate,
    /// What becomes of them.
    pub after: Fate,
}

/// Flows of which it cannot be told whether they get another verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The flows.
    pub flows: Flows,
    /// What became of the witness, if what is not known stays out of it.
    pub before: Fate,
    /// What becomes of it.
    pub after: Fate,
    /// The rules that stand in the way, of the policy before (`false`) or after (`true`).
    pub because: Vec<(bool, Decider)>,
}

/// A rule that differs between the policies in what usual clients do not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beyond {
    /// Whether it is of the policy after.
    pub after: bool,
    /// The rule.
    pub rule: Decider,
    /// The keyword that asks for more.
    pub keyword: &'static str,
}

impl Impact {
    /// Whether nothing changes: `Some(true)` is a proof over all flows of usual clients; `None`: it cannot be told.
    #[must_use]
    pub fn unchanged(&self) -> Option<bool> {
        if !self.changes.is_empty() {
            return Some(false);
        }
        let told =
            self.cannot_tell.is_empty() && self.beyond.is_empty() && self.left_out.is_empty();
        told.then_some(true)
    }
}
