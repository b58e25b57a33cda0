use super::fields::Reader;
use crate::messages::policy as say;
use crate::policy::fault::fault;
use crate::policy::tree::{Kind, Node};
use crate::policy::value::{domain, name, net};
use crate::policy::{At, DomainList, Source};

/// The fields of a source, in the order in which they are usually written.
pub const FIELDS: [&str; 6] = ["cidrs", "except", "of", "account", "owner", "note"];

/// Reads `sources`.
pub fn sources<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Vec<Source> {
    let mut sources = Vec::new();
    for (word, key, value) in reader.named(node, "sources") {
        let fits = reader.take(key, name("source", word)).is_some();
        let source = source(reader, key, word, value);
        sources.extend(source.filter(|_| fits));
    }
    sources
}

fn source<'a>(
    reader: &mut Reader<'a>,
    key: &'a Node,
    word: &str,
    value: &'a Node,
) -> Option<Source> {
    let of = reader.fields(value, "a source", &FIELDS)?;
    let nets = |reader: &mut Reader<'a>, field: &str| match of.get(field) {
        Some(node) => reader.values(node, field, net).into_iter().map(|a| a.value).collect(),
        None => Vec::new(),
    };
    let source = Source {
        name: At { value: word.to_owned(), place: key.head(reader.text) },
        cidrs: nets(reader, "cidrs"),
        except: nets(reader, "except"),
        of: of.get("of").map_or_else(Vec::new, |node| {
            reader.values(node, "of", |text| name("source", text).map(|()| text.to_owned()))
        }),
        account: of.get("account").and_then(|node| reader.line(node, "account")),
        owner: of.get("owner").and_then(|node| reader.line(node, "owner")),
        note: reader.note(of, "note"),
    };
    if of.get("cidrs").is_none() && of.get("of").is_none() {
        reader.refuse(key, fault("missing-field", say::empty_source(word)));
    }
    if let Some(except) = of.get("except").filter(|_| of.get("cidrs").is_none()) {
        reader.refuse(except, fault("except-without-cidrs", say::except_without_cidrs()));
    }
    Some(source)
}

/// Reads `domain_lists`.
pub fn domain_lists<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Vec<DomainList> {
    let mut lists = Vec::new();
    for (word, key, value) in reader.named(node, "domain_lists") {
        let fits = reader.take(key, name("domain list", word)).is_some();
        if !matches!(value.kind, Kind::List { .. } | Kind::Broken) {
            reader.refuse(value, fault("wrong-shape", say::expected_list("a domain list")));
            continue;
        }
        let names = reader.values(value, "a domain list", domain);
        let name = At { value: word.to_owned(), place: key.head(reader.text) };
        lists.extend(fits.then_some(DomainList { name, names }));
    }
    lists
}
