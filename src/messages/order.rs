//! Where the order of rows is not kept, and what names cannot do.

use super::Text;

/// A row as these sentences name it: where it stands, so that both can be found.
#[must_use]
pub fn row(name: &str, line: usize) -> String {
    format!("`{name}` (line {line})")
}

/// The default action, or that there is none, as these sentences name it.
#[must_use]
pub fn default(word: Option<&str>) -> String {
    word.map_or_else(
        || "the lack of a default action".to_owned(),
        |word| format!("the default action ({})", word.replace('_', " ")),
    )
}

/// What an action does to a request.
#[must_use]
pub const fn does(blocks: bool) -> &'static str {
    if blocks { "drops" } else { "passes" }
}

/// A row further down, or the default action, decides packets that the row is not asked about.
#[must_use]
pub fn decided_earlier(meant: &str, does: &str, request: &str, from: &str, by: &str) -> Text {
    format!("row order is not kept: {meant} {does} {request} from {from}, but {by} decides packets of it that the first is not asked about")
        .into()
}

/// What to do about a hand-written rule that does.
pub const DECIDED_EARLIER_HELP: &str = "write it as a row in the words of the policy, which is compiled so that it \
     waits; or give the rule `flow:to_server`, and to a drop what it must wait for, such as `ssl_state:client_hello`";

/// What to do about the default action that does.
pub const DEFAULT_EARLIER_HELP: &str = "write the names as rows in the words of the policy: these are followed by \
     rules that wait for names; or choose an app-layer default action";

/// A pass by name holds for the connection.
#[must_use]
pub fn second_request(row: &str, first: &str, second: &str, by: &str) -> Text {
    format!("{row} passes the connection, not the request: after {first}, a second request on it gets through to {second}, which {by} drops")
        .into()
}

/// What to do about it.
pub const SECOND_REQUEST_HELP: &str = "every row that passes HTTP by name does so: use https, or a proxy for what must \
     be checked request by request";

/// A method that nobody knows is not recognised as HTTP.
#[must_use]
pub fn unknown_method(row: &str, request: &str, by: &str) -> Text {
    format!("{row} does not see {request} with a method that is not known (`BREW`): {by} passes it")
        .into()
}

/// What to do about it.
pub const UNKNOWN_METHOD_HELP: &str =
    "pass names instead of addresses: what is not recognised then meets the default action";

/// QUIC carries a name past a row that asks for TLS and HTTP.
#[must_use]
pub fn quic(row: &str, host: &str, by: &str) -> Text {
    format!("{row} drops {host} over TLS and HTTP, but over QUIC {by} passes it").into()
}

/// What to do about it.
pub const QUIC_HELP: &str = "add `quic` to the row's `protocols`, or drop udp port 443 above the row that passes it: \
     browsers then fall back to TLS";

/// A client without a server name.
#[must_use]
pub fn no_name(row: &str, by: &str) -> Text {
    format!(
        "{row} is about a name, and a client that sends none is not asked for it: {by} passes it"
    )
    .into()
}

/// What to do about it.
pub const NO_NAME_HELP: &str =
    "pass names instead of addresses: a hello without one then meets the default action";

/// Rows that let the handshake through.
#[must_use]
pub fn waits(row: &str, others: usize) -> Text {
    let others = match others {
        0 => String::new(),
        1 => ", and so does one other row".to_owned(),
        n => format!(", and so do {n} other rows"),
    };
    format!("{row} waits for names that rows above it ask for: the port looks open, and bytes that never become a name get through{others}")
        .into()
}

/// What to do about it.
pub const WAITS_HELP: &str =
    "put rows that block addresses above rows about names: they then act on the first packet";

/// An alert that is never asked.
#[must_use]
pub fn alert_too_late(row: &str, by: &str, request: &str) -> Text {
    format!("{row} logs no {request}: {by} drops the first packet, and no name is ever sent").into()
}
