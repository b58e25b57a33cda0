use super::reader::{Fault, Reader, fault};
use super::scan::{Piece, WrittenOption};
use crate::suricata::option::Number;
use crate::suricata::{Content, ContentTest, Pcre, keyword};

impl Reader<'_> {
    /// A keyword that looks into a buffer, or changes one that does.
    pub(super) fn content_keyword(
        &mut self,
        name: &'static str,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        match name {
            "content" => {
                let content = content(value(option)?)?;
                self.push_test(ContentTest::Content(content));
                Ok(())
            }
            "uricontent" => {
                let content = content(value(option)?)?;
                self.set_app("http", option)?;
                self.push_into("http.uri", ContentTest::Content(content));
                Ok(())
            }
            "pcre" => self.pcre(option),
            "isdataat" => {
                let test = is_data_at(value(option)?)?;
                self.push_test(test);
                Ok(())
            }
            "bsize" => {
                let length = number(value(option)?)?;
                if !self.in_sticky_buffer() {
                    return Err(fault(
                        "misplaced-keyword",
                        option,
                        "bsize stands before any buffer",
                    ));
                }
                self.push_test(ContentTest::Bsize(length));
                Ok(())
            }
            "rawbytes" => Ok(()),
            "nocase" | "startswith" | "endswith" | "depth" | "offset" | "distance" | "within" => {
                self.modifier(name, option)
            }
            _ => {
                self.push_test(ContentTest::NotModelled(name));
                Ok(())
            }
        }
    }

    /// A word about the content before it.
    fn modifier(&mut self, name: &'static str, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let number = match name {
            "nocase" | "startswith" | "endswith" => 0,
            _ => {
                let text = value(option)?.text;
                match text.parse::<i32>() {
                    Ok(number) => number,
                    // A name that `byte_extract` gave to bytes of the packet.
                    Err(_) if self.extracts(text) => {
                        self.push_test(ContentTest::NotModelled("byte_extract"));
                        return Ok(());
                    }
                    Err(_) => {
                        return Err(fault(
                            "bad-number",
                            option,
                            format!("`{text}` is not a number"),
                        ));
                    }
                }
            }
        };
        let Some(content) = self.last_content() else {
            let message = format!("{name} needs a content before it");
            return Err(fault("misplaced-keyword", option, message));
        };
        let twice = |is: bool| -> Result<(), Fault> {
            if is {
                let message = format!("{name} twice, or with what excludes it, for one content");
                return Err(fault("contradicting-modifiers", option, message));
            }
            Ok(())
        };
        let placed = content.offset.is_some() || content.depth.is_some();
        let relative = content.distance.is_some() || content.within.is_some();
        let unsigned = || {
            u32::try_from(number).map_err(|_| fault("bad-number", option, "must not be negative"))
        };
        match name {
            "nocase" => {
                twice(content.nocase)?;
                content.nocase = true;
            }
            "startswith" => {
                twice(content.startswith || placed || relative)?;
                content.startswith = true;
            }
            "endswith" => content.endswith = true,
            "depth" => {
                twice(content.depth.is_some() || content.startswith || relative)?;
                content.depth = Some(unsigned()?);
            }
            "offset" => {
                twice(content.offset.is_some() || content.startswith || relative)?;
                content.offset = Some(unsigned()?);
            }
            "distance" => {
                twice(content.distance.is_some() || placed || content.startswith)?;
                content.distance = Some(number);
            }
            _ => {
                twice(content.within.is_some() || placed || content.startswith)?;
                content.within = Some(number);
            }
        }
        let len = content.bytes.len();
        let too_short = match name {
            "depth" => content.depth.is_some_and(|d| (d as usize) < len),
            "within" => usize::try_from(number).is_ok_and(|w| w < len),
            _ => false,
        };
        if too_short {
            let message = format!("{name}:{number} is smaller than the content of {len} bytes");
            return Err(fault("window-too-small", option, message));
        }
        Ok(())
    }

    fn pcre(&mut self, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let (negated, text) = negation(value(option)?);
        let text = quoted(text)?;
        let bad =
            || fault("bad-pcre", option, "an expression stands between slashes: pcre:\"/…/i\"");
        let inner = text.strip_prefix('/').ok_or_else(bad)?;
        // Behind a comma stand names for what the groups capture.
        let (pattern, flags) = inner.rsplit_once('/').ok_or_else(bad)?;
        let flags = flags.split(',').next().unwrap_or_default();
        let mut pcre =
            Pcre { pattern: pattern.to_owned(), flags: String::new(), negated, relative: false };
        let mut buffer = None;
        for flag in flags.chars() {
            match flag {
                'i' | 's' | 'm' | 'x' | 'A' | 'E' | 'G' => pcre.flags.push(flag),
                'R' => pcre.relative = true,
                'B' | 'O' => {}
                _ => {
                    buffer = Some(legacy_buffer(flag).ok_or_else(|| {
                        fault(
                            "bad-pcre",
                            option,
                            format!("`{flag}` is no modifier of an expression"),
                        )
                    })?)
                }
            }
        }
        let test = self.checked(pcre, option)?;
        match buffer {
            Some(_) if self.in_sticky_buffer() => Err(fault(
                "misplaced-keyword",
                option,
                "a modifier that names a buffer does not go with a sticky buffer",
            )),
            Some("http.host")
                if !flags.contains('i') && pattern.chars().any(|c| c.is_ascii_uppercase()) =>
            {
                Err(fault(
                    "uppercase-host",
                    option,
                    "http.host is lower case: no capitals without /i",
                ))
            }
            Some(name) => {
                self.set_app("http", option)?;
                self.push_into(name, test);
                Ok(())
            }
            None => {
                self.push_test(test);
                Ok(())
            }
        }
    }

    /// An expression that is certainly broken is refused; one that our dialect cannot say is kept and not evaluated.
    fn checked(&self, pcre: Pcre, option: &WrittenOption<'_>) -> Result<ContentTest, Fault> {
        let built = regex::bytes::RegexBuilder::new(&pcre.pattern)
            .unicode(false)
            .ignore_whitespace(pcre.flags.contains('x'))
            .size_limit(1 << 20)
            .build();
        match built {
            Ok(_) => Ok(ContentTest::Pcre(pcre)),
            Err(error) => {
                let text = error.to_string();
                let broken = ["unclosed group", "unopened group", "unclosed character class"];
                if broken.iter().any(|b| text.contains(b)) {
                    return Err(fault(
                        "bad-pcre",
                        option,
                        "the expression has a bracket that is not closed, or not opened",
                    ));
                }
                Ok(ContentTest::NotModelled("pcre"))
            }
        }
    }
}

