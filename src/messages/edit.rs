//! Edits of a policy in words: what an undo takes back, what an offer would do.

use super::Text;

/// A thing that is not there any more.
pub const SOMETHING: &str = "?";

/// A rule moves, nobody knows beside which.
#[must_use]
pub fn moved(rule: &str) -> Text {
    (format!("move `{rule}`"), format!("`{rule}` を移動")).into()
}

/// A rule moves right above another, perhaps in another group.
#[must_use]
pub fn moved_above(rule: &str, above: &str, group: Option<&str>) -> Text {
    match group {
        Some(group) => (
            format!("move `{rule}` to group `{group}`, above `{above}`"),
            format!("`{rule}` をグループ `{group}` の `{above}` の上へ移動"),
        )
            .into(),
        None => {
            (format!("move `{rule}` above `{above}`"), format!("`{rule}` を `{above}` の上へ移動"))
                .into()
        }
    }
}

/// A rule moves right below another, perhaps in another group.
#[must_use]
pub fn moved_below(rule: &str, below: &str, group: Option<&str>) -> Text {
    match group {
        Some(group) => (
            format!("move `{rule}` to group `{group}`, below `{below}`"),
            format!("`{rule}` をグループ `{group}` の `{below}` の下へ移動"),
        )
            .into(),
        None => {
            (format!("move `{rule}` below `{below}`"), format!("`{rule}` を `{below}` の下へ移動"))
                .into()
        }
    }
}

/// A rule moves to a group that has none.
#[must_use]
pub fn moved_to(rule: &str, group: &str) -> Text {
    (format!("move `{rule}` to group `{group}`"), format!("`{rule}` をグループ `{group}` へ移動"))
        .into()
}

/// A new rule.
#[must_use]
pub fn add_rule(rule: &str) -> Text {
    (format!("add `{rule}`"), format!("`{rule}` を追加")).into()
}

