//! Lines as firewalls write them, read in one pass. Whatever is written in another way is left to the general reader.
//!
//! INVARIANT: a line that is taken here is taken by `serde_json` as well, and read the same: the tests ask both.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::record::{Alert, Dns, Http, Quic, Record, Tls, Verdict};
use super::value::{Number, Resource, Text};

/// How deep objects and lists are followed; the general reader goes deeper.
const DEPTH: usize = 16;
/// More digits may not fit into a number.
const DIGITS: usize = 18;

/// Reads a line that is one object; nothing where it is none, or is written in a way that is not known here.
pub(super) fn record(line: &[u8]) -> Option<Record<'_>> {
    // No escapes, no control characters, nothing outside ASCII: every byte of a text stands for itself.
    let plain = |byte: &u8| (*byte >= b' ') & (*byte < 0x7f) & (*byte != b'\\');
    if !line.iter().fold(true, |all, byte| all & plain(byte)) {
        return None;
    }
    let mut walk = Walk { text: std::str::from_utf8(line).ok()?, at: 0 };
    walk.blank();
    let record = walk.record(DEPTH)?;
    walk.blank();
    (walk.at == line.len()).then_some(record)
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    fn blank(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// A text in quotes.
    fn quoted(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let begin = self.at;
        let length = quote(self.text.as_bytes().get(begin..)?)?;
        self.at = begin + length + 1;
        self.text.get(begin..begin + length)
    }

    /// An object; `field` reads the value of each key.
    fn object(&mut self, mut field: impl FnMut(&mut Self, &'a str) -> Option<()>) -> Option<()> {
        self.take(b'{')?;
        self.blank();
        if self.take(b'}').is_some() {
            return Some(());
        }
        loop {
            self.blank();
            let key = self.quoted()?;
            self.blank();
            self.take(b':')?;
            self.blank();
            field(self, key)?;
            self.blank();
            if self.take(b',').is_none() {
                return self.take(b'}');
            }
        }
    }

    /// Passes over a value.
    fn skip(&mut self, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match self.peek()? {
            b'"' => self.quoted().map(|_| ()),
            b'{' => self.object(|walk, _| walk.skip(depth)),
            b'[' => self.list(depth),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number_skipped(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<()> {
        self.take(b'[')?;
        self.blank();
        if self.take(b']').is_some() {
            return Some(());
        }
        loop {
            self.blank();
            self.skip(depth)?;
            self.blank();
            if self.take(b',').is_none() {
                return self.take(b']');
            }
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.text.get(self.at..)?.starts_with(word).then(|| self.at += word.len())
    }

    /// A whole number without a sign, of which it is certain that it fits.
    fn digits(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..)?;
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = rest.get(..length)?;
        let plain = (1..=DIGITS).contains(&length) && (length == 1 || !digits.starts_with('0'));
        self.at += length;
        plain.then_some(digits)
    }

    /// Numbers with signs and exponents are left to the general reader.
    fn number_skipped(&mut self) -> Option<()> {
        self.digits()?;
        if self.take(b'.').is_some() {
            let rest = self.text.get(self.at..)?;
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            self.at += length;
            (length > 0).then_some(())?;
        }
        (!matches!(self.peek(), Some(b'e' | b'E'))).then_some(())
    }

    // The general reader refuses what stands there twice, so each field is read into one that holds nothing yet.

    fn text(&mut self, to: &mut Text<'a>) -> Option<()> {
        let text = self.quoted()?;
        to.0.replace(Cow::Borrowed(text)).is_none().then_some(())
    }

    fn number(&mut self, to: &mut Number) -> Option<()> {
        let digits = if self.peek() == Some(b'"') { self.quoted()?.trim() } else { self.digits()? };
        let number = digits.parse().ok()?;
        // What goes on is no whole number.
        let ends = !matches!(self.peek(), Some(b'.' | b'e' | b'E'));
        (ends && to.0.replace(number).is_none()).then_some(())
    }

    /// Something, whatever it is, but for `null`.
    fn there(&mut self, to: &mut Option<IgnoredAny>, depth: usize) -> Option<()> {
        (self.peek() != Some(b'n')).then_some(())?;
        self.skip(depth)?;
        to.replace(IgnoredAny).is_none().then_some(())
    }

    fn record(&mut self, depth: usize) -> Option<Record<'a>> {
        let depth = depth.checked_sub(1)?;
        let mut read = Record::default();
        self.object(|walk, key| match key {
            "event" => {
                let event = Box::new(walk.record(depth)?);
                read.event.replace(event).is_none().then_some(())
            }
            // Events within texts and lists.
            "@message" | "message" | "logEvents" | "events" => None,
            "aws_metadata" => walk.resource(&mut read.resource, depth),
            "event_type" => walk.text(&mut read.event_type),
            "src_ip" => walk.text(&mut read.src_ip),
            "dest_ip" => walk.text(&mut read.dest_ip),
            "src_port" => walk.number(&mut read.src_port),
            "dest_port" => walk.number(&mut read.dest_port),
            "proto" => walk.text(&mut read.proto),
            "app_proto" => walk.text(&mut read.app_proto),
            "direction" => walk.text(&mut read.direction),
            "flow_id" => walk.number(&mut read.flow_id),
            "alert" => walk.within(&mut read.alert, |walk, alert: &mut Alert<'a>, key| match key {
                "action" => walk.text(&mut alert.action),
                "signature_id" => walk.number(&mut alert.signature_id),
                "signature" => walk.text(&mut alert.signature),
                _ => walk.skip(depth),
            }),
            "verdict" => {
                walk.within(&mut read.verdict, |walk, verdict: &mut Verdict<'a>, key| match key {
                    "action" => walk.text(&mut verdict.action),
                    "reject" => walk.there(&mut verdict.reject, depth),
                    _ => walk.skip(depth),
                })
            }
            "tls" => walk.within(&mut read.tls, |walk, tls: &mut Tls<'a>, key| match key {
                "sni" => walk.text(&mut tls.sni),
                "version" => walk.text(&mut tls.version),
                "ja3" => walk.there(&mut tls.ja3, depth),
                "ja4" => walk.there(&mut tls.ja4, depth),
                _ => walk.skip(depth),
            }),
            "quic" => walk.within(&mut read.quic, |walk, quic: &mut Quic<'a>, key| match key {
                "sni" => walk.text(&mut quic.sni),
                _ => walk.skip(depth),
            }),
            "http" => walk.within(&mut read.http, |walk, http: &mut Http<'a>, key| match key {
                "hostname" => walk.text(&mut http.hostname),
                "url" => walk.text(&mut http.url),
                "http_method" => walk.text(&mut http.http_method),
                "http_user_agent" => walk.text(&mut http.http_user_agent),
                "http_refer" => walk.text(&mut http.http_refer),
                _ => walk.skip(depth),
            }),
            "dns" => walk.within(&mut read.dns, |walk, dns: &mut Dns<'a>, key| match key {
                "rrname" => walk.text(&mut dns.rrname),
                "type" => walk.text(&mut dns.kind),
                // A list of queries.
                "query" => None,
                _ => walk.skip(depth),
            }),
            "tls_error" => walk.there(&mut read.tls_error, depth),
            _ => walk.skip(depth),
        })?;
        Some(read)
    }

    /// An object of an event.
    fn within<T: Default>(
        &mut self,
        to: &mut Option<T>,
        mut field: impl FnMut(&mut Self, &mut T, &'a str) -> Option<()>,
    ) -> Option<()> {
        let mut read = T::default();
        self.object(|walk, key| field(walk, &mut read, key))?;
        to.replace(read).is_none().then_some(())
    }

    fn resource(&mut self, to: &mut Resource<'a>, depth: usize) -> Option<()> {
        self.object(|walk, key| match key {
            "resource_arn" => walk.text(&mut to.0),
            _ => walk.skip(depth),
        })?;
        // Where none is named it may still stand there twice.
        to.0.0.as_ref().map(|_| ())
    }
}

