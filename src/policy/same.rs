//! Whether two rules say the same, wherever their files say it.

use super::{At, HandWritten, MatchRule, Rule, RuleBody};

/// Whether two lists of values with places say the same.
fn same_values<T: PartialEq, P>(a: &[At<T, P>], b: &[At<T, P>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.value == b.value)
}

/// Whether two rules say the same.
pub fn same_rule(a: &Rule, b: &Rule) -> bool {
    let Rule { name, body, enabled, sid, note, ticket, owner, expires, accept, place: _ } = a;
    name.value == b.name.value
        && same_body(body, &b.body)
        && *enabled == b.enabled
        && *sid == b.sid
        && *note == b.note
        && *ticket == b.ticket
        && *owner == b.owner
        && *expires == b.expires
        && same_values(accept, &b.accept)
}

fn same_body(a: &RuleBody, b: &RuleBody) -> bool {
    match (a, b) {
        (RuleBody::Match(a), RuleBody::Match(b)) => {
            let MatchRule { action, from, to, protocols, ports, log } = a;
            *action == b.action
                && same_values(from, &b.from)
                && same_values(to, &b.to)
                && *protocols == b.protocols
                && *ports == b.ports
                && *log == b.log
        }
        (RuleBody::Suricata(a), RuleBody::Suricata(b)) => {
            let HandWritten { text, place: _, lines: _ } = a;
            *text == b.text
        }
        _ => false,
    }
}
