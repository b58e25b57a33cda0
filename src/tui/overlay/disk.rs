//! The file is not what it was: what others did to it, and what shall become of it.

use super::choices::Question;
use super::{DiffView, Overlay};
use crate::messages::{Text, Words, recovery as say};
use crate::policy::Document;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::theme::Role;
use crate::workbench::{NotTaken, OnDisk, Session, TextDiff};

/// What the file holds, and the question what to do about it.
#[derive(Debug)]
pub struct DiskView {
    /// The question.
    pub question: Question,
    /// Whether the file holds a policy that could be taken.
    can_take: bool,
    /// Why both changes could not be kept; `None` where they could.
    no_merge: Option<Words>,
    diffs: Vec<(Words, TextDiff)>,
}

impl DiskView {
    /// Asks about the file; nothing where it is as known.
    #[must_use]
    pub fn new(session: &Session) -> Option<Self> {
        let file = session.name();
        let plain = |title: Words, first: Text| Self {
            question: Question { title: title.into(), first, details: Vec::new() },
            can_take: false,
            no_merge: Some(say::NOTHING_TO_TAKE),
            diffs: Vec::new(),
        };
        match session.on_disk() {
            OnDisk::AsKnown => None,
            OnDisk::Gone => Some(plain(say::GONE, say::was_removed(&file))),
            OnDisk::Unreadable(error) => Some(plain(say::UNREADABLE, error.0.clone())),
            OnDisk::Changed(theirs) => {
                let first = say::holds_another_text(&file);
                let view = plain(say::CHANGED, first);
                Some(view.about(session, theirs))
            }
        }
    }

    fn about(mut self, session: &Session, theirs: &str) -> Self {
        let mine = TextDiff::of(session.saved_text(), session.text());
        let their = TextDiff::of(session.saved_text(), theirs);
        let mut tell = |role, text: Text| self.question.details.push((role, text));
        tell(Role::Muted, Text::verbatim(""));
        tell(Role::Text, say::they_changed(their.added, their.removed));
        tell(Role::Text, say::you_changed(mine.added, mine.removed));
        match Document::read(theirs.to_owned()) {
            Ok(_) => {
                self.can_take = true;
            }
            Err(problems) => {
                if let Some(first) = problems.first() {
                    tell(Role::Muted, Text::verbatim(""));
                    let line = first.place.as_ref().map(|place| place.line);
                    tell(Role::Changed, say::no_policy(line, &first.message));
                }
            }
        }
        self.no_merge = session.mergeable().err().map(|why| why_no_merge(&why));
        let both = TextDiff::of(session.text(), theirs);
        self.diffs = vec![(say::THEIR_CHANGES, their)];
        if !mine.is_empty() {
            self.diffs.push((say::MY_CHANGES, mine));
            self.diffs.push((say::MINE_TO_THEIRS, both));
        }
        self
    }

    /// Why the question cannot be answered with `action`.
    #[must_use]
    pub fn cannot(&self, action: &Action) -> Option<Words> {
        let (can, why) = match action {
            Action::TakeTheirs => (self.can_take, say::NOTHING_TO_TAKE),
            Action::MergeTheirs => return self.no_merge,
            Action::ShowDifference => (!self.diffs.is_empty(), say::NOTHING_TO_COMPARE),
            _ => (true, say::NOTHING_TO_TAKE),
        };
        (!can).then_some(why)
    }
}

/// Why both changes cannot be kept, or nothing be taken, in words.
pub(super) const fn why_no_merge(why: &NotTaken) -> Words {
    match why {
        NotTaken::Nothing | NotTaken::Refused(_) => say::NOTHING_TO_TAKE,
        NotTaken::NoPolicy(_) => say::THEIRS_IS_NO_POLICY,
        NotTaken::OneSide => say::NOTHING_TO_MERGE,
        NotTaken::SameLines => say::SAME_LINES,
        NotTaken::Together(_) => say::NO_POLICY_TOGETHER,
    }
}

/// Shows how the texts differ.
pub fn show_difference(app: &mut App) {
    if let Some(Overlay::Disk(view)) = app.overlays.last() {
        let title = view.question.title.clone();
        app.overlays.push(Overlay::Diff(DiffView::new(title, view.diffs.clone())));
    }
}

/// Takes what others wrote, as one edit.
pub fn take(app: &mut App, take: impl FnOnce(&mut Session) -> Result<Text, NotTaken>) {
    if app.put(take) {
        close(app);
    }
}

/// Asks about the file, as it is now.
pub fn ask(app: &mut App) {
    close(app);
    app.overlays.extend(DiskView::new(&app.session).map(|view| Overlay::Disk(Box::new(view))));
}

/// Asks no more about the file.
pub fn close(app: &mut App) {
    if let Some(at) = app.overlays.iter().position(|o| matches!(o, Overlay::Disk(_))) {
        app.overlays.remove(at);
    }
}

/// Where somebody is asked about the file, asks about what it holds now; no more where it is as known.
pub fn renew(app: &mut App) {
    if let Some(at) = app.overlays.iter().position(|o| matches!(o, Overlay::Disk(_))) {
        let view = DiskView::new(&app.session);
        app.overlays.splice(at..=at, view.map(|view| Overlay::Disk(Box::new(view))));
    }
}

/// Something happened to the file: says what, and asks anew where it is being asked.
pub fn news(app: &mut App) {
    renew(app);
    let file = app.session.name();
    match app.session.on_disk() {
        OnDisk::AsKnown => app.say(say::AS_KNOWN),
        OnDisk::Changed(_) => app.fail(say::holds_another_text(&file)),
        OnDisk::Gone => app.fail(say::was_removed(&file)),
        OnDisk::Unreadable(error) => app.fail(error.0.clone()),
    }
}
