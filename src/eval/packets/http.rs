//! What the engine reads of HTTP/1: requests and answers, line by line, as their bytes come in.
//!
//! Source: libhtp 0.5 as Suricata 7.0.10 uses it; when each buffer becomes known was measured segment by segment.

use std::collections::BTreeMap;

use super::Transaction;
use super::http_uri::{authority, host_of, normalised, parsed_host};
use crate::suricata::AppProto;

type Buffers = BTreeMap<&'static str, Vec<u8>>;

/// A header: its name as written, its value without the space around it.
type Header = (Vec<u8>, Vec<u8>);

/// The requests and answers of a connection.
#[derive(Default)]
pub(super) struct Http {
    /// The server's side, then the client's.
    sides: [Side; 2],
}

/// What one side said.
#[derive(Default)]
struct Side {
    /// Bytes that are not read yet.
    unread: Vec<u8>,
    /// Number of the transaction being read.
    at: usize,
    stage: Stage,
    line: Vec<u8>,
    headers: Vec<Header>,
    buffers: Buffers,
    /// Whether it answers a CONNECT: if it agrees, its headers are not kept as a whole (measured).
    opens_tunnel: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    #[default]
    Line,
    Headers,
    /// So many bytes of body to come.
    Body(usize),
    /// A CONNECT: the server's answer decides what comes next.
    Connect,
}

/// Buffers of single headers, by the header's name.
const OF_HEADERS: [(&str, &str); 9] = [
    ("http.user_agent", "user-agent"),
    ("http.referer", "referer"),
    ("http.cookie", "cookie"),
    ("http.accept", "accept"),
    ("http.accept_lang", "accept-language"),
    ("http.accept_enc", "accept-encoding"),
    ("http.connection", "connection"),
    ("http.content_len", "content-length"),
    ("http.content_type", "content-type"),
];

/// Buffers of the first line; all others belong to the headers.
///
/// Source: the progress for which Suricata 7.0.10 registers each keyword; measured.
const OF_FIRST_LINE: [&str; 8] = [
    "http.uri",
    "http.uri.raw",
    "http.method",
    "http.request_line",
    "http.protocol",
    "http.stat_code",
    "http.stat_msg",
    "http.response_line",
];

/// Buffers of all headers together. After a CONNECT they are known only with what the client says next.
const OF_ALL_HEADERS: [&str; 4] =
    ["http.header", "http.header.raw", "http.header_names", "http.start"];

impl Http {
    /// Reads a segment and says which transactions are inspected on it.
    pub(super) fn read(&mut self, to_server: bool, segment: &[u8]) -> Vec<Transaction> {
        let connects = self.sides[1].stage == Stage::Connect;
        let side = &mut self.sides[usize::from(to_server)];
        side.opens_tunnel = !to_server && connects;
        side.unread.extend(segment);
        let mut inspected: Vec<Transaction> = Vec::new();
        // What was searched before this segment, and of the headers, while they go on, is searched again.
        let stale = side.over();
        let again: Vec<&'static str> = match side.stage {
            Stage::Headers => side.known().filter(|name| !stale.contains(name)).collect(),
            _ => Vec::new(),
        };
        // Both are said of the transaction that this segment goes on with; of those that begin in it nothing is over yet.
        let (mut stale, mut again) = (Some(stale), Some(again));
        loop {
            let before: Vec<&'static str> = side.buffers.keys().copied().collect();
            let read = side.step(to_server);
            let fresh = side.known().filter(|name| !before.contains(name));
            let fresh: Vec<&'static str> = fresh.collect();
            match inspected.last_mut().filter(|tx| tx.id == side.at) {
                Some(tx) => {
                    tx.fresh.extend(fresh);
                    tx.buffers.clone_from(&side.buffers);
                    tx.over = side.over();
                }
                None => inspected.push(Transaction {
                    buffers: side.buffers.clone(),
                    fresh: [again.take().unwrap_or_default(), fresh].concat(),
                    again: true,
                    stale: stale.take().unwrap_or_default(),
                    over: side.over(),
                    ..Transaction::new(side.at, AppProto::HTTP)
                }),
            }
            match read {
                Read::More => {}
                Read::Done => {
                    side.next();
                    if side.unread.is_empty() {
                        break;
                    }
                }
                Read::Waits => break,
            }
        }
        inspected
    }
}

/// What came of an attempt to read on.
enum Read {
    /// Something was read.
    More,
    /// The transaction is complete on this side.
    Done,
    /// More bytes must come.
    Waits,
}

