//! What is computed beside the screen: which state of the policy it was computed from, and what is still to be done.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::action::{Action, Heard};
use super::app::App;
use super::effect::Effect;
use super::logs;
use super::opinion::{self, AskEngine};
use super::overlay::{self, Overlay};
use super::pane::rules::Spot;
use super::worker::{AtEnd, Job, Reply, Worker};
use crate::analysis::Compared;
use crate::messages::screen as say;
use crate::net::Request;
use crate::policy::Policy;
use crate::workbench::{Answer, Derived, Findings, FlowsChanged, Looked, completed, find};

/// A state of the policy: a revision, and what is carried, and to where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// How often the policy was changed.
    pub revision: u64,
    /// What is carried, and to where.
    pub carried: Option<(u64, Spot)>,
}

/// What has been asked for.
#[derive(Debug, Default)]
pub struct Asked {
    /// The state that findings were last looked for in.
    findings: Option<Version>,
    /// The state and the request that rows were last looked through for.
    rows: Option<(Version, Request)>,
    /// The state whose changed flows were last counted.
    flows: Option<Version>,
}

/// The workers, and when their work is done.
pub struct Beside {
    /// Looks for findings.
    pub findings: Worker,
    /// Looks through the rows for what they say about the test.
    pub rows: Worker,
    /// Searches for what would change a verdict.
    pub offers: Worker,
    /// Answers who reaches what.
    pub access: Worker,
    /// Counts the flows that a carried row changes.
    pub flows: Worker,
    /// Asks the real engine.
    pub opinion: Worker,
    /// Reads logs, and makes rules of them.
    pub logs: Worker,
    /// Where a job tells how far it has come.
    tell: Option<Reply>,
    engine: Option<AskEngine>,
    pace: Pace,
}

/// When work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// Before the next picture.
    AtOnce,
    /// When [`Beside::work`] is called.
    Held,
    /// While the screen goes on.
    Meanwhile,
}

impl Beside {
    /// All work is done before the next picture: the same keys give the same pictures.
    #[must_use]
    pub fn at_once() -> Self {
        Self {
            findings: Worker::Held(None),
            rows: Worker::Held(None),
            offers: Worker::Held(None),
            access: Worker::Held(None),
            flows: Worker::Held(None),
            opinion: Worker::Held(None),
            logs: Worker::Held(None),
            tell: None,
            engine: None,
            pace: Pace::AtOnce,
        }
    }

    /// Nothing is done until [`Screen::settle`](super::Screen::settle).
    #[must_use]
    pub fn held() -> Self {
        Self { pace: Pace::Held, ..Self::at_once() }
    }

    /// The work is done on threads, while the screen goes on.
    #[must_use]
    pub(super) fn meanwhile(reply: &Reply) -> Self {
        Self {
            findings: Worker::beside(Arc::clone(reply), AtEnd::Abandon),
            rows: Worker::beside(Arc::clone(reply), AtEnd::Abandon),
            offers: Worker::beside(Arc::clone(reply), AtEnd::Abandon),
            access: Worker::beside(Arc::clone(reply), AtEnd::Abandon),
            flows: Worker::beside(Arc::clone(reply), AtEnd::Abandon),
            // The engine must not outlive the workbench, nor leave its files behind.
            opinion: Worker::beside(Arc::clone(reply), AtEnd::Wait),
            logs: Worker::beside(Arc::clone(reply), AtEnd::Abandon),
            tell: Some(Arc::clone(reply)),
            engine: None,
            pace: Pace::Meanwhile,
        }
    }

    /// The same, with an engine to ask for a second opinion.
    #[must_use]
    pub fn with_engine(mut self, engine: AskEngine) -> Self {
        self.engine = Some(engine);
        self
    }

    /// The engine to ask.
    pub(super) const fn engine(&self) -> Option<&AskEngine> {
        self.engine.as_ref()
    }

    /// Where a job tells how far it has come; nothing where nobody looks meanwhile.
    pub(super) const fn tell(&self) -> Option<&Reply> {
        self.tell.as_ref()
    }

    /// Whether work is done before the next picture.
    pub(super) fn is_at_once(&self) -> bool {
        self.pace == Pace::AtOnce
    }

