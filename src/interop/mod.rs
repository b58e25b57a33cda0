//! Doors: other tools' texts in and out.
//!
//! Knows: texts, policies, the rule language. Must not know: files, screens, the session.

mod eve;
mod rules;

pub use eve::{Asked, LogError, LogEvent};
pub use rules::{RulesOptions, rules_to_policy};
