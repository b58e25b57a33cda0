//! Facts about a policy that no single evaluation gives.
//!
//! Knows: policies, compiled rules, evaluation. Must not know: files, screens, other tools' formats.

mod accepted;
mod access;
mod evaluator;
mod flows;
mod impact;
mod intent;
mod lints;
mod order;
mod reach;
mod stateless;

pub use accepted::{Accepts, Entry as AcceptEntry, is_of_many};
pub use access::{Access, Between, access};
pub use evaluator::{evaluator, evaluator_after};
pub use flows::{
    Decider, Fate, Flows, NameClass, Outcome, PathClass, PathKind, PathText, TextPlace,
    asks_name_otherwise, asks_path, is_a_space,
};
pub use impact::{Beyond, Change, Compared, Doubt, Impact, impact};
pub use intent::{
    Answers, ByHand, HandWrittenMatch, Intent, intent, row_answers, row_matches, target_matches,
};
pub use lints::{Finding, fix, lint, lint_codes};
pub use order::{OrderFinding, OrderKind, OrderReport, order};
pub use reach::{
    Blocked, Overlap, OverlapKind, Overlaps, REACH_CODES, Reach, Reaches, overlap_words,
    overlapping, unreachable,
};
pub use stateless::stateless;
