//! Which address rows wait for names: those that would decide too early.

use std::collections::HashSet;
use std::sync::Arc;

use super::kept::{Asked, Asks};
use super::questions::{Ports, Question, Row, Side};
use super::rows::Step;
use crate::net::{Action, IpSet, PortSet};

/// Whether an address question with drop or reject must not act before the name is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waiting {
    /// It may act on the first packet.
    No,
    /// It waits.
    Yes {
        /// Whether a reset is at stake: the row rejects, or stands above one that rejects what both ask for.
        reset: bool,
    },
}

/// The connections that a question can be about.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    from: Arc<Side>,
    to: Arc<Side>,
    ports: Arc<Ports>,
}

/// What tells reaches apart: sides are shared by most rows that write the same. No ports: any.
type Key = (*const Side, *const Side, Option<PortSet>);

impl Reach {
    pub(super) fn of(row: &Row<'_>, question: &Question<'_>) -> Self {
        let (to, ports) = (Arc::clone(&question.to), Arc::clone(&question.ports));
        Self { from: Arc::clone(&row.from), to, ports }
    }

    pub(super) fn new(from: IpSet, to: IpSet, ports: PortSet) -> Self {
        let side = |set| Arc::new(Side { set, text: String::new() });
        let ports = Arc::new(Ports { set: ports, text: String::new() });
        Self { from: side(from), to: side(to), ports }
    }

    pub(super) fn ports(&self) -> &PortSet {
        &self.ports.set
    }

    fn meets(&self, other: &Self) -> bool {
        let side = |a: &Arc<Side>, b: &Arc<Side>| Arc::ptr_eq(a, b) || a.set.overlaps(&b.set);
        self.ports.set.overlaps(&other.ports.set)
            && side(&self.to, &other.to)
            && side(&self.from, &other.from)
    }

    /// What tells it from others.
    fn key(&self) -> Key {
        let ports = (!self.ports.set.is_any()).then(|| self.ports.set.clone());
        (Arc::as_ptr(&self.from), Arc::as_ptr(&self.to), ports)
    }
}

/// What stands above and decides late: name rows, and address rows that wait themselves.
#[derive(Default)]
struct Late<'a> {
    reaches: Vec<(Action, Reach)>,
    seen: HashSet<(Action, Key)>,
    /// Those of whole blocks.
    blocks: Vec<&'a [(Action, Reach)]>,
}

impl Late<'_> {
    fn add(&mut self, action: Action, reach: &Reach) {
        if self.seen.insert((action, reach.key())) {
            self.reaches.push((action, reach.clone()));
        }
    }

    fn meets(&self, action: Action, reach: &Reach) -> bool {
        let blocks = self.blocks.iter().flat_map(|block| *block);
        let mut all = self.reaches.iter().chain(blocks);
        all.any(|(other, r)| *other != action && r.meets(reach))
    }
}

/// Each of them once.
pub(super) fn distinct(reaches: Vec<(Action, Reach)>) -> Vec<(Action, Reach)> {
    let mut late = Late::default();
    reaches.iter().for_each(|(action, reach)| late.add(*action, reach));
    late.reaches
}

/// For each row of `steps`, in order, and each of its questions, whether it waits; nothing for a row that waits for none,
/// and for rows of a block, none of which would decide early.
pub(super) fn waiting(steps: &[Step<'_>]) -> Vec<Vec<Waiting>> {
    let mut all = vec![Vec::new(); steps.len()];
    let early = |step: &Step<'_>| step.asks().is_some_and(|asks| asks.early);
    let Some(last) = steps.iter().rposition(early) else { return all };
    let mut late = Late::default();
    for (step, waits) in steps.iter().zip(&mut all).take(last + 1) {
        if let Some(asks) = step.asks() {
            *waits = waiting_row(asks, &mut late);
        }
        // A hand-written rule that asks for what a protocol says is waited for as a name row is.
        if let Some((_, decided)) = step.by_hand() {
            late.reaches.extend_from_slice(decided);
        }
        if let Step::Same(_, block) = step {
            late.blocks.push(&block.late);
        }
    }
    resets(steps, &mut all);
    all
}

fn waiting_row(row: &Asks, late: &mut Late<'_>) -> Vec<Waiting> {
    if row.action == Action::Alert {
        return Vec::new();
    }
    let wait = |question: &Asked| {
        let early = row.action.blocks() && question.tcp_address;
        if early && late.meets(row.action, &question.reach) {
            Waiting::Yes { reset: row.action == Action::Reject }
        } else {
            Waiting::No
        }
    };
    let waits: Vec<Waiting> =
        if row.early { row.questions.iter().map(wait).collect() } else { Vec::new() };
    for (at, question) in row.questions.iter().enumerate() {
        if question.named || waits.get(at).is_some_and(|waits| *waits != Waiting::No) {
            late.add(row.action, &question.reach);
        }
    }
    if waits.iter().all(|waits| *waits == Waiting::No) { Vec::new() } else { waits }
}

/// A drop above a reject that it meets must answer the server in silence, or the reject would answer it.
fn resets(steps: &[Step<'_>], all: &mut [Vec<Waiting>]) {
    let mut below: Vec<Reach> = Vec::new();
    for (step, waits) in steps.iter().zip(all).rev() {
        let Some(row) = step.asks() else { continue };
        for (question, waits) in row.questions.iter().zip(waits) {
            let Waiting::Yes { reset } = waits else { continue };
            if row.action == Action::Reject {
                below.push(question.reach.clone());
            } else {
                *reset = below.iter().any(|b| b.meets(&question.reach));
            }
        }
    }
}
