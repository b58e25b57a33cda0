//! From what happened to what a person is told.

use std::collections::BTreeSet;

use super::conditions::{Check, Context};
use super::packets::{Detection, Packet, Transaction};
use super::prepare::Prepared;
use super::run::{Guesses, Outcome, Run, Step, Way};
use super::{
    Condition, Experience, Met, PacketStep, Part, RuleStep, RuleSteps, Sight, StatelessStep, Trace,
    Verdict,
};
use crate::net::{Sid, Transport};
use crate::suricata::says_which;

/// What a packet has of a buffer that it does not have.
const NOTHING: &str = "nothing";

/// Tells an outcome rule by rule, of these rules. Those that are not in the run cannot match.
pub(super) fn rule_steps(run: &Run<'_>, rules: &[usize], outcome: &Outcome) -> Vec<RuleStep> {
    if rules.is_empty() {
        return Vec::new();
    }
    let undecided = run.go(Way::Undecided, &mut Guesses::default());
    let first = |steps: &[Step], rule: usize| steps.iter().position(|s| s.matched.contains(&rule));
    let step = |rule: usize| {
        let matched_at = first(&outcome.steps, rule);
        let would_match_at = first(&undecided.steps, rule);
        RuleStep {
            sid: run.rules[rule].rule.sid,
            matched_at,
            would_match_at,
            conditions: conditions(run, &run.rules[rule], matched_at.or(would_match_at)),
        }
    };
    rules.iter().copied().map(step).collect()
}

/// Whether a rule has a condition on a buffer that may be met on some packet, or is about certain servers, of which one end
/// of the flow may be one.
pub(super) fn is_near(run: &Run<'_>, rule: &Prepared) -> bool {
    let ends = [run.flow.src, run.flow.dst];
    if is_aimed(rule) && ends.iter().any(|end| rule.destination.has(*end) != Met::No) {
        return true;
    }
    let none = BTreeSet::new();
    let met = |context: &Context<'_>| {
        let buffers = rule.checks().filter(|check| matches!(check, Check::Buffer(_)));
        buffers.into_iter().any(|check| rule.check(&check, context) != Met::No)
    };
    run.packets.iter().enumerate().any(|(at, packet)| {
        let transactions = [None].into_iter().chain(packet.transactions.iter().map(Some));
        let mut contexts = transactions
            .map(|transaction| Context { transaction, ..run.context(at, &none, &none) });
        contexts.any(|context| met(&context))
    })
}

/// Whether a rule says which servers it is about.
pub(super) fn is_aimed(rule: &Prepared) -> bool {
    says_which(&rule.rule.header.destination)
}

/// Tells an outcome packet by packet; `rules` stay empty.
pub(super) fn explain(
    run: &Run<'_>,
    verdict: Verdict,
    experience: Experience,
    outcome: &Outcome,
    open: &[usize],
) -> Trace {
    let sid = |rule: &usize| run.rules[*rule].rule.sid;
    let packets = run.packets.iter().enumerate().zip(&outcome.steps).map(|((at, packet), step)| {
        let sids = |rules: &[usize]| -> Vec<Sid> { rules.iter().map(sid).collect() };
        PacketStep {
            name: packet.name.clone(),
            to_server: packet.to_server,
            stateless: StatelessStep::default(),
            known: known(run.packets, at),
            matched: sids(&step.matched),
            decided_by: step.decided_by.as_ref().map(sid),
            logged: sids(&step.logged),
            dropped: step.dropped,
        }
    });
    Trace {
        verdict,
        experience,
        decided_at: outcome.dropped.or(outcome.passed).map(|(at, _)| at),
        sight: Sight::Whole,
        packets: packets.collect(),
        flow_action: outcome.flow_action.map(|(action, rule)| (action, sid(&rule))),
        stuck_at: outcome.stuck_at,
        rules: RuleSteps::default(),
        open: open.iter().map(sid).collect(),
    }
}

/// The conditions of a rule on the packet on which it matched, or else on the one where it came closest.
fn conditions(run: &Run<'_>, rule: &Prepared, matched_at: Option<usize>) -> Vec<Condition> {
    let (none, matched) = (BTreeSet::new(), matched_at.is_some());
    let places = (0..run.packets.len()).filter(|&at| matched_at.is_none_or(|m| m == at));
    let contexts = places.flat_map(|at| {
        // Once without a transaction, for rules that are not about one; of equals a later one tells more.
        let transactions = [None].into_iter().chain(run.packets[at].transactions.iter().map(Some));
        let none = &none;
        transactions.map(move |transaction| Context { transaction, ..run.context(at, none, none) })
    });
    let cost = |met: Met| match met {
        Met::Yes => 0,
        Met::Unknown => 1,
        Met::No => 100_usize,
    };
    let misses = |context: &Context<'_>| -> usize {
        rule.checks().map(|check| cost(met(rule, &check, context, matched))).sum()
    };
    let contexts: Vec<(usize, Context<'_>)> = contexts.map(|c| (misses(&c), c)).collect();
    let least = contexts.iter().map(|(misses, _)| *misses).min();
    // Only the closest are put into words, which costs most. Of packets equally close those tell more that have what is
    // looked at, then the later ones.
    let mut best: Option<(usize, Vec<Condition>)> = None;
    for (_, context) in contexts.iter().rev().filter(|(misses, _)| Some(*misses) == least) {
        let list: Vec<Condition> =
            rule.checks().map(|check| condition(rule, &check, context, matched)).collect();
        let absent = list.iter().filter(|c| c.part == Part::Buffer && c.got == NOTHING).count();
        if best.as_ref().is_none_or(|(fewest, _)| absent < *fewest) {
            best = Some((absent, list));
        }
        if absent == 0 {
            break;
        }
    }
    best.map(|(_, list)| list).unwrap_or_default()
}

