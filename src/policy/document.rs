use std::sync::Arc;

use super::fault::{Faults, fault};
use super::read::policy;
use super::tree::{Tree, tree};
use super::{Edit, EditError, Policy};
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::policy as say;

/// A policy and its text. The text is the truth; the model is what it says.
#[derive(Debug, Clone)]
pub struct Document {
    text: String,
    tree: Arc<Tree>,
    policy: Policy,
    warnings: Vec<Diagnostic>,
}

impl Document {
    /// Reads a policy file.
    ///
    /// # Errors
    /// Every problem found, when one of them is an error: a half-loaded policy does not exist.
    pub fn read(text: String) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = Faults::default();
        if let Some(at) = bare_return(&text) {
            faults.add(fault("bare-return", say::bare_return()), Place::of(&text, at..at + 1));
            return Err(faults.into_sorted());
        }
        let tree = tree(&text, &mut faults);
        let read = tree.as_ref().and_then(|tree| policy(&tree.root, &text, &mut faults));
        match (tree, read) {
            (Some(tree), Some(policy)) if faults.is_empty() => {
                Ok(Self { text, tree: Arc::new(tree), policy, warnings: Vec::new() })
            }
            _ => {
                if faults.is_empty() {
                    faults.add(fault("empty-file", say::empty_file()), None);
                }
                Err(faults.into_sorted())
            }
        }
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

/// A carriage return that no line feed follows: YAML ends a line there, every editor today does not.
fn bare_return(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let bare = |&at: &usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    (0..bytes.len()).find(bare)
}
