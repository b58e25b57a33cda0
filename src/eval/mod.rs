//! Evaluates a Suricata ruleset against one flow and explains the verdict.
//!
//! Knows: the rule language, flows. Must not know: policies, files, screens, AWS.
//! Start at [`Evaluator::new`] and [`Evaluator::evaluate`]; the explanation is a [`Trace`].

mod conditions;
mod content;
mod destinations;
mod evaluator;
mod experience;
mod explain;
mod order;
mod packets;
mod prepare;
mod run;
mod template;
mod trace;
mod transform;

pub use evaluator::Evaluator;
pub use trace::{
    Condition, Experience, Met, Outline, PacketOutline, PacketStep, Part, RuleStep, Trace, Verdict,
};
