//! The view that explains a verdict: its tabs, heads and invitations.

/// Names of the tabs, each behind the key that leads to it.
pub mod tab {
    /// The three lists.
    pub const WHY: &str = "Why";
    /// Edits that would change the verdict.
    pub const CHANGE: &str = "Change it";
    /// The same where there is little room.
    pub const CHANGE_SHORT: &str = "Change";
    /// Client variants.
    pub const CLIENTS: &str = "Other clients";
    /// The same where there is little room.
    pub const CLIENTS_SHORT: &str = "Clients";
    /// Both rule orders.
    pub const ORDERS: &str = "Both orders";
    /// The same where there is little room.
    pub const ORDERS_SHORT: &str = "Orders";
    /// Causes outside the policy.
    pub const ELSEWHERE: &str = "Blocked all the same";
    /// The same where there is little room.
    pub const ELSEWHERE_SHORT: &str = "Elsewhere";
}

/// Edits are being searched for.
pub const SEARCHING: &str = "what would change it is being searched for …";
/// There is no edit to make.
pub const NO_OFFER: &str = "there is no edit to make";
/// In front of what is typed to filter the rows.
pub const FILTER: &str = "only rows with";
/// The filter leaves nothing.
pub const NOTHING_LEFT: &str = "no row has that in its name, source, target or sid";
/// The client whose request was typed.
pub const USUAL_CLIENT: &str = "as a usual client sends it";

/// A client whose request ends as the usual one's does.
#[must_use]
pub fn same(experience: &str) -> String {
    format!("{experience}   by the same rule")
}

/// One of the two rule orders; `own`: that of the policy.
#[must_use]
pub fn order(strict: bool, own: bool) -> &'static str {
    match (strict, own) {
        (true, true) => "strict order, as this policy has it",
        (true, false) => "strict order",
        (false, true) => "action order, as this policy has it",
        (false, false) => "action order",
    }
}
