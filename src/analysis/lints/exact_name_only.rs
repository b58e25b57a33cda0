//! A site without its `www`, or everything below a name but not the name itself (pain 13).

use std::collections::{HashMap, HashSet};

use super::Finding;
use super::under::{Under, outcome};
use super::whole_top_level::names;
use crate::analysis::order::ask::Ask;
use crate::analysis::order::stands::Stand;
use crate::compile::Origin;
use crate::diagnostic::{Confidence, Diagnostic, Place};
use crate::messages::lints::exact_name_only as say;
use crate::net::{Action, DomainPattern, Request};
use crate::policy::{Case, Policy, Rule, RuleBody, RulePlace};

/// How many names are told of at the most.
const TRIED: usize = 60;

/// Said once, of the first name that is passed while the one beside it, which people type as often, is dropped by the
/// default action; the others are counted.
pub(super) fn find(under: &Under<'_>) -> Vec<Finding> {
    let ask = under.ask();
    let mut stands: HashMap<RulePlace, &Stand> = HashMap::new();
    for stand in &under.stands {
        stands.entry(stand.place).or_insert(stand);
    }
    let asked = asked_for(under.policy);
    let mut seen = HashSet::new();
    let mut first = None;
    for (at, rule) in under.rows() {
        let Some(stand) = stands.get(&at) else { continue };
        for (place, pattern) in passed(under, at, rule) {
            let new = |beside: &String| !asked.contains(beside) && seen.len() < TRIED;
            let Some(beside) = beside(pattern).filter(new) else { continue };
            if seen.contains(&beside) || !is_lost(&ask, stand, &beside) {
                continue;
            }
            first.get_or_insert((rule, place, pattern, beside.clone()));
            seen.insert(beside);
        }
    }
    let Some((rule, place, pattern, beside)) = first else { return Vec::new() };
    let message = say::message(&rule.name.value, &pattern.to_string(), &beside, seen.len() - 1);
    let note = Diagnostic::note("exact-name-only", place, message);
    vec![note.help(say::help(pattern.name())).confidence(Confidence::Low).into()]
}

/// Whether the default action drops a request for the name from where the row is about.
fn is_lost(ask: &Ask<'_>, stand: &Stand, name: &str) -> bool {
    let found = request(stand, name).and_then(|request| outcome(ask, &request));
    found.is_some_and(|found| {
        let by_default = matches!(found.by, Some(Origin::DefaultAction | Origin::Tail));
        by_default && found.action.is_some_and(Action::blocks)
    })
}

fn passed<'a>(under: &Under<'a>, at: RulePlace, rule: &'a Rule) -> Vec<(Place, &'a DomainPattern)> {
    match &rule.body {
        RuleBody::Match(row) if row.action == Action::Pass => {
            row.to.iter().flat_map(|entry| names(under.policy, at, entry)).collect()
        }
        RuleBody::Match(_) | RuleBody::Suricata(_) => Vec::new(),
    }
}

/// The name beside one, which people type as often: `www` of a site of two labels, and the site itself of all below it.
fn beside(pattern: &DomainPattern) -> Option<String> {
    let site = pattern.name().matches('.').count() == 1;
    match pattern {
        DomainPattern::Exact(name) if site => Some(format!("www.{name}")),
        DomainPattern::Below(name) if site => Some(name.clone()),
        DomainPattern::Exact(_) | DomainPattern::Below(_) | DomainPattern::Tree(_) => None,
    }
}

/// The names that cases ask for: what becomes of them is meant so.
fn asked_for(policy: &Policy) -> HashSet<String> {
    let asked = |case: &Case| Some(Request::parse(&case.from, &case.url, None).ok()?.host);
    policy.cases.iter().filter_map(asked).collect()
}

/// A request for a name from where a row is about.
fn request(stand: &Stand, name: &str) -> Option<Request> {
    let request = stand.request(443)?;
    let path = "/".to_owned();
    Some(Request { host: name.to_owned(), path, dst: Some(request.somewhere()), ..request })
}
