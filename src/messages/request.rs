//! Why a request, its source, or the log line it is taken from cannot be read.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// The source is not an address.
#[must_use]
pub fn no_source_address(text: &str) -> Text {
    (
        format!("`{text}` is not a source address: write one like 10.1.2.3"),
        format!("`{text}` は送信元アドレスではありません。10.1.2.3 のように書いてください"),
    )
        .into()
}

/// The destination is not an address.
#[must_use]
pub fn no_destination_address(text: &str) -> Text {
    (
        format!(
            "`{text}` is not a destination address: write one like 203.0.113.7, or leave it empty"
        ),
        format!(
            "`{text}` は宛先アドレスではありません。203.0.113.7 のように書くか、空にしてください"
        ),
    )
        .into()
}

/// Nothing to ask for.
pub const NO_URL: Words = words(
    "no URL: write one like https://example.com",
    "URL がありません。https://example.com のように書いてください",
);

/// A user name, and perhaps a password, before the host.
pub const USER_INFO: Words = words(
    "leave out the user name and password before `@`: the firewall does not see them",
    "`@` の前のユーザー名とパスワードは省いてください。ファイアウォールには見えません",
);

/// A scheme that is not known.
#[must_use]
pub fn unknown_scheme(scheme: &str) -> Text {
    (
        format!("`{scheme}://` is not known: use https, http, tcp, udp, icmp, dns or quic"),
        format!(
            "`{scheme}://` は使えません。https、http、tcp、udp、icmp、dns、quic のどれかにしてください"
        ),
    )
        .into()
}

/// The host is not a name and not an address.
#[must_use]
pub fn no_host(host: &str, why: Words) -> Text {
    Text::made(|lang| match lang {
        English => format!("`{host}` is not a host: {}", why.say(lang)),
        Japanese => format!("`{host}` はホストではありません。{}", why.say(lang)),
    })
}

/// What is wrong with a host.
pub mod host {
    use super::{Words, words};

    /// A pattern instead of a name.
    pub const ONE_NAME: Words = words(
        "a request asks for one name, without `.` or `*` in front",
        "リクエストの名前は 1 つで、先頭に `.` や `*` は付けません",
    );
    /// Nothing at all.
    pub const EMPTY: Words = words(
        "write a name or an address behind `://`",
        "`://` の後に名前かアドレスを書いてください",
    );
    /// A zone.
    pub const ZONE: Words = words(
        "leave out the zone behind `%`: it means something on one machine only",
        "`%` 以降のゾーンは省いてください。1 台のマシンの中でしか意味がありません",
    );
    /// A dot at the end.
    pub const DOT: Words = words("leave out the dot at its end", "末尾のドットは省いてください");
    /// Too long.
    pub const LONG: Words = words("a name has at most 253 characters", "名前は 253 文字までです");
    /// Other characters.
    pub const CHARACTERS: Words = words(
        "letters, digits, `-` and `.` only, at most 63 characters between dots",
        "使えるのは英数字と `-`、`.` だけで、ドットの間は 63 文字までです",
    );
}

/// Neither a name nor an address.
#[must_use]
pub fn no_name_or_address(text: &str, why: &Text) -> Text {
    Text::made(|lang| match lang {
        English => {
            format!("`{text}` is neither a host name nor an address: {}", why.say(lang))
        }
        Japanese => {
            format!("`{text}` はホスト名でもアドレスでもありません。{}", why.say(lang))
        }
    })
}

/// Names of hosts.
pub mod name {
    use super::{Text, Words, words};

    /// Nothing is left of a name.
    pub const EMPTY: Words = words("the name is empty", "名前が空です");
    /// A `*` somewhere else than in front.
    pub const INNER_STAR: Words = words(
        "`*` can only stand in front, as in `*.example.com`",
        "`*` は `*.example.com` のように先頭にだけ書けます",
    );

    /// Not a host name.
    #[must_use]
    pub fn not_a_name(text: &str) -> Text {
        (
            format!("`{text}` is not a host name: letters, digits, `-` and `.` only, at most 253 characters"),
            format!("`{text}` はホスト名ではありません。使えるのは英数字と `-`、`.` だけで、253 文字までです"),
        )
            .into()
    }
}

/// The port is not one.
#[must_use]
pub fn no_port_number(text: &str) -> Text {
    (
        format!("`{text}` is not a port: write a number from 1 to 65535"),
        format!("`{text}` はポートではありません。1 から 65535 までの数を書いてください"),
    )
        .into()
}

/// A scheme without a default port.
#[must_use]
pub fn port_needed(scheme: &str, host: &str) -> Text {
    (
        format!("{scheme}:// needs a port, as in {scheme}://{host}:22"),
        format!("{scheme}:// にはポートが要ります。例: {scheme}://{host}:22"),
    )
        .into()
}

