//! The life of a flow: packet by packet, which rules match and what is decided.
//!
//! Source: the arbitration is that of `conformance/verdict_model.py` as told in `docs/suricata.md` §1:
//! Suricata 7.0.10, `detect.c`, `detect-engine-alert.c`; it was checked on 32,600 recorded flows.

use std::cell::Cell;
use std::collections::{BTreeSet, HashSet};

use super::Met;
use super::conditions::{Context, xbit};
use super::packets::Packet;
use super::prepare::{IP_ONLY, PHASES, Prepared, TRANSACTIONS};
use super::rules::Rules;
use crate::net::{Action, Flow};
use crate::suricata::{BitOp, BitOption, Logging, RuleOption, RuleType};

/// Rules in the order in which they are asked, and the packets of one flow.
pub(super) struct Run<'a> {
    /// Every rule.
    pub rules: &'a Rules,
    /// Indices into `rules`, in the order in which they are asked.
    pub order: &'a [usize],
    /// The flow.
    pub flow: &'a Flow,
    /// Its packets.
    pub packets: &'a [Packet],
    /// Ranks (places in `order`) of the rules whose header fits packets to the client, and to the server; by phase. Those of the
    /// last phase are all there, most of which are never asked: whether they fit is found out when they are.
    fits: [[Vec<usize>; PHASES]; 2],
    /// Whether rules of the last phase fit, by their numbers in `fits`, once that is known.
    late: [Vec<Cell<Option<bool>>>; 2],
    /// The first packet to the client, and to the server.
    firsts: [Option<usize>; 2],
    /// Whether some rule looks into the stream, of packets to the client and to the server.
    pub streams: [bool; 2],
}

/// What happened to a packet. Rules are named by their index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Step {
    /// Rules that matched, in the order in which they are asked.
    pub matched: Vec<usize>,
    /// The rule whose action decided it.
    pub decided_by: Option<usize>,
    /// Rules that wrote a log line.
    pub logged: Vec<usize>,
    /// Whether it was discarded.
    pub dropped: bool,
}

/// What happened to a flow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Packet by packet.
    pub steps: Vec<Step>,
    /// The first packet that was discarded, and the rule that did it.
    pub dropped: Option<(usize, usize)>,
    /// The first packet on which a pass decided, and the rule.
    pub passed: Option<(usize, usize)>,
    /// The action that sticks to the flow, and the rule that set it.
    pub flow_action: Option<(Action, usize)>,
    /// The packet on which it was set.
    pub stuck_at: Option<usize>,
}

/// Answers to "does this rule match?" where it cannot be told: taken in turn, `no` when they run out.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    /// The answers to give.
    pub given: Vec<bool>,
    /// The rules that were asked about, in turn.
    pub asked: Vec<usize>,
}

impl Guesses {
    fn next(&mut self, rule: usize) -> bool {
        self.asked.push(rule);
        self.given.get(self.asked.len() - 1).copied().unwrap_or(false)
    }
}

/// What of a flow is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Everything.
    Whole,
    /// What becomes of the flow and who decided: rules below are not asked once that stands, and are not among those that match,
    /// write a line or cannot be told.
    Brief,
    /// What would match if nothing was ever decided.
    Undecided,
}

/// What the flow remembers between packets.
#[derive(Default)]
struct Memory {
    bits: BTreeSet<String>,
    xbits: BTreeSet<String>,
    /// Rules that matched a transaction in a direction are not asked about it again.
    done: HashSet<(usize, usize, bool)>,
}

/// A rule that matched on a packet: its rank, its index, and whether its action reaches beyond the packet.
struct Hit {
    rank: usize,
    rule: usize,
    sticks: bool,
}

impl<'a> Run<'a> {
    /// Prepares a run: which rules can match at all in which direction.
    pub(super) fn new(
        rules: &'a Rules,
        order: &'a [usize],
        flow: &'a Flow,
        packets: &'a [Packet],
        streams: [bool; 2],
    ) -> Self {
        let first = |to_server| packets.iter().position(|p| p.to_server == to_server);
        let firsts = [first(false), first(true)];
        let (fits, late) = Default::default();
        let mut run = Self { rules, order, flow, packets, fits, late, firsts, streams };
        let nothing = BTreeSet::new();
        for (side, first) in firsts.into_iter().enumerate() {
            let Some(at) = first else { continue };
            let context = run.context(at, &nothing, &nothing);
            let mut fits: [Vec<usize>; PHASES] = Default::default();
            for (rank, &rule) in order.iter().enumerate() {
                let entry = rules.entry(rule);
                if entry.phase == TRANSACTIONS || entry.rule.header_fits(&context) {
                    fits[entry.phase].push(rank);
                }
            }
            run.late[side] = vec![Cell::new(None); fits[TRANSACTIONS].len()];
            run.fits[side] = fits;
        }
        run
    }

