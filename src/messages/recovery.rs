//! What there is to say about journals, and about files that others change.

use std::io::Error;

use super::{Lang, Text, Words, words};

/// The journal cannot be written.
#[must_use]
pub fn no_journal(error: &Error) -> Text {
    (
        format!("no recovery journal is kept: {error}; save often"),
        format!("復旧用ジャーナルを書けません: {error}。こまめに保存してください"),
    )
        .into()
}

/// There are edits that no file holds.
#[must_use]
pub fn has_edits(file: &str) -> Text {
    (
        format!("`{file}` has unsaved changes in a recovery journal; they are not looked at here"),
        format!("`{file}` には復旧用ジャーナルに未保存の変更があります。ここでは使いません"),
    )
        .into()
}

/// The edit that puts the text of the file in the place of the policy.
#[must_use]
pub fn take_theirs() -> Text {
    ("take the text of the file", "ファイルの内容を採用").into()
}

/// The edit that makes the changes of the file too.
#[must_use]
pub fn merge_theirs() -> Text {
    ("merge the changes of the file", "ファイル側の変更を取り込み").into()
}

/// The edit that makes the edits of a journal again.
#[must_use]
pub fn restore() -> Text {
    ("restore the unsaved changes", "未保存の変更を復元").into()
}

/// An edit was taken back.
#[must_use]
pub fn undo(words: &Text) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("undo: {}", words.say(lang)),
        Lang::Japanese => format!("取り消し: {}", words.say(lang)),
    })
}

/// An edit was made again.
#[must_use]
pub fn redo(words: &Text) -> Text {
    Text::made(|lang| match lang {
        Lang::English => format!("redo: {}", words.say(lang)),
        Lang::Japanese => format!("やり直し: {}", words.say(lang)),
    })
}

/// Head of the question about a journal.
pub const LEFT: Words = words("Unsaved changes were left behind", "未保存の変更が残っています");
/// Name of the difference between what there is and what would come back.
pub const WOULD_COME_BACK: Words = words("What would come back", "復元される内容");
/// Something is missing in a journal.
pub const DAMAGED: Words = words(
    "A part of the journal cannot be read: later edits are missing.",
    "ジャーナルの一部を読めません。それより後の編集は失われています。",
);
/// A journal began from another text than the file holds.
pub const OF_ANOTHER_TEXT: Words = words(
    "The file is not what it was then: restoring puts the policy back as it was on the screen, without what changed since.",
    "ファイルはその後変わっています。復元すると、その後の変更を含まない当時の画面の内容に戻ります。",
);

/// Heads of the question about the file.
pub const CHANGED: Words = words("The file was changed by others", "ファイルが他で変更されました");
/// The file is not there.
pub const GONE: Words = words("The file is gone", "ファイルがなくなりました");
/// The file is there, but says nothing.
pub const UNREADABLE: Words = words("The file cannot be read", "ファイルを読めません");
/// The file is as the workbench left it.
pub const AS_KNOWN: Words = words("the file is as it was again", "ファイルは元どおりの内容です");
/// Names of differences.
pub const MINE_TO_THEIRS: Words = words("Mine against theirs", "自分の版と相手の版");
/// What others did.
pub const THEIR_CHANGES: Words = words("Their changes", "相手の変更");
/// What the operator did.
pub const MY_CHANGES: Words = words("My changes", "自分の変更");
/// The title line, where the file is not what it was.
pub const CHANGED_ON_DISK: Words = words("changed on disk: ctrl-s", "ディスク上で変更あり: ctrl-s");
/// The title line, where the file is gone.
pub const GONE_FROM_DISK: Words = words("file is gone: ctrl-s", "ファイルなし: ctrl-s");
/// The title line, where somebody else has the file open.
pub const OPEN_ELSEWHERE: Words = words("also open elsewhere", "他でも開かれています");
/// The title line, where no journal can be kept.
pub const NOT_KEPT: Words = words("no recovery journal", "復旧用ジャーナルなし");
/// Nobody changed the file.
pub const NOTHING_TO_TAKE: Words = words("there is nothing to take", "取り込むものがありません");
/// Only one side changed.
pub const NOTHING_TO_MERGE: Words = words("only one side changed", "変更は一方だけです");
/// What others wrote cannot be read.
pub const THEIRS_IS_NO_POLICY: Words =
    words("what they wrote is no policy", "相手の内容はポリシーではありません");
/// Each change alone is a policy, both together are none.
pub const NO_POLICY_TOGETHER: Words = words(
    "with both changes the text would be no policy: look at the difference",
    "双方の変更を合わせるとポリシーになりません。差分を見てください",
);
/// The file is what the journal began from.
pub const NOTHING_TO_KEEP: Words = words("the file is as it was", "ファイルは変わっていません");
/// There is only one text.
pub const NOTHING_TO_COMPARE: Words =
    words("there is nothing to compare", "比べるものがありません");
/// Both changed a line.
pub const SAME_LINES: Words = words(
    "both changed the same lines: look at the difference",
    "同じ行が双方で変更されています。差分を見てください",
);

