//! How our answers compare with what was recorded, in words.

use super::Text;

/// The numbers for flows: `flows 561, agree 556, undetermined 5, disagree 0`.
#[must_use]
pub fn flows(flows: usize, agree: usize, undetermined: usize, disagree: usize) -> Text {
    format!("flows {flows}, agree {agree}, undetermined {undetermined}, disagree {disagree}").into()
}

/// The numbers for rules, be it whether they load or of which type they are.
#[must_use]
pub fn rules(what: &str, agree: usize, disagree: usize) -> Text {
    format!("{what} {}, agree {agree}, disagree {disagree}", agree + disagree).into()
}

/// Something that is not as it was recorded.
#[must_use]
pub fn differs(what: &str, ours: &str, recorded: &str) -> Text {
    format!("{what} {ours}, recorded {recorded}").into()
}

/// A rule that matches for the first time somewhere else.
#[must_use]
pub fn first_match(sid: u32, ours: &str, recorded: &str) -> Text {
    format!("rule {sid} matches first on {ours}, recorded {recorded}").into()
}

/// Why a flow cannot be told.
#[must_use]
pub fn open(rules: &[&str]) -> Text {
    format!("cannot be told because of {}", rules.join(" and ")).into()
}

/// One packet of a trace: its name, what became of it, which rules matched, which decided.
#[must_use]
pub fn packet(name: &str, dropped: bool, matched: &[u32], decided_by: Option<u32>) -> Text {
    let fate = if dropped { "dropped" } else { "passes" };
    let by = decided_by.map(|sid| format!(" by {sid}")).unwrap_or_default();
    let list: Vec<String> = matched.iter().map(u32::to_string).collect();
    let list = if list.is_empty() { String::new() } else { format!("; match {}", list.join(", ")) };
    format!("{name}: {fate}{by}{list}").into()
}
