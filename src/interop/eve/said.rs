//! What was asked for, as far as an event says it.

use std::borrow::Cow;

use super::ends::Transport;
use super::event::Missing;
use super::record::Record;
use super::value::Text;
use crate::net::{Scheme, TlsVersion, is_header_value, is_method};

/// What an event tells of how the client asked; nothing where it does not say it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Told<'a> {
    /// The version of TLS that both sides agreed on.
    pub version: Option<TlsVersion>,
    /// The method of HTTP.
    pub method: Option<Cow<'a, str>>,
    /// `User-Agent`.
    pub agent: Option<Cow<'a, str>>,
    /// `Referer`.
    pub referer: Option<Cow<'a, str>>,
}

/// What was asked for.
pub(super) struct Said<'a> {
    pub scheme: Scheme,
    pub host: Option<Cow<'a, str>>,
    pub path: Option<Cow<'a, str>>,
    pub missing: Option<Missing>,
    pub told: Told<'a>,
}

impl<'a> Said<'a> {
    fn plain(scheme: Scheme, missing: Option<Missing>) -> Self {
        Self { scheme, host: None, path: None, missing, told: Told::default() }
    }

    fn named(scheme: Scheme, host: Option<Cow<'a, str>>) -> Self {
        let missing = host.is_none().then_some(Missing::Name);
        Self { host, ..Self::plain(scheme, missing) }
    }

    pub(super) fn of(record: Record<'a>, transport: Transport) -> Self {
        let app = record.app_proto.get().unwrap_or_default();
        // Events of a protocol are named as it is, and need not say it again.
        let kind = record.event_type.get().unwrap_or_default();
        let is = |name: &str| app == name || (app.is_empty() && kind == name);
        match transport {
            Transport::Icmp => Self::plain(Scheme::Icmp, None),
            Transport::Tcp if is("tls") || (app.is_empty() && record.tls.is_some()) => {
                Self::tls(record)
            }
            Transport::Tcp if is("http") || app == "http1" => Self::http(record),
            Transport::Tcp if app == "http2" => Self::http2(record),
            Transport::Tcp if is("dns") => Self::plain(Scheme::Tcp, Some(Missing::DnsOverTcp)),
            Transport::Tcp if app.is_empty() => Self::plain(Scheme::Tcp, Some(Missing::Protocol)),
            // Also where none was known (`failed`): what was said is not told.
            Transport::Tcp => Self::plain(Scheme::Tcp, Some(Missing::Other)),
            Transport::Udp if is("quic") => {
                Self::named(Scheme::Quic, record.quic.and_then(|quic| quic.sni.said()))
            }
            Transport::Udp if is("dns") => {
                let dns = record.dns.unwrap_or_default();
                let name = dns.query.0.or(dns.rrname.0).filter(|name| !name.is_empty());
                Self::named(Scheme::Dns, name)
            }
            Transport::Udp if app.is_empty() => Self::plain(Scheme::Udp, Some(Missing::Protocol)),
            Transport::Udp => Self::plain(Scheme::Udp, Some(Missing::Other)),
        }
    }

    fn tls(record: Record<'a>) -> Self {
        let tls = record.tls.unwrap_or_default();
        let version = version(&tls.version);
        // What was seen of the whole hello says that there is no name in it.
        let known = tls.version.get().is_some_and(|version| version != "UNDETERMINED");
        let whole = tls.ja3.is_some() || tls.ja4.is_some() || known;
        let said = match tls.sni.said() {
            None if whole => Self::plain(Scheme::Https, None),
            name => Self::named(Scheme::Https, name),
        };
        Self { told: Told { version, ..Told::default() }, ..said }
    }

    /// Requests are asked in HTTP/1: of another version it is only told what was asked for.
    fn http2(record: Record<'a>) -> Self {
        let http = record.http.unwrap_or_default();
        let other = Some(Missing::Other);
        match http.hostname.said() {
            None => Self::plain(Scheme::Tcp, other),
            host => Self {
                host,
                path: http.url.said().filter(|url| is_path(url)),
                ..Self::plain(Scheme::Http, other)
            },
        }
    }

    fn http(record: Record<'a>) -> Self {
        let http = record.http.unwrap_or_default();
        let tunnel = http.http_method.is("CONNECT");
        // Who asks for a tunnel asks for its end, not for the host of the header.
        let path = http.url.said().filter(|url| is_path(url) && !tunnel);
        let named = Self::named(Scheme::Http, http.hostname.said());
        let missing = path.is_none().then_some(Missing::Name);
        let header = |said: Text<'a>| said.said().filter(|said| is_header_value(said));
        let told = Told {
            method: http.http_method.said().filter(|method| is_method(method)),
            agent: header(http.http_user_agent),
            referer: header(http.http_refer),
            version: None,
        };
        Self { path, missing: named.missing.or(missing), told, ..named }
    }
}

/// Whether a target can be sent as it is: a path, and nothing that ends it.
fn is_path(url: &str) -> bool {
    url.starts_with('/') && !url.chars().any(|c| c == ' ' || c.is_control())
}

/// A version as events write it.
///
/// Source: Suricata 7.0.10, `util-ja3.c`, `app-layer-ssl.c` `SSLVersionToString`: `TLSv1`, `TLS 1.1`, `TLS 1.2`, `TLS 1.3`.
fn version(text: &Text<'_>) -> Option<TlsVersion> {
    match text.get()? {
        "TLSv1" | "TLS 1.0" => Some(TlsVersion::V1_0),
        "TLS 1.1" => Some(TlsVersion::V1_1),
        "TLS 1.2" => Some(TlsVersion::V1_2),
        "TLS 1.3" => Some(TlsVersion::V1_3),
        _ => None,
    }
}
