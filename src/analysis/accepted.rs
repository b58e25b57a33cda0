//! Findings that the policy says are as they should be: `accept` at a rule, at a group, or at the policy.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place};
use crate::policy::{Accepted, At, Policy, RuleGroup, RulePlace};

/// Findings that are said once, of the first of all rows that they are about: only the policy can accept them.
const COUNTED: [&str; 3] = ["sid-provisional", "waits-for-names", "exact-name-only"];

/// Findings that are told only when somebody asks for them.
const ASKED_FOR: [&str; 2] = ["correlated-rules", "generalised-rule"];

/// Whether findings with this code are said once of many rows, and so are accepted by the policy only.
#[must_use]
pub fn is_of_many(code: &str) -> bool {
    COUNTED.contains(&code)
}

/// What a policy accepts, and where.
pub struct Accepts<'a> {
    policy: &'a Policy,
    entries: Vec<Entry<'a>>,
}

/// A finding that is as it should be, and where.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The piece of the text that it counts for; nothing for the whole policy.
    range: Option<Range<usize>>,
    /// What it says.
    pub accepted: &'a Accepted,
    /// Where it stands in the text.
    pub place: Place,
}

impl Entry<'_> {
    /// Whether it counts where a finding with this code stands.
    fn counts(&self, code: &str, place: Option<&Place>) -> bool {
        match (&self.range, place) {
            (None, _) => true,
            (Some(_), _) if is_of_many(code) => false,
            (Some(range), Some(place)) => {
                range.start <= place.span.start && place.span.end <= range.end
            }
            (Some(_), None) => false,
        }
    }
}

impl<'a> Accepts<'a> {
    /// Gathers what `policy` accepts.
    #[must_use]
    pub fn of(policy: &'a Policy) -> Self {
        let entry = |range: Option<&Range<usize>>, at: &'a At<Accepted>| Entry {
            range: range.cloned(),
            accepted: &at.value,
            place: at.place.clone(),
        };
        let mut entries: Vec<_> = policy.accept.iter().map(|accept| entry(None, accept)).collect();
        for group in &policy.rule_groups {
            if !group.accept.is_empty() {
                let hull = hull(group);
                entries.extend(group.accept.iter().map(|accept| entry(Some(&hull), accept)));
            }
            let rules = group.rules.iter().zip(group.rules.starts());
            for (rule, start) in rules.filter(|(rule, _)| !rule.accept.is_empty()) {
                let range = Some(rule.place.in_text(start).span);
                entries.extend(rule.accept.iter().map(|at| Entry {
                    range: range.clone(),
                    accepted: &at.value,
                    place: at.place.in_text(start),
                }));
            }
        }
        Self { policy, entries }
    }

    /// Whether nothing is accepted at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry that accepts `found`; an error is never accepted.
    #[must_use]
    pub fn entry<'s>(&'s self, found: &Diagnostic) -> Option<&'s Entry<'a>> {
        if found.is_error() { None } else { self.find(found.code, found.place.as_ref()) }
    }

    /// Whether a finding with this code about the row at `place` is accepted.
    pub(super) fn is_accepted(&self, code: &str, place: RulePlace) -> bool {
        !self.is_empty()
            && self
                .policy
                .name_place(place)
                .is_some_and(|name| self.find(code, Some(&name)).is_some())
    }

    fn find<'s>(&'s self, code: &str, place: Option<&Place>) -> Option<&'s Entry<'a>> {
        self.fitting(code, place).next()
    }

    /// The entries that accept what has this code and stands here.
    fn fitting<'s, 'b>(
        &'s self,
        code: &'b str,
        place: Option<&'b Place>,
    ) -> impl Iterator<Item = &'s Entry<'a>> + use<'s, 'a, 'b> {
        let entries = self.entries.iter();
        entries.filter(move |entry| entry.accepted.code == code && entry.counts(code, place))
    }

    /// The entries that accept none of these: of findings that are told only when they are asked for, or of all others.
    /// `unknown`: by code, the rows of which it is not known whether there is a finding; entries on them are not idle.
    pub fn idle<'b>(
        &'b self,
        found: impl Iterator<Item = &'b Diagnostic>,
        asked_for: bool,
        unknown: &BTreeMap<&'static str, BTreeSet<RulePlace>>,
    ) -> Vec<&'b Entry<'a>> {
        let fits = |found: &'b Diagnostic| self.fitting(found.code, found.place.as_ref());
        let used: Vec<_> = found.filter(|found| !found.is_error()).flat_map(fits).collect();
        let of_these =
            |entry: &&Entry<'_>| ASKED_FOR.contains(&entry.accepted.code.as_str()) == asked_for;
        let entries = self.entries.iter().filter(of_these);
        let is_used = |entry: &&Entry<'_>| used.iter().any(|used| std::ptr::eq(*used, *entry));
        let may_be_used = |entry: &&Entry<'_>| {
            let rows = unknown.get(entry.accepted.code.as_str());
            let mut names = rows.into_iter().flatten().map(|row| self.policy.name_place(*row));
            names.any(|name| entry.counts(&entry.accepted.code, name.as_ref()))
        };
        entries.filter(|entry| !is_used(entry) && !may_be_used(entry)).collect()
    }
}

/// From the first to the last thing known of a group: its text, but for fields before and behind these.
fn hull(group: &RuleGroup) -> Range<usize> {
    let own = [&group.name.place, &group.priority.place];
    let nets = [&group.home_net, &group.external_net].into_iter().flatten().map(|net| &net.place);
    let accepts = group.accept.iter().map(|accept| &accept.place);
    let rules = (0..group.rules.len()).filter_map(|at| group.rules.span(at));
    let own = own.into_iter().chain(nets).chain(accepts).map(|place| place.span.clone());
    own.chain(rules).fold(group.name.place.span.clone(), |all, span| {
        all.start.min(span.start)..all.end.max(span.end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Document;

    #[test]
    fn entries_on_rows_of_which_it_is_not_known_are_not_called_idle() {
        let text = "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: []\nhome_net: [10.0.0.0/8]\n\
            accept: [shadowed-by-rule because all, redundant-rule because all]\n\
            rule_groups:\n  - name: g\n    priority: 1\n    accept: [shadowed-by-rule because group]\n    rules:\n      \
            - {name: a, action: drop, from: any, to: any, accept: [shadowed-by-rule because a]}\n  \
            - name: h\n    priority: 2\n    accept: [shadowed-by-rule because other group]\n    rules:\n      \
            - {name: b, action: pass, from: any, to: any, accept: [shadowed-by-rule because b]}\n";
        let document = Document::read(text.to_owned()).unwrap();
        let accepts = Accepts::of(document.policy());
        let idle = |rows: &[RulePlace]| -> Vec<&str> {
            let unknown = BTreeMap::from([("shadowed-by-rule", rows.iter().copied().collect())]);
            let idle = accepts.idle([].iter(), false, &unknown);
            idle.iter().map(|entry| entry.accepted.reason.as_str()).collect()
        };
        assert_eq!(idle(&[]), ["all", "all", "group", "a", "other group", "b"]);
        assert_eq!(idle(&[RulePlace { group: 0, rule: 0 }]), ["all", "other group", "b"]);
        assert_eq!(idle(&[RulePlace { group: 1, rule: 0 }]), ["all", "group", "a"]);
    }
}
