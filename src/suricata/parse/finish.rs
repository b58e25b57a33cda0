//! What must hold of a whole rule.

use super::reader::{Fault, OpenBuffer, Read, Reader, closed, fitted};
use super::scan::Piece;
use super::{files, room, warn};
use crate::messages::Text;
use crate::messages::Words;
use crate::messages::suricata::{condition as words, content as content_words, shape as say};
use crate::net::{Action, Sid};
use crate::suricata::kind::is_packet_only;
use crate::suricata::{
    AppProto, FlowDirection, HeaderProtocol, KeywordKind, NotModelledKind, Rule, RuleOption,
    RuleProblem, RuleType, Side, StreamOption, Transform,
};

impl Reader<'_> {
    pub(super) fn finish(
        mut self,
        text: &str,
        (verb, action): (&'static str, Action),
        fields: &[Piece<'_>; 7],
    ) -> Result<Read, Fault> {
        self.close_sticky()?;
        for (_, span) in std::mem::take(&mut self.pending) {
            let problem =
                RuleProblem::warning("idle-transform", span, content_words::IDLE_TRANSFORM);
            self.warnings.push(problem.help(content_words::TRANSFORM_HELP));
        }
        self.buffers.retain(|b| !b.tests.is_empty());
        let Some(sid) = self.sid else {
            let problem = RuleProblem::error("missing-sid", 0..text.len(), say::NO_SID);
            return Err(Box::new(problem.help(say::NO_SID_HELP)));
        };
        self.check_sides()?;
        self.check_mixes()?;
        files::check(&self)?;
        room::check(&self)?;
        for buffer in &self.buffers {
            check_buffer(buffer)?;
        }
        warn::whole_rule(&mut self, text, fields);
        let warnings = std::mem::take(&mut self.warnings);
        let rule = Rule {
            text: text.trim().to_owned(),
            action,
            verb,
            header: self.header,
            options: fitted(self.options),
            buffers: closed(self.buffers),
            remarks: fitted(self.remarks),
            sid: Sid(sid),
            rev: self.rev.unwrap_or(0),
            msg: self.msg,
            priority: self.priority.or(self.class_priority).unwrap_or(3),
            logging: self.logging,
            scope: 0,
            kind: RuleType::Pkt,
        };
        Ok(Read::Rule(Box::new(rule), warnings))
    }

    /// The option of a condition, for a problem with it.
    pub(super) fn fault_at(
        &self,
        code: &'static str,
        keyword: &str,
        message: impl Into<Text>,
    ) -> Fault {
        let named = |o: &&super::scan::WrittenOption<'_>| {
            crate::suricata::keyword(o.name.text).is_some_and(|k| k.name == keyword)
        };
        let span = self.written.iter().find(named).map_or(0..0, super::scan::WrittenOption::span);
        Box::new(RuleProblem::error(code, span, message))
    }

    fn check_sides(&self) -> Result<(), Fault> {
        self.check_raw_header()?;
        let looks_at = self.options.iter().find_map(|o| match o {
            RuleOption::Flow(flow) => flow.direction,
            _ => None,
        });
        let of_client = match (looks_at, self.side) {
            (Some(FlowDirection::ToClient), Some(Side::Client)) => false,
            (Some(FlowDirection::ToServer), Some(Side::Server)) => true,
            _ => return Ok(()),
        };
        let message = words::contradicting_sides(of_client);
        let side = if of_client { "to_client" } else { "to_server" };
        let fault = self.fault_at("contradicting-sides", "flow", message);
        Err(Box::new(fault.help(words::write_flow(side))))
    }

    /// Requests and responses have raw headers of their own; the rule must say which (measured).
    fn check_raw_header(&self) -> Result<(), Fault> {
        let raw = self.buffers.iter().find(|b| b.buffer.name() == "http.header.raw");
        let directed =
            self.options.iter().any(|o| matches!(o, RuleOption::Flow(f) if f.direction.is_some()));
        match raw.filter(|_| !directed) {
            Some(open) => {
                let message = words::RAW_HEADER_SIDE;
                let problem = RuleProblem::error("missing-side", open.span.clone(), message);
                Err(Box::new(problem.help(words::RAW_HEADER_SIDE_HELP)))
            }
            None => Ok(()),
        }
    }

    /// What the engine does not take together.
    ///
    /// Source: Suricata 7.0.10, `detect-parse.c` `SigValidate`; measured.
    fn check_mixes(&self) -> Result<(), Fault> {
        let kind = |b: &OpenBuffer| b.buffer.keyword().kind;
        let frame = self.buffers.iter().any(|b| b.buffer.name() == "frame");
        let payload = self.buffers.iter().any(|b| b.buffer.is_payload());
        // The addresses go with everything, unlike the other headers of a packet.
        let header = |b: &&OpenBuffer| {
            kind(b) == KeywordKind::PacketBuffer && !b.buffer.name().starts_with("ip.")
        };
        let on_packet = self.buffers.iter().find(header);
        let app_buffer = self.buffers.iter().any(is_app_buffer);
        let app_option = self.options.iter().any(is_app_option);
        let app = app_buffer || frame || app_option;
        let only_packet = self.options.iter().find(|o| is_packet_only(o));
        let no_stream = self.header.protocol == HeaderProtocol::TcpPkt;
        if let Some(open) =
            on_packet.filter(|b| !header_fits(b.buffer.name(), self.header.protocol))
        {
            let name = open.buffer.name();
            let message = words::not_in_packets(name);
            return Err(self.fault_at("contradicting-protocols", name, message));
        }
        if frame && (app_buffer || payload || app_option) {
            let message = words::FRAME_ALONE;
            return Err(self.fault_at("contradicting-conditions", "frame", message));
        }
        let packet = only_packet.map(keyword_of).or(on_packet.map(|b| b.buffer.name()));
        let packet = packet.or(no_stream.then_some("tcp-pkt"));
        let Some(packet) = packet else { return Ok(()) };
        if app {
            let message = words::packet_and_protocol(packet);
            return Err(Box::new(
                self.fault_at("contradicting-conditions", packet, message).help(say::TWO_RULES),
            ));
        }
        if self.is_stream_only() {
            let message = words::packet_and_stream(packet);
            return Err(self.fault_at("contradicting-conditions", packet, message));
        }
        Ok(())
    }

    /// Whether something was matched before the condition that is read now.
    pub(super) fn has_match_before(&self) -> bool {
        let buffer = match self.sticky {
            Some(at) => self.buffers.get(at),
            None => self.buffers.iter().find(|b| b.buffer.is_payload()),
        };
        buffer.is_some_and(|b| !b.tests.is_empty())
    }
}

