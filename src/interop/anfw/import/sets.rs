//! The named sets of a rule group, its networks, and its references.

use super::importer::{Importer, unknown};
use super::objects::GroupObject;
use crate::interop::draft::{DraftBody, DraftGroup};
use crate::interop::networks;
use crate::interop::report::loss;
use crate::messages::import as say;
use crate::policy::Item;
use crate::suricata::{Variables, addresses, ports};

/// Takes over `RuleVariables` and `ReferenceSets`; for a file of rules, the variables that were given with it.
pub fn sets(object: &GroupObject, group: &mut DraftGroup, to: &mut Importer<'_>) {
    let file = object.file;
    for (name, value) in to.options.rules.vars.iter().filter(|_| object.order.is_some()) {
        let of_ports = ports(value, Variables::none()).is_ok();
        let is_addresses = addresses(value, Variables::none()).is_ok() || !of_ports;
        if name != "HOME_NET" && is_name(name) {
            let sets = if is_addresses { &mut group.ip_sets } else { &mut group.port_sets };
            sets.insert(name.clone(), vec![value.clone()]);
        }
    }
    if let Some(variables) = object.rules.get("RuleVariables") {
        to.others(file, variables, &object.name, &["IPSets", "PortSets"]);
        let none = Item::new(0..0, crate::policy::ItemKind::Null);
        for (name, set) in variables.get("IPSets").unwrap_or(&none).fields() {
            let entries = definition(name, set, file, to);
            match name.as_str() {
                "HOME_NET" => group.home_net = networks(name, &entries, set, file, to),
                "EXTERNAL_NET" => group.external_net = networks(name, &entries, set, file, to),
                _ if is_name(name) && !entries.is_empty() => {
                    unused(name, set, object, group, to);
                    group.ip_sets.insert(name.clone(), entries);
                }
                _ => to.lose((file, &set.span), "bad-set", say::bad_value("IPSets", name)),
            }
        }
        for (name, set) in variables.get("PortSets").unwrap_or(&none).fields() {
            let entries = definition(name, set, file, to);
            if is_name(name) && !entries.is_empty() {
                unused(name, set, object, group, to);
                group.port_sets.insert(name.clone(), entries);
            } else {
                to.lose((file, &set.span), "bad-set", say::bad_value("PortSets", name));
            }
        }
    }
    references(object, group, to);
}

fn references(object: &GroupObject, group: &mut DraftGroup, to: &mut Importer<'_>) {
    let file = object.file;
    let Some(sets) = object.rules.get("ReferenceSets") else { return };
    to.others(file, sets, &object.name, &["IPSetReferences"]);
    for (name, reference) in sets.get("IPSetReferences").map_or(&[][..], Item::fields) {
        let arn = reference.get("ReferenceArn").unwrap_or(reference);
        let written = arn.text().map(str::to_owned).or_else(|| unknown(arn));
        match written.filter(|_| is_name(name)) {
            Some(text) => {
                let arn = known_arn(&text, (file, arn), to);
                group.references.insert(name.clone(), arn);
            }
            None => {
                to.lose((file, &reference.span), "bad-set", say::bad_value("ReferenceArn", name))
            }
        }
    }
}

/// An ARN as a policy takes it: one that only the tool can tell is kept as it is written, so that what hangs on it is not asked as
/// if it were not there.
pub fn known_arn(text: &str, (file, item): (usize, &Item), to: &mut Importer<'_>) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    if unknown(item).is_some() || !clean.starts_with("arn:") {
        to.left_as_written((file, &item.span), &clean);
    }
    if clean.starts_with("arn:") { clean } else { format!("arn:unresolved:{clean}") }
}

/// The entries of a set; says which only the tool can tell.
pub fn definition(name: &str, set: &Item, file: usize, to: &mut Importer<'_>) -> Vec<String> {
    let list = set.get("Definition").unwrap_or(set);
    let mut entries = Vec::new();
    for entry in list.items() {
        let text = entry.text().map(str::trim).filter(|text| !text.is_empty());
        match text.filter(|text| !text.chars().any(char::is_control)) {
            Some(text) => entries.push(text.to_owned()),
            None => {
                let value = unknown(entry).unwrap_or_else(|| "…".to_owned());
                let said = loss("set-incomplete", say::entry_missing(name, &value));
                to.say((file, &entry.span), said.help(say::UNRESOLVED_HELP));
            }
        }
    }
    entries
}

/// The networks that entries mean.
pub fn networks(
    name: &str,
    entries: &[String],
    set: &Item,
    file: usize,
    to: &mut Importer<'_>,
) -> Option<Vec<String>> {
    if entries.is_empty() {
        return None;
    }
    match networks::networks(name, entries) {
        Ok(nets) => {
            if nets != entries {
                to.note((file, &set.span), "written-out", say::written_out(name));
            }
            Some(nets)
        }
        Err(why) => {
            to.lose((file, &set.span), "bad-set", why);
            None
        }
    }
}

/// A name that sets can have in AWS.
///
/// Source: AWS Network Firewall API reference, `RuleVariableName`.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 32
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Says where no rule names a set.
fn unused(name: &str, set: &Item, object: &GroupObject, group: &DraftGroup, to: &mut Importer<'_>) {
    let wanted = format!("${name}");
    let sets = object.rules.get("RuleVariables");
    let others = ["IPSets", "PortSets"].iter().filter_map(|kind| sets?.get(kind));
    let mut texts = others.flat_map(Item::fields).flat_map(|(_, set)| {
        set.get("Definition").map_or(&[][..], Item::items).iter().filter_map(Item::text)
    });
    let named = group.rows.iter().any(|row| match &row.body {
        DraftBody::Hand(text) => text.contains(&wanted),
        DraftBody::List(..) => false,
    });
    if !named && !texts.any(|text| text.contains(&wanted)) {
        let said = say::unused_set(name, &object.name);
        to.note((object.file, &set.span), "unused-set", said);
    }
}
