//! Words that the sentences about a policy file share.

use crate::messages::{Text, Words, words};

/// What is wrong, and what to do about it.
pub type Said = (Text, Text);

/// Both sentences.
pub fn said(message: impl Into<Text>, help: impl Into<Text>) -> Said {
    (message.into(), help.into())
}

/// A thing of a policy file as Japanese sentences name it, by its English name.
pub fn in_japanese(what: &str) -> &str {
    match what.trim_start_matches("a ") {
        "policy" => "ポリシー",
        "rule" => "ルール",
        "rule group" => "ルールグループ",
        "case" => "ケース",
        "reference" => "IP セット参照",
        "source" => "送信元",
        "domain list" | "list" => "ドメインリスト",
        "stateless group" => "ステートレスグループ",
        "stateless rule" => "ステートレスルール",
        "entry" => "項目",
        "lesson" => "レッスン",
        "step" => "ステップ",
        "text" => "文章",
        "change" => "変更",
        "outcome" => "結果",
        "goal" => "目標",
        "part of the lessons" => "レッスンの部",
        "client" => "クライアント",
        "protocol" => "プロトコル",
        "action" => "アクション",
        "stateless action" => "ステートレスアクション",
        "default action" => "デフォルトアクション",
        "expectation of a case" => "ケースの期待値",
        "TCP flag" => "TCP フラグ",
        "boolean" => "真偽値",
        "number" => "数値",
        "name" => "名前",
        _ => what,
    }
}

/// `did you mean …?`
pub fn did_you_mean(meant: &str) -> Text {
    (format!("did you mean `{meant}`?"), format!("`{meant}` のことですか?")).into()
}

/// `did you mean …?` where something is close, else `other`.
pub fn meant_or(meant: Option<&str>, other: impl Into<Text>) -> Text {
    meant.map_or_else(|| other.into(), did_you_mean)
}

/// `did you mean …?` where something is close, else the choices.
pub fn or_choices(meant: Option<&str>, choices: &[&str]) -> Text {
    let choices = list(choices);
    let choose = format!("write one of {choices}");
    meant_or(meant, (choose, format!("次のどれかを書いてください: {choices}")))
}

/// Keep one of two.
pub const KEEP_ONE: Words = words("keep one of the two", "どちらか一方だけ残してください");

pub fn list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    words.join(", ")
}

/// A text cut for a message.
pub fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
