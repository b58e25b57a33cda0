//! Terraform files: the resources of Network Firewall, in the shape that AWS's API gives them.
//!
//! Source: documentation of the provider `hashicorp/aws`, `aws_networkfirewall_rule_group` and
//! `aws_networkfirewall_firewall_policy`.

use hcl::edit::Span as _;
use hcl::edit::expr::Expression;
use hcl::edit::structure::{Attribute, Block, Body, Structure};

use super::hcl::{Named, Text, Values};
use super::importer::Importer;
use super::objects::{Objects, without_capacity};
use crate::interop::report::loss;
use crate::messages::import as say;
use crate::policy::{Item, ItemKind};

const RULE_GROUP: &str = "aws_networkfirewall_rule_group";
const POLICY: &str = "aws_networkfirewall_firewall_policy";

/// Blocks that are repeated: their names here and in the API.
const LISTS: [(&str, &str); 13] = [
    ("stateless_rule", "StatelessRules"),
    ("stateful_rule", "StatefulRules"),
    ("rule_option", "RuleOptions"),
    ("source", "Sources"),
    ("destination", "Destinations"),
    ("source_port", "SourcePorts"),
    ("destination_port", "DestinationPorts"),
    ("tcp_flag", "TCPFlags"),
    ("custom_action", "CustomActions"),
    ("stateless_custom_action", "StatelessCustomActions"),
    ("stateful_rule_group_reference", "StatefulRuleGroupReferences"),
    ("stateless_rule_group_reference", "StatelessRuleGroupReferences"),
    ("dimension", "Dimensions"),
];

/// Blocks that are repeated with a key: the block, the block in it, the name in the API.
const KEYED: [(&str, &str, &str); 4] = [
    ("ip_sets", "ip_set", "IPSets"),
    ("port_sets", "port_set", "PortSets"),
    ("ip_set_references", "ip_set_reference", "IPSetReferences"),
    ("rule_variables", "ip_set", "RuleVariables"),
];

/// Fields of a resource that are read.
const READ: [&str; 5] = ["name", "type", "capacity", "description", "rules"];

/// More copies of a resource than a policy can refer to.
const MOST_COPIES: usize = 1_000;

/// Fields of a resource that say how it is made.
const META: [&str; 5] = ["tags", "tags_all", "provider", "lifecycle", "depends_on"];

/// A file of a module, parsed as far as that went.
struct Parsed {
    file: usize,
    base: usize,
    text: String,
    body: Body,
}

/// Takes the rule groups and firewall policies of Terraform files, which are one module; says which hold any.
pub fn take(files: &[usize], objects: &mut Objects, to: &mut Importer<'_>) -> Vec<bool> {
    let mut parsed = Vec::new();
    for &file in files {
        parse(file, &mut parsed, to);
    }
    let values = values(&parsed, to);
    let mut found = vec![false; files.len()];
    for part in &parsed {
        let text = Text { text: &part.text, base: part.base };
        for block in part.body.blocks() {
            let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
            let ("resource", [kind @ (RULE_GROUP | POLICY), id]) =
                (block.ident.as_str(), &labels[..])
            else {
                continue;
            };
            if let Some(at) = files.iter().position(|file| *file == part.file) {
                found[at] = true;
            }
            resource(block, (kind, id), (part.file, text), &values, objects, to);
        }
    }
    if let Some(name) = values.too_large.take() {
        to.report.add_whole(None, loss("not-whole", say::too_large(&name)));
    }
    found
}

