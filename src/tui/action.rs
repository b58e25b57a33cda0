//! Everything that can be asked of the screen. Keys, mouse, paste, resize, results: all come through here.

use std::sync::Arc;

use super::app::Pane;
use super::beside::Version;
use super::copy::Copied;
use super::input::Key;
use super::logs::{Counted, Made};
use super::opinion::Opinion;
use super::overlay::{About, Tab};
use super::pane::rules::Marking;
use super::pane::test::Field;
use crate::messages::Text;
use crate::policy::RulePlace;
use crate::replay::Progress;
use crate::workbench::{
    AccessAnswer, Answer, Findings, FlowsChanged, StatelessLine, TestInput, WhatIf,
};

/// A way through a list or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first line.
    First,
    /// To the last line.
    Last,
}

/// What is done with what a policy says beside its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Define {
    /// Lists it.
    List,
    /// Opens the form of the selected line.
    Edit,
    /// Opens a form for one more of what is selected.
    Add,
    /// Deletes what is selected.
    Delete,
    /// Opens the form of the case selected among the cases.
    EditCase,
    /// Opens a form for a new case.
    NewCase,
}

/// What is done in lessons, and on the tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learn {
    /// Lists the lessons; within one, goes to its panel.
    Open,
    /// Chooses an answer, by its place from 0.
    Choose(usize),
    /// Goes to the next step, once this one is answered or done.
    Next,
    /// Goes to the next step though this one is not.
    Skip,
    /// Goes to the step before.
    Back,
    /// Shows the next hint.
    Hint,
    /// Leaves the lesson.
    Leave,
    /// Begins the tour.
    Tour,
    /// Goes to the next stop of the tour; from the last one it is over.
    NextStop,
    /// Goes to the stop before.
    StopBefore,
    /// Ends the tour.
    EndTour,
}

/// What is done with the picture of who reaches what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Opens it.
    Open,
    /// Goes to the column before.
    Left,
    /// Goes to the next column.
    Right,
}

/// What is asked about who reaches what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskAccess {
    /// About the selected row.
    Row,
    /// Asks what is meant.
    Other,
    /// Goes to the row of the line that is looked at.
    ToRow,
}

/// What is done with logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToLogs {
    /// Shows what was counted of them; at first asks which are meant.
    Show,
    /// Asks which are meant.
    Ask,
    /// Reads them again.
    Again,
    /// Ends the reading; what was counted is kept.
    Stop,
    /// Lists the requests that are blocked.
    Blocked,
    /// Makes rules of what the default action blocks.
    Suggest,
}

