use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;

use super::capture::Capture;
use super::engine::EngineError;
use crate::net::Sid;

/// What the engine says of one packet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Rules that matched, in the order in which they were asked.
    pub matched: Vec<Match>,
    /// Whether and why it was discarded.
    pub dropped: Option<Dropped>,
}

/// A rule that matched on a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Which rule.
    pub sid: Sid,
    /// Whether it matched in the stream, or in what a protocol said, as against the packet alone.
    pub in_stream: bool,
}

/// Why the engine discarded a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The rule, where one did it on this packet.
    pub by: Option<Sid>,
    /// The engine's word: `rules`, `flow drop`, or something that no rule says.
    pub reason: String,
}

/// A line of `eve.json`, as far as it matters.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    event_type: Cow<'a, str>,
    /// Number of the packet in the capture, from 1; none for what the engine makes up at the end of a flow.
    pcap_cnt: Option<u64>,
    stream: Option<u8>,
    alert: Option<Alert>,
    #[serde(borrow)]
    drop: Option<DropReason<'a>>,
}

#[derive(Deserialize)]
struct Alert {
    signature_id: u32,
}

#[derive(Deserialize)]
struct DropReason<'a> {
    #[serde(borrow)]
    reason: Option<Cow<'a, str>>,
}

/// Reads what the engine wrote about the packets of `capture`: per flow, per packet.
///
/// # Errors
/// [`EngineError::File`] when the file is missing, cut short, or speaks of packets that were never sent.
pub fn read_events(file: &Path, capture: &Capture) -> Result<Vec<Vec<Told>>, EngineError> {
    let mut told: Vec<Vec<Told>> = capture.lengths().map(|n| vec![Told::default(); n]).collect();
    let opened = File::open(file).map_err(|e| EngineError::file(file, e))?;
    let mut reader = BufReader::with_capacity(1 << 16, opened);
    let mut line = String::new();
    for number in 1_u64.. {
        line.clear();
        if reader.read_line(&mut line).map_err(|e| EngineError::file(file, e))? == 0 {
            break;
        }
        let wrong = |what: &str| EngineError::file(file, format!("line {number}: {what}"));
        let event: Line<'_> = serde_json::from_str(&line).map_err(|e| wrong(&e.to_string()))?;
        let Some(packet) = event.pcap_cnt else { continue };
        let (flow, at) =
            capture.place(packet).ok_or_else(|| wrong("a packet that was never sent"))?;
        note(&event, &mut told[flow][at]);
    }
    Ok(told)
}

fn note(event: &Line<'_>, packet: &mut Told) {
    let sid = event.alert.as_ref().map(|alert| Sid(alert.signature_id));
    match (&*event.event_type, sid) {
        ("alert", Some(sid)) => {
            packet.matched.push(Match { sid, in_stream: event.stream == Some(1) });
        }
        ("drop", by) => {
            let reason = event.drop.as_ref().and_then(|drop| drop.reason.as_deref());
            packet.dropped =
                Some(Dropped { by, reason: reason.unwrap_or("no reason given").to_owned() });
        }
        _ => {}
    }
}

/// A rule as the engine's own analysis describes it.
#[derive(Deserialize)]
struct Analysed<'a> {
    id: u32,
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
}

/// Reads the types that the engine gave the rules (`rules.json` of `--engine-analysis`), by the engine's word.
///
/// # Errors
/// [`EngineError::File`] when the file is missing or cut short.
pub fn read_types(file: &Path) -> Result<HashMap<Sid, String>, EngineError> {
    let text = fs::read_to_string(file).map_err(|e| EngineError::file(file, e))?;
    let mut types = HashMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        let rule: Analysed<'_> = serde_json::from_str(line)
            .map_err(|e| EngineError::file(file, format!("line {number}: {e}")))?;
        types.insert(Sid(rule.id), rule.kind.into_owned());
    }
    Ok(types)
}

/// What the engine's log says of the run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    /// Lines of the rules file that it did not load, from 1, with what it says about them.
    pub refused: Vec<(usize, String)>,
    /// How many packets it read; `None` when it did not get that far.
    pub packets: Option<u64>,
}

/// Reads the engine's log.
#[must_use]
pub fn read_log(text: &str) -> Log {
    let mut log = Log::default();
    let mut said: Option<&str> = None;
    let mut seen = HashSet::new();
    for line in text.lines() {
        let message = line.split_once(": ").map_or(line, |(_, rest)| rest);
        if let Some(packets) = message.strip_prefix("pcap: read ") {
            let number = packets.split(", ").nth(1).and_then(|n| n.split(' ').next());
            log.packets = number.and_then(|n| n.parse().ok());
        } else if message.contains("error parsing signature ") {
            let at = message.rsplit_once(" at line ").and_then(|(_, n)| n.trim().parse().ok());
            if let Some(at) = at.filter(|at| seen.insert(*at)) {
                log.refused.push((at, said.take().unwrap_or("it says no more").to_owned()));
            }
        } else {
            let complains = line.contains(" Error: ") || line.contains(" Warning: ");
            said = complains.then(|| message.split_once(": ").map_or(message, |(_, rest)| rest));
        }
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_did_not_load_are_read_from_the_log() {
        let log = read_log(
            "[1 - Suricata-Main] 2026-11-24 19:10:30 Warning: detect-http-host: rule 4: a pattern with uppercase\n\
             [1 - Suricata-Main] 2026-11-24 19:10:30 Error: detect: error parsing signature \"alert http any any -> any any (msg:\"a: b\"; sid:4;)\" from file t.rules at line 4\n\
             [1 - W#01] 2026-11-24 19:10:30 Notice: pcap: read 1 file, 30 packets, 1968 bytes\n",
        );
        assert_eq!(log.refused, [(4, "rule 4: a pattern with uppercase".to_owned())]);
        assert_eq!(log.packets, Some(30));
    }
}
