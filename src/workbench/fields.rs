use crate::net::{Action, Protocol};
use crate::policy::{Endpoint, MatchRule, Path, Rule, RuleBody, RuleField, Target, UrlTarget};

/// The fields of a rule in the words of the policy, in the order a form shows them.
pub const MATCH_FIELDS: [RuleField; 13] = [
    RuleField::Name,
    RuleField::Action,
    RuleField::From,
    RuleField::To,
    RuleField::Protocols,
    RuleField::Ports,
    RuleField::Log,
    RuleField::Enabled,
    RuleField::Sid,
    RuleField::Note,
    RuleField::Ticket,
    RuleField::Owner,
    RuleField::Expires,
];

/// The fields of a hand-written rule.
pub const HAND_FIELDS: [RuleField; 7] = [
    RuleField::Name,
    RuleField::Suricata,
    RuleField::Enabled,
    RuleField::Note,
    RuleField::Ticket,
    RuleField::Owner,
    RuleField::Expires,
];

/// The fields that apply to `rule`.
#[must_use]
pub const fn rule_fields(rule: &Rule) -> &'static [RuleField] {
    match rule.body {
        RuleBody::Match(_) => &MATCH_FIELDS,
        RuleBody::Suricata(_) => &HAND_FIELDS,
    }
}

/// What a field of `rule` says, as a form holds it; nothing where the file says nothing.
#[must_use]
pub fn field_text(rule: &Rule, field: RuleField) -> String {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    match field {
        RuleField::Name => rule.name.value.clone(),
        RuleField::Enabled if rule.enabled => String::new(),
        RuleField::Enabled => "false".to_owned(),
        RuleField::Sid => rule.sid.map(|sid| sid.to_string()).unwrap_or_default(),
        RuleField::Note => given(&rule.note),
        RuleField::Ticket => given(&rule.ticket),
        RuleField::Owner => given(&rule.owner),
        RuleField::Expires => given(&rule.expires),
        RuleField::Suricata => match &rule.body {
            RuleBody::Suricata(hand) => hand.text.trim_end().to_owned(),
            RuleBody::Match(_) => String::new(),
        },
        RuleField::Action
        | RuleField::From
        | RuleField::To
        | RuleField::Protocols
        | RuleField::Ports
        | RuleField::Log => match &rule.body {
            RuleBody::Match(row) => match_text(row, field),
            RuleBody::Suricata(_) => String::new(),
        },
    }
}

fn match_text(row: &MatchRule, field: RuleField) -> String {
    match field {
        RuleField::Action => row.action.word().to_owned(),
        RuleField::From => joined(row.from.iter().map(|from| endpoint(&from.value))),
        RuleField::To => joined(row.to.iter().map(|to| target(&to.value))),
        RuleField::Protocols => joined(row.protocols.iter().map(Protocol::to_string)),
        RuleField::Ports => {
            row.ports.as_ref().map(|p| joined(ports(p.ranges()))).unwrap_or_default()
        }
        RuleField::Log if row.log => "true".to_owned(),
        _ => String::new(),
    }
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(", ")
}

fn ports(ranges: &[(u16, u16)]) -> Vec<String> {
    let one = |&(low, high): &(u16, u16)| {
        if low == high { low.to_string() } else { format!("{low}-{high}") }
    };
    ranges.iter().map(one).collect()
}

/// An entry of `from` as a policy writes it.
#[must_use]
pub fn endpoint(from: &Endpoint) -> String {
    match from {
        Endpoint::Any => "any".to_owned(),
        Endpoint::Source(name) => name.clone(),
        Endpoint::Net(net) => network(net),
    }
}

/// An entry of `to` as a policy writes it.
#[must_use]
pub fn target(to: &Target) -> String {
    match to {
        Target::Any => "any".to_owned(),
        Target::Name(name) => name.to_string(),
        Target::List(name) => format!("list:{name}"),
        Target::Url(url) => url_text(url),
        Target::Regex(regex) => format!("regex:{regex}"),
        Target::Net(net) => network(net),
    }
}

/// A single address is written without the length of its prefix.
fn network(net: &ipnet::IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}

fn url_text(url: &UrlTarget) -> String {
    let scheme = if url.protocol == Protocol::Tls { "https" } else { "http" };
    let host = url.host.as_ref().map_or_else(|| "*".to_owned(), ToString::to_string);
    let port = url.port.map(|port| format!(":{port}")).unwrap_or_default();
    let path = match &url.path {
        Path::Any => String::new(),
        Path::Exact(path) => path.clone(),
        Path::Prefix(path) => format!("{path}*"),
    };
    format!("{scheme}://{host}{port}{path}")
}

/// What a rule does: for a hand-written one, what its first line does.
#[must_use]
pub fn rule_action(rule: &Rule) -> Option<Action> {
    match &rule.body {
        RuleBody::Match(row) => Some(row.action),
        RuleBody::Suricata(hand) => {
            let line =
                hand.text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('#'))?;
            Action::from_word(line.split_whitespace().next()?)
        }
    }
}
