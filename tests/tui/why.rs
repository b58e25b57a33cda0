//! Troubleshooting: why a request got its verdict, and what would change it.

use super::*;

/// A source whose request meets the default action, though a rule for another source names the site.
fn batch_asks_the_bank() -> Harness {
    let mut screen = Harness::sample("central-egress");
    screen.ask("10.2.3.4", "https://api.bank.example");
    screen.press("<tab>");
    screen
}

#[test]
fn every_row_is_told_with_what_it_asks_and_gets() {
    for (columns, rows) in SIZES {
        let mut screen = batch_asks_the_bank();
        screen.press("w");
        show("why", columns, rows, screen);
    }
    let mut screen = batch_asks_the_bank();
    screen.press("w");
    assert!(screen.line("»").contains("finance / bank-api"), "{screen}");
    screen.sees("PASS finance / bank-api (#24): 10.2.3.4 (batch) is not in payroll");
    screen.has_role("TIMES OUT", Role::Drop);
    screen.press("j");
    assert!(screen.line("»").contains("finance / bank-portal"), "{screen}");
}

#[test]
fn explanation_begins_with_what_decided_unless_a_rule_was_chosen_for_the_request() {
    let mut screen = blocked();
    assert_eq!(screen.screen.app().focus, Pane::Rules);
    screen.press("w");
    screen.sees("Decided it");
    assert!(screen.line("»").contains("web / wiki-uploads"), "{screen}");
    screen.press("<esc>/packages<enter>w");
    assert!(screen.line("»").contains("web / packages"), "{screen}");
    screen.press("<esc>");
    screen.ask("10.2.0.5", "https://news.example");
    screen.press("w");
    assert!(screen.line("»").contains("web / news"), "{screen}");
    screen.sees("Decided it");
}

