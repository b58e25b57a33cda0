use std::net::IpAddr;

use crate::eval::Experience;
use crate::messages::{Text, what_if as say};
use crate::net::{Action, IpSet};
use crate::policy::Edit;
use crate::workbench::{Answer, ByDestination, CaseChange, Decider};

/// The verdict that is wanted for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// It gets through, whole.
    Pass,
    /// It is dropped or rejected.
    Block,
    /// It is dropped in silence.
    Drop,
    /// It is answered with a reset.
    Reject,
}

/// What would give a request the verdict that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// The verdict.
    pub wanted: Wanted,
    /// The edits that give it, those that change least else first; none where the request has it already.
    pub offers: Vec<Offer>,
    /// Why no other order of the rows gives it; `None` where one does.
    pub reordering: Option<Text>,
    /// How many flows the changes were looked for in.
    pub sampled: usize,
    /// How many edits were tried.
    pub tried: usize,
    /// How many more there were to try: a large policy is not searched to the end.
    pub left_out: usize,
}

/// An edit that gives the request the verdict that is wanted: tried on the text, and evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The edit; [`crate::workbench::Session::apply`] makes it.
    pub edit: Edit,
    /// The edit in words.
    pub words: Text,
    /// What it does to the policy.
    pub kind: OfferKind,
    /// Who decides the request then.
    pub by: Decider,
    /// Addresses of the server to which the verdict is not the one wanted, even so; usually none.
    pub except: IpSet,
    /// Every case that gets another verdict or another decider.
    pub cases: Vec<CaseChange>,
    /// The flows that get another verdict, of those that were sampled; the request itself is none of them.
    pub flows: Vec<FlowChange>,
}

/// What an offer does to the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OfferKind {
    /// Switches a rule on.
    Enable,
    /// Changes the order of rows or groups.
    Move,
    /// Lets a rule ask for more.
    Widen,
    /// Adds a rule.
    Add,
    /// Lets the rule that decides ask for less.
    Narrow,
    /// Lets the rule that decides do something else.
    Act,
    /// Switches the rule that decides off.
    Disable,
    /// Changes the default actions.
    Default,
}

/// A sampled flow that an offer gives another verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowChange {
    /// Who asks: a source's name, or an address.
    pub from: String,
    /// For what, as a URL.
    pub to: String,
    /// The server's address, where it is not the likeliest.
    pub dst: Option<IpAddr>,
    /// What becomes of it now; `None`: it cannot be told.
    pub before: Option<Action>,
    /// What would become of it.
    pub after: Option<Action>,
}

impl Offer {
    /// How many cases get what they expect now and would not any more.
    #[must_use]
    pub fn broken(&self) -> usize {
        self.cases.iter().filter(|case| case.breaks()).count()
    }
}

/// Cases and flows of an offer that are named; the rest is counted.
const NAMED: usize = 3;

impl FlowChange {
    /// Who asks for what, in words.
    #[must_use]
    pub fn words(&self) -> Text {
        let dst = self.dst.map(|dst| dst.to_string()).filter(|dst| !self.to.contains(dst));
        say::flow(&self.from, &self.to, dst.as_deref())
    }
}

impl WhatIf {
    /// What the offers are, as the head of a list of them.
    #[must_use]
    pub fn head(&self) -> Text {
        say::head(self.wanted.word())
    }

    /// What is to be said below the offers: that there are none, why no other order helps, what was not tried.
    #[must_use]
    pub fn remarks(&self) -> Vec<Text> {
        let nothing = self.offers.is_empty().then(|| say::nothing(self.tried));
        let left_out = (self.left_out > 0).then(|| say::left_out(self.left_out));
        nothing.into_iter().chain(self.reordering.clone()).chain(left_out).collect()
    }

    /// What an offer changes, a line each: the cases, the sampled flows, and the addresses for which it does not do.
    #[must_use]
    pub fn effects(&self, offer: &Offer) -> Vec<Text> {
        let case = |case: &CaseChange| {
            let (before, after) = (case.before.word().into(), case.after.word().into());
            say::case(&case.name, &before, &after, (case.passed, case.passes))
        };
        let mut lines: Vec<Text> = offer.cases.iter().take(NAMED).map(case).collect();
        if offer.cases.len() > NAMED {
            lines.push(say::more_cases(offer.cases.len() - NAMED));
        }
        let named: Vec<Text> = offer.flows.iter().take(NAMED).map(FlowChange::words).collect();
        lines.push(say::flows(self.sampled, offer.flows.len(), &named));
        if !offer.except.is_empty() {
            lines.push(say::except(&offer.except.to_string()));
        }
        lines
    }
}

impl OfferKind {
    /// Its name for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Enable => "enable",
            Self::Move => "move",
            Self::Widen => "widen",
            Self::Add => "add",
            Self::Narrow => "narrow",
            Self::Act => "act",
            Self::Disable => "disable",
            Self::Default => "default",
        }
    }
}

impl Wanted {
    /// The opposite of what becomes of the request: a block where it passes to every address, else a pass.
    #[must_use]
    pub fn opposite(answer: &Answer) -> Self {
        if Self::Pass.has(answer) { Self::Block } else { Self::Pass }
    }

    /// The verdict that a case, or a command line, expects.
    #[must_use]
    pub const fn exactly(action: Action) -> Self {
        match action {
            Action::Pass | Action::Alert => Self::Pass,
            Action::Drop => Self::Drop,
            Action::Reject => Self::Reject,
        }
    }

    /// Whether the request has this verdict, whatever address it goes to.
    #[must_use]
    pub fn has(self, answer: &Answer) -> bool {
        answer.by_destination.iter().all(|outcome| self.has_outcome(outcome))
    }

    pub(super) fn has_outcome(self, outcome: &ByDestination) -> bool {
        self.is(outcome.action, outcome.trace.experience)
    }

    /// Its name for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Pass | Self::Drop | Self::Reject => self.action().word(),
        }
    }

    /// Whether an outcome is the one wanted.
    pub(super) fn is(self, action: Option<Action>, experience: Experience) -> bool {
        match (self, action) {
            (_, None) => false,
            (Self::Pass, Some(action)) => action == Action::Pass && experience == Experience::Works,
            (Self::Block, Some(action)) => action.blocks(),
            (Self::Drop | Self::Reject, Some(action)) => action == self.action(),
        }
    }

    /// Whether a row that does this could give it.
    pub(super) fn by_row(self, action: Action) -> bool {
        match self {
            Self::Block => action.blocks(),
            Self::Pass | Self::Drop | Self::Reject => action == self.action(),
        }
    }

    /// What a row must do to give it.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Pass => Action::Pass,
            Self::Block | Self::Drop => Action::Drop,
            Self::Reject => Action::Reject,
        }
    }
}
