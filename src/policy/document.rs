use super::{Edit, EditError, Policy};
use crate::diagnostic::Diagnostic;

/// A policy and its text. The text is the truth; the model is what it says.
#[derive(Debug, Clone)]
pub struct Document {
    text: String,
    policy: Policy,
    warnings: Vec<Diagnostic>,
}

impl Document {
    /// Reads a policy file.
    ///
    /// # Errors
    /// Every problem found, when one of them is an error: a half-loaded policy does not exist.
    pub fn read(_text: String) -> Result<Self, Vec<Diagnostic>> {
        todo!()
    }

    /// The text, as it would be saved.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text says.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Problems that do not hinder.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Applies `edit` and returns the edit that undoes it.
    ///
    /// # Errors
    /// [`EditError`]; the document is then unchanged.
    pub fn apply(&mut self, _edit: &Edit) -> Result<Edit, EditError> {
        todo!()
    }
}
