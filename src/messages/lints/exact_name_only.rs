//! A site without its `www`, or without itself.

use super::Page;
use crate::messages::{Text, words};

/// What is seen.
#[must_use]
pub fn message(row: &str, pattern: &str, beside: &str, others: usize) -> Text {
    let (english, japanese) = match others {
        0 => (String::new(), String::new()),
        1 => ("; so it is with one other name".to_owned(), "(ほかに 1 つの名前も同様)".to_owned()),
        n => (format!("; so it is with {n} other names"), format!("(ほかに {n} 個の名前も同様)")),
    };
    (
        format!("`{row}` passes `{pattern}`, and {beside} is dropped by the default action{english}"),
        format!("`{row}` は `{pattern}` を許可しますが、{beside} はデフォルトアクションがドロップします{japanese}"),
    )
        .into()
}

/// What to do about it.
#[must_use]
pub fn help(name: &str) -> Text {
    (
        format!("write `.{name}` for the name and all below it; or keep a case that says it is meant so"),
        format!("その名前と下位すべてなら `.{name}` と書いてください。意図どおりなら、それを示すケースを残してください"),
    )
        .into()
}

/// The page.
pub const PAGE: Page = Page {
    code: "exact-name-only",
    what: words(
        "A site is passed, and the name beside it that people type as often is not.",
        "サイトは許可されていますが、同じくらいよく入力される隣の名前は許可されていません。",
    ),
    why: words(
        "`example.com` is that one name: `www.example.com` is another. `*.example.com` is everything below the name and not the name itself. `.example.com` is both, at any depth.",
        "`example.com` はその名前だけで、`www.example.com` は別の名前です。`*.example.com` は下位すべてですが、その名前自体は含みません。`.example.com` は深さを問わず両方を含みます。",
    ),
    example: "- {name: news, action: pass, from: any, to: [news.example]}   # www.news.example is dropped",
    remedy: words(
        "Write the leading dot where the whole site is meant. Where it is not, a case with that URL and `expect: drop` says so, and this is no longer told.",
        "サイト全体を意図するなら先頭にドットを書いてください。そうでなければ、その URL で `expect: drop` のケースを書けば、この指摘は出なくなります。",
    ),
    references: &["AWS Network Firewall developer guide: domain list rule groups, wildcards"],
};
