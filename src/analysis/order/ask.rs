//! Asking rows and engine about the same request.

use std::cell::{Cell, OnceCell};
use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::analysis::intent::{ByHand, Intent, intent};
use crate::compile::{Compiled, Origin};
use crate::eval::{Evaluator, Experience, Verdict};
use crate::net::{Action, Flow, Request, Sid};
use crate::policy::{Policy, RuleBody, RulePlace};

/// How many flows are evaluated for one policy at the most: findings are looked for with every edit.
const MOST: usize = 300;

/// A policy that is asked about requests.
pub(in crate::analysis) struct Ask<'a> {
    pub policy: &'a Policy,
    pub compiled: &'a Compiled,
    pub evaluator: &'a Evaluator,
    /// The rules written by hand.
    by_hand: HashSet<Sid>,
    asked: Cell<usize>,
    stop: &'a AtomicBool,
}

/// What the engine makes of a flow.
pub(in crate::analysis) struct Outcome {
    /// Whether it works, times out or is reset, as the action that this is; `None`: half, or it cannot be told.
    pub action: Option<Action>,
    /// Whether it works by half: the request gets through, and answers are lost.
    pub half: bool,
    /// Where the deciding rule comes from.
    pub by: Option<Origin>,
}

impl<'a> Ask<'a> {
    pub(in crate::analysis) fn new(
        policy: &'a Policy,
        compiled: &'a Compiled,
        evaluator: &'a Evaluator,
        stop: &'a AtomicBool,
    ) -> Self {
        let is_by_hand = |origin: &Origin| match origin {
            Origin::Rule(place) => {
                policy.rule(*place).is_some_and(|r| matches!(r.body, RuleBody::Suricata(_)))
            }
            _ => false,
        };
        let rules = compiled.ruleset.rules.iter().zip(&compiled.origins);
        let by_hand = rules.filter(|(_, origin)| is_by_hand(origin));
        let by_hand = by_hand.map(|(rule, _)| rule.sid).collect();
        Self { policy, compiled, evaluator, by_hand, asked: Cell::new(0), stop }
    }

    /// What the engine makes of a flow; nothing once enough was asked.
    pub(in crate::analysis) fn engine(&self, flow: &Flow) -> Option<Outcome> {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get() > MOST || self.is_stopped() {
            return None;
        }
        let (verdict, experience) = self.evaluator.verdict(flow);
        let by_rows = match verdict {
            Verdict::Decided { .. } | Verdict::Unmatched | Verdict::Undetermined { .. } => {
                self.evaluator.sees_all(flow)
            }
            Verdict::Stateless { .. } | Verdict::Midstream { .. } | Verdict::Unseen { .. } => false,
        };
        // Of what stateless rules take away the rows have no say.
        if !by_rows {
            return Some(Outcome { action: None, half: false, by: None });
        }
        let action = match experience {
            Experience::Works => Some(Action::Pass),
            Experience::TimesOut => Some(Action::Drop),
            Experience::IsReset => Some(Action::Reject),
            Experience::HalfWorks | Experience::CannotTell => None,
        };
        let by = match verdict {
            Verdict::Decided { by, .. } => self.compiled.origin(by),
            Verdict::Unmatched
            | Verdict::Stateless { .. }
            | Verdict::Midstream { .. }
            | Verdict::Unseen { .. }
            | Verdict::Undetermined { .. } => None,
        };
        Some(Outcome { action, half: experience == Experience::HalfWorks, by })
    }

    /// What the rows say to a request whose destination is given.
    pub(super) fn meant(&self, request: &Request) -> Option<Intent> {
        // The engine will not be asked any more, and without it there is nothing to find.
        if self.asked.get() >= MOST || self.is_stopped() {
            return None;
        }
        self.rows_say(request, None)
    }

    /// The same, however much was asked before; `live`: the only rules that can match, where that is known.
    pub(super) fn rows_say(
        &self,
        request: &Request,
        live: Option<&HashSet<usize>>,
    ) -> Option<Intent> {
        let dst: IpAddr = request.dst?;
        let can_match = |rule: usize| live.is_none_or(|live| live.contains(&rule));
        let read = || {
            // Stateless rules stand behind the ruleset's end.
            let sid = |at: usize| self.compiled.ruleset.rules.get(at).map(|rule| rule.sid);
            let by_hand = |at| sid(at).filter(|sid| self.by_hand.contains(sid));
            let asked = match live {
                Some(live) => live.iter().filter_map(|at| by_hand(*at)).collect(),
                None => self.by_hand.clone(),
            };
            let trace = self.evaluator.evaluate_only(&request.flow(dst), &asked);
            ByHand::among(self.compiled, &trace, can_match)
        };
        let rows = OnceCell::new();
        let by_hand = |place: RulePlace| rows.get_or_init(read).at(place);
        Some(intent(self.policy, request, dst, &by_hand))
    }

    /// Whether nobody wants to know any more.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The rules written by hand that do more than to write log lines, by their index.
    pub(super) fn acting_by_hand(&self) -> Vec<usize> {
        let rules = self.compiled.ruleset.rules.iter().enumerate();
        let acting =
            rules.filter(|(_, r)| r.action != Action::Alert && self.by_hand.contains(&r.sid));
        acting.map(|(at, _)| at).collect()
    }

    /// The row that is meant to block the request.
    pub(super) fn blocking_row(&self, request: &Request) -> Option<(RulePlace, Action)> {
        match self.meant(request)? {
            Intent::Row(place, action) if action.blocks() => Some((place, action)),
            _ => None,
        }
    }

    /// Whether the client's first packet is lost: then it never says a name.
    pub(super) fn loses_first(&self, flow: &Flow) -> bool {
        self.evaluator.decide(flow).packets.first().is_some_and(|packet| packet.dropped)
    }
}
