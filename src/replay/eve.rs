//! Events of AWS Network Firewall and of Suricata, a JSON object a line.
//!
//! Source: AWS Network Firewall developer guide, "Contents of a AWS Network Firewall log"; Suricata 7.0.10, `output-json-alert.c`,
//! `output-json-flow.c`, `output-json-netflow.c`; lines of public integration tests. Numbers stand as such or in quotes, the
//! order of keys is arbitrary, old lines have neither `verdict` nor `direction`.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::line::{Read, Why};
use super::seen::{Logged, Seen, Unsaid};
use super::squid::address_of;
use super::url::authority_parts;
use crate::interop::LogOutcome;
use crate::net::{Action, Scheme};

/// Reads the objects of a line, which may follow each other without anything between them.
pub(super) fn read<'a>(line: &'a [u8], to: &mut dyn FnMut(Read<'a>)) {
    let objects = serde_json::Deserializer::from_slice(line).into_iter::<Record<'a>>();
    for object in objects {
        match object {
            Ok(record) => record_of(record, to),
            // Nothing behind a fault can be read.
            Err(error) => return to(Read::Unreadable(Why::NotJson(error.to_string()))),
        }
    }
}

/// An event, or what is put around it: only one of the two has fields.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Record<'a> {
    #[serde(borrow)]
    event: Option<Box<Record<'a>>>,
    #[serde(borrow, rename = "@message", alias = "message")]
    message: Message<'a>,
    /// What CloudWatch sends on, and what its command line prints.
    #[serde(borrow, rename = "logEvents", alias = "events")]
    events: Vec<Record<'a>>,
    #[serde(borrow)]
    event_type: Text<'a>,
    #[serde(borrow)]
    src_ip: Text<'a>,
    #[serde(borrow)]
    dest_ip: Text<'a>,
    src_port: Number,
    dest_port: Number,
    #[serde(borrow)]
    proto: Text<'a>,
    #[serde(borrow)]
    app_proto: Text<'a>,
    #[serde(borrow)]
    direction: Text<'a>,
    flow_id: Number,
    #[serde(borrow)]
    alert: Option<Alert<'a>>,
    #[serde(borrow)]
    verdict: Option<Alert<'a>>,
    #[serde(borrow)]
    tls: Option<Tls<'a>>,
    #[serde(borrow)]
    quic: Option<Tls<'a>>,
    #[serde(borrow)]
    http: Option<Http<'a>>,
    #[serde(borrow)]
    dns: Option<Dns<'a>>,
    tls_error: Option<IgnoredAny>,
}

/// `alert` or `verdict`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Alert<'a> {
    #[serde(borrow)]
    action: Text<'a>,
    reject: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tls<'a> {
    #[serde(borrow)]
    sni: Text<'a>,
    #[serde(borrow)]
    version: Text<'a>,
    ja3: Option<IgnoredAny>,
    ja4: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Http<'a> {
    #[serde(borrow)]
    hostname: Text<'a>,
    #[serde(borrow)]
    url: Text<'a>,
    #[serde(borrow)]
    http_method: Text<'a>,
}

/// A query, or in newer events a list of them.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Dns<'a> {
    #[serde(borrow)]
    rrname: Text<'a>,
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    query: Queries<'a>,
}

/// The name of the first query.
#[derive(Default)]
struct Queries<'a>(Option<Cow<'a, str>>);

/// A text, borrowed where it holds no escapes; nothing where another type stands.
#[derive(Default)]
struct Text<'a>(Option<Cow<'a, str>>);

/// A number, as such or in quotes; nothing where another type stands.
#[derive(Default)]
struct Number(Option<u64>);

/// An event as a text, or as an object.
#[derive(Default)]
enum Message<'a> {
    #[default]
    Nothing,
    Text(Cow<'a, str>),
    Object(Box<Record<'a>>),
}

impl Text<'_> {
    fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }

    fn is(&self, text: &str) -> bool {
        self.get() == Some(text)
    }
}

