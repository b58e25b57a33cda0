use super::Experience;
use super::packets::Packet;
use crate::net::WirePacket;

/// A packet as it goes over the wire.
pub(super) trait Sent {
    /// Its name, as in the recordings.
    fn name(&self) -> &str;
    /// Whether the client sends it.
    fn to_server(&self) -> bool;
    /// Whether it carries no data.
    fn is_empty(&self) -> bool;
}

impl Sent for Packet {
    fn name(&self) -> &str {
        &self.name
    }
    fn to_server(&self) -> bool {
        self.to_server
    }
    fn is_empty(&self) -> bool {
        self.payload.is_empty()
    }
}

impl Sent for WirePacket {
    fn name(&self) -> &str {
        &self.name
    }
    fn to_server(&self) -> bool {
        self.to_server
    }
    fn is_empty(&self) -> bool {
        self.payload.is_empty()
    }
}

/// What the client notices when this is the first packet lost that it misses; `rejects`: and it is answered with a reset.
///
/// A connection of which the first request is lost never works; when it is only an answer or a later request that is
/// lost, it half works. Pure acknowledgements do not count: later packets make up for them.
pub(super) fn experience(packets: &[impl Sent], lost: Option<usize>, rejects: bool) -> Experience {
    let Some(first) = lost else {
        return Experience::Works;
    };
    if first > request(packets) {
        Experience::HalfWorks
    } else if rejects {
        Experience::IsReset
    } else {
        Experience::TimesOut
    }
}

/// The first packet lost that the client misses.
pub(super) fn first_loss(packets: &[impl Sent], dropped: impl Fn(usize) -> bool) -> Option<usize> {
    (0..packets.len()).find(|&at| dropped(at) && !is_pure_ack(&packets[at]))
}

/// The packet that completes the first request; beyond the last where the client asks for nothing.
pub(super) fn request<P: Sent>(packets: &[P]) -> usize {
    let stem = |p: &P| p.name().split('#').next().unwrap_or_default().to_owned();
    let asks = |p: &P| p.to_server() && !p.is_empty();
    let Some(first) = packets.iter().position(asks) else {
        return packets.len();
    };
    let name = stem(&packets[first]);
    packets.iter().rposition(|p| asks(p) && stem(p) == name).unwrap_or(first)
}

fn is_pure_ack(packet: &impl Sent) -> bool {
    let name = packet.name();
    packet.is_empty() && (matches!(name, "ack" | "lastack") || name.ends_with("_ack"))
}
