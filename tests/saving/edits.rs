//! Edits of every kind, made from decisions.

use sekisho::policy::{
    Batch, Document, Edit, EditError, Field, Policy, RuleBody, RuleDraft, RuleField, RulePlace,
    Thing,
};

use super::awkward::Choices;
use super::things::{list_words, some_thing, source_words};

/// An edit, and the words on the lines that are its business.
pub fn some_edit(
    document: &Document,
    choices: &mut Choices<'_>,
    step: usize,
) -> Option<(Edit, Vec<String>)> {
    let policy = document.policy();
    if policy.rule_groups.is_empty() {
        return some_thing(document, choices, step);
    }
    let group = choices.below(policy.rule_groups.len());
    let count = policy.rule_groups[group].rules.len();
    let at = RulePlace { group, rule: choices.below(count) };
    let name = |at: RulePlace| policy.rule(at).map(|rule| rule.name.value.clone());
    let kind = choices.below(26);
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
            let mut names = lines_without_a_name(policy, &[at]);
            names.push(copy.clone());
            (Edit::DuplicateRule { at, name: copy }, names)
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
            (new_case(policy, choices, step, by), vec![format!("new case: {step}")])
        }
        12 => set_policy(choices),
        13 => set_source(policy, choices)?,
        14 => set_list(policy, choices)?,
        16..=19 => some_marked(policy, choices, kind)?,
        15 => {
            let case = choices.below(policy.cases.len());
            let by = policy.cases.get(case)?.by.clone()?;
            let rule = by.rsplit('/').next().unwrap().to_owned();
            (
                Edit::Remove { thing: Thing::Case(case) },
                vec![rule, policy.cases[case].name.value.clone()],
            )
        }
        _ => return some_thing(document, choices, step),
    })
}

fn new_case(policy: &Policy, choices: &mut Choices<'_>, step: usize, by: Option<String>) -> Edit {
    let dst = choices.yes().then(|| "203.0.113.7".to_owned());
    let fields = [
        (Field::Name, format!("new case: {step}")),
        (Field::From, "10.1.1.1".to_owned()),
        (Field::Url, "https://z.example/?a=b#c".to_owned()),
        (Field::Dst, dst.unwrap_or_default()),
        (Field::Expect, "drop".to_owned()),
        (Field::By, by.unwrap_or_default()),
    ];
    Edit::Add { thing: Thing::Case(policy.cases.len()), fields: fields.to_vec() }
}

/// Lines of rules that a copy of them has too, and that do not name them: an edit before may have taken the names out of a
/// rule by hand.
fn lines_without_a_name(policy: &Policy, rules: &[RulePlace]) -> Vec<String> {
    let mut lines = vec!["enabled: false".to_owned(), "suricata: |".to_owned()];
    for rule in rules.iter().filter_map(|at| policy.rule(*at)) {
        if let RuleBody::Suricata(hand) = &rule.body {
            let own = hand.text.lines().map(|line| line.trim().to_owned());
            lines.extend(own.filter(|line| !line.is_empty()));
        }
    }
    lines
}

/// Rules that are marked together, in the order of the list, and what is done with all of them.
fn some_marked(
    policy: &Policy,
    choices: &mut Choices<'_>,
    kind: usize,
) -> Option<(Edit, Vec<String>)> {
    let mut rules = Vec::new();
    for (group, one) in policy.rule_groups.iter().enumerate() {
        let places = (0..one.rules.len()).map(|rule| RulePlace { group, rule });
        rules.extend(places.filter(|_| choices.yes()));
    }
    let group = choices.below(policy.rule_groups.len());
    let others = (0..policy.rule_groups[group].rules.len())
        .filter(|rule| !rules.contains(&RulePlace { group, rule: *rule }));
    let to = RulePlace { group, rule: choices.below(others.count() + 1) };
    let mut names: Vec<String> =
        rules.iter().map(|at| policy.rule(*at).unwrap().name.value.clone()).collect();
    names.extend(lines_without_a_name(policy, &rules));
    let edit = match kind {
        16 => Edit::move_rules(policy, &rules, to)?,
        17 => Edit::copy_rules(policy, &rules, to)?,
        18 => match choices.below(3) {
            0 => Edit::remove_rules(&rules)?,
            on => Edit::switch_rules(policy, &rules, on == 1)?,
        },
        _ => {
            let mut order: Vec<usize> = (0..policy.rule_groups.len()).collect();
            let by = choices.below(order.len());
            order.rotate_left(by);
            names = vec!["priority: ".to_owned()];
            Edit::space_groups(policy, &order)?
        }
    };
    names.extend(copies(&edit));
    Some((edit, names))
}

