//! How a policy file writes what the model holds.

use std::fmt;

use super::{Accepted, CaseExpect, Endpoint, Path, Target, UrlTarget};
use crate::net::{Action, Protocol};

/// Writes the entry as a policy file does, without quotes.
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Source(name) => f.write_str(name),
            Self::Net(net) => address(*net, f),
        }
    }
}

/// Writes the entry as a policy file does, without quotes.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Name(name) => name.fmt(f),
            Self::List(name) => write!(f, "list:{name}"),
            Self::Url(url) => url.fmt(f),
            Self::Regex(regex) => write!(f, "regex:{regex}"),
            Self::Net(net) => address(*net, f),
        }
    }
}

/// Writes the entry as a policy file does, without quotes.
impl fmt::Display for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} because {}", self.code, self.reason)
    }
}

/// Writes the URL as a policy file does.
impl fmt::Display for UrlTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.protocol == Protocol::Tls { "https://" } else { "http://" })?;
        match &self.host {
            Some(host) => host.fmt(f)?,
            None => f.write_str("*")?,
        }
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        match &self.path {
            Path::Any => Ok(()),
            Path::Exact(path) => f.write_str(path),
            Path::Prefix(path) => write!(f, "{path}*"),
        }
    }
}

/// One address is written without its prefix.
fn address(net: ipnet::IpNet, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if net.prefix_len() == net.max_prefix_len() {
        write!(f, "{}", net.addr())
    } else {
        write!(f, "{net}")
    }
}

impl CaseExpect {
    /// Every expectation.
    pub const ALL: [Self; 3] = [Self::Pass, Self::Drop, Self::Reject];

    /// What must happen to the request.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Pass => Action::Pass,
            Self::Drop => Action::Drop,
            Self::Reject => Action::Reject,
        }
    }

    /// The word as it is written in a policy file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.action().word()
    }
}
