use std::collections::{BTreeSet, HashSet};

use super::carry::Carry;
use crate::policy::{Policy, RulePlace};
use crate::tui::action::Motion;
use crate::workbench::{Decider, Row, StatelessLine, rows};

/// Lines that page up and page down go.
const PAGE: usize = 10;

/// What is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Selection {
    /// Nothing: the policy has no groups.
    Nothing,
    /// Something that is asked before the stateful rules; it is read here, not edited.
    Stateless(StatelessLine),
    /// The head of a group.
    Group(usize),
    /// A rule.
    Rule(RulePlace),
}

/// What the rule list remembers.
#[derive(Debug)]
pub struct RulesPane {
    /// The selected row.
    pub selected: Selection,
    /// Whether somebody selected it, and not for a request before the one that is tested.
    pub chosen: bool,
    /// Groups whose rules are hidden.
    pub folded: HashSet<usize>,
    /// Stateless groups whose rules are hidden.
    pub folded_stateless: HashSet<usize>,
    /// The rules that are marked.
    pub marked: BTreeSet<RulePlace>,
    /// The rule that was marked last: where a range begins.
    pub last_marked: Option<RulePlace>,
    /// What is in the air.
    pub carry: Option<Carry>,
    /// What was searched for last, while `n` and `N` walk the matches.
    pub found: Option<String>,
}

impl Selection {
    /// The group, or that of the rule.
    #[must_use]
    pub const fn group(self) -> Option<usize> {
        match self {
            Self::Nothing | Self::Stateless(_) => None,
            Self::Group(group) => Some(group),
            Self::Rule(place) => Some(place.group),
        }
    }

    /// The stateless group, or that of the stateless row.
    #[must_use]
    pub const fn stateless_group(self) -> Option<usize> {
        match self {
            Self::Stateless(StatelessLine::Group(group)) => Some(group),
            Self::Stateless(StatelessLine::Rule(place)) => Some(place.group),
            Self::Stateless(StatelessLine::Default)
            | Self::Nothing
            | Self::Group(_)
            | Self::Rule(_) => None,
        }
    }

    /// The rule, if one is selected.
    #[must_use]
    pub const fn rule(self) -> Option<RulePlace> {
        match self {
            Self::Rule(place) => Some(place),
            Self::Nothing | Self::Stateless(_) | Self::Group(_) => None,
        }
    }
}

/// The row of what decided a request, where it has one.
#[must_use]
pub fn row_of(decider: &Decider) -> Option<Selection> {
    match decider {
        Decider::Rule(rule) => Some(Selection::Rule(rule.place)),
        Decider::Stateless(rule) => Some(Selection::Stateless(StatelessLine::Rule(rule.place))),
        // A default that forwards decides nothing and has no row.
        Decider::StatelessDefault(_) => Some(Selection::Stateless(StatelessLine::Default)),
        Decider::Default(_)
        | Decider::Unmatched
        | Decider::StreamException(_)
        | Decider::Undetermined(_) => None,
    }
}

impl From<Row> for Selection {
    fn from(row: Row) -> Self {
        match row {
            Row::Stateless(line) => Self::Stateless(line),
            Row::Group(group) => Self::Group(group),
            Row::Rule { place, .. } => Self::Rule(place),
        }
    }
}

impl RulesPane {
    /// Begins at the first rule.
    #[must_use]
    pub fn new(policy: &Policy) -> Self {
        let rows = rows(policy);
        let first = rows.iter().find(|row| matches!(row, Row::Rule { .. })).or(rows.first());
        Self {
            selected: first.map_or(Selection::Nothing, |&row| row.into()),
            chosen: false,
            folded: HashSet::new(),
            folded_stateless: HashSet::new(),
            marked: BTreeSet::new(),
            last_marked: None,
            carry: None,
            found: None,
        }
    }

    /// The rows that are not folded away, from top to bottom.
    #[must_use]
    pub fn visible(&self, policy: &Policy) -> Vec<Row> {
        let mut rows = rows(policy);
        if !self.folded.is_empty() || !self.folded_stateless.is_empty() {
            rows.retain(|row| match row {
                Row::Stateless(StatelessLine::Rule(place)) => {
                    !self.folded_stateless.contains(&place.group)
                }
                Row::Stateless(_) | Row::Group(_) => true,
                Row::Rule { place, .. } => !self.folded.contains(&place.group),
            });
        }
        rows
    }

    /// Selects a row, unfolding its group where it is a rule.
    pub fn select(&mut self, selection: Selection) {
        match selection {
            Selection::Rule(place) => self.folded.remove(&place.group),
            Selection::Stateless(StatelessLine::Rule(place)) => {
                self.folded_stateless.remove(&place.group)
            }
            Selection::Stateless(_) | Selection::Group(_) | Selection::Nothing => false,
        };
        (self.selected, self.chosen) = (selection, true);
    }

    /// The row that somebody selected, where it is a rule.
    #[must_use]
    pub fn chosen_rule(&self) -> Option<RulePlace> {
        self.selected.rule().filter(|_| self.chosen)
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, policy: &Policy) {
        let rows = self.visible(policy);
        let at = rows.iter().position(|&row| Selection::from(row) == self.selected).unwrap_or(0);
        if let Some(&row) = rows.get(motion.from(at, rows.len(), PAGE)) {
            (self.selected, self.chosen) = (row.into(), true);
        }
    }

    /// Folds a group, or unfolds it; its head is selected then.
    pub fn fold(&mut self, group: usize, fold: bool) {
        if fold {
            self.folded.insert(group);
            self.select(Selection::Group(group));
        } else {
            self.folded.remove(&group);
        }
    }

    /// The same for a stateless group.
    pub fn fold_stateless(&mut self, group: usize, fold: bool) {
        if fold {
            self.folded_stateless.insert(group);
            self.select(Selection::Stateless(StatelessLine::Group(group)));
        } else {
            self.folded_stateless.remove(&group);
        }
    }

    /// Makes the selection valid after the policy changed.
    pub fn settle(&mut self, policy: &Policy) {
        let groups = policy.rule_groups.len();
        self.folded.retain(|&group| group < groups);
        self.folded_stateless.retain(|&group| group < policy.stateless.rule_groups.len());
        self.selected = match self.selected {
            Selection::Stateless(line) if rows(policy).contains(&Row::Stateless(line)) => {
                self.selected
            }
            Selection::Rule(place) if policy.rule(place).is_some() => self.selected,
            Selection::Group(group) if group < groups => self.selected,
            Selection::Rule(RulePlace { group, .. }) if group < groups => {
                match policy.rule_groups[group].rules.len().checked_sub(1) {
                    Some(rule) => Selection::Rule(RulePlace { group, rule }),
                    None => Selection::Group(group),
                }
            }
            Selection::Stateless(_)
            | Selection::Rule(_)
            | Selection::Group(_)
            | Selection::Nothing => {
                rows(policy).first().map_or(Selection::Nothing, |&row| row.into())
            }
        };
    }
}

impl Motion {
    /// Where the motion leads from line `at` of `len` lines.
    #[must_use]
    pub fn from(self, at: usize, len: usize, page: usize) -> usize {
        let last = len.saturating_sub(1);
        match self {
            Self::Up => at.saturating_sub(1),
            Self::Down => (at + 1).min(last),
            Self::PageUp => at.saturating_sub(page),
            Self::PageDown => (at + page).min(last),
            Self::First => 0,
            Self::Last => last,
        }
    }
}
