//! What is wrong with default actions, groups and kinds of rules, and why an edit is refused.

use super::words::{KEEP_ONE, Said, said, short};
use crate::messages::{Lang, Text};

/// Default actions where there are none.
#[must_use]
pub fn default_in_action_order() -> Said {
    said(
        (
            "action order has no default actions: what no rule matches passes",
            "アクション順にデフォルトアクションはありません。どのルールにも一致しないものは通過します",
        ),
        (
            "take `default_actions` out, or write `rule_order: strict`",
            "`default_actions` を外すか、`rule_order: strict` と書いてください",
        ),
    )
}

/// The same default action twice.
#[must_use]
pub fn default_twice(word: &str) -> Said {
    said(
        (format!("`{word}` is written twice"), format!("`{word}` が 2 回書かれています")),
        KEEP_ONE,
    )
}

/// Two default actions that drop.
#[must_use]
pub fn two_drops(one: &str, other: &str) -> Said {
    said(
        (
            format!("`{one}` and `{other}` both drop: AWS takes one"),
            format!("`{one}` と `{other}` はどちらもドロップです。AWS は 1 つしか受け付けません"),
        ),
        ("keep the one you mean", "必要な方だけ残してください"),
    )
}

/// Default actions that AWS does not take together.
#[must_use]
pub fn mixed_defaults(one: &str, other: &str) -> Said {
    said(
        (
            format!("`{one}` and `{other}` cannot exist together"),
            format!("`{one}` と `{other}` は同時に指定できません"),
        ),
        (
            "take both from one family: `*_established`, or `*_established_app_layer…`",
            "`*_established` か `*_established_app_layer…` か、どちらかの系統に揃えてください",
        ),
    )
}

/// A hand-written rule with fields of the other kind.
#[must_use]
pub fn two_kinds(field: &str) -> Said {
    said(
        (
            format!(
                "`{field}` and `suricata` cannot be in one rule: the Suricata text says it all"
            ),
            format!(
                "`{field}` と `suricata` は 1 つのルールに書けません。Suricata のルールがすべてを表します"
            ),
        ),
        (
            format!("take `{field}` out, or make two rules"),
            format!("`{field}` を外すか、ルールを 2 つに分けてください"),
        ),
    )
}

/// A hand-written rule whose end became a comment.
#[must_use]
pub fn text_lost() -> Said {
    said(
        (
            "the text after ` #` is lost: in a plain value it is a comment",
            "` #` より後ろが失われます。引用符のない値ではコメントになります",
        ),
        (
            "write `suricata: |` and the rule on the next line, indented",
            "`suricata: |` と書き、次の行に字下げしてルールを書いてください",
        ),
    )
}

/// A group that others keep, with rules or sets of its own.
#[must_use]
pub fn managed_with_own(field: &str) -> Said {
    let message = match field {
        "rules" => (
            "a managed group has no rules of its own: AWS or a partner keeps them",
            "マネージドグループに自分のルールは書けません。AWS かパートナーが管理しています",
        ),
        _ => (
            "a managed group has no variables of its own: it uses the policy's",
            "マネージドグループに自分の変数は書けません。ポリシーの変数を使います",
        ),
    };
    said(
        message,
        (
            format!("take `{field}` out, or make a group of your own"),
            format!("`{field}` を外すか、自分のグループを作ってください"),
        ),
    )
}

/// A problem as an edit is refused with it: on one line.
#[must_use]
pub fn refused(message: &Text, help: Option<&Text>) -> Text {
    let Some(help) = help else { return message.clone() };
    Text::made(|lang| match lang {
        Lang::English => format!("{}; {}", message.say(lang), help.say(lang)),
        Lang::Japanese => format!("{}。{}", message.say(lang), help.say(lang)),
    })
}

/// A group that others keep.
#[must_use]
pub fn no_rules_here() -> Text {
    ("this group has no rules of its own", "このグループに自分のルールはありません").into()
}

/// A rule that cannot be deleted, because cases name it.
#[must_use]
pub fn rule_is_named(rule: &str, cases: &[&str]) -> Text {
    let (rule, first) = (short(rule), short(cases.first().copied().unwrap_or_default()));
    let (who, who_ja) = match cases.len() {
        1 => (format!("the case `{first}` says"), format!("ケース `{first}`")),
        2 => {
            (format!("the case `{first}` and another say"), format!("ケース `{first}` とほか 1 件"))
        }
        n => (
            format!("the case `{first}` and {} others say", n - 1),
            format!("ケース `{first}` とほか {} 件", n - 1),
        ),
    };
    (
        format!(
            "{who} that `{rule}` decides; delete or change the case first, or disable the rule"
        ),
        format!(
            "{who_ja}が、`{rule}` が決め手になると書いています。先にケースを消すか変えるか、ルールを無効にしてください"
        ),
    )
        .into()
}

/// Text that did not read back as it was meant.
#[must_use]
pub fn not_as_meant() -> Text {
    (
        "the file is written in a way that this edit cannot keep: nothing was changed; edit it by hand",
        "ファイルの書き方が、この編集では保てないものです。何も変更していません。手で編集してください",
    )
        .into()
}

/// The place of an edit is gone.
#[must_use]
pub fn no_such_place() -> Text {
    ("there is no such rule any more", "そのルールはもうありません").into()
}

/// A list that is written in a way that no edit keeps.
#[must_use]
pub fn list_as_written() -> Text {
    (
        "the list cannot be edited as it is written; edit it by hand",
        "このリストの書き方では編集できません。手で編集してください",
    )
        .into()
}
