//! What rules ask of how a client asks, where logs do not tell it: method, headers, what it offers, the case of names.

use super::seen::Seen;
use crate::analysis::is_a_space;
use crate::net::Scheme;
use crate::suricata::{BufferMatch, ContentTest, RuleList, RuleOption, Transform};

/// Which of these some rule asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Habits {
    /// `http.method`.
    method: bool,
    /// Other headers than the host, or the whole of them.
    headers: bool,
    /// What a client offers in its hello, other than the name.
    hello: bool,
    /// Names with their case.
    case: bool,
}

impl Habits {
    /// What these rules ask.
    pub(super) fn of(rules: &RuleList) -> Self {
        let any =
            |asks: fn(&BufferMatch) -> bool| rules.iter().flat_map(|rule| &rule.buffers).any(asks);
        let version = |option: &RuleOption| matches!(option, RuleOption::TlsVersion { .. });
        Self {
            method: any(|buffer| buffer.buffer.name() == "http.method"),
            headers: any(asks_headers),
            hello: any(|buffer| ["ja3.hash", "ja4.hash"].contains(&buffer.buffer.name()))
                || rules.iter().flat_map(|rule| &rule.options).any(version),
            case: any(asks_case),
        }
    }

    /// Whether the verdict on what a line tells may hang on what it does not tell of the client.
    pub(super) fn tell_apart(self, seen: &Seen<'_>) -> bool {
        let case = self.case && seen.host.bytes().any(|byte| byte.is_ascii_uppercase());
        case || match seen.scheme {
            Scheme::Http => self.headers || (self.method && !seen.get),
            Scheme::Https | Scheme::Quic => self.hello,
            Scheme::Tcp | Scheme::Udp | Scheme::Icmp | Scheme::Dns => false,
        }
    }

    /// Whether it may hang on that for some request of this protocol.
    pub(super) const fn matter(self, scheme: Scheme) -> bool {
        match scheme {
            Scheme::Http => self.headers || self.method || self.case,
            Scheme::Https | Scheme::Quic => self.hello || self.case,
            Scheme::Dns => self.case,
            Scheme::Tcp | Scheme::Udp | Scheme::Icmp => false,
        }
    }
}

/// Whether a buffer holds what a client says of itself: of HTTP everything but host and path.
fn asks_headers(buffer: &BufferMatch) -> bool {
    let told = ["http.method", "http.host", "http.host.raw", "http.uri", "http.uri.raw"];
    let name = buffer.buffer.name();
    name.starts_with("http.")
        && !told.contains(&name)
        && !(name == "http.start" && is_a_space(buffer))
}

/// Whether a buffer with a name is asked for letters in their case.
fn asks_case(buffer: &BufferMatch) -> bool {
    let names = ["tls.sni", "quic.sni", "dns.query", "http.host.raw"];
    let folds = [Transform::ToLowercase, Transform::ToUppercase];
    let test = |test: &ContentTest| match test {
        ContentTest::Content(content) => {
            !content.nocase && content.bytes.iter().any(u8::is_ascii_alphabetic)
        }
        ContentTest::Pcre(pcre) => !pcre.flags.contains('i'),
        ContentTest::IsDataAt { .. } | ContentTest::Bsize(_) | ContentTest::NotModelled(_) => false,
    };
    names.contains(&buffer.buffer.name())
        && !buffer.transforms.iter().any(|transform| folds.contains(transform))
        && buffer.tests.iter().any(test)
}
