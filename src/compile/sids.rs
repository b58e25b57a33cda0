//! Numbers of rules: stable, apart, and outside the bands that logs take for something else.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;

use super::Origin;
use super::block::Block;
use super::kept::Kept;
use super::output::Done;
use crate::diagnostic::Diagnostic;
use crate::messages::compile as say;
use crate::net::Sid;
use crate::policy::{Policy, Rule, RuleBody, RulePlace};

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
pub(super) const fn is_reserved(sid: u32) -> bool {
    sid < FIRST || sid >= KEPT
}

/// Where sids are found: blocks, and the rules around them, with the places of their rules.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    blocks: Vec<(Arc<Block>, usize)>,
    around: Vec<(Sid, usize)>,
    /// The place of the first rule with each sid; made when one is asked for.
    firsts: OnceLock<HashMap<Sid, usize>>,
}

impl Numbers {
    pub(super) fn add_block(&mut self, block: &Arc<Block>, first: usize) {
        self.blocks.push((Arc::clone(block), first));
    }

    pub(super) fn add_rule(&mut self, sid: Sid, at: usize) {
        self.around.push((sid, at));
    }

    /// The places of the rules around the rows.
    pub(super) fn around(&self) -> impl Iterator<Item = usize> {
        self.around.iter().map(|(_, at)| *at)
    }

    /// The place of the first rule with this sid.
    pub(super) fn first(&self, sid: Sid) -> Option<usize> {
        let firsts = self.firsts.get_or_init(|| {
            let blocks = self.blocks.iter();
            let rows = blocks.flat_map(|(block, first)| {
                block.sids.iter().map(move |(sid, at)| (*sid, first + at))
            });
            let mut firsts = HashMap::with_capacity(self.blocks.len() * 512);
            for (sid, at) in rows.chain(self.around.iter().copied()) {
                let first = firsts.entry(sid).or_insert(at);
                *first = at.min(*first);
            }
            firsts
        });
        firsts.get(&sid).copied()
    }

    /// The places of all rules of rows with this sid, in order.
    fn in_rows(&self, sid: Sid) -> impl Iterator<Item = usize> {
        self.blocks
            .iter()
            .flat_map(move |(block, first)| block.with_sid(sid).map(move |at| first + at))
    }

    /// Whether two rules of rows have one sid.
    fn clash(&self) -> bool {
        let sids = self.blocks.iter().flat_map(|(block, _)| block.sids.iter().map(|(sid, _)| *sid));
        let mut all: Vec<Sid> = sids.collect();
        all.sort_unstable();
        all.windows(2).any(|pair| pair[0] == pair[1])
    }
}

/// So many rules are looked for one by one.
const FEW: usize = 100;

/// Says what is wrong with the numbers of the rows' rules, and returns whether no two have the same.
pub(super) fn check(policy: &Policy, kept: &Kept, done: &mut Done) -> bool {
    // Where there were no two, only one that is new could be the second.
    let apart = if kept.apart && done.fresh.len() <= FEW {
        done.fresh.iter().all(|rule| done.numbers.in_rows(rule.sid).nth(1).is_none())
    } else {
        !done.numbers.clash()
    };
    let mut found = Vec::new();
    if !apart || done.numbers.blocks.iter().any(|(block, _)| block.reserved) {
        let numbered = numbered(done);
        found.extend(clashes(policy, &numbered));
        found.extend(reserved(policy, &numbered));
    }
    found.extend(provisional(policy, kept));
    done.diagnostics.extend(found);
    apart
}

/// Each sid of a row's rule with the row, in the order of sids.
fn numbered(done: &Done) -> Vec<(u32, RulePlace)> {
    let all = done.rules.iter().zip(&done.origins);
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
fn clashes(policy: &Policy, numbered: &[(u32, RulePlace)]) -> Vec<Diagnostic> {
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
fn reserved(policy: &Policy, numbered: &[(u32, RulePlace)]) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let numbered = numbered.iter().copied();
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
fn provisional(policy: &Policy, kept: &Kept) -> Option<Diagnostic> {
    let (mut all, mut first) = (0, None);
    for (group, blocks) in kept.groups.iter().enumerate() {
        let mut begin = 0;
        for block in blocks {
            let (count, at) = block.unnumbered;
            first = first.or((count > 0).then_some(RulePlace { group, rule: begin + at }));
            all += count;
            begin += block.rows.len();
        }
    }
    let place = policy.name_place(first?)?;
    let note = Diagnostic::note("sid-provisional", place, say::sid_provisional(all));
    Some(note.help(say::SID_PROVISIONAL_HELP))
}
