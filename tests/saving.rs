//! The save that loses nothing: random edits of awkward files.
//!
//! Every line of a file made here carries the names of the rules it belongs to, so that after an edit each
//! line can be asked whether it was the edit's business.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail anywhere")]

use proptest::prelude::*;
use sekisho::policy::{
    CaseExpect, Document, Edit, EditError, GroupField, Policy, PolicyField, RuleBody, RuleDraft,
    RuleField, RulePlace, SourceField,
};

/// Decisions, taken one after the other; when they run out the answer is 0.
struct Choices<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Choices<'_> {
    fn below(&mut self, limit: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % limit.max(1)
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// Writes a policy in every style that YAML has, with comments everywhere.
fn awkward(choices: &mut Choices<'_>) -> String {
    let mut out = frame(choices);
    let mut number = 0;
    let mut names = Vec::new();
    for group in 0..=choices.below(3) {
        if choices.yes() {
            out += &format!("\n  # group{group} heading\n\n");
        }
        let count = choices.below(4);
        let rules: Vec<String> = (number..number + count).map(|n| format!("r{n}_")).collect();
        number += count;
        names.extend(rules.iter().map(|rule| (format!("g{group}"), rule.clone())));
        match choices.below(5) {
            0 => flow_group(&mut out, group, &rules),
            1 => flow_lines_group(&mut out, choices, group, &rules),
            style => {
                let indent = if style == 2 { 6 } else { 8 };
                block_group(&mut out, choices, group, indent, &rules);
            }
        }
    }
    out += "# the cases\ncases:\n";
    for (n, (group, rule)) in names.iter().enumerate() {
        let by = if n % 2 == 0 { rule.clone() } else { format!("{group}/{rule}") };
        match choices.below(4) {
            0 => {
                out += &format!(
                    "  # case of {rule}\n  - {{name: c{n}, from: 10.1.1.1, url: \"https://x\", expect: pass, by: {by}}} # {rule}\n"
                )
            }
            1 => {
                out += &format!(
                    "  - name: c{n}\n    from: 10.1.1.1\n    url: https://x.example # url\n    expect: drop\n    by: \"{by}\" # {rule}\n"
                )
            }
            _ => {}
        }
    }
    if out.ends_with("cases:\n") {
        out = out.replace("cases:\n", "cases: [] # none\n");
    }
    if choices.yes() {
        out += "\n# the end\n";
    }
    if choices.yes() {
        out.truncate(out.trim_end().len());
    }
    if choices.yes() {
        out = out.replace('\n', "\r\n");
    }
    if choices.yes() {
        out.insert(0, '\u{feff}');
    }
    out
}

/// What stands above the groups: its lines carry the names of the field, source or list that they belong to.
fn frame(choices: &mut Choices<'_>) -> String {
    let mut out = String::from("# first line\nsekisho: 1   # version\nname: 関所\n");
    out += [
        "",
        "default_actions: [] # default_actions: none\n",
        "default_actions: # default_actions\n",
        "default_actions: [aws:drop_established, 'alert_established'] # default_actions\n",
        "default_actions: # default_actions\n  - aws:drop_strict # default_actions one\n  # default_actions above\n  - \"alert_strict\"\n",
    ][choices.below(5)];
    out += [
        "home_net: [10.0.0.0/8]\n\n",
        "home_net: 10.0.0.0/8 # home_net\n\n",
        "rule_order: 'strict'  # rule_order\nhome_net: [10.0.0.0/8, # home_net\n  192.168.0.0/16] # home_net\n",
    ][choices.below(3)];
    out += "sources: # all of them\n";
    out += [
        "  a: {cidrs: [10.1.0.0/16]} # src_a\n",
        "  a: # src_a\n    # src_a above\n    owner: team # src_a\n    cidrs: # src_a\n      - 172.16.1.1/32 # src_a\n      # src_a two\n      - '172.16.2.0/24'\n    note: |\n      src_a text\n",
        "  a:\n    cidrs: 172.16.1.0/24 # src_a\n",
        "  a: {of: [b], # src_a\n    note: src_a} # src_a\n",
    ][choices.below(4)];
    out += "  # between\n  b: {cidrs: [10.2.0.0/16]}\ndomain_lists:\n";
    out += [
        "  l: [x.example, .L1.Example] # lst_l\n",
        "  l: # lst_l\n    - x.example # lst_l one\n    # lst_l above two\n    - '*.l2.example'\n",
        "  l: [\n    # lst_l above\n    x.example, # lst_l\n    \"*.l3.example\"\n  ] # lst_l end\n",
    ][choices.below(3)];
    out + "  other: [other.example]\n# groups\nrule_groups:\n"
}

fn flow_rule(rule: &str) -> String {
    format!(
        "{{name: {rule}, sid: {}, action: pass, from: a, to: [\"*.{rule}x.example\", .y.example]}}",
        sid(rule)
    )
}

fn sid(rule: &str) -> usize {
    5_000 + rule.trim_matches(['r', '_']).parse::<usize>().unwrap()
}

fn flow_group(out: &mut String, group: usize, rules: &[String]) {
    let rules: Vec<String> = rules.iter().map(|rule| flow_rule(rule)).collect();
    *out += &format!(
        "  - {{name: g{group}, priority: {}, rules: [{}]}} # flow{group}\n",
        group + 1,
        rules.join(", ")
    );
}

fn flow_lines_group(out: &mut String, choices: &mut Choices<'_>, group: usize, rules: &[String]) {
    *out += &format!("  - name: g{group}\n    priority: {}\n    rules: [\n", group + 1);
    for (i, rule) in rules.iter().enumerate() {
        if choices.yes() {
            *out += &format!("      # {rule} above\n");
        }
        let comma = if i + 1 < rules.len() || choices.yes() { "," } else { "" };
        let beside = if choices.yes() { format!(" # {rule} beside") } else { String::new() };
        *out += &format!("      {}{comma}{beside}\n", flow_rule(rule));
    }
    *out += "    ]\n";
}

fn block_group(
    out: &mut String,
    choices: &mut Choices<'_>,
    group: usize,
    indent: usize,
    rules: &[String],
) {
    let note = if choices.yes() {
        format!("    note: \"group {group}\"   # why\n")
    } else {
        String::new()
    };
    *out += &format!("  - name: g{group} # g{group}\n    priority: {}\n{note}", group + 1);
    if rules.is_empty() {
        *out += ["    rules: []\n", "    rules: [] # none yet\n", "    rules:\n"][choices.below(3)];
        return;
    }
    *out += "    rules: # its rules\n";
    let pad = " ".repeat(indent);
    let spaced = choices.yes();
    for (i, rule) in rules.iter().enumerate() {
        if spaced && i > 0 {
            *out += "\n";
        }
        if choices.yes() {
            *out += &format!("{pad}# {rule} above\n{pad}#   関所 {rule}\n");
        }
        let beside = if choices.yes() { format!("  # {rule} beside") } else { String::new() };
        match choices.below(5) {
            0 => *out += &format!("{pad}- {}{beside}\n", flow_rule(rule)),
            1 => *out += &format!(
                "{pad}- name: {rule}{beside}\n{pad}  # {rule} inside\n{pad}  action: drop # {rule}\n{pad}  from: [a, b] # {rule}\n{pad}  to:  # {rule}\n{pad}    - .{rule}x.example # {rule} one\n{pad}    # {rule} above two\n{pad}    - '*.{rule}y.example'\n{pad}  log: true # {rule}\n{pad}  # {rule} below\n"
            ),
            2 => *out += &format!(
                "{pad}- name: {rule}{beside}\n{pad}  note: >- # {rule}\n{pad}    folded {rule}\n{pad}    text {rule}\n{pad}  suricata: |\n{pad}    drop tls any any -> any any (msg:\"{rule} # no comment\"; sid:{};)\n{pad}    # {rule} is a comment of the engine\n",
                sid(rule)
            ),
            3 => *out += &format!(
                "{pad}- # {rule} behind the dash\n{pad}  sid: {}\n{pad}  name: '{rule}'\n{pad}  action: reject\n{pad}  from: any\n{pad}  to: 203.0.113.{} # {rule}\n{pad}  protocol: tcp\n{pad}  ports: [22, 8000-8010] # {rule}\n",
                sid(rule), sid(rule) % 200
            )
            .replace("action: reject\n", &format!("action: reject # {rule}\n"))
            .replace("from: any\n", &format!("from: any # {rule}\n"))
            .replace("protocol: tcp\n", &format!("protocol: tcp # {rule}\n")),
            _ => *out += &format!(
                "{pad}- {{name: {rule}, action: pass,{beside}\n{pad}   from: a, to: [.{rule}x.example, # {rule}\n{pad}    .{rule}y.example]}}\n"
            ),
        }
    }
}

/// An edit, and the words on the lines that are its business.
fn some_edit(
    document: &Document,
    choices: &mut Choices<'_>,
    step: usize,
) -> Option<(Edit, Vec<String>)> {
    let policy = document.policy();
    let group = choices.below(policy.rule_groups.len());
    let count = policy.rule_groups[group].rules.len();
    let at = RulePlace { group, rule: choices.below(count) };
    let name = |at: RulePlace| policy.rule(at).map(|rule| rule.name.value.clone());
    let kind = choices.below(16);
    let other = choices.below(policy.rule_groups.len());
    Some(match kind {
        0..=3 => {
            let room = policy.rule_groups[other].rules.len() + usize::from(other != group);
            let to = RulePlace { group: other, rule: choices.below(room) };
            (Edit::MoveRule { from: at, to }, vec![name(at)?])
        }
        4 => {
            let at = RulePlace { group, rule: choices.below(count + 1) };
            let name = format!("new{step}_");
            let fields = if choices.yes() {
                vec![
                    (RuleField::Name, name.clone()),
                    (
                        RuleField::Suricata,
                        format!(
                            "drop ip any any -> any any (msg:\"{name}\"; sid:{};)\n  # {name}",
                            9_000 + step
                        ),
                    ),
                ]
            } else {
                vec![
                    (RuleField::Name, name.clone()),
                    (RuleField::Action, "drop".to_owned()),
                    (RuleField::From, "a,b".to_owned()),
                    (RuleField::To, "*.z.example, list:l".to_owned()),
                    (RuleField::Note, "it's: a note".to_owned()),
                ]
            };
            (Edit::InsertRule { at, rule: RuleDraft { fields } }, vec![name])
        }
        5 => {
            let copy = format!("{}copy{step}_", name(at)?);
            (Edit::DuplicateRule { at, name: copy.clone() }, vec![copy])
        }
        6 => (Edit::RemoveRule { at }, vec![name(at)?]),
        7 | 8 => {
            let old = name(at)?;
            let hand = matches!(policy.rule(at)?.body, RuleBody::Suricata(_));
            let new = format!("{old}name{step}_");
            let fields = some_fields(choices, step, hand, &new);
            (Edit::SetRule { at, fields }, vec![old, new])
        }
        9 | 10 => some_group_edit(policy, choices, group, step),
        11 => {
            let by = name(at).filter(|_| choices.yes());
            let dst = choices.yes().then(|| "203.0.113.7".to_owned());
            let case = Edit::AddCase {
                name: format!("new case: {step}"),
                from: "10.1.1.1".into(),
                url: "https://z.example/?a=b#c".into(),
                dst,
                expect: CaseExpect::Drop,
                by,
            };
            (case, vec![format!("new case: {step}")])
        }
        12 => set_policy(choices),
        13 => set_source(choices),
        14 => set_list(choices),
        _ => {
            let case = choices.below(policy.cases.len());
            let by = policy.cases.get(case)?.by.clone()?;
            let rule = by.rsplit('/').next().unwrap().to_owned();
            (Edit::RemoveCase { case }, vec![rule, policy.cases[case].name.value.clone()])
        }
    })
}

fn some_group_edit(
    policy: &Policy,
    choices: &mut Choices<'_>,
    group: usize,
    step: usize,
) -> (Edit, Vec<String>) {
    let line = format!("priority: {}", policy.rule_groups[group].priority.value);
    let (field, value, touched) = match choices.below(3) {
        0 => (GroupField::HomeNet, "10.9.0.0/16".to_owned(), vec!["home_net".to_owned(), line]),
        1 => {
            let nets = ["192.168.0.0/16, 2001:db8::/32", ""][choices.below(2)].to_owned();
            (GroupField::ExternalNet, nets, vec!["external_net".to_owned(), line])
        }
        _ => (GroupField::Priority, format!("{}", 1_000 + step), vec![line]),
    };
    (Edit::SetGroup { group, field, value: Some(value) }, touched)
}

fn set_policy(choices: &mut Choices<'_>) -> (Edit, Vec<String>) {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let (field, value, own) = match choices.below(4) {
        0 => (
            PolicyField::DefaultActions,
            ["", "drop_strict, alert_strict", "drop_established", "alert_strict"][choices.below(4)],
            ["default_actions", "alert_strict"],
        ),
        1 => (
            PolicyField::HomeNet,
            ["10.0.0.0/8", "10.0.0.0/8, 172.16.0.0/12"][choices.below(2)],
            ["home_net", "192.168.0.0/16"],
        ),
        2 => (PolicyField::RuleOrder, ["", "strict"][choices.below(2)], ["rule_order"; 2]),
        _ => (
            PolicyField::StreamExceptionPolicy,
            ["", "reject", "continue"][choices.below(3)],
            ["stream_exception_policy"; 2],
        ),
    };
    let edit = Edit::SetPolicy { fields: vec![(field, text(value))] };
    (edit, own.map(str::to_owned).to_vec())
}