    /// Does what is held.
    pub(super) fn work(&mut self) -> Vec<Action> {
        self.findings
            .work()
            .into_iter()
            .chain(self.rows.work())
            .chain(self.offers.work())
            .chain(self.access.work())
            .chain(self.flows.work())
            .chain(self.opinion.work())
            .chain(self.logs.work())
            .collect()
    }
}

impl fmt::Debug for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Beside").field("pace", &self.pace).finish_non_exhaustive()
    }
}

/// Takes in what work beside the screen came to.
pub fn hear(app: &mut App, heard: Heard) {
    match heard {
        Heard::Found { version, findings } => found(app, version, *findings),
        Heard::LookedThrough { version, answer } => looked_through(app, version, *answer),
        Heard::FlowsCounted { version, flows } => counted(app, version, flows),
        Heard::Offered { about, found } => overlay::offered(app, &about, *found),
        Heard::Answered { about, answer } => overlay::answered(app, &about, *answer),
        Heard::Told(opinion) => opinion::told(app, *opinion),
        Heard::Reading(number, progress) => logs::goes_on(app, number, progress),
        Heard::Counted(number, counted) => logs::counted(app, number, counted),
        Heard::Proposed(revision, found) => logs::proposed(app, revision, found),
        Heard::Broke => {
            logs::stop_job(&mut app.logs);
            app.fail(say::WORK_BROKE);
        }
    }
}

/// What is to be begun beside the screen as things stand.
pub fn due(app: &mut App) -> Vec<Effect> {
    let offers = overlay::offers_due(app);
    let access = overlay::access_due(app);
    let flows = flows_due(app);
    let rows = rows_due(app);
    rows.into_iter()
        .chain(findings_due(app))
        .chain(offers)
        .chain(access)
        .chain(flows)
        .chain(opinion::due(app))
        .collect()
}

/// Asks once for what is wanted. Where nothing is, it is forgotten what was asked: whatever comes back is asked anew.
fn once<K: PartialEq>(asked: &mut Option<K>, wanted: Option<K>, effect: Effect) -> Option<Effect> {
    if *asked == wanted {
        return None;
    }
    *asked = wanted;
    asked.is_some().then_some(effect)
}

fn flows_due(app: &mut App) -> Option<Effect> {
    let version = app.version();
    let open = app.panes.rules.carry.as_ref().is_some_and(|carry| carry.flows.is_none());
    let wanted = (open && version.carried.is_some()).then_some(version);
    once(&mut app.asked.flows, wanted, Effect::CountFlows)
}

/// Counts the flows that change if what is in the air were put down.
pub fn count_flows(app: &App, beside: &mut Beside) {
    let version = app.version();
    let side = |(policy, derived): (&Arc<Policy>, &Derived)| {
        (Arc::clone(policy), Arc::clone(&derived.compiled), Arc::clone(&derived.evaluator))
    };
    let before = side((app.session.shared_policy(), app.session.derived()));
    let after = side(app.shown());
    let job: Job = Box::new(move |_| {
        let [before, after] = [&before, &after].map(|(policy, compiled, evaluator)| Compared {
            policy,
            compiled,
            evaluator,
        });
        Action::Heard(Heard::FlowsCounted { version, flows: FlowsChanged::between(before, after) })
    });
    beside.flows.give(job, Duration::ZERO);
}

/// Takes in how many flows change; what is about another state than the one shown is dropped.
fn counted(app: &mut App, version: Version, flows: FlowsChanged) {
    if version == app.version()
        && let Some(carry) = &mut app.panes.rules.carry
    {
        carry.flows = Some(flows);
    }
}

fn rows_due(app: &mut App) -> Option<Effect> {
    let version = app.version();
    let known = |answer: &Answer| answer.whole && answer.rows.looked == Looked::Now;
    let answer = app.shown().1.answer().filter(|answer| !known(answer));
    let wanted = answer.map(|answer| (version, answer.request.clone()));
    once(&mut app.asked.rows, wanted, Effect::LookThroughRows)
}

