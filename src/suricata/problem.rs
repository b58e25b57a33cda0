use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::messages::Text;

/// Something wrong with a rule's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleProblem {
    /// Kebab-case name.
    pub code: &'static str,
    /// An error: the engine does not load the rule. A warning: it loads, but probably not as meant.
    pub severity: Severity,
    /// The bytes meant, in the text that was read.
    pub span: Range<usize>,
    /// What is wrong: lower case, one line, no full stop.
    pub message: Text,
    /// What to do about it.
    pub help: Option<Text>,
}

impl RuleProblem {
    /// A problem for which the engine does not load the rule.
    #[must_use]
    pub fn error(code: &'static str, span: Range<usize>, message: impl Into<Text>) -> Self {
        Self { code, severity: Severity::Error, span, message: message.into(), help: None }
    }

    /// A problem with which the engine loads the rule.
    #[must_use]
    pub fn warning(code: &'static str, span: Range<usize>, message: impl Into<Text>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Text>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether the engine does not load the rule.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The problem in `text`, in which the rule text that was read begins at byte `base`.
    #[must_use]
    pub fn to_diagnostic(&self, text: &str, base: usize) -> Diagnostic {
        let place = Place::of(text, base + self.span.start..base + self.span.end);
        let diagnostic = Diagnostic {
            severity: self.severity,
            ..Diagnostic::error(self.code, place, self.message.clone())
        };
        match &self.help {
            Some(help) => diagnostic.help(help.clone()),
            None => diagnostic,
        }
    }
}
