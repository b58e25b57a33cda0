use proptest::prelude::*;
use sekisho::analysis::{Change, Compared, Impact, impact};
use sekisho::net::Request;

use crate::policies::{Edit, Shape, any_edit, any_row, any_shape, by_hand, requests};
use crate::{Ready, try_random, typed};

/// Of all requests every so many is asked of a policy, beginning somewhere.
const STEP: usize = 11;

fn compared(ready: &Ready) -> Compared<'_> {
    Compared {
        policy: ready.document.policy(),
        compiled: &ready.compiled,
        evaluator: &ready.evaluator,
    }
}

fn impact_of(old: &str, new: &str) -> (Ready, Ready, Impact) {
    let (old, new) = (Ready::new(old), Ready::new(new));
    let impact = impact(compared(&old), compared(&new));
    (old, new, impact)
}

/// The first request about which the impact says something wrong, or nothing although it must.
fn fault(shape: &Shape, edit: &Edit, offset: usize) -> Option<String> {
    let (old_text, new_text) = (shape.text(), shape.edited(edit).text());
    let (old, new, impact) = impact_of(&old_text, &new_text);
    let asked = requests();
    let asked = asked.iter().skip(offset).step_by(STEP);
    let fault = asked.filter_map(|request| wrong(&old, &new, &impact, request)).next();
    let fault = fault.or_else(|| untrue(&old, &new, &impact));
    let fault = fault.or_else(|| needless(&old_text, &new_text, &impact))?;
    let rules = |ready: &Ready| ready.compiled.text(ready.document.policy());
    Some(format!("{fault}\n{old_text}\n{}\n--- {edit:?}\n{new_text}\n{}", rules(&old), rules(&new)))
}

fn wrong(old: &Ready, new: &Ready, impact: &Impact, request: &Request) -> Option<String> {
    let (before, after) = (old.outcome(request), new.outcome(request));
    let changes: Vec<&Change> =
        impact.changes.iter().filter(|c| c.flows.contains(request)).collect();
    let open = impact.cannot_tell.iter().any(|d| d.flows.contains(request));
    let from = request.from;
    let to = request.dst.unwrap();
    let told = |fault: &str| {
        Some(format!(
            "{fault}: {request} from {from} to {to}: {before:?} -> {after:?}; {changes:#?}"
        ))
    };
    match (before, after) {
        (Some(before), Some(after)) if before == after => {
            if changes.is_empty() || open {
                None
            } else {
                told("false change")
            }
        }
        (Some(before), Some(after)) => {
            let right = |c: &&&Change| (c.before.outcome, c.after.outcome) == (before, after);
            if changes.iter().any(|c| right(&c)) || open { None } else { told("missed change") }
        }
        // Where it cannot be told, either that is said, or nothing that matters to it has changed.
        _ if before != after && !open => told("missed doubt"),
        _ => None,
    }
}

/// A change whose witness does not show it, or cannot be typed.
fn untrue(old: &Ready, new: &Ready, impact: &Impact) -> Option<String> {
    let changes = impact.changes.iter().find(|change| {
        let request = &change.flows.witness;
        let typed = typed(request);
        typed.flow(typed.dst.unwrap()) != request.flow(request.dst.unwrap())
            || !change.flows.contains(request)
            || old.outcome(request) != Some(change.before.outcome)
            || new.outcome(request) != Some(change.after.outcome)
    });
    changes.map(|change| format!("not so: {change:#?}"))
}

/// What cannot be told although every row says plainly what it asks.
fn needless(old: &str, new: &str, impact: &Impact) -> Option<String> {
    let unclear = |text: &str| {
        ["regex:", "managed:", "suricata:", "stateless:"].iter().any(|w| text.contains(w))
    };
    let told =
        impact.cannot_tell.is_empty() && impact.beyond.is_empty() && impact.left_out.is_empty();
    let needless = !told && !unclear(old) && !unclear(new);
    needless.then(|| format!("could be told: {:#?}", impact.cannot_tell))
}

#[test]
fn no_change_is_missed_and_none_is_false() {
    let rows = prop::collection::vec(any_row(), 1..8);
    let inputs = (any_shape(rows), any_edit(any_row().boxed()), 0..STEP);
    try_random(25, inputs, |(shape, edit, offset)| fault(&shape, &edit, offset));
}

#[test]
fn no_change_is_missed_among_hand_written_rules() {
    let row = || prop_oneof![2 => any_row(), 3 => by_hand()];
    let rows = prop::collection::vec(row(), 1..7);
    let inputs = (any_shape(rows), any_edit(row().boxed()), 0..STEP);
    try_random(25, inputs, |(shape, edit, offset)| fault(&shape, &edit, offset));
}
