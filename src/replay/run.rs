//! Reads logs with several threads, and counts.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::blocks::{Block, Blocks, Next};
use super::csv::Columns;
use super::judge::Judge;
use super::line::{Kind, Read, Why, read_line};
use super::seen::Place;
use super::source::{Log, not_read_because};
use super::tally::{Bounds, Judges, TOGETHER, Tally, Trouble};

/// Logs that are held against a policy.
#[derive(Debug, Clone, Copy)]
pub struct Replaying<'a> {
    /// The logs.
    pub logs: &'a [Log],
    /// The policy.
    pub now: &'a Judge<'a>,
    /// A policy to compare with.
    pub before: Option<&'a Judge<'a>>,
    /// How many threads read lines, at least one.
    pub threads: usize,
    /// How much is told apart.
    pub bounds: Bounds,
    /// Set by others to end it: what was counted until then is kept.
    pub stop: &'a AtomicBool,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that were read, as they stand on the disk.
    pub read: u64,
    /// All of them, where that is known.
    pub of: Option<u64>,
    /// Lines that were read.
    pub lines: u64,
}

/// How fast it comes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// How much of all bytes is read, in hundred; nothing where it is not known how many there are.
    pub percent: Option<u64>,
    /// Megabytes a second, as they stand on the disk.
    pub rate: f64,
    /// Seconds left, as long as it goes on like this.
    pub left: Option<u64>,
}

impl Progress {
    /// How fast it came on, if it took this long.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rate for people, never negative"
    )]
    pub fn pace(self, since: Duration) -> Pace {
        let rate = self.read as f64 / since.as_secs_f64().max(0.001);
        let of = self.of.filter(|of| *of > 0);
        let percent = of.map(|of| (self.read.saturating_mul(100) / of).min(100));
        let left = of.map(|of| of.saturating_sub(self.read) as f64 / rate.max(1.0));
        Pace { percent, rate: rate / 1e6, left: left.map(|left| left.round() as u64) }
    }
}

/// A block of a file, and the columns of its heading.
type Work = (u32, Columns, Block);

