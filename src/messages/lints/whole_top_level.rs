//! Everything below a top-level domain.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(row: &str, pattern: &str) -> Text {
    (
        format!("`{row}` passes `{pattern}`: every name below a top-level domain, and anybody can have one"),
        format!("`{row}` は `{pattern}` を許可しています: トップレベルドメイン以下のすべての名前が対象で、誰でも取得できます"),
    )
        .into()
}

/// What to do about it.
pub const HELP: Words =
    words("name the sites that are needed", "必要なサイトの名前を書いてください");

/// The page.
pub const PAGE: Page = Page {
    code: "whole-top-level",
    what: words(
        "A row passes everything below a top-level domain.",
        "行がトップレベルドメイン以下のすべてを許可しています。",
    ),
    why: words(
        "`.com` is the name `com` and every name that ends in `.com`, at any depth. Whoever wants to carry data out registers a name there.",
        "`.com` は `com` と、深さを問わず `.com` で終わるすべての名前を意味します。データを持ち出したい者は、その下に名前を登録するだけです。",
    ),
    example: "- {name: partners, action: pass, from: any, to: [.com]}",
    remedy: words(
        "Name the sites. A list with many of them (`domain_lists`) costs no more to read than one.",
        "サイトの名前を書いてください。数が多くても `domain_lists` にまとめれば読みやすさは変わりません。",
    ),
    references: &["AWS Network Firewall developer guide: domain list rule groups, wildcards"],
};
