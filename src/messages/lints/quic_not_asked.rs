//! Names that travel over QUIC.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "quic-not-asked",
    what: words(
        "A name is dropped over TLS and HTTP, and passed over QUIC.",
        "TLS と HTTP ではドロップする名前が、QUIC では通ります。",
    ),
    why: words(
        "Browsers try HTTP/3 over UDP port 443 first. Rules about TLS do not see it, and a row that passes UDP 443 lets the name through.",
        "ブラウザーはまず UDP 443 番ポートの HTTP/3 を試します。TLS のルールには見えず、UDP 443 を許可する行が名前を通します。",
    ),
    example: "- {name: videos, action: drop, from: any, to: [.videos.example]}\n- {name: udp-443, action: pass, from: any, to: any, protocol: udp, ports: [443]}",
    remedy: words(
        "Drop UDP 443 above the row that passes it: browsers fall back to TLS. Or add `quic` to the `protocols` of the rows about names.",
        "許可する行より上で UDP 443 をドロップしてください。ブラウザーは TLS に切り替えます。または、名前の行の `protocols` に `quic` を加えてください。",
    ),
    references: &[
        "AWS Network Firewall best-practices guide: QUIC",
        "measured on Suricata 7.0.10; each finding is tried",
    ],
};