/// The buffer that an old modifier of an expression names.
///
/// Source: Suricata 7.0.10, `detect-pcre.c`.
const fn legacy_buffer(flag: char) -> Option<&'static str> {
    Some(match flag {
        'U' => "http.uri",
        'I' => "http.uri.raw",
        'H' => "http.header",
        'D' => "http.header.raw",
        'M' => "http.method",
        'C' => "http.cookie",
        'P' => "http.request_body",
        'Q' => "http.response_body",
        'S' => "http.stat_code",
        'Y' => "http.stat_msg",
        'V' => "http.user_agent",
        'W' => "http.host",
        'Z' => "http.host.raw",
        _ => return None,
    })
}

/// The buffer that an old content modifier (`http_host`) names.
pub(super) fn modified_buffer(name: &str) -> String {
    match name {
        "http_raw_host" => "http.host.raw".to_owned(),
        "http_raw_uri" => "http.uri.raw".to_owned(),
        "http_raw_header" => "http.header.raw".to_owned(),
        "http_client_body" => "http.request_body".to_owned(),
        "http_server_body" => "http.response_body".to_owned(),
        _ => name.replacen('_', ".", 1),
    }
}

/// The value of an option that needs one.
pub(super) fn value<'a>(option: &WrittenOption<'a>) -> Result<Piece<'a>, Fault> {
    option.value.filter(|v| !v.text.is_empty()).ok_or_else(|| {
        let name = option.name.text;
        fault("missing-value", option, format!("{name} needs a value: `{name}:…;`"))
    })
}

fn negation(piece: Piece<'_>) -> (bool, Piece<'_>) {
    match piece.text.strip_prefix('!') {
        Some(rest) => {
            let trimmed = rest.trim_start();
            let start = piece.start + piece.text.len() - trimmed.len();
            (true, Piece { text: trimmed, start })
        }
        None => (false, piece),
    }
}

/// What stands between the quotes of a value that needs them.
pub(super) fn quoted(piece: Piece<'_>) -> Result<&str, Fault> {
    let bad = |message: &str, help: &str| {
        let problem = crate::suricata::RuleProblem::error("quotes", piece.span(), message);
        Box::new(problem.help(help))
    };
    let inner = piece
        .text
        .strip_prefix('"')
        .ok_or_else(|| bad("the value must stand in double quotes", "write it as \"…\""))?;
    match inner.strip_suffix('"') {
        Some(inner) if !inner.is_empty() => Ok(inner),
        Some(_) => Err(bad("there is nothing between the quotes", "write what is to be matched")),
        None => Err(bad(
            "the closing quote is missing",
            "a `;` inside quotes needs a backslash before it: `\\;`",
        )),
    }
}

