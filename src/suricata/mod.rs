//! The rule language of Suricata 7.0.10: scan, parse, print; the type the engine gives each rule.
//!
//! Knows: rules as text and as values. Must not know: policies, flows' evaluation, files, AWS.

mod ruleset;

pub use ruleset::{Rule, RuleType, Ruleset};
