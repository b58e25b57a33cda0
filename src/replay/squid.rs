//! Squid's access log: its own format, and the common one.
//!
//! Source: Squid's configuration manual, `logformat`: `squid` is `%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt`, `common` is
//! `%>a %[ui %[un [%tl] "%rm %ru HTTP/%rv" %>Hs %<st %Ss:%Sh`.

use std::borrow::Cow;
use std::net::IpAddr;

use super::line::{Read, Why};
use super::seen::{Logged, Seen};
use super::url::{authority_parts, parts};
use crate::interop::Told;
use crate::net::{Scheme, is_method, logged_address};

/// Whether a line begins with a time as Squid writes it.
pub(super) fn is_native(line: &[u8]) -> bool {
    let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
    digits >= 9 && line.get(digits) == Some(&b'.') && {
        let rest = &line[digits + 1..];
        let parts = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        (1..=6).contains(&parts) && rest.get(parts) == Some(&b' ')
    }
}

/// Whether a line has the time in brackets and the request in quotes.
pub(super) fn is_common(line: &[u8]) -> bool {
    let head = &line[..line.len().min(512)];
    memchr::memmem::find(head, b" [").is_some_and(|at| {
        memchr::memmem::find(&head[at..], b"] \"").is_some()
            && memchr::memchr(b',', &head[..at]).is_none()
    })
}

/// The words of a line, which one or more spaces part.
struct Words<'a>(&'a [u8]);

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let begin = self.0.iter().position(|b| *b != b' ')?;
        let rest = &self.0[begin..];
        let end = memchr::memchr(b' ', rest).unwrap_or(rest.len());
        self.0 = &rest[end..];
        Some(&rest[..end])
    }
}

/// Reads a line of Squid's own format.
pub(super) fn native(line: &[u8]) -> Read<'_> {
    let mut words = Words(line);
    let mut next = |field| words.next().ok_or(Why::Lacks(field));
    let read = || -> Result<Read<'_>, Why> {
        next("time")?;
        next("duration")?;
        let client = next("client")?;
        let status = next("status")?;
        next("size")?;
        let method = next("method")?;
        let url = next("url")?;
        next("user")?;
        let peer = next("hierarchy")?;
        request(client, status, method, url, peer)
    };
    unreadable(read)
}

/// Reads a line of the common format; the status stands behind the quotes, Squid's word for it at the end.
pub(super) fn common(line: &[u8]) -> Read<'_> {
    let read = || -> Result<Read<'_>, Why> {
        let client = Words(line).next().ok_or(Why::Lacks("client"))?;
        let open = memchr::memmem::find(line, b"] \"").ok_or(Why::Lacks("request"))? + 3;
        let quoted = &line[open..];
        let close = memchr::memmem::find(quoted, b"\" ").ok_or(Why::Lacks("status"))?;
        let mut asked = Words(&quoted[..close]);
        let method = asked.next().ok_or(Why::Lacks("method"))?;
        let url = asked.next().ok_or(Why::Lacks("url"))?;
        let mut behind = Words(&quoted[close + 2..]);
        let code = behind.next().ok_or(Why::Lacks("status"))?;
        // `combined` has two fields in quotes before it.
        let word = behind.last().filter(|word| word.contains(&b':') && !word.ends_with(b"\""));
        let status =
            word.map_or(&b"-"[..], |word| word.split(|b| *b == b':').next().unwrap_or(b"-"));
        let denied = status.starts_with(b"TCP_DENIED");
        let peer = word.and_then(|word| word.split(|b| *b == b':').nth(1)).unwrap_or(b"-");
        let logged = match (denied, word.is_some() || code != b"403") {
            (true, _) if code == b"407" => Logged::Nothing,
            (false, _) if is_unasked(code, peer) => Logged::Nothing,
            (true, _) => Logged::Denied,
            (false, true) => Logged::Pass,
            // Without Squid's word nobody knows whether the proxy refused it, or the server.
            (false, false) => Logged::Nothing,
        };
        asked_for(client, method, url, None, logged)
    };
    unreadable(read)
}

fn unreadable<'a>(read: impl FnOnce() -> Result<Read<'a>, Why>) -> Read<'a> {
    read().unwrap_or_else(Read::Unreadable)
}

/// The server's address of `HIER_DIRECT/203.0.113.18`; that of a parent proxy is none of the server.
fn server(peer: &[u8]) -> Option<IpAddr> {
    let direct = [&b"HIER_DIRECT/"[..], b"DIRECT/", b"ORIGINAL_DST/"];
    let address = direct.iter().find_map(|word| peer.strip_prefix(*word))?;
    logged_address(address)
}

/// What Squid did: `TCP_DENIED/403` is its own refusal; a request for a password is no answer yet.
fn request<'a>(
    client: &'a [u8],
    status: &'a [u8],
    method: &'a [u8],
    url: &'a [u8],
    peer: &[u8],
) -> Result<Read<'a>, Why> {
    let code = status.rsplit(|b| *b == b'/').next().unwrap_or_default();
    let logged = match status {
        _ if status.starts_with(b"TCP_DENIED") && status.ends_with(b"/407") => Logged::Nothing,
        _ if status.starts_with(b"TCP_DENIED") => Logged::Denied,
        _ if is_unasked(code, peer) => Logged::Nothing,
        _ => Logged::Pass,
    };
    asked_for(client, method, url, server(peer), logged)
}

/// Whether no server was asked and the client got no answer but a fault, so that nothing got through: the name was not
/// found, the client went away (`000`).
fn is_unasked(code: &[u8], peer: &[u8]) -> bool {
    let none = [&b"HIER_NONE"[..], b"NONE"];
    let peer = peer.split(|b| *b == b'/').next().unwrap_or_default();
    none.contains(&peer) && (code == b"000" || (code.len() == 3 && code.starts_with(b"5")))
}

