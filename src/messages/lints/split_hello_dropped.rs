//! A hello in two segments is lost before its name is known.

use super::Page;
use crate::messages::Lang::{English, Japanese};
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(row: &Text, request: &str, by: &Text) -> Text {
    Text::made(|lang| {
        let (row, by) = (row.say(lang), by.say(lang));
        match lang {
            English => format!(
                "{row} passes {request}, but a hello in two segments, as browsers with post-quantum keys send it, is dropped by {by}"
            ),
            Japanese => format!(
                "{row} は {request} を通過させますが、耐量子鍵を使うブラウザーのように ClientHello が 2 つのセグメントに分かれると {by} がドロップします"
            ),
        }
    })
}

/// What to do about it.
pub const HELP: Words = words(
    "choose an app-layer default action, which waits for the name; or write the name as a row in the words of the policy",
    "名前が分かるまで待つ app_layer のデフォルトアクションを選ぶか、名前をポリシーの言葉で行として書いてください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "split-hello-dropped",
    what: words(
        "A site that is passed by name hangs for clients whose ClientHello needs two segments.",
        "名前で許可したサイトが、ClientHello を 2 つのセグメントで送るクライアントではつながりません。",
    ),
    why: words(
        "A rule about the server name matches on the packet that completes the ClientHello. With a post-quantum key share the hello no longer fits into one segment. What drops established connections without waiting, the default action `drop_established` or a `drop tcp` with `flow:established`, drops the first half, and the name never arrives.",
        "サーバー名のルールは、ClientHello が揃ったパケットで一致します。耐量子の鍵共有では 1 セグメントに収まりません。待たずに確立済みの接続をドロップするもの(デフォルトアクションの `drop_established` や `flow:established` の `drop tcp`)が前半をドロップし、名前が届きません。",
    ),
    example: "default_actions: [drop_established, alert_established]\nrule_groups:\n  - name: allowed\n    priority: 100\n    rules:\n      - name: bank\n        suricata: |\n          pass tls $HOME_NET any -> any any (tls.sni; content:\"api.bank.example\"; startswith; nocase; endswith; flow:to_server, established; sid:1000001;)",
    remedy: words(
        "Use `drop_established_app_layer_to_server`. Rows in the words of the policy are followed by rules that wait for the name under every default action.",
        "`drop_established_app_layer_to_server` を使ってください。ポリシーの言葉で書いた行には、どのデフォルトアクションでも名前を待つルールが付きます。",
    ),
    references: &[
        "AWS Network Firewall developer guide: application layer default actions",
        "AWS Network Firewall best-practices guide: post-quantum TLS",
        "measured on Suricata 7.0.10",
    ],
};
