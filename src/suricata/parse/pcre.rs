//! Regular expressions.

use super::reader::{Fault, Reader, fault};
use super::scan::{Piece, WrittenOption};
use super::value::Value;
use crate::messages::suricata::content as words;
use crate::suricata::{Carried, ContentTest, Pcre, RuleProblem, keyword};

/// What stands between the slashes and behind them.
struct Parts<'a> {
    pattern: Piece<'a>,
    flags: &'a str,
    /// Names behind a comma for what groups capture.
    captures: bool,
    /// What stands before the first slash.
    ignored: Piece<'a>,
    /// Options behind it that it swallowed, for want of a `;`.
    swallowed: Option<Piece<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn pcre(
        &mut self,
        value: Value<'a>,
        option: &WrittenOption<'a>,
    ) -> Result<(), Fault> {
        let parts = parts(value.piece, option)?;
        if !parts.ignored.text.is_empty() {
            let message = words::before_slash(parts.ignored.text);
            let problem = RuleProblem::warning("ignored-text", parts.ignored.span(), message);
            self.warnings.push(problem.help(words::BEFORE_SLASH_HELP));
        }
        if let Some(swallowed) = parts.swallowed {
            let message = words::SWALLOWED;
            let problem = RuleProblem::warning("swallowed-option", swallowed.span(), message);
            self.warnings.push(problem.help(words::SWALLOWED_HELP));
        }
        let mut pcre = Pcre {
            pattern: parts.pattern.text.to_owned(),
            flags: String::new(),
            negated: value.negated,
            relative: false,
        };
        let mut buffer = None;
        for flag in parts.flags.chars() {
            match flag {
                'i' | 's' | 'm' | 'x' | 'A' | 'E' | 'G' => pcre.flags.push(flag),
                'R' => pcre.relative = true,
                'B' | 'O' => {}
                _ => {
                    let named = legacy_buffer(flag).ok_or_else(|| bad_flag(flag, option))?;
                    if buffer.is_some_and(|b| b != named) {
                        let message = words::ONE_BUFFER;
                        return Err(fault("bad-pcre", option, message));
                    }
                    buffer = Some(named);
                }
            }
        }
        if pcre.relative && buffer.is_none() && self.sticky.is_none() && !self.has_match_before() {
            let message = words::R_WITHOUT_MATCH;
            return Err(fault("misplaced-keyword", option, message));
        }
        let capitals = pcre.pattern.bytes().any(|b| b.is_ascii_uppercase());
        let test = checked(pcre, &parts, option)?;
        let Some(name) = buffer else {
            self.push_test(test, option);
            return Ok(());
        };
        let stuck = self.sticky.map(|at| self.buffers[at].buffer.name());
        if stuck == Some(name) {
            self.push_test(test, option);
            return Ok(());
        }
        if stuck.is_some() {
            let message = words::BUFFER_TWICE;
            let help = words::leave_out_or_write(name);
            return Err(Box::new(fault("misplaced-keyword", option, message).help(help)));
        }
        if name == "http.host" && capitals && !parts.flags.contains('i') {
            let message = words::CAPITALS_OF_HOST;
            return Err(fault("uppercase-host", option, message));
        }
        // The old modifiers know HTTP/1 only.
        self.set_app("http1", option)?;
        if let Some(keyword) = keyword(name) {
            self.fix(keyword, option)?;
        }
        self.push_into(name, test, option.span());
        Ok(())
    }
}

fn parts<'a>(value: Piece<'a>, option: &WrittenOption<'_>) -> Result<Parts<'a>, Fault> {
    let bad =
        || Box::new(fault("bad-pcre", option, words::NO_SLASHES).help(words::NO_SLASHES_HELP));
    let start = unescaped_slash(value.text).ok_or_else(bad)?;
    let inner = &value.text[start + 1..];
    let end = inner.rfind('/').ok_or_else(bad)?;
    if end == 0 {
        return Err(bad());
    }
    let tail = &inner[end + 1..];
    let swallowed = tail.find('"').map(|at| {
        let start = value.start + start + end + 2 + at + 1;
        Piece { text: &tail[at + 1..], start }
    });
    let tail = tail.split('"').next().unwrap_or_default();
    let (flags, captures) = match tail.split_once(',') {
        Some((flags, _)) => (flags, true),
        None => (tail, false),
    };
    let pattern = Piece { text: &inner[..end], start: value.start + start + 1 };
    let ignored = Piece { text: &value.text[..start], start: value.start };
    Ok(Parts { pattern, flags: flags.trim_matches(' '), captures, ignored, swallowed })
}

/// The first slash without a backslash before it: there the expression begins, whatever stands before (measured).
fn unescaped_slash(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&at| bytes[at] == b'/' && (at == 0 || bytes[at - 1] != b'\\'))
}

fn bad_flag(flag: char, option: &WrittenOption<'_>) -> Fault {
    let fault = fault("bad-pcre", option, words::no_modifier(flag));
    Box::new(fault.help(words::USUAL_MODIFIERS))
}

/// An expression that is certainly broken is refused; one that our dialect cannot say is kept and not evaluated.
fn checked(
    pcre: Pcre,
    parts: &Parts<'_>,
    option: &WrittenOption<'_>,
) -> Result<ContentTest, Fault> {
    let built = regex::bytes::RegexBuilder::new(&pcre.pattern)
        .unicode(false)
        .ignore_whitespace(pcre.flags.contains('x'))
        .size_limit(1 << 20)
        .build();
    match built {
        Ok(_) if !parts.captures => Ok(ContentTest::Pcre(pcre)),
        Ok(_) => Ok(carried(option)),
        Err(error) => {
            let text = error.to_string();
            let broken = [
                ("unclosed group", words::OPEN_GROUP),
                ("unopened group", words::UNOPENED_GROUP),
                ("unclosed character class", words::OPEN_CLASS),
                ("repetition operator missing expression", words::REPEATS_NOTHING),
                ("invalid character class range", words::RANGE_BACKWARDS),
                ("invalid repetition count range", words::COUNT_BACKWARDS),
                ("incomplete escape sequence", words::BACKSLASH_AT_END),
            ];
            match broken.iter().find(|(sign, _)| text.contains(sign)) {
                Some((_, message)) => {
                    Err(Box::new(RuleProblem::error("bad-pcre", parts.pattern.span(), *message)))
                }
                None => Ok(carried(option)),
            }
        }
    }
}

fn carried(option: &WrittenOption<'_>) -> ContentTest {
    let value = option.value.map_or("", |v| v.text).to_owned();
    ContentTest::NotModelled(Carried { keyword: "pcre", value })
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
