//! What would give a request another verdict, in words.

use super::Text;

/// No row, wherever it stands, would do it.
#[must_use]
pub fn no_row_would(action: &str) -> Text {
    format!(
        "no other order helps: no rule that is switched on would {action} it, wherever it stands"
    )
    .into()
}

/// Under action order places do not count.
#[must_use]
pub fn action_order() -> Text {
    "no other order helps: under action order the place of a rule decides nothing".into()
}

/// A rule decides on an earlier packet than the one on which another could.
#[must_use]
pub fn decided_before(decider: &str, at: &str, rule: &str, action: &str, later: &str) -> Text {
    format!(
        "no other order helps: {decider} decides at {at}, and {rule} can {action} it at {later} at the \
         earliest, wherever it stands"
    )
    .into()
}

/// Stateless rules decide.
#[must_use]
pub fn before_all_rules(decider: &str) -> Text {
    format!("no other order helps: {decider} decides before any stateful rule is asked").into()
}

/// What stands in the way is not modelled.
#[must_use]
pub fn nobody_knows(rules: &str) -> Text {
    format!("no other order helps: wherever the other rules stand, it hangs on {rules}").into()
}

/// A rule does not decide even where it is asked first.
#[must_use]
pub fn even_first(rule: &str, action: &str, decider: &str, at: Option<&str>) -> Text {
    let at = at.map(|packet| format!(" at {packet}")).unwrap_or_default();
    format!(
        "no other order helps: even as the first of all rules {rule} does not {action} it, {decider} \
         decides{at}"
    )
    .into()
}
