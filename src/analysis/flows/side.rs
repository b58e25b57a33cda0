//! One policy, ready to be asked about classes of flows.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::fate::{Decider, Fate, fate};
use super::reading::{Reading, assuming};
use super::usual::one_of_each;
use crate::compile::Compiled;
use crate::eval::{Evaluator, Gist, Met, Played};
use crate::net::Scheme;
use crate::suricata::Ruleset;

/// A policy's rules with how they ask about flows.
#[derive(Debug)]
pub(in crate::analysis) struct Side<'a> {
    pub compiled: &'a Compiled,
    pub evaluator: &'a Evaluator,
    /// The place of each rule in the order in which they are asked.
    pub rank: Vec<u32>,
    /// How the rules ask about the flows of one protocol.
    pub readings: Rc<Vec<Reading>>,
    /// The reading of each rule that asks about such flows.
    by_rule: HashMap<usize, usize>,
    /// The rules with what is unclear taken as met; `None`: nothing is.
    assuming: Option<Evaluator>,
    scheme: Scheme,
    known: RefCell<Known>,
}

/// What was asked lately.
#[derive(Debug, Default)]
struct Known {
    gists: HashMap<Asked, Rc<Gist>>,
    /// How many rules the questions hold together.
    rules: usize,
}

/// How many rules the questions may hold together before they are forgotten: a question about many rules is long, and of a
/// large policy most come once.
const KEPT: usize = 150_000;

impl Known {
    fn keep(&mut self, asked: Asked, gist: Rc<Gist>) {
        // Each costs something beside its rules.
        self.rules += asked.live.len() + 16;
        if self.rules > KEPT {
            *self = Self { rules: asked.live.len() + 16, ..Self::default() };
        }
        self.gists.insert(asked, gist);
    }
}

/// What is asked, apart from the names that make no difference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::analysis) struct Asked {
    /// Whether the addresses are of IPv4.
    pub v4: bool,
    /// Whether the client says a name.
    pub named: bool,
    /// Whether it is asked about all names together, those that some of the rules do not hold for.
    pub any_name: bool,
    /// The server's port where it is told apart from all others, else 0.
    pub port: u16,
    /// Numbers of rules in the order in which they are asked, each with the directions in which its header fits.
    pub live: Vec<(u32, u8)>,
}

impl<'a> Side<'a> {
    pub(in crate::analysis) fn new(
        compiled: &'a Compiled,
        evaluator: &'a Evaluator,
        readings: Vec<Reading>,
        scheme: Scheme,
    ) -> Self {
        let mut rank = vec![0; compiled.ruleset.rules.len()];
        for (at, &rule) in (0_u32..).zip(evaluator.order()) {
            rank[rule] = at;
        }
        let assuming = assuming_evaluator(compiled, evaluator, &readings, scheme);
        let by_rule = readings.iter().enumerate().map(|(at, reading)| (reading.rule, at)).collect();
        Self {
            compiled,
            evaluator,
            rank,
            readings: Rc::new(readings),
            by_rule,
            assuming,
            scheme,
            known: RefCell::default(),
        }
    }

    /// How a rule asks about such flows; nothing where it matches none.
    pub(in crate::analysis) fn reading_of(&self, rule: usize) -> Option<usize> {
        self.by_rule.get(&rule).copied()
    }