#[test]
fn rule_that_is_explained_is_edited_whatever_row_the_list_has() {
    let mut screen = stateless();
    screen.ask("10.1.2.3", "https://www.example.com");
    screen.press("g");
    screen.press(":pick-up");
    screen.sees("`e` edits what is stateless");
    screen.press("<esc>w");
    let row = screen.line("»");
    screen.press("e");
    let name = screen.line("Rule ");
    let name = name.split("Rule ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    assert!(row.contains(name), "`{name}` is not in `{row}`\n{screen}");
}

#[test]
fn any_rule_can_be_asked_why_it_did_not_decide() {
    let mut screen = Harness::sample("central-egress");
    screen.ask("10.2.3.4", "https://api.bank.example");
    screen.press("/clearing-house<enter>w");
    assert!(screen.line("»").contains("finance / clearing-house"), "{screen}");
    screen.sees("clearing-house (#32): an address elsewhere is not in 203.0.113.40");
    screen.sees("8000-8010     443");
}

#[test]
fn without_a_request_there_is_nothing_to_explain() {
    let mut screen = Harness::sample("central-egress");
    for key in ["w", "v", "o", "b"] {
        screen.press(key);
        screen.sees("no request yet");
    }
}

#[test]
fn rows_are_filtered_as_the_search_finds_them() {
    let mut screen = batch_asks_the_bank();
    screen.press("w/tax");
    assert!(screen.line("»").contains("finance / tax-office"), "{screen}");
    screen.misses("finance / bank-portal");
    screen.press("x");
    screen.sees("no row has that");
    screen.press("<backspace><enter>w");
    screen.misses("finance / bank-portal");
    screen.press("<esc>");
    screen.sees("finance / bank-portal");
    screen.press("<esc>");
    screen.sees("Selected rule");
}

#[test]
fn explained_row_is_found_in_the_list_and_edited_from_there() {
    let mut screen = batch_asks_the_bank();
    screen.press("w<enter>");
    assert!(screen.line("»").contains("bank-api"), "{screen}");
    assert_eq!(screen.screen.app().focus, Pane::Rules);
    screen.press("we");
    screen.sees("Rule bank-api");
    screen.press("<tab><tab><ctrl-u>payroll, batch<enter>");
    screen.sees("WORKS");
    screen.sees("decides, at ClientHello");
    screen.press("u");
    screen.sees("TIMES OUT");
    screen.sees("is not in payroll");
}

#[test]
fn other_clients_stand_beside_the_usual_one() {
    for (columns, rows) in SIZES {
        let mut screen = Harness::sample("central-egress");
        screen.ask("10.7.3.4", "https://pypi.org");
        screen.press("v");
        show("clients", columns, rows, screen);
    }
    let mut screen = Harness::sample("central-egress");
    screen.ask("10.7.3.4", "https://pypi.org");
    screen.press("v");
    screen.has_role("≠ QUIC", Role::Changed);
    assert!(screen.line("≠ QUIC").contains("TIMES OUT"), "{screen}");
}

#[test]
fn both_orders_stand_side_by_side() {
    for (columns, rows) in SIZES {
        let mut screen = blocked();
        screen.press("o");
        show("orders", columns, rows, screen);
    }
    let mut screen = blocked();
    screen.press("o");
    let verdicts = screen.line("TIMES OUT");
    assert!(verdicts.find("TIMES OUT") < verdicts.find("WORKS"), "{screen}");
}

#[test]
fn what_passes_here_and_is_blocked_all_the_same_has_a_list() {
    for (columns, rows) in SIZES {
        let mut screen = Harness::sample("first-steps");
        screen.ask("10.1.2.3", "https://en.wiki.example");
        screen.press("b");
        show("elsewhere", columns, rows, screen);
    }
    let mut screen = blocked();
    screen.press("b");
    screen.sees("It is blocked here already.");
}

#[test]
fn tabs_are_reached_by_their_keys_by_tab_and_by_the_mouse() {
    let mut screen = batch_asks_the_bank();
    screen.press("w<tab>");
    screen.sees("What would let it through");
    screen.press("<tab>");
    screen.sees("The same request as other clients send it");
    screen.press("<shift-tab><shift-tab><shift-tab>");
    screen.sees("DNS: the name may not resolve");
    screen.click("Both orders");
    screen.sees("action order");
    screen.press("w");
    screen.click("finance / tax-office");
    assert!(screen.line("»").contains("finance / tax-office"), "{screen}");
    let (x, y) = screen.place("finance / tax-office");
    screen.screen.take(Typed::Wheel(x, y, 30));
    screen.draw();
    screen.misses("»");
    screen.press("?");
    screen.sees("Rows of an explanation");
}

#[test]
fn thousands_of_rules_are_explained_as_few_are() {
    use std::fmt::Write as _;
    let mut policy = "sekisho: 1\nname: large\nrule_order: strict\ndefault_actions: [drop_established]\nhome_net: [10.0.0.0/8]\n\
        rule_groups:\n  - name: many\n    priority: 100\n    rules:\n"
        .to_owned();
    for n in 0..3000 {
        writeln!(
            policy,
            "      - {{name: r{n}, sid: {}, action: pass, from: any, to: [site{n}.example]}}",
            n + 1000
        )
        .unwrap();
    }
    let mut screen = Harness::text(&policy);
    screen.press("t10.1.2.3<tab>");
    screen.screen.take(Typed::Paste("https://site2999.exemple".to_owned()));
    screen.press("<enter>w");
    screen.sees("Did not match");
    screen.press("G");
    assert!(screen.line("»").contains("r2999"), "{screen}");
    screen.press("/r1234");
    assert!(screen.line("»").contains("r1234"), "{screen}");
}

#[test]
fn source_may_be_a_name_or_a_network_and_each_kind_of_address_is_asked() {
    let mut screen = Harness::sample("central-egress");
    screen.ask("finance", "https://api.bank.example");
    screen.press("<tab>");
    screen.sees("DEPENDS   on the source: 2 answers");
    assert!(screen.line("from 10.1.0.0/16:").contains("WORKS passed by"), "{screen}");
    screen.sees("In full for 10.1.0.1:");
    screen.press("k");
    screen.sees("it depends on the source");
    screen.ask("10.1.0.0/24", "https://api.bank.example");
    screen.sees("The same for all of 10.1.0.0/24");
    screen.press("k<enter>");
    assert_eq!(screen.session().policy().cases.last().unwrap().from, "10.1.0.1");
    screen.ask("fiannce", "https://api.bank.example");
    screen.sees("`finance`");
}

#[test]
fn destination_that_is_not_given_is_asked_for_every_kind_of_address() {
    let mut screen = Harness::sample("central-egress");
    screen.ask("10.8.1.2", "https://github.com");
    screen.press("<tab>");
    screen.sees("DEPENDS");
    assert!(screen.line("any other address").contains("PASS"), "{screen}");
    assert!(screen.line("to 198.51.100.128/26").contains("DROP"), "{screen}");
    for (columns, rows) in SIZES {
        let mut screen = Harness::sample("central-egress");
        screen.ask("10.8.1.2", "https://github.com");
        screen.press("<tab>");
        show("depends", columns, rows, screen);
    }
}

#[test]
fn case_is_kept_with_the_verdict_wanted() {
    for (columns, rows) in SIZES {
        let mut screen = batch_asks_the_bank();
        screen.press("k<tab><tab>");
        show("keep", columns, rows, screen);
    }
    let mut screen = batch_asks_the_bank();
    screen.press("k");
    screen.sees("it expects drop, as now");
    screen.press("<tab><tab>");
    screen.sees("batch reaches api.bank.example");
    screen.sees("it expects pass and gets drop now");
    screen.press("<enter>");
    let case = screen.session().policy().cases.last().unwrap().clone();
    assert_eq!((case.expect.action().word(), case.by), ("pass", None));
    screen.sees("1 fail");
    screen.press("k<ctrl-u>my own name<tab>");
    screen.sees("my own name");
}

#[test]
fn request_that_cannot_be_asked_says_what_to_write() {
    let long = "a".repeat(10_000);
    for (from, url, part) in [
        ("10.1.2.3", "https://me:secret@a.example", "leave out the user name and password"),
        ("10.1.2.3", "https://a b.example", "letters, digits"),
        ("10.1.2.3", "gopher://a.example", "`gopher://` is not known"),
        ("10.1.2.3", "https://a.example:0", "`0` is not a port"),
        ("10.1.2.3", "https://a.example:70000", "`70000` is not a port"),
        ("10.1.2.3", "https://[fe80::1%25eth0]", "leave out the zone"),
        ("10.1.2.3", &long, "at most 253 characters"),
        ("fe80::1%eth0", "https://a.example", "write `fe80::1`"),
        ("10.1.2.3/8", "https://a.example", "did you mean 10.0.0.0/8?"),
        ("nobody", "https://a.example", "`nobody` is not a source"),
        (&long, "https://a.example", "is not a source"),
    ] {
        let mut screen = Harness::sample("first-steps").size(80, 24);
        screen.press("t");
        screen.screen.take(Typed::Paste(from.to_owned()));
        screen.press("<tab>");
        screen.screen.take(Typed::Paste(url.to_owned()));
        screen.press("<enter>");
        let flat: Vec<String> = screen.lines().iter().map(|l| l.replace('│', " ")).collect();
        let words: Vec<&str> = flat.iter().flat_map(|line| line.split_whitespace()).collect();
        assert!(words.join(" ").contains(part), "`{part}` is not said\n{screen}");
        screen.press("w");
        screen.sees("no request yet");
    }
    let mut screen = Harness::sample("first-steps");
    screen.ask("10.1.2.3", "https://bücher.example");
    screen.press("<tab>");
    screen.sees("xn--bcher-kva.example");
}

#[test]
fn source_of_too_many_kinds_is_not_asked_at_a_keystroke() {
    use std::fmt::Write as _;
    let mut policy =
        "sekisho: 1\nname: large\nrule_order: strict\ndefault_actions: [drop_established]\n\
        home_net: [10.0.0.0/8]\nrule_groups:\n  - name: many\n    priority: 100\n    rules:\n"
            .to_owned();
    for n in 0..1500 {
        let (from, sid) = (n % 100, n + 1000);
        writeln!(policy, "      - {{name: r{n}, sid: {sid}, action: pass, from: 10.{from}.0.0/16, to: [s{n}.example]}}").unwrap();
    }
    let mut screen = Harness::text(&policy);
    screen.press("tany<tab>");
    screen.screen.take(Typed::Paste("https://s7.example".to_owned()));
    screen.press("<enter>");
    screen.sees("kinds of these");
    screen.screen.take(Typed::Paste("10.7.0.0/16 https://s7.example".to_owned()));
    screen.draw();
    screen.sees("The same for all of 10.7.0.0/16");
}
