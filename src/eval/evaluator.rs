use std::collections::HashSet;
use std::sync::Arc;

use super::behind::{behind, unlit};
use super::experience::{experience, first_loss};
use super::explain::{explain, is_near, rule_steps};
use super::index::Index;
use super::packets::{Packet, packets};
use super::reuse::{Made, made};
use super::rules::Rules;
use super::run::{Guesses, Outcome, Run, Step, Way};
use super::sight::View;
use super::{Experience, Outline, PacketOutline, RuleStep, RuleSteps, Sight, Trace, Verdict};
use crate::net::{Action, Flow, Sid, StatelessRules, StreamPolicy};
use crate::suricata::Ruleset;

/// How many ways of resolving what is unknown are looked at before it is said that nobody can tell.
const WAYS: usize = 128;

/// A ruleset made ready to be asked, and the stateless rules before it.
#[derive(Debug, Clone)]
pub struct Evaluator {
    pub(super) rules: Arc<Rules>,
    pub(super) order: Arc<Vec<usize>>,
    pub(super) index: Arc<Index>,
    /// For the evaluator of a ruleset that has most rules in common with this one's.
    pub(super) made: Arc<Made>,
    /// `None`: every packet reaches the ruleset.
    pub(super) stateless: Option<Arc<StatelessRules>>,
}

/// Of which rules it is told how they fared.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// Of none.
    Nothing,
    /// Of these.
    These(&'a HashSet<Sid>),
    /// Of all.
    All,
}

/// The outcome of a flow with everything that was found on the way.
pub(super) struct Found {
    pub verdict: Verdict,
    pub experience: Experience,
    /// The verdict and what the client notices if nothing unknown matches.
    pub plain: (Verdict, Experience),
    pub outcome: Outcome,
    /// Rules of which it cannot be told whether they match.
    pub open: Vec<usize>,
    /// Those of them that matter.
    pub because: Vec<usize>,
}

impl Evaluator {
    /// Prepares `ruleset`: resolves variables, orders the rules, compiles expressions.
    #[must_use]
    pub fn new(ruleset: &Ruleset) -> Self {
        made(ruleset, None)
    }

    /// The same where most rules are those of `before`, in whatever order: they are not prepared again.
    ///
    /// It is [`Evaluator::new`] of `ruleset`, sooner.
    #[must_use]
    pub fn after(ruleset: &Ruleset, before: &Self) -> Self {
        made(ruleset, Some(before))
    }

    /// The same behind stateless rules: packets that they pass or drop never reach the ruleset.
    #[must_use]
    pub fn behind(self, stateless: &StatelessRules) -> Self {
        let nothing = stateless.rules.is_empty() && stateless.forward_all();
        Self { stateless: (!nothing).then(|| Arc::new(stateless.clone())), ..self }
    }

    /// The same, which it shares with `before` where those are the same.
    #[must_use]
    pub fn behind_after(self, stateless: &StatelessRules, before: &Self) -> Self {
        match &before.stateless {
            Some(same) if **same == *stateless => {
                Self { stateless: Some(Arc::clone(same)), ..self }
            }
            Some(_) | None => self.behind(stateless),
        }
    }

    /// Evaluates one flow and explains the outcome.
    #[must_use]
    pub fn evaluate(&self, flow: &Flow) -> Trace {
        Trace { rules: RuleSteps::later(self, flow), ..self.decide(flow) }
    }

    /// The trace of a flow that another evaluator made and [this one would make too](Evaluator::decides_as).
    #[must_use]
    pub fn taken_over(&self, flow: &Flow, trace: Trace) -> Trace {
        Trace { rules: RuleSteps::later(self, flow), ..trace }
    }

    /// How those rules fare that are `wanted`.
    pub(super) fn explained(&self, flow: &Flow, wanted: Wanted<'_>) -> Vec<RuleStep> {
        self.trace(flow, wanted).rules.into_vec()
    }

