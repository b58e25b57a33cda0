use crate::analysis::{Compared, Impact, evaluator, impact};
use crate::compile::compile;
use crate::policy::Policy;

/// What changes from one policy to another.
#[must_use]
pub fn impact_of(old: &Policy, new: &Policy) -> Impact {
    let (before, after) = (compile(old), compile(new));
    let (asked, asks) = (evaluator(&before), evaluator(&after));
    impact(
        Compared { policy: old, compiled: &before, evaluator: &asked },
        Compared { policy: new, compiled: &after, evaluator: &asks },
    )
}
