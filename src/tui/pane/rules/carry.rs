use std::sync::Arc;

use super::edits::step;
use crate::messages::Text;
use crate::policy::{Edit, Policy, RulePlace};
use crate::workbench::{CaseChange, Derived, Findings, Session, case_changes};

/// Places near by that are tried beforehand at most, and the work this may cost: rules times requests.
const MOST_NEAR: usize = 4;
const WORK: usize = 4_000;

/// A rule in the air: where it was, where it would be put down, and what would change.
#[derive(Debug)]
pub struct Carry {
    /// Where it was picked up.
    pub from: RulePlace,
    /// Where it would be put down.
    pub at: RulePlace,
    /// The cases that would change.
    pub changes: Vec<CaseChange>,
    /// Why it cannot be put down here.
    pub refused: Option<Text>,
    /// Places tried, and whether a case or the test would change there.
    pub tried: Vec<(RulePlace, bool)>,
    preview: Option<Box<(Arc<Policy>, Derived)>>,
}

impl Carry {
    /// Picks a rule up.
    #[must_use]
    pub fn new(from: RulePlace) -> Self {
        Self {
            from,
            at: from,
            changes: Vec::new(),
            refused: None,
            tried: vec![(from, false)],
            preview: None,
        }
    }

    /// The policy as if the rule were put down here; `None` where it was picked up.
    #[must_use]
    pub fn preview(&self) -> Option<(&Arc<Policy>, &Derived)> {
        self.preview.as_deref().map(|(policy, derived)| (policy, derived))
    }

    /// Takes in what was found about the policy as it would be.
    pub fn found(&mut self, findings: Findings) {
        if let Some(preview) = &mut self.preview {
            preview.1.findings = findings;
        }
    }

    /// Whether it is back where it was picked up.
    #[must_use]
    pub fn is_home(&self) -> bool {
        self.at == self.from
    }

    /// The edit that puts it down here.
    #[must_use]
    pub const fn edit(&self) -> Edit {
        Edit::MoveRule { from: self.from, to: self.at }
    }

    /// Carries it a place up or down and looks what would change there.
    pub fn go(&mut self, session: &Session, down: bool) {
        let Some(at) = step(session.policy(), self.from, self.at, down) else { return };
        self.at = at;
        self.look(session);
        self.try_near(session);
    }

    /// Computes what would change if it were put down here.
    fn look(&mut self, session: &Session) {
        self.preview = None;
        self.changes.clear();
        self.refused = None;
        if self.is_home() {
            return;
        }
        match session.preview(&self.edit()) {
            Ok((policy, derived)) => {
                let before = (session.policy(), session.derived().cases.as_slice());
                self.changes = case_changes(before, (&policy, &derived.cases));
                self.remember(self.at, differs(session, (&policy, &derived)));
                self.preview = Some(Box::new((policy, derived)));
            }
            Err(error) => self.refused = Some(error.words()),
        }
    }

    /// Tries the places near by, as many as can be afforded, so that those where nothing would
    /// change can be marked before the rule gets there.
    pub fn try_near(&mut self, session: &Session) {
        let policy = session.policy();
        let rules: usize = policy.rule_groups.iter().map(|group| group.rules.len()).sum();
        let affordable = (WORK / (rules * (policy.cases.len() + 1)).max(1)).min(MOST_NEAR);
        let (mut up, mut down) = (Some(self.at), Some(self.at));
        for turn in 0..affordable {
            let place = if turn % 2 == 0 { &mut down } else { &mut up };
            *place = place.and_then(|at| step(policy, self.from, at, turn % 2 == 0));
            let Some(at) = *place else { continue };
            if self.tried.iter().any(|(tried, _)| *tried == at) {
                continue;
            }
            let edit = Edit::MoveRule { from: self.from, to: at };
            if let Ok((policy, derived)) = session.preview(&edit) {
                self.remember(at, differs(session, (&policy, &derived)));
            }
        }
    }

    fn remember(&mut self, at: RulePlace, changes: bool) {
        self.tried.retain(|(place, _)| *place != at);
        self.tried.push((at, changes));
    }

    /// Whether the rule was tried at `place` and nothing that is known changed there.
    #[must_use]
    pub fn is_same_at(&self, place: RulePlace) -> bool {
        self.tried.contains(&(place, false))
    }
}

/// Whether a case or the test has another outcome than it has now.
fn differs(session: &Session, after: (&Policy, &Derived)) -> bool {
    let now = (session.policy(), session.derived());
    !same_test(now.1, after.1)
        || !case_changes((now.0, &now.1.cases), (after.0, &after.1.cases)).is_empty()
}

/// Whether the test has the same outcome, by the same rule.
fn same_test(before: &Derived, after: &Derived) -> bool {
    match (before.answer(), after.answer()) {
        (Some(a), Some(b)) => {
            a.by_destination.len() == b.by_destination.len()
                && a.by_destination
                    .iter()
                    .zip(&b.by_destination)
                    .all(|(x, y)| x.action == y.action && x.decider.same(&y.decider))
        }
        _ => true,
    }
}