/// Reads `!"a|0d 0a|b"`.
fn content(piece: Piece<'_>) -> Result<Content, Fault> {
    let (negated, piece) = negation(piece);
    let text = quoted(piece)?;
    let bad = |message: String| {
        Box::new(crate::suricata::RuleProblem::error("bad-content", piece.span(), message))
    };
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    let mut hex: Option<String> = None;
    while let Some(byte) = rest.next() {
        match (byte, &mut hex) {
            (b'|', None) => hex = Some(String::new()),
            (b'|', Some(digits)) => {
                let pairs = digits.as_bytes().chunks(2);
                for pair in pairs {
                    let pair = std::str::from_utf8(pair).unwrap_or_default();
                    if pair.len() != 2 {
                        return Err(bad("a byte in hex has two digits".to_owned()));
                    }
                    let byte = u8::from_str_radix(pair, 16);
                    bytes.push(byte.map_err(|_| bad(format!("`{pair}` is not hex")))?);
                }
                hex = None;
            }
            (b' ', Some(_)) => {}
            (digit, Some(digits)) if digit.is_ascii_hexdigit() => digits.push(digit.into()),
            (other, Some(_)) => {
                return Err(bad(format!("`{}` is not hex", char::from(other).escape_default())));
            }
            (b'\\', None) => match rest.next() {
                Some(c @ (b'"' | b'\\' | b';' | b':')) => bytes.push(c),
                _ => return Err(bad("a backslash only stands before \" \\ ; :".to_owned())),
            },
            (b'"', None) => {
                return Err(bad("a quote inside a content needs a backslash".to_owned()));
            }
            (other, None) => bytes.push(other),
        }
    }
    if hex.is_some() {
        return Err(bad("the hex part is not closed by `|`".to_owned()));
    }
    if bytes.is_empty() {
        return Err(bad("the content is empty".to_owned()));
    }
    Ok(Content { bytes, negated, ..Content::default() })
}

fn is_data_at(piece: Piece<'_>) -> Result<ContentTest, Fault> {
    let mut parts = piece.text.split(',').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let (negated, number) = match first.strip_prefix('!') {
        Some(rest) => (true, rest.trim()),
        None => (false, first),
    };
    let mut relative = false;
    for part in parts {
        match part {
            "relative" => relative = true,
            "rawbytes" => {}
            _ => return Err(bad_piece(piece, "isdataat is written as `!1,relative`")),
        }
    }
    match number.parse() {
        Ok(at) => Ok(ContentTest::IsDataAt { negated, at, relative }),
        Err(_) if number.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            Ok(ContentTest::NotModelled("isdataat"))
        }
        Err(_) => Err(bad_piece(piece, "isdataat is written as `!1,relative`")),
    }
}

/// Reads `5`, `!5`, `<5`, `>5`, `1<>5`, `<=5`, `>=5`.
pub(super) fn number(piece: Piece<'_>) -> Result<Number, Fault> {
    let bad = || bad_piece(piece, "write a number, `<5`, `>5` or `1<>5`");
    let parse = |text: &str| text.trim().parse::<u64>().map_err(|_| bad());
    let text = piece.text;
    if let Some((low, high)) = text.split_once("<>") {
        return Ok(Number::Between(parse(low)?, parse(high)?));
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return Ok(Number::Below(parse(rest)?.saturating_add(1)));
    }
    if let Some(rest) = text.strip_prefix(">=") {
        return parse(rest)?.checked_sub(1).map(Number::Above).ok_or_else(bad);
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Ok(Number::Below(parse(rest)?));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Ok(Number::Above(parse(rest)?));
    }
    if let Some(rest) = text.strip_prefix('!') {
        return Ok(Number::IsNot(parse(rest)?));
    }
    if let Some((low, high)) = text.split_once('-') {
        return Ok(Number::Between(parse(low)?, parse(high)?));
    }
    Ok(Number::Is(parse(text)?))
}

/// An error about a value.
pub(super) fn bad_piece(piece: Piece<'_>, message: &str) -> Fault {
    let message = format!("`{}`: {message}", piece.text);
    Box::new(crate::suricata::RuleProblem::error("bad-value", piece.span(), message))
}

/// The row of a buffer that the table has for certain.
pub(super) fn known(name: &str) -> Option<crate::suricata::Buffer> {
    keyword(name).map(crate::suricata::Buffer)
}
