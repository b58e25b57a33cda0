//! What follows from an edit is what follows from the same text read from nothing: rules, problems, findings, verdicts.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sekisho::compile::{Compiled, compile, compile_after};
use sekisho::net::{Action, Request};
use sekisho::policy::{Document, Edit, Field, RuleDraft, RuleField, RulePlace, Thing};
use sekisho::second_opinion::Random;
use sekisho::suricata::Ruleset;
use sekisho::workbench::{Derived, Session, TestInput, find, outcomes, refresh};

/// Rows of all kinds, some of which decide which forms others take, and some about which something is to be said.
const GROUPS: &str = r#"home_net: [10.0.0.0/8]
variables: {PARTNERS: [192.0.2.0/24]}
sources:
  payroll: {cidrs: [10.1.0.0/16]}
  web: {cidrs: [10.2.0.0/16]}
  nobody: {cidrs: [10.9.0.0/16], except: [10.9.0.0/16]}
domain_lists:
  saas: [login.example, .office.example]
rule_groups:
  - name: late
    priority: 300
    rules:
      - {name: closed, sid: 5000, action: drop, from: any, to: any}
  - name: first
    priority: 100
    rules:
      - {name: bank, sid: 1000, action: pass, from: payroll, to: [.bank.example, a.example]}
      - {name: reset, sid: 1010, action: reject, from: web, to: 203.0.113.0/24, protocol: tcp}
      - {name: list, sid: 1020, action: pass, from: [web, payroll], to: list:saas, log: true}
      - {name: expression, sid: 1030, action: drop, from: any, to: 'regex:^x[0-9]+\.example$'}
      - {name: quiet, sid: 1040, action: reject, from: web, to: q.example, protocol: dns}
      - {name: none, sid: 1050, action: pass, from: nobody, to: n.example}
      - {name: switched, sid: 1060, action: pass, from: any, to: any, enabled: false}
  - name: own
    priority: 200
    home_net: [10.1.0.0/16, 10.2.0.0/16]
    rules:
      - {name: net, sid: 2000, action: drop, from: any, to: 198.51.100.0/24, protocol: tcp, ports: [80, 443]}
      - name: hand
        suricata: |
          drop tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; dotprefix; content:".h.example"; endswith; sid:3000;)
          pass http any any -> $PARTNERS any (http.host; content:"p.example"; sid:3001;)
      - name: late-look
        suricata: alert http any any -> any any (http.host; to_lowercase; content:"x"; http.uri; url_decode; content:"y"; sid:3010;)
      - {name: unnumbered, action: pass, from: any, to: u.example}
cases:
  - {name: one, from: 10.1.2.3, url: "https://www.bank.example", expect: pass}
  - {name: two, from: 10.2.2.3, url: "https://login.example", expect: pass}
  - {name: three, from: 10.2.2.3, url: "http://x7.example", expect: drop}
  - {name: four, from: 10.1.2.3, url: "https://a.example", dst: 203.0.113.7, expect: reject}
  - {name: five, from: 10.2.2.3, url: "tcp://203.0.113.9:22", expect: reject, by: reset}
  - {name: six, from: 10.1.2.3, url: "http://p.example/y", dst: 192.0.2.1, expect: pass, by: hand}
  - {name: seven, from: 10.2.2.3, url: "https://w.h.example", expect: drop}
  - {name: eight, from: 10.1.2.3, url: "quic://u.example", expect: drop, by: default}
"#;

/// Whole rows to add, with names of their own.
const ROWS: [&[(RuleField, &str)]; 7] = [
    &[(RuleField::Action, "drop"), (RuleField::From, "payroll"), (RuleField::To, "any")],
    &[(RuleField::Action, "reject"), (RuleField::From, "any"), (RuleField::To, "203.0.113.7")],
    &[(RuleField::Action, "pass"), (RuleField::From, "web"), (RuleField::To, "list:saas")],
    &[(RuleField::Action, "pass"), (RuleField::From, "any"), (RuleField::To, "198.51.100.0/25")],
    &[(RuleField::Action, "alert"), (RuleField::From, "any"), (RuleField::To, "any")],
    &[(RuleField::Action, "drop"), (RuleField::From, "nobody"), (RuleField::To, "x.example")],
    &[
        (RuleField::Action, "pass"),
        (RuleField::From, "10.3.0.0/16"),
        (RuleField::To, "'regex:(a|b)+c'"),
    ],
];

