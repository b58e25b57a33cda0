//! What is pasted: log lines, sources with URLs, URLs.

use super::*;

/// A line of the firewall's log about a request of batch to the bank, dropped by the default action.
const LINE: &str = r#"{"firewall_name":"central","event_timestamp":"1759317294","event":{"app_proto":"tls","src_ip":"10.2.3.4","src_port":40655,"event_type":"alert","alert":{"severity":3,"signature_id":4,"rev":0,"signature":"aws:alert_established action","action":"blocked","category":""},"dest_ip":"203.0.113.18","proto":"TCP","verdict":{"action":"drop"},"tls":{"sni":"api.bank.example"},"dest_port":"443","direction":"to_server"}}"#;

fn paste(screen: &mut Harness, text: &str) {
    screen.screen.take(Typed::Paste(text.to_owned()));
    screen.draw();
}

#[test]
fn log_line_fills_the_request_and_is_compared() {
    for (columns, rows) in SIZES {
        let mut screen = Harness::sample("central-egress");
        paste(&mut screen, LINE);
        show("log_line", columns, rows, screen);
    }
    let mut screen = Harness::sample("central-egress");
    screen.press("t10.9.9.9");
    paste(&mut screen, &format!("{LINE}\n{LINE}\n{LINE}\n"));
    assert_eq!(screen.session().test().from, "10.2.3.4");
    assert_eq!(screen.session().test().dst, "203.0.113.18");
    assert_eq!(screen.screen.app().focus, Pane::Test);
    screen.sees("taken from the first log line; 2 more are not looked at");
    screen.sees("so does");
    screen.press("t<ctrl-u>10.1.2.3<enter>");
    screen.misses("the log says");
}

#[test]
fn log_that_says_otherwise_is_explained_and_looked_at_elsewhere() {
    let mut screen = Harness::sample("central-egress");
    let line = LINE
        .replace("10.2.3.4", "10.1.3.4")
        .replace(r#""signature_id":4"#, r#""signature_id":4711"#);
    paste(&mut screen, &line.replace("aws:alert_established action", "block banks"));
    screen.sees("this policy says otherwise");
    screen.sees("no rule here has sid 4711");
    screen.press("b");
    screen.sees("likely: sid 4711 of the log is not in this policy");
    screen.press("w");
    screen.sees("the log says dropped by sid 4711 (`block banks`)");
}

#[test]
fn line_that_cannot_be_used_says_what_it_lacks_and_changes_nothing() {
    let mut screen = Harness::sample("central-egress");
    screen.ask("10.1.2.3", "https://api.bank.example");
    for (line, part) in [
        (LINE[..150].to_owned(), "not a whole JSON line"),
        (LINE.replace(r#""event_type":"alert""#, r#""event_type":"netflow""#), "`netflow` line"),
        (LINE.replace("dest_ip", "dst"), "lacks `dest_ip`"),
        (LINE.replace("203.0.113.18", "\\u001b[2J"), "not an address"),
    ] {
        paste(&mut screen, &line);
        screen.sees("not taken: ");
        screen.sees(part);
        assert_eq!(screen.session().test().from, "10.1.2.3");
        assert_eq!(screen.session().test().url, "https://api.bank.example");
    }
    screen.sees("\\u{1b}[2J");
}

#[test]
fn source_and_url_are_pasted_at_once() {
    let mut screen = Harness::sample("central-egress");
    paste(&mut screen, "10.2.3.4 https://api.bank.example\n");
    screen.sees("TIMES OUT");
    screen.press("w");
    paste(&mut screen, "payroll https://api.bank.example");
    screen.sees("WORKS");
    assert!(screen.line("decides, at ClientHello").contains("bank-api"), "{screen}");
}

#[test]
fn pasted_url_replaces_the_one_that_stands_there_whatever_field_takes_keys() {
    let mut screen = Harness::sample("first-steps");
    screen.press("t10.1.2.3<tab>https://pypi.org<tab>");
    paste(&mut screen, "https://en.wiki.example/start\n");
    assert_eq!(screen.session().test().url, "https://en.wiki.example/start");
    assert_eq!(screen.session().test().dst, "");
    screen.sees("WORKS");
}

#[test]
fn form_takes_what_is_pasted_as_text() {
    let mut screen = Harness::sample("first-steps");
    screen.press("/news<enter>e<tab><tab><tab><ctrl-u>");
    paste(&mut screen, "https://live.example");
    screen.sees("Rule news");
    assert_eq!(screen.session().test().url, "");
}

#[test]
fn rule_in_the_air_is_not_disturbed_by_what_is_pasted() {
    let mut screen = carried();
    let before = screen.session().test().clone();
    paste(&mut screen, "10.2.3.4 https://api.bank.example");
    screen.sees("put the carried rule down first");
    assert_eq!(*screen.session().test(), before);
}

#[test]
fn what_a_terminal_would_obey_is_shown_not_sent() {
    let mut screen = Harness::sample("central-egress");
    let line = LINE.replace("aws:alert_established action", "bad\\u001b]0;title\\u0007\\u202e");
    paste(&mut screen, &line);
    screen.sees("\\u{1b}]0;title\\u{7}");
    for text in ["https://x\u{1b}[2Jy.example", "https://x\u{202e}y.example"] {
        paste(&mut screen, text);
        let cells = screen.terminal.backend().buffer().content();
        let hidden = |s: &str| s.chars().any(|c| c.is_control() || c == '\u{202e}');
        assert!(!cells.iter().any(|cell| hidden(cell.symbol())), "{screen}");
        screen.sees("https://x\\u{");
    }
}