    /// See [`RuleSteps::near`]. Behind stateless rules it is not known.
    pub(super) fn near(&self, flow: &Flow) -> Option<HashSet<Sid>> {
        if self.stateless.is_some() {
            return None;
        }
        let packets = packets(flow);
        let candidates = self.candidates(flow, &packets);
        let run = self.run(&candidates, flow, &packets);
        let loose = self.index.loose(&self.rules).filter(|rule| is_near(&run, rule));
        let near = candidates.iter().map(|rule| &self.rules[*rule]).chain(loose);
        Some(near.map(|rule| rule.rule.sid).collect())
    }

    /// The same with only those of `rules` explained: explaining costs most.
    #[must_use]
    pub fn evaluate_only(&self, flow: &Flow, rules: &HashSet<Sid>) -> Trace {
        self.trace(flow, Wanted::These(rules))
    }

    /// Evaluates one flow and tells its packets: the same as [`Evaluator::evaluate`]'s without `rules`, which cost most.
    #[must_use]
    pub fn decide(&self, flow: &Flow) -> Trace {
        self.trace(flow, Wanted::Nothing)
    }

    /// The verdict alone, for many flows: the same as [`Evaluator::evaluate`]'s, without the trace.
    #[must_use]
    pub fn verdict(&self, flow: &Flow) -> (Verdict, Experience) {
        if self.stateless.is_some() {
            let trace = self.decide(flow);
            return (trace.verdict, trace.experience);
        }
        let packets = packets(flow);
        let candidates = self.candidates(flow, &packets);
        let found = self.find(&self.run(&candidates, flow, &packets), Way::Brief);
        (found.verdict, found.experience)
    }

    /// The rules that can match the flow at all, in the order in which they are asked.
    pub(super) fn candidates(&self, flow: &Flow, packets: &[Packet]) -> Vec<usize> {
        self.index.candidates(&self.rules, flow, packets)
    }

