//! Logs against policies: what is counted, what is said to change, parts that are joined.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use sekisho::analysis::evaluator;
use sekisho::compile::compile;
use sekisho::messages::Lang;
use sekisho::net::{Manner, Request};
use sekisho::policy::Document;
use sekisho::replay::{
    Bounds, Decision, Fate, Judge, Log, Pick, Replaying, Report, Tally, read_part, replay, suggest,
    write_part,
};
use sekisho::workbench::{TestInput, outcomes};
use serde_json::{Value, json};

mod client;
mod parts;
mod suggest;
mod together;

const POLICY: &str = "\
sekisho: 1
name: replayed
rule_order: strict
default_actions: [drop_established_app_layer_to_server]
home_net: [10.0.0.0/8]
sources:
  office: {cidrs: [10.1.0.0/16]}
rule_groups:
  - name: web
    priority: 100
    rules:
      - {name: closed, action: reject, from: any, to: [.closed.example]}
      - {name: wiki, action: pass, from: office, to: [.wiki.example, \"http://files.example/public/*\"]}
      - {name: never, action: pass, from: any, to: [never.example]}
      - {name: near, action: drop, from: any, to: [10.9.0.0/16]}
";

fn documents(texts: &[&str]) -> Vec<Document> {
    texts.iter().map(|text| Document::read((*text).to_owned()).unwrap()).collect()
}

/// Counts the logs; `policies` are the one, and one to compare with.
fn count(policies: &[&str], logs: &[Log], threads: usize, bounds: Bounds) -> Tally {
    let documents = documents(policies);
    let compiled: Vec<_> = documents.iter().map(|d| compile(d.policy())).collect();
    let evaluators: Vec<_> = compiled.iter().map(evaluator).collect();
    let judges: Vec<Judge<'_>> = documents
        .iter()
        .zip(&compiled)
        .zip(&evaluators)
        .map(|((document, compiled), evaluator)| Judge::new(document.policy(), compiled, evaluator))
        .collect();
    let stop = AtomicBool::new(false);
    let (now, before) = (&judges[0], judges.get(1));
    replay(Replaying { logs, now, before, threads, bounds, stop: &stop }, &mut |_| {})
}

fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> Log {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    Log::File(path)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn squid(from: &str, status: &str, asked: &str, peer: &str) -> String {
    format!("1759317294.123    245 {from} {status} 5123 {asked} - {peer} -\n")
}

struct Event<'e> {
    flow: u64,
    kind: &'e str,
    from: &'e str,
    app: &'e str,
    sni: &'e str,
    verdict: &'e str,
}

impl Event<'_> {
    fn line(&self) -> String {
        let mut event = json!({
            "event_type": self.kind, "flow_id": self.flow, "src_ip": self.from, "src_port": 40000,
            "dest_ip": "203.0.113.7", "dest_port": 443, "proto": "TCP",
        });
        if !self.app.is_empty() {
            event["app_proto"] = json!(self.app);
        }
        if !self.sni.is_empty() {
            event["tls"] = json!({"sni": self.sni});
        }
        if !self.verdict.is_empty() {
            event["verdict"] = json!({"action": self.verdict});
        }
        format!("{}\n", json!({"firewall_name": "f", "event_timestamp": "1", "event": event}))
    }
}

/// Requests, pass, drop, reject, undetermined, depends.
fn sums(tally: &Tally) -> [u64; 6] {
    let report = Report::of(&tally.clone().settled());
    let [pass, drop, reject, undetermined, depends] = report.fates;
    [report.requests(), pass, drop, reject, undetermined, depends]
}

#[test]
fn every_kind_of_log_is_known_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let wiki = "CONNECT www.wiki.example:443";
    let event = Event {
        flow: 1,
        kind: "alert",
        from: "10.1.2.3",
        app: "tls",
        sni: "www.wiki.example",
        verdict: "drop",
    };
    let native = squid("10.1.2.3", "TCP_TUNNEL/200", wiki, "HIER_DIRECT/203.0.113.7");
    let common = format!(
        "10.1.2.3 - - [01/Oct/2025:11:14:54 +0000] \"{wiki} HTTP/1.1\" 200 1 TCP_TUNNEL:HIER_DIRECT\n"
    );
    let csv = "when,url,src\n1,https://www.wiki.example,10.1.2.3\n";
    let logs = [
        file(folder, "squid.log", &native),
        file(folder, "squid.log.zst", zstd(&native)),
        file(folder, "common.log", &common),
        file(folder, "asked.csv", csv),
        file(
            folder,
            "alert.log.gz",
            [gzip(event.line().as_bytes()), gzip(Event { flow: 2, ..event }.line().as_bytes())]
                .concat(),
        ),
        file(
            folder,
            "mixed.log",
            [native.clone(), common, "10.1.2.3,https://www.wiki.example\n".into()].concat(),
        ),
    ];
    for (log, requests) in logs.iter().zip([1, 1, 1, 1, 2, 3]) {
        let tally = count(&[POLICY], std::slice::from_ref(log), 1, Bounds::default());
        assert_eq!(sums(&tally), [requests, requests, 0, 0, 0, 0], "{}", log.name());
        assert_eq!((tally.unreadable, tally.troubles.len()), (0, 0), "{}", log.name());
    }
}

