//! A flow asked of a few rules at a time: for who goes through all flows.

use std::borrow::Cow;

use super::behind::behind;
use super::experience::first_loss;
use super::explain::explain;
use super::packets::{Packet, packets};
use super::run::{Outcome, Run, Way};
use super::sight::View;
use super::{Evaluator, Experience, Met, Sight, Verdict};
use crate::net::{Flow, IpSet, PortSet, StatelessRules};

/// A flow with its packets, made once and asked of several rulesets.
#[derive(Debug, Clone)]
pub struct Played {
    flow: Flow,
    packets: Vec<Packet>,
}

/// What became of a flow, in short. Rules are named by their index in the ruleset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gist {
    /// Who decided, if nothing matches of which it cannot be told.
    pub by: By,
    /// What the client then notices.
    pub experience: Experience,
    /// Rules of which it cannot be told, and with which it would be another outcome; empty: it is certain.
    pub because: Vec<usize>,
    /// Rules of which it cannot be told whether they match or act, although it may not matter.
    pub open: Vec<usize>,
    /// Rules that decided a packet, set the flow's action or wrote a log line, up to the first packet that the client
    /// misses: no usual client goes on behind it. In ascending order.
    pub acted: Vec<usize>,
    /// Whether the outcome stands before any application protocol has said anything that rules can ask about.
    pub early: bool,
}

/// Who decided a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A rule.
    Rule(usize),
    /// No rule matched: it passes.
    Nobody,
    /// The stateless rules: which of them, or their default action.
    Stateless(Option<usize>),
    /// The stream exception policy.
    Midstream,
    /// It is not known.
    Unseen,
}

/// The four fields of a rule's header, resolved; `None`: it cannot be told what the field means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends<'a> {
    /// Left of the arrow.
    pub source: Option<Bounds<'a>>,
    /// Left of the arrow.
    pub source_ports: Option<&'a PortSet>,
    /// Right of the arrow.
    pub destination: Option<Bounds<'a>>,
    /// Right of the arrow.
    pub destination_ports: Option<&'a PortSet>,
}

/// What is known of the addresses of a field; both are the same but for IP set references whose contents nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds<'a> {
    /// They belong to it.
    pub sure: &'a IpSet,
    /// They may belong to it.
    pub possible: &'a IpSet,
}

impl Bounds<'_> {
    /// Whether it is known of every address whether it belongs to the field.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.sure == self.possible
    }
}

impl Ends<'_> {
    /// Whether it is known of every address whether it belongs to either side.
    #[must_use]
    pub fn is_known(&self) -> bool {
        [self.source, self.destination].iter().all(|side| side.is_some_and(|side| side.is_known()))
    }
}

impl Played {
    /// Plays `flow`.
    #[must_use]
    pub fn new(flow: Flow) -> Self {
        Self { packets: packets(&flow), flow }
    }

    /// The same flow from another port of the client.
    #[must_use]
    pub fn with_port(&self, src_port: u16) -> Self {
        Self::new(Flow { src_port, ..self.flow.clone() })
    }
}

impl Evaluator {
    /// The rules in the order in which they are asked.
    #[must_use]
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// What becomes of the flow when only the rules in `order` are asked, in this order.
    ///
    /// It is what becomes of it with all rules, if none of the others can match.
    #[must_use]
    pub fn among(&self, played: &Played, order: &[usize]) -> Gist {
        self.gist_of(played, Some(order))
    }

    /// What becomes of the flow when every rule is asked: [`Evaluator::among`] all of them, sooner.
    #[must_use]
    pub fn whole(&self, played: &Played) -> Gist {
        self.gist_of(played, None)
    }

    /// The same with the rules in `order`, or all that the index finds.
    fn gist_of(&self, played: &Played, order: Option<&[usize]>) -> Gist {
        let asked = |flow: &Flow, packets: &[Packet], before: Option<(&View, &StatelessRules)>| {
            let found = || Cow::Owned(self.candidates(flow, packets));
            let order = order.map_or_else(found, Cow::Borrowed);
            self.gist(&self.run(&order, flow, packets), before)
        };
        match &self.stateless {
            None => asked(&played.flow, &played.packets, None),
            Some(stateless) => {
                let view = View::new(stateless, &played.flow);
                asked(&view.flow, &view.packets, Some((&view, stateless)))
            }
        }
    }

    fn gist(&self, run: &Run<'_>, before: Option<(&View, &StatelessRules)>) -> Gist {
        let found = self.find(run, Way::Whole);
        let (mut verdict, mut experience) = found.plain;
        if let Some((view, stateless)) = before {
            let engine = explain(run, verdict, experience, &found.outcome, &found.open);
            let trace = behind(view, engine, stateless.midstream);
            (verdict, experience) = (trace.verdict, trace.experience);
        }
        let rule = found.outcome.dropped.or(found.outcome.passed).map(|(_, rule)| rule);
        let by = match verdict {
            Verdict::Decided { .. } => rule.map_or(By::Nobody, By::Rule),
            Verdict::Stateless { by, .. } => By::Stateless(by),
            Verdict::Midstream { .. } => By::Midstream,
            Verdict::Unseen { .. } => By::Unseen,
            Verdict::Unmatched | Verdict::Undetermined { .. } => By::Nobody,
        };
        let whole =
            before.is_none_or(|(view, _)| view.sight == Sight::Whole && view.dark.is_none());
        let lost = first_loss(run.packets, |at| found.outcome.steps[at].dropped);
        let early = whole && found.open.is_empty() && is_early(run, &found.outcome, lost);
        let acted = acted(&found.outcome, lost);
        Gist { by, experience, because: found.because, open: found.open, acted, early }
    }

