//! What drawing remembers: how far things are scrolled, and what was drawn where. It never changes
//! what anything means.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use super::action::{Motion, Target};
use super::app::Pane;
use super::beside::Version;
use super::pane::rules::{OfGroups, Wishes};
use crate::eval::Evaluator;
use crate::learn::GoalState;
use crate::messages::Lang;
use crate::policy::{Policy, RulePlace, Thing};

/// Something that scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scrolled {
    /// A pane.
    Pane(Pane),
    /// The help, or another text or list that lies over everything.
    Help,
    /// The list of findings.
    Findings,
    /// The list of what reaches what.
    Access,
    /// The counts of logs.
    Logs,
    /// The requests behind one.
    LogRequests,
    /// The view that explains the verdict.
    Explain,
    /// The edits offered there.
    Offers,
    /// The panel of a lesson.
    Lesson,
}

/// When each row is asked, of those that are.
pub type Turns = HashMap<RulePlace, usize>;

/// How far to scroll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Lines, negative ones up.
    Lines(isize),
    /// As a key says.
    Motion(Motion),
}

/// How far one thing is scrolled.
#[derive(Debug, Clone, Copy, Default)]
struct Offset {
    first: usize,
    /// A list's selected line, or a mark of the text that is shown.
    about: u64,
    len: usize,
    height: usize,
}

/// What drawing remembers.
#[derive(Debug, Default)]
pub struct ViewCache {
    offsets: HashMap<Scrolled, Offset>,
    targets: Vec<(Rect, Target)>,
    wishes: Option<(u64, Wishes)>,
    widths: OfGroups,
    used: Option<((u64, Lang), Thing, String)>,
    goals: Option<(Version, Vec<GoalState>)>,
    turns: Option<(Arc<Evaluator>, Arc<Turns>)>,
}

impl ViewCache {
    /// Forgets what was drawn where: a new frame begins.
    pub fn begin(&mut self) {
        self.targets.clear();
    }

    /// Remembers that a click on `area` means `target`; what is drawn later lies on top.
    pub fn target(&mut self, area: Rect, target: Target) {
        if !area.is_empty() {
            self.targets.push((area, target));
        }
    }

    /// What stands at a column and row.
    #[must_use]
    pub fn at(&self, column: u16, row: u16) -> Option<Target> {
        let position = Position::new(column, row);
        self.targets.iter().rev().find(|(area, _)| area.contains(position)).map(|(_, t)| *t)
    }

    /// The first line of a list to draw, so that the selected one is seen; as long as the list and its
    /// selection stay, the wheel may leave it behind.
    pub fn scroll(&mut self, pane: Pane, selected: usize, len: usize, height: usize) -> usize {
        self.list(Scrolled::Pane(pane), selected, len, height)
    }

    /// The same for any list.
    pub fn list(&mut self, what: Scrolled, selected: usize, len: usize, height: usize) -> usize {
        let offset = self.offsets.entry(what).or_default();
        let another = (offset.len, offset.height) != (len, height);
        (offset.len, offset.height) = (len, height);
        if offset.about != selected as u64 || another {
            offset.about = selected as u64;
            offset.first = offset.first.min(selected).max((selected + 1).saturating_sub(height));
        }
        offset.clamp()
    }

    /// The first line of a text to draw; another text, told by `about`, begins at its top.
    pub fn text(&mut self, what: Scrolled, about: &impl Hash, len: usize, height: usize) -> usize {
        let mut hasher = DefaultHasher::new();
        about.hash(&mut hasher);
        let about = hasher.finish();
        let offset = self.offsets.entry(what).or_default();
        if offset.about != about {
            *offset = Offset { about, ..Offset::default() };
        }
        (offset.len, offset.height) = (len, height);
        offset.clamp()
    }

    /// Scrolls.
    pub fn go(&mut self, what: Scrolled, by: By) {
        let offset = self.offsets.entry(what).or_default();
        offset.first = match by {
            By::Lines(lines) => offset.first.saturating_add_signed(lines),
            By::Motion(motion) => motion.from(offset.first, offset.len, offset.height.max(1)),
        };
        offset.clamp();
    }

