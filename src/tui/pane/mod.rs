//! The panes: one file, or one folder, for each part of the screen; state, what keys do, drawing.

pub mod cases;
pub mod conditions;
pub mod effects;
pub mod lesson;
pub mod rule;
pub mod rules;
mod stateless_rule;
pub mod test;
pub mod timeline;
pub mod tour;
