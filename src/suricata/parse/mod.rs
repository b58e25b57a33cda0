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

/// An option of a rule as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenOption<'a> {
    /// Its keyword as written.
    pub name: &'a str,
    /// What stands behind the colon; nothing where there is no colon.
    pub value: Option<&'a str>,
    /// Its bytes, without the semicolon behind it.
    pub span: Range<usize>,
}

/// The options of a rule in the order written; none where its text is no rule.
#[must_use]
pub fn written_options(text: &str) -> Vec<WrittenOption<'_>> {
    let written = |option: scan::WrittenOption<'_>| WrittenOption {
        span: option.span(),
        name: &text[option.name.span()],
        value: option.value.map(|value| &text[value.span()]),
    };
    scan::scan(text)
        .map_or_else(|_| Vec::new(), |rule| rule.options.into_iter().map(written).collect())
}

#[cfg(test)]
mod tests;
