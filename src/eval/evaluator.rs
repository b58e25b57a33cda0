use std::net::IpAddr;

use super::destinations::{addresses, destinations};
use super::experience::experience;
use super::explain::{explain, rule_steps};
use super::order::evaluation_order;
use super::packets::{Packet, packets};
use super::prepare::{Prepared, prepare};
use super::run::{Guesses, Outcome, Run, Step};
use super::{Experience, Outline, PacketOutline, Trace, Verdict};
use crate::net::{Action, AddressClass, Flow, Sid};
use crate::suricata::Ruleset;

/// How many ways of resolving what is unknown are looked at before it is said that nobody can tell.
const WAYS: usize = 128;

/// A ruleset made ready to be asked.
#[derive(Debug, Clone)]
pub struct Evaluator {
    rules: Vec<Prepared>,
    order: Vec<usize>,
}

/// The outcome of a flow with everything that was found on the way.
struct Found {
    verdict: Verdict,
    experience: Experience,
    outcome: Outcome,
    /// Rules of which it cannot be told whether they match.
    open: Vec<usize>,
}

impl Evaluator {
    /// Prepares `ruleset`: resolves variables, orders the rules, compiles expressions.
    #[must_use]
    pub fn new(ruleset: &Ruleset) -> Self {
        Self { rules: prepare(ruleset), order: evaluation_order(ruleset) }
    }

    /// Evaluates one flow and explains the outcome.
    #[must_use]
    pub fn evaluate(&self, flow: &Flow) -> Trace {
        let packets = packets(flow);
        let run = Run::new(&self.rules, &self.order, flow, &packets);
        let found = self.find(&run);
        let rules = rule_steps(&run, &found.outcome);
        let trace = explain(&run, found.verdict, found.experience, &found.outcome, &found.open);
        Trace { rules, ..trace }
    }

    /// Evaluates one flow and tells its packets: the same as [`Evaluator::evaluate`]'s without `rules`, which cost most.
    #[must_use]
    pub fn decide(&self, flow: &Flow) -> Trace {
        let packets = packets(flow);
        let run = Run::new(&self.rules, &self.order, flow, &packets);
        let found = self.find(&run);
        explain(&run, found.verdict, found.experience, &found.outcome, &found.open)
    }

    /// The verdict alone, for many flows: the same as [`Evaluator::evaluate`]'s, without the trace.
    #[must_use]
    pub fn verdict(&self, flow: &Flow) -> (Verdict, Experience) {
        let packets = packets(flow);
        let found = self.find(&Run::new(&self.rules, &self.order, flow, &packets));
        (found.verdict, found.experience)
    }

    /// What becomes of each packet of a flow, for many flows: the same as [`Evaluator::evaluate`]'s, without the reasons.
    #[must_use]
    pub fn outline(&self, flow: &Flow) -> Outline {
        let packets = packets(flow);
        let Found { verdict, outcome, open, .. } =
            self.find(&Run::new(&self.rules, &self.order, flow, &packets));
        let sid = |rule: &usize| self.rules[*rule].rule.sid;
        // Once an action sticks, packets have a decider without any rule that matched.
        let packet = |(packet, step): (&Packet, &Step)| PacketOutline {
            name: packet.name.clone(),
            matched: (step.decided_by.is_none() || !step.matched.is_empty())
                .then(|| step.matched.iter().map(sid).collect()),
            dropped: step.dropped,
        };
        Outline {
            verdict,
            decided_at: outcome.dropped.or(outcome.passed).map(|(at, _)| at),
            packets: packets.iter().zip(&outcome.steps).map(packet).collect(),
            flow_action: outcome.flow_action.map(|(action, rule)| (action, sid(&rule))),
            open: open.iter().map(sid).collect(),
        }
    }

    /// The classes of destination addresses that no rule tells apart for the client and the ports of `flow`; its own
    /// destination does not count.
    #[must_use]
    pub fn destinations(&self, flow: &Flow) -> Vec<AddressClass> {
        destinations(&self.rules, flow)
    }

    /// The classes of addresses, of the family of `like`, that no rule tells apart: for any client and any server.
    #[must_use]
    pub fn addresses(&self, like: IpAddr) -> Vec<AddressClass> {
        addresses(&self.rules, like)
    }

    /// The outcome if nothing unknown matches, and the verdict that takes the unknown into account.
    fn find(&self, run: &Run<'_>) -> Found {
        let mut guesses = Guesses::default();
        let outcome = run.go(true, &mut guesses);
        let verdict = self.plain_verdict(&outcome);
        let plain = experience(&outcome, run.packets, &self.rules);
        let because = self.what_matters(run, &guesses.asked, (&verdict, plain));
        let mut open = guesses.asked;
        open.sort_unstable();
        open.dedup();
        if because.is_empty() {
            return Found { verdict, experience: plain, outcome, open };
        }
        let verdict = Verdict::Undetermined { because, without: Box::new(verdict) };
        Found { verdict, experience: Experience::CannotTell, outcome, open }
    }

    /// The rules of which it cannot be told whether they match, and which would change the outcome if they did.
    ///
    /// Every way of answering is tried, up to [`WAYS`]; beyond that every rule asked about is taken to matter.
    fn what_matters(
        &self,
        run: &Run<'_>,
        asked: &[usize],
        without: (&Verdict, Experience),
    ) -> Vec<Sid> {
        let mut rules: Vec<usize> = Vec::new();
        let mut open: Vec<Vec<bool>> = one_more(&[], asked.len());
        let mut tried = 0;
        while let Some(given) = open.pop() {
            tried += 1;
            if tried > WAYS {
                rules = asked.to_vec();
                break;
            }
            let mut guesses = Guesses { given, asked: Vec::new() };
            let outcome = run.go(true, &mut guesses);
            let verdict = self.plain_verdict(&outcome);
            if (&verdict, experience(&outcome, run.packets, &self.rules)) == without {
                open.extend(one_more(&guesses.given, guesses.asked.len()));
            } else {
                let guessed = guesses.given.iter().zip(&guesses.asked);
                rules.extend(guessed.filter(|(yes, _)| **yes).map(|(_, rule)| *rule));
            }
        }
        let rank = |rule: &usize| self.order.iter().position(|o| o == rule);
        rules.sort_by_key(rank);
        rules.dedup();
        rules.into_iter().map(|rule| self.rules[rule].rule.sid).collect()
    }

    fn plain_verdict(&self, outcome: &Outcome) -> Verdict {
        let by = |rule: usize| self.rules[rule].rule.sid;
        match (outcome.dropped, outcome.passed) {
            (Some((_, rule)), _) => {
                Verdict::Decided { action: self.rules[rule].rule.action, by: by(rule) }
            }
            (None, Some((_, rule))) => Verdict::Decided { action: Action::Pass, by: by(rule) },
            (None, None) => Verdict::Unmatched,
        }
    }
}

/// The answers in `given`, then `no` some times, then one `yes`: each way that differs first at a later question.
fn one_more(given: &[bool], asked: usize) -> Vec<Vec<bool>> {
    let later = (given.len()..asked).map(|at| {
        let mut way = given.to_vec();
        way.resize(at, false);
        way.push(true);
        way
    });
    later.collect()
}
