use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::edits::step;
use super::{RulesPane, Selection};
use crate::compile::groups_in_order;
use crate::messages::{Text, marks as say};
use crate::policy::{Edit, Policy, RulePlace};
use crate::workbench::{
    Answer, CaseChange, Derived, Findings, FlowsChanged, Session, case_changes,
};

/// Places near by that are tried beforehand at most, and the work this may cost: rules times requests.
const MOST_NEAR: usize = 4;
const WORK: usize = 4_000;

/// What is carried.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Load {
    /// Rules, in the order of the list; not empty.
    Rules(Vec<RulePlace>),
    /// A group with all its rules.
    Group(usize),
}

/// Where it is, or would be put down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The place that the first rule would have, once all are taken out.
    Rule(RulePlace),
    /// Below so many of the other groups.
    Group(usize),
}

/// Something in the air: where it was, where it would be put down, and what would change.
#[derive(Debug)]
pub struct Carry {
    /// What is carried.
    pub load: Load,
    /// Where it was picked up.
    pub from: Spot,
    /// Where it would be put down.
    pub at: Spot,
    /// Whether it was carried downwards last.
    pub down: bool,
    /// The cases that would change.
    pub changes: Vec<CaseChange>,
    /// The flows that would change, once they are counted.
    pub flows: Option<FlowsChanged>,
    /// Why it cannot be put down here.
    pub refused: Option<Text>,
    /// Places tried, and whether a case or the test would change there.
    tried: Vec<(Spot, bool)>,
    edit: Option<Edit>,
    preview: Option<Box<(Arc<Policy>, Derived)>>,
}

impl Load {
    /// What would be picked up: the marked rules, or else what is selected.
    #[must_use]
    pub fn of(pane: &RulesPane, policy: &Policy) -> Option<Self> {
        match pane.selected {
            Selection::Group(group) if pane.marked.is_empty() => Some(Self::Group(group)),
            Selection::Group(_)
            | Selection::Rule(_)
            | Selection::Stateless(_)
            | Selection::Nothing => {
                let rules = pane.meant(policy);
                (!rules.is_empty()).then_some(Self::Rules(rules))
            }
        }
    }

    /// Where it is.
    pub(super) fn spot(&self, policy: &Policy) -> Spot {
        match self {
            Self::Rules(rules) => Spot::Rule(rules[0]),
            Self::Group(group) => {
                let order = groups_in_order(policy);
                Spot::Group(order.iter().position(|g| g == group).unwrap_or_default())
            }
        }
    }

    /// The place above or below `at`; nothing at the ends of the policy.
    pub(super) fn step(&self, policy: &Policy, at: Spot, down: bool) -> Option<Spot> {
        match (self, at) {
            (Self::Rules(rules), Spot::Rule(at)) => step(policy, rules, at, down).map(Spot::Rule),
            (Self::Group(_), Spot::Group(at)) if down => {
                (at + 1 < policy.rule_groups.len()).then_some(Spot::Group(at + 1))
            }
            (Self::Group(_), Spot::Group(at)) => at.checked_sub(1).map(Spot::Group),
            (Self::Rules(_), Spot::Group(_)) | (Self::Group(_), Spot::Rule(_)) => None,
        }
    }

    /// The edit that puts it down at `at`; nothing where it stands there.
    ///
    /// # Errors
    /// Why it cannot be put down there.
    pub(super) fn edit(&self, policy: &Policy, at: Spot) -> Result<Option<Edit>, Text> {
        match (self, at) {
            (Self::Rules(rules), Spot::Rule(to)) => Ok(Edit::move_rules(policy, rules, to)),
            (Self::Group(group), Spot::Group(to)) if at != self.spot(policy) => {
                let others = others(policy, *group);
                let (above, below) = (
                    to.checked_sub(1).and_then(|at| others.get(at)).copied(),
                    others.get(to).copied(),
                );
                let priority = policy.priority_between(above, below).ok_or_else(|| {
                    let of = |g: usize| policy.rule_groups[g].priority.value;
                    say::no_priority_free(above.map(of), below.map(of))
                })?;
                Ok(Some(Edit::set_priority(*group, priority)))
            }
            (Self::Group(_), _) | (Self::Rules(_), Spot::Group(_)) => Ok(None),
        }
    }
}

/// The groups but one, in the order in which they are asked.
fn others(policy: &Policy, group: usize) -> Vec<usize> {
    groups_in_order(policy).into_iter().filter(|g| *g != group).collect()
}

impl Carry {
    /// Picks something up.
    #[must_use]
    pub fn new(session: &Session, load: Load) -> Self {
        let from = load.spot(session.policy());
        let mut carry = Self {
            load,
            from,
            at: from,
            down: false,
            changes: Vec::new(),
            flows: None,
            refused: None,
            tried: Vec::new(),
            edit: None,
            preview: None,
        };
        // Rules that did not stand together do so in the air.
        carry.look(session);
        if carry.is_home() {
            carry.remember(from, false);
        }
        carry
    }

    /// The policy as if it were put down here; `None` where it was picked up.
    #[must_use]
    pub fn preview(&self) -> Option<(&Arc<Policy>, &Derived)> {
        self.preview.as_deref().map(|(policy, derived)| (policy, derived))
    }

    /// What is carried where, to tell what was computed about it.
    #[must_use]
    pub fn version(&self) -> (u64, Spot) {
        let mut hasher = DefaultHasher::new();
        self.load.hash(&mut hasher);
        (hasher.finish(), self.at)
    }

    /// Takes in what was found about the policy as it would be.
    pub fn found(&mut self, findings: Findings) {
        if let Some(preview) = &mut self.preview {
            preview.1.findings = findings;
        }
    }

