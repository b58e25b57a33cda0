//! What loads: every recorded rule is accepted or refused as the real Suricata 7.0.10 did.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use std::collections::BTreeMap;

use sekisho::suricata::{RuleProblem, Variables, check_variables, parse_rules};
use serde_json::Value;

/// Rules that were refused for want of a file on the machine of the recording, not for what they say.
const WANTED_A_FILE: [&str; 1] = ["geoip:dst,US"];

/// The variables of the engine as it ships, as far as the recorded rules name them.
fn variables() -> Variables {
    let all = [
        ("HOME_NET", "[192.168.0.0/16,10.0.0.0/8,172.16.0.0/12]"),
        ("EXTERNAL_NET", "!$HOME_NET"),
        ("HTTP_PORTS", "80"),
        ("SHELLCODE_PORTS", "!80"),
    ];
    let all = BTreeMap::from(all.map(|(name, value)| (name.to_owned(), value.to_owned())));
    // A reference of AWS, of which nobody says what it holds.
    Variables { references: [("LIST".to_owned(), None)].into(), ..Variables::from(all) }
}

/// Every problem of a text, those that only show with variables too.
fn problems(text: &str) -> Vec<RuleProblem> {
    let parsed = parse_rules(text);
    let late = parsed.rules.iter().flat_map(|rule| check_variables(rule, &variables()));
    let late: Vec<RuleProblem> = late.collect();
    parsed.problems.into_iter().chain(late).collect()
}

