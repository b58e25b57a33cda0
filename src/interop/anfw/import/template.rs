//! CloudFormation templates: their functions resolved as far as the template itself says what they give.
//!
//! Source: AWS CloudFormation user guide, intrinsic functions and resources of `AWS::NetworkFirewall`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use super::importer::Importer;
use super::objects::{Objects, without_capacity};
use crate::messages::import as say;
use crate::policy::{Item, ItemKind};

/// The resources that become groups and policies.
const RULE_GROUP: &str = "AWS::NetworkFirewall::RuleGroup";
const POLICY: &str = "AWS::NetworkFirewall::FirewallPolicy";

/// Deeper than any template.
const DEEPEST: usize = 64;

struct Template<'a> {
    root: &'a Item,
    /// What parameters are: what was asked for, or their default.
    parameters: HashMap<String, Item>,
    /// What was left as it is written, and where.
    left: RefCell<Vec<(Range<usize>, String)>>,
    /// What conditions are at a depth, so that each is asked once there.
    conditions: RefCell<HashMap<(String, usize), Option<bool>>>,
}

/// Takes the rule groups and firewall policies of a template; says whether it is one.
pub fn take(root: &Item, file: usize, objects: &mut Objects, to: &mut Importer<'_>) -> bool {
    let Some(resources) = root.get("Resources") else { return false };
    let template = Template {
        root,
        parameters: parameters(root, to),
        left: RefCell::default(),
        conditions: RefCell::default(),
    };
    let mut any = false;
    for (id, resource) in resources.fields() {
        let kind = resource.get("Type").and_then(Item::text).unwrap_or_default();
        let Some((name, inner)) = names(kind) else {
            if kind.starts_with("AWS::NetworkFirewall::") {
                any = true;
                to.note((file, &resource.span), "not-looked-at", say::other_resource(kind));
            }
            continue;
        };
        any = true;
        if let Some(condition) = resource.get("Condition").and_then(Item::text) {
            match template.condition(condition, 0) {
                Some(true) => {}
                Some(false) => {
                    to.note((file, &resource.span), "not-looked-at", say::condition_is_false(id));
                    continue;
                }
                // It is taken, and said: whoever deploys the template may have it or not.
                None => to.left_as_written((file, &resource.span), condition),
            }
        }
        let Some(properties) = resource.get("Properties") else { continue };
        let properties = template.resolved(properties, 0);
        for (span, name) in template.left.take() {
            to.left_as_written((file, &span), &name);
        }
        let Some(value) = properties.get(inner) else {
            to.lose((file, &resource.span), "bad-value", say::missing(inner, id));
            continue;
        };
        let name = properties.get(name).and_then(Item::text).unwrap_or(id);
        let name = without_capacity(name, properties.get("Capacity").and_then(Item::text));
        if kind == RULE_GROUP {
            objects.add_group(&properties, value, name, file, to);
            if let Some(group) = objects.groups.last_mut() {
                group.id = Some(id.clone());
            }
        } else {
            objects.add_policy(&properties, value, name, file, to);
        }
    }
    any
}

fn names(kind: &str) -> Option<(&'static str, &'static str)> {
    match kind {
        RULE_GROUP => Some(("RuleGroupName", "RuleGroup")),
        POLICY => Some(("FirewallPolicyName", "FirewallPolicy")),
        _ => None,
    }
}

