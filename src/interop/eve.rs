//! Lines of a firewall's log: AWS Network Firewall's alert log, and Suricata's own EVE.
//!
//! Source: AWS Network Firewall developer guide, "Contents of a AWS Network Firewall log"; lines of public integration
//! tests; Suricata 7.0.10, `output-json-alert.c`. Old lines have no `verdict` and no `direction`.

use std::net::IpAddr;

use serde_json::{Map, Value};
use thiserror::Error;

use crate::messages::{Lang, Text, Words, request::line as say};
use crate::net::{Action, Request, RequestError};

/// What an alert line says of one packet and the rule that matched on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// Who asked: the connection's client, also where the line is about an answer.
    pub client: IpAddr,
    /// Who was asked.
    pub server: IpAddr,
    /// The server's port; 0 for ICMP.
    pub port: u16,
    /// What was asked for, as far as the line tells.
    pub asked: Asked,
    /// What became of the packet (`verdict.action`). Old lines: what a `blocked` says for certain, else nothing.
    pub outcome: Option<Action>,
    /// The rule's number (`alert.signature_id`).
    pub sid: Option<u32>,
    /// The rule's message (`alert.signature`).
    pub signature: String,
    /// The default action that wrote the line, by AWS's name without `aws:`; told by the message, since its
    /// numbers are those of a domain list's first rules too.
    pub default_action: Option<String>,
    /// The rule group's or policy's ARN, in newer lines.
    pub resource: Option<String>,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// TLS, with the server name if it was known.
    Tls(Option<String>),
    /// HTTP: host and path, if known.
    Http(Option<String>, Option<String>),
    /// QUIC, with the server name if known.
    Quic(Option<String>),
    /// DNS, with the name asked for if known.
    Dns(Option<String>),
    /// TCP of which no more is known.
    Tcp,
    /// UDP of which no more is known.
    Udp,
    /// ICMP.
    Icmp,
}

/// Why a line cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.words().say(Lang::English))]
pub enum LogError {
    /// Nothing was given.
    Empty,
    /// Not JSON.
    NotJson(String),
    /// Another type of event.
    NotAnAlert(String),
    /// Something is missing.
    Lacks(&'static str),
    /// A value of the wrong kind.
    Bad(&'static str, String, Words),
}

impl LogError {
    /// What is wrong, and what to paste instead.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Empty => say::EMPTY.into(),
            Self::NotJson(why) => say::not_json(why),
            Self::NotAnAlert(kind) => say::not_an_alert(kind),
            Self::Lacks(what) => say::lacks(what),
            Self::Bad(key, value, wanted) => say::bad(key, value, *wanted),
        }
    }
}

impl LogEvent {
    /// Reads the first line of a text that is not empty, from its first brace on; says how many more follow. An event
    /// may also be spread over all lines.
    ///
    /// # Errors
    /// [`LogError`], which says what the line lacks.
    pub fn first_of(text: &str) -> Result<(Self, usize), LogError> {
        let from_brace = |text: &str| text.find('{').map_or(text.len(), |at| at);
        if let Ok(event) = Self::read(&text[from_brace(text)..]) {
            return Ok((event, 0));
        }
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().unwrap_or_default();
        let json = &first[from_brace(first)..];
        let event = Self::read(if json.is_empty() { first } else { json })?;
        Ok((event, lines.count()))
    }

    /// Reads one line: an ANFW envelope, a bare EVE event, or what CloudWatch wraps around either (`@message`).
    ///
    /// # Errors
    /// [`LogError`], which says what the line lacks.
    pub fn read(line: &str) -> Result<Self, LogError> {
        let line = line.trim().trim_start_matches('\u{feff}');
        if line.is_empty() {
            return Err(LogError::Empty);
        }
        let mut value: Value =
            serde_json::from_str(line).map_err(|e| LogError::NotJson(e.to_string()))?;
        if let Some(message) = value.get("@message") {
            value = match message {
                Value::String(text) => {
                    serde_json::from_str(text).map_err(|e| LogError::NotJson(e.to_string()))?
                }
                other => other.clone(),
            };
        }
        let resource = value.pointer("/aws_metadata/resource_arn").and_then(Value::as_str);
        let event = value.get("event").unwrap_or(&value);
        let event = event.as_object().ok_or(LogError::Lacks("event"))?;
        Self::of(event, resource.map(str::to_owned))
    }

