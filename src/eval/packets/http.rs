//! What the engine reads of HTTP/1: the request line, the headers, the answer.
//!
//! Source: libhtp 0.5 as Suricata 7.0 uses it; measured.

use std::collections::{BTreeMap, BTreeSet};

use super::Transaction;
use crate::suricata::AppProto;

/// The requests and answers of a connection, as they come in.
#[derive(Default)]
pub(super) struct Http {
    /// The server's side, the client's side.
    sides: [Side; 2],
    /// The transactions that are a CONNECT.
    connects: BTreeSet<usize>,
}

/// What is known by keyword.
type Buffers = BTreeMap<&'static str, Vec<u8>>;

/// What one side said that is not read yet, and which transaction it speaks of.
#[derive(Default)]
struct Side {
    unread: Vec<u8>,
    /// The transaction now being read.
    at: usize,
    stage: Stage,
    /// What it said, by transaction: request and answer have buffers of the same name (`http.header_names`).
    transactions: Vec<Buffers>,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    #[default]
    Line,
    Headers,
    /// So many bytes of body to come.
    Body(usize),
}

impl Http {
    /// Reads a segment and says which transactions are inspected on it.
    pub(super) fn read(&mut self, to_server: bool, segment: &[u8]) -> Vec<Transaction> {
        let side = &mut self.sides[usize::from(to_server)];
        side.unread.extend(segment);
        let mut fresh: BTreeMap<usize, Vec<&'static str>> = BTreeMap::new();
        fresh.insert(side.at, Vec::new());
        loop {
            while side.transactions.len() <= side.at {
                side.transactions.push(Buffers::new());
            }
            let mut buffers = std::mem::take(&mut side.transactions[side.at]);
            let new = step(side, to_server, self.connects.contains(&side.at), &mut buffers);
            if buffers.get("http.method").is_some_and(|method| method == CONNECT) {
                self.connects.insert(side.at);
            }
            side.transactions[side.at] = buffers;
            let Some(new) = new else { break };
            fresh.entry(side.at).or_default().extend(new);
            if side.stage == Stage::Body(0) {
                side.stage = Stage::Line;
                side.at += 1;
                if side.unread.is_empty() {
                    break;
                }
            }
        }
        let read = |(id, fresh): (usize, Vec<&'static str>)| {
            let buffers = side.transactions.get(id)?.clone();
            Some(Transaction { buffers, fresh, ..Transaction::new(id, AppProto::HTTP) })
        };
        fresh.into_iter().filter_map(read).collect()
    }
}

/// Reads the next whole part; the buffers that became known with it, or `None` when more must come.
fn step(
    side: &mut Side,
    to_server: bool,
    connect: bool,
    buffers: &mut Buffers,
) -> Option<Vec<&'static str>> {
    let before: Vec<&'static str> = buffers.keys().copied().collect();
    match side.stage {
        Stage::Line => {
            let line = take_line(&mut side.unread)?;
            if to_server {
                request_line(&line, buffers);
            } else {
                status_line(&line, buffers);
            }
            side.stage = Stage::Headers;
        }
        Stage::Headers => {
            let end = headers_end(&side.unread)?;
            let rest = side.unread.split_off(end);
            let block = std::mem::replace(&mut side.unread, rest);
            let headers = split_headers(&block);
            if to_server {
                request_headers(&headers, connect, buffers);
            } else {
                response_headers(&headers, buffers);
            }
            // Of a CONNECT the headers are not kept as a whole (measured).
            if !connect {
                let line = if to_server { "http.request_line" } else { "http.response_line" };
                whole_headers(line, &headers, buffers);
            }
            let length = value(&headers, "content-length")
                .and_then(|v| String::from_utf8(v).ok()?.trim().parse().ok());
            side.stage = Stage::Body(length.unwrap_or(0));
        }
        Stage::Body(left) => {
            let take = left.min(side.unread.len());
            if take == 0 && left > 0 {
                return None;
            }
            side.unread.drain(..take);
            side.stage = Stage::Body(left - take);
        }
    }
    Some(buffers.keys().copied().filter(|name| !before.contains(name)).collect())
}

fn take_line(bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    let end = bytes.iter().position(|b| *b == b'\n')?;
    let rest = bytes.split_off(end + 1);
    let mut line = std::mem::replace(bytes, rest);
    while matches!(line.last(), Some(b'\r' | b'\n')) {
        line.pop();
    }
    Some(line)
}

