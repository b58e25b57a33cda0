//! Drops that leave no trace.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(drop: &str, alert: &str) -> Text {
    (
        format!("`{drop}` drops without a log line: its alert `{alert}` is missing"),
        format!("`{drop}` は記録を残さずにドロップします: 対になる `{alert}` がありません"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "name the alert beside the drop in `default_actions`",
    "`default_actions` に、drop と並べて alert を書いてください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "default-drop-not-logged",
    what: words(
        "The default action drops, and writes no log line.",
        "デフォルトアクションがドロップしても、ログに残りません。",
    ),
    why: words(
        "The rule behind a `drop_…` default has `noalert` unless the alert of the same name is set too. A client times out, and no log says why.",
        "`drop_…` のデフォルトアクションには、同じ名前の alert がなければ `noalert` が付きます。クライアントはタイムアウトし、理由はどのログにも残りません。",
    ),
    example: "default_actions: [drop_established_app_layer_to_server]",
    remedy: words(
        "`default_actions: [drop_established_app_layer_to_server, alert_established_app_layer_to_server]`, and a destination for the firewall's ALERT log.",
        "`default_actions: [drop_established_app_layer_to_server, alert_established_app_layer_to_server]` と書き、ファイアウォールの ALERT ログの送り先を設定してください。",
    ),
    references: &["AWS Network Firewall best-practices guide: logging default drops"],
};
