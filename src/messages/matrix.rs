//! The picture of who reaches what.

use super::{Text, Words, words};

/// Its head.
pub const TITLE: Words = words("Who reaches what", "誰が何に届くか");
/// Why its keys do nothing.
pub const NOT_OPEN: Words =
    words("`{matrix}` opens the picture first", "先に `{matrix}` で図を開きます");
/// Where there is nothing to draw.
pub const EMPTY: Words = words(
    "no client inside `home_net`, or no row: there is nothing to draw yet",
    "`home_net` の中のクライアントか、行がまだありません",
);
/// What it is, and what it is not.
pub const ABOUT: Words = words(
    "told by example requests; `{access}` answers exactly",
    "例のリクエストで判定した図です。厳密な答えは `{access}`",
);
/// The requests of a cell get different verdicts.
pub const MIXED: Words = words("mixed", "混在");
/// It cannot be told.
pub const CANNOT_TELL: Words = words("?", "?");
/// Behind a cell that the unsaved changes give another verdict.
pub const CHANGED: &str = "*";
/// Clients that the policy has no name for.
pub const OTHER_CLIENTS: Words = words("others", "その他");
/// Nobody can say what to ask for.
pub const NO_EXAMPLE: Words = words(
    "no example: what an expression matches cannot be listed",
    "例はありません: 正規表現に一致するものは列挙できません",
);

/// There is a URL, but nobody of the column can ask for it.
pub const NO_REQUEST: Words = words(
    "no example: these clients cannot ask for it, by their addresses or by how it is written",
    "例はありません: このクライアントのアドレスや書き方では、リクエストを作れません",
);

/// What no row names, asked for by `url`.
#[must_use]
pub fn elsewhere(url: &str) -> Text {
    let (scheme, rest) = url.split_once("://").unwrap_or((url, ""));
    let port = rest.rsplit_once(':').map(|(_, port)| format!(" {port}")).unwrap_or_default();
    (format!("anything else, {scheme}{port}"), format!("その他の宛先、{scheme}{port}")).into()
}

/// What the selected cell says: who, what, what becomes of it.
#[must_use]
pub fn cell(client: &Text, target: &Text, shade: &Text) -> Text {
    Text::made(|lang| format!("{} → {}: {}", client.say(lang), target.say(lang), shade.say(lang)))
}

/// What became of it by the saved policy.
#[must_use]
pub fn was(before: &Text) -> Text {
    Text::made(|lang| match lang {
        super::Lang::English => format!("before the unsaved changes: {}", before.say(lang)),
        super::Lang::Japanese => format!("未保存の変更の前: {}", before.say(lang)),
    })
}

/// A request to look at.
#[must_use]
pub fn example(from: &str, url: &str) -> Text {
    (
        format!("for example {url} from {from}: `{{accept}}` tries it"),
        format!("例: {from} から {url}。`{{accept}}` で試します"),
    )
        .into()
}
