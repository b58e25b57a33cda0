use super::{Compiled, Origin, compile};
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::{Lang, Text};
use crate::net::{Action, PortSet, Protocol, RuleOrder, StreamPolicy, parse_cidr};
use crate::policy::{
    At, DefaultAction, DomainList, Endpoint, HandWritten, InRow, MatchRule, NamedSet, Path, Policy,
    Rule, RuleBody, RuleGroup, RulePlace, Stateless, Target, UrlTarget, Variables,
};

fn at<T, P: Default>(value: T) -> At<T, P> {
    At { value, place: P::default() }
}

/// A policy with one group of these rows.
fn policy(default_actions: &[DefaultAction], rows: Vec<Rule>) -> Policy {
    Policy {
        name: "test".into(),
        rule_order: RuleOrder::Strict,
        default_actions: default_actions.to_vec(),
        stream_exception_policy: StreamPolicy::default(),
        home_net: vec![parse_cidr("10.0.0.0/8").unwrap()],
        sources: Vec::new(),
        domain_lists: vec![DomainList { name: at("many".into()), names: Vec::new() }],
        variables: Variables::default(),
        rule_groups: vec![group("g", 1, rows)],
        stateless: Stateless::default(),
        cases: Vec::new(),
        accept: Vec::new(),
        note: None,
    }
}

fn group(name: &str, priority: u32, rules: Vec<Rule>) -> RuleGroup {
    RuleGroup {
        name: at(name.into()),
        priority: at(priority),
        rules: rules.into_iter().collect(),
        managed: None,
        home_net: None,
        external_net: None,
        variables: Variables::default(),
        references: [].into(),
        accept: Vec::new(),
        note: None,
    }
}

/// `pass any any tcp 22`: action, source, target, then protocols and ports in any order.
fn row(sid: u32, text: &str) -> Rule {
    let mut words = text.split(' ');
    let action = Action::from_word(words.next().unwrap()).unwrap();
    let from = match words.next().unwrap() {
        "any" => Endpoint::Any,
        net => Endpoint::Net(parse_cidr(net).unwrap()),
    };
    let to = words.next().unwrap().split(',').map(target).map(at).collect();
    let mut body = MatchRule {
        action,
        from: vec![at(from)],
        to,
        protocols: Vec::new(),
        ports: None,
        log: false,
    };
    for word in words {
        match (word, Protocol::from_word(word)) {
            ("log", _) => body.log = true,
            (_, Some(protocol)) => body.protocols.push(protocol),
            _ => body.ports = Some(word.parse::<PortSet>().unwrap()),
        }
    }
    rule(&format!("r{sid}"), Some(sid), RuleBody::Match(body))
}

fn rule(name: &str, sid: Option<u32>, body: RuleBody) -> Rule {
    Rule {
        name: at(name.into()),
        body,
        enabled: true,
        sid,
        note: None,
        ticket: None,
        owner: None,
        expires: None,
        accept: Vec::new(),
        place: InRow::default(),
    }
}

fn target(text: &str) -> Target {
    if text == "any" {
        return Target::Any;
    }
    if let Ok(net) = parse_cidr(text) {
        return Target::Net(net);
    }
    if let Some(regex) = text.strip_prefix("regex:") {
        return Target::Regex(regex.into());
    }
    if let Some(list) = text.strip_prefix("list:") {
        return Target::List(list.into());
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return Target::Name(text.parse().unwrap());
    };
    let (host, path) = rest.find('/').map_or((rest, ""), |i| rest.split_at(i));
    let (host, port) = host.split_once(':').map_or((host, None), |(h, p)| (h, Some(p)));
    Target::Url(UrlTarget {
        protocol: if scheme == "https" { Protocol::Tls } else { Protocol::Http },
        host: (host != "*").then(|| host.parse().unwrap()),
        port: port.map(|p| p.parse().unwrap()),
        path: match path.strip_suffix('*') {
            _ if path.is_empty() => Path::Any,
            Some(prefix) => Path::Prefix(prefix.into()),
            None => Path::Exact(path.into()),
        },
    })
}