/// Where the headers end, the empty line included.
fn headers_end(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    while let Some(len) = bytes[start..].iter().position(|b| *b == b'\n') {
        let line = &bytes[start..start + len];
        start += len + 1;
        if line.is_empty() || line == b"\r" {
            return Some(start);
        }
    }
    None
}

/// A method whose target is a host.
const CONNECT: &[u8] = b"CONNECT";

type Header = (Vec<u8>, Vec<u8>);

/// Names as written, values without the space around them.
fn split_headers(block: &[u8]) -> Vec<Header> {
    let mut headers = Vec::new();
    for line in block.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(colon) = line.iter().position(|b| *b == b':') {
            let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
            headers.push((name.to_vec(), value.to_vec()));
        }
    }
    headers
}

/// The value of a header; several of one name are joined with a comma.
fn value(headers: &[Header], name: &str) -> Option<Vec<u8>> {
    let same = |h: &&Header| h.0.eq_ignore_ascii_case(name.as_bytes());
    let values: Vec<&[u8]> = headers.iter().filter(same).map(|h| h.1.as_slice()).collect();
    (!values.is_empty()).then(|| values.join(&b", "[..]))
}

fn request_line(line: &[u8], buffers: &mut Buffers) {
    buffers.insert("http.request_line", line.to_vec());
    let mut parts = line.split(|b| *b == b' ').filter(|p| !p.is_empty());
    let method = parts.next().unwrap_or_default();
    let target = parts.next().unwrap_or_default();
    buffers.insert("http.method", method.to_vec());
    buffers.insert("http.uri.raw", target.to_vec());
    // The target of a CONNECT is a host with its port, no URI (measured).
    let uri = if method == CONNECT { Vec::new() } else { normalised(target) };
    buffers.insert("http.uri", uri);
    if let Some(protocol) = parts.next_back() {
        buffers.insert("http.protocol", protocol.to_vec());
    }
}

fn status_line(line: &[u8], buffers: &mut Buffers) {
    let mut parts = line.splitn(3, |b| *b == b' ');
    parts.next();
    if let Some(code) = parts.next() {
        buffers.insert("http.stat_code", code.to_vec());
    }
    buffers.insert("http.stat_msg", parts.next().unwrap_or_default().to_vec());
    buffers.insert("http.protocol", line.split(|b| *b == b' ').next().unwrap_or_default().to_vec());
    buffers.insert("http.response_line", line.to_vec());
}

fn request_headers(headers: &[Header], connect: bool, buffers: &mut Buffers) {
    let target = buffers.get("http.uri.raw").cloned().unwrap_or_default();
    let written = value(headers, "host");
    // What the target says counts more than the Host header (measured).
    let (host, raw) = match authority(&target) {
        _ if connect => (Some(parsed_host(&target)), Some(parsed_host(&target))),
        Some(authority) if !authority.is_empty() => {
            let user = authority.iter().rposition(|b| *b == b'@').map_or(0, |at| at + 1);
            let host = parsed_host(&authority[user..]);
            (Some(host.clone()), Some(host))
        }
        _ => (written.as_deref().map(host_of), written.clone()),
    };
    put(buffers, "http.host", host);
    put(buffers, "http.host.raw", raw);
    for (buffer, name) in [
        ("http.user_agent", "user-agent"),
        ("http.referer", "referer"),
        ("http.cookie", "cookie"),
        ("http.accept", "accept"),
        ("http.accept_lang", "accept-language"),
        ("http.accept_enc", "accept-encoding"),
        ("http.connection", "connection"),
        ("http.content_len", "content-length"),
        ("http.content_type", "content-type"),
    ] {
        put(buffers, buffer, value(headers, name));
    }
}

fn response_headers(headers: &[Header], buffers: &mut Buffers) {
    for (buffer, name) in [
        ("http.server", "server"),
        ("http.location", "location"),
        ("http.cookie", "set-cookie"),
        ("http.connection", "connection"),
        ("http.content_len", "content-length"),
        ("http.content_type", "content-type"),
    ] {
        put(buffers, buffer, value(headers, name));
    }
}