impl<'a> Text<'a> {
    /// The text, if it says something.
    fn said(self) -> Option<Cow<'a, str>> {
        self.0.filter(|text| !text.is_empty())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lenient).map(|value| match value {
            Value::Text(text) => Self(Some(text)),
            Value::Number(_) | Value::Object(_) | Value::Else => Self(None),
        })
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lenient).map(|value| match value {
            Value::Text(text) => Self(text.trim().parse().ok()),
            Value::Number(number) => Self(Some(number)),
            Value::Object(_) | Value::Else => Self(None),
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Message<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Events).map(|value| match value {
            Value::Text(text) => Self::Text(text),
            Value::Object(record) => Self::Object(record),
            Value::Number(_) | Value::Else => Self::Nothing,
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Queries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct First;
        impl<'de> Visitor<'de> for First {
            type Value = Option<Cow<'de, str>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("queries")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let first: Option<Dns<'de>> = seq.next_element()?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(first.and_then(|query| query.rrname.0))
            }
        }
        deserializer.deserialize_seq(First).map(Self)
    }
}

/// A value of whatever type.
enum Value<'a> {
    Text(Cow<'a, str>),
    Number(u64),
    Object(Box<Record<'a>>),
    Else,
}

/// Takes texts and numbers, and passes over everything else.
struct Lenient;

/// The same with objects, which are events.
struct Events;

macro_rules! lenient {
    ($visitor:ty, |$map:ident| $object:expr) => {
        impl<'de> Visitor<'de> for $visitor {
            type Value = Value<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Value<'de>, E> {
                Ok(Value::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Value<'de>, E> {
                Ok(Value::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value<'de>, E> {
                Ok(Value::Number(number))
            }

            fn visit_i64<E: de::Error>(self, _: i64) -> Result<Value<'de>, E> {
                Ok(Value::Else)
            }

            fn visit_f64<E: de::Error>(self, _: f64) -> Result<Value<'de>, E> {
                Ok(Value::Else)
            }

            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Value<'de>, E> {
                Ok(Value::Else)
            }

            fn visit_unit<E: de::Error>(self) -> Result<Value<'de>, E> {
                Ok(Value::Else)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Value::Else)
            }

            fn visit_map<A: MapAccess<'de>>(self, $map: A) -> Result<Value<'de>, A::Error> {
                $object
            }
        }
    };
}

lenient!(Lenient, |map| {
    let mut map = map;
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(Value::Else)
});
lenient!(Events, |map| {
    let record = Record::deserialize(de::value::MapAccessDeserializer::new(map))?;
    Ok(Value::Object(Box::new(record)))
});

fn record_of<'a>(record: Record<'a>, to: &mut dyn FnMut(Read<'a>)) {
    match record.message {
        // Suricata's own events have a `message` only where they are about the engine.
        Message::Text(text) if record.event_type.0.is_none() && record.event.is_none() => {
            return within(&text, to);
        }
        Message::Object(inner) if record.event_type.0.is_none() => return record_of(*inner, to),
        Message::Text(_) | Message::Object(_) | Message::Nothing => {}
    }
    if !record.events.is_empty() {
        return record.events.into_iter().for_each(|inner| record_of(inner, to));
    }
    if let Some(inner) = record.event {
        return record_of(*inner, to);
    }
    to(event(record).unwrap_or_else(Read::Unreadable));
}

/// An event that stands as a text within another: what it says is copied, since its escapes are undone.
fn within<'a>(text: &str, to: &mut dyn FnMut(Read<'a>)) {
    let Some(at) = text.find('{') else { return to(Read::Unreadable(Why::NoKind)) };
    match serde_json::from_str::<Record<'_>>(&text[at..]) {
        Ok(record) => record_of(record, &mut |read: Read<'_>| {
            to(match read {
                Read::Request(seen) => Read::Request(Seen {
                    host: seen.host.into_owned().into(),
                    path: seen.path.into_owned().into(),
                    ..seen
                }),
                Read::Other => Read::Other,
                Read::Unreadable(why) => Read::Unreadable(why),
            });
        }),
        Err(error) => to(Read::Unreadable(Why::NotJson(error.to_string()))),
    }
}