/// The names that copies of marked rules get.
fn copies(edit: &Edit) -> Vec<String> {
    match edit {
        Edit::DuplicateRule { name, .. } => vec![name.clone()],
        Edit::Several { edits, .. } => edits.iter().flat_map(copies).collect(),
        _ => Vec::new(),
    }
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
            (Field::Name, new.clone(), own.collect())
        }
        4 => {
            let note = ["why: 関所 # really", "", "two\nlines"][choices.below(3)].to_owned();
            (
                Field::Note,
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
        0 => (Field::HomeNet, "10.9.0.0/16".to_owned(), vec!["home_net".to_owned(), line]),
        1 => {
            let nets = ["192.168.0.0/16, 2001:db8::/32", ""][choices.below(2)].to_owned();
            (Field::ExternalNet, nets, vec!["external_net".to_owned(), line])
        }
        _ => (Field::Priority, format!("{}", 1_000 + step), vec![line]),
    };
    (Edit::Set { thing: Thing::Group(group), fields: vec![(field, Some(value))] }, touched)
}

fn set_policy(choices: &mut Choices<'_>) -> (Edit, Vec<String>) {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let (field, value, own): (Field, &str, &[&str]) = match choices.below(5) {
        4 => (Field::Name, ["関の東", "関所: two"][choices.below(2)], &["name: 関", "name: \"関"]),
        0 => (
            Field::DefaultActions,
            ["", "drop_strict, alert_strict", "drop_established", "alert_strict"][choices.below(4)],
            &["default_actions", "alert_strict", "drop_strict", "drop_established"],
        ),
        1 => (
            Field::HomeNet,
            ["10.0.0.0/8", "10.0.0.0/8, 172.16.0.0/12"][choices.below(2)],
            &["home_net", "192.168.0.0/16"],
        ),
        2 => (Field::RuleOrder, ["", "strict"][choices.below(2)], &["rule_order"]),
        _ => (
            Field::StreamExceptionPolicy,
            ["", "reject", "continue"][choices.below(3)],
            &["stream_exception_policy"],
        ),
    };
    let edit = Edit::Set { thing: Thing::Policy, fields: vec![(field, text(value))] };
    (edit, own.iter().map(|&word| word.to_owned()).collect())
}

fn set_list(policy: &Policy, choices: &mut Choices<'_>) -> Option<(Edit, Vec<String>)> {
    let own = list_words(&policy.domain_lists.first()?.name.value);
    let names = [
        "x.example",
        "x.example, .l1.example, new.l5.example",
        "new.l6.example, *.l2.example, x.example",
        "*.l3.example",
        "X.example, *.l3.example, .l7.example",
    ][choices.below(5)];
    let fields = vec![(Field::Names, Some(names.to_owned()))];
    Some((Edit::Set { thing: Thing::List(0), fields }, own))
}

fn set_source(policy: &Policy, choices: &mut Choices<'_>) -> Option<(Edit, Vec<String>)> {
    let name = &policy.sources.first()?.name.value;
    let mut fields = Vec::new();
    let cidrs = ["172.16.1.1", "10.1.0.0/16, 172.16.3.0/24", "172.16.2.0/24, 172.16.9.9"];
    fields.push((Field::Cidrs, Some(cidrs[choices.below(3)].to_owned())));
    if choices.yes() {
        fields.push((Field::Except, choices.yes().then(|| "172.16.1.128/25".to_owned())));
    }
    if choices.yes() && name == "a" && policy.source("b").is_some() {
        fields.push((Field::Of, choices.yes().then(|| "b".to_owned())));
    }
    if choices.yes() {
        fields.push((Field::Account, choices.yes().then(|| "012345678901".to_owned())));
        fields.push((Field::Owner, None));
        fields.push((Field::Note, choices.yes().then(|| "src_a: text".to_owned())));
    }
    Some((Edit::Set { thing: Thing::Source(0), fields }, source_words(name)))
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
        let accept = ["a because b", "\"a because \"\"b\"\", c: d # e\", f because 関所", ""]
            [choices.below(3)];
        fields.push((RuleField::Accept, Some(accept.to_owned()).filter(|a| !a.is_empty())));
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

/// The only refusals of edits that are made here: what something names is not deleted, a set whose name has another
/// meaning elsewhere is not renamed, a name that a later file needs is taken.
pub fn may_be_refused(edit: &Edit, error: &EditError) -> bool {
    let error = error.to_string();
    let says = |words: &[&str]| words.iter().any(|why| error.contains(why));
    match edit {
        Edit::RemoveRule { .. } | Edit::Several { what: Batch::Remove(_), .. } => {
            says(&["decides"])
        }
        Edit::Remove { .. } => says(&["is used by"]),
        Edit::Set { fields, .. } if fields[0].0 == Field::Name => says(&["another set"]),
        Edit::Set { .. } => says(&["managed group"]) || is_of_row(edit) && says(&["TCP"]),
        Edit::MoveRule { .. } | Edit::Several { .. } => says(&["no rules of its own"]),
        Edit::InsertRule { .. } | Edit::SetRule { .. } => {
            says(&["no rules of its own", "no source", "no domain list"])
        }
        Edit::Add { .. } => says(&["managed group"]),
        Edit::DuplicateRule { .. } | Edit::Splice { .. } => false,
    }
}

/// Fields of a row may not go together: ports without TCP, flags without it.
fn is_of_row(edit: &Edit) -> bool {
    matches!(edit, Edit::Set { thing: Thing::StatelessRow(_), .. })
}