/// What one field of a row may be set to.
const FIELDS: [(RuleField, &str); 12] = [
    (RuleField::Action, "pass"),
    (RuleField::Action, "drop"),
    (RuleField::Action, "reject"),
    (RuleField::From, "any"),
    (RuleField::From, "web"),
    (RuleField::From, "nobody"),
    (RuleField::To, "any"),
    (RuleField::To, "a.example"),
    (RuleField::To, "203.0.113.0/24"),
    (RuleField::Enabled, "false"),
    (RuleField::Sid, "1000"),
    (RuleField::Note, "said of it"),
];

/// What rows hang on, and what it may be set to.
const THINGS: [(Thing, Field, &str); 5] = [
    (Thing::Source(0), Field::Cidrs, "10.1.0.0/17, 10.4.0.0/16"),
    (Thing::Source(1), Field::Cidrs, "10.2.0.0/16"),
    (Thing::List(0), Field::Names, "login.example, .bank.example"),
    (Thing::Group(2), Field::HomeNet, "10.2.0.0/15"),
    (Thing::Policy, Field::HomeNet, "10.0.0.0/8, 192.168.0.0/16"),
];

const REQUESTS: [(&str, &str, Option<&str>); 7] = [
    ("10.1.2.3", "https://www.bank.example", None),
    ("10.2.2.3", "https://login.example", Some("203.0.113.7")),
    ("10.2.2.3", "http://x7.example/y", None),
    ("10.1.2.3", "https://a.h.example", None),
    ("10.4.2.3", "tcp://198.51.100.9:443", None),
    ("10.2.2.3", "tcp://203.0.113.9:22", None),
    ("10.1.2.3", "http://p.example/", Some("192.0.2.1")),
];

fn policy(order: &str) -> String {
    format!("sekisho: 1\nname: t\n{order}\n{GROUPS}")
}

/// Applies an edit of rows, and compiles after it; nothing where it is refused.
fn compiled_after(document: &mut Document, compiled: &Compiled, edit: &Edit) -> Option<Compiled> {
    let before = Arc::downgrade(document.shared());
    document.apply(edit).ok()?;
    let rows = document.changed_since(&before).unwrap_or_else(|| panic!("more than rows changed"));
    Some(compile_after(document.policy(), compiled, rows))
}

fn some_edit(random: &mut Random, session: &Session, turn: usize) -> Edit {
    let groups = &session.policy().rule_groups;
    let mut any = |more: usize| {
        let group = random.below(groups.len());
        RulePlace { group, rule: random.below((groups[group].rules.len() + more).max(1)) }
    };
    let (at, to) = (any(0), any(1));
    let name = (RuleField::Name, format!("n{turn}"));
    match random.below(12) {
        0 | 1 => Edit::MoveRule { from: at, to },
        2 => {
            let fields = ROWS[random.below(ROWS.len())].iter();
            let fields = fields.map(|(field, text)| (*field, (*text).to_owned()));
            let fields = std::iter::once(name).chain(fields).collect();
            Edit::InsertRule { at: to, rule: RuleDraft { fields } }
        }
        3 => Edit::RemoveRule { at },
        4 => Edit::SetRule { at, fields: vec![(name.0, Some(name.1))] },
        // What other rows hang on, and edits of several rows: nothing may be kept that they change.
        5 => {
            let (thing, field, text) = THINGS[random.below(THINGS.len())].clone();
            Edit::Set { thing, fields: vec![(field, Some(text.to_owned()))] }
        }
        6 => Edit::DuplicateRule { at, name: name.1 },
        7 => {
            let rules: Vec<RulePlace> = (0..groups[at.group].rules.len())
                .map(|rule| RulePlace { rule, ..at })
                .take(3)
                .collect();
            let edit = match random.below(6) {
                0 => Edit::move_rules(session.policy(), &rules, to),
                1 => Edit::copy_rules(session.policy(), &rules, to),
                2 => Edit::remove_rules(&rules),
                nth => Edit::switch_rules(session.policy(), &rules, nth % 2 == 0),
            };
            edit.unwrap_or(Edit::RemoveRule { at })
        }
        _ => {
            let (field, text) = FIELDS[random.below(FIELDS.len())];
            Edit::SetRule { at, fields: vec![(field, Some(text.to_owned()))] }
        }
    }
}

