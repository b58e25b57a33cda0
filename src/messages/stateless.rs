//! What stateless rules do, and what may not be as meant about them.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// An end of a rule that names sources without addresses.
#[must_use]
pub fn no_addresses(rule: &str) -> Text {
    (
        format!("`{rule}` names sources that have no address left"),
        format!("`{rule}` が指す送信元には、アドレスが残っていません"),
    )
        .into()
}

/// What that would do.
pub const NO_ADDRESSES_HELP: Words = words(
    "give the source addresses, or disable the rule: AWS takes an empty list for every address",
    "送信元にアドレスを加えるか、ルールを無効にしてください。AWS は空のリストをすべてのアドレスと解釈します",
);

/// More groups than AWS takes.
#[must_use]
pub fn too_many_groups(groups: usize) -> Text {
    (
        format!("{groups} stateless groups: AWS takes 20 in a policy"),
        format!("ステートレスグループが {groups} 個あります。AWS では 1 ポリシーに 20 個までです"),
    )
        .into()
}

/// More capacity than AWS gives.
#[must_use]
pub fn too_much_capacity(all: usize, group: &str, most: usize) -> Text {
    (
        format!("the stateless groups need {all} units of capacity, `{group}` alone {most}: a policy has 30000"),
        format!("ステートレスグループの容量は合計 {all} 単位、`{group}` だけで {most} 単位です。1 ポリシーは 30000 までです"),
    )
        .into()
}

/// How capacity is counted.
pub const TOO_MUCH_CAPACITY_HELP: Words = words(
    "a rule needs the product of the lengths of its lists (from, to, protocols, source_ports, ports): join networks, or make several rules of it",
    "ルールの容量は、各リスト(from、to、protocols、source_ports、ports)の長さの積です。ネットワークをまとめるか、ルールを分けてください",
);

/// A stateless rule as sentences name it.
#[must_use]
pub fn rule(group: &str, name: &str) -> Text {
    (format!("the stateless rule {group} / {name}"), format!("ステートレスルール {group} / {name}"))
        .into()
}

/// A stateless rule with the priorities by which it is found: its group's, and its own in the group.
#[must_use]
pub fn rule_in_full(group: &str, name: &str, (of_group, own): (u32, u32)) -> Text {
    (
        format!("the stateless rule {group} / {name} (priority {of_group} / {own})"),
        format!("ステートレスルール {group} / {name} (優先度 {of_group} / {own})"),
    )
        .into()
}

/// The default action of the stateless rules.
#[must_use]
pub fn default_action(action: &str) -> Text {
    (
        format!("the stateless default action ({action})"),
        format!("ステートレスのデフォルトアクション ({action})"),
    )
        .into()
}

/// The stream exception policy; `action`: what it does.
#[must_use]
pub fn stream_exception(action: &str) -> Text {
    (
        format!("the stream exception policy ({action})"),
        format!("ストリーム例外ポリシー ({action})"),
    )
        .into()
}

/// What it means that stateless rules decided a request which the stateful rules never see.
pub const NEVER_SEEN: Words = words(
    "before the stateful rules, which never see it; nothing is logged",
    "ステートフルルールより前で、そこには届きません。記録もされません",
);

/// What it means that stateless rules decided a packet.
pub const BEFORE: Words = words(
    "before the stateful rules, and without a log line",
    "ステートフルルールより前で、記録もされません",
);

/// No stateful rule matches the packets that reach them.
#[must_use]
pub fn unmatched_in_part(experience: Words) -> Text {
    Text::made(|lang| {
        let experience = experience.say(lang);
        match lang {
            English => format!(
                "{experience}   no stateful rule and no default action matches the packets that reach them: it passes, unlogged"
            ),
            Japanese => format!(
                "{experience}   届いたパケットに一致するステートフルルールもデフォルトアクションもなく、記録されずに通過します"
            ),
        }
    })
}

/// What stateless rules do to later packets.
pub const EACH_FOR_ITSELF: Words = words(
    "stateless rules ask about every packet for itself",
    "ステートレスルールはパケットを 1 つずつ独立に見ます",
);

/// What the stream exception policy does to later packets.
pub const ALL_OF_IT: Words = words(
    "the stream exception policy holds for the whole connection",
    "ストリーム例外ポリシーは接続全体に及びます",
);

/// Why a connection that the stateful rules did not see begin was blocked.
#[must_use]
pub fn not_seen_to_begin(by: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!(
            "{} passes its first packets, so the stateful rules do not see it begin",
            by.say(lang)
        ),
        Japanese => format!(
            "{} が最初のパケットを通過させるため、ステートフルルールには接続の始まりが見えません",
            by.say(lang)
        ),
    })
}