fn asked_for<'a>(
    client: &'a [u8],
    method: &'a [u8],
    url: &'a [u8],
    dst: Option<IpAddr>,
    logged: Logged,
) -> Result<Read<'a>, Why> {
    // What Squid could not read as a request.
    if url.starts_with(b"error:") {
        return Ok(Read::Other);
    }
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let from = logged_address(client).ok_or_else(|| Why::bad("client", &lossy(client)))?;
    let url = std::str::from_utf8(url).map_err(|_| Why::NotText)?;
    if method == b"CONNECT" {
        let (host, port) = authority_parts(url).ok_or_else(|| Why::bad("url", url))?;
        let port = port.ok_or_else(|| Why::bad("url", url))?;
        return Ok(Read::Request(Seen {
            from,
            scheme: Scheme::Https,
            host: Cow::Borrowed(host),
            port,
            told: Told::default(),
            path: Cow::Borrowed(""),
            dst: family(from, dst),
            logged,
            flow: None,
            unsaid: None,
        }));
    }
    let asked = parts(url).ok_or_else(|| Why::bad("url", url))?;
    let port = asked.port.ok_or_else(|| Why::bad("url", url))?;
    Ok(Read::Request(Seen {
        from,
        scheme: asked.scheme,
        host: Cow::Borrowed(asked.host),
        port,
        told: Told {
            method: std::str::from_utf8(method)
                .ok()
                .filter(|method| is_method(method))
                .map(Cow::Borrowed),
            ..Told::default()
        },
        path: Cow::Borrowed(asked.path),
        dst: family(from, dst),
        logged,
        flow: None,
        unsaid: None,
    }))
}

/// A proxy may ask over another family than its client: which address the client would ask is then not known.
fn family(from: IpAddr, dst: Option<IpAddr>) -> Option<IpAddr> {
    dst.filter(|dst| dst.is_ipv4() == from.is_ipv4())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(line: &str) -> Seen<'_> {
        let read = if is_native(line.as_bytes()) {
            native(line.as_bytes())
        } else {
            assert!(is_common(line.as_bytes()), "{line}");
            common(line.as_bytes())
        };
        match read {
            Read::Request(seen) => seen,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn tunnels_denials_and_plain_requests_are_read() {
        let tunnel = seen(
            "1759317294.123    245 10.20.4.151 TCP_TUNNEL/200 5123 CONNECT api.example.com:443 - HIER_DIRECT/203.0.113.18 -",
        );
        assert_eq!(
            (tunnel.scheme, &*tunnel.host, tunnel.port),
            (Scheme::Https, "api.example.com", 443)
        );
        assert_eq!((tunnel.dst, tunnel.logged), ("203.0.113.18".parse().ok(), Logged::Pass));
        let denied = seen(
            "1759317294.123      0 10.20.4.151 TCP_DENIED/403 3921 CONNECT bad.example.net:443 - HIER_NONE/- text/html",
        );
        assert_eq!((denied.dst, denied.logged), (None, Logged::Denied));
        let http = seen(
            "1759317294.123 5 2001:db8::1 TCP_MISS/200 1024 GET http://www.example.com:8080/path?q - HIER_DIRECT/192.0.2.9 text/html",
        );
        assert_eq!((&*http.host, http.port, &*http.path), ("www.example.com", 8080, "/path?q"));
        assert_eq!(http.dst, None, "the proxy asked over IPv4, the client has IPv6");
    }

    #[test]
    fn common_format_tells_who_refused_only_with_squids_word() {
        let line = |end: &str| {
            format!(
                r#"10.1.2.3 - bob [01/Oct/2025:11:14:54 +0000] "CONNECT api.example.com:443 HTTP/1.1" {end}"#
            )
        };
        assert_eq!(seen(&line("200 5123 TCP_TUNNEL:HIER_DIRECT")).logged, Logged::Pass);
        assert_eq!(seen(&line("403 5123 TCP_DENIED:HIER_NONE")).logged, Logged::Denied);
        assert_eq!(seen(&line("407 5123 TCP_DENIED:HIER_NONE")).logged, Logged::Nothing);
        assert_eq!(seen(&line("403 5123")).logged, Logged::Nothing);
        assert_eq!(
            seen(&line(r#"403 5123 "-" "curl/8" TCP_DENIED:HIER_NONE"#)).logged,
            Logged::Denied
        );
    }

    #[test]
    fn requests_that_came_to_no_server_say_nothing() {
        let native = |status: &str, peer: &str| {
            let line = format!(
                "1759317294.123 0 10.1.2.3 {status} 0 CONNECT api.example.com:443 - {peer} -"
            );
            seen(&line).logged
        };
        for status in ["NONE_NONE/000", "TCP_TUNNEL/503", "NONE/500"] {
            assert_eq!(native(status, "HIER_NONE/-"), Logged::Nothing, "{status}");
        }
        assert_eq!(native("TCP_MEM_HIT/200", "HIER_NONE/-"), Logged::Pass);
        assert_eq!(native("TCP_MISS/503", "HIER_DIRECT/203.0.113.18"), Logged::Pass);
        assert_eq!(native("TCP_DENIED/503", "HIER_NONE/-"), Logged::Denied);
        let common = |end: &str| {
            let line = format!(
                r#"10.1.2.3 - - [01/Oct/2025:11:14:54 +0000] "CONNECT api.example.com:443 HTTP/1.1" {end}"#
            );
            seen(&line).logged
        };
        assert_eq!(common("503 0 NONE_NONE:HIER_NONE"), Logged::Nothing);
        assert_eq!(common("200 9 TCP_MEM_HIT:HIER_NONE"), Logged::Pass);
    }
}
