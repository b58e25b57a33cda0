//! The list of findings in the workbench.

use super::Lang::{English, Japanese};
use super::{Text, Words, check, words};

/// Above the list; `current`: whether all of it is about the policy as it is.
#[must_use]
pub fn title(counts: &[usize; 3], accepted: usize, current: bool) -> Text {
    Text::made(|lang| {
        let counts = check::summary(counts, lang) + &check::accepted(accepted, lang);
        match (lang, current) {
            (English, true) => format!("Findings: {counts}"),
            (English, false) => format!("Findings: {counts} … being looked for anew"),
            (Japanese, true) => format!("指摘: {counts}"),
            (Japanese, false) => format!("指摘: {counts} … 調べ直しています"),
        }
    })
}

/// Where a finding is; 0 for the policy as a whole.
#[must_use]
pub fn place(line: usize) -> Text {
    match line {
        0 => ("policy", "全体").into(),
        line => (format!("line {line}"), format!("{line} 行目")).into(),
    }
}

/// Its code, how bad it is, and how sure.
#[must_use]
pub fn about(code: &str, severity: Words, confidence: Words) -> Text {
    Text::made(|lang| {
        let (severity, confidence) = (severity.say(lang), confidence.say(lang));
        match lang {
            English => format!("{code}: {severity}, confidence {confidence}"),
            Japanese => format!("{code}: {severity}、確度は{confidence}"),
        }
    })
}

/// How bad a finding is.
pub mod severity {
    use super::{Words, words};

    /// The policy cannot be used.
    pub const ERROR: Words = words("error", "エラー");
    /// Probably not as meant.
    pub const WARNING: Words = words("warning", "警告");
    /// Worth knowing.
    pub const NOTE: Words = words("note", "注記");
    /// What to do.
    pub const HELP: Words = words("help", "対処");
}

/// How sure a finding is.
pub mod confidence {
    use super::{Words, words};

    /// It often is as meant.
    pub const LOW: Words = words("low", "低");
    /// It may be as meant.
    pub const MEDIUM: Words = words("medium", "中");
    /// It hardly is as meant.
    pub const HIGH: Words = words("high", "高");
}

/// The edit that mends it.
#[must_use]
pub fn mended_by(edit: &Text) -> Text {
    Text::made(|lang| match lang {
        English => format!("{{apply-fix}} mends it: {}", edit.say(lang)),
        Japanese => format!("{{apply-fix}} で修正: {}", edit.say(lang)),
    })
}

/// No edit mends it for certain, but there is a row to go to.
pub const MENDED_BY_HAND: Words =
    words("{accept} goes to the row", "{accept} でその行へ移動します");
/// It is about no row.
pub const NO_ROW: Words = words(
    "this is about the policy as a whole, or about something that is no row",
    "これはポリシー全体か、行ではないものについての指摘です",
);
/// Nothing can be done with a key.
pub const NO_FIX: Words = words(
    "no edit mends this for certain: what to do stands below the list",
    "確実に直せる編集はありません。対処は一覧の下にあります",
);
/// There is nothing to say.
pub const NOTHING: Words =
    words("there is nothing to say against this policy", "このポリシーに指摘はありません");
/// Above the reason that is asked for.
pub const WHY_ACCEPTED: Words = words("Accepted because", "受け入れる理由");
/// An error stays one.
pub const NEVER_ACCEPTED: Words = words(
    "an error cannot be accepted: the policy is not what it says until it is mended",
    "エラーは受け入れられません。直すまで、ポリシーは書かれたとおりになりません",
);
/// Nothing was typed.
pub const REASON_WANTED: Words = words(
    "say why this is as it should be; those who read the policy later will want to know",
    "なぜこのままでよいのかを書いてください。あとで読む人が知りたいことです",
);

/// Where the reason will stand: at a rule, or at the policy.
#[must_use]
pub fn accepted_at(code: &str, rule: Option<&str>) -> Text {
    match rule {
        Some(rule) => (
            format!("{code} is then accepted for `{rule}`, in its field `accept`"),
            format!("`{rule}` の `accept` に書かれ、このルールの {code} が受け入れられます"),
        ),
        None => (
            format!("{code} is then accepted for the whole policy, in its field `accept`"),
            format!("ポリシーの `accept` に書かれ、全体の {code} が受け入れられます"),
        ),
    }
    .into()
}

/// Nobody knows yet.
pub const SOUGHT: Words = words("being looked for …", "調べています …");
