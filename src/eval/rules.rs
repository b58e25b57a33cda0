//! The rules of an evaluator. Each has a slot that it keeps while others come, go and move, so that an edit of few rules
//! touches little of what was made of the others.

use std::ops::Index;
use std::sync::Arc;

use super::explain::is_aimed;
use super::index::{FoundBy, telling};
use super::order::{Key, key};
use super::prepare::Prepared;
use crate::suricata::Rule;

/// The place of a rule that is there no more.
pub(super) const NOWHERE: u32 = u32::MAX;

/// A rule made ready, and what order and index need to know of it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The rule.
    pub rule: Arc<Prepared>,
    /// What action order sorts it by.
    pub key: Key,
    /// Among which phases of a packet it is asked.
    pub phase: usize,
    /// Whether it changes bits.
    pub sets_bits: bool,
    /// Whether it looks into a stream.
    pub streams: bool,
    /// Whether it may tell addresses of servers apart, on packets to the server and to the client.
    pub telling: Option<[bool; 2]>,
    /// By what it is found.
    pub by: FoundBy,
    /// Whether a condition on buffers or servers may be met although the index does not find it.
    pub loose: bool,
}

/// Rules in the order in which they are written, each made ready once.
#[derive(Debug)]
pub(super) struct Rules {
    /// The slots that were filled when the index was made from nothing.
    base: Arc<Vec<Entry>>,
    /// The slots behind them: rules that came since.
    added: Vec<Entry>,
    /// The slot of each rule.
    slots: Vec<u32>,
    /// The place of the rule in each slot, or [`NOWHERE`].
    places: Vec<u32>,
    /// Where each rule lies in memory. The slot keeps it, so no other rule can lie there.
    addresses: Vec<usize>,
}

impl Entry {
    pub(super) fn of(rule: Prepared) -> Self {
        let by = FoundBy::of(&rule);
        let one = matches!(by, FoundBy::Ending(..)) && rule.buffers.len() == 1;
        Self {
            key: key(&rule.rule),
            phase: rule.phase(),
            sets_bits: rule.sets_bits,
            streams: rule.looks_into_streams(),
            telling: telling(&rule),
            loose: is_aimed(&rule) || !rule.buffers.is_empty() && !one,
            by,
            rule: Arc::new(rule),
        }
    }
}

/// Where a rule lies in memory.
pub(super) fn address(rule: &Arc<Rule>) -> usize {
    Arc::as_ptr(rule).addr()
}

impl Rules {
    /// Every rule in a slot of its own, in order.
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        let numbers: Vec<u32> = (0..NOWHERE).take(entries.len()).collect();
        Self {
            addresses: entries.iter().map(|entry| address(&entry.rule.rule)).collect(),
            slots: numbers.clone(),
            places: numbers,
            added: Vec::new(),
            base: Arc::new(entries),
        }
    }

    /// The same rules' slots with `added` behind them, in another order: that of `slots`, all of which are filled.
    pub(super) fn with(&self, added: Vec<Entry>, slots: Vec<u32>, addresses: Vec<usize>) -> Self {
        let added: Vec<Entry> = self.added.iter().cloned().chain(added).collect();
        let mut places = vec![NOWHERE; self.base.len() + added.len()];
        for (place, slot) in (0..NOWHERE).zip(&slots) {
            places[*slot as usize] = place;
        }
        Self { base: Arc::clone(&self.base), added, slots, places, addresses }
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// The rule at a place.
    pub(super) fn get(&self, place: usize) -> Option<&Prepared> {
        self.slots.get(place).map(|slot| self.in_slot(*slot).rule.as_ref())
    }

    /// The rule at a place, with what is known of it.
    pub(super) fn entry(&self, place: usize) -> &Entry {
        self.in_slot(self.slots[place])
    }

    /// The rules in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Prepared> {
        self.slots.iter().map(|slot| self.in_slot(*slot).rule.as_ref())
    }

    /// What a slot holds, be it there still or not.
    pub(super) fn in_slot(&self, slot: u32) -> &Entry {
        let slot = slot as usize;
        self.base.get(slot).unwrap_or_else(|| &self.added[slot - self.base.len()])
    }

    /// The slot of the rule at a place.
    pub(super) fn slot(&self, place: usize) -> u32 {
        self.slots[place]
    }

    /// The slots of all rules, in order.
    pub(super) fn slots(&self) -> &[u32] {
        &self.slots
    }

    /// The place of the rule in a slot.
    pub(super) fn place(&self, slot: u32) -> Option<u32> {
        Some(self.places[slot as usize]).filter(|place| *place != NOWHERE)
    }

    /// Where each rule lies in memory.
    pub(super) fn addresses(&self) -> &[usize] {
        &self.addresses
    }

    /// What was there when the index was made from nothing, from slot 0.
    pub(super) fn base(&self) -> &[Entry] {
        &self.base
    }

    /// What came since, from the slot behind it, and is there still.
    pub(super) fn since(&self) -> impl Iterator<Item = (u32, &Entry)> {
        let slots = (0..NOWHERE).skip(self.base.len());
        slots.zip(&self.added).filter(|(slot, _)| self.place(*slot).is_some())
    }

    /// How many slots were filled ever.
    pub(super) fn filled(&self) -> usize {
        self.base.len() + self.added.len()
    }
}

impl Index<usize> for Rules {
    type Output = Prepared;

    fn index(&self, place: usize) -> &Prepared {
        &self.entry(place).rule
    }
}
