//! The first part of a rule: action, protocol, who, which way, whom.

use super::reader::Fault;
use super::scan::Piece;
use super::value::nearest;
use crate::messages::suricata::shape as say;
use crate::net::Action;
use crate::suricata::address::{FieldError, addresses_alone};
use crate::suricata::port::ports_alone;
use crate::suricata::{Direction, Header, HeaderProtocol, RuleProblem};

/// The actions of the engine and what they are to a flow; the engine takes them in any case (measured).
const ACTIONS: [(&str, Action); 8] = [
    ("pass", Action::Pass),
    ("drop", Action::Drop),
    ("reject", Action::Reject),
    ("rejectsrc", Action::Reject),
    ("rejectdst", Action::Reject),
    ("rejectboth", Action::Reject),
    ("alert", Action::Alert),
    ("config", Action::Alert),
];

/// Words of other firewalls, and what they are called here.
const OTHER_WORDS: [(&str, &str); 8] = [
    ("block", "drop"),
    ("deny", "drop"),
    ("sdrop", "drop"),
    ("allow", "pass"),
    ("accept", "pass"),
    ("permit", "pass"),
    ("log", "alert"),
    ("activate", "alert"),
];

/// The same for protocols.
const OTHER_PROTOCOLS: [(&str, &str); 6] = [
    ("https", "tls"),
    ("ssl", "tls"),
    ("any", "ip"),
    ("http3", "quic"),
    ("icmp6", "icmpv6"),
    ("icmp4", "icmpv4"),
];

fn translated(word: &str, table: &[(&'static str, &'static str)]) -> Option<&'static str> {
    table.iter().find(|(other, _)| word.eq_ignore_ascii_case(other)).map(|(_, ours)| *ours)
}

/// Reads the action and its word.
pub(super) fn action(piece: Piece<'_>) -> Result<(&'static str, Action), Fault> {
    let known = ACTIONS.iter().find(|(word, _)| piece.text.eq_ignore_ascii_case(word));
    if let Some(known) = known {
        return Ok(*known);
    }
    let message = say::is_not(piece.text, say::what::ACTION);
    let near = translated(piece.text, &OTHER_WORDS)
        .or_else(|| nearest(piece.text, ACTIONS.iter().map(|(word, _)| *word)));
    let help = match near {
        Some(near) => say::did_you_mean(near),
        None => say::USUAL_ACTIONS.into(),
    };
    Err(Box::new(RuleProblem::error("unknown-action", piece.span(), message).help(help)))
}

/// Reads the fields; variables are looked up only when the rule is used.
pub(super) fn header(fields: &[Piece<'_>; 7]) -> Result<Header, Fault> {
    let [_, word, source, source_ports, arrow, destination, destination_ports] = *fields;
    let protocol = protocol(word)?;
    let direction = direction(arrow)?;
    for field in [source, destination] {
        addresses_alone(field.text).map_err(|error| bad("bad-address", field, &error))?;
    }
    for field in [source_ports, destination_ports] {
        ports_alone(field.text).map_err(|error| bad("bad-port", field, &error))?;
    }
    Ok(Header {
        protocol,
        source: source.text.to_owned(),
        source_ports: source_ports.text.to_owned(),
        direction,
        destination: destination.text.to_owned(),
        destination_ports: destination_ports.text.to_owned(),
    })
}

fn bad(code: &'static str, field: Piece<'_>, error: &FieldError) -> Fault {
    Box::new(RuleProblem::error(code, field.span(), error.words()))
}

fn protocol(piece: Piece<'_>) -> Result<HeaderProtocol, Fault> {
    if let Some(protocol) = HeaderProtocol::from_word(piece.text) {
        return Ok(protocol);
    }
    let lower = piece.text.to_ascii_lowercase();
    let near = if HeaderProtocol::from_word(&lower).is_some() {
        Some(lower.as_str())
    } else {
        translated(&lower, &OTHER_PROTOCOLS).or_else(|| nearest(&lower, HeaderProtocol::words()))
    };
    let help = match near {
        Some(near) if near == lower => say::in_lower_case(near),
        Some(near) => say::did_you_mean(near),
        None => say::USUAL_PROTOCOLS.into(),
    };
    let message = say::is_not(piece.text, say::what::HEADER_PROTOCOL);
    Err(Box::new(RuleProblem::error("unknown-protocol", piece.span(), message).help(help)))
}

fn direction(piece: Piece<'_>) -> Result<Direction, Fault> {
    match piece.text {
        "->" => Ok(Direction::ToRight),
        "<>" => Ok(Direction::Both),
        "<-" => {
            let message = say::is_not("<-", say::what::DIRECTION);
            let problem = RuleProblem::error("unknown-direction", piece.span(), message);
            Err(Box::new(problem.help(say::EXCHANGE_SIDES)))
        }
        other => {
            let message = say::is_not(other, say::what::DIRECTION);
            let problem = RuleProblem::error("unknown-direction", piece.span(), message);
            Err(Box::new(problem.help(say::ARROWS)))
        }
    }
}
