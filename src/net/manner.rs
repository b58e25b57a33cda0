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
