//! Reads `stateless`: the groups that are asked packet by packet before the stateful rules.

use std::collections::{HashMap, HashSet};

use super::fields::{Fields, Reader};
use super::policy::named;
use super::rule::{flag, reserved};
use crate::messages::policy as say;
use crate::net::{FlagTest, StatelessAction, TCP_FLAGS, flag_names};
use crate::policy::fault::{Fault, fault};
use crate::policy::tree::{Kind, Node};
use crate::policy::value::{closest, endpoint, ip_protocol, port_range, priority, word};
use crate::policy::{At, Endpoint, Stateless, StatelessGroup, StatelessRow};

/// The fields of `stateless`, in the order in which they are usually written.
pub const FIELDS: [&str; 3] = ["default_action", "fragment_default_action", "rule_groups"];
/// Those of a stateless group.
pub const GROUP_FIELDS: [&str; 4] = ["name", "priority", "note", "rules"];
/// Those of a stateless rule.
pub const ROW_FIELDS: [&str; 13] = [
    "name",
    "priority",
    "enabled",
    "action",
    "from",
    "to",
    "protocols",
    "source_ports",
    "ports",
    "tcp_flags",
    "owner",
    "ticket",
    "note",
];
/// What AWS has and this program does not keep, with what it is called there.
const METRICS: [&str; 3] = ["custom_actions", "custom_action", "metric"];

const TCP: u8 = 6;
const UDP: u8 = 17;

/// Reads `stateless`.
pub fn stateless<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Stateless {
    let Some(of) = fields(reader, node, "`stateless`", &FIELDS) else {
        return Stateless::default();
    };
    let action = |reader: &mut Reader<'a>, field| {
        let text = of.get(field).and_then(|node| Some((node, reader.text(node, field)?)));
        text.and_then(|(node, text)| reader.take(node, action(text))).unwrap_or_default()
    };
    Stateless {
        default_action: action(reader, "default_action"),
        fragment_default_action: action(reader, "fragment_default_action"),
        rule_groups: of.get("rule_groups").map_or_else(Vec::new, |node| {
            let nodes = reader.list(node, "rule_groups");
            nodes.iter().filter_map(|node| group(reader, node)).collect()
        }),
    }
}

/// Reads a mapping; fields for custom actions are refused with their reason.
fn fields<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    what: &str,
    known: &[&'static str],
) -> Option<Fields<'a>> {
    let metric = METRICS.into_iter().find_map(|name| node.entry(reader.text, name));
    match metric {
        Some(entry) => {
            let name = entry.key.text(reader.text).unwrap_or_default();
            reader.refuse(&entry.key, fault("not-kept", say::no_metrics(name)));
            None
        }
        None => reader.fields(node, what, known),
    }
}

fn group<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<StatelessGroup> {
    const WHAT: &str = "a stateless group";
    let of = fields(reader, node, WHAT, &GROUP_FIELDS)?;
    let name = named(reader, of, WHAT);
    let priority = reader.required(of, WHAT, "priority").and_then(|n| priority_at(reader, n));
    let rules = reader.required(of, WHAT, "rules").map_or_else(Vec::new, |node| {
        let nodes = reader.list(node, "rules");
        nodes.iter().filter_map(|node| row(reader, node)).collect()
    });
    priorities(reader, &rules);
    let note = reader.note(of, "note");
    Some(StatelessGroup { name: name?, priority: priority?, rules, note })
}

fn priority_at<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<At<u32>> {
    let text = reader.raw(node, "priority")?;
    let value = reader.take(node, priority(text))?;
    Some(At { value, place: node.head(reader.text) })
}

/// Either every row of a group says its priority, or none does.
fn priorities(reader: &mut Reader<'_>, rules: &[StatelessRow]) {
    let mut seen: HashMap<u32, &str> = HashMap::new();
    for row in rules {
        let Some(at) = &row.priority else { continue };
        if let Some(other) = seen.insert(at.value, &row.name.value) {
            let said = say::same_priority(at.value, other);
            reader.faults.add(fault("duplicate-priority", said), at.place.clone());
        }
    }
    if let Some(row) = rules.iter().find(|row| row.priority.is_none() && !seen.is_empty()) {
        let said = say::some_priorities(&row.name.value);
        reader.faults.add(fault("missing-priority", said), row.name.place.clone());
    }
}

