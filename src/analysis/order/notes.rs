//! Rows that keep their order and yet work otherwise than they look.

use super::ask::Ask;
use super::stands::{Asks, Stand};
use crate::compile::Compiled;
use crate::diagnostic::Diagnostic;
use crate::messages::order as say;
use crate::net::Action;
use crate::policy::{Policy, RulePlace};

/// How many rows are tried for each alert.
const TRIED: usize = 4;

/// Rows that wait for names, in one note, and alerts that are never asked.
pub(super) fn notes(ask: &Ask<'_>, stands: &[Stand]) -> Vec<Diagnostic> {
    let mut notes: Vec<Diagnostic> = waits(ask.policy, ask.compiled).into_iter().collect();
    notes.extend(alerts(ask, stands));
    notes
}

fn waits(policy: &Policy, compiled: &Compiled) -> Option<Diagnostic> {
    let waiting = compiled.waiting();
    let first = *waiting.first()?;
    let (rule, at) = (policy.rule(first)?, policy.name_place(first)?);
    let row = say::row(&rule.name.value, at.line);
    let message = say::waits(&row, waiting.len() - 1);
    let note = Diagnostic::note("waits-for-names", at, message);
    Some(note.help(say::WAITS_HELP))
}

/// Alerts about names above a row that drops the first packet of what they are about.
fn alerts(ask: &Ask<'_>, stands: &[Stand]) -> Vec<Diagnostic> {
    let mut told: Vec<RulePlace> = Vec::new();
    let mut notes = Vec::new();
    let waiting = ask.compiled.waiting();
    for (at, alert) in stands.iter().enumerate() {
        let Asks::Name { .. } = alert.asks else { continue };
        if alert.action != Action::Alert || told.contains(&alert.place) {
            continue;
        }
        let early = |s: &&Stand| {
            matches!(s.asks, Asks::Address { tcp: true, .. })
                && s.action.blocks()
                && !waiting.contains(&s.place)
        };
        let below = stands[at..].iter().filter(early).take(TRIED);
        if let Some(note) = below.into_iter().find_map(|early| silent(ask, alert, early)) {
            told.push(alert.place);
            notes.push(note);
        }
    }
    notes
}

/// The note, if of a request that both are about the first packet is dropped.
fn silent(ask: &Ask<'_>, alert: &Stand, early: &Stand) -> Option<Diagnostic> {
    let request = alert.request_with(early, 443)?;
    let flow = request.flow(request.dst?);
    let outcome = ask.engine(&flow)?;
    let dropped = outcome.by == Some(crate::compile::Origin::Rule(early.place));
    if !dropped || !ask.loses_first(&flow) {
        return None;
    }
    let name = |place: RulePlace| {
        let (rule, at) = (ask.policy.rule(place)?, ask.policy.name_place(place)?);
        Some((say::row(&rule.name.value, at.line), at))
    };
    let ((row, at), (by, _)) = (name(alert.place)?, name(early.place)?);
    let message = say::alert_too_late(&row, &by, &request.to_string());
    Some(Diagnostic::note("alert-too-late", at, message))
}
