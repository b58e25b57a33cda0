//! A problem in the user's input: code, severity, place, message, help.
//!
//! Knows: texts and places. Must not know: policies, rules, files, screens.

mod grade;
mod snippet;

use std::ops::Range;

pub use grade::{Confidence, Severity};
pub use snippet::render;

use crate::messages::Text;

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// Line, from 1; 0 means the file as a whole.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The bytes meant.
    pub span: Range<usize>,
}

impl Place {
    /// Finds line and column of the bytes `span` of `text`.
    #[must_use]
    pub fn of(text: &str, span: Range<usize>) -> Self {
        let start = floor_char(text, span.start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            span,
        }
    }
}

/// The nearest character boundary at or before `at`.
#[must_use]
pub fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A problem in the user's input, complete: what, where, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kebab-case name of the problem, such as `unknown-source`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is that it is a problem at all.
    pub confidence: Confidence,
    /// Where it is, in the text that was read.
    pub place: Option<Place>,
    /// What is wrong: lower case, one line, no full stop.
    pub message: Text,
    /// What to do about it.
    pub help: Option<Text>,
}

impl Diagnostic {
    /// A problem that makes the input unusable.
    #[must_use]
    pub fn error(
        code: &'static str,
        place: impl Into<Option<Place>>,
        message: impl Into<Text>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            confidence: Confidence::High,
            place: place.into(),
            message: message.into(),
            help: None,
        }
    }

    /// A problem that probably is not meant.
    #[must_use]
    pub fn warning(
        code: &'static str,
        place: impl Into<Option<Place>>,
        message: impl Into<Text>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// Something worth knowing.
    #[must_use]
    pub fn note(
        code: &'static str,
        place: impl Into<Option<Place>>,
        message: impl Into<Text>,
    ) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, place, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Text>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says how sure it is.
    #[must_use]
    pub fn confidence(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// Whether the input cannot be used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
