//! What can be reached, and who can reach it, in words.

use super::Lang::{English, Japanese};
use super::{Text, Words, words};

/// What becomes of flows of which it cannot be told.
pub const CANNOT_TELL: &str = "?";

/// What is asked can not be made out.
pub const NO_QUESTION: Words = words(
    "write `from` and a source, `to` and a name or an address, or `rule` and its name or number",
    "`from` とソース、`to` と名前かアドレス、`rule` とルールの名前か番号、のどれかを書いてください",
);

/// Why its keys do nothing.
pub const NOT_OPEN: Words = words(
    "`{access-of-rule}` or `{access}` opens it first",
    "先に `{access-of-rule}` か `{access}` で開きます",
);
/// The selected line of the list is no row of the policy's own.
pub const NO_ROW: Words = words("select a rule first", "先にルールを選んでください");
/// The line that is looked at is about no row.
pub const NO_ROW_HERE: Words =
    words("no single rule decides this line", "この行を決めるルールはありません");
/// Somebody is looking for the answer.
pub const SOUGHT: Words = words("being looked for …", "調べています …");
/// The head of the question.
pub const ASK: Words = words("What reaches what?", "何が何に届くか");
/// What can be asked.
pub const EXAMPLES: Words = words(
    "`from payroll` what a source or address reaches, `to github.com` who reaches a name or address, `rule bank-api` what reaches a rule",
    "`from payroll`: ソースやアドレスから届く先。`to github.com`: 名前やアドレスに届く送信元。`rule bank-api`: ルールに届くもの",
);
/// What can be done with a line.
pub const TRY: Words =
    words("`{accept}` tries this request", "`{accept}` でこのリクエストを試します");
/// The same, where it is about a row.
pub const TRY_OR_GO: Words = words(
    "`{accept}` tries this request, `{go-to-rule}` goes to the rule",
    "`{accept}` でこのリクエストを試し、`{go-to-rule}` でルールへ移ります",
);

/// The head of an answer.
#[must_use]
pub fn title(question: &str) -> Text {
    (format!("What reaches what: {question}"), format!("届く先: {question}")).into()
}

/// What a source reaches: how many sets of flows.
#[must_use]
pub fn reaches(who: &str, sets: usize) -> Text {
    let english = match sets {
        0 => format!("{who} reaches nothing"),
        1 => format!("{who} reaches one set of flows, and nothing else"),
        n => format!("{who} reaches {n} sets of flows, and nothing else"),
    };
    let japanese = match sets {
        0 => format!("{who} から届く先はありません"),
        n => format!("{who} から届くのは次の {n} 組のフローだけです"),
    };
    (english, japanese).into()
}

/// Who reaches a server: how many sets of flows.
#[must_use]
pub fn reached(whom: &str, sets: usize) -> Text {
    let english = match sets {
        0 => format!("nobody reaches {whom}"),
        1 => format!("one set of flows reaches {whom}, and nothing else"),
        n => format!("{n} sets of flows reach {whom}, and nothing else"),
    };
    let japanese = match sets {
        0 => format!("{whom} に届く送信元はありません"),
        n => format!("{whom} に届くのは次の {n} 組のフローだけです"),
    };
    (english, japanese).into()
}

/// Who reaches a server by its name, of which other protocols than these do not speak: how many sets of flows.
#[must_use]
pub fn reached_by_name(whom: &str, protocols: &str, sets: usize) -> Text {
    let english = match sets {
        0 => format!("nobody reaches {whom} by name, over {protocols}"),
        1 => format!("one set of flows reaches {whom} by name, and nothing else over {protocols}"),
        n => format!("{n} sets of flows reach {whom} by name, and nothing else over {protocols}"),
    };
    let japanese = match sets {
        0 => format!("名前 {whom} に {protocols} で届く送信元はありません"),
        n => format!("名前 {whom} に {protocols} で届くのは次の {n} 組のフローだけです"),
    };
    (english, japanese).into()
}

/// What is not looked at where a name is asked about.
#[must_use]
pub fn only_by_name(protocols: &str) -> Text {
    (
        format!(
            "only {protocols} were looked at: what reaches the server otherwise is asked with its address in place of the name"
        ),
        format!(
            "調べたのは {protocols} だけです。ほかの通信が届くかどうかは、名前の代わりにサーバーのアドレスを書いて調べてください"
        ),
    )
        .into()
}

/// The same where some could not be told.
#[must_use]
pub fn at_least(subject: &str, sets: usize) -> Text {
    (
        format!("{subject}: {sets} sets of flows get through; not all can be told"),
        format!("{subject}: {sets} 組のフローが通ります。すべては判断できません"),
    )
        .into()
}

/// Who lets a set of flows through.
#[must_use]
pub fn by(decider: &str) -> Text {
    (format!("by {decider}"), format!("決めるのは {decider}")).into()
}

/// A rule does something.
#[must_use]
pub fn rule_is_reached(rule: &str) -> Text {
    (format!("{rule} is reached"), format!("{rule} には届きます")).into()
}

/// A rule does nothing.
#[must_use]
pub fn rule_is_not_reached(rule: &str, by: &[String]) -> Text {
    Text::made(|lang| match (lang, by) {
        (English, []) => {
            format!("{rule} is never reached: what stands around the rules acts before it")
        }
        (Japanese, []) => {
            format!("{rule} には届きません: ルールの周りにあるものが先に働きます")
        }
        (English, by) => format!("{rule} is never reached: {} takes all of it", by.join(" and ")),
        (Japanese, by) => format!("{rule} には届きません: すべてを {} が決めます", by.join("、")),
    })
}

/// A rule is not asked by usual clients.
#[must_use]
pub fn rule_is_not_asked(rule: &str) -> Text {
    (
        format!("no usual client sends what {rule} asks for"),
        format!("{rule} が対象とする通信を送る通常のクライアントはありません"),
    )
        .into()
}

/// A rule is switched off.
#[must_use]
pub fn rule_is_off(rule: &str) -> Text {
    (format!("{rule} is disabled"), format!("{rule} は無効です")).into()
}

/// Nobody can tell whether a rule does anything.
#[must_use]
pub fn rule_is_not_known(rule: &str) -> Text {
    (
        format!("it cannot be told whether {rule} is reached: it hangs on what is not known, or on other than usual clients"),
        format!("{rule} に届くかどうかは判断できません: 分からない条件、または通常と異なるクライアントによります"),
    )
        .into()
}
