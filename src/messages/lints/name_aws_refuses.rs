//! Names that AWS does not take.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(name: &str) -> Text {
    (
        format!("AWS does not take `{name}` as a name: letters, digits and `-` only, at most 128"),
        format!("AWS では `{name}` という名前を使えません: 英数字と `-` だけで、128 文字までです"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words =
    words("write `-` in place of blanks and `_`", "空白や `_` の代わりに `-` を使ってください");

/// The page.
pub const PAGE: Page = Page {
    code: "name-aws-refuses",
    what: words(
        "A rule group or the policy has a name that AWS does not take.",
        "ルールグループかポリシーの名前が、AWS では使えません。",
    ),
    why: words(
        "Names of resources have letters, digits and `-`, at most 128 of them. An underscore, which most other tools take, is refused when the group is made; a name cannot be changed afterwards.",
        "リソース名に使えるのは英数字と `-` で、128 文字までです。多くのツールが受け付けるアンダースコアは作成時に拒否されます。名前は後から変えられません。",
    ),
    example: "rule_groups:\n  - {name: team_a egress, priority: 100, rules: []}",
    remedy: words("Write `team-a-egress`.", "`team-a-egress` のように書いてください。"),
    references: &["AWS Network Firewall API: ResourceName"],
};