fn parameters(root: &Item, to: &Importer<'_>) -> HashMap<String, Item> {
    let mut known = HashMap::new();
    for (name, parameter) in root.get("Parameters").map_or(&[][..], Item::fields) {
        let given = to.options.values.iter().rev().find(|(given, _)| given == name);
        let default = parameter.get("Default");
        let value = match (given, default) {
            (Some((_, value)), _) => {
                Item::new(parameter.span.clone(), ItemKind::Text(value.clone()))
            }
            (None, Some(default)) => default.clone(),
            (None, None) => continue,
        };
        let kind = parameter.get("Type").and_then(Item::text).unwrap_or_default();
        let is_list = kind == "CommaDelimitedList" || kind.starts_with("List<");
        let value = match value.text().filter(|_| is_list) {
            Some(text) => {
                let part = |part: &str| {
                    Item::new(value.span.clone(), ItemKind::Text(part.trim().to_owned()))
                };
                Item::new(value.span.clone(), ItemKind::List(text.split(',').map(part).collect()))
            }
            None => value,
        };
        known.insert(name.clone(), value);
    }
    let pseudo = to.options.values.iter().filter(|(name, _)| name.starts_with("AWS::"));
    for (name, value) in pseudo {
        known.insert(name.clone(), Item::new(0..0, ItemKind::Text(value.clone())));
    }
    known
}

