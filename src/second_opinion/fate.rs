use std::collections::HashMap;

use super::events::{Match, Told};
use crate::eval::{Outline, Verdict};
use crate::net::{Action, Sid};
use crate::suricata::Ruleset;

/// What became of a flow, as far as two engines can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// The action at the first packet that was dropped; `Pass` when none was.
    pub action: Action,
    /// The rule that did it, or the one that passed the flow; `None`: nobody did, or the engine does not say.
    pub by: Option<Sid>,
    /// The packet on which that happened, from 0.
    pub at: Option<usize>,
    /// Every packet that was dropped, from 0.
    pub dropped: Vec<usize>,
}

/// The engine's word for what its stream exception policy does.
pub(super) const MIDSTREAM: &str = "stream midstream";

/// What has to be known of a rule to apply its action.
struct Known {
    /// Its place in the list.
    place: usize,
    action: Action,
    /// Whether its action reaches beyond the packet: never, always, or when it matched in the stream.
    sticks: Sticks,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sticks {
    Never,
    Always,
    InStream,
}

impl Sticks {
    /// By the engine's word for a rule's type.
    ///
    /// Source: `docs/suricata.md` §2; measured.
    fn of(kind: Option<&String>) -> Self {
        match kind.map(String::as_str) {
            Some("pkt" | "de_only") | None => Self::Never,
            Some("stream" | "pkt_stream") => Self::InStream,
            Some(_) => Self::Always,
        }
    }
}

/// The rules of a run, by sid.
pub(super) struct Rules(HashMap<Sid, Known>);

impl Rules {
    /// The rules with the types that the engine gave them.
    pub(super) fn new(ruleset: &Ruleset, types: &HashMap<Sid, String>) -> Self {
        let known = ruleset.rules.iter().enumerate().map(|(place, rule)| {
            let sticks = Sticks::of(types.get(&rule.sid));
            (rule.sid, Known { place, action: rule.action, sticks })
        });
        Self(known.collect())
    }

    fn action(&self, sid: Sid) -> Option<Action> {
        self.0.get(&sid).map(|known| known.action)
    }
}

impl Fate {
    /// What the evaluator says; `None` when it cannot tell.
    pub(super) fn outlined(ours: &Outline) -> Option<Self> {
        let (action, by) = match ours.verdict {
            Verdict::Decided { action, by } => (action, Some(by)),
            Verdict::Unmatched => (Action::Pass, None),
            // By no rule; whether with a reset the engine does not tell.
            Verdict::Midstream { .. } => (Action::Drop, None),
            Verdict::Stateless { .. } | Verdict::Unseen { .. } | Verdict::Undetermined { .. } => {
                return None;
            }
        };
        let dropped: Vec<usize> =
            (0..ours.packets.len()).filter(|&at| ours.packets[at].dropped).collect();
        let at = dropped.first().copied().or(ours.decided_at);
        Some(Self { action, by, at, dropped })
    }

    /// What the engine did to a connection that it did not see begin, before any rule: all is dropped; `None`: it did not.
    pub(super) fn of_exception(packets: &[Told]) -> Option<Self> {
        let reason = packets.first()?.dropped.as_ref()?.reason.as_str();
        let dropped = (0..packets.len()).filter(|&at| packets[at].dropped.is_some()).collect();
        let fate = Self { action: Action::Drop, by: None, at: Some(0), dropped };
        (reason == MIDSTREAM).then_some(fate)
    }

    /// What the engine did itself, in its own order.
    pub(super) fn told(packets: &[Told], rules: &Rules) -> Self {
        let dropped: Vec<usize> =
            (0..packets.len()).filter(|&at| packets[at].dropped.is_some()).collect();
        if let Some(&at) = dropped.first() {
            let by = packets[at].dropped.as_ref().and_then(|d| d.by);
            let action = by.and_then(|sid| rules.action(sid)).unwrap_or(Action::Drop);
            return Self { action, by, at: Some(at), dropped };
        }
        let passes = |m: &&Match| rules.action(m.sid) == Some(Action::Pass);
        let passed = packets
            .iter()
            .enumerate()
            .find_map(|(at, packet)| packet.matched.iter().find(passes).map(|m| (at, m.sid)));
        let (at, by) = passed.unzip();
        Self { action: Action::Pass, by, at, dropped }
    }

    /// Which pass of the engine's is meant, where there are several: it does not say which of them stuck to the flow.
    pub(super) fn with_pass_of(self, ours: &Self, packets: &[Told]) -> Self {
        let there = ours.at.and_then(|at| packets.get(at)).is_some_and(|packet| {
            packet.matched.iter().any(|matched| Some(matched.sid) == ours.by)
        });
        let both_pass = self.action == Action::Pass && ours.action == Action::Pass;
        if both_pass && there { Self { by: ours.by, at: ours.at, ..self } } else { self }
    }

    /// What would be done in strict order with the rules that the engine says match on each packet.
    ///
    /// Source: `docs/suricata.md` §1, checked on recorded verdicts.
    pub(super) fn arbitrated(packets: &[Told], rules: &Rules) -> Self {
        let mut flow: Option<Action> = None;
        let mut dropped = Vec::new();
        let (mut dropper, mut passer) = (None, None);
        for (at, packet) in packets.iter().enumerate() {
            match flow {
                Some(Action::Pass) => continue,
                Some(_) => {
                    dropped.push(at);
                    continue;
                }
                None => {}
            }
            for (m, rule) in in_order(packet, rules) {
                if rule.action == Action::Alert {
                    continue;
                }
                let sticks = match rule.sticks {
                    Sticks::Never => false,
                    Sticks::Always => true,
                    Sticks::InStream => m.in_stream,
                };
                if sticks && flow.is_none() {
                    flow = Some(rule.action);
                    if rule.action == Action::Pass {
                        // The pass of the whole flow says more than one of a packet before it.
                        passer = Some((at, m.sid));
                    }
                }
                if rule.action == Action::Pass {
                    passer = passer.or(Some((at, m.sid)));
                    break;
                }
                dropper = dropper.or(Some((at, m.sid, rule.action)));
                if dropped.last() != Some(&at) {
                    dropped.push(at);
                }
            }
        }
        match (dropper, passer) {
            (Some((at, by, action)), _) => Self { action, by: Some(by), at: Some(at), dropped },
            (None, Some((at, by))) => {
                Self { action: Action::Pass, by: Some(by), at: Some(at), dropped }
            }
            (None, None) => Self { action: Action::Pass, by: None, at: None, dropped },
        }
    }
}

/// The rules that matched on a packet, from the top of the list to its end, each once.
fn in_order<'a>(packet: &'a Told, rules: &'a Rules) -> Vec<(&'a Match, &'a Known)> {
    let mut hits: Vec<(&Match, &Known)> =
        packet.matched.iter().filter_map(|m| rules.0.get(&m.sid).map(|rule| (m, rule))).collect();
    // Where a rule is told twice of a packet, what sticks counts.
    hits.sort_by_key(|(m, rule)| (rule.place, !m.in_stream));
    hits.dedup_by_key(|(m, _)| m.sid);
    hits
}