#[test]
fn rules_load_or_are_refused_as_the_engine_does() {
    let recorded: Vec<Value> = include_str!("fixtures/conformance/load.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let rules: Vec<&str> = recorded.iter().map(|r| r["rule"].as_str().unwrap()).collect();
    let text = rules.join("\n");
    let found = problems(&text);
    let mut start = 0;
    let mut wrong = Vec::new();
    for (line, rule) in recorded.iter().zip(&rules) {
        let end = start + rule.len();
        let fault = found.iter().find(|p| p.is_error() && (start..=end).contains(&p.span.start));
        let accepted = line["accepted"].as_bool().unwrap();
        if accepted != fault.is_none() && !WANTED_A_FILE.iter().any(|w| rule.contains(w)) {
            wrong.push(format!("{rule}\n    recorded {accepted}, {fault:?} {}", line["messages"]));
        }
        start = end + 1;
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rules.len(), wrong.join("\n"));
}

/// The code of the first error of a rule with these options, and what it points at.
fn refusal(header: &str, options: &str) -> String {
    let text = format!("alert {header} ({options} sid:1;)");
    match problems(&text).iter().find(|p| p.is_error()) {
        Some(problem) => format!("{} `{}`", problem.code, &text[problem.span.clone()]),
        None => "loads".to_owned(),
    }
}

fn check_all(table: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(header, options, wanted)| (header, options, wanted, refusal(header, options)))
        .filter(|(_, _, wanted, got)| got != *wanted)
        .map(|(header, options, wanted, got)| {
            format!("{header} ({options})\n    {got}, not {wanted}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const TCP: &str = "tcp any any -> any any";
const TLS: &str = "tls any any -> any any";
const HTTP: &str = "http any any -> any any";
const IP: &str = "ip any any -> any any";

// Each row of the tables below was loaded by the real Suricata 7.0.10.

#[test]
fn words_of_contents_are_refused_where_they_contradict() {
    check_all(&[
        (TCP, r#"content:"abc"; fast_pattern:only; depth:5;"#, "contradicting-modifiers `depth:5`"),
        (TCP, r#"content:!"abc"; fast_pattern; within:5;"#, "contradicting-modifiers `within:5`"),
        (TCP, r#"content:"abc"; fast_pattern:2,2;"#, "bad-value `2,2`"),
        (TCP, r#"content:"abc"; offset:0x1;"#, "loads"),
        (TCP, r#"content:"abc"; distance:1048577;"#, "bad-value `1048577`"),
        (TCP, r#"content:"abc"; rawbytes; rawbytes;"#, "contradicting-modifiers `rawbytes`"),
        (TLS, r#"tls.sni; content:"a"; rawbytes;"#, "misplaced-keyword `rawbytes`"),
        (TLS, r#"content:"a"; tls.sni; nocase; content:"b";"#, "misplaced-keyword `nocase`"),
        (TLS, r#"tls.sni; content:"a"; prefilter;"#, "loads"),
        (TCP, r#"content:!"a"; endswith; prefilter;"#, "loads"),
        (TCP, r#"content:!"a"; depth:5; prefilter;"#, "contradicting-modifiers `prefilter`"),
        (TCP, r#"content:!"a"; startswith; prefilter;"#, "contradicting-modifiers `prefilter`"),
        (TCP, r#"content:!"a"; depth:5; content:"b"; prefilter;"#, "loads"),
        (TLS, "ssl_state:client_hello; prefilter;", "misplaced-keyword `prefilter`"),
        (TCP, r#"content:"a|41,42|";"#, "loads"),
        (TCP, r#"content:"\";"#, "loads"),
        (TCP, r#"content:"abc"; nocase:1;"#, "unexpected-value `nocase:1`"),
        (TCP, r#"content:"abc";; nocase;"#, "empty-option `;`"),
        (TCP, r#"byte_extract:1,0,foo; content:"abc"; depth:foo;"#, "loads"),
        (TCP, r#"content:"abc"; depth:foo; byte_extract:1,0,foo;"#, "bad-number `depth:foo`"),
        (TCP, r#"pcre:"/a/R";"#, r#"misplaced-keyword `pcre:"/a/R"`"#),
    ]);
}

#[test]
fn contents_without_room_are_refused() {
    check_all(&[
        (TCP, r#"dsize:<5; content:"abcdef";"#, r#"impossible-content `content:"abcdef"`"#),
        (TCP, r#"dsize:<6; content:"abcdef";"#, "loads"),
        (
            TCP,
            r#"dsize:5; content:"abc"; content:"def"; distance:0;"#,
            r#"impossible-content `content:"def"`"#,
        ),
        (
            HTTP,
            r#"http.uri; content:"abc"; offset:3; bsize:5;"#,
            r#"impossible-content `content:"abc"`"#,
        ),
        (
            HTTP,
            r#"http.uri; content:"abcdef"; bsize:1<>5;"#,
            r#"impossible-content `content:"abcdef"`"#,
        ),
        (
            HTTP,
            r#"urilen:5; http.uri; content:"abcdef";"#,
            r#"impossible-content `content:"abcdef"`"#,
        ),
        // The engine does not even start with this one.
        (
            TLS,
            r#"tls.sni; content:"a."; startswith; endswith; content:"a.org";"#,
            r#"impossible-content `content:"a.org"`"#,
        ),
        (
            TLS,
            r#"tls.sni; strip_whitespace; content:"a b";"#,
            r#"impossible-content `content:"a b"`"#,
        ),
    ]);
}

#[test]
fn conditions_that_do_not_go_together_are_refused() {
    check_all(&[
        (TLS, r#"tls.sni; content:"a"; ttl:5;"#, "contradicting-conditions `ttl:5`"),
        (IP, r#"tls.sni; content:"a"; ip_proto:6;"#, "contradicting-conditions `ip_proto:6`"),
        (TCP, "flow:only_stream; dsize:4;", "contradicting-conditions `dsize:4`"),
        (TLS, r#"flow:to_server; flow:established; tls.sni; content:"a";"#, "loads"),
        (TLS, "flow:established; flow:to_server;", "written-twice `flow:to_server`"),
        (TCP, "flow:to_client; flow:to_server,established;", "loads"),
        (TCP, "flow:to_server,established; flow:to_client;", "written-twice `flow:to_client`"),
        (TCP, "flow:stateless; flow:established;", "written-twice `flow:established`"),
        (TCP, "ssl_version:!tls1.2,tls1.3;", "bad-value `!tls1.2,tls1.3`"),
        (TCP, "app-layer-protocol:!tls; app-layer-protocol:!http;", "loads"),
        (TCP, r#"flowbits:set ,a;"#, "bad-value `set `"),
        (TCP, "xbits:set,a,track by_src;", "bad-value `set,a,track by_src`"),
        (TCP, "detection_filter:track by_both, count 1, seconds 60;", "bad-value `by_both`"),
        (
            TCP,
            "threshold:type limit, track by_src, count 1;",
            "bad-value `type limit, track by_src, count 1`",
        ),
        (HTTP, r#"http.header.raw; content:"a";"#, "missing-side `http.header.raw`"),
        (TLS, "filesize:5;", "contradicting-protocols `filesize:5`"),
        (
            "http2 any any -> any any",
            r#"http.start; content:"a";"#,
            "contradicting-protocols `http.start`",
        ),
        (
            TLS,
            r#"tls.sni; content:"a"; to_lowercase; to_uppercase; content:"B"; dotprefix;"#,
            "misplaced-keyword `dotprefix`",
        ),
        (TCP, "bypass; nfq_set_mark:1/2;", "loads"),
        (IP, "iprep:src,CnC,>,5;", "needs-files `iprep:src,CnC,>,5`"),
    ]);
}

#[test]
fn headers_are_refused_as_the_engine_does() {
    check_all(&[
        ("tcp any any -> any any(msg:\"a\";", "", "rule-cut-short `any(msg:\"a\";`"),
        ("tcp any\tany -> any any", "", "rule-cut-short `(`"),
        ("tcp $NOPE any -> any any", "", "unknown-variable `$NOPE`"),
        (
            "tcp [$HOME_NET,!$HOME_NET] any -> any any",
            "",
            "bad-address-or-port `[$HOME_NET,!$HOME_NET]`",
        ),
        ("tcp [10.0.0.0/8,] any -> any any", "", "loads"),
        ("tcp any any -> any 80-90", "", "bad-port `80-90`"),
        ("TCP any any -> any any", "", "loads"),
    ]);
}

#[test]
fn what_aws_adds_loads_and_is_not_evaluated() {
    assert_eq!(refusal("tcp @LIST any -> any any", ""), "loads");
    for options in
        ["aws_domain_category:Malware;", "aws_url_category:Hacking;", "geoip:dst,JP,!US;"]
    {
        assert_eq!(refusal(HTTP, options), "loads", "{options}");
        let parsed = parse_rules(&format!("drop {HTTP} ({options} sid:1;)"));
        let options = &parsed.rules[0].rule.options;
        let carried = matches!(options.as_slice(), [sekisho::suricata::RuleOption::NotModelled(_)]);
        assert!(carried, "{options:?}");
    }
}

/// The help of the first problem.
fn help(text: &str) -> String {
    let help = problems(text)[0].help.clone().unwrap_or_default();
    help.say(sekisho::messages::Lang::English).to_owned()
}

#[test]
fn a_misspelt_word_is_answered_with_the_one_that_is_meant() {
    assert_eq!(help("alert tls any any -> any any (tls.snj; sid:1;)"), "did you mean `tls.sni`?");
    assert_eq!(help("alert https any any -> any any (sid:1;)"), "did you mean `tls`?");
    assert_eq!(help("alert TLS any any -> any any (sid:1;)"), "write it in lower case: `tls`");
    assert_eq!(help("alert htpt any any -> any any (sid:1;)"), "did you mean `http`?");
    assert_eq!(help("block tls any any -> any any (sid:1;)"), "did you mean `drop`?");
    assert_eq!(
        help("alert tcp any any -> any any (flow:to_sever; sid:1;)"),
        "did you mean `to_server`?"
    );
    assert_eq!(help("alert tcp $HOME_NTE any -> any any (sid:1;)"), "did you mean `$HOME_NET`?");
}

/// The warnings of a text by code, each with what it points at.
fn warnings(text: &str) -> Vec<String> {
    let found = problems(text);
    assert!(found.iter().all(|p| !p.is_error()), "{text}: {found:?}");
    found.iter().map(|p| format!("{} `{}`", p.code, &text[p.span.clone()])).collect()
}

/// Rules that load, and the warning each gets.
const WARNED: &[(&str, &str)] = &[
    ("\tdrop tls any any -> any any (sid:1;)", "line-skipped `\t`"),
    (
        "drop tls any any -> any any tls.sni; content:\"a\"; sid:1;",
        "no-parentheses ` tls.sni; content:\"a\"; sid:1;`",
    ),
    (
        r#"drop tls any any -> any any (tls.sni; content:"a"; dotprefix; sid:1;)"#,
        "idle-transform `dotprefix`",
    ),
    (
        r#"drop tls any any -> any any (tls.sni; content:"a"; dotprefix; content:".b"; sid:1;)"#,
        "late-transform `dotprefix`",
    ),
    (r#"drop udp any any -> any any (tls.sni; content:"a"; sid:1;)"#, "never-matches `tls.sni`"),
    (
        r#"drop tls any any -> any any (tls.sni; pcre:"/a/i" msg:"x"; sid:1;)"#,
        "swallowed-option ` msg:\"x`",
    ),
    (
        r#"drop tls any any -> any any (msg:"a" reference:"b"; sid:1;)"#,
        "swallowed-option `reference:\"b`",
    ),
    (
        "drop tls any any -> any any (classtype:trojan-activty; sid:1;)",
        "unknown-class `classtype:trojan-activty`",
    ),
    (
        "drop tls any any -> any any (reference:ulr,a.org; sid:1;)",
        "unknown-reference `reference:ulr,a.org`",
    ),
    ("drop tls any any -> any any (priority:0; sid:1;)", "unusual-priority `priority:0`"),
    ("drop tls any any -> any any (priority:300; sid:1;)", "unusual-priority `priority:300`"),
    ("drop tls any any -> any any (priority:1; priority:2; sid:1;)", "priority-twice `priority:2`"),
    (
        r#"drop tls any any -> any any (tls.sni; content:"a"; endswith; offset:1; sid:1;)"#,
        "endswith-with-offset `content:\"a\"`",
    ),
    (
        r#"drop tls any any -> any any (tls.sni; content:"a"; bsize:5; bsize:6; sid:1;)"#,
        "never-matches `bsize:6`",
    ),
    (
        r#"drop tls any any -> any any (tls.sni; content:"a.org"; startswith; endswith; bsize:9; sid:1;)"#,
        "never-matches `bsize:9`",
    ),
    ("drop icmp any any -> any 8 (sid:1;)", "never-matches `8`"),
    ("pass tcp any any -> any 443 (flags:S; sid:1;)", "one-way `flags:S`"),
    (
        "drop tls any any -> any any (ssl_version:!tls1.3; sid:1;)",
        "never-matches `ssl_version:!tls1.3`",
    ),
    (
        r#"drop tls any any -> any any (tls.sni; content:"a.org"; endswith; content:"b"; distance:0; sid:1;)"#,
        "never-matches `content:\"b\"`",
    ),
    (
        r#"drop tls any any -> any any (tls.sni; content:"a.org/x"; sid:1;)"#,
        "never-matches `content:\"a.org/x\"`",
    ),
    (
        r#"drop http any any -> any any (http.host; pcre:"/Evil\.org$/"; sid:1;)"#,
        "hardly-matches `pcre:\"/Evil\\.org$/\"`",
    ),
    (
        r#"drop tls any any -> any any (tls.sni; dotprefix; content:"a.org"; endswith; sid:1;)"#,
        "dotprefix-without-dot `content:\"a.org\"`",
    ),
    (
        r#"drop tls any any -> any any (tls.sni; dotprefix; content:!".a.org"; endswith; sid:1;)"#,
        "negation-bites-late `content:!\".a.org\"`",
    ),
    (
        r#"drop tls any any -> any any (ssl_state:client_hello; tls.sni; dotprefix; content:!"a.org"; depth:5; sid:1;)"#,
        "negation-bites-late `content:!\"a.org\"`",
    ),
    (
        r#"drop http any any -> any any (http.uri; to_lowercase; content:!"/a"; sid:1;)"#,
        "negation-bites-late `content:!\"/a\"`",
    ),
    (
        "drop tcp any any -> any any (flow:to_client; flow:established; sid:1;)",
        "flow-twice `flow:established`",
    ),
    (
        r#"drop http any any -> any any (http.uri; content:"a"; http.uri; content:"b"; sid:1;)"#,
        "buffer-twice `http.uri`",
    ),
    (r#"drop http any any -> any any (http.uri; pcre:"^/a/"; sid:1;)"#, "ignored-text `^`"),
    (
        "drop tls any any -> any any (requires:version >= 8; sid:1;)",
        "requirement-unmet `version >= 8`",
    ),
    (
        "drop ip [10.0.0.1,2001:db8::1-2001:db8::9] any -> any any (sid:1;)",
        "ipv6-range `[10.0.0.1,2001:db8::1-2001:db8::9]`",
    ),
    ("drop tls any any -> any any (sid:1;)\0 more", "nul-byte `\0`"),
    (
        "drop tls any any -> any any (sid:1;)\ndrop tls any any -> any any (sid:1; rev:2;)",
        "sid-replaced `drop tls any any -> any any (sid:1; rev:2;)`",
    ),
];

#[test]
fn what_the_engine_takes_without_a_word_is_warned_of() {
    for (rule, wanted) in WARNED {
        assert_eq!(warnings(rule), [*wanted], "{rule}");
    }
}

#[test]
fn ordinary_rules_are_not_warned_of() {
    for rule in [
        r#"pass tls $HOME_NET any -> $EXTERNAL_NET any (ssl_state:client_hello; tls.sni; dotprefix; content:".example.com"; nocase; endswith; msg:"a: \"b\""; flow:to_server, established; sid:1; rev:1;)"#,
        r#"drop http any any -> any any (http.host; content:"example.com"; startswith; endswith; http.uri; content:"/a"; startswith; sid:1;)"#,
        r#"drop http any any -> any any (http.header_names; content:"|0d 0a|"; startswith; flow:to_server, established; sid:1;)"#,
        r#"alert tls any any -> any any (tls.sni; pcre:"/^(www\.)?[A-Z0-9-]+\.org$/i"; classtype:trojan-activity; priority:2; reference:url,a.org/b; sid:1;)"#,
        "pass tcp any any -> any 22 (flags:S; flow:to_server; sid:1;)",
        "drop icmp any any -> any any (itype:8; sid:1;)",
        r#"drop tls any any -> any any (ssl_state:client_hello; tls.sni; dotprefix; content:!".a.org"; sid:1;)"#,
        r#"drop tls any any -> any any (tls.sni; content:!"a.org"; endswith; sid:1;)"#,
        r#"drop http any any -> any any (http.start; content:"|20|"; http.host; dotprefix; content:!".a.org"; sid:1;)"#,
        "alert udp any any -> any 53 (dns.query; content:\"a.org\"; nocase; sid:1;)",
        "alert ip any any -> any any (ip_proto:!TCP; ip_proto:!UDP; ip_proto:!ICMP; sid:1;)",
    ] {
        assert_eq!(warnings(rule), [""; 0], "{rule}");
    }
}

#[test]
fn huge_and_odd_texts_are_answered_at_once() {
    let long = format!("drop tls any any -> any any (msg:\"{}\"; sid:1;)", "x".repeat(10 << 20));
    assert_eq!(problems(&long)[0].code, "rule-too-long");
    let many = format!("drop tls any any -> any any ({} sid:1;)", "nocase; ".repeat(100_000));
    assert_eq!(problems(&many)[0].code, "rule-too-long");
    let fitting = format!("drop tls any any -> any any ({}sid:1;)", "noalert; ".repeat(890));
    assert_eq!(problems(&fitting), []);
    let deep = format!("drop tls {} any -> any any (sid:1;)", "[".repeat(4000));
    assert_eq!(problems(&deep)[0].code, "rule-cut-short");
    let closed =
        format!("drop tls {}1.2.3.4{} any -> any any (sid:1;)", "[".repeat(3000), "]".repeat(3000));
    assert!(problems(&closed)[0].is_error());
    let control = "drop tls any any -> any any (msg:\"a\u{7}b\"; sid:1;)";
    assert_eq!(problems(control)[0].code, "control-character");
    let lines = "drop tls any any \\\n".repeat(200_000);
    assert_eq!(problems(&lines)[0].code, "rule-too-long");
    let rules = (0..20_000).map(|sid| format!("drop tls any any -> any any (sid:{sid};)\n"));
    assert_eq!(problems(&rules.collect::<String>()).len(), 1, "only sid 0 is wrong");
}
