use std::collections::HashSet;
use std::sync::{Arc, Weak};

use super::apply::{are_set, difference, is_meant, plan, plan_set, spliced, undo};
use super::changes::{RowsChanged, joined, with_rows_now};
use super::fault::{Faults, fault};
use super::patch::patched;
use super::read::policy;
use super::rows::{State, forget, is_forgotten, with_rows};
use super::tree::{Tree, tree};
use super::{Edit, EditError, Policy, RuleField, RulePlace, Splice};
use crate::diagnostic::{Diagnostic, Place};
use crate::messages::{policy as say, yaml};

/// A policy and its text. The text is the truth; the model is what it says.
#[derive(Debug, Clone)]
pub struct Document {
    text: Arc<String>,
    tree: Arc<Tree>,
    policy: Arc<Policy>,
    warnings: Vec<Diagnostic>,
    /// The policy that the last edit began with, and the rows that it changed, where that is all that it did.
    last: Option<(Weak<Policy>, Vec<RowsChanged>)>,
}

impl Document {
    /// Reads a policy file.
    ///
    /// # Errors
    /// Every problem found, when one of them is an error: a half-loaded policy does not exist.
    pub fn read(text: String) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = Faults::default();
        if let Some(at) = bare_return(&text) {
            faults.add(fault("bare-return", yaml::bare_return()), Place::of(&text, at..at + 1));
            return Err(faults.into_sorted());
        }
        let tree = tree(&text, &mut faults);
        let read = tree.as_ref().and_then(|tree| policy(&tree.root, &text, &mut faults));
        match (tree, read) {
            (Some(tree), Some(policy)) if faults.is_empty() => {
                let mut tree = tree;
                forget(&mut tree, &text);
                let (text, tree, policy) = (Arc::new(text), Arc::new(tree), Arc::new(policy));
                Ok(Self { text, tree, policy, warnings: Vec::new(), last: None })
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

    /// The text without the lines of its cases, which other sections may follow.
    #[must_use]
    pub fn without_cases(&self) -> String {
        let text = &self.text;
        match self.tree.root.entry(text, "cases") {
            Some(cases) if !self.tree.root.is_flow() => {
                let begin = text[..cases.key.span.start].rfind('\n').map_or(0, |at| at + 1);
                let last = cases.value.span.end.max(cases.key.span.end);
                let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
                text[..begin].to_owned() + &text[end..]
            }
            Some(_) | None => text.as_str().to_owned(),
        }
    }

    /// What the text says.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The same, to be kept while the document changes.
    #[must_use]
    pub const fn shared(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// The rows that changed since the policy was `before`, from the top; nothing where other things may have changed too.
    #[must_use]
    pub fn changed_since(&self, before: &Weak<Policy>) -> Option<&[RowsChanged]> {
        let (began, changed) = self.last.as_ref()?;
        Weak::ptr_eq(began, before).then_some(changed)
    }

    /// The policy with its text and the tree of it, without rows.
    pub(super) fn state(&self) -> State<'_> {
        State { tree: &self.tree, policy: &self.policy, text: &self.text }
    }

    /// Problems that do not hinder.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Applies `edit` and returns the edit that undoes it, byte for byte.
    ///
    /// The new text is read again, and the edit counts only if what was read is what it meant.
    ///
    /// # Errors
    /// [`EditError`]; the document is then unchanged.
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        if let Edit::Several { edits, .. } = edit {
            return self.apply_all(edits);
        }
        let rows = rows_of(edit).and_then(|rows| with_rows(self.state(), &rows));
        if let Some(Ok((undo, after))) = rows.map(|tree| self.edited(&tree, edit)) {
            *self = after;
            return Ok(undo);
        }
        let (undo, after) = match is_forgotten(&self.tree, &self.text) {
            false => self.edited(&self.tree, edit)?,
            true => {
                let whole = tree(&self.text, &mut Faults::default());
                let whole = whole.ok_or_else(|| EditError::Refused(say::not_as_meant()))?;
                self.edited(&whole, edit)?
            }
        };
        *self = after;
        Ok(undo)
    }

    /// The document after an edit, and the edit that leads back; `tree` is that of the text, with all that the edit
    /// looks into.
    fn edited(&self, tree: &Tree, edit: &Edit) -> Result<(Edit, Self), EditError> {
        let pieces = plan(&self.text, tree, &self.policy, edit)?;
        let text =
            spliced(&self.text, &pieces).ok_or_else(|| EditError::Refused(say::not_as_meant()))?;
        let undo = Edit::Splice { pieces: undo(&self.text, &pieces) };
        let after = self.again(&pieces, text).map_err(|problems| {
            let first = problems.first();
            let said = first.map(|d| say::refused(&d.message, d.help.as_ref()));
            EditError::Refused(said.unwrap_or_else(say::not_as_meant))
        })?;
        if !is_meant(&self.policy, edit, &after.policy, after.last.is_some())
            || (keeps_comments(edit) && lost_comment(self, &after))
        {
            return Err(EditError::Refused(say::not_as_meant()));
        }
        Ok((undo, after))
    }

    /// Reads what `pieces` made of the text: only the rows that changed, where that is all that did.
    fn again(&self, pieces: &[Splice], text: String) -> Result<Self, Vec<Diagnostic>> {
        match patched(self.state(), pieces, &text) {
            Some((tree, policy, changed)) => {
                let (text, tree, policy) = (Arc::new(text), Arc::new(tree), Arc::new(policy));
                let last = Some((Arc::downgrade(&self.policy), changed));
                Ok(Self { text, tree, policy, warnings: Vec::new(), last })
            }
            None => Self::read(text),
        }
    }

    /// Applies edits one after another: all of them or none.
    fn apply_all(&mut self, edits: &[Edit]) -> Result<Edit, EditError> {
        if let Some((undo, after)) = self.set_together(edits) {
            *self = after;
            return Ok(undo);
        }
        let mut after = self.clone();
        let mut changed = Some(Vec::new());
        for edit in edits {
            after.apply(edit)?;
            let more = after.last.as_ref().map(|(_, changed)| changed);
            changed = changed.zip(more).map(|(all, more)| joined(&all, more));
        }
        after.last = changed.map(|changed| (Arc::downgrade(&self.policy), changed));
        let pieces = self.rows_back(&after).unwrap_or_else(|| {
            let (range, text) = difference(&after.text, &self.text);
            vec![Splice { range, text: text.to_owned() }]
        });
        *self = after;
        Ok(Edit::Splice { pieces })
    }

    /// The splices of rows that lead from `after` back to this; nothing where others are needed.
    fn rows_back(&self, after: &Self) -> Option<Vec<Splice>> {
        let (_, changed) = after.last.as_ref()?;
        let mut pieces = Vec::with_capacity(changed.len());
        for (RowsChanged { group, rows, .. }, now) in with_rows_now(changed) {
            let was = self.state().all_lines(*group, rows.clone())?;
            let range = after.state().all_lines(*group, now)?;
            pieces.push(Splice { range, text: self.text.get(was)?.to_owned() });
        }
        (spliced(&after.text, &pieces)? == *self.text).then_some(pieces)
    }

    /// The same in one step where all of them set fields of rules, each of its own and no name: no edit looks into what
    /// another writes. Nothing where they are other edits, or where something is wrong with one.
    fn set_together(&self, edits: &[Edit]) -> Option<(Edit, Self)> {
        let mut rules = Vec::with_capacity(edits.len());
        for edit in edits {
            let Edit::SetRule { at, fields } = edit else { return None };
            if fields.iter().any(|(field, _)| *field == RuleField::Name) {
                return None;
            }
            rules.push((*at, fields.as_slice()));
        }
        let places: HashSet<RulePlace> = rules.iter().map(|(at, _)| *at).collect();
        if places.len() < rules.len() {
            return None;
        }
        let around: Vec<RulePlace> = edits.iter().filter_map(rows_of).flatten().collect();
        let tree = with_rows(self.state(), &around)?;
        let pieces = plan_set(&self.text, &tree, &self.policy, &rules).ok()?;
        let after = self.again(&pieces, spliced(&self.text, &pieces)?).ok()?;
        let undo = Edit::Splice { pieces: undo(&self.text, &pieces) };
        are_set(&self.policy, &rules, &after.policy, after.last.is_some()).then_some((undo, after))
    }

    /// The comments in order.
    fn comments(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        self.tree.comments.iter().map(|comment| self.text[comment.clone()].trim_end())
    }
}

/// The rows that an edit looks into, with their neighbours; nothing where it may look into any.
fn rows_of(edit: &Edit) -> Option<Vec<RulePlace>> {
    let around = |at: RulePlace| {
        let rows = at.rule.saturating_sub(1)..=at.rule.saturating_add(1);
        rows.map(move |rule| RulePlace { rule, ..at })
    };
    match edit {
        Edit::MoveRule { from, to } => Some(around(*from).chain(around(*to)).collect()),
        Edit::InsertRule { at, .. }
        | Edit::DuplicateRule { at, .. }
        | Edit::RemoveRule { at }
        | Edit::SetRule { at, .. } => Some(around(*at).collect()),
        Edit::Splice { .. } => Some(Vec::new()),
        Edit::Set { .. } | Edit::Add { .. } | Edit::Remove { .. } | Edit::Several { .. } => None,
    }
}

/// Whether the edit takes nothing away that a comment may belong to.
const fn keeps_comments(edit: &Edit) -> bool {
    match edit {
        Edit::MoveRule { .. }
        | Edit::InsertRule { .. }
        | Edit::DuplicateRule { .. }
        | Edit::Add { .. } => true,
        Edit::RemoveRule { .. }
        | Edit::SetRule { .. }
        | Edit::Set { .. }
        | Edit::Remove { .. }
        // Each of them is looked at on its own.
        | Edit::Several { .. }
        | Edit::Splice { .. } => false,
    }
}

/// Whether a comment of `before` is missing in `after`.
fn lost_comment(before: &Document, after: &Document) -> bool {
    // Most stand where they stood: only those between the first and the last that do not are looked for.
    let (old, new) = (before.comments(), after.comments());
    let same = |(a, b): &(&str, &str)| a == b;
    let first = old.clone().zip(new.clone()).take_while(same).count();
    let most = old.len().min(new.len()) - first;
    let last = old.clone().rev().zip(new.clone().rev()).take(most).take_while(same).count();
    let between = |comments: &mut dyn ExactSizeIterator<Item = &str>| -> Vec<String> {
        let count = comments.len() - first - last;
        let mut found: Vec<String> = comments.skip(first).take(count).map(str::to_owned).collect();
        found.sort_unstable();
        found
    };
    let mut left = between(&mut { new }).into_iter();
    between(&mut { old }).into_iter().any(|comment| !left.any(|other| other == comment))
}

/// A carriage return that no line feed follows: YAML ends a line there, every editor today does not.
pub(super) fn bare_return(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let bare = |&at: &usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    (0..bytes.len()).find(bare)
}
