//! Logs held against the policy: which ones, how far it has come, what was counted. They are read beside the screen.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fmt, thread};

use super::action::{Action, Heard, ToLogs};
use super::app::App;
use super::beside::Beside;
use super::effect::Effect;
use super::overlay::{LogFilesForm, LogsView, Overlay, SuggestionView};
use super::worker::{Job, Reply};
use crate::compile::Compiled;
use crate::eval::Evaluator;
use crate::messages::{Text, Words, logs_pane as say, screen, suggest as proposal};
use crate::policy::{Document, Edit, Policy};
use crate::replay::{Bounds, Judge, Log, Progress, Replaying, Report, Tally, replay, suggest};
use crate::workbench::TextDiff;

/// How often the screen is told how far it has come.
const TOLD: Duration = Duration::from_millis(200);
/// Unreadable lines that are kept.
const UNREADABLE: usize = 200;

/// What the screen remembers of logs.
#[derive(Debug, Default)]
pub struct Logs {
    /// The logs.
    pub files: Vec<Log>,
    /// The reading that goes on.
    pub run: Option<Run>,
    /// What was counted last.
    pub counted: Option<Arc<Counted>>,
    /// Where one is in the pane.
    pub view: LogsView,
    /// While rules are being made: ends it when it is set.
    pub suggesting: Option<Arc<AtomicBool>>,
    runs: u64,
}

/// A reading that goes on.
#[derive(Debug)]
pub struct Run {
    number: u64,
    stop: Arc<AtomicBool>,
    /// When it began.
    pub begun: Instant,
    /// How far it has come.
    pub progress: Option<Progress>,
}

impl Run {
    /// One that began then and has come so far.
    #[cfg(test)]
    pub fn at(begun: Instant, progress: Option<Progress>) -> Self {
        Self { number: 0, stop: Arc::default(), begun, progress }
    }

    /// Whether it was told to end.
    #[must_use]
    pub fn is_ending(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// What was counted.
pub struct Counted {
    number: u64,
    /// The revision of the policy that the logs were held against.
    revision: u64,
    /// The requests.
    pub tally: Tally,
    /// Sums and lists of them.
    pub report: Report,
}

impl fmt::Debug for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counted").field("number", &self.number).finish_non_exhaustive()
    }
}

impl Eq for Counted {}

/// Two are the same when they came of the same reading.
impl PartialEq for Counted {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

/// What became of making rules of logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Rules.
    Rules(Box<Proposal>),
    /// There is nothing to propose.
    Nothing,
    /// They do not go into the policy, for this reason.
    Cannot(Text),
    /// It was ended before.
    Ended,
}

/// Rules made of logs, to be reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The revision of the policy that they are for.
    pub revision: u64,
    /// What there is to know of them.
    pub notes: Vec<Text>,
    /// What they change in the policy's text.
    pub diff: TextDiff,
    /// The edit that adds them.
    pub edit: Edit,
}

impl Logs {
    /// Whether what was counted is about the policy at this revision.
    #[must_use]
    pub fn is_stale(&self, revision: u64) -> bool {
        self.counted.as_ref().is_some_and(|counted| counted.revision != revision)
    }
}

/// Does something with logs.
pub fn act(app: &mut App, what: ToLogs) -> Vec<Effect> {
    match what {
        ToLogs::Show if app.logs.run.is_none() && app.logs.counted.is_none() => ask(app),
        ToLogs::Show => app.overlays.push(Overlay::Logs),
        ToLogs::Ask => ask(app),
        ToLogs::Again => return vec![Effect::ReadLogs],
        ToLogs::Stop if stop_suggesting(app) => {}
        ToLogs::Stop => {
            if let Some(run) = &app.logs.run {
                run.stop.store(true, Ordering::Relaxed);
            }
        }
        ToLogs::Blocked => {
            if let Some(counted) = &app.logs.counted {
                app.logs.view.look_at_blocked(counted);
            }
        }
        ToLogs::Suggest => {
            app.logs.suggesting = Some(Arc::default());
            app.say(say::SUGGESTING);
            return vec![Effect::SuggestRules];
        }
    }
    Vec::new()
}

fn ask(app: &mut App) {
    app.overlays.push(Overlay::LogFiles(LogFilesForm::new(&app.logs.files)));
}

/// Why something cannot be done with logs now.
#[must_use]
pub fn cannot(app: &App, what: ToLogs) -> Option<Words> {
    let logs = &app.logs;
    match what {
        ToLogs::Show | ToLogs::Ask => None,
        ToLogs::Again if logs.run.is_some() => Some(say::why::RUNS),
        ToLogs::Again => logs.files.is_empty().then_some(say::why::NO_LOGS),
        ToLogs::Stop => {
            (logs.run.is_none() && logs.suggesting.is_none()).then_some(say::why::RUNS_NOT)
        }
        ToLogs::Blocked => logs.counted.is_none().then_some(say::why::NO_LOGS),
        ToLogs::Suggest if logs.run.is_some() => Some(say::why::RUNS),
        ToLogs::Suggest if logs.suggesting.is_some() => Some(say::SUGGESTING),
        ToLogs::Suggest if logs.is_stale(app.session.revision()) => Some(say::SUGGESTION_STALE),
        ToLogs::Suggest => logs.counted.is_none().then_some(say::why::NO_LOGS),
    }
}

/// What logs are held against.
struct Against {
    number: u64,
    revision: u64,
    policy: Arc<Policy>,
    compiled: Arc<Compiled>,
    evaluator: Arc<Evaluator>,
}

