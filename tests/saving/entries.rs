//! Entries of a list that stay keep their lines and comments.

use sekisho::policy::{Document, Edit, Field, StatelessPlace, Thing, thing_texts};

const FLAGS: &str = "\
sekisho: 1
name: t
home_net: [10.0.0.0/8]
rule_groups: []
stateless:
  rule_groups:
    - name: early
      priority: 1
      rules:
        - name: handshake
          action: drop
          to: any
          protocols: tcp
          tcp_flags: # why
            # above
            - flags: [SYN] # first packet
              masks: [SYN, ACK] # of the handshake
            # between
            - {masks: FIN, flags: []} # not the last
";

const FLOW: &str = "          tcp_flags: [ {flags: SYN}, {flags: [FIN], masks: [FIN]} ] # why\n";

/// The text with these tests of flags, undone and done again.
fn set(text: &str, flags: &str) -> String {
    let mut document = Document::read(text.to_owned()).unwrap();
    let thing = Thing::StatelessRow(StatelessPlace { group: 0, rule: 0 });
    let fields = vec![(Field::TcpFlags, Some(flags.to_owned()))];
    let undo = document.apply(&Edit::Set { thing: thing.clone(), fields }).unwrap();
    let after = document.text().to_owned();
    let texts = thing_texts(document.policy(), &thing).unwrap();
    assert!(texts.iter().any(|text| text == flags), "{texts:?}");
    document.apply(&undo).unwrap();
    assert_eq!(document.text(), text);
    after
}

#[test]
fn tests_of_flags_that_stay_keep_their_lines_and_comments() {
    let last = "            # between\n            - {masks: FIN, flags: []} # not the last\n";
    let new = "            - {flags: [RST]}\n";
    let both = "SYN/SYN+ACK, none/FIN";
    assert_eq!(set(FLAGS, both), FLAGS);
    assert_eq!(set(FLAGS, &format!("{both}, RST")), format!("{FLAGS}{new}"));
    assert_eq!(set(FLAGS, "SYN/SYN+ACK, RST, none/FIN").replace(new, ""), FLAGS);
    assert_eq!(set(FLAGS, "SYN/SYN+ACK"), FLAGS.replace(last, ""));
    let other = FLAGS.replace("{masks: FIN, flags: []}", "{flags: [RST]}");
    assert_eq!(set(FLAGS, "SYN/SYN+ACK, RST"), other);
    let block = FLAGS.split("          tcp_flags").next().unwrap();
    let flow = format!("{block}{FLOW}");
    assert_eq!(
        set(&flow, "RST, FIN/FIN, SYN"),
        format!(
            "{block}          tcp_flags: [{{flags: [RST]}}, {{flags: [FIN], masks: [FIN]}}, {{flags: SYN}}] # why\n"
        )
    );
}

#[test]
fn stateless_that_loses_its_last_field_stays_an_empty_mapping() {
    let head = "sekisho: 1\nname: t\nhome_net: [10.0.0.0/8]\n";
    let tail = "rule_groups: []\n";
    let one = "  fragment_default_action: drop # of fragments\n";
    let two = "  # what no row takes\n  default_action: pass\n";
    for fields in [one.to_owned(), two.to_owned() + one] {
        let text = format!("{head}stateless: # before all\n{fields}{tail}");
        let mut document = Document::read(text.clone()).unwrap();
        let fields = vec![(Field::DefaultAction, None), (Field::FragmentDefaultAction, None)];
        let edit = Edit::Set { thing: Thing::Stateless, fields };
        let undo = document.apply(&edit).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert!(document.text().contains("stateless: {} # before all\n"), "{}", document.text());
        assert!(!document.text().contains("default_action"), "{}", document.text());
        document.apply(&undo).unwrap();
        assert_eq!(document.text(), text);
    }
}
