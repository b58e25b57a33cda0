use std::net::IpAddr;

use super::log_line::logged_request;
use super::refresh::TestInput;
use crate::interop::{LogError, LogEvent};
use crate::net::parse_cidr;

/// What somebody pasted, as far as the text tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pasted {
    /// A line of a firewall's log, and how many more lines came with it.
    Log(Box<LogEvent>, usize),
    /// Something like a line of a log that cannot be used, and why.
    NoLog(LogError),
    /// A source and a URL, perhaps an address of the server.
    Request(TestInput),
    /// A URL.
    Url(String),
    /// Anything else.
    Text,
}

impl Pasted {
    /// Looks what `text` is. A log line is told by its first brace: what stands before it, a log group's
    /// name or a time, is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text.trim_start_matches('\u{feff}').starts_with(['{', '[']) || text.contains("{\"") {
            return match LogEvent::first_of(text) {
                Ok((event, more)) => Self::Log(Box::new(event), more),
                Err(error) => Self::NoLog(error),
            };
        }
        let arrow = |word: &&str| !matches!(*word, "→" | "->" | "at");
        let words: Vec<&str> = text.split_whitespace().filter(arrow).collect();
        match words[..] {
            [url] if is_url(url) => Self::Url(url.to_owned()),
            [from, url] if is_request(from, url) => Self::request(from, url, ""),
            [from, url, dst] if is_request(from, url) && dst.parse::<IpAddr>().is_ok() => {
                Self::request(from, url, dst)
            }
            _ => Self::Text,
        }
    }

    fn request(from: &str, url: &str, dst: &str) -> Self {
        let [from, url, dst] = [from, url, dst].map(str::to_owned);
        Self::Request(TestInput { from, url, dst })
    }

    /// What the test bar is to hold, where the text says it all.
    #[must_use]
    pub fn test(&self) -> Option<TestInput> {
        match self {
            Self::Log(event, _) => Some(logged_request(event)),
            Self::Request(test) => Some(test.clone()),
            Self::NoLog(_) | Self::Url(_) | Self::Text => None,
        }
    }
}

fn is_url(word: &str) -> bool {
    word.contains("://")
}

/// Whether two words are a source and what it asks for: one of the two must be sure.
fn is_request(from: &str, url: &str) -> bool {
    parse_cidr(from).is_ok() && url.contains(['.', ':']) || is_url(url) && !is_url(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(from: &str, url: &str, dst: &str) -> TestInput {
        let [from, url, dst] = [from, url, dst].map(str::to_owned);
        TestInput { from, url, dst }
    }

    #[test]
    fn source_and_url_are_told_from_other_words() {
        for (text, from, url, dst) in [
            ("10.1.2.3 https://a.example/x\n", "10.1.2.3", "https://a.example/x", ""),
            ("payroll https://a.example", "payroll", "https://a.example", ""),
            ("10.1.0.0/16\tpypi.org", "10.1.0.0/16", "pypi.org", ""),
            (
                "10.1.2.3 → tcp://a.example:22 at 203.0.113.5",
                "10.1.2.3",
                "tcp://a.example:22",
                "203.0.113.5",
            ),
        ] {
            assert_eq!(Pasted::read(text).test(), Some(test(from, url, dst)), "{text}");
        }
        assert_eq!(Pasted::read(" https://a.example\n"), Pasted::Url("https://a.example".into()));
        for text in ["", "10.1.2.3", "a.example", "two words", "pass tls any any -> any any"] {
            assert_eq!(Pasted::read(text), Pasted::Text, "{text}");
        }
    }

    #[test]
    fn log_line_is_told_by_its_first_brace() {
        let line = r#"{"event_type":"alert","src_ip":"10.1.2.3","src_port":1,"dest_ip":"203.0.113.9","dest_port":443,"proto":"TCP","app_proto":"tls","tls":{"sni":"a.example"},"alert":{"signature_id":7}}"#;
        let asked = Some(test("10.1.2.3", "https://a.example", "203.0.113.9"));
        for text in [
            line.to_owned(),
            format!("2026-01-02T03:04:05 alerts {line}\n"),
            format!("\n{line}\n{line}\n"),
        ] {
            assert_eq!(Pasted::read(&text).test(), asked, "{text}");
        }
        let Pasted::Log(_, more) = Pasted::read(&format!("{line}\n{line}\n\n{line}")) else {
            panic!("no log line")
        };
        assert_eq!(more, 2);
        assert!(matches!(Pasted::read(&line[..90]), Pasted::NoLog(LogError::NotJson(_))));
        assert!(matches!(Pasted::read("{}"), Pasted::NoLog(LogError::Lacks(_))));
    }
}
