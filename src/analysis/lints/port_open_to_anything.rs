//! The port of the web, open to whatever speaks on it (pain 17).

use super::Finding;
use super::under::Under;
use crate::analysis::order::stands::{Asks, Stand};
use crate::compile::Origin;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::port_open_to_anything as say;
use crate::net::{Action, PortSet, Request, Scheme};
use crate::policy::{Edit, Rule, RuleBody, RuleField, RulePlace};

/// How many rows are tried.
const TRIED: usize = 60;
/// The port that TLS has.
const TLS: u16 = 443;

/// Said for each row that passes bytes which are no TLS on port 443, and hardly anything but that port.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let ask = under.ask();
    let mut told: Vec<RulePlace> = Vec::new();
    let mut found = Vec::new();
    let fits = |stand: &&Stand| {
        stand.action == Action::Pass && matches!(stand.asks, Asks::Address { tcp: true, .. })
    };
    for stand in under.stands.iter().filter(fits).take(TRIED) {
        let Some(row) = under.row(stand.place).filter(|_| few(stand.ports())) else { continue };
        let request = stand.requests_with(stand).into_iter().find(|r| r.scheme == Scheme::Https);
        let Some(request) = request.filter(|r| r.port == TLS && !told.contains(&stand.place))
        else {
            continue;
        };
        let Some(dst) = request.dst else { continue };
        let raw = Request { scheme: Scheme::Tcp, host: dst.to_string(), ..request };
        let Some(outcome) = ask.engine(&raw.flow(dst)) else { break };
        if outcome.action != Some(Action::Pass) || outcome.by != Some(Origin::Rule(stand.place)) {
            continue;
        }
        told.push(stand.place);
        let message = say::message(&row.name.value, &raw.to_string());
        let at = under.policy.name_place(stand.place);
        let note = Diagnostic::note("port-open-to-anything", at, message).help(say::HELP);
        let note = note.confidence(Confidence::Medium);
        found.push(Finding::from(note).mended_by(fix(row, stand.place)));
    }
    found
}

/// Whether it is port 443 and at most a few others.
fn few(ports: &PortSet) -> bool {
    let many = |(low, high): &(u16, u16)| u32::from(*high) - u32::from(*low) + 1;
    ports.contains(TLS) && ports.ranges().iter().map(many).sum::<u32>() <= 4
}

/// TLS in place of TCP, where the row has that one port.
fn fix(row: &Rule, place: RulePlace) -> Option<Edit> {
    let RuleBody::Match(body) = &row.body else { return None };
    let only = body.ports.as_ref()?.ranges() == [(TLS, TLS)];
    let tcp = body.protocols == [crate::net::Protocol::Tcp];
    let fields = vec![(RuleField::Protocols, Some("tls".to_owned()))];
    (only && tcp).then_some(Edit::SetRule { at: place, fields })
}
