//! What becomes of a class of flows.

use crate::compile::{Compiled, Origin};
use crate::eval::{By, Experience, Gist};
use crate::net::Action;

/// What becomes of flows, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fate {
    /// What the client gets; where `unless` names something, what it gets if that stays out of it.
    pub outcome: Outcome,
    /// Who decided; `None`: no rule matched.
    pub by: Option<Decider>,
    /// Who could decide otherwise, and it cannot be told: managed groups, rules with conditions that are not modelled.
    pub unless: Vec<Decider>,
}

/// What the client gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It works.
    Pass,
    /// It times out.
    Drop,
    /// It is reset.
    Reject,
    /// The request gets through, and answers are lost.
    Half,
    /// Nobody knows.
    Unknown,
}

/// Where a decision comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decider {
    /// A rule of the policy: its group and its place there.
    Rule(usize, usize),
    /// The default action, or the rules that speak for it.
    Default,
    /// A rule group that others keep.
    Managed(usize),
    /// A stateless rule: its group and its place there.
    Stateless(usize, usize),
    /// The default action of the stateless rules.
    StatelessDefault,
    /// The stream exception policy: the engine does not see the connection begin.
    StreamException,
    /// Stateless rules take packets away, and nobody knows what the engine makes of the rest.
    Unseen,
}

impl Outcome {
    /// The word of rules and of `--expect`; half of it is its own word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Drop => "drop",
            Self::Reject => "reject",
            Self::Half => "half",
            Self::Unknown => "cannot tell",
        }
    }

    /// The action that has this outcome.
    #[must_use]
    pub const fn action(self) -> Option<Action> {
        match self {
            Self::Pass => Some(Action::Pass),
            Self::Drop => Some(Action::Drop),
            Self::Reject => Some(Action::Reject),
            Self::Half | Self::Unknown => None,
        }
    }
}

impl Fate {
    /// Whether it is known for certain.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        self.unless.is_empty()
    }
}

impl Decider {
    /// Where a rule comes from; behind the ruleset's end stand the stateless rules.
    pub(in crate::analysis) fn of(compiled: &Compiled, rule: usize) -> Self {
        let behind = || Self::stateless(compiled, rule.saturating_sub(compiled.origins.len()));
        compiled.origins.get(rule).map_or_else(behind, |origin| Self::from(*origin))
    }

    /// The stateless rule with this index.
    pub(in crate::analysis) fn stateless(compiled: &Compiled, rule: usize) -> Self {
        let place = compiled.stateless_origin(rule).map(|origin| origin.place);
        place.map_or(Self::StatelessDefault, |place| Self::Stateless(place.group, place.rule))
    }
}

impl From<Origin> for Decider {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Rule(place) => Self::Rule(place.group, place.rule),
            Origin::Preamble | Origin::Tail | Origin::DefaultAction => Self::Default,
            Origin::Managed(group) => Self::Managed(group),
        }
    }
}

/// What an evaluation says in these words.
pub(in crate::analysis) fn fate(compiled: &Compiled, gist: &Gist) -> Fate {
    let outcome = match gist.experience {
        Experience::Works => Outcome::Pass,
        Experience::TimesOut => Outcome::Drop,
        Experience::IsReset => Outcome::Reject,
        Experience::HalfWorks => Outcome::Half,
        Experience::CannotTell => Outcome::Unknown,
    };
    let by = match gist.by {
        By::Rule(rule) => Some(Decider::of(compiled, rule)),
        By::Nobody => None,
        By::Stateless(Some(rule)) => Some(Decider::stateless(compiled, rule)),
        By::Stateless(None) => Some(Decider::StatelessDefault),
        By::Midstream => Some(Decider::StreamException),
        By::Unseen => Some(Decider::Unseen),
    };
    let mut unless: Vec<Decider> =
        gist.because.iter().map(|rule| Decider::of(compiled, *rule)).collect();
    if outcome == Outcome::Unknown {
        unless.push(Decider::Unseen);
    }
    unless.sort_unstable();
    unless.dedup();
    Fate { outcome, by, unless }
}
