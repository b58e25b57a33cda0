//! Which rows do something for some flow, and what stands in the way of those that do not.

mod findings;
mod rows;
mod search;

pub use findings::unreachable;
pub use rows::{Blocked, Reach, Reaches};
