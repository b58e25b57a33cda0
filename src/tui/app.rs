//! What the screen remembers.

use std::sync::Arc;

use super::beside::{Asked, Version};
use super::cells::cut;
use super::keymap::Scope;
use super::lesson::Lessons;
use super::logs::Logs;
use super::opinion::SecondOpinion;
use super::overlay::{LeftView, Overlay};
use super::pane::cases::CasesPane;
use super::pane::rules::{Carry, RulesPane};
use super::pane::test::TestPane;
use super::prefers::Preferences;
use super::tour::Tour;
use crate::diagnostic::Diagnostic;
use crate::messages::{Text, recovery, status};
use crate::policy::{Edit, Policy};
use crate::workbench::{CaseChange, Derived, NotTaken, Session, TestInput, case_changes};

/// Cells of an edit's words in the status line, which has 80 cells at least where all is shown.
const MOST_WORDS: usize = 54;

/// A part of the screen that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The rule list.
    Rules,
    /// The test bar, the verdict, the packets.
    Test,
    /// The selected rule.
    Rule,
    /// The cases.
    Cases,
}

/// What the panes remember.
#[derive(Debug)]
pub struct Panes {
    /// The rule list.
    pub rules: RulesPane,
    /// The test.
    pub test: TestPane,
    /// The cases.
    pub cases: CasesPane,
}

/// The line above the footer: what was done, or what went wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What it says.
    pub text: Text,
    /// Whether it went wrong.
    pub failed: bool,
}

/// The workbench as the operator left it a moment ago.
#[derive(Debug)]
pub struct App {
    /// The policy being worked on, and everything derived from it.
    pub session: Session,
    /// The pane that takes keys.
    pub focus: Pane,
    /// What lies over the panes, the topmost last.
    pub overlays: Vec<Overlay>,
    /// The panes.
    pub panes: Panes,
    /// What there is to say.
    pub status: Option<Status>,
    /// How the operator likes it.
    pub prefers: Preferences,
    /// What was asked for beside the screen.
    pub asked: Asked,
    /// What the real engine says.
    pub second: SecondOpinion,
    /// The lessons, and the one that is going on.
    pub lessons: Lessons,
    /// The logs that are held against the policy.
    pub logs: Logs,
    /// The tour, while it goes on.
    pub tour: Option<Tour>,
}

impl Pane {
    /// The panes in the order of the tab key.
    pub const ALL: [Self; 4] = [Self::Rules, Self::Test, Self::Rule, Self::Cases];

    /// The pane after this one, or with `-1` before it.
    #[must_use]
    pub fn step(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|&p| p == self).unwrap_or_default();
        Self::ALL[at.wrapping_add_signed(by).wrapping_add(Self::ALL.len()) % Self::ALL.len()]
    }

    /// Where its keys are looked up.
    #[must_use]
    pub const fn scope(self) -> Scope {
        match self {
            Self::Rules => Scope::Rules,
            Self::Test => Scope::Test,
            Self::Rule => Scope::Rule,
            Self::Cases => Scope::Cases,
        }
    }
}