/// What was clicked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A pane, somewhere.
    Pane(Pane),
    /// Something that is asked before the stateful rules.
    Stateless(StatelessLine),
    /// The head of a group.
    Group(usize),
    /// A rule.
    Rule(RulePlace),
    /// A field of the test bar.
    Field(Field),
    /// A case.
    Case(usize),
    /// The second opinion in the title.
    Opinion,
    /// A tab of the view that explains the verdict.
    Tab(Tab),
    /// A row that is explained there.
    Reason(RulePlace),
    /// An edit that is offered there.
    Offer(usize),
    /// A line of the list of definitions.
    Definition(usize),
    /// A finding in the list of them.
    Finding(usize),
    /// A line of the logs' pane.
    LogLine(usize),
    /// A line of the answer to who reaches what.
    Reached(usize),
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Leaves, after asking if something is unsaved.
    Quit,
    /// Saves to the policy's file.
    Save,
    /// Saves under another name.
    SaveAs,
    /// Shows the keys.
    Help,
    /// Switches to the next theme.
    NextTheme,
    /// Switches to the next language.
    NextLanguage,
    /// Lists every action.
    Palette,
    /// Shows what is unsaved, as a difference.
    ShowChanges,
    /// Shows the next tab of the topmost overlay.
    NextTab,
    /// Copies to the terminal's clipboard.
    Copy(Copied),
    /// Shows the tab before.
    PreviousTab,
    /// Explains the verdict: one of the tabs.
    Explain(Tab),
    /// Explains why the selected rule did not decide.
    WhyThis,
    /// Wants another verdict of the case that is being kept.
    OtherVerdict,
    /// Types a filter for the rows that are explained.
    Filter,
    /// Takes the last change back.
    Undo,
    /// Makes it again.
    Redo,
    /// Focus to the next pane.
    NextPane,
    /// Focus to the pane before.
    PreviousPane,
    /// Focus to the rules.
    ToRules,
    /// Shows what the real engine says.
    ShowOpinion,
    /// Lists what there is to say against the policy.
    ShowFindings,
    /// Something about the picture of who reaches what.
    Matrix(Look),
    /// Something about who reaches what, exactly.
    Access(AskAccess),
    /// Makes the edit that mends the finding.
    ApplyFix,
    /// Asks why the finding is as it should be, and writes that into the policy.
    AcceptFinding,
    /// Types a request.
    TypeRequest,
    /// Keeps the request as a case.
    KeepCase,
    /// Searches rules.
    Search,
    /// Selects the rule that decides the request.
    GoToDecider,
    /// Moves through the focused list or text.
    Move(Motion),
    /// Shows the selected rule, or folds the selected group.
    Open,
    /// Folds the group.
    Fold,
    /// Unfolds the group.
    Unfold,
    /// Marks rules, or does something with those that are marked.
    Marks(Marking),
    /// Picks the rule up.
    PickUp,
    /// Moves the rule up at once.
    MoveRuleUp,
    /// Moves the rule down at once.
    MoveRuleDown,
    /// Opens the form of the rule.
    EditRule,
    /// Opens a form for a new rule.
    NewRule,
    /// Opens the text of a new hand-written rule.
    NewHandWritten,
    /// Deletes the rule.
    DeleteRule,
    /// Disables or enables the rule.
    ToggleRule,
    /// Duplicates the rule.
    DuplicateRule,
    /// Changes the priority of the group.
    GroupPriority,
    /// Carries the rule up.
    CarryUp,
    /// Carries the rule down.
    CarryDown,
    /// Puts the carried rule down.
    PutDown,
    /// Puts the carried rule back.
    PutBack,
    /// Next match of the search.
    NextMatch,
    /// Match before.
    PreviousMatch,
    /// Next field of the test bar or a form.
    NextField,
    /// Field before.
    PreviousField,
    /// Empties the field.
    ClearField,
    /// Leaves the test bar for the pane before.
    LeaveField,
    /// Leaves the test bar for what came of the request.
    ToAnswer,
    /// Loads the case into the test bar.
    LoadCase,
    /// Deletes the case.
    DeleteCase,
    /// Something about what the policy says beside its rules.
    Define(Define),
    /// Something about lessons.
    Learn(Learn),
    /// Something about logs.
    Logs(ToLogs),
    /// Closes the topmost overlay, changing nothing.
    Close,
    /// Does what the topmost overlay is for.
    Accept,
    /// Completes the word in a form, or goes to the next field.
    Complete,
    /// Saves and leaves.
    SaveAndLeave,
    /// Leaves without saving.
    Discard,
    /// Puts the unsaved changes that were left behind into the policy.
    Restore,
    /// The same, keeping what changed in the file since.
    RestoreBoth,
    /// Throws the unsaved changes that were left behind away.
    DiscardLeft,
    /// Shows the difference that is asked about.
    ShowDifference,
    /// Takes the text that others wrote to the file.
    TakeTheirs,
    /// Makes the changes of others here too.
    MergeTheirs,
    /// Writes the policy over what others wrote.
    Overwrite,
    /// Looks what the file holds.
    LookAtDisk,
    /// A key typed into a text.
    Type(Key),
    /// Text pasted.
    Paste(String),
    /// A click.
    Click(Target),
    /// The wheel over something, by so many lines.
    Wheel(Option<Target>, isize),
    /// The terminal has another size.
    Resize,
    /// What work beside the screen came to.
    Heard(Heard),
}

/// What work beside the screen came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// What was found about a state of the policy.
    Found {
        /// Which state.
        version: Version,
        /// What was found.
        findings: Box<Findings>,
    },
    /// The whole answer to a request in a state of the policy, with what the rows say.
    LookedThrough {
        /// In which state.
        version: Version,
        /// The answer.
        answer: Box<Answer>,
    },
    /// How many flows change where something is carried.
    FlowsCounted {
        /// In which state.
        version: Version,
        /// How many.
        flows: FlowsChanged,
    },
    /// What would change the verdict of a request.
    Offered {
        /// Of which revision, and which request.
        about: (u64, TestInput),
        /// What was found.
        found: Box<WhatIf>,
    },
    /// Who reaches what, or what is wrong with the question.
    Answered {
        /// Which question, of which revision, in which language.
        about: Box<About>,
        /// The answer.
        answer: Box<Result<AccessAnswer, Text>>,
    },
    /// What the real engine said, or why it did not.
    Told(Box<Opinion>),
    /// How far the reading of this number has come.
    Reading(u64, Progress),
    /// What the reading of this number counted; `None`: it broke off.
    Counted(u64, Option<Arc<Counted>>),
    /// What became of making rules of logs, for the policy at this revision.
    Proposed(u64, Made),
    /// It broke off.
    Broke,
}
