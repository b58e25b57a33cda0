//! A line of the firewall's log beside what the policy does, in words.

use super::Text;

/// The same outcome.
const AGREES: &str = "so does this policy";
/// Another outcome.
const DIFFERS: &str = "this policy says otherwise";
/// One of the two outcomes is not known.
const NOT_COMPARED: &str = "that cannot be compared with this policy";
/// Policy and log line cannot both come from standard input.
pub const TWICE_STANDARD_INPUT: &str =
    "policy and log line cannot both be read from standard input: give one of them as a file";

/// What the log says beside what this policy does.
#[must_use]
pub fn compared(logged: &str, agrees: Option<bool>) -> Text {
    let here = match agrees {
        Some(true) => AGREES,
        Some(false) => DIFFERS,
        None => NOT_COMPARED,
    };
    format!("{logged}; {here}").into()
}

/// A request was taken from a log; `more`: lines of it that were not looked at.
#[must_use]
pub fn taken(more: usize) -> String {
    match more {
        0 => "taken from the log line".to_owned(),
        1 => "taken from the first log line; one more is not looked at".to_owned(),
        _ => format!("taken from the first log line; {more} more are not looked at"),
    }
}

/// A pasted line that cannot be used.
#[must_use]
pub fn not_taken(why: &str) -> String {
    format!("not taken: {why}")
}

/// What the log says: outcome and who wrote the line.
#[must_use]
pub fn logged(outcome: Option<&str>, by: &str) -> Text {
    let outcome = match outcome {
        Some("pass") => "passed",
        Some("drop") => "dropped",
        Some("reject") => "rejected",
        _ => "an outcome it does not tell,",
    };
    format!("the log says {outcome} by {by}").into()
}

/// A rule that only the log knows.
#[must_use]
pub fn rule(sid: u32, signature: &str) -> String {
    if signature.is_empty() {
        return format!("sid {sid}");
    }
    format!("sid {sid} (`{signature}`)")
}

/// The default action that the log names.
#[must_use]
pub fn default_action(name: &str) -> String {
    format!("the default action ({})", name.replace('_', " "))
}

/// The line names nobody.
#[must_use]
pub fn nobody() -> String {
    "a rule it does not name".to_owned()
}

/// Old lines, and lines of `alert` rules, do not say what became of the packet.
#[must_use]
pub fn no_outcome() -> Text {
    "`alert.action` says what that one rule did, not what became of the packet: only `verdict.action` does, and this line has none"
        .into()
}

/// The sid is none of this policy's.
#[must_use]
pub fn unknown_sid(sid: u32, resource: Option<&str>) -> Text {
    let place = resource.map(|r| format!(" (the line names {r})")).unwrap_or_default();
    format!("no rule here has sid {sid}{place}: another revision of this policy was deployed, or another rule group wrote it")
        .into()
}

/// The default action decided then, a rule does now.
#[must_use]
pub fn default_then(now: &str) -> Text {
    format!("no rule matched when this was logged; here {now} decides: the policy changed since, or is not deployed")
        .into()
}

/// Another rule decided then.
#[must_use]
pub fn other_rule(then: &str, now: &str) -> Text {
    format!("{then} decided when this was logged; here {now} does: the policy changed since").into()
}

/// The same rule, another outcome.
#[must_use]
pub fn changed() -> Text {
    "the outcome was another when this was logged: the policy changed since".into()
}
