//! What came, went and moved between two lists of rules, of which most stand as they stood.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::rules::{Rules, address};
use crate::suricata::Rule;

/// So far ahead a rule is looked for that does not stand where it stood.
const AHEAD: usize = 64;

/// Where the rules of a list stood before.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// So many rules at the start, and at the end, are the same.
    pub start: usize,
    pub end: usize,
    /// For each rule between, its place before.
    pub between: Vec<Option<usize>>,
    /// The rules that went, by their places before.
    pub went: Vec<usize>,
    /// The rules that came, by their places now.
    pub came: Vec<usize>,
    /// The rules that stand elsewhere among those that stayed, by their places before.
    pub moved: Vec<usize>,
}

impl Difference {
    /// From `before` to rules at these addresses.
    pub(super) fn new(before: &Rules, addresses: &[usize]) -> Self {
        let old = before.addresses();
        let same = |(a, b): &(&usize, &usize)| a == b;
        let start = old.iter().zip(addresses).take_while(same).count();
        let most = old.len().min(addresses.len()) - start;
        let back = old.iter().rev().zip(addresses.iter().rev());
        let end = back.take(most).take_while(same).count();
        let mut difference = Self { start, end, ..Self::default() };
        difference.walk(&old[..old.len() - end], &addresses[..addresses.len() - end]);
        difference.find_moved(old, addresses);
        difference
    }

    /// Goes through both lists side by side behind what is the same at the start.
    fn walk(&mut self, old: &[usize], new: &[usize]) {
        let (mut at, mut to) = (self.start, self.start);
        while let Some(rule) = new.get(to) {
            if old.get(at) == Some(rule) {
                self.between.push(Some(at));
                (at, to) = (at + 1, to + 1);
                continue;
            }
            let gone = ahead(&old[at..], Some(rule));
            let new_ones = ahead(&new[to..], old.get(at));
            match (gone, new_ones) {
                (Some(gone), new_ones) if new_ones.is_none_or(|new_ones| gone <= new_ones) => {
                    self.went.extend(at..at + gone);
                    at += gone;
                }
                (_, Some(new_ones)) => {
                    self.add(to..to + new_ones);
                    to += new_ones;
                }
                // Another rule stands here.
                (_, None) => {
                    self.went.extend(old.get(at).map(|_| at));
                    self.add(to..to + 1);
                    (at, to) = ((at + 1).min(old.len()), to + 1);
                }
            }
        }
        self.went.extend(at..old.len());
    }

    fn add(&mut self, came: Range<usize>) {
        self.between.extend(came.clone().map(|_| None));
        self.came.extend(came);
    }

    /// What went in one place and came in another moved.
    fn find_moved(&mut self, old: &[usize], new: &[usize]) {
        let mut gone: HashMap<usize, Vec<usize>> = HashMap::new();
        for place in self.went.iter().rev() {
            gone.entry(old[*place]).or_default().push(*place);
        }
        let (between, moved, start) = (&mut self.between, &mut self.moved, self.start);
        self.came.retain(|to| {
            let from = gone.get_mut(&new[*to]).and_then(Vec::pop);
            if let Some(from) = from {
                between[*to - start] = Some(from);
                moved.push(from);
            }
            from.is_none()
        });
        if !moved.is_empty() {
            self.went = gone.into_values().flatten().collect();
            self.went.sort_unstable();
        }
    }

    /// Whether each rule that came stands where one that says the same went: then nothing changed but who they are.
    pub(super) fn is_idle<'a>(
        &self,
        before: &Rules,
        rules: impl Iterator<Item = &'a Arc<Rule>>,
    ) -> bool {
        let here = self.moved.is_empty() && self.went == self.came;
        let mut came = rules.enumerate().skip(self.start).take(self.between.len());
        here && self.came.iter().all(|place| {
            let rule = came.by_ref().find(|(at, _)| at == place);
            rule.is_some_and(|(_, rule)| **rule == *before[*place].rule)
        })
    }
}

/// How far ahead a rule comes, if soon.
fn ahead(list: &[usize], rule: Option<&usize>) -> Option<usize> {
    list.iter().take(AHEAD).position(|other| Some(other) == rule)
}

/// Where each of `rules` lies in memory.
pub(super) fn addresses<'a>(rules: impl Iterator<Item = &'a Arc<Rule>>) -> Vec<usize> {
    rules.map(address).collect()
}
