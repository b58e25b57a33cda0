//! What every part of an import is done with: the files, what was asked for, what has been said so far.

use std::collections::HashSet;
use std::ops::Range;

use crate::compile::KEPT;
use crate::diagnostic::Diagnostic;
use crate::interop::import::ImportOptions;
use crate::interop::report::{ImportFile, ImportReport, form, loss};
use crate::messages::Text;
use crate::messages::import as say;
use crate::policy::{Item, ItemKind};

/// Where numbers begin that are given to rules whose own are taken.
const GIVEN: u32 = 900_000_001;

/// An import that is going on.
pub struct Importer<'a> {
    pub files: &'a [ImportFile],
    pub options: &'a ImportOptions,
    pub report: ImportReport,
    sids: HashSet<u32>,
    next: u32,
}

impl<'a> Importer<'a> {
    pub fn new(files: &'a [ImportFile], options: &'a ImportOptions) -> Self {
        let report = ImportReport::default();
        Self { files, options, report, sids: HashSet::new(), next: GIVEN }
    }

    /// Says that something is not taken over.
    pub fn lose(
        &mut self,
        at: (usize, &Range<usize>),
        code: &'static str,
        message: impl Into<Text>,
    ) {
        self.report.add(self.files, at, loss(code, message));
    }

    /// Says that something is taken over in another form.
    pub fn note(
        &mut self,
        at: (usize, &Range<usize>),
        code: &'static str,
        message: impl Into<Text>,
    ) {
        self.report.add(self.files, at, form(code, message));
    }

    pub fn say(&mut self, at: (usize, &Range<usize>), diagnostic: Diagnostic) {
        self.report.add(self.files, at, diagnostic);
    }

    /// Says of a value that nobody here can tell it.
    pub fn unresolved(&mut self, file: usize, item: &Item, field: &str) {
        if let Some(value) = unknown(item) {
            let said = loss("unresolved", say::unresolved(field, &value));
            self.say((file, &item.span), said.help(say::UNRESOLVED_HELP));
        } else {
            let value = item.text().unwrap_or("…").chars().take(80).collect::<String>();
            self.lose((file, &item.span), "bad-value", say::bad_value(field, &value));
        }
    }

    /// Says of a value that nobody here can tell it, and that it stands in the policy as it is written.
    pub fn left_as_written(&mut self, at: (usize, &Range<usize>), value: &str) {
        let said = loss("unresolved", say::left_as_written(value));
        self.say(at, said.help(say::UNRESOLVED_HELP));
    }

    /// Says of a field that policies have no place for it.
    pub fn no_place(&mut self, at: (usize, &Range<usize>), field: &str, of: &str) {
        self.say(at, loss("no-place", say::no_place(field, of)).help(say::NO_PLACE_HELP));
    }

    /// Names the fields of an object that nobody reads.
    pub fn others(&mut self, file: usize, item: &Item, of: &str, known: &[&str]) {
        for (name, value) in item.fields() {
            if !known.contains(&name.as_str()) && !is_empty(value) {
                self.no_place((file, &value.span), name, of);
            }
        }
    }

    /// The text of a field; says so where it is there and no text.
    pub fn text(&mut self, file: usize, item: &Item, field: &str) -> Option<String> {
        let value = item.get(field)?;
        let text = value.text().map(str::to_owned);
        if text.is_none() {
            self.unresolved(file, value, field);
        }
        text
    }

    /// The texts of a list; says which are none.
    pub fn texts<'b>(
        &mut self,
        file: usize,
        item: &'b Item,
        field: &str,
    ) -> Vec<(String, &'b Item)> {
        let mut texts = Vec::new();
        for entry in item.get(field).map_or(&[][..], Item::items) {
            match entry.text() {
                Some(text) => texts.push((text.to_owned(), entry)),
                None => self.unresolved(file, entry, field),
            }
        }
        texts
    }

    /// The number of a field between `from` and `to`; says so where it is there and no such number.
    pub fn number(
        &mut self,
        file: usize,
        item: &Item,
        field: &str,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let value = item.get(field)?;
        let number = value.text().and_then(|text| text.trim().parse().ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.unresolved(file, value, field);
        }
        number
    }

    /// Whether a rule can have this sid; it is taken then.
    pub fn take_sid(&mut self, sid: u32) -> bool {
        sid < KEPT && self.sids.insert(sid)
    }

    /// A sid that no rule has.
    pub fn fresh_sid(&mut self) -> u32 {
        while !self.sids.insert(self.next) {
            self.next += 1;
        }
        self.next
    }
}

/// What a value is that only the tool can tell, as a person would write it.
pub fn unknown(item: &Item) -> Option<String> {
    match &item.kind {
        ItemKind::Unknown(value) => Some(value.clone()),
        ItemKind::Resource(id) => Some(id.clone()),
        ItemKind::Null
        | ItemKind::Word(_)
        | ItemKind::Text(_)
        | ItemKind::List(_)
        | ItemKind::Map(_) => None,
    }
}

/// Whether nothing is said.
fn is_empty(item: &Item) -> bool {
    match &item.kind {
        ItemKind::Null => true,
        ItemKind::List(items) => items.is_empty(),
        ItemKind::Map(fields) => fields.is_empty(),
        ItemKind::Word(word) => word == "false",
        ItemKind::Text(text) => text.is_empty(),
        ItemKind::Resource(_) | ItemKind::Unknown(_) => false,
    }
}
