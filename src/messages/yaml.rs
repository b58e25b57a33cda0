//! What is wrong with the YAML of a policy file, and what to do.

use super::policy::{Said, said, short};

/// A problem of the YAML itself, in the parser's words.
#[must_use]
pub fn not_yaml(what: &str) -> Said {
    said(
        (format!("this is not YAML: {what}"), format!("YAML として読めません: {what}")),
        (
            "check the indentation, and the brackets and quotes above",
            "字下げと、ここより上の括弧や引用符を確かめてください",
        ),
    )
}

/// A `: ` inside a plain value.
#[must_use]
pub fn stray_colon() -> Said {
    said(
        (
            "a second `:` on the line: a plain value cannot contain `: `",
            "1 行に `:` が 2 つあります。引用符のない値には `: ` を書けません",
        ),
        (
            "put the value between double quotes, or check the indentation of this line",
            "値を二重引用符で囲むか、この行の字下げを確かめてください",
        ),
    )
}

/// A quote that is never closed.
#[must_use]
pub fn unclosed_quote() -> Said {
    said(
        ("the quote that opens here is never closed", "ここで始まる引用符が閉じられていません"),
        ("add the closing quote", "閉じる引用符を加えてください"),
    )
}

/// A bracket that is not closed where it should be.
#[must_use]
pub fn unclosed_bracket() -> Said {
    said(
        (
            "the brackets do not match, or a comma is missing",
            "括弧の対応が取れていないか、コンマが足りません",
        ),
        (
            "close every `[` with `]` and every `{` with `}`, and separate entries with commas",
            "`[` は `]` で、`{` は `}` で閉じ、要素はコンマで区切ってください",
        ),
    )
}

/// A tab where blanks are needed.
#[must_use]
pub fn tab() -> Said {
    said(
        ("a tab stands where YAML wants blanks", "空白が要る場所にタブがあります"),
        ("indent with blanks", "字下げには空白を使ってください"),
    )
}

/// A character that no text file should contain.
#[must_use]
pub fn control_character(c: char) -> Said {
    let c = u32::from(c);
    said(
        (
            format!("the control character U+{c:04X} cannot be part of a policy"),
            format!("制御文字 U+{c:04X} はポリシーに書けません"),
        ),
        ("delete it", "削除してください"),
    )
}

/// A value whose first character means something else to YAML.
#[must_use]
pub fn needs_quotes(word: &str) -> Said {
    let first = word.chars().next().unwrap_or('*');
    let word = word.replace('\\', "\\\\").replace('"', "\\\"");
    said(
        (
            format!("`{first}` at the beginning of a value means something else to YAML"),
            format!("値の先頭の `{first}` は YAML では別の意味になります"),
        ),
        (
            format!("write it between double quotes: \"{word}\""),
            format!("二重引用符で囲んでください: \"{word}\""),
        ),
    )
}

/// A `%YAML` line.
#[must_use]
pub fn directive() -> Said {
    said(
        ("a policy has no YAML directives", "ポリシーに YAML ディレクティブは書けません"),
        ("delete the line that begins with `%`", "`%` で始まる行を削除してください"),
    )
}

/// A second document in the file.
#[must_use]
pub fn several_documents() -> Said {
    said(
        (
            "a second document begins here: a file holds one policy",
            "ここから 2 つ目の文書が始まります。1 ファイルに書けるポリシーは 1 つです",
        ),
        ("put it into a file of its own", "別のファイルに分けてください"),
    )
}

/// An anchor.
#[must_use]
pub fn anchor(name: &str) -> Said {
    let name = short(name);
    said(
        (
            format!("`&{name}`: anchors cannot be used in a policy"),
            format!("`&{name}`: ポリシーでアンカーは使えません"),
        ),
        (
            "write the value out; for addresses and names that are used often there are `sources` and `domain_lists`",
            "値をそのまま書いてください。繰り返し使うアドレスや名前には `sources` と `domain_lists` があります",
        ),
    )
}

/// An alias.
#[must_use]
pub fn alias(word: &str) -> Said {
    said(
        (
            format!("`{word}`: aliases cannot be used in a policy"),
            format!("`{word}`: ポリシーでエイリアスは使えません"),
        ),
        (
            format!("write the value out; a text that begins with `*` needs quotes: \"{word}\""),
            format!(
                "値をそのまま書いてください。`*` で始まる文字列には引用符が要ります: \"{word}\""
            ),
        ),
    )
}

/// A tag.
#[must_use]
pub fn tag(word: &str) -> Said {
    let word = short(word);
    said(
        (
            format!("`{word}`: tags cannot be used in a policy"),
            format!("`{word}`: ポリシーでタグは使えません"),
        ),
        (
            format!("write the plain value; a text that begins with `!` needs quotes: \"{word}\""),
            format!("値だけを書いてください。`!` で始まる文字列には引用符が要ります: \"{word}\""),
        ),
    )
}

/// `<<`.
#[must_use]
pub fn merge_key() -> Said {
    said(
        ("`<<`: merge keys cannot be used in a policy", "`<<`: ポリシーでマージキーは使えません"),
        ("write the fields out", "フィールドをそのまま書いてください"),
    )
}

/// A list or mapping as a field.
#[must_use]
pub fn complex_key() -> Said {
    said(
        ("the name of a field must be a text", "フィールド名は文字列でなければなりません"),
        ("write `field: value`", "`フィールド: 値` の形で書いてください"),
    )
}

/// The same field twice.
#[must_use]
pub fn duplicate_field(key: &str) -> Said {
    let key = short(key);
    said(
        (format!("`{key}` is written twice"), format!("`{key}` が 2 回書かれています")),
        ("keep one of the two", "どちらか一方だけ残してください"),
    )
}

/// More levels than any policy has.
#[must_use]
pub fn too_deep(deepest: usize) -> Said {
    said(
        (
            format!("nested more than {deepest} levels deep: no policy is"),
            format!("入れ子が {deepest} 段を超えています。ポリシーはそこまで深くなりません"),
        ),
        ("check the brackets and the indentation", "括弧と字下げを確かめてください"),
    )
}

/// A line end of old Macintoshes.
#[must_use]
pub fn bare_return() -> Said {
    said(
        ("a line ends with a bare carriage return", "行末が CR だけになっています"),
        ("save the file with LF or CRLF line ends", "改行を LF か CRLF にして保存してください"),
    )
}
