//! A name that is compared with its capitals (pain 16).

use super::Finding;
use super::by_hand::ByHand;
use super::under::Under;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::case_sensitive_name as say;
use crate::net::{ClientVariant, Scheme};
use crate::policy::Edit;
use crate::suricata::Transform;

/// How many findings are looked for.
const MOST: usize = 100;

/// Said for each hand-written rule that matches a name in small letters and, for certain, not in capitals.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    under.by_hand().filter_map(|rule| finding(&rule)).take(MOST).collect()
}

fn finding(rule: &ByHand<'_>) -> Option<Finding> {
    let lowered = rule.buffer.transforms.contains(&Transform::ToLowercase);
    if rule.content.nocase || lowered {
        return None;
    }
    let request = rule.example()?;
    let dst = request.dst?;
    // The engine makes small letters of a Host header itself, unless that names a port (suricata-facts.md §4).
    let variant = match rule.scheme {
        Scheme::Http => ClientVariant::HostWithPort,
        _ => ClientVariant::UpperCase,
    };
    if !rule.alone().misses(&Some(variant.flow(&request, dst))) {
        return None;
    }
    let capitals = match rule.scheme {
        Scheme::Http => format!("Host: {}:{}", request.host.to_ascii_uppercase(), request.port),
        _ => request.host.to_ascii_uppercase(),
    };
    let (_, content) = rule.written()?;
    let message = say::message(&rule.row.name.value, &request.host, &capitals);
    let at = rule.place_of(&content.span);
    let found = if rule.rule.action.blocks() {
        Diagnostic::warning("case-sensitive-name", at, message)
    } else {
        Diagnostic::note("case-sensitive-name", at, message).confidence(Confidence::Medium)
    };
    let help = if rule.scheme == Scheme::Http { say::HELP_HOST } else { say::HELP };
    Some(Finding::from(found.help(help)).mended_by(fix(rule)))
}

/// `nocase` for a server name; `to_lowercase` for a host, where the engine refuses `nocase`.
fn fix(rule: &ByHand<'_>) -> Option<Edit> {
    let (buffer, content) = rule.written()?;
    if rule.scheme == Scheme::Http {
        let lower = format!("{}; to_lowercase", buffer.name);
        return rule.rewritten(&[(buffer.span, lower)]);
    }
    let text = &rule.rule.text[content.span.clone()];
    rule.rewritten(&[(content.span.clone(), format!("{text}; nocase"))])
}
