//! All flows of a policy, cut into classes in which every rule's conditions are the same.
//!
//! A class is asked about by evaluating one of its flows with the evaluator itself; what is done here is to cut finely
//! enough that one stands for all. Start at [`universe::Universe`] and [`walk::Walk`].

mod ask;
mod class_set;
mod fate;
mod names;
mod near;
mod paths;
mod pieces;
mod reading;
mod sample;
mod side;
mod space;
mod split;
mod universe;
mod usual;
mod walk;
mod wanted;

pub use fate::{Decider, Fate, Outcome};
pub use names::NameClass;
pub use paths::{PathClass, PathKind, PathText, TextPlace};
pub use pieces::Flows;
pub(in crate::analysis) use pieces::Pieces;
pub(in crate::analysis) use reading::may_ask;
pub use reading::{asks_name_otherwise, asks_path, is_a_space};
pub(in crate::analysis) use space::FAMILIES;
pub(in crate::analysis) use split::{Placed, Region, Tag};
pub(in crate::analysis) use universe::{Along, Count, Subject, Universe};
pub(in crate::analysis) use usual::{asks_more, stateless_asks_more};
pub(in crate::analysis) use walk::{Class, Walk};
