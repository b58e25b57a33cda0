//! What to look at outside the policy, in words.

use super::Text;

/// `$HOME_NET`.
#[must_use]
pub fn home_net() -> Text {
    "HOME_NET: rules for $HOME_NET are not asked about sources outside it".into()
}

/// The source is inside.
#[must_use]
pub fn inside(from: &str, home_net: &str) -> Text {
    format!("{from} is inside {home_net}").into()
}

/// The source is outside.
#[must_use]
pub fn outside(from: &str, home_net: &str) -> Text {
    format!("{from} is not inside {home_net}: widen `home_net`, and that of the deployed policy")
        .into()
}

/// The revision that is deployed.
#[must_use]
pub fn deployed() -> Text {
    "what is deployed: compare the sid of an alert line with this policy's".into()
}

/// The log's sid is here.
#[must_use]
pub fn sid_known(sid: u32) -> Text {
    format!("sid {sid} of the log is a rule of this policy").into()
}

/// The log's sid is not here.
#[must_use]
pub fn sid_unknown(sid: u32) -> Text {
    format!("sid {sid} of the log is not in this policy: another revision is deployed").into()
}

/// Other clients.
#[must_use]
pub fn client() -> Text {
    "the client: another one may send the same request differently".into()
}

/// No variant is blocked.
#[must_use]
pub fn clients_alike() -> Text {
    "every way of sending it that is known here gets through".into()
}

/// Some variants are blocked.
#[must_use]
pub fn clients_blocked(names: &[&str]) -> Text {
    format!("blocked when sent otherwise: {}", names.join("; ")).into()
}

/// A connection older than the rules.
#[must_use]
pub fn old_flow() -> Text {
    "an old connection: changed rules hold for new ones only; flush the flow or reconnect".into()
}

/// Routes.
#[must_use]
pub fn routing() -> Text {
    "routes: both directions must cross the same firewall endpoint (appliance mode on the transit gateway)".into()
}

/// Midstream packets vanish.
#[must_use]
pub fn midstream_silent() -> Text {
    "`stream_exception_policy: drop` makes connections that change their path hang in silence; `reject` tells the client".into()
}

/// The default action.
#[must_use]
pub fn default_drop() -> Text {
    "the default action: later packets of the connection may still meet it".into()
}

/// There is no default drop.
#[must_use]
pub fn no_default_drop() -> Text {
    "this policy has no default drop".into()
}

/// The bidirectional default.
#[must_use]
pub fn both_directions() -> Text {
    "the bidirectional default also drops the server's packets that nothing passed, such as banners; the `_to_server` form does not".into()
}

/// Drops without a log line.
#[must_use]
pub fn unlogged(drop: &str) -> Text {
    let drop = drop.replace('_', " ");
    format!("`{drop}` has no alert twin here: what it drops is not logged").into()
}

/// Name resolution.
#[must_use]
pub fn dns() -> Text {
    "DNS: the name may not resolve, or be refused by a DNS firewall, before anything is sent".into()
}

/// Timeouts.
#[must_use]
pub fn idle() -> Text {
    "silence: connections idle for 350 seconds are forgotten by firewall and NAT gateway; keep-alives prevent it".into()
}

/// The server.
#[must_use]
pub fn server() -> Text {
    "the server itself: ask it from a network that does not cross the firewall".into()
}
