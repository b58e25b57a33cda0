//! The list of findings: what it shows, where it leads, what it mends.

use sekisho::tui::Role;

use super::{Harness, SIZES, show};

pub(super) const POLICY: &str = "\
sekisho: 1
name: findings
rule_order: strict
default_actions: [drop_established_app_layer_to_server]
stream_exception_policy: reject
home_net: [10.0.0.0/8]
rule_groups:
  - name: allowed
    priority: 100
    rules:
      - {name: updates, sid: 100100, action: pass, from: any, to: [.updates.example], protocols: [tls], log: true}
      - name: shops
        suricata: |
          pass tls $HOME_NET any -> any any (tls.sni; content:\"amazon.com\"; nocase; endswith; alert; flow:to_server, established; sid:1000001;)
      - {name: dns, sid: 100300, action: pass, from: any, to: any, protocol: udp, ports: [53], log: true}
";

fn listed() -> Harness {
    let mut screen = Harness::text(POLICY);
    screen.press("F");
    screen
}

#[test]
fn findings_are_listed_with_what_to_do_and_what_mends_them() {
    for (columns, rows) in SIZES {
        show("findings_are_listed", columns, rows, listed());
    }
}

#[test]
fn chosen_finding_is_mended_by_a_key_and_undo_brings_it_back() {
    let mut screen = listed();
    screen.sees("3 warnings");
    screen.sees("notamazon.com");
    screen.has_role("a mends it", Role::Accent);
    screen.press("a");
    assert!(
        screen.session().text().contains("tls.sni; dotprefix; content:\".amazon.com\"; nocase;")
    );
    screen.sees("2 warnings");
    screen.misses("notamazon.com");
    screen.press("u");
    assert_eq!(screen.session().text(), POLICY);
    screen.sees("3 warnings");
}

#[test]
fn enter_goes_to_the_row_and_what_has_no_row_says_so() {
    let mut screen = listed();
    screen.press("<enter>");
    screen.misses("Findings:");
    assert!(screen.line("by hand: any").contains('»'), "{screen}");
    screen.press("Fj<enter>");
    screen.sees("about the policy as a whole");
    screen.sees("Findings:");
}

#[test]
fn finding_without_a_certain_edit_says_so() {
    let mut screen = listed();
    screen.press("jj");
    screen.sees("any resolver");
    screen.press("a");
    screen.sees("no edit mends this for certain");
    assert_eq!(screen.session().text(), POLICY);
}

#[test]
fn policy_without_findings_says_so() {
    let text = POLICY.replace("server]", "server, alert_established_app_layer_to_server]");
    let text = text.replace("content:\"amazon.com\"", "dotprefix; content:\".amazon.com\"");
    let mut screen =
        Harness::text(&text.replace("to: any, protocol", "to: 203.0.113.53, protocol"));
    screen.press("F");
    screen.sees("nothing to say against this policy");
    screen.press("F");
    screen.misses("nothing to say");
}

#[test]
fn finding_is_accepted_with_a_reason_that_the_policy_keeps() {
    let mut screen = listed();
    screen.press("x");
    screen.sees("Accepted because");
    screen.press("<enter>");
    screen.sees("say why this is as it should be");
    screen.press("the shop is ours, SEC-1<enter>");
    screen.sees("2 warnings; 1 accepted with a reason");
    screen.misses("notamazon.com");
    let text = screen.session().text();
    assert!(
        text.contains("        accept: [\"lookalike-name because the shop is ours, SEC-1\"]\n"),
        "{text}"
    );
    // What has no row is accepted for the policy.
    screen.press("kx");
    screen.sees("for the whole policy");
    screen.press("because nobody reads them<enter>");
    let text = screen.session().text();
    assert!(
        text.contains("\naccept: [default-drop-not-logged because nobody reads them]\n"),
        "{text}"
    );
    screen.sees("1 warning; 2 accepted");
    screen.press("uu");
    assert_eq!(screen.session().text(), POLICY);
    screen.sees("3 warnings");
}
