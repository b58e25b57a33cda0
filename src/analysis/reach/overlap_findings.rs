//! Rows whose order decides, in words; all that overlap with the same row in one finding.

use std::collections::{BTreeMap, BTreeSet};

use super::overlaps::{Overlap, OverlapKind, Overlaps};
use crate::analysis::accepted::Accepts;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::{Text, order as names, overlap as say};
use crate::policy::{Policy, RulePlace};

/// How many findings are shown.
const SHOWN: usize = 40;

/// What overlaps with what, each told of one row: of the upper one where rows overlap, of the lower one where others above
/// are exceptions to it. They are told only when they are asked for: most are as they should be.
#[must_use]
pub fn overlapping(policy: &Policy, overlaps: &Overlaps) -> Vec<Diagnostic> {
    let accepts = Accepts::of(policy);
    let mut rows: BTreeMap<(RulePlace, &'static str), Vec<&Overlap>> = BTreeMap::new();
    for pair in &overlaps.pairs {
        let row = match pair.kind {
            OverlapKind::Correlated | OverlapKind::Open => (pair.above, "correlated-rules"),
            OverlapKind::Generalised => (pair.below, "generalised-rule"),
            // Told as such: `unreachable`.
            OverlapKind::Shadowed => continue,
        };
        rows.entry(row).or_default().push(pair);
    }
    let is_accepted = |((place, code), _): &(&(RulePlace, &'static str), &Vec<&Overlap>)| {
        accepts.is_accepted(code, *place)
    };
    let (accepted, open): (Vec<_>, Vec<_>) = rows.iter().partition(is_accepted);
    let shown = accepted.iter().chain(open.iter().take(SHOWN));
    let mut found: Vec<Diagnostic> =
        shown.filter_map(|((_, code), pairs)| finding(policy, code, pairs)).collect();
    let (told, left) = open.split_at(open.len().min(SHOWN));
    let places = |rows: &[(&(RulePlace, &'static str), &Vec<&Overlap>)]| -> BTreeSet<RulePlace> {
        rows.iter().map(|((place, _), _)| *place).collect()
    };
    let left = places(left).difference(&places(told)).count();
    if left > 0 {
        found.push(Diagnostic::note("correlated-rules", None, say::more(left)));
    }
    if !overlaps.open.is_empty() {
        let open = say::open(overlaps.open.len());
        found.push(Diagnostic::note("correlated-rules", None, open));
    }
    found
}

fn finding(policy: &Policy, code: &'static str, pairs: &[&Overlap]) -> Option<Diagnostic> {
    let (first, more) = (pairs.first()?, pairs.len() - 1);
    let example = example(policy, first);
    let (place, message, help) = match first.kind {
        OverlapKind::Correlated | OverlapKind::Open => {
            (first.above, say::correlated(&example, more), say::CORRELATED_HELP)
        }
        OverlapKind::Generalised => {
            (first.below, say::generalised(&example, more), say::GENERALISED_HELP)
        }
        OverlapKind::Shadowed => return None,
    };
    let note = Diagnostic::note(code, policy.name_place(place), message);
    Some(note.help(help).confidence(Confidence::Low))
}

/// The two rows and the request that shows that their order decides.
fn example(policy: &Policy, pair: &Overlap) -> say::Example {
    let name = |place: RulePlace| {
        let rule = policy.rule(place);
        rule.map_or_else(
            || Text::verbatim(""),
            |r| names::row(&r.name.value, policy.line_of(place)),
        )
    };
    let request = &pair.request;
    say::Example {
        above: name(pair.above),
        below: name(pair.below),
        request: request.to_string(),
        from: request.from.to_string(),
        to: request.dst.map(|to| to.to_string()).unwrap_or_default(),
        now: pair.now.word(),
        then: pair.then.word(),
    }
}

/// The pairs that a row is one of, a sentence for each.
#[must_use]
pub fn overlap_words(policy: &Policy, overlaps: &Overlaps) -> Vec<Text> {
    let words = |pair: &Overlap| {
        let example = example(policy, pair);
        match pair.kind {
            OverlapKind::Correlated | OverlapKind::Open => say::correlated(&example, 0),
            OverlapKind::Generalised => say::generalised(&example, 0),
            OverlapKind::Shadowed => say::shadowed(&example),
        }
    };
    overlaps.pairs.iter().map(words).collect()
}