/// Looks for what is not known yet of the answer to the test: what the rows say, and what becomes of it at other servers.
pub fn look_through_rows(app: &App, beside: &mut Beside) {
    let version = app.version();
    let (policy, derived) = app.shown();
    let Some(answer) = derived.answer().cloned() else { return };
    let policy = Arc::clone(policy);
    let (compiled, evaluator) = (Arc::clone(&derived.compiled), Arc::clone(&derived.evaluator));
    let job: Job = Box::new(move |_| {
        let answer = Box::new(completed(&policy, &compiled, &evaluator, answer));
        Action::Heard(Heard::LookedThrough { version, answer })
    });
    beside.rows.give(job, Duration::ZERO);
}

/// Takes in the whole answer; what is about another state or request than the one shown is dropped.
fn looked_through(app: &mut App, version: Version, answer: Answer) {
    if version != app.version() {
        return;
    }
    match &mut app.panes.rules.carry {
        Some(carry) if version.carried.is_some() => carry.looked_through(answer),
        _ => app.session.looked_through(version.revision, answer),
    }
}

fn findings_due(app: &mut App) -> Option<Effect> {
    let version = app.version();
    let wanted = (!app.shown().1.findings.is_current()).then_some(version);
    once(&mut app.asked.findings, wanted, Effect::LookForFindings)
}

/// Looks for findings in the policy that is shown.
pub fn look_for_findings(app: &App, beside: &mut Beside) {
    let version = app.version();
    let (policy, derived) = app.shown();
    let policy = Arc::clone(policy);
    let (compiled, evaluator) = (Arc::clone(&derived.compiled), Arc::clone(&derived.evaluator));
    let job: Job = Box::new(move |stop| {
        let findings = Box::new(find(&policy, &compiled, &evaluator, stop));
        Action::Heard(Heard::Found { version, findings })
    });
    beside.findings.give(job, Duration::ZERO);
}

/// Takes in what was found; what is about another state than the one shown is dropped.
fn found(app: &mut App, version: Version, findings: Findings) {
    if version != app.version() {
        return;
    }
    match &mut app.panes.rules.carry {
        Some(carry) if version.carried.is_some() => carry.found(findings),
        _ => app.session.found(version.revision, findings),
    }
    for overlay in &mut app.overlays {
        if let Overlay::Findings(view) = overlay {
            view.look(&app.session);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Edit, RulePlace};
    use crate::workbench::{Session, TestInput, refresh};

    const POLICY: &str = "sekisho: 1\nname: early\nrule_order: strict\ndefault_actions: [drop_established]\n\
        home_net: [10.0.0.0/8]\nrule_groups:\n  - name: first\n    priority: 100\n    rules:\n      \
        - {name: by-name, action: drop, from: any, to: [bad.example]}\n      - name: early\n        \
        suricata: 'pass tcp $HOME_NET any -> any any (sid:20000;)'\n";

    fn app() -> App {
        App::new(Session::scratch(POLICY.to_owned()).unwrap())
    }

    fn findings() -> Findings {
        let document = crate::policy::Document::read(POLICY.to_owned()).unwrap();
        refresh(&document, &TestInput::default(), 0).findings
    }

    #[test]
    fn findings_of_another_state_are_dropped() {
        let mut app = app();
        let asked = app.version();
        assert_eq!(due(&mut app), [Effect::LookForFindings]);
        assert_eq!(due(&mut app), [], "asked for already");
        let place = RulePlace { group: 0, rule: 0 };
        assert!(app.apply(&Edit::RemoveRule { at: place }));
        assert_eq!(due(&mut app), [Effect::LookForFindings]);
        found(&mut app, asked, findings());
        assert!(!app.session.derived().findings.is_current());
        assert_eq!(app.session.derived().findings.all().count(), 0);

        let now = app.version();
        found(&mut app, now, findings());
        assert!(app.session.derived().findings.is_current());
        assert_eq!(due(&mut app), []);
    }

    #[test]
    fn looked_for_is_what_is_shown() {
        let mut app = app();
        let mut beside = Beside::held();
        look_for_findings(&app, &mut beside);
        let done = beside.work();
        let [Action::Heard(Heard::Found { version, findings: same })] = &done[..] else {
            panic!("{done:?}")
        };
        assert_eq!((*version, &**same), (app.version(), &findings()));
        assert!(same.all().count() > 0);
        found(&mut app, *version, (**same).clone());
        assert!(app.session.derived().findings.is_current());
    }
}
