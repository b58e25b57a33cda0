//! From an edit to splices of the text.
//!
//! `sheet` knows lines and comments, `block` and `flow` the two ways to write a list, `list` moves items between
//! them, `fields` sets fields, `entries` reads what a form holds, `frame` the same for what stands around the groups,
//! `plan` turns each edit into splices, and `meant` compares what was read afterwards with what the edit meant.

mod block;
mod entries;
mod fields;
mod flow;
mod frame;
mod list;
mod meant;
mod plan;
mod sheet;
mod splices;

pub use entries::{field_text, split};
pub use frame::{list_text, policy_text, source_text};
pub use meant::Meant;
pub use plan::plan;
pub use splices::{spliced, undo};
