use super::findings::{Accepted, Rows, accepts_nothing, apart};
use super::problems::Problem;
use super::refresh::Derived;
use crate::analysis::{Accepts, Reaches, overlapping};
use crate::policy::Policy;

/// Rows of which the one that stands first decides, as problems, and those of them that the policy accepts. Nobody is told
/// who does not ask: most are as they should be.
#[must_use]
pub fn overlaps(policy: &Policy, derived: &Derived) -> (Vec<Problem>, Vec<Accepted>) {
    let reaches = Reaches::new(policy, &derived.compiled, &derived.evaluator);
    let accepts = Accepts::of(policy);
    let overlaps = reaches.overlaps();
    let found = overlapping(policy, &overlaps);
    let (mut open, accepted) = apart(&accepts, found, |diagnostic| diagnostic);
    let idle = accepts.idle(
        accepted.iter().map(|accepted| &accepted.diagnostic),
        true,
        &overlaps.unknown(policy),
    );
    open.extend(idle.into_iter().map(accepts_nothing));
    let rows = Rows::of(policy);
    let problem = |diagnostic| Problem {
        row: rows.place_of(&diagnostic),
        diagnostic,
        fix: None,
        current: true,
    };
    (open.into_iter().map(problem).collect(), accepted)
}
