//! How long the thread, or a program that it started, ran.

use std::fs;
use std::time::Instant;

/// Milliseconds.
#[derive(Clone, Copy)]
pub struct Load(pub f64);

/// The thread's clock moves in steps of some milliseconds: what is measured takes at least so many of them.
const LEAST: f64 = 300.0;

/// Does some work as often as it takes to measure it; what it made, and what one time took.
pub fn often<T>(mut work: impl FnMut() -> T) -> (T, Load) {
    let clock = Clock::new();
    let mut times = 0.0;
    loop {
        let done = work();
        times += 1.0;
        let all = clock.milliseconds();
        if all >= LEAST {
            return (done, Load(all / times));
        }
    }
}

/// Nanoseconds of one of so many requests, asked one after the other as often as it takes to measure them.
pub fn each(count: usize, mut ask: impl FnMut(usize) -> bool) -> f64 {
    let (mut at_once, mut asked, mut hits) = (16, 0, 0_usize);
    let clock = Clock::new();
    loop {
        hits += (asked..asked + at_once).filter(|at| ask(at % count)).count();
        asked += at_once;
        let all = clock.milliseconds();
        if all >= LEAST {
            std::hint::black_box(hits);
            return all * 1e6 / asked as f64;
        }
        at_once *= 2;
    }
}

struct Clock {
    begin: Instant,
    start: Option<f64>,
}

impl Clock {
    fn new() -> Self {
        Self { begin: Instant::now(), start: of_thread() }
    }

    fn milliseconds(&self) -> f64 {
        self.start.zip(of_thread()).map_or_else(
            || self.begin.elapsed().as_secs_f64() * 1e3,
            |(start, end)| (end - start) / 1e6,
        )
    }
}

/// The nanoseconds that this thread has run.
fn of_thread() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok()
}

/// The milliseconds that the programs ran which this one started and which ended: in steps of ten.
pub fn of_children() -> Option<f64> {
    let told = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's name, in brackets, the 14th and 15th are theirs (proc(5)), in hundredths of a second.
    let fields: Vec<&str> = told.rsplit_once(')')?.1.split_whitespace().collect();
    let of = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((of(13)? + of(14)?) * 10.0)
}
