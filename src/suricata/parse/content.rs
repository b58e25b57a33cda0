//! Conditions on the bytes of a buffer, and the words about the content before them.

use super::reader::{Fault, OpenBuffer, OpenTest, Reader, fault};
use super::scan::{Piece, WrittenOption};
use super::value::{Value, bad_piece, number};
use crate::messages::suricata::{content as words, shape as say};
use crate::messages::{Text, Words};
use crate::suricata::{Carried, Content, ContentTest, Keyword, RuleProblem};

/// The largest distance the engine takes, either way, in bytes.
///
/// Source: Suricata 7.0.10, `detect-content.h`.
const FARTHEST: i32 = 1 << 20;

impl<'a> Reader<'a> {
    /// A keyword that looks into a buffer, or changes one that does.
    pub(super) fn content_keyword(
        &mut self,
        keyword: &'static Keyword,
        value: Option<Value<'a>>,
        option: &WrittenOption<'a>,
    ) -> Result<(), Fault> {
        match (keyword.name, value) {
            ("content", Some(value)) => {
                let content = content(value)?;
                self.push_test(ContentTest::Content(content), option);
            }
            ("uricontent", Some(value)) => {
                let content = content(value)?;
                self.fix(keyword, option)?;
                self.push_into("http.uri", ContentTest::Content(content), option.span());
            }
            ("pcre", Some(value)) => self.pcre(value, option)?,
            ("isdataat", Some(value)) => {
                let test = self.is_data_at(value.piece)?;
                let relative = matches!(test, ContentTest::IsDataAt { relative: true, .. });
                match self.newest_buffer().filter(|_| relative && self.sticky.is_none()) {
                    _ if self.ends_content(&test) => {}
                    Some(at) => self.add(at, test, option.span()),
                    None => self.push_test(test, option),
                }
            }
            ("bsize", Some(value)) => self.bsize(value.piece, option)?,
            ("rawbytes", _) => self.rawbytes(option)?,
            ("nocase" | "startswith" | "endswith", _) => self.word(keyword.name, option)?,
            ("depth" | "offset" | "distance" | "within", Some(value)) => {
                self.place(keyword.name, value.piece, option)?;
            }
            ("replace", _) => self.replace(option)?,
            (name, value) => {
                super::carried::check_bytes(self, name, value, option)?;
                let value = option.value.map_or("", |v| v.text).to_owned();
                self.push_test(ContentTest::NotModelled(Carried { keyword: name, value }), option);
            }
        }
        Ok(())
    }

    /// The newest content, which a modifier is about.
    fn last_content(
        &mut self,
        name: &str,
        option: &WrittenOption<'_>,
    ) -> Result<(&mut Content, Fast), Fault> {
        // Within a sticky buffer only its own contents are meant.
        let is_content = |open: &&mut OpenTest| matches!(open.test, ContentTest::Content(_));
        let newest = match self.sticky {
            Some(at) => self.buffers[at].tests.iter_mut().rfind(is_content),
            None => self.newest.and_then(|(at, n)| self.buffers.get_mut(at)?.tests.get_mut(n)),
        };
        match newest {
            Some(open) => match &mut open.test {
                ContentTest::Content(content) => {
                    let fast = Fast { said: open.fast_pattern, only: open.fast_only };
                    Ok((content, fast))
                }
                _ => Err(no_content(name, option)),
            },
            None => Err(no_content(name, option)),
        }
    }

    /// A modifier without a number.
    fn word(&mut self, name: &str, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let (content, fast) = self.last_content(name, option)?;
        if name == "startswith" {
            fast.allows_place(name, content, option)?;
        }
        match name {
            "nocase" if content.nocase => return Err(twice(name, option)),
            "nocase" => content.nocase = true,
            "endswith" => content.endswith = true,
            _ if content.startswith || content.depth.is_some() => return Err(twice(name, option)),
            _ if content.offset.is_some() => return Err(excluded(name, words::OFFSET, option)),
            _ if content.distance.is_some() || content.within.is_some() => {
                return Err(excluded(name, words::DISTANCE_AND_WITHIN, option));
            }
            _ => content.startswith = true,
        }
        Ok(())
    }

    /// A modifier with a number: where the content stands.
    fn place(
        &mut self,
        name: &'static str,
        value: Piece<'_>,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        // A name that stands for bytes of the packet is known only when the packet is.
        let named = value.text.starts_with(|c: char| c.is_ascii_alphabetic());
        if named && !self.byte_names.contains(&value.text) {
            return Err(fault("bad-number", option, words::no_number_or_name(value.text)));
        }
        let (content, fast) = self.last_content(name, option)?;
        fast.allows_place(name, content, option)?;
        if named {
            let test = Carried { keyword: name, value: value.text.to_owned() };
            self.push_test(ContentTest::NotModelled(test), option);
            return Ok(());
        }
        set_place(content, name, c_number(value)?, value, option)?;
        Ok(())
    }

