use std::collections::HashMap;

use crate::compile::{Compiled, Origin};
use crate::eval::Evaluator;
use crate::policy::RulePlace;

/// When each row is asked: 1 for the one of which a rule is asked before all others, and so on. Rows without rules have no turn.
///
/// In strict order that is what the list shows anyway; in action order neither a row's place nor its group's priority tells it.
#[must_use]
pub fn turns(compiled: &Compiled, evaluator: &Evaluator) -> HashMap<RulePlace, usize> {
    let mut turns = HashMap::new();
    for rule in evaluator.order() {
        if let Some(Origin::Rule(place)) = compiled.origins.get(*rule) {
            let next = turns.len() + 1;
            turns.entry(*place).or_insert(next);
        }
    }
    turns
}