fn set_list(choices: &mut Choices<'_>) -> (Edit, Vec<String>) {
    let names = [
        "x.example",
        "x.example, .l1.example, new.l5.example",
        "new.l6.example, *.l2.example, x.example",
        "*.l3.example",
        "X.example, *.l3.example, .l7.example",
    ][choices.below(5)];
    let own =
        [".l1", ".L1", "l2", "l3", "l5", "l6", "l7", "lst_l", "x.example", "X.example", "  l: ["];
    (Edit::SetList { list: 0, names: names.to_owned() }, own.map(str::to_owned).to_vec())
}

fn set_source(choices: &mut Choices<'_>) -> (Edit, Vec<String>) {
    let mut fields = Vec::new();
    let cidrs = ["172.16.1.1", "10.1.0.0/16, 172.16.3.0/24", "172.16.2.0/24, 172.16.9.9"];
    fields.push((SourceField::Cidrs, Some(cidrs[choices.below(3)].to_owned())));
    if choices.yes() {
        fields.push((SourceField::Except, choices.yes().then(|| "172.16.1.128/25".to_owned())));
    }
    if choices.yes() {
        fields.push((SourceField::Of, choices.yes().then(|| "b".to_owned())));
    }
    if choices.yes() {
        fields.push((SourceField::Account, choices.yes().then(|| "012345678901".to_owned())));
        fields.push((SourceField::Owner, None));
        fields.push((SourceField::Note, choices.yes().then(|| "src_a: text".to_owned())));
    }
    // Every line between the heads of this source and the next.
    let own = ["src_a", "172.16.", "10.1.0.0", "  a:", "    of: ", "    account: ", "note: |"];
    (Edit::SetSource { source: 0, fields }, own.map(str::to_owned).to_vec())
}

