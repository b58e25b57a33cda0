//! What became of a flow: the stateless rules' part and the engine's, put together.

use super::experience::{experience, first_loss, request};
use super::sight::View;
use super::{Experience, Gap, PacketStep, RuleStep, RuleSteps, StatelessStep, Trace, Verdict};
use crate::net::{Action, StatelessAction, StreamPolicy, WirePacket};

/// The trace of a flow behind stateless rules; `engine` is that of the packets which the engine sees.
pub(super) fn behind(view: &View, engine: Trace, midstream: StreamPolicy) -> Trace {
    let Trace { verdict, decided_at, flow_action, stuck_at, rules, open, .. } = engine;
    let mut packets = sent(view, engine.packets);
    let rules = rules.into_vec().into_iter().map(|rule| placed(rule, view));
    let rules: Vec<RuleStep> = rules.collect();
    let place = |at: Option<usize>| at.and_then(|at| view.places.get(at).copied());
    // Only a drop is sure to hold behind a gap: what the engine takes for invalid it drops even from a passed flow.
    let dropper = flow_action.filter(|(action, _)| *action != Action::Pass);
    let sticks = dropper.map(|(_, sid)| (true, Some(sid)));
    let exception = view.midstream.filter(|_| midstream != StreamPolicy::Continue);
    let exception = exception.map(|_| (true, None));
    if let Some((dropped, by)) = sticks.or(exception) {
        let begins = view.places.last().map_or(0, |last| last + 1);
        for &at in view.forwarded.iter().filter(|at| **at >= begins) {
            packets[at].dropped = dropped;
            packets[at].decided_by = by;
        }
    }
    let (verdict, decided_at) = match verdict {
        Verdict::Undetermined { .. } => (verdict, place(decided_at)),
        Verdict::Decided { action, .. } if action.blocks() => (verdict, place(decided_at)),
        verdict => match unlit(view, dropper.is_some(), midstream) {
            Some(unlit) => (unlit, view.midstream.or(view.dark.map(|(at, _)| at))),
            None => {
                by_stateless(view, flow_action.is_some()).unwrap_or((verdict, place(decided_at)))
            }
        },
    };
    let dark = matches!(verdict, Verdict::Unseen { .. });
    if dark {
        packets.truncate(decided_at.map_or(0, |at| at + 1));
    } else if let Some((at, _)) = view.dark.filter(|_| dropper.is_none()) {
        packets.truncate(at);
    }
    let rejects = matches!(
        verdict,
        Verdict::Decided { action: Action::Reject, .. }
            | Verdict::Midstream { action: Action::Reject }
    );
    let unknown = dark || matches!(verdict, Verdict::Undetermined { .. });
    let experience = match unknown {
        true => Experience::CannotTell,
        false => {
            let missed = first_loss(&view.sent, |at| packets.get(at).is_some_and(|p| p.dropped));
            // A client that loses an acknowledgement to stateless rules sends nothing behind it.
            experience(&view.sent, missed.or_else(|| view.lost()), rejects)
        }
    };
    Trace {
        verdict,
        experience,
        decided_at,
        sight: view.sight,
        packets,
        flow_action,
        stuck_at: place(stuck_at),
        rules: RuleSteps::from(rules),
        open,
    }
}

/// The verdict where the engine's view of the packets alone does not give it; `dropped`: whether a drop stuck to the flow
/// before a gap.
pub(super) fn unlit(view: &View, dropped: bool, midstream: StreamPolicy) -> Option<Verdict> {
    match (view.midstream, midstream) {
        (Some(_), StreamPolicy::Drop) => return Some(Verdict::Midstream { action: Action::Drop }),
        (Some(_), StreamPolicy::Reject) => {
            return Some(Verdict::Midstream { action: Action::Reject });
        }
        (Some(_), StreamPolicy::Continue) => return Some(Verdict::Unseen { gap: Gap::Midstream }),
        (None, _) => {}
    }
    let gap = view.dark.map(|(_, gap)| gap);
    gap.filter(|gap| !(dropped && *gap == Gap::Hole)).map(|gap| Verdict::Unseen { gap })
}

/// What the stateless rules decided of a flow that the engine blocks nowhere: the packet they discarded, or else the first one
/// or the request, where they passed it; `passed`: whether the engine had passed the whole flow before.
fn by_stateless(view: &View, passed: bool) -> Option<(Verdict, Option<usize>)> {
    let passes =
        |at: &usize| view.steps.get(*at).is_some_and(|step| step.action == StatelessAction::Pass);
    let request = request(&view.sent);
    let passed = [0, request].into_iter().filter(|_| !passed).find(passes);
    let at = view.lost().or(passed)?;
    let step = view.steps[at];
    Some((Verdict::Stateless { action: step.action, by: step.by }, Some(at)))
}

/// Every packet that is sent, with what the engine made of those it saw.
fn sent(view: &View, seen: Vec<PacketStep>) -> Vec<PacketStep> {
    let blank = |(packet, step): (&WirePacket, &StatelessStep)| PacketStep {
        name: packet.name.clone(),
        to_server: packet.to_server,
        stateless: *step,
        known: Vec::new(),
        matched: Vec::new(),
        decided_by: None,
        logged: Vec::new(),
        dropped: step.action == StatelessAction::Drop,
    };
    let mut packets: Vec<PacketStep> = view.sent.iter().zip(&view.steps).map(blank).collect();
    for (seen, &at) in seen.into_iter().zip(&view.places) {
        let PacketStep { to_server, stateless, .. } = packets[at];
        packets[at] = PacketStep { to_server, stateless, ..seen };
    }
    packets
}

/// A rule's steps by the places of the packets that are sent.
fn placed(rule: RuleStep, view: &View) -> RuleStep {
    let place = |at: Option<usize>| at.and_then(|at| view.places.get(at).copied());
    RuleStep {
        matched_at: place(rule.matched_at),
        would_match_at: place(rule.would_match_at),
        ..rule
    }
}
