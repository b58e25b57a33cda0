use std::collections::BTreeMap;

use super::{Rule, RuleType};

/// The type that the engine gives `rule` with these variables.
pub(super) fn classify(_rule: &Rule, _variables: &BTreeMap<String, String>) -> RuleType {
    RuleType::Pkt
}
