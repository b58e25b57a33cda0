//! Edits of what stands beside the rules, as splices.

use super::block::usual_column;
use super::entries::Given;
use super::fields::{Change, rescalar, revalue, set};
use super::flow::Piece;
use super::given::given;
use super::list::{Item, insert, insert_field, put_field, remove, remove_field, remove_fields};
use super::plan::{Desk, refused};
use super::sheet::{Plan, blanks, put, replace};
use crate::messages::policy as say;
use crate::messages::thing as words;
use crate::policy::read::{
    CASE_FIELDS, GROUP_FIELDS, POLICY_FIELDS, REFERENCE_FIELDS, SOURCE_FIELDS, STATELESS_FIELDS,
    STATELESS_GROUP_FIELDS, STATELESS_ROW_FIELDS,
};
use crate::policy::thing::users;
use crate::policy::tree::{Entry, Kind, Node};
use crate::policy::write::yaml_text;
use crate::policy::{EditError, Field, Splice, Thing};

/// Where things of a kind stand: in which mapping, under which field, and the order of its fields.
struct Shelf<'a> {
    parent: &'a Node,
    field: &'static str,
    order: &'static [&'static str],
}

impl<'a> Desk<'a> {
    /// The mapping `stateless`.
    fn stateless(&self) -> Option<&'a Node> {
        self.sheet
            .tree
            .root
            .field(self.sheet.text, "stateless")
            .filter(|n| !n.is_null(self.sheet.text))
    }

    /// Where things such as `thing` stand; nothing for the settings, which stand in no list.
    fn shelf(&self, thing: &Thing) -> Plan<Shelf<'a>> {
        let root = &self.sheet.tree.root;
        let of_policy = |field| Ok(Shelf { parent: root, field, order: &POLICY_FIELDS });
        let of_group = |group: usize, field| {
            Ok(Shelf { parent: self.group(group)?, field, order: &GROUP_FIELDS })
        };
        match thing {
            Thing::Policy | Thing::Stateless => Err(EditError::NoSuchPlace),
            Thing::Source(_) => of_policy("sources"),
            Thing::List(_) => of_policy("domain_lists"),
            Thing::IpSet(None, _) => of_policy("variables"),
            Thing::PortSet(None, _) => of_policy("port_sets"),
            Thing::IpSet(Some(group), _) => of_group(*group, "variables"),
            Thing::PortSet(Some(group), _) => of_group(*group, "port_sets"),
            Thing::Reference(group, _) => of_group(*group, "references"),
            Thing::Group(_) => of_policy("rule_groups"),
            Thing::StatelessGroup(_) => Ok(Shelf {
                parent: self.stateless().ok_or(EditError::NoSuchPlace)?,
                field: "rule_groups",
                order: &STATELESS_FIELDS,
            }),
            Thing::StatelessRow(at) => {
                let parent = self.node(&Thing::StatelessGroup(at.group))?;
                Ok(Shelf { parent, field: "rules", order: &STATELESS_GROUP_FIELDS })
            }
            Thing::Case(_) => of_policy("cases"),
        }
    }

    /// Its place among its like, as the file has them.
    fn index(&self, thing: &Thing, list: &Entry) -> Plan<usize> {
        let index = match thing {
            Thing::Policy | Thing::Stateless => None,
            Thing::Source(at)
            | Thing::List(at)
            | Thing::Group(at)
            | Thing::StatelessGroup(at)
            | Thing::Case(at) => Some(*at),
            Thing::StatelessRow(at) => Some(at.rule),
            Thing::IpSet(_, name) | Thing::PortSet(_, name) | Thing::Reference(_, name) => {
                let entries = list.value.entries().iter();
                entries.map(|e| e.key.text(self.sheet.text)).position(|key| key == Some(name))
            }
        };
        index.ok_or(EditError::NoSuchPlace)
    }

    fn list(&self, thing: &Thing) -> Plan<&'a Entry> {
        let shelf = self.shelf(thing)?;
        shelf.parent.entry(self.sheet.text, shelf.field).ok_or(EditError::NoSuchPlace)
    }

    /// The field that a thing stands under.
    fn entry(&self, thing: &Thing) -> Plan<&'a Entry> {
        let list = self.list(thing)?;
        let index = self.index(thing, list)?;
        list.value.entries().get(index).ok_or(EditError::NoSuchPlace)
    }

    /// What a thing is in the file.
    pub(super) fn node(&self, thing: &Thing) -> Plan<&'a Node> {
        match thing {
            Thing::Policy => Ok(&self.sheet.tree.root),
            Thing::Stateless => self.stateless().ok_or(EditError::NoSuchPlace),
            thing if thing.is_keyed() => Ok(&self.entry(thing)?.value),
            thing => {
                let list = self.list(thing)?;
                list.value.items().get(self.index(thing, list)?).ok_or(EditError::NoSuchPlace)
            }
        }
    }

    /// Sets fields of a thing; what names it follows a new name.
    pub(super) fn set_thing(&self, thing: &Thing, fields: &[(Field, Option<String>)]) -> Plan {
        let mut changes = Vec::new();
        let mut name = None;
        for (field, text) in fields {
            let kind = thing.kind_of(*field).ok_or(EditError::NoSuchPlace)?;
            let text = text.as_deref().unwrap_or_default();
            let value = given(thing, *field, text).map_err(refused)?;
            if value.is_none() && matches!(field, Field::Name | Field::Arn) {
                return Err(missing(thing, *field));
            }
            if *field == Field::Name {
                name = value.as_ref().map(|value| value.meant.clone());
                if thing.is_keyed() {
                    continue;
                }
            }
            changes.push(Change::of_thing(*field, kind, value));
        }
        let mut splices = self.set_fields(thing, &changes)?;
        if let Some(name) = name
            && thing.name(self.policy) != Some(name.as_str())
        {
            if thing.is_keyed() {
                let key = &self.entry(thing)?.key;
                splices.push(self.rescaled(key, &name));
            }
            splices.extend(self.follow(thing, &name)?);
        }
        Ok(splices)
    }

    /// Takes every field of `stateless` out, where `changes` do: brackets stand for them, since a key alone says nothing.
    fn emptied(&self, node: &Node, changes: &[Change]) -> Option<Vec<Splice>> {
        let sheet = self.sheet;
        let entry = sheet.tree.root.entry(sheet.text, "stateless")?;
        let gone = |key: Option<&str>| {
            changes.iter().any(|change| Some(change.key) == key && change.value.is_none())
        };
        let all = node.entries().iter().all(|field| gone(field.key.text(sheet.text)));
        let adds = changes.iter().any(|change| change.value.is_some());
        if node.is_flow() || adds || !all {
            return None;
        }
        let fields: Vec<usize> = (0..node.entries().len()).collect();
        let mut splices = vec![put(sheet.colon(entry) + 1, " {}")];
        splices.extend(remove_fields(sheet, node, &fields));
        Some(splices)
    }

    fn set_fields(&self, thing: &Thing, changes: &[Change]) -> Plan {
        let sheet = self.sheet;
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        if matches!(thing, Thing::Stateless) && self.stateless().is_none() {
            let written = changes.iter().filter(|change| change.value.is_some());
            let fields: Vec<String> = written.map(|change| self.pair(change, true)).collect();
            if fields.is_empty() {
                return Ok(Vec::new());
            }
            return self.put_on(&sheet.tree.root, "stateless", &POLICY_FIELDS, &fields);
        }
        let node = self.node(thing)?;
        if matches!(thing, Thing::Stateless)
            && let Some(splices) = self.emptied(node, changes)
        {
            return Ok(splices);
        }
        if let Kind::Map { .. } = node.kind {
            return set(sheet, node, order(thing), changes);
        }
        // The value is the thing: a list, a set, a reference that is only its name.
        let entry = self.entry(thing)?;
        let list = self.list(thing)?;
        if matches!(thing, Thing::Reference(..)) {
            let is_arn = |c: &&Change| c.key == Field::Arn.word();
            let written = |c: &Change| self.pair(c, true);
            let arn = changes.iter().find(is_arn).map(written);
            let arn = arn.unwrap_or_else(|| format!("arn: {}", sheet.written(node)));
            let more = changes.iter().find(|c| !is_arn(c) && c.value.is_some()).map(written);
            if let Some(more) = more {
                return Ok(vec![replace(node.span.clone(), format!("{{{arn}, {more}}}"))]);
            }
        }
        let mut splices = Vec::new();
        for change in changes.iter().filter(|c| c.key != Field::ModelledAs.word()) {
            let Some(value) = &change.value else { return Err(missing(thing, content(thing))) };
            splices.extend(revalue(sheet, &list.value, entry, change, value)?);
        }
        Ok(splices)
    }

    /// A field and its value as they are written for the first time.
    fn pair(&self, change: &Change, flow: bool) -> String {
        format!("{}: {}", change.key, change.fresh(flow, 4, self.sheet.eol))
    }

    /// Puts a field with fields of its own where its mapping has none yet.
    fn put_on(&self, parent: &Node, field: &str, order: &[&str], inside: &[String]) -> Plan {
        let sheet = self.sheet;
        let rank = |key: &str| order.iter().position(|k| *k == key).unwrap_or(order.len());
        let before = |i: &usize| {
            rank(parent.entries()[*i].key.text(sheet.text).unwrap_or_default()) < rank(field)
        };
        let after = (0..parent.entries().len()).rev().find(before);
        let is_root = std::ptr::eq(parent, &raw const sheet.tree.root);
        if parent.is_flow() || !is_root {
            let text = format!("{field}: {{{}}}", inside.join(", "));
            return Ok(insert_field(sheet, parent, after, &text));
        }
        let indent = blanks(parent.column + 1);
        let line = |text: &String| format!("{}{indent}{text}", sheet.eol);
        let lines: String = inside.iter().map(line).collect();
        // A blank line sets it apart.
        let gap = format!("{}{}", sheet.eol, blanks(parent.column - 1));
        let mut splices = insert_field(sheet, parent, after, &format!("{field}:{lines}"));
        for splice in splices.iter_mut().filter(|s| s.text.starts_with(sheet.eol)) {
            splice.text.insert_str(0, gap.trim_end_matches(' '));
        }
        Ok(splices)
    }

    /// A scalar with another text, in the quotes it has.
    pub(super) fn rescaled(&self, node: &Node, text: &str) -> Splice {
        let written = match node.kind {
            Kind::Scalar { style, .. } => rescalar(style, text),
            _ => yaml_text(text),
        };
        replace(node.span.clone(), written)
    }

    /// Puts a new thing where it is to stand.
    pub(super) fn add_thing(&self, thing: &Thing, fields: &[(Field, String)]) -> Plan {
        let mut changes = Vec::new();
        let mut name = None;
        for (field, kind) in in_file_order(thing) {
            let Some((_, text)) = fields.iter().find(|(f, _)| *f == field) else { continue };
            let Some(value) = given(thing, field, text).map_err(refused)? else { continue };
            if field == Field::Name {
                name = Some(value.meant.clone());
            }
            changes.push(Change::of_thing(field, kind, Some(value)));
        }
        let Some(name) = name else { return Err(missing(thing, Field::Name)) };
        if thing.is_keyed() {
            return self.add_keyed(thing, &name, &changes);
        }
        self.add_listed(thing, changes)
    }

    fn add_keyed(&self, thing: &Thing, name: &str, changes: &[Change]) -> Plan {
        let inside: Vec<&Change> = changes.iter().filter(|c| c.key != Field::Name.word()).collect();
        let arn = inside.iter().any(|c| c.key == Field::Arn.word());
        let value = match (thing, &inside[..]) {
            (Thing::Reference(..), _) if !arn => return Err(missing(thing, Field::Arn)),
            (Thing::Source(_), _) | (Thing::Reference(..), [_, _, ..]) => {
                let pairs: Vec<String> = inside.iter().map(|c| self.pair(c, true)).collect();
                format!("{{{}}}", pairs.join(", "))
            }
            (_, [only]) => only.fresh(true, 4, self.sheet.eol),
            _ => return Err(missing(thing, content(thing))),
        };
        let text = format!("{}: {value}", yaml_text(name));
        let shelf = self.shelf(thing)?;
        match shelf.parent.entry(self.sheet.text, shelf.field) {
            None => self.put_on(shelf.parent, shelf.field, shelf.order, &[text]),
            Some(list) => Ok(put_field(self.sheet, shelf.parent, list, &text)),
        }
    }

    fn add_listed(&self, thing: &Thing, mut changes: Vec<Change>) -> Plan {
        let sheet = self.sheet;
        let managed = changes.iter().any(|c| c.key == Field::Managed.word());
        if matches!(thing, Thing::Group(_) | Thing::StatelessGroup(_)) && !managed {
            changes.push(Change::no_rules());
        }
        let missing_list = match thing {
            Thing::StatelessGroup(_) => self.stateless().is_none(),
            _ => false,
        };
        let pairs: Vec<String> = changes.iter().map(|c| self.pair(c, true)).collect();
        let brief = format!("{{{}}}", pairs.join(", "));
        if missing_list {
            let lists = [format!("rule_groups: [{brief}]")];
            return self.put_on(&sheet.tree.root, "stateless", &POLICY_FIELDS, &lists);
        }
        let shelf = self.shelf(thing)?;
        let Some(list) = shelf.parent.entry(sheet.text, shelf.field) else {
            return self.first(&shelf, &brief);
        };
        let items = list.value.items();
        let index = match thing {
            Thing::StatelessRow(at) => at.rule,
            Thing::Group(at) | Thing::StatelessGroup(at) | Thing::Case(at) => *at,
            _ => items.len(),
        };
        let beside = index.checked_sub(1).and_then(|i| items.get(i)).or_else(|| items.get(index));
        let is_row = matches!(thing, Thing::StatelessRow(_) | Thing::Case(_));
        let flow = shelf.parent.is_flow()
            || (list.value.is_flow() && !items.is_empty())
            || beside.map_or(is_row, Node::is_flow);
        let item = if flow {
            Item::Piece(Piece { text: brief, ..Piece::default() })
        } else {
            self.written(&changes, false)
        };
        let column = usual_column(std::iter::empty(), list.key.column - 1);
        insert(sheet, shelf.parent, list, index, None, &item, column)
    }

    /// The first of its like, where its mapping has no list for it yet.
    fn first(&self, shelf: &Shelf<'_>, brief: &str) -> Plan {
        let sheet = self.sheet;
        if shelf.parent.is_flow() || !std::ptr::eq(shelf.parent, &raw const sheet.tree.root) {
            let after = shelf.parent.entries().len().checked_sub(1);
            let text = format!("{}: [{brief}]", shelf.field);
            return Ok(insert_field(sheet, shelf.parent, after, &text));
        }
        self.put_on(shelf.parent, shelf.field, shelf.order, &[format!("- {brief}")])
    }

    /// Takes a thing out, unless something names it.
    pub(super) fn remove_thing(&self, thing: &Thing) -> Plan {
        let name = thing.name(self.policy).ok_or(EditError::NoSuchPlace)?;
        let users = users(self.policy, thing);
        if !users.is_empty() {
            let names: Vec<String> = users.iter().map(|user| user.name(self.policy)).collect();
            return Err(EditError::Refused(words::still_named(name, &names)));
        }
        let list = self.list(thing)?;
        let index = self.index(thing, list)?;
        if thing.is_keyed() {
            return remove_field(self.sheet, list, index);
        }
        remove(self.sheet, list, index)
    }
}

