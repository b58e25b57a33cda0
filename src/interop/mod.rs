//! Doors: other tools' texts in and out. Text only, never files.

mod rules;

pub use rules::{RulesOptions, rules_to_policy};
