//! Rows that do nothing, and rows that others make needless.

use super::Lang::{English, Japanese};
use super::{Lang, Text, Words, words};

/// Several rows as these sentences name them.
#[must_use]
pub fn together(rows: &[Text], lang: Lang) -> String {
    let rows: Vec<&str> = rows.iter().map(|row| row.say(lang)).collect();
    match (lang, rows.split_last()) {
        (English, Some((last, [_, ..]))) => {
            format!("{} and {last}", rows[..rows.len() - 1].join(", "))
        }
        _ => rows.join(", "),
    }
}

/// How many other rows it is the same with.
fn others(number: usize, lang: Lang) -> String {
    match (lang, number) {
        (_, 0) => String::new(),
        (English, 1) => ", and so does one other row".to_owned(),
        (English, n) => format!(", and so do {n} other rows"),
        (Japanese, n) => format!("(ほか {n} 行も同様)"),
    }
}

/// One row above decides all that a row asks for.
#[must_use]
pub fn shadowed(row: &Text, by: &Text, more: usize) -> Text {
    Text::made(|lang| {
        let (row, by, more) = (row.say(lang), by.say(lang), others(more, lang));
        match lang {
            English => {
                format!("{row} never decides anything{more}: {by} decides all that it asks for")
            }
            Japanese => format!("{row} は何も決めません{more}: 対象のすべてを {by} が決めます"),
        }
    })
}

/// Several rows together decide all that a row asks for.
#[must_use]
pub fn unreachable(row: &Text, by: &[Text], more: usize) -> Text {
    Text::made(|lang| {
        let (row, by, more) = (row.say(lang), together(by, lang), others(more, lang));
        match lang {
            English => format!(
                "{row} never decides anything{more}: {by} together decide all that it asks for, and none of them alone does"
            ),
            Japanese => format!(
                "{row} は何も決めません{more}: 対象のすべてを {by} が合わせて決めます(どれも単独ではすべてを決めません)"
            ),
        }
    })
}

/// What stands around the rows decides before a row is asked.
#[must_use]
pub fn never_asked(row: &Text, by: &Text, more: usize) -> Text {
    Text::made(|lang| {
        let (row, by, more) = (row.say(lang), by.say(lang), others(more, lang));
        match lang {
            English => format!(
                "{row} never decides anything{more}: {by} acts on packets that come before what it asks for"
            ),
            Japanese => {
                format!("{row} は何も決めません{more}: 問われる前のパケットに {by} が働きます")
            }
        }
    })
}

/// Rules that are asked before the rows.
pub const STATELESS: Words = words("a stateless rule", "ステートレスルール");
/// What is done with connections that were not seen to begin.
pub const STREAM: Words = words("the stream exception policy", "ストリーム例外ポリシー");

/// What to do about a row that does nothing: with a request that shows it.
#[must_use]
pub fn unreachable_help(request: &str, from: &str, to: &str) -> Text {
    (
        format!("move it above, or take it out; for example {request} from {from} to {to} never reaches it"),
        format!("上へ移すか、取り除いてください。例: {from} から {request} (宛先 {to}) はこの行に届きません"),
    )
        .into()
}

/// What to do about it in action order, where the place of a row means nothing.
#[must_use]
pub fn unreachable_in_action_order_help(request: &str, from: &str, to: &str) -> Text {
    (
        format!("action order asks every pass before every drop, wherever they stand: narrow the pass, or take the row out; for example {request} from {from} to {to} never reaches it"),
        format!("アクション順では、位置によらず pass がすべての drop より先に問われます。pass を狭めるか、この行を取り除いてください。例: {from} から {request} (宛先 {to}) はこの行に届きません"),
    )
        .into()
}

/// What to do about a row that stands in nobody's way and does nothing.
pub const HANDSHAKE_HELP: Words = words(
    "let the handshake through first: write the names as rows in the words of the policy, or choose an app-layer default action",
    "まずハンドシェイクを通してください。名前をポリシーの言葉で行として書くか、app_layer のデフォルトアクションを選んでください",
);

/// Others do the same as a row, for all that it asks for.
#[must_use]
pub fn redundant(row: &Text, by: &[Text], more: usize) -> Text {
    Text::made(|lang| {
        let (row, by, more) = (row.say(lang), together(by, lang), others(more, lang));
        match lang {
            English => {
                format!("{row} makes no difference{more}: without it, {by} would do the same")
            }
            Japanese => format!("{row} はなくても変わりません{more}: {by} が同じことをします"),
        }
    })
}

/// What to do about it.
pub const REDUNDANT_HELP: Words = words(
    "take it out, unless it is there to be read; every flow keeps its verdict",
    "説明のために残すのでなければ、取り除いてください。どのフローの判定も変わりません",
);

/// There was too much to look at.
#[must_use]
pub fn not_looked_at(rows: usize) -> Text {
    Text::made(|lang| {
        match (lang, rows) {
        (English, 1) => "whether rows do something, or make a difference, was not found out for all of them: 1 was not looked at to the end, since there was too much to look at before".to_owned(),
        (English, _) => format!(
            "whether rows do something, or make a difference, was not found out for all of them: {rows} were not looked at to the end, since there was too much to look at before"
        ),
        (Japanese, _) => format!(
            "働くかどうか、結果に影響するかどうかを、すべての行について調べてはいません: それまでに調べることが多すぎたため、{rows} 行は最後まで調べていません"
        ),
    }
    })
}

/// What to do about it.
pub const TOO_MUCH_HELP: Words = words(
    "rows that ask for expressions, or for texts in the middle of a name, cost most: `sekisho access --rule NAME` looks at one row alone",
    "手間がかかるのは主に、正規表現や名前の途中の文字列を尋ねる行です。`sekisho access --rule 名前` は 1 行だけを調べます",
);

/// Findings that are not shown one by one.
#[must_use]
pub fn more(number: usize) -> Text {
    (
        format!("{number} more groups of rows never decide anything or make no difference"),
        format!("ほかに {number} 組の行が、何も決めないか、なくても変わりません"),
    )
        .into()
}
