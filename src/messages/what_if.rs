//! What would give a request another verdict, in words.

use super::Lang::{English, Japanese};
use super::Text;
use super::verdict::does_ja;

/// No row, wherever it stands, would do it.
#[must_use]
pub fn no_row_would(action: &str) -> Text {
    (
        format!("no other order helps: no rule that is switched on would {action} it, wherever it stands"),
        format!(
            "順序を変えても変わりません: 有効なルールのうち、どこに置いてもこれを{}ものはありません",
            does_ja(action)
        ),
    )
        .into()
}

/// Under action order places do not count.
#[must_use]
pub fn action_order() -> Text {
    (
        "no other order helps: under action order the place of a rule decides nothing",
        "順序を変えても変わりません: アクション順ではルールの位置に意味がありません",
    )
        .into()
}

/// A rule decides on an earlier packet than the one on which another could.
#[must_use]
pub fn decided_before(decider: &Text, at: &Text, rule: &Text, action: &str, later: &Text) -> Text {
    Text::made(|lang| {
        let (decider, at) = (decider.say(lang), at.say(lang));
        let (rule, later) = (rule.say(lang), later.say(lang));
        match lang {
            English => format!(
                "no other order helps: {decider} decides at {at}, and {rule} can {action} it at {later} at the \
                 earliest, wherever it stands"
            ),
            Japanese => format!(
                "順序を変えても変わりません: {decider} が {at} で決めます。{rule} がこれを{}のは、どこに置いても早くて {later} です",
                does_ja(action)
            ),
        }
    })
}

/// Stateless rules decide.
#[must_use]
pub fn before_all_rules(decider: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!(
            "no other order helps: {} decides before any stateful rule is asked",
            decider.say(lang)
        ),
        Japanese => format!(
            "順序を変えても変わりません: ステートフルルールが問われる前に {} が決めます",
            decider.say(lang)
        ),
    })
}

/// What stands in the way is not modelled.
#[must_use]
pub fn nobody_knows(rules: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!(
            "no other order helps: wherever the other rules stand, it hangs on {}",
            rules.say(lang)
        ),
        Japanese => format!(
            "順序を変えても変わりません: ほかのルールをどこに置いても {} に左右されます",
            rules.say(lang)
        ),
    })
}

/// A rule does not decide even where it is asked first.
#[must_use]
pub fn even_first(rule: &Text, action: &str, decider: &Text, at: Option<&Text>) -> Text {
    Text::made(|lang| {
        let (rule, decider) = (rule.say(lang), decider.say(lang));
        match lang {
            English => {
                let at = at.map(|at| format!(" at {}", at.say(lang))).unwrap_or_default();
                format!(
                    "no other order helps: even as the first of all rules {rule} does not {action} it, {decider} \
                     decides{at}"
                )
            }
            Japanese => {
                let at = at.map(|at| format!("{} で", at.say(lang))).unwrap_or_default();
                format!(
                    "順序を変えても変わりません: {rule} を先頭に置いてもこれを{}ことはなく、{at} {decider} が決めます",
                    does_ja(action)
                )
            }
        }
    })
}

/// Head of the list of offers; `action` is what is wanted.
#[must_use]
pub fn head(action: &str) -> Text {
    match action {
        "pass" => ("What would let it through", "通すには"),
        "drop" => ("What would drop it", "ドロップするには"),
        "reject" => ("What would reject it", "拒否するには"),
        _ => ("What would block it", "遮断するには"),
    }
    .into()
}

/// How much an offer changes, short enough to stand beside it.
#[must_use]
pub fn in_short(cases: usize, broken: usize, flows: usize, sampled: usize) -> Text {
    let (cases, cases_ja) = match (cases, broken) {
        (0, _) => ("no case changes".to_owned(), "ケースの変化なし".to_owned()),
        (1, 0) => ("1 case changes".to_owned(), "ケース 1 件が変化".to_owned()),
        (1, _) => ("1 case then fails".to_owned(), "ケース 1 件が不合格に".to_owned()),
        (cases, 0) => (format!("{cases} cases change"), format!("ケース {cases} 件が変化")),
        (cases, broken) => (
            format!("{cases} cases change, {broken} then fail"),
            format!("ケース {cases} 件が変化、{broken} 件が不合格に"),
        ),
    };
    (
        format!("{cases}; {flows} of {sampled} flows"),
        format!("{cases_ja}、フロー {sampled} 件中 {flows} 件"),
    )
        .into()
}

/// Who decides the request once the edit is made.
#[must_use]
pub fn decides_then(rule: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("{} decides then", rule.say(lang)),
        Japanese => format!("その後は {} が決めます", rule.say(lang)),
    })
}

