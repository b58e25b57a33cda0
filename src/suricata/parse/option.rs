use super::content::{bad_piece, number, value};
use super::reader::{Fault, Reader, fault};
use super::scan::{Piece, WrittenOption};
use crate::suricata::{
    AppLayer, AppProto, BitOp, BitOption, FlagCompare, Flags, FlowDirection, FlowOption, FlowState,
    HeaderProtocol, Logging, NotModelled, NotModelledKind, Number, RuleOption, SslState,
    StreamOption, Threshold, ThresholdKind, Track,
};

impl Reader<'_> {
    /// A condition that is evaluated.
    pub(super) fn condition(
        &mut self,
        name: &'static str,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        if name == "sameip" {
            self.options.push(RuleOption::SameIp);
            return Ok(());
        }
        let value = value(option)?;
        let read = match name {
            "flow" => return self.flow(value),
            "flowbits" => return self.flowbits(value),
            "app-layer-protocol" => return self.app_layer_protocol(value, option),
            "xbits" => xbits(value)?,
            "threshold" => threshold(value)?,
            "detection_filter" => detection_filter(value)?,
            "ssl_state" => ssl_state(value)?,
            "ssl_version" | "tls.version" => tls_version(name, value)?,
            "dsize" => self.dsize(value, option)?,
            "ttl" => RuleOption::Ttl(number(value)?),
            "itype" => RuleOption::Itype(number(value)?),
            "icode" => RuleOption::Icode(number(value)?),
            "ip_proto" => self.ip_proto(value, option)?,
            "urilen" => urilen(value)?,
            "tcp.flags" => RuleOption::Flags(flags(value)?),
            _ => return Err(fault("unknown-keyword", option, format!("{name} is not read"))),
        };
        self.options.push(read);
        Ok(())
    }

    fn flow(&mut self, value: Piece<'_>) -> Result<(), Fault> {
        let mut flow = FlowOption::default();
        let mut fragments = false;
        for word in value.text.split(',').map(str::trim) {
            let (direction, state, stream) = match word {
                "to_server" | "from_client" => (Some(FlowDirection::ToServer), None, None),
                "to_client" | "from_server" => (Some(FlowDirection::ToClient), None, None),
                "established" => (None, Some(FlowState::Established), None),
                "not_established" => (None, Some(FlowState::NotEstablished), None),
                "stateless" => (None, Some(FlowState::Stateless), None),
                "no_stream" => (None, None, Some(StreamOption::No)),
                "only_stream" => (None, None, Some(StreamOption::Only)),
                "no_frag" | "only_frag" => {
                    fragments = true;
                    continue;
                }
                _ => {
                    return Err(bad_piece(
                        value,
                        "flow knows to_server, to_client, established, not_established, stateless, no_stream, only_stream",
                    ));
                }
            };
            let twice = (direction.is_some() && flow.direction.is_some())
                || (state.is_some() && flow.state.is_some())
                || (stream.is_some() && flow.stream.is_some());
            if twice {
                return Err(bad_piece(value, "these exclude each other"));
            }
            flow.direction = flow.direction.or(direction);
            flow.state = flow.state.or(state);
            flow.stream = flow.stream.or(stream);
        }
        self.options.push(RuleOption::Flow(flow));
        if fragments {
            self.options.push(RuleOption::NotModelled(NotModelled {
                keyword: "flow",
                value: value.text.to_owned(),
                kind: NotModelledKind::Packet,
            }));
        }
        Ok(())
    }

    fn flowbits(&mut self, value: Piece<'_>) -> Result<(), Fault> {
        if value.text == "noalert" {
            self.logging = Logging::Never;
            return Ok(());
        }
        let bits = bit(value)?;
        self.options.push(RuleOption::Flowbits(bits));
        Ok(())
    }

    fn app_layer_protocol(
        &mut self,
        value: Piece<'_>,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        if self.has_app() {
            let message = "the rule is about one protocol already";
            return Err(fault("contradicting-protocols", option, message));
        }
        let (negated, word) = match value.text.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, value.text),
        };
        let protocol = if word == "failed" {
            AppLayer::Failed
        } else {
            let proto = AppProto::from_word(word);
            AppLayer::Proto(proto.ok_or_else(|| bad_piece(value, "this protocol is not known"))?)
        };
        let mixed = self.options.iter().any(
            |o| matches!(o, RuleOption::AppLayerProtocol { negated: n, .. } if !n || !negated),
        );
        if mixed {
            let message = "a rule asks for one protocol, or excludes several";
            return Err(fault("contradicting-protocols", option, message));
        }
        self.options.push(RuleOption::AppLayerProtocol { negated, protocol });
        Ok(())
    }

    fn dsize(&self, value: Piece<'_>, option: &WrittenOption<'_>) -> Result<RuleOption, Fault> {
        let stream = self.header.protocol == HeaderProtocol::TcpStream
            || self
                .options
                .iter()
                .any(|o| matches!(o, RuleOption::Flow(f) if f.stream == Some(StreamOption::Only)));
        if stream {
            return Err(fault(
                "contradicting-modifiers",
                option,
                "dsize is about a packet, the rule about the stream",
            ));
        }
        Ok(RuleOption::Dsize(number(value)?))
    }

    fn ip_proto(&self, value: Piece<'_>, option: &WrittenOption<'_>) -> Result<RuleOption, Fault> {
        let ip = matches!(
            self.header.protocol,
            HeaderProtocol::Ip | HeaderProtocol::Ipv4 | HeaderProtocol::Ipv6
        );
        if !ip {
            return Err(fault(
                "contradicting-protocols",
                option,
                "ip_proto needs the header protocol ip",
            ));
        }
        let (sign, word) = match value.text.strip_prefix(['!', '<', '>']) {
            Some(rest) => (&value.text[..1], rest.trim()),
            None => ("", value.text),
        };
        let Some(n) = ip_proto_number(word) else {
            return Err(bad_piece(value, "this IP protocol is not known: write its number"));
        };
        Ok(RuleOption::IpProto(match sign {
            "!" => Number::IsNot(n),
            "<" => Number::Below(n),
            ">" => Number::Above(n),
            _ => Number::Is(n),
        }))
    }
}

