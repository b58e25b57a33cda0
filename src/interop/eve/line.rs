//! A line with the events in it, and what is put around them.

use std::borrow::Cow;

use super::event::Event;
use super::pasted::LogError;
use super::record::Record;
use super::value::Message;
use super::walk;

/// What an object of a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventRead<'a> {
    /// An event about a connection.
    Event(Event<'a>),
    /// One about something else: its kind (`event_type`).
    Other(Cow<'a, str>),
    /// An alert about a protocol that no request can be asked in: its name (`proto`).
    Unasked(Cow<'a, str>),
    /// It cannot be used.
    Fault(LogError),
}

type To<'t, 'a> = &'t mut dyn FnMut(EventRead<'a>);

/// Reads the objects of a line, which may follow each other without anything between them: events of AWS Network Firewall
/// with their envelope, bare ones, and what CloudWatch puts around either.
pub fn read_events<'a>(line: &'a [u8], to: &mut dyn FnMut(EventRead<'a>)) {
    if let Some(record) = walk::record(line) {
        return unwrap(record, None, to);
    }
    let objects = serde_json::Deserializer::from_slice(line).into_iter::<Record<'a>>();
    for object in objects {
        match object {
            Ok(record) => unwrap(record, None, to),
            // Nothing behind a fault can be read.
            Err(error) => return to(EventRead::Fault(LogError::NotJson(error.to_string()))),
        }
    }
}

/// Takes off what is put around events; `resource` is what the outermost says wrote them.
fn unwrap<'a>(mut record: Record<'a>, resource: Option<Cow<'a, str>>, to: To<'_, 'a>) {
    let bare = record.event_type.0.is_none();
    match std::mem::take(&mut record.message) {
        // Suricata's own events have a `message` only where they are about the engine.
        Message::Text(text) if bare && record.event.is_none() => return within(&text, to),
        Message::Object(inner) if bare => return unwrap(*inner, resource, to),
        Message::Text(_) | Message::Object(_) | Message::Nothing => {}
    }
    if !record.events.is_empty() {
        return record.events.into_iter().for_each(|inner| unwrap(inner, resource.clone(), to));
    }
    let resource = record.resource.0.0.take().or(resource);
    match record.event {
        Some(inner) => unwrap(*inner, resource, to),
        None => to(read(record, resource)),
    }
}

/// Events that stand as a text within another: what they say is copied, since its escapes are undone.
fn within<'a>(text: &str, to: To<'_, 'a>) {
    let Some(at) = text.find('{') else {
        return to(EventRead::Fault(LogError::Lacks("event")));
    };
    match serde_json::from_str::<Record<'_>>(&text[at..]) {
        Ok(record) => unwrap(record, None, &mut |read: EventRead<'_>| {
            to(match read {
                EventRead::Event(event) => EventRead::Event(event.into_owned()),
                EventRead::Other(kind) => EventRead::Other(Cow::Owned(kind.into_owned())),
                EventRead::Unasked(proto) => EventRead::Unasked(Cow::Owned(proto.into_owned())),
                EventRead::Fault(error) => EventRead::Fault(error),
            });
        }),
        Err(error) => to(EventRead::Fault(LogError::NotJson(error.to_string()))),
    }
}

fn read<'a>(mut record: Record<'a>, resource: Option<Cow<'a, str>>) -> EventRead<'a> {
    let kind = record.event_type.0.clone();
    // What could not be read of a TLS connection has no type.
    let kind = kind.unwrap_or(Cow::Borrowed("tls"));
    record.resource.0.0 = resource;
    let proto = record.proto.0.clone();
    match Event::of(record) {
        Ok(Some(event)) => EventRead::Event(event),
        Ok(None) => match proto {
            // An alert is about a connection, unless that is of another protocol.
            Some(proto) if is_alert(&kind) => EventRead::Unasked(proto),
            _ => EventRead::Other(kind),
        },
        Err(error) => EventRead::Fault(error),
    }
}

/// Whether events of a kind name the rule that matched.
pub(super) fn is_alert(kind: &str) -> bool {
    ["alert", "drop"].contains(&kind)
}