/// The rules of the policy's rows and of what stands around them, without msg, sid and rev.
fn deployed(compiled: &Compiled) -> Vec<String> {
    let all = compiled.ruleset.rules.iter().zip(&compiled.origins);
    let ours = all.filter(|(_, o)| !matches!(o, Origin::DefaultAction | Origin::Managed(_)));
    ours.map(|(rule, _)| {
        let (conditions, rest) = rule.text.split_once("msg:").unwrap();
        assert!(rest.ends_with(&format!("sid:{}; rev:1;)", rule.sid)), "{}", rule.text);
        format!("{})", conditions.trim_end()).replace("()", "")
    })
    .map(|text| text.replace(" )", ")").trim_end().to_owned())
    .collect()
}

fn rules(default_actions: &[DefaultAction], rows: &[&str]) -> Vec<String> {
    let rows = rows.iter().zip(1..).map(|(text, n)| row(n * 10_000, text)).collect();
    let compiled = compile(&policy(default_actions, rows));
    assert_eq!(compiled.diagnostics, []);
    deployed(&compiled)
}

use DefaultAction as D;

#[test]
fn names_become_a_tls_and_an_http_rule() {
    assert_eq!(
        rules(&[], &["drop any .x.example,y.example,*.z.example"]),
        [
            "drop tls $HOME_NET any -> any any (ssl_state:client_hello; tls.sni; dotprefix; content:\".x.example\"; nocase; endswith; flow:to_server, established;)",
            "drop http $HOME_NET any -> any any (http.host; to_lowercase; dotprefix; content:\".x.example\"; endswith; flow:to_server, established;)",
            "drop tls $HOME_NET any -> any any (ssl_state:client_hello; tls.sni; content:\"y.example\"; startswith; nocase; endswith; flow:to_server, established;)",
            "drop http $HOME_NET any -> any any (http.host; to_lowercase; content:\"y.example\"; startswith; endswith; flow:to_server, established;)",
            "drop tls $HOME_NET any -> any any (ssl_state:client_hello; tls.sni; content:\".z.example\"; nocase; endswith; flow:to_server, established;)",
            "drop http $HOME_NET any -> any any (http.host; to_lowercase; content:\".z.example\"; endswith; flow:to_server, established;)",
        ]
    );
}

#[test]
fn urls_fix_protocol_port_and_path() {
    assert_eq!(
        rules(
            &[],
            &["drop 10.1.0.0/16 https://x.example:8443,http://x.example/a%20b;c/*,http://*/q"]
        ),
        [
            "drop tls 10.1.0.0/16 any -> any 8443 (ssl_state:client_hello; tls.sni; content:\"x.example\"; startswith; nocase; endswith; flow:to_server, established;)",
            "drop http 10.1.0.0/16 any -> any any (http.host; to_lowercase; content:\"x.example\"; startswith; endswith; http.uri; content:\"/a b|3b|c/\"; startswith; flow:to_server, established;)",
            "drop http 10.1.0.0/16 any -> any any (http.start; content:\"|20|\"; http.uri; content:\"/q\"; startswith; endswith; flow:to_server, established;)",
        ]
    );
}

#[test]
fn other_protocols_can_be_asked_for_names() {
    assert_eq!(
        rules(&[], &["drop any x.example quic dns", "drop any regex:^a\\/\"b;$ tls"]),
        [
            "drop quic $HOME_NET any -> any any (quic.sni; content:\"x.example\"; startswith; nocase; endswith; flow:to_server;)",
            "drop dns $HOME_NET any -> any any (dns.query; content:\"x.example\"; startswith; nocase; endswith; flow:to_server;)",
            "drop tls $HOME_NET any -> any any (ssl_state:client_hello; tls.sni; pcre:\"/^a\\x2f\\x22b\\x3b$/i\"; flow:to_server, established;)",
        ]
    );
}

#[test]
fn a_pass_of_addresses_passes_answers_only_where_the_default_drops_them() {
    let pass = "pass tcp $HOME_NET any -> 203.0.113.0/28 22 (flow:to_server;)";
    let back = "pass tcp 203.0.113.0/28 22 -> $HOME_NET any (flow:to_client;)";
    let rows = ["drop any x.example tls", "pass any 203.0.113.0/28 tcp 22"];
    let passes = |defaults: &[D]| rules(defaults, &rows)[1..].to_vec();
    assert_eq!(passes(&[]), [pass]);
    assert_eq!(passes(&[D::DropEstablished]), [pass]);
    assert_eq!(passes(&[D::DropStrict]), [pass, back]);
    let late =
        "drop http any any -> any any (http.start; content:\"|20|\"; flow:to_server; noalert;)";
    assert_eq!(passes(&[D::DropEstablishedAppLayer]), [pass, back, late]);
    assert_eq!(passes(&[D::DropEstablishedAppLayerToServer]), [pass, late]);
}

