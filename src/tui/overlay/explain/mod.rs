//! Why a request got its verdict, over the whole screen: the rows that decided, came after and missed; the same
//! request of other clients and in both rule orders; what to look at outside the policy.

mod draw;
mod others;
mod table;
mod view;

pub use view::{ExplainView, Tab, accept, close, explain, filter, leave_filter, show, step_tab};
