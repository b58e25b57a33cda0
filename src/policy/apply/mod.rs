//! From an edit to splices of the text.
//!
//! `sheet` knows lines and comments, `block` and `flow` the two ways to write a list, `list` moves items between
//! them, `fields` sets fields, `entries` reads what the form of a rule holds, `given` that of a thing, `things` edits those,
//! `follow` lets what names them follow a new name,
//! `plan` turns each edit into splices, and `meant` compares what was read afterwards with what the edit meant.

mod block;
mod entries;
mod fields;
mod flow;
mod follow;
mod given;
mod list;
mod meant;
mod plan;
mod sheet;
mod splices;
mod things;

pub use entries::{field_text, joined, split};
pub use meant::{are_set, is_meant};
pub use plan::{plan, plan_set};
pub use splices::{difference, spliced, undo};
