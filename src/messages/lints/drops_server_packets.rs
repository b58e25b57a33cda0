//! What servers send first is dropped too.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message() -> Text {
    (
        "`drop_established_app_layer` drops in both directions: banners, keep-alives and resets of servers are lost where no rule passes them",
        "`drop_established_app_layer` は両方向をドロップします: ルールが許可しない限り、サーバーのバナーやキープアライブ、リセットが失われます",
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "use `drop_established_app_layer_to_server`, which asks only what clients send",
    "クライアントが送るものだけを問う `drop_established_app_layer_to_server` を使ってください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "drops-server-packets",
    what: words(
        "The default action drops what servers send, not only what clients send.",
        "デフォルトアクションが、クライアントだけでなくサーバーの送信もドロップします。",
    ),
    why: words(
        "`drop_established_app_layer` is asked in both directions. A server that speaks first (SMTP, FTP, SSH), a window update, a keep-alive or a reset right after the handshake is dropped where no rule passes it, and with it all later packets of that connection.",
        "`drop_established_app_layer` は両方向で問われます。先に話すサーバー(SMTP、FTP、SSH)や、ハンドシェイク直後のウィンドウ更新、キープアライブ、リセットは、許可するルールがなければドロップされ、その接続の以降のパケットもすべて失われます。",
    ),
    example: "default_actions: [drop_established_app_layer, alert_established_app_layer]",
    remedy: words(
        "Use the variant that AWS made the default of new policies in 2026: `drop_established_app_layer_to_server`, with its alert.",
        "2026 年から新しいポリシーの既定となった `drop_established_app_layer_to_server` と、その alert を使ってください。",
    ),
    references: &["AWS Network Firewall developer guide: application layer default actions"],
};
