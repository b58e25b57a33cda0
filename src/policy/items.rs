//! Texts that others wrote, with the places of what they say.

use std::ops::Range;

/// A value of a text that is no policy file: JSON, YAML as CloudFormation has it, Terraform's language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Item {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: ItemKind,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// Nothing.
    Null,
    /// A number or a boolean, as it is written.
    Word(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Item>),
    /// Fields with values, in the order written.
    Map(Vec<(String, Item)>),
    /// A resource of the same template, by the name it has there.
    Resource(String),
    /// Something that only the tool it is written for can tell, as a person would write it.
    Unknown(String),
}

impl Item {
    /// An item at a place.
    #[must_use]
    pub const fn new(span: Range<usize>, kind: ItemKind) -> Self {
        Self { span, kind }
    }

    /// The value of the field of that name; the last one, where it is written twice.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let field = self.fields().iter().rev().find(|(field, _)| field == name);
        field.map(|(_, item)| item).filter(|item| item.kind != ItemKind::Null)
    }

    /// Its fields; none where it has none.
    #[must_use]
    pub fn fields(&self) -> &[(String, Self)] {
        match &self.kind {
            ItemKind::Map(fields) => fields,
            ItemKind::Null
            | ItemKind::Word(_)
            | ItemKind::Text(_)
            | ItemKind::List(_)
            | ItemKind::Resource(_)
            | ItemKind::Unknown(_) => &[],
        }
    }

    /// Its items; what is no list is a list of itself, and nothing is an empty one.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            ItemKind::List(items) => items,
            ItemKind::Null => &[],
            ItemKind::Word(_)
            | ItemKind::Text(_)
            | ItemKind::Map(_)
            | ItemKind::Resource(_)
            | ItemKind::Unknown(_) => std::slice::from_ref(self),
        }
    }

    /// A single value as it is written.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            ItemKind::Word(text) | ItemKind::Text(text) => Some(text),
            ItemKind::Null
            | ItemKind::List(_)
            | ItemKind::Map(_)
            | ItemKind::Resource(_)
            | ItemKind::Unknown(_) => None,
        }
    }
}
