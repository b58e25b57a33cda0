//! Rules whose last day is past: nothing of it reaches the firewall, which goes on asking them.

use super::Finding;
use super::under::Under;
use crate::diagnostic::Diagnostic;
use crate::messages::lints::expired_rule as say;

/// Said of each rule that is compiled although its `expires` lies before today.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let expired = under.rows().filter_map(|(at, rule)| {
        // Dates are checked when they are read, and written so that their order is that of their texts.
        let day = rule.expires.as_deref().filter(|day| *day < under.today)?;
        let message = say::message(&rule.name.value, day);
        let at = under.policy.name_place(at);
        let warning = Diagnostic::warning("expired-rule", at, message);
        Some(warning.help(say::HELP).into())
    });
    expired.collect()
}
