use super::fields::Reader;
use super::policy::named;
use super::rule::rule;
use crate::messages::policy as say;
use crate::policy::fault::fault;
use crate::policy::tree::Node;
use crate::policy::value::priority;
use crate::policy::{At, RuleGroup};

/// The fields of a rule group, in the order in which they are usually written.
pub const FIELDS: [&str; 7] =
    ["name", "priority", "note", "managed", "home_net", "external_net", "rules"];

/// Fields whose meaning is not evaluated yet: a policy with them would get wrong verdicts.
const NOT_YET: [&str; 2] = ["home_net", "external_net"];

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
    for field in NOT_YET {
        if let Some(node) = of.get(field) {
            reader.refuse(node, fault("not-evaluated-yet", say::not_yet(field)));
        }
    }
    let managed = of.get("managed").and_then(|node| reader.line(node, "managed"));
    if let Some(rules) = of.node.entry(reader.text, "rules").filter(|_| managed.is_some()) {
        reader.refuse(&rules.key, fault("managed-with-rules", say::managed_with_rules()));
    }
    let node = match managed {
        Some(_) => None,
        None => reader.required(of, "a rule group", "rules"),
    };
    let rules = node.map_or_else(Vec::new, |node| {
        let nodes = reader.list(node, "rules");
        nodes.iter().filter_map(|node| rule(reader, node)).collect()
    });
    let note = reader.note(of, "note");
    Some(RuleGroup {
        name: name?,
        priority: priority?,
        rules,
        managed,
        home_net: None,
        external_net: None,
        note,
    })
}
