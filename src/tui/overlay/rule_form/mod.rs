//! The form of a rule: its fields, and at once what they would mean.

mod complete;
mod draw;
mod form;

pub use form::{RuleForm, accept};