/// A frame of raw blocks: RFC 8878, 3.1.1.
fn zstd(text: &str) -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x20, u8::try_from(text.len()).unwrap()];
    let head = u32::try_from(text.len()).unwrap() << 3 | 1;
    frame.extend_from_slice(&head.to_le_bytes()[..3]);
    frame.extend_from_slice(text.as_bytes());
    frame
}

#[test]
fn every_verdict_is_that_of_try() {
    let urls = [
        ("10.1.2.3", "https://www.wiki.example", ""),
        ("10.2.2.3", "https://www.wiki.example", ""),
        ("10.1.2.3", "http://files.example/public/a", ""),
        ("10.1.2.3", "http://files.example/secret", ""),
        ("10.1.2.3", "https://x.closed.example:8443", "203.0.113.7"),
        ("10.1.2.3", "tcp://10.9.1.1:22", ""),
        ("10.1.2.3", "https://WWW.wiki.example", "10.9.8.7"),
        ("2001:db8::1", "https://www.wiki.example", ""),
    ];
    let folder = tempfile::tempdir().unwrap();
    // With that row first, a name hangs on its address.
    let near = "      - {name: near, action: drop, from: any, to: [10.9.0.0/16]}\n";
    let hangs = POLICY.replace(near, "").replace("    rules:\n", &format!("    rules:\n{near}"));
    let policies = [POLICY, &hangs];
    let mut depend = 0;
    for (policy, (from, url, dst)) in
        policies.iter().flat_map(|p| urls.iter().map(move |u| (p, *u)))
    {
        let document = &documents(&[policy])[0];
        let log = file(folder.path(), "one.csv", format!("from,url,dst\n{from},{url},{dst}\n"));
        let tally = count(&[policy], &[log], 1, Bounds::default()).settled();
        let input = TestInput { from: from.into(), url: url.into(), dst: dst.into() };
        let derived = outcomes(document, &input, 0);
        let answer = derived.answer().unwrap();
        let words: Vec<&str> =
            answer.by_destination.iter().map(|o| o.action.unwrap().word()).collect();
        let decision = &tally.decisions[tally.rows[0].decision as usize];
        if words.iter().all(|word| *word == words[0]) {
            assert_eq!(decision.fate.word(), words[0], "{from} {url} {dst}");
            assert_eq!(
                decision.by.say(sekisho::messages::Lang::English),
                answer.first().decider.words().say(sekisho::messages::Lang::English)
            );
        } else {
            assert_eq!(decision.fate.word(), "depends", "{from} {url} {dst}");
            depend += 1;
        }
    }
    assert!(depend > 0);
}

#[test]
fn events_of_one_connection_are_one_request() {
    let event = |flow, kind, app, sni, verdict| {
        Event { flow, kind, from: "10.1.2.3", app, sni, verdict }.line()
    };
    let log = [
        event(1, "alert", "", "", "pass"),
        event(1, "alert", "tls", "www.wiki.example", ""),
        event(1, "netflow", "tls", "", ""),
        event(2, "netflow", "tls", "", ""),
        event(2, "alert", "tls", "a.example", "drop"),
        event(3, "netflow", "tls", "", ""),
        event(3, "netflow", "tls", "", ""),
        event(4, "alert", "tls", "one.example", ""),
        event(4, "alert", "tls", "two.example", ""),
    ];
    let folder = tempfile::tempdir().unwrap();
    let whole = count(&[POLICY], &[file(folder.path(), "log", log.concat())], 1, Bounds::default());
    // The third names nothing, and nothing decides before a name is known.
    assert_eq!(sums(&whole), [5, 1, 3, 0, 1, 0]);
    assert_eq!(whole.clone().settled().repeated, 4);
    let report = Report::of(&whole.clone().settled());
    assert_eq!(report.logged, [3, 1, 0, 1, 0]);
    assert_eq!((report.compared, report.changes.len()), (2, 0));
    // In whatever order, and in however many parts.
    for turned in 0..log.len() {
        let mut log = log.to_vec();
        log.rotate_left(turned);
        let files: Vec<Log> = (0..)
            .zip(&log)
            .map(|(n, line): (usize, _)| file(folder.path(), &n.to_string(), line))
            .collect();
        let mut joined = Tally::new(Bounds::default());
        for file in files {
            joined.merge(through_text(&count(&[POLICY], &[file], 1, Bounds::default())));
        }
        assert_eq!(sums(&joined), sums(&whole), "{turned}");
        let joined = joined.settled();
        assert_eq!((joined.repeated, Report::of(&joined).logged), (4, [3, 1, 0, 1, 0]));
    }
}

