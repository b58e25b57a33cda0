//! Where the order of rows is not kept, and what names cannot do.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// A row as these sentences name it: where it stands, so that both can be found.
#[must_use]
pub fn row(name: &str, line: usize) -> Text {
    (format!("`{name}` (line {line})"), format!("`{name}`({line} 行目)")).into()
}

/// The default action, or that there is none, as these sentences name it.
#[must_use]
pub fn default(word: Option<&str>) -> Text {
    let Some(word) = word.map(|word| word.replace('_', " ")) else {
        return ("the lack of a default action", "デフォルトアクションがないこと").into();
    };
    (format!("the default action ({word})"), format!("デフォルトアクション({word})")).into()
}

/// A row further down, or the default action, decides packets that the row is not asked about.
#[must_use]
pub fn decided_earlier(meant: &Text, blocks: bool, request: &str, from: &str, by: &Text) -> Text {
    Text::made(|lang| {
        let (meant, by) = (meant.say(lang), by.say(lang));
        match lang {
            English => {
                let does = if blocks { "drops" } else { "passes" };
                format!(
                    "row order is not kept: {meant} {does} {request} from {from}, but {by} decides packets of it that the first is not asked about"
                )
            }
            Japanese => {
                let does = if blocks { "ドロップ" } else { "通過" };
                format!(
                    "行の順序が守られません: {meant} は {from} から {request} への通信を{does}させるはずですが、その行が問われないパケットを {by} が先に決めます"
                )
            }
        }
    })
}

/// It is not known of every flow.
#[must_use]
pub fn left_out(protocols: &str) -> Text {
    (
        format!(
            "whether the row order is kept cannot be told for every flow of {protocols}: hand-written rules ask for what is not known of all of them, or there are too many kinds"
        ),
        format!(
            "{protocols} のすべてのフローで行の順序が守られるかどうかは判断できません: 手書きルールに、フローからは分からない条件があるか、フローの種類が多すぎます"
        ),
    )
        .into()
}

/// What to do about a hand-written rule that does.
pub const DECIDED_EARLIER_HELP: Words = words(
    "write it as a row in the words of the policy, which is compiled so that it waits; or give the rule \
     `flow:to_server`, and to a drop what it must wait for, such as `ssl_state:client_hello`",
    "ポリシーの言葉で行として書けば、待つようにコンパイルされます。手書きのままなら `flow:to_server` を加え、drop には \
     `ssl_state:client_hello` のような待つべき条件を加えてください",
);

/// What to do about the default action that does.
pub const DEFAULT_EARLIER_HELP: Words = words(
    "write the names as rows in the words of the policy: these are followed by rules that wait for names; or choose \
     an app-layer default action",
    "名前をポリシーの言葉で行として書いてください。名前を待つルールが後ろに付きます。あるいは app_layer \
     のデフォルトアクションを選んでください",
);

/// A pass by name holds for the connection.
#[must_use]
pub fn second_request(row: &Text, first: &str, second: &str, by: &Text) -> Text {
    Text::made(|lang| {
        let (row, by) = (row.say(lang), by.say(lang));
        match lang {
            English => format!(
                "{row} passes the connection, not the request: after {first}, a second request on it gets through to {second}, which {by} drops"
            ),
            Japanese => format!(
                "{row} が通過させるのはリクエストではなく接続です: {first} の後なら、{by} がドロップするはずの {second} への 2 つ目のリクエストも同じ接続で届きます"
            ),
        }
    })
}

/// What to do about it.
pub const SECOND_REQUEST_HELP: Words = words(
    "every row that passes HTTP by name does so: use https, or a proxy for what must be checked request by request",
    "HTTP を名前で通過させる行はすべてこうなります。https を使うか、リクエストごとの検査が要るものにはプロキシを使ってください",
);