    fn of(event: &Map<String, Value>, resource: Option<String>) -> Result<Self, LogError> {
        match event.get("event_type").and_then(Value::as_str) {
            Some("alert" | "drop") => {}
            Some(other) => return Err(LogError::NotAnAlert(other.to_owned())),
            None if event.contains_key("tls_error") => {
                return Err(LogError::NotAnAlert("tls".to_owned()));
            }
            None => return Err(LogError::Lacks("event_type")),
        }
        let proto = text(event, "proto").ok_or(LogError::Lacks("proto"))?.to_ascii_uppercase();
        let icmp = proto.contains("ICMP");
        let (source, destination) = (address(event, "src_ip")?, address(event, "dest_ip")?);
        let port_of = |key| if icmp { Ok(0) } else { port(event, key) };
        // The line is about a packet; one of the server has the two sides the other way round.
        let from_server = text(event, "direction").as_deref() == Some("to_client");
        let (client, server, port) = if from_server {
            (destination, source, port_of("src_port")?)
        } else {
            (source, destination, port_of("dest_port")?)
        };
        let alert = event.get("alert").and_then(Value::as_object);
        let signature = alert.and_then(|a| text(a, "signature")).unwrap_or_default();
        let sid = alert.and_then(|a| number(a.get("signature_id")?));
        Ok(Self {
            client,
            server,
            port,
            asked: asked(event, &proto),
            outcome: outcome(event, alert),
            sid: sid.and_then(|n| u32::try_from(n).ok()),
            default_action: default_action(&signature),
            signature,
            resource,
        })
    }

    /// The request behind the line, as a person would type it.
    ///
    /// # Errors
    /// [`RequestError`] when the name on the line is none that a request can ask for.
    pub fn request(&self) -> Result<Request, RequestError> {
        Request::parse(&self.client.to_string(), &self.url(), Some(&self.server.to_string()))
    }

    /// The URL behind the line; the server's address where the line has no name.
    #[must_use]
    pub fn url(&self) -> String {
        let address = match self.server {
            IpAddr::V4(a) => a.to_string(),
            IpAddr::V6(a) => format!("[{a}]"),
        };
        let named = |name: &Option<String>| name.clone().unwrap_or_else(|| address.clone());
        let port = self.port;
        match &self.asked {
            Asked::Tls(name) => format!("https://{}:{port}", named(name)),
            Asked::Quic(name) => format!("quic://{}:{port}", named(name)),
            Asked::Dns(name) => format!("dns://{}:{port}", named(name)),
            Asked::Http(host, path) => {
                let path = path.as_deref().filter(|p| p.starts_with('/')).unwrap_or("/");
                format!("http://{}:{port}{path}", named(host))
            }
            Asked::Tcp => format!("tcp://{address}:{port}"),
            Asked::Udp => format!("udp://{address}:{port}"),
            Asked::Icmp => format!("icmp://{address}"),
        }
    }
}

fn asked(event: &Map<String, Value>, proto: &str) -> Asked {
    let within = |part: &str, key: &str| {
        let name = event.get(part)?.as_object().and_then(|o| text(o, key))?;
        (!name.is_empty()).then_some(name)
    };
    match event.get("app_proto").and_then(Value::as_str).unwrap_or_default() {
        "tls" => Asked::Tls(within("tls", "sni")),
        "http" | "http1" | "http2" => Asked::Http(
            within("http", "hostname").map(|host| without_port(&host).to_owned()),
            within("http", "url"),
        ),
        "quic" => Asked::Quic(within("quic", "sni")),
        "dns" => Asked::Dns(dns_name(event)),
        _ if event.contains_key("tls") => Asked::Tls(within("tls", "sni")),
        _ if proto == "TCP" => Asked::Tcp,
        _ if proto == "UDP" => Asked::Udp,
        _ => Asked::Icmp,
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
            name
        }
        _ => host,
    }
}