/// What is not known: data is missing.
#[must_use]
pub fn gap_hole(by: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!(
            "what the stateful rules make of a connection from which {} takes some packets",
            by.say(lang)
        ),
        Japanese => format!(
            "{} がパケットの一部を取り除いた接続を、ステートフルルールがどう扱うか",
            by.say(lang)
        ),
    })
}

/// What is not known: the stream exception policy is `continue`.
#[must_use]
pub fn gap_midstream(by: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!(
            "what the stateful rules make of a connection they join midway (stream exception policy continue): {} takes its first packets",
            by.say(lang)
        ),
        Japanese => format!(
            "{} が最初のパケットを取り除いた接続を、途中から見るステートフルルールがどう扱うか (ストリーム例外ポリシーは continue)",
            by.say(lang)
        ),
    })
}

/// What is not known: flags that differ from client to client.
pub const GAP_FLAGS: Words = words(
    "which of PSH, ECE and CWR the client sets, since the stateless rules ask for them",
    "クライアントが PSH、ECE、CWR のどれを立てるか (ステートレスルールの条件)",
);

/// Only the server's packets reach the stateful rules.
#[must_use]
pub fn only_answers_seen(by: &Text) -> Text {
    Text::made(|lang| {
        let by = by.say(lang);
        match lang {
            English => format!(
                "the stateful rules see the answers only: {by} passes what the client sends"
            ),
            Japanese => format!(
                "ステートフルルールに見えるのは応答だけです。クライアントの送信は {by} が通過させます"
            ),
        }
    })
}

/// Only the client's packets reach the stateful rules.
#[must_use]
pub fn only_client_seen(by: &Text) -> Text {
    Text::made(|lang| {
        let by = by.say(lang);
        match lang {
            English => format!(
                "the stateful rules see the client's packets only, and no names: {by} passes the answers"
            ),
            Japanese => format!(
                "ステートフルルールに見えるのはクライアントのパケットだけで、名前は分かりません。応答は {by} が通過させます"
            ),
        }
    })
}

/// Some packets do not reach the stateful rules.
#[must_use]
pub fn some_packets_seen(by: &Text) -> Text {
    Text::made(|lang| {
        let by = by.say(lang);
        match lang {
            English => format!("the stateful rules do not see every packet: {by} takes some"),
            Japanese => {
                format!("ステートフルルールに見えないパケットがあります。{by} が先に処理します")
            }
        }
    })
}

/// The default action passes.
#[must_use]
pub fn default_passes() -> Text {
    Text::made(|lang| {
        match lang {
        English => "the stateless default action is `pass`: what no stateless rule forwards is neither checked by the stateful rules nor logged".to_owned(),
        Japanese => "ステートレスのデフォルトアクションが `pass` です。ステートレスルールが転送しない通信は、ステートフルルールに検査されず、ログにも残りません".to_owned(),
    }
    })
}

/// A rule passes what goes between whole inside networks and anywhere.
#[must_use]
pub fn passes_broadly(rule: &str) -> Text {
    Text::made(|lang| match lang {
        English => format!(
            "`{rule}` passes what goes between the inside and anywhere: the stateful rules neither check nor log it"
        ),
        Japanese => format!(
            "`{rule}` は内部と任意の宛先との通信をまとめて通過させます。ステートフルルールは検査も記録もしません"
        ),
    })
}

/// What to do about a broad pass.
pub const BROAD_HELP: Words = words(
    "write `forward`, and a pass in a stateful rule group; or name the few addresses and ports that must go around the stateful rules",
    "`forward` にして、ステートフルのルールグループで pass にしてください。あるいは迂回が必要なアドレスとポートだけを書いてください",
);

/// A rule passes packets one way, and the other way they are forwarded (`passes`), or the reverse.
#[must_use]
pub fn one_way(rule: &str, passes: bool, (from, to, protocol): &(String, String, String)) -> Text {
    Text::made(|lang| match (lang, passes) {
        (English, true) => format!(
            "`{rule}` passes {protocol} from {from} to {to}, but what comes back is forwarded: the stateful rules see half of the connection"
        ),
        (English, false) => format!(
            "`{rule}` forwards {protocol} from {from} to {to}, but the default action passes what comes back: the stateful rules see half of the connection"
        ),
        (Japanese, true) => format!(
            "`{rule}` は {from} から {to} への {protocol} を通過させますが、戻りは転送されます。ステートフルルールには通信の半分しか見えません"
        ),
        (Japanese, false) => format!(
            "`{rule}` は {from} から {to} への {protocol} を転送しますが、戻りはデフォルトアクションが通過させます。ステートフルルールには通信の半分しか見えません"
        ),
    })
}

