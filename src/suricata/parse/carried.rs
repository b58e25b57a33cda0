//! Values of keywords that are read and not evaluated: enough of each to refuse what the engine refuses.
//!
//! Source: measured on Suricata 7.0.10, keyword by keyword.

use super::reader::{Fault, Reader};
use super::scan::{Piece, WrittenOption};
use super::value::{Value, bad_piece, bad_word, read_number, whole};
use crate::messages::Words;
use crate::messages::suricata::{condition as says, content, shape as say};
use crate::suricata::RuleProblem;

/// Whether a value is good; what would be.
type Check = (fn(&str) -> bool, Words);

/// Checks the value of a condition.
pub(super) fn check(
    name: &str,
    value: Option<Value<'_>>,
    option: &WrittenOption<'_>,
) -> Result<(), Fault> {
    let Some(piece) = value.map(|v| v.piece) else {
        return Ok(());
    };
    if name == "iprep" {
        let problem = RuleProblem::error("needs-files", option.span(), says::IPREP);
        return Err(Box::new(problem.help(says::IPREP_HELP)));
    }
    if let Some(known) = words(name) {
        let all = piece.split(',').map(|w| w.text.trim_start_matches('!').trim());
        let number = |w: &str| w.bytes().next().is_some_and(|b| b.is_ascii_digit());
        let numbers = matches!(name, "http2.frametype" | "http2.errorcode" | "snmp.pdu_type");
        for word in all {
            let good = known.contains(&word) || numbers && number(word);
            if !good {
                return Err(bad_word(piece, say::what::VALUE, known));
            }
        }
        return Ok(());
    }
    let (good, wanted) = grammar(name);
    match good(piece.text) {
        true => Ok(()),
        false => Err(bad_piece(piece, wanted)),
    }
}

const fn words(name: &str) -> Option<&'static [&'static str]> {
    Some(match name.as_bytes() {
        b"ipv4-csum" | b"tcpv4-csum" | b"tcpv6-csum" | b"udpv4-csum" | b"udpv6-csum"
        | b"icmpv4-csum" | b"icmpv6-csum" => &["valid", "invalid"],
        b"ipopts" => &[
            "rr", "lsrr", "eol", "nop", "ts", "sec", "esec", "ssrr", "satid", "cipso", "rtralt",
            "any",
        ],
        b"l3_proto" => &["ipv4", "ipv6", "ip4", "ip6"],
        b"rfb.secresult" => &["ok", "fail", "toomany", "unknown"],
        b"ftpdata_command" => &["retr", "stor"],
        b"mqtt.qos" => &["0", "1", "2"],
        b"mqtt.flags" => &["dup", "retain"],
        b"mqtt.connack.session_present" => &["yes", "no", "true", "false"],
        b"mqtt.connect.flags" => &["username", "password", "will", "will_retain", "clean_session"],
        b"mqtt.type" => &[
            "CONNECT",
            "CONNACK",
            "PUBLISH",
            "PUBACK",
            "PUBREC",
            "PUBREL",
            "PUBCOMP",
            "SUBSCRIBE",
            "SUBACK",
            "UNSUBSCRIBE",
            "UNSUBACK",
            "PINGREQ",
            "PINGRESP",
            "DISCONNECT",
            "AUTH",
            "UNASSIGNED",
        ],
        b"http2.frametype" => &[
            "DATA",
            "HEADERS",
            "PRIORITY",
            "RSTSTREAM",
            "SETTINGS",
            "PUSHPROMISE",
            "PING",
            "GOAWAY",
            "WINDOWUPDATE",
            "CONTINUATION",
        ],
        b"http2.errorcode" => &[
            "NO_ERROR",
            "PROTOCOL_ERROR",
            "INTERNAL_ERROR",
            "FLOW_CONTROL_ERROR",
            "SETTINGS_TIMEOUT",
            "STREAM_CLOSED",
            "FRAME_SIZE_ERROR",
            "REFUSED_STREAM",
            "CANCEL",
            "COMPRESSION_ERROR",
            "CONNECT_ERROR",
            "ENHANCE_YOUR_CALM",
            "INADEQUATE_SECURITY",
            "HTTP_1_1_REQUIRED",
        ],
        b"snmp.pdu_type" => &[
            "get_request",
            "get_next_request",
            "response",
            "set_request",
            "trap_v1",
            "get_bulk_request",
            "inform_request",
            "trap_v2",
            "report",
        ],
        _ => return None,
    })
}

