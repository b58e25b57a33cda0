//! Passes without a default action: what nobody passed passes all the same (pains 5 and 46).

use super::Finding;
use super::under::{RECOMMENDED, Under, outcome, set_defaults};
use crate::diagnostic::{Confidence, Diagnostic};
use crate::messages::lints::no_default_drop as say;
use crate::net::{Action, RuleOrder};

/// A request for something that no policy names.
const UNHEARD_OF: &str = "https://unlisted.example";

/// Said when rows pass, no default action drops, and a request that no rule is about gets through.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let passes = under.stands.iter().any(|stand| stand.action == Action::Pass);
    if under.policy.rule_order != RuleOrder::Strict || under.default_drop().is_some() || !passes {
        return Vec::new();
    }
    let Some(request) = under.asked_from_inside(UNHEARD_OF) else { return Vec::new() };
    let Some(found) = outcome(&under.ask(), &request) else { return Vec::new() };
    if found.action != Some(Action::Pass) || found.by.is_some() {
        return Vec::new();
    }
    let message = say::message(&request.to_string(), &request.from.to_string());
    let warning = Diagnostic::warning("no-default-drop", None, message).help(say::HELP);
    let warning = warning.confidence(Confidence::Medium);
    vec![Finding::from(warning).mended_by(set_defaults(&RECOMMENDED))]
}
