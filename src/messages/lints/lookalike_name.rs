//! A name compared at one end only.

use super::Page;
use crate::messages::{Text, words};

/// What is seen.
#[must_use]
pub fn message(row: &str, action: &str, name: &str, lookalike: &str) -> Text {
    (
        format!("`{row}` is about `{name}`, and its {action} matches `{lookalike}` too: it does not compare both ends of the name"),
        format!("`{row}` は `{name}` のためのルールですが、{action} は `{lookalike}` にも一致します: 名前の両端を比べていません"),
    )
        .into()
}

/// What to do about it.
#[must_use]
pub fn help(name: &str) -> Text {
    (
        format!("for the name and all below it write `dotprefix; content:\".{name}\"; nocase; endswith`; for the name alone `content:\"{name}\"; startswith; nocase; endswith`"),
        format!("その名前と下位すべてなら `dotprefix; content:\".{name}\"; nocase; endswith`、その名前だけなら `content:\"{name}\"; startswith; nocase; endswith` と書いてください"),
    )
        .into()
}

/// The page.
pub const PAGE: Page = Page {
    code: "lookalike-name",
    what: words(
        "A rule about a host name also matches names that only look like it.",
        "ホスト名のルールが、似ているだけの名前にも一致します。",
    ),
    why: words(
        "`content` finds its text anywhere in the name. With `endswith` alone `amazon.com` is found in `notamazon.com`, with `startswith` alone in `amazon.com.evil.example`, with neither in both. Anybody can register such a name.",
        "`content` は名前のどこにあっても一致します。`endswith` だけなら `amazon.com` は `notamazon.com` に、`startswith` だけなら `amazon.com.evil.example` に、どちらもなければ両方に一致します。このような名前は誰でも登録できます。",
    ),
    example: "suricata: |\n  pass tls $HOME_NET any -> any any (tls.sni; content:\"amazon.com\"; nocase; endswith; flow:to_server, established; sid:1000001;)",
    remedy: words(
        "Compare both ends: `dotprefix; content:\".amazon.com\"; nocase; endswith` is the name and everything below it, `startswith` with `endswith` is the name alone. Rows in the words of the policy are compiled so: `.amazon.com`, `amazon.com`.",
        "両端を比べてください。`dotprefix; content:\".amazon.com\"; nocase; endswith` はその名前と下位すべて、`startswith` と `endswith` の両方ならその名前だけです。ポリシーの言葉の `.amazon.com` と `amazon.com` は、このようにコンパイルされます。",
    ),
    references: &[
        "Suricata user guide: endswith, startswith, dotprefix",
        "measured on Suricata 7.0.10; each finding is tried with the name that it shows",
    ],
};