#[test]
fn without_names_drop_strict_decides_first_packets() {
    let rows = ["pass any 203.0.113.0/28 tcp 22", "drop any any", "reject any 192.0.2.1"];
    assert_eq!(
        rules(&[D::DropStrict], &rows),
        [
            "pass tcp $HOME_NET any -> 203.0.113.0/28 22",
            "drop ip $HOME_NET any -> any any",
            "reject tcp $HOME_NET any -> 192.0.2.1 any",
            "drop ip $HOME_NET any -> 192.0.2.1 any (ip_proto:!6;)",
        ]
    );
}

#[test]
fn an_address_row_waits_for_names_above_it_that_decide_otherwise() {
    let waits = |rows: &[&str]| rules(&[], rows)[0].contains("sekisho.named");
    assert!(waits(&["pass any x.example", "drop any any tcp"]));
    assert!(waits(&["pass any x.example", "reject any any"]));
    assert!(waits(&["pass any x.example", "drop any any tcp 443", "reject any any tcp 443"]));
    assert!(!waits(&["drop any x.example", "drop any any tcp"]), "the same action");
    assert!(!waits(&["alert any x.example", "drop any any tcp"]), "alerts decide nothing");
    assert!(!waits(&["drop any any tcp", "pass any x.example"]), "it stands above");
    assert!(!waits(&["pass 10.1.0.0/16 x.example", "drop 10.2.0.0/16 any tcp"]), "other sources");
    assert!(!waits(&["pass any https://x.example:443", "drop any any tcp 22"]), "other ports");
    assert!(!waits(&["pass any x.example quic", "drop any any tcp"]), "not over tcp");
}

#[test]
fn waiting_is_handed_down() {
    let compiled =
        rules(&[], &["pass any x.example tls", "drop any any tcp 443", "reject any any tcp"]);
    assert_eq!(compiled.iter().filter(|r| r.starts_with("reject")).count(), 3, "{compiled:#?}");
}

#[test]
fn the_first_answer_of_a_server_is_rejected_too_where_a_default_would_drop_it() {
    let w4 =
        "tcp any any -> $HOME_NET any (flow:to_client; dsize:>0; flowbits:isnotset,sekisho.named;)";
    let has = |default: D, rows: &[&str], action: &str| {
        rules(&[default], rows).contains(&format!("{action} {w4}"))
    };
    let rejects = ["pass any x.example", "reject any any tcp"];
    assert!(
        has(D::DropStrict, &rejects, "reject")
            && has(D::DropEstablishedAppLayer, &rejects, "reject")
    );
    assert!(!has(D::DropEstablished, &rejects, "reject"));
    assert!(!has(D::DropStrict, &["pass any x.example", "drop any any tcp"], "drop"));
    let both = ["pass any x.example", "drop any any tcp", "reject any any tcp"];
    assert!(has(D::DropStrict, &both, "drop"));
}

#[test]
fn figures_of_the_compile_table() {
    let rows = ["pass any good.example", "drop any any"];
    let count = |defaults: &[D]| rules(defaults, &rows).len();
    assert_eq!(count(&[]), 8);
    assert_eq!(count(&[D::AlertStrict]), 8);
    assert_eq!(count(&[D::DropStrict]), 14);
    assert_eq!(count(&[D::DropEstablished]), 13);
    assert_eq!(count(&[D::DropEstablishedAppLayer]), 11);
    assert_eq!(count(&[D::DropEstablishedAppLayerToServer]), 10);
}

#[test]
fn udp_and_icmp_stick_to_the_flow_where_a_default_drops_answers() {
    let rows = ["pass any 203.0.113.53 udp 53", "pass any any icmp log"];
    assert_eq!(
        rules(&[D::DropEstablished], &rows),
        [
            "pass udp $HOME_NET any -> 203.0.113.53 53",
            "pass icmp $HOME_NET any -> any any (alert;)"
        ]
    );
    assert_eq!(
        rules(&[], &rows),
        [
            "pass udp $HOME_NET any -> 203.0.113.53 53 (flow:to_server;)",
            "alert icmp $HOME_NET any -> any any (flow:to_server; flowbits:isnotset,sekisho.log.20000; flowbits:set,sekisho.log.20000;)",
            "pass icmp $HOME_NET any -> any any (flow:to_server;)",
        ]
    );
}