/// A workbench was cut off, so many seconds ago.
#[must_use]
pub fn left(file: &str, seconds: u64) -> Text {
    let (n, one, many, ja) = match seconds {
        0..60 => (0, "", "", ""),
        60..3600 => (seconds / 60, "minute", "minutes", "分"),
        3600..86_400 => (seconds / 3600, "hour", "hours", "時間"),
        _ => (seconds / 86_400, "day", "days", "日"),
    };
    let (english, japanese) = match n {
        0 => ("a moment ago".to_owned(), "少し前".to_owned()),
        1 => (format!("1 {one} ago"), format!("1 {ja}前")),
        n => (format!("{n} {many} ago"), format!("{n} {ja}前")),
    };
    (
        format!("The workbench ended before {file} was saved; the last edit was made {english}."),
        format!("{file} を保存する前に作業が中断されました。最後の編集は{japanese}です。"),
    )
        .into()
}

/// How many edits a journal holds, and what they amount to.
#[must_use]
pub fn edits(edits: usize, added: usize, removed: usize) -> Text {
    let plural = if edits == 1 { "" } else { "s" };
    (
        format!("{edits} edit{plural}: {}", lines(added, removed)),
        format!("編集 {edits} 件: {added} 行追加、{removed} 行削除"),
    )
        .into()
}

fn lines(added: usize, removed: usize) -> String {
    let plural = if added == 1 { "" } else { "s" };
    format!("{added} line{plural} added, {removed} removed")
}

/// Edits that are not named one by one.
#[must_use]
pub fn earlier(edits: usize) -> Text {
    (format!("… {edits} before these"), format!("… この前に {edits} 件")).into()
}

/// The file holds another text, or none.
#[must_use]
pub fn holds_another_text(file: &str) -> Text {
    (
        format!("{file} holds another text than the one opened here."),
        format!("{file} は、ここで開いたときと違う内容になっています。"),
    )
        .into()
}

/// What others changed.
#[must_use]
pub fn they_changed(added: usize, removed: usize) -> Text {
    (format!("they: {}", lines(added, removed)), format!("相手: {added} 行追加、{removed} 行削除"))
        .into()
}

/// What the operator changed and did not save.
#[must_use]
pub fn you_changed(added: usize, removed: usize) -> Text {
    if (added, removed) == (0, 0) {
        return ("you: nothing unsaved", "自分: 未保存の変更なし").into();
    }
    (
        format!("you: {}, unsaved", lines(added, removed)),
        format!("自分: {added} 行追加、{removed} 行削除(未保存)"),
    )
        .into()
}

/// What others wrote is no policy.
#[must_use]
pub fn no_policy(line: Option<usize>, why: &Text) -> Text {
    Text::made(|lang| match (lang, line) {
        (Lang::English, Some(line)) => {
            format!("What they wrote is no policy: line {line}: {}", why.say(lang))
        }
        (Lang::English, None) => format!("What they wrote is no policy: {}", why.say(lang)),
        (Lang::Japanese, Some(line)) => {
            format!("相手の内容はポリシーではありません: {line} 行目: {}", why.say(lang))
        }
        (Lang::Japanese, None) => {
            format!("相手の内容はポリシーではありません: {}", why.say(lang))
        }
    })
}

/// What both wrote is no policy.
#[must_use]
pub fn no_policy_together(line: Option<usize>, why: &Text) -> Text {
    Text::made(|lang| match (lang, line) {
        (Lang::English, Some(line)) => {
            format!("Both changes together are no policy: line {line}: {}", why.say(lang))
        }
        (Lang::English, None) => {
            format!("Both changes together are no policy: {}", why.say(lang))
        }
        (Lang::Japanese, Some(line)) => {
            format!("双方の変更を合わせるとポリシーになりません: {line} 行目: {}", why.say(lang))
        }
        (Lang::Japanese, None) => {
            format!("双方の変更を合わせるとポリシーになりません: {}", why.say(lang))
        }
    })
}

/// The file was removed.
#[must_use]
pub fn was_removed(file: &str) -> Text {
    (
        format!("{file} was removed; the policy is here, and its text is in the recovery journal."),
        format!(
            "{file} は削除されました。ポリシーはここにあり、復旧用ジャーナルにも残っています。"
        ),
    )
        .into()
}

/// It was written where it had been removed.
#[must_use]
pub fn saved_anew(file: &str) -> Text {
    (
        format!("saved to {file}, which had been removed"),
        format!("削除されていた {file} に保存し直しました"),
    )
        .into()
}

/// Other processes have the file open.
#[must_use]
pub fn others(processes: &[u32]) -> Text {
    let numbers: Vec<String> = processes.iter().map(u32::to_string).collect();
    let numbers = numbers.join(", ");
    (
        format!("another workbench has this policy open (process {numbers}): saving there or here is noticed by the other"),
        format!("別の作業画面がこのポリシーを開いています(プロセス {numbers})。一方で保存すると、もう一方で分かります"),
    )
        .into()
}

/// The system ended the process; what became of what was not saved.
#[must_use]
pub fn ended(unsaved: bool, kept: bool) -> Text {
    match (unsaved, kept) {
        (false, _) => ("ended by a signal", "シグナルで終了しました").into(),
        (true, true) => (
            "ended by a signal; unsaved changes are kept: open the policy again to restore them",
            "シグナルで終了しました。未保存の変更は残っています。もう一度開くと復元できます",
        )
            .into(),
        (true, false) => (
            "ended by a signal; unsaved changes are lost",
            "シグナルで終了しました。未保存の変更は失われました",
        )
            .into(),
    }
}
