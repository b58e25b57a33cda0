//! What changes from one policy to another, in words.

use super::{Lang, Text, Words, words};

/// What the engine makes of connections of which it does not see all packets.
pub const UNSEEN: Words =
    words("stateless rules, which take packets away", "パケットの一部を取り除くステートレスルール");

/// Nothing changes, for any flow.
#[must_use]
pub fn nothing_changes() -> Text {
    (
        "nothing changes: every flow of the universe gets the verdict that it had",
        "変化はありません: 対象のすべてのフローの判定は前と同じです",
    )
        .into()
}

/// How many sets of flows change.
#[must_use]
pub fn changes(sets: usize) -> Text {
    let english = match sets {
        1 => "one set of flows gets another verdict".to_owned(),
        n => format!("{n} sets of flows get another verdict"),
    };
    (english, format!("{sets} 組のフローの判定が変わります")).into()
}

/// Nothing is known to change, and something cannot be told.
#[must_use]
pub fn none_known() -> Text {
    (
        "no flow is known to change, but not all can be told",
        "変わると分かるフローはありませんが、すべては判断できません",
    )
        .into()
}

/// Heads the sets of flows of which it cannot be told.
#[must_use]
pub fn cannot_tell(sets: usize) -> Text {
    let english = match sets {
        1 => "of one set of flows it cannot be told".to_owned(),
        n => format!("of {n} sets of flows it cannot be told"),
    };
    (english, format!("{sets} 組のフローは判断できません")).into()
}

/// From one outcome to another.
#[must_use]
pub fn turns(before: &str, after: &str) -> String {
    format!("{before} → {after}")
}

/// Who decided before, and who decides now.
#[must_use]
pub fn deciders(before: &str, after: &str) -> Text {
    (format!("before by {before}, now by {after}"), format!("前: {before}、後: {after}")).into()
}

/// What makes it impossible to tell.
#[must_use]
pub fn because(rules: &str) -> Text {
    (
        format!("it hangs on what is not known of {rules}"),
        format!("{rules} の分からない条件によります"),
    )
        .into()
}

/// A rule that differs, and asks what usual clients are alike in.
#[must_use]
pub fn beyond(rule: &str, keyword: &str) -> Text {
    (
        format!("{rule} differs and asks for `{keyword}`: other clients than the usual may get another verdict"),
        format!("{rule} が異なり、`{keyword}` を条件にしています: 通常と異なるクライアントの判定は変わるかもしれません"),
    )
        .into()
}

/// Protocols of which not every class was looked at.
#[must_use]
pub fn left_out(protocols: &str) -> Text {
    (
        format!("not all flows of {protocols} were looked at: there are too many kinds of them"),
        format!("{protocols} は種類が多すぎるため、すべては調べていません"),
    )
        .into()
}

/// Who decided, where nobody did.
#[must_use]
pub const fn nobody(lang: Lang) -> &'static str {
    match lang {
        Lang::English => "no rule",
        Lang::Japanese => "ルールなし",
    }
}

/// A file of a revision cannot be read.
#[must_use]
pub fn no_revision(name: &str, why: &Text) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("cannot read `{name}` from git: {}", why.say(lang)),
        Lang::Japanese => format!("`{name}` を git から読めません: {}", why.say(lang)),
    })
}

/// A name that can be no revision.
#[must_use]
pub fn no_such_revision() -> Text {
    (
        "there is no such revision or file; write it as in `HEAD~1:path/from/the/top.yaml`",
        "その版またはファイルはありません。`HEAD~1:path/from/the/top.yaml` のように書いてください",
    )
        .into()
}

/// The program git could not be run.
#[must_use]
pub fn no_git(why: &str) -> Text {
    (format!("git could not be run ({why})"), format!("git を実行できません ({why})")).into()
}
