//! Sets of flows, in words: who, whom, which names, which ports.

use super::{Lang, Text, Words, words};

/// Every address there is.
pub const ANY_ADDRESS: Words = words("any address", "すべてのアドレス");
/// Every address of one family.
pub const ANY_V4: Words = words("any IPv4 address", "すべての IPv4 アドレス");
/// Every address of the other family.
pub const ANY_V6: Words = words("any IPv6 address", "すべての IPv6 アドレス");
/// The addresses of `home_net`, as a rule's `from` calls them.
pub const INSIDE: Words = words("any", "any");
/// The addresses of `home_net`, where `any` would be taken for all.
pub const INSIDE_ADDRESSES: Words = words("inside addresses", "内側のアドレス");
/// All other addresses.
pub const OUTSIDE: Words = words("outside addresses", "外側のアドレス");
/// Every host name.
pub const ANY_NAME: Words = words("any name", "すべての名前");
/// Host names that nothing asks about.
pub const OTHER_NAMES: Words = words("any other name", "その他の名前");
/// A client that says an address where a name could stand.
pub const NAMELESS: Words = words("no name", "名前なし");
/// Every port, and what has none.
pub const ANY: Words = words("any", "any");
/// What became of flows when only answers are lost.
pub const HALF: Words = words("half works", "一部だけ通る");

/// All of something but these.
#[must_use]
pub fn except(all: &str, but: &str) -> Text {
    (format!("{all} except {but}"), format!("{but} を除く{all}")).into()
}

/// A text whose letters may be capitals or not.
#[must_use]
pub fn any_case(text: &str) -> Text {
    (format!("{text} (any case)"), format!("{text} (大文字・小文字を問わない)")).into()
}

/// Those that another pattern fits too.
#[must_use]
pub fn also(all: &str, pattern: &str) -> Text {
    (format!("{all} that is also {pattern}"), format!("{pattern} でもある{all}")).into()
}

/// Names, at addresses.
#[must_use]
pub fn at(names: &str, addresses: &str) -> Text {
    (format!("{names} at {addresses}"), format!("{names} ({addresses})")).into()
}

/// A list of which only the beginning is shown.
#[must_use]
pub fn and_more(shown: &str, more: usize) -> Text {
    (format!("{shown} and {more} more"), format!("{shown} ほか {more} 件")).into()
}

/// The universe: what usual clients are.
#[must_use]
pub fn universe() -> Text {
    (
        "all sources, destinations, ports, host names and paths; clients as usual, from ports 32768 up: TLS 1.3 with its server name \
         (or to an address), HTTP/1.1 GET, QUIC, DNS over UDP, TCP and UDP that are none of these, ping",
        "対象: すべての送信元・宛先・ポート・ホスト名・パス。クライアントは通常のもの (送信元ポートは 32768 以上): サーバー名付き TLS 1.3\
         (またはアドレス宛て)、HTTP/1.1 GET、QUIC、UDP の DNS、それ以外の TCP と UDP、ping",
    )
        .into()
}

/// One set of flows in a line: protocol, who, whom, ports.
#[must_use]
pub fn line(protocol: &str, from: &str, to: &str, ports: Option<&str>, lang: Lang) -> String {
    match (lang, ports) {
        (Lang::English, None) => format!("{protocol} from {from} to {to}"),
        (Lang::English, Some(ports)) => format!("{protocol} from {from} to {to}, port {ports}"),
        (Lang::Japanese, None) => format!("{protocol} {from} → {to}"),
        (Lang::Japanese, Some(ports)) => format!("{protocol} {from} → {to}、ポート {ports}"),
    }
}

/// One of the flows, as it is typed into the test bar or after `try`.
#[must_use]
pub fn example(url: &str, from: &str, to: &str) -> Text {
    (format!("for example {url} from {from} to {to}"), format!("例: {from} から {url} (宛先 {to})"))
        .into()
}
