//! What is wrong with stateless rules in a policy file.

use super::words::{Said, said, short};
use crate::messages::{Words, words};

/// What an end of a stateless rule can be.
const ENDS: Words = words(
    "write addresses, networks, names from `sources`, or `any`",
    "アドレス、ネットワーク、`sources` の名前、または `any` を書いてください",
);

/// How the rows of a group are ordered.
const PRIORITIES: Words = words(
    "give every rule its own number, or leave all priorities out: the rows' order counts then",
    "すべてのルールに別々の番号を付けるか、優先度をすべて省いて行の順序に任せてください",
);

/// A custom action of AWS.
#[must_use]
pub fn no_metrics(field: &str) -> Said {
    said(
        (
            format!("`{field}`: custom actions, which publish metrics, are not kept"),
            format!("`{field}`: メトリクスを発行するカスタムアクションは保持されません"),
        ),
        (
            "take it out: it changes no verdict; add it in AWS",
            "取り除いてください。判定は変わりません。AWS の側で追加してください",
        ),
    )
}

/// An action that stateless rules do not have.
#[must_use]
pub fn no_such_action(word: &str) -> Said {
    said(
        (
            format!("stateless rules cannot {word}: they see single packets and write no log"),
            format!(
                "ステートレスルールに `{word}` はありません。1 パケットずつ見るだけで、ログも書きません"
            ),
        ),
        (
            format!("write `forward`, and `{word}` in a stateful rule"),
            format!("`forward` にして、ステートフルルールに `{word}` を書いてください"),
        ),
    )
}

/// Neither `from` nor `to`.
#[must_use]
pub fn no_ends() -> Said {
    said(
        (
            "a stateless rule lacks both `from` and `to`: AWS wants one of them",
            "ステートレスルールに `from` も `to` もありません。AWS はどちらかを求めます",
        ),
        ("add `from: any`", "`from: any` を加えてください"),
    )
}

/// `any` in a list with others.
#[must_use]
pub fn any_beside_others(field: &str) -> Said {
    said(
        (
            format!("`any` in `{field}` makes its other entries meaningless"),
            format!("`{field}` に `any` があると、ほかの項目は意味を失います"),
        ),
        (
            format!("write `{field}: any`, or take `any` out"),
            format!("`{field}: any` と書くか、`any` を取り除いてください"),
        ),
    )
}

/// A host name where only addresses are seen.
#[must_use]
pub fn no_names(text: &str) -> Said {
    let text = short(text);
    said(
        (
            format!("stateless rules see addresses and no names: `{text}`"),
            format!("ステートレスルールに見えるのはアドレスだけで、名前は見えません: `{text}`"),
        ),
        ENDS,
    )
}

/// A source that does not exist and looks like a host name.
#[must_use]
pub fn no_such_source(text: &str) -> Said {
    let text = short(text);
    said(
        (
            format!("there is no source `{text}`, and stateless rules see no host names"),
            format!("送信元 `{text}` はありません。ステートレスルールにホスト名は見えません"),
        ),
        ENDS,
    )
}

/// Not a protocol.
#[must_use]
pub fn bad_protocol(text: &str) -> Said {
    let text = short(text);
    said(
        (
            format!("`{text}` is no protocol that a stateless rule can ask for"),
            format!("`{text}` はステートレスルールで指定できるプロトコルではありません"),
        ),
        (
            "write `tcp`, `udp`, `icmp` (1), `icmpv6` (58), or a number from 0 to 255",
            "`tcp`、`udp`、`icmp` (1)、`icmpv6` (58)、または 0 から 255 の番号を書いてください",
        ),
    )
}

/// Not a port.
#[must_use]
pub fn bad_stateless_port(text: &str) -> Said {
    let text = short(text);
    said(
        (format!("`{text}` is not a port"), format!("`{text}` はポートではありません")),
        (
            "write a number from 0 to 65535, or a range like `1024-65535`",
            "0 から 65535 の番号か、`1024-65535` のような範囲を書いてください",
        ),
    )
}

/// Ports without TCP or UDP.
#[must_use]
pub fn ports_need(field: &str) -> Said {
    said(
        (
            format!("`{field}` of a stateless rule is only asked of TCP and UDP"),
            format!("ステートレスルールの `{field}` は TCP と UDP でだけ問われます"),
        ),
        (
            "write `protocols: [tcp]`, `[udp]` or `[tcp, udp]`",
            "`protocols: [tcp]`、`[udp]`、`[tcp, udp]` のどれかを書いてください",
        ),
    )
}

/// Flags without TCP.
#[must_use]
pub fn flags_need_tcp() -> Said {
    said(
        ("`tcp_flags` are only asked of TCP", "`tcp_flags` は TCP でだけ問われます"),
        ("write `protocols: [tcp]`", "`protocols: [tcp]` と書いてください"),
    )
}

/// Flags that are not looked at.
#[must_use]
pub fn flags_outside_masks(flags: &str) -> Said {
    said(
        (
            format!("`flags` wants what `masks` does not look at: {flags}"),
            format!("`flags` に、`masks` が見ないフラグがあります: {flags}"),
        ),
        (
            format!("add {flags} to `masks`, or take it out of `flags`"),
            format!("{flags} を `masks` に加えるか、`flags` から取り除いてください"),
        ),
    )
}

/// Two rows of a group with one priority.
#[must_use]
pub fn same_priority(priority: u32, other: &str) -> Said {
    let other = short(other);
    said(
        (
            format!("priority {priority} is taken by the rule `{other}` of this group"),
            format!("優先度 {priority} は、このグループのルール `{other}` が使っています"),
        ),
        PRIORITIES,
    )
}

/// Some rows of a group have a priority, this one has none.
#[must_use]
pub fn some_priorities(rule: &str) -> Said {
    let rule = short(rule);
    said(
        (
            format!("the rule `{rule}` has no priority, others of its group have one"),
            format!("ルール `{rule}` には優先度がなく、同じグループのほかのルールにはあります"),
        ),
        PRIORITIES,
    )
}
