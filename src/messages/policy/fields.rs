//! What is wrong with the fields of a policy file, and what to do.

use super::words::{KEEP_ONE, Said, in_japanese, list, meant_or, or_choices, said, short};
use crate::messages::Text;

/// How many problems are not shown.
#[must_use]
pub fn more_problems(left_out: usize) -> Text {
    (
        format!("{left_out} more problems are not shown"),
        format!("ほかに {left_out} 件の問題があります"),
    )
        .into()
}

/// A character in a field that cannot be shown.
#[must_use]
pub fn control_in(field: &str, c: char) -> Said {
    said(
        (
            format!("`{field}` contains the control character U+{:04X}", u32::from(c)),
            format!("`{field}` に制御文字 U+{:04X} が含まれています", u32::from(c)),
        ),
        ("write it without", "取り除いてください"),
    )
}

/// No content.
#[must_use]
pub fn empty_file() -> Said {
    said(
        ("the file is empty", "ファイルが空です"),
        (
            "a policy begins with `sekisho: 1`, `name:`, `home_net:` and `rule_groups:`; `samples/first-steps` shows one",
            "ポリシーは `sekisho: 1`、`name:`、`home_net:`、`rule_groups:` で始まります。`samples/first-steps` が例です",
        ),
    )
}

/// Not a mapping.
#[must_use]
pub fn not_a_policy() -> Said {
    said(
        (
            "this is not a policy: it must consist of fields",
            "ポリシーではありません。ポリシーはフィールドの集まりです",
        ),
        (
            "begin with `sekisho: 1`, `name:` and `home_net:`",
            "`sekisho: 1`、`name:`、`home_net:` から書き始めてください",
        ),
    )
}

/// The format version is missing.
#[must_use]
pub fn missing_version() -> Said {
    said(
        (
            "the policy lacks `sekisho`, the version of its format",
            "形式の版を示す `sekisho` がありません",
        ),
        ("begin the file with `sekisho: 1`", "ファイルの先頭に `sekisho: 1` と書いてください"),
    )
}

/// A format version that does not exist.
#[must_use]
pub fn unknown_version(written: &str) -> Said {
    said(
        (
            format!("`{}` is no version of the format that this program knows", short(written)),
            format!("`{}` は、このプログラムの知らない形式の版です", short(written)),
        ),
        (
            "write `sekisho: 1`, or use a newer program",
            "`sekisho: 1` と書くか、新しいプログラムを使ってください",
        ),
    )
}

/// A field that does not exist.
#[must_use]
pub fn unknown_field(key: &str, what: &str, known: &[&str], meant: Option<&str>) -> Said {
    let (key, known, what_ja) = (short(key), list(known), in_japanese(what));
    let help = (format!("{what} has {known}"), format!("{what_ja}のフィールドは {known} です"));
    said(
        (
            format!("{what} has no field `{key}`"),
            format!("{what_ja}に `{key}` というフィールドはありません"),
        ),
        meant_or(meant, help),
    )
}

/// A field that must be there.
#[must_use]
pub fn missing_field(what: &str, field: &str) -> Said {
    let example = match field {
        "name" => "name: some-name",
        "action" if what == "a stateless rule" => "action: forward` (`pass`, `drop`)`",
        "action" => "action: pass` (`drop`, `reject`, `alert`)`",
        "from" if what == "a case" => "from: 10.1.2.3",
        "from" => "from: any",
        "to" => "to: [.example.com]",
        "home_net" => "home_net: [10.0.0.0/8]",
        "priority" => "priority: 100",
        "rules" => "rules: []",
        "rule_groups" => "rule_groups: []",
        "url" => "url: \"https://www.example.com\"",
        "expect" => "expect: pass",
        _ => "",
    };
    let example = if example.is_empty() { format!("{field}: …") } else { example.to_owned() };
    let example = example.trim_end_matches('`');
    said(
        (
            format!("{what} lacks `{field}`"),
            format!("{}に `{field}` がありません", in_japanese(what)),
        ),
        (format!("add `{example}`"), format!("`{example}` を加えてください")),
    )
}

/// Something else where a mapping must be.
#[must_use]
pub fn expected_fields(what: &str, known: &[&str]) -> Said {
    said(
        (
            format!("{what} must consist of fields"),
            format!("{}はフィールドの集まりでなければなりません", in_japanese(what)),
        ),
        (format!("its fields are {}", list(known)), format!("フィールドは {} です", list(known))),
    )
}

/// Something else where names with values must be.
#[must_use]
pub fn expected_named(what: &str) -> Said {
    said(
        (
            format!("`{what}` must be names with their values"),
            format!("`{what}` は名前と値の組でなければなりません"),
        ),
        ("write `name: value`, one a line", "1 行に 1 つ `名前: 値` の形で書いてください"),
    )
}

