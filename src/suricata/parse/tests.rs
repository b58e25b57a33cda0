use proptest::prelude::*;

use super::parse_rules;
use crate::net::{Action, Sid};
use crate::suricata::{ContentTest, Rule};

fn one(text: &str) -> Rule {
    let parsed = parse_rules(text);
    assert_eq!(parsed.problems, [], "{text}");
    parsed.rules.into_iter().next().unwrap().rule
}

fn fault(text: &str) -> String {
    let parsed = parse_rules(text);
    assert!(parsed.rules.is_empty(), "{text} loads");
    let problem = &parsed.problems[0];
    format!("{} at `{}`", problem.code, &text[problem.span.clone()])
}

#[test]
fn a_rule_is_read_with_its_buffer_and_modifiers() {
    let rule = one(
        r#"pass tls $HOME_NET any -> [192.0.2.0/24, !192.0.2.9] 443 (tls.sni; dotprefix; content:".a.org"; nocase; endswith; msg:"a \"b\""; sid:7; rev:2;)"#,
    );
    assert_eq!((rule.action, rule.sid, rule.rev), (Action::Pass, Sid(7), 2));
    assert_eq!(rule.header.destination, "[192.0.2.0/24, !192.0.2.9]");
    assert_eq!(rule.msg.as_deref(), Some("a \"b\""));
    assert_eq!(
        rule.buffers[0].to_string(),
        r#"tls.sni; dotprefix; content:".a.org"; nocase; endswith"#
    );
}

#[test]
fn an_old_modifier_moves_the_content_before_it() {
    let rule = one(r#"drop http any any -> any any (content:"a"; http_host; content:"b"; sid:1;)"#);
    let names: Vec<&str> = rule.buffers.iter().map(|b| b.buffer.name()).collect();
    assert_eq!(names, ["http.host", "payload"]);
}

#[test]
fn a_class_gives_its_priority_unless_one_is_written() {
    assert_eq!(one("alert tcp any any -> any any (classtype:trojan-activity; sid:1;)").priority, 1);
    let both = "alert tcp any any -> any any (classtype:trojan-activity; priority:4; sid:1;)";
    assert_eq!(one(both).priority, 4);
    assert_eq!(one("alert tcp any any -> any any (sid:1;)").priority, 3);
}

#[test]
fn an_expression_that_cannot_be_said_is_kept_and_not_evaluated() {
    let rule = one(r#"alert tls any any -> any any (tls.sni; pcre:"/a(?!b)/"; sid:1;)"#);
    let [ContentTest::NotModelled(carried)] = rule.buffers[0].tests.as_slice() else {
        panic!("{:?}", rule.buffers);
    };
    assert_eq!((carried.keyword, carried.value.as_str()), ("pcre", r#""/a(?!b)/""#));
}

#[test]
fn faults_point_at_the_option_they_are_about() {
    let rule = |options: &str| format!("alert tls any any -> any any ({options})");
    assert_eq!(fault(&rule("tls.snj; sid:1;")), "unknown-keyword at `tls.snj`");
    assert_eq!(fault(&rule(r#"tls.sni; content:"a; sid:1;"#)), "quotes at `\"a`");
    assert_eq!(fault(&rule("tls.sni; sid:1;")), "empty-buffer at `tls.sni`");
    assert_eq!(fault("alert tls any any -> any (sid:1;)"), "rule-cut-short at `(sid:1;)`");
}

#[test]
fn joined_lines_are_one_rule_and_places_stay_right() {
    let text = "# a comment\n\nalert tcp any any \\\n  -> any any (bad; sid:1;)\n";
    let problem = &parse_rules(text).problems[0];
    assert_eq!(&text[problem.span.clone()], "bad");
}

#[test]
fn a_newer_revision_replaces_and_an_equal_one_is_refused() {
    let rule =
        |rev: u32, port: u16| format!("alert tcp any any -> any {port} (sid:9; rev:{rev};)\n");
    let parsed = parse_rules(&(rule(1, 80) + &rule(2, 81) + &rule(2, 82)));
    let ports: Vec<&str> =
        parsed.rules.iter().map(|r| r.rule.header.destination_ports.as_str()).collect();
    assert_eq!(ports, ["81"]);
    assert_eq!(parsed.problems.len(), 2);
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "[ -~\n\\\\é]{0,200}") {
        check_spans(&text);
    }

    #[test]
    fn no_rule_like_text_makes_the_parser_panic(
        options in proptest::collection::vec(
            "(content|pcre|depth|within|tls.sni|flow|flowbits|ssl_version|dsize|xbits|isdataat|http_host|sid|msg)(:!?\"?[ -~é]{0,12}\"?)?;",
            0..8,
        )
    ) {
        check_spans(&format!("alert tcp any any -> any any ({} sid:1;)", options.join(" ")));
    }
}

fn check_spans(text: &str) {
    let parsed = parse_rules(text);
    for problem in &parsed.problems {
        assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
    }
    for rule in &parsed.rules {
        assert!(text.get(rule.span.clone()).is_some());
    }
}