    /// What rules are asked against on packet `at`.
    pub(super) fn context<'b>(
        &'b self,
        at: usize,
        bits: &'b BTreeSet<String>,
        xbits: &'b BTreeSet<String>,
    ) -> Context<'b> {
        let packet = &self.packets[at];
        let first = self.firsts[usize::from(packet.to_server)] == Some(at);
        let streams = self.streams[usize::from(packet.to_server)];
        Context { flow: self.flow, packet, first, streams, transaction: None, bits, xbits }
    }

    /// Runs the flow.
    pub(super) fn go(&self, way: Way, guesses: &mut Guesses) -> Outcome {
        let mut memory = Memory::default();
        let mut outcome = Outcome::default();
        for at in 0..self.packets.len() {
            let step = match outcome.flow_action {
                Some((action, rule)) => Step {
                    decided_by: Some(rule),
                    dropped: action != Action::Pass,
                    ..Step::default()
                },
                None => {
                    let hits = self.hits(at, way, &mut memory, guesses);
                    match way {
                        Way::Whole | Way::Brief => self.arbitrate(at, hits, &mut outcome, guesses),
                        Way::Undecided => undecided(&hits),
                    }
                }
            };
            outcome.steps.push(step);
        }
        outcome
    }

    /// The rules that match on packet `at`, in the order in which they are asked.
    fn hits(&self, at: usize, way: Way, memory: &mut Memory, guesses: &mut Guesses) -> Vec<Hit> {
        let packet = &self.packets[at];
        let fits = &self.fits[usize::from(packet.to_server)];
        let first = self.firsts[usize::from(packet.to_server)] == Some(at);
        let mut hits = Vec::new();
        let mut settled = false;
        // Bits are set at once when a rule matches, so the phases of a packet count.
        for (phase, ranks) in fits.iter().enumerate() {
            let asked = match phase {
                IP_ONLY => first,
                TRANSACTIONS => !packet.transactions.is_empty(),
                _ => true,
            };
            for (number, &rank) in ranks.iter().enumerate().filter(|_| asked) {
                let rule = self.order[rank];
                if settled && !self.rules.entry(rule).sets_bits {
                    continue;
                }
                if phase == TRANSACTIONS && !self.fits_late(packet.to_server, number, rule) {
                    continue;
                }
                let asked = guesses.asked.len();
                if let Some(sticks) = self.matches(at, rule, memory, guesses) {
                    let hit = Hit { rank, rule, sticks };
                    let certain = guesses.asked.len() == asked;
                    settled |= way == Way::Brief
                        && phase == TRANSACTIONS
                        && certain
                        && self.settles(&hit, &hits);
                    hits.push(hit);
                }
            }
        }
        hits.sort_by_key(|hit| hit.rank);
        hits
    }

    /// Whether the header of a rule of the last phase fits; by its number in `fits`.
    fn fits_late(&self, to_server: bool, number: usize, rule: usize) -> bool {
        let side = usize::from(to_server);
        let known = &self.late[side][number];
        known.get().unwrap_or_else(|| {
            let nothing = BTreeSet::new();
            let fits = self.firsts[side].is_some_and(|first| {
                self.rules[rule].header_fits(&self.context(first, &nothing, &nothing))
            });
            known.set(Some(fits));
            fits
        })
    }

    /// Whether the flow has its action with this hit, or with one of a rule asked before: what is asked after it in the last
    /// phase changes nothing, unless it sets bits that one asked before it reads. A pass of a packet alone keeps rules below
    /// from acting.
    fn settles(&self, hit: &Hit, hits: &[Hit]) -> bool {
        let rule = &self.rules[hit.rule];
        let of_packet = |other: &Hit| {
            let passes = self.rules[other.rule].rule.action == Action::Pass;
            other.rank < hit.rank && passes && !other.sticks
        };
        hit.sticks
            && !rule.counted
            && rule.rule.action != Action::Alert
            && !hits.iter().any(of_packet)
    }

    /// Whether a rule matches, and then whether its action sticks to the flow.
    fn matches(
        &self,
        at: usize,
        index: usize,
        memory: &mut Memory,
        guesses: &mut Guesses,
    ) -> Option<bool> {
        let rule = &self.rules[index];
        let to_server = self.packets[at].to_server;
        if !rule.is_tx() {
            return self.asked(at, index, None, memory, guesses);
        }
        for tx in 0..self.packets[at].transactions.len() {
            let key = (index, self.packets[at].transactions[tx].id, to_server);
            if memory.done.contains(&key) {
                continue;
            }
            let found = self.asked(at, index, Some(tx), memory, guesses);
            if found.is_some() {
                if !rule.repeats(&self.packets[at].transactions[tx]) {
                    memory.done.insert(key);
                }
                return found;
            }
        }
        None
    }

    fn asked(
        &self,
        at: usize,
        index: usize,
        tx: Option<usize>,
        memory: &mut Memory,
        guesses: &mut Guesses,
    ) -> Option<bool> {
        let rule = &self.rules[index];
        let mut context = self.context(at, &memory.bits, &memory.xbits);
        context.transaction = tx.map(|tx| &self.packets[at].transactions[tx]);
        if !rule.asked(&context) {
            return None;
        }
        let matters = rule.rule.action != Action::Alert || rule.sets_bits;
        let met = match rule.met(&context) {
            Met::Yes => true,
            Met::No => false,
            Met::Unknown => matters && guesses.next(index),
        };
        if !met {
            return None;
        }
        let in_packet = matches!(rule.rule.kind, RuleType::Stream | RuleType::PktStream)
            && !rule.looks_at_stream(&context);
        let changes = changes(rule, &context);
        for (set, name, on) in changes {
            let bits = if set { &mut memory.xbits } else { &mut memory.bits };
            if on {
                bits.insert(name);
            } else {
                bits.remove(&name);
            }
        }
        Some(rule.sticks() && !in_packet)
    }

    /// Applies the actions of the rules that matched on packet `at`.
    fn arbitrate(
        &self,
        at: usize,
        hits: Vec<Hit>,
        outcome: &mut Outcome,
        guesses: &mut Guesses,
    ) -> Step {
        let mut step = Step { matched: hits.iter().map(|h| h.rule).collect(), ..Step::default() };
        for hit in hits {
            let prepared = &self.rules[hit.rule];
            let rule = &prepared.rule;
            if prepared.counted && !guesses.next(hit.rule) {
                // A pass over its limit still passes the flow, but no longer ends the questions for this packet (measured).
                if hit.sticks && prepared.limited() && outcome.flow_action.is_none() {
                    outcome.flow_action = Some((Action::Pass, hit.rule));
                    outcome.stuck_at = Some(at);
                }
                continue;
            }
            if logs(rule.action, rule.logging) {
                step.logged.push(hit.rule);
            }
            if rule.action == Action::Alert {
                continue;
            }
            if hit.sticks && outcome.flow_action.is_none() {
                let action = if rule.action == Action::Pass { Action::Pass } else { rule.action };
                outcome.flow_action = Some((action, hit.rule));
                outcome.stuck_at = Some(at);
                if action == Action::Pass {
                    // The pass that lets the whole connection through says more than one that let a packet through before.
                    outcome.passed = Some((at, hit.rule));
                }
            }
            if rule.action == Action::Pass {
                outcome.passed = outcome.passed.or(Some((at, hit.rule)));
                step.decided_by = step.decided_by.or(Some(hit.rule));
                break;
            }
            outcome.dropped = outcome.dropped.or(Some((at, hit.rule)));
            step.decided_by = step.decided_by.or(Some(hit.rule));
            step.dropped = true;
        }
        step
    }
}

