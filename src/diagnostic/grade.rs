use crate::messages::{Words, findings as say};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably not what is meant.
    Warning,
    /// The input cannot be used.
    Error,
}

impl Severity {
    /// The word a person reads.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The same in the language of the reader.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Note => say::severity::NOTE,
            Self::Warning => say::severity::WARNING,
            Self::Error => say::severity::ERROR,
        }
    }
}

/// How sure it is that what is said is not as meant; how bad that would be is the [`Severity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// It often is as meant.
    Low,
    /// It may be as meant.
    Medium,
    /// Nobody would mean it.
    High,
}

impl Confidence {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The same in the language of the reader.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Low => say::confidence::LOW,
            Self::Medium => say::confidence::MEDIUM,
            Self::High => say::confidence::HIGH,
        }
    }
}
