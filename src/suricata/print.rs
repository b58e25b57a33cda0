//! Rules and conditions as rules write them.

use std::fmt;

use super::{
    AppLayer, BitOp, BitOption, BufferMatch, Content, ContentTest, Direction, FlagCompare, Flags,
    FlowDirection, FlowOption, FlowState, Header, Logging, Number, Pcre, Rule, RuleOption,
    SslState, StreamOption, Threshold, ThresholdKind, Track, Transform,
};

impl SslState {
    /// The word as rules write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ClientHello => "client_hello",
            Self::ServerHello => "server_hello",
            Self::ClientKeyx => "client_keyx",
            Self::ServerKeyx => "server_keyx",
            Self::Unknown => "unknown",
        }
    }
}

impl FlowOption {
    /// Its words as rules write them: direction, state, stream.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        let direction = self.direction.map(|d| match d {
            FlowDirection::ToServer => "to_server",
            FlowDirection::ToClient => "to_client",
        });
        let state = self.state.map(|s| match s {
            FlowState::Established => "established",
            FlowState::NotEstablished => "not_established",
            FlowState::Stateless => "stateless",
        });
        let stream = self.stream.map(|s| match s {
            StreamOption::No => "no_stream",
            StreamOption::Only => "only_stream",
        });
        direction.into_iter().chain(state).chain(stream).collect()
    }
}

impl BitOp {
    /// The word as rules write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Unset => "unset",
            Self::Toggle => "toggle",
            Self::IsSet => "isset",
            Self::IsNotSet => "isnotset",
        }
    }
}

impl Transform {
    /// The keyword as rules write it, without its value.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Dotprefix => "dotprefix",
            Self::ToLowercase => "to_lowercase",
            Self::ToUppercase => "to_uppercase",
            Self::StripWhitespace => "strip_whitespace",
            Self::CompressWhitespace => "compress_whitespace",
            Self::UrlDecode => "url_decode",
            Self::NotModelled(carried) => carried.keyword,
        }
    }
}

impl AppLayer {
    /// The word as rules write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proto(app) => app.word(),
            Self::Failed => "failed",
        }
    }
}

/// Writes `$HOME_NET any -> any 443`, with the protocol before it.
impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arrow = match self.direction {
            Direction::ToRight => "->",
            Direction::Both => "<>",
        };
        let (protocol, source, source_ports) =
            (self.protocol.word(), &self.source, &self.source_ports);
        write!(f, "{protocol} {source} {source_ports} {arrow} ")?;
        write!(f, "{} {}", self.destination, self.destination_ports)
    }
}

/// Writes the whole rule anew, on one line: read again, it is the same rule.
///
/// What only concerns the engine's speed (`fast_pattern`, `prefilter`, `rawbytes`) is left out.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} (", self.verb, self.header)?;
        if let Some(msg) = &self.msg {
            write!(f, "msg:\"{}\"; ", message(msg))?;
        }
        for option in &self.options {
            write!(f, "{option}; ")?;
        }
        for (at, buffer) in self.buffers.iter().enumerate() {
            if at > 0 && buffer.buffer.is_payload() {
                f.write_str("pkt_data; ")?;
            }
            write!(f, "{buffer}; ")?;
        }
        for remark in &self.remarks {
            write!(f, "{}; ", option_text(remark.keyword, &remark.value))?;
        }
        match self.logging {
            Logging::ByAction => {}
            Logging::Always => f.write_str("alert; ")?,
            Logging::Never => f.write_str("noalert; ")?,
        }
        let class = self.remarks.iter().any(|r| r.keyword == "classtype");
        if class || self.priority != 3 {
            write!(f, "priority:{}; ", self.priority)?;
        }
        write!(f, "sid:{};", self.sid)?;
        if self.rev > 0 {
            write!(f, " rev:{};", self.rev)?;
        }
        f.write_str(")")
    }
}