fn assert_same(now: &Derived, fresh: &Derived, text: &str) {
    let (one, other) = (&now.compiled, &fresh.compiled);
    assert_eq!(one.ruleset, other.ruleset, "{text}");
    assert_eq!(one.origins, other.origins, "{text}");
    assert_eq!(one.spans, other.spans, "{text}");
    assert_eq!(one.diagnostics, other.diagnostics, "{text}");
    assert_eq!(one.capacity, other.capacity, "{text}");
    for rule in &other.ruleset.rules {
        assert_eq!(one.origin(rule.sid), other.origin(rule.sid), "{text}");
    }
    assert_eq!(now.evaluator.order(), fresh.evaluator.order(), "{text}");
    for (from, url, dst) in REQUESTS {
        let request = Request::parse(from, url, dst).unwrap();
        let flow = request.flow(request.dst.unwrap_or_else(|| request.somewhere()));
        let whole = fresh.evaluator.evaluate(&flow);
        assert_eq!(now.evaluator.evaluate(&flow), whole, "{url} from {from}\n{text}");
        assert_eq!(now.evaluator.verdict(&flow), (whole.verdict, whole.experience));
        assert_eq!(now.evaluator.destinations(&flow), fresh.evaluator.destinations(&flow));
    }
    assert_eq!(now.test, fresh.test, "{text}");
    assert_eq!(now.cases, fresh.cases, "{text}");
    assert_eq!((&now.diagnostics, &now.accepted), (&fresh.diagnostics, &fresh.accepted), "{text}");
}

/// Edits a policy so often; says how many edits were made, how many rules the rules before shared with those after, and how
/// many cases were not asked again.
fn edited(order: &str, seed: u64, turns: usize) -> (usize, usize, usize) {
    let mut random = Random::new(seed);
    let mut session = Session::scratch(policy(order)).unwrap();
    let url = "https://a.example".to_owned();
    session.set_test(TestInput { from: "10.1.2.3".to_owned(), url, dst: String::new() });
    let (mut made, mut shared, mut kept) = (0, 0, 0);
    for turn in 0..turns {
        let before = session.derived().compiled.clone();
        let asked = session.derived().asked.clone();
        let done = match random.below(6) {
            0 => session.undo().is_some(),
            1 => session.redo().is_some(),
            _ => {
                let edit = some_edit(&mut random, &session, turn);
                session.apply(&edit).is_ok()
            }
        };
        made += usize::from(done);
        let rules = &session.derived().compiled.ruleset.rules;
        let of_before = |rule: &&_| before.ruleset.rules.iter().any(|b| Arc::ptr_eq(b, rule));
        shared += rules.iter().filter(of_before).count();
        kept += session.derived().asked.shared_with(&asked);
        let document = Document::read(session.text().to_owned()).unwrap();
        let fresh = outcomes(&document, session.test(), session.revision());
        assert_same(session.derived(), &fresh, session.text());
    }
    // Findings are looked for in what was derived: here, in rules that were kept.
    let now = session.derived();
    let never = AtomicBool::new(false);
    let found = find(session.policy(), &now.compiled, &now.evaluator, &never);
    let document = Document::read(session.text().to_owned()).unwrap();
    assert_eq!(found, refresh(&document, session.test(), 0).findings, "{}", session.text());
    (made, shared, kept)
}

#[test]
fn what_is_kept_is_what_would_be_made_from_nothing() {
    let orders = [
        "rule_order: strict\ndefault_actions: [drop_established]",
        "rule_order: strict\ndefault_actions: [drop_strict, alert_strict]",
        "rule_order: strict\ndefault_actions: [drop_established_app_layer]",
        "rule_order: action",
        "rule_order: strict\ndefault_actions: [drop_established]\nstateless: {rule_groups: [{name: s, priority: 1, rules: [{name: early, action: drop, from: any, to: 203.0.113.9, protocols: tcp}]}]}",
    ];
    for (seed, order) in (1..).zip(orders) {
        let (made, shared, kept) = edited(order, seed, 25);
        assert!(made > 10, "{made} edits were made");
        assert!(kept > made, "{kept} cases were kept in {made} edits");
        assert!(shared > 10 * made, "{shared} rules were shared in {made} edits");
    }
}

