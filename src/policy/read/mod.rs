//! Reads the tree of a policy file into the model; every problem is found, not only the first.

mod case;
mod check;
mod fields;
mod group;
mod policy;
mod rule;
mod source;
mod stateless;
mod variables;

pub use group::FIELDS as GROUP_FIELDS;
pub use policy::{FIELDS as POLICY_FIELDS, policy};
pub use rule::FIELDS as RULE_FIELDS;
pub use source::FIELDS as SOURCE_FIELDS;
