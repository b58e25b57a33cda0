//! Which rows do something for some flow, what stands in the way of those that do not, and of which rows the order decides.

mod beside;
mod findings;
mod overlap_findings;
mod overlaps;
mod rows;
mod search;

pub use findings::{REACH_CODES, unreachable};
pub use overlap_findings::{overlap_words, overlapping};
pub use overlaps::{Overlap, OverlapKind, Overlaps};
pub use rows::{Blocked, Reach, Reaches};
