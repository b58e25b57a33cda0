//! Unsaved changes that were left behind: what would come back, and whether it shall.

use std::time::SystemTime;

use super::choices::Question;
use super::disk::why_no_merge;
use super::{DiffView, Overlay};
use crate::messages::{Text, Words, recovery as say};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::theme::Role;
use crate::workbench::{Session, TextDiff};

/// Edits that are named one by one.
const NAMED: usize = 5;

/// A journal that was left behind, and the question what to do with it.
#[derive(Debug)]
pub struct LeftView {
    /// The question.
    pub question: Question,
    /// Why what changed in the file since could not be kept; `None` where it could.
    no_merge: Option<Words>,
    diff: TextDiff,
}

impl LeftView {
    /// Asks about the newest journal; nothing where there is none.
    #[must_use]
    pub fn new(session: &Session) -> Option<Self> {
        let left = session.left()?;
        let diff = TextDiff::of(session.text(), &left.text);
        let another = session.left_is_of_another_text();
        let seconds = SystemTime::now().duration_since(left.at).map_or(0, |age| age.as_secs());
        let counts = say::edits(left.steps.len(), diff.added, diff.removed);
        let mut details = vec![(Role::Muted, Text::verbatim("")), (Role::Text, counts)];
        let warnings = [(left.damaged, say::DAMAGED), (another, say::OF_ANOTHER_TEXT)];
        for (_, warning) in warnings.into_iter().filter(|(is_so, _)| *is_so) {
            details.push((Role::Changed, warning.into()));
        }
        details.push((Role::Muted, Text::verbatim("")));
        let unnamed = left.steps.len().saturating_sub(NAMED);
        if unnamed > 0 {
            details.push((Role::Muted, indented(&say::earlier(unnamed))));
        }
        details.extend(left.steps[unnamed..].iter().map(|step| (Role::Muted, indented(step))));
        let question = Question {
            title: say::LEFT.into(),
            first: say::left(&session.name(), seconds),
            details,
        };
        let no_merge = match session.would_restore(true) {
            _ if !another => Some(say::NOTHING_TO_KEEP),
            Ok(_) => None,
            Err(why) => Some(why_no_merge(&why)),
        };
        Some(Self { question, no_merge, diff })
    }

    /// Why the question cannot be answered with `action`.
    #[must_use]
    pub fn cannot(&self, action: &Action) -> Option<Words> {
        self.no_merge.filter(|_| *action == Action::RestoreBoth)
    }
}

fn indented(text: &Text) -> Text {
    text.map(|text| format!("  {text}"))
}

/// Asks about the next journal, if there is another one.
pub fn next(app: &mut App) {
    if let Some(at) = app.overlays.iter().position(|o| matches!(o, Overlay::Left(_))) {
        app.overlays.remove(at);
    }
    app.overlays.extend(LeftView::new(&app.session).map(|view| Overlay::Left(Box::new(view))));
}

/// Puts the edits of the journal into the policy.
pub fn restore(app: &mut App, keep_newer: bool) {
    if app.put(|session| session.restore(keep_newer)) {
        next(app);
    }
}

/// Shows what would come back.
pub fn show_difference(app: &mut App) {
    if let Some(Overlay::Left(view)) = app.overlays.last() {
        let tabs = vec![(say::WOULD_COME_BACK, view.diff.clone())];
        app.overlays.push(Overlay::Diff(DiffView::new(say::LEFT.into(), tabs)));
    }
}
