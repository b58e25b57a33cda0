//! What is said of a class of flows.

use crate::analysis::flows::{Class, Decider, Fate, Universe};
use crate::eval::Played;

/// How many conditions that texts do not say are tried in all ways together.
const UNCLEAR: usize = 5;

/// What is said of a class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    /// The verdict is another.
    Changed(Fate, Fate),
    /// It cannot be told, because of these rules.
    Open(Fate, Fate, Vec<(bool, Decider)>),
}

/// What changes for a class; nothing where nothing does.
///
/// `same` are numbers of rules, the same for the same rule in both policies.
pub(super) fn judge(
    universe: &Universe<'_>,
    class: &Class,
    same: Option<&[Vec<usize>; 2]>,
) -> Vec<Answer> {
    if let Some([old, new]) = same {
        let rules = |side: usize, numbers: &[usize]| -> Vec<(usize, u8)> {
            let live = class.asked(universe, side).live;
            live.iter().map(|(rule, ways)| (numbers[*rule as usize], *ways)).collect()
        };
        // The same rules in the same order: whatever is not known about them is not known twice.
        if rules(0, old) == rules(1, new) {
            return Vec::new();
        }
    }
    let mut played: Option<Played> = None;
    let mut both = |live: &Vec<_>| {
        let mut ask = |side| class.fate(universe, side, live, &mut played);
        (ask(0), ask(1))
    };
    let ways = class.ways(universe, UNCLEAR).filter(|_| !class.lost);
    let fates: Vec<(Fate, Fate)> = ways.iter().flatten().map(&mut both).collect();
    let known = ways.is_some();
    if known && fates.iter().all(is_same) {
        return Vec::new();
    }
    // With nothing open there is one way; else the flow that stands for the class has its own.
    let (before, after) = match &fates[..] {
        [one] => one.clone(),
        _ => (class.exactly(universe, 0), class.exactly(universe, 1)),
    };
    let changed = !class.lost && is_other(&(before.clone(), after.clone()));
    // Where names differ in what becomes of them, one of them does not speak for the others.
    let outcomes = |fates: &(Fate, Fate)| (fates.0.outcome, fates.1.outcome);
    let told = (before.outcome, after.outcome);
    let everywhere = known && fates.iter().all(|f| is_other(f) && outcomes(f) == told);
    let mut answers = Vec::new();
    if changed {
        answers.push(Answer::Changed(before.clone(), after.clone()));
    }
    if !(changed && everywhere) {
        let because = because(universe, class, &before, &after);
        answers.push(Answer::Open(before, after, because));
    }
    answers
}

fn is_same((before, after): &(Fate, Fate)) -> bool {
    before.is_certain() && after.is_certain() && before.outcome == after.outcome
}

fn is_other((before, after): &(Fate, Fate)) -> bool {
    before.is_certain() && after.is_certain() && before.outcome != after.outcome
}

/// Who stands in the way of telling.
fn because(
    universe: &Universe<'_>,
    class: &Class,
    before: &Fate,
    after: &Fate,
) -> Vec<(bool, Decider)> {
    let of = |after: bool, fate: &Fate| {
        fate.unless.iter().map(|by| (after, *by)).collect::<Vec<(bool, Decider)>>()
    };
    let mut because = [of(false, before), of(true, after), class.open_rules(universe)].concat();
    because.sort_unstable();
    because.dedup();
    because
}
