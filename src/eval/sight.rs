//! Which packets of a flow the engine sees behind stateless rules, and what it makes of a conversation with gaps.
//!
//! Source: measured on Suricata 7.0.10 with packets taken out of captures; `docs/suricata.md` §9.

use super::packets::{Eyes, Packet, packets_seen};
use super::stateless::{Header, StatelessStep, is_certain, stateless_step};
use super::trace::{Gap, Sight};
use crate::net::{Flow, StatelessAction, StatelessRules, Transport, WirePacket, wire};

const SYN: u8 = 2;
const ACK: u8 = 16;

/// A flow as far as it gets, and the engine's part of it.
pub(super) struct View {
    /// The packets that are sent, in order; what follows one that was discarded is never sent.
    pub sent: Vec<WirePacket>,
    /// What was done with each before the engine.
    pub steps: Vec<StatelessStep>,
    /// The flow as the engine takes it: turned round when it only sees answers.
    pub flow: Flow,
    /// The packets that the engine sees and of which it is known what it makes of them.
    pub packets: Vec<Packet>,
    /// Their places in `sent`.
    pub places: Vec<usize>,
    /// The places of all packets that reach the engine.
    pub forwarded: Vec<usize>,
    /// How much of the flow the engine sees.
    pub sight: Sight,
    /// From which packet on, by its place in `sent`, it is not known what becomes of them, and why.
    pub dark: Option<(usize, Gap)>,
    /// The first packet, by its place in `sent`, of a connection that the engine has not seen begin.
    pub midstream: Option<usize>,
}

impl View {
    /// The flow behind `rules`.
    pub(super) fn new(rules: &StatelessRules, flow: &Flow) -> Self {
        let mut sent = wire(flow);
        let headers: Vec<Header> = sent.iter().map(|packet| Header::of(flow, packet)).collect();
        let steps: Vec<StatelessStep> =
            headers.iter().map(|header| stateless_step(rules, header)).collect();
        let drops = |step: &StatelessStep| step.action == StatelessAction::Drop;
        if let Some(lost) = steps.iter().position(drops) {
            sent.truncate(lost + 1);
        }
        let steps = steps[..sent.len()].to_vec();
        let forwarded: Vec<usize> =
            (0..sent.len()).filter(|&at| steps[at].action == StatelessAction::Forward).collect();
        let mut view = Self {
            sight: sight(&steps),
            dark: None,
            flow: flow.clone(),
            packets: Vec::new(),
            midstream: None,
            places: forwarded.clone(),
            forwarded,
            sent,
            steps,
        };
        let unsure = headers.iter().position(|header| !is_certain(rules, header));
        if let Some(unsure) = unsure.filter(|at| *at < view.sent.len()) {
            view.darken(unsure, Gap::Flags);
        }
        view.look();
        view
    }

    /// From this packet on it is not known what becomes of the flow.
    fn darken(&mut self, from: usize, gap: Gap) {
        if self.dark.is_none_or(|(at, _)| from < at) {
            self.dark = Some((from, gap));
            self.places.retain(|&at| at < from);
        }
    }

    /// The packet that stateless rules discarded: the last that is sent.
    pub(super) fn lost(&self) -> Option<usize> {
        let last = self.steps.len().checked_sub(1)?;
        (self.steps[last].action == StatelessAction::Drop).then_some(last)
    }

    /// What the engine makes of the packets it sees.
    fn look(&mut self) {
        // The first packet behind one that the engine does not see.
        let behind = self.places.iter().enumerate().find(|(number, at)| number != *at);
        let Some((number, &gap)) = behind else {
            self.packets = self.seen(Eyes::Open);
            return;
        };
        let tcp = self.sent.first().is_some_and(|p| matches!(p.transport, Transport::Tcp(_)));
        if !tcp {
            // Each direction reaches the engine as a whole or not at all.
            self.packets = if number == 0 { self.turned() } else { self.seen(Eyes::Open) };
        } else if number == 0 {
            self.midstream = Some(gap);
            self.places.clear();
        } else if !self.has_handshake() {
            // Its stream engine may drop such a reset by itself (measured: `stream error`).
            if let Some(reset) = self.sent.iter().position(is_reset) {
                self.darken(reset, Gap::Hole);
            }
            self.packets = self.seen(Eyes::Untracked);
        } else {
            self.darken(gap, Gap::Hole);
            self.packets = self.seen(Eyes::Open);
        }
    }

    /// Whether the engine sees a connection begin: SYN and the answer to it.
    fn has_handshake(&self) -> bool {
        let flags = |at: &usize| match self.sent[*at].transport {
            Transport::Tcp(flags) => flags & (SYN | ACK),
            Transport::Udp | Transport::Icmp(..) => 0,
        };
        self.places.iter().any(|at| flags(at) == SYN | ACK)
    }

    fn seen(&self, eyes: Eyes) -> Vec<Packet> {
        let seen = self.places.iter().map(|&at| self.sent[at].clone());
        packets_seen(&self.flow, seen, eyes)
    }

    /// Only answers: the engine takes who sent the first packet for the client, and recognises no protocol.
    fn turned(&mut self) -> Vec<Packet> {
        let Flow { src, dst, src_port, dst_port, .. } = self.flow;
        self.flow.src = dst;
        self.flow.dst = src;
        self.flow.src_port = dst_port;
        self.flow.dst_port = src_port;
        let seen = self
            .places
            .iter()
            .map(|&at| WirePacket { to_server: !self.sent[at].to_server, ..self.sent[at].clone() });
        packets_seen(&self.flow, seen, Eyes::Answers)
    }
}

fn sight(steps: &[StatelessStep]) -> Sight {
    let through = steps.iter().filter(|step| step.action != StatelessAction::Drop).count();
    let seen = steps.iter().filter(|step| step.action == StatelessAction::Forward).count();
    match seen {
        0 => Sight::Nothing,
        _ if seen == through => Sight::Whole,
        _ => Sight::Part,
    }
}

const fn is_reset(packet: &WirePacket) -> bool {
    const RST: u8 = 4;
    matches!(packet.transport, Transport::Tcp(flags) if flags & RST != 0)
}