#[test]
fn cases_that_ask_for_other_names_are_kept_when_a_row_asks_for_one_more() {
    for defaults in ["drop_established", "drop_strict", "drop_established_app_layer_to_server"] {
        let text = policy(&format!("rule_order: strict\ndefault_actions: [{defaults}]"));
        let mut session = Session::scratch(text).unwrap();
        let before = session.derived().asked.clone();
        let at = RulePlace { group: 2, rule: 3 };
        let fields = vec![(RuleField::To, Some("u.example, m.example".to_owned()))];
        session.apply(&Edit::SetRule { at, fields }).unwrap();
        let kept = session.derived().asked.shared_with(&before);
        // None asks for a name of the row over TLS.
        assert_eq!(kept, session.policy().cases.len(), "{defaults}");
    }
}

#[test]
fn several_edits_as_one_tell_which_rows_they_changed_and_so_does_their_undoing() {
    // Rows that a case names cannot go.
    let text = policy("rule_order: strict").replace(", by: hand", "").replace(", by: reset", "");
    let mut document = Document::read(text).unwrap();
    let text = document.text().to_owned();
    let rows = |group| (0..2).map(move |rule| RulePlace { group, rule });
    let to = RulePlace { group: 2, rule: 1 };
    let edits = [
        Edit::move_rules(document.policy(), &rows(1).collect::<Vec<_>>(), to),
        Edit::copy_rules(document.policy(), &rows(2).collect::<Vec<_>>(), to),
        Edit::remove_rules(&rows(1).chain(rows(2)).collect::<Vec<_>>()),
        Edit::switch_rules(document.policy(), &rows(1).collect::<Vec<_>>(), false),
    ];
    for edit in edits.map(Option::unwrap) {
        let before = Arc::downgrade(document.shared());
        let compiled = compile(document.policy());
        let undo = document.apply(&edit).unwrap();
        let changed = document.changed_since(&before).expect("only rows changed");
        let rules = compile_after(document.policy(), &compiled, changed);
        assert_eq!(rules.ruleset, compile(document.policy()).ruleset, "{edit:?}");
        let after = Arc::downgrade(document.shared());
        document.apply(&undo).unwrap();
        assert_eq!(document.text(), text, "{edit:?}");
        let changed = document.changed_since(&after).expect("only rows are changed back");
        let rules = compile_after(document.policy(), &rules, changed);
        assert_eq!(rules.ruleset, compiled.ruleset, "{edit:?}");
        assert_eq!(rules.origins, compiled.origins, "{edit:?}");
    }
}

/// Policies with more rows than one block of what is kept holds.
#[test]
fn blocks_of_many_rows_are_what_would_be_made_from_nothing() {
    let row = |at: usize| {
        let sid = 10_000 + 20 * at;
        let rest = match at % 970 {
            0 => "action: drop, from: web, to: 203.0.113.0/24, protocol: tcp".to_owned(),
            1 => "action: reject, from: any, to: q.example, protocol: dns".to_owned(),
            of if of % 60 == 2 => {
                let rule = |sid| {
                    format!("pass tls any any -> any any (tls.sni; content:\"h{at}\"; sid:{sid};)")
                };
                return format!(
                    "      - name: r{at}\n        suricata: |\n          {}\n          {}\n",
                    rule(sid),
                    rule(sid + 1)
                );
            }
            _ => format!("action: pass, from: payroll, to: n{at}.example"),
        };
        let sid = if at % 50 == 3 { String::new() } else { format!("sid: {sid}, ") };
        format!("      - {{name: r{at}, {sid}{rest}}}\n")
    };
    let many: String = (0..1_300).map(row).collect();
    let text = policy("rule_order: strict\ndefault_actions: [drop_established]");
    let text = text.replace(
        "  - name: own\n",
        &format!("  - name: many\n    priority: 250\n    rules:\n{many}  - name: own\n"),
    );
    let mut document = Document::read(text).unwrap();
    let mut compiled = compile(document.policy());
    let mut random = Random::new(3);
    for turn in 0..60 {
        let count = document.policy().rule_groups[2].rules.len();
        let at = RulePlace { group: 2, rule: random.below(count) };
        let to = RulePlace { group: [1, 2][random.below(2)], rule: random.below(7) };
        let rows: Vec<RulePlace> =
            (at.rule..count.min(at.rule + 150)).map(|rule| RulePlace { rule, ..at }).collect();
        let copied = rows.get(..3).unwrap_or(&rows);
        let edit = match random.below(6) {
            0 => Edit::MoveRule { from: at, to },
            1 => Edit::SetRule { at, fields: vec![(RuleField::Action, Some("drop".to_owned()))] },
            2 => Edit::remove_rules(&rows).unwrap(),
            3 => Edit::DuplicateRule { at, name: format!("d{turn}") },
            4 => Edit::copy_rules(document.policy(), copied, to).unwrap(),
            _ => Edit::SetRule { at, fields: vec![(RuleField::Sid, Some("1000".to_owned()))] },
        };
        let Some(after) = compiled_after(&mut document, &compiled, &edit) else { continue };
        compiled = after;
        let fresh = compile(document.policy());
        assert_eq!(compiled.ruleset, fresh.ruleset, "{edit:?}");
        assert_eq!(compiled.origins, fresh.origins, "{edit:?}");
        assert_eq!(compiled.diagnostics, fresh.diagnostics, "{edit:?}");
        assert_eq!(compiled.capacity, fresh.capacity, "{edit:?}");
        assert_eq!(compiled.spans, fresh.spans, "{edit:?}");
        assert_eq!(compiled.text(document.policy()), fresh.text(document.policy()), "{edit:?}");
        let sids = fresh.ruleset.rules.iter().map(|rule| rule.sid);
        assert!(sids.into_iter().all(|sid| compiled.origin(sid) == fresh.origin(sid)), "{edit:?}");
        assert_eq!(Document::read(document.text().to_owned()).unwrap().policy(), document.policy());
    }
}

