use crate::messages::Text;
use crate::policy::{Document, Edit};

/// What was done, so that it can be undone and done again, without limit.
#[derive(Debug, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
}

/// An edit that leads back, or forth again, and what it was in words.
#[derive(Debug)]
struct Step {
    words: Text,
    edit: Edit,
}

impl History {
    /// Whether something was done that is not undone.
    pub const fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether something was undone that can be done again.
    pub const fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// What would be undone next, in words.
    pub fn next_undo(&self) -> Option<&Text> {
        self.undo.last().map(|step| &step.words)
    }

    /// Records that an edit was made which `undo` takes back.
    pub fn record(&mut self, words: Text, undo: Edit) {
        self.undo.push(Step { words, edit: undo });
        self.redo.clear();
    }

    /// Takes the last edit back.
    pub fn undo(&mut self, document: &mut Document) -> Option<Text> {
        turn(&mut self.undo, &mut self.redo, document)
    }

    /// Makes the edit again that was taken back last.
    pub fn redo(&mut self, document: &mut Document) -> Option<Text> {
        turn(&mut self.redo, &mut self.undo, document)
    }
}

/// Applies the last step of `from` and puts its opposite on `to`.
///
/// A step that does not apply stays where it is: nothing the operator did is forgotten.
fn turn(from: &mut Vec<Step>, to: &mut Vec<Step>, document: &mut Document) -> Option<Text> {
    let edit = document.apply(&from.last()?.edit).ok()?;
    let step = from.pop()?;
    to.push(Step { words: step.words.clone(), edit });
    Some(step.words)
}
