//! Sticky buffers, transforms, and the old modifiers that come behind a content.

use super::reader::{Fault, Reader, fault};
use super::scan::WrittenOption;
use super::value::{Value, bad_piece};
use crate::messages::suricata::{content as words, shape as say};
use crate::suricata::{Buffer, Carried, HeaderProtocol, Keyword, RuleProblem, Transform};

/// Buffers of which a flow has many: each naming is about one of them.
///
/// Source: measured; the engine keeps two such conditions apart.
const MANY: [&str; 18] = [
    "frame",
    "dns.query",
    "file.data",
    "file.magic",
    "file.name",
    "http.request_header",
    "http.response_body",
    "http.response_header",
    "http2.header_name",
    "ike.vendor",
    "krb5.cname",
    "krb5.sname",
    "mqtt.subscribe.topic",
    "mqtt.unsubscribe.topic",
    "quic.cyu.hash",
    "quic.cyu.string",
    "tls.cert_subject",
    "tls.certs",
];

impl<'a> Reader<'a> {
    pub(super) fn buffer(
        &mut self,
        keyword: &'static Keyword,
        value: Option<Value<'a>>,
        option: &WrittenOption<'a>,
    ) -> Result<(), Fault> {
        self.close_sticky()?;
        if let Some((_, span)) = self.pending.last() {
            let message = words::TRANSFORM_UNASKED;
            return Err(Box::new(RuleProblem::error("empty-buffer", span.clone(), message)));
        }
        if keyword.name == "pkt_data" {
            self.sticky = None;
            return Ok(());
        }
        self.fix(keyword, option)?;
        if let (Some(value), "frame") = (value, keyword.name) {
            let Some(app) = super::carried::frame_protocol(value.piece.text, self.app) else {
                return Err(bad_piece(value.piece, words::NO_SUCH_FRAME));
            };
            self.set_app(app, option)?;
        }
        if keyword.name == "base64_data" && !self.decodes_base64() {
            return Err(fault("misplaced-keyword", option, words::BASE64));
        }
        let value = value.map_or_else(String::new, |v| v.piece.text.to_owned());
        if keyword.name == "tls.sni" && self.header.protocol == HeaderProtocol::TcpPkt {
            return Err(fault("contradicting-modifiers", option, words::NO_STREAM));
        }
        if let Some(at) = self.same_buffer(keyword) {
            let message = words::named_twice(keyword.name);
            self.warn("buffer-twice", option, message, words::NAMED_TWICE_HELP);
            self.sticky = Some(at);
            return Ok(());
        }
        self.sticky = Some(self.buffers.len());
        self.open(Buffer(keyword), value, option.span());
        Ok(())
    }

    /// The buffer of that name that the engine goes on with: both unchanged, and a kind of which there is one only.
    ///
    /// Source: Suricata 7.0.10, `detect-engine.c` `DetectBufferSetActiveList`; measured.
    fn same_buffer(&self, keyword: &'static Keyword) -> Option<usize> {
        if self.transformed || MANY.contains(&keyword.name) {
            return None;
        }
        let same = |b: &super::reader::OpenBuffer| {
            b.buffer == Buffer(keyword) && b.transforms.is_empty() && !b.tests.is_empty()
        };
        self.buffers.iter().position(same)
    }

    fn decodes_base64(&self) -> bool {
        self.written.iter().any(|o| o.name.text.eq_ignore_ascii_case("base64_decode"))
    }

    /// A sticky buffer that nothing was asked of is an error (measured).
    pub(super) fn close_sticky(&self) -> Result<(), Fault> {
        let empty = |b: &&super::reader::OpenBuffer| {
            b.tests.is_empty() && !b.buffer.name().starts_with("ip.")
        };
        let Some(open) = self.sticky.map(|at| &self.buffers[at]).filter(empty) else {
            return Ok(());
        };
        let name = open.buffer.name();
        let (message, help) = (say::nothing_asked(name), say::write_content(name));
        Err(Box::new(RuleProblem::error("empty-buffer", open.span.clone(), message).help(help)))
    }