    /// The buffer of the newest condition, wherever words of old have put it.
    fn newest_buffer(&self) -> Option<usize> {
        let newest = |buffer: &OpenBuffer| buffer.tests.iter().map(|t| t.span.start).max();
        let all = self.buffers.iter().enumerate();
        all.filter_map(|(at, buffer)| Some((newest(buffer)?, at))).max().map(|(_, at)| at)
    }

    /// `isdataat:!1,relative` right behind a content is its `endswith`, for a negated one too.
    ///
    /// Source: Suricata 7.0.10, `detect-isdataat.c` `DetectIsdataatSetup`; measured.
    fn ends_content(&mut self, test: &ContentTest) -> bool {
        if !matches!(test, ContentTest::IsDataAt { negated: true, at: 1, relative: true }) {
            return false;
        }
        let counts = |open: &&mut OpenTest| {
            matches!(open.test, ContentTest::Content(_) | ContentTest::Pcre(_))
        };
        let before = match self.sticky {
            Some(at) => self.buffers[at].tests.iter_mut().rfind(counts),
            None => self.newest_buffer().and_then(|at| {
                self.buffers[at].tests.iter_mut().max_by_key(|open| open.span.start)
            }),
        };
        match before.map(|open| &mut open.test) {
            Some(ContentTest::Content(content)) => {
                content.endswith = true;
                true
            }
            _ => false,
        }
    }

    fn is_data_at(&self, piece: Piece<'_>) -> Result<ContentTest, Fault> {
        let help = words::ISDATAAT;
        let mut parts = piece.split(',');
        let first = parts.next().unwrap_or(piece);
        let (negated, at) = match first.text.strip_prefix('!') {
            Some(_) => (true, first.from(1)),
            None => (false, first),
        };
        let words: Vec<&str> = parts.map(|p| p.text).collect();
        let relative = match words.as_slice() {
            [] => false,
            ["relative"] | ["relative", "rawbytes"] => true,
            _ => return Err(bad_piece(piece, help)),
        };
        if self.byte_names.contains(&at.text) {
            let value = piece.text.to_owned();
            return Ok(ContentTest::NotModelled(Carried { keyword: "isdataat", value }));
        }
        match super::value::whole(at.text, u16::MAX.into()) {
            Some(at) => Ok(ContentTest::IsDataAt {
                negated,
                at: u32::try_from(at).unwrap_or_default(),
                relative,
            }),
            None => Err(bad_piece(piece, help)),
        }
    }

    fn bsize(&mut self, value: Piece<'_>, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let length = number(value, u64::MAX)?;
        if self.sticky.is_none() {
            return Err(fault("misplaced-keyword", option, words::BSIZE_BEFORE_BUFFER));
        }
        self.push_test(ContentTest::Bsize(length), option);
        Ok(())
    }

    fn rawbytes(&mut self, option: &WrittenOption<'_>) -> Result<(), Fault> {
        self.last_content("rawbytes", option)?;
        let name = |o: &WrittenOption<'_>| o.name.text.to_ascii_lowercase();
        let newest =
            self.written.iter().rev().map(name).find(|n| n == "content" || n == "rawbytes");
        if newest.as_deref() == Some("rawbytes") {
            return Err(twice("rawbytes", option));
        }
        match self.sticky {
            Some(_) => Err(fault("misplaced-keyword", option, words::RAWBYTES)),
            None => Ok(()),
        }
    }

    /// It changes the packet, which is not modelled.
    fn replace(&mut self, option: &WrittenOption<'_>) -> Result<(), Fault> {
        self.last_content("replace", option)?;
        let value = option.value.map_or("", |v| v.text).to_owned();
        let test = Carried { keyword: "replace", value };
        self.push_test(ContentTest::NotModelled(test), option);
        Ok(())
    }
}

fn no_content(name: &str, option: &WrittenOption<'_>) -> Fault {
    fault("misplaced-keyword", option, say::needs_content(name))
}

fn twice(name: &str, option: &WrittenOption<'_>) -> Fault {
    fault("contradicting-modifiers", option, words::said_twice(name))
}

fn excluded(name: &str, other: Words, option: &WrittenOption<'_>) -> Fault {
    fault("contradicting-modifiers", option, words::does_not_go_with(name, other))
}

/// A number as C reads one that may be written in another base: `16`, `0x10`, `020`.
fn c_number(value: Piece<'_>) -> Result<i32, Fault> {
    let (sign, digits) = match value.text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, value.text.strip_prefix('+').unwrap_or(value.text)),
    };
    let number = if let Some(hex) = digits.strip_prefix("0x") {
        i32::from_str_radix(hex, 16)
    } else if digits.len() > 1 && digits.starts_with('0') {
        i32::from_str_radix(digits, 8)
    } else {
        digits.parse::<i32>()
    };
    let plain = digits.starts_with(|c: char| c.is_ascii_digit());
    let number = number.ok().filter(|_| plain).map(|n| sign * n);
    number.ok_or_else(|| bad_piece(value, say::WHOLE_NUMBER))
}

