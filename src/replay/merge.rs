//! Tallies joined: what was counted of another part of the logs, within the bounds.

use std::collections::HashMap;
use std::hash::Hash;

use super::decision::Fate;
use super::report::Fates;
use super::seen::{Logged, Place};
use super::tally::{Beyond, LOGGED, Row, Tally, add};

impl Tally {
    /// Adds what was counted of another part. Where no bound is met, it is as if both had been counted at once.
    pub fn merge(&mut self, other: Self) {
        let files = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.paired += other.paired;
        // Threads count parts of the same files.
        let moved = if other.files.is_empty() { 0 } else { files };
        let at = |place: Place| Place { file: place.file.saturating_add(moved), ..place };
        let numbers: Vec<u32> = other.decisions.into_iter().map(|d| self.decision(d)).collect();
        let number = |old: u32| numbers[old as usize];
        let mut places = Vec::with_capacity(other.rows.len());
        for row in other.rows {
            let row = Row {
                decision: number(row.decision),
                before: row.before.map(number),
                first: at(row.first),
                ..row
            };
            places.push(self.add_counted(row));
        }
        for (flow, (row, named, logged)) in other.flows.events() {
            self.add_event(flow, &places[row as usize], (named, logged));
        }
        self.merge_beyond(other.beyond, number);
        for (kind, lines) in other.lines {
            *self.lines.entry(kind).or_default() += lines;
        }
        self.first_unreadable.extend(other.first_unreadable.into_iter().map(|(p, w)| (at(p), w)));
        self.first_unreadable.sort_by_key(|(place, _)| *place);
        self.first_unreadable.truncate(self.bounds.unreadable);
        self.files.extend(other.files);
        self.troubles.extend(other.troubles);
        self.other += other.other;
        self.unpaired += other.unpaired;
        self.unreadable += other.unreadable;
        self.cancelled |= other.cancelled;
        self.against |= other.against;
        if self.rules.is_empty() {
            self.rules = other.rules;
        }
        if self.policy.is_empty() {
            self.policy = other.policy;
        }
    }

    /// Adds a row with its counts; gives it back when there is no room.
    pub(super) fn add_counted(&mut self, row: Row) -> Result<u32, Box<Row>> {
        let Some(known) = self.same_row(&row) else {
            let added = self.add_row(row);
            if let Err(row) = &added
                && row.requests() > 0
            {
                self.add_beyond(row);
            }
            return added;
        };
        let old = &mut self.rows[known as usize];
        let mut counts = old.counts;
        add(&mut counts, &row.counts);
        if row.first < old.first {
            *old = row;
        }
        old.counts = counts;
        Ok(known)
    }

    /// Adds an event of a connection that another tally remembered: whether it is named, and its outcome. Where it cannot be
    /// remembered here, it is counted.
    pub(super) fn add_event(
        &mut self,
        flow: u64,
        row: &Result<u32, Box<Row>>,
        (named, logged): (bool, Logged),
    ) {
        if let Ok(row) = row
            && self.flows.add(flow, (*row, named, logged), self.bounds.flows, &self.rows)
        {
            return;
        }
        self.unpaired += 1;
        self.paired = self.paired.saturating_sub(1);
        match row {
            Ok(row) => self.rows[*row as usize].counts[logged.index()] += 1,
            Err(row) => {
                let mut counts = [0; LOGGED];
                counts[logged.index()] = 1;
                self.add_beyond(&Row { counts, ..(**row).clone() });
            }
        }
    }

    /// Counts a row that is not kept.
    pub(super) fn add_beyond(&mut self, row: &Row) {
        let (beyond, most) = (&mut self.beyond, self.bounds.names);
        let decided = beyond.decided.entry((row.decision, row.before)).or_default();
        add(decided, &row.counts);
        let mut fates = [0; Fate::ALL.len()];
        fates[self.decisions[row.decision as usize].fate.index()] = row.requests();
        let source = count_named(&mut beyond.sources, row.request.from, &fates, most);
        let host = count_named(&mut beyond.hosts, row.request.host.clone(), &fates, most);
        if !(source && host) {
            beyond.unnamed += row.requests();
        }
    }

    /// Adds what another tally counted beyond its bounds; `number` is what its decisions have here.
    pub(super) fn merge_beyond(&mut self, other: Beyond, number: impl Fn(u32) -> u32) {
        let (beyond, most) = (&mut self.beyond, self.bounds.names);
        for ((now, before), counts) in other.decided {
            let key = (number(now), before.map(&number));
            add(beyond.decided.entry(key).or_default(), &counts);
        }
        beyond.unnamed += other.unnamed;
        for (source, fates) in other.sources {
            if !count_named(&mut beyond.sources, source, &fates, most) {
                beyond.unnamed += fates.iter().sum::<u64>();
            }
        }
        for (host, fates) in other.hosts {
            if !count_named(&mut beyond.hosts, host, &fates, most) {
                beyond.unnamed += fates.iter().sum::<u64>();
            }
        }
    }
}

/// Counts requests by a name that is known, or for which there is room; whether it is.
fn count_named<N: Eq + Hash>(
    names: &mut HashMap<N, Fates>,
    name: N,
    fates: &Fates,
    most: usize,
) -> bool {
    let takes = names.len() < most || names.contains_key(&name);
    if takes {
        add(names.entry(name).or_default(), fates);
    }
    takes
}
