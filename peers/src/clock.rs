//! How long the thread, or a program that it started, ran.

use std::fs;
use std::time::Instant;

/// Milliseconds.
#[derive(Clone, Copy)]
pub struct Load(pub f64);

/// Does some work once.
pub fn once<T>(work: impl FnOnce() -> T) -> (T, Load) {
    let (begin, start) = (Instant::now(), of_thread());
    let done = work();
    let wall = begin.elapsed().as_secs_f64() * 1e3;
    let time = start.zip(of_thread()).map_or(wall, |(start, end)| (end - start) / 1e6);
    (done, Load(time))
}

/// Nanoseconds of one of the first `most` requests: the middle of five rounds, after one that counts nothing.
pub fn each(requests: &[String], most: usize, mut ask: impl FnMut(usize) -> bool) -> f64 {
    let count = most.min(requests.len());
    let mut round = || {
        let (hits, Load(time)) = once(|| (0..count).filter(|at| ask(*at)).count());
        std::hint::black_box(hits);
        time * 1e6 / count as f64
    };
    round();
    let mut rounds: Vec<f64> = (0..5).map(|_| round()).collect();
    rounds.sort_by(f64::total_cmp);
    rounds[2]
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
