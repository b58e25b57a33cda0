//! Conditions that are evaluated and are not about a buffer.

use super::reader::{Fault, Reader, fault};
use super::scan::{Piece, WrittenOption};
use super::value::{Value, bad_piece, bad_word, number, whole};
use super::{bits, counters, tls};
use crate::messages::suricata::{condition as words, shape as say};
use crate::suricata::{AppLayer, AppProto, FlagCompare, Flags, HeaderProtocol, Number, RuleOption};

impl<'a> Reader<'a> {
    /// A condition that is evaluated.
    pub(super) fn condition(
        &mut self,
        name: &'static str,
        value: Option<Value<'a>>,
        option: &WrittenOption<'a>,
    ) -> Result<(), Fault> {
        let Some(Value { negated, piece }) = value else {
            self.options.push(RuleOption::SameIp);
            return Ok(());
        };
        let read = match name {
            "flow" => return self.flow(piece, option),
            "flowbits" => return bits::flowbits(self, piece),
            "app-layer-protocol" => return self.app_layer_protocol(negated, piece, option),
            "xbits" => bits::xbits(piece)?,
            "threshold" | "detection_filter" => {
                if self.options.iter().any(|o| matches!(o, RuleOption::Threshold(_))) {
                    return Err(fault("written-twice", option, words::ONE_THRESHOLD));
                }
                counters::read(name, piece)?
            }
            "ssl_state" => tls::state(piece)?,
            "ssl_version" => tls::ssl_version(piece)?,
            "tls.version" => tls::version(piece)?,
            "dsize" => self.dsize(piece, option)?,
            "ttl" => RuleOption::Ttl(number(piece, u8::MAX.into())?),
            "itype" => RuleOption::Itype(number(piece, u8::MAX.into())?),
            "icode" => RuleOption::Icode(number(piece, u8::MAX.into())?),
            "ip_proto" => self.ip_proto(piece, option)?,
            "urilen" => urilen(piece)?,
            "tcp.flags" => RuleOption::Flags(flags(piece)?),
            _ => return Err(fault("unknown-keyword", option, words::is_not_read(name))),
        };
        self.options.push(read);
        Ok(())
    }

    fn app_layer_protocol(
        &mut self,
        negated: bool,
        value: Piece<'_>,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        if let Some(app) = self.app {
            let fault = fault("contradicting-protocols", option, words::about_already(app));
            return Err(Box::new(fault.help(words::LEAVE_PROTOCOL_OUT)));
        }
        let protocol = if value.text == "failed" {
            AppLayer::Failed
        } else {
            let Some(proto) = AppProto::from_word(value.text).filter(|p| p.is_enabled()) else {
                let known: Vec<&'static str> = AppProto::enabled().collect();
                return Err(bad_word(value, say::what::DETECTED_PROTOCOL, &known));
            };
            AppLayer::Proto(proto)
        };
        let mixed = self.options.iter().any(|o| match o {
            RuleOption::AppLayerProtocol { negated: before, protocol: other } => {
                !before || !negated || *other == protocol
            }
            _ => false,
        });
        if mixed {
            return Err(fault("contradicting-protocols", option, words::MIXED_PROTOCOLS));
        }
        self.options.push(RuleOption::AppLayerProtocol { negated, protocol });
        Ok(())
    }

    fn dsize(&self, value: Piece<'_>, option: &WrittenOption<'_>) -> Result<RuleOption, Fault> {
        if self.options.iter().any(|o| matches!(o, RuleOption::Dsize(_))) {
            return Err(fault("written-twice", option, say::written_twice("dsize")));
        }
        Ok(RuleOption::Dsize(number(value, u16::MAX.into())?))
    }

    fn ip_proto(&self, value: Piece<'_>, option: &WrittenOption<'_>) -> Result<RuleOption, Fault> {
        let ip = matches!(
            self.header.protocol,
            HeaderProtocol::Ip | HeaderProtocol::Ipv4 | HeaderProtocol::Ipv6
        );
        if !ip {
            return Err(fault("contradicting-protocols", option, words::IP_PROTO_HEADER));
        }
        let (sign, word) = match value.text.strip_prefix(['!', '<', '>']) {
            Some(_) => (&value.text[..1], value.from(1).trimmed()),
            None => ("", value),
        };
        let Some(n) = ip_proto_number(word.text) else {
            return Err(bad_piece(value, words::IP_PROTO_NUMBER));
        };
        let now = match sign {
            "!" => Number::IsNot(n),
            "<" => Number::Below(n),
            ">" => Number::Above(n),
            _ => Number::Is(n),
        };
        let fits = self.options.iter().all(|o| match o {
            RuleOption::IpProto(before) => go_together(*before, now),
            _ => true,
        });
        match fits {
            true => Ok(RuleOption::IpProto(now)),
            false => Err(fault("written-twice", option, words::NO_PROTOCOL)),
        }
    }
}

