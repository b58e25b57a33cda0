//! Edits of every kind, made from decisions.

use sekisho::policy::{
    CaseExpect, Document, Edit, EditError, GroupField, Policy, PolicyField, RuleBody, RuleDraft,
    RuleField, RulePlace, SourceField,
};

use super::awkward::Choices;

/// An edit, and the words on the lines that are its business.
pub fn some_edit(
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
    let name = &policy.rule_groups[group].name.value;
    let (field, value, touched) = match choices.below(5) {
        // Cases that name one of its rules follow.
        3 => {
            let new = format!("grp{step}n");
            let own =
                [name, &new].into_iter().flat_map(|n| [format!("name: {n}"), format!("{n}/")]);
            (GroupField::Name, new.clone(), own.collect())
        }
        4 => {
            let note = ["why: 関所 # really", "", "two\nlines"][choices.below(3)].to_owned();
            (
                GroupField::Note,
                note,
                vec![
                    "note:".to_owned(),
                    "  why: 関".to_owned(),
                    "two".to_owned(),
                    "  lines".to_owned(),
                    line,
                ],
            )
        }
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
    let (field, value, own) = match choices.below(5) {
        4 => (
            PolicyField::Name,
            ["関の東", "関所: two"][choices.below(2)],
            ["name: 関", "name: \"関"],
        ),
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

/// The only refusal of an edit that is made here: a rule that a case names is not deleted.
pub fn may_be_refused(edit: &Edit, error: &EditError) -> bool {
    matches!(edit, Edit::RemoveRule { .. }) && error.to_string().contains("decides")
}
