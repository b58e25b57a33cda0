use std::sync::Arc;

use super::lesson::{Ask, Fate, Outcome};
use crate::analysis::evaluator;
use crate::compile::{Compiled, compile};
use crate::eval::{Evaluator, Experience};
use crate::messages::{Text, learn as say};
use crate::net::Request;
use crate::policy::{Document, Policy};
use crate::workbench::{Answer, ByDestination, Decider, answer, is_by, variants};

/// What the engine makes of a lesson's request.
#[derive(Debug, Clone)]
pub struct Got {
    /// The answer for a usual client.
    pub answer: Answer,
    /// What becomes of the request as the lesson's client sends it.
    pub outcome: ByDestination,
    /// The policy it was asked of, compiled.
    pub compiled: Arc<Compiled>,
}

/// Asks `document` what becomes of a request.
///
/// # Errors
/// Why it cannot be asked, or has no single answer.
pub fn got(document: &Document, ask: &Ask) -> Result<Got, Text> {
    let compiled = Arc::new(compile(document.policy()));
    got_of(document.policy(), &compiled, &evaluator(&compiled), ask)
}

/// The same for a policy that is compiled already.
pub(super) fn got_of(
    policy: &Policy,
    compiled: &Arc<Compiled>,
    evaluator: &Evaluator,
    ask: &Ask,
) -> Result<Got, Text> {
    let request =
        Request::parse(&ask.from, &ask.url, ask.dst.as_deref()).map_err(|error| error.words())?;
    let answer = answer(policy, compiled, evaluator, &request);
    if answer.depends {
        return Err(say::depends());
    }
    let outcome = match ask.client {
        None => answer.first().clone(),
        Some(client) => variants(policy, compiled, evaluator, &answer)
            .into_iter()
            .find(|other| other.variant == client)
            .map(|other| other.outcome)
            .ok_or_else(|| say::client_does_not_fit(client.word(), &ask.url))?,
    };
    Ok(Got { answer, outcome, compiled: Arc::clone(compiled) })
}

impl Got {
    /// What happened, as lessons ask for it; nothing where it cannot be told.
    #[must_use]
    pub fn fate(&self) -> Option<Fate> {
        match (self.outcome.trace.experience, self.outcome.action?) {
            (Experience::CannotTell, _) => None,
            (Experience::HalfWorks, _) => Some(Fate::Half),
            (_, action) => Some(Fate::of(action)),
        }
    }

    /// Whether this is what the engine says.
    #[must_use]
    pub fn is(&self, outcome: &Outcome) -> bool {
        self.fate() == Some(outcome.fate) && is_by(&self.outcome.decider, &outcome.by)
    }

    /// The rules that write a log line, by name, each once, in the order of their lines.
    #[must_use]
    pub fn logs(&self, document: &Document) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let policy = document.policy();
        for sid in self.outcome.trace.packets.iter().flat_map(|packet| &packet.logged) {
            let name = match crate::workbench::decider(policy, &self.compiled, *sid) {
                Decider::Rule(rule) => rule.name,
                Decider::Default(_)
                | Decider::Unmatched
                | Decider::Stateless(_)
                | Decider::StatelessDefault(_)
                | Decider::StreamException(_)
                | Decider::Undetermined(_) => "default".to_owned(),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}
