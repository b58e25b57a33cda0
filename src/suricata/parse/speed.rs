//! `fast_pattern` and `prefilter`: they choose what the engine looks for first and ask nothing themselves,
//! but the engine refuses them in the wrong place.

use super::reader::{Fault, Reader, fault};
use super::scan::{Piece, WrittenOption};
use super::value::bad_piece;
use crate::messages::suricata::{content as words, shape as say};
use crate::suricata::{Content, ContentTest, keyword};

/// Conditions that `prefilter` may choose, beside content.
///
/// Source: `suricata --list-keywords=csv` of 7.0.10, column features.
const PREFILTERS: [&str; 20] = [
    "app-layer-protocol",
    "tcp.ack",
    "tcp.seq",
    "tcp.flags",
    "fragbits",
    "fragoffset",
    "ttl",
    "itype",
    "icode",
    "icmp_id",
    "icmp_seq",
    "dsize",
    "flow",
    "id",
    "stream_size",
    "flow.age",
    "template2",
    "icmpv6.mtu",
    "tcp.mss",
    "content",
];

impl Reader<'_> {
    pub(super) fn fast_pattern(
        &mut self,
        value: Option<Piece<'_>>,
        option: &WrittenOption<'_>,
    ) -> Result<(), Fault> {
        let raw = self.sticky.is_none();
        let earlier = |b: &super::reader::OpenBuffer| {
            b.buffer.is_payload() && b.tests.iter().any(|t| t.fast_pattern)
        };
        let taken = raw && self.buffers.iter().any(earlier);
        let open = self.newest.and_then(|(at, test)| self.buffers.get_mut(at)?.tests.get_mut(test));
        let Some((open, content)) = open.and_then(|open| match open.test.clone() {
            ContentTest::Content(content) => Some((open, content)),
            _ => None,
        }) else {
            return Err(fault("misplaced-keyword", option, say::needs_content("fast_pattern")));
        };
        let only = value.is_some_and(|v| v.text.starts_with("only"));
        let placed = content.is_placed();
        if content.negated && (placed || only) || only && placed {
            return Err(fault("contradicting-modifiers", option, words::FAST_PATTERN_PLACED));
        }
        match value.filter(|_| !only) {
            Some(piece) => part_of(piece, &content)?,
            None if taken && !open.fast_pattern => {
                return Err(fault("contradicting-modifiers", option, words::FAST_PATTERN_OF_TWO));
            }
            None if open.fast_pattern && !only => {
                return Err(fault("contradicting-modifiers", option, words::FAST_PATTERN_TWICE));
            }
            None => {}
        }
        open.fast_pattern = true;
        open.fast_only |= only;
        Ok(())
    }

    pub(super) fn prefilter(&mut self, option: &WrittenOption<'_>) -> Result<(), Fault> {
        let name = |o: &WrittenOption<'_>| keyword(o.name.text).map(|k| k.name);
        if self.written.iter().any(|o| name(o) == Some("prefilter")) {
            return Err(fault("written-twice", option, say::written_twice("prefilter")));
        }
        // The newest condition is meant; words about a content are part of it.
        let mut conditions = self.written.iter().rev().filter_map(name).filter(|n| asks(n));
        let Some(condition) = conditions.next() else {
            return Err(fault("misplaced-keyword", option, words::PREFILTER_FIRST));
        };
        if !PREFILTERS.contains(&condition) {
            let message = words::prefilter_with(condition);
            return Err(fault("misplaced-keyword", option, message));
        }
        // Source: Suricata 7.0.10, `detect-prefilter.c`; measured.
        let before = self.buffers.iter().flat_map(|buffer| &buffer.tests);
        match before.max_by_key(|open| open.span.start).map(|open| &open.test) {
            Some(ContentTest::Content(content))
                if condition == "content" && content.negated && content.is_placed() =>
            {
                Err(fault("contradicting-modifiers", option, words::PREFILTER_PLACED))
            }
            _ => Ok(()),
        }
    }
}

/// Whether the engine keeps a keyword as a condition of its own.
fn asks(name: &str) -> bool {
    use crate::suricata::KeywordKind::{App, Content, Decoder, IpOnly, Packet};
    const ABOUT_A_CONTENT: [&str; 9] = [
        "nocase",
        "startswith",
        "endswith",
        "depth",
        "offset",
        "distance",
        "within",
        "rawbytes",
        "replace",
    ];
    let condition =
        |k: &crate::suricata::Keyword| matches!(k.kind, App | Content | Decoder | IpOnly | Packet);
    (name == "tag" || keyword(name).is_some_and(condition)) && !ABOUT_A_CONTENT.contains(&name)
}

/// `fast_pattern:2,4`: a part of the content, by offset and length.
fn part_of(piece: Piece<'_>, content: &Content) -> Result<(), Fault> {
    let bad = || bad_piece(piece, words::FAST_PATTERN);
    let (offset, length) = piece.text.split_once(',').ok_or_else(bad)?;
    let offset = offset.trim_start_matches(|c: char| !c.is_ascii_digit());
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let end = number(offset).zip(number(length)).and_then(|(a, b)| a.checked_add(b));
    match end {
        Some(end) if end <= content.bytes.len() => Ok(()),
        Some(_) => Err(bad_piece(piece, words::has_only(content.bytes.len()))),
        None => Err(bad()),
    }
}
