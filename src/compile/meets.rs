//! Which address rows wait for names: those that would decide too early.

use std::collections::HashSet;
use std::sync::Arc;

use super::block::Block;
use super::kept::{Asked, Asks, KeptRow};
use super::questions::{Ports, Question, Row, Side};
use super::rows::{Source, Step};
use super::steps::Blocks;
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

impl Waiting {
    pub(super) const fn is_yes(self) -> bool {
        matches!(self, Self::Yes { .. })
    }
}

/// Whether the question of a row with this number is among those that wait.
pub(super) fn waits(questions: &[Waiting], number: usize) -> bool {
    questions.get(number).is_some_and(|waits| waits.is_yes())
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
struct Late {
    reaches: Vec<(Action, Reach)>,
    seen: HashSet<(Action, Key)>,
    /// Those of whole blocks.
    blocks: Vec<Arc<Block>>,
}

impl Late {
    fn add(&mut self, (action, reach): (Action, Reach)) {
        if self.seen.insert((action, reach.key())) {
            self.reaches.push((action, reach));
        }
    }

    fn meets(&self, action: Action, reach: &Reach) -> bool {
        let blocks = self.blocks.iter().flat_map(|block| &block.late);
        let mut all = self.reaches.iter().chain(blocks);
        all.any(|(other, r)| *other != action && r.meets(reach))
    }
}

/// Each of them once.
pub(super) fn distinct(reaches: Vec<(Action, Reach)>) -> Vec<(Action, Reach)> {
    let mut late = Late::default();
    reaches.into_iter().for_each(|reach| late.add(reach));
    late.reaches
}

/// What may be decided late and was not before, or was and is no more: only what that meets waits otherwise than before.
#[derive(Default)]
struct Touched {
    reaches: Vec<(Action, Reach)>,
    /// What it is is not known.
    unknown: bool,
}

impl Touched {
    /// By rows that came and went.
    fn of(steps: &[Step<'_>], went: &[Option<Arc<KeptRow>>]) -> Self {
        let mut touched = Self::default();
        for row in went {
            match row.as_deref() {
                Some(row) => {
                    row.asks().into_iter().for_each(|asks| touched.add(asks));
                    let by_hand = row.gist.by_hand().into_iter();
                    touched.reaches.extend(by_hand.flat_map(|(_, late)| late).cloned());
                }
                None => touched.unknown = true,
            }
        }
        for step in steps {
            match step {
                Step::Row(_, Source::Words { asks, .. }) => touched.add(asks),
                Step::Row(_, Source::ByHand { gist, .. }) => {
                    let late = gist.by_hand().into_iter().flat_map(|(_, late)| late);
                    touched.reaches.extend(late.cloned());
                }
                Step::Row(_, Source::Kept(_) | Source::Nothing { .. })
                | Step::Same(..)
                | Step::Managed(_) => {}
            }
        }
        touched
    }

    /// Adds all that a row may decide late.
    fn add(&mut self, asks: &Asks) {
        self.reaches.extend(asks.late(&[]));
        self.reaches.extend(asks.early());
    }

    /// Whether some row of a block may wait otherwise than before.
    fn meets(&self, block: &Block) -> bool {
        let meets = |(action, reach): &(Action, Reach)| {
            self.reaches.iter().any(|(other, r)| other != action && r.meets(reach))
        };
        !block.early.is_empty() && (self.unknown || block.early.iter().any(meets))
    }
}

/// The steps, with blocks taken apart of which some row may wait otherwise than before; and for each and each of its questions,
/// whether it waits: nothing for a row that waits for none, and for blocks, whose rows wait as before.
///
/// `went` are the rows that are there no more.
pub(super) fn waiting<'a>(
    steps: Vec<Step<'a>>,
    went: &[Option<Arc<KeptRow>>],
    blocks: &mut Blocks<'_>,
) -> (Vec<Step<'a>>, Vec<Vec<Waiting>>) {
    let early = |step: &Step<'_>| match step {
        Step::Same(_, block) => !block.early.is_empty(),
        step => step.asks().is_some_and(|asks| asks.early().next().is_some()),
    };
    let Some(last) = steps.iter().rposition(early) else {
        let waits = vec![Vec::new(); steps.len()];
        return (steps, waits);
    };
    let mut touched = Touched::of(&steps, went);
    let mut late = Late::default();
    let mut all = Vec::with_capacity(steps.len());
    for (at, step) in steps.into_iter().enumerate() {
        match step {
            Step::Same(first, block) if touched.meets(&block) => {
                for step in blocks.take_apart(first, block) {
                    let waits = waiting_step(&step, &mut late, &mut touched);
                    all.push((step, waits));
                }
            }
            Step::Same(first, block) => {
                late.blocks.push(Arc::clone(&block));
                all.push((Step::Same(first, block), Vec::new()));
            }
            // Nothing below could decide early.
            step if at > last => all.push((step, Vec::new())),
            step => {
                let waits = waiting_step(&step, &mut late, &mut touched);
                all.push((step, waits));
            }
        }
    }
    resets(&mut all);
    all.into_iter().unzip()
}

/// Whether the questions of a row wait.
fn waiting_step(step: &Step<'_>, late: &mut Late, touched: &mut Touched) -> Vec<Waiting> {
    // A hand-written rule that asks for what a protocol says is waited for as a name row is.
    if let Some((_, decided)) = step.by_hand() {
        late.reaches.extend_from_slice(decided);
    }
    let Some(asks) = step.asks() else { return Vec::new() };
    let waits = waiting_row(asks, late);
    let was = match step {
        Step::Row(_, Source::Kept(row)) => row.waits.as_slice(),
        _ => &[],
    };
    if !waits.iter().map(|waits| waits.is_yes()).eq(was.iter().map(|waits| waits.is_yes())) {
        touched.add(asks);
    }
    waits
}

fn waiting_row(row: &Asks, late: &mut Late) -> Vec<Waiting> {
    if row.action == Action::Alert {
        return Vec::new();
    }
    let wait = |question: &Asked| {
        if row.is_early(question) && late.meets(row.action, &question.reach) {
            Waiting::Yes { reset: row.action == Action::Reject }
        } else {
            Waiting::No
        }
    };
    let mut waits: Vec<Waiting> = row.questions.iter().map(wait).collect();
    if !waits.iter().any(|waits| waits.is_yes()) {
        waits = Vec::new();
    }
    row.late(&waits).for_each(|reach| late.add(reach));
    waits
}

/// A drop above a reject that it meets must answer the server in silence, or the reject would answer it.
///
/// Of blocks it is known: a drop that waits makes every reject below wait that it meets, so that a reject which comes, goes or
/// begins to wait without such a drop's waiting anew meets none.
fn resets(all: &mut [(Step<'_>, Vec<Waiting>)]) {
    let mut below: Vec<Reach> = Vec::new();
    for (step, waits) in all.iter_mut().rev() {
        if let Step::Same(_, block) = step {
            below.extend_from_slice(&block.rejected);
        }
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
