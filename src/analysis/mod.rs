//! Facts about a policy that no single evaluation gives.
//!
//! Knows: policies, compiled rules, evaluation. Must not know: files, screens, other tools' formats.

mod intent;

pub use intent::{HandWrittenMatch, Intent, intent, row_matches};
