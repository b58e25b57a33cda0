//! The rule list: which row is selected, which groups are folded, which rule is carried.

mod carry;
mod columns;
mod draw;
mod edits;
mod find;
mod list;
mod marks;
mod stateless;

pub use carry::{Carry, Load, Spot};
pub use columns::{OfGroups, Wishes};
pub use draw::draw;
pub use edits::{delete, duplicate, edit_group, edit_rule, move_up_or_down, new_rule, toggle};
pub use find::{go_to_match, matches};
pub use list::{RulesPane, Selection, row_of};
pub use marks::{Marking, cannot_mark, marking, moved};
pub use stateless::stateless_role;