fn grammar(name: &str) -> Check {
    const NUMBER: Words = says::NUMBER;
    const WHOLE: Words = say::WHOLE_NUMBER;
    match name {
        "flow.age"
        | "http2.window"
        | "icmpv6.mtu"
        | "ike.key_exchange_payload_length"
        | "ike.nonce_payload_length"
        | "rfb.sectype"
        | "snmp.version"
        | "tls.cert_chain_len" => (|t| read_number(t, u32::MAX.into()).is_some(), NUMBER),
        "http2.priority" | "ike.exchtype" | "mqtt.protocol_version" | "template2" => {
            (|t| read_number(t, u8::MAX.into()).is_some(), NUMBER)
        }
        "dhcp.leasetime"
        | "dhcp.rebinding_time"
        | "dhcp.renewal_time"
        | "filesize"
        | "http2.size_update" => (|t| read_number(t, u64::MAX).is_some(), NUMBER),
        "tcp.mss" => (|t| read_number(t, u16::MAX.into()).is_some(), NUMBER),
        "nfs.version" | "nfs_procedure" => {
            (|t| read_number(t, u32::MAX.into()).is_some() || closed_range(t), NUMBER)
        }
        "tcp.ack" | "tcp.seq" => (|t| whole(t, u32::MAX.into()).is_some(), WHOLE),
        "icmp_id" | "icmp_seq" | "id" => (|t| digits(t, u16::MAX.into()), WHOLE),
        "tcp.window" => (|t| digits(not(t), u16::MAX.into()), WHOLE),
        "dns.opcode" => (|t| whole(not(t), u8::MAX.into()).is_some(), WHOLE),
        "tls.fingerprint" => (|t| t.len() == 59 && t.contains(':'), content::FINGERPRINT_HELP),
        "tos" => (|t| digits(not(t), u8::MAX.into()), WHOLE),
        "krb5_msg_type" => (|t| digits(t, u8::MAX.into()), WHOLE),
        "mqtt.reason_code" => (|t| whole(t, u8::MAX.into()).is_some(), WHOLE),
        "fragbits" => (|t| set_of(t, "+*!MDR", "MDR"), says::FRAGBITS),
        "fragoffset" => (
            |t| {
                t.trim_start_matches(['!', '<', '>', ' ']).starts_with(|c: char| c.is_ascii_digit())
            },
            WHOLE,
        ),
        "dcerpc.opnum" => (|t| t.split(',').all(one_or_range), says::OPNUM),
        "dcerpc.iface" => (is_interface, says::INTERFACE),
        "flowint" => (is_flowint, says::FLOWINT),
        "flowvar" | "pktvar" => (|t| t.contains(','), says::FLOWVAR),
        "stream_size" => (is_stream_size, says::STREAM_SIZE),
        "geoip" => (is_geoip, says::GEOIP),
        "hostbits" => (is_hostbits, says::HOSTBITS),
        "app-layer-event" => (|t| !disabled(t), says::PARSER_IS_OFF),
        "dnp3_ind" => (|t| !t.contains('!'), says::DNP3_IND),
        "enip_command" | "cip_service" => {
            (|t| t.starts_with(|c: char| c.is_ascii_digit()), says::PLAIN_NUMBER)
        }
        _ => (|_| true, says::ANYTHING),
    }
}

fn not(text: &str) -> &str {
    text.strip_prefix('!').unwrap_or(text).trim_start()
}

fn digits(text: &str, most: u64) -> bool {
    !text.starts_with('+') && whole(text, most).is_some()
}

fn set_of(text: &str, allowed: &str, needed: &str) -> bool {
    text.chars().all(|c| allowed.contains(c)) && text.chars().any(|c| needed.contains(c))
}

fn closed_range(text: &str) -> bool {
    let ends = text.split_once("<>").or_else(|| text.split_once('-'));
    let number = |t: &str| whole(t.trim(), u32::MAX.into());
    ends.and_then(|(a, b)| number(a).zip(number(b))).is_some_and(|(a, b)| a > 0 && b > a)
}

fn one_or_range(text: &str) -> bool {
    let number = |t: &str| whole(t.trim(), u32::MAX.into()).is_some();
    text.split_once('-').map_or_else(|| number(text), |(a, b)| number(a) && number(b))
}

