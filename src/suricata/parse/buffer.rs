//! Sticky buffers, transforms, and the old modifiers that come behind a content.

use super::reader::{Fault, Reader, fault};
use super::scan::WrittenOption;
use super::value::{Value, bad_piece};
use crate::suricata::{Buffer, Carried, HeaderProtocol, Keyword, RuleProblem, Transform};

impl<'a> Reader<'a> {
    pub(super) fn buffer(
        &mut self,
        keyword: &'static Keyword,
        value: Option<Value<'a>>,
        option: &WrittenOption<'a>,
    ) -> Result<(), Fault> {
        self.close_sticky()?;
        if keyword.name == "pkt_data" {
            self.sticky = None;
            return Ok(());
        }
        self.fix(keyword, option)?;
        if let (Some(value), "frame") = (value, keyword.name) {
            let Some(app) = super::carried::frame_protocol(value.piece.text, self.app) else {
                return Err(bad_piece(value.piece, "the engine knows no such frame"));
            };
            self.set_app(app, option)?;
        }
        if keyword.name == "base64_data" && !self.decodes_base64() {
            let message = "base64_data needs a base64_decode before it";
            return Err(fault("misplaced-keyword", option, message));
        }
        let value = value.map_or_else(String::new, |v| v.piece.text.to_owned());
        if keyword.name == "tls.sni" && self.header.protocol == HeaderProtocol::TcpPkt {
            let message = "tls.sni needs the stream, tcp-pkt has none";
            return Err(fault("contradicting-modifiers", option, message));
        }
        self.sticky = Some(self.buffers.len());
        self.open(Buffer(keyword), value, option.span());
        Ok(())
    }

    fn decodes_base64(&self) -> bool {
        self.written.iter().any(|o| o.name.text.eq_ignore_ascii_case("base64_decode"))
    }

    /// A sticky buffer that nothing was asked of is an error (measured).
    pub(super) fn close_sticky(&self) -> Result<(), Fault> {
        let Some(open) = self.sticky.map(|at| &self.buffers[at]).filter(|b| b.tests.is_empty())
        else {
            return Ok(());
        };
        let name = open.buffer.name();
        let message = format!("nothing is asked of {name}");
        let help = format!("write a content behind it: `{name}; content:\"…\";`");
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
            let message = format!("{name} needs a content right before it");
            return Err(fault("misplaced-keyword", option, message));
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
            let message = "a transform stands right behind a sticky buffer";
            return Err(fault("misplaced-keyword", option, message));
        };
        if let (Some(value), "xor") = (value, keyword.name) {
            let hex = value.piece.text.bytes().all(|b| b.is_ascii_hexdigit());
            if !hex || value.piece.text.len() % 2 == 1 {
                return Err(bad_piece(value.piece, "xor takes bytes in hex, two digits each"));
            }
        }
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
            name => Transform::NotModelled(Carried {
                keyword: name,
                value: option.value.map_or("", |v| v.text).to_owned(),
            }),
        };
        self.buffers[at].transforms.push(transform);
        Ok(())
    }
}

/// The buffer that an old content modifier (`http_host`) names.
fn modified_buffer(name: &str) -> String {
    match name {
        "http_raw_host" => "http.host.raw".to_owned(),
        "http_raw_uri" => "http.uri.raw".to_owned(),
        "http_raw_header" => "http.header.raw".to_owned(),
        "http_client_body" => "http.request_body".to_owned(),
        "http_server_body" => "http.response_body".to_owned(),
        _ => name.replacen('_', ".", 1),
    }
}
