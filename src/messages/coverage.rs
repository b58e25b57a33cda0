//! Which rows the cases exercise, in words.

use super::Text;

/// How many rows some case exercises.
#[must_use]
pub fn covered(rows: usize, of: usize) -> Text {
    (
        format!("cases exercise {rows} of {of} rules"),
        format!("ケースは {of} 件中 {rows} 件のルールを確かめます"),
    )
        .into()
}

/// A row that no case exercises.
#[must_use]
pub fn uncovered(rule: &str) -> Text {
    (format!("no case exercises {rule}"), format!("{rule} を確かめるケースがありません")).into()
}

/// What no case exercises has no place in JUnit.
#[must_use]
pub fn not_in_junit() -> Text {
    (
        "JUnit has no place for `--coverage`: print it as text or JSON",
        "JUnit 形式には `--coverage` を出力できません。text か json を使ってください",
    )
        .into()
}