#[test]
fn a_row_that_makes_others_wait_is_seen_by_rows_that_stay() {
    let text = policy("rule_order: strict\ndefault_actions: [drop_established]");
    let mut session = Session::scratch(text).unwrap();
    let waits = |session: &Session| session.derived().compiled.waiting().len();
    let before = waits(&session);
    let drafted = [
        (RuleField::Name, "new"),
        (RuleField::Action, "drop"),
        (RuleField::From, "web"),
        (RuleField::To, "w.example"),
    ];
    let fields = drafted.map(|(field, text)| (field, text.to_owned())).to_vec();
    let at = RulePlace { group: 1, rule: 0 };
    session.apply(&Edit::InsertRule { at, rule: RuleDraft { fields } }).unwrap();
    // The row below rejects what this one drops by its name, and so waits for names.
    assert_eq!(waits(&session), before + 1);
    let rejects = session.derived().compiled.ruleset.rules.iter();
    assert!(rejects.filter(|rule| rule.action == Action::Reject).count() > 1);
}

/// Rows about addresses in blocks of which some wait for names that rows above ask for, and rejects that drops above them wait for.
#[test]
fn rows_of_blocks_wait_as_they_would_from_nothing() {
    let (mut few, mut many) = (0, 0);
    for (seed, reject) in [(1, 1), (3, 5)] {
        let mut random = Random::new(seed);
        let text = policy("rule_order: strict\ndefault_actions: [drop_strict]");
        let groups: String = [250, 260]
            .iter()
            .map(|priority| {
                let rows: String =
                    (0..300).map(|at| row(&mut random, *priority, at, reject)).collect();
                format!("  - name: g{priority}\n    priority: {priority}\n    rules:\n{rows}")
            })
            .collect();
        let text = text.replace("  - name: own\n", &format!("{groups}  - name: own\n"));
        let mut document = Document::read(text).unwrap();
        let mut compiled = compile(document.policy());
        for turn in 0..40 {
            let waited = compiled.waiting();
            let mut place = || {
                let group = 2 + random.below(2);
                let count = document.policy().rule_groups[group].rules.len();
                RulePlace { group, rule: random.below(count) }
            };
            let (at, to) = (place(), place());
            let set = |fields: &[(RuleField, &str)]| {
                let field = |(field, text): &(RuleField, &str)| {
                    (*field, (!text.is_empty()).then(|| (*text).to_owned()))
                };
                Edit::SetRule { at, fields: fields.iter().map(field).collect() }
            };
            let named =
                [(RuleField::Ports, ""), (RuleField::Protocols, ""), (RuleField::To, "w.example")];
            let edit = match random.below(10) {
                0 => Edit::MoveRule { from: at, to },
                1 => Edit::RemoveRule { at },
                2 => Edit::DuplicateRule { at, name: format!("d{turn}") },
                3 => set(&[(RuleField::Action, ["pass", "drop", "reject"][random.below(3)])]),
                4 => set(&[(RuleField::From, ["10.3.0.0/16", "payroll"][random.below(2)])]),
                5 | 6 => set(&named),
                7 => set(&[&named[..], &[(RuleField::From, "any")]].concat()),
                8 => set(&[(RuleField::To, "203.0.113.0/24")]),
                _ => set(&[(RuleField::Enabled, "false")]),
            };
            let Some(after) = compiled_after(&mut document, &compiled, &edit) else { continue };
            compiled = after;
            let fresh = compile(document.policy());
            assert_eq!(compiled.ruleset, fresh.ruleset, "seed {seed}, turn {turn}: {edit:?}");
            assert_eq!(compiled.diagnostics, fresh.diagnostics, "{edit:?}");
            let changed = waited.len().abs_diff(compiled.waiting().len());
            few += usize::from((1..20).contains(&changed));
            many += usize::from(changed >= 20);
        }
    }
    assert!(few > 5 && many > 0, "{few} edits changed which rows wait, {many} that of many");
}