fn event(record: Record<'_>) -> Result<Read<'_>, Why> {
    let logs_no_request = match record.event_type.get() {
        Some("alert" | "drop" | "netflow" | "flow" | "tls" | "http" | "quic" | "dns") => false,
        Some(_) => true,
        None => record.tls_error.is_some(),
    };
    if logs_no_request || (record.event_type.is("dns") && is_answer(&record)) {
        return Ok(Read::Other);
    }
    if record.event_type.0.is_none() {
        return Err(Why::Lacks("event_type"));
    }
    let proto = record.proto.get().ok_or(Why::Lacks("proto"))?;
    let Some(transport) = Transport::of(proto) else { return Ok(Read::Other) };
    let ends = ends(&record, transport)?;
    let outcome = outcome(&record);
    let flow = record.flow_id.0.map(|id| flow_number(id, &ends));
    let get = record.http.as_ref().is_some_and(|http| http.http_method.is("GET"));
    let (scheme, host, path, mut unsaid) = asked(record, transport, ends.server);
    if !ends.known {
        unsaid = Some(Unsaid::Sides);
    }
    // A host may come with its port.
    let host = match &host {
        Cow::Borrowed(host) if scheme == Scheme::Http => match authority_parts(host) {
            Some((bare, _)) => Cow::Borrowed(bare),
            None => return Err(Why::bad("hostname", host)),
        },
        Cow::Owned(host) if scheme == Scheme::Http => match authority_parts(host) {
            Some((bare, _)) => Cow::Owned(bare.to_owned()),
            None => return Err(Why::bad("hostname", host)),
        },
        _ => host,
    };
    let Ends { client, server, port, .. } = ends;
    Ok(Read::Request(Seen {
        from: client,
        scheme,
        host,
        port,
        get,
        path,
        dst: Some(server),
        logged: outcome,
        flow,
        unsaid,
    }))
}

fn is_answer(record: &Record<'_>) -> bool {
    record.dns.as_ref().is_some_and(|dns| matches!(dns.kind.get(), Some("answer" | "response")))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transport {
    Tcp,
    Udp,
    Icmp,
}

impl Transport {
    /// Nothing for those in which no request can be asked.
    fn of(proto: &str) -> Option<Self> {
        match proto {
            _ if proto.eq_ignore_ascii_case("tcp") => Some(Self::Tcp),
            _ if proto.eq_ignore_ascii_case("udp") => Some(Self::Udp),
            _ if proto.to_ascii_lowercase().contains("icmp") => Some(Self::Icmp),
            _ => None,
        }
    }
}

/// Who talks to whom.
struct Ends {
    client: IpAddr,
    server: IpAddr,
    client_port: u16,
    port: u16,
    /// Whether it is known which of the two began.
    known: bool,
}

fn ends(record: &Record<'_>, transport: Transport) -> Result<Ends, Why> {
    let address = |text: &Text<'_>, field| {
        let text = text.get().ok_or(Why::Lacks(field))?;
        address_of(text.as_bytes()).ok_or_else(|| Why::bad(field, text))
    };
    let port = |number: &Number, field| {
        if transport == Transport::Icmp {
            return Ok(0);
        }
        let number = number.0.ok_or(Why::Lacks(field))?;
        u16::try_from(number).map_err(|_| Why::bad(field, &number.to_string()))
    };
    let (source, destination) =
        (address(&record.src_ip, "src_ip")?, address(&record.dest_ip, "dest_ip")?);
    let (source_port, destination_port) =
        (port(&record.src_port, "src_port")?, port(&record.dest_port, "dest_port")?);
    let straight = Ends {
        client: source,
        server: destination,
        client_port: source_port,
        port: destination_port,
        known: true,
    };
    let turned = Ends {
        client: destination,
        server: source,
        client_port: destination_port,
        port: source_port,
        known: true,
    };
    // A flow has a record of each direction, and does not say which is the client's; neither do old events about a packet.
    let by_ports = match record.event_type.get() {
        Some("netflow") => true,
        Some("alert" | "drop") => !record.direction.is("to_server"),
        _ => false,
    };
    // Servers have the ports below 1024.
    let privileged = |port: u16| transport != Transport::Icmp && port < 1024;
    Ok(match (privileged(source_port), privileged(destination_port)) {
        _ if !record.event_type.is("netflow") && record.direction.is("to_client") => turned,
        _ if !by_ports => straight,
        (false, true) => straight,
        (true, false) => turned,
        _ => Ends { known: false, ..straight },
    })
}

/// A number for the connection: Suricata's own is one of many machines' only together with its ends.
fn flow_number(id: u64, ends: &Ends) -> u64 {
    use std::hash::{Hash, Hasher};
    let (a, b) = ((ends.client, ends.client_port), (ends.server, ends.port));
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    (id, a.min(b), a.max(b)).hash(&mut hasher);
    hasher.finish()
}

/// FNV-1a with a mix at its end: the same number in every run, for parts are joined by it.
struct Fnv(u64);

impl std::hash::Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }
}

