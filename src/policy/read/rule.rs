use std::sync::Arc;

use granit_parser::ScalarStyle;

use super::fields::{Fields, Reader};
use super::policy::named;
use crate::diagnostic::Place;
use crate::messages::policy as say;
use crate::net::{PortSet, Protocol};
use crate::policy::fault::{Fault, fault};
use crate::policy::rules::{InRow, Start};
use crate::policy::tree::{Kind, Node};
use crate::policy::value::{
    accepted, action, boolean, date, endpoint, port, protocol, sid, target,
};
use crate::policy::{Accepted, At, HandWritten, MatchRule, Rule, RuleBody, Target, UrlTarget};

/// The fields of a rule, in the order in which they are usually written.
pub const FIELDS: [&str; 16] = [
    "name",
    "sid",
    "enabled",
    "action",
    "from",
    "to",
    "protocol",
    "protocols",
    "ports",
    "log",
    "owner",
    "ticket",
    "expires",
    "note",
    "accept",
    "suricata",
];

/// Fields that a hand-written rule says in its own text.
const MATCH_ONLY: [&str; 8] =
    ["action", "from", "to", "protocol", "protocols", "ports", "log", "sid"];

/// What a case can name instead of a rule: the default action, and the one of stateless rules.
pub const RESERVED: [&str; 2] = ["default", "stateless-default"];

/// Refuses a name with a meaning of its own.
pub(super) fn reserved<'a>(reader: &mut Reader<'a>, of: Fields<'a>) {
    if let Some(node) = of.get("name")
        && let Some(word) = RESERVED.into_iter().find(|word| of.name() == Some(word))
    {
        reader.refuse(node, fault("bad-name", say::reserved_name(word)));
    }
}

/// Reads an entry of `rules`.
pub fn rule<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<(Arc<Rule>, Start)> {
    let start = Start { line: node.line, byte: node.span.start };
    let of = reader.fields(node, "a rule", &FIELDS)?;
    let name = named(reader, of, "a rule");
    reserved(reader, of);
    let body = match of.get("suricata") {
        Some(text) => hand_written(reader, of, text, start).map(RuleBody::Suricata),
        None => match_rule(reader, of, start).map(RuleBody::Match),
    };
    let enabled = flag(reader, of, "enabled").unwrap_or(true);
    let sid = of.get("sid").and_then(|node| {
        let text = reader.raw(node, "sid")?;
        reader.take(node, sid(text))
    });
    let expires = of.get("expires").and_then(|node| {
        let text = reader.raw(node, "expires")?;
        reader.take(node, date(text))
    });
    let line = |reader: &mut Reader<'a>, field| of.get(field).and_then(|n| reader.line(n, field));
    let (ticket, owner) = (line(reader, "ticket"), line(reader, "owner"));
    let note = reader.note(of, "note");
    let accept = accepts(reader, of).into_iter().map(|at| at.in_row(start)).collect();
    let rule = Rule {
        name: name?.in_row(start),
        body: body?,
        enabled,
        sid,
        note,
        ticket,
        owner,
        expires,
        accept,
        place: InRow::of(&node.place(), start),
    };
    Some((Arc::new(rule), start))
}

/// Reads a field that is `true` or `false`.
pub(super) fn flag<'a>(reader: &mut Reader<'a>, of: Fields<'a>, field: &str) -> Option<bool> {
    let node = of.get(field)?;
    let text = reader.raw(node, field)?;
    reader.take(node, boolean(field, text))
}

/// Reads `accept` of a rule, a group or the policy: findings that are as they should be.
pub(super) fn accepts<'a>(reader: &mut Reader<'a>, of: Fields<'a>) -> Vec<At<Accepted>> {
    of.get("accept").map_or_else(Vec::new, |node| reader.values(node, "accept", accepted))
}

fn hand_written<'a>(
    reader: &mut Reader<'a>,
    of: Fields<'a>,
    node: &'a Node,
    start: Start,
) -> Option<HandWritten> {
    for field in MATCH_ONLY {
        if let Some(entry) = of.node.entry(reader.text, field) {
            reader.refuse(&entry.key, fault("two-kinds", say::two_kinds(field)));
        }
    }
    let text = reader.text(node, "suricata")?;
    let Kind::Scalar { style, .. } = node.kind else { return None };
    if style == ScalarStyle::Plain && is_cut_short(node, reader.text) {
        reader.refuse(node, fault("text-lost", say::text_lost()));
    }
    if text.trim().is_empty() {
        reader.refuse(node, fault("empty", say::empty("suricata")));
        return None;
    }
    if let Some(c) = text.chars().find(|&c| c == '\0') {
        reader.refuse(node, fault("control-character", say::control_in("suricata", c)));
    }
    let text = text.trim_end_matches('\n').to_owned();
    let lines = lines_of(node, style, &text, reader.text);
    let lines = lines.iter().map(|line| InRow::of(line, start)).collect();
    Some(HandWritten { text, place: InRow::of(&node.place(), start), lines })
}

/// Whether a `#` behind a plain value makes a comment of what was meant as text.
fn is_cut_short(node: &Node, text: &str) -> bool {
    let line = text[node.span.end..].lines().next().unwrap_or_default();
    line.trim_start().starts_with('#')
}