#[test]
fn a_logged_pass_of_packets_is_logged_once_a_connection() {
    assert_eq!(
        rules(&[], &["pass any any tcp log", "pass any x.example tls log"]),
        [
            "alert tcp $HOME_NET any -> any any (flow:to_server; flowbits:isnotset,sekisho.log.10000; flowbits:set,sekisho.log.10000;)",
            "pass tcp $HOME_NET any -> any any (flow:to_server;)",
            "pass tls $HOME_NET any -> any any (ssl_state:client_hello; tls.sni; content:\"x.example\"; startswith; nocase; endswith; flow:to_server, established; alert;)",
        ]
    );
}

#[test]
fn ports_of_every_protocol_are_those_of_tcp_and_udp() {
    assert_eq!(
        rules(&[], &["drop any any 53"]),
        [
            "drop tcp $HOME_NET any -> any 53 (flow:to_server;)",
            "drop udp $HOME_NET any -> any 53 (flow:to_server;)"
        ]
    );
}

#[test]
fn sids_of_a_row_do_not_hang_on_what_stands_around_it() {
    let sids = |rows: &[(u32, &str)]| {
        let rows = rows.iter().map(|(sid, text)| row(*sid, text)).collect();
        let compiled = compile(&policy(&[D::DropStrict], rows));
        let numbers =
            compiled.ruleset.rules.iter().filter(|r| r.msg.as_deref() == Some("g / r3000"));
        numbers.map(|r| (r.sid.0, r.text.clone())).collect::<Vec<_>>()
    };
    let alone = sids(&[(3000, "reject any any tcp")]);
    let below = sids(&[(2000, "pass any x.example"), (3000, "reject any any tcp")]);
    assert_eq!(alone.iter().map(|r| r.0).collect::<Vec<_>>(), [3000]);
    assert_eq!(below.iter().map(|r| r.0).collect::<Vec<_>>(), [3002, 3003, 3000, 3001]);
}

#[test]
fn derived_sids_are_said_to_be_provisional() {
    let mut rows = vec![row(1, "drop any x.example")];
    rows[0].sid = None;
    let compiled = compile(&policy(&[], rows));
    assert_eq!(compiled.ruleset.rules[0].sid.0, 2_782_718_307);
    assert_eq!(compiled.diagnostics.len(), 1);
    assert_eq!(compiled.diagnostics[0].code, "sid-provisional");
}

#[test]
fn a_sid_that_two_rows_have_is_said_once_with_both() {
    let rows = vec![row(5000, "drop any x.example,y.example"), row(5001, "drop any z.example")];
    let compiled = compile(&policy(&[], rows));
    let [clash] = &compiled.diagnostics[..] else { panic!("{:?}", compiled.diagnostics) };
    assert_eq!((clash.code, clash.severity), ("sid-clash", Severity::Error));
}

#[test]
fn sids_of_others_are_kept_free() {
    for (sid, free) in [(999, false), (1000, true), (3_999_998_990, true), (4_000_000_001, false)] {
        let compiled = compile(&policy(&[], vec![row(sid, "drop any x.example")]));
        assert_eq!(compiled.diagnostics.is_empty(), free, "{sid}: {:?}", compiled.diagnostics);
    }
}

fn by_hand(text: &str) -> Rule {
    let place = InRow::default();
    rule("h", None, RuleBody::Suricata(HandWritten { text: text.into(), place, lines: Vec::new() }))
}

#[test]
fn hand_written_text_is_deployed_as_it_is_and_words_refused_by_aws_are_named() {
    let text = "# why\ndrop tcp any any -> any any (msg:\"a\"; priority:1; sid:1001;)\n";
    let policy = policy(&[], vec![by_hand(text)]);
    let compiled = compile(&policy);
    assert!(compiled.text(&policy).contains(text));
    let [problem] = &compiled.diagnostics[..] else { panic!("{:?}", compiled.diagnostics) };
    assert_eq!((problem.code, problem.severity), ("refused-by-aws", Severity::Warning));
}