    /// A run of a flow in which only the rules in `order` are asked; how far the engine looks into streams hangs on all of them.
    pub(super) fn run<'a>(
        &'a self,
        order: &'a [usize],
        flow: &'a Flow,
        packets: &'a [Packet],
    ) -> Run<'a> {
        Run::new(&self.rules, order, flow, packets, self.streams(flow))
    }

    /// Whether some rule looks into the stream, of packets to the client and to the server.
    pub(super) fn streams(&self, flow: &Flow) -> [bool; 2] {
        [false, true].map(|to_server| {
            self.index.streams(&self.rules).any(|rule| rule.needs_stream(to_server, flow.dst_port))
        })
    }

    /// The trace of a flow, with those rules explained that are `wanted`.
    fn trace(&self, flow: &Flow, wanted: Wanted<'_>) -> Trace {
        self.trace_and_hear(flow, wanted, &mut |_, _| ())
    }

    /// The same, telling `hear` the flow and the packets as the engine takes them.
    pub(super) fn trace_and_hear(
        &self,
        flow: &Flow,
        wanted: Wanted<'_>,
        hear: &mut dyn FnMut(&Flow, &[Packet]),
    ) -> Trace {
        let mut told = |flow: &Flow, packets: &[Packet]| {
            hear(flow, packets);
            let order = self.candidates(flow, packets);
            let run = self.run(&order, flow, packets);
            let found = self.find(&run, Way::Whole);
            let rules = rule_steps(&run, &self.wanted(wanted), &found.outcome);
            let trace = explain(&run, found.verdict, found.experience, &found.outcome, &found.open);
            Trace { rules: rules.into(), ..trace }
        };
        match &self.stateless {
            None => told(flow, &packets(flow)),
            Some(stateless) => {
                let view = View::new(stateless, flow);
                let trace = told(&view.flow, &view.packets);
                behind(&view, trace, stateless.midstream)
            }
        }
    }

    fn wanted(&self, wanted: Wanted<'_>) -> Vec<usize> {
        match wanted {
            Wanted::Nothing => Vec::new(),
            Wanted::These(sids) => self.index.of_sids(&self.rules, sids),
            Wanted::All => self.order.to_vec(),
        }
    }

    /// What the engine makes of each packet of a flow that it sees, for many flows: the same as [`Evaluator::evaluate`]'s,
    /// without the reasons.
    #[must_use]
    pub fn outline(&self, flow: &Flow) -> Outline {
        let Some(stateless) = &self.stateless else {
            return self.outlined(flow, &packets(flow));
        };
        let view = View::new(stateless, flow);
        let mut outline = self.outlined(&view.flow, &view.packets);
        let dropped = outline.flow_action.is_some_and(|(action, _)| action != Action::Pass);
        let unlit = unlit(&view, dropped, stateless.midstream);
        let excepted = matches!(unlit, Some(Verdict::Midstream { .. }));
        outline.verdict = unlit.unwrap_or(outline.verdict);
        let rest = view.forwarded.iter().skip(outline.packets.len());
        outline.packets.extend(rest.map(|&at| PacketOutline {
            name: view.sent[at].name.clone(),
            matched: None,
            dropped: dropped || excepted,
        }));
        outline
    }

    /// Whether every packet of a flow reaches the ruleset.
    #[must_use]
    pub fn sees_all(&self, flow: &Flow) -> bool {
        self.stateless
            .as_ref()
            .is_none_or(|stateless| View::new(stateless, flow).sight == Sight::Whole)
    }

    /// What is done with connections that the ruleset has not seen begin.
    #[must_use]
    pub fn midstream(&self) -> StreamPolicy {
        self.stateless.as_ref().map(|stateless| stateless.midstream).unwrap_or_default()
    }

    /// Which packets of a flow, by their places in [`crate::net::wire`], reach the engine.
    #[must_use]
    pub fn seen(&self, flow: &Flow) -> Option<Vec<usize>> {
        self.stateless.as_ref().map(|stateless| View::new(stateless, flow).forwarded)
    }

    fn outlined(&self, flow: &Flow, packets: &[Packet]) -> Outline {
        let order = self.candidates(flow, packets);
        let Found { verdict, outcome, open, .. } =
            self.find(&self.run(&order, flow, packets), Way::Whole);
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

    /// The outcome if nothing unknown matches, and the verdict that takes the unknown into account.
    pub(super) fn find(&self, run: &Run<'_>, way: Way) -> Found {
        let mut guesses = Guesses::default();
        let outcome = run.go(way, &mut guesses);
        let verdict = self.plain_verdict(&outcome);
        let plain = self.experience(&outcome, run.packets);
        let because = self.what_matters(run, (&guesses.asked, way), (&verdict, plain));
        let mut open = guesses.asked;
        open.sort_unstable();
        open.dedup();
        let plain = (verdict.clone(), plain);
        let (verdict, experience) = if because.is_empty() {
            plain.clone()
        } else {
            let sids = because.iter().map(|&rule| self.rules[rule].rule.sid).collect();
            let without = Box::new(verdict);
            (Verdict::Undetermined { because: sids, without }, Experience::CannotTell)
        };
        Found { verdict, experience, plain, outcome, open, because }
    }

    /// The rules of which it cannot be told whether they match, and which would change the outcome if they did.
    ///
    /// Every way of answering is tried, up to [`WAYS`]; beyond that every rule asked about is taken to matter. Rules below the
    /// one that decides the flow are not asked about.
    fn what_matters(
        &self,
        run: &Run<'_>,
        (asked, way): (&[usize], Way),
        without: (&Verdict, Experience),
    ) -> Vec<usize> {
        let mut brief = Guesses::default();
        let asked = if way == Way::Brief || asked.is_empty() {
            asked
        } else {
            run.go(Way::Brief, &mut brief);
            &brief.asked
        };
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
            let outcome = run.go(Way::Brief, &mut guesses);
            let verdict = self.plain_verdict(&outcome);
            if (&verdict, self.experience(&outcome, run.packets)) == without {
                open.extend(one_more(&guesses.given, guesses.asked.len()));
            } else {
                let guessed = guesses.given.iter().zip(&guesses.asked);
                rules.extend(guessed.filter(|(yes, _)| **yes).map(|(_, rule)| *rule));
            }
        }
        rules.sort_by_key(|rule| self.index.rank(*rule));
        rules.dedup();
        rules
    }

    fn experience(&self, outcome: &Outcome, packets: &[Packet]) -> Experience {
        let by = outcome.dropped.map(|(_, rule)| self.rules[rule].rule.action);
        let rejects = by == Some(Action::Reject);
        experience(packets, first_loss(packets, |at| outcome.steps[at].dropped), rejects)
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
