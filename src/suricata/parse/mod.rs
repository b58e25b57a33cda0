//! From text to rules.

mod bits;
mod buffer;
mod carried;
mod classes;
mod condition;
mod content;
mod counters;
mod finish;
mod header;
mod meta;
mod pcre;
mod reader;
mod requires;
mod room;
mod scan;
mod speed;
mod text;
mod tls;
mod value;
mod warn;

pub use text::{Parsed, ParsedRule, parse_rules};

#[cfg(test)]
mod tests;
