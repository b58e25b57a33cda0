//! Every lint: a policy that has it, and says so; the same policy mended, which does not; its page in both languages.
//!
//! `tests/lints/CODE/bad.yaml` and `good.yaml`. `UPDATE_LINTS=1` writes `docs/lints.md` anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use sekisho::analysis::lint_codes;
use sekisho::diagnostic::{Severity, render};
use sekisho::messages::{Lang, lints};
use sekisho::workbench::{Problem, Session, accept, overlaps, problems, refresh};

/// Every code with a page, each with its policies.
const CODES: [&str; 41] = [
    "accepts-nothing",
    "action-order",
    "alert-too-late",
    "case-sensitive-name",
    "correlated-rules",
    "default-drop-not-logged",
    "dns-to-anyone",
    "dotprefix-without-dot",
    "drops-server-packets",
    "exact-name-only",
    "expired-rule",
    "external-net-of-policy",
    "generalised-rule",
    "lookalike-name",
    "name-aws-refuses",
    "no-default-drop",
    "no-name-no-match",
    "no-priority-gap",
    "order-not-kept",
    "order-not-known",
    "outside-home-net",
    "pass-above-managed",
    "pass-not-logged",
    "port-open-to-anything",
    "quic-not-asked",
    "redundant-rule",
    "refused-by-aws",
    "rule-too-long",
    "shadowed-by-rule",
    "sid-clash",
    "sid-reserved",
    "split-hello-dropped",
    "stateless-broad-pass",
    "stateless-one-way",
    "stream-exceptions",
    "too-big-for-cloudformation",
    "too-many-rule-groups",
    "udp-forgotten",
    "unreachable-rule",
    "waits-for-names",
    "whole-top-level",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lints")
}