/// Something else where a list must be.
#[must_use]
pub fn expected_list(what: &str) -> Said {
    said(
        (format!("`{what}` must be a list"), format!("`{what}` はリストでなければなりません")),
        (
            "write `[a, b]`, or one entry a line with `- ` in front",
            "`[a, b]` と書くか、1 行に 1 つずつ先頭に `- ` を付けて書いてください",
        ),
    )
}

/// Something else where a text must be.
#[must_use]
pub fn expected_text(field: &str) -> Said {
    said(
        (
            format!("`{field}` must be a text here"),
            format!("`{field}` はここでは文字列でなければなりません"),
        ),
        (
            "a text that contains `: ` or begins with `{` or `[` needs double quotes",
            "`: ` を含むか、`{` や `[` で始まる文字列には二重引用符が要ります",
        ),
    )
}

/// A plain word that YAML reads as a number or a boolean.
#[must_use]
pub fn not_a_text(field: &str, text: &str, kind: &str) -> Said {
    let text = short(text);
    said(
        (
            format!("`{field}` must be a text, but YAML reads `{text}` as {kind}"),
            format!(
                "`{field}` は文字列でなければなりませんが、YAML は `{text}` を{}と読みます",
                in_japanese(kind)
            ),
        ),
        (
            format!("put it between double quotes: \"{text}\""),
            format!("二重引用符で囲んでください: \"{text}\""),
        ),
    )
}

/// Nothing written.
#[must_use]
pub fn empty(field: &str) -> Said {
    said(
        (format!("`{field}` is empty"), format!("`{field}` が空です")),
        ("write something, or leave the field out", "何か書くか、フィールドごと省いてください"),
    )
}

/// A list with nothing in it.
#[must_use]
pub fn empty_list(field: &str) -> Said {
    said(
        (format!("`{field}` is an empty list"), format!("`{field}` が空のリストです")),
        ("write at least one entry", "少なくとも 1 つ書いてください"),
    )
}

/// Several lines where one is expected.
#[must_use]
pub fn several_lines(field: &str) -> Said {
    said(
        (format!("`{field}` must fit on one line"), format!("`{field}` は 1 行に収めてください")),
        ("use `note` for longer text", "長い文章には `note` を使ってください"),
    )
}

/// Not a boolean.
#[must_use]
pub fn not_a_boolean(field: &str, text: &str) -> Said {
    let meant = match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "true" | "1" => ("write `true`", "`true` と書いてください"),
        "no" | "off" | "false" | "0" => ("write `false`", "`false` と書いてください"),
        _ => ("write `true` or `false`", "`true` か `false` と書いてください"),
    };
    said(
        (
            format!("`{field}` must be `true` or `false`, not `{}`", short(text)),
            format!("`{field}` は `true` か `false` です(今は `{}`)", short(text)),
        ),
        meant,
    )
}

/// Not one of the words.
#[must_use]
pub fn unknown_word(what: &str, text: &str, words: &[&str], meant: Option<&str>) -> Said {
    let (text, what_ja) = (short(text), in_japanese(what));
    said(
        (format!("`{text}` is no {what}"), format!("`{text}` は{what_ja}として使えません")),
        or_choices(meant, words),
    )
}

/// An accepted finding without its reason, or without the finding.
#[must_use]
pub fn no_reason(code: &str) -> Said {
    let code = if code.is_empty() || code.contains(' ') { "shadowed-by-rule" } else { code };
    let entry = format!("{} because SEC-1234 needs it until May", short(code));
    said(
        (
            "an accepted finding needs its code and a reason",
            "受け入れる指摘には、コードと理由が必要です",
        ),
        (
            format!("write `accept: [{entry}]`; `sekisho check` prints the code of each finding"),
            format!(
                "`accept: [{entry}]` のように書いてください。コードは `sekisho check` が表示します"
            ),
        ),
    )
}

/// Not a day.
#[must_use]
pub fn not_a_date(text: &str) -> Said {
    said(
        (
            format!("`{}` is no date", short(text)),
            format!("`{}` は日付ではありません", short(text)),
        ),
        (
            "write a day of the calendar, as in `2027-03-31`",
            "`2027-03-31` のように、暦にある日を書いてください",
        ),
    )
}

/// Something written twice in a list.
#[must_use]
pub fn twice(what: &str, word: &str) -> Said {
    said(
        (
            format!("the {what} `{}` is written twice", short(word)),
            format!("{} `{}` が 2 回書かれています", in_japanese(what), short(word)),
        ),
        KEEP_ONE,
    )
}

/// `protocol` and `protocols`.
#[must_use]
pub fn protocol_twice() -> Said {
    said(
        (
            "`protocol` and `protocols` are the same field",
            "`protocol` と `protocols` は同じフィールドです",
        ),
        KEEP_ONE,
    )
}
