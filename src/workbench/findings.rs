use std::sync::atomic::{AtomicBool, Ordering};

use time::OffsetDateTime;

use super::problems::Problem;
use crate::analysis::{
    self, AcceptEntry, Accepts, REACH_CODES, Reaches, lint, order, stateless, unreachable,
};
use crate::compile::Compiled;
use crate::diagnostic::Diagnostic;
use crate::eval::Evaluator;
use crate::messages::lints::accepts_nothing as say;
use crate::policy::{Policy, RulePlace};

/// What was found about a policy beyond what reading and compiling it says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    found: Vec<Finding>,
    accepted: Vec<Accepted>,
    current: bool,
}

/// A problem that the policy says is as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What, where.
    pub diagnostic: Diagnostic,
    /// Why it is as it should be, in the words of the policy.
    pub reason: String,
}

/// Those of `found` that the policy does not accept, and those that it does.
pub(super) fn apart<T>(
    accepts: &Accepts<'_>,
    found: impl IntoIterator<Item = T>,
    of: impl Fn(&T) -> &Diagnostic,
) -> (Vec<T>, Vec<Accepted>) {
    let (mut open, mut accepted) = (Vec::new(), Vec::new());
    for one in found {
        match accepts.entry(of(&one)) {
            Some(entry) => accepted.push(Accepted {
                diagnostic: of(&one).clone(),
                reason: entry.accepted.reason.clone(),
            }),
            None => open.push(one),
        }
    }
    (open, accepted)
}

/// A finding, with its row by name: that stays while places move.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    finding: analysis::Finding,
    /// Group and rule.
    row: Option<(String, String)>,
}

/// Looks for everything that may not be as meant. It evaluates many requests: the screen has it done beside, and sets
/// `stop` when it does not want to know any more; then what was found so far is not current.
#[must_use]
pub fn find(
    policy: &Policy,
    compiled: &Compiled,
    evaluator: &Evaluator,
    stop: &AtomicBool,
) -> Findings {
    let mut found = order(policy, compiled, evaluator, stop).diagnostics(policy);
    found.extend(stateless(policy, compiled));
    let left_out = {
        // What was looked through for this is large: it goes before others look.
        let reaches = Reaches::until(policy, compiled, evaluator, stop);
        found.extend(unreachable(policy, &reaches));
        reaches.left_out()
    };
    let lints = lint(policy, compiled, evaluator, &today(), stop);
    let current = !stop.load(Ordering::Relaxed);
    let accepts = Accepts::of(policy);
    let found = found.into_iter().map(analysis::Finding::from).chain(lints);
    let (mut found, accepted) = apart(&accepts, found, |finding| &finding.diagnostic);
    if current && !accepts.is_empty() {
        let needed = accepted.iter().map(|accepted| &accepted.diagnostic);
        let unknown = REACH_CODES.map(|code| (code, left_out.clone())).into();
        let idle = accepts.idle(needed.chain(&compiled.diagnostics), false, &unknown);
        found.extend(idle.into_iter().map(|entry| accepts_nothing(entry).into()));
    }
    let rows = Rows::of(policy);
    let finding = |finding: analysis::Finding| Finding {
        row: rows.place_of(&finding.diagnostic).and_then(|place| name_of(policy, place)),
        finding,
    };
    Findings { found: found.into_iter().map(finding).collect(), accepted, current }
}

impl Findings {
    /// Whether it was looked for in the policy as it is; otherwise these are findings of the policy before.
    #[must_use]
    pub const fn is_current(&self) -> bool {
        self.current
    }

    /// The same, kept for a policy in which nobody looked yet.
    #[must_use]
    pub fn outdated(&self) -> Self {
        Self { current: false, ..self.clone() }
    }

    /// How many rows were found of which the engine does not keep the order, and of how many that cannot be told.
    #[must_use]
    pub fn order_not_kept(&self) -> (usize, usize) {
        let count = |code| self.all().filter(|diagnostic| diagnostic.code == code).count();
        (count("order-not-kept"), count("order-not-known"))
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter().map(|found| &found.finding.diagnostic)
    }

    /// Those that the policy says are as they should be.
    #[must_use]
    pub fn accepted(&self) -> &[Accepted] {
        &self.accepted
    }

