//! Doors: other tools' texts in and out. Text only, never files.

mod eve;
mod rules;

pub use eve::{Asked, LogError, LogEvent};
pub use rules::{RulesOptions, rules_to_policy};
