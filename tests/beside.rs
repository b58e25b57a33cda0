//! What is computed beside the screen: shown dimmed with `…` until it is there, and never as if it were of now.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sekisho::messages::Text;
use sekisho::net::{Action, Sid};
use sekisho::second_opinion::{
    Clash, Disagreement, Engine, EngineError, Fate, Question, Refused, Report, Untold, WhyUntold,
};
use sekisho::tui::{AskEngine, Beside, Role, ask_installed};
use sekisho::workbench::Session;

#[path = "shared/harness.rs"]
mod harness;
use harness::Harness;

/// `early` decides what `by-name` is about on the first packet: a finding, at `early`.
const POLICY: &str = "\
sekisho: 1
name: early
rule_order: strict
default_actions: [drop_established, alert_established]
home_net: [10.0.0.0/8]
rule_groups:
  - name: first
    priority: 100
    rules:
      - {name: above, action: drop, from: 10.9.0.0/16, to: [other.example], sid: 9000}
      - {name: by-name, action: drop, from: any, to: [bad.example], sid: 10000}
      - name: early
        suricata: 'pass tcp $HOME_NET any -> any 443 (sid:20000;)'
";

/// The workbench with its work held until the test wants it done.
impl Harness {
    fn open(policy: &str) -> Self {
        Self::of(policy, Beside::held())
    }

    /// With an engine to ask.
    fn with(policy: &str, engine: AskEngine) -> Self {
        Self::of(policy, Beside::held().with_engine(engine))
    }

    fn of(policy: &str, beside: Beside) -> Self {
        Self::new(Session::scratch(policy.to_owned()).unwrap(), beside)
    }

    fn settle(&mut self) {
        self.screen.settle();
        self.draw();
    }

    /// The row of the list that holds `text`, without its frame.
    fn row(&self, text: &str) -> String {
        let lines = self.lines();
        let found = lines.iter().find(|line| line.contains(text) && line.starts_with('│'));
        found.unwrap_or_else(|| panic!("`{text}` is in no row\n{self}")).chars().skip(1).collect()
    }

    /// What lies over the panes under this title.
    fn overlay(&self, title: &str) -> String {
        let (left, top) = self.place(&format!("┌ {title} "));
        let lines = self.lines();
        let right = lines[usize::from(top)].chars().skip(left.into()).position(|c| c == '┐');
        let inside = |line: &String| -> String {
            line.chars().skip(left.into()).take(right.unwrap() + 1).collect()
        };
        let lines: Vec<String> = lines[top.into()..].iter().map(inside).collect();
        let height = lines.iter().position(|line| line.starts_with('└')).unwrap() + 1;
        lines[..height].join("\n")
    }
}

#[test]
fn findings_come_after_the_first_picture() {
    let mut bench = Harness::open(POLICY);
    bench.sees("problems …");
    bench.misses("1 problem");
    bench.settle();
    bench.sees("1 problem");
    bench.has_role("1 problem", Role::Changed);
    assert!(bench.row("early").starts_with(" ! "), "{bench}");
    bench.has_role("! ", Role::Error);
}

#[test]
fn findings_of_the_policy_before_an_edit_are_dimmed_and_stay_with_their_rows() {
    let mut bench = Harness::open(POLICY);
    bench.settle();
    bench.press("d");
    bench.sees("1 problem …");
    bench.has_role("1 problem …", Role::Muted);
    assert!(bench.row("early").starts_with(" ! "), "{bench}");
    bench.has_role("! ", Role::Muted);
    bench.press("G");
    bench.has_role("row order is not kept", Role::Muted);
    bench.settle();
    bench.sees("1 problem");
    bench.misses("1 problem …");
}

#[test]
fn finding_that_an_edit_mended_goes_when_somebody_has_looked() {
    let mut bench = Harness::open(POLICY);
    bench.settle();
    bench.press("Gx");
    bench.sees("1 problem …");
    bench.settle();
    bench.misses("problem");
}