/// How many bytes stand before the first quote, eight at a time.
fn quote(bytes: &[u8]) -> Option<usize> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut at = 0;
    while let Some(eight) = bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        let apart = u64::from_le_bytes(eight) ^ (LOW * u64::from(b'"'));
        // The lowest of the bytes that are zero is found for certain: what is borrowed only goes up.
        let zero = apart.wrapping_sub(LOW) & !apart & HIGH;
        if zero != 0 {
            return Some(at + zero.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let rest = bytes.get(at..)?.iter().position(|byte| *byte == b'"')?;
    Some(at + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: [&str; 6] = [
        r#"{"firewall_name":"f","event_timestamp":"1759317294","aws_metadata":{"resource_arn":"arn:aws:x","more":[1,2.5,{"a":null}]},"event":{"tx_id":0,"app_proto":"tls","src_ip":"10.20.4.151","src_port":40655,"event_type":"alert","alert":{"signature_id":4,"signature":"aws:alert_established action","action":"blocked"},"flow_id":2091564880938435,"dest_ip":"203.0.113.18","proto":"TCP","verdict":{"action":"drop","reject":["tcp-reset"]},"tls":{"sni":"files.example.net","version":"UNDETERMINED","ja3":{"hash":"x"}},"dest_port":"443","direction":"to_server"}}"#,
        r#" { "event_type" : "http" , "src_ip":"10.1.2.3", "http":{"hostname":"a.example","url":"/x","http_method":"GET","http_user_agent":"curl/8","status":200,"length":-1}, "ok":true, "no":false, "n":null, "e":1e5 } "#,
        r#"{"event_type":"dns","dns":{"type":"query","rrname":"a.example","id":0},"flow_id":"7","quic":{"sni":"q.example"}}"#,
        r#"{"event_type":"dns","dns":{"query":[{"rrname":"a.example"}]},"tls_error":{"error_message":"SNI"}}"#,
        r#"{"@message":"{\"event_type\":\"tls\"}","logEvents":[{"event_type":"tls"}]}"#,
        r#"{"event":{"flow":{"pkts":18446744073709551615,"age":0.5}},"src_port":00,"dest_port":1.0}"#,
    ];

    /// Whether the line is taken here; then the general reader takes it too, and reads the same.
    fn is_taken(line: &str) -> bool {
        let Some(read) = record(line.as_bytes()) else { return false };
        let other: Record<'_> =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(format!("{read:?}"), format!("{other:?}"), "{line}");
        true
    }

    #[test]
    fn lines_of_firewalls_are_read_as_the_general_reader_reads_them() {
        let taken: Vec<bool> = LINES.iter().map(|line| is_taken(line)).collect();
        assert_eq!(taken, [true, false, true, false, false, false]);
        assert!(is_taken(&LINES[1].replace(r#","length":-1"#, "").replace(r#", "e":1e5"#, "")));
    }

    #[test]
    fn damaged_lines_are_not_taken_for_whole_ones() {
        let mut taken = 0;
        for line in LINES {
            for at in 0..line.len() {
                is_taken(&line[..at]);
                is_taken(&line[at..]);
                for byte in ["", "{", "}", "[", "]", "\"", ",", ":", "0", " ", "x", "\\", "é"] {
                    let replaced = format!("{}{byte}{}", &line[..at], &line[at + 1..]);
                    let put = format!("{}{byte}{}", &line[..at], &line[at..]);
                    taken += usize::from(is_taken(&replaced)) + usize::from(is_taken(&put));
                }
            }
        }
        assert!(taken > 1_000, "{taken}");
    }

    #[test]
    fn what_stands_twice_is_left_to_the_general_reader() {
        for part in [r#""proto":"TCP","#, r#""flow_id":1,"#, r#""tls":{},"#, r#""event":{},"#] {
            assert!(is_taken(&format!(r#"{{{part}"x":1}}"#)), "{part}");
            assert!(!is_taken(&format!(r#"{{{part}{part}"x":1}}"#)), "{part}");
        }
    }
}
