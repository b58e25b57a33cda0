//! Everything that a policy says beside its rules: listed, edited, added, deleted.

use sekisho::messages::Lang;
use sekisho::messages::thing::{self, ThingWord};

use super::*;

const POLICY: &str = "\
# 見出し
sekisho: 1
name: small
home_net: [10.0.0.0/8] # inside
rule_order: strict

variables:
  PARTNERS: [203.0.113.0/24, '!203.0.113.9']  # who we work with
sources: # who
  office: {cidrs: [10.1.0.0/16]} # the office
  lab: {cidrs: [10.2.0.0/16]}
  all: {of: [office, lab]}
domain_lists:
  tools: [.tools.example, x.example]
rule_groups:
  - name: main
    priority: 100
    rules:
      - {name: tools, action: pass, from: office, to: [list:tools]} # why
      - name: partners
        suricata: |
          pass tcp $HOME_NET any -> $PARTNERS any (flow:to_server; sid:9000001;)
stateless:
  default_action: forward
  rule_groups:
    - name: early
      priority: 10
      rules:
        - {name: ping, action: drop, from: any, to: any, protocols: [icmp]}
cases:
  - {name: office uses tools, from: 10.1.2.3, url: \"https://a.tools.example\", expect: pass, by: tools}
";

fn small() -> Harness {
    let mut screen = Harness::text(POLICY);
    screen.press("P");
    screen
}

/// Goes to the line of the list that begins with `name`.
fn at(screen: &mut Harness, name: &str) {
    screen.press("g");
    screen.click(&format!("  {name}"));
}

/// The lines of the policy that differ from those it began with.
fn changed(screen: &Harness) -> Vec<String> {
    let before: Vec<&str> = POLICY.lines().collect();
    let text = screen.session().text();
    text.lines().filter(|line| !before.contains(line)).map(str::to_owned).collect()
}

#[test]
fn everything_but_the_rules_stands_in_one_list() {
    for (columns, rows) in SIZES {
        let mut screen = small();
        at(&mut screen, "office ");
        show("definitions", columns, rows, screen);
    }
}

#[test]
fn form_of_a_source_shows_the_rules_that_use_it() {
    for (columns, rows) in SIZES {
        let mut screen = small();
        at(&mut screen, "office ");
        screen.press("e<tab>, 10.3.0.0/16");
        show("form_source", columns, rows, screen);
    }
}

#[test]
fn new_name_of_a_source_goes_to_whatever_names_it_as_one_step() {
    let mut screen = small();
    at(&mut screen, "office ");
    screen.press("e<ctrl-u>headquarters<enter>");
    screen.sees("rename source `office` to `headquarters`: done");
    assert_eq!(
        changed(&screen),
        [
            "  headquarters: {cidrs: [10.1.0.0/16]} # the office",
            "  all: {of: [headquarters, lab]}",
            "      - {name: tools, action: pass, from: headquarters, to: [list:tools]} # why",
        ]
    );
    screen.press("u");
    assert_eq!(screen.session().text(), POLICY);
}

#[test]
fn new_name_of_a_set_goes_into_hand_written_rules() {
    let mut screen = small();
    at(&mut screen, "PARTNERS");
    screen.press("<enter><ctrl-u>FRIENDS<enter>");
    assert!(screen.session().text().contains("any -> $FRIENDS any"), "{screen}");
    assert!(screen.session().text().contains("  FRIENDS: [203.0.113.0/24, '!203.0.113.9']  # who"));
}

#[test]
fn what_is_used_is_not_deleted_and_says_by_whom() {
    let mut screen = small();
    at(&mut screen, "office ");
    screen.press("d");
    screen.sees("`office` is used by `all`, `main/tools`");
    at(&mut screen, "all ");
    screen.press("d");
    screen.sees("delete source `all`: done");
    at(&mut screen, "tools ");
    screen.press("<delete>");
    screen.sees("`tools` is used by `main/tools`");
}

#[test]
fn problem_of_a_field_stands_under_it_at_once() {
    let mut screen = small();
    at(&mut screen, "lab ");
    screen.press("e<tab>x");
    screen.sees("10.2.0.0/16x");
    screen.has_role("`10.2.0.0/16x` is not an address", Role::Error);
    screen.press("<enter>");
    screen.sees("not accepted yet");
    screen.press("<esc>");
    screen.sees("once more throws away what is typed");
    screen.press("<esc>");
    assert_eq!(screen.session().text(), POLICY);
}

#[test]
fn form_says_what_a_thing_needs() {
    let mut screen = small();
    at(&mut screen, "lab ");
    screen.press("e<ctrl-u>");
    screen.has_role("a source needs a name", Role::Error);
    screen.press("<esc><esc>");
    at(&mut screen, "PARTNERS");
    screen.press("e<tab><ctrl-u>");
    screen.has_role("`entries` is an empty list", Role::Error);
    screen.press("<esc><esc>");
    screen.click("IP set references");
    screen.press("aLIST");
    screen.has_role("an IP set reference needs an ARN", Role::Error);
    screen.press("<tab><tab><tab>203.0.113.0/24");
    screen.has_role("an IP set reference needs an ARN", Role::Error);
    screen.press("<shift-tab>arn:aws:ec2:eu-west-1:111122223333:prefix-list/pl-1<enter>");
    at(&mut screen, "main/LIST ");
    screen.press("e<tab><ctrl-u>");
    screen.has_role("an IP set reference needs an ARN", Role::Error);
    assert_eq!(
        thing::needs_name(ThingWord::Source).say(Lang::Japanese),
        "送信元には名前が必要です"
    );
    let japanese = "IP セット参照には ARN (`arn:…`) が必要です";
    assert_eq!(thing::needs_arn(ThingWord::Reference).say(Lang::Japanese), japanese);
}

#[test]
fn sources_lists_sets_and_references_are_added() {
    let mut screen = small();
    at(&mut screen, "lab ");
    screen.press("abranch<tab>10.4.0.0/16<tab><tab><tab><tab>network<enter>");
    at(&mut screen, "tools ");
    screen.press("amore<tab>.more.example, m.example<enter>");
    at(&mut screen, "PARTNERS");
    screen.press("aGUESTS<tab>ma<tab><tab>10.9.0.0/16, !10.9.1.0/24<enter>");
    screen.click("Port sets");
    screen.press("aWEB<tab><tab>443, 8000-8010<enter>");
    screen.click("IP set references");
    screen.press("aLIST<tab><tab>arn:aws:ec2:eu-west-1:111122223333:prefix-list/pl-1<enter>");
    assert_eq!(
        changed(&screen),
        [
            "port_sets:",
            "  WEB: [443, 8000-8010]",
            "  branch: {cidrs: [10.4.0.0/16], owner: network}",
            "  more: [.more.example, m.example]",
            "    variables: {GUESTS: [10.9.0.0/16, \"!10.9.1.0/24\"]}",
            "    references: {LIST: arn:aws:ec2:eu-west-1:111122223333:prefix-list/pl-1}",
        ],
        "{screen}"
    );
    for _ in 0..5 {
        screen.press("u");
    }
    assert_eq!(screen.session().text(), POLICY);
}

#[test]
fn settings_are_edited_with_completion() {
    for (columns, rows) in SIZES {
        let mut screen = small();
        screen.press("e<tab><tab>drop_established_app_layer_to");
        show("form_settings", columns, rows, screen);
    }
    let mut screen = small();
    screen.press("e<tab><tab>drop_established_app_layer_to<tab><tab><ctrl-u>rej<tab><enter>");
    assert_eq!(
        changed(&screen),
        [
            "default_actions: [drop_established_app_layer_to_server]",
            "stream_exception_policy: reject",
        ]
    );
}

#[test]
fn groups_are_added_renamed_and_deleted() {
    let mut screen = small();
    at(&mut screen, "main ");
    screen.press("alater<enter>");
    assert_eq!(changed(&screen), ["  - name: later", "    priority: 200", "    rules: []"]);
    screen.press("d");
    assert_eq!(screen.session().text(), POLICY);
    at(&mut screen, "main ");
    screen.press("d");
    screen.sees("`main` is used by `office uses tools`");
    screen.press("e<tab><tab><tab><tab>10.1.0.0/16<enter>");
    assert_eq!(changed(&screen), ["    home_net: [10.1.0.0/16]"]);
}

#[test]
fn group_is_edited_from_the_rule_list() {
    let mut screen = Harness::text(POLICY);
    screen.press("g<down><down>e");
    screen.sees("Rule group main");
    screen.press("<tab><ctrl-u>300<enter>");
    assert_eq!(changed(&screen), ["    priority: 300"]);
}

#[test]
fn stateless_rows_are_edited_and_shown_as_aws_has_them() {
    for (columns, rows) in SIZES {
        let mut screen = small();
        at(&mut screen, "  ping");
        screen.press("e<tab><tab><ctrl-u>forward");
        show("form_stateless", columns, rows, screen);
    }
    let mut screen = small();
    at(&mut screen, "early                priority");
    screen.press("aweb<tab><tab><tab><tab>");
    screen.press("<tab>tcp<tab><tab>443<enter>");
    assert_eq!(
        changed(&screen),
        [
            "        - {name: web, action: forward, from: any, to: any, protocols: [tcp], ports: [443]}"
        ],
        "{screen}"
    );
    screen.press("d");
    at(&mut screen, "default_action");
    screen.press("e<ctrl-u>drop<enter>");
    assert_eq!(changed(&screen), ["  default_action: drop"]);
}

#[test]
fn cases_are_edited_added_and_deleted() {
    let mut screen = Harness::text(POLICY);
    screen.press("<tab><tab><tab>e<tab><ctrl-u>10.1.2.4<tab><tab><tab><tab><ctrl-u>def<tab>");
    screen.sees("default");
    screen.press("<esc><esc>e<tab><ctrl-u>10.1.2.4<enter>");
    assert_eq!(
        changed(&screen),
        [
            "  - {name: office uses tools, from: 10.1.2.4, url: \"https://a.tools.example\", expect: pass, by: tools}"
        ]
    );
    screen.press("nlab<tab>10.2.0.1<tab>https://no.example<tab><tab><ctrl-u>drop<enter>");
    screen.sees("add case `lab`: done");
    screen.press("d");
    screen.sees("delete case `lab`: done");
}

#[test]
fn headings_and_settings_say_why_they_cannot_be_edited_or_deleted() {
    let mut screen = small();
    screen.press("d");
    screen.sees("settings are always there");
    screen.press("a");
    screen.sees("there is one of it in a policy");
    screen.press("ge");
    screen.sees("select one of the lines below the heading first");
    screen.press("<esc>");
    screen.misses("everything but its rules");
}

#[test]
fn note_of_several_lines_keeps_them_when_it_is_edited() {
    let note = |pad: &str| format!("{pad}note: |\n{pad}  first\n{pad}  second\n");
    let text = POLICY
        .replace(
            "  lab: {cidrs: [10.2.0.0/16]}\n",
            &format!("  lab:\n    cidrs: [10.2.0.0/16]\n{}", note("    ")),
        )
        .replace("    priority: 100\n", &format!("    priority: 100\n{}", note("    ")))
        .replace("      priority: 10\n", &format!("      priority: 10\n{}", note("      ")))
        .replace(
            "      - name: partners\n",
            &format!("      - name: partners\n{}", note("        ")),
        );
    assert_eq!(text.matches("note: |").count(), 4);
    let begun = |keys: &str| {
        let mut screen = Harness::text(&text);
        screen.press(keys);
        screen
    };
    // Which of the notes it is, in the order of the file.
    let typed = |mut screen: Harness, nth: usize| {
        screen.press("more <tab><enter>");
        screen.misses("esc cancel");
        let at = text.match_indices("first").nth(nth).unwrap().0;
        let new = format!("{}more {}", &text[..at], &text[at..]);
        assert_eq!(screen.session().text(), new, "{screen}");
        screen.press("u");
        assert_eq!(screen.session().text(), text);
    };
    let mut source = begun("P");
    at(&mut source, "lab ");
    source.press("e<tab><tab><tab><tab><tab><tab>");
    typed(source, 0);
    let mut group = begun("P");
    at(&mut group, "main ");
    group.press("e<tab><tab>");
    typed(group, 1);
    typed(begun("/partners<enter>e<tab><tab><tab>"), 2);
    let mut early = begun("P");
    at(&mut early, "early                priority");
    early.press("e<tab><tab>");
    typed(early, 3);
}

#[test]
fn hand_written_rule_is_completed_while_it_is_typed() {
    let mut screen = Harness::text(POLICY);
    screen.press("/partners<enter>e<tab>re");
    screen.sees("reject");
    screen.press("<tab> tcp $PA<tab> ");
    screen.sees("reject tcp $PARTNERS pass tcp");
    screen.press("<esc><esc>");
    assert_eq!(screen.session().text(), POLICY);
}

#[test]
fn hand_written_rule_has_colours_that_add_nothing_to_its_text() {
    let mut screen = Harness::sample("central-egress");
    screen.press("/old-tls<enter>e<tab>");
    screen.has_role("drop tls $HOME_NET any -> $EXTERNAL_NET any (   ", Role::Drop);
    screen.has_role("tls $HOME_NET any -> $EXTERNAL_NET any (   ", Role::Text);
    screen.has_role("msg:\"TLS 1.0 offered\"; ssl", Role::Keyword);
    screen.has_role("\"TLS 1.0 offered\"; ssl", Role::Quoted);
    // The preview beside it too.
    screen.has_role("drop tls $HOME_NET any -> $EXTERNAL_NET any (msg", Role::Drop);
    screen.has_role("tls $HOME_NET any -> $EXTERNAL_NET any (msg", Role::Muted);
    screen.has_role("1.0; │", Role::Number);
    // More lines than there is room for: what is seen is coloured as what it is.
    screen.press(
        "<down><down><down><down><down><down><down><end><enter># a comment<enter>reject ip (",
    );
    screen.has_role("# a comment", Role::Muted);
    screen.has_role("reject ip (", Role::Reject);
}

#[test]
fn priority_that_a_group_further_down_has_is_told_with_that_group() {
    let mut screen = Harness::sample("central-egress");
    screen.press("gp<ctrl-u>300");
    screen.sees("`block-list` and `shared` both have priority 300");
}

#[test]
fn number_of_another_rule_is_told_while_the_rule_is_written() {
    let mut screen = Harness::sample("central-egress");
    screen.press("gjiabove<tab><ctrl-u>pass tls any any -> any any (sid:101000;)");
    screen.sees("`anonymizers` and `above` (line");
    screen.sees("a rule with sid 101000");
}