fn undecided(hits: &[Hit]) -> Step {
    Step { matched: hits.iter().map(|h| h.rule).collect(), ..Step::default() }
}

const fn logs(action: Action, logging: Logging) -> bool {
    match logging {
        Logging::ByAction => !matches!(action, Action::Pass),
        Logging::Always => true,
        Logging::Never => false,
    }
}

/// What a match does to bits: whether of hosts, which, and whether they are on afterwards.
fn changes(rule: &Prepared, context: &Context<'_>) -> Vec<(bool, String, bool)> {
    let mut changes = Vec::new();
    for option in &rule.rule.options {
        let (bits, track): (&BitOption, _) = match option {
            RuleOption::Flowbits(bits) => (bits, None),
            RuleOption::Xbits(bits, track) => (bits, Some(*track)),
            _ => continue,
        };
        for name in &bits.names {
            let (name, before) = match track {
                None => (name.clone(), context.bits.contains(name)),
                Some(track) => {
                    let name = xbit(name, track, context);
                    let before = context.xbits.contains(&name);
                    (name, before)
                }
            };
            match bits.op {
                BitOp::Set => changes.push((track.is_some(), name, true)),
                BitOp::Unset => changes.push((track.is_some(), name, false)),
                BitOp::Toggle => changes.push((track.is_some(), name, !before)),
                BitOp::IsSet | BitOp::IsNotSet => {}
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use crate::eval::{Evaluator, Verdict};
    use crate::net::{Action, Request, RuleOrder, Sid};
    use crate::suricata::{Ruleset, Variables, parse_rules};

    #[test]
    fn what_a_pass_of_one_packet_hides_is_not_asked_again_whoever_wants_to_know() {
        let lines = [
            "pass tcp-pkt any any -> any any (flow:to_server; content:\"a.example\"; sid:1;)",
            "drop tls any any -> any any (tls.sni; content:\"a.example\"; sid:2;)",
            "reject tls any any -> any any (tls.sni; pcre:\"/a/\"; sid:3;)",
        ];
        let rules = parse_rules(&lines.join("\n")).rules.into_iter().map(|p| p.rule).collect();
        let evaluator =
            Evaluator::new(&Ruleset::new(RuleOrder::Strict, rules, Variables::default()));
        let request = Request::parse("10.1.2.3", "https://a.example", None).unwrap();
        let flow = request.flow(request.somewhere());
        let whole = evaluator.evaluate(&flow);
        assert_eq!(whole.verdict, Verdict::Decided { action: Action::Pass, by: Sid(1) });
        assert_eq!(evaluator.verdict(&flow), whole.outcome());
    }
}
