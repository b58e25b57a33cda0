//! Rules whose last day is past.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(rule: &str, day: &str) -> Text {
    (
        format!("`{rule}` expired on {day}, and is still compiled"),
        format!("`{rule}` の期限は {day} で切れていますが、まだコンパイルされています"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words = words(
    "delete the rule, switch it off, or agree on a new day with its owner",
    "ルールを削除するか、無効にするか、責任者と新しい期限を決めてください",
);

/// The page.
pub const PAGE: Page = Page {
    code: "expired-rule",
    what: words(
        "A rule has an `expires` that lies before today.",
        "ルールの `expires` が今日より前です。",
    ),
    why: words(
        "The firewall knows no dates: `expires` is for people, never changes what is compiled, and an exception that was meant to last a week stays open for years.",
        "ファイアウォールは日付を知りません。`expires` は人のためのもので、コンパイル結果を変えません。1 週間のつもりの例外が何年も残ることになります。",
    ),
    example: "- {name: migration, action: pass, from: payroll, to: [.old-vendor.example], expires: 2024-03-31}",
    remedy: words(
        "Delete the rule or write `enabled: false`; where it is still needed, agree on a new day.",
        "ルールを削除するか `enabled: false` と書いてください。まだ必要なら、新しい期限を決めてください。",
    ),
    references: &["This project: the policy file, `expires`"],
};