/// A policy whose second group has these sets of its own, each group with one hand-written rule.
fn two_groups(home: Option<&str>, external: Option<&str>) -> Policy {
    let rule =
        |sid: u32| by_hand(&format!("drop tcp $HOME_NET any -> $EXTERNAL_NET any (sid:{sid};)"));
    let mut policy = policy(&[], vec![rule(1001)]);
    let own = |net: Option<&str>| net.map(|net| at(vec![parse_cidr(net).unwrap()]));
    policy.rule_groups.push(RuleGroup {
        home_net: own(home),
        external_net: own(external),
        ..group("own", 2, vec![rule(1002)])
    });
    policy
}

#[test]
fn hand_written_rules_see_the_variables_of_their_group() {
    // What the second group's rule means by `$HOME_NET` and `$EXTERNAL_NET`.
    let means = |home, external| {
        let compiled = compile(&two_groups(home, external));
        let rules: Vec<_> = compiled.ruleset.rules.iter().collect();
        let [first, second] = rules[..] else { panic!("two rules") };
        let sets = &compiled.ruleset.variables(first).addresses;
        assert_eq!((&*sets["HOME_NET"], &*sets["EXTERNAL_NET"]), ("10.0.0.0/8", "!$HOME_NET"));
        assert_eq!(second.header.source, "$HOME_NET", "the text stays");
        let sets = &compiled.ruleset.variables(second).addresses;
        (sets["HOME_NET"].clone(), sets["EXTERNAL_NET"].clone())
    };
    let pair = |home: &str, external: &str| (home.to_owned(), external.to_owned());
    let (lab, outside) = (Some("192.168.0.0/16"), Some("203.0.113.0/24"));
    assert_eq!(means(None, None), pair("10.0.0.0/8", "!$HOME_NET"));
    // AWS: a group with a HOME_NET of its own keeps the policy's EXTERNAL_NET unless it sets that too.
    assert_eq!(means(lab, None), pair("192.168.0.0/16", "!10.0.0.0/8"));
    assert_eq!(means(lab, outside), pair("192.168.0.0/16", "203.0.113.0/24"));
    assert_eq!(means(None, outside), pair("10.0.0.0/8", "203.0.113.0/24"));
}

#[test]
fn an_outside_that_does_not_follow_the_groups_inside_is_warned_of() {
    let warned = |policy: &Policy| {
        let compiled = compile(policy);
        compiled.diagnostics.iter().any(|d| d.code == "external-net-of-policy")
    };
    let lab = Some("192.168.0.0/16");
    assert!(warned(&two_groups(lab, None)));
    assert!(!warned(&two_groups(None, None)));
    assert!(!warned(&two_groups(lab, lab)));
    let mut without = two_groups(lab, None);
    without.rule_groups[1].rules =
        [by_hand("drop tcp $HOME_NET any -> any any (sid:1002;)")].into_iter().collect();
    assert!(!warned(&without), "nothing in it says `$EXTERNAL_NET`");
}

fn set(entries: &[&str]) -> NamedSet {
    at(entries.iter().map(|entry| (*entry).to_owned()).collect())
}

#[test]
fn sets_of_a_group_come_before_those_of_its_policy() {
    let rule = |sid: u32| by_hand(&format!("drop tcp any any -> $A $A (sid:{sid};)"));
    let mut policy = policy(&[], vec![rule(1001)]);
    policy.variables.ip_sets.insert("A".into(), set(&["192.0.2.1", "192.0.2.2"]));
    policy.variables.port_sets.insert("A".into(), set(&["80"]));
    policy.rule_groups.push(group("own", 2, vec![rule(1002)]));
    policy.rule_groups[1].variables.ip_sets.insert("A".into(), set(&["$B"]));
    policy.rule_groups[1].variables.ip_sets.insert("B".into(), set(&["203.0.113.0/24"]));
    let compiled = compile(&policy);
    assert_eq!(compiled.diagnostics, []);
    let sets = |rule: usize| {
        let of = compiled.ruleset.variables(&compiled.ruleset.rules[rule]);
        (of.addresses["A"].clone(), of.ports["A"].clone())
    };
    assert_eq!(sets(0), ("[192.0.2.1,192.0.2.2]".to_owned(), "80".to_owned()));
    assert_eq!(sets(1), ("$B".to_owned(), "80".to_owned()));
    // Each group is deployed with the sets that its rules name.
    let text = compiled.text(&policy);
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(" set $")).collect();
    let first = ["# IP set $A = [192.0.2.1,192.0.2.2]", "# port set $A = 80"];
    let second = ["# IP set $A = $B", "# port set $A = 80", "# IP set $B = 203.0.113.0/24"];
    assert_eq!(lines, [&first[..], &second[..]].concat());
}

