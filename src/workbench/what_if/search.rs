use std::sync::Arc;

use super::add::add;
use super::defaults::defaults;
use super::goal::{Candidate, Goal};
use super::moves::{enable, moves};
use super::narrow::narrow;
use super::reorder::why_no_order;
use super::sample::Sample;
use super::widen::widen;
use super::{Offer, OfferKind, Wanted, WhatIf};
use crate::compile::Compiled;
use crate::eval::Evaluator;
use crate::net::IpSet;
use crate::policy::Document;
use crate::workbench::answer::{decision_at, outcomes};
use crate::workbench::cases::{CaseResult, case_outcomes};
use crate::workbench::cases_asked::AskedCases;
use crate::workbench::fates::fates;
use crate::workbench::refresh::made_after;
use crate::workbench::{Answer, case_changes};

/// What is done for one edit grows with the rules, so that their number bounds how many edits are tried: this many times
/// rules, within these limits.
const WORK: usize = 30_000;
const FEWEST: usize = 12;
const MOST: usize = 64;
/// The same for the flows that are sampled.
const SAMPLE_WORK: usize = 80_000;
const SMALLEST_SAMPLE: usize = 64;
const LARGEST_SAMPLE: usize = 400;

/// Searches for edits of the document that give the request of `answer` the verdict wanted.
///
/// Each is applied to a copy of the document, as a session would, and offered only if the engine then gives the verdict:
/// to the likeliest server address, and to all others but those in [`Offer::except`]. The best come first: those that
/// leave out no address but where a row for that address decides, then those that break the fewest cases, then change
/// fewer flows by a magnitude, then are the smallest. Of edits of one kind with the same effects only the smallest is
/// offered. It is a search, not a proof: that nothing is offered does not mean that nothing would do.
///
/// It takes as long as some dozen edits, some of which compile the whole policy; a screen runs it beside the drawing.
#[must_use]
pub fn what_if(
    document: &Document,
    compiled: &Compiled,
    evaluator: &Evaluator,
    answer: &Answer,
    wanted: Wanted,
) -> WhatIf {
    let mut found =
        WhatIf { wanted, offers: Vec::new(), reordering: None, sampled: 0, tried: 0, left_out: 0 };
    let whole;
    let answer = if answer.whole {
        answer
    } else {
        whole = outcomes(document.policy(), compiled, evaluator, &answer.request, usize::MAX);
        &whole
    };
    if wanted.has(answer) {
        return found;
    }
    let goal = Goal::new(document, compiled, answer, wanted);
    let rules = compiled.ruleset.rules.len().max(1);
    let mut candidates = candidates(&goal);
    let most = (WORK / rules).clamp(FEWEST, MOST);
    found.left_out = candidates.len().saturating_sub(most);
    candidates.truncate(most);
    let limit = (SAMPLE_WORK / rules).clamp(SMALLEST_SAMPLE, LARGEST_SAMPLE);
    let asked = AskedCases::new(goal.policy, goal.compiled, evaluator, None);
    let before = Before {
        evaluator,
        cases: case_outcomes(goal.policy, compiled, &asked),
        asked,
        sample: Sample::new(&goal, evaluator, limit),
    };
    found.tried = candidates.len();
    found.sampled = before.sample.len();
    let mut offers: Vec<(usize, Offer)> = Vec::new();
    candidates.sort_by_key(|candidate| candidate.weight);
    for candidate in candidates {
        if let Some(offer) = tried(&goal, &before, &candidate)
            && !offers.iter().any(|(_, other)| same_effects(other, &offer))
        {
            offers.push((candidate.weight, offer));
        }
    }
    offers.sort_by_key(|(weight, offer)| {
        (
            !goal.of_their_own.covers(&offer.except),
            offer.broken(),
            magnitude(offer.flows.len()),
            *weight,
        )
    });
    found.offers = offers.into_iter().map(|(_, offer)| offer).collect();
    let by_moving = found.offers.iter().any(|offer| offer.kind == OfferKind::Move);
    found.reordering = if by_moving { None } else { why_no_order(&goal) };
    found
}

/// What the policy gives as it is.
struct Before<'a> {
    evaluator: &'a Evaluator,
    cases: Vec<CaseResult>,
    asked: AskedCases,
    sample: Sample,
}

/// The edits to be tried, the likeliest first.
fn candidates(goal: &Goal<'_>) -> Vec<Candidate> {
    let all = [enable(goal), moves(goal), widen(goal), add(goal), narrow(goal), defaults(goal)];
    let mut candidates: Vec<Candidate> = Vec::new();
    for candidate in all.into_iter().flatten() {
        if !candidates.iter().any(|other| other.edit == candidate.edit) {
            candidates.push(candidate);
        }
    }
    candidates
}

/// Makes the edit on a copy and looks what comes of it; `None` where it cannot be made, or does not do what is wanted.
fn tried(goal: &Goal<'_>, before: &Before<'_>, candidate: &Candidate) -> Option<Offer> {
    let mut document = goal.document.clone();
    document.apply(&candidate.edit).ok()?;
    let policy = document.policy();
    let of = Arc::downgrade(goal.document.shared());
    let (compiled, evaluator) = made_after(&document, Some((&of, goal.compiled, before.evaluator)));
    let fates = fates(&evaluator, goal.request);
    let is = |fate: &crate::workbench::fates::Fate| goal.wanted.is(fate.action(), fate.experience);
    let usual = fates.first().filter(|fate| is(fate))?;
    let (by, _) = decision_at(policy, &compiled, &evaluator, goal.request, usual.address);
    let others = fates.iter().filter(|fate| !is(fate));
    let except = others.fold(IpSet::empty(), |all, fate| all.union(&fate.set));
    if !goal.is_better(&except) {
        return None;
    }
    let asked =
        AskedCases::new(policy, &compiled, &evaluator, Some((&before.asked, before.evaluator)));
    let after = case_outcomes(policy, &compiled, &asked);
    Some(Offer {
        words: candidate.edit.words(goal.policy),
        edit: candidate.edit.clone(),
        kind: candidate.kind,
        by,
        except,
        cases: case_changes((goal.policy, &before.cases), (policy, &after)),
        flows: before.sample.changes(&evaluator),
    })
}

/// The magnitude of a number of sampled flows: none, up to 4, up to 16 … What a sample tells is no more than that, and
/// which of two edits is smaller says more than one flow.
fn magnitude(flows: usize) -> u32 {
    if flows == 0 { 0 } else { 1 + (flows - 1).checked_ilog(4).unwrap_or(0) }
}

/// Whether two edits of one kind do the same, as far as is known.
fn same_effects(a: &Offer, b: &Offer) -> bool {
    a.kind == b.kind
        && a.except == b.except
        && a.flows == b.flows
        && a.cases.len() == b.cases.len()
        && a.cases.iter().zip(&b.cases).all(|(a, b)| a.same_verdict(b))
}
