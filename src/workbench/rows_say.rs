use std::cell::OnceCell;

use super::answer::{Answer, ByDestination, numbered};
use super::closest::closest_miss;
use crate::analysis::{ByHand, Intent, intent};
use crate::compile::Compiled;
use crate::eval::{Sight, Verdict};
use crate::messages::{Text, verdict as say};
use crate::net::{Request, RuleOrder, Sid};
use crate::policy::{Policy, RulePlace};

/// What rows say about a request that did not decide it. All rows are looked through for it, which takes long where there are
/// many: so it may be of the policy before, or not be there yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowsSay {
    /// Whether they were looked through.
    pub looked: Looked,
    /// Whether the engine decides as reading the rows from top to bottom would.
    pub order: OrderOfTest,
    /// The closest miss, if there is one: which rule would have decided otherwise, and what it lacks.
    pub closest: Option<Text>,
    /// The rule that is the closest miss.
    pub closest_row: Option<RulePlace>,
}

/// Whether the order of the rows is kept for a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OrderOfTest {
    /// It means nothing, or cannot be told: of what stateless rules take away, of what is not known of rows or verdict.
    #[default]
    NotKnown,
    /// It is.
    Kept,
    /// It is not; what reading them would give.
    Lost(Text),
}

impl OrderOfTest {
    /// What reading the rows would give, where the engine decides otherwise.
    #[must_use]
    pub const fn lost(&self) -> Option<&Text> {
        match self {
            Self::Lost(text) => Some(text),
            Self::Kept | Self::NotKnown => None,
        }
    }
}

/// Whether the rows of a policy were looked through for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Looked {
    /// Not for this request.
    #[default]
    NotYet,
    /// Those of the policy before its last change.
    Before,
    /// Those of the policy as it is.
    Now,
}

impl RowsSay {
    /// The same, kept for a policy whose rows nobody looked through yet. Rows may have moved.
    #[must_use]
    pub fn outdated(&self) -> Self {
        match self.looked {
            Looked::NotYet => Self::default(),
            Looked::Before | Looked::Now => {
                Self { looked: Looked::Before, closest_row: None, ..self.clone() }
            }
        }
    }
}

/// Looks through all rows for what they say about a request that was answered.
#[must_use]
pub fn look_through(policy: &Policy, compiled: &Compiled, answer: &Answer) -> RowsSay {
    let (request, first) = (&answer.request, answer.first());
    let closest = closest_miss(policy, compiled, request, first);
    let (closest_row, closest) = closest.unzip();
    let order = order_of(policy, compiled, request, first).unwrap_or_default();
    RowsSay { looked: Looked::Now, order, closest, closest_row }
}

/// Compares the engine's packet by packet with first match on the request; nothing where that cannot be told.
fn order_of(
    policy: &Policy,
    compiled: &Compiled,
    request: &Request,
    outcome: &ByDestination,
) -> Option<OrderOfTest> {
    // Of what stateless rules take away the stateful rows have no say.
    let by_rows = match outcome.trace.verdict {
        Verdict::Decided { .. } | Verdict::Unmatched | Verdict::Undetermined { .. } => {
            outcome.trace.sight == Sight::Whole
        }
        Verdict::Stateless { .. } | Verdict::Midstream { .. } | Verdict::Unseen { .. } => false,
    };
    if policy.rule_order != RuleOrder::Strict || !by_rows {
        return None;
    }
    let rows = OnceCell::new();
    let by_hand =
        |place: RulePlace| rows.get_or_init(|| ByHand::of(compiled, &outcome.trace)).at(place);
    let dst = outcome.set.first()?;
    let meant = intent(policy, request, dst, &by_hand);
    if meant.action()? == outcome.action? {
        return Some(OrderOfTest::Kept);
    }
    let (row, action) = match meant {
        Intent::Row(place, action) => {
            let name = numbered(policy, place, Sid(0));
            (say::rule(&name.group, &name.name, name.number), action)
        }
        Intent::Default(action) => {
            let drop = policy.default_actions.iter().find(|d| d.is_drop());
            (say::default_action(drop.map_or("none", |d| d.word())), action)
        }
        Intent::Unknown(_) => return None,
    };
    Some(OrderOfTest::Lost(say::order_lost(&row, action.word())))
}
