//! Every sentence a person sees, in one place; each topic has its file.
//!
//! Knows: languages and texts. Must not know: anything else of the house.

pub mod access;
pub mod because;
pub mod check;
pub mod compile;
pub mod conformance;
pub mod coverage;
pub mod edit;
pub mod elsewhere;
pub mod explain;
pub mod export;
pub mod files;
pub mod findings;
pub mod flows;
pub mod impact;
pub mod import;
pub mod keys;
pub mod learn;
pub mod lints;
pub mod log;
pub mod logs_pane;
pub mod marks;
pub mod matrix;
pub mod order;
pub mod overlap;
pub mod plain;
pub mod policy;
mod printable;
pub mod reach;
pub mod recovery;
pub mod replay;
pub mod request;
pub mod risk;
pub mod rule;
pub mod screen;
pub mod settings;
pub mod squid;
pub mod stateless;
pub mod status;
pub mod suggest;
pub mod suricata;
mod text;
pub mod thing;
pub mod tour;
pub mod variant;
pub mod verdict;
pub mod verify;
pub mod what_if;
pub mod why;
pub mod yaml;

pub use printable::{is_hidden, printable};
pub use text::{Lang, Text, Words, words};