/// A protocol's number by its IANA name.
fn ip_proto_number(word: &str) -> Option<u64> {
    Some(match word.to_ascii_lowercase().as_str() {
        "icmp" => 1,
        "igmp" => 2,
        "tcp" => 6,
        "udp" => 17,
        "gre" => 47,
        "esp" => 50,
        "ah" => 51,
        "ipv6-icmp" | "icmp6" | "icmpv6" => 58,
        "ospf" => 89,
        "sctp" => 132,
        other => other.parse::<u8>().ok()?.into(),
    })
}

/// Reads `isset,a|b`.
fn bit(value: Piece<'_>) -> Result<BitOption, Fault> {
    let (op, names) = value.text.split_once(',').unwrap_or((value.text, ""));
    let op = match op.trim() {
        "set" => BitOp::Set,
        "unset" => BitOp::Unset,
        "toggle" => BitOp::Toggle,
        "isset" => BitOp::IsSet,
        "isnotset" => BitOp::IsNotSet,
        _ => {
            return Err(bad_piece(
                value,
                "bits are set, unset, toggled, or asked for with isset, isnotset",
            ));
        }
    };
    let names: Vec<String> = names.split('|').map(|n| n.trim().to_owned()).collect();
    if names.iter().any(|n| n.is_empty() || n.contains(char::is_whitespace)) {
        return Err(bad_piece(value, "a bit needs a name: `set,name`"));
    }
    if names.len() > 1 && !op.reads() {
        return Err(bad_piece(value, "only one bit can be set at a time"));
    }
    Ok(BitOption { op, names })
}

/// Reads `set,name,track ip_src,expire 60`.
fn xbits(value: Piece<'_>) -> Result<RuleOption, Fault> {
    let mut parts = value.text.splitn(3, ',');
    let (op, name, rest) =
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
    let text = format!("{op},{name}");
    let bits = bit(Piece { text: &text, start: value.start })?;
    let track = rest.and_then(|r| r.split(',').find_map(|p| p.trim().strip_prefix("track")));
    let track = match track.map(str::trim) {
        Some("ip_src") => Track::BySource,
        Some("ip_dst") => Track::ByDestination,
        Some("ip_pair") => Track::ByBoth,
        _ => return Err(bad_piece(value, "xbits need `track ip_src`, `ip_dst` or `ip_pair`")),
    };
    Ok(RuleOption::Xbits(bits, track))
}

/// Reads `type limit, track by_src, count 1, seconds 60`.
fn threshold(value: Piece<'_>) -> Result<RuleOption, Fault> {
    let kind = match field(value, "type") {
        Some("limit") => ThresholdKind::Limit,
        Some("threshold") => ThresholdKind::Threshold,
        Some("both") => ThresholdKind::Both,
        _ => return Err(bad_piece(value, "the type is limit, threshold or both")),
    };
    counted(value, kind)
}

