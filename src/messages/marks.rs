//! Rules that are marked together, and what is done with all of them in one step.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

fn rules(n: usize) -> String {
    match n {
        1 => "1 rule".to_owned(),
        n => format!("{n} rules"),
    }
}

/// No rule is marked.
pub const NONE_MARKED: Words = words(
    "no rule is marked: `{mark}` marks the selected one",
    "ルールに印がありません。`{mark}` で選択中のルールに印を付けます",
);
/// Nothing is there to be marked.
pub const NOTHING_TO_MARK: Words =
    words("no rule or group is selected", "ルールもグループも選ばれていません");
/// The marked rules stand there already.
pub const STAND_HERE: Words =
    words("the marked rules stand here already", "印のあるルールはすでにここにあります");
/// The groups have priorities with gaps.
pub const SPACED: Words = words(
    "the groups' priorities have these gaps already",
    "グループの優先度はすでに間隔が空いています",
);
/// Rules are in the air, of which only their group has a priority.
pub const RULES_IN_THE_AIR: Words = words(
    "rules are in the air: their groups keep their priorities",
    "ルールを持ち上げ中です。グループの優先度は変わりません",
);
/// The sign of a marked rule.
pub const SIGN: &str = "+";

/// How many rules are marked, and what can be done with them.
#[must_use]
pub fn marked(n: usize) -> Text {
    (format!("{} marked", rules(n)), format!("{n} 件のルールに印があります")).into()
}

/// Several rules are in the air.
#[must_use]
pub fn carrying_rules(n: usize) -> Text {
    (
        format!("carrying {}   at `·` no case would change", rules(n)),
        format!("{n} 件のルールを持ち上げ中   `·` の位置ならケースは変わりません"),
    )
        .into()
}

/// A group is in the air.
#[must_use]
pub fn carrying_group(group: &str) -> Text {
    (
        format!("carrying group {group}   at `·` no case would change"),
        format!("グループ {group} を持ち上げ中   `·` の位置ならケースは変わりません"),
    )
        .into()
}

/// The priority a group has and would have.
#[must_use]
pub fn group_goes(group: &str, before: u32, after: u32) -> Text {
    (
        format!("group {group}, priority {before} → {after}"),
        format!("グループ {group}、優先度 {before} → {after}"),
    )
        .into()
}

/// No number is left between two priorities.
#[must_use]
pub fn no_priority_free(above: Option<u32>, below: Option<u32>) -> Text {
    Text::made(|lang| match (lang, above, below) {
        (English, Some(above), Some(below)) => format!(
            "no priority is free between {above} and {below}: `{{space-groups}}` gives every group another one, with gaps"
        ),
        (Japanese, Some(above), Some(below)) => format!(
            "{above} と {below} の間に空いている優先度がありません。`{{space-groups}}` で全グループを間隔を空けて振り直します"
        ),
        (English, above, _) => format!(
            "no priority is free {}: `{{space-groups}}` gives every group another one, with gaps",
            if above.is_some() { "below" } else { "above" }
        ),
        (Japanese, above, _) => format!(
            "これより{}に空いている優先度がありません。`{{space-groups}}` で全グループを間隔を空けて振り直します",
            if above.is_some() { "下" } else { "上" }
        ),
    })
}

/// Rules move right above another.
#[must_use]
pub fn moved_above(n: usize, above: &str, group: Option<&str>) -> Text {
    match group {
        Some(group) => (
            format!("move {} to group `{group}`, above `{above}`", rules(n)),
            format!("{n} 件のルールをグループ `{group}` の `{above}` の上へ移動"),
        )
            .into(),
        None => (
            format!("move {} above `{above}`", rules(n)),
            format!("{n} 件のルールを `{above}` の上へ移動"),
        )
            .into(),
    }
}

/// Rules move right below another.
#[must_use]
pub fn moved_below(n: usize, below: &str, group: Option<&str>) -> Text {
    match group {
        Some(group) => (
            format!("move {} to group `{group}`, below `{below}`", rules(n)),
            format!("{n} 件のルールをグループ `{group}` の `{below}` の下へ移動"),
        )
            .into(),
        None => (
            format!("move {} below `{below}`", rules(n)),
            format!("{n} 件のルールを `{below}` の下へ移動"),
        )
            .into(),
    }
}

/// Rules move to a group that has none.
#[must_use]
pub fn moved_to(n: usize, group: &str) -> Text {
    (
        format!("move {} to group `{group}`", rules(n)),
        format!("{n} 件のルールをグループ `{group}` へ移動"),
    )
        .into()
}

/// Rules are copied to a group.
#[must_use]
pub fn copied(n: usize, group: &str) -> Text {
    (
        format!("copy {} to group `{group}`", rules(n)),
        format!("{n} 件のルールをグループ `{group}` へ複写"),
    )
        .into()
}

/// Rules are taken out.
#[must_use]
pub fn deleted(n: usize) -> Text {
    (format!("delete {}", rules(n)), format!("{n} 件のルールを削除")).into()
}

/// Rules are switched on.
#[must_use]
pub fn enabled(n: usize) -> Text {
    (format!("enable {}", rules(n)), format!("{n} 件のルールを有効化")).into()
}

/// Rules are switched off.
#[must_use]
pub fn disabled(n: usize) -> Text {
    (format!("disable {}", rules(n)), format!("{n} 件のルールを無効化")).into()
}

/// The groups get priorities with gaps.
#[must_use]
pub fn spaced(gap: u32) -> Text {
    (
        format!("give the groups priorities {gap} apart"),
        format!("グループの優先度を {gap} 間隔に振り直し"),
    )
        .into()
}

/// The flows that change are being counted.
pub const COUNTING: Words = words("flows that change   …", "変わる通信   …");

/// How many sets of flows change; `open`: of so many more it cannot be told; `whole`: all flows were looked at.
#[must_use]
pub fn flows_change(sets: usize, open: usize, whole: bool) -> Text {
    Text::made(|lang| {
        let head = match (lang, sets, open, whole) {
            (English, 0, 0, true) => "no flow changes".to_owned(),
            (Japanese, 0, 0, true) => "変わる通信はありません".to_owned(),
            (English, 0, ..) => "no flow is known to change".to_owned(),
            (Japanese, 0, ..) => "変わると分かっている通信はありません".to_owned(),
            (English, 1, ..) => "1 set of flows changes".to_owned(),
            (English, n, ..) => format!("{n} sets of flows change"),
            (Japanese, n, ..) => format!("{n} 組の通信が変わります"),
        };
        match (lang, open, whole) {
            (_, 0, true) => head,
            (English, 0, false) => format!("{head}; not all could be told"),
            (Japanese, 0, false) => format!("{head}(判定できない通信があります)"),
            (English, n, _) => format!("{head}; of {n} more it cannot be told"),
            (Japanese, n, _) => format!("{head}(ほかに {n} 組は判定できません)"),
        }
    })
}

/// Rows of which the engine does not keep the order, and rows of which that cannot be told.
#[must_use]
pub fn order_not_kept(rows: usize, unknown: usize) -> Text {
    match (rows, unknown) {
        (0, 0) => ("row order kept by the engine   yes", "行の順番どおりに判定   はい").into(),
        (0, n) => (
            format!("row order kept by the engine   cannot tell, {n} found"),
            format!("行の順番どおりに判定   判定できません({n} 件)"),
        )
            .into(),
        (n, _) => (
            format!("row order kept by the engine   no, {n} found"),
            format!("行の順番どおりに判定   いいえ({n} 件)"),
        )
            .into(),
    }
}