    /// `http_host;`: the content before it is about that buffer.
    pub(super) fn move_content(
        &mut self,
        keyword: &'static Keyword,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        let name = keyword.name;
        let payload = self.buffers.iter().position(|b| b.buffer.is_payload());
        let newest = self.newest.filter(|(at, _)| Some(*at) == payload && self.sticky.is_none());
        let Some((at, test)) = newest else {
            return Err(fault(
                "misplaced-keyword",
                option,
                words::needs_content_right_before(name),
            ));
        };
        self.fix(keyword, option)?;
        let open = self.buffers[at].tests.remove(test);
        if self.buffers[at].tests.is_empty() {
            self.buffers.remove(at);
        }
        self.push_into(&modified_buffer(name), open.test, open.span);
        Ok(())
    }

    pub(super) fn transform(
        &mut self,
        keyword: &'static Keyword,
        value: Option<Value<'a>>,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        let Some(at) = self.sticky else {
            return Err(fault("misplaced-keyword", option, words::TRANSFORM_PLACE));
        };
        if self.buffers[at].buffer.name().starts_with("ip.") {
            return Err(fault("misplaced-keyword", option, words::ADDRESS_NOT_TRANSFORMED));
        }
        if let (Some(value), "xor") = (value, keyword.name) {
            let hex = value.piece.text.bytes().all(|b| b.is_ascii_hexdigit());
            if !hex || value.piece.text.len() % 2 == 1 {
                return Err(bad_piece(value.piece, words::XOR));
            }
        }
        let late = !self.buffers[at].tests.is_empty();
        if late && !self.buffers[at].transforms.is_empty() {
            let fault = fault("misplaced-keyword", option, words::TRANSFORM_PLACE);
            return Err(Box::new(fault.help(words::name_again(keyword.name))));
        }
        let transform = match keyword.name {
            "dotprefix" => Transform::Dotprefix,
            "to_lowercase" => Transform::ToLowercase,
            "to_uppercase" => Transform::ToUppercase,
            "strip_whitespace" => Transform::StripWhitespace,
            "compress_whitespace" => Transform::CompressWhitespace,
            name => Transform::NotModelled(Carried {
                keyword: name,
                value: option.value.map_or("", |v| v.text).to_owned(),
            }),
        };
        match late {
            true => self.pending.push((transform, option.span())),
            false => self.buffers[at].transforms.push(transform),
        }
        Ok(())
    }

    /// A transform behind a content is for the conditions that follow; those before it keep the plain buffer.
    ///
    /// Source: Suricata 7.0.10, `detect-engine.c` `DetectBufferGetActiveList`; measured.
    pub(super) fn begin_transformed(&mut self) {
        let Some(at) = self.sticky.filter(|_| !self.pending.is_empty()) else { return };
        let (buffer, value) = (self.buffers[at].buffer, self.buffers[at].value.clone());
        let pending = std::mem::take(&mut self.pending);
        let Some(span) = pending.first().map(|(_, span)| span.clone()) else { return };
        let problem = RuleProblem::warning("late-transform", span.clone(), words::LATE_TRANSFORM);
        self.warnings.push(problem.help(words::TRANSFORM_HELP));
        self.sticky = Some(self.buffers.len());
        self.open(buffer, value, span);
        if let Some(open) = self.buffers.last_mut() {
            open.transforms = pending.into_iter().map(|(transform, _)| transform).collect();
        }
    }
}

/// The buffer that an old content modifier (`http_host`) names.
fn modified_buffer(name: &str) -> String {
    match name {
        "http_raw_host" => "http.host.raw".to_owned(),
        "http_raw_uri" => "http.uri.raw".to_owned(),
        "http_raw_header" => "http.header.raw".to_owned(),
        "http_client_body" => "http.request_body".to_owned(),
        "http_server_body" => "file.data".to_owned(),
        _ => name.replacen('_', ".", 1),
    }
}
