//! What `sekisho check` says below what it found.

use super::Lang::{self, English, Japanese};

/// How many more are accepted in the policy, behind the [`summary`]; nothing where there are none.
#[must_use]
pub fn accepted(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (_, 0) => String::new(),
        (English, n) => format!("; {n} accepted with a reason"),
        (Japanese, n) => format!("。理由を付けて受け入れたもの {n} 件"),
    }
}

/// How many problems there are: errors, warnings, notes.
#[must_use]
pub fn summary(counts: &[usize; 3], lang: Lang) -> String {
    let words = match lang {
        English => [("error", "errors"), ("warning", "warnings"), ("note", "notes")],
        Japanese => [("エラー", "エラー"), ("警告", "警告"), ("注記", "注記")],
    };
    let part = |(count, (one, many)): (&usize, (&str, &str))| match (lang, count) {
        (_, 0) => None,
        (English, 1) => Some(format!("1 {one}")),
        (English, n) => Some(format!("{n} {many}")),
        (Japanese, n) => Some(format!("{one} {n} 件")),
    };
    let parts: Vec<String> = counts.iter().zip(words).filter_map(part).collect();
    match (lang, parts.is_empty()) {
        (English, true) => "no problems".to_owned(),
        (Japanese, true) => "問題はありません".to_owned(),
        (English, false) => parts.join(", "),
        (Japanese, false) => parts.join("、"),
    }
}
