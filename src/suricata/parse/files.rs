//! Conditions on files: only some protocols carry files that the engine looks at.

use super::reader::{Fault, Reader};
use crate::messages::suricata::condition as words;
use crate::suricata::{HeaderProtocol, RuleOption};

/// Keywords about files and, for those about its name, that HTTP/2 has none.
const KEYWORDS: [(&str, bool); 10] = [
    ("filestore", false),
    ("filesize", false),
    ("filename", true),
    ("fileext", true),
    ("filemagic", false),
    ("filemd5", false),
    ("filesha1", false),
    ("filesha256", false),
    ("file.data", false),
    ("file.name", true),
];

/// Refuses a condition on files where there are none.
///
/// Source: measured on Suricata 7.0.10, keyword by keyword and protocol by protocol.
pub(super) fn check(reader: &Reader<'_>) -> Result<(), Fault> {
    let options = reader.options.iter().filter_map(|o| match o {
        RuleOption::NotModelled(other) => Some(other.keyword),
        _ => None,
    });
    let asked = options.chain(reader.buffers.iter().map(|b| b.buffer.name()));
    for keyword in asked {
        let Some((_, named)) = KEYWORDS.iter().find(|(name, _)| *name == keyword) else { continue };
        let message = match reader.app {
            _ if keyword == "file.data" && !may_be_tcp(reader) => words::FILE_DATA_TCP.into(),
            Some("http" | "http1" | "smtp" | "ftp-data" | "nfs" | "smb") => continue,
            Some("http2") if !named => continue,
            Some(app) => words::no_files(app),
            None => continue,
        };
        return Err(reader.fault_at("contradicting-protocols", keyword, message));
    }
    Ok(())
}

const fn may_be_tcp(reader: &Reader<'_>) -> bool {
    use HeaderProtocol as H;
    !matches!(reader.header.protocol, H::Udp | H::Icmp | H::Icmpv4 | H::Icmpv6 | H::Sctp)
}
