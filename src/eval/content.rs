use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use regex::bytes::Regex;

use super::Met;
use crate::suricata::{Content, ContentTest, Number, Pcre};

/// A condition on a buffer, ready to be asked.
#[derive(Debug, Clone)]
pub(super) enum Test {
    /// Bytes; in lower case where case does not count.
    Content(Content),
    /// An expression; whether it is negated, and whether it counts from the last match.
    Pcre { regex: Regex, negated: bool, relative: bool },
    /// Whether there is data at a place.
    IsDataAt { negated: bool, at: usize, relative: bool },
    /// The buffer's length.
    Bsize(Number),
    /// Not modelled.
    Unknown,
}

/// Expressions that were compiled: a row asks for the same one over TLS and HTTP, and what it takes is shared.
#[derive(Debug, Default)]
pub(super) struct Expressions(HashMap<(String, String), Option<Regex>>);

impl Expressions {
    fn compiled(&mut self, pcre: &Pcre) -> Option<Regex> {
        let key = (pcre.pattern.clone(), pcre.flags.clone());
        self.0.entry(key).or_insert_with(|| regex(pcre)).clone()
    }
}

impl Test {
    /// Makes a condition ready.
    pub(super) fn new(test: &ContentTest, expressions: &mut Expressions) -> Self {
        match test {
            ContentTest::Content(content) => Self::content(content.clone()),
            ContentTest::Pcre(pcre) => expressions.compiled(pcre).map_or(Self::Unknown, |regex| {
                Self::Pcre { regex, negated: pcre.negated, relative: pcre.relative }
            }),
            ContentTest::IsDataAt { negated, at, relative } => {
                Self::IsDataAt { negated: *negated, at: *at as usize, relative: *relative }
            }
            ContentTest::Bsize(number) => Self::Bsize(*number),
            ContentTest::NotModelled(_) => Self::Unknown,
        }
    }

    /// Makes a condition on bytes ready.
    pub(super) fn content(mut content: Content) -> Self {
        if content.nocase {
            content.bytes.make_ascii_lowercase();
        }
        Self::Content(content)
    }
}

/// The expression in the dialect of the `regex` crate; `None` where it cannot say the same.
fn regex(pcre: &Pcre) -> Option<Regex> {
    let flag = |letter| pcre.flags.contains(letter);
    // PCRE's `$` also matches before a final line feed, unless E; no buffer here ends with one, but be exact.
    let anchored = if flag('A') { format!("^(?:{})", pcre.pattern) } else { pcre.pattern.clone() };
    regex::bytes::RegexBuilder::new(&anchored)
        .unicode(false)
        .case_insensitive(flag('i'))
        .dot_matches_new_line(flag('s'))
        .multi_line(flag('m'))
        .ignore_whitespace(flag('x'))
        .swap_greed(flag('G'))
        .size_limit(1 << 20)
        .build()
        .ok()
}

/// Whether `buffer` meets all `tests`.
///
/// The search goes back to later occurrences of a content while what follows it does not fit.
/// Source: Suricata 7.0.10, `detect-engine-content-inspection.c`; measured.
pub(super) fn holds(tests: &[Test], buffer: &[u8]) -> Met {
    let any_case = tests.iter().any(|t| matches!(t, Test::Content(content) if content.nocase));
    let lower = if any_case { buffer.to_ascii_lowercase() } else { Vec::new() };
    let (failed, failed_from) = (RefCell::default(), RefCell::default());
    let view = View { buffer, lower: &lower, failed, failed_from };
    if tests.iter().any(|t| matches!(t, Test::Unknown)) {
        // What is known may already miss.
        let known: Vec<Test> =
            tests.iter().take_while(|t| !matches!(t, Test::Unknown)).cloned().collect();
        return if view.matches(&known, 0) { Met::Unknown } else { Met::No };
    }
    if view.matches(tests, 0) { Met::Yes } else { Met::No }
}

/// A buffer as written and, where a test asks for it, in lower case.
struct View<'a> {
    buffer: &'a [u8],
    lower: &'a [u8],
    /// From where how many last tests were found not to hold: nobody looks there twice, so that the time does not grow with a
    /// power of the buffer that the rule chooses.
    failed: RefCell<HashSet<(usize, usize)>>,
    /// The same where they do not hold from any later place either: the first place.
    failed_from: RefCell<HashMap<usize, usize>>,
}

