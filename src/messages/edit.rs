//! Edits of a policy in words: what an undo takes back, what an offer would do.

/// A thing that is not there any more.
pub const SOMETHING: &str = "?";

/// A rule moves, nobody knows beside which.
#[must_use]
pub fn moved(rule: &str) -> String {
    format!("move `{rule}`")
}

/// A rule moves right above another, perhaps in another group.
#[must_use]
pub fn moved_above(rule: &str, above: &str, group: Option<&str>) -> String {
    match group {
        Some(group) => format!("move `{rule}` to group `{group}`, above `{above}`"),
        None => format!("move `{rule}` above `{above}`"),
    }
}

/// A rule moves right below another, perhaps in another group.
#[must_use]
pub fn moved_below(rule: &str, below: &str, group: Option<&str>) -> String {
    match group {
        Some(group) => format!("move `{rule}` to group `{group}`, below `{below}`"),
        None => format!("move `{rule}` below `{below}`"),
    }
}

/// A rule moves to a group that has none.
#[must_use]
pub fn moved_to(rule: &str, group: &str) -> String {
    format!("move `{rule}` to group `{group}`")
}

/// A new rule.
#[must_use]
pub fn add_rule(rule: &str) -> String {
    format!("add `{rule}`")
}

/// A new rule with what it does; `place` is where it will stand.
#[must_use]
pub fn add_row(rule: &str, place: &str, row: &str) -> String {
    format!("add `{rule}` {place}: {row}")
}

/// What a row does, to whom, for what; and its protocols and ports, if it names some.
#[must_use]
pub fn row(action: &str, from: &str, to: &str, [protocols, ports]: [Option<&str>; 2]) -> String {
    let protocols = protocols.map(|p| format!(", {p}")).unwrap_or_default();
    let ports = ports.map(|p| format!(", port {p}")).unwrap_or_default();
    format!("{action} {from} to {to}{protocols}{ports}")
}

/// Where a rule will stand: right above another.
#[must_use]
pub fn above(rule: &str) -> String {
    format!("above `{rule}`")
}

/// Right below another.
#[must_use]
pub fn below(rule: &str) -> String {
    format!("below `{rule}`")
}

/// In a group that has no rule.
#[must_use]
pub fn in_group(group: &str) -> String {
    format!("in group `{group}`")
}

/// A copy of a rule.
#[must_use]
pub fn duplicate(rule: &str) -> String {
    format!("duplicate `{rule}`")
}

/// A rule goes.
#[must_use]
pub fn delete_rule(rule: &str) -> String {
    format!("delete `{rule}`")
}

/// A rule is switched on.
#[must_use]
pub fn enable(rule: &str) -> String {
    format!("enable `{rule}`")
}

/// A rule is switched off.
#[must_use]
pub fn disable(rule: &str) -> String {
    format!("disable `{rule}`")
}

/// A rule does something else.
#[must_use]
pub fn action(rule: &str, before: &str, after: &str) -> String {
    format!("change `{rule}` from {before} to {after}")
}

/// A rule is for more sources.
#[must_use]
pub fn to_sources(entries: &str, rule: &str) -> String {
    format!("add {entries} to the sources of `{rule}`")
}

/// A rule is for fewer sources.
#[must_use]
pub fn from_sources(entries: &str, rule: &str) -> String {
    format!("take {entries} out of the sources of `{rule}`")
}

/// A rule asks for more names or addresses.
#[must_use]
pub fn to_targets(entries: &str, rule: &str) -> String {
    format!("add {entries} to what `{rule}` asks for")
}

/// A rule asks for fewer names or addresses.
#[must_use]
pub fn from_targets(entries: &str, rule: &str) -> String {
    format!("take {entries} out of what `{rule}` asks for")
}

/// A rule is for more ports.
#[must_use]
pub fn to_ports(entries: &str, rule: &str) -> String {
    format!("add {entries} to the ports of `{rule}`")
}

/// A rule is for fewer ports.
#[must_use]
pub fn from_ports(entries: &str, rule: &str) -> String {
    format!("take {entries} out of the ports of `{rule}`")
}

/// A rule is for more protocols.
#[must_use]
pub fn to_protocols(entries: &str, rule: &str) -> String {
    format!("add {entries} to the protocols of `{rule}`")
}

/// A rule is for fewer protocols.
#[must_use]
pub fn from_protocols(entries: &str, rule: &str) -> String {
    format!("take {entries} out of the protocols of `{rule}`")
}

/// A rule changes in these fields; without any it is not said in which.
#[must_use]
pub fn change_rule(rule: &str, fields: &[&str]) -> String {
    if fields.is_empty() {
        format!("change `{rule}`")
    } else {
        format!("change `{rule}`: {}", fields.join(", "))
    }
}

/// A group is asked at another place among the groups.
#[must_use]
pub fn group_priority(group: &str, priority: &str) -> String {
    format!("give group `{group}` priority {priority}")
}

/// More default actions.
#[must_use]
pub fn to_default_actions(actions: &str) -> String {
    format!("add {actions} to the default actions")
}

/// Fewer default actions.
#[must_use]
pub fn from_default_actions(actions: &str) -> String {
    format!("take {actions} out of the default actions")
}

/// Other default actions.
#[must_use]
pub fn other_default_actions(less: &str, more: &str) -> String {
    format!("change the default actions {less} to {more}")
}

/// A source gains addresses or parts.
#[must_use]
pub fn to_source(entries: &str, source: &str) -> String {
    format!("add {entries} to source `{source}`")
}

/// A source loses addresses or parts.
#[must_use]
pub fn from_source(entries: &str, source: &str) -> String {
    format!("take {entries} out of source `{source}`")
}

/// A domain list gains names.
#[must_use]
pub fn to_list(entries: &str, list: &str) -> String {
    format!("add {entries} to list `{list}`")
}

/// A domain list loses names.
#[must_use]
pub fn from_list(entries: &str, list: &str) -> String {
    format!("take {entries} out of list `{list}`")
}

/// What undoing amounts to.
#[must_use]
pub fn put_back() -> String {
    "put the text back".to_owned()
}
