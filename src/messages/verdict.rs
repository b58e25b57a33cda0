//! What became of a request, in words.

use super::Text;

/// What the client notices, as the first word of a sentence: six words, upper case, nowhere else.
pub mod experience {
    /// Nothing is lost.
    pub const WORKS: &str = "WORKS";
    /// Packets vanish.
    pub const TIMES_OUT: &str = "TIMES OUT";
    /// The client gets a reset.
    pub const IS_RESET: &str = "IS RESET";
    /// Part of the conversation is lost.
    pub const HALF_WORKS: &str = "HALF WORKS";
    /// Not known.
    pub const CANNOT_TELL: &str = "CANNOT TELL";
    /// It depends on the destination address.
    pub const DEPENDS: &str = "DEPENDS";
}

/// Names a packet of the recordings as people call it: `client_hello#2` is `ClientHello (part 2)`.
#[must_use]
pub fn packet(name: &str) -> String {
    let (stem, part) = name.split_once('#').map_or((name, ""), |(s, p)| (s, p));
    let (stem, ack) = stem.strip_suffix("_ack").map_or((stem, ""), |s| (s, "ACK of "));
    let (part, ack) = part.strip_suffix("_ack").map_or((part, ack), |p| (p, "ACK of "));
    let word = match stem {
        "syn" => "SYN",
        "synack" => "SYN/ACK",
        "ack" => "ACK",
        "lastack" => "last ACK",
        "fin" => "FIN",
        "finack" => "FIN/ACK",
        "rst" => "RST",
        "c_winupd" => "window update",
        "s_winupd" => "server's window update",
        "client_hello" => "ClientHello",
        "server_hello" => "ServerHello",
        "client_finished" => "client Finished",
        "server_finished" => "server Finished",
        "client_appdata" => "client data",
        "server_appdata" => "server data",
        "http_request" => "HTTP request",
        "http_response" => "HTTP response",
        "http_request2" => "second request",
        "http_response2" => "second response",
        "client_data" => "client data",
        "server_data" => "server data",
        "banner" => "server banner",
        "udp" => "first datagram",
        "udp2" => "second datagram",
        "udp_reply" => "reply",
        "dns_query" => "DNS query",
        "dns_response" => "DNS answer",
        "quic_initial" => "QUIC Initial",
        "quic_reply" => "QUIC reply",
        "icmp" => "echo request",
        "icmp_reply" => "echo reply",
        other => other,
    };
    if part.is_empty() { format!("{ack}{word}") } else { format!("{ack}{word} (part {part})") }
}

/// `TIMES OUT   dropped by payroll / bank-api (#7, priority 200, sid 200100), at ClientHello: it names …`.
#[must_use]
pub fn decided(
    experience: &str,
    done: &str,
    by: &str,
    at: Option<&str>,
    because: Option<&str>,
) -> Text {
    let at = at.map(|p| format!(", at {p}")).unwrap_or_default();
    let because = because.map(|b| format!(": {b}")).unwrap_or_default();
    format!("{experience}   {done} by {by}{at}{because}").into()
}

/// A rule with everything by which it is found: its number in the list, its group's priority, its sid.
#[must_use]
pub fn rule_in_full(group: &str, name: &str, (number, priority, sid): (usize, u32, u32)) -> String {
    format!("{group} / {name} (#{number}, priority {priority}, sid {sid})")
}

/// A rule as sentences name it.
#[must_use]
pub fn rule(group: &str, name: &str, number: usize) -> String {
    format!("{group} / {name} (#{number})")
}

/// A rule group that others keep, as sentences name it: nobody knows its rules.
#[must_use]
pub fn managed(name: &str) -> String {
    format!("the managed group `{name}`")
}

/// The default action as sentences name it; `words` is the AWS name without its prefix.
#[must_use]
pub fn default_action(words: &str) -> String {
    format!("the default action ({})", words.replace('_', " "))
}

/// What an action did to a request.
#[must_use]
pub fn done(action: crate::messages::verdict::Done) -> &'static str {
    match action {
        Done::Passed => "passed",
        Done::Dropped => "dropped",
        Done::Rejected => "rejected",
    }
}

/// What was done to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Let through.
    Passed,
    /// Discarded in silence.
    Dropped,
    /// Answered with a reset.
    Rejected,
}

/// No rule matched and there is no default action.
#[must_use]
pub fn unmatched(experience: &str) -> Text {
    format!("{experience}   no rule matches and there is no default action: it passes, unlogged")
        .into()
}

/// The outcome hangs on something that is not modelled.
#[must_use]
pub fn undetermined(because: &[String]) -> Text {
    let rules = because.join(", ");
    format!("{}   it hangs on what is not modelled: {rules}", experience::CANNOT_TELL).into()
}

