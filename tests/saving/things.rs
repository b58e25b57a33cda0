//! Edits of what stands beside the rules, made from decisions.

use sekisho::policy::{Document, Edit, Field, Policy, StatelessPlace, Thing};

use super::awkward::Choices;

/// An edit, and the words on the lines that are its business.
pub fn some_thing(
    document: &Document,
    choices: &mut Choices<'_>,
    step: usize,
) -> Option<(Edit, Vec<String>)> {
    let policy = document.policy();
    match choices.below(6) {
        0 => source(policy, choices, step),
        1 => list(policy, choices, step),
        2 => set(policy, choices, step),
        3 => reference(policy, choices, step),
        4 => group(policy, choices, step),
        _ => stateless(policy, choices, step),
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn rename(thing: Thing, new: &str) -> Edit {
    Edit::Set { thing, fields: vec![(Field::Name, Some(new.to_owned()))] }
}

fn add(thing: Thing, fields: &[(Field, &str)]) -> Edit {
    Edit::Add { thing, fields: fields.iter().map(|(f, text)| (*f, (*text).to_owned())).collect() }
}

/// The words on every line between the head of a source and the next.
pub fn source_words(name: &str) -> Vec<String> {
    let mut own = owned(&["src_a", "172.16.", "10.1.0.0", "    of: ", "    account: ", "note: |"]);
    own.push(format!("  {name}:"));
    own
}

/// The words on every line of a domain list.
pub fn list_words(name: &str) -> Vec<String> {
    let mut own =
        owned(&[".l1", ".L1", "l2", "l3", "l5", "l6", "l7", "lst_l", "x.example", "X.example"]);
    own.push(format!("  {name}: ["));
    own.push(format!("  {name}: #"));
    own
}

fn source(policy: &Policy, choices: &mut Choices<'_>, step: usize) -> Option<(Edit, Vec<String>)> {
    let at = choices.below(policy.sources.len());
    let old = policy.sources.get(at)?.name.value.clone();
    let new = format!("s{step}");
    let mut own = source_words(&old);
    own.push(format!("  {new}:"));
    own.push("# between".to_owned());
    let thing = Thing::Source(at);
    Some(match choices.below(3) {
        0 => {
            let fields = [
                (Field::Name, new.as_str()),
                (Field::Cidrs, "10.2.7.0/24, 10.2.8.1"),
                (Field::Note, "a: note"),
            ];
            (add(Thing::Source(policy.sources.len()), &fields), own)
        }
        1 => {
            // Sources and rules may name it.
            own.extend(owned(&["of:", "from:", "to:"]));
            (rename(thing, &new), own)
        }
        _ => (Edit::Remove { thing }, own),
    })
}

fn list(policy: &Policy, choices: &mut Choices<'_>, step: usize) -> Option<(Edit, Vec<String>)> {
    let at = choices.below(policy.domain_lists.len());
    let old = policy.domain_lists.get(at)?.name.value.clone();
    let new = format!("l{step}");
    let mut own = list_words(&old);
    own.push(format!("  {new}:"));
    let thing = Thing::List(at);
    Some(match choices.below(3) {
        0 => {
            let fields = [(Field::Name, new.as_str()), (Field::Names, "x.example, *.y.example")];
            (add(Thing::List(policy.domain_lists.len()), &fields), own)
        }
        1 => {
            // Rules may name it.
            own.push("list:".to_owned());
            (rename(thing, &new), own)
        }
        _ => (Edit::Remove { thing }, own),
    })
}

fn set(policy: &Policy, choices: &mut Choices<'_>, step: usize) -> Option<(Edit, Vec<String>)> {
    let owner = (choices.yes() && !policy.rule_groups.is_empty())
        .then(|| choices.below(policy.rule_groups.len()));
    let of = owner.map_or(&policy.variables, |at| &policy.rule_groups[at].variables);
    let new = format!("NEW_{step}");
    // A set in the rules of a group: each of its lines has the group's sets on it.
    let own = owned(&[
        "NEW_",
        "var_in",
        "prt_web",
        "variables:",
        "10.1.9.",
        "- 443",
        "8000-8010",
        "8005",
        "port_sets:",
        "10.1.2.0",
        "10.1.0.0",
        "$IN",
        "$WEB",
        "  IN:",
        "  WEB:",
    ]);
    let ip = choices.yes();
    let sets = if ip { &of.ip_sets } else { &of.port_sets };
    let thing =
        |name: String| if ip { Thing::IpSet(owner, name) } else { Thing::PortSet(owner, name) };
    let entries = if ip { "10.1.0.0/16, !10.1.9.0/24" } else { "443, 8000-8010, !8005" };
    let old = sets.keys().nth(choices.below(sets.len())).cloned();
    Some(match (choices.below(4), old) {
        (0, _) | (_, None) => {
            (add(thing(new.clone()), &[(Field::Name, &new), (Field::Entries, entries)]), own)
        }
        (1, Some(old)) => (rename(thing(old), &new), own),
        (2, Some(old)) => {
            let fields = vec![(Field::Entries, Some(entries.to_owned()))];
            (Edit::Set { thing: thing(old), fields }, own)
        }
        (_, Some(old)) => (Edit::Remove { thing: thing(old) }, own),
    })
}

fn reference(
    policy: &Policy,
    choices: &mut Choices<'_>,
    step: usize,
) -> Option<(Edit, Vec<String>)> {
    let at = choices.below(policy.rule_groups.len());
    let references = &policy.rule_groups.get(at)?.references;
    let new = format!("REF_{step}");
    let own = owned(&["REF_", "references:"]);
    let old = references.keys().nth(choices.below(references.len())).cloned();
    let arn = "arn:aws:ec2:eu-west-1:111122223333:prefix-list/pl-1";
    Some(match (choices.below(4), old) {
        (0, _) | (_, None) => {
            let mut fields = vec![(Field::Name, new.as_str()), (Field::Arn, arn)];
            if choices.yes() {
                fields.push((Field::ModelledAs, "203.0.113.0/24"));
            }
            (add(Thing::Reference(at, new.clone()), &fields), own)
        }
        (1, Some(old)) => (rename(Thing::Reference(at, old), &new), own),
        (2, Some(old)) => {
            let nets = choices.yes().then(|| "203.0.113.7, 2001:db8::/32".to_owned());
            let fields = vec![(Field::ModelledAs, nets)];
            (Edit::Set { thing: Thing::Reference(at, old), fields }, own)
        }
        (_, Some(old)) => (Edit::Remove { thing: Thing::Reference(at, old) }, own),
    })
}

fn group(policy: &Policy, choices: &mut Choices<'_>, step: usize) -> Option<(Edit, Vec<String>)> {
    let at = choices.below(policy.rule_groups.len() + 1);
    if choices.yes() {
        let name = format!("grp{step}n");
        let priority = (2_000 + step).to_string();
        let mut fields = vec![(Field::Name, name.as_str()), (Field::Priority, &priority)];
        if choices.yes() {
            fields.push((Field::Managed, "arn:aws:network-firewall:eu-west-1:aws-managed:x"));
        }
        let own = vec![name.clone(), format!("priority: {priority}"), "managed:".to_owned()];
        return Some((add(Thing::Group(at), &fields), own));
    }
    let group = policy.rule_groups.get(at)?;
    let mut own = vec![
        format!("name: {}", group.name.value),
        format!("# {}", group.name.value),
        format!("group{} heading", group.name.value.trim_start_matches('g')),
        format!("priority: {}", group.priority.value),
    ];
    own.extend(owned(&[
        "note:",
        "  why: ",
        "two",
        "  lines",
        "its rules",
        "managed:",
        "home_net",
        "external_net",
        "NEW_",
        "REF_",
        // What its last set or reference left behind.
        "    variables: {}",
        "    port_sets: {}",
        "    references: {}",
    ]));
    own.extend(group.rules.iter().map(|rule| rule.name.value.clone()));
    own.extend(
        group.rules.iter().filter_map(|r| Some(format!("{}_", r.name.value.split_once('_')?.0))),
    );
    Some((Edit::Remove { thing: Thing::Group(at) }, own))
}

/// The first test of flags of an awkward file, which has a comment on each of its lines.
pub const FIRST_FLAGS: &str = "SYN/SYN+ACK";

fn stateless(
    policy: &Policy,
    choices: &mut Choices<'_>,
    step: usize,
) -> Option<(Edit, Vec<String>)> {
    let groups = &policy.stateless.rule_groups;
    let group = choices.below(groups.len());
    let rows = groups.get(group).map_or(0, |group| group.rules.len());
    let place = StatelessPlace { group, rule: choices.below(rows) };
    let new = format!("w1{step}n");
    let own = owned(&[
        "stateless",
        "from:",
        "to:",
        "ports:",
        "protocols:",
        "flags",
        "note:",
        "sls",
        "action:",
        "default_action",
        "name: w",
        "  w",
        "priority: 7",
        "grp_s",
        "rule_groups: [",
        "/w",
    ]);
    Some(match choices.below(6) {
        0 => {
            let field = [Field::DefaultAction, Field::FragmentDefaultAction][choices.below(2)];
            let text = ["drop", "aws:pass", ""][choices.below(3)].to_owned();
            let text = Some(text).filter(|text| !text.is_empty());
            (Edit::Set { thing: Thing::Stateless, fields: vec![(field, text)] }, own)
        }
        1 => {
            let priority = (700 + step).to_string();
            let name = format!("w1{step}group");
            let fields = [(Field::Name, name.as_str()), (Field::Priority, &priority)];
            (add(Thing::StatelessGroup(groups.len()), &fields), own)
        }
        2 if !groups.is_empty() => {
            let at = StatelessPlace { group, rule: choices.below(rows + 1) };
            let fields = [
                (Field::Name, new.as_str()),
                (Field::Action, "drop"),
                (Field::From, "any"),
                (Field::Protocols, "tcp"),
                (Field::Ports, "443, 8000-8010"),
                (Field::TcpFlags, "SYN/SYN+ACK, none/FIN"),
            ];
            (add(Thing::StatelessRow(at), &fields), own)
        }
        3 if rows > 0 => {
            let mut fields = vec![(Field::Action, Some("forward_to_sfe".to_owned()))];
            fields.push((
                Field::To,
                Some(
                    ["any", "203.0.113.9", "10.0.0.0/8, 203.0.113.0/24"][choices.below(3)]
                        .to_owned(),
                ),
            ));
            if choices.yes() {
                fields.push((Field::Protocols, Some("6".to_owned())));
                fields.push((Field::SourcePorts, choices.yes().then(|| "1024-65535".to_owned())));
                let flags =
                    ["", "SYN", FIRST_FLAGS, "SYN/SYN+ACK, RST, none/FIN"][choices.below(4)];
                let flags = Some(flags.to_owned()).filter(|flags| !flags.is_empty());
                fields.push((Field::TcpFlags, flags));
            }
            fields.push((Field::Note, choices.yes().then(|| "why".to_owned())));
            (Edit::Set { thing: Thing::StatelessRow(place), fields }, own)
        }
        4 if rows > 0 => (rename(Thing::StatelessRow(place), &new), own),
        5 if rows > 0 => (Edit::Remove { thing: Thing::StatelessRow(place) }, own),
        _ => {
            (!groups.is_empty()).then_some(())?;
            (rename(Thing::StatelessGroup(group), &format!("w1{step}group")), own)
        }
    })
}