fn some_fields(
    choices: &mut Choices<'_>,
    step: usize,
    hand: bool,
    new: &str,
) -> Vec<(RuleField, Option<String>)> {
    let mut fields = Vec::new();
    if choices.yes() {
        fields.push((RuleField::Name, Some(new.to_owned())));
    }
    if choices.yes() {
        let note =
            ["a note", "", "two\nlines", "# no comment", "no", "関所: \"x\""][choices.below(6)];
        fields.push((RuleField::Note, Some(note.to_owned()).filter(|n| !n.is_empty())));
    }
    if choices.yes() {
        fields.push((RuleField::Enabled, choices.yes().then(|| "false".to_owned())));
    }
    if choices.yes() {
        fields.push((RuleField::Ticket, choices.yes().then(|| "SEC-1".to_owned())));
    }
    if hand {
        if choices.yes() {
            fields.push((
                RuleField::Suricata,
                Some(format!("pass ip any any -> any any (sid:{};)\n\n  # two", 9_100 + step)),
            ));
        }
        return fields;
    }
    if choices.yes() {
        fields.push((RuleField::Action, Some("alert".to_owned())));
    }
    if choices.yes() {
        let from = ["a", "a, b", "any", "10.1.2.0/24,b"][choices.below(4)];
        fields.push((RuleField::From, Some(from.to_owned())));
    }
    match choices.below(4) {
        0 => fields.extend([
            (RuleField::To, Some("any".to_owned())),
            (RuleField::Protocols, Some("tcp, udp".to_owned())),
            (RuleField::Ports, Some("22,443".to_owned())),
        ]),
        1 => fields.extend([
            (RuleField::To, Some("*.q.example, .y.example, list:l".to_owned())),
            (RuleField::Protocols, Some("tls".to_owned())),
            (RuleField::Ports, None),
        ]),
        2 => fields.extend([
            (RuleField::To, Some("http://q.example/p/*".to_owned())),
            (RuleField::Protocols, None),
            (RuleField::Ports, None),
            (RuleField::Sid, None),
            (RuleField::Log, Some("true".to_owned())),
        ]),
        _ => {}
    }
    fields
}

