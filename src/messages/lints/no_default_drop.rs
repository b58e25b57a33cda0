//! What nobody passed passes all the same.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(request: &str, from: &str) -> Text {
    (
        format!("rows pass, but nothing drops the rest: {request} from {from} gets through, and no rule is about it"),
        format!("pass の行がありますが、残りを止めるものがありません: {from} から {request} への通信は、どの行の対象でもないのに通ります"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "set `default_actions: [drop_established_app_layer_to_server, alert_established_app_layer_to_server]`",
    "`default_actions: [drop_established_app_layer_to_server, alert_established_app_layer_to_server]` を設定してください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "no-default-drop",
    what: words(
        "Rows pass what is allowed, and no default action drops what is left.",
        "許可する行はありますが、残りをドロップするデフォルトアクションがありません。",
    ),
    why: words(
        "In strict order a rule group adds no closing drop, not even one made from a domain list. Without a default action that drops, traffic that no rule matches passes and leaves no log line: the list of what is allowed allows everything.",
        "厳密な順序(strict)では、ルールグループの末尾に暗黙の drop はありません。ドメインリストから作ったグループでも同じです。ドロップするデフォルトアクションがなければ、どのルールにも一致しない通信は記録も残さず通過し、許可リストはすべてを許可することになります。",
    ),
    example: "rule_order: strict\nhome_net: [10.0.0.0/8]\nrule_groups:\n  - name: allowed\n    priority: 100\n    rules:\n      - {name: updates, action: pass, from: any, to: [.updates.example]}",
    remedy: words(
        "Add a default action that drops, and its alert. AWS recommends `drop_established_app_layer_to_server`: it waits for the name. Leave it out only where the policy is meant to name what is forbidden.",
        "ドロップするデフォルトアクションと、対になる alert を追加してください。AWS の推奨は、名前が分かるまで待つ `drop_established_app_layer_to_server` です。禁止するものだけを書くポリシーなら、なくてもかまいません。",
    ),
    references: &[
        "AWS Network Firewall developer guide: strict evaluation order, stateful default actions",
        "AWS Network Firewall best-practices guide: firewall policy configuration",
    ],
};