impl View<'_> {
    /// Whether the rest of the tests hold, the last match having ended at `anchor`.
    fn matches(&self, tests: &[Test], anchor: usize) -> bool {
        let Some((test, rest)) = tests.split_first() else {
            return true;
        };
        let len = self.buffer.len();
        match test {
            Test::Content(content) => self.content(content, rest, anchor),
            Test::Pcre { regex, negated, relative } => {
                self.pcre(regex, *negated, *relative, rest, anchor)
            }
            Test::IsDataAt { negated, at, relative } => {
                let there = if *relative { anchor + at <= len } else { *at < len };
                there != *negated && self.matches(rest, anchor)
            }
            Test::Bsize(number) => number.holds(len as u64) && self.matches(rest, anchor),
            Test::Unknown => false,
        }
    }

    /// The same for the tests behind one that was found at one of many places.
    fn goes_on(&self, rest: &[Test], anchor: usize) -> bool {
        let [first, _, ..] = rest else { return self.matches(rest, anchor) };
        // What is looked for anywhere behind a place is not found behind a later one either.
        let least = match first {
            Test::Content(Content { negated: false, within: None, distance, .. }) => {
                Some(distance.map_or(0, |_| anchor))
            }
            Test::Content(_)
            | Test::Pcre { .. }
            | Test::IsDataAt { .. }
            | Test::Bsize(_)
            | Test::Unknown => None,
        };
        let failed = match least {
            Some(least) => {
                self.failed_from.borrow().get(&rest.len()).is_some_and(|from| *from <= least)
            }
            None => self.failed.borrow().contains(&(rest.len(), anchor)),
        };
        if failed {
            return false;
        }
        let holds = self.matches(rest, anchor);
        match least {
            _ if holds => {}
            Some(least) => {
                self.failed_from.borrow_mut().insert(rest.len(), least);
            }
            None => {
                self.failed.borrow_mut().insert((rest.len(), anchor));
            }
        }
        holds
    }

    fn content(&self, content: &Content, rest: &[Test], anchor: usize) -> bool {
        let len = self.buffer.len();
        let size = content.bytes.len();
        let window = window(content, anchor, len);
        let haystack = if content.nocase { self.lower } else { self.buffer };
        let start = window.as_ref().map_or(len, |w| w.start);
        let mut from = start;
        let end = window.map_or(0, |w| w.end);
        while from + size <= end {
            let Some(at) = find(&haystack[from..end], &content.bytes) else {
                break;
            };
            let stop = from + at + size;
            from += at + 1;
            if content.negated {
                // Of one that must not end the buffer only the first occurrence is looked at, its end taken for its distance from
                // where the search began (measured).
                let counts = !content.endswith || stop == end - start;
                return !counts && self.matches(rest, anchor);
            }
            if content.endswith && stop != len {
                continue;
            }
            if self.goes_on(rest, stop) {
                return true;
            }
        }
        content.negated && self.matches(rest, anchor)
    }

    fn pcre(
        &self,
        regex: &Regex,
        negated: bool,
        relative: bool,
        rest: &[Test],
        anchor: usize,
    ) -> bool {
        let start = if relative { anchor.min(self.buffer.len()) } else { 0 };
        let tail = &self.buffer[start..];
        if negated {
            return !regex.is_match(tail) && self.matches(rest, anchor);
        }
        regex.find_iter(tail).any(|found| self.goes_on(rest, start + found.end()))
    }
}

/// The bytes in which a content may lie; `None` when there can be none.
pub(super) fn window(
    content: &Content,
    anchor: usize,
    len: usize,
) -> Option<std::ops::Range<usize>> {
    let size = content.bytes.len();
    let (start, end) = if content.distance.is_some() || content.within.is_some() {
        let anchor = i64::try_from(anchor).ok()?;
        let from = anchor + i64::from(content.distance.unwrap_or(0));
        let start = usize::try_from(from.max(0)).ok()?.max(content.offset.unwrap_or(0) as usize);
        let end = match content.within {
            // A place before the buffer is taken for one far behind it (measured).
            Some(within) => usize::try_from(from + i64::from(within)).unwrap_or(len),
            None => len,
        };
        (start, end)
    } else if content.startswith {
        (0, size)
    } else {
        let offset = content.offset.unwrap_or(0) as usize;
        (offset, content.depth.map_or(len, |depth| offset + depth as usize))
    };
    // A content that must end the buffer cannot, when it may not look that far.
    if content.endswith && end < len {
        return None;
    }
    let end = end.min(len);
    (start <= end && end > 0).then_some(start..end)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    haystack.windows(needle.len()).position(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(bytes: &str) -> Content {
        Content { bytes: bytes.as_bytes().to_vec(), ..Content::default() }
    }

    fn met(tests: Vec<Content>, buffer: &str) -> bool {
        let tests: Vec<Test> = tests.into_iter().map(Test::content).collect();
        holds(&tests, buffer.as_bytes()) == Met::Yes
    }

    #[test]
    fn endswith_goes_on_to_the_last_occurrence() {
        let com = Content { endswith: true, ..content("com") };
        assert!(met(vec![com.clone()], "com.example.com"));
        assert!(!met(vec![com], "com.example.org"));
    }

    #[test]
    fn within_counts_from_the_match_before_and_goes_back() {
        let near = Content { distance: Some(0), within: Some(1), ..content("b") };
        assert!(met(vec![content("a"), near.clone()], "a-ab"));
        assert!(!met(vec![content("a"), near], "a-a-b"));
    }

    #[test]
    fn negated_content_looks_only_into_its_window() {
        let no = Content { negated: true, depth: Some(3), ..content("bad") };
        assert!(met(vec![no.clone()], "a bad"));
        assert!(!met(vec![no], "bad"));
    }

    #[test]
    fn startswith_and_endswith_together_are_equality() {
        let both = Content { startswith: true, endswith: true, nocase: true, ..content("A.org") };
        assert!(met(vec![both.clone()], "a.ORG"));
        assert!(!met(vec![both], "a.org.a.org"));
    }

    #[test]
    fn many_contents_that_are_everywhere_are_soon_found_not_to_be_followed() {
        // Tried one after the other, a thousand places for each of a hundred contents would take for ever.
        let next = Content { distance: Some(0), ..content("a") };
        let near = Content { within: Some(9), ..next.clone() };
        for several in [vec![next; 100], vec![content("a"); 100], vec![near; 100]] {
            let with = |last: &str| several.iter().cloned().chain([content(last)]).collect();
            assert!(met(with("b"), &("a".repeat(1_000) + "b")));
            assert!(!met(with("c"), &("a".repeat(1_000) + "b")));
        }
    }

    #[test]
    fn nothing_follows_what_ends_the_buffer() {
        let end = Content { endswith: true, ..content("a") };
        let after = Content { distance: Some(0), ..content("a") };
        assert!(!met(vec![end, after], "aaa"));
    }
}
