//! Everything that a policy says beside its rules, in one list: to be edited, added to, deleted from.

mod draw;
mod edits;
mod list;

pub use edits::{cannot, define, edit_thing};
pub use list::DefinitionsView;