fn is_interface(text: &str) -> bool {
    let uuid = text.split(',').next().unwrap_or_default().trim();
    uuid.len() == 36 && uuid.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

fn is_flowint(text: &str) -> bool {
    let mut parts = text.split(',').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let op = parts.next().unwrap_or_default();
    let operand = parts.next();
    let named = name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_./".contains(&b));
    let asks = matches!(op, "isset" | "notset" | "isnotset");
    let counts = matches!(op, "+" | "-" | "=" | "==" | "!=" | "<" | "<=" | ">" | ">=");
    named && (asks || counts && operand.is_some_and(|o| !o.is_empty()))
}

fn is_stream_size(text: &str) -> bool {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let &[side, op, size] = parts.as_slice() else { return false };
    matches!(side, "server" | "client" | "both" | "either")
        && matches!(op, "<" | "<=" | ">" | ">=" | "=" | "!=")
        && whole(size, u32::MAX.into()).is_some()
}

fn is_geoip(text: &str) -> bool {
    let mut parts = text.split(',').map(str::trim).peekable();
    if parts.peek().is_some_and(|p| matches!(*p, "src" | "dst" | "both" | "any")) {
        parts.next();
    }
    let country = |p: &str| {
        let p = not(p);
        p.len() == 2 && p.bytes().all(|b| b.is_ascii_alphabetic())
    };
    parts.peek().is_some() && parts.all(country)
}

fn is_hostbits(text: &str) -> bool {
    if text == "noalert" {
        return true;
    }
    let mut parts = text.split(',').map(str::trim);
    let known = matches!(parts.next(), Some("set" | "unset" | "toggle" | "isset" | "isnotset"));
    let named = parts.next().is_some_and(|n| !n.is_empty() && !n.contains(' '));
    known
        && named
        && parts.next().is_none_or(|side| matches!(side, "src" | "dst"))
        && parts.next().is_none()
}

/// Whether an event is one of a protocol whose parser is off as the engine ships.
fn disabled(event: &str) -> bool {
    ["dnp3.", "modbus.", "enip.", "pgsql."].iter().any(|proto| event.starts_with(proto))
}

/// Checks a keyword that looks at bytes, and keeps the name that it gives them.
pub(super) fn check_bytes<'a>(
    reader: &mut Reader<'a>,
    name: &str,
    value: Option<Value<'a>>,
    option: &WrittenOption<'_>,
) -> Result<(), Fault> {
    let Some(piece) = value.map(|v| v.piece) else {
        return Ok(());
    };
    let words: Vec<Piece<'a>> = piece.split(',').collect();
    let word = |at: usize| words.get(at).map_or("", |w| w.text);
    match name {
        "byte_extract" => {
            if words.len() < 3 || word(2).is_empty() {
                return Err(bad_piece(piece, says::BYTE_EXTRACT));
            }
            reader.byte_names.push(word(2));
        }
        "byte_math" => {
            let named = words.iter().find_map(|w| w.text.strip_prefix("result"));
            let Some(named) = named.map(str::trim).filter(|n| !n.is_empty()) else {
                let wanted = says::BYTE_MATH;
                return Err(bad_piece(piece, wanted));
            };
            let rvalue = words.iter().find_map(|w| w.text.strip_prefix("rvalue")).map(str::trim);
            let known = |v: &str| {
                v.starts_with(|c: char| c.is_ascii_digit()) || reader.byte_names.contains(&v)
            };
            if let Some(unknown) = rvalue.filter(|v| !known(v)) {
                let message = content::no_number_or_name(unknown);
                return Err(bad_piece(piece, message));
            }
            reader.byte_names.push(named);
        }
        "byte_test" | "byte_jump" => {
            let numbered = |w: &str| w.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            let fewest = if name == "byte_test" { 4 } else { 2 };
            if words.len() < fewest {
                let wanted = says::BYTE_TEST;
                return Err(bad_piece(piece, wanted));
            }
            let unknown = [0, 2, 3].into_iter().take(fewest).find(|at| {
                let text = word(*at);
                !(numbered(text)
                    || name == "byte_jump" && *at > 1
                    || reader.byte_names.contains(&text))
            });
            if let Some(at) = unknown.and_then(|at| words.get(at)) {
                return Err(bad_piece(*at, content::NO_NUMBER_OR_NAME));
            }
        }
        _ => {}
    }
    let relative = words.iter().any(|w| w.text == "relative");
    if relative && name == "byte_math" && !reader.has_match_before() {
        let message = says::RELATIVE_TO_WHAT;
        return Err(super::reader::fault("misplaced-keyword", option, message));
    }
    Ok(())
}

/// The frames of each protocol.
const FRAMES: [(&str, &[&str]); 12] = [
    ("tls", &["pdu", "hdr", "data", "alert", "ssl2.hdr", "ssl2.pdu"]),
    ("http1", &["request", "response"]),
    ("http", &["request", "response"]),
    ("dns", &["pdu"]),
    (
        "smb",
        &[
            "nbss.pdu",
            "nbss.hdr",
            "nbss.data",
            "smb1.pdu",
            "smb1.hdr",
            "smb1.data",
            "smb2.pdu",
            "smb2.hdr",
            "smb2.data",
            "smb3.pdu",
            "smb3.hdr",
            "smb3.data",
        ],
    ),
    (
        "nfs",
        &[
            "rpc.pdu",
            "rpc.hdr",
            "rpc.data",
            "rpc.creds",
            "nfs.pdu",
            "nfs.status",
            "nfs4.pdu",
            "nfs4.hdr",
            "nfs4.ops",
            "nfs4.status",
        ],
    ),
    (
        "sip",
        &[
            "pdu",
            "request.line",
            "request.headers",
            "request.body",
            "response.line",
            "response.headers",
            "response.body",
        ],
    ),
    ("mqtt", &["pdu", "header", "data"]),
    ("rfb", &["pdu"]),
    ("telnet", &["pdu", "ctl", "data"]),
    ("dcerpc", &[]),
    ("ssh", &[]),
];

/// The protocol of a frame that the engine knows: `tls.pdu`, or `pdu` in a rule about TLS.
pub(super) fn frame_protocol(frame: &str, app: Option<&'static str>) -> Option<&'static str> {
    let has = |proto: &str, frame: &str| {
        frame == "stream" || FRAMES.iter().any(|(p, frames)| *p == proto && frames.contains(&frame))
    };
    if let Some(app) = app.filter(|app| has(app, frame)) {
        return Some(app);
    }
    let (proto, rest) = frame.split_once('.')?;
    let known = crate::suricata::AppProto::enabled().find(|word| *word == proto)?;
    has(known, rest).then_some(known)
}
