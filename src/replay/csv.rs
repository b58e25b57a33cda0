//! Columns with commas: who asked for what.

use std::borrow::Cow;

use super::line::{Read, Why};
use super::seen::{Logged, Seen};
use super::url::{Parts, parts};
use crate::interop::Told;
use crate::net::logged_address;

/// Where the columns stand that are used, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    source: usize,
    url: usize,
    server: Option<usize>,
    outcome: Option<usize>,
}

/// Without a heading: the source, the URL.
impl Default for Columns {
    fn default() -> Self {
        Self { source: 0, url: 1, server: None, outcome: None }
    }
}

impl Columns {
    /// The columns that the beginning of a log has.
    pub(super) fn of_block(block: &[u8]) -> Self {
        let mut lines = block.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
        let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
        let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
        let text = std::str::from_utf8(first).ok();
        text.and_then(|text| Self::of_heading(&fields(text))).unwrap_or_default()
    }

    /// The columns behind a block: those of its last heading, where it has one. What begins with a digit, as nearly all
    /// lines of logs do, or as an event does, is taken for no heading.
    pub(super) fn behind(self, block: &[u8]) -> Self {
        let may_be = |first: &u8| !first.is_ascii_digit() && *first != b'{';
        let heading = |begin: usize, end: usize| {
            block.get(begin).filter(|first| may_be(first))?;
            let line = block[begin..end].trim_ascii();
            line.first().filter(|first| may_be(first))?;
            let text = std::str::from_utf8(line).ok().filter(|text| text.contains(','))?;
            Self::of_heading(&fields(text))
        };
        let (mut last, mut begin) = (self, 0);
        for end in memchr::memchr_iter(b'\n', block).chain([block.len()]) {
            last = heading(begin, end).unwrap_or(last);
            begin = end + 1;
        }
        last
    }

    /// The columns of a heading; nothing where a line is none.
    fn of_heading(fields: &[Cow<'_, str>]) -> Option<Self> {
        let at = |names: &[&str]| {
            fields
                .iter()
                .position(|field| names.iter().any(|n| n.eq_ignore_ascii_case(field.trim())))
        };
        Some(Self {
            source: at(&["source", "src", "from", "client", "src_ip"])?,
            url: at(&["url", "request", "to", "host", "name", "domain"])?,
            server: at(&["dst", "destination", "server", "dest_ip"]),
            outcome: at(&["outcome", "action", "verdict"]),
        })
    }
}

/// Reads a line, or takes it as the heading of those that follow.
pub(super) fn read<'a>(line: &'a [u8], columns: &mut Columns) -> Read<'a> {
    let Ok(text) = std::str::from_utf8(line) else { return Read::Unreadable(Why::NotText) };
    let fields = fields(text);
    if let Some(found) = Columns::of_heading(&fields) {
        *columns = found;
        return Read::Other;
    }
    request(fields, *columns).map_or_else(Read::Unreadable, Read::Request)
}

fn request(mut fields: Vec<Cow<'_, str>>, columns: Columns) -> Result<Seen<'_>, Why> {
    let mut take = |at: usize| fields.get_mut(at).map(std::mem::take);
    let source = take(columns.source).ok_or(Why::Lacks("source"))?;
    let from =
        logged_address(source.trim().as_bytes()).ok_or_else(|| Why::bad("source", &source))?;
    let server = columns.server.and_then(&mut take).unwrap_or_default();
    let dst = match server.trim() {
        "" | "-" => None,
        text => Some(logged_address(text.as_bytes()).ok_or_else(|| Why::bad("dst", text))?),
    };
    let outcome = columns.outcome.and_then(&mut take).unwrap_or_default();
    let logged = match outcome.trim().to_ascii_lowercase().as_str() {
        "pass" | "allow" | "allowed" => Logged::Pass,
        "drop" | "block" | "blocked" => Logged::Drop,
        "deny" | "denied" => Logged::Denied,
        "reject" => Logged::Reject,
        _ => Logged::Nothing,
    };
    let url = take(columns.url).ok_or(Why::Lacks("url"))?;
    let (scheme, port, host, path) = match url {
        Cow::Borrowed(url) => {
            let (asked, port) = with_port(url)?;
            (asked.scheme, port, asked.host.into(), asked.path.into())
        }
        Cow::Owned(url) => {
            let (asked, port) = with_port(&url)?;
            (asked.scheme, port, asked.host.to_owned().into(), asked.path.to_owned().into())
        }
    };
    let told = Told::default();
    Ok(Seen { from, scheme, host, port, told, path, dst, logged, flow: None, unsaid: None })
}

/// The parts of a URL, whose port has to be known.
fn with_port(url: &str) -> Result<(Parts<'_>, u16), Why> {
    let asked = parts(url.trim()).and_then(|asked| Some((asked, asked.port?)));
    asked.ok_or_else(|| Why::bad("url", url))
}

/// The fields of a line; those in quotes may hold commas, and quotes twice.
fn fields(text: &str) -> Vec<Cow<'_, str>> {
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        let quoted = rest.trim_start().strip_prefix('"').and_then(quoted);
        let (field, behind) = match quoted {
            Some((field, behind)) => (field, behind.trim_start()),
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                (Cow::Borrowed(&rest[..end]), &rest[end..])
            }
        };
        fields.push(field);
        match behind.find(',') {
            Some(at) => rest = &behind[at + 1..],
            None => return fields,
        }
    }
}

/// A field behind its first quote, and what follows its last.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    loop {
        let end = from + text[from..].find('"')?;
        if text[end + 1..].starts_with('"') {
            from = end + 2;
            continue;
        }
        let field = &text[..end];
        let field =
            if field.contains('"') { field.replace("\"\"", "\"").into() } else { field.into() };
        return Some((field, &text[end + 1..]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_says_which_column_is_which() {
        let mut columns = Columns::default();
        let plain = read(b"10.1.2.3,https://a.example/x", &mut columns);
        assert!(matches!(plain, Read::Request(Seen { ref host, .. }) if host == "a.example"));
        assert_eq!(read(b"when,URL,\"src\",dst,action", &mut columns), Read::Other);
        let Read::Request(seen) = read(
            b"\"1,2\",\"http://a.example:81/?a=\"\"b,c\",10.1.2.3,203.0.113.1,Deny",
            &mut columns,
        ) else {
            panic!("no request");
        };
        assert_eq!((&*seen.host, seen.port, &*seen.path), ("a.example", 81, "/?a=\"b,c"));
        assert_eq!((seen.dst, seen.logged), ("203.0.113.1".parse().ok(), Logged::Denied));
    }

    #[test]
    fn what_is_missing_is_said() {
        let mut columns = Columns::default();
        for (line, why) in [
            ("host,https://a.example", Why::bad("source", "host")),
            ("10.1.2.3,tcp://a.example", Why::bad("url", "tcp://a.example")),
            ("10.1.2.3,https://a.example:0", Why::bad("url", "https://a.example:0")),
        ] {
            assert_eq!(read(line.as_bytes(), &mut columns), Read::Unreadable(why), "{line}");
        }
    }
}