    /// What becomes of a class of flows for which `played` stands; asked, and played, once for all classes with the same
    /// rules.
    ///
    /// `fresh` counts what was not known before.
    pub(in crate::analysis) fn ask<'p>(
        &self,
        asked: Asked,
        played: impl FnOnce() -> &'p mut Played,
        fresh: &mut usize,
    ) -> Rc<Gist> {
        if let Some(known) = self.known.borrow().gists.get(&asked) {
            return Rc::clone(known);
        }
        *fresh += 1;
        let order = self.order(&asked.live);
        let evaluator = self.assuming.as_ref().unwrap_or(self.evaluator);
        let gist = Rc::new(self.whatever_port(&asked, played(), |p| evaluator.among(p, &order)));
        self.known.borrow_mut().keep(asked, Rc::clone(&gist));
        gist
    }

    /// What becomes of a flow from whatever port of a usual client. Where that is not the same for all of them, it hangs on
    /// the rules that tell them apart.
    fn whatever_port(&self, asked: &Asked, played: &Played, ask: impl Fn(&Played) -> Gist) -> Gist {
        let mut gist = ask(played);
        let live = asked.live.iter().filter_map(|(rule, _)| self.reading_of(*rule as usize));
        let splitting: Vec<&Reading> =
            live.map(|at| &self.readings[at]).filter(|r| !r.client_ports.is_empty()).collect();
        if splitting.is_empty() {
            return gist;
        }
        let sets = splitting.iter().flat_map(|reading| &reading.client_ports);
        let ports = one_of_each(sets).unwrap_or_default();
        let alike = |port: &u16| ask(&played.with_port(*port)) == gist;
        if ports.is_empty() || !ports[1..].iter().all(alike) {
            gist.because.extend(splitting.iter().map(|reading| reading.rule));
            gist.open.extend(splitting.iter().map(|reading| reading.rule));
            gist.early = false;
        }
        gist
    }

    /// What becomes of this one flow, with every rule as it is.
    pub(in crate::analysis) fn exactly(&self, played: &Played, rules: &[(u32, u8)]) -> Gist {
        self.evaluator.among(played, &self.order(rules))
    }

    /// The same with some rules asked just before others.
    pub(in crate::analysis) fn with_first(
        &self,
        played: &Played,
        rules: &[(u32, u8)],
        moved: impl Fn(usize) -> bool,
        before: impl Fn(usize) -> bool,
    ) -> Gist {
        let (moved, mut rest): (Vec<usize>, Vec<usize>) =
            self.order(rules).into_iter().partition(|rule| moved(*rule));
        let at = rest.iter().position(|rule| before(*rule)).unwrap_or(rest.len());
        rest.splice(at..at, moved);
        self.evaluator.among(played, &rest)
    }

    /// The rules of the ruleset among these.
    fn order(&self, rules: &[(u32, u8)]) -> Vec<usize> {
        let rules = rules.iter().map(|(rule, _)| *rule as usize);
        rules.filter(|rule| *rule < self.rank.len()).collect()
    }

    /// Where a rule comes from.
    pub(in crate::analysis) fn decider(&self, rule: usize) -> Decider {
        Decider::of(self.compiled, rule)
    }

    pub(in crate::analysis) fn fate(&self, gist: &Gist) -> Fate {
        fate(self.compiled, gist)
    }

    /// Whether all that a rule asks of the client's name, or of the path, holds for this one.
    pub(in crate::analysis) fn holds(
        &self,
        reading: usize,
        path: bool,
        text: &str,
    ) -> Option<bool> {
        let buffer = match self.scheme {
            Scheme::Http if path => "http.uri",
            Scheme::Http => "http.host",
            Scheme::Https => "tls.sni",
            Scheme::Quic => "quic.sni",
            Scheme::Dns => "dns.query",
            Scheme::Tcp | Scheme::Udp | Scheme::Icmp => return Some(true),
        };
        match self.evaluator.holds(self.readings[reading].rule, buffer, text.as_bytes()) {
            Met::Yes => Some(true),
            Met::No => Some(false),
            Met::Unknown => None,
        }
    }
}

fn assuming_evaluator(
    compiled: &Compiled,
    evaluator: &Evaluator,
    readings: &[Reading],
    scheme: Scheme,
) -> Option<Evaluator> {
    let ruleset = &compiled.ruleset;
    let mut changed: Option<Ruleset> = None;
    for reading in readings {
        let rule = ruleset.rules.get(reading.rule);
        if let Some(rule) = rule.and_then(|rule| assuming(rule, reading, scheme)) {
            let changed = changed.get_or_insert_with(|| ruleset.clone());
            changed.rules.replace(reading.rule, Arc::new(rule));
        }
    }
    // The types of the rules stay: what is assumed about a rule does not change when it is asked.
    changed.map(|ruleset| Evaluator::after(&ruleset, evaluator).behind_those_of(evaluator))
}