/// In a large policy an answer is taken over where no rule that changed is one that its flows can meet.
#[test]
fn an_answer_of_a_large_policy_is_what_would_be_asked_anew() {
    let mut random = Random::new(5);
    let rows: String = (0..2_100).map(|at| row(&mut random, 250, at, 1)).collect();
    let text = policy("rule_order: strict\ndefault_actions: [drop_established]");
    let many = format!("  - name: many\n    priority: 250\n    rules:\n{rows}  - name: own\n");
    let mut session = Session::scratch(text.replace("  - name: own\n", &many)).unwrap();
    let mut kept = 0;
    for turn in 0..14 {
        let from = ["10.1.2.3", "10.3.2.3"][turn / 4 % 2].to_owned();
        let url = ["https://n7.example", "tcp://a.example:22"][turn / 8 % 2].to_owned();
        let test = TestInput { from, url, dst: String::new() };
        session.set_test(test.clone());
        let before = Arc::clone(&session.derived().evaluator);
        let at = RulePlace { group: 2, rule: random.below(2_000) };
        let to = RulePlace { group: 2, rule: random.below(2_000) };
        let edit = match turn % 5 {
            0 | 1 => Edit::MoveRule { from: at, to },
            2 => Edit::DuplicateRule { at, name: format!("d{turn}") },
            3 => Edit::SetRule { at, fields: vec![(RuleField::Name, Some(format!("n{turn}")))] },
            _ => {
                let action = ["pass", "drop"][turn / 5 % 2];
                let fields = [
                    (RuleField::Name, format!("top{turn}")),
                    (RuleField::Action, action.to_owned()),
                    (RuleField::From, "any".to_owned()),
                    (RuleField::To, "any".to_owned()),
                    (RuleField::Protocols, "tcp".to_owned()),
                ];
                let rule = RuleDraft { fields: fields.to_vec() };
                Edit::InsertRule { at: RulePlace { rule: 0, ..at }, rule }
            }
        };
        session.apply(&edit).unwrap();
        let now = session.derived().answer().unwrap();
        let evaluator = &session.derived().evaluator;
        kept += usize::from(now.is_as_before(evaluator, &before));
        let fresh = outcomes(&Document::read(session.text().to_owned()).unwrap(), &test, 0);
        let fresh = fresh.answer().unwrap();
        assert_eq!(now.sentence, fresh.sentence, "{edit:?}");
        assert_eq!((now.depends, now.whole), (fresh.depends, fresh.whole), "{edit:?}");
        for (a, b) in now.by_destination.iter().zip(&fresh.by_destination) {
            assert_eq!((&a.set, a.address, &a.decider), (&b.set, b.address, &b.decider));
            assert_eq!((a.action, &a.because), (b.action, &b.because), "{edit:?}");
            assert_eq!(a.trace.packets, b.trace.packets, "{edit:?}");
        }
        assert_eq!(now.first().trace.rules, fresh.first().trace.rules, "{edit:?}");
    }
    assert!(kept > 1 && kept < 14, "{kept} kept");
}

