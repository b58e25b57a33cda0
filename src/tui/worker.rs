//! Work that takes longer than a keystroke may: done by a thread beside the screen, which goes on meanwhile.
//!
//! A worker does one job at a time. A new job replaces the one that waits and tells the one that runs to stop: only the
//! latest counts. What comes of a job is an action like a key's.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::action::{Action, Heard};

/// A job; it looks at the flag when it can stop half-way.
pub type Job = Box<dyn FnOnce(&AtomicBool) -> Action + Send>;

/// Where what comes of a job goes.
pub type Reply = Arc<dyn Fn(Action) + Send + Sync>;

/// The name of every worker's thread.
pub const THREAD: &str = "beside the screen";

/// What does jobs.
pub enum Worker {
    /// Keeps the latest job until it is asked for: then all happens in one order.
    Held(Option<Job>),
    /// Does them on a thread.
    Beside(Thread),
}

/// What becomes of the job that runs when the workbench is left. It is told to stop in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtEnd {
    /// Its end is waited for: it has something to put away.
    Wait,
    /// The process ends without it.
    Abandon,
}

/// A thread and what it shares with the screen.
pub struct Thread {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    at_end: AtEnd,
}

struct Shared {
    slot: Mutex<Slot>,
    changed: Condvar,
}

#[derive(Default)]
struct Slot {
    waiting: Option<(Job, Instant)>,
    running: Option<Arc<AtomicBool>>,
    closed: bool,
}

impl Worker {
    /// A thread that replies with what comes of its jobs.
    #[must_use]
    pub fn beside(reply: Reply, at_end: AtEnd) -> Self {
        let shared = Arc::new(Shared { slot: Mutex::default(), changed: Condvar::new() });
        let of_thread = Arc::clone(&shared);
        let run = move || of_thread.run(&reply);
        // Without a thread nothing is renewed, and says so.
        let thread = thread::Builder::new().name(THREAD.to_owned()).spawn(run).ok();
        Self::Beside(Thread { shared, thread, at_end })
    }

    /// Does `job` once nothing newer has come for as long as `quiet`.
    pub fn give(&mut self, job: Job, quiet: Duration) {
        match self {
            Self::Held(waiting) => *waiting = Some(job),
            Self::Beside(thread) => {
                thread.shared.replace(Some((job, Instant::now() + quiet)));
            }
        }
    }

    /// Forgets the job that waits and stops the one that runs.
    pub fn stop(&mut self) {
        match self {
            Self::Held(waiting) => *waiting = None,
            Self::Beside(thread) => thread.shared.replace(None),
        }
    }

    /// Begins with the job that waits, without waiting for quiet.
    pub fn hurry(&mut self) {
        if let Self::Beside(thread) = self {
            thread.shared.hurry();
        }
    }

    /// Does the job that is held, here and now.
    pub fn work(&mut self) -> Option<Action> {
        match self {
            Self::Held(waiting) => waiting.take().map(|job| job(&AtomicBool::new(false))),
            Self::Beside(_) => None,
        }
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.replace(None);
        if let Some(thread) = self.thread.take().filter(|_| self.at_end == AtEnd::Wait) {
            // It catches what a job panics with.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn replace(&self, waiting: Option<(Job, Instant)>) {
        let mut slot = self.lock();
        if let Some(stop) = &slot.running {
            stop.store(true, Ordering::Relaxed);
        }
        let before = mem::replace(&mut slot.waiting, waiting);
        drop(slot);
        drop(before);
        self.changed.notify_one();
    }

    fn hurry(&self) {
        if let Some((_, due)) = &mut self.lock().waiting {
            *due = Instant::now();
        }
        self.changed.notify_one();
    }

    fn run(&self, reply: &Reply) {
        while let Some((job, stop)) = self.next() {
            let done = catch_unwind(AssertUnwindSafe(|| job(&stop)))
                .unwrap_or(Action::Heard(Heard::Broke));
            if !stop.load(Ordering::Relaxed) {
                reply(done);
            }
        }
    }

    /// Waits for the next job and marks it as running; nothing when there will be none.
    fn next(&self) -> Option<(Job, Arc<AtomicBool>)> {
        let mut slot = self.lock();
        slot.running = None;
        loop {
            if slot.closed {
                return None;
            }
            let due = slot.waiting.as_ref().map(|(_, due)| *due);
            match due.map(|due| due.saturating_duration_since(Instant::now())) {
                None => slot = self.changed.wait(slot).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => {
                    let stop = Arc::new(AtomicBool::new(false));
                    slot.running = Some(Arc::clone(&stop));
                    return slot.waiting.take().map(|(job, _)| (job, stop));
                }
                Some(left) => {
                    let waited = self.changed.wait_timeout(slot, left);
                    slot = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    fn worker() -> (Worker, Receiver<Action>) {
        let (sender, receiver) = mpsc::channel();
        let reply = move |action| drop(sender.send(action));
        (Worker::beside(Arc::new(reply), AtEnd::Wait), receiver)
    }

    /// A job that says when it began and goes on until it is stopped.
    fn endless() -> (Job, Receiver<()>) {
        let (sender, began) = mpsc::channel();
        let job = move |stop: &AtomicBool| {
            sender.send(()).unwrap();
            while !stop.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(1));
            }
            Action::Resize
        };
        (Box::new(job), began)
    }

    #[test]
    fn newer_job_stops_the_one_that_runs_and_only_its_result_comes() {
        let (mut worker, results) = worker();
        let (job, began) = endless();
        worker.give(job, Duration::ZERO);
        began.recv_timeout(PATIENCE).unwrap();
        worker.give(Box::new(|_| Action::Undo), Duration::ZERO);
        assert_eq!(results.recv_timeout(PATIENCE), Ok(Action::Undo));
        drop(worker);
        assert!(results.recv().is_err(), "the stopped job replied too");
    }

    #[test]
    fn job_that_waits_for_quiet_is_replaced_by_a_newer_one() {
        let (mut worker, results) = worker();
        worker.give(Box::new(|_| Action::Undo), PATIENCE);
        worker.give(Box::new(|_| Action::Redo), PATIENCE);
        worker.hurry();
        assert_eq!(results.recv_timeout(PATIENCE), Ok(Action::Redo));
        drop(worker);
        assert!(results.recv().is_err());
    }

    #[test]
    fn leaving_stops_the_job_and_waits_for_its_end() {
        let (mut worker, results) = worker();
        let (job, began) = endless();
        worker.give(job, Duration::ZERO);
        began.recv_timeout(PATIENCE).unwrap();
        drop(worker);
        assert!(began.recv().is_err(), "the job still runs");
        assert!(results.recv().is_err());
    }

    #[test]
    fn job_that_panics_is_told_and_the_next_one_is_done() {
        let (mut worker, results) = worker();
        worker.give(Box::new(|_| std::panic::panic_any("on purpose")), Duration::ZERO);
        assert_eq!(results.recv_timeout(PATIENCE), Ok(Action::Heard(Heard::Broke)));
        worker.give(Box::new(|_| Action::Undo), Duration::ZERO);
        assert_eq!(results.recv_timeout(PATIENCE), Ok(Action::Undo));
    }

    #[test]
    fn stopped_worker_forgets_what_waits() {
        let mut held = Worker::Held(None);
        held.give(Box::new(|_| Action::Undo), Duration::ZERO);
        held.stop();
        assert_eq!(held.work(), None);
        held.give(Box::new(|_| Action::Undo), Duration::ZERO);
        held.give(Box::new(|_| Action::Redo), Duration::ZERO);
        assert_eq!((held.work(), held.work()), (Some(Action::Redo), None));
    }
}