impl Side {
    /// The buffers known by now.
    fn known(&self) -> impl Iterator<Item = &'static str> {
        self.buffers.keys().copied()
    }

    /// The buffers whose part of the request or the answer is over.
    fn over(&self) -> Vec<&'static str> {
        let headers = matches!(self.stage, Stage::Body(_));
        self.known().filter(|name| headers || OF_FIRST_LINE.contains(name)).collect()
    }

    fn next(&mut self) {
        self.at += 1;
        self.stage = Stage::Line;
        self.headers.clear();
        self.buffers.clear();
    }

    fn step(&mut self, to_server: bool) -> Read {
        match self.stage {
            Stage::Line => {
                let Some(line) = self.take_line() else { return Read::Waits };
                self.first_line(&line, to_server);
                self.line = line;
                self.stage = Stage::Headers;
                Read::More
            }
            Stage::Headers => self.header(to_server),
            Stage::Body(left) => {
                let take = left.min(self.unread.len());
                self.unread.drain(..take);
                self.stage = Stage::Body(left - take);
                if take == left { Read::Done } else { Read::Waits }
            }
            Stage::Connect if self.unread.is_empty() => Read::Waits,
            Stage::Connect => {
                self.put_all_headers();
                Read::Done
            }
        }
    }

    /// Takes a line. Only the byte after its end shows that it is whole.
    fn take_line(&mut self) -> Option<Vec<u8>> {
        let end = self.unread.iter().position(|b| *b == b'\n')?;
        let line = trimmed(&self.unread[..end]).to_vec();
        if self.unread.len() == end + 1 {
            return None;
        }
        self.unread.drain(..=end);
        Some(line)
    }

    fn header(&mut self, to_server: bool) -> Read {
        let Some(end) = self.unread.iter().position(|b| *b == b'\n') else { return Read::Waits };
        let line = trimmed(&self.unread[..end]).to_vec();
        if line.is_empty() {
            self.unread.drain(..=end);
            return self.headers_done(to_server);
        }
        match self.unread.get(end + 1) {
            None => return Read::Waits,
            // The next line goes on with this header.
            Some(b' ' | b'\t') => {
                self.unread.drain(end - usize::from(self.unread[end - 1] == b'\r')..=end);
                return Read::More;
            }
            Some(_) => {}
        }
        self.unread.drain(..=end);
        if let Some(colon) = line.iter().position(|b| *b == b':') {
            let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
            self.headers.push((name.to_vec(), value.to_vec()));
            self.put_header(to_server);
        }
        Read::More
    }

    fn first_line(&mut self, line: &[u8], to_server: bool) {
        let mut parts = line.split(|b| *b == b' ').filter(|part| !part.is_empty());
        let mut part = || parts.next().unwrap_or_default().to_vec();
        if to_server {
            let (method, target) = (part(), part());
            let protocol = parts.next_back().map(<[u8]>::to_vec);
            if method == b"CONNECT" {
                self.buffers.insert("http.uri", Vec::new());
                self.buffers.insert("http.host.raw", parsed_host(&target));
            } else {
                self.buffers.insert("http.uri", normalised(&target));
                if let Some(authority) = authority(&target) {
                    self.buffers.insert("http.host.raw", parsed_host(authority));
                }
            }
            self.buffers.insert("http.method", method);
            self.buffers.insert("http.uri.raw", target);
            self.buffers.insert("http.request_line", line.to_vec());
            self.buffers.extend(protocol.map(|protocol| ("http.protocol", protocol)));
        } else {
            let (protocol, code) = (part(), part());
            self.buffers.insert("http.protocol", protocol);
            self.buffers.insert("http.stat_code", code);
            self.buffers.insert("http.response_line", line.to_vec());
        }
    }

    /// Whether the host comes from the target: of CONNECT, or in absolute form.
    fn host_in_target(&self) -> bool {
        let target = self.buffers.get("http.uri.raw").map(Vec::as_slice).unwrap_or_default();
        self.is_connect() || authority(target).is_some()
    }

    fn is_connect(&self) -> bool {
        self.buffers.get("http.method").is_some_and(|method| method == b"CONNECT")
    }

    /// The value of a header; several of one name are joined with a comma.
    fn value(&self, name: &str) -> Option<Vec<u8>> {
        let same = |h: &&Header| h.0.eq_ignore_ascii_case(name.as_bytes());
        let values: Vec<&[u8]> = self.headers.iter().filter(same).map(|h| h.1.as_slice()).collect();
        (!values.is_empty()).then(|| values.join(&b", "[..]))
    }

    /// What the header just read tells.
    fn put_header(&mut self, to_server: bool) {
        let Some((name, _)) = self.headers.last() else { return };
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        for (buffer, header) in OF_HEADERS {
            // A server sets its cookie under another name.
            let wanted = if !to_server && header == "cookie" { "set-cookie" } else { header };
            if wanted == name
                && let Some(value) = self.value(header)
            {
                self.buffers.insert(buffer, value);
            }
        }
        if to_server
            && name == "host"
            && !self.host_in_target()
            && let Some(value) = self.value("host").filter(|v| !v.is_empty())
        {
            self.buffers.insert("http.host.raw", value);
        }
    }

    fn headers_done(&mut self, to_server: bool) -> Read {
        if to_server {
            let host = if self.host_in_target() {
                self.buffers.get("http.host.raw").cloned()
            } else {
                self.value("host").map(|written| host_of(&written))
            };
            if let Some(host) = host.filter(|host| !host.is_empty()) {
                self.buffers.insert("http.host", host);
            }
        }
        if self.is_connect() {
            self.stage = Stage::Connect;
            return Read::More;
        }
        let agrees = self.buffers.get("http.stat_code").is_some_and(|code| code.starts_with(b"2"));
        if !(self.opens_tunnel && agrees) {
            self.put_all_headers();
        }
        let length = self.value("content-length").and_then(|v| String::from_utf8(v).ok());
        let length = length.and_then(|v| v.trim().parse().ok()).unwrap_or(0);
        self.stage = Stage::Body(length);
        Read::More
    }

    fn put_all_headers(&mut self) {
        let all = |each: &dyn Fn(&Header) -> Vec<u8>| -> Vec<u8> {
            self.headers.iter().flat_map(each).collect()
        };
        let block = all(&|(name, value)| [name.as_slice(), b": ", value, b"\r\n"].concat());
        let names = all(&|(name, _)| [name.as_slice(), b"\r\n"].concat());
        let some = !self.headers.is_empty();
        let values = [
            some.then(|| block.clone()),
            some.then(|| [&block[..], b"\r\n"].concat()),
            some.then(|| [b"\r\n", &names[..], b"\r\n"].concat()),
            Some([&self.line[..], b"\r\n", &block[..], b"\r\n"].concat()),
        ];
        for (name, value) in OF_ALL_HEADERS.into_iter().zip(values) {
            self.buffers.extend(value.map(|value| (name, value)));
        }
    }
}

