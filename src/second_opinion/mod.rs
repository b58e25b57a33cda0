//! The real engine as second opinion: captures made and run through an installed Suricata, and what it recorded before.
//!
//! Knows: compiled rules, the evaluator, flows; it alone starts other programs. Must not know: the session, screens, arguments.
//! Start at [`verify`].

mod agreement;
mod capture;
mod cases;
mod clash;
mod compare;
mod configuration;
mod details;
mod edges;
mod engine;
mod events;
mod fate;
mod quic;
mod random;
mod recording;
mod report;
mod requests;
mod rules_file;
mod rulesets;
mod scopes;
mod verify;

pub use agreement::{Agreement, Difference, Open, Tally};
pub use capture::{Capture, client_port};
pub use cases::{OfCases, questions_of};
pub use clash::{Clash, clashes};
pub use details::{Detail, RuleNamer};
pub use engine::{Engine, EngineError};
pub use fate::Fate;
pub use quic::on_the_wire;
pub use random::Random;
pub use recording::{
    RecordedFlow, RecordedPolicy, RecordedRule, Recording, RecordingError, read_recordings,
};
pub use report::{
    Disagreement, MatchDifference, Refused, Report, Standing, Times, Untold, WhyUntold,
};
pub use requests::random_questions;
pub use rulesets::random_ruleset;
pub use verify::{Asking, Question, verify};
