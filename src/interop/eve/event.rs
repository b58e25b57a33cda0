//! What an event tells of a request.

use std::borrow::Cow;
use std::net::IpAddr;

use super::ends::{Ends, Transport};
use super::pasted::LogError;
use super::record::{Record, Verdict};
use super::said::{Said, Told};
use crate::net::{Action, Scheme};

/// An event about a connection: who asked whom for what, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'a> {
    /// Who asked, also where the event is about an answer.
    pub client: IpAddr,
    /// Who was asked.
    pub server: IpAddr,
    /// The server's port; 0 for ICMP.
    pub port: u16,
    /// In which protocol.
    pub scheme: Scheme,
    /// The name that was asked for, as written, without a port; nothing where none was, or none is told.
    pub host: Option<Cow<'a, str>>,
    /// Path and query, as written.
    pub path: Option<Cow<'a, str>>,
    /// What is missing of the request.
    pub missing: Option<Missing>,
    /// How the client asked.
    pub told: Told<'a>,
    /// What became of it; nothing where the event does not say it for certain.
    pub outcome: Option<Action>,
    /// A number for the connection, the same in all events of it.
    pub flow: Option<u64>,
    /// Its kind (`event_type`).
    pub kind: Cow<'a, str>,
    /// Of an `alert`: what matched.
    pub alert: Option<Alert<'a>>,
    /// The rule group's or policy's ARN, in newer lines of AWS Network Firewall.
    pub resource: Option<Cow<'a, str>>,
}

/// The rule that an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert<'a> {
    /// Its number (`alert.signature_id`).
    pub sid: Option<u32>,
    /// Its message (`alert.signature`).
    pub signature: Cow<'a, str>,
}

/// What an event does not say of a request, without which the verdict may not be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Which of the two sides began.
    Sides,
    /// Which protocol was spoken: the client has not said anything yet.
    Protocol,
    /// What was said in a protocol that no request can be asked in.
    Other,
    /// A question of DNS over TCP: requests ask over UDP.
    DnsOverTcp,
    /// Which name was asked for, or which path.
    Name,
}

impl<'a> Event<'a> {
    /// What an event says; `None`: it is about no request.
    pub(super) fn of(mut record: Record<'a>) -> Result<Option<Self>, LogError> {
        let logs_no_request = match record.event_type.get() {
            Some("alert" | "drop" | "netflow" | "flow" | "tls" | "http" | "quic" | "dns") => false,
            Some(_) => true,
            None => record.tls_error.is_some(),
        };
        if logs_no_request || (record.event_type.is("dns") && is_answer(&record)) {
            return Ok(None);
        }
        if record.event_type.0.is_none() {
            return Err(LogError::Lacks("event_type"));
        }
        let proto = record.proto.get().ok_or(LogError::Lacks("proto"))?;
        let Some(transport) = Transport::of(proto) else { return Ok(None) };
        let ends = Ends::of(&record, transport)?;
        let outcome = outcome(&record);
        let flow = record.flow_id.0.map(|id| ends.flow(id));
        let alert = record.alert.take().map(|alert| Alert {
            sid: alert.signature_id.0.and_then(|sid| u32::try_from(sid).ok()),
            signature: alert.signature.0.unwrap_or_default(),
        });
        let kind = record.event_type.0.clone().unwrap_or_default();
        let resource = record.resource.0.0.take();
        let said = Said::of(record, transport);
        let missing = if ends.known { said.missing } else { Some(Missing::Sides) };
        let host = match said.host {
            // A host may come with its port.
            Some(host) if said.scheme == Scheme::Http => Some(without_port(host)?),
            host => host,
        };
        let Ends { client, server, port, .. } = ends;
        let Said { scheme, path, told, .. } = said;
        Ok(Some(Self {
            client,
            server,
            port,
            scheme,
            host,
            path,
            missing,
            told,
            outcome,
            flow,
            kind,
            alert,
            resource,
        }))
    }

    /// The same, with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Event<'static> {
        let own = |text: Option<Cow<'a, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        let Told { version, method, agent, referer } = self.told;
        Event {
            host: own(self.host),
            path: own(self.path),
            told: Told { version, method: own(method), agent: own(agent), referer: own(referer) },
            kind: Cow::Owned(self.kind.into_owned()),
            resource: own(self.resource),
            alert: self.alert.map(|alert| Alert {
                sid: alert.sid,
                signature: Cow::Owned(alert.signature.into_owned()),
            }),
            client: self.client,
            server: self.server,
            port: self.port,
            scheme: self.scheme,
            missing: self.missing,
            outcome: self.outcome,
            flow: self.flow,
        }
    }
}

fn is_answer(record: &Record<'_>) -> bool {
    record.dns.as_ref().is_some_and(|dns| matches!(dns.kind.get(), Some("answer" | "response")))
}

/// The host of a header, without its port.
fn without_port(host: Cow<'_, str>) -> Result<Cow<'_, str>, LogError> {
    let cut = |host: &str| {
        let bare = match host.strip_prefix('[') {
            Some(rest) => rest.split_once(']').map(|(bare, port)| (bare, port.strip_prefix(':'))),
            None => match host.rsplit_once(':') {
                // An address without brackets.
                Some((bare, _)) if bare.contains(':') => None,
                Some((bare, port)) => Some((bare, Some(port))),
                None => None,
            },
        };
        let number = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
        match bare {
            None => Ok(None),
            Some((bare, port)) if port.is_none_or(number) => Ok(Some(bare.len())),
            Some(_) => Err(LogError::bad_host(host)),
        }
    };
    let begins = usize::from(host.starts_with('['));
    Ok(match (cut(&host)?, host) {
        (None, host) => host,
        (Some(length), Cow::Borrowed(host)) => Cow::Borrowed(&host[begins..begins + length]),
        (Some(length), Cow::Owned(host)) => Cow::Owned(host[begins..begins + length].to_owned()),
    })
}

/// What became of a packet is `verdict.action`. `alert.action` only says what that one rule did, and old events have no other;
/// those of kind `drop` are about packets that were dropped.
fn outcome(record: &Record<'_>) -> Option<Action> {
    let said = |verdict: &Verdict<'_>| match (verdict.action.get()?, verdict.reject.is_some()) {
        ("reject", _) | ("drop", true) => Some(Action::Reject),
        ("drop", false) => Some(Action::Drop),
        // Stock Suricata writes `alert` for a pass that logs.
        ("pass" | "alert", _) => Some(Action::Pass),
        _ => None,
    };
    match &record.verdict {
        Some(verdict) => said(verdict),
        None => {
            let blocked = record.alert.as_ref().is_some_and(|alert| alert.action.is("blocked"));
            (record.event_type.is("drop") || blocked).then_some(Action::Drop)
        }
    }
}
