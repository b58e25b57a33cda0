//! Compiles a policy to a Suricata ruleset with provenance.
//!
//! Knows: policies, the rule language. Must not know: evaluation, files, screens.
//! Start at [`compile`].

use crate::diagnostic::Diagnostic;
use crate::net::Sid;
use crate::policy::{Policy, RulePlace};
use crate::suricata::Ruleset;

/// What a policy becomes.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The rules that will be deployed, then the modelled default actions, ready to evaluate.
    pub ruleset: Ruleset,
    /// Where each rule of `ruleset` comes from, in the same order.
    pub origins: Vec<Origin>,
    /// Problems of rules: hand-written text that does not load, limits, clashes of sids.
    pub diagnostics: Vec<Diagnostic>,
    /// Capacity units the rule groups need, in the order of `Policy::rule_groups`.
    pub capacity: Vec<usize>,
}

/// Where a compiled rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A rule of the policy.
    Rule(RulePlace),
    /// A domain list group that is kept by others, or text around the rows: bits set once at the top.
    Preamble,
    /// The tail that lets names be known before the default action (compile table §4).
    Tail,
    /// The modelled text of a default action: evaluated, never deployed.
    DefaultAction,
}

/// Compiles `policy`. Deterministic: the same policy gives the same bytes.
#[must_use]
pub fn compile(_policy: &Policy) -> Compiled {
    todo!()
}

impl Compiled {
    /// Where the rule with this sid comes from.
    #[must_use]
    pub fn origin(&self, sid: Sid) -> Option<Origin> {
        self.ruleset.rules.iter().position(|r| r.sid == sid).map(|i| self.origins[i])
    }

    /// The deployable text, one rule a line under a comment that names its row.
    #[must_use]
    pub fn text(&self, _policy: &Policy) -> String {
        todo!()
    }
}
