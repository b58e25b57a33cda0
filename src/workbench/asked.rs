use std::net::IpAddr;

use super::why::Reason;
use crate::eval::{Condition, Met, Part};
use crate::messages::{Text, Words, verdict, why as say};
use crate::net::Request;
use crate::policy::{Endpoint, MatchRule, Policy, RuleBody, Target};

/// Entries of a list that are named; the rest is counted.
const NAMED: usize = 3;

/// One thing a row asks about a request, in the words of the policy where the row has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is asked.
    pub what: Question,
    /// What the row wants.
    pub wanted: Text,
    /// What the request has.
    pub got: Text,
    /// Whether that is what the row wants.
    pub met: Met,
}

/// What a row can ask about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// Who asks.
    Source,
    /// Which server, by address.
    Destination,
    /// Which port of the server.
    Port,
    /// Which protocol.
    Protocol,
    /// Which name.
    Name,
    /// Which path.
    Path,
    /// Something about the packet or the connection: its direction, its state, a bit, an option.
    Packet,
}

impl Question {
    /// The questions that have a column in a table of rows.
    pub const COLUMNS: [Self; 6] =
        [Self::Source, Self::Destination, Self::Port, Self::Protocol, Self::Name, Self::Path];

    /// Its name in a table.
    #[must_use]
    pub const fn word(self) -> Words {
        match self {
            Self::Source => say::part::SOURCE,
            Self::Destination => say::part::DESTINATION,
            Self::Port => say::part::PORT,
            Self::Protocol => say::part::PROTOCOL,
            Self::Name => say::part::NAME,
            Self::Path => say::part::PATH,
            Self::Packet => say::part::PACKET,
        }
    }
}

impl Asked {
    /// Whether the row leaves this open: any value will do.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.wanted == Text::verbatim("any")
    }

    /// Why it is not met, in words.
    #[must_use]
    pub fn miss(&self) -> Text {
        let Self { wanted, got, .. } = self;
        match self.what {
            Question::Source | Question::Destination => say::not_in(got, wanted),
            Question::Port => say::other_port(got, wanted),
            Question::Name => say::other_name(wanted),
            Question::Protocol | Question::Path | Question::Packet => say::other(got, wanted),
        }
    }
}

/// What a row asks about the request, and what it got.
#[must_use]
pub fn asked(policy: &Policy, request: &Request, reason: &Reason) -> Vec<Asked> {
    let row = match policy.rule(reason.rule.place).map(|rule| &rule.body) {
        Some(RuleBody::Match(row)) => Some(row),
        Some(RuleBody::Suricata(_)) | None => None,
    };
    let mut asked: Vec<Asked> =
        reason.conditions.iter().filter_map(|c| question(policy, request, row, c)).collect();
    // Another protocol has no such buffer: the name itself may be the right one.
    let missed = |a: &Asked| a.what == Question::Protocol && a.met == Met::No;
    if asked.iter().any(missed) && row.is_some_and(|row| names(policy, row, request)) {
        for name in asked.iter_mut().filter(|a| a.what == Question::Name) {
            name.met = Met::Yes;
        }
    }
    asked
}

/// Whether one of the row's entries covers the name asked for, in whatever protocol.
pub(super) fn names(policy: &Policy, row: &MatchRule, request: &Request) -> bool {
    let host = request.host.as_str();
    row.to.iter().any(|to| match &to.value {
        Target::Name(name) => name.matches(host),
        Target::Url(url) => url.host.as_ref().is_some_and(|name| name.matches(host)),
        Target::List(list) => policy
            .list(list)
            .is_some_and(|list| list.names.iter().any(|name| name.value.matches(host))),
        Target::Any | Target::Regex(_) | Target::Net(_) => false,
    })
}

fn question(
    policy: &Policy,
    request: &Request,
    row: Option<&MatchRule>,
    condition: &Condition,
) -> Option<Asked> {
    let Condition { part, wanted, got, met, modelled } = condition;
    let what = match part {
        Part::Source => Question::Source,
        Part::Destination => Question::Destination,
        Part::DestinationPort => Question::Port,
        // Nobody chooses the client's port: a row without it does not ask.
        Part::SourcePort if wanted == "any" => return None,
        Part::Protocol => Question::Protocol,
        Part::Buffer => of_buffer(wanted),
        Part::SourcePort | Part::Flow | Part::Option | Part::Bits => Question::Packet,
    };
    // Rules for the server's packets have the two sides the other way round.
    let client = *part == Part::Source && got.parse() == Ok(request.from);
    let wanted = match (row, what) {
        // Whoever asks from outside is missed by `any`: that means everybody inside.
        (Some(row), Question::Source) if client && *met == Met::No && is_anybody(row) => {
            say::ANYBODY.into()
        }
        (Some(row), Question::Source) if client => {
            listed(row.from.iter().map(|from| from.value.to_string()))
        }
        (Some(row), Question::Port) => {
            Text::verbatim(&row.ports.as_ref().map_or_else(|| wanted.clone(), ToString::to_string))
        }
        (Some(row), Question::Name) => listed(row.to.iter().map(|to| to.value.to_string())),
        (Some(row), Question::Destination) if wanted != "any" => {
            listed(row.to.iter().map(|to| to.value.to_string()))
        }
        _ if *modelled => say::modelled(wanted),
        _ => say::wanted(wanted),
    };
    let assumed = what == Question::Destination
        && request.dst.is_none()
        && got.parse().is_ok_and(|got| request.stand_ins().contains(&got));
    let got = match (client, assumed) {
        (true, _) => Text::verbatim(&with_source(policy, request.from)),
        (false, true) => say::SOMEWHERE.into(),
        (false, false) => say::got(got),
    };
    Some(Asked { what, wanted, got, met: *met })
}

/// Whether a row is about everybody inside.
pub(super) fn is_anybody(row: &MatchRule) -> bool {
    row.from.iter().any(|from| from.value == Endpoint::Any)
}

fn of_buffer(wanted: &str) -> Question {
    match wanted.split(';').next().unwrap_or_default() {
        "tls.sni" | "quic.sni" | "http.host" | "http.host.raw" | "dns.query" => Question::Name,
        "http.uri" | "http.uri.raw" => Question::Path,
        _ => Question::Packet,
    }
}

/// An address with the narrowest source of the policy that it belongs to.
#[must_use]
pub fn with_source(policy: &Policy, address: IpAddr) -> String {
    match sources_of(policy, address).first() {
        Some(name) => format!("{address} ({name})"),
        None => address.to_string(),
    }
}

/// The sources an address belongs to, the narrowest first.
#[must_use]
pub fn sources_of(policy: &Policy, address: IpAddr) -> Vec<&str> {
    let names = policy.sources.iter().map(|source| source.name.value.as_str());
    let mut holding: Vec<_> = names
        .map(|name| (policy.source_set(name), name))
        .filter(|(set, _)| set.contains(address))
        .collect();
    holding.sort_by_cached_key(|(set, _)| set.count());
    holding.into_iter().map(|(_, name)| name).collect()
}

/// The first entries of a list as the policy writes them, and how many more there are.
pub(super) fn listed(entries: impl ExactSizeIterator<Item = String>) -> Text {
    let more = entries.len().saturating_sub(NAMED);
    let named: Vec<String> = entries.take(NAMED).collect();
    verdict::and_more(&named.join(", "), more)
}
