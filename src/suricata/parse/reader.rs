use super::content::{known, modified_buffer, quoted, value};
use super::scan::{Piece, WrittenOption, scan};
use crate::net::{Action, Sid};
use crate::suricata::keyword::spellings;
use crate::suricata::{
    AppProto, Buffer, BufferMatch, Content, ContentTest, Direction, FlowDirection, Header,
    HeaderProtocol, Keyword, KeywordKind, Logging, NotModelled, NotModelledKind, Rule, RuleOption,
    RuleProblem, RuleType, Side, Transform, keyword,
};

/// Why a rule does not load.
pub(super) type Fault = Box<RuleProblem>;

/// A problem of a whole option.
pub(super) fn fault(
    code: &'static str,
    option: &WrittenOption<'_>,
    message: impl Into<String>,
) -> Fault {
    Box::new(RuleProblem::error(code, option.span(), message))
}

/// A rule while it is read.
pub(super) struct Reader<'a> {
    pub(super) header: Header,
    pub(super) options: Vec<RuleOption>,
    pub(super) buffers: Vec<BufferMatch>,
    /// The sticky buffer that conditions now go to, as index into `buffers`.
    sticky: Option<usize>,
    /// Where the newest content stands: buffer and test.
    newest: Option<(usize, usize)>,
    pub(super) written: Vec<WrittenOption<'a>>,
    /// The application protocol that header or keywords fixed.
    app: Option<&'static str>,
    side: Option<Side>,
    pub(super) sid: Option<u32>,
    pub(super) rev: Option<u32>,
    pub(super) msg: Option<String>,
    pub(super) priority: Option<u32>,
    pub(super) class_priority: Option<u32>,
    pub(super) logging: Logging,
    pub(super) warnings: Vec<RuleProblem>,
}

/// Reads one rule, on one line.
pub(super) fn read_rule(text: &str) -> Result<(Rule, Vec<RuleProblem>), Fault> {
    let scanned = scan(text)?;
    let action = action(scanned.fields[0])?;
    let header = header(&scanned.fields)?;
    let app = header.protocol.app().map(AppProto::word);
    let mut reader = Reader {
        header,
        options: Vec::new(),
        buffers: Vec::new(),
        sticky: None,
        newest: None,
        written: scanned.options,
        app,
        side: None,
        sid: None,
        rev: None,
        msg: None,
        priority: None,
        class_priority: None,
        logging: Logging::ByAction,
        warnings: Vec::new(),
    };
    for option in reader.written.clone() {
        reader.option(&option)?;
    }
    reader.finish(text, action)
}

/// Reads the action; the engine takes it in any case (measured).
fn action(piece: Piece<'_>) -> Result<Action, Fault> {
    Ok(match piece.text.to_ascii_lowercase().as_str() {
        "pass" => Action::Pass,
        "drop" => Action::Drop,
        "reject" | "rejectsrc" | "rejectdst" | "rejectboth" => Action::Reject,
        "alert" | "config" => Action::Alert,
        _ => {
            let message = format!("`{}` is not an action", piece.text);
            let problem = RuleProblem::error("unknown-action", piece.span(), message);
            return Err(Box::new(problem.help("use pass, drop, reject or alert")));
        }
    })
}

