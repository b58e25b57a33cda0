use std::net::IpAddr;

use super::{Flow, Http, Quic, Request, Scheme, Talk};

/// Another way in which clients send the same request. What differs is what a firewall sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClientVariant {
    /// A hello with a post-quantum key share: too large for one segment.
    PostQuantum,
    /// TLS without a server name.
    NoServerName,
    /// The name in capitals.
    UpperCase,
    /// The name with the dot of the root behind it.
    TrailingDot,
    /// HTTP whose `Host` names the port, in capitals as some clients write it.
    HostWithPort,
    /// HTTP in the clear on port 443.
    PlainOn443,
    /// QUIC (HTTP/3) instead of TLS over TCP.
    Quic,
    /// A second request to another name on the connection of the first.
    SecondRequest,
    /// `CONNECT`, by a client that still believes in a proxy.
    Connect,
}

/// Padding that makes a hello as large as one with an X25519MLKEM768 key share (1,216 bytes; RFC 9794, FIPS 203).
const POST_QUANTUM_BYTES: usize = 1_216;
/// What one segment carries on a usual path (MTU 1,500 less 40 bytes of headers).
const SEGMENT: usize = 1_460;
/// The name that a second request asks for.
const OTHER_NAME: &str = "another.example";

impl ClientVariant {
    /// Every variant.
    pub const ALL: [Self; 9] = [
        Self::PostQuantum,
        Self::NoServerName,
        Self::UpperCase,
        Self::TrailingDot,
        Self::HostWithPort,
        Self::PlainOn443,
        Self::Quic,
        Self::SecondRequest,
        Self::Connect,
    ];

    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PostQuantum => "post-quantum",
            Self::NoServerName => "no-server-name",
            Self::UpperCase => "upper-case",
            Self::TrailingDot => "trailing-dot",
            Self::HostWithPort => "host-with-port",
            Self::PlainOn443 => "plain-on-443",
            Self::Quic => "quic",
            Self::SecondRequest => "second-request",
            Self::Connect => "connect",
        }
    }

    /// The variants that say something about `request`, in the order in which they are shown.
    #[must_use]
    pub fn of(request: &Request) -> Vec<Self> {
        let named = request.host.parse::<IpAddr>().is_err();
        match request.scheme {
            Scheme::Https if named => vec![
                Self::PostQuantum,
                Self::UpperCase,
                Self::TrailingDot,
                Self::NoServerName,
                Self::PlainOn443,
                Self::Quic,
                Self::Connect,
            ],
            Scheme::Https => vec![Self::PostQuantum, Self::PlainOn443, Self::Quic],
            Scheme::Http if named => vec![
                Self::UpperCase,
                Self::HostWithPort,
                Self::TrailingDot,
                Self::SecondRequest,
                Self::PlainOn443,
                Self::Connect,
            ],
            Scheme::Http => vec![Self::SecondRequest, Self::PlainOn443],
            Scheme::Quic if named => vec![Self::UpperCase],
            Scheme::Quic | Scheme::Tcp | Scheme::Udp | Scheme::Icmp | Scheme::Dns => Vec::new(),
        }
    }

    /// The flow that such a client sends for `request` to `dst`.
    #[must_use]
    pub fn flow(self, request: &Request, dst: IpAddr) -> Flow {
        let usual = request.flow(dst);
        let named = |host: String| Request { host, ..request.clone() }.flow(dst);
        match self {
            Self::PostQuantum => Flow {
                talk: with_tls(usual.talk, |tls| tls.pad = POST_QUANTUM_BYTES),
                split: Some(SEGMENT),
                ..usual
            },
            Self::NoServerName => {
                Flow { talk: with_tls(usual.talk, |tls| tls.sni = None), ..usual }
            }
            Self::UpperCase => named(request.host.to_ascii_uppercase()),
            Self::TrailingDot => named(format!("{}.", request.host)),
            Self::HostWithPort => {
                let host = format!("{}:{}", request.host.to_ascii_uppercase(), request.port);
                http(usual, vec![get(&host, &request.path)])
            }
            Self::PlainOn443 => {
                let port = if request.scheme == Scheme::Https { request.port } else { 443 };
                let host = format!("{}:{port}", request.host);
                Flow { dst_port: port, ..http(usual, vec![get(&host, &request.path)]) }
            }
            Self::Quic => {
                let sni = named_bytes(request);
                Flow { talk: Talk::Quic(Quic { sni }), ..usual }
            }
            Self::SecondRequest => {
                let first = match &usual.talk {
                    Talk::Http(http) => http.requests.clone(),
                    _ => vec![get(&request.host, &request.path)],
                };
                let second = get(OTHER_NAME, "/");
                http(usual, first.into_iter().chain([second]).collect())
            }
            Self::Connect => {
                let to = format!("{}:{}", request.host, request.port);
                let line = format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n\r\n");
                Flow { dst_port: 3128, ..http(usual, vec![line.into_bytes()]) }
            }
        }
    }
}

fn with_tls(talk: Talk, change: impl FnOnce(&mut super::Tls)) -> Talk {
    match talk {
        Talk::Tls(mut tls) => {
            change(&mut tls);
            Talk::Tls(tls)
        }
        other => other,
    }
}

fn http(usual: Flow, requests: Vec<Vec<u8>>) -> Flow {
    Flow { talk: Talk::Http(Http { requests }), ..usual }
}

fn get(host: &str, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: curl/8.4.0\r\nAccept: */*\r\n\r\n")
        .into_bytes()
}

fn named_bytes(request: &Request) -> Option<Vec<u8>> {
    request.host.parse::<IpAddr>().is_err().then(|| request.host.clone().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flows(url: &str) -> Vec<(ClientVariant, Flow)> {
        let request = Request::parse("10.1.2.3", url, None).unwrap();
        let dst = "203.0.113.5".parse().unwrap();
        ClientVariant::of(&request).into_iter().map(|v| (v, v.flow(&request, dst))).collect()
    }

    #[test]
    fn every_variant_differs_from_what_a_usual_client_sends() {
        for url in
            ["https://a.example", "http://a.example/x", "quic://a.example", "https://203.0.113.5"]
        {
            let request = Request::parse("10.1.2.3", url, None).unwrap();
            let usual = request.flow("203.0.113.5".parse().unwrap());
            for (variant, flow) in flows(url) {
                assert_ne!(flow, usual, "{url}: {variant:?}");
            }
        }
    }

    #[test]
    fn host_header_of_the_second_request_names_another_site() {
        let all = flows("http://a.example/x");
        let (_, second) = all.iter().find(|(v, _)| *v == ClientVariant::SecondRequest).unwrap();
        let Talk::Http(http) = &second.talk else { panic!("not http") };
        assert_eq!(http.requests.len(), 2);
        assert!(String::from_utf8_lossy(&http.requests[1]).contains("Host: another.example\r\n"));
    }
}
