//! Clients that say no name.

use super::Page;
use crate::messages::words;

/// The page.
pub const PAGE: Page = Page {
    code: "no-name-no-match",
    what: words(
        "A row drops a name, and a client that sends no name is passed by another row.",
        "名前でドロップする行があっても、名前を送らないクライアントは別の行が通します。",
    ),
    why: words(
        "Without a server name the buffer is not there: nothing that asks for it matches, not even what is negated. Clients that use an address in place of a name send none, and with an encrypted ClientHello only the outer, public name is seen.",
        "サーバー名がなければバッファー自体がなく、それを問う条件は否定も含めて一致しません。名前の代わりにアドレスを使うクライアントは名前を送らず、暗号化された ClientHello では外側の公開名しか見えません。",
    ),
    example: "- {name: games, action: drop, from: any, to: [.games.example]}\n- {name: the-rest, action: pass, from: any, to: any, protocol: tcp, ports: [443]}",
    remedy: words(
        "Pass names in place of addresses: a hello without one then meets the default action.",
        "アドレスではなく名前で許可してください。名前のない ClientHello にはデフォルトアクションが適用されます。",
    ),
    references: &["measured on Suricata 7.0.10; each finding is tried"],
};
