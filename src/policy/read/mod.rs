//! Reads the tree of a policy file into the model; every problem is found, not only the first.

mod case;
mod check;
mod fields;
mod group;
mod other;
mod policy;
mod rule;
mod source;
mod stateless;
mod variables;

pub use case::{FIELDS as CASE_FIELDS, expect as verdict};
pub use fields::{Fields, Reader};
pub use group::FIELDS as GROUP_FIELDS;
pub use other::read_as;
pub use policy::{FIELDS as POLICY_FIELDS, policy};
pub use rule::{FIELDS as RULE_FIELDS, RESERVED, rule};
pub use source::FIELDS as SOURCE_FIELDS;
pub use stateless::{
    FIELDS as STATELESS_FIELDS, GROUP_FIELDS as STATELESS_GROUP_FIELDS,
    ROW_FIELDS as STATELESS_ROW_FIELDS, action as stateless_action, end as stateless_end,
};
pub use variables::{REFERENCE_FIELDS, port_entry};