/// Where each line of a scalar's text stands in the file; empty where it is not written there as it is.
fn lines_of(node: &Node, style: ScalarStyle, value: &str, source: &str) -> Vec<Place> {
    let place = node.place();
    match style {
        ScalarStyle::Plain => as_it_is(place, value, source),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => as_it_is(
            Place {
                column: place.column + 1,
                span: place.span.start + 1..place.span.end - 1,
                ..place
            },
            value,
            source,
        ),
        ScalarStyle::Literal => below(&place, value, source).unwrap_or_default(),
        ScalarStyle::Folded => Vec::new(),
    }
}

/// The only line of a text that stands on a line of the file.
fn as_it_is(place: Place, value: &str, source: &str) -> Vec<Place> {
    let same = source.get(place.span.clone()) == Some(value) && !value.contains('\n');
    if same { vec![place] } else { Vec::new() }
}

/// The lines of a text below its `|`, each behind an indentation.
fn below(place: &Place, value: &str, source: &str) -> Option<Vec<Place>> {
    let body = source.get(place.span.clone())?;
    let mut start = place.span.start;
    let mut lines = Vec::new();
    let mut texts = value.split('\n');
    for (number, line) in body.split_inclusive('\n').enumerate() {
        if number > 0 {
            let Some(text) = texts.next() else { break };
            let indent = line.trim_end_matches(['\r', '\n']).strip_suffix(text)?.len();
            lines.push(Place {
                line: place.line + number,
                column: indent + 1,
                span: start + indent..start + indent + text.len(),
            });
        }
        start += line.len();
    }
    Some(lines)
}

fn match_rule<'a>(reader: &mut Reader<'a>, of: Fields<'a>, start: Start) -> Option<MatchRule> {
    let what = if of.name().is_some() { "a rule" } else { "a rule (or its `suricata` text)" };
    let action = reader.required(of, what, "action").and_then(|node| {
        let text = reader.text(node, "action")?;
        reader.take(node, action(text))
    });
    let from = reader.required(of, what, "from").map(|n| reader.values(n, "from", endpoint));
    let to = reader.required(of, what, "to").map(|n| reader.values(n, "to", target));
    let protocols = protocols(reader, of);
    let ports = of.get("ports").and_then(|node| ports(reader, node));
    let rule = MatchRule {
        action: action?,
        from: from?.into_iter().map(|at| at.in_row(start)).collect(),
        to: to?.into_iter().map(|at| at.in_row(start)).collect(),
        protocols,
        ports,
        log: flag(reader, of, "log").unwrap_or(false),
    };
    if let Err((field, fault)) = fits_together(&rule) {
        let node = match field {
            "protocols" => of.get("protocol").or_else(|| of.get("protocols")),
            field => of.get(field),
        };
        reader.refuse(node.unwrap_or(of.node), fault);
    }
    Some(rule)
}

fn protocols<'a>(reader: &mut Reader<'a>, of: Fields<'a>) -> Vec<Protocol> {
    let (one, many) = (of.get("protocol"), of.get("protocols"));
    if let (Some(_), Some(many)) = (one, many) {
        reader.refuse(many, fault("duplicate-field", say::protocol_twice()));
    }
    let Some(node) = one.or(many) else { return Vec::new() };
    let mut protocols: Vec<Protocol> = Vec::new();
    for at in reader.values(node, "protocols", protocol) {
        if protocols.contains(&at.value) {
            reader.faults.add(fault("twice", say::twice("protocol", at.value.word())), at.place);
        } else {
            protocols.push(at.value);
        }
    }
    protocols
}

fn ports<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<PortSet> {
    let mut all = PortSet::default();
    for item in reader.one_or_more(node, "ports") {
        if let Some(text) = reader.raw(item, "ports")
            && let Some(set) = reader.take(item, port(text))
        {
            all = all.union(&set);
        }
    }
    (!all.is_empty()).then_some(all)
}

/// Whether target, protocols and ports of a rule can go together; if not, which field is at fault.
pub fn fits_together(rule: &MatchRule) -> Result<(), (&'static str, Fault)> {
    let names = [Protocol::Tls, Protocol::Http, Protocol::Quic, Protocol::Dns];
    for to in &rule.to {
        let contradicts = |p: &&Protocol| match &to.value {
            Target::Any | Target::Net(_) => false,
            Target::Name(_) | Target::List(_) | Target::Regex(_) => !names.contains(p),
            Target::Url(url) => **p != url.protocol,
        };
        if let Some(protocol) = rule.protocols.iter().find(contradicts) {
            let said = match &to.value {
                Target::Url(url) => say::url_against_protocol(protocol.word(), url.protocol.word()),
                _ => say::name_against_protocol(protocol.word(), &to.value.to_string()),
            };
            return Err(("protocols", fault("protocol-contradicts", said)));
        }
        if let (Target::Url(UrlTarget { port: Some(port), .. }), Some(ports)) =
            (&to.value, &rule.ports)
            && !ports.contains(*port)
        {
            let said = say::url_against_ports(*port, &ports.to_string());
            return Err(("ports", fault("ports-contradict", said)));
        }
    }
    if rule.ports.is_none() {
        return Ok(());
    }
    if let Some(p) = rule.protocols.iter().find(|p| matches!(p, Protocol::Icmp | Protocol::Ip)) {
        return Err(("ports", fault("ports-without-protocol", say::ports_on(p.word()))));
    }
    let address = |t: &Target| matches!(t, Target::Any | Target::Net(_));
    if rule.protocols.is_empty() && rule.to.iter().any(|to| address(&to.value)) {
        return Err(("ports", fault("ports-without-protocol", say::ports_without_protocol())));
    }
    Ok(())
}
