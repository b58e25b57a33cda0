use super::flow_words::{FlowWords, FlowWriter, by_words, outcome_word};
use crate::analysis::{Compared, Fate, Impact, evaluator, impact};
use crate::compile::compile;
use crate::messages::Lang;
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

/// How much changes from one policy to another, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowsChanged {
    /// Sets of flows that get another verdict, as `sekisho impact` lists them.
    pub sets: usize,
    /// Sets of flows of which it cannot be told.
    pub open: usize,
    /// Whether all flows of usual clients were looked at, and no rule asks for more than they differ in.
    pub whole: bool,
}

impl FlowsChanged {
    /// Counts what changes between two policies.
    #[must_use]
    pub fn between(old: Compared<'_>, new: Compared<'_>) -> Self {
        let found = impact(old, new);
        let lang = Lang::English;
        let writer = FlowWriter::new(&[old.policy, new.policy], lang);
        let turns = |before: &Fate, after: &Fate| {
            let of = |policy, fate: &Fate| {
                (outcome_word(fate.outcome, lang), by_words(policy, fate, lang))
            };
            (of(old.policy, before), of(new.policy, after))
        };
        let changes = found.changes.iter();
        let changes = changes.map(|c| (writer.words(&c.flows), turns(&c.before, &c.after), ()));
        let whole = found.beyond.is_empty() && found.left_out.is_empty();
        let sets = FlowWords::joined(changes.collect()).len();
        Self { sets, open: found.cannot_tell.len(), whole }
    }
}