/// Reads the logs anew, against the policy as it is; a reading that goes on ends.
pub fn read(app: &mut App, beside: &mut Beside) {
    let App { session, logs, .. } = app;
    if let Some(run) = &logs.run {
        run.stop.store(true, Ordering::Relaxed);
    }
    logs.runs += 1;
    stop_job(logs);
    let stop = Arc::new(AtomicBool::new(false));
    let of_job = Arc::clone(&stop);
    logs.run = Some(Run { number: logs.runs, stop, begun: Instant::now(), progress: None });
    let derived = session.derived();
    let against = Against {
        number: logs.runs,
        revision: session.revision(),
        policy: Arc::clone(session.shared_policy()),
        compiled: Arc::clone(&derived.compiled),
        evaluator: Arc::clone(&derived.evaluator),
    };
    let (files, tell) = (logs.files.clone(), beside.tell().cloned());
    let job: Job = Box::new(move |_| {
        let counted = catch_unwind(AssertUnwindSafe(|| against.count(&files, &of_job, tell)));
        let counted = counted.ok().map(Arc::new);
        Action::Heard(Heard::Counted(against.number, counted))
    });
    beside.logs.give(job, Duration::ZERO);
}

impl Against {
    fn count(&self, logs: &[Log], stop: &AtomicBool, tell: Option<Reply>) -> Counted {
        let judge = Judge::new(&self.policy, &self.compiled, &self.evaluator);
        // One processor is left to the keyboard.
        let threads = thread::available_parallelism().map_or(1, |all| all.get() - 1).max(1);
        let bounds = Bounds { unreadable: UNREADABLE, ..Bounds::default() };
        let replaying = Replaying { logs, now: &judge, before: None, threads, bounds, stop };
        let mut told = Instant::now();
        let tally = replay(replaying, &mut |progress| {
            if let Some(tell) = &tell
                && told.elapsed() >= TOLD
            {
                told = Instant::now();
                tell(Action::Heard(Heard::Reading(self.number, progress)));
            }
        });
        let tally = tally.settled();
        let report = Report::of(&tally);
        Counted { number: self.number, revision: self.revision, tally, report }
    }
}

/// Takes in how far a reading has come.
pub fn goes_on(app: &mut App, number: u64, progress: Progress) {
    if let Some(run) = app.logs.run.as_mut().filter(|run| run.number == number) {
        run.progress = Some(progress);
    }
}

/// Takes in what was counted; `None`: it broke off. What came of an earlier reading is dropped.
pub fn counted(app: &mut App, number: u64, counted: Option<Arc<Counted>>) {
    if app.logs.run.as_ref().is_none_or(|run| run.number != number) {
        return;
    }
    app.logs.run = None;
    let Some(counted) = counted else { return app.fail(screen::WORK_BROKE) };
    app.logs.view.counted(&counted);
    app.logs.counted = Some(counted);
    if !app.overlays.iter().any(|overlay| matches!(overlay, Overlay::Logs)) {
        app.say(say::DONE);
    }
}

/// Ends the making of rules; returns whether there was any.
pub fn stop_suggesting(app: &mut App) -> bool {
    let ended = stop_job(&mut app.logs);
    if ended {
        app.say(say::SUGGESTING_ENDED);
    }
    ended
}

/// The same without a word.
pub fn stop_job(logs: &mut Logs) -> bool {
    let Some(stop) = logs.suggesting.take() else { return false };
    stop.store(true, Ordering::Relaxed);
    true
}

/// Has rules made of what was counted.
pub fn make_rules(app: &App, beside: &mut Beside) {
    let Logs { counted: Some(counted), suggesting: Some(stop), .. } = &app.logs else { return };
    let (counted, stop) = (Arc::clone(counted), Arc::clone(stop));
    let (document, revision) = (app.session.document().clone(), app.session.revision());
    let job: Job = Box::new(move |_| {
        let made = propose(&counted.tally, &document, revision, &stop);
        Action::Heard(Heard::Proposed(revision, made))
    });
    beside.logs.give(job, Duration::ZERO);
}

fn propose(tally: &Tally, document: &Document, revision: u64, stop: &AtomicBool) -> Made {
    let found = suggest(tally, document, stop);
    match found {
        // Whoever ended it may have begun another since.
        _ if stop.load(Ordering::Relaxed) => Made::Ended,
        Err(error) => Made::Cannot(error.words()),
        Ok(None) => Made::Nothing,
        Ok(Some(found)) => Made::Rules(Box::new(Proposal {
            revision,
            notes: found.notes(),
            diff: TextDiff::of(document.text(), found.document.text()),
            edit: found.edit(),
        })),
    }
}

/// Shows rules that were made; where the pane is not open any more, says that they are there.
pub fn proposed(app: &mut App, revision: u64, made: Made) {
    if made == Made::Ended || app.logs.suggesting.take().is_none() {
        return;
    }
    match made {
        _ if revision != app.session.revision() => app.fail(say::SUGGESTION_STALE),
        Made::Ended => {}
        Made::Cannot(why) => app.fail(why),
        Made::Nothing => app.say(proposal::nothing()),
        Made::Rules(found) if matches!(app.overlays.last(), Some(Overlay::Logs)) => {
            app.status = None;
            app.overlays.push(Overlay::Suggestion(SuggestionView::new(*found)));
        }
        Made::Rules(_) => app.say(say::SUGGESTED),
    }
}

/// Puts the rules into the policy, as one edit.
pub fn take_rules(app: &mut App, proposal: &Proposal) {
    if proposal.revision == app.session.revision() {
        app.apply(&proposal.edit);
    } else {
        app.fail(say::SUGGESTION_STALE);
    }
}
