use crate::messages::{Text, Words, replay as say};

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It gets through.
    Pass,
    /// It is dropped.
    Drop,
    /// It is answered with a reset.
    Reject,
    /// It cannot be told.
    Undetermined,
    /// It hangs on the server's address, which the log does not say.
    Depends,
}

impl Fate {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Pass, Self::Drop, Self::Reject, Self::Undetermined, Self::Depends];

    /// Its word in JSON and CSV.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Drop => "drop",
            Self::Reject => "reject",
            Self::Undetermined => "undetermined",
            Self::Depends => "depends",
        }
    }

    /// Its word for people.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Pass => say::PASS,
            Self::Drop => say::DROP,
            Self::Reject => say::REJECT,
            Self::Undetermined => say::UNDETERMINED,
            Self::Depends => say::DEPENDS,
        }
    }

    /// Whether it gets through; nothing where that is not known.
    #[must_use]
    pub const fn passes(self) -> Option<bool> {
        match self {
            Self::Pass => Some(true),
            Self::Drop | Self::Reject => Some(false),
            Self::Undetermined | Self::Depends => None,
        }
    }

    /// Its place in [`Self::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// What becomes of a request, and who decides.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decision {
    /// What becomes of it.
    pub fate: Fate,
    /// Who decides, or what it hangs on.
    pub by: Text,
    /// Whether no rule decides, for the likeliest address of the server: the default action does.
    pub by_default: bool,
    /// The rules that decide, as the policy names them: `group / rule`.
    pub rules: Vec<String>,
}
