//! Verdicts of the real engine, as they were recorded: one policy, or one rule, a line of JSON.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Deserialize;
use thiserror::Error;

use crate::net::{
    Action, CLIENT_PORT, Dns, Flow, Http, Icmp, Quic, RuleOrder, Sid, Talk, Tcp, Tls, TlsVersion,
    Udp,
};
use crate::suricata::{Ruleset, parse_rules};

/// What one line of a recording says.
#[derive(Debug, Clone, PartialEq)]
pub enum Recording {
    /// A policy and what became of flows under it.
    Policy(Box<RecordedPolicy>),
    /// A rule, and whether the engine loaded it.
    Load(RecordedRule),
}

/// A policy and what became of flows under it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedPolicy {
    /// Its name in the recording.
    pub name: String,
    /// The rules that the engine loaded, the modelled default rules last.
    pub ruleset: Ruleset,
    /// The type that the engine gave each rule it loaded.
    pub types: BTreeMap<Sid, String>,
    /// The flows, in the order of time.
    pub flows: Vec<RecordedFlow>,
}

/// A flow and what the engine did with it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedFlow {
    /// The flow.
    pub flow: Flow,
    /// The flow as the recording writes it.
    pub text: String,
    /// The action at the first dropped packet, or pass.
    pub verdict: Action,
    /// The rule that decided.
    pub decided_by: Option<Sid>,
    /// The name of the packet on which it decided.
    pub decided_at: Option<String>,
    /// The action that stuck to the flow.
    pub flow_action: Option<Action>,
    /// Every packet by name, in order.
    pub packets: Vec<String>,
    /// The packets that were dropped.
    pub dropped: Vec<String>,
    /// By packet: the rules that match there when nothing was decided before.
    pub matches: BTreeMap<String, Vec<Sid>>,
}

/// A rule, and whether the engine loaded it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordedRule {
    /// Its text.
    pub rule: String,
    /// Whether it loaded.
    pub accepted: bool,
    /// What the engine said about it.
    pub messages: Vec<String>,
}

/// Why a recording cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {what}")]
pub struct RecordingError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// Reads the recordings in `text`; `file` names it in errors. Empty lines are skipped.
///
/// # Errors
/// [`RecordingError`] for the first line that is no recording, with the field that is missing or wrong; also where there is
/// none, since nothing that was compared would agree as well.
pub fn read_recordings(file: &str, text: &str) -> Result<Vec<Recording>, RecordingError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(number, line)| {
        read_line(line).map_err(|what| RecordingError {
            file: file.to_owned(),
            line: number + 1,
            what,
        })
    };
    let read = lines.map(read).collect::<Result<Vec<_>, _>>()?;
    if read.is_empty() {
        let what = "no recording: write one policy with its flows, or one rule, a line".to_owned();
        return Err(RecordingError { file: file.to_owned(), line: 1, what });
    }
    Ok(read)
}

fn read_line(line: &str) -> Result<Recording, String> {
    let value: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
    if value.get("rule").is_some() {
        return RecordedRule::deserialize(value).map(Recording::Load).map_err(|e| e.to_string());
    }
    let written = PolicyLine::deserialize(&value).map_err(|e| e.to_string())?;
    let flows = value.get("flows").and_then(|f| f.as_array()).map(Vec::as_slice);
    let flows = flows.unwrap_or_default().iter().enumerate().map(|(number, flow)| {
        let read = FlowLine::deserialize(flow).map_err(|e| e.to_string());
        read.and_then(recorded_flow).map_err(|e| format!("flow {number}: {e}"))
    });
    let flows = flows.collect::<Result<_, _>>()?;
    Ok(Recording::Policy(Box::new(policy(written, flows))))
}

/// A policy as a recording writes it. What is not listed here is for people.
#[derive(Deserialize)]
struct PolicyLine {
    name: String,
    order: RuleOrder,
    vars: BTreeMap<String, String>,
    rules: Vec<String>,
    default_rules: Vec<String>,
    /// Null where the engine did not load the rule.
    types: BTreeMap<u32, Option<String>>,
}