/// Whether the engine takes two `ip_proto` of one rule (measured).
const fn go_together(one: Number, other: Number) -> bool {
    match (one, other) {
        (Number::IsNot(_), Number::IsNot(_)) => true,
        (Number::Below(high), Number::Above(low)) | (Number::Above(low), Number::Below(high)) => {
            low < high
        }
        _ => false,
    }
}

/// A protocol's number by its name.
///
/// Source: the names that Debian's 7.0.10 takes, measured; of those that go with a rule here.
fn ip_proto_number(word: &str) -> Option<u64> {
    const NAMES: [(&str, u64); 27] = [
        ("ip", 0),
        ("HOPOPT", 0),
        ("icmp", 1),
        ("igmp", 2),
        ("ggp", 3),
        ("ipencap", 4),
        ("tcp", 6),
        ("egp", 8),
        ("igp", 9),
        ("udp", 17),
        ("rdp", 27),
        ("dccp", 33),
        ("IPv6", 41),
        ("ipv6-route", 43),
        ("ipv6-frag", 44),
        ("rsvp", 46),
        ("gre", 47),
        ("esp", 50),
        ("ah", 51),
        ("ipv6-icmp", 58),
        ("ospf", 89),
        ("ipip", 94),
        ("pim", 103),
        ("vrrp", 112),
        ("l2tp", 115),
        ("sctp", 132),
        ("udplite", 136),
    ];
    const AS_WRITTEN: [&str; 8] = ["ip", "HOPOPT", "IPv6", "esp", "ah", "ospf", "ipip", "ipencap"];
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return whole(word, u8::MAX.into());
    }
    let same = |name: &str| match AS_WRITTEN.contains(&name) {
        true => name == word,
        false => name == word || name.to_ascii_uppercase() == word,
    };
    NAMES.iter().find(|(name, _)| same(name)).map(|(_, n)| *n).or(match word {
        "IPv6-ICMP" => Some(58),
        "eigrp" | "EIGRP" => Some(88),
        "mpls-in-ip" | "MPLS-in-IP" => Some(137),
        _ => None,
    })
}

fn urilen(value: Piece<'_>) -> Result<RuleOption, Fault> {
    let mut parts = value.split(',');
    let length = parts.next().unwrap_or(value);
    // Any other word behind the comma counts as `norm` (measured).
    let raw = parts.next().is_some_and(|word| word.text.eq_ignore_ascii_case("raw"));
    Ok(RuleOption::Urilen { length: number(length, u16::MAX.into())?, raw })
}

/// Reads `S`, `SA,12`, `F+`, `!R`.
fn flags(value: Piece<'_>) -> Result<Flags, Fault> {
    let bad = || bad_piece(value, words::FLAGS);
    let (wanted, ignored) = match value.text.split_once(',') {
        Some((wanted, ignored)) if !ignored.trim().is_empty() => (wanted.trim(), ignored.trim()),
        Some(_) => return Err(bad()),
        None => (value.text, ""),
    };
    let mut flags = Flags { compare: FlagCompare::Exact, set: 0, ignored: 0 };
    let mut any = false;
    for c in wanted.chars() {
        match c {
            '+' => flags.compare = FlagCompare::All,
            '*' => flags.compare = FlagCompare::Any,
            '!' => flags.compare = FlagCompare::Not,
            '0' => any = true,
            c => {
                any = true;
                flags.set |= flag(c).ok_or_else(bad)?;
            }
        }
    }
    for c in ignored.chars() {
        flags.ignored |= flag(c).ok_or_else(bad)?;
    }
    any.then_some(flags).ok_or_else(bad)
}

/// A flag's bit by its letter; `1` and `2` are the reserved bits of old, now CWR and ECE.
const fn flag(letter: char) -> Option<u8> {
    Some(match letter {
        'F' => 1,
        'S' => 2,
        'R' => 4,
        'P' => 8,
        'A' => 16,
        'U' => 32,
        'E' | '2' => 64,
        'C' | '1' => 128,
        _ => return None,
    })
}
