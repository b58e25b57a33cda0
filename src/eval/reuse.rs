//! An evaluator made from that of a ruleset with mostly the same rules: what hangs on one rule alone is made once.

use std::collections::HashMap;
use std::sync::Arc;

use super::Evaluator;
use super::explain::is_aimed;
use super::index::{FoundBy, Index, telling};
use super::order::{Key, evaluation_order, key};
use super::prepare::{Looks, Prepared, prepare};
use crate::suricata::{Rule, RuleList, Ruleset, Variables};

/// What an evaluator was made with, rule by rule.
#[derive(Debug)]
pub(super) struct Made {
    scopes: Vec<Variables>,
    looks: Looks,
    facts: Vec<Facts>,
}

/// What order and index need to know of a rule.
#[derive(Debug, Clone)]
struct Facts {
    key: Key,
    streams: bool,
    telling: Option<[bool; 2]>,
    by: FoundBy,
    /// Whether a condition on buffers or servers may be met although the index does not find it.
    loose: bool,
}

impl Made {
    /// The rules, by their index, of which the index alone does not tell whether what they are about is met.
    pub(super) fn loose(&self) -> impl Iterator<Item = usize> {
        let loose = self.facts.iter().enumerate().filter(|(_, facts)| facts.loose);
        loose.map(|(at, _)| at)
    }
}

impl Facts {
    fn of(rule: &Prepared) -> Self {
        let by = FoundBy::of(rule);
        let one = matches!(by, FoundBy::Ending(..)) && rule.buffers.len() == 1;
        Self {
            key: key(&rule.rule),
            streams: rule.looks_into_streams(),
            telling: telling(rule),
            loose: is_aimed(rule) || !rule.buffers.is_empty() && !one,
            by,
        }
    }
}

/// Where rules of before stand now: those at the start and at the end are the same in both, those between may be anywhere.
struct Shared<'a> {
    before: &'a Evaluator,
    start: usize,
    end: usize,
    between: HashMap<*const Rule, usize>,
}

impl<'a> Shared<'a> {
    fn of(before: &'a Evaluator, rules: &RuleList) -> Self {
        let olds = || before.rules.iter().map(|prepared| &prepared.rule);
        let same = |(old, new): &(&Arc<Rule>, &Arc<Rule>)| Arc::ptr_eq(old, new);
        let start = olds().zip(rules).take_while(same).count();
        let most = before.rules.len().min(rules.len()) - start;
        let end = olds().rev().zip(rules.iter().rev()).take(most).take_while(same).count();
        let between = olds().enumerate().skip(start).take(before.rules.len() - start - end);
        let between = between.map(|(at, rule)| (Arc::as_ptr(rule), at)).collect();
        Self { before, start, end, between }
    }

    /// The place before of the rule that now is at `at` of `rules`.
    fn place(&self, rules: &RuleList, at: usize) -> Option<usize> {
        if at < self.start {
            return Some(at);
        }
        let behind = rules.len() - at;
        if behind <= self.end {
            return Some(self.before.rules.len() - behind);
        }
        self.between.get(&Arc::as_ptr(&rules[at])).copied()
    }

    /// How rules look at buffers, once those between are counted anew.
    fn looks(&self, rules: &RuleList) -> Looks {
        let mut looks = self.before.made.looks.clone();
        let old = self.before.rules.len() - self.start - self.end;
        for prepared in self.before.rules.iter().skip(self.start).take(old) {
            looks.remove(&prepared.rule);
        }
        let new = rules.len() - self.start - self.end;
        rules.iter().skip(self.start).take(new).for_each(|rule| looks.add(rule));
        looks
    }
}

/// The evaluator of `ruleset`, without stateless rules; what is the same in `before` is taken from it.
pub(super) fn made(ruleset: &Ruleset, before: Option<&Evaluator>) -> Evaluator {
    let before = before.filter(|before| before.made.scopes == ruleset.scopes);
    let shared = before.map(|before| Shared::of(before, &ruleset.rules));
    let looks = match &shared {
        Some(shared) => shared.looks(&ruleset.rules),
        None => {
            let mut looks = Looks::default();
            ruleset.rules.iter().for_each(|rule| looks.add(rule));
            looks
        }
    };
    // How a rule looks at its buffers hangs on how all others do.
    let shared = shared.filter(|shared| shared.before.made.looks.same(&looks));
    let mut rules = Vec::with_capacity(ruleset.rules.len());
    let mut facts = Vec::with_capacity(ruleset.rules.len());
    for (at, rule) in ruleset.rules.iter().enumerate() {
        let known = shared.as_ref().and_then(|shared| {
            let at = shared.place(&ruleset.rules, at)?;
            Some((Arc::clone(&shared.before.rules[at]), shared.before.made.facts[at].clone()))
        });
        let (prepared, fact) = known.unwrap_or_else(|| {
            let prepared = prepare(rule, ruleset, &looks);
            let facts = Facts::of(&prepared);
            (Arc::new(prepared), facts)
        });
        rules.push(prepared);
        facts.push(fact);
    }
    let order = evaluation_order(ruleset.order, facts.iter().map(|facts| facts.key));
    let telling = facts.iter().enumerate().filter_map(|(at, facts)| Some((at, facts.telling?)));
    let by = order.iter().map(|&at| &facts[at].by);
    let index = Index::new(by, telling, before.map(|before| before.index.as_ref()));
    let streams: Vec<usize> = (0..rules.len()).filter(|&at| facts[at].streams).collect();
    let made = Made { scopes: ruleset.scopes.clone(), looks, facts };
    let (index, made) = (Arc::new(index), Arc::new(made));
    let (rules, order, streams) = (Arc::new(rules), Arc::new(order), Arc::new(streams));
    Evaluator { rules, order, streams, index, made, stateless: None }
}