/// Parses a file; one that is no Terraform is parsed resource by resource.
fn parse(file: usize, parsed: &mut Vec<Parsed>, to: &mut Importer<'_>) {
    let text = &to.files[file].text;
    if let Ok(body) = hcl::edit::parser::parse_body(text) {
        parsed.push(Parsed { file, base: 0, text: text.clone(), body });
        return;
    }
    let begins = |line: &str| {
        let word = line.split([' ', '{']).next().unwrap_or_default();
        let known =
            ["resource", "variable", "locals", "data", "module", "output", "provider", "terraform"];
        known.contains(&word) && line.trim_end().ends_with(['{', '}'])
    };
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && begins(line) {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(text.len());
    for pair in starts.windows(2) {
        let piece = &text[pair[0]..pair[1]];
        match hcl::edit::parser::parse_body(piece) {
            Ok(body) => {
                parsed.push(Parsed { file, base: pair[0], text: piece.to_owned(), body });
            }
            Err(error) => {
                // The parser counts bytes, and may stop within a character.
                let at = pair[0] + piece.floor_char_boundary(error.location().offset());
                let why: String = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
                to.lose((file, &(at..at)), "not-whole", say::not_terraform(&why));
            }
        }
    }
}

/// What variables and locals are.
fn values<'a>(parsed: &'a [Parsed], to: &Importer<'_>) -> Values<'a> {
    let mut values = Values::default();
    for part in parsed {
        let text = Text { text: &part.text, base: part.base };
        for block in part.body.blocks() {
            let label = block.labels.first().map_or("", |label| label.as_str());
            match block.ident.as_str() {
                "variable" => {
                    if let Some(default) = block.body.get_attribute("default") {
                        let value = Named::Written(&default.value, text);
                        values.named.insert(format!("var.{label}"), value);
                    }
                }
                "locals" => {
                    for local in block.body.attributes() {
                        let value = Named::Written(&local.value, text);
                        values.named.insert(format!("local.{}", local.key.as_str()), value);
                    }
                }
                _ => {}
            }
        }
    }
    for (name, value) in &to.options.values {
        values.named.insert(format!("var.{name}"), Named::Given(value.clone()));
    }
    values
}

/// Takes a resource as often as it is made: once, or for each key that its files say.
fn resource(
    block: &Block,
    about: (&str, &str),
    (file, text): (usize, Text<'_>),
    values: &Values<'_>,
    objects: &mut Objects,
    to: &mut Importer<'_>,
) {
    let written = ["for_each", "count"].map(|key| block.body.get_attribute(key));
    let repeated = match written {
        [Some(each), _] => Some(("each", values.item(&each.value, text, 0))),
        [None, Some(count)] => Some(("count", numbers(values.item(&count.value, text, 0)))),
        [None, None] => None,
    };
    let Some((called, over)) = repeated else {
        return one(block, (about, None), (file, text), values, objects, to);
    };
    let told = values.each(&over, called, |key| {
        let key = key.unwrap_or_default();
        one(block, (about, Some(key)), (file, text), values, objects, to);
    });
    if told.is_none() {
        to.unresolved(file, &over, if called == "each" { "for_each" } else { "count" });
        one(block, (about, None), (file, text), values, objects, to);
    }
}

/// A count as the list of its numbers; what is no number stays what it is.
fn numbers(count: Item) -> Item {
    let number = count.text().and_then(|text| text.parse::<usize>().ok());
    let Some(number) = number.filter(|number| *number <= MOST_COPIES) else { return count };
    let items = (0..number).map(|n| Item::new(count.span.clone(), ItemKind::Word(n.to_string())));
    Item::new(count.span.clone(), ItemKind::List(items.collect()))
}

/// Takes a resource; of one that is repeated the copy with this key.
fn one(
    block: &Block,
    ((kind, id), copy): ((&str, &str), Option<&str>),
    (file, text): (usize, Text<'_>),
    values: &Values<'_>,
    objects: &mut Objects,
    to: &mut Importer<'_>,
) {
    let mut fields = Vec::new();
    for attribute in block.body.attributes() {
        let key = attribute.key.as_str();
        if META.contains(&key) || ["count", "for_each"].contains(&key) {
            continue;
        }
        let item = value(attribute, (file, text), values, to);
        if !READ.contains(&key) {
            let span = text.span(attribute.span());
            to.lose((file, &span), "no-place", say::no_place(key, id));
        }
        fields.push((pascal(key), item));
    }
    for inner in block.body.blocks() {
        let name = inner.ident.as_str();
        if ["rule_group", "firewall_policy"].contains(&name) {
            fields.push((pascal(name), object(inner, (file, text), values, to)));
        } else if !META.contains(&name) && !READ.contains(&name) {
            let span = text.span(inner.span());
            to.lose((file, &span), "no-place", say::no_place(name, id));
        }
    }
    let about = Item::new(text.span(block.span()), ItemKind::Map(fields));
    let name = about.get("Name").and_then(Item::text).unwrap_or(id);
    let name = without_capacity(name, about.get("Capacity").and_then(Item::text));
    if kind == RULE_GROUP {
        let Some(rules) = about.get("RuleGroup").or_else(|| about.get("Rules")) else {
            to.lose((file, &about.span), "bad-value", say::missing("rule_group", id));
            return;
        };
        objects.add_group(&about, rules, name, file, to);
        if let Some(group) = objects.groups.last_mut() {
            group.id = Some(match copy {
                Some(copy) => format!("{RULE_GROUP}.{id}[{copy}]"),
                None => format!("{RULE_GROUP}.{id}"),
            });
        }
    } else if let Some(policy) = about.get("FirewallPolicy") {
        objects.add_policy(&about, policy, name, file, to);
    }
}

/// The value of an attribute; says what of its text is left as it is written.
fn value(
    attribute: &Attribute,
    (file, text): (usize, Text<'_>),
    values: &Values<'_>,
    to: &mut Importer<'_>,
) -> Item {
    let item = values.item(&attribute.value, text, 0);
    for left in values.left.take() {
        to.left_as_written((file, &item.span), &left);
    }
    item
}

/// A block as an object of the API.
fn object(
    block: &Block,
    (file, text): (usize, Text<'_>),
    values: &Values<'_>,
    to: &mut Importer<'_>,
) -> Item {
    let mut fields: Vec<(String, Item)> = Vec::new();
    for structure in block.body.iter() {
        let inner = match structure {
            Structure::Attribute(attribute) => {
                let item = value(attribute, (file, text), values, to);
                fields.push((pascal(attribute.key.as_str()), item));
                continue;
            }
            Structure::Block(inner) => inner,
        };
        let name = inner.ident.as_str();
        if name == "dynamic" {
            dynamic(inner, (file, text), values, &mut fields, to);
        } else {
            add_block(inner, name, (file, text), values, &mut fields, to);
        }
    }
    Item::new(text.span(block.span()), ItemKind::Map(fields))
}

/// Repeats the content of a dynamic block for each element of its list, where the files say what that is.
fn dynamic(
    block: &Block,
    (file, text): (usize, Text<'_>),
    values: &Values<'_>,
    fields: &mut Vec<(String, Item)>,
    to: &mut Importer<'_>,
) {
    let label = block.labels.first().map_or("dynamic", |label| label.as_str());
    let called = block.body.get_attribute("iterator").map(|iterator| match &iterator.value {
        Expression::Variable(name) => name.as_str().to_owned(),
        other => values.item(other, text, 0).text().unwrap_or_default().to_owned(),
    });
    let called = called.unwrap_or_else(|| label.to_owned());
    let over = block.body.get_attribute("for_each").map(|over| values.item(&over.value, text, 0));
    let content = block.body.get_blocks("content").next();
    let repeated = over.zip(content).and_then(|(over, content)| {
        values.each(&over, &called, |_| {
            add_block(content, label, (file, text), values, fields, to);
        })
    });
    if repeated.is_none() {
        let said = loss("unresolved", say::unresolved(label, &format!("dynamic \"{label}\"")));
        to.say((file, &text.span(block.span())), said);
    }
}

/// Adds a block to the fields of the object that it stands in.
fn add_block(
    block: &Block,
    name: &str,
    (file, text): (usize, Text<'_>),
    values: &Values<'_>,
    fields: &mut Vec<(String, Item)>,
    to: &mut Importer<'_>,
) {
    let span = text.span(block.span());
    let item = object(block, (file, text), values, to);
    let keyed = KEYED.iter().find(|(outer, _, _)| *outer == name);
    if let Some((_, of, api)) = keyed.filter(|_| item.get("Key").is_some()) {
        let key = item.get("Key").and_then(Item::text).unwrap_or_default().to_owned();
        let value = item.get(&pascal(of)).cloned();
        let value = value.unwrap_or_else(|| Item::new(span.clone(), ItemKind::Null));
        put(fields, api, span, |kind| match kind {
            ItemKind::Map(fields) => fields.push((key, value)),
            _ => *kind = ItemKind::Map(vec![(key, value)]),
        });
    } else if let Some((_, api)) = LISTS.iter().find(|(here, _)| *here == name) {
        put(fields, api, span, |kind| match kind {
            ItemKind::List(items) => items.push(item),
            _ => *kind = ItemKind::List(vec![item]),
        });
    } else {
        fields.push((pascal(name), item));
    }
}

/// Adds to a field that several blocks make.
fn put(
    fields: &mut Vec<(String, Item)>,
    name: &str,
    span: std::ops::Range<usize>,
    add: impl FnOnce(&mut ItemKind),
) {
    let at = match fields.iter().position(|(field, _)| field == name) {
        Some(at) => at,
        None => {
            fields.push((name.to_owned(), Item::new(span, ItemKind::Null)));
            fields.len() - 1
        }
    };
    add(&mut fields[at].1.kind);
}

/// `rule_order` as the API writes it.
fn pascal(name: &str) -> String {
    let part = |part: &str| {
        let mut chars = part.chars();
        let first = chars.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(chars).collect::<String>()
    };
    name.split('_').map(part).collect()
}
