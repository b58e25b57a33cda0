use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use thiserror::Error;

use super::address::literal;

use super::{
    Dns, DomainPattern, Flow, Http, Icmp, IpSet, Manner, Quic, Talk, Tcp, Tls, TlsVersion, Udp,
};
use crate::messages::{Lang, Text, Words, request as say};

/// The port from which usual clients ask, in every flow that is not recorded.
pub const CLIENT_PORT: u16 = 40_000;

/// The beginning of a test's URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// TLS, port 443 when none is written.
    Https,
    /// HTTP/1, port 80 when none is written.
    Http,
    /// Bytes over TCP; the port must be written.
    Tcp,
    /// Bytes over UDP; the port must be written.
    Udp,
    /// An echo request.
    Icmp,
    /// A DNS query over UDP to the server named by `dst`, port 53 when none is written.
    Dns,
    /// QUIC, port 443 when none is written.
    Quic,
}

/// Something a person typed that is not what the firewall sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestNote {
    /// No scheme was written: https is meant.
    AssumedHttps,
    /// The path of an https URL: TLS hides it from the firewall.
    PathHidden,
    /// The host is written with capitals or outside ASCII: clients send it in lower case, in punycode.
    Normalised,
}

/// A test: who asks for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The client's address.
    pub from: IpAddr,
    /// The beginning of the URL.
    pub scheme: Scheme,
    /// Host name in lower case and punycode, or an address; for DNS the name asked for.
    pub host: String,
    /// The server's port; 0 for ICMP.
    pub port: u16,
    /// Path and query, at least `/`.
    pub path: String,
    /// The server's address, if it is given or the host is one.
    pub dst: Option<IpAddr>,
    /// What to tell the person about what was typed.
    pub notes: Vec<RequestNote>,
}

/// Why a request cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.words().say(Lang::English))]
pub enum RequestError {
    /// The source is not an address.
    From(String),
    /// The destination is not an address.
    Dst(String),
    /// Nothing to ask for.
    NoUrl,
    /// A user name, and perhaps a password, before the host.
    UserInfo,
    /// A scheme that is not known.
    Scheme(String),
    /// The host is not a name and not an address.
    Host(String, Words),
    /// The port is not one.
    Port(String),
    /// A scheme without a default port.
    NoPort(&'static str, String),
    /// Addresses of two families.
    Families(IpAddr, IpAddr),
}

impl RequestError {
    /// What is wrong, and what to write instead.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::From(text) => say::no_source_address(text),
            Self::Dst(text) => say::no_destination_address(text),
            Self::NoUrl => say::NO_URL.into(),
            Self::UserInfo => say::USER_INFO.into(),
            Self::Scheme(scheme) => say::unknown_scheme(scheme),
            Self::Host(host, why) => say::no_host(host, *why),
            Self::Port(text) => say::no_port_number(text),
            Self::NoPort(scheme, host) => say::port_needed(scheme, host),
            Self::Families(from, to) => say::two_families(&from.to_string(), &to.to_string()),
        }
    }
}

/// A text that somebody typed, short enough to stand in a sentence about it.
#[must_use]
pub fn short(text: &str) -> String {
    const ENOUGH: usize = 60;
    if text.chars().count() <= ENOUGH {
        return text.to_owned();
    }
    text.chars().take(ENOUGH - 1).chain(['…']).collect()
}

impl Scheme {
    /// Every scheme.
    pub const ALL: [Self; 7] =
        [Self::Https, Self::Http, Self::Tcp, Self::Udp, Self::Icmp, Self::Dns, Self::Quic];

    /// Returns the word before `://`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Icmp => "icmp",
            Self::Dns => "dns",
            Self::Quic => "quic",
        }
    }

    const fn default_port(self) -> Option<u16> {
        match self {
            Self::Https | Self::Quic => Some(443),
            Self::Http => Some(80),
            Self::Dns => Some(53),
            Self::Icmp => Some(0),
            Self::Tcp | Self::Udp => None,
        }
    }
}

impl Request {
    /// Reads what a person typed: a source address, a URL, and perhaps a destination address.
    ///
    /// # Errors
    /// [`RequestError`], which says what to write instead.
    pub fn parse(from: &str, url: &str, dst: Option<&str>) -> Result<Self, RequestError> {
        let from_ip = from.trim().parse().map_err(|_| RequestError::From(short(from.trim())))?;
        let given = match dst.map(str::trim).filter(|d| !d.is_empty()) {
            Some(d) => Some(d.parse().map_err(|_| RequestError::Dst(short(d)))?),
            None => None,
        };
        let url = url.trim();
        let mut notes = Vec::new();
        let (scheme, rest) = split_scheme(url, &mut notes)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.contains('@') {
            return Err(RequestError::UserInfo);
        }
        let (host, port) = split_port(authority)?;
        let literal = literal(host);
        let host = match literal {
            Some(address) => address.to_string(),
            None => host_name(host, &mut notes)?,
        };
        let port = port
            .or(scheme.default_port())
            .ok_or_else(|| RequestError::NoPort(scheme.word(), host.clone()))?;
        let path = path.split('#').next().unwrap_or_default();
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        if scheme == Scheme::Https && path != "/" {
            notes.push(RequestNote::PathHidden);
        }
        let dst = given.or(if scheme == Scheme::Dns { None } else { literal });
        if let Some(dst) = dst
            && dst.is_ipv4() != IpAddr::is_ipv4(&from_ip)
        {
            return Err(RequestError::Families(from_ip, dst));
        }
        Ok(Self { from: from_ip, scheme, host, port, path, dst, notes })
    }