fn outcome(record: &Record<'_>) -> Logged {
    let verdict = record.verdict.as_ref();
    let said = LogOutcome {
        kind: record.event_type.get(),
        verdict: verdict.map(|verdict| (verdict.action.get(), verdict.reject.is_some())),
        alert: record.alert.as_ref().and_then(|alert| alert.action.get()),
    };
    match said.action() {
        Some(Action::Pass | Action::Alert) => Logged::Pass,
        Some(Action::Drop) => Logged::Drop,
        Some(Action::Reject) => Logged::Reject,
        None => Logged::Nothing,
    }
}

/// Scheme, host, path, and what is not said.
type Asked<'a> = (Scheme, Cow<'a, str>, Cow<'a, str>, Option<Unsaid>);

fn asked<'a>(record: Record<'a>, transport: Transport, server: IpAddr) -> Asked<'a> {
    let address = || Cow::Owned(server.to_string());
    let named = |scheme, name: Option<Cow<'a, str>>| match name {
        Some(name) => (scheme, name, Cow::Borrowed(""), None),
        None => (scheme, address(), Cow::Borrowed(""), Some(Unsaid::Name)),
    };
    let plain = |scheme, unsaid| (scheme, address(), Cow::Borrowed(""), unsaid);
    let app = record.app_proto.get().unwrap_or_default();
    // Events of a protocol are named as it is, and need not say it again.
    let kind = record.event_type.get().unwrap_or_default();
    let is = |name: &str| app == name || (app.is_empty() && kind == name);
    match transport {
        Transport::Icmp => plain(Scheme::Icmp, None),
        Transport::Tcp if is("tls") || (app.is_empty() && record.tls.is_some()) => {
            let tls = record.tls.unwrap_or_default();
            // What was seen of the whole hello says that there is no name in it.
            let version = tls.version.get().is_some_and(|v| v != "UNDETERMINED");
            let whole = tls.ja3.is_some() || tls.ja4.is_some() || version;
            match tls.sni.said() {
                None if whole => plain(Scheme::Https, None),
                name => named(Scheme::Https, name),
            }
        }
        Transport::Tcp if is("http") || app == "http1" => {
            let http = record.http.unwrap_or_default();
            let path = http.url.said().filter(|url| url.starts_with('/'));
            match (http.hostname.said(), path) {
                (Some(host), Some(path)) => (Scheme::Http, host, path, None),
                (name, _) => {
                    let (scheme, host, path, unsaid) = named(Scheme::Http, name);
                    (scheme, host, path, unsaid.or(Some(Unsaid::Name)))
                }
            }
        }
        Transport::Tcp if is("dns") => plain(Scheme::Tcp, Some(Unsaid::Other)),
        Transport::Tcp if app.is_empty() => plain(Scheme::Tcp, Some(Unsaid::Protocol)),
        // Also where none was known (`failed`): what was said is not told.
        Transport::Tcp => plain(Scheme::Tcp, Some(Unsaid::Other)),
        Transport::Udp if is("quic") => named(Scheme::Quic, record.quic.and_then(|q| q.sni.said())),
        Transport::Udp if is("dns") => {
            let dns = record.dns.unwrap_or_default();
            named(Scheme::Dns, dns.query.0.or(dns.rrname.0).filter(|name| !name.is_empty()))
        }
        Transport::Udp if app.is_empty() => plain(Scheme::Udp, Some(Unsaid::Protocol)),
        Transport::Udp => plain(Scheme::Udp, Some(Unsaid::Other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALERT: &str = r#"{"firewall_name":"f","event_timestamp":"1759317294","event":{"tx_id":0,"app_proto":"tls","src_ip":"10.20.4.151","src_port":40655,"event_type":"alert","alert":{"signature_id":4,"signature":"aws:alert_established action","action":"blocked"},"flow_id":2091564880938435,"dest_ip":"203.0.113.18","proto":"TCP","verdict":{"action":"drop"},"tls":{"sni":"files.example.net","version":"UNDETERMINED"},"dest_port":"443","direction":"to_server"}}"#;

    fn all(line: &str) -> Vec<Read<'_>> {
        let mut found = Vec::new();
        read(line.as_bytes(), &mut |read| found.push(read));
        found
    }

    fn seen(line: &str) -> Seen<'_> {
        match all(line).pop() {
            Some(Read::Request(seen)) => seen,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn alert_says_who_asked_for_what() {
        let seen = seen(ALERT);
        assert_eq!(
            (&*seen.host, seen.port, seen.scheme),
            ("files.example.net", 443, Scheme::Https)
        );
        assert_eq!((seen.logged, seen.unsaid), (Logged::Drop, None));
    }

    #[test]
    fn wrappings_are_taken_off() {
        let text = serde_json::to_string(ALERT).unwrap();
        let wrapped = [
            format!(r#"{{"@timestamp":"2025","@message":{text}}}"#),
            format!(r#"{{"@message":{ALERT}}}"#),
            format!(r#"{{"timestamp":1,"message":{text},"ingestionTime":2}}"#),
            format!(
                r#"{{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[{{"id":"1","timestamp":1,"message":{text}}}]}}"#
            ),
            format!("{ALERT}{ALERT}"),
        ];
        for line in &wrapped {
            assert_eq!(seen(line), seen(ALERT), "{line}");
        }
        assert_eq!(all(&wrapped[4]).len(), 2);
    }

    #[test]
    fn events_of_both_directions_are_of_one_connection() {
        let there = r#"{"event_type":"netflow","src_ip":"10.1.2.3","src_port":40000,"dest_ip":"203.0.113.9","dest_port":443,"proto":"TCP","flow_id":7,"app_proto":"tls"}"#;
        let back = r#"{"event_type":"netflow","dest_ip":"10.1.2.3","dest_port":40000,"src_ip":"203.0.113.9","src_port":443,"proto":"TCP","flow_id":"7","app_proto":"tls"}"#;
        assert_eq!(seen(there), seen(back));
        assert_eq!(seen(there).unsaid, Some(Unsaid::Name));
        let high = there.replace("443", "8443");
        assert_eq!(seen(&high).unsaid, Some(Unsaid::Sides));
    }

    #[test]
    fn what_an_event_does_not_say_is_not_made_up() {
        let unsaid = |app: &str, more: &str| {
            let line = format!(
                r#"{{"event_type":"alert","src_ip":"10.1.2.3","src_port":40000,"dest_ip":"203.0.113.9","dest_port":443,"proto":"TCP"{app}{more}}}"#
            );
            seen(&line).unsaid
        };
        assert_eq!(unsaid("", ""), Some(Unsaid::Protocol));
        assert_eq!(unsaid(r#","app_proto":"ssh""#, ""), Some(Unsaid::Other));
        assert_eq!(unsaid(r#","app_proto":"failed""#, ""), Some(Unsaid::Other));
        assert_eq!(unsaid(r#","app_proto":"tls""#, ""), Some(Unsaid::Name));
        assert_eq!(
            unsaid(r#","app_proto":"tls""#, r#","tls":{"version":"UNDETERMINED"}"#),
            Some(Unsaid::Name)
        );
        assert_eq!(unsaid(r#","app_proto":"tls""#, r#","tls":{"ja3":{"hash":"x"}}"#), None);
        assert_eq!(
            unsaid(r#","app_proto":"http""#, r#","http":{"hostname":"a.example"}"#),
            Some(Unsaid::Name)
        );
        assert_eq!(
            unsaid(r#","app_proto":"http""#, r#","http":{"hostname":"a.example:80","url":"/x"}"#),
            None
        );
    }

    #[test]
    fn datagrams_of_which_no_protocol_is_known_are_not_said() {
        let unsaid = |app: &str| {
            let line = format!(
                r#"{{"event_type":"netflow","src_ip":"10.1.2.3","src_port":40000,"dest_ip":"203.0.113.9","dest_port":123,"proto":"UDP"{app}}}"#
            );
            seen(&line).unsaid
        };
        assert_eq!(unsaid(""), Some(Unsaid::Protocol));
        assert_eq!(unsaid(r#","app_proto":"failed""#), Some(Unsaid::Other));
        assert_eq!(unsaid(r#","app_proto":"ntp""#), Some(Unsaid::Other));
    }

    #[test]
    fn packets_without_a_direction_are_the_clients_only_where_the_ports_say_it() {
        let sides = |kind: &str, ports: (u16, u16), more: &str| {
            let line = format!(
                r#"{{"event_type":"{kind}","src_ip":"10.1.2.3","src_port":{},"dest_ip":"203.0.113.9","dest_port":{},"proto":"TCP","app_proto":"ssh"{more}}}"#,
                ports.0, ports.1
            );
            let seen = seen(&line);
            (seen.from.to_string(), seen.port, seen.unsaid)
        };
        let (inside, outside) = ("10.1.2.3".to_owned(), "203.0.113.9".to_owned());
        for kind in ["alert", "drop"] {
            let other = Some(Unsaid::Other);
            assert_eq!(sides(kind, (40000, 22), ""), (inside.clone(), 22, other));
            assert_eq!(sides(kind, (22, 40000), ""), (outside.clone(), 22, other));
            assert_eq!(sides(kind, (8443, 40000), "").2, Some(Unsaid::Sides));
            let to_server = r#","direction":"to_server""#;
            assert_eq!(sides(kind, (40000, 8443), to_server), (inside.clone(), 8443, other));
            let to_client = r#","direction":"to_client""#;
            assert_eq!(sides(kind, (8443, 40000), to_client), (outside.clone(), 8443, other));
        }
    }

    #[test]
    fn other_events_and_faults_are_told_apart() {
        assert_eq!(all(r#"{"event_type":"stats","x":[1,{"y":null}]}"#), [Read::Other]);
        assert_eq!(
            all(r#"{"event":{"timestamp":"x","tls_error":{"error_message":"SNI"}}}"#),
            [Read::Other]
        );
        assert!(matches!(&all(&ALERT[..200])[..], [Read::Unreadable(Why::NotJson(_))]));
        assert_eq!(all("{}"), [Read::Unreadable(Why::Lacks("event_type"))]);
        let bad = ALERT.replace("10.20.4.151", "host");
        assert_eq!(all(&bad), [Read::Unreadable(Why::bad("src_ip", "host"))]);
    }

    #[test]
    fn last_word_is_the_verdicts() {
        for (verdict, logged) in [
            (r#"{"action":"reject"}"#, Logged::Reject),
            (r#"{"action":"drop","reject":["tcp-reset"]}"#, Logged::Reject),
            (r#"{"action":"alert"}"#, Logged::Pass),
            (r#"{"action":"pass"}"#, Logged::Pass),
        ] {
            let line = ALERT.replace(r#"{"action":"drop"}"#, verdict);
            assert_eq!(seen(&line).logged, logged, "{verdict}");
        }
    }
}
