//! The same request as other clients send it, in words.

use super::Lang::{English, Japanese};
use super::{Text, why};

/// What a client does differently, short enough for a list.
pub mod name {
    use crate::messages::{Words, words};

    /// A hello in two segments.
    pub const POST_QUANTUM: Words =
        words("post-quantum hello, two segments", "耐量子の ClientHello (2 セグメント)");
    /// No SNI.
    pub const NO_SERVER_NAME: Words = words("no server name (SNI)", "サーバー名 (SNI) なし");
    /// Capitals.
    pub const UPPER_CASE: Words = words("name in capitals", "名前が大文字");
    /// A dot behind the name.
    pub const TRAILING_DOT: Words = words("name with a dot at its end", "名前の末尾にドット");
    /// Host with port.
    pub const HOST_WITH_PORT: Words =
        words("`Host:` with port, in capitals", "`Host:` がポート付きの大文字");
    /// HTTP on 443.
    pub const PLAIN_ON_443: Words = words("plain HTTP on port 443", "ポート 443 で平文の HTTP");
    /// QUIC.
    pub const QUIC: Words = words("QUIC (HTTP/3)", "QUIC (HTTP/3)");
    /// A second request.
    pub const SECOND_REQUEST: Words =
        words("second request, to another name", "別の名前への 2 つ目のリクエスト");
    /// CONNECT.
    pub const CONNECT: Words = words("CONNECT, as to a proxy", "プロキシ宛てのような CONNECT");
}

/// Why the rule that decides for the usual client does not match this one.
#[must_use]
pub fn no_longer_matches(rule: &Text, wanted: &str, got: &str, lacks: Option<&str>) -> Text {
    let has = why::got(got);
    Text::made(|lang| {
        let (rule, has) = (rule.say(lang), has.say(lang));
        match (lang, lacks) {
            (English, Some(word)) => {
                format!("escapes {rule}: it lacks `{word}`, and the client sends `{got}`")
            }
            (English, None) if got == "nothing" => format!(
                "{rule} does not match this client: it asks for {wanted}, which this client does not send"
            ),
            (English, None) => {
                format!("{rule} does not match this client: it asks for {wanted}, not {got}")
            }
            (Japanese, Some(word)) => format!(
                "{rule} をすり抜けます: ルールに `{word}` がなく、クライアントは `{got}` を送ります"
            ),
            (Japanese, None) if got == "nothing" => format!(
                "{rule} はこのクライアントに一致しません: 条件の {wanted} をクライアントが送りません"
            ),
            (Japanese, None) => format!(
                "{rule} はこのクライアントに一致しません: 条件は {wanted} です (実際は {has})"
            ),
        }
    })
}