impl Template<'_> {
    /// An item with its functions done, where that can be told.
    fn resolved(&self, item: &Item, depth: usize) -> Item {
        let kind = match &item.kind {
            _ if depth > DEEPEST => ItemKind::Unknown("…".to_owned()),
            ItemKind::Map(fields) => match &fields[..] {
                [(name, argument)] if name == "Ref" || name.starts_with("Fn::") => {
                    let done = self.function(name, argument, depth + 1);
                    done.unwrap_or_else(|| ItemKind::Unknown(shown(name, argument)))
                }
                _ => {
                    let fields = fields
                        .iter()
                        .map(|(name, item)| (name.clone(), self.resolved(item, depth + 1)));
                    ItemKind::Map(fields.collect())
                }
            },
            ItemKind::List(items) => {
                let items = items.iter().map(|item| self.resolved(item, depth + 1));
                ItemKind::List(items.filter(|item| item.kind != ItemKind::Null).collect())
            }
            ItemKind::Null
            | ItemKind::Word(_)
            | ItemKind::Text(_)
            | ItemKind::Resource(_)
            | ItemKind::Unknown(_) => item.kind.clone(),
        };
        Item::new(item.span.clone(), kind)
    }

    fn function(&self, name: &str, argument: &Item, depth: usize) -> Option<ItemKind> {
        let part = |at: usize| argument.items().get(at).map(|item| self.resolved(item, depth));
        match name {
            "Ref" => self.reference(argument.text()?),
            "Fn::GetAtt" => {
                let path: Option<Vec<&str>> = argument.items().iter().map(Item::text).collect();
                self.attribute(&path?.join("."))
            }
            "Fn::Sub" => self.substituted(argument, depth),
            "Fn::Join" => {
                let between = part(0)?;
                let items = part(1)?;
                let texts: Option<Vec<&str>> = items.items().iter().map(Item::text).collect();
                Some(ItemKind::Text(texts?.join(between.text()?)))
            }
            "Fn::Split" => {
                let (at, text) = (part(0)?, part(1)?);
                let at = at.text().filter(|at| !at.is_empty())?;
                let pieces = text.text()?.split(at).map(|piece| {
                    Item::new(argument.span.clone(), ItemKind::Text(piece.to_owned()))
                });
                Some(ItemKind::List(pieces.collect()))
            }
            "Fn::Select" => {
                let index: usize = part(0)?.text()?.parse().ok()?;
                Some(part(1)?.items().get(index)?.kind.clone())
            }
            "Fn::FindInMap" => {
                let keys: Option<Vec<Item>> = (0..3).map(part).collect();
                let mut at = self.root.get("Mappings")?;
                for key in &keys? {
                    at = at.get(key.text()?)?;
                }
                Some(at.kind.clone())
            }
            "Fn::If" => {
                let condition = argument.items().first()?.text()?;
                let chosen = if self.condition(condition, depth)? { part(1)? } else { part(2)? };
                Some(chosen.kind)
            }
            _ => None,
        }
    }

    fn reference(&self, name: &str) -> Option<ItemKind> {
        if name == "AWS::NoValue" {
            return Some(ItemKind::Null);
        }
        let parameter = self.parameters.get(name).map(|item| item.kind.clone());
        parameter.or_else(|| self.is_group(name).then(|| ItemKind::Resource(name.to_owned())))
    }

    fn attribute(&self, path: &str) -> Option<ItemKind> {
        let (id, attribute) = path.split_once('.')?;
        let is_arn = attribute == "RuleGroupArn" && self.is_group(id);
        is_arn.then(|| ItemKind::Resource(id.to_owned()))
    }

    fn is_group(&self, id: &str) -> bool {
        let resource = self.root.get("Resources").and_then(|resources| resources.get(id));
        let kind = resource.and_then(|resource| resource.get("Type")).and_then(Item::text);
        kind == Some(RULE_GROUP)
    }

    /// A text with its `${…}` replaced; those that nobody can tell stay.
    fn substituted(&self, argument: &Item, depth: usize) -> Option<ItemKind> {
        let text = argument.items().first()?.text()?;
        let own = argument.items().get(1).map(|own| self.resolved(own, depth));
        let value = |name: &str| -> Option<ItemKind> {
            let own = own.as_ref().and_then(|own| own.get(name)).map(|item| item.kind.clone());
            own.or_else(|| self.reference(name)).or_else(|| self.attribute(name))
        };
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let Some(end) = from.find('}') else {
                out.push_str(from);
                return Some(ItemKind::Text(out));
            };
            let name = from[2..end].trim();
            match (name.strip_prefix('!'), value(name)) {
                (Some(literal), _) => {
                    out.push_str("${");
                    out.push_str(literal);
                    out.push('}');
                }
                (None, Some(found @ ItemKind::Resource(_))) if end + 1 == text.len() => {
                    return Some(found);
                }
                (None, Some(ItemKind::Text(found) | ItemKind::Word(found))) => out.push_str(&found),
                (None, _) => {
                    out.push_str(&from[..=end]);
                    let left = (argument.span.clone(), from[..=end].to_owned());
                    self.left.borrow_mut().push(left);
                }
            }
            rest = &from[end + 1..];
        }
        out.push_str(rest);
        Some(ItemKind::Text(out))
    }

    /// Whether a condition holds, where that can be told.
    fn condition(&self, name: &str, depth: usize) -> Option<bool> {
        let key = (name.to_owned(), depth);
        let known = self.conditions.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let holds = self.holds(self.root.get("Conditions")?.get(name)?, depth + 1);
            self.conditions.borrow_mut().insert(key, holds);
            holds
        })
    }

    fn holds(&self, item: &Item, depth: usize) -> Option<bool> {
        let [(name, argument)] = item.fields() else { return None };
        if depth > DEEPEST {
            return None;
        }
        let mut each = argument.items().iter().map(|item| self.holds(item, depth + 1));
        match name.as_str() {
            "Condition" => self.condition(argument.text()?, depth),
            "Fn::Equals" => {
                let [a, b] = argument.items() else { return None };
                let (a, b) = (self.resolved(a, depth), self.resolved(b, depth));
                Some(a.text()? == b.text()?)
            }
            "Fn::Not" => each.next()?.map(|holds| !holds),
            "Fn::And" => each.collect::<Option<Vec<bool>>>().map(|all| all.into_iter().all(|b| b)),
            "Fn::Or" => each.collect::<Option<Vec<bool>>>().map(|all| all.into_iter().any(|b| b)),
            _ => None,
        }
    }
}

/// A function as a person would write it.
fn shown(name: &str, argument: &Item) -> String {
    let of: Vec<&str> = argument.items().iter().map(|item| item.text().unwrap_or("…")).collect();
    let of: String = of.join(", ").chars().filter(|c| !c.is_control()).take(60).collect();
    format!("!{} {of}", name.trim_start_matches("Fn::"))
}