/// The lines that are nobody's business here: without those of the named rules and cases, blank ones, and the
/// heads of lists, which lose or gain their brackets with the last or first item; a group on one line is such a head.
fn others<'a>(document: &'a Document, names: &[String]) -> Vec<&'a str> {
    let head = |line: &str| {
        let line = line.trim_start();
        line.starts_with("rules:") || line.starts_with("cases:") || line.contains("rules: [")
    };
    let policy = document.policy();
    let rules =
        policy.rule_groups.iter().flat_map(|g| &g.rules).map(|r| (&r.name.value, &r.place.span));
    let cases = policy.cases.iter().map(|c| (&c.name.value, &c.place.span));
    let spans: Vec<_> =
        rules.chain(cases).filter(|(name, _)| names.contains(name)).map(|(_, s)| s).collect();
    let mut at = 0;
    let mut lines = Vec::new();
    for line in document.text().split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let own = spans.iter().any(|span| span.start < end && start < span.end)
            || names.iter().any(|name| line.contains(name.as_str()));
        if !line.split("]} # flow").next().unwrap().trim_matches([' ', ']', '\r', '\n']).is_empty()
            && !head(line)
            && !own
        {
            lines.push(line);
        }
    }
    lines
}

/// Lines with a comma less or more are the same, and so are lines before the brackets of a group: between
/// brackets the last item differs in that from the others.
fn without_commas(lines: &[&str]) -> Vec<String> {
    lines
        .iter()
        .map(|line| line.split("]} # flow").next().unwrap().replace(',', "").trim_end().to_owned())
        .collect()
}

