//! Evaluates a Suricata ruleset against one flow and explains the verdict.
//!
//! Knows: the rule language, flows. Must not know: policies, files, screens, AWS.
//! Start at [`Evaluator::new`] and [`Evaluator::evaluate`]; the explanation is a [`Trace`].

mod alike;
mod among;
mod bare;
mod behind;
mod conditions;
mod content;
mod difference;
mod evaluator;
mod experience;
mod explain;
mod floor;
mod heard;
mod index;
mod order;
mod packets;
mod prepare;
mod reuse;
mod rules;
mod run;
mod servers;
mod sight;
mod stateless;
mod steps;
mod template;
mod trace;
mod transform;

pub use alike::Asking;
pub use among::{Bounds, By, Ends, Gist, Played};
pub use evaluator::Evaluator;
pub use heard::Heard;
pub use packets::PROBED_PORTS;
pub use servers::Servers;
pub use stateless::{Header, StatelessStep, is_certain, stateless_step};
pub use steps::RuleSteps;
pub use trace::{
    Condition, Experience, Gap, Met, Outline, PacketOutline, PacketStep, Part, RuleStep, Sight,
    Trace, Verdict,
};
