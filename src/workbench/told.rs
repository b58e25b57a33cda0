use super::answer::ByDestination;
use super::asked::{Asked, Question, asked};
use super::why::Reason;
use crate::eval::Met;
use crate::messages::{Text, Words, why as say};
use crate::net::Request;
use crate::policy::Policy;

/// One row of an explanation, ready to stand in a table: what it asks, and whether it gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<'a> {
    /// The row, and what it was for the request.
    pub reason: &'a Reason,
    /// What it asks, one by one.
    pub asked: Vec<Asked>,
}

impl<'a> Told<'a> {
    /// What `reason` says of `request`.
    #[must_use]
    pub fn of(policy: &Policy, request: &Request, reason: &'a Reason) -> Self {
        Self { reason, asked: asked(policy, request, reason) }
    }

    /// The row's group and name.
    #[must_use]
    pub fn name(&self) -> String {
        say::row(&self.reason.rule.group, &self.reason.rule.name)
    }

    /// What the row gets of what it asks in this column: met, missed, not tellable; nothing where it does not ask.
    #[must_use]
    pub fn met(&self, what: Question) -> Option<Met> {
        let mut of = self.asked.iter().filter(|a| a.what == what).peekable();
        if of.peek().is_none_or(|first| first.is_open()) {
            return None;
        }
        let mets: Vec<Met> = of.map(|a| a.met).collect();
        let worst = [Met::No, Met::Unknown].into_iter().find(|met| mets.contains(met));
        Some(worst.unwrap_or(Met::Yes))
    }

    /// The first thing that misses, or what became of a row that matches.
    #[must_use]
    pub fn note(&self, outcome: &ByDestination) -> Text {
        let misses = || self.asked.iter().filter(|a| a.met == Met::No);
        let telling = misses().find(|a| a.what != Question::Packet).or_else(|| misses().next());
        match (self.reason.standing_words(&outcome.trace), telling) {
            (Some(words), _) => words,
            (None, Some(miss)) => miss.miss(),
            (None, None) => say::standing::NEVER_TOGETHER.into(),
        }
    }
}

/// Whether something that is asked is met, in one word.
#[must_use]
pub const fn met_word(met: Met) -> Words {
    match met {
        Met::Yes => say::YES,
        Met::No => say::NO,
        Met::Unknown => say::CANNOT_TELL,
    }
}

/// The same in a table, where a row may not ask.
#[must_use]
pub const fn met_cell(met: Option<Met>) -> Words {
    match met {
        Some(met) => met_word(met),
        None => say::NOT_ASKED,
    }
}
