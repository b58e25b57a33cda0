//! What there is to say about files that cannot be read or written.

use std::io::{Error, ErrorKind};

use super::{Lang, Text};

/// It cannot be read.
#[must_use]
pub fn cannot_read(file: &str, error: &Error) -> Text {
    let why = not_read_because(error);
    Text::made(|lang| match lang {
        Lang::English => format!("cannot read `{file}`: {}", why.say(lang)),
        Lang::Japanese => format!("`{file}` を読めません: {}", why.say(lang)),
    })
}

/// A policy to begin with was written.
#[must_use]
pub fn made(file: &str) -> Text {
    (
        format!("wrote `{file}`; open it with `sekisho {file}`"),
        format!("`{file}` を作りました。`sekisho {file}` で開きます"),
    )
        .into()
}

/// A policy that is not there.
#[must_use]
pub fn no_policy(file: &str) -> Text {
    (
        format!("cannot read `{file}`: there is no such file; check the path, or make one: `sekisho new {file}`"),
        format!("`{file}` を読めません: そのファイルはありません。パスを確認するか、`sekisho new {file}` で作ってください"),
    )
        .into()
}

/// Why it cannot be read.
#[must_use]
pub fn not_read_because(error: &Error) -> Text {
    match error.kind() {
        ErrorKind::NotFound => (
            "there is no such file; check the path",
            "そのファイルはありません。パスを確認してください",
        )
            .into(),
        _ => reason(error),
    }
}

/// It cannot be written.
#[must_use]
pub fn cannot_write(file: &str, error: &Error) -> Text {
    let why = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => (
            "its folder is not there; save under another name",
            "フォルダーがありません。別の名前で保存してください",
        )
            .into(),
        _ => reason(error),
    };
    Text::made(|lang| match lang {
        Lang::English => format!("cannot write `{file}`: {}", why.say(lang)),
        Lang::Japanese => format!("`{file}` に書き込めません: {}", why.say(lang)),
    })
}

/// The system's reason, and what to do about those that are met often.
#[must_use]
fn reason(error: &Error) -> Text {
    match error.kind() {
        ErrorKind::PermissionDenied => (
            "permission denied; check who owns it and its folder",
            "権限がありません。ファイルとフォルダーの所有者を確認してください",
        )
            .into(),
        ErrorKind::StorageFull => (
            "the disk is full; free some space and save again",
            "ディスクがいっぱいです。空きを作ってから保存し直してください",
        )
            .into(),
        ErrorKind::QuotaExceeded => (
            "your share of the disk is used up; free some space and save again",
            "ディスクの割り当てを使い切りました。空きを作ってから保存し直してください",
        )
            .into(),
        ErrorKind::FileTooLarge => (
            "the system allows no file this large; raise the limit and save again",
            "この大きさのファイルは許されていません。上限を上げてから保存し直してください",
        )
            .into(),
        ErrorKind::ReadOnlyFilesystem => (
            "the disk is read-only; save under another name",
            "ディスクは読み取り専用です。別の名前で保存してください",
        )
            .into(),
        _ => Text::verbatim(&error.to_string()),
    }
}

/// A folder was named instead of a file.
#[must_use]
pub fn is_a_directory(file: &str) -> Text {
    (
        format!("`{file}` is a directory: name the file in it"),
        format!("`{file}` はディレクトリです。その中のファイルを指定してください"),
    )
        .into()
}

/// A byte is no UTF-8.
#[must_use]
pub fn not_utf8(file: &str, line: usize) -> Text {
    (
        format!("`{file}` is not UTF-8 text: line {line} has a byte that is none; save it as UTF-8"),
        format!(
            "`{file}` は UTF-8 テキストではありません。{line} 行目に UTF-8 でないバイトがあります。UTF-8 で保存してください"
        ),
    )
        .into()
}

/// No policy is as large.
#[must_use]
pub fn too_large(file: &str) -> Text {
    (
        format!(
            "`{file}` is larger than 64 MiB: this is no policy file (30,000 rules take about 6 MiB)"
        ),
        format!(
            "`{file}` は 64 MiB を超えています。ポリシーファイルではありません(ルール 30,000 件で約 6 MiB)"
        ),
    )
        .into()
}

/// Somebody else wrote the file since.
#[must_use]
pub fn changed_by_others(file: &str) -> Text {
    (
        format!("`{file}` was changed by others meanwhile: nothing is written"),
        format!("`{file}` は他で変更されました。何も書き込んでいません"),
    )
        .into()
}

/// Nobody may write it.
#[must_use]
pub fn read_only(file: &str) -> Text {
    (
        format!("`{file}` is read-only: save under another name, or make it writable"),
        format!("`{file}` は読み取り専用です。別の名前で保存するか、書き込み可能にしてください"),
    )
        .into()
}

/// A policy that came from no file.
#[must_use]
pub fn no_file_yet() -> Text {
    (
        "this policy has no file yet: give it a name",
        "このポリシーにはまだファイルがありません。名前を付けてください",
    )
        .into()
}

/// The text does not say what the screen shows: a fault of ours.
#[must_use]
pub fn would_not_read_back() -> Text {
    (
        "the text would not read back as this policy: nothing is written; please report it",
        "この文面を読み直しても同じポリシーになりません。何も書き込んでいません。ご報告ください",
    )
        .into()
}

/// A file that would be written over.
#[must_use]
pub fn already_there(file: &str) -> Text {
    (
        format!("`{file}` is there already: `--force` writes over it"),
        format!("`{file}` は既にあります。上書きするには `--force` を付けてください"),
    )
        .into()
}

/// The same, where nothing writes over it.
#[must_use]
pub fn choose_another(file: &str) -> Text {
    (
        format!("`{file}` is there already: choose another name"),
        format!("`{file}` は既にあります。別の名前にしてください"),
    )
        .into()
}

/// Only a policy file can be written over; `option` is what asks for that.
#[must_use]
pub fn not_a_policy(name: &str, option: &str) -> Text {
    (
        format!("{name} is not a policy file that could be written: leave out `{option}`"),
        format!("{name} は書き込めるポリシーファイルではありません。`{option}` を外してください"),
    )
        .into()
}
