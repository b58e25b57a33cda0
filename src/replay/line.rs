//! One line of a log: which kind it is, and what it says.

use super::csv::{self, Columns};
use super::seen::Seen;
use super::{eve, squid};
use crate::messages::{Text, replay as say};

/// The longest line that is read, in bytes; longer ones are counted and skipped.
pub const LINE_LIMIT: usize = 1 << 20;

/// How much of a bad value is kept.
const SHOWN: usize = 60;

/// The kinds of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Events of AWS Network Firewall or Suricata, with what S3 and CloudWatch put around them.
    Events,
    /// Squid's own format.
    Squid,
    /// The common format of proxies.
    Common,
    /// Columns with commas.
    Csv,
    /// None of these.
    Unknown,
}

impl Kind {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Events, Self::Squid, Self::Common, Self::Csv, Self::Unknown];

    /// Its word in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Squid => "squid",
            Self::Common => "common",
            Self::Csv => "csv",
            Self::Unknown => "unknown",
        }
    }
}

/// What a line, or a part of one, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read<'a> {
    /// A request.
    Request(Seen<'a>),
    /// Something that is no request: another type of event, a heading, a request that a proxy could not read.
    Other,
    /// It cannot be used.
    Unreadable(Why),
}

/// Why a line cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It is of no known kind.
    NoKind,
    /// It is longer than [`LINE_LIMIT`].
    TooLong,
    /// It holds bytes that are no text.
    NotText,
    /// It begins like JSON and is none: what the reader says.
    NotJson(String),
    /// A field is missing.
    Lacks(&'static str),
    /// A field has a value that it cannot have.
    Bad(&'static str, String),
    /// What was asked for is no request.
    NoRequest(Text),
}

impl Why {
    /// A field with a value that it cannot have; of a long one the beginning is kept.
    pub(super) fn bad(field: &'static str, value: &str) -> Self {
        Self::Bad(field, value.chars().take(SHOWN).collect())
    }

    /// In words.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::NoKind => say::no_kind(),
            Self::TooLong => say::too_long(LINE_LIMIT),
            Self::NotText => say::not_text(),
            Self::NotJson(why) => say::not_json(why),
            Self::Lacks(field) => say::lacks(field),
            Self::Bad(field, value) => say::bad(field, value),
            Self::NoRequest(why) => why.clone(),
        }
    }
}

/// Reads one line, without its end; `columns` are those of the last heading. Each event goes to `to`. Returns the kind; nothing
/// for an empty line.
pub fn read_line<'a>(
    line: &'a [u8],
    columns: &mut Columns,
    to: &mut dyn FnMut(Read<'a>),
) -> Option<Kind> {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let first = *line.first()?;
    if line.len() > LINE_LIMIT {
        to(Read::Unreadable(Why::TooLong));
        return Some(Kind::Unknown);
    }
    if first == b'{' {
        eve::read(line, to);
        return Some(Kind::Events);
    }
    if squid::is_native(line) {
        to(squid::native(line));
        return Some(Kind::Squid);
    }
    // A log stream as it is exported from CloudWatch: the time, and the event.
    if first.is_ascii_digit()
        && let Some(at) = memchr::memchr(b'{', &line[..line.len().min(48)])
        && line[at - 1] == b' '
        && memchr::memchr(b',', &line[..at]).is_none()
    {
        eve::read(&line[at..], to);
        return Some(Kind::Events);
    }
    if squid::is_common(line) {
        to(squid::common(line));
        return Some(Kind::Common);
    }
    if memchr::memchr(b',', line).is_some() {
        to(csv::read(line, columns));
        return Some(Kind::Csv);
    }
    to(Read::Unreadable(Why::NoKind));
    Some(Kind::Unknown)
}
