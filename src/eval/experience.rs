use super::Experience;
use super::packets::Packet;
use super::prepare::Prepared;
use super::run::Outcome;
use crate::net::Action;

/// What the client notices of an outcome.
///
/// A connection of which the first request is lost never works; when it is only an answer or a later request that is
/// lost, it half works. Pure acknowledgements do not count: later packets make up for them.
pub(super) fn experience(outcome: &Outcome, packets: &[Packet], rules: &[Prepared]) -> Experience {
    let counts = |at: usize| outcome.steps[at].dropped && !is_pure_ack(&packets[at]);
    let Some(first) = (0..outcome.steps.len()).find(|&at| counts(at)) else {
        return Experience::Works;
    };
    let rejects =
        outcome.dropped.is_some_and(|(_, rule)| rules[rule].rule.action == Action::Reject);
    if first > request(packets) {
        Experience::HalfWorks
    } else if rejects {
        Experience::IsReset
    } else {
        Experience::TimesOut
    }
}

/// The packet that completes the first request.
fn request(packets: &[Packet]) -> usize {
    let stem = |p: &Packet| p.name.split('#').next().unwrap_or_default().to_owned();
    let asks = |p: &Packet| p.to_server && !p.payload.is_empty();
    let Some(first) = packets.iter().position(asks) else {
        return packets.len();
    };
    let name = stem(&packets[first]);
    packets.iter().rposition(|p| asks(p) && stem(p) == name).unwrap_or(first)
}

fn is_pure_ack(packet: &Packet) -> bool {
    let name = packet.name.as_str();
    packet.payload.is_empty() && (matches!(name, "ack" | "lastack") || name.ends_with("_ack"))
}