#[test]
fn carried_rule_is_looked_at_where_it_would_be_put_down() {
    let mut bench = Harness::open(POLICY);
    bench.settle();
    bench.press("Gm<up><up>");
    bench.sees("1 problem …");
    bench.settle();
    bench.misses("problem");
    bench.press("<esc>");
    bench.sees("1 problem");
    bench.misses("1 problem …");
    bench.press("m<up><up><enter>");
    bench.sees("1 problem …");
    bench.settle();
    bench.misses("problem");
}

#[test]
fn verdict_and_cases_do_not_wait() {
    let mut bench = Harness::open(POLICY);
    bench.press("t10.1.2.3<tab>https://bad.example<esc>");
    bench.sees("WORKS");
    bench.press("Gx");
    bench.sees("TIMES OUT");
    bench.sees("problems …");
}

#[test]
fn what_reaches_what_is_answered_beside_and_an_answer_to_another_question_is_dropped() {
    let mut screen = Harness::open(POLICY);
    screen.press("A<ctrl-u>to bad.example<enter>");
    screen.sees("being looked for …");
    // Nobody waits for the first answer: another question takes its place.
    screen.press("/<ctrl-u>rule above<enter>");
    screen.sees("being looked for …");
    screen.settle();
    screen.sees("first / above (#1) is reached");
    screen.misses("bad.example");
}

/// As [`POLICY`], with so many rows about other names that all rows are looked through beside the screen.
fn large() -> String {
    let row = |at| {
        format!(
            "      - {{name: row{at}, action: drop, from: any, to: [www.site{at}.example], protocol: tls, sid: {}}}\n",
            100_000 + 10 * at
        )
    };
    let near =
        "      - {name: near, action: pass, from: 10.9.0.0/16, to: [bad.example], sid: 30000}\n";
    let case = "cases:\n  - {name: one, from: 10.1.2.3, url: https://bad.example, expect: pass}\n";
    format!("{POLICY}{near}{}{case}", (0..2_000).map(row).collect::<String>())
}

#[test]
fn in_a_large_policy_the_closest_row_is_looked_for_beside_and_the_verdict_does_not_wait() {
    let mut bench = Harness::open(&large()).size(120, 50);
    bench.press("t10.1.2.3<tab>https://bad.example<esc>");
    bench.sees("WORKS");
    bench.sees("looking through the rows …");
    bench.press("m<down>");
    bench.sees("row order   …");
    bench.press("<esc>");
    bench.settle();
    bench.misses("looking through the rows");
    bench.press("m<down>");
    bench.has_role("row order   not kept", Role::Muted);
    bench.press("<esc>");
    bench.press("jjx");
    bench.sees("TIMES OUT");
    bench.settle();
    bench.sees("closest");
    bench.has_role("first / near", Role::Text);
    bench.press("kx");
    bench.has_role("first / near", Role::Muted);
    bench.settle();
    bench.has_role("first / near", Role::Text);
    bench.press("t<tab><ctrl-u>https://other.example<esc>");
    bench.sees("looking through the rows …");
    bench.settle();
    bench.misses("looking through the rows");
}

#[test]
fn of_thousands_of_servers_the_first_outcomes_are_there_at_once_and_all_of_them_beside() {
    let mut policy = POLICY.split("      - {name: above").next().unwrap().to_owned();
    for n in 0..1_100 {
        let to = format!("to: [20.0.{}.{}]", n / 250, n % 250);
        policy.push_str(&format!("      - {{name: m{n}, action: pass, from: any, {to}}}\n"));
    }
    let mut screen = Harness::open(&policy);
    screen.press("t10.1.2.3<tab>https://a.example<esc>");
    let answer = |bench: &Harness| bench.screen.app().session.derived().answer().unwrap().clone();
    let first = answer(&screen);
    assert!(first.depends && !first.whole);
    screen.sees("15 other outcomes or more");
    screen.sees("… and 10 more at least");
    screen.settle();
    let all = answer(&screen);
    assert!(all.whole);
    assert_eq!(all.by_destination.len(), 1_101);
    assert_eq!(all.by_destination[..first.by_destination.len()], first.by_destination);
    screen.sees("1100 other outcomes below");
    screen.sees("… and 1095 more");
    screen.press("x");
    assert!(!answer(&screen).whole, "of another policy not all are known");
    screen.settle();
    assert_eq!(answer(&screen).by_destination.len(), 1_100);
}

