//! What was done, what was found, and why something cannot be done now.
#![allow(missing_docs, reason = "each sentence says what it is")]

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// Why something cannot be done now, and what would help.
pub mod why {
    use super::{Words, words};

    pub const NOTHING_TO_UNDO: Words = words("nothing to undo", "取り消す変更がありません");
    pub const NOTHING_TO_REDO: Words = words("nothing to make again", "やり直す変更がありません");
    pub const NOTHING_TO_SAVE: Words = words("everything is saved", "すべて保存済みです");
    pub const NOTHING_UNSAVED: Words = words("nothing is unsaved", "未保存の変更はありません");
    pub const NO_RULE_SELECTED: Words = words(
        "no rule is selected: go to one first",
        "ルールが選ばれていません。先にルールへ移ってください",
    );
    pub const NO_GROUPS: Words = words(
        "the policy has no rule group: `{definitions}` makes one",
        "ルールグループがありません。`{definitions}` で作ってください",
    );
    pub const MANAGED: Words = words(
        "others keep this group: its rules cannot be changed here",
        "このグループはほかで管理されているため、ここではルールを変えられません",
    );
    pub const NO_REQUEST: Words = words(
        "no request yet: `{type-request}` types one",
        "リクエストがありません。`{type-request}` で入力してください",
    );
    pub const DEPENDS: Words = words(
        "it depends on the destination address: fill in `dst` first",
        "宛先アドレスによって変わります。先に `dst` を入力してください",
    );
    pub const SOURCE_DEPENDS: Words = words(
        "it depends on the source: type one address first",
        "送信元によって変わります。先にアドレスを 1 つ入力してください",
    );
    pub const NO_FILE: Words = words(
        "the policy has no file yet that a command could name: save it first",
        "コマンドで指すファイルがまだありません。先に保存してください",
    );
    pub const NO_RULE_DECIDES: Words =
        words("no rule decides this request", "このリクエストを決めるルールはありません");
    pub const NO_OPINION: Words =
        words("no engine is asked here", "ここではエンジンに問い合わせません");
}

/// Why an action that belongs elsewhere cannot be done now.
pub mod elsewhere {
    use super::{Words, words};

    pub const CARRYING: Words = words("no rule is carried", "ルールを運んでいません");
    pub const IN_THE_AIR: Words =
        words("put the carried rule down first", "先に、運んでいるルールを置いてください");
    pub const OVERLAY: Words =
        words("close what lies over the panes first", "先に、手前の表示を閉じてください");
    pub const TYPING: Words = words("leave the field first", "先に、入力をやめてください");
    pub const FOUND: Words = words("nothing was searched for", "検索していません");
    pub const FIELD: Words = words("no request is being typed", "リクエストを入力していません");
    pub const FORM: Words = words("only in the form of a rule", "ルールの編集画面だけで使えます");
    pub const PROMPT: Words =
        words("only where a line is asked for", "1 行を入力するところだけで使えます");
    pub const KEEP: Words =
        words("only while a case is being named", "ケースに名前を付けるときだけ使えます");
    pub const SEARCH: Words = words("only while searching", "検索中だけ使えます");
    pub const LEAVE: Words =
        words("only when leaving with unsaved changes", "未保存のまま終了するときだけ使えます");
    pub const LEFT: Words =
        words("no unsaved changes were left behind", "残っていた未保存の変更はありません");
    pub const DISK: Words =
        words("only when others changed the file", "ファイルがほかで変更されたときだけ使えます");
    pub const NOTICE: Words =
        words("only where something is told", "お知らせがあるときだけ使えます");
    pub const DIFF: Words =
        words("only while looking at differences", "差分を見ているときだけ使えます");
    pub const OPINION: Words =
        words("only while reading the second opinion", "セカンドオピニオンを読むときだけ使えます");
    pub const FINDINGS: Words =
        words("only while reading the findings", "指摘を読むときだけ使えます");
    pub const EXPLAIN: Words =
        words("only while a verdict is explained", "判定の説明を見ているときだけ使えます");
    pub const FILTER: Words = words("no filter is being typed", "絞り込みを入力していません");
    pub const PALETTE: Words = words("only in this list", "この一覧だけで使えます");
    pub const HELP: Words = words("only in the help", "ヘルプだけで使えます");
}

/// What was copied.
pub mod copy {
    use super::{Text, Words, words};
    use crate::messages::screen::count;

    pub const SENTENCE: Words = words("copied: the sentence", "判定文をコピーしました");
    pub const NOTHING: Words = words(
        "there is nothing to copy: nothing is compiled from this rule",
        "コピーするものがありません。このルールからは何もコンパイルされません",
    );

