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

/// A policy of one hand-written rule, that lets through what the rule does not stop.
fn written(rule: &str) -> String {
    format!(
        "sekisho: 1\nname: written\nrule_order: strict\ndefault_actions: [alert_established]\n\
         home_net: [10.0.0.0/8]\nrule_groups:\n  - name: own\n    priority: 100\n    rules:\n      \
         - name: own\n        suricata: '{rule}'\n"
    )
}

#[test]
fn rules_that_ask_a_protocol_are_not_passed_by_what_is_known_by_its_name_only() {
    let folder = tempfile::tempdir().unwrap();
    let sums_of = |rule: &str, app: &str| {
        let event = Event { flow: 1, kind: "alert", from: "10.1.2.3", app, sni: "", verdict: "" };
        let log = [file(folder.path(), "log", event.line())];
        sums(&count(&[&written(rule)], &log, 1, Bounds::default()))
    };
    for (rule, app) in [
        ("drop dns any any -> any any (sid:1;)", "dns"),
        ("drop tcp any any -> any any (dns.query; content:\"bad\"; sid:1;)", "dns"),
        ("drop http any any -> any any (sid:1;)", "http2"),
        ("drop tcp any any -> any any (ssh.proto; content:\"2.0\"; sid:1;)", "ssh"),
    ] {
        assert_eq!(sums_of(rule, app), [1, 0, 0, 0, 1, 0], "{app}: {rule}");
    }
    // HTTP/2 with its name is no request of HTTP/1.
    let event =
        Event { flow: 1, kind: "alert", from: "10.1.2.3", app: "http2", sni: "", verdict: "" };
    let named = event.line().replace(
        r#""app_proto":"http2""#,
        r#""app_proto":"http2","http":{"hostname":"a.example","url":"/x"}"#,
    );
    let log = [file(folder.path(), "log", named)];
    let host = "drop http any any -> any any (http.host; content:\"a.example\"; sid:1;)";
    let tally = count(&[&written(host)], &log, 1, Bounds::default());
    assert_eq!(sums(&tally), [1, 0, 0, 0, 1, 0]);
    assert_eq!(tally.rows[0].request.to_string(), "http://a.example:443/x");
    let tls = "drop tls any any -> any any (tls.sni; content:\"x.example\"; sid:1;)";
    assert_eq!(sums_of(tls, "ssh"), [1, 1, 0, 0, 0, 0], "what is known to be SSH is no TLS");
    let ports = "drop tcp any any -> any 22 (sid:1;)";
    assert_eq!(sums_of(ports, "ssh"), [1, 1, 0, 0, 0, 0], "no rule asks what was said");
}

#[test]
fn policies_are_told_apart_by_variables_order_and_names() {
    let folder = tempfile::tempdir().unwrap();
    let log = [file(folder.path(), "log", "10.1.2.3,https://www.wiki.example\n")];
    let mark = |text: &str| count(&[text], &log, 1, Bounds::default()).policy;
    let own = written("drop tcp $HOME_NET any -> any 443 (sid:1;)");
    assert_eq!(mark(&own), mark(&own));
    for (from, to) in [
        ("home_net: [10.0.0.0/8]", "home_net: [192.168.0.0/16]"),
        ("name: own\n        suricata", "name: other\n        suricata"),
        ("name: own\n    priority", "name: other\n    priority"),
    ] {
        assert_ne!(mark(&own.replace(from, to)), mark(&own), "{to}");
    }
    let action = "rule_order: strict\ndefault_actions: [alert_established]";
    let by_action = own.replace(action, "rule_order: action");
    let strict = own.replace(action, "rule_order: strict\ndefault_actions: []");
    assert_ne!(mark(&by_action), mark(&strict));
}