/// A message with a backslash before what would end it.
fn message(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '"' | ';' | ':' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Writes `5`, `!5`, `<5`, `>5` or `1<>5`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(n) => write!(f, "{n}"),
            Self::IsNot(n) => write!(f, "!{n}"),
            // One above the largest number of a keyword is no number of it.
            Self::Below(n) if *n >= 256 && n.is_power_of_two() => write!(f, "<={}", n - 1),
            Self::Below(n) => write!(f, "<{n}"),
            Self::Above(n) => write!(f, ">{n}"),
            Self::Between(low, high) => write!(f, "{low}<>{high}"),
        }
    }
}

/// Writes `to_server, established`.
impl fmt::Display for FlowOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join(", "))
    }
}

/// Writes the option without its final `;`.
impl fmt::Display for RuleOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = |negated: bool| if negated { "!" } else { "" };
        match self {
            Self::Flow(flow) => write!(f, "flow:{flow}"),
            Self::Flowbits(bits) => write!(f, "flowbits:{}", bit_words(bits)),
            Self::Xbits(bits, track) => {
                write!(f, "xbits:{},track {}", bit_words(bits), ip_track(*track))?;
                bits.expire.map_or(Ok(()), |seconds| write!(f, ",expire {seconds}"))
            }
            Self::Threshold(threshold) => write!(f, "{threshold}"),
            Self::AppLayerProtocol { negated, protocol } => {
                write!(f, "app-layer-protocol:{}{}", not(*negated), protocol.word())
            }
            Self::SslState { negated, states } => {
                let states: Vec<&str> = states.iter().map(|s| s.word()).collect();
                write!(f, "ssl_state:{}{}", not(*negated), states.join("|"))
            }
            Self::TlsVersion { versions, negated } => {
                let old = versions.iter().any(|v| v.starts_with(['s', 't']));
                let name = if old { "ssl_version" } else { "tls.version" };
                let versions: Vec<String> =
                    versions.iter().map(|v| format!("{}{v}", not(*negated))).collect();
                write!(f, "{name}:{}", versions.join(","))
            }
            Self::Dsize(n) => write!(f, "dsize:{n}"),
            Self::Ttl(n) => write!(f, "ttl:{n}"),
            Self::Itype(n) => write!(f, "itype:{n}"),
            Self::Icode(n) => write!(f, "icode:{n}"),
            Self::IpProto(n) => write!(f, "ip_proto:{n}"),
            Self::Urilen { length, raw } => {
                write!(f, "urilen:{length}{}", if *raw { ",raw" } else { "" })
            }
            Self::Flags(flags) => write!(f, "tcp.flags:{flags}"),
            Self::SameIp => f.write_str("sameip"),
            Self::NotModelled(other) if other.value.is_empty() => f.write_str(other.keyword),
            Self::NotModelled(other) => write!(f, "{}:{}", other.keyword, other.value),
        }
    }
}

fn bit_words(bits: &BitOption) -> String {
    format!("{},{}", bits.op.word(), bits.names.join("|"))
}

const fn ip_track(track: Track) -> &'static str {
    match track {
        Track::BySource => "ip_src",
        Track::ByDestination => "ip_dst",
        Track::ByBoth => "ip_pair",
        Track::ByRule => "rule",
        Track::ByFlow => "flow",
    }
}

impl Track {
    /// The word for what is counted apart.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::BySource => "by_src",
            Self::ByDestination => "by_dst",
            Self::ByBoth => "by_both",
            Self::ByRule => "by_rule",
            Self::ByFlow => "by_flow",
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let track = self.track.word();
        let kind = match self.kind {
            ThresholdKind::Limit => "threshold:type limit, ",
            ThresholdKind::Threshold => "threshold:type threshold, ",
            ThresholdKind::Both => "threshold:type both, ",
            ThresholdKind::DetectionFilter => "detection_filter:",
        };
        write!(f, "{kind}track {track}, count {}, seconds {}", self.count, self.seconds)
    }
}

