//! Whether a flow can notice what changed between two evaluators.

use std::net::IpAddr;
use std::sync::Arc;

use super::Evaluator;
use super::index::said;
use super::packets::Packet;
use super::rules::Entry;
use super::servers::{may_fit, tells_apart};
use crate::net::Flow;

/// What decides by which rules a flow is noticed, kept to be asked again after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The client, as the engine takes it.
    client: IpAddr,
    /// The client, as it is, and the ports.
    flow: Flow,
    /// The servers to which the flow went; `None`: to all that rules tell apart.
    servers: Option<Vec<IpAddr>>,
    /// What the packets say, by buffer.
    said: Vec<(&'static str, Vec<u8>)>,
}

impl Heard {
    pub(super) fn of(flow: &Flow, seen: &Flow, packets: &[Packet]) -> Self {
        let said = said(packets).into_iter().map(|(name, bytes)| (name, bytes.to_vec()));
        Self { client: seen.src, flow: flow.clone(), servers: None, said: said.collect() }
    }

    /// The same of a flow that went to these servers alone: which servers are told apart does not count.
    #[must_use]
    pub fn at(self, servers: Vec<IpAddr>) -> Self {
        Self { servers: Some(servers), ..self }
    }

    /// Adds it, unless the same was heard: flows to other servers mostly tell the same.
    pub(super) fn add_to(self, heard: &mut Vec<Self>) {
        let of =
            |heard: &Self| (heard.client, heard.flow.src, heard.flow.src_port, heard.flow.dst_port);
        if !heard.iter().any(|old| of(old) == of(&self) && old.said == self.said) {
            heard.push(self);
        }
    }

    /// Whether a rule may match the flow, change what the engine looks into, or tell servers apart for its client.
    fn notices(&self, entry: &Entry, behind_stateless: bool) -> bool {
        let said = || self.said.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
        let fits = |server| may_fit(&entry.rule, &self.flow, server, behind_stateless);
        let may_meet = || match &self.servers {
            Some(servers) => servers.iter().any(|server| fits(Some(*server))),
            None => fits(None),
        };
        entry.streams
            || may_meet() && entry.by.finds(self.client, said()) && entry.rule.may_hear(&self.said)
            || self.servers.is_none() && tells_apart(entry, behind_stateless, &self.flow)
    }
}

impl Evaluator {
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
