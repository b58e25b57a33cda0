//! The test: a source, a URL, a destination; the verdict in one sentence; what it hangs on; the packets.

mod draw;
mod fields;
mod verdict;

pub use draw::{draw, lines};
pub use fields::{Field, TestPane, leave, load, retest, take, try_it, type_in};
pub use verdict::{labelled, log_lines, verdict_lines};
