use crate::compile::Compiled;
use crate::policy::Policy;

/// Numbers that a row keeps free behind its sid, for the rules compiled from it.
const BLOCK: u32 = 100;
/// Sids below are kept free for hand-written rules that came from elsewhere.
const LOWEST: u32 = 1_000;
/// From here on sids belong to the modelled default actions.
const TOO_HIGH: u32 = 4_000_000_000;

/// A base sid for a new rule of `group`: behind those of its group, a block of its own.
///
/// `None` when there is no free block below the numbers that are kept for default actions.
#[must_use]
pub fn fresh_sid(policy: &Policy, compiled: &Compiled, group: usize) -> Option<u32> {
    let group = policy.rule_groups.get(group)?;
    let written = policy.rule_groups.iter().flat_map(|g| &g.rules).filter_map(|rule| rule.sid);
    let compiled = compiled.ruleset.rules.iter().map(|rule| rule.sid.0);
    let taken: Vec<u32> = written.chain(compiled).filter(|&sid| sid < TOO_HIGH).collect();
    let last = group.rules.iter().filter_map(|rule| rule.sid).max();
    let mut sid = match last {
        Some(last) => last / BLOCK * BLOCK + BLOCK,
        None => group.priority.value.saturating_mul(1_000).saturating_add(BLOCK).max(LOWEST),
    };
    while taken.iter().any(|&other| other >= sid && other - sid < BLOCK) {
        sid = sid.checked_add(BLOCK)?;
    }
    (sid < TOO_HIGH - BLOCK).then_some(sid)
}