    /// Returns the flow that a usual client would send to `dst`.
    #[must_use]
    pub fn flow(&self, dst: IpAddr) -> Flow {
        let literal = self.host.parse::<IpAddr>().is_ok();
        let sni = (!literal).then(|| self.host.clone().into_bytes());
        let talk = match self.scheme {
            Scheme::Https => Talk::Tls(Tls {
                sni,
                version: TlsVersion::V1_3,
                alpn: Some(vec!["h2".into(), "http/1.1".into()]),
                pad: 0,
            }),
            Scheme::Http => Talk::Http(Http { requests: vec![self.http(&Manner::default())] }),
            Scheme::Tcp => Talk::Tcp(Tcp {
                banner: None,
                to_server: b"hello\r\n".to_vec(),
                to_client: b"hello\r\n".to_vec(),
            }),
            Scheme::Udp => {
                Talk::Udp(Udp { to_server: b"hello".to_vec(), to_client: b"hello".to_vec() })
            }
            Scheme::Icmp => {
                let itype = if dst.is_ipv4() { 8 } else { 128 };
                Talk::Icmp(Icmp { itype, icode: 0 })
            }
            Scheme::Dns => Talk::Dns(Dns { name: self.host.clone(), record: "A".into() }),
            Scheme::Quic => Talk::Quic(Quic { sni }),
        };
        Flow {
            src: self.from,
            dst,
            src_port: CLIENT_PORT,
            dst_port: self.port,
            talk,
            reply: true,
            extra_acks: false,
            split: None,
            reset: false,
            ttl: 64,
        }
    }

    /// An address outside every private range, of the source's family: what an unknown name is likely to resolve to.
    #[must_use]
    pub fn somewhere(&self) -> IpAddr {
        match self.from {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::new(198, 51, 100, 77)),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0xffff, 0, 0, 0, 0, 0x77)),
        }
    }

    /// Addresses that stand for a server's unknown one: [`Self::somewhere`] first, all in ranges kept for
    /// documentation (RFC 5737, RFC 3849, RFC 9637), which no network of its own has.
    #[must_use]
    pub fn stand_ins(&self) -> [IpAddr; 3] {
        let others = match self.from {
            IpAddr::V4(_) => [[203, 0, 113, 77], [192, 0, 2, 77]].map(IpAddr::from),
            IpAddr::V6(_) => {
                let other = |first, second| IpAddr::from([first, second, 0xffff, 0, 0, 0, 0, 0x78]);
                [other(0x2001_u16, 0xdb8), other(0x3fff, 0)]
            }
        };
        [self.somewhere(), others[0], others[1]]
    }

    /// One address of `set`, a stand-in where it holds one; `None` when it is empty.
    #[must_use]
    pub fn somewhere_in(&self, set: &IpSet) -> Option<IpAddr> {
        self.stand_ins().into_iter().find(|a| set.contains(*a)).or_else(|| set.first())
    }

    /// The bytes that a client sends: the Host header carries the port when it is not 80.
    pub(super) fn http(&self, manner: &Manner) -> Vec<u8> {
        let host =
            if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        let host = if self.port == 80 { host } else { format!("{host}:{}", self.port) };
        let method = manner.method.as_deref().unwrap_or("GET");
        let agent = manner.agent.as_deref().unwrap_or("curl/8.4.0");
        let referer = manner.referer.as_ref();
        let referer = referer.map(|from| format!("Referer: {from}\r\n")).unwrap_or_default();
        format!(
            "{method} {} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\n{referer}Accept: */*\r\n\r\n",
            self.path
        )
        .into_bytes()
    }
}

fn split_scheme<'a>(
    url: &'a str,
    notes: &mut Vec<RequestNote>,
) -> Result<(Scheme, &'a str), RequestError> {
    if url.is_empty() {
        return Err(RequestError::NoUrl);
    }
    let Some((word, rest)) = url.split_once("://") else {
        notes.push(RequestNote::AssumedHttps);
        return Ok((Scheme::Https, url));
    };
    Scheme::ALL
        .into_iter()
        .find(|s| s.word().eq_ignore_ascii_case(word))
        .map(|s| (s, rest))
        .ok_or_else(|| RequestError::Scheme(short(word)))
}

