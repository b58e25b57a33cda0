//! What rules ask of how a client asks: method, headers, what it offers, the case of names. Some lines tell some of it.

use std::borrow::Cow;
use std::ops::Deref;

use hashbrown::Equivalent;

use super::seen::Seen;
use crate::analysis::is_a_space;
use crate::interop::Told;
use crate::net::{Manner, Scheme};
use crate::suricata::{BufferMatch, ContentTest, RuleList, RuleOption, Transform};

/// Which of these some rule asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Habits {
    /// `http.method`.
    method: bool,
    /// `http.user_agent`.
    agent: bool,
    /// `http.referer`.
    referer: bool,
    /// Other headers, or the whole of them.
    headers: bool,
    /// The version of TLS.
    version: bool,
    /// What else a client offers in its hello, other than the name.
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
            agent: any(|buffer| buffer.buffer.name() == "http.user_agent"),
            referer: any(|buffer| buffer.buffer.name() == "http.referer"),
            headers: any(asks_headers),
            version: rules.iter().flat_map(|rule| &rule.options).any(version),
            hello: any(|buffer| ["ja3.hash", "ja4.hash"].contains(&buffer.buffer.name())),
            case: any(asks_case),
        }
    }

    /// Whether the verdict on what a line tells may hang on what it does not tell of the client.
    pub(super) fn tell_apart(self, seen: &Seen<'_>) -> bool {
        let case = self.case && seen.host.bytes().any(|byte| byte.is_ascii_uppercase());
        let told = &seen.told;
        case || match seen.scheme {
            Scheme::Http => {
                self.headers
                    || (self.method && told.method.is_none())
                    || (self.agent && told.agent.is_none())
                    || (self.referer && told.referer.is_none())
            }
            Scheme::Https => self.hello || (self.version && told.version.is_none()),
            Scheme::Quic => self.hello || self.version,
            Scheme::Tcp | Scheme::Udp | Scheme::Icmp | Scheme::Dns => false,
        }
    }

    /// Whether some line could tell of the client what these rules ask.
    pub(super) const fn any_told(self) -> bool {
        self.method || self.agent || self.referer || self.version
    }

    /// What a line tells of the client, as far as rules ask for it.
    pub(super) fn manner<'s>(self, seen: &'s Seen<'_>) -> Told<'s> {
        let Told { version, method, agent, referer } = &seen.told;
        let http = seen.scheme == Scheme::Http;
        Told {
            version: version.filter(|_| self.version && seen.scheme == Scheme::Https),
            method: lent(method).filter(|_| self.method && http),
            agent: lent(agent).filter(|_| self.agent && http),
            referer: lent(referer).filter(|_| self.referer && http),
        }
    }

    /// Whether it may hang on that for some request of this protocol.
    pub(super) const fn matter(self, scheme: Scheme) -> bool {
        match scheme {
            Scheme::Http => self.headers || self.method || self.agent || self.referer || self.case,
            Scheme::Https | Scheme::Quic => self.hello || self.version || self.case,
            Scheme::Dns => self.case,
            Scheme::Tcp | Scheme::Udp | Scheme::Icmp => false,
        }
    }
}

/// The same text, without a copy.
fn lent<'s, S: Deref<Target = str>>(said: &'s Option<S>) -> Option<Cow<'s, str>> {
    said.as_deref().map(Cow::Borrowed)
}

/// A manner as it is looked up: it hashes like the manner, and nothing is copied.
pub(super) fn as_told(manner: &Manner) -> Told<'_> {
    let Manner { version, method, agent, referer } = manner;
    Told { version: *version, method: lent(method), agent: lent(agent), referer: lent(referer) }
}

/// What is told as a manner that is kept.
pub(super) fn kept(told: &Told<'_>) -> Manner {
    let own = |said: &Option<Cow<'_, str>>| said.as_deref().map(str::to_owned);
    Manner {
        version: told.version,
        method: own(&told.method),
        agent: own(&told.agent),
        referer: own(&told.referer),
    }
}

impl Equivalent<Manner> for Told<'_> {
    fn equivalent(&self, manner: &Manner) -> bool {
        *self == as_told(manner)
    }
}

/// Whether a buffer holds what a client says of itself and no line tells: of HTTP everything but method, host, path, `User-Agent`
/// and `Referer`.
fn asks_headers(buffer: &BufferMatch) -> bool {
    let told = [
        "http.method",
        "http.user_agent",
        "http.referer",
        "http.host",
        "http.host.raw",
        "http.uri",
        "http.uri.raw",
    ];
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