/// Whether a condition is met.
fn met(rule: &Prepared, check: &Check<'_>, context: &Context<'_>, matched: bool) -> Met {
    match check {
        // Bits are not remembered here; where the rule matched, they were as it asks.
        Check::Option(_) | Check::Buffer(_) if matched => match rule.check(check, context) {
            Met::No => Met::Yes,
            met => met,
        },
        _ => rule.check(check, context),
    }
}

fn condition(
    rule: &Prepared,
    check: &Check<'_>,
    context: &Context<'_>,
    matched: bool,
) -> Condition {
    Condition {
        part: check.part(),
        wanted: wanted(rule, check),
        got: got(rule, check, context),
        met: met(rule, check, context, matched),
        modelled: match check {
            Check::Source => rule.source.modelled,
            Check::Destination => rule.destination.modelled,
            _ => false,
        },
    }
}

/// What a rule asks for, as its text says it.
fn wanted(rule: &Prepared, check: &Check<'_>) -> String {
    let header = &rule.rule.header;
    match check {
        Check::Protocol => header.protocol.word().to_owned(),
        Check::Source => header.source.clone(),
        Check::SourcePort => header.source_ports.clone(),
        Check::Destination => header.destination.clone(),
        Check::DestinationPort => header.destination_ports.clone(),
        Check::Flow(flow) => flow.to_string(),
        Check::Option(option) => option.to_string(),
        Check::Buffer(buffer) => rule
            .rule
            .buffers
            .iter()
            .zip(&rule.buffers)
            .find(|(_, prepared)| std::ptr::eq(*prepared, *buffer))
            .map(|(written, _)| written.to_string())
            .unwrap_or_default(),
    }
}

/// What the packet has instead.
fn got(rule: &Prepared, check: &Check<'_>, context: &Context<'_>) -> String {
    let (flow, packet) = (context.flow, context.packet);
    let client = (flow.src.to_string(), flow.src_port.to_string());
    let server = (flow.dst.to_string(), flow.dst_port.to_string());
    let (source, destination) = if packet.to_server { (client, server) } else { (server, client) };
    match check {
        Check::Protocol => match packet.app {
            Some(app) => app.word().to_owned(),
            None => transport(packet).to_owned(),
        },
        Check::Source => source.0,
        Check::SourcePort => source.1,
        Check::Destination => destination.0,
        Check::DestinationPort => destination.1,
        Check::Flow(_) => {
            let direction = if packet.to_server { "to_server" } else { "to_client" };
            let state = if packet.established { "established" } else { "not_established" };
            format!("{direction}, {state}")
        }
        Check::Option(_) if rule.check(check, context) == Met::Unknown => "not modelled".to_owned(),
        Check::Option(_) => option_got(packet, context.transaction),
        Check::Buffer(buffer) if buffer.name == "payload" => text(&packet.payload),
        Check::Buffer(buffer) if !buffer.modelled => "not modelled".to_owned(),
        Check::Buffer(buffer) => context
            .transaction
            .and_then(|tx| tx.buffers.get(buffer.name))
            .map_or_else(|| NOTHING.to_owned(), |bytes| text(bytes)),
    }
}

/// What a packet has for options that ask about it.
fn option_got(packet: &Packet, tx: Option<&Transaction>) -> String {
    if let Some(state) = tx.and_then(|tx| tx.state) {
        return state.word().to_owned();
    }
    match packet.detection {
        Detection::Pending => format!("{} bytes of data", packet.payload.len()),
        Detection::Found(app) => app.word().to_owned(),
        Detection::Failed => "unknown protocol".to_owned(),
    }
}

const fn transport(packet: &Packet) -> &'static str {
    match packet.transport {
        Transport::Tcp(_) => "tcp",
        Transport::Udp => "udp",
        Transport::Icmp(..) => "icmp",
    }
}

/// What the engine came to know with packet `at`: the protocol, then the names.
fn known(packets: &[Packet], at: usize) -> Vec<String> {
    let packet = &packets[at];
    let before = at.checked_sub(1).and_then(|b| packets[b].app);
    let mut known: Vec<String> =
        packet.app.filter(|_| before.is_none()).map(|a| a.word().to_owned()).into_iter().collect();
    for tx in &packet.transactions {
        let seen = |name: &str| {
            packets[..at].iter().any(|p| {
                p.transactions.iter().any(|t| t.id == tx.id && t.buffers.contains_key(name))
            })
        };
        let names = ["tls.sni", "quic.sni", "http.host", "dns.query"];
        for name in names.iter().filter(|name| !seen(name)) {
            known.extend(tx.buffers.get(*name).map(|bytes| text(bytes)));
        }
        if let (Some(method), Some(uri)) =
            (tx.buffers.get("http.method"), tx.buffers.get("http.uri"))
            && !seen("http.uri")
        {
            known.push(format!("{} {}", text(method), text(uri)));
        }
    }
    known
}

/// Bytes as text; what is not text is escaped.
fn text(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}
