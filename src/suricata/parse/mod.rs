//! From text to rules.

mod content;
mod option;
mod reader;
mod scan;
mod text;

pub use text::{Parsed, ParsedRule, parse_rules};

#[cfg(test)]
mod tests;
