//! Our verdicts against an installed Suricata, and what happens when it is missing, hangs, crashes or lies.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use sekisho::eval::Evaluator;
use sekisho::net::{Flow, Http, Request, RuleOrder, Talk, Tls, TlsVersion, Udp};
use sekisho::second_opinion::{Asking, Engine, Question, Report, random_ruleset, verify};
use sekisho::suricata::{Rule, Ruleset, parse_rules};

#[path = "shared/engine.rs"]
mod engine;
use engine::engine;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sample(name: &str) -> PathBuf {
    root().join("samples").join(name).join("policy.yaml")
}

/// Runs `sekisho verify` with a temporary folder of its own; nothing may be left in it.
fn sekisho(args: &[&str]) -> Output {
    let temporary = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .arg("verify")
        .args(args)
        .env("TMPDIR", temporary.path())
        .output()
        .unwrap();
    let left: Vec<_> = fs::read_dir(temporary.path()).unwrap().collect();
    assert!(left.is_empty(), "left behind: {left:?}");
    run
}

fn out(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn err(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

/// A program that stands in for the engine; `body` is its shell script.
fn stand_in(folder: &Path, body: &str) -> String {
    let path = folder.join("suricata");
    fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

const SAYS_ITS_VERSION: &str =
    "if [ \"$1\" = -V ]; then echo 'This is Suricata version 7.0.10 RELEASE'; exit 0; fi\n";

#[test]
fn every_sample_agrees_with_the_engine() {
    if engine().is_none() {
        return;
    }
    for folder in fs::read_dir(root().join("samples")).unwrap() {
        let policy = folder.unwrap().path().join("policy.yaml");
        let run = sekisho(&[policy.to_str().unwrap()]);
        assert!(run.status.success(), "{}\n{}{}", policy.display(), out(&run), err(&run));
        assert!(out(&run).starts_with("agrees with Suricata "), "{}", out(&run));
    }
}

#[test]
fn requests_near_the_edges_of_a_sample_agree_with_the_engine() {
    if engine().is_none() {
        return;
    }
    let policy = sample("first-steps");
    let run = sekisho(&[policy.to_str().unwrap(), "--random", "150", "--every-match"]);
    assert!(run.status.success(), "{}{}", out(&run), err(&run));
}

/// An engine that is asked about other rules than we are: its answers must be found to differ.
#[test]
fn another_answer_of_the_engine_is_found() {
    if engine().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let body = "case \"$*\" in *-r*) sed -i 's/wiki/kiwi/g' policy.rules;; esac\n\
                exec suricata \"$@\"";
    let engine = stand_in(folder.path(), body);
    let policy = sample("first-steps");
    let run = sekisho(&[policy.to_str().unwrap(), "--engine", &engine]);
    assert_eq!(run.status.code(), Some(2), "{}{}", out(&run), err(&run));
    assert!(out(&run).contains("DIFFERS"), "{}", out(&run));
    assert!(out(&run).contains("differs from Suricata "), "{}", out(&run));

    let run = sekisho(&[policy.to_str().unwrap(), "--engine", &engine, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out(&run)).unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(json["disagree"].as_u64() > Some(0), "{json}");
    let first = &json["disagreements"][0];
    assert_ne!(first["ours"], first["theirs"], "{json}");
    assert!(first["packet"].is_string(), "{json}");
}

#[test]
fn without_the_engine_it_says_how_to_install_it() {
    let policy = sample("first-steps");
    let run = sekisho(&[policy.to_str().unwrap(), "--engine", "/nowhere/suricata"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(err(&run).contains("`/nowhere/suricata` cannot be started"), "{}", err(&run));
    assert!(err(&run).contains("help: install Suricata"), "{}", err(&run));
}

#[test]
fn an_engine_that_hangs_is_killed_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    let engine =
        stand_in(folder.path(), &format!("{SAYS_ITS_VERSION}echo loading; exec sleep 600"));
    let policy = sample("first-steps");
    let run = sekisho(&[policy.to_str().unwrap(), "--engine", &engine, "--time-limit", "1"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(err(&run).contains("did not finish within 1 seconds and was killed"), "{}", err(&run));
    assert!(err(&run).contains("| loading"), "{}", err(&run));
}

/// Waits for a file that the stand-in writes.
fn wait_for(file: &Path) {
    let begin = Instant::now();
    while !file.exists() {
        assert!(begin.elapsed() < Duration::from_secs(30), "waited in vain for {}", file.display());
        sleep(Duration::from_millis(10));
    }
}

/// Whether a process is there and is not only waiting to be counted.
fn is_alive(id: &str) -> bool {
    let state = Command::new("ps").args(["-o", "stat=", "-p", id]).output().unwrap();
    let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

#[test]
fn a_signal_ends_the_engine_too_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let id = folder.path().join("id");
    let body = format!(
        "{SAYS_ITS_VERSION}echo $$ > {id}.new; mv {id}.new {id}; exec sleep 600",
        id = id.display()
    );
    let engine = stand_in(folder.path(), &body);
    let child = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .args(["verify", sample("first-steps").to_str().unwrap(), "--engine", &engine])
        .env("TMPDIR", temporary.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for(&id);
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let run = child.wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(err(&run), "error: stopped\n");
    assert!(!is_alive(fs::read_to_string(&id).unwrap().trim()), "the engine still runs");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn an_engine_that_crashes_is_reported_with_the_end_of_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let body = format!("{SAYS_ITS_VERSION}echo 'out of luck' > suricata.log; kill -SEGV $$");
    let engine = stand_in(folder.path(), &body);
    let policy = sample("first-steps");
    let run = sekisho(&[policy.to_str().unwrap(), "--engine", &engine]);
    assert_eq!(run.status.code(), Some(1));
    assert!(err(&run).contains("suricata crashed (signal 11)"), "{}", err(&run));
    assert!(err(&run).contains("| out of luck"), "{}", err(&run));
}

#[test]
fn an_engine_that_is_something_else_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let engine = stand_in(folder.path(), "echo hello");
    let run = sekisho(&[sample("first-steps").to_str().unwrap(), "--engine", &engine]);
    assert_eq!(run.status.code(), Some(1));
    assert!(err(&run).contains("does not say which version it is"), "{}", err(&run));
}

#[test]
fn events_that_are_cut_short_are_reported_with_file_and_line() {
    if engine().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let engine = stand_in(folder.path(), "suricata \"$@\" && truncate -s 100 eve.json");
    let run = sekisho(&[sample("action-order").to_str().unwrap(), "--engine", &engine]);
    assert_eq!(run.status.code(), Some(1), "{}", out(&run));
    assert!(err(&run).contains("eve.json`: line 1: "), "{}", err(&run));

    let engine = stand_in(folder.path(), "suricata \"$@\" && rm -f eve.json");
    let run = sekisho(&[sample("action-order").to_str().unwrap(), "--engine", &engine]);
    assert_eq!(run.status.code(), Some(1), "{}", out(&run));
    assert!(err(&run).contains("eve.json`: "), "{}", err(&run));
}

#[test]
fn a_capture_that_is_not_read_to_its_end_is_an_error() {
    if engine().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let body = "case \"$*\" in *-r*) truncate -s 3000 capture.pcap;; esac\nexec suricata \"$@\"";
    let engine = stand_in(folder.path(), body);
    let run = sekisho(&[sample("first-steps").to_str().unwrap(), "--engine", &engine]);
    assert_eq!(run.status.code(), Some(1), "{}", out(&run));
    assert!(err(&run).contains("packets of `capture.pcap`"), "{}", err(&run));
}

#[test]
fn kept_files_are_those_that_the_engine_read_and_wrote() {
    if engine().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let keep = folder.path().join("kept");
    let run = sekisho(&[sample("first-steps").to_str().unwrap(), "--keep", keep.to_str().unwrap()]);
    assert!(run.status.success(), "{}{}", out(&run), err(&run));
    for file in ["capture.pcap", "policy.rules", "suricata.yaml", "eve.json", "rules.json"] {
        assert!(keep.join(file).metadata().unwrap().len() > 0, "{file} is empty");
    }
    let again =
        sekisho(&[sample("first-steps").to_str().unwrap(), "--keep", keep.to_str().unwrap()]);
    assert_eq!(out(&again).lines().next(), out(&run).lines().next());
}

/// A policy with which the engine is asked, and how that ends.
fn fixture_agrees(name: &str, more: &[&str]) {
    let file = root().join("tests/fixtures/policies").join(name);
    let run = sekisho(&[&[file.to_str().unwrap(), "--every-match"], more].concat());
    assert!(run.status.success(), "{name} {more:?}: {}{}", out(&run), err(&run));
    assert!(!out(&run).contains("cannot tell"), "{}", out(&run));
}

#[test]
fn groups_that_mean_different_things_by_one_name_agree_with_the_engine() {
    if engine().is_none() {
        return;
    }
    fixture_agrees("group-variables.yaml", &[]);
    fixture_agrees("group-variables.yaml", &["--random", "200", "--seed", "11"]);
}

fn ruleset(order: RuleOrder, lines: &[&str]) -> Ruleset {
    let rules: Vec<_> =
        parse_rules(&lines.join("\n")).rules.into_iter().map(|parsed| parsed.rule).collect();
    assert_eq!(rules.len(), lines.len(), "some rule does not load");
    let variables = [("HOME_NET", "10.0.0.0/8"), ("EXTERNAL_NET", "!$HOME_NET")];
    let variables: BTreeMap<String, String> =
        variables.into_iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    Ruleset::new(order, rules, variables)
}

fn flow(url: &str) -> Flow {
    let request = Request::parse("10.1.2.3", url, Some("203.0.113.5")).unwrap();
    request.flow("203.0.113.5".parse().unwrap())
}

fn ask(ruleset: &Ruleset, flows: Vec<Flow>) -> Report {
    let questions: Vec<Question> = flows
        .into_iter()
        .map(|flow| Question { name: format!("{:?}", flow.talk), flows: vec![flow] })
        .collect();
    let asking = Asking { every_match: true, ..Asking::default() };
    verify(ruleset, &Evaluator::new(ruleset), &questions, &Engine::default(), asking).unwrap()
}

fn assert_agrees(ruleset: &Ruleset, flows: Vec<Flow>) {
    let report = ask(ruleset, flows);
    assert!(report.is_fine(), "{:#?} {:#?}", report.disagreements, report.refused);
    assert_eq!(report.agree, report.questions);
}

#[test]
fn every_kind_of_flow_is_understood_by_the_engine() {
    if engine().is_none() {
        return;
    }
    let rules = ruleset(
        RuleOrder::Strict,
        &[
            r#"alert tls any any -> any any (tls.sni; content:"a.example"; startswith; endswith; sid:1;)"#,
            r#"alert http any any -> any any (http.host; content:"a.example"; sid:2;)"#,
            r#"alert dns any any -> any any (dns.query; content:"a.example"; sid:3;)"#,
            r#"alert quic any any -> any any (quic.sni; content:"a.example"; sid:4;)"#,
            "alert icmp any any -> any any (itype:8; sid:5;)",
            "alert udp any any -> any 999 (sid:6;)",
            "alert tcp any any -> any 22 (flags:S; sid:7;)",
        ],
    );
    let urls = ["https", "http", "dns", "quic", "icmp"].map(|s| format!("{s}://a.example"));
    let others = ["udp://a.example:999", "tcp://a.example:22"].map(str::to_owned);
    let flows: Vec<Flow> = urls.iter().chain(&others).map(|url| flow(url)).collect();
    let report = ask(&rules, flows.clone());
    assert!(report.is_fine(), "{:#?}", report.disagreements);
    // Not only the same but as meant: a rule that passes instead of alerting decides each of them.
    let passes: Vec<String> =
        rules.rules.iter().map(|r| r.text.replacen("alert", "pass", 1)).collect();
    let passes: Vec<&str> = passes.iter().map(String::as_str).collect();
    assert_agrees(&ruleset(RuleOrder::Action, &passes), flows.clone());
    let evaluator = Evaluator::new(&ruleset(RuleOrder::Action, &passes));
    for (sid, flow) in (1..).zip(&flows) {
        let by = evaluator.evaluate(flow).flow_action.map(|(_, by)| by.0);
        let by = by.or(evaluator.outline(flow).decided_at.map(|_| sid));
        assert_eq!(by, Some(sid), "{:?}", flow.talk);
    }
}

#[test]
fn targets_of_requests_are_read_as_the_engine_does() {
    if engine().is_none() {
        return;
    }
    let rules = ruleset(
        RuleOrder::Strict,
        &[
            r#"alert http any any -> any any (http.host; content:"bad.example"; startswith; endswith; sid:1;)"#,
            r#"alert http any any -> any any (http.host.raw; content:"bad.example"; startswith; endswith; sid:2;)"#,
            r#"alert http any any -> any any (http.header_names; content:"|0d 0a|"; startswith; sid:3;)"#,
            r#"alert http any any -> any any (http.start; content:"|20|"; sid:4;)"#,
            r#"alert http any any -> any any (http.uri; content:"/"; startswith; sid:5;)"#,
            "alert http any any -> any any (urilen:0; sid:6;)",
        ],
    );
    let targets = [
        "GET /x",
        "GET http://bad.example/x",
        "GET http://u@Bad.example.:81/x",
        "GET http://bad.example",
        "GET http:///x",
        "CONNECT bad.example:443",
        "CONNECT Bad.example.:443",
        "CONNECT u@bad.example:443",
        "OPTIONS *",
    ];
    let flows = targets.map(|target| {
        let request = format!("{target} HTTP/1.1\r\nHost: good.example\r\nAccept: */*\r\n\r\n");
        let talk = Talk::Http(Http { requests: vec![request.into_bytes()] });
        Flow { talk, ..flow("http://good.example") }
    });
    assert_agrees(&rules, flows.into());
}

#[test]
fn datagrams_on_the_ports_of_quic_are_taken_for_quic_as_the_engine_does() {
    if engine().is_none() {
        return;
    }
    let lines = [
        "alert quic any any -> any any (sid:1;)",
        "alert quic any any -> any any (quic.sni; content:\"a\"; sid:2;)",
        "alert dns any any -> any any (dns.query; content:\"a\"; sid:3;)",
        "alert udp any any -> any any (app-layer-protocol:!quic; sid:4;)",
        "drop quic any any -> any any (flow:to_client; sid:5;)",
    ];
    let said = |port: u16, to_server: &[u8], to_client: &[u8]| {
        let talk = Talk::Udp(Udp { to_server: to_server.to_vec(), to_client: to_client.to_vec() });
        Flow { talk, ..flow(&format!("udp://a.example:{port}")) }
    };
    let mut flows = vec![
        flow("dns://a.example:443"),
        flow("dns://a.example:80"),
        flow("quic://a.example"),
        flow("quic://a.example:8443"),
    ];
    for port in [80, 443, 444] {
        // A short header, old headers that are whole or cut short, long ones.
        flows.extend([
            said(port, b"hello", b"world"),
            said(port, &[0x10, 1], &[0x10, 1, 2]),
            said(port, &[0x10, 1, 2], &[0x81, 1]),
            said(port, &[0x0d; 25], &[0x0d; 26]),
            said(port, b"\xe0\0\0\0\x01\0\0", b"\xc0\0\0\0\x01\0\0\0\x02a"),
            said(port, b"\xc0\0\0\0\x01\0\0\0\x02ab", b"\x80\0\0\0\0\0\0"),
        ]);
    }
    assert_agrees(&ruleset(RuleOrder::Strict, &lines), flows);
}

#[test]
fn several_flow_options_of_one_rule_say_together_what_the_engine_takes_from_them() {
    if engine().is_none() {
        return;
    }
    let flows = [
        "flow:to_server; flow:to_client;",
        "flow:to_server; flow:to_client; dsize:>0;",
        "flow:to_server; flow:established;",
        "flow:to_client; flow:established;",
        "flow:to_server; flow:to_client,established;",
        "flow:to_client; flow:to_server,established;",
        "flow:no_stream; flow:to_server;",
        "flow:to_server; flow:to_server;",
        "flow:to_client; flow:to_server; flow:established;",
        "flow:to_server,no_stream; flow:to_client;",
        "flow:to_server,no_stream; flow:established;",
        "flow:no_stream; flow:to_server,established;",
    ];
    let lines: Vec<String> = (1..)
        .zip(flows)
        .map(|(sid, flow)| format!("alert tcp any any -> any any ({flow} sid:{sid};)"))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let requests = ["https://a.example", "http://a.example", "tcp://a.example:22"];
    assert_agrees(&ruleset(RuleOrder::Strict, &lines), requests.map(flow).into());
}

#[test]
fn payload_of_encrypted_connections_is_seen_as_the_engine_does() {
    if engine().is_none() {
        return;
    }
    let alerts = |conditions: &[&str]| -> Ruleset {
        let line =
            |(sid, c): (usize, &&str)| format!("alert tcp any any -> any any ({c} sid:{sid};)");
        let lines: Vec<String> = (1..).zip(conditions).map(line).collect();
        ruleset(RuleOrder::Strict, &lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let hello = |change: &dyn Fn(&mut Flow, &mut Tls)| {
        let mut flow = flow("https://a.example");
        let Talk::Tls(mut tls) = flow.talk.clone() else { panic!("not TLS") };
        change(&mut flow, &mut tls);
        Flow { talk: Talk::Tls(tls), ..flow }
    };
    let flows = || {
        vec![
            hello(&|_, _| {}),
            hello(&|flow, _| flow.split = Some(50)),
            hello(&|_, tls| tls.version = TlsVersion::V1_2),
            hello(&|flow, tls| (flow.split, tls.version) = (Some(100), TlsVersion::V1_1)),
            // Records cut at their heads.
            hello(&|flow, _| flow.split = Some(1)),
            hello(&|flow, _| flow.split = Some(5)),
            hello(&|flow, _| flow.split = Some(6)),
            hello(&|flow, tls| (flow.split, tls.version) = (Some(5), TlsVersion::V1_2)),
            hello(&|flow, tls| (flow.split, tls.version) = (Some(4), TlsVersion::V1_2)),
        ]
    };
    // Without a rule that looks into the stream, with one for the client's, with one for both sides'.
    assert_agrees(&alerts(&["dsize:>0;", "dsize:<5000;"]), flows());
    let of_client = "flow:to_server; content:\"|17 03|\";";
    assert_agrees(&alerts(&["dsize:>0;", "dsize:<5000;", of_client]), flows());
    let of_both = [
        "dsize:>0;",
        "content:\"|17 03|\";",
        "content:\"|14 03|\"; flow:no_stream;",
        "content:!\"zzzz\";",
        "content:\"|17 03|\"; offset:2;",
        "dsize:<500; content:!\"zzzz\";",
    ];
    assert_agrees(&alerts(&of_both), flows());
}

#[test]
fn a_variable_read_above_its_setter_is_not_verifiable() {
    let lines = [
        "drop tcp any any -> any any (flow:to_server; flowbits:isset,seen; sid:1;)",
        "alert tcp any any -> any any (flow:to_server; flowbits:set,seen; sid:2;)",
    ];
    if engine().is_none() {
        return;
    }
    let report = ask(&ruleset(RuleOrder::Strict, &lines), vec![flow("https://a.example")]);
    let clash = &report.not_verifiable[0];
    assert_eq!((clash.reader.0, clash.setter.0, &*clash.variable), (1, 2, "seen"));
    assert_eq!(report.agree, 0);
    // In action order the engine sorts by itself, and so do we.
    assert_agrees(&ruleset(RuleOrder::Action, &lines), vec![flow("https://a.example")]);
}

#[test]
fn a_rule_that_only_the_engine_refuses_is_a_difference() {
    if engine().is_none() {
        return;
    }
    let mut rules = ruleset(RuleOrder::Strict, &["drop tcp any any -> any 22 (sid:1;)"]);
    let text = "drop tcp any any -> any 22 (no-such-keyword; sid:1;)".to_owned();
    let rule = Rule { text, ..(*rules.rules[0]).clone() };
    rules.rules.replace(0, std::sync::Arc::new(rule));
    let report = ask(&rules, vec![flow("https://a.example")]);
    assert_eq!(report.refused.len(), 1, "{report:?}");
    assert!(!report.is_fine());
}

#[test]
fn made_up_policies_agree_with_the_engine() {
    if engine().is_none() {
        return;
    }
    let run = sekisho(&["--random-policies", "20", "--seed", "7", "--every-match"]);
    assert!(run.status.success(), "{}{}", out(&run), err(&run));
}

#[test]
fn the_same_seed_makes_the_same_policy() {
    assert_eq!(random_ruleset(3), random_ruleset(3));
    assert_ne!(random_ruleset(3), random_ruleset(4));
}

/// A POST in segments of so many bytes, with so many bytes of body.
fn post(body: usize, split: Option<usize>) -> Flow {
    let head = format!(
        "POST /A HTTP/1.1\r\nHost: good.example\r\nUser-Agent: CURL\r\nContent-Length: {body}\r\n\r\n"
    );
    let request = format!("{head}{}", "x".repeat(body)).into_bytes();
    Flow {
        talk: Talk::Http(Http { requests: vec![request] }),
        split,
        ..flow("http://good.example")
    }
}

fn posts() -> Vec<Flow> {
    // Cut within the line, within headers, at the blank line, behind the headers, within the body.
    let splits = [None, Some(10), Some(30), Some(40), Some(77), Some(79), Some(80), Some(129)];
    let all = splits.into_iter().flat_map(|split| [0, 1, 100, 3000].map(|body| post(body, split)));
    all.collect()
}

#[test]
fn rules_that_search_for_nothing_are_tried_again_as_the_engine_does() {
    if engine().is_none() {
        return;
    }
    let conditions = [
        "http.host; content:!\"zz\";",
        "http.uri; content:!\"zz\";",
        "http.method; content:!\"zz\";",
        "http.header_names; content:!\"zz\";",
        "http.user_agent; content:!\"zz\";",
        "http.host.raw; content:!\"zz\"; endswith;",
        "http.start; content:!\"zz\";",
        "http.host; pcre:!\"/zz/\";",
        "http.host; bsize:>2;",
        "urilen:<9;",
    ];
    let lines: Vec<String> = (1..)
        .zip(conditions)
        .map(|(sid, c)| format!("alert http any any -> any any ({c} sid:{sid};)"))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_agrees(&ruleset(RuleOrder::Strict, &lines), posts());
}

#[test]
fn late_bits_are_seen_by_the_rules_that_the_engine_tries_again() {
    if engine().is_none() {
        return;
    }
    let readers = [
        "http.uri; content:\"/A\";",
        "http.uri; content:!\"zz\";",
        "http.method; content:\"POST\";",
        "http.host; content:\"good\";",
        "http.host; content:!\"zz\";",
        "urilen:<9;",
        "http.header_names; content:\"Host\";",
        "http.uri; bsize:2;",
        "http.uri; pcre:\"/A/\";",
        "http.start; content:\"A\";",
        "http.user_agent; content:\"CURL\";",
        "http.host; dotprefix; content:\".good.example\"; endswith;",
    ];
    // A bit for each piece of the request, set with its packet.
    let setters = ["good", "User", "Length", "xx"];
    let mut lines = Vec::new();
    for (bit, text) in setters.iter().enumerate() {
        let setter = format!("content:\"{text}\"; flowbits:set,b{bit};");
        lines.push(format!("alert tcp any any -> any any ({setter} sid:{};)", bit + 1));
    }
    for bit in 0..setters.len() {
        for (number, reader) in readers.iter().enumerate() {
            let sid = 100 * (bit + 1) + number;
            let bits = format!("flowbits:isset,b{bit};");
            lines.push(format!("alert http any any -> any any ({reader} {bits} sid:{sid};)"));
        }
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let flows = [20, 33, 50, 79, 200].map(|split| post(100, Some(split)));
    assert_agrees(&ruleset(RuleOrder::Strict, &lines), flows.into());
}

#[test]
fn negations_behind_a_transform_bite_late_as_in_the_engine() {
    if engine().is_none() {
        return;
    }
    let rules = [
        "drop http any any -> any any (http.host; dotprefix; content:!\".good.example\"; endswith; sid:1;)",
        "drop http any any -> any any (http.uri; to_lowercase; content:!\"/a\"; sid:1;)",
        "drop http any any -> any any (http.user_agent; to_lowercase; content:!\"curl\"; sid:1;)",
        "drop http any any -> any any (http.host; dotprefix; pcre:!\"/^\\.good/\"; sid:1;)",
        "drop http any any -> any any (http.host; dotprefix; bsize:12; sid:1;)",
        "drop http any any -> any any (http.host; dotprefix; content:!\".good.example\"; endswith; http.method; content:\"P\"; sid:1;)",
        "drop tls any any -> any any (tls.sni; dotprefix; content:!\".good.example\"; endswith; sid:1;)",
        "drop tls any any -> any any (tls.sni; dotprefix; pcre:!\"/^\\.good/\"; sid:1;)",
        "drop tls any any -> any any (ssl_state:client_hello; tls.sni; dotprefix; content:!\".good.example\"; endswith; sid:1;)",
    ];
    for rule in rules {
        let splits = [None, Some(30), Some(79), Some(129)];
        let mut flows: Vec<Flow> = splits.map(|split| post(100, split)).into();
        flows.push(flow("https://good.example"));
        flows.push(Flow { split: Some(60), ..flow("https://good.example") });
        assert_agrees(&ruleset(RuleOrder::Strict, &[rule]), flows);
    }
    // What another rule looks at in the same buffer decides how: it cannot be told.
    let together =
        ask(&ruleset(RuleOrder::Strict, &[rules[0], &rules[3].replace("sid:1", "sid:2")]), posts());
    assert!(together.is_fine() && together.undetermined > 0, "{:#?}", together.disagreements);
}

#[test]
fn what_a_pass_does_that_counts_other_flows_too_cannot_be_told() {
    if engine().is_none() {
        return;
    }
    for count in [
        "limit, track by_src, count 1",
        "both, track by_src, count 1",
        "both, track by_src, count 2",
    ] {
        let pass = format!(
            "pass tcp any any -> any any (content:\"hello\"; threshold:type {count}, seconds 1000000; sid:1;)"
        );
        let drop = "drop tcp any any -> any any (flow:to_server; dsize:>0; sid:2;)";
        let report = ask(
            &ruleset(RuleOrder::Action, &[&pass, drop]),
            vec![flow("tcp://a.example:22"), flow("tcp://a.example:22")],
        );
        assert_eq!((report.undetermined, report.disagree), (2, 0), "{count}");
    }
}

#[test]
fn icmp_is_only_seen_by_rules_for_any_port_as_in_the_engine() {
    if engine().is_none() {
        return;
    }
    let ports = ["any", "ANY", "[any]", "0:65535", "!443", "8", "[0:100,101:65535]"];
    let mut lines = Vec::new();
    for (number, port) in ports.iter().enumerate() {
        lines.push(format!("alert icmp any any -> any {port} (sid:{};)", number + 1));
        lines.push(format!("alert ip any any -> any {port} (ip_proto:!6; sid:{};)", number + 101));
        lines.push(format!("alert icmp any {port} -> any any (itype:8; sid:{};)", number + 201));
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let requests = ["icmp://a.example", "udp://a.example:443", "tcp://a.example:443"];
    assert_agrees(&ruleset(RuleOrder::Strict, &lines), requests.map(flow).into());
}
