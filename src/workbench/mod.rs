//! The session: a policy being worked on, its history, and everything derived from it.
//!
//! Knows: all that stands below; it alone touches the disk. Must not know: screens, arguments.
//! Start at [`Session`]; the command line, which needs no session, calls [`refresh`].

mod answer;
mod cases;
mod closest;
mod files;
mod history;
mod refresh;
mod rows;
mod session;

pub use answer::{
    Answer, ByDestination, Decider, RuleName, answer, decider, deciding_packet, experience_word,
};
pub use cases::{CaseResult, Outcome, run_cases};
pub use files::{FileError, Input, load, save};
pub use refresh::{Derived, TestInput, refresh};
pub use rows::{Row, group_order, rows};
pub use session::{OpenError, Session, read};