/// Splits `host:port`; an IPv6 address needs brackets to carry a port.
fn split_port(authority: &str) -> Result<(&str, Option<u16>), RequestError> {
    let colon = match authority.rfind(']') {
        Some(bracket) => authority[bracket..].find(':').map(|i| bracket + i),
        None if authority.matches(':').count() > 1 => None,
        None => authority.find(':'),
    };
    let Some(colon) = colon else {
        return Ok((authority, None));
    };
    let text = &authority[colon + 1..];
    match text.parse::<u16>() {
        Ok(port) if port > 0 => Ok((&authority[..colon], Some(port))),
        _ => Err(RequestError::Port(short(text))),
    }
}

fn host_name(host: &str, notes: &mut Vec<RequestNote>) -> Result<String, RequestError> {
    let bad = |why: Words| RequestError::Host(short(host), why);
    match host.parse::<DomainPattern>() {
        Ok(DomainPattern::Exact(name)) => {
            if name != host {
                notes.push(RequestNote::Normalised);
            }
            Ok(name)
        }
        Ok(_) => Err(bad(say::host::ONE_NAME)),
        Err(_) => Err(bad(what_is_wrong(host))),
    }
}

/// Why a text is no host name, and what to write instead.
fn what_is_wrong(host: &str) -> Words {
    match host {
        "" => say::host::EMPTY,
        _ if host.contains('%') => say::host::ZONE,
        _ if host.ends_with('.') => say::host::DOT,
        _ if host.chars().count() > 253 => say::host::LONG,
        _ => say::host::CHARACTERS,
    }
}

/// Writes the request as a URL, with the port only where it is not the scheme's own.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host =
            if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        write!(f, "{}://{host}", self.scheme.word())?;
        if Some(self.port) != self.scheme.default_port() {
            write!(f, ":{}", self.port)?;
        }
        if self.path == "/" { Ok(()) } else { f.write_str(&self.path) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Request {
        Request::parse("10.1.2.3", url, None).unwrap()
    }

    #[test]
    fn bare_name_means_https_and_says_so() {
        let request = parse("github.com");
        assert_eq!((request.scheme, request.port), (Scheme::Https, 443));
        assert_eq!(request.notes, [RequestNote::AssumedHttps]);
    }

    #[test]
    fn path_of_https_is_said_to_be_hidden() {
        assert_eq!(parse("https://a.example/x").notes, [RequestNote::PathHidden]);
    }

    #[test]
    fn host_header_carries_an_unusual_port() {
        let Talk::Http(http) =
            parse("http://a.example:8080/x").flow("203.0.113.5".parse().unwrap()).talk
        else {
            panic!("not http")
        };
        assert!(String::from_utf8_lossy(&http.requests[0]).contains("Host: a.example:8080\r\n"));
    }

    #[test]
    fn address_in_the_url_is_the_destination_and_sends_no_sni() {
        let request = parse("https://203.0.113.9");
        assert_eq!(request.dst, Some("203.0.113.9".parse().unwrap()));
        let Talk::Tls(tls) = request.flow(request.dst.unwrap()).talk else { panic!("not tls") };
        assert_eq!(tls.sni, None);
    }

    #[test]
    fn wrong_requests_say_what_to_write() {
        for (url, part) in [
            ("", "no URL"),
            ("ftp://a.example", "not known"),
            ("tcp://a.example", "needs a port"),
            ("https://a.example:99999", "not a port"),
            ("https://a b", "letters, digits"),
            ("https://user:secret@a.example", "leave out the user name"),
            ("https://[fe80::1%25eth0]/", "leave out the zone"),
            ("https://[::1", "is not a host"),
            ("https://a.example:0", "not a port"),
            ("https://a.example.", "leave out the dot"),
            ("https://", "behind `://`"),
            ("https://[2001:db8::1]", "different families"),
        ] {
            let error = Request::parse("10.1.2.3", url, None).unwrap_err().to_string();
            assert!(error.contains(part), "{url}: {error}");
        }
    }

    #[test]
    fn long_text_is_cut_where_it_is_named() {
        let long = format!("https://{}.example", "a".repeat(10_000));
        let error = Request::parse("10.1.2.3", &long, None).unwrap_err().to_string();
        assert!(error.contains("at most 253") && error.len() < 200, "{error}");
        assert!(
            Request::parse(&"1".repeat(10_000), "a.example", None).unwrap_err().to_string().len()
                < 200
        );
    }

    #[test]
    fn displayed_request_reads_back() {
        for url in [
            "https://a.example",
            "http://a.example:8080/x?y=1",
            "tcp://203.0.113.5:22",
            "icmp://203.0.113.5",
        ] {
            assert_eq!(parse(url).to_string(), url);
        }
    }
}
