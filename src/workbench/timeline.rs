use super::answer::{Answer, ByDestination, deciding_packet};
use super::asked::with_source;
use crate::eval::{Trace, Verdict};
use crate::messages::{Text, stateless, verdict, why as say};
use crate::net::{Scheme, StatelessAction};
use crate::policy::Policy;

/// One packet of a request, as far as it helps to understand what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Its name, as in the trace.
    pub packet: String,
    /// Whether the client sent it.
    pub to_server: bool,
    /// Whether it was discarded.
    pub dropped: bool,
    /// What stateless rules did with it.
    pub stateless: StatelessAction,
    /// What the engine learned with it.
    pub learned: Vec<String>,
    /// Whether the request was decided on it.
    pub decided: bool,
}

/// The packets of a request up to the last on which something happens: one that is discarded, that
/// tells the engine something new, or that decides. Pure acknowledgements on which nothing happens
/// are left out.
#[must_use]
pub fn timeline(trace: &Trace) -> Vec<Moment> {
    let decided = deciding_packet(trace);
    let mut known: Vec<&String> = Vec::new();
    let mut moments = Vec::new();
    let mut interesting = 0;
    for (at, packet) in trace.packets.iter().enumerate() {
        let learned: Vec<&String> = packet.known.iter().filter(|k| !known.contains(k)).collect();
        known.extend(&learned);
        let here = decided == Some(at);
        let happens = here || packet.dropped || !learned.is_empty();
        if packet.name.ends_with("_ack") && !happens {
            continue;
        }
        moments.push(Moment {
            packet: packet.name.clone(),
            to_server: packet.to_server,
            dropped: packet.dropped,
            stateless: packet.stateless.action,
            learned: learned.into_iter().cloned().collect(),
            decided: here,
        });
        if happens {
            interesting = moments.len();
        }
        // What is sent again after a block is lost again.
        if here && packet.dropped {
            break;
        }
    }
    if interesting > 0 {
        moments.truncate(interesting);
    }
    moments
}

/// What is known from the first packet on: who asks, which address is asked, which port.
#[must_use]
pub fn known_at_first(policy: &Policy, answer: &Answer) -> Text {
    let request = &answer.request;
    let to = answer.first().address.to_string();
    let to = match request.dst {
        Some(_) => Text::verbatim(&to),
        None => verdict::ANY_ADDRESS.into(),
    };
    let port = (request.scheme != Scheme::Icmp).then_some(request.port);
    say::known_at_first(&with_source(policy, request.from), &to, port)
}

/// What the action that decided does to the rest of the connection; nothing where it is not known what decided.
#[must_use]
pub fn rest_of_flow(outcome: &ByDestination) -> Option<Text> {
    let action = outcome.action?;
    match outcome.trace.verdict {
        Verdict::Stateless { .. } => return Some(stateless::EACH_FOR_ITSELF.into()),
        Verdict::Midstream { .. } => return Some(stateless::ALL_OF_IT.into()),
        Verdict::Decided { .. }
        | Verdict::Unmatched
        | Verdict::Unseen { .. }
        | Verdict::Undetermined { .. } => {}
    }
    Some(match outcome.trace.flow_action {
        Some((sticky, _)) if sticky == action => say::sticks(action.word()),
        Some(_) | None => say::PER_PACKET.into(),
    })
}