    /// A rule as the file writes it.
    #[must_use]
    pub fn rule(name: &str) -> Text {
        (
            format!("copied: `{name}` as the policy writes it"),
            format!("`{name}` をポリシーに書かれたままコピーしました"),
        )
            .into()
    }

    /// The rules it is compiled to.
    #[must_use]
    pub fn compiled(name: &str, rules: usize) -> Text {
        (
            format!("copied: {} of `{name}` for Suricata", count(rules, "rule", "rules")),
            format!("`{name}` の Suricata ルール {rules} 件をコピーしました"),
        )
            .into()
    }

    /// A command.
    #[must_use]
    pub fn request(command: &str) -> Text {
        (format!("copied: {command}"), format!("コピーしました: {command}")).into()
    }

    /// It does not go into the clipboard.
    #[must_use]
    pub fn too_long(bytes: usize, most: usize) -> Text {
        (
            format!(
                "{bytes} bytes are too many to copy: terminals take {most}; `sekisho compile` prints every rule"
            ),
            format!(
                "{bytes} バイトは大きすぎてコピーできません。端末が受け取れるのは {most} バイトまでです。`sekisho compile` で全ルールを出力できます"
            ),
        )
            .into()
    }
}

/// An edit was made.
#[must_use]
pub fn done(words: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("{}: done   `{{undo}}` takes it back", words.say(lang)),
        Japanese => format!("完了: {}   `{{undo}}` で取り消せます", words.say(lang)),
    })
}

/// An edit was refused.
#[must_use]
pub fn refused(words: &Text, why: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("{}: not done, {}", words.say(lang), why.say(lang)),
        Japanese => format!("できません: {}。{}", words.say(lang), why.say(lang)),
    })
}

/// An edit was taken back.
#[must_use]
pub fn undone(words: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("undo: {}   `{{redo}}` makes it again", words.say(lang)),
        Japanese => format!("取り消し: {}   `{{redo}}` でやり直せます", words.say(lang)),
    })
}

/// An edit was made again.
#[must_use]
pub fn redone(words: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("redo: {}   `{{undo}}` takes it back", words.say(lang)),
        Japanese => format!("やり直し: {}   `{{undo}}` で取り消せます", words.say(lang)),
    })
}

/// The word of the footer with what it would take back.
#[must_use]
pub fn would_undo(word: Words, words: &Text) -> Text {
    Text::made(|lang| format!("{}: {}", word.say(lang), words.say(lang)))
}

/// The theme was switched.
#[must_use]
pub fn theme(name: &str) -> Text {
    (
        format!("theme {name}; settings keep it: `theme = \"{name}\"`"),
        format!("テーマ {name}。次回からも使うなら設定に `theme = \"{name}\"` と書いてください"),
    )
        .into()
}

/// The language was switched; `code` is what settings call it.
#[must_use]
pub fn language(code: &str) -> Text {
    (
        format!("English; settings keep it: `language = \"{code}\"`"),
        format!("日本語。次回からも使うなら設定に `language = \"{code}\"` と書いてください"),
    )
        .into()
}

/// The policy was written.
#[must_use]
pub fn saved(file: &str) -> Text {
    (format!("saved to {file}"), format!("{file} に保存しました")).into()
}

/// A case was put into the test bar.
#[must_use]
pub fn loaded(case: &str) -> Text {
    (format!("trying `{case}`"), format!("`{case}` を試しています")).into()
}

/// A search came to its end.
#[must_use]
pub fn found_some(text: &str, n: usize) -> Text {
    (
        format!("`{text}`: {n} found   `{{next-match}}` next, `{{previous-match}}` before"),
        format!("`{text}`: {n} 件   `{{next-match}}` 次、`{{previous-match}}` 前"),
    )
        .into()
}

/// Where in the matches we are.
#[must_use]
pub fn found(text: &str, nth: usize, of: usize) -> Text {
    let text = text.trim();
    (format!("`{text}`: {nth} of {of}"), format!("`{text}`: {of} 件中 {nth} 件目")).into()
}

/// Nothing was found.
#[must_use]
pub fn nothing_found(text: &str) -> Text {
    (
        format!("no rule has `{text}` in what it says, nor means it"),
        format!("`{text}` を含むルールも、それを対象とするルールもありません"),
    )
        .into()
}

/// Matches of a search.
#[must_use]
pub fn matches_found(n: usize) -> Text {
    match n {
        0 => ("not found", "なし").into(),
        n => (format!("{n} found"), format!("{n} 件")).into(),
    }
}