fn row<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<StatelessRow> {
    const WHAT: &str = "a stateless rule";
    let of = fields(reader, node, WHAT, &ROW_FIELDS)?;
    let name = named(reader, of, WHAT);
    reserved(reader, of);
    let action = reader.required(of, WHAT, "action").and_then(|node| {
        let text = reader.text(node, "action")?;
        reader.take(node, action(text))
    });
    let (from, to) = (ends(reader, of, "from"), ends(reader, of, "to"));
    if of.get("from").is_none() && of.get("to").is_none() {
        reader.refuse(of.node, fault("missing-field", say::no_ends()));
    }
    let protocols = protocols(reader, of);
    let row = StatelessRow {
        priority: of.get("priority").and_then(|node| priority_at(reader, node)),
        enabled: flag(reader, of, "enabled").unwrap_or(true),
        action: action?,
        from,
        to,
        source_ports: ports(reader, of, "source_ports", &protocols),
        ports: ports(reader, of, "ports", &protocols),
        tcp_flags: tcp_flags(reader, of, &protocols),
        protocols,
        note: reader.note(of, "note"),
        ticket: of.get("ticket").and_then(|node| reader.line(node, "ticket")),
        owner: of.get("owner").and_then(|node| reader.line(node, "owner")),
        place: node.place(),
        name: name?,
    };
    Some(row)
}

/// Reads an action of a stateless rule.
pub fn action(text: &str) -> Result<StatelessAction, Fault> {
    if matches!(text, "reject" | "alert") {
        return Err(fault("unknown-word", say::no_such_action(text)));
    }
    let names = StatelessAction::ALL.map(StatelessAction::word);
    let bare = text.strip_prefix("aws:").unwrap_or(text);
    let bare = if bare == "forward_to_sfe" { "forward" } else { bare };
    word("stateless action", bare, &names, |t| {
        StatelessAction::ALL.into_iter().find(|action| action.word() == t)
    })
}

/// Reads `from` or `to`; `any` is no entry at all.
fn ends<'a>(reader: &mut Reader<'a>, of: Fields<'a>, field: &str) -> Vec<At<Endpoint>> {
    let Some(node) = of.get(field) else { return Vec::new() };
    let mut ends: Vec<At<Endpoint>> = Vec::new();
    let mut seen: HashSet<Endpoint> = HashSet::new();
    for end in reader.values(node, field, end) {
        if !seen.insert(end.value.clone()) {
            let said = say::twice("entry", &end.value.to_string());
            reader.faults.add(fault("twice", said), end.place);
        } else {
            ends.push(end);
        }
    }
    if ends.len() > 1 && seen.contains(&Endpoint::Any) {
        reader.refuse(node, fault("any-beside-others", say::any_beside_others(field)));
    }
    ends.retain(|end| end.value != Endpoint::Any);
    ends
}

/// Reads an entry of `from` or `to` of a stateless rule.
pub fn end(text: &str) -> Result<Endpoint, Fault> {
    let is_name = text.starts_with("list:") || text.starts_with("regex:") || text.contains("://");
    if is_name || text.starts_with(['.', '*']) {
        return Err(fault("names-not-seen", say::no_names(text)));
    }
    endpoint(text)
}

fn protocols<'a>(reader: &mut Reader<'a>, of: Fields<'a>) -> Vec<u8> {
    let Some(node) = of.get("protocols") else { return Vec::new() };
    let mut protocols = Vec::new();
    for item in reader.one_or_more(node, "protocols") {
        let Some(text) = reader.raw(item, "protocols") else { continue };
        let Some(number) = reader.take(item, ip_protocol(text)) else { continue };
        if protocols.contains(&number) {
            reader.refuse(item, fault("twice", say::twice("protocol", text)));
        } else {
            protocols.push(number);
        }
    }
    protocols
}

fn ports<'a>(
    reader: &mut Reader<'a>,
    of: Fields<'a>,
    field: &str,
    protocols: &[u8],
) -> Vec<(u16, u16)> {
    let Some(node) = of.get(field) else { return Vec::new() };
    if protocols.is_empty() || protocols.iter().any(|p| ![TCP, UDP].contains(p)) {
        reader.refuse(node, fault("ports-without-protocol", say::ports_need(field)));
    }
    let mut ports = Vec::new();
    for item in reader.one_or_more(node, field) {
        let Some(text) = reader.raw(item, field) else { continue };
        ports.extend(reader.take(item, port_range(text)));
    }
    ports
}

