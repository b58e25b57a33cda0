//! Sekisho: a terminal workbench for egress policies of AWS Network Firewall and Suricata.
//!
//! The rooms, floor by floor. A room uses only the floors below it; two rooms on one floor are
//! strangers (`tests/architecture.rs` holds this, `docs/architecture.md` explains it).

// floor 0: vocabulary
pub mod diagnostic;
pub mod messages;
pub mod net;
// floor 1: the two languages
pub mod policy;
pub mod suricata;
// floor 2: the two engines
pub mod compile;
pub mod eval;
// floor 3: questions and doors
pub mod analysis;
pub mod interop;
// floor 4: the session
pub mod second_opinion;
pub mod workbench;
// floor 5: lessons, which are sessions with a task; logs
pub mod learn;
pub mod replay;
// floor 6: the two faces
pub mod cli;
pub mod tui;