/// Nothing was found; how many edits were tried.
#[must_use]
pub fn nothing(tried: usize) -> Text {
    match tried {
        0 => ("no edit is known that would", "そうする編集は見つかりません").into(),
        1 => ("the one edit that was tried does not", "試した 1 件の編集ではそうなりません").into(),
        _ => (
            format!("none of the {tried} edits that were tried does"),
            format!("試した {tried} 件の編集では、どれもそうなりません"),
        )
            .into(),
    }
}

/// Edits that were not tried, since the policy is large.
#[must_use]
pub fn left_out(edits: usize) -> Text {
    (
        format!("the policy is large: {edits} more edits were not tried"),
        format!("ポリシーが大きいため、ほか {edits} 件の編集は試していません"),
    )
        .into()
}

/// Offers that are not shown.
#[must_use]
pub fn more(offers: usize) -> Text {
    (format!("{offers} more with `--all`"), format!("ほか {offers} 件 (`--all` で表示)")).into()
}

/// A case that an offer changes: its verdict before and after, and whether it got and then gets what it expects. Where the
/// verdict stays, another rule decides.
#[must_use]
pub fn case(name: &str, before: &Text, after: &Text, (passed, passes): (bool, bool)) -> Text {
    let changed = before != after;
    let (held, held_ja) = match (changed, passed, passes) {
        (true, true, true) => ("then holds", "合格のまま"),
        (true, false, true) => ("then holds", "合格になる"),
        (true, true, false) => ("then fails", "不合格になる"),
        (true, false, false) => ("still fails", "不合格のまま"),
        (false, true, true) => ("by another rule, still holds", "別のルールで、合格のまま"),
        (false, true, false) => {
            ("by another rule than it expects, then fails", "期待と違うルールになり、不合格になる")
        }
        (false, false, true) => {
            ("by the rule it expects, then holds", "期待するルールになり、合格になる")
        }
        (false, false, false) => ("by another rule, still fails", "別のルールで、不合格のまま"),
    };
    Text::made(|lang| {
        let (before, after) = (before.say(lang), after.say(lang));
        match (lang, changed) {
            (English, true) => format!("case `{name}`: {before} → {after}, {held}"),
            (English, false) => format!("case `{name}`: still {after}, {held}"),
            (Japanese, true) => format!("ケース `{name}`: {before} → {after}、{held_ja}"),
            (Japanese, false) => format!("ケース `{name}`: {after} のまま、{held_ja}"),
        }
    })
}

/// Cases that are not shown.
#[must_use]
pub fn more_cases(cases: usize) -> Text {
    (format!("and {cases} more cases"), format!("ほか {cases} 件のケース")).into()
}

/// Who asks for what, and of which server where that is not the likeliest.
#[must_use]
pub fn flow(from: &str, to: &str, dst: Option<&str>) -> Text {
    match dst {
        Some(dst) => {
            (format!("{from} → {to} at {dst}"), format!("{from} → {to} (宛先 {dst})")).into()
        }
        None => Text::verbatim(&format!("{from} → {to}")),
    }
}

/// The sampled flows that an offer changes beside the request; `examples` are the first of them.
#[must_use]
pub fn flows(sampled: usize, changed: usize, examples: &[Text]) -> Text {
    Text::made(|lang| {
        let shown: Vec<&str> = examples.iter().map(|example| example.say(lang)).collect();
        let shown = shown.join(", ");
        let more = if changed > examples.len() { ", …" } else { "" };
        match (lang, changed) {
            (English, 0) => format!("of {sampled} other flows sampled none changes"),
            (English, 1) => format!("of {sampled} other flows sampled 1 changes: {shown}"),
            (English, _) => {
                format!("of {sampled} other flows sampled {changed} change: {shown}{more}")
            }
            (Japanese, 0) => format!("ほかに調べた {sampled} 件のフローに変化はありません"),
            (Japanese, _) => format!(
                "ほかに調べた {sampled} 件のフローのうち {changed} 件が変わります: {shown}{more}"
            ),
        }
    })
}

/// Addresses of the server for which an offer does not do.
#[must_use]
pub fn except(addresses: &str) -> Text {
    (
        format!("but not where the server is {addresses}"),
        format!("ただし、サーバーが {addresses} のときは変わりません"),
    )
        .into()
}

/// No offer of that number.
#[must_use]
pub fn no_such_offer(number: usize, offers: usize) -> Text {
    match offers {
        0 => (
            "there is no offer to apply: see `sekisho try` without `--apply`",
            "適用できる提案はありません。`--apply` なしの `sekisho try` を見てください",
        )
            .into(),
        _ => (
            format!("there is no offer {number}: they are numbered from 1 to {offers}"),
            format!("提案 {number} はありません。番号は 1 から {offers} までです"),
        )
            .into(),
    }
}

/// An offer was written to the file.
#[must_use]
pub fn written(edit: &Text, file: &str) -> Text {
    edit.map(|edit| format!("{file}: {edit}"))
}
