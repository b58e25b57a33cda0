use std::borrow::Cow;
use std::net::IpAddr;

use crate::interop::Told;
use crate::messages::{Text, Words, replay as say};
use crate::net::Scheme;

/// A request as a line of a log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen<'a> {
    /// Who asked.
    pub from: IpAddr,
    /// How.
    pub scheme: Scheme,
    /// The host as written; for a request that names none, the server's address or nothing.
    pub host: Cow<'a, str>,
    /// The server's port; 0 for ICMP.
    pub port: u16,
    /// What the line tells of how the client asked.
    pub told: Told<'a>,
    /// Path and query, as written; nothing where the protocol or the line has none.
    pub path: Cow<'a, str>,
    /// The server's address, if the line has it.
    pub dst: Option<IpAddr>,
    /// What became of it then.
    pub logged: Logged,
    /// The connection, where events of one carry its number.
    pub flow: Option<u64>,
    /// What the line does not say.
    pub unsaid: Option<Unsaid>,
}

/// What a log says became of a request. The later in this list is the last word of several lines about one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Logged {
    /// It does not say.
    Nothing,
    /// It got through.
    Pass,
    /// A proxy refused it.
    Denied,
    /// It was dropped.
    Drop,
    /// It was answered with a reset.
    Reject,
}

impl Logged {
    /// Every one, in ascending order.
    pub const ALL: [Self; 5] = [Self::Nothing, Self::Pass, Self::Denied, Self::Drop, Self::Reject];

    /// Its word in JSON and CSV.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "unknown",
            Self::Pass => "pass",
            Self::Denied => "denied",
            Self::Drop => "drop",
            Self::Reject => "reject",
        }
    }

    /// Its word for people; nothing where the log does not say it.
    #[must_use]
    pub fn words(self) -> Option<Words> {
        (self != Self::Nothing).then(|| say::outcome_word(self.word()))
    }

    /// Its place in [`Self::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// What a line does not say of a request, without which the verdict may not be known; the later in this list, the more it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unsaid {
    /// Which of the two sides began.
    Sides,
    /// Which protocol was spoken: an event before the client said anything.
    Protocol,
    /// What was said in a protocol that no request can be asked in.
    Other,
    /// Which name was asked for.
    Name,
    /// How the client asked: its method, its headers, what it offers, the case of the name.
    Client,
}

impl Unsaid {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Sides, Self::Protocol, Self::Other, Self::Name, Self::Client];

    /// It in words, for people.
    #[must_use]
    pub fn words(self) -> Text {
        match self {
            Self::Sides => say::unsaid_sides(),
            Self::Protocol => say::unsaid_protocol(),
            Self::Other => say::unsaid_other(),
            Self::Name => say::unsaid_name(),
            Self::Client => say::unsaid_client(),
        }
    }

    /// Its word in JSON and CSV.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Protocol => "protocol",
            Self::Other => "other",
            Self::Name => "name",
            Self::Client => "client",
            Self::Sides => "sides",
        }
    }
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the file.
    pub file: u32,
    /// Line, from 1.
    pub line: u64,
}
