//! Logs against a policy of 30,000 rules, as ratios to reading the lines only, in this process, and to `wc -l`.
//!
//! `cargo bench --bench replay`. Every run reads the same generated logs from the page cache. What is compared is the work of all
//! threads, since others may work on the machine too. Nothing here asserts a time.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use sekisho::analysis::evaluator;
use sekisho::compile::compile;
use sekisho::policy::Document;
use sekisho::replay::{Bounds, Judge, Log, Replaying, replay};

/// Lines of each log.
const LINES: u64 = 1_000_000;
/// Different names that are asked for, and clients.
const NAMES: u64 = 4_000;
const CLIENTS: u64 = 20;
/// Times each is measured.
const ROUNDS: u32 = 5;
/// Times `wc` runs each time.
const TIMES: u32 = 4;

fn main() {
    let Ok(folder) = tempfile::tempdir() else { return };
    let logs = [("squid", squid as fn(u64) -> String), ("eve", eve)];
    for rules in [100, 30_000] {
        let Ok(document) = Document::read(policy(rules)) else { return };
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        let judge = Judge::new(document.policy(), &compiled, &evaluator);
        for (name, line) in logs {
            let Some(path) = written(folder.path(), name, line) else { return };
            told(&judge, name, rules, &path);
        }
    }
}

/// Measures one log.
fn told(judge: &Judge<'_>, name: &str, rules: usize, path: &Path) {
    let scan = measured(|| lines(path));
    let wc = measured(|| {
        (0..TIMES).all(|_| {
            let wc = Command::new("wc").arg("-l").arg(path).output();
            wc.is_ok_and(|output| output.status.success())
        })
    });
    let wc = Spent { work: wc.work / TIMES, clock: wc.clock / TIMES };
    println!("{name}, {rules} rules, {LINES} lines: reading them {scan}; wc -l {wc}");
    for threads in [1, 2] {
        let logs = [Log::File(path.to_owned())];
        let stop = AtomicBool::new(false);
        let bounds = Bounds::default();
        let replaying =
            Replaying { logs: &logs, now: judge, before: None, threads, bounds, stop: &stop };
        let spent = measured(|| !replay(replaying, &mut |_| {}).rows.is_empty());
        let ratio = |of: Duration| spent.work.as_secs_f64() / of.as_secs_f64();
        println!(
            "  {threads} threads {spent}: work {:.1} times reading, {:.1} times wc -l; by the clock {:.1} times wc -l",
            ratio(scan.work),
            ratio(wc.work),
            spent.clock.as_secs_f64() / wc.clock.as_secs_f64()
        );
    }
}

/// The time that all threads and programs worked, and that passed.
struct Spent {
    work: Duration,
    clock: Duration,
}

impl std::fmt::Display for Spent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0?} ({:.0?} by the clock)", self.work, self.clock)
    }
}

/// The mean of some rounds: the system counts work in hundredths of a second.
fn measured(mut run: impl FnMut() -> bool) -> Spent {
    let (begun, before) = (Instant::now(), worked());
    for _ in 0..ROUNDS {
        divan::black_box(run());
    }
    Spent { work: (worked() - before) / ROUNDS, clock: begun.elapsed() / ROUNDS }
}

/// How long this program and those that it started have worked (`/proc/self/stat`: `utime`, `stime`, `cutime`, `cstime`).
fn worked() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind_name.split_whitespace().skip(11).take(4);
    let ticks: u64 = ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Reads a file and looks for the ends of its lines.
fn lines(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let mut buffer = vec![0; 1 << 18];
    let mut lines = 0;
    while let Ok(got @ 1..) = file.read(&mut buffer) {
        let mut rest = &buffer[..got];
        while let Some(at) = memchr::memchr(b'\n', rest) {
            lines += 1;
            rest = &rest[at + 1..];
        }
    }
    lines == LINES
}

fn written(folder: &Path, name: &str, line: fn(u64) -> String) -> Option<PathBuf> {
    let path = folder.join(name);
    if !path.exists() {
        let text: String = (0..LINES).map(line).collect();
        fs::write(&path, text).ok()?;
    }
    Some(path)
}

/// A number that looks like chance and is the same each time; small ones are the likelier.
fn skewed(n: u64, below: u64) -> u64 {
    let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let a = (mixed >> 33) % below;
    let b = (mixed >> 11) % below;
    a * b / below
}

fn squid(n: u64) -> String {
    let (host, client) = (skewed(n, NAMES), skewed(n / 3, CLIENTS));
    format!(
        "{}.{:03} {:6} 10.{client}.2.3 TCP_TUNNEL/200 5123 CONNECT www.host{host}.example:443 - HIER_DIRECT/203.0.113.{} -\n",
        1_759_317_294 + n / 100,
        n % 1000,
        n % 4000,
        n % 200
    )
}

fn eve(n: u64) -> String {
    let (host, client) = (skewed(n, NAMES), skewed(n / 3, CLIENTS));
    format!(
        r#"{{"firewall_name":"central-egress","availability_zone":"ap-northeast-1a","event_timestamp":"1759317294","aws_metadata":{{"resource_arn":"arn:aws:network-firewall:ap-northeast-1:111122223333:firewall-policy/central-egress"}},"event":{{"tx_id":0,"app_proto":"tls","src_ip":"10.{client}.2.3","src_port":{},"event_type":"alert","alert":{{"severity":3,"signature_id":4,"rev":0,"signature":"aws:alert_established action","action":"blocked","category":""}},"flow_id":{n},"dest_ip":"203.0.113.{}","proto":"TCP","verdict":{{"action":"drop"}},"tls":{{"sni":"www.host{host}.example","version":"UNDETERMINED","ja3":{{"hash":"1be8360b66649edee1de25f81d98ec27","string":"771,49195-49199,0-5-10-11,29-23-24,0"}}}},"dest_port":443,"pkt_src":"geneve encapsulation","timestamp":"2025-10-01T11:14:54.833146+0000","direction":"to_server"}}}}
"#,
        30_000 + n % 30_000,
        n % 200
    )
}

/// A policy in which each name is passed to one of twenty networks.
fn policy(rules: usize) -> String {
    let mut text = String::from(
        "sekisho: 1\nname: grown\nrule_order: strict\ndefault_actions: [drop_established_app_layer_to_server]\nhome_net: [10.0.0.0/8]\nrule_groups:\n",
    );
    for group in 0..rules.div_ceil(2_000) {
        let _ = writeln!(text, "  - name: g{group}\n    priority: {}\n    rules:", 100 + group);
        for n in (group * 2_000..rules).take(2_000) {
            let _ = writeln!(
                text,
                "      - {{name: r{n}, action: pass, from: 10.{}.0.0/16, to: [.host{n}.example]}}",
                n % 20
            );
        }
    }
    text
}