fn dns_name(event: &Map<String, Value>) -> Option<String> {
    let dns = event.get("dns")?;
    let query = dns.get("query").and_then(|q| q.get(0)).unwrap_or(dns);
    query.get("rrname").and_then(Value::as_str).map(str::to_owned)
}

/// What an event says of what became of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogOutcome<'a> {
    /// Its kind (`event_type`).
    pub kind: Option<&'a str>,
    /// `verdict.action`, and whether there is a `verdict.reject`; nothing where there is no verdict.
    pub verdict: Option<(Option<&'a str>, bool)>,
    /// `alert.action`.
    pub alert: Option<&'a str>,
}

impl LogOutcome<'_> {
    /// The outcome is `verdict.action`. `alert.action` only says what that one rule did, and old events have no other; those of
    /// kind `drop` are about packets that were dropped.
    #[must_use]
    pub fn action(self) -> Option<Action> {
        match self.verdict {
            Some((Some("reject"), _) | (Some("drop"), true)) => Some(Action::Reject),
            Some((Some("drop"), false)) => Some(Action::Drop),
            // Stock Suricata writes `alert` for a pass that logs.
            Some((Some("pass" | "alert"), _)) => Some(Action::Pass),
            Some(_) => None,
            None => {
                let dropped = self.kind == Some("drop") || self.alert == Some("blocked");
                dropped.then_some(Action::Drop)
            }
        }
    }
}

fn outcome(event: &Map<String, Value>, alert: Option<&Map<String, Value>>) -> Option<Action> {
    fn word<'v>(object: &'v Map<String, Value>, key: &str) -> Option<&'v str> {
        object.get(key).and_then(Value::as_str)
    }
    let verdict = event.get("verdict").and_then(Value::as_object).map(|verdict| {
        (word(verdict, "action"), verdict.get("reject").is_some_and(|reset| !reset.is_null()))
    });
    let alert = alert.and_then(|alert| word(alert, "action"));
    LogOutcome { kind: word(event, "event_type"), verdict, alert }.action()
}

/// `aws:alert_established action` and its kin.
fn default_action(signature: &str) -> Option<String> {
    let name = signature.strip_prefix("aws:")?.strip_suffix(" action")?;
    Some(name.to_owned())
}

fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    object.get(key).and_then(Value::as_str).map(str::to_owned)
}

/// Numbers stand as such or in quotes.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn address(event: &Map<String, Value>, key: &'static str) -> Result<IpAddr, LogError> {
    let text = text(event, key).ok_or(LogError::Lacks(key))?;
    // Addresses of IPv4 may be written as those of IPv6.
    let address = text.parse().map(|address: IpAddr| address.to_canonical());
    address.map_err(|_| LogError::Bad(key, text, say::ADDRESS))
}

