use std::collections::BTreeMap;

use super::fields::{Fields, Reader};
use crate::messages::policy as say;
use crate::policy::fault::fault;
use crate::policy::tree::{Kind, Node};
use crate::policy::value::{free, net};
use crate::policy::{At, NamedSet, Reference, Variables};

/// The fields of a reference, where it is more than its ARN.
pub const REFERENCE_FIELDS: [&str; 2] = ["arn", "modelled_as"];

/// The longest name of a variable, as AWS has it.
const LONGEST: usize = 32;

/// Reads `variables` and `port_sets`, of a policy or of a rule group.
pub fn variables<'a>(reader: &mut Reader<'a>, of: Fields<'a>) -> Variables {
    Variables {
        ip_sets: sets(reader, of, "variables", str::to_owned),
        port_sets: sets(reader, of, "port_sets", port_entry),
    }
}

fn sets<'a>(
    reader: &mut Reader<'a>,
    of: Fields<'a>,
    field: &str,
    entry: impl Fn(&str) -> String,
) -> BTreeMap<String, NamedSet> {
    let mut sets = BTreeMap::new();
    let Some(node) = of.get(field) else { return sets };
    for (name, key, value) in reader.named(node, field) {
        variable_name(reader, name, key);
        let entries = reader.one_or_more(value, name).iter().filter_map(|item| {
            let text = reader.raw(item, name)?;
            reader.take(item, free(name, text, false))?;
            Some(entry(text))
        });
        let value = entries.collect();
        sets.insert(name.to_owned(), At { value, place: key.head(reader.text) });
    }
    sets
}

/// Reads `references`: a name and its ARN, or fields with it.
pub fn references<'a>(reader: &mut Reader<'a>, of: Fields<'a>) -> BTreeMap<String, Reference> {
    let mut references = BTreeMap::new();
    let Some(node) = of.get("references") else { return references };
    for (name, key, value) in reader.named(node, "references") {
        variable_name(reader, name, key);
        let fields = matches!(value.kind, Kind::Map { .. })
            .then(|| reader.fields(value, "a reference", &REFERENCE_FIELDS))
            .flatten();
        let arn = match fields {
            Some(fields) => reader.required(fields, "a reference", "arn"),
            None => Some(value),
        };
        let Some(text) = arn.and_then(|node| arn_text(reader, node)) else { continue };
        let modelled_as = fields.and_then(|fields| fields.get("modelled_as")).map(|node| {
            reader.values(node, "modelled_as", net).into_iter().map(|net| net.value).collect()
        });
        let place = key.head(reader.text);
        references.insert(name.to_owned(), Reference { arn: text, modelled_as, place });
    }
    references
}

fn arn_text<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<String> {
    let text = reader.line(node, "arn")?;
    if !text.starts_with("arn:") {
        reader.refuse(node, fault("not-an-arn", say::not_an_arn(&text)));
        return None;
    }
    Some(text)
}

/// Refuses a name that AWS would refuse, or that follows from other fields.
fn variable_name(reader: &mut Reader<'_>, name: &str, key: &Node) {
    let fits = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= LONGEST
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !fits {
        reader.refuse(key, fault("bad-name", say::bad_variable(name)));
    } else if matches!(name, "HOME_NET" | "EXTERNAL_NET") {
        reader.refuse(key, fault("bad-name", say::own_variable(name)));
    }
}

/// An entry of a port set as the engine writes it: a range may be written `8000-8010`, as everywhere in a policy.
pub fn port_entry(text: &str) -> String {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('-') {
        Some((low, high)) if digits(low.trim_start_matches('!')) && digits(high) => {
            format!("{low}:{high}")
        }
        _ => text.to_owned(),
    }
}
