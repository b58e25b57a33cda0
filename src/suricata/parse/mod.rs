//! From text to rules.

mod bits;
mod buffer;
mod carried;
mod classes;
mod condition;
mod content;
mod counters;
mod files;
mod finish;
mod flow;
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

use std::ops::Range;

pub use text::{Parsed, ParsedRule, parse_rules};

/// Where the seven fields of a rule's header stand; nothing where it has no whole header.
pub(super) fn header_spans(text: &str) -> Option<[Range<usize>; 7]> {
    scan::fields(text).ok().map(|(fields, _)| fields.map(|piece| piece.span()))
}

#[cfg(test)]
mod tests;
