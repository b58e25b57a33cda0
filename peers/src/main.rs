//! What a decision and a load cost beside yardsticks and peers, all in one run: `cargo run --release -- [ROWS…]`.
//!
//! The peers do less: a hash table knows no endings of names, `adblock` no sources and no order, a set of expressions no packets.
//! Times are those of the thread where the system tells them (Linux). Nothing here asserts a time.

mod clock;
mod engine;
mod names;
mod ours;

#[path = "../../benches/generate/mod.rs"]
mod generate;

use clock::{Load, each};
use generate::Wish;
use names::{Asking, Peers};
use ours::Ours;

const SIZES: [usize; 4] = [100, 1_000, 10_000, 30_000];
/// Requests that are decided, as often as needed.
const REQUESTS: usize = 20_000;

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    for size in if asked.is_empty() { SIZES.to_vec() } else { asked } {
        if let Err(problem) = compared(size) {
            println!("{size} rows: {problem}");
        }
    }
}

fn compared(size: usize) -> Result<(), String> {
    let wish = Wish::usual(size);
    let rows = generate::rows(wish);
    let asking = Asking::of(&generate::requests(wish, &rows, REQUESTS))?;

    let (ours, read, load) = Ours::load(&generate::policy(wish))?;
    let (peers, by_peers) = Peers::load(&rows)?;
    println!("\n{size} rows, {} rules", ours.rules());
    println!("| load | ms | of ours, from the text |\n| --- | --: | --: |");
    told("policy text to a first verdict", load, load);
    told("of it: from compiled rules to a first verdict", read, load);
    for (what, time) in by_peers {
        told(what, time, load);
    }
    match engine::load(&ours.rules_text()) {
        Ok(time) => told("Suricata, the same rules", time, load),
        Err(why) => println!("| Suricata: {why} | | |"),
    }

    let yardstick = each(REQUESTS, |at| peers.look_up(&asking, at));
    let decided = |what: &str, ask: &mut dyn FnMut(usize) -> bool| {
        let time = each(REQUESTS, ask);
        println!("| {what} | {time:.0} | {:.1} |", time / yardstick);
    };
    println!("| a decision | ns | yardsticks |\n| --- | --: | --: |");
    decided("yardstick: a hash of the name and a longest prefix", &mut |at| {
        peers.look_up(&asking, at)
    });
    decided("verdict, packet by packet", &mut |at| ours.verdict(&asking, at));
    decided("the same with its trace", &mut |at| ours.trace(&asking, at));
    decided("adblock, request parsed before", &mut |at| peers.blocked(&asking, at));
    decided("RegexSet, and the sources", &mut |at| peers.expressions(&asking, at));
    decided("one row after the other", &mut |at| peers.row_by_row(&asking, at));
    Ok(())
}

fn told(what: &str, time: Load, ours: Load) {
    println!("| {what} | {:.1} | {:.2} |", time.0, time.0 / ours.0);
}
