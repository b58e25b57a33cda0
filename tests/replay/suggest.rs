//! Rules made of logs.

use super::*;

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
