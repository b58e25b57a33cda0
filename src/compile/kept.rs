//! What rows gave, kept for the policy after an edit of other rows.
//!
//! A row is kept when nothing is to be said about it: what is said has a place in the text, and places move.

use std::sync::Arc;

use super::block::{Block, Rows, replace, unknown};
use super::meets::{Reach, Waiting, waits};
use super::questions::{Row, Side};
use super::rows::Context;
use super::spans::Spans;
use crate::net::Action;
use crate::policy::{Policy, RowsChanged};
use crate::suricata::Rule;

/// What the rows of a policy gave.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// What about the policy decided the forms.
    pub context: Context,
    /// Of each group, by its index, its rows in order.
    pub groups: Vec<Vec<Arc<Block>>>,
    /// Whether no two rules of rows have one sid.
    pub apart: bool,
    /// Whether no row was left out in part, nor will be after an edit that asks for no more.
    pub whole: bool,
}

/// What is known of the rows of a policy before it is compiled.
#[derive(Debug)]
pub(super) struct Before {
    pub context: Option<Context>,
    pub groups: Vec<Vec<Rows>>,
    /// What rows gave that are there no more, if that is known.
    pub went: Vec<Option<Arc<KeptRow>>>,
    /// Whether no two rules of rows that are known have one sid.
    pub apart: bool,
}

/// What a row became.
#[derive(Debug)]
pub(super) struct KeptRow {
    pub gist: Gist,
    /// For which of its questions it waits; empty where it waits for none.
    pub waits: Vec<Waiting>,
    pub rules: Vec<Arc<Rule>>,
    /// Where rules stand in the text of a hand-written row.
    pub spans: Spans,
    /// How long the rules are, with their line ends.
    pub bytes: usize,
    /// Whether AWS accepts them.
    pub accepted: bool,
}

/// What other rows, and the rules around all rows, need to know of a row.
#[derive(Debug)]
pub(super) enum Gist {
    /// One that becomes no rule.
    Nothing,
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
            questions,
        }
    }

    /// What it could block on a first packet although rows above decide it later.
    pub(super) fn early(&self) -> impl Iterator<Item = (Action, Reach)> {
        let early = self.questions.iter().filter(|question| self.is_early(question));
        early.map(|question| (self.action, question.reach.clone()))
    }

    pub(super) const fn is_early(&self, question: &Asked) -> bool {
        self.action.blocks() && question.tcp_address
    }

    /// What it decides late, if these of its questions wait.
    pub(super) fn late(&self, waiting: &[Waiting]) -> impl Iterator<Item = (Action, Reach)> {
        let decides = self.action != Action::Alert;
        let late = self
            .questions
            .iter()
            .enumerate()
            .filter(move |(at, question)| decides && (question.named || waits(waiting, *at)));
        late.map(|(_, question)| (self.action, question.reach.clone()))
    }
}

impl Gist {
    pub(super) const fn by_hand(&self) -> Option<(bool, &[(Action, Reach)])> {
        match self {
            Self::ByHand { asks_names, late } => Some((*asks_names, late.as_slice())),
            Self::Words(_) | Self::Nothing => None,
        }
    }
}

impl KeptRow {
    /// Of a row that becomes no rule.
    pub(super) fn nothing() -> Self {
        let (waits, rules, spans) = (Vec::new(), Vec::new(), Spans::default());
        Self { gist: Gist::Nothing, waits, rules, spans, bytes: 0, accepted: true }
    }

    /// Whether its rules are the same again. Those written by hand are whatever stands around them.
    pub(super) fn is_as_before(&self, waits: &[Waiting], context: bool) -> bool {
        match self.gist {
            Gist::Words(_) => context && self.waits == waits,
            Gist::ByHand { .. } | Gist::Nothing => true,
        }
    }

    /// What it rejects late because it waits.
    pub(super) fn rejected(&self) -> impl Iterator<Item = Reach> {
        let asks = self.asks().filter(|asks| asks.action == Action::Reject);
        let waiting = asks.into_iter().flat_map(|asks| asks.questions.iter().zip(&self.waits));
        waiting.filter(|(_, waits)| waits.is_yes()).map(|(question, _)| question.reach.clone())
    }

    pub(super) const fn asks(&self) -> Option<&Asks> {
        match &self.gist {
            Gist::Words(asks) => Some(asks),
            Gist::ByHand { .. } | Gist::Nothing => None,
        }
    }
}

impl Kept {
    /// What is known of the policy in which these rows changed.
    pub(super) fn after(&self, policy: &Policy, changes: &[RowsChanged]) -> Before {
        let same = |blocks: &Vec<Arc<Block>>| blocks.iter().cloned().map(Rows::Same).collect();
        let mut groups: Vec<Vec<Rows>> = self.groups.iter().map(same).collect();
        let mut all_went = Vec::new();
        for RowsChanged { group, rows, count } in changes.iter().rev() {
            let blocks = groups.get_mut(*group);
            match blocks.and_then(|blocks| replace(blocks, rows.clone(), *count)) {
                Some(went) => all_went.extend(went),
                None => return Before::nothing(policy),
            }
        }
        let known = groups.iter().map(|blocks| blocks.iter().map(Rows::len).sum::<usize>());
        if !policy.rule_groups.iter().map(|group| group.rules.len()).eq(known) {
            return Before::nothing(policy);
        }
        Before { context: Some(self.context), groups, went: all_went, apart: self.apart }
    }
}

impl Before {
    /// Where nothing is known.
    pub(super) fn nothing(policy: &Policy) -> Self {
        let groups = policy.rule_groups.iter().map(|group| unknown(group.rules.len()));
        Self { context: None, groups: groups.collect(), went: Vec::new(), apart: false }
    }
}