#[test]
fn what_was_looked_for_and_forgotten_is_looked_for_again() {
    let mut bench = Harness::open(&large()).size(120, 50);
    bench.press("t10.1.2.3<tab>https://bad.example<esc>");
    bench.settle();
    bench.misses("looking through the rows");
    // For a moment it is no address.
    bench.press("t<backspace>");
    bench.settle();
    bench.press("3<esc>");
    bench.sees("looking through the rows …");
    bench.settle();
    bench.misses("looking through the rows");
    // Carried to the same place twice.
    for _ in 0..2 {
        bench.press("m<down>");
        bench.settle();
        bench.misses("problems …");
        bench.misses("problem …");
        bench.misses("looking through the rows");
        bench.press("<esc>");
    }
}

/// A policy with two cases; `by-name` is the first row.
const WITH_CASES: &str = "\
sekisho: 1
name: cases
rule_order: strict
default_actions: [drop_established, alert_established]
home_net: [10.0.0.0/8]
rule_groups:
  - name: first
    priority: 100
    rules:
      - {name: by-name, action: pass, from: any, to: [good.example], sid: 10000}
      - {name: other, action: drop, from: any, to: [bad.example], sid: 20000}
cases:
  - {name: good is reached, from: 10.1.2.3, url: https://good.example, expect: pass, by: by-name}
  - {name: bad is not, from: 10.1.2.3, url: https://bad.example, expect: drop, by: other}
";

/// What an engine says that agrees with everything.
fn agreed(questions: &[Question]) -> Report {
    let number = questions.len();
    Report { version: "7.0.10".to_owned(), questions: number, agree: number, ..Report::default() }
}

/// An engine that answers with what `change` makes of agreement, and counts how often it was asked.
fn engine(change: fn(&mut Report, &[Question])) -> (AskEngine, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let ask: AskEngine = Arc::new(move |_, _, questions, _| {
        count.fetch_add(1, Ordering::Relaxed);
        let mut report = agreed(questions);
        change(&mut report, questions);
        Ok(report)
    });
    (ask, asked)
}

/// The engine lets the bad one through, and does not say anything of the good one.
fn differs(report: &mut Report, questions: &[Question]) {
    let bad = &questions[1];
    let fate = |action, by, dropped: &[usize]| Fate {
        action,
        by: Some(Sid(by)),
        at: Some(3),
        dropped: dropped.to_vec(),
    };
    (report.agree, report.undetermined, report.disagree) = (0, 1, 1);
    let question = questions[0].name.clone();
    report.untold.push(Untold { question, why: WhyUntold::TooManyMatches });
    report.disagreements.push(Disagreement {
        question: bad.name.clone(),
        flow: bad.flows[0].clone(),
        packets: ["syn", "synack", "ack", "client_hello"].map(str::to_owned).to_vec(),
        ours: fate(Action::Drop, 20_000, &[3]),
        theirs: fate(Action::Pass, 10_000, &[]),
        reason: None,
        matches: None,
    });
}

fn count(asked: &AtomicUsize) -> usize {
    asked.load(Ordering::Relaxed)
}

#[test]
fn title_says_how_far_the_engine_agrees() {
    let (engine, asked) = engine(|_, _| {});
    let mut bench = Harness::with(WITH_CASES, engine);
    bench.sees("asking Suricata …");
    assert_eq!(count(&asked), 0, "the first picture waited for the engine");
    bench.settle();
    bench.sees("agrees with Suricata 7.0.10: 2 of 2");
    bench.has_role("agrees with", Role::Pass);
    bench.misses("2 of 2 …");
    bench.press("jjk");
    bench.settle();
    assert_eq!(count(&asked), 1, "nothing had changed");
    let mut titles = Vec::new();
    for (columns, rows) in [(160, 40), (120, 36), (80, 24), (60, 20)] {
        bench = bench.size(columns, rows);
        titles.push(bench.lines()[0].clone());
    }
    insta::assert_snapshot!("titles", titles.join("\n"));
}

#[test]
fn opinion_about_the_policy_before_an_edit_is_dimmed_until_the_engine_was_asked_again() {
    let (engine, asked) = engine(|_, _| {});
    let mut bench = Harness::with(WITH_CASES, engine);
    bench.settle();
    bench.press("x");
    bench.sees("agrees with Suricata 7.0.10: 2 of 2 …");
    bench.has_role("agrees with", Role::Muted);
    bench.press("V");
    bench.sees("about the policy before the last change");
    bench.press("<esc>xJ");
    assert_eq!(count(&asked), 1);
    bench.settle();
    assert_eq!(count(&asked), 2, "three edits, asked once");
    bench.has_role("agrees with", Role::Pass);
    bench.misses("2 of 2 …");
}

#[test]
fn engine_is_left_alone_while_a_rule_is_carried() {
    let (engine, asked) = engine(|_, _| {});
    let mut bench = Harness::with(WITH_CASES, engine);
    bench.settle();
    bench.press("xm<down>");
    bench.settle();
    assert_eq!(count(&asked), 1);
    bench.sees("agrees with Suricata 7.0.10: 2 of 2 …");
    bench.press("<esc>");
    bench.settle();
    assert_eq!(count(&asked), 2);
    bench.misses("2 of 2 …");
    bench.press("m<down><esc>");
    bench.settle();
    assert_eq!(count(&asked), 2, "nothing was put down elsewhere");
    bench.press("m<down><enter>");
    bench.settle();
    assert_eq!(count(&asked), 3);
}

#[test]
fn disagreement_is_loud_and_one_key_or_click_shows_it() {
    let (engine, _) = engine(differs);
    let mut bench = Harness::with(WITH_CASES, engine);
    bench.settle();
    bench.sees("differs from Suricata 7.0.10: 1 of 2 (`V`)");
    bench.has_role("differs from", Role::Error);
    for (columns, rows) in [(120, 36), (80, 24)] {
        bench = bench.size(columns, rows);
        bench.press("V");
        bench.sees("DIFFERS  bad is not");
        bench.sees("CANNOT TELL  good is reached");
        insta::assert_snapshot!(
            format!("differs_{columns}x{rows}"),
            bench.overlay("Second opinion")
        );
        bench.press("V");
        bench.misses("DIFFERS");
        bench.click(if columns < 110 { "Suricata differs" } else { "differs from" });
        bench.sees("DIFFERS  bad is not");
        bench.press("<esc>");
    }
}

#[test]
fn rules_that_stock_suricata_cannot_be_asked_about_are_named() {
    let (engine, _) = engine(|report, _| {
        let clash = Clash { reader: Sid(10_000), setter: Sid(20_000), variable: "seen".to_owned() };
        report.not_verifiable.push(clash);
    });
    let mut bench = Harness::with(WITH_CASES, engine);
    bench.settle();
    bench.sees("not verifiable with Suricata 7.0.10");
    bench.has_role("not verifiable", Role::Unknown);
    bench.press("V");
    bench.sees("first / by-name");
    bench.sees("reads `seen` above");
}

#[test]
fn rule_that_only_the_engine_refuses_is_a_difference() {
    let (engine, _) = engine(|report, _| {
        let reason = "no such keyword".to_owned();
        report.refused.push(Refused { sid: Sid(20_000), reason, understood: true });
    });
    let mut bench = Harness::with(WITH_CASES, engine);
    bench.settle();
    bench.sees("differs from Suricata 7.0.10: it does not load 1 rule");
    bench.press("V");
    bench.sees("no such keyword");
}

#[test]
fn without_an_engine_title_and_help_say_how_to_get_one() {
    let nowhere = Engine::new(Some(Path::new("/nowhere/suricata")), None);
    let mut bench = Harness::with(WITH_CASES, ask_installed(nowhere));
    bench.settle();
    bench.sees("no second opinion: install suricata (`?` says how)");
    bench.press("?");
    bench.sees("install Suricata 7 and the workbench asks it");
    bench.press("<esc>V");
    bench.sees("`/nowhere/suricata` cannot be started");
    bench.sees("install Suricata 7 and the workbench asks it");
}

#[test]
fn policy_without_cases_invites_to_keep_one_and_asks_nobody() {
    let (engine, asked) = engine(|_, _| {});
    let mut bench = Harness::with(POLICY, engine);
    bench.settle();
    bench.sees("keep a case (`t`, `ctrl-k`) and Suricata checks it too");
    assert_eq!(count(&asked), 0);
    bench.press("t10.1.2.3<tab>https://bad.example<ctrl-k><enter>");
    bench.sees("asking Suricata …");
    bench.settle();
    bench.sees("agrees with Suricata 7.0.10: 1 of 1");
}

#[test]
fn case_that_cannot_be_asked_is_named() {
    let (engine, _) = engine(|_, _| {});
    let mut bench = Harness::with(&WITH_CASES.replace("https://bad", "hppts://bad"), engine);
    bench.settle();
    bench.sees("agrees with Suricata 7.0.10: 1 of 1");
    bench.press("V");
    bench.sees("case `bad is not` is left out");
}

#[test]
fn nobody_to_ask_says_nothing() {
    let mut bench = Harness::open(WITH_CASES);
    bench.settle();
    bench.misses("Suricata 7");
    bench.misses("asking");
    bench.press("V");
    bench.sees("no engine is asked here");
}

#[test]
fn engine_that_hangs_is_killed_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("suricata");
    let version =
        "if [ \"$1\" = -V ]; then echo 'This is Suricata version 7.0.10 RELEASE'; exit 0; fi";
    fs::write(&path, format!("#!/bin/sh\n{version}\necho loading; exec sleep 600\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let engine = Engine::new(Some(&path), Some(Duration::from_secs(1)));
    let mut bench = Harness::with(WITH_CASES, ask_installed(engine));
    bench.settle();
    bench.sees("no second opinion: suricata hung (`V` says more)");
    bench.has_role("no second opinion", Role::Changed);
    bench.press("V");
    bench.sees("did not finish within 1 seconds and was killed");
    bench.sees("  loading");
}

#[test]
fn engine_that_fails_shows_the_end_of_its_log() {
    let engine: AskEngine = Arc::new(|_, _, _, _| {
        let what = "suricata crashed (signal 11)".to_owned();
        Err(EngineError::Failed {
            what: Text::verbatim(&what),
            log: vec!["out of luck".to_owned()],
        })
    });
    let mut bench = Harness::with(WITH_CASES, engine);
    bench.settle();
    bench.sees("no second opinion: suricata failed (`V` says more)");
    bench.press("V");
    bench.sees("suricata crashed (signal 11)");
    bench.sees("  out of luck");
}

#[test]
fn what_the_engine_says_cannot_steer_the_terminal() {
    let engine: AskEngine = Arc::new(|_, _, _, _| {
        Err(EngineError::Failed {
            what: Text::verbatim("a\u{1b}[2Jb"),
            log: vec!["c\u{7}d".to_owned()],
        })
    });
    let mut bench = Harness::with(WITH_CASES, engine);
    bench.settle();
    bench.press("V");
    assert!(!bench.to_string().contains(['\u{1b}', '\u{7}']), "{bench}");
}
