//! Which address rows wait for names: those that would decide too early.

use std::collections::HashSet;
use std::rc::Rc;

use super::hand_written::HandWrittenRow;
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
    from: Rc<Side>,
    to: Rc<Side>,
    ports: Rc<Ports>,
}

impl Reach {
    pub(super) fn of(row: &Row<'_>, question: &Question<'_>) -> Self {
        let (to, ports) = (Rc::clone(&question.to), Rc::clone(&question.ports));
        Self { from: Rc::clone(&row.from), to, ports }
    }

    pub(super) fn new(from: IpSet, to: IpSet, ports: PortSet) -> Self {
        let side = |set| Rc::new(Side { set, text: String::new() });
        let ports = Rc::new(Ports { set: ports, text: String::new() });
        Self { from: side(from), to: side(to), ports }
    }

    fn meets(&self, other: &Self) -> bool {
        let side = |a: &Rc<Side>, b: &Rc<Side>| Rc::ptr_eq(a, b) || a.set.overlaps(&b.set);
        self.ports.set.overlaps(&other.ports.set)
            && side(&self.to, &other.to)
            && side(&self.from, &other.from)
    }

    /// What tells it from others: sides are shared by all rows that write the same.
    fn key(&self) -> (*const Side, *const Side, PortSet) {
        (Rc::as_ptr(&self.from), Rc::as_ptr(&self.to), self.ports.set.clone())
    }
}

/// What stands above and decides late: name rows, and address rows that wait themselves.
#[derive(Default)]
struct Late {
    reaches: Vec<(Action, Reach)>,
    seen: HashSet<(Action, (*const Side, *const Side, PortSet))>,
}

impl Late {
    fn add(&mut self, action: Action, reach: Reach) {
        if self.seen.insert((action, reach.key())) {
            self.reaches.push((action, reach));
        }
    }

    fn meets(&self, action: Action, reach: &Reach) -> bool {
        self.reaches.iter().any(|(other, r)| *other != action && r.meets(reach))
    }
}

/// For each row of `steps`, in order, and each of its questions, whether it waits.
pub(super) fn waiting(steps: &[Step<'_>]) -> Vec<Vec<Waiting>> {
    let mut late = Late::default();
    let mut all: Vec<Vec<Waiting>> = steps
        .iter()
        .map(|step| match step {
            Step::Row(row) => waiting_row(row, &mut late),
            Step::HandWritten(row) => {
                hand_written(row, &mut late);
                Vec::new()
            }
            Step::Managed(_) => Vec::new(),
        })
        .collect();
    resets(steps, &mut all);
    all
}

fn waiting_row(row: &Row<'_>, late: &mut Late) -> Vec<Waiting> {
    if row.action == Action::Alert {
        return vec![Waiting::No; row.questions.len()];
    }
    let wait = |question: &Question<'_>| {
        let early = row.action.blocks() && question.is_tcp_address();
        if early && late.meets(row.action, &Reach::of(row, question)) {
            Waiting::Yes { reset: row.action == Action::Reject }
        } else {
            Waiting::No
        }
    };
    let waits: Vec<Waiting> = row.questions.iter().map(wait).collect();
    for (question, waits) in row.questions.iter().zip(&waits) {
        if question.is_named() || *waits != Waiting::No {
            late.add(row.action, Reach::of(row, question));
        }
    }
    waits
}

/// A hand-written rule that asks for what a protocol says is waited for as a name row is.
fn hand_written(row: &HandWrittenRow, late: &mut Late) {
    for (action, reach) in &row.late {
        late.reaches.push((*action, reach.clone()));
    }
}

/// A drop above a reject that it meets must answer the server in silence, or the reject would answer it.
fn resets(steps: &[Step<'_>], all: &mut [Vec<Waiting>]) {
    let mut below: Vec<Reach> = Vec::new();
    for (step, waits) in steps.iter().zip(all).rev() {
        let Step::Row(row) = step else { continue };
        for (question, waits) in row.questions.iter().zip(waits) {
            let Waiting::Yes { reset } = waits else { continue };
            let reach = Reach::of(row, question);
            if row.action == Action::Reject {
                below.push(reach);
            } else {
                *reset = below.iter().any(|b| b.meets(&reach));
            }
        }
    }
}