    /// What the columns of the rule list would like to be at this revision, which is this policy.
    pub fn wishes(&mut self, revision: u64, policy: &Policy) -> Wishes {
        match self.wishes {
            Some((known, wishes)) if known == revision => wishes,
            _ => self.wishes.insert((revision, Wishes::of(policy, &mut self.widths))).1,
        }
    }

    /// When each row is asked by this evaluator.
    pub fn turns(
        &mut self,
        evaluator: &Arc<Evaluator>,
        find: impl FnOnce() -> Turns,
    ) -> Arc<Turns> {
        let known = self.turns.take().filter(|(known, _)| Arc::ptr_eq(known, evaluator));
        let known = known.unwrap_or_else(|| (Arc::clone(evaluator), Arc::new(find())));
        Arc::clone(&self.turns.insert(known).1)
    }

    /// How the goals of a lesson's task stand with this state of the policy.
    pub fn goals(
        &mut self,
        version: Version,
        find: impl FnOnce() -> Vec<GoalState>,
    ) -> &[GoalState] {
        let known = self.goals.take().filter(|(known, _)| *known == version);
        &self.goals.insert(known.unwrap_or_else(|| (version, find()))).1
    }

    /// Who uses a thing at this revision, in words of this language.
    pub fn used_by(
        &mut self,
        about: (u64, Lang),
        thing: &Thing,
        find: impl FnOnce() -> String,
    ) -> String {
        match &self.used {
            Some((known, of, words)) if (*known, of) == (about, thing) => words.clone(),
            _ => self.used.insert((about, thing.clone(), find())).2.clone(),
        }
    }
}

impl Offset {
    fn clamp(&mut self) -> usize {
        self.first = self.first.min(self.len.saturating_sub(self.height));
        self.first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_follows_its_selection_and_the_wheel_may_leave_it() {
        let mut cache = ViewCache::default();
        assert_eq!(cache.scroll(Pane::Rules, 0, 100, 10), 0);
        assert_eq!(cache.scroll(Pane::Rules, 10, 100, 10), 1);
        cache.go(Scrolled::Pane(Pane::Rules), By::Lines(30));
        assert_eq!(cache.scroll(Pane::Rules, 10, 100, 10), 31);
        assert_eq!(cache.scroll(Pane::Rules, 11, 100, 10), 11);
        cache.go(Scrolled::Pane(Pane::Rules), By::Lines(1000));
        assert_eq!(cache.scroll(Pane::Rules, 11, 100, 10), 90);
    }

    #[test]
    fn list_that_became_another_shows_its_selection() {
        let mut cache = ViewCache::default();
        assert_eq!(cache.list(Scrolled::Help, 0, 100, 10), 0);
        cache.go(Scrolled::Help, By::Lines(30));
        assert_eq!(cache.list(Scrolled::Help, 0, 100, 10), 30);
        assert_eq!(cache.list(Scrolled::Help, 0, 40, 10), 0);
    }

    #[test]
    fn another_text_begins_at_its_top() {
        let mut cache = ViewCache::default();
        let rule = Scrolled::Pane(Pane::Rule);
        cache.text(rule, &1, 50, 10);
        cache.go(rule, By::Motion(Motion::PageDown));
        assert_eq!(cache.text(rule, &1, 50, 10), 10);
        assert_eq!(cache.text(rule, &2, 50, 10), 0);
    }

    #[test]
    fn what_is_drawn_later_takes_the_click() {
        let mut cache = ViewCache::default();
        cache.target(Rect::new(0, 0, 10, 10), Target::Pane(Pane::Cases));
        cache.target(Rect::new(0, 2, 10, 1), Target::Case(7));
        assert_eq!(cache.at(3, 2), Some(Target::Case(7)));
        assert_eq!(cache.at(3, 3), Some(Target::Pane(Pane::Cases)));
        assert_eq!(cache.at(30, 3), None);
    }
}