impl App {
    /// Begins with the first rule selected.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let panes = Panes {
            rules: RulesPane::new(session.policy()),
            test: TestPane::new(session.test()),
            cases: CasesPane::default(),
        };
        let left = LeftView::new(&session).map(|view| Overlay::Left(Box::new(view)));
        let mut app = Self {
            session,
            focus: Pane::Rules,
            overlays: left.into_iter().collect(),
            panes,
            status: None,
            prefers: Preferences::default(),
            asked: Asked::default(),
            second: SecondOpinion::default(),
            lessons: Lessons::default(),
            logs: Logs::default(),
            tour: None,
        };
        if !app.session.others().is_empty() {
            app.fail(recovery::others(app.session.others()));
        }
        app.warn_of_journal();
        app
    }

    /// The policy to show with what is derived from it: while a rule is carried, as if it were put down.
    #[must_use]
    pub fn shown(&self) -> (&Arc<Policy>, &Derived) {
        let carried = self.panes.rules.carry.as_ref().and_then(|carry| carry.preview());
        carried.unwrap_or((self.session.shared_policy(), self.session.derived()))
    }

    /// Which state of the policy is shown.
    #[must_use]
    pub fn version(&self) -> Version {
        let carry = self.panes.rules.carry.as_ref().filter(|carry| carry.preview().is_some());
        let carried = carry.map(Carry::version);
        Version { revision: self.session.revision(), carried }
    }

    /// Where a key is looked up, the innermost scope first.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        self.scopes_with(self.overlays.last())
    }

    /// The scopes below the topmost overlay: those that the help is about.
    #[must_use]
    pub fn scopes_below(&self) -> Vec<Scope> {
        self.scopes_with(self.overlays.iter().rev().nth(1))
    }

    fn scopes_with(&self, overlay: Option<&Overlay>) -> Vec<Scope> {
        if let Some(overlay) = overlay {
            return overlay.scopes(&self.logs.view);
        }
        if self.panes.rules.carry.is_some() {
            return vec![Scope::Carry];
        }
        if self.panes.test.typing.is_some() {
            return vec![Scope::Field];
        }
        let tour = super::tour::shown(self).map(|_| Scope::Tour);
        let found = self.panes.rules.found.is_some().then_some(Scope::Found);
        let marked = self.focus == Pane::Rules && !self.panes.rules.marked.is_empty();
        let marked = marked.then_some(Scope::Marked);
        let asked = tour.into_iter().chain(found).chain(marked);
        asked.chain([self.focus.scope(), Scope::Everywhere]).collect()
    }

    /// Says what was done.
    pub fn say(&mut self, text: impl Into<Text>) {
        let text = text.into().map(|text| self.prefers.keymap.fill(text));
        self.status = Some(Status { text, failed: false });
    }

    /// Says what went wrong and what to do.
    pub fn fail(&mut self, text: impl Into<Text>) {
        let text = text.into().map(|text| self.prefers.keymap.fill(text));
        self.status = Some(Status { text, failed: true });
    }

    /// Makes an edit, and says so; returns whether it was made.
    pub fn apply(&mut self, edit: &Edit) -> bool {
        let words = edit.words(self.session.policy());
        let before = self.state();
        match self.session.apply(edit) {
            Ok(()) => {
                self.changed(&before);
                // How to take it back must be seen, however long the words are.
                self.say(status::done(&words.map(|words| cut(words, MOST_WORDS))));
                self.warn_of_journal();
                true
            }
            Err(error) => {
                self.fail(status::refused(&words, &error.words()));
                false
            }
        }
    }

    /// Puts another text in the place of the policy, and says so; returns whether that was done.
    pub fn put(&mut self, put: impl FnOnce(&mut Session) -> Result<Text, NotTaken>) -> bool {
        let before = self.state();
        match put(&mut self.session) {
            Ok(words) => {
                self.changed(&before);
                self.say(status::done(&words));
                self.warn_of_journal();
                true
            }
            Err(why) => {
                self.fail(not_taken(&why));
                false
            }
        }
    }

    /// Tests another request; what explains the one before explains this one.
    pub fn set_test(&mut self, test: TestInput) {
        self.session.set_test(test);
        self.panes.rules.chosen = false;
        self.explain_anew();
    }

    fn explain_anew(&mut self) {
        let log = self.panes.test.logged(self.session.test());
        for overlay in &mut self.overlays {
            match overlay {
                Overlay::Explain(view) => view.look(&self.session, log),
                Overlay::Findings(view) => view.look(&self.session),
                _ => {}
            }
        }
    }

    /// Says when the last edit could not be written down.
    pub fn warn_of_journal(&mut self) {
        if let Some(fault) = self.session.journal_fault() {
            self.fail(fault.0.clone());
        }
    }

    /// Takes the last edit back.
    pub fn undo(&mut self) {
        let before = self.state();
        if let Some(words) = self.session.undo() {
            self.changed(&before);
            self.say(status::undone(&words));
            self.warn_of_journal();
        }
    }

    /// Makes it again.
    pub fn redo(&mut self) {
        let before = self.state();
        if let Some(words) = self.session.redo() {
            self.changed(&before);
            self.say(status::redone(&words));
            self.warn_of_journal();
        }
    }

    fn state(&self) -> (Arc<Policy>, Vec<crate::workbench::CaseResult>) {
        (Arc::clone(self.session.shared_policy()), self.session.derived().cases.clone())
    }

    fn changed(&mut self, before: &(Arc<Policy>, Vec<crate::workbench::CaseResult>)) {
        let after = (self.session.policy(), self.session.derived().cases.as_slice());
        let changes: Vec<CaseChange> = case_changes((&before.0, &before.1), after);
        self.panes.cases.changed(changes, self.session.policy());
        self.panes.rules.follow(&before.0, self.session.policy());
        self.panes.rules.settle(self.session.policy());
        self.explain_anew();
    }
}

fn not_taken(why: &NotTaken) -> Text {
    match why {
        NotTaken::Nothing => recovery::NOTHING_TO_TAKE.into(),
        NotTaken::SameLines => recovery::SAME_LINES.into(),
        NotTaken::OneSide => recovery::NOTHING_TO_MERGE.into(),
        NotTaken::NoPolicy(problems) => first_of(problems, recovery::no_policy),
        NotTaken::Together(problems) => first_of(problems, recovery::no_policy_together),
        NotTaken::Refused(error) => error.words(),
    }
}

fn first_of(problems: &[Diagnostic], say: fn(Option<usize>, &Text) -> Text) -> Text {
    let said = problems.first().map(|problem| {
        let line = problem.place.as_ref().map(|place| place.line);
        say(line, &problem.message)
    });
    said.unwrap_or_default()
}
