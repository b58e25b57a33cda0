//! What there is to say about journals, and about files that others change.

use std::io::Error;

use super::Text;

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
pub fn take_theirs() -> String {
    "take the text of the file".to_owned()
}

/// The edit that makes the changes of the file too.
#[must_use]
pub fn merge_theirs() -> String {
    "merge the changes of the file".to_owned()
}

/// The edit that makes the edits of a journal again.
#[must_use]
pub fn restore() -> String {
    "restore the unsaved changes".to_owned()
}

/// An edit was taken back.
#[must_use]
pub fn undo(words: &str) -> String {
    format!("undo: {words}")
}

/// An edit was made again.
#[must_use]
pub fn redo(words: &str) -> String {
    format!("redo: {words}")
}