fn is_app_buffer(open: &OpenBuffer) -> bool {
    !open.buffer.is_payload()
        && open.buffer.keyword().kind == KeywordKind::Buffer
        && !matches!(open.buffer.name(), "base64_data" | "frame")
}

fn is_app_option(option: &RuleOption) -> bool {
    match option {
        RuleOption::SslState { .. } | RuleOption::TlsVersion { .. } | RuleOption::Urilen { .. } => {
            true
        }
        RuleOption::NotModelled(other) => other.kind == NotModelledKind::App,
        _ => false,
    }
}

/// The keyword that wrote a packet condition.
fn keyword_of(option: &RuleOption) -> &'static str {
    match option {
        RuleOption::Flow(flow) if flow.stream == Some(StreamOption::No) => "flow",
        RuleOption::Dsize(_) => "dsize",
        RuleOption::Ttl(_) => "ttl",
        RuleOption::Itype(_) => "itype",
        RuleOption::Icode(_) => "icode",
        RuleOption::Flags(_) => "tcp.flags",
        RuleOption::SameIp => "sameip",
        RuleOption::IpProto(_) => "ip_proto",
        RuleOption::NotModelled(other) => other.keyword,
        _ => "flow",
    }
}

/// Whether packets of a rule's protocol can have this header.
fn header_fits(buffer: &str, protocol: HeaderProtocol) -> bool {
    use HeaderProtocol as H;
    let any = matches!(protocol, H::Ip | H::Ipv4 | H::Ipv6 | H::Pkthdr);
    let (tcp, udp) = match protocol {
        H::Tcp | H::TcpPkt | H::TcpStream => (true, false),
        H::Udp => (false, true),
        H::App(app) => (!app.is_udp_only(), app.is_udp_only() || app == AppProto::DNS),
        _ => (any, any),
    };
    match buffer {
        "tcp.hdr" => tcp,
        "udp.hdr" => udp,
        "icmpv4.hdr" => any || matches!(protocol, H::Icmp | H::Icmpv4),
        "icmpv6.hdr" => any || matches!(protocol, H::Icmp | H::Icmpv6),
        _ => true,
    }
}

