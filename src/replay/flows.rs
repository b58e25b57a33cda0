//! Connections of which several events tell: an alert before the client said anything, one with the name, a record at the end.
//!
//! Each counts once for every name and path that it asked for; where no event names any, once. What became of it is the last word of all
//! its events: what one without a name says holds for all it asked for.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::seen::Logged;
use super::tally::Row;

/// An event: its row, whether that says all that was asked for, and the outcome.
pub(super) type Event = (u32, bool, Logged);

/// Connections by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Flows {
    flows: HashMap<u64, Flow>,
    /// What else a connection asked for: several requests on one.
    more: HashMap<(u64, u32), Logged>,
}

/// What is known of a connection.
#[derive(Debug, Clone, Copy, Default)]
struct Flow {
    /// What it asked for first.
    named: Option<(u32, Logged)>,
    /// The row of an event that does not say what it asked for.
    nameless: Option<(u32, Logged)>,
}

impl Flows {
    /// Adds an event, where it can be remembered without remembering more than `most`; whether it could.
    pub(super) fn add(
        &mut self,
        number: u64,
        (row, named, logged): Event,
        most: usize,
        rows: &[Row],
    ) -> bool {
        let room = self.flows.len() + self.more.len() < most;
        let flow = match self.flows.entry(number) {
            Entry::Occupied(flow) => flow.into_mut(),
            Entry::Vacant(flow) if room => flow.insert(Flow::default()),
            Entry::Vacant(_) => return false,
        };
        if !named {
            flow.nameless = Some(match flow.nameless {
                None => (row, logged),
                Some((old, before)) => (tells_more(old, row, rows), before.max(logged)),
            });
            return true;
        }
        match &mut flow.named {
            None => flow.named = Some((row, logged)),
            Some((first, before)) if *first == row => *before = (*before).max(logged),
            Some(_) => match self.more.entry((number, row)) {
                Entry::Occupied(mut before) => {
                    let last = logged.max(*before.get());
                    before.insert(last);
                }
                Entry::Vacant(before) if room => {
                    before.insert(logged);
                }
                Entry::Vacant(_) => return false,
            },
        }
        true
    }

    /// Every request with what became of it.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = (u32, Logged)> + '_ {
        let first = self.flows.values().filter_map(|flow| match (flow.named, flow.nameless) {
            (Some((row, logged)), other) => {
                Some((row, logged.max(other.map_or(Logged::Nothing, |(_, logged)| logged))))
            }
            (None, nameless) => nameless,
        });
        let more = self.more.iter().map(|((flow, row), logged)| {
            let nameless = self.flows.get(flow).and_then(|flow| flow.nameless);
            (*row, (*logged).max(nameless.map_or(Logged::Nothing, |(_, logged)| logged)))
        });
        first.chain(more)
    }

    /// Every event that is remembered, in the order of connections.
    pub(super) fn events(&self) -> Vec<(u64, Event)> {
        let of = |(number, flow): (&u64, &Flow)| {
            let named = flow.named.map(|(row, logged)| (*number, (row, true, logged)));
            let nameless = flow.nameless.map(|(row, logged)| (*number, (row, false, logged)));
            [named, nameless].into_iter().flatten()
        };
        let more = self.more.iter().map(|((flow, row), logged)| (*flow, (*row, true, *logged)));
        let mut events: Vec<(u64, Event)> = self.flows.iter().flat_map(of).chain(more).collect();
        events.sort_unstable();
        events
    }
}

/// Of two rows that do not say all, the one that says more; the same whichever comes first.
fn tells_more(a: u32, b: u32, rows: &[Row]) -> u32 {
    let rank = |at: u32| {
        let row = &rows[at as usize];
        (row.unsaid, row.request.to_string(), row.request.from)
    };
    if a == b || rank(a) >= rank(b) { a } else { b }
}
