//! The default actions, modelled: AWS does not publish their text. Evaluated, never deployed.
//!
//! Source: AWS Network Firewall developer guide, strict evaluation order, and the best-practices guide for what the
//! application-layer actions wait for; measured as such on Suricata 7.0.10 (`docs/suricata.md`).

use super::Origin;
use super::forms::{HELLO, NOT_TCP, TO_SERVER};
use super::output::Output;
use super::sids;
use crate::net::{Action, RuleOrder};
use crate::policy::{DefaultAction, Policy};

/// The bit of a connection whose name is known, or which has asked for something.
const ASKED: &str = "default.asked";
/// The bit of a connection that is TLS or HTTP and has not yet said its name.
const WAITS: &str = "default.waits";
/// A bit that nobody sets: with it a rule is asked on every packet.
const EVERY_PACKET: &str = "flowbits:isnotset,default.never; ";

/// Adds the rules of every default action: alerts first, so that what drops is logged.
pub(super) fn add_defaults(policy: &Policy, out: &mut Output<'_>) {
    if policy.rule_order != RuleOrder::Strict {
        return;
    }
    let (drops, alerts): (Vec<DefaultAction>, Vec<DefaultAction>) =
        policy.default_actions.iter().partition(|d| d.is_drop());
    for default in alerts.into_iter().chain(drops) {
        let logged = !default.is_drop() || policy.default_actions.contains(&default.twin());
        add(default, logged, out);
    }
}

fn add(default: DefaultAction, logged: bool, out: &mut Output<'_>) {
    let number = DefaultAction::ALL.iter().position(|d| *d == default).unwrap_or_default();
    let first = sids::MODELLED + 10 * u32::try_from(number).unwrap_or_default() + 1;
    let action = if default.is_drop() { Action::Drop } else { Action::Alert };
    let silent = if logged { "" } else { "noalert; " };
    for (sid, (acts, protocol, conditions)) in (first..).zip(rules(default)) {
        // A rule that only sets a bit drops nothing and is never logged.
        let (action, silent) = if acts { (action, silent) } else { (Action::Alert, "noalert; ") };
        let text = format!(
            "{action} {protocol} any any -> any any ({conditions}{silent}msg:\"aws:{} action\"; sid:{sid}; rev:1;)",
            default.word()
        );
        out.add(Origin::DefaultAction, &text, None);
    }
}

/// The rules of a default action: whether it acts or only sets a bit, protocol, conditions.
fn rules(default: DefaultAction) -> Vec<(bool, &'static str, String)> {
    use DefaultAction as D;
    let not_tcp = (true, "ip", format!("{NOT_TCP}{EVERY_PACKET}"));
    match default {
        D::DropStrict | D::AlertStrict => vec![(true, "ip", EVERY_PACKET.to_owned())],
        D::DropEstablished | D::AlertEstablished => {
            vec![(true, "tcp", "flow:established,to_server; ".to_owned()), not_tcp]
        }
        D::DropEstablishedAppLayer | D::AlertEstablishedAppLayer => {
            let mut rules = app_layer();
            rules.extend([unnamed("to_client"), not_tcp]);
            rules
        }
        D::DropEstablishedAppLayerToServer | D::AlertEstablishedAppLayerToServer => {
            let mut rules = app_layer();
            rules.push(not_tcp);
            rules
        }
    }
}

/// Acts on a complete hello and on a request with a host, waits for them, and acts on any other data of the client.
fn app_layer() -> Vec<(bool, &'static str, String)> {
    let waits = format!("flowbits:isnotset,{ASKED}; flowbits:set,{WAITS}; {TO_SERVER}");
    let hello = format!("{HELLO}{TO_SERVER}flowbits:set,{ASKED}; ");
    let host = format!("http.host; bsize:>0; {TO_SERVER}flowbits:set,{ASKED}; ");
    vec![
        (true, "tls", hello),
        (false, "tls", waits.clone()),
        (true, "http", host),
        (false, "http", waits),
        unnamed("to_server"),
    ]
}

/// Acts on packets of established connections that are neither decided nor waiting.
fn unnamed(direction: &str) -> (bool, &'static str, String) {
    let bits = format!("flowbits:isnotset,{ASKED}; flowbits:isnotset,{WAITS}; ");
    (true, "tcp", format!("{bits}flow:established,{direction}; "))
}