fn policy(written: PolicyLine, flows: Vec<RecordedFlow>) -> RecordedPolicy {
    let mut variables = written.vars;
    variables.entry("EXTERNAL_NET".to_owned()).or_insert_with(|| "!$HOME_NET".to_owned());
    let text = [written.rules, written.default_rules].concat().join("\n");
    // What the engine did not load, it does not ask.
    let refused = |sid: Sid| matches!(written.types.get(&sid.0), Some(None));
    let rules = parse_rules(&text).rules.into_iter().map(|r| r.rule);
    let rules = rules.filter(|rule| !refused(rule.sid)).collect();
    let types = written.types.iter().filter_map(|(sid, kind)| Some((Sid(*sid), kind.clone()?)));
    RecordedPolicy {
        name: written.name,
        ruleset: Ruleset::new(written.order, rules, variables),
        types: types.collect(),
        flows,
    }
}

/// A flow with what was recorded of it.
#[derive(Deserialize)]
struct FlowLine {
    flow: serde_json::Value,
    verdict: Action,
    decided_by: Option<u32>,
    decided_stage: Option<String>,
    flow_action: Option<Action>,
    /// Set where only the pseudo packet at a flow's end would have set the flow's action.
    pseudo_action: Option<serde_json::Value>,
    packets: Vec<String>,
    dropped: Vec<String>,
    matches: BTreeMap<String, Vec<u32>>,
}

fn recorded_flow(line: FlowLine) -> Result<RecordedFlow, String> {
    let talk = TalkLine::deserialize(&line.flow).map_err(|e| e.to_string())?;
    let matches = line.matches.into_iter();
    let flow_action = line.flow_action.filter(|_| line.pseudo_action.is_none());
    Ok(RecordedFlow {
        flow: flow(talk)?,
        text: line.flow.to_string(),
        verdict: line.verdict,
        decided_by: line.decided_by.map(Sid),
        decided_at: line.decided_stage,
        flow_action,
        packets: line.packets,
        dropped: line.dropped,
        matches: matches.map(|(at, sids)| (at, sids.into_iter().map(Sid).collect())).collect(),
    })
}

/// A flow as a recording writes it.
#[derive(Deserialize)]
struct TalkLine {
    src: IpAddr,
    dst: IpAddr,
    sport: Option<u16>,
    dport: Option<u16>,
    kind: String,
    #[serde(default = "yes")]
    reply: bool,
    #[serde(default)]
    extra_acks: bool,
    #[serde(default)]
    rst: bool,
    split: Option<usize>,
    ttl: Option<u8>,
    sni: Option<String>,
    tls_version: Option<String>,
    alpn: Option<Vec<String>>,
    #[serde(default)]
    pad: usize,
    host: Option<String>,
    uri: Option<String>,
    method: Option<String>,
    headers: Option<serde_json::Map<String, serde_json::Value>>,
    raw: Option<String>,
    host2: Option<String>,
    uri2: Option<String>,
    method2: Option<String>,
    banner: Option<String>,
    c2s: Option<String>,
    s2c: Option<String>,
    itype: Option<u8>,
    icode: Option<u8>,
    qname: Option<String>,
    qtype: Option<String>,
}

const fn yes() -> bool {
    true
}