fn through_text(tally: &Tally) -> Tally {
    let mut text = Vec::new();
    write_part(tally, &mut text).unwrap();
    read_part(std::str::from_utf8(&text).unwrap(), Bounds::default()).unwrap()
}

#[test]
fn what_stands_before_a_name_is_known_is_told() {
    let first =
        "    rules:\n      - {name: first, action: drop, from: any, to: [203.0.113.0/24]}\n";
    let early = POLICY.replace("    rules:\n", first);
    let log =
        Event { flow: 1, kind: "netflow", from: "10.1.2.3", app: "tls", sni: "", verdict: "" }
            .line();
    let folder = tempfile::tempdir().unwrap();
    let log = [file(folder.path(), "log", log)];
    let document = &documents(&[&early])[0];
    let input = TestInput {
        from: "10.1.2.3".into(),
        url: "https://203.0.113.7".into(),
        dst: String::new(),
    };
    let first = outcomes(document, &input, 0).answer().unwrap().first().action;
    assert_eq!(first.map(sekisho::net::Action::word), Some("drop"));
    assert_eq!(sums(&count(&[&early], &log, 1, Bounds::default())), [1, 0, 1, 0, 0, 0]);
    assert_eq!(sums(&count(&[POLICY], &log, 1, Bounds::default())), [1, 0, 0, 0, 1, 0]);
}

#[test]
fn changes_are_told_against_the_log_and_against_another_policy() {
    let folder = tempfile::tempdir().unwrap();
    let log = [
        squid(
            "10.1.2.3",
            "TCP_TUNNEL/200",
            "CONNECT www.wiki.example:443",
            "HIER_DIRECT/203.0.113.7",
        ),
        squid("10.1.2.3", "TCP_DENIED/403", "CONNECT www.wiki.example:443", "HIER_NONE/-"),
        squid(
            "10.1.2.3",
            "TCP_TUNNEL/200",
            "CONNECT a.closed.example:443",
            "HIER_DIRECT/203.0.113.7",
        ),
        squid("10.1.2.3", "TCP_DENIED/403", "CONNECT b.closed.example:443", "HIER_NONE/-"),
    ];
    let old = POLICY.replace("action: reject", "action: drop");
    let log = [file(folder.path(), "access.log", log.concat())];
    let tally = count(&[POLICY, &old], &log, 2, Bounds::default()).settled();
    let report = Report::of(&tally);
    let told: Vec<(&str, &str, u64)> =
        report.changes.iter().map(|c| (c.before, c.after.word(), c.requests)).collect();
    assert_eq!(told, [("pass", "reject", 1), ("denied", "pass", 1)]);
    let against: Vec<(&str, &str, u64)> =
        report.against.iter().map(|c| (c.before, c.after.word(), c.requests)).collect();
    assert_eq!(against, [("drop", "reject", 2)]);
    assert_eq!(report.compared, 4);
    assert_eq!(report.unused, ["web / never", "web / near"]);
}

#[test]
fn bad_input_is_counted_and_the_rest_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let good = "10.1.2.3,https://www.wiki.example,203.0.113.7\n";
    let head = "source,url,dst\n";
    let mut long = vec![b'x'; 3 << 20];
    long.push(b'\n');
    let bytes = [
        head.as_bytes(),
        good.as_bytes(),
        b"\0\0\0\n",
        &long,
        b"\xff\xfe,x\n",
        b"{\"a\":\n",
        good.as_bytes(),
        b"10.1.2.3,https://a b.example\n",
    ]
    .concat();
    let logs = [
        file(folder.path(), "bad.csv", &bytes),
        Log::File(folder.path().join("missing")),
        file(folder.path(), "cut.gz", cut(good)),
    ];
    let tally = count(&[POLICY], &logs, 2, Bounds::default());
    assert_eq!(sums(&tally)[..2], [2 + 200, 2 + 200]);
    assert_eq!(tally.unreadable, 5);
    let lines: Vec<u64> = tally.first_unreadable.iter().map(|(place, _)| place.line).collect();
    assert_eq!(lines, [3, 4, 5, 6, 8]);
    let files: Vec<&str> =
        tally.troubles.iter().map(|t| t.file.rsplit('/').next().unwrap()).collect();
    assert_eq!(files, ["missing", "cut.gz"]);
}

