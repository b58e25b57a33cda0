//! A rule while it is read: option by option, as the engine sets one up.

use std::ops::Range;

use super::flow::Flows;
use super::header::{action, header};
use super::scan::{WrittenOption, scan};
use super::value::{Value, nearest, shaped};
use crate::messages::{Text, suricata::shape as say};
use crate::suricata::keyword::spellings;
use crate::suricata::{
    AppProto, Buffer, BufferMatch, Content, ContentTest, Header, HeaderProtocol, Keyword,
    KeywordKind, Logging, NotModelled, NotModelledKind, Remark, Rule, RuleOption, RuleProblem,
    Side, Transform, keyword,
};

/// Why a rule does not load.
pub(super) type Fault = Box<RuleProblem>;

/// A problem of a whole option.
pub(super) fn fault(
    code: &'static str,
    option: &WrittenOption<'_>,
    message: impl Into<Text>,
) -> Fault {
    Box::new(RuleProblem::error(code, option.span(), message))
}

/// A condition on a buffer while it is read.
#[derive(Debug, Clone)]
pub(super) struct OpenTest {
    pub test: ContentTest,
    /// Where it stands.
    pub span: Range<usize>,
    /// Whether `fast_pattern` is said of it.
    pub fast_pattern: bool,
    /// Whether it is `fast_pattern:only`.
    pub fast_only: bool,
}

/// A buffer while it is read.
#[derive(Debug, Clone)]
pub(super) struct OpenBuffer {
    pub buffer: Buffer,
    /// The value of its keyword, if it takes one.
    pub value: String,
    pub transforms: Vec<Transform>,
    pub tests: Vec<OpenTest>,
    /// Where its keyword stands.
    pub span: Range<usize>,
}

impl OpenBuffer {
    /// The contents asked of it.
    pub(super) fn contents(&self) -> impl Iterator<Item = (&Content, &OpenTest)> {
        self.tests.iter().filter_map(|open| match &open.test {
            ContentTest::Content(content) => Some((content, open)),
            _ => None,
        })
    }
}

/// A rule while it is read.
pub(super) struct Reader<'a> {
    pub(super) header: Header,
    pub(super) options: Vec<RuleOption>,
    /// What the `flow` options read so far say together.
    pub(super) flow: Option<Flows>,
    pub(super) buffers: Vec<OpenBuffer>,
    /// The sticky buffer that conditions now go to, as index into `buffers`.
    pub(super) sticky: Option<usize>,
    /// Where the newest content stands: buffer and test.
    pub(super) newest: Option<(usize, usize)>,
    pub(super) written: Vec<WrittenOption<'a>>,
    /// The application protocol that header or keywords fixed.
    pub(super) app: Option<&'static str>,
    /// The side that keywords fixed.
    pub(super) side: Option<Side>,
    /// Transforms behind a content: they are for the conditions that follow.
    pub(super) pending: Vec<(Transform, Range<usize>)>,
    /// Whether the option behind the one that is read now is a transform.
    pub(super) transformed: bool,
    /// Names that earlier keywords gave to bytes (`byte_extract`, `byte_math`).
    pub(super) byte_names: Vec<&'a str>,
    pub(super) remarks: Vec<Remark>,
    pub(super) sid: Option<u32>,
    pub(super) rev: Option<u32>,
    pub(super) msg: Option<String>,
    pub(super) priority: Option<u32>,
    pub(super) class_priority: Option<u32>,
    pub(super) logging: Logging,
    pub(super) warnings: Vec<RuleProblem>,
}

/// What became of a rule's text.
pub(super) enum Read {
    /// The engine loads it; with warnings.
    Rule(Box<Rule>, Vec<RuleProblem>),
    /// The engine passes over it without an error, because `requires` asks for another engine.
    Skipped(RuleProblem),
}