fn trimmed(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The buffers that become known with each segment of a client.
    fn fresh(segments: &[&str]) -> Vec<Vec<&'static str>> {
        let mut http = Http::default();
        let mut read = |s: &&str| http.read(true, s.as_bytes());
        segments.iter().map(|s| read(s).into_iter().flat_map(|tx| tx.fresh).collect()).collect()
    }

    fn host(request: &str) -> Option<String> {
        let tx = Http::default().read(true, request.as_bytes()).remove(0);
        tx.buffers.get("http.host").map(|host| String::from_utf8(host.clone()).unwrap())
    }

    #[test]
    fn line_is_read_with_the_byte_after_it() {
        let fresh = fresh(&["GET /foo HTTP/1.1\r\n", "Host: h.com", "\r\n\r\n"]);
        assert!(!fresh[0].contains(&"http.uri"));
        assert!(fresh[1].contains(&"http.uri") && !fresh[1].contains(&"http.host"));
        assert!(fresh[2].contains(&"http.host") && fresh[2].contains(&"http.host.raw"));
    }

    #[test]
    fn raw_host_is_known_before_the_host() {
        let fresh = fresh(&["GET /foo HTTP/1.1\r\nHost: h.com\r\n\r", "\n"]);
        assert!(fresh[0].contains(&"http.host.raw") && !fresh[0].contains(&"http.host"));
        assert!(fresh[1].contains(&"http.host"));
    }

    #[test]
    fn all_headers_of_a_connect_wait_for_what_follows() {
        let fresh = fresh(&[
            "CONNECT Evil.com:443 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: b.com\r\n\r\n",
        ]);
        assert!(fresh[0].contains(&"http.host") && !fresh[0].contains(&"http.header_names"));
        assert!(fresh[1].contains(&"http.header_names"));
        assert_eq!(host("CONNECT Evil.com:443 HTTP/1.1\r\n\r\n").as_deref(), Some("evil.com"));
    }

    #[test]
    fn host_with_a_port_keeps_its_case() {
        let with = |host: &str| format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        assert_eq!(host(&with("EVIL.com")).as_deref(), Some("evil.com"));
        assert_eq!(host(&with("EVIL.com:80")).as_deref(), Some("EVIL.com"));
        assert_eq!(host(&with("")), None);
    }

    /// The buffers of a request, as text.
    fn of(request: &str) -> BTreeMap<&'static str, String> {
        let buffers = Http::default().read(true, request.as_bytes()).remove(0).buffers;
        buffers.into_iter().map(|(k, v)| (k, String::from_utf8(v).unwrap())).collect()
    }

    #[test]
    fn host_of_the_target_counts_more_than_the_header() {
        let seen = of("GET http://u@Bad.example.:81/x HTTP/1.1\r\nHost: good.example\r\n\r\n");
        assert_eq!(seen["http.host"], "bad.example");
        assert_eq!(seen["http.host.raw"], "bad.example");
        assert_eq!(seen["http.uri"], "/x");
    }

    #[test]
    fn connect_has_a_host_and_no_uri() {
        let seen = of("CONNECT Bad.example:443 HTTP/1.1\r\nHost: good.example\r\n\r\n");
        assert_eq!(seen["http.host"], "bad.example");
        assert_eq!(seen["http.uri"], "");
        assert!(!seen.contains_key("http.header_names"));
    }

    #[test]
    fn answers_have_header_names_of_their_own() {
        let mut http = Http::default();
        http.read(true, b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        let answer = http.read(false, b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n").remove(0);
        assert_eq!(answer.buffers["http.header_names"], b"\r\nServer\r\n\r\n");
        assert!(answer.fresh.contains(&"http.header_names"));
    }
}
