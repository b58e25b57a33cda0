//! Connections that were not seen to begin.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen of `drop`.
#[must_use]
pub fn drops() -> Text {
    (
        "connections that the firewall did not see begin are dropped in silence: after a failover clients hang until they give up",
        "ファイアウォールが開始を見ていない接続は、黙ってドロップされます: フェイルオーバー後、クライアントはあきらめるまで待ち続けます",
    )
        .into()
}

/// What is seen of `continue`.
#[must_use]
pub fn goes_on() -> Text {
    (
        "connections that the firewall did not see begin are asked without their beginning: rules about names do not match them",
        "ファイアウォールが開始を見ていない接続は、途中から問われます: 名前を見るルールは一致しません",
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "set `stream_exception_policy: reject`: clients are reset, connect anew, and are inspected",
    "`stream_exception_policy: reject` を設定してください。クライアントはリセットされてつなぎ直し、検査を受けます",
);

/// The page.
pub const PAGE: Page = Page {
    code: "stream-exceptions",
    what: words(
        "Connections that were not seen to begin hang, or pass uninspected.",
        "開始を見ていない接続が止まったままになるか、検査されずに通ります。",
    ),
    why: words(
        "After a failover, a flush of flows or a change of routes the engine gets packets from the middle of connections. `drop`, which counts when nothing is said, lets clients wait. `continue` applies the rules without what came before, so that rules about HTTP and TLS do not match. `reject` resets: the client connects anew.",
        "フェイルオーバーやフローの消去、経路変更の後、エンジンには接続の途中からのパケットが届きます。指定がないときの `drop` では、クライアントが待ち続けます。`continue` ではそれまでの内容なしにルールを適用するため、HTTP や TLS のルールは一致しません。`reject` ならリセットされ、クライアントはつなぎ直します。",
    ),
    example: "stream_exception_policy: drop",
    remedy: words(
        "Set `stream_exception_policy: reject`. In AWS a change of engine options restarts the engine and breaks all connections: choose the hour.",
        "`stream_exception_policy: reject` を設定してください。AWS ではエンジンの設定変更で再起動が起こり、すべての接続が切れます。時間帯を選んでください。",
    ),
    references: &[
        "AWS Network Firewall best-practices guide: stream exception policy",
        "AWS Network Firewall API: StatefulEngineOptions",
    ],
};