fn codes() -> BTreeSet<String> {
    let folders = fs::read_dir(root()).unwrap();
    folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn policy(code: &str, which: &str) -> String {
    fs::read_to_string(root().join(code).join(format!("{which}.yaml"))).unwrap()
}

/// The problems of a policy that have this code.
fn found(session: &Session, code: &str) -> Vec<Problem> {
    let document = sekisho::policy::Document::read(session.text().to_owned()).unwrap();
    let derived = refresh(&document, session.test(), 0);
    let asked_for = overlaps(document.policy(), &derived).0;
    let all = problems(document.policy(), &derived).into_iter().chain(asked_for);
    all.filter(|problem| problem.diagnostic.code == code).collect()
}

fn session(text: String) -> Session {
    Session::scratch(text).unwrap_or_else(|error| panic!("{error:?}"))
}

#[test]
fn each_fires_with_the_words_that_were_read() {
    for code in CODES {
        let session = session(policy(code, "bad"));
        let mut said = String::new();
        for problem in found(&session, code) {
            let shown =
                render(&problem.diagnostic, "bad.yaml", session.text(), Lang::English, false);
            let long = |line: &str| line.chars().take(160).collect::<String>();
            let shown: Vec<String> = shown.lines().map(long).collect();
            writeln!(said, "{}", shown.join("\n")).unwrap();
            let japanese = problem.diagnostic.message.say(Lang::Japanese);
            writeln!(said, "ja: {japanese}").unwrap();
            writeln!(said, "confidence: {}", problem.diagnostic.confidence.word()).unwrap();
            let fix = problem.fix.map(|edit| edit.words(session.policy()));
            writeln!(said, "fix: {}\n", fix.as_ref().map_or("none", |fix| fix.say(Lang::English)))
                .unwrap();
        }
        assert!(!said.is_empty(), "{code} does not fire");
        insta::assert_snapshot!(code, said);
    }
}

#[test]
fn each_is_silent_where_the_policy_is_mended() {
    for code in CODES {
        let found = found(&session(policy(code, "good")), code);
        assert!(found.is_empty(), "{code}: {found:?}");
    }
}

#[test]
fn fix_mends_what_it_is_for_and_is_taken_back_whole() {
    let mut fixed = 0;
    for code in CODES {
        let text = policy(code, "bad");
        let before = found(&session(text.clone()), code);
        for problem in &before {
            let Some(fix) = &problem.fix else { continue };
            let mut session = session(text.clone());
            session.apply(fix).unwrap_or_else(|error| panic!("{code}: {error}"));
            let after = found(&session, code);
            let message = |problem: &Problem| problem.diagnostic.message.clone();
            let same = after.iter().any(|other| message(other) == message(problem));
            assert!(!same && after.len() < before.len(), "{code}: {}", session.text());
            session.undo().unwrap();
            assert_eq!(session.text(), text, "{code}");
            fixed += 1;
        }
    }
    assert!(fixed >= 10, "{fixed}");
}

/// The problems with this code of a policy with these rows, in strict order with a default drop, and these other fields.
fn found_in(code: &str, rows: &str, more: &str) -> (Session, Vec<Problem>) {
    let session = session(format!(
        "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [drop_established_app_layer_to_server]\n\
         home_net: [10.0.0.0/9, 10.128.0.0/9]\n{more}rule_groups:\n  - name: g\n    priority: 1\n    rules:\n{rows}"
    ));
    let found = found(&session, code);
    (session, found)
}

#[test]
fn rule_is_mended_and_not_the_comment_that_repeats_it() {
    let rule =
        "drop http any any -> any any (http.host; content:\"evil.example\"; endswith; sid:1001;)";
    let rows =
        format!("      - name: r\n        suricata: |\n          # {rule}\n          {rule}\n");
    let (mut session, found) = found_in("lookalike-name", &rows, "");
    let [problem] = &found[..] else { panic!("{found:?}") };
    assert_eq!(problem.diagnostic.place.as_ref().unwrap().line, 13, "{}", session.text());
    session.apply(problem.fix.as_ref().unwrap()).unwrap();
    assert!(session.text().contains(&format!("# {rule}\n")), "{}", session.text());
    assert!(!session.text().contains(&format!("          {rule}")), "{}", session.text());
}

#[test]
fn refused_keyword_is_shown_in_the_rule_and_not_in_the_comment_above() {
    let rule =
        "drop tls any any -> any any (tls.sni; content:\"a.example\"; priority:1; sid:1001;)";
    let rows =
        format!("      - name: r\n        suricata: |\n          # {rule}\n          {rule}\n");
    let (_, found) = found_in("refused-by-aws", &rows, "");
    assert_eq!(found[0].diagnostic.place.as_ref().unwrap().line, 13, "{found:?}");
}

#[test]
fn pass_that_an_alert_above_logs_is_not_said_to_be_silent() {
    let alert = "      - {name: a, sid: 1000, action: alert, from: any, to: [.x.example]}\n";
    let pass = "      - {name: p, sid: 2000, action: pass, from: any, to: [.x.example]}\n";
    assert_eq!(found_in("pass-not-logged", &format!("{alert}{pass}"), "").1.len(), 0);
    assert_eq!(found_in("pass-not-logged", &format!("{pass}{alert}"), "").1.len(), 1);
}

#[test]
fn resolver_for_some_clients_or_of_named_networks_is_not_open_to_anyone() {
    let row = |from: &str, to: &str| {
        format!(
            "      - {{name: p, sid: 1000, action: pass, from: {from}, to: {to}, protocols: [udp, tcp], ports: [53]}}\n"
        )
    };
    let sources = "sources: {resolvers: {cidrs: [10.0.0.0/28]}}\n";
    let told = |from: &str, to: &str| found_in("dns-to-anyone", &row(from, to), sources).1.len();
    assert_eq!(told("any", "any"), 1);
    assert_eq!(told("resolvers", "any"), 0);
    assert_eq!(told("10.0.0.0/24", "any"), 0);
    assert_eq!(told("any", "[198.51.100.0/24, 203.0.113.0/24, 192.0.2.0/24]"), 0);
    // A first subnet with a drop of its own does not hide it.
    let first =
        "      - {name: d, sid: 1900, action: drop, from: resolvers, to: any, protocol: ip}\n";
    let (_, found) = found_in("dns-to-anyone", &format!("{first}{}", row("any", "any")), sources);
    assert_eq!(found.len(), 1);
}

#[test]
fn case_of_another_name_does_not_silence_the_name_beside() {
    let rows = "      - {name: p, sid: 1000, action: pass, from: any, to: [\"*.example.com\"]}\n";
    let case = |url: &str| {
        let cases = format!("cases: [{{name: c, from: 10.1.1.1, url: \"{url}\", expect: pass}}]\n");
        found_in("exact-name-only", rows, &cases).1.len()
    };
    assert_eq!([case("https://other.example.com"), case("https://notexample.com/")], [1, 1]);
    assert_eq!(case("https://example.com/"), 0);
}

#[test]
fn networks_are_added_to_home_net_as_it_is_written() {
    let rows = "      - {name: p, sid: 1000, action: pass, from: any, to: [a.example]}\n";
    let sources = "sources: {far: {cidrs: [172.16.0.0/12]}}\n";
    let (mut session, found) = found_in("outside-home-net", rows, sources);
    session.apply(found[0].fix.as_ref().unwrap()).unwrap();
    let text = session.text();
    assert!(text.contains("home_net: [10.0.0.0/9, 10.128.0.0/9, 172.16.0.0/12]"), "{text}");
}

#[test]
fn number_in_a_sid_is_no_port() {
    let row = |ports: &str, sid: &str| {
        format!(
            "      - name: r\n        suricata: |\n          pass tcp any any -> any {ports} (flow:to_server; sid:{sid};)\n"
        )
    };
    let told = |ports, sid| found_in("port-open-to-anything", &row(ports, sid), "").1.len();
    assert_eq!([told("any", "1000443"), told("8443", "1001"), told("443", "1001")], [0, 0, 1]);
}

#[test]
fn lints_warn_and_never_refuse() {
    for code in lint_codes() {
        for problem in found(&session(policy(code, "bad")), code) {
            assert!(problem.diagnostic.severity < Severity::Error, "{code}");
            assert!(problem.diagnostic.help.is_some(), "{code} says what to do");
        }
    }
}

#[test]
fn each_has_its_policies_and_its_page_in_both_languages() {
    let folders = codes();
    assert!(folders.iter().eq(CODES.iter()), "{folders:?}");
    for code in lint_codes() {
        assert!(folders.contains(code), "tests/lints/{code} is missing");
    }
    assert!(lints::PAGES.iter().map(|page| page.code).eq(CODES), "a page for each, and policies");
    let mut seen = BTreeSet::new();
    for page in lints::PAGES {
        assert!(seen.insert(page.code), "{} twice", page.code);
        for words in [page.what, page.why, page.remedy] {
            let (english, japanese) = (words.say(Lang::English), words.say(Lang::Japanese));
            let is_english = english.chars().all(|c| c < '\u{3000}');
            assert!(is_english && english.ends_with('.'), "{}: {english}", page.code);
            assert!(japanese.ends_with('。') && !japanese.is_ascii(), "{}: {japanese}", page.code);
        }
        assert!(!page.example.is_empty() && !page.references.is_empty(), "{}", page.code);
    }
    assert!(lints::PAGES.is_sorted_by_key(|page| page.code), "PAGES is in order of the codes");
}

#[test]
fn pages_in_the_documentation_are_these() {
    let mut page = "# Findings\n\nWhat `sekisho check` and the workbench say about a policy that can be read. Each page is also \
                    printed by `sekisho explain CODE`, in English or Japanese.\n"
        .to_owned();
    for one in lints::PAGES {
        write!(page, "\n{}\n", one.markdown(Lang::English, 2)).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lints.md");
    if std::env::var_os("UPDATE_LINTS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, page, "UPDATE_LINTS=1 cargo test --test lints");
}

fn check(code: &str, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sekisho"))
        .current_dir(root())
        .env_clear()
        .args(["check", &format!("{code}/bad.yaml"), "--format", format])
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn log_for_code_review_has_rules_places_and_levels() {
    let log: serde_json::Value = serde_json::from_str(&check("lookalike-name", "sarif")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-2.1.0.json"));
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "sekisho");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let text = policy("lookalike-name", "bad");
    let lines: Vec<&str> = text.lines().collect();
    let mut placed = 0;
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "lookalike-name/bad.yaml");
        let Some(region) = place.get("region") else { continue };
        let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
        let (line, column, end) = (number("startLine"), number("startColumn"), number("endColumn"));
        assert!(line >= 1 && column >= 1 && number("endLine") >= line);
        if result["ruleId"] == "lookalike-name" {
            placed += 1;
            let meant = &lines[line - 1][column - 1..end - 1];
            assert!(meant.starts_with("content:\"") && meant.ends_with('"'), "{meant}");
        }
    }
    assert_eq!(placed, 4);
    let with_page = rules.iter().filter(|rule| rule["id"] == "lookalike-name");
    for rule in with_page {
        assert!(rule["shortDescription"]["text"].as_str().unwrap().ends_with('.'));
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("## Why"));
    }
}

#[test]
fn annotations_name_file_line_and_code() {
    let said = check("case-sensitive-name", "github");
    let own: Vec<&str> =
        said.lines().filter(|line| line.contains("title=case-sensitive-name::")).collect();
    assert_eq!(own.len(), 3, "{said}");
    assert!(own[0].starts_with("::warning file=case-sensitive-name/bad.yaml,line="), "{}", own[0]);
    assert!(said.lines().all(|line| line.starts_with("::")), "{said}");
}

#[test]
fn json_holds_confidence_and_the_fix() {
    let said: serde_json::Value =
        serde_json::from_str(&check("default-drop-not-logged", "json")).unwrap();
    let all = said["diagnostics"].as_array().unwrap();
    let own = all.iter().find(|row| row["code"] == "default-drop-not-logged").unwrap();
    assert_eq!(
        (own["severity"].as_str(), own["confidence"].as_str()),
        (Some("warning"), Some("high"))
    );
    assert!(own["fix"].as_str().unwrap().contains("alert_established"), "{own}");
}

#[test]
fn page_is_printed_in_the_language_asked_for() {
    let explain = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sekisho"));
        let output = command.env_clear().arg("explain").args(args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for page in lints::PAGES {
        assert_eq!(explain(&[page.code]).trim_end(), page.markdown(Lang::English, 1));
    }
    let japanese = explain(&["lookalike-name", "--lang", "ja"]);
    assert!(japanese.contains("ホスト名のルールが"), "{japanese}");
    let list = explain(&["findings"]);
    for page in lints::PAGES {
        assert!(list.contains(page.code) && list.contains(page.what.say(Lang::English)));
    }
}

/// Two rows that are shadowed, the first of them accepted; a name that is not logged, accepted for its group.
const ACCEPTING: &str = "sekisho: 1
name: t
rule_order: strict
default_actions: [drop_established_app_layer_to_server, alert_established_app_layer_to_server]
stream_exception_policy: reject
home_net: [10.0.0.0/8]
accept:
  - udp-forgotten because clients have their own time servers
  - order-not-kept because HTTP goes to a proxy
rule_groups:
  - name: g
    priority: 100
    accept: [pass-not-logged because the proxy logs them]
    rules:
      - {name: all, sid: 1000, action: pass, from: any, to: [.x.example]}
      - {name: a, sid: 2000, action: drop, from: any, to: [a.x.example], accept: ['shadowed-by-rule because SEC-1, \"later\"']}
      - {name: b, sid: 3000, action: drop, from: any, to: [b.x.example]}
";

#[test]
fn accepted_finding_is_told_with_its_reason_and_others_beside_it_stay() {
    let (before, accepted) = (session(ACCEPTING.to_owned()), "shadowed-by-rule");
    let told = |session: &Session| {
        let document = sekisho::policy::Document::read(session.text().to_owned()).unwrap();
        let derived = refresh(&document, session.test(), 0);
        let accepted: Vec<String> = derived
            .accepted()
            .map(|one| format!("{} {}", one.diagnostic.code, one.reason))
            .collect();
        (problems(document.policy(), &derived), accepted)
    };
    let (open, reasons) = told(&before);
    assert_eq!(
        reasons,
        [
            "order-not-kept HTTP goes to a proxy",
            "shadowed-by-rule SEC-1, \"later\"",
            "udp-forgotten clients have their own time servers",
            "pass-not-logged the proxy logs them",
        ]
    );
    assert_eq!(open.len(), 1, "{open:?}");
    assert_eq!(open[0].diagnostic.code, accepted);
    assert!(open[0].diagnostic.message.say(Lang::English).contains("`b`"), "{open:?}");

    // Accepted where it was found, beside what is accepted already.
    let mut after = session(ACCEPTING.to_owned());
    let edit = accept(after.policy(), &open[0], " as \"b\", too ").unwrap();
    after.apply(&edit).unwrap();
    assert_eq!(told(&after).0, [], "{}", after.text());
    assert!(told(&after).1.contains(&"shadowed-by-rule as \"b\", too".to_owned()));
    after.undo().unwrap();
    assert_eq!(after.text(), ACCEPTING);
    let why = accept(after.policy(), &open[0], " ").unwrap_err();
    assert!(why.say(Lang::English).contains("say why"));
}

#[test]
fn accepted_findings_are_counted_listed_and_suppressed_for_programs() {
    let run = |format: &str| {
        let mut command = Command::cargo_bin("sekisho").unwrap();
        let output = command
            .env("LC_ALL", "C")
            .args(["check", "-", "--format", format])
            .write_stdin(ACCEPTING);
        String::from_utf8(output.output().unwrap().stdout).unwrap()
    };
    assert!(run("text").ends_with("1 warning; 4 accepted with a reason\n"), "{}", run("text"));
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(json["accepted"][1]["line"], 16);
    assert_eq!(json["accepted"][3]["reason"], "the proxy logs them");
    let sarif: serde_json::Value = serde_json::from_str(&run("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let suppressed: Vec<bool> =
        results.iter().map(|result| !result["suppressions"].is_null()).collect();
    assert_eq!(suppressed, [false, true, true, true, true]);
    assert_eq!(results[2]["suppressions"][0]["justification"], "SEC-1, \"later\"");
    assert!(!run("github").contains("pass-not-logged"));
}

#[test]
fn file_of_rules_is_not_told_what_it_cannot_say_and_what_aws_may_take_is_not_sure() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.rules");
    let rule = "alert ssh $HOME_NET any -> any any (threshold: type limit, track by_both, seconds 600, count 1; sid:1001;)\n";
    fs::write(&file, rule).unwrap();
    let mut command = Command::cargo_bin("sekisho").unwrap();
    let output = command
        .env("LC_ALL", "C")
        .arg("check")
        .arg(&file)
        .args(["--format", "json"])
        .output()
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let all = json["diagnostics"].as_array().unwrap();
    let of = |code: &str| all.iter().find(|found| found["code"] == code);
    assert_eq!(of("stream-exceptions"), None);
    assert_eq!(of("refused-by-aws").unwrap()["confidence"], "medium");
}

#[test]
fn finding_of_many_rows_is_accepted_for_all_of_them_only() {
    let rows = |accept: &str| {
        format!(
            "      - {{name: one, action: pass, from: any, to: [a.example], log: true{accept}}}\n      \
             - {{name: two, action: pass, from: any, to: [b.example], log: true}}\n"
        )
    };
    let at_row = rows(", accept: [sid-provisional because one]");
    assert_eq!(found_in("sid-provisional", &at_row, "").1.len(), 1);
    assert_eq!(found_in("accepts-nothing", &at_row, "").1.len(), 1);
    let (session, found) = found_in("sid-provisional", &rows(""), "");
    let edit = accept(session.policy(), &found[0], "numbers come later").unwrap();
    let all = "accept: [sid-provisional because numbers come later]\n";
    assert!(matches!(edit, sekisho::policy::Edit::Set { .. }), "{edit:?}");
    assert_eq!(found_in("sid-provisional", &rows(""), all).1.len(), 0);
}

#[test]
fn accepted_finding_is_known_behind_more_than_are_shown() {
    // Sixty needless rows above one that is shadowed and accepted; 250 that log nothing above one that accepts it.
    let pairs = (0..60).map(|n| {
        format!(
            "      - {{name: p{n}, sid: {0}00, action: pass, from: any, to: [\"https://a{n}.example\"], log: true}}\n      \
             - {{name: q{n}, sid: {0}50, action: pass, from: any, to: [\"https://a{n}.example\"], log: true}}\n",
            100 + n
        )
    });
    let shadowed = "      - {name: s, sid: 90000, action: drop, from: any, to: [\"https://a0.example\"], accept: [shadowed-by-rule because so]}\n";
    let rows = pairs.collect::<String>() + shadowed;
    assert_eq!(found_in("accepts-nothing", &rows, "").1, []);
    let silent = (0..250).map(|n| {
        format!("      - {{name: r{n}, sid: {}00, action: pass, from: any, to: [\"https://b{n}.example\"]}}\n", 1000 + n)
    });
    let last = "      - {name: l, sid: 90000, action: pass, from: any, to: [\"https://l.example\"], accept: [pass-not-logged because so]}\n";
    let rows = silent.collect::<String>() + last;
    assert_eq!(found_in("accepts-nothing", &rows, "").1, []);
    let (_, found) = found_in("pass-not-logged", &rows, "");
    assert!(
        found[0].diagnostic.message.say(Lang::English).ends_with("199 other rows at least"),
        "{found:?}"
    );
}

#[test]
fn what_is_accepted_of_rows_that_overlap_is_not_idle_where_it_cannot_be_told() {
    let idle = |rows: &[&str]| {
        let rows: String = rows.iter().map(|row| format!("      - {{{row}}}\n")).collect();
        let session = session(format!(
            "sekisho: 1\nname: t\nrule_order: strict\ndefault_actions: [drop_established_app_layer_to_server]\n\
             home_net: [10.0.0.0/8]\nrule_groups:\n  - name: g\n    priority: 100\n    rules:\n{rows}"
        ));
        let found = found(&session, "accepts-nothing");
        found.iter().map(|found| found.diagnostic.place.as_ref().unwrap().line).collect::<Vec<_>>()
    };
    let accepts = "name: a, action: drop, from: 10.1.0.0/16, to: [a.example], accept: [correlated-rules because so]";
    let wide =
        "name: w, action: pass, from: any, to: [w.example], accept: [generalised-rule because so]";
    let open = "name: o, action: pass, from: any, to: ['regex:(^|\\.)zz[a-z]*q\\.']";
    let drops = "name: d, action: drop, from: any, to: ['regex:(^|\\.)zz[a-z]*']";
    assert_eq!(idle(&[accepts, wide]), [10, 11]);
    assert_eq!(idle(&[accepts, wide, drops, open]), [11]);
    assert_eq!(idle(&[drops, open, accepts, wide]), [12, 13]);
}

#[test]
fn row_that_overlaps_twice_is_counted_once_behind_those_that_are_shown() {
    // Forty rows overlap with `w`, and so does `m` behind them, which has an exception besides.
    let one = (0..40).map(|n| {
        format!("      - {{name: o{n}, action: drop, from: 10.1.0.0/16, to: [a{n}.example, b{n}.test]}}\n")
    });
    let twice = "      - {name: x, action: pass, from: 10.1.0.0/16, to: [x.y.example]}\n      \
         - {name: m, action: drop, from: 10.1.0.0/16, to: [.y.example, y.test]}\n";
    let wide = "      - {name: w, action: pass, from: any, to: [.example], log: true}\n";
    let rows = one.collect::<String>() + twice + wide;
    let (_, found) = found_in("correlated-rules", &rows, "");
    let said = |found: &Problem| found.diagnostic.message.say(Lang::English).to_owned();
    let all: Vec<String> = found.iter().map(said).collect();
    assert!(all.iter().any(|said| said.starts_with("1 more row overlaps")), "{all:#?}");
}
