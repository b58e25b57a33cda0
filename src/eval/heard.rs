//! Whether a flow can notice what changed between two evaluators.

use std::net::IpAddr;
use std::sync::Arc;

use super::destinations::tells_apart;
use super::evaluator::Wanted;
use super::index::said;
use super::packets::Packet;
use super::rules::Entry;
use super::{Evaluator, Trace};
use crate::net::Flow;

/// What decides by which rules a flow is noticed, kept to be asked again after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The client, as the engine takes it.
    client: IpAddr,
    /// The client, as it is, and the ports.
    flow: Flow,
    /// What the packets say, by buffer.
    said: Vec<(&'static str, Vec<u8>)>,
}

impl Heard {
    fn of(flow: &Flow, seen: &Flow, packets: &[Packet]) -> Self {
        let said = said(packets).into_iter().map(|(name, bytes)| (name, bytes.to_vec()));
        Self { client: seen.src, flow: flow.clone(), said: said.collect() }
    }

    /// Whether both tell the same: flows to other servers mostly do.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        let of =
            |heard: &Self| (heard.client, heard.flow.src, heard.flow.src_port, heard.flow.dst_port);
        of(self) == of(other) && self.said == other.said
    }

    /// Whether a rule may match the flow, change what the engine looks into, or tell servers apart for its client.
    fn notices(&self, entry: &Entry, behind_stateless: bool) -> bool {
        let said = || self.said.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
        entry.streams
            || entry.by.finds(self.client, said())
            || tells_apart(entry, behind_stateless, &self.flow)
    }
}

impl Evaluator {
    /// [`Evaluator::decide`], and what tells whether another evaluator decides the same.
    #[must_use]
    pub fn decide_and_hear(&self, flow: &Flow) -> (Trace, Heard) {
        let mut heard = None;
        let trace = self.trace_and_hear(flow, Wanted::Nothing, &mut |seen, packets| {
            heard = Some(Heard::of(flow, seen, packets));
        });
        (trace, heard.unwrap_or_else(|| Heard::of(flow, flow, &[])))
    }

    /// Whether it is known that a flow of which this was heard fares as it did with `before`, and that the same servers are told
    /// apart for its client: this evaluator was made [after](Evaluator::after) that one, and no rule that came, went or moved
    /// since is found for such a flow.
    #[must_use]
    pub fn decides_as(&self, before: &Self, heard: &Heard) -> bool {
        let behind_the_same = || match (&self.stateless, &before.stateless) {
            (None, None) => true,
            (Some(now), Some(before)) => Arc::ptr_eq(now, before) || now == before,
            (None, Some(_)) | (Some(_), None) => false,
        };
        let since = self.made.since.as_ref().filter(|since| since.is_since(&before.rules));
        let unnoticed = Arc::ptr_eq(&self.rules, &before.rules)
            || since.is_some_and(|s| {
                !s.changed.iter().any(|entry| heard.notices(entry, self.stateless.is_some()))
            });
        unnoticed && behind_the_same()
    }
}