/// The comments, sorted; as the parser sees them, so that a `#` within a text is none.
fn comments(text: &str) -> Vec<String> {
    let mut comments: Vec<String> = granit_parser::Parser::new_from_str(text)
        .filter_map(|event| match event.unwrap().0 {
            granit_parser::Event::Comment(comment, _) => Some(comment.trim_end().to_owned()),
            _ => None,
        })
        .collect();
    comments.sort();
    comments
}

/// The only refusal of an edit that is made here: a rule that a case names is not deleted.
fn may_be_refused(edit: &Edit, error: &EditError) -> bool {
    matches!(edit, Edit::RemoveRule { .. }) && error.to_string().contains("decides")
}

/// The rules of groups on one line: a comment that comes among them needs lines, and gives them some.
fn on_one_line(document: &Document) -> Vec<String> {
    let groups = document.policy().rule_groups.iter();
    let flow =
        groups.filter(|g| document.text().contains(&format!("{{name: {}, priority", g.name.value)));
    flow.flat_map(|g| &g.rules).map(|rule| rule.name.value.clone()).collect()
}

fn check_edits(bytes: &[u8]) -> Result<(), TestCaseError> {
    let mut choices = Choices { bytes, at: 0 };
    let text = awkward(&mut choices);
    let mut document = Document::read(text.clone()).unwrap_or_else(|d| panic!("{d:?}\n{text}"));
    let mut undos = Vec::new();
    for step in 0..6 {
        let Some((edit, mut names)) = some_edit(&document, &mut choices, step) else { continue };
        names.extend(on_one_line(&document));
        // A copy, and a rule under a new name, have comments that say where they come from.
        let origins: Vec<String> =
            names.iter().filter_map(|n| Some(format!("{}_", n.split_once('_')?.0))).collect();
        names.extend(origins);
        let before = document.clone();
        let undo = match document.apply(&edit) {
            Ok(undo) => undo,
            Err(error) => {
                prop_assert!(may_be_refused(&edit, &error), "{error}\n{edit:?}\n{}", before.text());
                prop_assert_eq!(before.text(), document.text());
                continue;
            }
        };
        let shown =
            || format!("{edit:?}\n--- before\n{}\n--- after\n{}", before.text(), document.text());
        let again = Document::read(document.text().to_owned()).unwrap();
        prop_assert!(again.policy() == document.policy(), "{}", shown());
        let is_line = |d: &Document| without_commas(&others(d, &names));
        if let Edit::SetGroup { field: GroupField::Priority, .. } = edit {
            let changed =
                before.text().lines().zip(document.text().lines()).filter(|(a, b)| a != b).count();
            prop_assert!(changed <= 1, "{}", shown());
        } else {
            prop_assert_eq!(is_line(&before), is_line(&document), "{}", shown());
        }
        if matches!(edit, Edit::MoveRule { .. }) {
            prop_assert_eq!(comments(before.text()), comments(document.text()), "{}", shown());
        }
        let mut back = document.clone();
        let redo = back.apply(&undo).unwrap();
        prop_assert_eq!(back.text(), before.text());
        back.apply(&redo).unwrap();
        prop_assert_eq!(back.text(), document.text());
        undos.push(undo);
    }
    for undo in undos.iter().rev() {
        document.apply(undo).unwrap();
    }
    prop_assert_eq!(document.text(), text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_touch_only_their_lines_and_can_be_undone(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_edits(&bytes)?;
    }
}