/// Reads the logs and counts what becomes of every request; `progress` is told every few hundred kilobytes.
///
/// Memory does not grow with the logs: see [`Bounds`]. With several threads the first requests that are kept, where there
/// are more than the bounds allow, may be others each time; sums never are.
#[must_use]
pub fn replay(replaying: Replaying<'_>, progress: &mut dyn FnMut(Progress)) -> Tally {
    let judges = Judges { now: replaying.now, before: replaying.before };
    let threads = replaying.threads.max(1);
    let (send, receive) = sync_channel::<Work>(threads * 2);
    let (back, empty) = channel::<Vec<u8>>();
    let receive = Mutex::new(receive);
    let count = |back: std::sync::mpsc::Sender<Vec<u8>>| {
        let mut tally = Tally::new(replaying.bounds);
        while let Some(work) = next(&receive) {
            tally.add_block(judges, &work);
            // Nobody may want it any more.
            let _ = back.send(work.2.into_bytes());
        }
        tally.put_together();
        tally
    };
    thread::scope(|scope| {
        let counting: Vec<_> = (0..threads)
            .map(|_| {
                let back = back.clone();
                spawn(scope, || count(back))
            })
            .collect();
        let mut tally = read_all(&replaying, send, &empty, progress);
        for thread in counting {
            match thread.join() {
                Ok(counted) => tally.merge(counted),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        tally.rules = replaying.now.rules();
        tally.policy = judges.mark();
        tally.against = replaying.before.is_some();
        tally
    })
}

/// A thread with the name of this one: who looks at panics by the name of their thread sees one job.
fn spawn<'s, T: Send + 's>(
    scope: &'s thread::Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> thread::ScopedJoinHandle<'s, T> {
    let name = thread::current().name().unwrap_or("replay").to_owned();
    match thread::Builder::new().name(name).spawn_scoped(scope, work) {
        Ok(thread) => thread,
        Err(error) => std::panic::resume_unwind(Box::new(error)),
    }
}

fn next(receive: &Mutex<Receiver<Work>>) -> Option<Work> {
    receive.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Reads the logs one after the other, and says of those that cannot be read why.
fn read_all(
    replaying: &Replaying<'_>,
    send: SyncSender<Work>,
    empty: &Receiver<Vec<u8>>,
    progress: &mut dyn FnMut(Progress),
) -> Tally {
    let mut tally = Tally::new(replaying.bounds);
    tally.files = replaying.logs.iter().map(Log::name).collect();
    let sizes: Option<Vec<u64>> = replaying.logs.iter().map(Log::size).collect();
    let read = Rc::new(Cell::new(0));
    let mut done = Progress { read: 0, of: sizes.map(|sizes| sizes.iter().sum()), lines: 0 };
    for (file, log) in (0_u32..).zip(replaying.logs) {
        let mut counted = |next: Counted<'_>| match next {
            Counted::Block(block) => {
                done.lines += block.lines;
                done.read = read.get();
                progress(done);
            }
            Counted::TooLong(line) => {
                *tally.lines.entry(Kind::Unknown).or_default() += 1;
                tally.cannot_read(Place { file, line }, Why::TooLong);
            }
        };
        let ended = read_one(replaying, (file, log, &read), (&send, empty), &mut counted);
        match ended {
            Ok(true) => {}
            Ok(false) => {
                tally.cancelled = true;
                break;
            }
            Err(error) => {
                let why = not_read_because(&error);
                tally.troubles.push(Trouble { file: log.name(), why });
            }
        }
    }
    tally
}

/// What was read of a log.
enum Counted<'b> {
    Block(&'b Block),
    TooLong(u64),
}

/// Reads a log; returns whether to its end.
fn read_one(
    replaying: &Replaying<'_>,
    (file, log, read): (u32, &Log, &Rc<Cell<u64>>),
    (send, empty): (&SyncSender<Work>, &Receiver<Vec<u8>>),
    counted: &mut dyn FnMut(Counted<'_>),
) -> std::io::Result<bool> {
    let mut blocks = Blocks::new(log.open(read)?);
    let mut columns = None;
    loop {
        if replaying.stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        match blocks.next(empty.try_recv().unwrap_or_default())? {
            Next::Block(block) => {
                let of_block = columns.unwrap_or_else(|| Columns::of_block(block.text()));
                // Blocks are counted in any order: what one leaves behind is known before.
                columns = Some(of_block.behind(block.text()));
                counted(Counted::Block(&block));
                if send.send((file, of_block, block)).is_err() {
                    return Ok(false);
                }
            }
            Next::TooLong(line) => counted(Counted::TooLong(line)),
            Next::End => return Ok(true),
        }
    }
}

impl Tally {
    fn add_block(&mut self, judges: Judges<'_>, (file, columns, block): &Work) {
        let mut columns = *columns;
        let mut rest = block.text();
        let mut line = block.first_line;
        let mut lines = [0_u64; Kind::ALL.len()];
        let mut waiting = Vec::with_capacity(TOGETHER);
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let place = Place { file: *file, line };
            let kind = read_line(&rest[..end], &mut columns, &mut |read| match read {
                Read::Request(seen) => self.take(judges, &mut waiting, (seen, place)),
                Read::Other => self.other += 1,
                Read::Unreadable(why) => {
                    // Of those that wait some may turn out to be none, and they come first.
                    self.count_all(judges, &mut waiting);
                    self.cannot_read(place, why);
                }
            });
            if let Some(kind) = kind {
                lines[kind as usize] += 1;
            }
            rest = rest.get(end + 1..).unwrap_or_default();
            line += 1;
        }
        self.count_all(judges, &mut waiting);
        for (kind, lines) in Kind::ALL.into_iter().zip(lines).filter(|(_, lines)| *lines > 0) {
            *self.lines.entry(kind).or_default() += lines;
        }
    }
}
