//! What is wrong with rules in Suricata's language, and what to do about it.

pub mod condition;
pub mod content;
pub mod shape;