fn flow(line: TalkLine) -> Result<Flow, String> {
    let (talk, port) = match line.kind.as_str() {
        "tls" => (Talk::Tls(tls(&line)?), 443),
        "http" => (Talk::Http(Http { requests: requests(&line)? }), 80),
        "tcp" => (Talk::Tcp(tcp(&line)?), 22),
        "udp" => (Talk::Udp(udp(&line)?), 53),
        "icmp" => {
            let echo = if line.src.is_ipv4() { 8 } else { 128 };
            let itype = line.itype.unwrap_or(echo);
            (Talk::Icmp(Icmp { itype, icode: line.icode.unwrap_or(0) }), 0)
        }
        "dns" => {
            let name = line.qname.unwrap_or_else(|| "example.com".to_owned());
            (Talk::Dns(Dns { name, record: line.qtype.unwrap_or_else(|| "A".to_owned()) }), 53)
        }
        "quic" => (Talk::Quic(Quic { sni: line.sni.map(String::into_bytes) }), 443),
        other => {
            return Err(format!("`kind` is `{other}`, not tls, http, tcp, udp, icmp, dns or quic"));
        }
    };
    Ok(Flow {
        src: line.src,
        dst: line.dst,
        src_port: line.sport.unwrap_or(CLIENT_PORT),
        dst_port: line.dport.unwrap_or(port),
        talk,
        reply: line.reply,
        extra_acks: line.extra_acks,
        split: line.split,
        reset: line.rst,
        ttl: line.ttl.unwrap_or(64),
    })
}

fn tls(line: &TalkLine) -> Result<Tls, String> {
    let version = match line.tls_version.as_deref() {
        Some("1.0") => TlsVersion::V1_0,
        Some("1.1") => TlsVersion::V1_1,
        Some("1.2") => TlsVersion::V1_2,
        Some("1.3") | None => TlsVersion::V1_3,
        Some(other) => return Err(format!("`tls_version` is `{other}`, not 1.0 to 1.3")),
    };
    let alpn = line.alpn.clone().unwrap_or_else(|| vec!["http/1.1".to_owned()]);
    let sni = line.sni.clone().map(String::into_bytes);
    Ok(Tls { sni, version, alpn: Some(alpn), pad: line.pad })
}

/// The requests of a connection. What stands in `raw` is sent as it is.
fn requests(line: &TalkLine) -> Result<Vec<Vec<u8>>, String> {
    let first = match &line.raw {
        Some(raw) => bytes(raw)?,
        None => request(line),
    };
    let mut requests = vec![first];
    if let Some(host) = &line.host2 {
        let method = line.method2.as_deref().unwrap_or("GET");
        let uri = line.uri2.as_deref().unwrap_or("/");
        requests.push(format!("{method} {uri} HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes());
    }
    Ok(requests)
}

fn request(line: &TalkLine) -> Vec<u8> {
    let method = line.method.as_deref().unwrap_or("GET");
    let uri = line.uri.as_deref().unwrap_or("/");
    let mut text = format!("{method} {uri} HTTP/1.1\r\n");
    if let Some(host) = &line.host {
        text.push_str(&format!("Host: {host}\r\n"));
    }
    match &line.headers {
        Some(headers) => {
            for (name, value) in headers {
                text.push_str(&format!("{name}: {}\r\n", value.as_str().unwrap_or_default()));
            }
        }
        None => text.push_str("User-Agent: client/1.0\r\nAccept: */*\r\n"),
    }
    text.push_str("\r\n");
    text.into_bytes()
}

fn tcp(line: &TalkLine) -> Result<Tcp, String> {
    Ok(Tcp {
        banner: line.banner.as_deref().map(bytes).transpose()?,
        to_server: bytes(line.c2s.as_deref().unwrap_or("hello\r\n"))?,
        to_client: bytes(line.s2c.as_deref().unwrap_or("world\r\n"))?,
    })
}

fn udp(line: &TalkLine) -> Result<Udp, String> {
    Ok(Udp {
        to_server: bytes(line.c2s.as_deref().unwrap_or("hello"))?,
        to_client: bytes(line.s2c.as_deref().unwrap_or("world"))?,
    })
}

/// Recordings write bytes as characters of the same number.
fn bytes(text: &str) -> Result<Vec<u8>, String> {
    let byte = |c| u8::try_from(u32::from(c)).map_err(|_| format!("`{c}` is not a byte"));
    text.chars().map(byte).collect()
}