/// What is wrong with a content for its buffer.
///
/// Source: Suricata 7.0.10, the validation of each buffer; measured.
fn check_buffer(open: &OpenBuffer) -> Result<(), Fault> {
    let name = open.buffer.name();
    // A changed buffer is another one for the engine: what it knows of the plain one does not hold.
    let plain = open.transforms.is_empty();
    for (at, (content, test)) in open.contents().enumerate() {
        let bytes = content.bytes.as_slice();
        let upper = bytes.iter().any(u8::is_ascii_uppercase);
        let has = |t: &Transform| open.transforms.contains(t);
        let blank = |b: &u8| b.is_ascii_whitespace() || *b == 0x0b;
        let space = bytes.iter().any(blank);
        let runs = bytes.windows(2).any(|pair| pair.iter().all(blank));
        let (message, help) = match name {
            "http.host" if plain && (content.nocase || upper) => {
                (content_words::HOST_IS_LOWER, content_words::LOWER_WITHOUT_NOCASE)
            }
            "http.method" if plain && (bytes.ends_with(b" ") || bytes.ends_with(b"\t")) => {
                (content_words::NO_SPACE_AT_END, content_words::TAKE_SPACE_AWAY)
            }
            "http.method" if plain && (bytes.starts_with(b" ") || bytes.starts_with(b"\t")) => {
                (content_words::NO_SPACE_AT_START, content_words::TAKE_SPACE_AWAY)
            }
            _ if has(&Transform::ToLowercase) && upper => {
                (content_words::NEVER_CAPITALS, content_words::WRITE_LOWER)
            }
            _ if has(&Transform::ToUppercase) && bytes.iter().any(u8::is_ascii_lowercase) => {
                (content_words::NEVER_SMALL, content_words::WRITE_UPPER)
            }
            _ if has(&Transform::CompressWhitespace) && runs => {
                (content_words::NEVER_TWO_BLANKS, content_words::ONE_BLANK)
            }
            _ if has(&Transform::StripWhitespace) && space => {
                (content_words::NEVER_BLANKS, content_words::TAKE_BLANKS_OUT)
            }
            _ => match digest(name, bytes).filter(|_| plain && at == 0) {
                Some(found) => found,
                None => continue,
            },
        };
        let problem = RuleProblem::error("impossible-content", test.span.clone(), message);
        return Err(Box::new(problem.help(help)));
    }
    Ok(())
}

/// Buffers of a fixed length.
fn digest(name: &str, bytes: &[u8]) -> Option<(Words, Words)> {
    let (len, hex) = (bytes.len(), bytes.iter().all(u8::is_ascii_hexdigit));
    let hash = Some((content_words::HASH, content_words::WHOLE_HASH));
    match name {
        "ja3.hash" | "ja3s.hash" if len != 32 => hash,
        "ssh.hassh" | "ssh.hassh.server" | "quic.cyu.hash" if len != 32 || !hex => hash,
        "tls.cert_fingerprint" if len != 59 => {
            Some((content_words::FINGERPRINT, content_words::FINGERPRINT_HELP))
        }
        "tls.cert_serial" if len > 2 && !bytes.contains(&b':') => {
            Some((content_words::SERIAL, content_words::SERIAL_HELP))
        }
        _ => None,
    }
}
