//! The real engine as second opinion: captures made and run through an installed Suricata, and what it recorded before.
//!
//! Knows: compiled rules, the evaluator, flows; it alone starts other programs. Must not know: the session, screens, arguments.
//! Start at [`verify`].

mod agreement;
mod capture;
mod recording;

pub use agreement::{Agreement, Difference, Open, Tally};
pub use capture::{Capture, client_port};
pub use recording::{
    RecordedFlow, RecordedPolicy, RecordedRule, Recording, RecordingError, read_recordings,
};
