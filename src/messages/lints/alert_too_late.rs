//! Alerts that are never asked.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "alert-too-late",
    what: words(
        "An alert about a name logs nothing, because the first packet is dropped.",
        "最初のパケットがドロップされるため、名前の alert が何も記録しません。",
    ),
    why: words(
        "Where a row below drops the handshake, the client never says a name, and an alert that asks for one is never asked.",
        "下の行がハンドシェイクをドロップすると、クライアントは名前を送らず、それを問う alert は問われません。",
    ),
    example: "- {name: watch, action: alert, from: any, to: [.assistant.example]}\n- name: closed\n  suricata: |\n    drop tcp $HOME_NET any -> any any (sid:1000001;)",
    remedy: words(
        "Let the alert ask for addresses, or write the drop as a row in the words of the policy.",
        "alert でアドレスを問うか、drop をポリシーの言葉で行として書いてください。",
    ),
    references: &["measured on Suricata 7.0.10; each finding is tried"],
};
