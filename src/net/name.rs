use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::messages::{Lang, Text, request::name as say};

/// A domain name as a policy writes it; always lower case, in its ASCII (punycode) form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DomainPattern {
    /// `example.com`: that name only.
    Exact(String),
    /// `.example.com`: the name and everything below it.
    Tree(String),
    /// `*.example.com`: everything below the name, not the name itself.
    Below(String),
}

/// Why a domain name cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.words().say(Lang::English))]
pub enum NameError {
    /// Nothing is left of the name.
    Empty,
    /// A `*` somewhere else than in front.
    InnerStar,
    /// Not a host name.
    NotAName(String),
}

impl NameError {
    /// What is wrong with the name.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Empty => say::EMPTY.into(),
            Self::InnerStar => say::INNER_STAR.into(),
            Self::NotAName(name) => say::not_a_name(name),
        }
    }
}

impl DomainPattern {
    /// The name without its leading dot or star.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Exact(name) | Self::Tree(name) | Self::Below(name) => name,
        }
    }

    /// Whether the host name `host` (lower case) is meant by the pattern.
    #[must_use]
    pub fn matches(&self, host: &str) -> bool {
        let below = |name: &str| host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
        match self {
            Self::Exact(name) => host == name,
            Self::Tree(name) => host == name || below(name),
            Self::Below(name) => below(name),
        }
    }

    /// Whether every host that `other` means is meant by this pattern too.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (_, Self::Exact(name)) => self.matches(name),
            (Self::Tree(_), Self::Tree(name) | Self::Below(name)) => self.matches(name),
            (Self::Below(mine), Self::Below(name)) => mine == name || self.matches(name),
            (Self::Below(_), Self::Tree(name)) => self.matches(name),
            (Self::Exact(_), _) => false,
        }
    }
}

/// Returns the name in lower case and punycode, without a trailing dot's meaning changed.
fn ascii(name: &str) -> Result<String, NameError> {
    if name.is_empty() {
        return Err(NameError::Empty);
    }
    if name.contains('*') {
        return Err(NameError::InnerStar);
    }
    let bad = || NameError::NotAName(name.to_owned());
    let ascii = idna::domain_to_ascii(name).map_err(|_| bad())?;
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if ascii.len() > 253 || !ascii.split('.').all(label) {
        return Err(bad());
    }
    Ok(ascii)
}

impl FromStr for DomainPattern {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if let Some(rest) = text.strip_prefix("*.") {
            return Ok(Self::Below(ascii(rest)?));
        }
        match text.strip_prefix('.') {
            Some(rest) => Ok(Self::Tree(ascii(rest)?)),
            None => Ok(Self::Exact(ascii(text)?)),
        }
    }
}

/// Writes the pattern as a policy file does.
impl fmt::Display for DomainPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(name) => f.write_str(name),
            Self::Tree(name) => write!(f, ".{name}"),
            Self::Below(name) => write!(f, "*.{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> DomainPattern {
        text.parse().unwrap()
    }

    #[test]
    fn leading_dot_covers_the_name_and_its_subdomains_but_no_lookalike() {
        let tree = pattern(".Example.com");
        assert!(tree.matches("example.com") && tree.matches("a.b.example.com"));
        assert!(!tree.matches("notexample.com"));
    }

    #[test]
    fn star_does_not_cover_the_name_itself() {
        assert!(!pattern("*.example.com").matches("example.com"));
        assert!(pattern("*.example.com").matches("www.example.com"));
    }

    #[test]
    fn covering_follows_matching() {
        for (wide, narrow, expected) in [
            (".a.com", "a.com", true),
            (".a.com", "*.a.com", true),
            ("*.a.com", ".a.com", false),
            ("*.a.com", ".b.a.com", true),
            ("a.com", ".a.com", false),
        ] {
            assert_eq!(pattern(wide).covers(&pattern(narrow)), expected, "{wide} {narrow}");
        }
    }

    #[test]
    fn international_names_become_punycode() {
        assert_eq!(pattern("bücher.example").name(), "xn--bcher-kva.example");
    }

    #[test]
    fn malformed_names_are_refused() {
        for text in ["", ".", "a..b", "a b", "a*.com", "*.*.com"] {
            assert!(text.parse::<DomainPattern>().is_err(), "{text}");
        }
    }
}
