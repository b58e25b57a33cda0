//! What follows a new name, and what does not: one policy each, its text afterwards in full.

use sekisho::policy::{Document, Edit, Field, StatelessPlace, Thing, User, users};

fn read(text: &str) -> Document {
    Document::read(text.to_owned()).unwrap_or_else(|d| panic!("{d:?}\n{text}"))
}

/// The text once `thing` has the name `new`; undone, it is the one before.
fn renamed(text: &str, thing: Thing, new: &str) -> String {
    let mut document = read(text);
    let fields = vec![(Field::Name, Some(new.to_owned()))];
    let undo = document.apply(&Edit::Set { thing, fields }).unwrap();
    let after = document.text().to_owned();
    document.apply(&undo).unwrap();
    assert_eq!(document.text(), text);
    after
}

fn ip_set(name: &str) -> Thing {
    Thing::IpSet(None, name.to_owned())
}

const BY_HAND: &str = r##"sekisho: 1
name: t
home_net: [10.0.0.0/8]
variables:
  IN: [10.1.0.0/16]
  BOTH: [$IN, 10.2.0.0/16]
rule_groups:
  - name: g
    priority: 1
    references: {IN: "arn:aws:ec2:::prefix-list/pl-1"}
    rules:
      - name: block
        suricata: | # $IN is said here
          # $IN, as (said) of old
          drop http $IN any -> [$IN,@IN] any (msg:"costs $IN @IN"; content:"$IN"; pcre:"/foo$IN/"; sid:1001;)
          #drop ip $IN any -> any any (sid:1002;)
          drop tls any any \
            -> [!$IN,$INNER] any (msg:"$IN"; sid:1003;)
      - name: line
        suricata: 'drop tcp $IN any -> any any (msg:"it''s $IN"; sid:1004;)' # $IN
      - name: escapes
        suricata: "drop tcp \x24IN any -> $IN any (msg:\"$IN\"; sid:1005;)"
      - name: folded
        suricata: >-
          drop tcp $IN any
          -> any any (msg:"$IN"; sid:1006;)
"##;

#[test]
fn new_name_of_a_set_goes_into_the_headers_of_hand_written_rules_alone() {
    let expected = BY_HAND
        .replace("  IN: [10.1", "  INSIDE: [10.1")
        .replace("[$IN, 10.2", "[$INSIDE, 10.2")
        .replace("http $IN any -> [$IN,@IN]", "http $INSIDE any -> [$INSIDE,@IN]")
        .replace("[!$IN,", "[!$INSIDE,")
        .replace("tcp $IN any", "tcp $INSIDE any")
        .replace(r"\x24IN any -> $IN any", "$INSIDE any -> $INSIDE any");
    assert_eq!(renamed(BY_HAND, ip_set("IN"), "INSIDE"), expected);
}

#[test]
fn new_name_of_a_reference_goes_into_the_headers_of_hand_written_rules_alone() {
    let expected = BY_HAND.replace("{IN: \"arn", "{OFFICES: \"arn").replace(",@IN]", ",@OFFICES]");
    assert_eq!(renamed(BY_HAND, Thing::Reference(0, "IN".to_owned()), "OFFICES"), expected);
}

#[test]
fn option_that_looks_like_a_set_uses_none() {
    let text = BY_HAND.replace("tcp $IN", "tcp any").replace("http $IN", "http any");
    let text = text.replace("[$IN,@IN]", "any").replace("[!$IN,$INNER]", "any");
    let text = text.replace(r"\x24IN any -> $IN", "any any -> any").replace("$IN, 10.2", "10.2");
    let mut document = read(&text);
    assert!(text.contains(r#"content:"$IN""#));
    assert_eq!(users(document.policy(), &ip_set("IN")), []);
    document.apply(&Edit::Remove { thing: ip_set("IN") }).unwrap();
    let both = ip_set("BOTH");
    let used = read(BY_HAND);
    let of = |user: &User| user.name(used.policy());
    let names: Vec<String> = users(used.policy(), &ip_set("IN")).iter().map(of).collect();
    assert_eq!(names, ["g/block", "g/line", "g/escapes", "g/folded", "BOTH"]);
    assert_eq!(users(used.policy(), &both), []);
}

const CASES: &str = r#"sekisho: 1
name: t
home_net: [10.0.0.0/8]
sources:
  a: {cidrs: [10.1.0.0/16]}
stateless:
  rule_groups:
    - name: web
      priority: 1
      rules:
        - {name: web/ping, action: drop, to: any, protocols: icmp}
        - {name: trace, action: drop, to: any, protocols: icmp}
rule_groups:
  - name: w
    priority: 1
    rules:
      - {name: web/hand, action: pass, from: a, to: [.one.example]}
      - {name: hand, action: pass, from: a, to: [.two.example]}
  - name: "w/web"
    priority: 2
    rules:
      - {name: other, action: pass, from: a, to: [.three.example]}
cases:
  - {name: a name with a stroke, from: 10.1.0.1, url: "https://a.one.example", expect: pass, by: web/hand} # bare
  - {name: with its group, from: 10.1.0.1, url: "https://a.one.example", expect: pass, by: 'w/web/hand'}
  - {name: another group, from: 10.1.0.1, url: "https://a.three.example", expect: pass, by: w/web/other}
  - {name: alone, from: 10.1.0.1, url: "https://a.two.example", expect: pass, by: hand}
  - {name: stateless, from: 10.1.0.1, url: "https://a.two.example", expect: drop, by: web/ping}
  - {name: stateless with its group, from: 10.1.0.1, url: "https://a.two.example", expect: drop, by: web/trace}
"#;

#[test]
fn case_follows_the_new_name_of_a_group_only_where_it_names_one_of_its_rules() {
    let expected = CASES
        .replace("  - name: w\n", "  - name: www\n")
        .replace("by: 'w/web/hand'", "by: 'www/web/hand'");
    assert_eq!(renamed(CASES, Thing::Group(0), "www"), expected);
    let expected = CASES
        .replace("    - name: web\n", "    - name: early\n")
        .replace("by: web/trace", "by: early/trace");
    assert_eq!(renamed(CASES, Thing::StatelessGroup(0), "early"), expected);
    let row = |rule| Thing::StatelessRow(StatelessPlace { group: 0, rule });
    let expected =
        CASES.replace("{name: web/ping", "{name: echo").replace("by: web/ping", "by: echo");
    assert_eq!(renamed(CASES, row(0), "echo"), expected);
    let expected =
        CASES.replace("{name: trace", "{name: track").replace("by: web/trace", "by: web/track");
    assert_eq!(renamed(CASES, row(1), "track"), expected);
}