/// The buffers that hold all headers of one side, `line` being the first line's.
fn whole_headers(line: &'static str, headers: &[Header], buffers: &mut Buffers) {
    let block: Vec<u8> = headers
        .iter()
        .flat_map(|(name, value)| [name.as_slice(), b": ", value, b"\r\n"].concat())
        .collect();
    put(buffers, "http.header", Some(block.clone()));
    put(buffers, "http.header.raw", Some([&block[..], b"\r\n"].concat()));
    let names: Vec<u8> =
        headers.iter().flat_map(|(name, _)| [name.as_slice(), b"\r\n"].concat()).collect();
    let names =
        if headers.is_empty() { None } else { Some([b"\r\n", &names[..], b"\r\n"].concat()) };
    put(buffers, "http.header_names", names);
    let line = buffers.get(line).cloned().unwrap_or_default();
    buffers.insert("http.start", [&line[..], b"\r\n", &block[..], b"\r\n"].concat());
}

fn put(buffers: &mut Buffers, name: &'static str, value: Option<Vec<u8>>) {
    if let Some(value) = value.filter(|v| !v.is_empty()) {
        buffers.insert(name, value);
    }
}

/// The authority of a target in absolute form.
fn authority(target: &[u8]) -> Option<&[u8]> {
    let rest = after_scheme(target)?;
    let end = rest.iter().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    Some(&rest[..end])
}

fn after_scheme(target: &[u8]) -> Option<&[u8]> {
    let colon = target.windows(3).position(|w| w == b"://")?;
    let of_scheme = |b: &u8| b.is_ascii_alphanumeric() || b"+-.".contains(b);
    target[..colon].iter().all(of_scheme).then(|| &target[colon + 3..])
}

/// The host of a Host header. The parser lower-cases it only when there is no colon (measured).
fn host_of(written: &[u8]) -> Vec<u8> {
    if written.contains(&b':') { host_name(written) } else { written.to_ascii_lowercase() }
}

/// The host of a target: without its port, in lower case, without the dot of the root (measured).
fn parsed_host(authority: &[u8]) -> Vec<u8> {
    let mut host = host_name(authority).to_ascii_lowercase();
    while host.last() == Some(&b'.') {
        host.pop();
    }
    host
}

/// The host without its port.
fn host_name(authority: &[u8]) -> Vec<u8> {
    if authority.starts_with(b"[") {
        let end = authority.iter().position(|b| *b == b']').map_or(authority.len(), |i| i + 1);
        return authority[..end].to_vec();
    }
    let colon = authority.iter().position(|b| *b == b':').unwrap_or(authority.len());
    authority[..colon].to_vec()
}

/// The URI as rules see it: path and query, percent signs decoded once, the path cleaned.
pub(super) fn normalised(target: &[u8]) -> Vec<u8> {
    let target = match after_scheme(target) {
        Some(rest) => {
            // Without a path nothing is left (measured).
            rest.iter().position(|b| *b == b'/').map_or(&b""[..], |slash| &rest[slash..])
        }
        None => target,
    };
    let query = target.iter().position(|b| *b == b'?').unwrap_or(target.len());
    let (path, query) = target.split_at(query);
    let path = without_dots(&decoded(path));
    [path, decoded(query)].concat()
}

/// Percent signs decoded once; a wrong one stays.
fn decoded(bytes: &[u8]) -> Vec<u8> {
    let hex = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%'
            && let [a, b, tail @ ..] = after
            && let (Some(a), Some(b)) = (hex(a), hex(b))
        {
            out.push(a << 4 | b);
            rest = tail;
        } else {
            out.push(first);
            rest = after;
        }
    }
    out
}

/// Slashes joined, backslashes turned, dot segments resolved.
fn without_dots(path: &[u8]) -> Vec<u8> {
    let path: Vec<u8> = path.iter().map(|b| if *b == b'\\' { b'/' } else { *b }).collect();
    if !path.starts_with(b"/") {
        return path;
    }
    let mut out: Vec<&[u8]> = Vec::new();
    let segments: Vec<&[u8]> = path[1..].split(|b| *b == b'/').collect();
    let last = segments.len() - 1;
    for (i, segment) in segments.into_iter().enumerate() {
        match segment {
            b"." => {}
            b".." => {
                out.pop();
            }
            b"" if i < last => {}
            _ => {
                out.push(segment);
                continue;
            }
        }
        if i == last {
            out.push(b"");
        }
    }
    [b"/", &out.join(&b'/')[..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

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
