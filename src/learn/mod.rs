//! Lessons, decided by the engine: read, predict, see why, change the rules until the goal is met; and a quiz.
//!
//! Knows: the session and all below. Must not know: screens, arguments.
//! Start at [`shelf`]; what a lesson claims is checked by [`faults`].

mod asked;
mod change;
mod fault;
mod goal;
mod handout;
mod lesson;
mod progress;
mod quiz;
mod read;
mod reveal;
mod shelf;

pub use asked::{Got, got};
pub use change::changed;
pub use fault::{LessonFaults, faults};
pub use goal::{GoalState, goal_states};
pub use handout::{handout, outcome, request};
pub use lesson::{Ask, Change, ChangeKind, Fate, Goal, Lesson, Outcome, Part, Predict, Step, Task};
pub use progress::Progress;
pub use quiz::{Difficulty, Question, Topic, question};
pub use reveal::reveal;
pub use shelf::{Shelf, folder, shelf};
