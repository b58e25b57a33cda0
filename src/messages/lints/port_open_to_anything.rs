//! The port of the web, open to whatever speaks on it.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(row: &str, request: &str) -> Text {
    (
        format!(
            "`{row}` opens port 443 to anything: bytes that are no TLS get through to {request}"
        ),
        format!(
            "`{row}` は 443 番ポートを何にでも開いています: TLS でないデータも {request} に届きます"
        ),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "write `protocol: tls` in place of `tcp`, or reject what is no TLS above it",
    "`tcp` の代わりに `protocol: tls` と書くか、上に TLS 以外を拒否するルールを置いてください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "port-open-to-anything",
    what: words(
        "A row passes port 443 by number: SSH, tunnels and plain HTTP pass as well as TLS.",
        "443 番ポートを番号だけで許可しているため、TLS だけでなく SSH やトンネル、平文の HTTP も通ります。",
    ),
    why: words(
        "A port is an agreement that nobody has to keep. A pass for tcp decides on the first packet, before anything is said, and holds for the whole connection.",
        "ポート番号は約束にすぎず、守る義務はありません。tcp の pass は、何も話される前の最初のパケットで決まり、接続全体に及びます。",
    ),
    example: "- {name: partner, action: pass, from: any, to: 203.0.113.0/24, protocol: tcp, ports: [443]}",
    remedy: words(
        "Ask for the protocol, `protocol: tls`, or better for names. By hand: `reject tcp … 443 (app-layer-protocol:!tls; flow:to_server; …)` above the pass, and a pass that waits.",
        "`protocol: tls` のようにプロトコルを、できれば名前を条件にしてください。手書きなら、待つ pass の上に `reject tcp … 443 (app-layer-protocol:!tls; flow:to_server; …)` を置きます。",
    ),
    references: &[
        "AWS Network Firewall best-practices guide: customer managed rules, protocol enforcement",
        "measured on Suricata 7.0.10; each finding is tried",
    ],
};