/// Addresses of two families.
#[must_use]
pub fn two_families(from: &str, to: &str) -> Text {
    (
        format!("source {from} and destination {to} are of different families (IPv4, IPv6)"),
        format!("送信元 {from} と宛先 {to} のアドレスの種類 (IPv4、IPv6) が違います"),
    )
        .into()
}

/// Who asks.
pub mod who {
    use super::{Text, Words, words};

    /// Nothing is written.
    pub const NOBODY: Words = words(
        "no source: write an address like 10.1.2.3, a network, or one of the policy's sources",
        "送信元がありません。10.1.2.3 のようなアドレス、ネットワーク、またはポリシーの送信元の名前を書いてください",
    );

    /// Neither an address nor a name of the policy.
    #[must_use]
    pub fn unknown(text: &str) -> Text {
        (
            format!("`{text}` is not a source: write an address like 10.1.2.3, a network, or one of the policy's sources"),
            format!("`{text}` は送信元ではありません。10.1.2.3 のようなアドレス、ネットワーク、またはポリシーの送信元の名前を書いてください"),
        )
            .into()
    }

    /// Nearly a name of the policy.
    #[must_use]
    pub fn meant(text: &str, near: &str) -> Text {
        (
            format!("`{text}` is not a source of the policy: did you mean `{near}`?"),
            format!("`{text}` という送信元はポリシーにありません。`{near}` のことですか?"),
        )
            .into()
    }

    /// A network with bits behind its prefix.
    #[must_use]
    pub fn host_bits(text: &str, meant: &str) -> Text {
        (
            format!("`{text}` is not a network: did you mean {meant}?"),
            format!("`{text}` はネットワークではありません。{meant} のことですか?"),
        )
            .into()
    }

    /// A source that holds no address.
    #[must_use]
    pub fn empty(source: &str) -> Text {
        (
            format!("source `{source}` holds no address"),
            format!("送信元 `{source}` にはアドレスがありません"),
        )
            .into()
    }

    /// An address of one network card.
    #[must_use]
    pub fn zone(text: &str, without: &str) -> Text {
        (
            format!("`{text}` has a zone, which means something on one machine only: write `{without}`"),
            format!("`{text}` のゾーンは 1 台のマシンの中でしか意味がありません。`{without}` と書いてください"),
        )
            .into()
    }

    /// The rules tell too many of its addresses apart.
    #[must_use]
    pub fn too_many(kinds: usize) -> Text {
        (
            format!("the rules tell {kinds} kinds of these addresses apart: ask for one address, or a smaller network"),
            format!("ルールはこれらのアドレスを {kinds} 種類に分けます。アドレス 1 つか、もっと小さなネットワークにしてください"),
        )
            .into()
    }
}

/// Lines of a log.
pub mod line {
    use super::{English, Japanese, Text, Words, words};

    /// Nothing was given.
    pub const EMPTY: Words = words(
        "the line is empty: paste one line of the firewall's alert log",
        "行が空です。ファイアウォールのアラートログを 1 行貼り付けてください",
    );

    /// Not JSON.
    #[must_use]
    pub fn not_json(why: &str) -> Text {
        (
            format!("this is not a whole JSON line ({why}): a log line begins with `{{` and ends with `}}`"),
            format!("JSON の行として完全ではありません ({why})。ログの行は `{{` で始まり `}}` で終わります"),
        )
            .into()
    }

    /// Another type of event.
    #[must_use]
    pub fn not_an_alert(kind: &str) -> Text {
        (
            format!("this is a `{kind}` line, which names no rule: take one of the alert log (`event_type` is `alert`)"),
            format!("これは `{kind}` の行で、ルールが書かれていません。アラートログの行 (`event_type` が `alert`) を使ってください"),
        )
            .into()
    }

    /// A protocol that no request can be asked in.
    #[must_use]
    pub fn unasked(protocol: &str) -> Text {
        (
            format!("this line is about {protocol}, which no test can ask: take one about TCP, UDP or ICMP (DNS only over UDP)"),
            format!("これは {protocol} についての行で、テストでは問い合わせできません。TCP、UDP、ICMP (DNS は UDP のみ) についての行を使ってください"),
        )
            .into()
    }

    /// Something is missing.
    #[must_use]
    pub fn lacks(what: &str) -> Text {
        (format!("the line lacks `{what}`"), format!("行に `{what}` がありません")).into()
    }

    /// What a value should be.
    pub const ADDRESS: Words = words("an address", "アドレス");
    /// See [`ADDRESS`].
    pub const PORT: Words = words("a port", "ポート");
    /// See [`ADDRESS`].
    pub const HOST: Words = words("a host", "ホスト");

    /// A value of the wrong kind.
    #[must_use]
    pub fn bad(key: &str, value: &str, wanted: Words) -> Text {
        Text::made(|lang| match lang {
            English => format!("`{key}` is `{value}`, which is not {}", wanted.say(lang)),
            Japanese => {
                format!("`{key}` の `{value}` は{}ではありません", wanted.say(lang))
            }
        })
    }
}
