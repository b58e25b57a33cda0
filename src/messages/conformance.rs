//! How our answers compare with what was recorded, in words.

use super::Text;

/// The numbers for flows, in one form for every language so that scripts find them:
/// `flows 561, agree 556, undetermined 5, disagree 0`.
#[must_use]
pub fn flows(flows: usize, agree: usize, undetermined: usize, disagree: usize) -> Text {
    Text::verbatim(&format!(
        "flows {flows}, agree {agree}, undetermined {undetermined}, disagree {disagree}"
    ))
}

/// The numbers for rules, be it whether they load or of which type they are; in one form as well.
#[must_use]
pub fn rules(what: &str, agree: usize, disagree: usize) -> Text {
    let all = agree + disagree;
    Text::verbatim(&format!("{what} {all}, agree {agree}, disagree {disagree}"))
}

/// Something that is not as it was recorded.
#[must_use]
pub fn differs(what: &str, ours: &str, recorded: &str) -> Text {
    (format!("{what} {ours}, recorded {recorded}"), format!("{what} {ours}、記録では {recorded}"))
        .into()
}

/// A rule that matches for the first time somewhere else.
#[must_use]
pub fn first_match(sid: u32, ours: &str, recorded: &str) -> Text {
    (
        format!("rule {sid} matches first on {ours}, recorded {recorded}"),
        format!("ルール {sid} が最初に一致するのは {ours}、記録では {recorded}"),
    )
        .into()
}

/// Why a flow cannot be told.
#[must_use]
pub fn open(rules: &[&str]) -> Text {
    (
        format!("cannot be told because of {}", rules.join(" and ")),
        format!("{} のため判定できません", rules.join("、")),
    )
        .into()
}

/// One packet of a trace: its name, what became of it, which rules matched, which decided.
#[must_use]
pub fn packet(name: &str, dropped: bool, matched: &[u32], decided_by: Option<u32>) -> Text {
    let fate = if dropped { "dropped" } else { "passes" };
    let by = decided_by.map(|sid| format!(" by {sid}")).unwrap_or_default();
    let matched: Vec<String> = matched.iter().map(u32::to_string).collect();
    let (list, list_ja) = match matched.as_slice() {
        [] => (String::new(), String::new()),
        some => (format!("; match {}", some.join(", ")), format!("。一致: {}", some.join("、"))),
    };
    let fate_ja = if dropped { "ドロップ" } else { "通過" };
    let by_ja = decided_by.map(|sid| format!("({sid})")).unwrap_or_default();
    (format!("{name}: {fate}{by}{list}"), format!("{name}: {fate_ja}{by_ja}{list_ja}")).into()
}