/// What `fast_pattern` says of a content.
#[derive(Debug, Clone, Copy)]
struct Fast {
    said: bool,
    only: bool,
}

impl Fast {
    fn allows_place(
        self,
        name: &str,
        content: &Content,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        let fixed = self.only || self.said && content.negated;
        if !fixed {
            return Ok(());
        }
        Err(fault("contradicting-modifiers", option, words::not_with_fast_pattern(name)))
    }
}

/// Sets a place, unless it contradicts another word about the content.
fn set_place(
    content: &mut Content,
    name: &'static str,
    number: i32,
    value: Piece<'_>,
    option: &WrittenOption<'_>,
) -> Result<(), Fault> {
    let absolute = matches!(name, "depth" | "offset");
    let already = match name {
        "depth" => content.depth.is_some(),
        "offset" => content.offset.is_some(),
        "distance" => content.distance.is_some(),
        _ => content.within.is_some(),
    };
    if already {
        return Err(twice(name, option));
    }
    if content.startswith {
        return Err(excluded(name, words::STARTSWITH, option));
    }
    if absolute && (content.distance.is_some() || content.within.is_some()) {
        return Err(excluded(name, words::DISTANCE_AND_WITHIN, option));
    }
    if !absolute && (content.depth.is_some() || content.offset.is_some()) {
        return Err(excluded(name, words::DEPTH_AND_OFFSET, option));
    }
    if absolute {
        let number = u16::try_from(number).map_err(|_| bad_piece(value, say::WHOLE_TO_65535))?;
        fits(name, number.into(), content, option)?;
        let place = if name == "depth" { &mut content.depth } else { &mut content.offset };
        *place = Some(number.into());
        return Ok(());
    }
    if number.abs() > FARTHEST {
        return Err(bad_piece(value, words::FARTHEST));
    }
    fits(name, number, content, option)?;
    let place = if name == "within" { &mut content.within } else { &mut content.distance };
    *place = Some(number);
    Ok(())
}

/// A window must have room for the content.
fn fits(
    name: &str,
    number: i32,
    content: &Content,
    option: &WrittenOption<'_>,
) -> Result<(), Fault> {
    let len = content.bytes.len();
    let window = matches!(name, "depth" | "within");
    if !window || usize::try_from(number).is_ok_and(|n| n >= len) {
        return Ok(());
    }
    let (message, help) = (words::no_room(name, number, len), words::at_least(name, len));
    Err(Box::new(fault("window-too-small", option, message).help(help)))
}

/// Reads `a|0d 0a|b`.
///
/// Source: Suricata 7.0.10, `detect-content.c` `DetectContentDataParse`; measured.
fn content(value: Value<'_>) -> Result<Content, Fault> {
    let bytes = bytes(value.piece)?;
    Ok(Content { bytes, negated: value.negated, ..Content::default() })
}

/// The bytes that a content writes.
fn bytes(piece: Piece<'_>) -> Result<Vec<u8>, Fault> {
    let bad = |message: Text, help: Words| {
        let problem = RuleProblem::error("bad-content", piece.span(), message);
        Err(Box::new(problem.help(help)))
    };
    let mut bytes = Vec::with_capacity(piece.text.len());
    let (mut hex, mut escaped, mut digit) = (false, false, None);
    for byte in piece.text.bytes() {
        match byte {
            b'|' => {
                if digit.is_some() {
                    return bad(words::TWO_DIGITS.into(), words::TWO_DIGITS_HELP);
                }
                hex = !hex;
            }
            b'\\' if !escaped => escaped = true,
            _ if hex => match (char::from(byte).to_digit(16), digit) {
                (Some(low), Some(high)) => {
                    bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                    digit = None;
                }
                (Some(high), None) => digit = Some(high),
                (None, _) if matches!(byte, b' ' | b',') => {}
                (None, _) => {
                    let shown = char::from(byte).escape_default().to_string();
                    return bad(words::is_not_hex(&shown), words::IS_NOT_HEX_HELP);
                }
            },
            _ if escaped => {
                if !matches!(byte, b'"' | b'\\' | b';' | b':') {
                    return bad(words::BACKSLASH.into(), words::BACKSLASH_HELP);
                }
                bytes.push(byte);
                escaped = false;
            }
            b'"' => {
                return bad(words::QUOTE_INSIDE.into(), words::QUOTE_INSIDE_HELP);
            }
            _ => bytes.push(byte),
        }
    }
    if hex {
        return bad(words::HEX_IS_OPEN.into(), words::HEX_IS_OPEN_HELP);
    }
    Ok(bytes)
}
