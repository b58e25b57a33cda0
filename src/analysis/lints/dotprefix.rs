//! A dot where `dotprefix` wants one (pain 15): what would mend a warning that the rule's own reader gives.

use crate::diagnostic::Diagnostic;
use crate::policy::{Edit, InRow, Policy, RuleField, RulePlace};

use super::under::hand_written;

/// The edit that writes the dot; the warning stands at the content.
pub(super) fn fix(policy: &Policy, problem: &Diagnostic) -> Option<Edit> {
    let place = problem.place.as_ref().filter(|_| problem.code == "dotprefix-without-dot")?;
    let groups = policy.rule_groups.iter().enumerate();
    let mut rows = groups
        .flat_map(|(group, one)| (0..one.rules.len()).map(move |rule| RulePlace { group, rule }));
    let holds = |at: RulePlace, inside: &InRow| {
        let span = policy.place_in(at, inside).map(|place| place.span);
        span.is_some_and(|span| span.start <= place.span.start && place.span.end <= span.end)
    };
    let at = rows.find(|at| policy.rule(*at).is_some_and(|row| holds(*at, &row.place)))?;
    let written = hand_written(policy.rule(at)?)?;
    let line = written.lines.iter().position(|line| holds(at, line))?;
    let begins: usize = written.text.split_inclusive('\n').take(line).map(str::len).sum();
    let from = begins + place.span.start - policy.place_in(at, &written.lines[line])?.span.start;
    let option = written.text.get(from..from + place.span.len())?;
    let quote = option.find('"')? + 1;
    let mut text = written.text.clone();
    text.insert(from + quote, '.');
    let fields = vec![(RuleField::Suricata, Some(text))];
    Some(Edit::SetRule { at, fields })
}
