//! Events of AWS Network Firewall and of Suricata as requests.

use std::borrow::Cow;

use super::line::{Read, Why};
use super::seen::{Logged, Seen, Unsaid};
use crate::interop::{Event, EventRead, LogError, Missing, read_events};
use crate::net::Action;

/// Reads the objects of a line, which may follow each other without anything between them.
pub(super) fn read<'a>(line: &'a [u8], to: &mut dyn FnMut(Read<'a>)) {
    read_events(line, &mut |read| {
        to(match read {
            EventRead::Event(event) => Read::Request(seen(event)),
            EventRead::Other(_) | EventRead::Unasked(_) => Read::Other,
            EventRead::Fault(error) => Read::Unreadable(why(error)),
        });
    });
}

fn why(error: LogError) -> Why {
    match error {
        LogError::NotJson(why) => Why::NotJson(why),
        LogError::Lacks(field) => Why::Lacks(field),
        LogError::Bad(field, value, _) => Why::bad(field, &value),
        LogError::Empty | LogError::NotAnAlert(_) | LogError::Unasked(_) => Why::NoKind,
    }
}

fn seen(event: Event<'_>) -> Seen<'_> {
    let host = event.host.unwrap_or_else(|| Cow::Owned(event.server.to_string()));
    let logged = match event.outcome {
        Some(Action::Pass | Action::Alert) => Logged::Pass,
        Some(Action::Drop) => Logged::Drop,
        Some(Action::Reject) => Logged::Reject,
        None => Logged::Nothing,
    };
    let unsaid = event.missing.map(|missing| match missing {
        Missing::Sides => Unsaid::Sides,
        Missing::Protocol => Unsaid::Protocol,
        Missing::Other | Missing::DnsOverTcp => Unsaid::Other,
        Missing::Name => Unsaid::Name,
    });
    Seen {
        from: event.client,
        scheme: event.scheme,
        host,
        port: event.port,
        told: event.told,
        path: event.path.unwrap_or_default(),
        dst: Some(event.server),
        logged,
        flow: event.flow,
        unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Scheme;

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