#[test]
fn rules_that_ask_how_a_client_asks_cannot_be_told_where_the_log_does_not_say_it() {
    let folder = tempfile::tempdir().unwrap();
    let http = |method: &str| {
        let asked = format!("{method} http://www.example.com/x");
        squid("10.1.2.3", "TCP_MISS/200", &asked, "HIER_DIRECT/203.0.113.7")
    };
    let tls = |sni: &str| {
        Event { flow: 1, kind: "alert", from: "10.1.2.3", app: "tls", sni, verdict: "" }.line()
    };
    let get = "drop http any any -> any any (http.method; content:\"POST\"; sid:1;)";
    let agent = "drop http any any -> any any (http.user_agent; content:\"wget\"; sid:1;)";
    let case = "drop tls any any -> any any (tls.sni; content:\"A.EXAMPLE\"; sid:1;)";
    let nocase = "drop tls any any -> any any (tls.sni; content:\"A.EXAMPLE\"; nocase; sid:1;)";
    let version = "drop tls any any -> any any (tls.version:1.0; sid:1;)";
    let (pass, drop, unknown) = ([1, 1, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, 0]);
    for (rule, line, expected) in [
        (get, http("GET"), pass),
        (get, http("POST"), drop),
        (get, "10.1.2.3,http://www.example.com/x\n".to_owned(), unknown),
        (agent, http("GET"), unknown),
        (case, tls("A.EXAMPLE"), unknown),
        (case, tls("a.example"), pass),
        (nocase, tls("A.EXAMPLE"), drop),
        (version, tls("a.example"), unknown),
        (version, http("POST"), pass),
    ] {
        let log = [file(folder.path(), "log", &line)];
        let tally = count(&[&written(rule)], &log, 1, Bounds::default());
        assert_eq!(sums(&tally), expected, "{rule}: {line}");
        assert_eq!(sums(&through_text(&tally)), expected, "{rule}: {line}");
    }
}

