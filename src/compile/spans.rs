use std::ops::Range;

/// Where rules of hand-written rows stand in the texts of their rows, by the places of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spans(Vec<(usize, Range<usize>)>);

impl Spans {
    /// The bytes of the rule at a place; nothing where it is not of a hand-written row.
    #[must_use]
    pub fn get(&self, rule: usize) -> Option<&Range<usize>> {
        let at = self.0.binary_search_by_key(&rule, |(rule, _)| *rule).ok()?;
        self.0.get(at).map(|(_, span)| span)
    }

    /// Those of all rules, in order; it goes on behind the last rule.
    pub fn iter(&self) -> impl Iterator<Item = Option<&Range<usize>>> {
        let mut known = self.0.iter().peekable();
        (0..).map(move |rule| known.next_if(|(known, _)| *known == rule).map(|(_, span)| span))
    }

    /// Adds a rule behind those that are there.
    pub(super) fn push(&mut self, rule: usize, span: Range<usize>) {
        self.0.push((rule, span));
    }

    /// Adds all of others, whose rules begin at `first`.
    pub(super) fn append(&mut self, first: usize, others: &Self) {
        self.0.extend(others.0.iter().map(|(rule, span)| (first + rule, span.clone())));
    }
}
