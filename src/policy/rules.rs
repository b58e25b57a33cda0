//! The rows of a group and where they stand, so that a row that stays as it is can be shared by all policies that have it.

use std::iter::Map;
use std::ops::{Index, Range};
use std::slice::Iter;
use std::sync::Arc;

use super::{At, Rule};
use crate::diagnostic::Place;

/// A place within a row: line and bytes count from where the row begins.
///
/// Rows have many, so they are small; texts of 4 GiB, which they could not count, are never read (`docs/limits.md`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct InRow {
    /// How many lines below the first.
    line: u32,
    /// Column in characters, from 1.
    column: u32,
    /// The bytes meant.
    span: Range<u32>,
}

/// Where a row begins in the text: behind its dash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Start {
    /// Line, from 1.
    pub line: usize,
    /// Byte, from 0.
    pub byte: usize,
}

impl InRow {
    /// A place of the text as one within the row that begins at `start`, which stands above it.
    pub(super) fn of(place: &Place, start: Start) -> Self {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let byte = |at: usize| small(at.saturating_sub(start.byte));
        Self {
            line: small(place.line.saturating_sub(start.line)),
            column: small(place.column),
            span: byte(place.span.start)..byte(place.span.end),
        }
    }

    /// The place in the text, where the row begins at `start`.
    #[must_use]
    pub const fn in_text(&self, start: Start) -> Place {
        let Start { line, byte } = start;
        let span = self.span.start as usize + byte..self.span.end as usize + byte;
        Place { line: self.line as usize + line, column: self.column as usize, span }
    }
}

impl<T> At<T> {
    /// The same within the row that begins at `start`.
    pub(super) fn in_row(self, start: Start) -> At<T, InRow> {
        At { value: self.value, place: InRow::of(&self.place, start) }
    }
}

impl<T: Clone> At<T, InRow> {
    /// The same with its place in the text, where the row begins at `start`.
    #[must_use]
    pub fn in_text(&self, start: Start) -> At<T> {
        At { value: self.value.clone(), place: self.place.in_text(start) }
    }
}

/// The rules of a group in order, each with where it begins in the text.
///
/// To clone them costs little: they are copied when they are changed, and a rule only when it is itself changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    rules: Arc<Vec<Arc<Rule>>>,
    /// Where each begins, counted from the first.
    gaps: Arc<Vec<Start>>,
    /// Where the first begins.
    first: Start,
}

/// The rules of a group in order.
pub type RulesIter<'a> = Map<Iter<'a, Arc<Rule>>, fn(&'a Arc<Rule>) -> &'a Rule>;

impl Rules {
    /// Rules that begin at these places.
    pub(super) fn new(rules: impl IntoIterator<Item = (Arc<Rule>, Start)>) -> Self {
        let (rules, mut gaps): (Vec<_>, Vec<_>) = rules.into_iter().unzip();
        let first = gaps.first().copied().unwrap_or_default();
        for gap in &mut gaps {
            *gap = Start { line: gap.line - first.line, byte: gap.byte - first.byte };
        }
        Self { rules: Arc::new(rules), gaps: Arc::new(gaps), first }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The rule at a place, from 0.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Rule> {
        self.rules.get(at).map(AsRef::as_ref)
    }

    /// The rules in order.
    pub fn iter(&self) -> RulesIter<'_> {
        self.rules.iter().map(AsRef::as_ref)
    }

    /// The same, as policies share them.
    #[must_use]
    pub fn shared(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// Whether both are the very same rules, wherever they stand; they may be equal if not.
    #[must_use]
    pub fn are_those(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rules, &other.rules)
    }

    /// Where a rule begins.
    #[must_use]
    pub fn start(&self, at: usize) -> Option<Start> {
        let gap = self.gaps.get(at)?;
        Some(Start { line: self.first.line + gap.line, byte: self.first.byte + gap.byte })
    }

    /// Where the rules begin, in order.
    pub fn starts(&self) -> impl DoubleEndedIterator<Item = Start> + ExactSizeIterator {
        let Start { line, byte } = self.first;
        let start = move |gap: &Start| Start { line: line + gap.line, byte: byte + gap.byte };
        self.gaps.iter().map(start)
    }

    /// The bytes of a rule.
    #[must_use]
    pub fn span(&self, at: usize) -> Option<Range<usize>> {
        Some(self.get(at)?.place.in_text(self.start(at)?).span)
    }

    /// How many rules begin before a byte or at it.
    #[must_use]
    pub fn begun(&self, byte: usize) -> usize {
        self.gaps.partition_point(|gap| self.first.byte + gap.byte <= byte)
    }

    /// A rule, to be changed in this policy alone; nothing where there is none. Its place stays as it is.
    pub fn edit(&mut self, at: usize) -> Option<&mut Rule> {
        Arc::make_mut(&mut self.rules).get_mut(at).map(Arc::make_mut)
    }

    /// The same rules, of which the first begins elsewhere.
    pub(super) fn moved(&self, first: Start) -> Self {
        Self { first, ..self.clone() }
    }
}

impl Index<usize> for Rules {
    type Output = Rule;

    /// # Panics
    /// Where there is no such rule, as a slice does.
    fn index(&self, at: usize) -> &Rule {
        &self.rules[at]
    }
}

impl<'a> IntoIterator for &'a Rules {
    type Item = &'a Rule;
    type IntoIter = RulesIter<'a>;

    fn into_iter(self) -> RulesIter<'a> {
        self.iter()
    }
}

/// Rules that stand in no text.
impl FromIterator<Rule> for Rules {
    fn from_iter<T: IntoIterator<Item = Rule>>(rules: T) -> Self {
        Self::new(rules.into_iter().map(|rule| (Arc::new(rule), Start::default())))
    }
}