#[test]
fn what_an_event_tells_of_the_client_is_what_rules_are_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let line = |app: &str, port: u16, said: &str| {
        format!(
            r#"{{"event_type":"{app}","src_ip":"10.1.2.3","src_port":40000,"dest_ip":"203.0.113.9","dest_port":{port},"proto":"TCP","app_proto":"{app}","{app}":{{{said}}}}}"#
        ) + "\n"
    };
    let http =
        |said: &str| line("http", 80, &format!(r#""hostname":"a.example","url":"/x"{said}"#));
    let tls = |said: &str| line("tls", 443, &format!(r#""sni":"a.example"{said}"#));
    let method = "drop http any any -> any any (http.method; content:\"POST\"; sid:1;)";
    let agent = "drop http any any -> any any (http.user_agent; content:\"wget\"; sid:1;)";
    let from = "drop http any any -> any any (http.referer; content:\"b.example\"; sid:1;)";
    let cookie = "drop http any any -> any any (http.cookie; content:\"x\"; sid:1;)";
    let old = "drop tls any any -> any any (tls.version:1.0; sid:1;)";
    let new = "drop tls any any -> any any (tls.version:1.3; sid:1;)";
    let middle = "drop tls any any -> any any (tls.version:1.2; sid:1;)";
    let hash = "drop tls any any -> any any (ja3.hash; content:\"1be8360b66649edee1de25f81d98ec27\"; sid:1;)";
    let (pass, drop, unknown) = ([1, 1, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, 0]);
    for (rule, line, expected) in [
        (method, http(r#","http_method":"POST""#), drop),
        (method, http(r#","http_method":"GET""#), pass),
        (method, http(""), unknown),
        (agent, http(r#","http_user_agent":"wget/1""#), drop),
        (agent, http(r#","http_user_agent":"curl/8""#), pass),
        (agent, http(r#","http_method":"GET""#), unknown),
        (from, http(r#","http_refer":"http://b.example/""#), drop),
        (from, http(""), unknown),
        (cookie, http(r#","http_method":"GET","http_user_agent":"curl/8""#), unknown),
        (old, tls(r#","version":"TLS 1.2""#), pass),
        (old, tls(r#","version":"TLS 1.3""#), pass),
        (old, tls(r#","version":"UNDETERMINED""#), unknown),
        (new, tls(r#","version":"TLS 1.3""#), drop),
        // The client may have offered 1.3 as well, and its hello is what the rule sees first.
        (new, tls(r#","version":"TLS 1.2""#), unknown),
        (middle, tls(r#","version":"TLS 1.2""#), unknown),
        // It may have offered one in between.
        (middle, tls(r#","version":"TLS 1.1""#), unknown),
        (old, tls(r#","version":"TLS 1.1""#), pass),
        // What cannot be sent as it is written is not known.
        (agent, http(r#","http_user_agent":"curl\r\nX: wget""#), unknown),
        (from, http(r#","http_refer":"x\u0000http://b.example/""#), unknown),
        (method, http(r#","http_method":"GET POST""#), unknown),
        // Who asks for a tunnel asks for no host of a header.
        (method, http(r#","http_method":"CONNECT""#), unknown),
        (
            hash,
            tls(r#","version":"TLS 1.3","ja3":{"hash":"1be8360b66649edee1de25f81d98ec27"}"#),
            unknown,
        ),
    ] {
        let log = [file(folder.path(), "log", &line)];
        let tally = count(&[&written(rule)], &log, 1, Bounds::default());
        assert_eq!(sums(&tally), expected, "{rule}: {line}");
        assert_eq!(sums(&through_text(&tally)), expected, "{rule}: {line}");
    }
    // Requests that differ in what is told are told apart, and only where a rule asks for it.
    let both = http(r#","http_user_agent":"wget/1""#) + &http(r#","http_user_agent":"curl/8""#);
    let log = [file(folder.path(), "log", both)];
    for (rule, rows) in [(agent, 2), (old, 1)] {
        assert_eq!(count(&[&written(rule)], &log, 1, Bounds::default()).rows.len(), rows);
    }
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
fn parts_that_are_joined_are_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..6_000_u32)
        .map(|n| {
            let from = format!("10.{}.{}.3", n % 3, n % 7);
            match n % 4 {
                0 => squid(
                    &from,
                    "TCP_TUNNEL/200",
                    &format!("CONNECT h{}.wiki.example:443", n % 11),
                    "HIER_DIRECT/203.0.113.7",
                ),
                1 => squid(
                    &from,
                    "TCP_DENIED/403",
                    &format!("CONNECT x{}.closed.example:443", n % 13),
                    "HIER_NONE/-",
                ),
                2 => squid(
                    &from,
                    "TCP_MISS/200",
                    &format!("GET http://files.example/public/{}", n % 5),
                    "HIER_DIRECT/203.0.113.9",
                ),
                _ => Event {
                    flow: u64::from(n / 8),
                    kind: "alert",
                    from: &from,
                    app: "tls",
                    sni: if n % 8 == 3 { "" } else { "a.example" },
                    verdict: "drop",
                }
                .line(),
            }
        })
        .collect();
    let whole = file(folder.path(), "whole", lines.concat());
    let expected = shown(&count(&[POLICY], &[whole], 2, Bounds::default()));
    let mut joined = Tally::new(Bounds::default());
    for (n, part) in lines.chunks(700).enumerate().map(|(n, part)| (n, part.concat())) {
        let part = file(folder.path(), &format!("part{n}"), part);
        joined.merge(through_text(&count(&[POLICY], &[part], 1, Bounds::default())));
    }
    assert_eq!(shown(&joined), expected);
}

/// Everything that is counted, in an order of its own.
fn shown(tally: &Tally) -> String {
    let tally = tally.clone().settled();
    let report = Report::of(&tally);
    let mut rows: Vec<String> = tally
        .rows
        .iter()
        .map(|row| {
            let by = &tally.decisions[row.decision as usize];
            format!("{} {} {:?} {by:?} {:?}", row.request.from, row.request, row.unsaid, row.counts)
        })
        .collect();
    rows.sort();
    let mut all = format!("{:?} {:?} {:?}\n", report.fates, report.logged, report.unused);
    for part in [
        format!("{:?}", report.sources),
        format!("{:?}", report.hosts),
        format!("{:?}", report.deciders),
    ] {
        writeln!(all, "{part}").unwrap();
    }
    writeln!(all, "{} {} {} {:?}", tally.repeated, tally.unreadable, tally.other, tally.lines)
        .unwrap();
    all + &rows.join("\n")
}

#[test]
fn bounds_are_kept_and_the_sums_stay_right() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..2_000)
        .map(|n| {
            format!("10.1.{}.{},https://h{}.wiki.example,203.0.113.7\n", n % 50, n % 40, n % 300)
        })
        .collect();
    let log = [file(folder.path(), "asked.csv", format!("source,url,dst\n{lines}"))];
    let bounds = Bounds { rows: 100, names: 20, ..Bounds::default() };
    let tally = through_text(&count(&[POLICY], &log, 2, bounds));
    assert_eq!(sums(&tally), [2_000, 2_000, 0, 0, 0, 0]);
    assert!(tally.rows.len() <= 100 && tally.requests_beyond() >= 1_000, "{}", tally.rows.len());
    assert!(tally.beyond.unnamed > 0);
}

/// How many events of connections a tally remembers.
fn remembered(tally: &Tally) -> usize {
    let mut part = Vec::new();
    write_part(tally, &mut part).unwrap();
    serde_json::from_slice::<Value>(&part).unwrap()["flows"].as_array().unwrap().len()
}

#[test]
fn connection_that_asks_for_much_is_remembered_within_the_bound() {
    let folder = tempfile::tempdir().unwrap();
    let part = |from: u32| {
        let line = |n: u32| {
            let sni = format!("h{n}.example");
            Event {
                flow: 7,
                kind: "alert",
                from: "10.1.2.3",
                app: "tls",
                sni: &sni,
                verdict: "drop",
            }
            .line()
        };
        let lines: String = (from..from + 20).map(line).collect();
        file(folder.path(), &format!("from-{from}"), lines)
    };
    let bounds = Bounds { flows: 3, ..Bounds::default() };
    let requests = |tally: &Tally| Report::of(&tally.clone().settled()).requests();
    let one = count(&[POLICY], &[part(0)], 1, bounds);
    assert_eq!((remembered(&one), one.unpaired, requests(&one)), (3, 17, 20));
    let mut both = one;
    both.merge(count(&[POLICY], &[part(20)], 1, bounds));
    assert_eq!((remembered(&both), requests(&both)), (3, 40));
    // A part that was counted within other bounds.
    let all = count(&[POLICY], &[part(0)], 1, Bounds::default());
    let mut text = Vec::new();
    write_part(&all, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let read = read_part(&text, bounds).unwrap();
    assert_eq!((remembered(&read), read.unpaired, requests(&read)), (3, 17, 20));
    let few = Bounds { rows: 5, names: 2, ..Bounds::default() };
    let read = read_part(&text, few).unwrap();
    let beyond = (read.requests_beyond(), read.beyond.hosts.len(), read.unpaired);
    assert_eq!((remembered(&read), beyond, requests(&read)), (5, (15, 2, 15), 20));
    assert_eq!(read.settled().repeated, 0);
}

#[test]
fn command_prints_sums_as_json_and_joins_parts() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.yaml");
    fs::write(&policy, POLICY).unwrap();
    let run = |args: &[&str]| {
        let out = assert_cmd::Command::cargo_bin("sekisho")
            .unwrap()
            .current_dir(folder.path())
            .args(args)
            .output()
            .unwrap();
        (
            String::from_utf8(out.stdout).unwrap(),
            String::from_utf8(out.stderr).unwrap(),
            out.status.code(),
        )
    };
    fs::write(
        folder.path().join("a.csv"),
        "10.1.2.3,https://www.wiki.example\n10.1.2.3,https://x.closed.example\n",
    )
    .unwrap();
    fs::write(folder.path().join("b.csv"), "10.2.2.3,https://www.wiki.example\nnonsense\n")
        .unwrap();
    let (whole, _, code) = run(&["replay", "policy.yaml", "a.csv", "b.csv", "--format", "json"]);
    let whole: Value = serde_json::from_str(&whole).unwrap();
    assert_eq!((code, &whole["requests"], &whole["unreadable"]), (Some(0), &json!(3), &json!(1)));
    assert_eq!(whole["first_unreadable"][0]["place"], "b.csv:2");
    for part in ["a", "b"] {
        let (out, err, code) = run(&[
            "replay",
            "policy.yaml",
            &format!("{part}.csv"),
            "--partial",
            &format!("{part}.part"),
        ]);
        assert_eq!((out.as_str(), err.as_str(), code), ("", "", Some(0)));
    }
    let (joined, _, code) = run(&["replay", "--merge", "a.part", "b.part", "--format", "json"]);
    assert_eq!((code, serde_json::from_str::<Value>(&joined).unwrap()), (Some(0), whole));
    fs::write(&policy, POLICY.replace("reject", "drop")).unwrap();
    run(&["replay", "policy.yaml", "b.csv", "--partial", "b.part"]);
    let (_, err, code) = run(&["replay", "--merge", "a.part", "b.part"]);
    assert_eq!((err.contains("another policy"), code), (true, Some(1)), "{err}");
    let (csv, _, code) = run(&["replay", "policy.yaml", "a.csv", "--format", "csv", "--exit-code"]);
    assert_eq!((csv.lines().count(), code), (3, Some(0)));
}

/// Runs the program in a folder with the policy and a log.
fn in_folder(lang: &str, run: impl FnOnce(&Path, &dyn Fn(&[&str]) -> (String, Option<i32>))) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("policy.yaml"), POLICY).unwrap();
    fs::write(folder.path().join("old.yaml"), POLICY).unwrap();
    fs::write(folder.path().join("a.csv"), "10.1.2.3,https://www.wiki.example\n").unwrap();
    run(folder.path(), &|args| {
        let mut command = assert_cmd::Command::cargo_bin("sekisho").unwrap();
        let out = command.current_dir(folder.path()).args(["--lang", lang]).args(args);
        let out = out.output().unwrap();
        (String::from_utf8(out.stderr).unwrap(), out.status.code())
    });
}

#[test]
fn part_is_never_written_over_a_policy_or_a_log() {
    in_folder("en", |folder, run| {
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        fs::write(folder.join("empty.csv"), "").unwrap();
        fs::write(folder.join("empty.part"), "").unwrap();
        for (out, said) in [
            ("policy.yaml", "is a policy or a log that is read"),
            ("./old.yaml", "is a policy or a log that is read"),
            ("a.csv", "is a policy or a log that is read"),
            ("empty.csv", "is a policy or a log that is read"),
            ("not-there.csv", "is a policy or a log that is read"),
            ("notes.txt", "is there already and is no part of a replay"),
        ] {
            let before = fs::read(folder.join(out)).ok();
            let logs = ["a.csv", "empty.csv", "not-there.csv"];
            let mut args = vec!["replay", "policy.yaml", "--against", "old.yaml"];
            args.extend(logs.iter().chain(&["--partial", out]));
            let (err, code) = run(&args);
            assert_eq!((err.contains(said), code), (true, Some(1)), "{out}: {err}");
            assert_eq!(fs::read(folder.join(out)).ok(), before, "{out}");
        }
        for _ in 0..2 {
            let (err, code) = run(&["replay", "policy.yaml", "a.csv", "--partial", "empty.part"]);
            assert_eq!((err.as_str(), code), ("", Some(0)));
        }
        let (err, code) = run(&["replay", "--merge", "empty.part", "--partial", "notes.txt"]);
        assert_eq!((err.contains("is no part"), code), (true, Some(1)), "{err}");
        assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "mine");
    });
}

#[test]
fn what_is_wrong_with_parts_and_logs_is_said_in_the_language_asked_for() {
    in_folder("ja", |folder, run| {
        fs::write(folder.join("no.part"), "{}").unwrap();
        fs::write(folder.join("later.part"), "{\"sekisho_replay\": 99}").unwrap();
        let (err, _) = run(&["replay", "policy.yaml", "a.csv", "--partial", "a.part"]);
        assert_eq!(err, "");
        let part = fs::read_to_string(folder.join("a.part")).unwrap();
        let broken = part.replace("\"fate\":\"pass\"", "\"fate\":\"none\"");
        assert_ne!(part, broken);
        fs::write(folder.join("broken.part"), broken).unwrap();
        for (part, said) in [
            ("missing.part", "そのファイルはありません"),
            ("no.part", "`replay --partial` の出力ではありません"),
            ("later.part", "形式 99 で書かれており"),
            ("broken.part", "存在しない判定を参照しています"),
        ] {
            let (err, code) = run(&["replay", "--merge", part]);
            assert_eq!((err.contains(said), code), (true, Some(1)), "{part}: {err}");
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let tally = count(&[POLICY], &[Log::File(folder.path().join("none"))], 1, Bounds::default());
    assert!(tally.troubles[0].why.say(Lang::Japanese).contains("そのファイルはありません"));
}

#[test]
fn host_that_means_something_else_in_a_policy_is_not_suggested() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String =
        ["http://any/", "http://0/", "http://list:wiki/", "http://www.bank.example/"]
            .iter()
            .map(|url| squid("10.2.2.3", "TCP_DENIED/403", &format!("GET {url}"), "HIER_NONE/-"))
            .collect();
    let log = [file(folder.path(), "squid.log", lines)];
    let tally = count(&[POLICY], &log, 1, Bounds::default()).settled();
    let suggestion =
        suggest(&tally, &documents(&[POLICY])[0], &AtomicBool::new(false)).unwrap().unwrap();
    assert!(suggestion.text.contains("to: [www.bank.example]"), "{}", suggestion.text);
}

#[test]
fn suggested_group_lets_through_what_the_default_action_blocked_and_nothing_that_rules_block() {
    let folder = tempfile::tempdir().unwrap();
    let asked = [
        "10.1.2.3,https://a.shop.com",
        "10.1.2.4,https://b.shop.com",
        "10.1.2.3,https://shop.com",
        "10.1.2.3,https://c.closed.example",
        "10.2.2.3,http://plain.example/x",
        "10.1.2.3,tcp://203.0.113.7:22",
        "10.1.2.3,https://www.wiki.example",
    ];
    let lines = asked.map(|line| format!("{line},203.0.113.7\n")).concat();
    let log = file(folder.path(), "asked.csv", format!("from,url,dst\n{lines}"));
    let tally = count(&[POLICY], std::slice::from_ref(&log), 1, Bounds::default()).settled();
    let document = &documents(&[POLICY])[0];
    let suggestion = suggest(&tally, document, &AtomicBool::new(false)).unwrap().unwrap();
    assert_eq!((suggestion.blocked, suggestion.by_rules), (5, 1));
    assert_eq!(suggestion.passed, 5, "{}", suggestion.text);
    assert_eq!(suggestion.collapsed, [(".shop.com".to_owned(), 3)]);
    let with = suggestion.document.text();
    assert_eq!(with.replace(&format!("{}\n", suggestion.text), ""), POLICY, "{}", suggestion.text);
    // Its rules have sids of their own, so that logs keep their meaning; all of it is one edit.
    let rules = &suggestion.document.policy().rule_groups[1].rules;
    let sids: Vec<Option<u32>> = rules.iter().map(|rule| rule.sid).collect();
    assert_eq!(sids, [Some(200_100), Some(200_200), Some(200_300)], "{}", suggestion.text);
    let mut edited = document.clone();
    edited.apply(&suggestion.edit()).unwrap();
    assert_eq!(edited.text(), with);
    let after = count(&[with], &[log], 1, Bounds::default());
    assert_eq!(sums(&after), [7, 6, 0, 1, 0, 0]);
    // What the others of the source may do is no business of an address without a source.
    assert!(suggestion.text.contains("from: 10.2.2.3"), "{}", suggestion.text);
    assert!(suggestion.text.contains("from: office"), "{}", suggestion.text);
    let nothing = file(folder.path(), "fine.csv", "10.1.2.3,https://www.wiki.example\n");
    let tally = count(&[POLICY], &[nothing], 1, Bounds::default()).settled();
    assert!(suggest(&tally, document, &AtomicBool::new(false)).unwrap().is_none());
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

/// Policies whose rules ask for names in many ways: some in the buffer that holds the name alone, some in others as well.
fn asking_policies() -> Vec<String> {
    let rows = "      - {name: exact, action: pass, from: office, to: [a.example, b.example]}\n      \
        - {name: below, action: drop, from: any, to: [.b.example, \"*.c.example\"]}\n      \
        - {name: found, action: pass, from: any, to: ['regex:^x[0-9]+\\.']}\n      \
        - {name: found-too, action: reject, from: office, to: ['regex:bad']}\n      \
        - {name: path, action: pass, from: any, to: [\"http://a.example/public/*\"]}\n";
    let by_hand = [
        "",
        "drop tls any any -> any any (tls.sni; to_uppercase; content:\"B.EX\"; sid:9000001;)",
        "drop tls any any -> any any (tls.sni; dotprefix; content:!\".a.example\"; endswith; sid:9000001;)",
        "drop tcp any any -> any 443 (content:\"a.example\"; sid:9000001;)",
        "drop http any any -> any any (http.host.raw; content:\"a.\"; startswith; sid:9000001;)",
        "drop tcp any any -> any any (dsize:>220; sid:9000001;)",
        "drop ip any any -> any any (sameip; sid:9000001;)",
        "pass tls 10.1.0.0/16 any -> any any (tls.sni; content:\"x\"; flowbits:set,x; sid:9000001;)",
        "drop http any any -> any any (http.uri; content:\"/x\"; endswith; http.host; content:\"c\"; sid:9000001;)",
    ];
    let group = |rule: &str| match rule {
        "" => String::new(),
        rule => format!("      - name: by-hand\n        suricata: |\n          {rule}\n"),
    };
    let policy = |rule| {
        let begin = POLICY.split_once("    rules:\n").unwrap().0;
        format!("{begin}    rules:\n{}{rows}", group(rule))
    };
    by_hand.into_iter().map(policy).collect()
}

/// Who asked which server how, and what became of it.
fn of_host(request: &Request, decision: &Decision) -> (String, String) {
    let Request { from, scheme, host, port, .. } = request;
    (format!("{from} {} {host} {port}", scheme.word()), format!("{decision:?}"))
}

#[test]
fn requests_that_are_decided_together_get_what_each_would_get_alone() {
    let names =
        ["a", "b", "c", "www.a", "x1.b", "deep.x2.c", "bad", "notbad.a", "x9", "other", "x"];
    let mut log = String::from("from,url,dst\n");
    for name in names {
        for (from, dst) in [
            ("10.1.2.3", ""),
            ("10.1.9.9", "203.0.113.9"),
            ("10.2.2.3", ""),
            ("192.0.2.1", ""),
            // Of no class of their own, and yet a rule may ask whether they are the same.
            ("10.1.2.3", "10.1.2.4"),
            ("10.1.2.3", "10.1.2.3"),
            ("10.1.9.9", "10.1.9.9"),
            ("198.51.100.9", ""),
            ("198.51.100.77", ""),
        ] {
            for url in [
                "https://{}.example",
                "http://{}.example/public/x",
                "http://{}.example:8080/x",
                "quic://{}.example",
            ] {
                writeln!(log, "{from},{},{dst}", url.replace("{}", name)).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    // Servers that are addresses, also the client's own.
    for from in ["10.1.2.3", "10.1.2.4"] {
        writeln!(log, "{from},https://10.1.2.4,\n{from},tcp://10.1.2.3:22,").unwrap();
    }
    let lines = log;
    let log = [file(folder.path(), "asked.csv", &lines)];
    for policy in asking_policies() {
        let document = &documents(&[&policy])[0];
        let compiled = compile(document.policy());
        let evaluator = evaluator(&compiled);
        let judge = Judge::new(document.policy(), &compiled, &evaluator);
        let tally = count(&[&policy], &log, 1, Bounds::default()).settled();
        let fates: std::collections::BTreeSet<Fate> =
            tally.decisions.iter().map(|d| d.fate).collect();
        assert!(tally.rows.len() > 100 && fates.len() > 1, "{policy}");
        let (mut together, mut alone) = (BTreeMap::new(), BTreeMap::new());
        for line in lines.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let request = Request::parse(fields[0], fields[1], Some(fields[2])).unwrap();
            let decision = judge.decide(&request, None, &Manner::default());
            *alone.entry(of_host(&request, &decision)).or_insert(0) += 1;
        }
        for row in &tally.rows {
            let decision = &tally.decisions[row.decision as usize];
            *together.entry(of_host(&row.request, decision)).or_insert(0) += row.requests();
        }
        assert_eq!(together, alone, "{policy}");
        for row in &tally.rows {
            let alone = judge.decide(&row.request, row.unsaid, &row.manner);
            assert_eq!(tally.decisions[row.decision as usize], alone, "{}\n{policy}", row.request);
        }
    }
}
