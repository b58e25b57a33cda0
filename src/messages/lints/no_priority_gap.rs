//! Groups without room between them.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(above: &str, below: &str, priority: u32) -> Text {
    (
        format!("no group fits between `{above}` and `{below}` ({priority}): a new one there needs other numbers for those below"),
        format!("`{above}` と `{below}`({priority})の間にはグループを入れられません: 入れるには、それより下の優先度を付け直すことになります"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words =
    words("number groups in steps of 100", "グループの優先度は 100 刻みにしてください");

/// The page.
pub const PAGE: Page = Page {
    code: "no-priority-gap",
    what: words(
        "Two groups have priorities that follow each other, with no room between.",
        "2 つのグループの優先度が連続していて、間に余裕がありません。",
    ),
    why: words(
        "Strict order asks groups by priority, and each number is taken once. A group that must come between two neighbours needs new numbers for all below it, in one update.",
        "strict ではグループを優先度の順に問い、同じ数値は使えません。隣り合う 2 つの間にグループを入れるには、それより下すべての数値を 1 回の更新で付け直すことになります。",
    ),
    example: "rule_groups:\n  - {name: block-list, priority: 1, rules: []}\n  - {name: allowed, priority: 2, rules: []}",
    remedy: words(
        "Number groups in steps of 100; priorities go up to 65535.",
        "100 刻みにしてください。優先度は 65535 まで使えます。",
    ),
    references: &["AWS Network Firewall API: StatefulRuleGroupReference, Priority"],
};
