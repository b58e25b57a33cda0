use crate::compile::Compiled;
use crate::eval::Evaluator;

/// The evaluator of a compiled policy: its ruleset, behind its stateless rules.
///
/// The one place where the two are put together: without the stateless rules every verdict could be wrong.
#[must_use]
pub fn evaluator(compiled: &Compiled) -> Evaluator {
    Evaluator::new(&compiled.ruleset).behind(&compiled.stateless.rules)
}

/// The same, sooner, where most rules are those that `before` was made of.
#[must_use]
pub fn evaluator_after(compiled: &Compiled, before: &Evaluator) -> Evaluator {
    Evaluator::after(&compiled.ruleset, before).behind_after(&compiled.stateless.rules, before)
}