/// Reads one rule, on one line.
pub(super) fn read_rule(text: &str) -> Result<Read, Fault> {
    let scanned = scan(text)?;
    if let Some(skipped) = super::requires::unmet(&scanned.options)? {
        return Ok(Read::Skipped(skipped));
    }
    let action = action(scanned.fields[0])?;
    let header = header(&scanned.fields)?;
    let app = header.protocol.app().map(AppProto::word);
    let mut reader = Reader {
        header,
        options: Vec::new(),
        flow: None,
        buffers: Vec::new(),
        sticky: None,
        newest: None,
        written: scanned.options,
        app,
        side: None,
        pending: Vec::new(),
        transformed: false,
        byte_names: Vec::new(),
        remarks: Vec::new(),
        sid: None,
        rev: None,
        msg: None,
        priority: None,
        class_priority: None,
        logging: Logging::ByAction,
        warnings: Vec::new(),
    };
    let mut options = std::mem::take(&mut reader.written).into_iter().peekable();
    while let Some(option) = options.next() {
        reader.transformed = options.peek().is_some_and(is_transform);
        reader.option(&option)?;
        reader.written.push(option);
    }
    reader.finish(text, action, &scanned.fields)
}

impl<'a> Reader<'a> {
    fn option(&mut self, option: &WrittenOption<'a>) -> Result<(), Fault> {
        let name = option.name.text;
        let Some(keyword) = keyword(name).filter(|k| k.name != "payload") else {
            return Err(unknown_keyword(option));
        };
        let value = shaped(keyword, option)?;
        match keyword.kind {
            KeywordKind::Meta => self.meta(keyword.name, value, option),
            KeywordKind::Buffer | KeywordKind::PacketBuffer => self.buffer(keyword, value, option),
            KeywordKind::Modifier => self.move_content(keyword, option),
            KeywordKind::Content => self.content_keyword(keyword, value, option),
            KeywordKind::Transform => self.transform(keyword, value, option),
            KeywordKind::Packet
            | KeywordKind::IpOnly
            | KeywordKind::App
            | KeywordKind::After
            | KeywordKind::Decoder => self.condition_keyword(keyword, value, option),
        }
    }

    fn condition_keyword(
        &mut self,
        keyword: &'static Keyword,
        value: Option<Value<'a>>,
        option: &WrittenOption<'a>,
    ) -> Result<(), Fault> {
        if keyword.evaluated {
            self.condition(keyword.name, value, option)?;
        } else {
            super::carried::check(keyword.name, value, option)?;
            self.not_modelled(keyword, option);
        }
        if keyword.kind == KeywordKind::App && !keyword.name.starts_with("aws_") {
            // It opens a buffer of its own: one that stands open must not be empty (measured).
            self.close_sticky()?;
        }
        if keyword.name == "app-layer-event" {
            self.fix_by_event(option)?;
        }
        self.fix(keyword, option)
    }

    fn not_modelled(&mut self, keyword: &'static Keyword, option: &WrittenOption<'_>) {
        let kind = match keyword.kind {
            KeywordKind::IpOnly => NotModelledKind::IpOnly,
            KeywordKind::App => NotModelledKind::App,
            KeywordKind::Decoder => NotModelledKind::Decoder,
            KeywordKind::After => NotModelledKind::After,
            _ => NotModelledKind::Packet,
        };
        let value = option.value.map_or("", |v| v.text).to_owned();
        self.options.push(RuleOption::NotModelled(NotModelled {
            keyword: keyword.name,
            value,
            kind,
        }));
    }

    /// An event belongs to the protocol before its dot.
    fn fix_by_event(&mut self, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let event = option.value.map_or("", |v| v.text);
        let word = event.split('.').next().unwrap_or_default();
        match AppProto::from_word(word) {
            Some(app) => self.set_app(app.word(), option),
            None => {
                let known: Vec<&'static str> = AppProto::enabled().collect();
                let piece = super::scan::Piece { text: word, start: option.span().start };
                Err(super::value::bad_word(piece, say::what::PROTOCOL, &known))
            }
        }
    }

