use ipnet::IpNet;

use super::fields::{Fields, Reader};
use super::policy::named;
use super::rule::{accepts, rule};
use super::variables::{references, variables};
use crate::messages::policy as say;
use crate::policy::fault::fault;
use crate::policy::tree::Node;
use crate::policy::value::{net, priority};
use crate::policy::{At, RuleGroup, Rules};

/// The fields of a rule group, in the order in which they are usually written.
pub const FIELDS: [&str; 11] = [
    "name",
    "priority",
    "note",
    "accept",
    "managed",
    "home_net",
    "external_net",
    "variables",
    "port_sets",
    "references",
    "rules",
];

/// Fields that a group has which others keep: what its rules are asked with is theirs to say.
const OWN: [&str; 6] =
    ["home_net", "external_net", "variables", "port_sets", "references", "rules"];

/// Reads `rule_groups`.
pub fn groups<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Vec<RuleGroup> {
    let nodes = reader.list(node, "rule_groups");
    nodes.iter().filter_map(|node| group(reader, node)).collect()
}

fn group<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<RuleGroup> {
    let of = reader.fields(node, "a rule group", &FIELDS)?;
    let name = named(reader, of, "a rule group");
    let priority = reader.required(of, "a rule group", "priority").and_then(|node| {
        let text = reader.raw(node, "priority")?;
        let value = reader.take(node, priority(text))?;
        Some(At { value, place: node.head(reader.text) })
    });
    let managed = of.get("managed").and_then(|node| reader.line(node, "managed"));
    for field in OWN.iter().filter(|_| managed.is_some()) {
        if let Some(entry) = of.node.entry(reader.text, field) {
            reader.refuse(&entry.key, fault("managed-with-own", say::managed_with_own(field)));
        }
    }
    let home_net = nets(reader, of, "home_net");
    let external_net = nets(reader, of, "external_net");
    let node = match managed {
        Some(_) => None,
        None => reader.required(of, "a rule group", "rules"),
    };
    let nodes = node.map_or(&[][..], |node| reader.list(node, "rules"));
    let rules = Rules::new(nodes.iter().filter_map(|node| rule(reader, node)));
    let note = reader.note(of, "note");
    Some(RuleGroup {
        name: name?,
        priority: priority?,
        rules,
        managed,
        home_net,
        external_net,
        variables: variables(reader, of),
        references: references(reader, of),
        accept: accepts(reader, of),
        note,
    })
}

/// Reads networks that a group has of its own.
fn nets<'a>(reader: &mut Reader<'a>, of: Fields<'a>, field: &str) -> Option<At<Vec<IpNet>>> {
    let node = of.get(field)?;
    let value = reader.values(node, field, net).into_iter().map(|net| net.value).collect();
    Some(At { value, place: node.head(reader.text) })
}
