//! A line of a firewall's log that somebody pasted: one packet, and the rule that matched on it.

use std::borrow::Cow;
use std::net::IpAddr;

use thiserror::Error;

use super::event::{Event, Missing};
use super::line::{EventRead, is_alert, read_events};
use crate::messages::{Lang, Text, Words, request::line as say};
use crate::net::{Action, Request, RequestError, Scheme};

/// What an alert line says of one packet and the rule that matched on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// Who asked: the connection's client, also where the line is about an answer.
    pub client: IpAddr,
    /// Who was asked.
    pub server: IpAddr,
    /// The server's port; 0 for ICMP.
    pub port: u16,
    /// In which protocol it was asked.
    pub scheme: Scheme,
    /// The name that was asked for, if the line tells it.
    pub host: Option<String>,
    /// The path that was asked for, if the line tells it.
    pub path: Option<String>,
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
    /// A protocol that no request can be asked in.
    Unasked(String),
    /// Something is missing.
    Lacks(&'static str),
    /// A value of the wrong kind.
    Bad(&'static str, String, Words),
}

impl LogError {
    /// A host that is none.
    pub(super) fn bad_host(host: &str) -> Self {
        Self::Bad("hostname", host.to_owned(), say::HOST)
    }

    /// What is wrong, and what to paste instead.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Empty => say::EMPTY.into(),
            Self::NotJson(why) => say::not_json(why),
            Self::NotAnAlert(kind) => say::not_an_alert(kind),
            Self::Unasked(protocol) => say::unasked(protocol),
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
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().unwrap_or_default();
        let json = &first[from_brace(first)..];
        let read = Self::read(if json.is_empty() { first } else { json });
        match read {
            Ok(event) => Ok((event, lines.count())),
            Err(error) => Self::read(&text[from_brace(text)..]).map(|e| (e, 0)).map_err(|_| error),
        }
    }

    /// Reads one line: an ANFW envelope, a bare EVE event, or what CloudWatch wraps around either. Of several events the first
    /// counts that can be used.
    ///
    /// # Errors
    /// [`LogError`], which says what the line lacks.
    pub fn read(line: &str) -> Result<Self, LogError> {
        let line = line.trim().trim_start_matches('\u{feff}');
        let mut found = Err(LogError::Empty);
        read_events(line.as_bytes(), &mut |read| {
            if found.is_ok() {
                return;
            }
            let read = Self::of(read);
            if read.is_ok() || found == Err(LogError::Empty) {
                found = read;
            }
        });
        found
    }

    fn of(read: EventRead<'_>) -> Result<Self, LogError> {
        let event = match read {
            EventRead::Event(event) => event,
            EventRead::Other(kind) => return Err(LogError::NotAnAlert(kind.into_owned())),
            EventRead::Unasked(proto) => return Err(LogError::Unasked(proto.into_owned())),
            EventRead::Fault(error) => return Err(error),
        };
        if !is_alert(&event.kind) {
            return Err(LogError::NotAnAlert(event.kind.into_owned()));
        }
        if event.missing == Some(Missing::DnsOverTcp) {
            return Err(LogError::Unasked("DNS over TCP".to_owned()));
        }
        let Event { client, server, port, scheme, host, path, outcome, alert, resource, .. } =
            event;
        let (sid, signature) =
            alert.map(|alert| (alert.sid, alert.signature.into_owned())).unwrap_or_default();
        Ok(Self {
            client,
            server,
            port,
            scheme,
            host: host.map(Cow::into_owned),
            path: path.map(Cow::into_owned),
            outcome,
            sid,
            default_action: default_action(&signature),
            signature,
            resource: resource.map(Cow::into_owned),
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
        let host = self.host.clone().unwrap_or_else(|| self.server.to_string());
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        let (scheme, port) = (self.scheme.word(), self.port);
        match self.scheme {
            Scheme::Icmp => format!("{scheme}://{host}"),
            Scheme::Http => {
                format!("{scheme}://{host}:{port}{}", self.path.as_deref().unwrap_or("/"))
            }
            Scheme::Https | Scheme::Quic | Scheme::Dns | Scheme::Tcp | Scheme::Udp => {
                format!("{scheme}://{host}:{port}")
            }
        }
    }
}

/// `aws:alert_established action` and its kin.
fn default_action(signature: &str) -> Option<String> {
    let name = signature.strip_prefix("aws:")?.strip_suffix(" action")?;
    Some(name.to_owned())
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
        let line = r#"{"@message":"{\"event\":{\"app_proto\":\"http\",\"src_ip\":\"10.1.2.3\",\"src_port\":40000,\"event_type\":\"alert\",\"alert\":{\"action\":\"blocked\"},\"dest_ip\":\"203.0.113.1\",\"proto\":\"TCP\",\"http\":{\"hostname\":\"a.example:8080\",\"url\":\"/x?y=1\"},\"dest_port\":8080}}"}"#;
        let event = LogEvent::read(line).unwrap();
        assert_eq!(event.url(), "http://a.example:8080/x?y=1");
        assert_eq!(event.outcome, Some(Action::Drop));
    }

    #[test]
    fn line_of_http2_keeps_host_and_path() {
        let line = DEFAULT_DROP.replace(r#""app_proto":"tls""#, r#""app_proto":"http2""#).replace(
            r#""tls":{"sni":"files.example.net"}"#,
            r#""http":{"version":"2","hostname":"a.example","url":"/x"}"#,
        );
        assert_eq!(LogEvent::read(&line).unwrap().url(), "http://a.example:443/x");
    }

    #[test]
    fn protocol_that_cannot_be_asked_is_named() {
        let sctp = DEFAULT_DROP.replace(r#""proto":"TCP""#, r#""proto":"SCTP""#);
        let error = LogEvent::read(&sctp).unwrap_err();
        assert_eq!(error, LogError::Unasked("SCTP".to_owned()));
        assert!(error.to_string().contains("about SCTP, which no test can ask"), "{error}");
        let message = serde_json::json!({ "@message": sctp }).to_string();
        assert_eq!(LogEvent::read(&message).unwrap_err(), error, "within another");
        let netflow = sctp.replace(r#""event_type":"alert""#, r#""event_type":"netflow""#);
        assert_eq!(
            LogEvent::read(&netflow).unwrap_err(),
            LogError::NotAnAlert("netflow".to_owned())
        );
        let dns = DEFAULT_DROP.replace(r#""app_proto":"tls""#, r#""app_proto":"dns""#).replace(
            r#""tls":{"sni":"files.example.net"}"#,
            r#""dns":{"query":[{"rrname":"a.example"}]}"#,
        );
        assert_eq!(LogEvent::read(&dns).unwrap_err(), LogError::Unasked("DNS over TCP".to_owned()));
        let udp = dns.replace(r#""proto":"TCP""#, r#""proto":"UDP""#);
        assert_eq!(LogEvent::read(&udp).unwrap().url(), "dns://a.example:443");
    }

    #[test]
    fn line_that_cannot_be_used_says_what_it_lacks() {
        let netflow = DEFAULT_DROP.replace(r#""event_type":"alert""#, r#""event_type":"netflow""#);
        for (line, part) in [
            (&DEFAULT_DROP[..200], "not a whole JSON line"),
            ("", "empty"),
            ("[]", "lacks `event_type`"),
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