/// What an edit in one block means for rows of others that stay as they are, over a row in between.
#[test]
fn rows_of_other_blocks_hear_of_an_edit_over_rows_in_between() {
    let mut rows: Vec<String> = Vec::new();
    let mut at = HashMap::new();
    for (name, rest) in [
        ("late", "action: drop, from: 10.4.0.0/16, to: 198.51.100.8, protocol: tcp"),
        ("named", "action: pass, from: 10.2.0.0/16, to: 'https://n.example:443'"),
        ("dropped", "action: drop, from: 10.2.0.0/16, to: 203.0.113.5, protocol: tcp"),
        (
            "reset",
            "action: reject, from: [10.2.0.0/16, 10.3.0.0/16], to: 203.0.113.5, protocol: tcp, ports: 22",
        ),
        (
            "other-reset",
            "action: reject, from: [10.4.0.0/16, 10.5.0.0/16], to: 203.0.113.6, protocol: tcp",
        ),
        ("other-drop", "action: drop, from: 10.5.0.0/16, to: 203.0.113.6, protocol: tcp"),
    ] {
        at.insert(name, RulePlace { group: 2, rule: rows.len() });
        let number = at.len() - 1;
        rows.push(format!("{{name: {name}, sid: {}, {rest}}}", 50_000 + 20 * number));
        rows.extend((0..520).map(|n| {
            let sid = 100_000 + 20 * (1_000 * number + n);
            format!("{{name: f{number}x{n}, sid: {sid}, action: pass, from: 10.9.0.0/16, to: 192.0.2.9, protocol: tcp}}")
        }));
    }
    let rows: String = rows.iter().map(|row| format!("      - {row}\n")).collect();
    let text = policy("rule_order: strict\ndefault_actions: [drop_strict]");
    let groups = format!("  - name: many\n    priority: 250\n    rules:\n{rows}");
    // Without the rows of all kinds, which wait for everybody.
    let (head, _) = text.split_once("  - name: late\n").unwrap();
    let empty = "  - name: a\n    priority: 1\n    rules: []\n  - name: b\n    priority: 2\n    rules: []\n";
    let mut document = Document::read(format!("{head}{empty}{groups}")).unwrap();
    let mut compiled = compile(document.policy());
    let mut edit = |name: &str, beside: usize, field, text: &str| {
        let at = RulePlace { rule: at[name].rule + beside, ..at[name] };
        let mut fields = vec![(field, Some(text.to_owned()))];
        if field == RuleField::To {
            fields.push((RuleField::Protocols, None));
        }
        let was = compiled.ruleset.clone();
        let edit = Edit::SetRule { at, fields };
        compiled = compiled_after(&mut document, &compiled, &edit).unwrap();
        assert_eq!(compiled.ruleset, compile(document.policy()).ruleset, "{name}");
        let texts = |ruleset: &Ruleset, sid: u32| -> Vec<String> {
            let of = ruleset.rules.iter().filter(|rule| (sid..sid + 20).contains(&rule.sid.0));
            of.map(|rule| rule.text.to_string()).collect()
        };
        let changed = |number| {
            let sid = 50_000 + 20 * number;
            texts(&was, sid) != texts(&compiled.ruleset, sid)
        };
        (0..6).filter(|number| changed(*number)).collect::<Vec<u32>>()
    };
    // The drop answers in silence, since a reject below waits.
    assert!(edit("dropped", 1, RuleField::Note, "beside it").is_empty());
    // The reject waits now, and so does the drop below it.
    assert_eq!(edit("late", 0, RuleField::To, "w.example"), [0, 4, 5]);
    assert!(edit("other-drop", 1, RuleField::Note, "beside it").is_empty());
}

/// A row, mostly about addresses, of one of few sources.
fn row(random: &mut Random, group: u32, at: usize, reject: usize) -> String {
    let sid = group * 1_000 + 100_000 + 20 * u32::try_from(at).unwrap();
    let from = format!("10.{}.0.0/16", random.below(4));
    let action = match random.below(100) {
        part if part < reject => "reject",
        part if part < 60 => "drop",
        _ => "pass",
    };
    let to = match random.below(120) {
        0 => {
            return format!(
                "      - {{name: r{group}x{at}, sid: {sid}, action: {action}, from: {from}, to: n{at}.example}}\n"
            );
        }
        1 => "any".to_owned(),
        2 => {
            let rule =
                format!("pass tls {from} any -> any any (tls.sni; content:\"h\"; sid:{sid};)");
            return format!("      - {{name: r{group}x{at}, suricata: '{rule}'}}\n");
        }
        _ => format!("203.0.113.{}", random.below(6)),
    };
    let protocol = ["", ", protocol: tcp", ", protocol: tcp, ports: 443"][random.below(3)];
    format!(
        "      - {{name: r{group}x{at}, sid: {sid}, action: {action}, from: {from}, to: {to}{protocol}}}\n"
    )
}
