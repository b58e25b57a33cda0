//! A default action that drops without a log line (pain 6).

use super::Finding;
use super::under::{Under, set_defaults};
use crate::diagnostic::Diagnostic;
use crate::messages::lints::default_drop_not_logged as say;
use crate::policy::DefaultAction;

/// Said when neither the alert of the same name nor `alert_strict`, which logs every packet that nothing matched, is there.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let Some(drop) = under.default_drop() else { return Vec::new() };
    let actions = &under.policy.default_actions;
    if [drop.twin(), DefaultAction::AlertStrict].iter().any(|alert| actions.contains(alert)) {
        return Vec::new();
    }
    let message = say::message(drop.word(), drop.twin().word());
    let warning = Diagnostic::warning("default-drop-not-logged", None, message).help(say::HELP);
    vec![Finding::from(warning).mended_by(set_defaults(&[drop, drop.twin()]))]
}