    /// Takes in an answer of the policy as it would be, of which more is known.
    pub fn looked_through(&mut self, completed: Answer) {
        if let Some((_, derived)) = self.preview.as_deref_mut() {
            derived.looked_through(completed);
        }
    }

    /// Whether nothing would move if it were put down here.
    #[must_use]
    pub const fn is_home(&self) -> bool {
        self.edit.is_none() && self.refused.is_none()
    }

    /// The edit that puts it down here.
    #[must_use]
    pub const fn edit(&self) -> Option<&Edit> {
        self.edit.as_ref()
    }

    /// The row to be seen: the last where it was carried down.
    #[must_use]
    pub fn selection(&self) -> Selection {
        match (&self.load, self.at) {
            (Load::Rules(rules), Spot::Rule(at)) => {
                let below = if self.down && !self.is_home() { rules.len() - 1 } else { 0 };
                Selection::Rule(RulePlace { rule: at.rule + below, ..at })
            }
            (Load::Group(group), _) => Selection::Group(*group),
            (Load::Rules(_), Spot::Group(_)) => Selection::Nothing,
        }
    }

    /// Where the rule stood that is carried and would stand at `place`.
    #[must_use]
    pub fn was(&self, place: RulePlace) -> Option<RulePlace> {
        match (&self.load, self.at) {
            (Load::Rules(rules), _) if self.is_home() => rules.contains(&place).then_some(place),
            (Load::Rules(rules), Spot::Rule(at)) if at.group == place.group => {
                place.rule.checked_sub(at.rule).and_then(|nth| rules.get(nth)).copied()
            }
            (Load::Rules(_) | Load::Group(_), _) => None,
        }
    }

    /// The groups in the order in which they would be asked.
    #[must_use]
    pub fn groups(&self, policy: &Policy) -> Vec<usize> {
        match (&self.load, self.at) {
            (Load::Group(group), Spot::Group(at)) => {
                let mut order = others(policy, *group);
                order.insert(at.min(order.len()), *group);
                order
            }
            (Load::Rules(_) | Load::Group(_), _) => groups_in_order(policy),
        }
    }

    /// Carries it a place up or down and looks what would change there.
    pub fn go(&mut self, session: &Session, down: bool) {
        let Some(at) = self.load.step(session.policy(), self.at, down) else { return };
        (self.at, self.down) = (at, down);
        self.look(session);
        self.try_near(session);
    }

    /// Computes what would change if it were put down here.
    fn look(&mut self, session: &Session) {
        (self.preview, self.edit, self.refused, self.flows) = (None, None, None, None);
        self.changes.clear();
        let edit = match self.load.edit(session.policy(), self.at) {
            Ok(Some(edit)) => edit,
            Ok(None) => return,
            Err(why) => return self.refused = Some(why),
        };
        match session.preview(&edit) {
            Ok((policy, derived)) => {
                let before = (session.policy(), session.derived().cases.as_slice());
                self.changes = case_changes(before, (&policy, &derived.cases));
                self.remember(self.at, differs(session, (&policy, &derived)));
                self.preview = Some(Box::new((policy, derived)));
            }
            Err(error) => self.refused = Some(error.words()),
        }
        self.edit = Some(edit);
    }

    /// Tries the places near by, as many as can be afforded, so that those where nothing would
    /// change can be marked before the load gets there.
    pub fn try_near(&mut self, session: &Session) {
        let policy = session.policy();
        let rules: usize = policy.rule_groups.iter().map(|group| group.rules.len()).sum();
        let steps = match &self.load {
            Load::Rules(moved) => moved.len(),
            Load::Group(_) => 1,
        };
        let work = rules * (policy.cases.len() + 1) * steps;
        let affordable = (WORK / work.max(1)).min(MOST_NEAR);
        let (mut up, mut down) = (Some(self.at), Some(self.at));
        for turn in 0..affordable {
            let place = if turn % 2 == 0 { &mut down } else { &mut up };
            *place = place.and_then(|at| self.load.step(policy, at, turn % 2 == 0));
            let Some(at) = *place else { continue };
            if self.tried.iter().any(|(tried, _)| *tried == at) {
                continue;
            }
            let Ok(Some(edit)) = self.load.edit(policy, at) else { continue };
            if let Ok((policy, derived)) = session.preview(&edit) {
                self.remember(at, differs(session, (&policy, &derived)));
            }
        }
    }

    fn remember(&mut self, at: Spot, changes: bool) {
        self.tried.retain(|(place, _)| *place != at);
        self.tried.push((at, changes));
    }

    /// Whether a rule was tried at `place` and nothing that is known changed there.
    ///
    /// Places are those of the list as it is drawn: below what is in the air they are counted without it.
    #[must_use]
    pub fn is_same_at(&self, place: RulePlace) -> bool {
        let spot = match (&self.load, self.at) {
            (Load::Rules(rules), Spot::Rule(at))
                if at.group == place.group && place.rule > at.rule =>
            {
                RulePlace { rule: (place.rule + 1).saturating_sub(rules.len()), ..place }
            }
            (Load::Rules(_), _) => place,
            (Load::Group(_), _) => return false,
        };
        self.tried.contains(&(Spot::Rule(spot), false))
    }

    /// The same for a group and the place at which another stands now.
    #[must_use]
    pub fn is_same_at_group(&self, nth: usize) -> bool {
        self.tried.contains(&(Spot::Group(nth), false))
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
            // Of what is not known yet nobody says that it is the same.
            let whole = a.whole && b.whole;
            whole
                && a.by_destination.len() == b.by_destination.len()
                && a.by_destination
                    .iter()
                    .zip(&b.by_destination)
                    .all(|(x, y)| x.action == y.action && x.decider.same(&y.decider))
        }
        _ => true,
    }
}
