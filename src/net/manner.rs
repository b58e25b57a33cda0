use std::net::IpAddr;

use super::{Flow, Request, Talk, TlsVersion};

/// How a client asks, where that is known and may be other than how a usual one does.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Manner {
    /// The highest version of TLS that it offers.
    pub version: Option<TlsVersion>,
    /// The method of HTTP.
    pub method: Option<String>,
    /// `User-Agent`.
    pub agent: Option<String>,
    /// `Referer`.
    pub referer: Option<String>,
}

/// Whether a method can be sent as it is: a token of RFC 9110, 5.6.2.
#[must_use]
pub fn is_method(text: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(token)
}

/// Whether the value of a header can be sent as it is, so that it is read back: nothing in it ends it, and no space around it is
/// lost.
#[must_use]
pub fn is_header_value(text: &str) -> bool {
    !text.chars().any(char::is_control) && text.trim_matches(' ') == text
}

impl Manner {
    /// Returns the flow that such a client would send to `dst`.
    #[must_use]
    pub fn flow(&self, request: &Request, dst: IpAddr) -> Flow {
        let usual = request.flow(dst);
        let talk = match usual.talk {
            Talk::Tls(tls) => {
                Talk::Tls(super::Tls { version: self.version.unwrap_or(tls.version), ..tls })
            }
            Talk::Http(_) => Talk::Http(super::Http { requests: vec![request.http(self)] }),
            other
            @ (Talk::Tcp(_) | Talk::Udp(_) | Talk::Icmp(_) | Talk::Dns(_) | Talk::Quic(_)) => other,
        };
        Flow { talk, ..usual }
    }

    /// Its parts as texts, each with its name.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let version = self.version.map(|version| ("version", version.word()));
        let http = [("method", &self.method), ("agent", &self.agent), ("referer", &self.referer)];
        let http = http.into_iter().filter_map(|(name, said)| Some((name, said.as_deref()?)));
        version.into_iter().chain(http)
    }
}