/// What half a connection means, and what to do.
pub const ONE_WAY_HELP: Words = words(
    "do the same both ways, in a second rule with `from` and `to`, `source_ports` and `ports` exchanged: of half a connection no name is known, drops of established connections never match, and without its SYN the stream exception policy decides",
    "`from` と `to`、`source_ports` と `ports` を入れ替えた 2 つ目のルールで、両方向を同じ扱いにしてください。片方向だけでは名前が分からず、確立済み接続のドロップは一致せず、SYN が見えなければストリーム例外ポリシーが決めます",
);

/// Source ports that a stateless rule asks for.
#[must_use]
pub fn from_port(ports: &str) -> Text {
    (format!("from port {ports}"), format!("送信元ポート {ports}")).into()
}

/// Destination ports that a stateless rule asks for.
#[must_use]
pub fn to_port(ports: &str) -> Text {
    (format!("port {ports}"), format!("ポート {ports}")).into()
}

/// TCP flags that a stateless rule asks for: of `masks`, or of all, exactly `flags` are set.
#[must_use]
pub fn flags(flags: &str, masks: Option<&str>) -> Text {
    let (flags, flags_ja) =
        if flags.is_empty() { ("no flag", "フラグなし") } else { (flags, flags) };
    match masks {
        Some(masks) => {
            (format!("{flags} set of {masks}"), format!("{masks} のうち {flags_ja}")).into()
        }
        None => (format!("only {flags} set"), format!("{flags_ja} のみ")).into(),
    }
}

/// What stateless rules are, beside the head of a group.
pub const ASKED_BY_PACKET: Words =
    words("stateless, packet by packet", "ステートレス、パケット単位");

/// The row of the default action.
pub const EVERY_OTHER_PACKET: Words = words("every other packet", "その他すべてのパケット");

/// What `pass` of a stateless rule does.
pub const PASSES: Words = words(
    "lets packets through: the stateful rules never see them, and nothing is logged",
    "パケットを通過させます。ステートフルルールには届かず、記録もされません",
);

/// What `drop` of a stateless rule does.
pub const DROPS: Words = words(
    "discards packets in silence: the stateful rules never see them, and nothing is logged",
    "パケットを黙って破棄します。ステートフルルールには届かず、記録もされません",
);

/// What `forward` of a stateless rule does.
pub const FORWARDS: Words =
    words("hands packets to the stateful rules", "パケットをステートフルルールに渡します");

/// How stateless rules ask.
pub const EACH_PACKET: Words = words(
    "asked of every packet for itself, the client's and the server's alike; what answers a connection needs a rule of its own",
    "クライアント側もサーバー側も、パケットごとに独立に問われます。接続への応答には別のルールが要ります",
);

/// Where the row stands.
#[must_use]
pub fn row_place(group: &str, (of_group, own): (u32, u32), enabled: bool) -> Text {
    let (off, off_ja) = if enabled {
        ("", "")
    } else {
        ("   off: not deployed", "   無効: 配備されません")
    };
    (
        format!("stateless {group}   priority {of_group} / {own}{off}"),
        format!("ステートレス {group}   優先度 {of_group} / {own}{off_ja}"),
    )
        .into()
}

/// What there is to know of a stateless group.
#[must_use]
pub fn group(priority: u32, rules: usize) -> Text {
    let counted = if rules == 1 { "1 rule".to_owned() } else { format!("{rules} rules") };
    (
        format!("stateless   priority {priority}   {counted}"),
        format!("ステートレス   優先度 {priority}   {rules} ルール"),
    )
        .into()
}

/// Where stateless rows are edited.
pub const WHERE_EDITED: Words = words(
    "`{edit-rule}` edits what is stateless; it cannot be carried; `{definitions}` lists all of it",
    "ステートレスの行は `{edit-rule}` で編集します。移動はできません。全体は `{definitions}` で一覧できます",
);
/// Why the Suricata rules of a stateless row cannot be copied.
pub const NOT_COMPILED: Words = words(
    "stateless rules become no Suricata rules",
    "ステートレスルールは Suricata のルールになりません",
);
/// Why the default action cannot be folded.
pub const NO_GROUP_SELECTED: Words = words("no group is selected", "グループが選ばれていません");

/// The actions in the list of rules: six cells at most.
pub const PASS: &str = "PASS";
/// See [`PASS`].
pub const DROP: &str = "DROP";
/// See [`PASS`].
pub const FORWARD: &str = "FWD";
