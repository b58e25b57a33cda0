use crate::diagnostic::Place;
use crate::messages::Text;
use crate::net::{Action, ClientVariant};

/// One lesson: its policy and its steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The name of its folder.
    pub id: String,
    /// Where it belongs.
    pub part: Part,
    /// Its title.
    pub title: Text,
    /// Its steps, in order.
    pub steps: Vec<Step>,
    /// The policy it begins with.
    pub policy: String,
    /// The text of its file, into which places point.
    pub text: String,
}

/// The four parts of the lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Which rule decides.
    FirstMatch,
    /// What a name is to the engine.
    Names,
    /// What is known on which packet.
    Packets,
    /// Keeping a policy.
    Operations,
}

impl Part {
    /// Every part, in the order in which they are taught.
    pub const ALL: [Self; 4] = [Self::FirstMatch, Self::Names, Self::Packets, Self::Operations];

    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstMatch => "first-match",
            Self::Names => "names",
            Self::Packets => "packets",
            Self::Operations => "operations",
        }
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Something to read.
    Read(Text),
    /// A question whose answer the engine gives.
    Predict(Box<Predict>),
    /// Something to do.
    Do(Box<Task>),
    /// What was learned.
    Recap(Text),
}

/// A request, as the client of the lesson sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The client's address.
    pub from: String,
    /// The URL.
    pub url: String,
    /// The server's address.
    pub dst: Option<String>,
    /// Another way in which the client sends it.
    pub client: Option<ClientVariant>,
    /// Where it is written.
    pub place: Place,
}

/// What becomes of a request, as far as a lesson asks: two are the same when what happens and who decides are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What happens.
    pub fate: Fate,
    /// The rule that decides, or `default`.
    pub by: String,
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It works.
    Pass,
    /// It times out.
    Drop,
    /// It is reset.
    Reject,
    /// The first part works, a later one is lost.
    Half,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Self; 4] = [Self::Pass, Self::Drop, Self::Reject, Self::Half];

    /// What an action that all of a request meets makes of it.
    #[must_use]
    pub const fn of(action: Action) -> Self {
        match action {
            Action::Pass | Action::Alert => Self::Pass,
            Action::Drop => Self::Drop,
            Action::Reject => Self::Reject,
        }
    }

    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Drop => "drop",
            Self::Reject => "reject",
            Self::Half => "half",
        }
    }
}

/// A question about a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Predict {
    /// The request.
    pub ask: Ask,
    /// The question in words, where "what happens?" is not enough.
    pub question: Option<Text>,
    /// What is changed in the lesson's policy before it is asked.
    pub after: Vec<Change>,
    /// What the engine says.
    pub answer: Outcome,
    /// The wrong answers to choose from.
    pub others: Vec<Outcome>,
    /// The packet on which it is decided, where the explanation speaks of it.
    pub packet: Option<String>,
    /// The rules that write a log line, where the explanation speaks of it; a default action is `default`.
    pub logs: Option<Vec<String>>,
    /// Why it is so.
    pub why: Text,
    /// Where the answer is written.
    pub answer_place: Place,
}

impl Predict {
    /// The answers to choose from, in an order that does not tell which is right, but is always the same.
    #[must_use]
    pub fn choices(&self) -> Vec<&Outcome> {
        let mut choices: Vec<&Outcome> = self.others.iter().collect();
        let sum: usize = self.ask.url.bytes().chain(self.ask.from.bytes()).map(usize::from).sum();
        choices.insert(sum % (choices.len() + 1), &self.answer);
        choices
    }
}

/// Something to do: edit the policy until every case of it, and every goal here, is met.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// What to do.
    pub words: Text,
    /// Goals that a case of a policy cannot say: how another client fares.
    pub goals: Vec<Goal>,
    /// Help, from a nudge to the answer.
    pub hints: Vec<Text>,
    /// One way to do it.
    pub solution: Vec<Change>,
    /// Other ways, of which the texts speak.
    pub or: Vec<Vec<Change>>,
    /// Where it is written.
    pub place: Place,
}

/// A goal beside the cases of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The request.
    pub ask: Ask,
    /// What must become of it.
    pub expect: Action,
}

/// A change of the policy's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What is done.
    pub kind: ChangeKind,
    /// Where it is written.
    pub place: Place,
}

/// What a change does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// Puts one rule right above another.
    Move {
        /// The rule to move.
        rule: String,
        /// The rule below it afterwards.
        above: String,
    },
    /// Puts a text in place of another that stands there exactly once.
    Replace {
        /// What stands there.
        find: String,
        /// What will.
        put: String,
    },
    /// Takes a rule out.
    Remove(String),
}
