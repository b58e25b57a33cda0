//! What rows gave, kept for the policy after an edit of other rows.
//!
//! A row is kept when nothing is to be said about it: what is said has a place in the text, and places move.

use std::ops::Range;
use std::sync::Arc;

use super::meets::{Reach, Waiting};
use super::questions::{Row, Side};
use super::rows::Context;
use crate::net::Action;
use crate::policy::{Policy, RowsChanged, RulePlace};
use crate::suricata::Rule;

/// What the rows of a policy gave: of each group, by its index, of each row.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    /// What about the policy decided the forms.
    context: Option<Context>,
    groups: Vec<Vec<Option<Arc<KeptRow>>>>,
}

/// What a row became.
#[derive(Debug)]
pub(super) struct KeptRow {
    pub gist: Gist,
    /// For which of its questions it waits; empty where it waits for none.
    pub waits: Vec<Waiting>,
    pub rules: Vec<Arc<Rule>>,
    /// Where each rule stands in the text of a hand-written row.
    pub spans: Vec<Option<Range<usize>>>,
    /// How long the rules are, with their line ends.
    pub bytes: usize,
    /// Whether AWS accepts them.
    pub accepted: bool,
}

/// What other rows, and the rules around all rows, need to know of a row.
#[derive(Debug)]
pub(super) enum Gist {
    /// A row in the words of the policy.
    Words(Asks),
    /// A hand-written one.
    ByHand {
        /// Whether some rule asks for what TLS or HTTP says.
        asks_names: bool,
        /// What its rules decide late, for rows below that would decide it early.
        late: Vec<(Action, Reach)>,
    },
}

/// What a row asks for, in short.
#[derive(Debug)]
pub(super) struct Asks {
    pub action: Action,
    pub from: Arc<Side>,
    pub questions: Vec<Asked>,
    /// Whether some question is decided by what TLS or HTTP says.
    pub names: bool,
    /// Whether it could block on a first packet what rows above decide later.
    pub early: bool,
}

/// One question of a row.
#[derive(Debug)]
pub(super) struct Asked {
    pub named: bool,
    pub tcp_address: bool,
    pub reach: Reach,
}

impl Asks {
    pub(super) fn of(row: &Row<'_>) -> Self {
        let questions = row.questions.iter().map(|question| Asked {
            named: question.is_named(),
            tcp_address: question.is_tcp_address(),
            reach: Reach::of(row, question),
        });
        let questions: Vec<Asked> = questions.collect();
        Self {
            action: row.action,
            from: Arc::clone(&row.from),
            names: questions.iter().any(|question| question.named),
            early: row.action.blocks() && questions.iter().any(|question| question.tcp_address),
            questions,
        }
    }
}

impl Gist {
    pub(super) const fn by_hand(&self) -> Option<(bool, &[(Action, Reach)])> {
        match self {
            Self::ByHand { asks_names, late } => Some((*asks_names, late.as_slice())),
            Self::Words(_) => None,
        }
    }
}

impl KeptRow {
    /// Whether its rules are the same again. Those written by hand are whatever stands around them.
    pub(super) fn is_as_before(&self, waits: &[Waiting], context: bool) -> bool {
        match self.gist {
            Gist::Words(_) => context && self.waits == waits,
            Gist::ByHand { .. } => true,
        }
    }

    pub(super) const fn asks(&self) -> Option<&Asks> {
        match &self.gist {
            Gist::Words(asks) => Some(asks),
            Gist::ByHand { .. } => None,
        }
    }
}

impl Kept {
    /// What is kept of a policy for the one in which these rows changed.
    pub(super) fn after(&self, policy: &Policy, changes: &[RowsChanged]) -> Self {
        let mut kept = self.clone();
        for RowsChanged { group, rows, count } in changes.iter().rev() {
            let Some(group) = kept.groups.get_mut(*group) else { return Self::default() };
            if group.get(rows.clone()).is_none() {
                return Self::default();
            }
            group.splice(rows.clone(), (0..*count).map(|_| None));
        }
        let groups = policy.rule_groups.iter().map(|group| group.rules.len());
        if groups.eq(kept.groups.iter().map(Vec::len)) { kept } else { Self::default() }
    }

    /// Room for each row of a policy.
    pub(super) fn make_room(&mut self, policy: &Policy) {
        self.groups.resize(policy.rule_groups.len(), Vec::new());
        for (group, kept) in policy.rule_groups.iter().zip(&mut self.groups) {
            kept.resize(group.rules.len(), None);
        }
    }

    /// Whether rows would be written in the same context; from now on they are written in this.
    pub(super) fn is_in(&mut self, context: Context) -> bool {
        self.context.replace(context) == Some(context)
    }

    pub(super) fn take(&mut self, place: RulePlace) -> Option<Arc<KeptRow>> {
        self.groups.get_mut(place.group)?.get_mut(place.rule)?.take()
    }

    pub(super) fn keep(&mut self, place: RulePlace, row: Arc<KeptRow>) {
        let at = self.groups.get_mut(place.group).and_then(|group| group.get_mut(place.rule));
        if let Some(at) = at {
            *at = Some(row);
        }
    }
}
