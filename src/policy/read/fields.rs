use granit_parser::ScalarStyle;

use crate::messages::policy as say;
use crate::policy::At;
use crate::policy::fault::{Fault, Faults, fault};
use crate::policy::tree::{Kind, Node};
use crate::policy::value::{closest, free, yaml_type};

/// The text being read and the problems found in it.
pub struct Reader<'a> {
    /// The whole file.
    pub text: &'a str,
    /// What is wrong with it.
    pub faults: &'a mut Faults,
}

/// A mapping whose fields are known to be known.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    /// The mapping.
    pub node: &'a Node,
    text: &'a str,
}

impl<'a> Fields<'a> {
    /// The value of a field.
    pub fn get(self, name: &str) -> Option<&'a Node> {
        self.node.field(self.text, name)
    }

    /// The name of the thing, if it is written and a plain text.
    pub fn name(self) -> Option<&'a str> {
        self.get("name").and_then(|n| n.text(self.text))
    }
}

impl<'a> Reader<'a> {
    /// Says that something is wrong with a node.
    pub fn refuse(&mut self, node: &Node, fault: Fault) {
        self.faults.add(fault, node.head(self.text));
    }

    /// Takes the value, or says what is wrong with it.
    pub fn take<T>(&mut self, node: &Node, read: Result<T, Fault>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(fault) => {
                self.refuse(node, fault);
                None
            }
        }
    }

    /// Reads a mapping with these fields only. `what` names the thing in messages: `a rule`.
    pub fn fields(
        &mut self,
        node: &'a Node,
        what: &str,
        known: &[&'static str],
    ) -> Option<Fields<'a>> {
        let Kind::Map { entries, .. } = &node.kind else {
            self.expected(node, say::expected_fields(what, known));
            return None;
        };
        for entry in entries {
            let Some(key) = entry.key.text(self.text) else { continue };
            if !known.contains(&key) && key != "<<" {
                let meant = closest(key, known.iter().copied());
                let said = say::unknown_field(key, what, known, meant);
                self.refuse(&entry.key, fault("unknown-field", said));
            }
        }
        Some(Fields { node, text: self.text })
    }

    /// The value of a field that must be there.
    pub fn required(&mut self, of: Fields<'a>, what: &str, name: &str) -> Option<&'a Node> {
        let found = of.get(name);
        if found.is_none() {
            self.refuse(of.node, fault("missing-field", say::missing_field(what, name)));
        }
        found
    }

    /// The entries of a mapping whose fields are names; nothing written is none.
    pub fn named(&mut self, node: &'a Node, what: &str) -> Vec<(&'a str, &'a Node, &'a Node)> {
        match &node.kind {
            Kind::Map { entries, .. } => entries
                .iter()
                .filter_map(|e| Some((e.key.text(self.text)?, &e.key, &e.value)))
                .collect(),
            _ if node.is_null(self.text) => Vec::new(),
            _ => {
                self.expected(node, say::expected_named(what));
                Vec::new()
            }
        }
    }

    /// The items of a list; nothing written is none.
    pub fn list(&mut self, node: &'a Node, what: &str) -> &'a [Node] {
        match &node.kind {
            Kind::List { items, .. } => items,
            _ if node.is_null(self.text) => &[],
            _ => {
                self.expected(node, say::expected_list(what));
                &[]
            }
        }
    }

    /// The items of a list, or the one value that stands for a list of one.
    pub fn one_or_more(&mut self, node: &'a Node, field: &str) -> &'a [Node] {
        match &node.kind {
            Kind::List { items, .. } if items.is_empty() => {
                self.refuse(node, fault("empty", say::empty_list(field)));
                &[]
            }
            Kind::List { items, .. } => items,
            _ => std::slice::from_ref(node),
        }
    }

    /// A text as it is written, whatever YAML would make of it.
    pub fn raw(&mut self, node: &'a Node, field: &str) -> Option<&'a str> {
        let text = node.text(self.text);
        if text.is_none() {
            self.expected(node, say::expected_text(field));
        }
        text
    }

    /// A text; a plain word that YAML reads as something else is refused.
    pub fn text(&mut self, node: &'a Node, field: &str) -> Option<&'a str> {
        let text = self.raw(node, field)?;
        let plain = matches!(node.kind, Kind::Scalar { style: ScalarStyle::Plain, .. });
        if let Some(kind) = yaml_type(text).filter(|_| plain) {
            let said = match kind {
                "nothing" => say::empty(field),
                _ => say::not_a_text(field, text, kind),
            };
            self.refuse(node, fault("not-a-text", said));
            return None;
        }
        Some(text)
    }

    /// A text on one line.
    pub fn line(&mut self, node: &'a Node, field: &str) -> Option<String> {
        let text = self.text(node, field)?;
        self.take(node, free(field, text, false))?;
        Some(text.to_owned())
    }

    /// The free text of a field that may be missing, without the line end that a block scalar adds.
    pub fn note(&mut self, of: Fields<'a>, field: &str) -> Option<String> {
        let node = of.get(field)?;
        let text = self.text(node, field)?;
        self.take(node, free(field, text, true))?;
        Some(text.trim_end().to_owned())
    }

    /// One or more values, each read by `read`.
    pub fn values<T>(
        &mut self,
        node: &'a Node,
        field: &str,
        read: impl Fn(&str) -> Result<T, Fault>,
    ) -> Vec<At<T>> {
        let items = self.one_or_more(node, field);
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            if let Some(text) = self.text(item, field)
                && let Some(value) = self.take(item, read(text))
            {
                values.push(At { value, place: item.head(self.text) });
            }
        }
        values
    }

    fn expected(&mut self, node: &Node, said: say::Said) {
        if !matches!(node.kind, Kind::Broken) {
            self.refuse(node, fault("wrong-shape", said));
        }
    }
}
