//! The real engine's opinion about the cases, as far as it is known. It is asked beside the screen.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::action::{Action, Heard};
use super::app::App;
use super::beside::Beside;
use super::effect::Effect;
use super::theme::Role;
use super::worker::Job;
use crate::compile::Compiled;
use crate::eval::Evaluator;
use crate::messages::{Text, screen, verify as say};
use crate::net::{RuleOrder, Sid};
use crate::policy::Policy;
use crate::second_opinion::{
    Asking, Detail, Engine, EngineError, OfCases, Question, Report, Standing, questions_of, verify,
};
use crate::suricata::Ruleset;
use crate::workbench::decider;

/// How long the policy must have been left alone before the engine is asked anew. Keys that belong together (a rule
/// moved up three places) come faster than this; asking costs a second processor for about as long.
const QUIET: Duration = Duration::from_secs(1);

/// Asks an engine: rules, our evaluator of them, the questions, and a flag that says when nobody waits any more.
pub type AskEngine = Arc<
    dyn Fn(&Ruleset, &Evaluator, &[Question], &AtomicBool) -> Result<Report, EngineError>
        + Send
        + Sync,
>;

/// Asks an installed Suricata.
#[must_use]
pub fn ask_installed(engine: Engine) -> AskEngine {
    Arc::new(move |ruleset, evaluator, questions, stop| {
        let asking = Asking { stop: Some(stop), ..Asking::default() };
        verify(ruleset, evaluator, questions, &engine, asking)
    })
}

/// What the engine said, or why it said nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// The revision of the policy that it is about.
    pub revision: u64,
    /// How it stands.
    pub kind: Kind,
    /// It in a line.
    pub text: Text,
    /// It in less.
    pub short: Text,
    /// Everything there is to say about it.
    pub details: Vec<Detail>,
}

/// How an opinion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is ours.
    Agrees,
    /// It is another.
    Differs,
    /// Stock Suricata cannot be asked about these rules.
    NotVerifiable,
    /// There is no engine.
    Missing,
    /// The engine failed or hung.
    Failed,
}

/// The second opinion, as the screen remembers it.
#[derive(Debug, Default)]
pub struct SecondOpinion {
    /// Whether there is anybody to ask.
    pub is_asked: bool,
    /// What was said last, maybe about the policy before.
    pub told: Option<Opinion>,
    /// The revision that is being asked about, or was.
    asked: Option<u64>,
}

impl Kind {
    /// Its role on the screen.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::Agrees => Role::Pass,
            Self::Differs => Role::Error,
            Self::NotVerifiable => Role::Unknown,
            Self::Missing => Role::Muted,
            Self::Failed => Role::Changed,
        }
    }
}

/// Asks the engine, or leaves it alone, as things stand: never while a rule is carried, and not without cases.
pub fn due(app: &mut App) -> Option<Effect> {
    let carried = app.panes.rules.carry.is_some();
    let idle = carried || app.session.policy().cases.is_empty();
    let revision = app.session.revision();
    let second = &mut app.second;
    if !second.is_asked || (!idle && second.asked == Some(revision)) {
        return None;
    }
    if !idle {
        let first = second.asked.is_none() && second.told.is_none();
        second.asked = Some(revision);
        return Some(Effect::AskEngine { quiet: if first { Duration::ZERO } else { QUIET } });
    }
    let known = second.told.as_ref().is_some_and(|told| Some(told.revision) == second.asked);
    if second.asked.is_none() || known {
        return None;
    }
    second.asked = None;
    Some(Effect::LeaveEngine)
}

/// Asks about the cases of the policy once it has been left alone for as long as `quiet`.
pub fn ask(app: &App, beside: &mut Beside, quiet: Duration) {
    let Some(engine) = beside.engine().cloned() else { return };
    let (session, derived) = (&app.session, app.session.derived());
    let subject = Subject {
        revision: session.revision(),
        policy: Arc::clone(session.shared_policy()),
        compiled: Arc::clone(&derived.compiled),
        evaluator: Arc::clone(&derived.evaluator),
    };
    let job: Job =
        Box::new(move |stop| Action::Heard(Heard::Told(Box::new(subject.ask(&engine, stop)))));
    beside.opinion.give(job, quiet);
}