#[test]
fn first_lines_that_cannot_be_used_are_the_first() {
    let folder = tempfile::tempdir().unwrap();
    // What the first says is known to be no request only as it is counted.
    let good = "10.1.2.3,https://www.wiki.example\n";
    let text = [good, "10.1.2.3,https://a b.example\n", good, &"???\n".repeat(200)].concat();
    let log = [file(folder.path(), "bad.csv", text)];
    let tally = count(&[POLICY], &log, 1, Bounds { unreadable: 3, ..Bounds::default() });
    assert_eq!((tally.unreadable, sums(&tally)[0]), (201, 2));
    let lines: Vec<u64> = tally.first_unreadable.iter().map(|(place, _)| place.line).collect();
    assert_eq!(lines, [2, 4, 5]);
}

/// Two hundred lines in a whole member, and a member cut short at once.
fn cut(line: &str) -> Vec<u8> {
    let packed = gzip(format!("source,url,dst\n{}", line.repeat(200)).as_bytes());
    [&packed[..], &packed[..15]].concat()
}

#[test]
fn second_heading_counts_for_everything_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let line = "10.1.2.3,https://www.wiki.example\n";
    let turned = "https://www.wiki.example,10.1.2.3\n";
    // Several blocks with each order of the columns.
    let many = (2 << 20) / line.len();
    let text = ["source,url\n", &line.repeat(many), "url,source\n", &turned.repeat(many)].concat();
    let log = file(folder.path(), "two.csv", text);
    for threads in [1, 3] {
        let tally = count(&[POLICY], std::slice::from_ref(&log), threads, Bounds::default());
        let all = 2 * many as u64;
        assert_eq!(sums(&tally), [all, all, 0, 0, 0, 0]);
        assert_eq!((tally.unreadable, tally.other), (0, 2));
    }
}

#[test]
fn every_count_leads_to_its_requests_and_says_what_was_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "source,url,action\n".to_owned();
    for (name, times, action) in [
        ("www.wiki.example", 3, "pass"),
        ("a.closed.example", 2, "pass"),
        ("b.closed.example", 4, "drop"),
        ("elsewhere.example", 5, "pass"),
        ("never.example", 1, "drop"),
    ] {
        for client in 0..times {
            writeln!(text, "10.1.2.{client},https://{name},{action}").unwrap();
        }
    }
    let log = file(folder.path(), "asked.csv", text);
    for rows in [3, 1000] {
        let bounds = Bounds { rows, ..Bounds::default() };
        let tally = count(&[POLICY], std::slice::from_ref(&log), 1, bounds).settled();
        let report = Report::of(&tally);
        let fates = Fate::ALL.map(|fate| (Pick::Fate(fate), report.fates[fate.index()]));
        let changes = report.changes.iter();
        let changes = changes.map(|c| (Pick::Change(c.before, c.after), c.requests));
        let deciders = report.deciders.iter();
        let deciders = deciders.map(|c| (Pick::Decider(c.what.clone()), c.requests()));
        let sources = report.sources.iter().map(|c| (Pick::Source(c.what), c.requests()));
        let hosts = report.hosts.iter().map(|c| (Pick::Host(c.what.clone()), c.requests()));
        let all = fates.into_iter().chain(changes).chain(deciders).chain(sources).chain(hosts);
        for (pick, requests) in all {
            let picked = report.pick(&tally, &pick, 2);
            assert_eq!(picked.requests + picked.beyond, requests, "{pick:?} of {rows} rows");
            assert_eq!(picked.rows.len(), picked.different.min(2), "{pick:?}");
            assert_eq!(picked.beyond == 0, rows > 3 || picked.requests == requests, "{pick:?}");
        }
        // What the log blocked, and what the policy blocks.
        let blocked = report.pick(&tally, &Pick::Blocked, 1000);
        assert_eq!(blocked.requests + blocked.beyond, 12, "{blocked:?}");
        assert_eq!(blocked.different, if rows == 3 { 0 } else { 12 }, "{blocked:?}");
    }
    let repeated = "10.1.2.3,https://a.closed.example\n".repeat(2)
        + "10.1.2.4,https://b.closed.example\n"
        + &"10.1.2.5,https://c.closed.example\n".repeat(3);
    let log = file(folder.path(), "repeated.csv", repeated);
    let tally = count(&[POLICY], &[log], 1, Bounds::default()).settled();
    let picked = Report::of(&tally).pick(&tally, &Pick::Fate(Fate::Reject), 2);
    let hosts = picked.rows.iter().map(|(row, n)| (tally.rows[*row].request.host.as_str(), *n));
    assert_eq!(hosts.collect::<Vec<_>>(), [("c.closed.example", 3), ("a.closed.example", 2)]);
    assert_eq!((picked.different, picked.requests, picked.beyond), (3, 6, 0));
}
