//! Why a request got its verdict, over the whole screen: the rows that decided, came after and missed; edits that
//! would change it; the same request of other clients and in both rule orders; what to look at outside the policy.

mod draw;
mod keys;
mod offers;
mod others;
mod table;
mod view;

pub use keys::{accept, choose, close, explain, filter, leave_filter, show, step_tab};
pub use offers::{due as offers_due, offered, search as search_offers};
pub use view::{ExplainView, Tab};
