//! Compiles a policy to a Suricata ruleset with provenance.
//!
//! Knows: policies, the rule language. Must not know: evaluation, files, screens.
//! Start at [`compile`]; which row becomes which rules is in `docs/compile-table.md`.

mod block;
mod defaults;
mod forms;
mod hand_written;
mod kept;
mod limits;
mod managed;
mod meets;
mod output;
mod questions;
mod rows;
mod scopes;
mod sids;
mod spans;
mod stateless;
mod steps;
mod tail;
mod text;

pub use limits::{GROUP_BYTES, GROUPS, NAME_LENGTH, RULES, TEMPLATE_BYTES, refused_by_aws};
pub use questions::{
    Host, Kind, Ports, QUESTIONS, Question, Row, Side, groups_in_order, rows_in_order,
};
pub use scopes::DeployedSet;
pub use sids::KEPT;
pub use spans::Spans;
pub use stateless::{
    CompiledStateless, StatelessOrigin, stateless_capacity, stateless_networks, stateless_rows,
};
pub use text::DeployedGroup;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::net::Sid;
use crate::policy::{Policy, RowsChanged, RulePlace};
use crate::suricata::{Rule, Ruleset};

/// What a policy becomes.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The rules that will be deployed, then the modelled default actions, ready to evaluate.
    pub ruleset: Ruleset,
    /// Where each rule of `ruleset` comes from, in the same order.
    pub origins: Vec<Origin>,
    /// Where each rule of a hand-written row stands in the row's text.
    pub spans: Spans,
    /// Problems of rules: hand-written text that does not load, limits, clashes of sids.
    pub diagnostics: Vec<Diagnostic>,
    /// Capacity units the rule groups need, in the order of `Policy::rule_groups`; what stands around the rows counts
    /// to the group that is asked first or last.
    pub capacity: Vec<usize>,
    /// What stands before the ruleset and is asked packet by packet.
    pub stateless: CompiledStateless,
    /// Where the blocks of `kept` and the rules around them are.
    numbers: sids::Numbers,
    kept: kept::Kept,
}

/// Where a compiled rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A rule of the policy.
    Rule(RulePlace),
    /// Bits set once at the top, for rows that wait for names.
    Preamble,
    /// The tail that lets names be known before the default action.
    Tail,
    /// The modelled text of a default action: evaluated, never deployed.
    DefaultAction,
    /// A rule group that others keep, by its index: whatever its rules are, it stands for them, and is never deployed.
    Managed(usize),
}

/// Compiles `policy`. Deterministic: the same policy gives the same bytes.
#[must_use]
pub fn compile(policy: &Policy) -> Compiled {
    compiled(policy, kept::Before::nothing(policy), Vec::new())
}

/// Compiles what a policy became when only these of its rows changed; `before` is what it was compiled to. The same as
/// [`compile`], sooner.
#[must_use]
pub fn compile_after(policy: &Policy, before: &Compiled, changes: &[RowsChanged]) -> Compiled {
    let around = before.numbers.around().filter_map(|at| before.ruleset.rules.get(at));
    let kept = before.kept.whole.then(|| before.kept.after(policy, changes));
    let after = kept.map(|kept| compiled(policy, kept, around.map(Arc::clone).collect()));
    // What is left out depends on all rows above.
    after.filter(|after| after.kept.whole).unwrap_or_else(|| compile(policy))
}

fn compiled(policy: &Policy, before: kept::Before, around: Vec<Arc<Rule>>) -> Compiled {
    let order = questions::groups_in_order(policy);
    let scopes = scopes::scopes(policy);
    let mut out = output::Output::after(&scopes, around);
    let mut kept = steps::add_all(policy, &order, before, &mut out);
    let mut done = out.done();
    scopes::check(policy, &scopes, &mut done);
    kept.apart = sids::check(policy, &kept, &mut done);
    let capacity = limits::capacity(policy, &order, &done);
    limits::check(policy, &capacity, &scopes, &mut done);
    let (stateless, of_stateless) = stateless::stateless(policy);
    done.diagnostics.extend(of_stateless);
    let output::Done { rules, origins, spans, numbers, diagnostics, .. } = done;
    let ruleset = Ruleset { order: policy.rule_order, rules, scopes };
    Compiled { ruleset, origins, spans, diagnostics, capacity, stateless, numbers, kept }
}

impl Compiled {
    /// Where the rule with this sid comes from.
    #[must_use]
    pub fn origin(&self, sid: Sid) -> Option<Origin> {
        self.origins.get(self.numbers.first(sid)?).copied()
    }

    /// The rows that wait for names which rows above them ask for: they let the handshake through.
    #[must_use]
    pub fn waiting(&self) -> Vec<RulePlace> {
        let mut waiting: Vec<RulePlace> = Vec::new();
        let asks = format!("isnotset,{}", forms::NAMED);
        for (rule, origin) in self.ruleset.rules.iter().zip(&self.origins) {
            if let Origin::Rule(place) = origin
                && waiting.last() != Some(place)
                && rule.text.contains(&asks)
            {
                waiting.push(*place);
            }
        }
        waiting
    }

    /// The deployable text, one rule a line under a comment that names its row.
    #[must_use]
    pub fn text(&self, policy: &Policy) -> String {
        text::text(self, policy)
    }

    /// The same group by group, in the order in which they are asked.
    #[must_use]
    pub fn groups(&self, policy: &Policy) -> Vec<DeployedGroup> {
        text::groups(self, policy)
    }
}

#[cfg(test)]
mod tests;