/// Takes in what the engine said; about another policy than that of now it is dropped.
pub fn told(app: &mut App, opinion: Opinion) {
    if opinion.revision == app.session.revision() {
        app.second.told = Some(opinion);
    }
}

/// What the engine is asked about.
struct Subject {
    revision: u64,
    policy: Arc<Policy>,
    compiled: Arc<Compiled>,
    evaluator: Arc<Evaluator>,
}

impl Subject {
    fn ask(&self, engine: &AskEngine, stop: &AtomicBool) -> Opinion {
        let OfCases { questions, left_out } = questions_of(&self.policy.cases, &self.evaluator);
        let mut opinion = match engine(&self.compiled.ruleset, &self.evaluator, &questions, stop) {
            Ok(report) => self.of_report(&report),
            Err(error) => self.of_error(&error),
        };
        let left_out = left_out.iter().map(|(case, why)| say::left_out(case, &why.words()));
        opinion.details.extend(left_out.map(|head| Detail { head, below: Vec::new() }));
        opinion
    }

    fn of_report(&self, report: &Report) -> Opinion {
        let name = |sid: Sid| decider(&self.policy, &self.compiled, sid).words();
        let mut details = report.details(&name);
        let (kind, how) = match (report.standing(), report.order) {
            (Standing::NotVerifiable, _) => (Kind::NotVerifiable, None),
            (standing, order) => {
                let differs = standing == Standing::Differs;
                let how = match order {
                    RuleOrder::Strict => say::STRICT,
                    RuleOrder::Action => say::ACTION,
                };
                (if differs { Kind::Differs } else { Kind::Agrees }, Some(how))
            }
        };
        details.extend(how.map(|how| Detail { head: how.into(), below: Vec::new() }));
        Opinion {
            revision: self.revision,
            kind,
            text: report.summary(),
            short: report.short(),
            details,
        }
    }

    fn of_error(&self, error: &EngineError) -> Opinion {
        let (kind, text, short) = match error {
            EngineError::Missing { .. } => (Kind::Missing, say::missing(), say::missing_short()),
            EngineError::Hung { .. } => (Kind::Failed, say::hung(), say::no_opinion_short()),
            EngineError::Failed { .. } | EngineError::File { .. } | EngineError::Stopped => {
                (Kind::Failed, say::failed(), say::no_opinion_short())
            }
        };
        let mut details = error.details();
        if kind == Kind::Missing {
            details.truncate(1);
            details.push(Detail { head: say::install_here(), below: Vec::new() });
        }
        Opinion { revision: self.revision, kind, text, short, details }
    }
}

impl SecondOpinion {
    /// What the title says, and whether that is about the policy of now; `short`: in less room.
    #[must_use]
    pub fn line(&self, app: &App, short: bool) -> Option<(Text, Role)> {
        if !self.is_asked {
            return None;
        }
        if app.session.policy().cases.is_empty() {
            return Some((say::no_cases(short), Role::Muted));
        }
        let Some(told) = &self.told else { return Some((say::asking(), Role::Muted)) };
        let text = if short { &told.short } else { &told.text };
        let text = match told.kind {
            Kind::Differs | Kind::NotVerifiable => say::shown_by_key(text),
            Kind::Agrees | Kind::Missing | Kind::Failed => text.clone(),
        };
        if self.is_current(app) {
            Some((text, told.kind.role()))
        } else {
            Some((screen::stale(&text), Role::Muted))
        }
    }

    /// Whether what was said is about the policy that is shown.
    #[must_use]
    pub fn is_current(&self, app: &App) -> bool {
        let revision = app.session.revision();
        app.panes.rules.carry.is_none()
            && self.told.as_ref().is_some_and(|told| told.revision == revision)
    }

    /// Whether there is no engine, and how to get one is worth a word.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.told.as_ref().is_some_and(|told| told.kind == Kind::Missing)
    }
}
