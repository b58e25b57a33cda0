//! What would give a request another verdict, in words.

use super::Text;

/// No row, wherever it stands, would do it.
#[must_use]
pub fn no_row_would(action: &str) -> Text {
    format!(
        "no other order helps: no rule that is switched on would {action} it, wherever it stands"
    )
    .into()
}

/// Under action order places do not count.
#[must_use]
pub fn action_order() -> Text {
    "no other order helps: under action order the place of a rule decides nothing".into()
}

/// A rule decides on an earlier packet than the one on which another could.
#[must_use]
pub fn decided_before(decider: &str, at: &str, rule: &str, action: &str, later: &str) -> Text {
    format!(
        "no other order helps: {decider} decides at {at}, and {rule} can {action} it at {later} at the \
         earliest, wherever it stands"
    )
    .into()
}

/// Stateless rules decide.
#[must_use]
pub fn before_all_rules(decider: &str) -> Text {
    format!("no other order helps: {decider} decides before any stateful rule is asked").into()
}

/// What stands in the way is not modelled.
#[must_use]
pub fn nobody_knows(rules: &str) -> Text {
    format!("no other order helps: wherever the other rules stand, it hangs on {rules}").into()
}

/// A rule does not decide even where it is asked first.
#[must_use]
pub fn even_first(rule: &str, action: &str, decider: &str, at: Option<&str>) -> Text {
    let at = at.map(|packet| format!(" at {packet}")).unwrap_or_default();
    format!(
        "no other order helps: even as the first of all rules {rule} does not {action} it, {decider} \
         decides{at}"
    )
    .into()
}

/// Head of the list of offers; `action` is what is wanted.
#[must_use]
pub fn head(action: &str) -> Text {
    match action {
        "pass" => "What would let it through",
        "drop" => "What would drop it",
        "reject" => "What would reject it",
        _ => "What would block it",
    }
    .into()
}

/// How much an offer changes, short enough to stand beside it.
#[must_use]
pub fn in_short(cases: usize, broken: usize, flows: usize, sampled: usize) -> Text {
    let cases = match (cases, broken) {
        (0, _) => "no case changes".to_owned(),
        (1, 0) => "1 case changes".to_owned(),
        (1, _) => "1 case then fails".to_owned(),
        (cases, 0) => format!("{cases} cases change"),
        (cases, broken) => format!("{cases} cases change, {broken} then fail"),
    };
    format!("{cases}; {flows} of {sampled} flows").into()
}

/// Who decides the request once the edit is made.
#[must_use]
pub fn decides_then(rule: &str) -> Text {
    format!("{rule} decides then").into()
}

/// Nothing was found; how many edits were tried.
#[must_use]
pub fn nothing(tried: usize) -> Text {
    match tried {
        0 => "no edit is known that would".into(),
        1 => "the one edit that was tried does not".into(),
        _ => format!("none of the {tried} edits that were tried does").into(),
    }
}

/// Edits that were not tried, since the policy is large.
#[must_use]
pub fn left_out(edits: usize) -> Text {
    format!("the policy is large: {edits} more edits were not tried").into()
}

/// Offers that are not shown.
#[must_use]
pub fn more(offers: usize) -> Text {
    format!("{offers} more with `--all`").into()
}

/// A case that an offer changes: its verdict before and after, and whether it got and then gets what it expects. Where the
/// verdict stays, another rule decides.
#[must_use]
pub fn case(name: &str, before: &str, after: &str, (passed, passes): (bool, bool)) -> Text {
    let changed = before != after;
    let held = match (changed, passed, passes) {
        (true, true, true) | (true, false, true) => "then holds",
        (true, true, false) => "then fails",
        (true, false, false) => "still fails",
        (false, true, true) => "by another rule, still holds",
        (false, true, false) => "by another rule than it expects, then fails",
        (false, false, true) => "by the rule it expects, then holds",
        (false, false, false) => "by another rule, still fails",
    };
    if changed {
        format!("case `{name}`: {before} → {after}, {held}").into()
    } else {
        format!("case `{name}`: still {after}, {held}").into()
    }
}

/// Cases that are not shown.
#[must_use]
pub fn more_cases(cases: usize) -> Text {
    format!("and {cases} more cases").into()
}

/// Who asks for what, and of which server where that is not the likeliest.
#[must_use]
pub fn flow(from: &str, to: &str, dst: Option<&str>) -> String {
    match dst {
        Some(dst) => format!("{from} → {to} at {dst}"),
        None => format!("{from} → {to}"),
    }
}

/// The sampled flows that an offer changes beside the request; `examples` are the first of them.
#[must_use]
pub fn flows(sampled: usize, changed: usize, examples: &[String]) -> Text {
    let shown = examples.join(", ");
    let more = if changed > examples.len() { ", …" } else { "" };
    match changed {
        0 => format!("of {sampled} other flows sampled none changes").into(),
        1 => format!("of {sampled} other flows sampled 1 changes: {shown}").into(),
        _ => format!("of {sampled} other flows sampled {changed} change: {shown}{more}").into(),
    }
}

/// Addresses of the server for which an offer does not do.
#[must_use]
pub fn except(addresses: &str) -> Text {
    format!("but not where the server is {addresses}").into()
}

/// No offer of that number.
#[must_use]
pub fn no_such_offer(number: usize, offers: usize) -> Text {
    match offers {
        0 => "there is no offer to apply: see `sekisho try` without `--apply`".into(),
        _ => format!("there is no offer {number}: they are numbered from 1 to {offers}").into(),
    }
}

/// An offer was written to the file.
#[must_use]
pub fn written(edit: &str, file: &str) -> Text {
    format!("{file}: {edit}").into()
}

/// Only a policy file can be written.
#[must_use]
pub fn not_a_file(name: &str) -> Text {
    format!("{name} is not a policy file that could be written: leave out `--write`").into()
}
