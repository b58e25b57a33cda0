//! What stateless rules did to a request, led back to the rows that a person knows.

use super::answer::Decider;
use crate::compile::Compiled;
use crate::eval::{Gap, PacketStep, Sight, Trace, Verdict};
use crate::messages::{Text, stateless as say};
use crate::net::StatelessAction;
use crate::policy::{Policy, StatelessPlace};

/// A stateless rule, as a person names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatelessName {
    /// Where it stands.
    pub place: StatelessPlace,
    /// Its name.
    pub name: String,
    /// Its group.
    pub group: String,
    /// Priority of the group, and of the rule in it.
    pub priorities: (u32, u32),
}

/// Who decided before the stateful rules: the stateless rule with this index, or the default action.
pub(super) fn stateless_decider(
    policy: &Policy,
    compiled: &Compiled,
    by: Option<usize>,
) -> Decider {
    match by.and_then(|by| stateless_name(policy, compiled, by)) {
        Some(name) => Decider::Stateless(name),
        None => Decider::StatelessDefault(policy.stateless.default_action),
    }
}

fn stateless_name(policy: &Policy, compiled: &Compiled, rule: usize) -> Option<StatelessName> {
    let origin = compiled.stateless_origin(rule)?;
    let group = policy.stateless.rule_groups.get(origin.place.group)?;
    Some(StatelessName {
        place: origin.place,
        name: group.rules.get(origin.place.rule)?.name.value.clone(),
        group: group.name.value.clone(),
        priorities: (group.priority.value, origin.priority),
    })
}

/// What stands behind the colon of a sentence when stateless rules decided.
pub(super) fn because_stateless(trace: &Trace) -> Text {
    let asked = trace.packets.iter().any(reaches_stateful);
    if asked { say::BEFORE.into() } else { say::NEVER_SEEN.into() }
}

/// Whether a packet reaches the stateful rules.
pub(super) fn reaches_stateful(packet: &PacketStep) -> bool {
    packet.stateless.action == StatelessAction::Forward
}

/// What stands behind the colon when the stream exception policy decided.
pub(super) fn because_midstream(policy: &Policy, compiled: &Compiled, trace: &Trace) -> Text {
    say::not_seen_to_begin(&taken_by(policy, compiled, trace, None))
}

/// What is not known where stateless rules take packets away, as sentences name it.
pub(super) fn gap_words(policy: &Policy, compiled: &Compiled, trace: &Trace, gap: Gap) -> Text {
    let by = taken_by(policy, compiled, trace, None);
    match gap {
        Gap::Hole => say::gap_hole(&by),
        Gap::Midstream => say::gap_midstream(&by),
        Gap::Flags => say::GAP_FLAGS.into(),
    }
}

/// Says it when the stateful rules see only some packets of a flow.
pub(super) fn seen_in_part(policy: &Policy, compiled: &Compiled, trace: &Trace) -> Option<Text> {
    // Of a connection that they do not see begin the sentence itself says so.
    let midstream = matches!(trace.verdict, Verdict::Midstream { .. });
    if midstream || trace.sight != Sight::Part {
        return None;
    }
    let taken = |to_server: bool| {
        let mut way = trace.packets.iter().filter(|packet| packet.to_server == to_server);
        way.clone().next().is_some()
            && way.all(|packet| packet.stateless.action == StatelessAction::Pass)
    };
    let by = |to_server| taken_by(policy, compiled, trace, Some(to_server));
    Some(match (taken(true), taken(false)) {
        (true, _) => say::only_answers_seen(&by(true)),
        (false, true) => say::only_client_seen(&by(false)),
        (false, false) => say::some_packets_seen(&taken_by(policy, compiled, trace, None)),
    })
}

/// Who took the first packet of a flow, or of one direction, from the stateful rules.
fn taken_by(policy: &Policy, compiled: &Compiled, trace: &Trace, to_server: Option<bool>) -> Text {
    let mut packets = trace.packets.iter();
    let taken = packets.find(|packet| {
        to_server.is_none_or(|way| way == packet.to_server) && !reaches_stateful(packet)
    });
    let by = taken.and_then(|packet| packet.stateless.by);
    stateless_decider(policy, compiled, by).words()
}