fn header(fields: &[Piece<'_>; 7]) -> Result<Header, Fault> {
    let [_, protocol, source, source_ports, arrow, destination, destination_ports] = fields;
    let word = HeaderProtocol::from_word(protocol.text).ok_or_else(|| {
        let message = format!("`{}` is not a protocol", protocol.text);
        let problem = RuleProblem::error("unknown-protocol", protocol.span(), message);
        Box::new(problem.help("use tls, http, dns, quic, tcp, udp, icmp, ip …, in lower case"))
    })?;
    let direction = match arrow.text {
        "->" => Direction::ToRight,
        "<>" => Direction::Both,
        other => {
            let message = format!("`{other}` is not a direction");
            let problem = RuleProblem::error("unknown-direction", arrow.span(), message);
            return Err(Box::new(problem.help("use `->` or `<>`")));
        }
    };
    for port in [source_ports, destination_ports] {
        if port.text.contains('-') || port.text.starts_with(';') {
            let message = format!("`{}` is not a port", port.text);
            let problem = RuleProblem::error("bad-port", port.span(), message);
            return Err(Box::new(problem.help("write 443, 8000:9000, [80,443] or any")));
        }
    }
    Ok(Header {
        protocol: word,
        source: source.text.to_owned(),
        source_ports: source_ports.text.to_owned(),
        direction,
        destination: destination.text.to_owned(),
        destination_ports: destination_ports.text.to_owned(),
    })
}

impl Reader<'_> {
    fn option(&mut self, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let name = option.name.text;
        let Some(keyword) = keyword(name) else {
            let near = spellings()
                .map(|s| (strsim::damerau_levenshtein(s, &name.to_ascii_lowercase()), s))
                .filter(|(distance, _)| *distance <= 2)
                .min();
            let fault = fault("unknown-keyword", option, format!("`{name}` is not a keyword"));
            return Err(match near {
                Some((_, near)) => Box::new(fault.help(format!("did you mean `{near}`?"))),
                None => fault,
            });
        };
        match keyword.kind {
            KeywordKind::Meta => self.meta(keyword.name, option),
            KeywordKind::Buffer | KeywordKind::PacketBuffer => self.buffer(keyword, option),
            KeywordKind::Modifier => self.move_content(keyword.name, option),
            KeywordKind::Content => self.content_keyword(keyword.name, option),
            KeywordKind::Transform => self.transform(keyword, option),
            KeywordKind::Packet | KeywordKind::IpOnly | KeywordKind::App | KeywordKind::Decoder => {
                if keyword.kind == KeywordKind::App {
                    self.fix(keyword, option)?;
                }
                if keyword.evaluated {
                    self.condition(keyword.name, option)
                } else {
                    self.not_modelled(keyword, option);
                    Ok(())
                }
            }
        }
    }

    fn buffer(
        &mut self,
        keyword: &'static Keyword,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        self.close_sticky()?;
        if keyword.name == "pkt_data" {
            self.sticky = None;
            return Ok(());
        }
        self.fix(keyword, option)?;
        if keyword.name == "tls.sni" && self.header.protocol == HeaderProtocol::TcpPkt {
            return Err(fault(
                "contradicting-modifiers",
                option,
                "tls.sni needs the stream, tcp-pkt has none",
            ));
        }
        let empty =
            BufferMatch { buffer: Buffer(keyword), transforms: Vec::new(), tests: Vec::new() };
        self.sticky = Some(self.buffers.len());
        self.buffers.push(empty);
        Ok(())
    }

    /// A sticky buffer that nothing was asked of is an error (measured).
    fn close_sticky(&self) -> Result<(), Fault> {
        let empty = self.sticky.filter(|&at| self.buffers[at].tests.is_empty());
        match empty {
            Some(at) => {
                let name = self.buffers[at].buffer.name();
                let option = self
                    .written
                    .iter()
                    .find(|o| keyword(o.name.text).is_some_and(|k| k.name == name));
                let span = option.map_or(0..0, WrittenOption::span);
                let message = format!("nothing is asked of {name}");
                let help = format!("write a content behind it: `{name}; content:\"…\";`");
                Err(Box::new(RuleProblem::error("empty-buffer", span, message).help(help)))
            }
            None => Ok(()),
        }
    }

    /// Fixes protocol and side by a keyword; contradictions do not load.
    fn fix(&mut self, keyword: &'static Keyword, option: &WrittenOption<'_>) -> Result<(), Fault> {
        if let Some(app) = keyword.app {
            self.set_app(app, option)?;
        }
        match (self.side, keyword.side) {
            (Some(before), Some(now)) if before != now => Err(fault(
                "contradicting-sides",
                option,
                "one rule cannot ask of the client's and of the server's words",
            )),
            (None, now) => {
                self.side = now;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Fixes the application protocol.
    pub(super) fn set_app(
        &mut self,
        app: &'static str,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        let fits = |before: &str| {
            before == app
                || (app == "http" && matches!(before, "http1" | "http2"))
                // DCERPC is spoken inside SMB.
                || (app == "dcerpc" && before == "smb")
                // JA3 and JA4 are about QUIC's hello too.
                || (before == "quic" && option.name.text.starts_with("ja"))
        };
        match self.app {
            Some(before) if !fits(before) => {
                let name = option.name.text;
                Err(fault(
                    "contradicting-protocols",
                    option,
                    format!("{name} is about {app}, the rule about {before}"),
                ))
            }
            Some(_) => Ok(()),
            None => {
                self.app = Some(app);
                if self.header.protocol == HeaderProtocol::Udp && matches!(app, "tls" | "http") {
                    self.warnings.push(RuleProblem::warning(
                        "never-matches",
                        option.span(),
                        format!("a udp rule never sees {app}"),
                    ));
                }
                Ok(())
            }
        }
    }

    /// Whether a protocol is fixed.
    pub(super) const fn has_app(&self) -> bool {
        self.app.is_some()
    }

    /// Whether conditions now go to a sticky buffer.
    pub(super) const fn in_sticky_buffer(&self) -> bool {
        self.sticky.is_some()
    }

    /// Adds a test to the sticky buffer, or to the payload.
    pub(super) fn push_test(&mut self, test: ContentTest) {
        match self.sticky {
            Some(at) => self.add(at, test),
            None => self.push_into("payload", test),
        }
    }

    /// Adds a test to a buffer that no sticky keyword named.
    pub(super) fn push_into(&mut self, name: &str, test: ContentTest) {
        let Some(buffer) = known(name) else {
            return;
        };
        let sticky = self.sticky;
        let same = |(at, b): (usize, &BufferMatch)| b.buffer == buffer && Some(at) != sticky;
        let at = self.buffers.iter().enumerate().position(same).unwrap_or_else(|| {
            self.buffers.push(BufferMatch { buffer, transforms: Vec::new(), tests: Vec::new() });
            self.buffers.len() - 1
        });
        self.add(at, test);
    }

    /// Later modifiers are about the newest content, whatever else stands between (as in the engine).
    fn add(&mut self, at: usize, test: ContentTest) {
        if matches!(test, ContentTest::Content(_)) {
            self.newest = Some((at, self.buffers[at].tests.len()));
        }
        self.buffers[at].tests.push(test);
    }

    /// The content that a modifier is about.
    pub(super) fn last_content(&mut self) -> Option<&mut Content> {
        let (buffer, test) = self.newest?;
        match self.buffers.get_mut(buffer)?.tests.get_mut(test)? {
            ContentTest::Content(content) => Some(content),
            _ => None,
        }
    }

    /// Whether some `byte_extract` or `byte_math` gives bytes this name.
    pub(super) fn extracts(&self, name: &str) -> bool {
        self.written.iter().any(|o| {
            matches!(o.name.text, "byte_extract" | "byte_math")
                && o.value.is_some_and(|v| v.text.contains(name))
        })
    }

    /// `http_host;`: the content before it is about that buffer.
    fn move_content(&mut self, name: &str, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let target = modified_buffer(name);
        let payload = self.buffers.iter().position(|b| b.buffer.is_payload());
        let test = self.newest.filter(|(at, _)| Some(*at) == payload && self.sticky.is_none());
        let Some((at, test)) = test else {
            return Err(fault(
                "misplaced-keyword",
                option,
                format!("{name} needs a content before it"),
            ));
        };
        let keyword = keyword(&target);
        if let Some(keyword) = keyword {
            self.fix(keyword, option)?;
        }
        let test = self.buffers[at].tests.remove(test);
        if self.buffers[at].tests.is_empty() {
            self.buffers.remove(at);
        }
        self.push_into(&target, test);
        Ok(())
    }

    fn transform(&mut self, keyword: &Keyword, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let Some(at) = self.sticky else {
            return Err(fault(
                "misplaced-keyword",
                option,
                "a transform stands right behind a sticky buffer",
            ));
        };
        if !self.buffers[at].tests.is_empty() {
            let message = format!("{} behind a content does nothing", keyword.name);
            let problem = RuleProblem::warning("idle-transform", option.span(), message);
            self.warnings.push(problem.help("put it right behind the buffer's name"));
            return Ok(());
        }
        let transform = match keyword.name {
            "dotprefix" => Transform::Dotprefix,
            "to_lowercase" => Transform::ToLowercase,
            "to_uppercase" => Transform::ToUppercase,
            "strip_whitespace" => Transform::StripWhitespace,
            "compress_whitespace" => Transform::CompressWhitespace,
            _ => {
                let name = known(keyword.name).map_or("transform", Buffer::name);
                Transform::NotModelled(name)
            }
        };
        self.buffers[at].transforms.push(transform);
        Ok(())
    }

    fn not_modelled(&mut self, keyword: &'static Keyword, option: &WrittenOption<'_>) {
        let kind = match keyword.kind {
            KeywordKind::IpOnly => NotModelledKind::IpOnly,
            KeywordKind::App => NotModelledKind::App,
            KeywordKind::Decoder => NotModelledKind::Decoder,
            _ => NotModelledKind::Packet,
        };
        let value = option.value.map_or("", |v| v.text).to_owned();
        let other = NotModelled { keyword: keyword.name, value, kind };
        self.options.push(RuleOption::NotModelled(other));
    }

    fn meta(&mut self, name: &str, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let once = |is: bool| {
            if is {
                Err(fault("written-twice", option, format!("{name} is written twice")))
            } else {
                Ok(())
            }
        };
        match name {
            "sid" => {
                once(self.sid.is_some())?;
                self.sid = Some(positive(option, u32::MAX - 1)?);
            }
            "rev" => {
                once(self.rev.is_some())?;
                self.rev = Some(positive(option, u32::MAX)?);
            }
            "msg" => {
                once(self.msg.is_some())?;
                self.msg = Some(unescaped(quoted(value(option)?)?));
            }
            "priority" => {
                once(self.priority.is_some())?;
                let number = value(option)?.text.parse();
                self.priority =
                    Some(number.map_err(|_| fault("bad-number", option, "priority is a number"))?);
            }
            "classtype" => {
                let class = value(option)?.text;
                self.class_priority = class_priority(class);
                if self.class_priority.is_none() {
                    let message = format!("the class `{class}` is not known; its priority is 3");
                    self.warnings.push(RuleProblem::warning(
                        "unknown-class",
                        option.span(),
                        message,
                    ));
                }
            }
            "alert" => self.logging = Logging::Always,
            "noalert" => self.logging = Logging::Never,
            _ => {}
        }
        Ok(())
    }

    fn finish(self, text: &str, action: Action) -> Result<(Rule, Vec<RuleProblem>), Fault> {
        self.close_sticky()?;
        self.check_buffers()?;
        let Some(sid) = self.sid else {
            let problem = RuleProblem::error("missing-sid", 0..text.len(), "the rule has no sid");
            return Err(Box::new(problem.help("add `sid:1000001;` with a number of its own")));
        };
        let rule = Rule {
            text: text.trim().to_owned(),
            action,
            header: self.header,
            options: self.options,
            buffers: self.buffers,
            sid: Sid(sid),
            rev: self.rev.unwrap_or(0),
            msg: self.msg,
            priority: self.priority.or(self.class_priority).unwrap_or(3),
            logging: self.logging,
            kind: RuleType::Pkt,
        };
        let direction = rule.flow().direction;
        let wrong = matches!(
            (direction, self.side),
            (Some(FlowDirection::ToClient), Some(Side::Client))
                | (Some(FlowDirection::ToServer), Some(Side::Server))
        );
        if wrong {
            let message = "flow looks at one side, a buffer at the other: it could never match";
            return Err(Box::new(RuleProblem::error(
                "contradicting-sides",
                0..text.len(),
                message,
            )));
        }
        Ok((rule, self.warnings))
    }

    /// What is wrong with a content for its buffer.
    fn check_buffers(&self) -> Result<(), Fault> {
        for buffer in &self.buffers {
            let name = buffer.buffer.name();
            let lower = buffer.transforms.contains(&Transform::ToLowercase);
            let contents = || {
                buffer.tests.iter().filter_map(|test| match test {
                    ContentTest::Content(content) => Some(content),
                    _ => None,
                })
            };
            let upper = |c: &Content| c.bytes.iter().any(u8::is_ascii_uppercase);
            let bsize = buffer.tests.iter().find_map(|test| match test {
                ContentTest::Bsize(crate::suricata::Number::Is(n)) => Some(*n),
                _ => None,
            });
            for content in contents() {
                let message = if name == "http.host" && !lower && (upper(content) || content.nocase)
                {
                    "http.host is lower case: write the content so, without nocase"
                } else if lower && upper(content) {
                    "capitals never match behind to_lowercase"
                } else if name == "http.method" && content.bytes.ends_with(b" ") {
                    "http.method has no space at its end"
                } else if name == "ja3.hash" && content.bytes.len() != 32 {
                    "a JA3 hash has 32 characters"
                } else if bsize.is_some_and(|n| n < content.bytes.len() as u64) {
                    "bsize is smaller than a content"
                } else {
                    continue;
                };
                let written = self.written.iter().find(|o| {
                    o.name.text.eq_ignore_ascii_case("content")
                        && o.value.is_some_and(|v| {
                            v.text
                                .as_bytes()
                                .windows(content.bytes.len().min(3))
                                .any(|w| content.bytes.starts_with(w))
                        })
                });
                let span = written.map_or(0..0, WrittenOption::span);
                return Err(Box::new(RuleProblem::error("impossible-content", span, message)));
            }
        }
        Ok(())
    }
}

fn positive(option: &WrittenOption<'_>, most: u32) -> Result<u32, Fault> {
    let text = value(option)?.text;
    match text.parse::<u32>() {
        Ok(number) if number > 0 && number <= most => Ok(number),
        _ => {
            let name = option.name.text;
            Err(fault("bad-number", option, format!("{name} is a number from 1 to {most}")))
        }
    }
}

/// Takes the backslashes out of a message.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    out
}

/// The priority of a class.
///
/// Source: `classification.config` as Debian's 7.0.10 ships it.
fn class_priority(class: &str) -> Option<u32> {
    CLASSES.iter().find(|(_, names)| names.contains(&class)).map(|(priority, _)| *priority)
}

const CLASSES: [(u32, &[&str]); 4] = [
    (
        1,
        &[
            "attempted-user",
            "unsuccessful-user",
            "successful-user",
            "attempted-admin",
            "successful-admin",
            "shellcode-detect",
            "trojan-activity",
            "web-application-attack",
            "inappropriate-content",
            "policy-violation",
            "targeted-activity",
            "exploit-kit",
            "domain-c2",
            "credential-theft",
            "command-and-control",
        ],
    ),
    (
        2,
        &[
            "bad-unknown",
            "attempted-recon",
            "successful-recon-limited",
            "successful-recon-largescale",
            "attempted-dos",
            "successful-dos",
            "rpc-portmap-decode",
            "suspicious-filename-detect",
            "suspicious-login",
            "system-call-detect",
            "unusual-client-port-connection",
            "denial-of-service",
            "non-standard-protocol",
            "web-application-activity",
            "misc-attack",
            "default-login-attempt",
            "external-ip-check",
            "pup-activity",
            "social-engineering",
            "coin-mining",
        ],
    ),
    (
        3,
        &[
            "not-suspicious",
            "unknown",
            "string-detect",
            "network-scan",
            "protocol-command-decode",
            "misc-activity",
            "icmp-event",
        ],
    ),
    (4, &["tcp-connection"]),
];
