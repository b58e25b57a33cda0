//! A rule group made of a log, in words.

use super::Text;
use super::replay::number;

/// The default action blocks nothing in these logs.
#[must_use]
pub fn nothing() -> Text {
    (
        "the default action blocks none of these requests: there is nothing to suggest",
        "デフォルトアクションで止まるリクエストはないため、提案はありません",
    )
        .into()
}

/// What the group is, and that nobody put it into the policy.
#[must_use]
pub fn proposal(rules: usize) -> Text {
    let english = match rules {
        1 => "a proposal of one rule, to be reviewed: nothing was written to the policy".to_owned(),
        n => format!("a proposal of {n} rules, to be reviewed: nothing was written to the policy"),
    };
    (
        english,
        format!("{rules} 個のルールの提案です。確認してください。ポリシーには書き込んでいません"),
    )
        .into()
}

/// It is put into the policy.
#[must_use]
pub fn added(rules: usize) -> Text {
    let english = match rules {
        1 => "add one rule made of logs".to_owned(),
        n => format!("add {n} rules made of logs"),
    };
    (english, format!("ログから作ったルール {rules} 個を追加")).into()
}

/// What it does, tried.
#[must_use]
pub fn passes(passed: u64, blocked: u64) -> Text {
    let (passed, blocked) = (number(passed), number(blocked));
    (
        format!(
            "tried: with it {passed} of the {blocked} requests pass that the default action blocks"
        ),
        format!(
            "試した結果: デフォルトアクションで止まる {blocked} 件のうち {passed} 件が通過します"
        ),
    )
        .into()
}

/// What rules block stays blocked.
#[must_use]
pub fn by_rules(requests: u64) -> Text {
    let requests = number(requests);
    (
        format!(
            "{requests} requests are blocked by rules of the policy: for these nothing is proposed"
        ),
        format!("{requests} 件はポリシーのルールで止まっているため、提案に含めていません"),
    )
        .into()
}

/// A name that stands for all below it.
#[must_use]
pub fn collapsed(name: &str, names: usize) -> Text {
    (
        format!("{name} stands for {names} names of the log, and allows every other below it"),
        format!(
            "{name} はログの {names} 個の名前をまとめたもので、その下のほかの名前もすべて許可します"
        ),
    )
        .into()
}

/// Rules that were left out.
#[must_use]
pub fn left_out(rules: usize) -> Text {
    (
        format!("{rules} more rules with fewer requests are left out"),
        format!("件数の少ないルール {rules} 個は省きました"),
    )
        .into()
}

/// Requests beyond the bounds.
#[must_use]
pub fn beyond(requests: u64) -> Text {
    let requests = number(requests);
    (
        format!("{requests} requests were not told apart and are not looked at: there were too many different ones"),
        format!("異なるリクエストが多すぎるため、{requests} 件は対象に含めていません"),
    )
        .into()
}