    /// The stateless rules before the ruleset.
    #[must_use]
    pub fn stateless(&self) -> Option<&StatelessRules> {
        self.stateless.as_deref()
    }

    /// The same behind the stateless rules of another.
    #[must_use]
    pub fn behind_those_of(self, other: &Self) -> Self {
        Self { stateless: other.stateless.clone(), ..self }
    }

    /// The header of a rule, named by its index.
    #[must_use]
    pub fn ends(&self, rule: usize) -> Option<Ends<'_>> {
        let rule = self.rules.get(rule)?;
        let (left, right) = (&rule.source, &rule.destination);
        Some(Ends {
            source: left.bounds(),
            source_ports: left.ports.as_ref(),
            destination: right.bounds(),
            destination_ports: right.ports.as_ref(),
        })
    }

    /// Whether all that a rule, named by its index, asks of a buffer holds for these bytes; `Yes` when it asks nothing
    /// of it.
    #[must_use]
    pub fn holds(&self, rule: usize, buffer: &str, bytes: &[u8]) -> Met {
        self.rules.get(rule).map_or(Met::No, |rule| rule.holds(buffer, bytes))
    }
}

/// Whether an action sticks, or a packet that the client misses is lost, before any transaction is inspected.
fn is_early(run: &Run<'_>, outcome: &Outcome, lost: Option<usize>) -> bool {
    let said = run.packets.iter().position(|p| !p.transactions.is_empty());
    let settled = [outcome.stuck_at, lost].into_iter().flatten().min();
    settled.is_some_and(|at| said.is_none_or(|said| at < said))
}

fn acted(outcome: &Outcome, lost: Option<usize>) -> Vec<usize> {
    let sent = lost.map_or(outcome.steps.len(), |lost| lost + 1);
    let steps = &outcome.steps[..sent];
    let deciders = steps.iter().filter_map(|step| step.decided_by);
    let logged = steps.iter().flat_map(|step| step.logged.iter().copied());
    let stuck = outcome.flow_action.filter(|_| outcome.stuck_at.is_some_and(|at| at < sent));
    let mut acted: Vec<usize> = deciders.chain(logged).chain(stuck.map(|(_, rule)| rule)).collect();
    acted.sort_unstable();
    acted.dedup();
    acted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{Request, RuleOrder};
    use crate::suricata::{Ruleset, Variables, parse_rules};

    fn evaluator(lines: &[&str]) -> Evaluator {
        let rules = parse_rules(&lines.join("\n")).rules.into_iter().map(|p| p.rule).collect();
        Evaluator::new(&Ruleset::new(RuleOrder::Strict, rules, Variables::default()))
    }

    fn played(url: &str) -> Played {
        let request = Request::parse("10.1.2.3", url, Some("203.0.113.7")).unwrap();
        Played::new(request.flow("203.0.113.7".parse().unwrap()))
    }

    #[test]
    fn rules_that_cannot_match_are_not_missed() {
        let all = evaluator(&[
            "pass tls any any -> any any (tls.sni; content:\"a.example\"; startswith; endswith; sid:1;)",
            "drop udp any any -> any any (sid:2;)",
            "drop tls any any -> any any (ssl_state:client_hello; sid:3;)",
        ]);
        let played = played("https://b.example");
        assert_eq!(all.among(&played, all.order()), all.among(&played, &[2]));
        assert_eq!(all.among(&played, all.order()), all.whole(&played));
    }

    #[test]
    fn what_the_syn_decides_is_early_and_what_a_name_decides_is_not() {
        let early = |line: &str| {
            let all = evaluator(&[line]);
            all.among(&played("https://a.example"), all.order()).early
        };
        assert!(early("drop tcp any any -> any any (flow:to_server; sid:1;)"));
        assert!(early("pass tcp any any -> any any (sid:1;)"));
        assert!(!early("pass tcp any any -> any any (flow:to_server; sid:1;)"));
        assert!(!early("drop tls any any -> any any (ssl_state:client_hello; sid:1;)"));
    }

    #[test]
    fn what_a_rule_asks_of_a_name_is_asked_of_other_names() {
        let rules = evaluator(&["pass tls any any -> any any (tls.sni; content:\"bank\"; sid:1;)"]);
        assert_eq!(rules.holds(0, "tls.sni", b"www.bank.example"), Met::Yes);
        assert_eq!(rules.holds(0, "tls.sni", b"www.shop.example"), Met::No);
        assert_eq!(rules.holds(0, "http.host", b"www.shop.example"), Met::Yes);
    }
}
