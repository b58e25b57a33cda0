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

/// Options that go together often enough for rules to load.
const OPTIONS: [&str; 44] = [
    "flow:to_server, established",
    "flow:not_established",
    "flowbits:set,a",
    "flowbits:isset,a|b",
    "xbits:isset,a,track ip_src,expire 60",
    "threshold:type limit, track by_src, count 1, seconds 60",
    "app-layer-protocol:!tls",
    "ssl_state:client_hello|server_hello",
    "ssl_version:tls1.2,tls1.3",
    "tls.version:1.2",
    "dsize:>5",
    "ttl:<=255",
    "itype:8",
    "ip_proto:!17",
    "urilen:1<>9,raw",
    "flags:S+,CE",
    "flags:0",
    "sameip",
    "geoip:dst,JP",
    "id:5",
    "bypass",
    "noalert",
    "alert",
    "priority:1",
    "classtype:trojan-activity",
    "reference:url,a.org/b",
    "metadata:a b, c d",
    "msg:\"a \\\"b\\\" c\\;d\"",
    "rev:3",
    "tls.sni",
    "tls.sni; dotprefix",
    "http.host",
    "http.uri; to_lowercase",
    "dns.query",
    "pkt_data",
    "frame:tls.pdu",
    "content:\"abc|0d 0a|;d\"; nocase",
    "content:!\"a\\\\b\"; endswith",
    "content:\"x\"; startswith",
    "content:\"x\"; offset:2; depth:9",
    "content:\"x\"; distance:-1; within:9",
    "pcre:!\"/a[^\\/]b$/isR\"",
    "isdataat:!5,relative",
    "bsize:<70",
];

fn some_rule() -> impl Strategy<Value = String> {
    let header = proptest::sample::select(vec![
        "drop tls $HOME_NET any -> any 443",
        "pass http any any -> [10.0.0.0/8,!10.1.0.0/16] any",
        "alert tcp any any <> any !80",
        "rejectboth ip any any -> any any",
        "alert dns any any -> any any",
    ]);
    let options = proptest::collection::vec(proptest::sample::select(OPTIONS.to_vec()), 0..6);
    (header, options).prop_map(|(header, options)| {
        let options: String = options.iter().map(|o| format!("{o}; ")).collect();
        format!("{header} ({options}sid:1;)")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn a_rule_printed_and_read_again_is_the_same(text in some_rule()) {
        if let Some(parsed) = parse_rules(&text).rules.into_iter().next() {
            let printed = parsed.rule.to_string();
            let again = parse_rules(&printed);
            let faults: Vec<_> = again.problems.iter().filter(|p| p.is_error()).collect();
            prop_assert!(faults.is_empty(), "{printed}: {faults:?}");
            let again = Rule { text: parsed.rule.text.clone(), ..again.rules[0].rule.clone() };
            prop_assert_eq!(again, parsed.rule, "{}", printed);
        }
    }
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