/// The fields of a mapping in the order in which they are usually written.
const fn order(thing: &Thing) -> &'static [&'static str] {
    match thing {
        Thing::Policy => &POLICY_FIELDS,
        Thing::Source(_) => &SOURCE_FIELDS,
        Thing::Reference(..) => &REFERENCE_FIELDS,
        Thing::Group(_) => &GROUP_FIELDS,
        Thing::Stateless => &STATELESS_FIELDS,
        Thing::StatelessGroup(_) => &STATELESS_GROUP_FIELDS,
        Thing::StatelessRow(_) => &STATELESS_ROW_FIELDS,
        Thing::Case(_) => &CASE_FIELDS,
        Thing::List(_) | Thing::IpSet(..) | Thing::PortSet(..) => &[],
    }
}

/// The fields of a thing as a file usually orders them.
fn in_file_order(thing: &Thing) -> Vec<(Field, crate::policy::FieldKind)> {
    let mut fields = thing.fields().to_vec();
    let rank = |field: Field| order(thing).iter().position(|k| *k == field.word());
    fields.sort_by_key(|(field, _)| (*field != Field::Name, rank(*field)));
    fields
}

/// The field that a thing is, where its name stands before nothing else: the one behind the name.
const fn content(thing: &Thing) -> Field {
    thing.fields()[1].0
}

/// A thing without something that it needs.
fn missing(thing: &Thing, field: Field) -> EditError {
    EditError::Refused(match field {
        Field::Name => words::needs_name(thing.kind_word()),
        Field::Arn => words::needs_arn(thing.kind_word()),
        _ => {
            let (message, help) = say::empty_list(field.word());
            say::refused(&message, Some(&help))
        }
    })
}

impl Change {
    /// A group that has no rule yet.
    fn no_rules() -> Self {
        let value = Some(Given { entries: Vec::new(), meant: String::new() });
        let shape = super::fields::Shape::Ports;
        Self { key: "rules", other: None, shape, means: |text| Some(text.to_owned()), value }
    }
}