    /// Fixes protocol and side by a keyword; contradictions do not load.
    pub(super) fn fix(
        &mut self,
        keyword: &'static Keyword,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        if let Some(app) = keyword.app {
            self.set_app(app, option)?;
        }
        match (self.side, keyword.side) {
            (Some(before), Some(now)) if before != now => {
                let fault = fault("contradicting-sides", option, say::BOTH_SIDES);
                Err(Box::new(fault.help(say::TWO_RULES)))
            }
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
        let name = option.name.text;
        let fits = |before: &str| {
            before == app
                || (app == "http" && matches!(before, "http1" | "http2"))
                || (before == "http" && matches!(app, "http1" | "http2"))
                // IKE's old name.
                || (matches!(app, "ike" | "ikev2") && matches!(before, "ike" | "ikev2"))
                // DCERPC is spoken inside SMB.
                || (app == "dcerpc" && before == "smb")
                // JA3 and JA4 are about QUIC's hello too.
                || (before == "quic" && name.starts_with("ja"))
        };
        match self.app {
            Some(before) if !fits(before) => {
                let message = say::about_another(name, app, before);
                let fault = fault("contradicting-protocols", option, message);
                Err(match (before, name) {
                    ("quic", "tls.sni") => Box::new(fault.help(say::QUIC_SNI)),
                    _ => fault,
                })
            }
            Some(_) => Ok(()),
            // JA3 and JA4 are of TLS or of QUIC, so that they fix neither.
            None if name.starts_with("ja") => Ok(()),
            None => {
                self.app = Some(app);
                Ok(())
            }
        }
    }

    /// Adds a test to the sticky buffer, or to the payload.
    pub(super) fn push_test(&mut self, test: ContentTest, option: &WrittenOption<'_>) {
        self.begin_transformed();
        match self.sticky {
            Some(at) => self.add(at, test, option.span()),
            None => self.push_into("payload", test, option.span()),
        }
    }

    /// Adds a test to a buffer that no sticky keyword named.
    pub(super) fn push_into(&mut self, name: &str, test: ContentTest, span: Range<usize>) {
        let Some(buffer) = keyword(name).map(Buffer) else {
            return;
        };
        let sticky = self.sticky;
        let same = |(at, b): (usize, &OpenBuffer)| b.buffer == buffer && Some(at) != sticky;
        let at = self.buffers.iter().enumerate().position(same).unwrap_or_else(|| {
            self.open(buffer, String::new(), span.clone());
            self.buffers.len() - 1
        });
        self.add(at, test, span);
    }

    pub(super) fn open(&mut self, buffer: Buffer, value: String, span: Range<usize>) {
        let (transforms, tests) = (Vec::new(), Vec::new());
        self.buffers.push(OpenBuffer { buffer, value, transforms, tests, span });
    }

    /// Later modifiers are about the newest content, whatever else stands between (as in the engine).
    pub(super) fn add(&mut self, at: usize, test: ContentTest, span: Range<usize>) {
        if matches!(test, ContentTest::Content(_)) {
            self.newest = Some((at, self.buffers[at].tests.len()));
        }
        self.buffers[at].tests.push(OpenTest { test, span, fast_pattern: false, fast_only: false });
    }

    /// Whether the rule is about the reassembled stream only.
    pub(super) fn is_stream_only(&self) -> bool {
        self.header.protocol == HeaderProtocol::TcpStream
            || self.options.iter().any(|o| match o {
                RuleOption::Flow(f) => f.stream == Some(crate::suricata::StreamOption::Only),
                _ => false,
            })
    }
}

fn is_transform(option: &WrittenOption<'_>) -> bool {
    keyword(option.name.text).is_some_and(|k| k.kind == KeywordKind::Transform)
}

/// The same without room for more: rules are kept in their thousands, and nothing is added to them.
pub(super) fn fitted<T>(mut all: Vec<T>) -> Vec<T> {
    all.shrink_to_fit();
    all
}

/// The buffers without what only the reader needs.
pub(super) fn closed(buffers: Vec<OpenBuffer>) -> Vec<BufferMatch> {
    let close = |open: OpenBuffer| BufferMatch {
        buffer: open.buffer,
        value: open.value,
        transforms: fitted(open.transforms),
        tests: fitted(open.tests.into_iter().map(|t| t.test).collect()),
    };
    fitted(buffers.into_iter().map(close).collect())
}

fn unknown_keyword(option: &WrittenOption<'_>) -> Fault {
    let name = option.name.text;
    let shown: String = name.chars().take(60).collect();
    let fault = fault("unknown-keyword", option, say::is_not(&shown, say::what::KEYWORD));
    match nearest(name, spellings()) {
        Some(near) => Box::new(fault.help(say::did_you_mean(near))),
        None => fault,
    }
}