/// Where a new rule will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside<'a> {
    /// Right above this one.
    Above(&'a str),
    /// Right below this one.
    Below(&'a str),
    /// In this group, which has no rule.
    InGroup(&'a str),
}

/// What a new rule does, to whom, for what; and its protocols and ports, if it names some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its action.
    pub action: &'a str,
    /// Its sources.
    pub from: &'a str,
    /// Its targets.
    pub to: &'a str,
    /// Its protocols.
    pub protocols: Option<&'a str>,
    /// Its ports.
    pub ports: Option<&'a str>,
}

/// A new rule with what it does, and where it will stand.
#[must_use]
pub fn add_row(rule: &str, beside: Beside<'_>, row: Row<'_>) -> Text {
    let Row { action, from, to, .. } = row;
    let protocols = row.protocols.map(|p| format!(", {p}")).unwrap_or_default();
    let ports = row.ports.map(|p| format!(", port {p}")).unwrap_or_default();
    let ports_ja = row.ports.map(|p| format!(", ポート {p}")).unwrap_or_default();
    let (place, place_ja) = match beside {
        Beside::Above(other) => (format!("above `{other}`"), format!("`{other}` の上")),
        Beside::Below(other) => (format!("below `{other}`"), format!("`{other}` の下")),
        Beside::InGroup(group) => {
            (format!("in group `{group}`"), format!("グループ `{group}` の中"))
        }
    };
    (
        format!("add `{rule}` {place}: {action} {from} to {to}{protocols}{ports}"),
        format!("{place_ja}に `{rule}` を追加: {action} {from} → {to}{protocols}{ports_ja}"),
    )
        .into()
}

/// A copy of a rule.
#[must_use]
pub fn duplicate(rule: &str) -> Text {
    (format!("duplicate `{rule}`"), format!("`{rule}` を複製")).into()
}

/// A rule goes.
#[must_use]
pub fn delete_rule(rule: &str) -> Text {
    (format!("delete `{rule}`"), format!("`{rule}` を削除")).into()
}

/// A rule is switched on.
#[must_use]
pub fn enable(rule: &str) -> Text {
    (format!("enable `{rule}`"), format!("`{rule}` を有効化")).into()
}

/// A rule is switched off.
#[must_use]
pub fn disable(rule: &str) -> Text {
    (format!("disable `{rule}`"), format!("`{rule}` を無効化")).into()
}

/// A rule does something else.
#[must_use]
pub fn action(rule: &str, before: &str, after: &str) -> Text {
    (
        format!("change `{rule}` from {before} to {after}"),
        format!("`{rule}` を {before} から {after} に変更"),
    )
        .into()
}

/// A rule is for more sources.
#[must_use]
pub fn to_sources(entries: &str, rule: &str) -> Text {
    (
        format!("add {entries} to the sources of `{rule}`"),
        format!("`{rule}` の送信元に {entries} を追加"),
    )
        .into()
}

/// A rule is for fewer sources.
#[must_use]
pub fn from_sources(entries: &str, rule: &str) -> Text {
    (
        format!("take {entries} out of the sources of `{rule}`"),
        format!("`{rule}` の送信元から {entries} を除外"),
    )
        .into()
}

/// A rule asks for more names or addresses.
#[must_use]
pub fn to_targets(entries: &str, rule: &str) -> Text {
    (
        format!("add {entries} to what `{rule}` asks for"),
        format!("`{rule}` の宛先に {entries} を追加"),
    )
        .into()
}

/// A rule asks for fewer names or addresses.
#[must_use]
pub fn from_targets(entries: &str, rule: &str) -> Text {
    (
        format!("take {entries} out of what `{rule}` asks for"),
        format!("`{rule}` の宛先から {entries} を除外"),
    )
        .into()
}

/// A rule is for more ports.
#[must_use]
pub fn to_ports(entries: &str, rule: &str) -> Text {
    (
        format!("add {entries} to the ports of `{rule}`"),
        format!("`{rule}` のポートに {entries} を追加"),
    )
        .into()
}

/// A rule is for fewer ports.
#[must_use]
pub fn from_ports(entries: &str, rule: &str) -> Text {
    (
        format!("take {entries} out of the ports of `{rule}`"),
        format!("`{rule}` のポートから {entries} を除外"),
    )
        .into()
}

/// A rule is for more protocols.
#[must_use]
pub fn to_protocols(entries: &str, rule: &str) -> Text {
    (
        format!("add {entries} to the protocols of `{rule}`"),
        format!("`{rule}` のプロトコルに {entries} を追加"),
    )
        .into()
}

/// A rule is for fewer protocols.
#[must_use]
pub fn from_protocols(entries: &str, rule: &str) -> Text {
    (
        format!("take {entries} out of the protocols of `{rule}`"),
        format!("`{rule}` のプロトコルから {entries} を除外"),
    )
        .into()
}

/// A rule changes in these fields; without any it is not said in which.
#[must_use]
pub fn change_rule(rule: &str, fields: &[&str]) -> Text {
    if fields.is_empty() {
        return (format!("change `{rule}`"), format!("`{rule}` を変更")).into();
    }
    let fields = fields.join(", ");
    (format!("change `{rule}`: {fields}"), format!("`{rule}` を変更: {fields}")).into()
}

/// A group is asked at another place among the groups.
#[must_use]
pub fn group_priority(group: &str, priority: &str) -> Text {
    (
        format!("give group `{group}` priority {priority}"),
        format!("グループ `{group}` の優先度を {priority} に変更"),
    )
        .into()
}

/// More default actions.
#[must_use]
pub fn to_default_actions(actions: &str) -> Text {
    (
        format!("add {actions} to the default actions"),
        format!("デフォルトアクションに {actions} を追加"),
    )
        .into()
}

/// Fewer default actions.
#[must_use]
pub fn from_default_actions(actions: &str) -> Text {
    (
        format!("take {actions} out of the default actions"),
        format!("デフォルトアクションから {actions} を除外"),
    )
        .into()
}

/// Other default actions.
#[must_use]
pub fn other_default_actions(less: &str, more: &str) -> Text {
    (
        format!("change the default actions {less} to {more}"),
        format!("デフォルトアクションを {less} から {more} に変更"),
    )
        .into()
}

/// A source gains addresses or parts.
#[must_use]
pub fn to_source(entries: &str, source: &str) -> Text {
    (
        format!("add {entries} to source `{source}`"),
        format!("送信元 `{source}` に {entries} を追加"),
    )
        .into()
}

/// A source loses addresses or parts.
#[must_use]
pub fn from_source(entries: &str, source: &str) -> Text {
    (
        format!("take {entries} out of source `{source}`"),
        format!("送信元 `{source}` から {entries} を除外"),
    )
        .into()
}

/// A domain list gains names.
#[must_use]
pub fn to_list(entries: &str, list: &str) -> Text {
    (format!("add {entries} to list `{list}`"), format!("リスト `{list}` に {entries} を追加"))
        .into()
}

/// A domain list loses names.
#[must_use]
pub fn from_list(entries: &str, list: &str) -> Text {
    (
        format!("take {entries} out of list `{list}`"),
        format!("リスト `{list}` から {entries} を除外"),
    )
        .into()
}

/// What undoing amounts to.
#[must_use]
pub fn put_back() -> Text {
    ("put the text back", "文面を元に戻す").into()
}