fn tcp_flags<'a>(reader: &mut Reader<'a>, of: Fields<'a>, protocols: &[u8]) -> Vec<FlagTest> {
    let Some(node) = of.get("tcp_flags") else { return Vec::new() };
    if protocols != [TCP] {
        reader.refuse(node, fault("flags-without-tcp", say::flags_need_tcp()));
    }
    let nodes = reader.one_or_more(node, "tcp_flags");
    nodes.iter().filter_map(|node| flag_test(reader, node)).collect()
}

fn flag_test<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<FlagTest> {
    const WHAT: &str = "an entry of `tcp_flags`";
    let of = reader.fields(node, WHAT, &["flags", "masks"])?;
    let node_of_flags = reader.required(of, WHAT, "flags")?;
    let set = flags(reader, node_of_flags, "flags");
    // AWS: without masks all flags are looked at.
    let masks = of.get("masks").map_or(u8::MAX, |node| flags(reader, node, "masks"));
    let outside = set & !masks;
    if outside != 0 {
        let said = say::flags_outside_masks(&flag_names(outside));
        reader.refuse(node, fault("flags-outside-masks", said));
    }
    Some(FlagTest { flags: set, masks })
}

fn flags<'a>(reader: &mut Reader<'a>, node: &'a Node, field: &str) -> u8 {
    let items = match &node.kind {
        // No flag may be set: an empty list says something here.
        Kind::List { items, .. } => items,
        _ => std::slice::from_ref(node),
    };
    let mut bits = 0;
    for item in items {
        let Some(text) = reader.text(item, field) else { continue };
        let found = TCP_FLAGS.iter().find(|(name, _)| *name == text);
        match found {
            Some((_, bit)) => bits |= bit,
            None => {
                let names = TCP_FLAGS.map(|(name, _)| name);
                let meant = closest(text, names.into_iter());
                let said = say::unknown_word("TCP flag", text, &names, meant);
                reader.refuse(item, fault("unknown-word", said));
            }
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use crate::net::{FlagTest, StatelessAction};
    use crate::policy::{Endpoint, StatelessRow};
    use crate::policy::{fault::Faults, read::policy, tree::tree};

    fn row(fields: &str) -> StatelessRow {
        let text = format!(
            "sekisho: 1\nname: t\nhome_net: [10.0.0.0/8]\nrule_groups: []\nsources: {{office: {{cidrs: [10.1.0.0/16]}}}}\n\
             stateless: {{default_action: aws:drop, rule_groups: [{{name: g, priority: 1, rules: [{{name: r, {fields}}}]}}]}}\n"
        );
        let mut faults = Faults::default();
        let tree = tree(&text, &mut faults).unwrap();
        let policy = policy(&tree.root, &text, &mut faults).unwrap();
        assert_eq!(policy.stateless.default_action, StatelessAction::Drop);
        assert_eq!(policy.stateless.fragment_default_action, StatelessAction::Forward);
        policy.stateless.rule_groups[0].rules[0].clone()
    }

    #[test]
    fn any_is_no_entry_and_lists_keep_their_entries() {
        let read = row(
            "action: forward, from: any, to: [office, 203.0.113.5], protocols: [6, udp], ports: [443, 440-450]",
        );
        let to: Vec<&Endpoint> = read.to.iter().map(|at| &at.value).collect();
        assert!(read.from.is_empty() && read.enabled && read.priority.is_none());
        assert_eq!(to[0], &Endpoint::Source("office".to_owned()));
        assert_eq!(read.protocols, [6, 17]);
        assert_eq!(read.ports, [(443, 443), (440, 450)]);
    }

    #[test]
    fn without_masks_all_flags_are_looked_at() {
        let flags = "{flags: [SYN]}, {flags: [SYN], masks: [SYN, ACK]}, {flags: [], masks: FIN}";
        let read = row(&format!("action: pass, to: any, protocols: tcp, tcp_flags: [{flags}]"));
        let test = |flags, masks| FlagTest { flags, masks };
        assert_eq!(read.tcp_flags, [test(2, 255), test(2, 18), test(0, 1)]);
    }
}
