//! What the real engine says to our verdicts, in words.

use super::Text;

/// One line for the title: `agrees with Suricata 7.0.10: 41 of 41`.
#[must_use]
pub fn summary(version: &str, agree: usize, of: usize, undetermined: usize) -> Text {
    let apart = match undetermined {
        0 => String::new(),
        n => format!(", {n} undetermined"),
    };
    let verb = if agree + undetermined == of { "agrees with" } else { "differs from" };
    format!("{verb} Suricata {version}: {agree} of {of}{apart}").into()
}

/// What was sent and how long it took.
#[must_use]
pub fn effort(flows: usize, packets: u64, seconds: f64, of_engine: f64) -> Text {
    let flows = count(flows, "flow");
    format!("{flows}, {packets} packets, {seconds:.1} s (of it the engine: {of_engine:.1} s)")
        .into()
}

/// How strict order is compared.
pub const STRICT: &str = "strict order, which stock Suricata does not have: Suricata tells which rules match on each packet \
                          and their types, the order is applied by Sekisho";

/// How action order is compared.
pub const ACTION: &str = "action order: the verdicts are Suricata's own";

/// Why nothing could be compared.
#[must_use]
pub fn not_verifiable(reader: &str, setter: &str, variable: &str) -> Text {
    format!("not verifiable: {reader} reads `{variable}` above {setter}, which changes it; stock Suricata asks the setter first").into()
}

/// What to do about a ruleset that is not verifiable.
pub const NOT_VERIFIABLE_HELP: &str =
    "move the rule that reads below the one that sets, if that is what is meant";

/// A rule that only one of the two loads.
#[must_use]
pub fn refused(rule: &str, reason: &str, understood: bool) -> Text {
    let left_out = if understood { "although Sekisho does" } else { "and it is left out" };
    format!("Suricata does not load {rule}, {left_out}: {reason}").into()
}

/// What became of a flow.
#[must_use]
pub fn fate(action: &str, by: Option<&str>, at: Option<&str>, dropped: &[&str]) -> Text {
    let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
    let at = at.map(|at| format!(", at {at}")).unwrap_or_default();
    let dropped = match dropped {
        [] => String::new(),
        [one] => format!("; drops {one}"),
        [first, .., last] => format!("; drops {} packets, {first} to {last}", dropped.len()),
    };
    format!("{action}{by}{at}{dropped}").into()
}

/// Why the engine dropped a packet that no rule dropped.
#[must_use]
pub fn engine_dropped(reason: &str) -> Text {
    format!("Suricata dropped a packet by itself: {reason}").into()
}

/// Where the first difference is.
#[must_use]
pub fn first_difference(packet: &str, ours: bool) -> Text {
    let (we, they) = if ours { ("drop", "lets it through") } else { ("let through", "drops it") };
    format!("first difference: {packet}, which we {we} and Suricata {they}").into()
}

/// Rules that match for one of the two only.
#[must_use]
pub fn other_matches(packet: &str, ours: &str, theirs: &str) -> Text {
    let side = |who: &str, rules: &str| match rules {
        "" => String::new(),
        rules => format!("; only {who}: {rules}"),
    };
    let (ours, theirs) = (side("ours", ours), side("Suricata's", theirs));
    format!("other rules match on {packet}, which makes no difference here{ours}{theirs}").into()
}

/// How to get the engine.
pub const INSTALL: &str = "install Suricata 7 (Debian: `apt install -t bookworm-backports suricata`, Ubuntu: `apt install suricata`, \
                           macOS: `brew install suricata`), or name it with `--engine PATH`";

/// What to do when the engine fails.
pub const FAILED_HELP: &str = "run it by hand on what `--keep DIR` leaves";

/// What to do when the engine hangs.
pub const HUNG_HELP: &str = "give it more with `--time-limit SECONDS`";

/// How to run the engine on what was kept.
#[must_use]
pub fn kept(folder: &str) -> Text {
    format!("kept in {folder}; to run it again there: suricata -c suricata.yaml -S policy.rules -r capture.pcap --simulate-ips -k none -l .").into()
}

/// `1 flow`, `2 flows`.
#[must_use]
pub fn count(number: usize, thing: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{s}")
}

/// A case that cannot be asked.
#[must_use]
pub fn left_out(case: &str, why: &str) -> Text {
    format!("warning: case `{case}` is left out: {why}").into()
}

/// How many made-up policies there were.
#[must_use]
pub fn policies(number: u64, not_verifiable: u64) -> Text {
    format!("{number} policies, {not_verifiable} of them not verifiable in strict order").into()
}
