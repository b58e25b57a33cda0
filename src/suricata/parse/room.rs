//! Whether the contents asked for have room in the length asked for.

use super::reader::{Fault, OpenBuffer, Reader};
use crate::messages::suricata::content as words;
use crate::suricata::{Content, ContentTest, KeywordKind, Number, RuleOption, RuleProblem};

/// Refuses contents longer than `bsize`, `dsize` or `urilen` let the buffer be.
///
/// Source: Suricata 7.0.10, `detect-bsize.c`, `detect-dsize.c`, `detect-urilen.c`; measured.
pub(super) fn check(reader: &Reader<'_>) -> Result<(), Fault> {
    // The engine does not count in headers of packets (measured).
    let counted = |b: &&OpenBuffer| b.buffer.keyword().kind == KeywordKind::Buffer;
    for open in reader.buffers.iter().filter(counted) {
        if let Some((most, needed)) = most_of_buffer(open)
            .zip(needed(open))
            .filter(|(m, n)| u64::try_from(*n).is_ok_and(|n| n > *m))
        {
            return Err(no_room("bsize", most, needed, open));
        }
    }
    for open in &reader.buffers {
        check_exact(open)?;
    }
    for option in &reader.options {
        match option {
            RuleOption::Dsize(number) => check_dsize(reader, *number)?,
            RuleOption::Urilen { length: Number::Is(most), raw } => {
                let name = if *raw { "http.uri.raw" } else { "http.uri" };
                check_each(reader, name, *most)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn no_room(keyword: &str, most: u64, needed: i64, open: &OpenBuffer) -> Fault {
    let span = open.contents().last().map_or(0..0, |(_, test)| test.span.clone());
    let message = words::need_bytes(needed, keyword, most);
    Box::new(RuleProblem::error("impossible-content", span, message))
}

/// The first `bsize` counts.
fn most_of_buffer(open: &OpenBuffer) -> Option<u64> {
    let first = open.tests.iter().find_map(|open| match open.test {
        ContentTest::Bsize(number) => Some(number),
        _ => None,
    });
    match first? {
        Number::Is(n) | Number::Below(n) => Some(n),
        Number::Between(_, high) => Some(high),
        Number::IsNot(_) | Number::Above(_) => None,
    }
}

/// A content with `startswith` and `endswith` is the whole buffer: a longer one beside it cannot be in there.
/// The engine does not even start with such a rule (measured).
fn check_exact(open: &OpenBuffer) -> Result<(), Fault> {
    let exact = |c: &Content| c.startswith && c.endswith && !c.negated;
    let Some(whole) = open.contents().map(|(c, _)| c).find(|c| exact(c)) else {
        return Ok(());
    };
    let len = whole.bytes.len();
    let longer = open.contents().find(|(c, _)| !c.negated && c.bytes.len() > len);
    let Some((_, test)) = longer else { return Ok(()) };
    let message = words::another_is_whole(open.buffer.name(), len);
    let problem = RuleProblem::error("impossible-content", test.span.clone(), message);
    Err(Box::new(problem.help(words::ANOTHER_IS_WHOLE_HELP)))
}

/// The bytes that the first content and those relative to one another need.
fn needed(open: &OpenBuffer) -> Option<i64> {
    let length = |c: &Content| i64::try_from(c.bytes.len()).unwrap_or(i64::MAX);
    let (mut total, mut offset) = (None, 0);
    for (content, _) in open.contents() {
        offset = offset.max(i64::from(content.offset.unwrap_or(0)));
        let relative = content.distance.is_some() || content.within.is_some();
        match total {
            None => total = Some(length(content) + i64::from(content.distance.unwrap_or(0))),
            Some(before) if relative && !content.negated => {
                total = Some(before + length(content) + i64::from(content.distance.unwrap_or(0)));
            }
            Some(_) => {}
        }
    }
    total.map(|total| total + offset)
}

fn check_dsize(reader: &Reader<'_>, number: Number) -> Result<(), Fault> {
    let most = match number {
        Number::Is(n) | Number::IsNot(n) | Number::Below(n) => n,
        Number::Between(_, high) => high,
        Number::Above(_) => return Ok(()),
    };
    let Some(open) = reader.buffers.iter().find(|b| b.buffer.is_payload()) else {
        return Ok(());
    };
    check_each(reader, "payload", most)?;
    match needed(open).filter(|needed| u64::try_from(*needed).is_ok_and(|n| n > most)) {
        Some(needed) => Err(no_room("dsize", most, needed, open)),
        None => Ok(()),
    }
}

/// Every content on its own.
fn check_each(reader: &Reader<'_>, name: &str, most: u64) -> Result<(), Fault> {
    for open in reader.buffers.iter().filter(|b| b.buffer.name() == name) {
        let longest = open
            .contents()
            .filter(|(c, _)| !(c.negated && (c.distance.is_some() || c.within.is_some())))
            .map(|(c, _)| c.bytes.len())
            .max();
        let longest = longest.and_then(|l| i64::try_from(l).ok()).unwrap_or(0);
        if u64::try_from(longest).is_ok_and(|l| l > most) {
            let keyword = if name == "payload" { "dsize" } else { "urilen" };
            return Err(no_room(keyword, most, longest, open));
        }
    }
    Ok(())
}