fn port(event: &Map<String, Value>, key: &'static str) -> Result<u16, LogError> {
    let value = event.get(key).ok_or(LogError::Lacks(key))?;
    number(value)
        .and_then(|n| u16::try_from(n).ok())
        .ok_or_else(|| LogError::Bad(key, value.to_string(), say::PORT))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT_DROP: &str = r#"{"firewall_name":"f","event_timestamp":"1759317294","aws_metadata":{"resource_arn":"arn:aws:network-firewall:ap-northeast-1:111122223333:firewall-policy/central-egress"},"event":{"tx_id":0,"app_proto":"tls","src_ip":"10.20.4.151","src_port":40655,"event_type":"alert","alert":{"severity":3,"signature_id":4,"rev":0,"signature":"aws:alert_established action","action":"blocked","category":""},"dest_ip":"203.0.113.18","proto":"TCP","verdict":{"action":"drop"},"tls":{"sni":"files.example.net"},"dest_port":"443","direction":"to_server"}}"#;

    #[test]
    fn alert_line_of_the_firewall_becomes_the_request_behind_it() {
        let event = LogEvent::read(DEFAULT_DROP).unwrap();
        assert_eq!(event.url(), "https://files.example.net:443");
        assert_eq!(event.outcome, Some(Action::Drop));
        assert_eq!(event.default_action.as_deref(), Some("alert_established"));
        assert!(event.resource.as_deref().unwrap().ends_with("central-egress"));
        let request = event.request().unwrap();
        assert_eq!(request.to_string(), "https://files.example.net");
        assert_eq!(request.dst, Some("203.0.113.18".parse().unwrap()));
    }

    #[test]
    fn answer_of_the_server_is_turned_round() {
        let line = r#"{"event_type":"alert","src_ip":"203.0.113.9","src_port":22,"dest_ip":"10.1.2.3","dest_port":40000,"proto":"TCP","direction":"to_client","alert":{"signature_id":7,"signature":"x","action":"allowed"}}"#;
        let event = LogEvent::read(line).unwrap();
        assert_eq!(event.url(), "tcp://203.0.113.9:22");
        assert_eq!((event.client, event.outcome), ("10.1.2.3".parse().unwrap(), None));
    }

    #[test]
    fn reset_is_read_from_either_form_of_verdict() {
        for verdict in [r#"{"action":"reject"}"#, r#"{"action":"drop","reject":["tcp-reset"]}"#] {
            let line = DEFAULT_DROP.replace(r#"{"action":"drop"}"#, verdict);
            assert_eq!(LogEvent::read(&line).unwrap().outcome, Some(Action::Reject), "{verdict}");
        }
    }

    #[test]
    fn event_of_a_dropped_packet_and_an_ipv4_address_in_ipv6_are_known() {
        let line = DEFAULT_DROP
            .replace(r#""verdict":{"action":"drop"},"#, "")
            .replace(r#""event_type":"alert""#, r#""event_type":"drop""#)
            .replace(r#""action":"blocked","#, "")
            .replace("10.20.4.151", "::ffff:10.20.4.151");
        let event = LogEvent::read(&line).unwrap();
        let client = "10.20.4.151".parse().unwrap();
        assert_eq!((event.client, event.outcome), (client, Some(Action::Drop)));
    }

    #[test]
    fn http_line_keeps_host_and_path() {
        let line = r#"{"@message":"{\"event\":{\"app_proto\":\"http\",\"src_ip\":\"10.1.2.3\",\"src_port\":1,\"event_type\":\"alert\",\"alert\":{\"action\":\"blocked\"},\"dest_ip\":\"203.0.113.1\",\"proto\":\"TCP\",\"http\":{\"hostname\":\"a.example:8080\",\"url\":\"/x?y=1\"},\"dest_port\":8080}}"}"#;
        let event = LogEvent::read(line).unwrap();
        assert_eq!(event.url(), "http://a.example:8080/x?y=1");
        assert_eq!(event.outcome, Some(Action::Drop));
    }

    #[test]
    fn line_that_cannot_be_used_says_what_it_lacks() {
        let netflow = DEFAULT_DROP.replace(r#""event_type":"alert""#, r#""event_type":"netflow""#);
        for (line, part) in [
            (&DEFAULT_DROP[..200], "not a whole JSON line"),
            ("", "empty"),
            ("[]", "lacks `event`"),
            (&netflow, "`netflow` line"),
            (&DEFAULT_DROP.replace("dest_ip", "dst"), "lacks `dest_ip`"),
            (&DEFAULT_DROP.replace("10.20.4.151", "host"), "not an address"),
            (&DEFAULT_DROP.replace(r#""443""#, "70000"), "not a port"),
        ] {
            let error = LogEvent::read(line).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