#[test]
fn sets_that_no_rule_can_be_asked_with_are_errors() {
    let said = |addresses: &[&str], ports: &[&str]| {
        let mut policy = policy(&[], Vec::new());
        policy.rule_groups[0].variables.ip_sets.insert("A".into(), set(addresses));
        policy.rule_groups[0].variables.port_sets.insert("P".into(), set(ports));
        let compiled = compile(&policy);
        let english = |text: &Text| text.say(Lang::English).to_owned();
        let of = |d: &Diagnostic| (d.code, english(&d.message), d.help.as_ref().map(english));
        compiled.diagnostics.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(said(&["10.0.0.0/8", "!10.1.0.0/16"], &["8000:8010"]), []);
    let [(code, message, help)] = &said(&["443"], &["80"])[..] else { panic!("one problem") };
    assert_eq!(*code, "bad-variable");
    assert!(message.contains("`443` is not an address"), "{message}");
    assert_eq!(help.as_deref(), Some("sets of ports stand in `port_sets`"));
    let [(_, message, _)] = &said(&["$NOPE"], &["80"])[..] else { panic!("one problem") };
    assert!(message.contains("the variable `$NOPE` is not defined"), "{message}");
    let [(_, message, help)] = &said(&["any"], &["10.0.0.1"])[..] else { panic!("one problem") };
    assert!(message.contains("$P"), "{message}");
    assert_eq!(help.as_deref(), Some("sets of addresses stand in `variables`"));
}

#[test]
fn long_sets_count_where_a_rule_names_them() {
    let too_long = |sets: &[(&str, usize)], rule: &str| {
        let mut policy = policy(&[], vec![by_hand(rule)]);
        for (name, entries) in sets {
            let nets: Vec<String> = (0..*entries).map(|n| format!("192.0.{n}.0/24")).collect();
            let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
            policy.rule_groups[0].variables.ip_sets.insert((*name).into(), set(&nets));
        }
        let compiled = compile(&policy);
        compiled.diagnostics.iter().any(|d| d.code == "rule-too-long")
    };
    let rule = "drop tcp $LONG any -> $LONGER any (sid:1001;)";
    assert!(!too_long(&[("LONG", 200), ("LONGER", 200)], rule));
    assert!(too_long(&[("LONG", 250), ("LONGER", 400)], rule));
    assert!(!too_long(&[("LONG", 250), ("LONGER", 250), ("LON", 250)], rule), "nobody says `$LON`");
    let of_others = "drop tcp $IN any -> any any (sid:1001;)";
    assert!(!too_long(&[("IN", 1)], of_others));
}

#[test]
fn rows_and_the_tail_say_what_they_mean_wherever_variables_differ() {
    let mut policy = policy(&[D::DropStrict], vec![row(1000, "pass any x.example tls")]);
    let texts = |policy: &Policy| deployed(&compile(policy));
    assert!(texts(&policy).iter().all(|text| text.contains("$HOME_NET") || !text.contains("10.")));
    policy.rule_groups.push(RuleGroup {
        home_net: Some(at(vec![parse_cidr("192.168.0.0/16").unwrap()])),
        ..group("own", 2, vec![row(2000, "pass any y.example tls")])
    });
    let rules = texts(&policy);
    assert!(rules[0].starts_with("pass tls $HOME_NET any"), "{}", rules[0]);
    assert!(rules[1].starts_with("pass tls 192.168.0.0/16 any"), "{}", rules[1]);
    // The tail stands in the group with another `$HOME_NET`.
    assert!(rules[2..].iter().all(|text| !text.contains("$HOME_NET")), "{rules:#?}");
    assert!(rules[2].contains("[10.0.0.0/8,192.168.0.0/16]"), "{}", rules[2]);
}

#[test]
fn address_rows_wait_for_hand_written_names_too_but_no_tail_is_made_for_them() {
    let text =
        "pass tls any any -> any any (ssl_state:client_hello; tls.sni; content:\"x\"; sid:9001;)";
    let rows = vec![by_hand(text), row(1000, "drop any any tcp")];
    let compiled = compile(&policy(&[D::DropEstablished], rows));
    assert!(compiled.origins.contains(&Origin::Preamble));
    assert!(!compiled.origins.contains(&Origin::Tail));
}

#[test]
fn a_managed_group_stands_at_its_place_and_is_not_deployed() {
    let mut policy = policy(&[], vec![row(1000, "drop any x.example tls")]);
    policy.rule_groups.push(RuleGroup {
        managed: Some("arn:aws:network-firewall:::x".into()),
        ..group("theirs", 0, Vec::new())
    });
    let compiled = compile(&policy);
    let place = RulePlace { group: 0, rule: 0 };
    assert_eq!(compiled.origins, [Origin::Managed(1), Origin::Managed(1), Origin::Rule(place)]);
    assert_eq!(compiled.text(&policy).lines().filter(|l| l.contains("sid:")).count(), 1);
    assert_eq!(compiled.capacity, [1, 0]);
}

#[test]
fn the_tail_stands_in_the_last_group_of_ones_own() {
    let mut policy = policy(&[D::DropEstablished], vec![row(1000, "pass any x.example tls")]);
    policy.rule_groups.push(RuleGroup {
        managed: Some("arn:aws:network-firewall:::x".into()),
        ..group("theirs", 200, Vec::new())
    });
    let compiled = compile(&policy);
    let origins = &compiled.origins;
    let last = |origin| origins.iter().rposition(|of| *of == origin).unwrap();
    assert!(last(Origin::Rule(RulePlace { group: 0, rule: 0 })) < last(Origin::Tail));
    assert!(last(Origin::Tail) < last(Origin::Managed(1)));
    let text = compiled.text(&policy);
    assert!(text.find("handshake").unwrap() < text.find("theirs").unwrap(), "{text}");
    let deployed = compiled.groups(&policy);
    assert_eq!(deployed.len(), 1);
    assert!(deployed[0].lines.iter().any(|line| line.contains("handshake")), "{deployed:?}");
}

#[test]
fn default_actions_are_silent_unless_their_alert_is_chosen_and_never_deployed() {
    for default in D::ALL.into_iter().filter(|d| d.is_drop()) {
        for alert in [false, true] {
            let defaults: Vec<D> =
                if alert { vec![default, default.twin()] } else { vec![default] };
            let policy = policy(&defaults, Vec::new());
            let compiled = compile(&policy);
            assert!(compiled.origins.iter().all(|o| *o == Origin::DefaultAction));
            for rule in compiled.ruleset.rules.iter().filter(|r| r.action == Action::Drop) {
                assert_eq!(rule.text.contains("noalert"), !alert, "{}", rule.text);
            }
            assert!(!compiled.text(&policy).contains("sid:"));
        }
    }
}

#[test]
fn action_order_leaves_rows_plain() {
    let mut policy = policy(
        &[],
        vec![
            row(1000, "drop any x.example tls"),
            row(2000, "pass any any tcp log"),
            row(3000, "reject any any"),
        ],
    );
    policy.rule_order = RuleOrder::Action;
    let compiled = compile(&policy);
    assert_eq!(
        deployed(&compiled)[1..],
        [
            "pass tcp $HOME_NET any -> any any (flow:to_server; alert;)",
            "reject tcp $HOME_NET any -> any any (flow:to_server;)",
            "drop ip $HOME_NET any -> any any (ip_proto:!6; flow:to_server;)",
        ]
    );
}

#[test]
fn names_of_rules_cannot_break_the_text() {
    let mut rows = vec![row(1000, "drop any x.example tls")];
    rows[0].name = at("支払い; \"x\" \\ \n#".into());
    let policy = policy(&[], rows);
    let compiled = compile(&policy);
    assert_eq!(compiled.diagnostics, []);
    assert_eq!(compiled.ruleset.rules.len(), 1);
    let text = compiled.text(&policy);
    let loaded = crate::suricata::parse_rules(&text);
    assert_eq!((loaded.rules.len(), loaded.problems.len()), (1, 0), "{text}");
}
