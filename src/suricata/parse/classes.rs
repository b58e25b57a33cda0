//! Classes and kinds of references that the engine ships with.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Each class and its priority.
static CLASSES: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    BY_PRIORITY
        .iter()
        .flat_map(|(priority, names)| names.split_whitespace().map(|name| (name, *priority)))
        .collect()
});

/// The priority of a class.
pub(super) fn class_priority(class: &str) -> Option<u32> {
    CLASSES.get(class.to_ascii_lowercase().as_str()).copied()
}

/// The names of all classes.
pub(super) fn classes() -> impl Iterator<Item = &'static str> {
    CLASSES.keys().copied()
}

/// Source: `classification.config` as Debian's 7.0.10 ships it.
const BY_PRIORITY: [(u32, &str); 4] = [
    (
        1,
        "attempted-user unsuccessful-user successful-user attempted-admin successful-admin \
         shellcode-detect trojan-activity web-application-attack inappropriate-content \
         policy-violation targeted-activity exploit-kit domain-c2 credential-theft \
         command-and-control",
    ),
    (
        2,
        "bad-unknown attempted-recon successful-recon-limited successful-recon-largescale \
         attempted-dos successful-dos rpc-portmap-decode suspicious-filename-detect \
         suspicious-login system-call-detect unusual-client-port-connection denial-of-service \
         non-standard-protocol web-application-activity misc-attack default-login-attempt \
         external-ip-check pup-activity social-engineering coin-mining",
    ),
    (
        3,
        "not-suspicious unknown string-detect network-scan protocol-command-decode misc-activity \
         icmp-event",
    ),
    (4, "tcp-connection"),
];

/// Source: `reference.config` as Debian's 7.0.10 ships it.
pub(super) const REFERENCES: [&str; 19] = [
    "bugtraq",
    "bid",
    "cve",
    "secunia",
    "arachNIDS",
    "McAfee",
    "nessus",
    "url",
    "et",
    "etpro",
    "telus",
    "osvdb",
    "threatexpert",
    "md5",
    "exploitdb",
    "openpacket",
    "securitytracker",
    "xforce",
    "msft",
];
