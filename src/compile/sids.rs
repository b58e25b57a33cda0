//! Numbers of rules: stable, apart, and outside the bands that logs take for something else.

use std::collections::HashSet;
use std::sync::Arc;

use super::Origin;
use super::output::Output;
use crate::diagnostic::Diagnostic;
use crate::messages::compile as say;
use crate::net::Sid;
use crate::policy::{Policy, Rule, RuleBody, RulePlace};
use crate::suricata;

/// Sids below this are kept free: AWS logs its default actions with some of them.
const FIRST: u32 = 1_000;
/// Where sids derived from names begin.
const DERIVED: u32 = 1_000_000_000;
/// How many there are to derive.
const DERIVED_COUNT: u64 = 2_900_000_000;
/// Numbers from here on are kept free for the rules that are made around the rows: bits at the top, the tail at the end.
pub const KEPT: u32 = 3_999_999_000;
pub(super) const PREAMBLE: u32 = KEPT + 1;
pub(super) const TAIL: u32 = KEPT + 10;
/// Where rules begin that are evaluated and never deployed: default actions, then groups that others keep.
pub(super) const MODELLED: u32 = 4_000_000_000;
pub(super) const MANAGED: u32 = 4_100_000_000;

/// The first sid of a row: the written one, or one derived from its names.
///
/// FNV-1a, 64 bits: the same for ever, whatever stands around the row.
pub(super) fn base(group: &str, rule: &Rule) -> u32 {
    if let Some(sid) = rule.sid {
        return sid;
    }
    let names = group.bytes().chain([0]).chain(rule.name.value.bytes());
    let hash = names.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    DERIVED + u32::try_from(hash % DERIVED_COUNT).unwrap_or_default()
}

/// Whether a number is in a band that is kept free.
const fn is_reserved(sid: u32) -> bool {
    sid < FIRST || sid >= KEPT
}

/// Says what is wrong with the numbers of the rows' rules.
pub(super) fn check(policy: &Policy, by_sid: &[(Sid, u32)], out: &mut Output<'_>) {
    let shared = by_sid.windows(2).any(|pair| pair[0].0 == pair[1].0);
    let kept = |&(sid, at): &(Sid, u32)| {
        is_reserved(sid.0) && matches!(out.origins.get(at as usize), Some(Origin::Rule(_)))
    };
    let mut found = Vec::new();
    if shared || by_sid.iter().any(kept) {
        found.extend(clashes(policy, out));
        found.extend(reserved(policy, out));
    }
    found.extend(provisional(policy));
    out.diagnostics.extend(found);
}

/// The rules in the order of their sids: each sid with the place of its rule, the first where several have it.
pub(super) fn by_sid(rules: &[Arc<suricata::Rule>]) -> Vec<(Sid, u32)> {
    let mut all: Vec<(Sid, u32)> = rules.iter().map(|rule| rule.sid).zip(0..).collect();
    all.sort_unstable();
    all
}

/// Each sid of a row's rule with the row, in the order of sids.
fn numbered(out: &Output<'_>) -> Vec<(u32, RulePlace)> {
    let all = out.rules.iter().zip(&out.origins);
    let mut all: Vec<(u32, RulePlace)> = all
        .filter_map(|(rule, origin)| match origin {
            Origin::Rule(place) => Some((rule.sid.0, *place)),
            _ => None,
        })
        .collect();
    all.sort_unstable();
    all
}

/// Rows that share a sid, once for each pair.
fn clashes(policy: &Policy, out: &Output<'_>) -> Vec<Diagnostic> {
    let numbered = numbered(out);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for pair in numbered.windows(2) {
        let [(sid, first), (other, second)] = pair else { continue };
        if sid != other || first == second || !seen.insert((*first, *second)) {
            continue;
        }
        let (line, at) = (policy.line_of(*first), policy.name_place(*second));
        let (Some(first), Some(rule)) = (policy.rule(*first), policy.rule(*second)) else {
            continue;
        };
        let count = numbered.iter().filter(|(_, place)| place == second).count();
        let message = say::sid_clash(&rule.name.value, &first.name.value, *sid, line);
        found.push(
            Diagnostic::error("sid-clash", at, message)
                .help(say::sid_clash_help(&rule.name.value, count)),
        );
    }
    found
}

/// Rows with a sid in the bands that are kept free.
fn reserved(policy: &Policy, out: &Output<'_>) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let numbered = numbered(out).into_iter();
    let bad = numbered.filter(|(sid, place)| is_reserved(*sid) && seen.insert(*place));
    bad.filter_map(|(sid, place)| {
        let rule = policy.rule(place)?;
        let message = say::sid_reserved(&rule.name.value, sid);
        let at = policy.name_place(place);
        // Rules from elsewhere often count from 1: their log lines may be mistaken, but they work.
        let by_hand = matches!(rule.body, RuleBody::Suricata(_)) && sid < FIRST;
        let found = if by_hand {
            Diagnostic::warning("sid-reserved", at, message)
        } else {
            Diagnostic::error("sid-reserved", at, message)
        };
        Some(found.help(say::SID_RESERVED_HELP))
    })
    .collect()
}

/// One note for all rows whose numbers hang on their names.
fn provisional(policy: &Policy) -> Option<Diagnostic> {
    let without = |rule: &Rule| rule.sid.is_none() && matches!(rule.body, RuleBody::Match(_));
    let mut all = policy.rule_groups.iter().enumerate().flat_map(|(group, of)| {
        let rules = of.rules.iter().enumerate().filter(|(_, rule)| without(rule));
        rules.map(move |(rule, _)| RulePlace { group, rule })
    });
    let first = policy.name_place(all.next()?)?;
    let message = say::sid_provisional(1 + all.count());
    let note = Diagnostic::note("sid-provisional", first, message);
    Some(note.help(say::SID_PROVISIONAL_HELP))
}