/// The outcome hangs on the destination address: what the usual one gives, then what the others do.
#[must_use]
pub fn depends(usual: &str, others: &[(String, String)]) -> Text {
    let usual = one_space(usual);
    let others = match others {
        [(to, other)] => format!("to {to} {}", one_space(other)),
        more => format!("{} other outcomes below", more.len()),
    };
    format!("{}   on the destination address: {usual}; {others}", experience::DEPENDS).into()
}

/// A sentence inside another one: its first word is not set apart.
fn one_space(sentence: &str) -> String {
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several sources asked and get one answer.
#[must_use]
pub fn same_for_all(set: &str, shown: &str) -> String {
    format!("The same for all of {set}; shown for {shown}")
}

/// Several sources asked and do not get one answer.
#[must_use]
pub fn depends_on_source(answers: usize) -> String {
    format!("{}   on the source: {answers} answers", experience::DEPENDS)
}

/// What some of the sources get.
#[must_use]
pub fn from_set(set: &str, sentence: &str) -> String {
    format!("from {set}: {}", one_space(sentence))
}

/// What became of a request, in one word of a table.
#[must_use]
pub fn action_word(action: Option<&str>) -> String {
    action.map_or_else(|| experience::CANNOT_TELL.to_owned(), str::to_uppercase)
}

/// Whose answer is told in full.
#[must_use]
pub fn shown_for(from: &str) -> String {
    format!("In full for {from}:")
}

/// For which source, and which destinations, rows are told.
#[must_use]
pub fn rows_shown_for(from: Option<&str>, to: Option<&str>) -> Option<String> {
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("shown for {from}, to {to}")),
        (Some(from), None) => Some(format!("shown for {from}")),
        (None, Some(to)) => Some(format!("shown for a request to {to}")),
        (None, None) => None,
    }
}

/// A destination that is not given.
pub const ANY_ADDRESS: &str = "any address";

/// Every address that is not named beside it.
pub const ANY_OTHER_ADDRESS: &str = "any other address";

/// What reading the rows from top to bottom would give, when the engine decides otherwise.
#[must_use]
pub fn order_lost(row: &str, action: &str) -> Text {
    format!("row order is not kept: read from top to bottom, {row} would {action} it").into()
}

/// The closest miss when the request was blocked (`would` = "pass") or let through (`would` = "drop").
#[must_use]
pub fn closest(rule: &str, would: &str, but: &[String]) -> Text {
    format!("{rule} would {would} it, but {}", but.join(" and ")).into()
}

/// A rule that matches as well, but on the same packet below the rule that decided.
#[must_use]
pub fn stands_below(rule: &str, would: &str, decided: &str) -> Text {
    format!("{rule} would {would} it too, but {decided} comes first").into()
}

/// A rule that matches as well, on a later packet than the one on which it was decided.
#[must_use]
pub fn too_late(rule: &str, would: &str, at: &str, decided: &str, before: &str) -> Text {
    format!("{rule} would {would} it at {at}, but {decided} decides before that, at {before}")
        .into()
}

/// Why one condition misses, to stand after "but".
#[must_use]
pub fn misses(part: &str, wanted: &str, got: &str) -> String {
    match part {
        "source" => format!("it is for source {wanted}"),
        "destination" => format!("it is for destination {wanted}"),
        "port" => format!("it is for port {wanted}, not {got}"),
        "name" => format!("it is for {wanted}"),
        _ => format!("it asks for {wanted}, not {got}"),
    }
}

/// Why a rule that is switched off does not decide, to stand after "but".
#[must_use]
pub fn switched_off() -> String {
    "it is switched off".to_owned()
}

/// A list of which only the first entries are named.
#[must_use]
pub fn and_more(named: &str, more: usize) -> String {
    if more == 0 { named.to_owned() } else { format!("{named} and {more} more") }
}

/// Notes on what was typed.
pub mod request_note {
    /// No scheme was written.
    pub const ASSUMED_HTTPS: &str = "no scheme written: https is meant";
    /// The path of an https URL.
    pub const PATH_HIDDEN: &str = "TLS hides the path: the firewall sees the name only";
    /// Capitals or letters outside ASCII.
    pub const NORMALISED: &str = "clients send the name in lower case, in its ASCII form";
}

/// Why a case failed.
pub mod case {
    use super::Text;

    /// Another verdict than expected.
    #[must_use]
    pub fn verdict(expected: &str, got: &str, sentence: &str) -> Text {
        format!("expected {expected}, got {got}: {sentence}").into()
    }

    /// The right verdict from another rule.
    #[must_use]
    pub fn decider(expected: &str, got: &str) -> Text {
        format!("the verdict is right, but expected to be decided by `{expected}`, not by {got}")
            .into()
    }

    /// It depends on the destination.
    #[must_use]
    pub fn depends() -> Text {
        "it depends on the destination address: give the case a `dst:`".into()
    }

    /// It cannot be told.
    #[must_use]
    pub fn undetermined(sentence: &str) -> Text {
        format!("cannot be told: {sentence}").into()
    }
}