/// Writes the flags by letter, as rules do.
impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = |set: u8| -> String {
            let all = "FSRPAUEC".chars().enumerate();
            all.filter(|(bit, _)| set & (1 << bit) != 0).map(|(_, letter)| letter).collect()
        };
        let compare = match self.compare {
            FlagCompare::Exact => "",
            FlagCompare::All => "+",
            FlagCompare::Any => "*",
            FlagCompare::Not => "!",
        };
        let set = if self.set == 0 { "0".to_owned() } else { letters(self.set) };
        write!(f, "{set}{compare}")?;
        if self.ignored == 0 { Ok(()) } else { write!(f, ",{}", letters(self.ignored)) }
    }
}

/// Writes the buffer, its transforms and its tests without the final `;`.
impl fmt::Display for BufferMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if !self.buffer.is_payload() {
            parts.push(option_text(self.buffer.name(), &self.value));
        }
        parts.extend(self.transforms.iter().map(transform));
        parts.extend(self.tests.iter().map(ToString::to_string));
        f.write_str(&parts.join("; "))
    }
}

fn transform(transform: &Transform) -> String {
    match transform {
        Transform::NotModelled(carried) => option_text(carried.keyword, &carried.value),
        modelled => modelled.word().to_owned(),
    }
}

/// An option by keyword and value.
fn option_text(keyword: &str, value: &str) -> String {
    if value.is_empty() { keyword.to_owned() } else { format!("{keyword}:{value}") }
}

impl fmt::Display for ContentTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(content) => write!(f, "{content}"),
            Self::Pcre(pcre) => write!(f, "{pcre}"),
            Self::IsDataAt { negated, at, relative } => {
                let not = if *negated { "!" } else { "" };
                let relative = if *relative { ",relative" } else { "" };
                write!(f, "isdataat:{not}{at}{relative}")
            }
            Self::Bsize(n) => write!(f, "bsize:{n}"),
            Self::NotModelled(carried) => {
                f.write_str(&option_text(carried.keyword, &carried.value))
            }
        }
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = if self.negated { "!" } else { "" };
        write!(f, "content:{not}\"{}\"", quoted(&self.bytes, SPECIAL))?;
        for (name, number) in [("offset", self.offset), ("depth", self.depth)] {
            if let Some(number) = number {
                write!(f, "; {name}:{number}")?;
            }
        }
        for (name, number) in [("distance", self.distance), ("within", self.within)] {
            if let Some(number) = number {
                write!(f, "; {name}:{number}")?;
            }
        }
        for (name, on) in
            [("startswith", self.startswith), ("nocase", self.nocase), ("endswith", self.endswith)]
        {
            if on {
                write!(f, "; {name}")?;
            }
        }
        Ok(())
    }
}

/// What cannot stand in a content as it is.
const SPECIAL: &[u8] = br#"";\|:"#;

/// Bytes as a content writes them: printable ones but the `special` as they are, the rest in hex between bars.
#[must_use]
pub fn quoted(bytes: &[u8], special: &[u8]) -> String {
    let mut out = String::new();
    let mut hex = false;
    for &byte in bytes {
        let plain = (byte.is_ascii_graphic() || byte == b' ') && !special.contains(&byte);
        if plain == hex {
            out.push('|');
        } else if hex {
            out.push(' ');
        }
        hex = !plain;
        if plain {
            out.push(byte.into());
        } else {
            out.push_str(&format!("{byte:02x}"));
        }
    }
    if hex {
        out.push('|');
    }
    out
}

impl fmt::Display for Pcre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = if self.negated { "!" } else { "" };
        let relative = if self.relative { "R" } else { "" };
        write!(f, "pcre:{not}\"/{}/{}{relative}\"", self.pattern, self.flags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_text_stand_in_hex() {
        assert_eq!(quoted(b"a|\r\nb", SPECIAL), "a|7c 0d 0a|b");
    }
}
