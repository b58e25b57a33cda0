//! A name compared with its capitals.

use super::Page;
use crate::messages::{Text, Words, words};

/// What is seen.
#[must_use]
pub fn message(row: &str, host: &str, capitals: &str) -> Text {
    (
        format!("`{row}` matches {host}, but not `{capitals}`: capitals are compared too"),
        format!("`{row}` は {host} には一致しますが `{capitals}` には一致しません: 大文字と小文字を区別しています"),
    )
        .into()
}

/// What to do about a server name.
pub const HELP: Words =
    words("write `nocase` behind the content", "content の後ろに `nocase` を書いてください");

/// What to do about a host, where `nocase` is refused.
pub const HELP_HOST: Words = words(
    "write `to_lowercase` behind `http.host`: with a port in it the engine leaves capitals as they are, and refuses `nocase`",
    "`http.host` の後ろに `to_lowercase` を書いてください。ポート付きの Host ではエンジンが大文字をそのまま残し、`nocase` は拒否されます",
);

/// The page.
pub const PAGE: Page = Page {
    code: "case-sensitive-name",
    what: words(
        "A rule about a host name misses the same name in capitals.",
        "ホスト名のルールが、大文字で書かれた同じ名前を見逃します。",
    ),
    why: words(
        "Names mean the same in capitals, and `tls.sni` keeps them as the client sends them. A drop without `nocase` is evaded by `GAMES.example`; a pass loses such a client. `http.host` is made lower case, but not where the Host header names a port: `Host: GAMES.example:80` evades a rule for `games.example`, and AWS's own rules for domain lists too.",
        "名前は大文字でも同じ意味ですが、`tls.sni` はクライアントが送ったままです。`nocase` のない drop は `GAMES.example` で回避でき、pass はそのクライアントを通しません。`http.host` は小文字になりますが、Host にポートがあるとなりません。`Host: GAMES.example:80` は `games.example` のルールを回避し、AWS がドメインリストから作るルールも同様です。",
    ),
    example: "suricata: |\n  drop tls $HOME_NET any -> any any (tls.sni; content:\"games.example\"; startswith; endswith; flow:to_server, established; sid:1000001;)",
    remedy: words(
        "`tls.sni; content:\"games.example\"; nocase; …`, and `http.host; to_lowercase; content:\"games.example\"; …`. Rows in the words of the policy are compiled so.",
        "`tls.sni; content:\"games.example\"; nocase; …` と `http.host; to_lowercase; content:\"games.example\"; …` のように書いてください。ポリシーの言葉で書いた行はこのようにコンパイルされます。",
    ),
    references: &[
        "Suricata user guide: tls.sni, http.host, nocase, to_lowercase",
        "libhtp 0.5, htp_parse_hostport; measured on Suricata 7.0.10",
    ],
};