/// A method that nobody knows is not recognised as HTTP.
#[must_use]
pub fn unknown_method(row: &Text, request: &str, by: &Text) -> Text {
    Text::made(|lang| {
        let (row, by) = (row.say(lang), by.say(lang));
        match lang {
            English => format!(
                "{row} does not see {request} with a method that is not known (`BREW`): {by} passes it"
            ),
            Japanese => format!(
                "知られていないメソッド(`BREW`)の {request} は {row} には見えず、{by} が通過させます"
            ),
        }
    })
}

/// What to do about it.
pub const UNKNOWN_METHOD_HELP: Words = words(
    "pass names instead of addresses: what is not recognised then meets the default action",
    "アドレスではなく名前で通過させてください。認識できないものにはデフォルトアクションが適用されます",
);

/// QUIC carries a name past a row that asks for TLS and HTTP.
#[must_use]
pub fn quic(row: &Text, host: &str, by: &Text) -> Text {
    Text::made(|lang| {
        let (row, by) = (row.say(lang), by.say(lang));
        match lang {
            English => {
                format!("{row} drops https://{host}, but over QUIC {by} passes it")
            }
            Japanese => {
                format!("{row} は https://{host} をドロップしますが、QUIC では {by} が通過させます")
            }
        }
    })
}

/// What to do about it.
pub const QUIC_HELP: Words = words(
    "ask for QUIC too (`quic` among the row's `protocols`, by hand a rule with `quic.sni`), or drop udp port 443 above \
     what passes it: browsers then fall back to TLS",
    "QUIC も見るようにする (行の `protocols` に `quic` を加える。手書きなら `quic.sni` のルールを足す) か、通過させるものより上で \
     udp の 443 番ポートをドロップしてください。ブラウザーは TLS に切り替えます",
);

/// A client without a server name.
#[must_use]
pub fn no_name(row: &Text, by: &Text) -> Text {
    Text::made(|lang| {
        let (row, by) = (row.say(lang), by.say(lang));
        match lang {
            English => format!(
                "{row} is about a name, and a client that sends none is not asked for it: {by} passes it"
            ),
            Japanese => format!(
                "{row} は名前を見る行なので、名前を送らないクライアントには適用されず、{by} が通過させます"
            ),
        }
    })
}

/// What to do about it.
pub const NO_NAME_HELP: Words = words(
    "pass names instead of addresses: a hello without one then meets the default action",
    "アドレスではなく名前で通過させてください。名前のない ClientHello にはデフォルトアクションが適用されます",
);

/// Rows that let the handshake through.
#[must_use]
pub fn waits(row: &Text, others: usize) -> Text {
    Text::made(|lang| {
        let row = row.say(lang);
        match lang {
            English => {
                let others = match others {
                    0 => String::new(),
                    1 => ", and so does one other row".to_owned(),
                    n => format!(", and so do {n} other rows"),
                };
                format!(
                    "{row} waits for names that rows above it ask for: the port looks open, and bytes that never become a name get through{others}"
                )
            }
            Japanese => {
                let others = match others {
                    0 => String::new(),
                    n => format!("(ほかに {n} 行も同様)"),
                };
                format!(
                    "{row} は、上の行が問う名前を待ちます: ポートは開いて見え、名前にならないデータは通過します{others}"
                )
            }
        }
    })
}

/// What to do about it.
pub const WAITS_HELP: Words = words(
    "put rows that block addresses above rows about names: they then act on the first packet",
    "アドレスを遮断する行を、名前を見る行より上に置いてください。最初のパケットで効くようになります",
);

/// An alert that is never asked.
#[must_use]
pub fn alert_too_late(row: &Text, by: &Text, request: &str) -> Text {
    Text::made(|lang| {
        let (row, by) = (row.say(lang), by.say(lang));
        match lang {
            English => format!(
                "{row} logs no {request}: {by} drops the first packet, and no name is ever sent"
            ),
            Japanese => format!(
                "{row} は {request} を記録しません: {by} が最初のパケットをドロップし、名前が送られることはありません"
            ),
        }
    })
}