    /// All of them as lists of problems show them. Outdated ones have no fix: it would change another place.
    pub(super) fn problems<'a>(&'a self, policy: &'a Policy) -> impl Iterator<Item = Problem> + 'a {
        let rows = Rows::of(policy);
        self.found.iter().map(move |found| {
            let diagnostic = found.finding.diagnostic.clone();
            let row = match &found.row {
                _ if self.current => rows.place_of(&diagnostic),
                Some(name) => rows.named(name),
                None => None,
            };
            let fix = found.finding.fix.clone().filter(|_| self.current);
            Problem { diagnostic, row, fix, current: self.current }
        })
    }

    /// Those about the row at `place`. Outdated ones stand where the row of their name is now.
    pub fn at<'a>(
        &'a self,
        policy: &'a Policy,
        place: RulePlace,
    ) -> impl Iterator<Item = &'a Diagnostic> {
        let name =
            policy.rule(place).map(|rule| (group_name(policy, place.group), &rule.name.value));
        let here = move |finding: &&Finding| match (&finding.row, name) {
            (Some((group, rule)), Some(name)) => (group.as_str(), rule) == name,
            _ => false,
        };
        self.found.iter().filter(here).map(|found| &found.finding.diagnostic)
    }
}

/// The day it is by the clock of this machine, in UTC, as policies write days.
fn today() -> String {
    let now = OffsetDateTime::now_utc();
    format!("{:04}-{:02}-{:02}", now.year(), u8::from(now.month()), now.day())
}

/// What is said of an entry that accepts nothing.
pub(super) fn accepts_nothing(entry: &AcceptEntry<'_>) -> Diagnostic {
    let message = say::message(&entry.accepted.code);
    Diagnostic::note("accepts-nothing", entry.place.clone(), message).help(say::HELP)
}

fn group_name(policy: &Policy, group: usize) -> &str {
    policy.rule_groups.get(group).map_or("", |group| &group.name.value)
}

/// Group and name of the row at `place`.
fn name_of(policy: &Policy, place: RulePlace) -> Option<(String, String)> {
    let rule = policy.rule(place)?;
    Some((group_name(policy, place.group).to_owned(), rule.name.value.clone()))
}

/// Where the rows of a policy stand in its text, in its order.
pub(super) struct Rows<'a> {
    policy: &'a Policy,
    begins: Vec<(usize, RulePlace)>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(policy: &'a Policy) -> Self {
        let groups = policy.rule_groups.iter().enumerate();
        let mut begins: Vec<(usize, RulePlace)> = groups
            .flat_map(|(group, one)| {
                let starts = one.rules.starts().enumerate();
                starts.map(move |(rule, start)| (start.byte, RulePlace { group, rule }))
            })
            .collect();
        begins.sort_unstable_by_key(|(begin, _)| *begin);
        Self { policy, begins }
    }

    /// The row that a problem is in.
    pub(super) fn place_of(&self, diagnostic: &Diagnostic) -> Option<RulePlace> {
        let span = &diagnostic.place.as_ref()?.span;
        let at = self.begins.partition_point(|(begin, _)| *begin <= span.start);
        let (_, place) = *self.begins.get(at.checked_sub(1)?)?;
        (span.end <= self.policy.row_span(place)?.end).then_some(place)
    }

    /// The row of this group and name.
    fn named(&self, (group, rule): &(String, String)) -> Option<RulePlace> {
        let group = self.policy.rule_groups.iter().position(|one| one.name.value == *group)?;
        let rules = &self.policy.rule_groups[group].rules;
        let rule = rules.iter().position(|one| one.name.value == *rule)?;
        Some(RulePlace { group, rule })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluator;
    use crate::compile::compile;
    use crate::policy::Document;

    #[test]
    fn what_was_found_when_nobody_wanted_to_know_any_more_is_not_current() {
        let policy = "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: []\nhome_net: [10.0.0.0/8]\n\
            rule_groups:\n  - name: g\n    priority: 1\n    rules:\n      \
            - {name: all, action: drop, from: any, to: any}\n      \
            - {name: none, action: pass, from: any, to: [a.example]}\n";
        let document = Document::read(policy.to_owned()).unwrap();
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        let found = |stop| {
            let found = find(document.policy(), &compiled, &evaluator, &AtomicBool::new(stop));
            let rows = found.all().filter(|d| d.code == "shadowed-by-rule").count();
            (rows, found.is_current())
        };
        assert_eq!(found(false), (1, true));
        assert_eq!(found(true), (0, false));
    }
}
