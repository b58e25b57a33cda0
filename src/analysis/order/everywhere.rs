//! The same over all flows of usual clients that a hand-written row is about, class by class: what examples do not show is
//! not missed.
//!
//! Where only rows are at work that were compiled, they keep their order (`docs/compile-table.md`), and nothing is asked.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

use super::ask::Ask;
use super::{OrderFinding, OrderKind};
use crate::analysis::flows::{Along, Class, Count, Decider, Fate, Subject, Tag, Universe, Walk};
use crate::analysis::flows::{Outcome, may_ask};
use crate::analysis::intent::Intent;
use crate::net::{Action, IpSet, Request, Scheme};
use crate::policy::RulePlace;

/// Rules times classes that are looked at: what that costs grows with both.
const WORK: usize = 300_000;

/// What was found, and what was not looked at.
#[derive(Default)]
pub(super) struct Everywhere {
    /// For each decider one finding.
    pub findings: Vec<OrderFinding>,
    /// Protocols of which it is not known of all flows.
    pub left_out: Vec<Scheme>,
}

/// Every row, or the default action, that decides something which another row is meant to.
pub(super) fn everywhere(ask: &Ask<'_>) -> Everywhere {
    let rules = ask.acting_by_hand();
    let mut all = Everywhere::default();
    if rules.is_empty() {
        return all;
    }
    let inside: IpSet = ask.policy.home_net.iter().copied().collect();
    let subject = [Subject { compiled: ask.compiled, evaluator: ask.evaluator }];
    let ruleset = &ask.compiled.ruleset.rules;
    let spoken = |scheme: &Scheme| rules.iter().any(|rule| may_ask(&ruleset[*rule], *scheme));
    let mut found: BTreeMap<Option<RulePlace>, OrderFinding> = BTreeMap::new();
    for scheme in Scheme::ALL.into_iter().filter(spoken) {
        let universe = Universe::new(scheme, &subject, Count::Acting, &inside, &Along::default());
        let readings = rules.iter().filter_map(|rule| universe.sides[0].reading_of(*rule));
        let only: HashSet<Tag> = readings.map(|at| Tag::new(0, at, false)).collect();
        if only.is_empty() {
            continue;
        }
        let mut walk = Walk::new(&universe, WORK / ruleset.len().max(1));
        walk.only = Some(&only);
        // What is decided before any name is known may be meant by rows that name one.
        walk.every_name = true;
        let mut doubt = !universe.names.lost.is_empty();
        let ended = walk.go(&mut |class| {
            if let Some(finding) = lost(ask, &universe, &class, &mut doubt) {
                found.entry(finding.by).or_insert(finding);
            }
            if ask.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if ended.is_break() || doubt {
            all.left_out.push(scheme);
        }
    }
    all.findings = found.into_values().collect();
    all
}

/// The finding about the flow that stands for a class, if another decides it than the row that is meant to; `doubt` is set
/// where it does not stand for all of them.
fn lost(
    ask: &Ask<'_>,
    universe: &Universe<'_>,
    class: &Class,
    doubt: &mut bool,
) -> Option<OrderFinding> {
    let request = &class.request;
    let live = class.live.iter().map(|tag| universe.reading(*tag).rule).collect();
    let says = ask.rows_say(request, Some(&live))?;
    // Below a group that others keep rows say nothing.
    if matches!(says, Intent::Unknown(_)) {
        return None;
    }
    let fate = class.fate(universe, 0, &class.live, &mut None);
    // What the rows say may vary although what becomes of the flows does not.
    let varies = class.live.iter().any(|tag| universe.reading(*tag).is_asked_otherwise());
    let stands = class.open.is_empty() && !class.lost && !varies && fate.is_certain();
    *doubt |= !stands;
    let fate = if stands { fate } else { class.exactly(universe, 0) };
    let Intent::Row(meant, action) = says else { return None };
    let by = decider(&fate).filter(|_| !class.lost)?;
    if by == Some(meant) || is_meant(fate.outcome, action) || !sees_all(ask, request) {
        return None;
    }
    let request = request.clone();
    let (kind, meant) = (OrderKind::DecidedEarlier, Some(meant));
    Some(OrderFinding { kind, meant, action, by, request, before: None })
}

/// The row that decides for certain, or else the default action; nothing where rows have no say, or it cannot be told.
fn decider(fate: &Fate) -> Option<Option<RulePlace>> {
    match fate.by.filter(|_| fate.is_certain())? {
        Decider::Rule(group, rule) => Some(Some(RulePlace { group, rule })),
        Decider::Default => Some(None),
        Decider::Managed(_)
        | Decider::Stateless(..)
        | Decider::StatelessDefault
        | Decider::StreamException
        | Decider::Unseen => None,
    }
}

fn is_meant(outcome: Outcome, action: Action) -> bool {
    outcome == Outcome::Unknown || outcome.action() == Some(action)
}

fn sees_all(ask: &Ask<'_>, request: &Request) -> bool {
    request.dst.is_some_and(|dst| ask.evaluator.sees_all(&request.flow(dst)))
}