fn detection_filter(value: Piece<'_>) -> Result<RuleOption, Fault> {
    counted(value, ThresholdKind::DetectionFilter)
}

fn counted(value: Piece<'_>, kind: ThresholdKind) -> Result<RuleOption, Fault> {
    let track = match field(value, "track") {
        Some("by_src") => Track::BySource,
        Some("by_dst") => Track::ByDestination,
        Some("by_both") => Track::ByBoth,
        Some("by_rule") => Track::ByRule,
        Some("by_flow") => Track::ByFlow,
        _ => {
            return Err(bad_piece(
                value,
                "it is tracked by_src, by_dst, by_both, by_rule or by_flow",
            ));
        }
    };
    let number = |name| field(value, name).and_then(|n| n.parse().ok()).filter(|n| *n > 0);
    let (Some(count), Some(seconds)) = (number("count"), number("seconds")) else {
        return Err(bad_piece(value, "count and seconds are numbers above 0"));
    };
    Ok(RuleOption::Threshold(Threshold { kind, track, count, seconds }))
}

fn field<'a>(value: Piece<'a>, name: &str) -> Option<&'a str> {
    value.text.split(',').find_map(|part| {
        let (key, word) = part.trim().split_once(char::is_whitespace)?;
        (key == name).then_some(word.trim())
    })
}

fn ssl_state(value: Piece<'_>) -> Result<RuleOption, Fault> {
    let (negated, words) = match value.text.strip_prefix('!') {
        Some(rest) => (true, rest),
        None => (false, value.text),
    };
    let state = |word: &str| {
        Ok(match word.trim() {
            "client_hello" => SslState::ClientHello,
            "server_hello" => SslState::ServerHello,
            "client_keyx" => SslState::ClientKeyx,
            "server_keyx" => SslState::ServerKeyx,
            "unknown" => SslState::Unknown,
            _ => {
                return Err(bad_piece(
                    value,
                    "the states are client_hello, server_hello, client_keyx, server_keyx, unknown",
                ));
            }
        })
    };
    let states: Result<Vec<SslState>, Fault> = words.split('|').map(state).collect();
    Ok(RuleOption::SslState { negated, states: states? })
}

fn tls_version(name: &str, value: Piece<'_>) -> Result<RuleOption, Fault> {
    let known: &[&str] = if name == "tls.version" {
        &["1.0", "1.1", "1.2", "1.3"]
    } else {
        &["sslv2", "sslv3", "tls1.0", "tls1.1", "tls1.2", "tls1.3"]
    };
    let text = value.text.trim_matches('"');
    let negated = text.contains('!');
    let words = text.split(',').map(|w| w.trim().trim_start_matches('!').to_owned());
    let versions: Vec<String> = words.collect();
    match versions.iter().all(|v| known.contains(&v.as_str())) {
        true => Ok(RuleOption::TlsVersion { versions, negated }),
        false => Err(bad_piece(value, &format!("the versions are {}", known.join(", ")))),
    }
}

fn urilen(value: Piece<'_>) -> Result<RuleOption, Fault> {
    let (length, kind) = value.text.split_once(',').unwrap_or((value.text, "norm"));
    let raw = match kind.trim() {
        "raw" => true,
        "norm" => false,
        _ => return Err(bad_piece(value, "after the length stands raw or norm")),
    };
    let length = number(Piece { text: length.trim(), start: value.start })?;
    Ok(RuleOption::Urilen { length, raw })
}

/// Reads `S`, `SA,12`, `F+`, `!R`.
fn flags(value: Piece<'_>) -> Result<Flags, Fault> {
    let (wanted, ignored) = value.text.split_once(',').unwrap_or((value.text, ""));
    let mut flags = Flags { compare: FlagCompare::Exact, set: 0, ignored: 0 };
    for c in wanted.trim().chars() {
        match c {
            '+' => flags.compare = FlagCompare::All,
            '*' => flags.compare = FlagCompare::Any,
            '!' => flags.compare = FlagCompare::Not,
            '0' => {}
            c => {
                flags.set |=
                    flag(c).ok_or_else(|| bad_piece(value, "the flags are F S R P A U E C"))?
            }
        }
    }
    for c in ignored.trim().chars() {
        flags.ignored |=
            flag(c).ok_or_else(|| bad_piece(value, "the flags are F S R P A U E C"))?;
    }
    Ok(flags)
}

/// A flag's bit by its letter; `1` and `2` are the reserved bits of old, now CWR and ECE.
const fn flag(letter: char) -> Option<u8> {
    Some(match letter.to_ascii_uppercase() {
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
