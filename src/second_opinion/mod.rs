//! The real engine as second opinion: captures made and run through an installed Suricata, and what it recorded before.
//!
//! Knows: compiled rules, the evaluator, flows; it alone starts other programs. Must not know: the session, screens, arguments.
//! Start at [`verify`].

mod capture;

pub use capture::{Capture, client_port};
