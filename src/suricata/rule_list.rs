use std::iter::FlatMap;
use std::ops::Index;
use std::slice::Iter;
use std::sync::Arc;

use super::Rule;

/// A stretch of a list, shared by lists that have it in common.
pub type RulePart = Arc<Vec<Arc<Rule>>>;

/// Rules in order, put together from parts.
///
/// Lists that differ in few rules share the other parts: to make one from the other, to clone one and to let go of it costs
/// as much as there are parts. Equal lists may have different parts.
#[derive(Debug, Clone, Default)]
pub struct RuleList {
    /// None of them empty.
    parts: Vec<RulePart>,
    /// For each part, how many rules there are up to its end.
    ends: Vec<usize>,
}

impl RuleList {
    /// Puts a list together.
    #[must_use]
    pub fn of_parts(parts: impl IntoIterator<Item = RulePart>) -> Self {
        let parts: Vec<RulePart> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let count = |before: &mut usize, part: &RulePart| {
            *before += part.len();
            Some(*before)
        };
        let ends = parts.iter().scan(0, count).collect();
        Self { parts, ends }
    }

    /// Its parts, in order; parts that two lists share are the same [`Arc`].
    #[must_use]
    pub fn parts(&self) -> &[RulePart] {
        &self.parts
    }

    /// How many rules there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or_default()
    }

    /// Whether there is no rule.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The rule at a place, from 0.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Arc<Rule>> {
        let (part, at) = self.part_of(at);
        self.parts.get(part)?.get(at)
    }

    /// The part of a place, and the place in it.
    fn part_of(&self, at: usize) -> (usize, usize) {
        let part = self.ends.partition_point(|end| *end <= at);
        let before = part.checked_sub(1).map_or(0, |last| self.ends[last]);
        (part, at - before)
    }

    /// Puts another rule at a place where there is one; lists that shared the old one keep it.
    pub fn replace(&mut self, at: usize, rule: Arc<Rule>) {
        let (part, at) = self.part_of(at);
        if let Some(part) = self.parts.get_mut(part) {
            Arc::make_mut(part)[at] = rule;
        }
    }

    /// The rules in order.
    #[must_use]
    pub fn iter(&self) -> RuleIter<'_> {
        RuleIter { rules: self.parts.iter().flat_map(|part| part.iter()), left: self.len() }
    }
}

impl Index<usize> for RuleList {
    type Output = Arc<Rule>;

    /// # Panics
    /// Where there is no such rule, as a slice does.
    fn index(&self, at: usize) -> &Arc<Rule> {
        let (part, at) = self.part_of(at);
        &self.parts[part][at]
    }
}

impl PartialEq for RuleList {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Arc<Rule>, &Arc<Rule>)| Arc::ptr_eq(a, b) || a == b;
        self.len() == other.len() && self.iter().zip(other).all(same)
    }
}

impl FromIterator<Arc<Rule>> for RuleList {
    fn from_iter<T: IntoIterator<Item = Arc<Rule>>>(rules: T) -> Self {
        Self::of_parts([Arc::new(rules.into_iter().collect())])
    }
}

impl<'a> IntoIterator for &'a RuleList {
    type Item = &'a Arc<Rule>;
    type IntoIter = RuleIter<'a>;

    fn into_iter(self) -> RuleIter<'a> {
        self.iter()
    }
}

type OfPart<'a> = fn(&'a RulePart) -> Iter<'a, Arc<Rule>>;

/// The rules of a [`RuleList`] in order.
#[derive(Debug, Clone)]
pub struct RuleIter<'a> {
    rules: FlatMap<Iter<'a, RulePart>, Iter<'a, Arc<Rule>>, OfPart<'a>>,
    left: usize,
}

impl<'a> Iterator for RuleIter<'a> {
    type Item = &'a Arc<Rule>;

    fn next(&mut self) -> Option<&'a Arc<Rule>> {
        let next = self.rules.next()?;
        self.left -= 1;
        Some(next)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for RuleIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let last = self.rules.next_back()?;
        self.left -= 1;
        Some(last)
    }
}

impl ExactSizeIterator for RuleIter<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suricata::parse_rules;

    fn rules(count: u32) -> Vec<Arc<Rule>> {
        let text = |sid| format!("pass ip any any -> any any (sid:{sid};)\n");
        let parsed = parse_rules(&(1..=count).map(text).collect::<String>());
        parsed.rules.into_iter().map(|parsed| Arc::new(parsed.rule)).collect()
    }

    #[test]
    fn a_list_of_parts_is_what_a_list_of_one_part_is() {
        let rules = rules(7);
        for ends in [vec![7], vec![0, 3, 3, 7], vec![1, 6, 7, 7], vec![2, 4, 6, 7]] {
            let starts = std::iter::once(0).chain(ends.clone());
            let parts = starts.zip(&ends).map(|(start, end)| Arc::new(rules[start..*end].to_vec()));
            let list = RuleList::of_parts(parts);
            assert_eq!((list.len(), list.iter().len()), (7, 7));
            assert_eq!(list, rules.iter().cloned().collect());
            assert_ne!(list, rules[1..].iter().cloned().collect());
            assert!((0..7).all(|at| Arc::ptr_eq(&list[at], &rules[at])));
            assert!(list.get(7).is_none() && list.get(6) == rules.last());
            let mut other = list.clone();
            other.replace(4, Arc::clone(&rules[0]));
            assert!(list[4].sid == rules[4].sid && other[4].sid == rules[0].sid);
            assert!(list.iter().rev().eq(rules.iter().rev()));
            assert!(list.iter().zip(&rules).all(|(a, b)| Arc::ptr_eq(a, b)));
        }
        let none = RuleList::of_parts([Arc::default()]);
        assert!(none.is_empty() && none.get(0).is_none() && none == RuleList::default());
    }
}
