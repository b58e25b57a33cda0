//! The text of a policy as a tree of spans: what the reader reads and the splices are computed from.

use std::collections::HashSet;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use super::fault::{Fault, Faults, fault};
use super::rules::Start;
use super::syntax::{alias, syntax};
use crate::diagnostic::Place;
use crate::messages::yaml as say;

/// Deeper than any policy, which needs six levels.
pub const DEEPEST: usize = 16;

/// A byte-order mark: kept, never read.
pub const BOM: &str = "\u{feff}";

/// A value in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its bytes; without comments, without the blank lines behind it.
    pub span: Range<usize>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A single value; `text` is `None` when it is the very bytes of the span.
    Scalar {
        /// The value after escapes and folding.
        text: Option<Box<str>>,
        /// How it is written.
        style: ScalarStyle,
    },
    /// A list.
    List {
        /// `[a, b]`, as against one item a line.
        flow: bool,
        /// Its items.
        items: Vec<Node>,
    },
    /// Fields with values.
    Map {
        /// `{a: b}`, as against one field a line.
        flow: bool,
        /// Its fields.
        entries: Vec<Entry>,
    },
    /// Something that was refused already.
    Broken,
    /// The rows of a group, one a line: the policy knows where they stand, and an edit looks into few ([`super::rows`]).
    Rows,
    /// A row of which only the place is known.
    Unread {
        /// `{a: b}`, as against one field a line.
        flow: bool,
    },
}

/// A field and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The field.
    pub key: Node,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The value of a scalar.
    pub fn text<'a>(&'a self, source: &'a str) -> Option<&'a str> {
        match &self.kind {
            Kind::Scalar { text: Some(text), .. } => Some(text),
            Kind::Scalar { text: None, .. } => Some(&source[self.span.clone()]),
            _ => None,
        }
    }

    /// Whether nothing is written, or a word for nothing.
    pub fn is_null(&self, source: &str) -> bool {
        matches!(self.kind, Kind::Scalar { style: ScalarStyle::Plain, .. })
            && matches!(self.text(source), Some("" | "~" | "null" | "Null" | "NULL"))
    }

    /// The fields of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List { items, .. } => items,
            _ => &[],
        }
    }

    /// The fields of a mapping, to be changed.
    pub const fn entries_mut(&mut self) -> Option<&mut Vec<Entry>> {
        match &mut self.kind {
            Kind::Map { entries, .. } => Some(entries),
            Kind::List { .. }
            | Kind::Scalar { .. }
            | Kind::Broken
            | Kind::Rows
            | Kind::Unread { .. } => None,
        }
    }

    /// The items of a list, to be changed.
    pub const fn items_mut(&mut self) -> Option<&mut Vec<Self>> {
        match &mut self.kind {
            Kind::List { items, .. } => Some(items),
            Kind::Map { .. }
            | Kind::Scalar { .. }
            | Kind::Broken
            | Kind::Rows
            | Kind::Unread { .. } => None,
        }
    }

    /// The entry of that name.
    pub fn entry(&self, source: &str, name: &str) -> Option<&Entry> {
        self.entries().iter().find(|e| e.key.text(source) == Some(name))
    }

    /// The value of the field of that name.
    pub fn field(&self, source: &str, name: &str) -> Option<&Self> {
        self.entry(source, name).map(|e| &e.value)
    }

    /// Whether it is written between brackets or braces.
    pub const fn is_flow(&self) -> bool {
        matches!(
            self.kind,
            Kind::List { flow: true, .. }
                | Kind::Map { flow: true, .. }
                | Kind::Unread { flow: true }
        )
    }

    /// Moves it, and all in it, to where its text now stands.
    pub fn shift(&mut self, by: Shift) {
        by.span(&mut self.span);
        self.line = self.line.wrapping_add_signed(by.lines);
        match &mut self.kind {
            Kind::List { items, .. } => items.iter_mut().for_each(|item| item.shift(by)),
            Kind::Map { entries, .. } => {
                for entry in entries {
                    entry.key.shift(by);
                    entry.value.shift(by);
                }
            }
            Kind::Scalar { .. } | Kind::Broken | Kind::Rows | Kind::Unread { .. } => {}
        }
    }

    /// Where it is, all of it.
    pub fn place(&self) -> Place {
        Place { line: self.line, column: self.column, span: self.span.clone() }
    }

    /// Where it is, for a message: the first line of it, and not too much of that.
    pub fn head(&self, source: &str) -> Place {
        let mut end = self.span.end.min(self.span.start + 120);
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        let line = source[self.span.start..end].find(['\r', '\n']);
        let end = line.map_or(end, |length| self.span.start + length);
        Place { line: self.line, column: self.column, span: self.span.start..end }
    }
}

/// How far whole lines of text moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shift {
    /// Bytes.
    pub bytes: isize,
    /// Lines.
    pub lines: isize,
}

impl Shift {
    /// Moves a range of bytes.
    pub const fn span(self, span: &mut Range<usize>) {
        span.start = span.start.wrapping_add_signed(self.bytes);
        span.end = span.end.wrapping_add_signed(self.bytes);
    }

    /// Moves where a row begins.
    pub const fn start(self, start: Start) -> Start {
        let byte = start.byte.wrapping_add_signed(self.bytes);
        Start { line: start.line.wrapping_add_signed(self.lines), byte }
    }

    /// Moves a place.
    pub const fn place(self, place: &mut Place) {
        self.span(&mut place.span);
        place.line = place.line.wrapping_add_signed(self.lines);
    }
}

/// A policy's tree and its comments, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// The whole policy.
    pub root: Node,
    /// The bytes of each comment, from `#` to the end of its line.
    pub comments: Vec<Range<usize>>,
}

/// Builds the tree of `text`; what cannot be part of a policy is added to `faults`.
///
/// Nothing is returned when the text is no YAML at all, or has no content.
pub fn tree(text: &str, faults: &mut Faults) -> Option<Tree> {
    let base = if text.starts_with(BOM) { BOM.len() } else { 0 };
    let mut builder = Builder { text, base, open: Vec::new(), root: None, last: base, faults };
    let mut comments = Vec::new();
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: 64,
        block_nesting_limit: 64,
    };
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(&text[base..], options) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = error.marker();
                let start = at.byte_offset().unwrap_or(0) + base;
                let rest = &text[start.min(text.len())..];
                let fault = syntax(&error, rest);
                // The parser stops where the line before ends; the tab is what a person looks for.
                if let Some(further) = rest.find('\t').filter(|_| fault.code == "tab") {
                    let at = start + further;
                    let place = Place::of(text, at..at + 1);
                    builder.faults.add(fault, place);
                    return None;
                }
                let length = rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
                let place =
                    Place { line: at.line(), column: at.col() + 1, span: start..start + length };
                builder.faults.add(fault, place);
                return None;
            }
        };
        match event {
            Event::Comment(..) => comments.push(builder.bytes(&span)),
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    let place = builder.place(&span);
                    builder.faults.add(fault("several-documents", say::several_documents()), place);
                    return None;
                }
            }
            event => builder.take(event, &span)?,
        }
    }
    builder.root.map(|root| Tree { root, comments })
}

/// A list or mapping whose end has not been seen.
struct Open {
    node: Node,
    key: Option<Node>,
}

struct Builder<'a> {
    text: &'a str,
    base: usize,
    open: Vec<Open>,
    root: Option<Node>,
    /// Where the last event ended.
    last: usize,
    faults: &'a mut Faults,
}

impl Builder<'_> {
    fn bytes(&self, span: &Span) -> Range<usize> {
        let range = span.byte_range().unwrap_or_default();
        range.start + self.base..range.end + self.base
    }

    fn place(&self, span: &Span) -> Place {
        let start = &span.start;
        Place { line: start.line(), column: start.col() + 1, span: self.bytes(span) }
    }

    fn node(&self, span: &Span, kind: Kind) -> Node {
        let Place { line, column, span } = self.place(span);
        Node { span, line, column, kind }
    }

    /// Takes the next event; `None` ends the reading.
    fn take(&mut self, event: Event<'_>, span: &Span) -> Option<()> {
        let tagged = event.tag().is_some();
        if tagged {
            let at = span.tag_span().unwrap_or(*span);
            let place = self.place(&at);
            let word = &self.text[place.span.clone()];
            self.faults.add(fault("tag", say::tag(word)), place);
        }
        match event {
            Event::Scalar(value, style, ..) => {
                let mut node = self.scalar(&value, style, span);
                if tagged {
                    node.kind = Kind::Broken;
                }
                self.close(node)?;
            }
            Event::SequenceStart(style, ..) => {
                let flow = style == StructureStyle::Flow;
                self.begin(span, Kind::List { flow, items: Vec::new() })?;
            }
            Event::MappingStart(style, ..) => {
                let flow = style == StructureStyle::Flow;
                self.begin(span, Kind::Map { flow, entries: Vec::new() })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
            Event::Anchor(_, name) => {
                let place = self.place(span);
                self.faults.add(fault("anchor", say::anchor(&name)), place);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let place = self.place(span);
                let line = self.text[place.span.start..].lines().next().unwrap_or_default();
                self.faults.add(alias(line), place);
                let node = self.node(span, Kind::Broken);
                self.close(node)?;
            }
            _ => {}
        }
        self.last = self.last.max(self.bytes(span).end);
        Some(())
    }

    fn scalar(&self, value: &str, style: ScalarStyle, span: &Span) -> Node {
        let mut node = self.node(span, Kind::Broken);
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            self.block_scalar(&mut node, value);
        }
        let same = self.text[node.span.clone()] == *value
            || (node.span.is_empty() && style == ScalarStyle::Plain);
        let text = if same { None } else { Some(value.into()) };
        node.kind = Kind::Scalar { text, style };
        node
    }

    /// The parser reports the lines of a block scalar without its head `|`, and with the blank lines behind.
    fn block_scalar(&self, node: &mut Node, value: &str) {
        let gap = &self.text[self.last..node.span.start];
        let head = header(gap).map_or(node.span.start, |at| self.last + at);
        let keeps = self.text[head..].lines().next().is_some_and(|line| line.contains('+'));
        let body = &self.text[head..node.span.end];
        let body = if keeps && value.ends_with('\n') {
            &body[..body.rfind('\n').unwrap_or(body.len())]
        } else {
            body.trim_end()
        };
        let end = head + body.strip_suffix('\r').unwrap_or(body).len();
        node.line -= gap[head - self.last..].matches('\n').count();
        let line = self.text[..head].rfind('\n').map_or(self.base, |i| i + 1);
        node.column = self.text[line..head].chars().count() + 1;
        node.span = head..end;
    }

    fn begin(&mut self, span: &Span, kind: Kind) -> Option<()> {
        if self.open.len() >= DEEPEST {
            let place = self.place(span);
            self.faults.add(fault("too-deep", say::too_deep(DEEPEST)), place);
            return None;
        }
        let node = self.node(span, kind);
        self.open.push(Open { node, key: None });
        Some(())
    }

    fn end(&mut self, span: &Span) -> Option<()> {
        let Open { mut node, .. } = self.open.pop()?;
        let end = self.bytes(span).end;
        let inside = match &node.kind {
            Kind::List { items, .. } => items.last().map(|n| n.span.end),
            Kind::Map { entries, .. } => {
                entries.last().map(|e| e.value.span.end.max(e.key.span.end))
            }
            _ => None,
        };
        let closed = self.bytes(span).len() == 1 && node.is_flow();
        node.span.end = if closed { end } else { inside.unwrap_or(node.span.end) };
        self.refuse_duplicates(&node);
        self.close(node)
    }

    fn refuse_duplicates(&mut self, node: &Node) {
        let mut seen = HashSet::new();
        for entry in node.entries() {
            let Some(key) = entry.key.text(self.text) else { continue };
            if !seen.insert(key) {
                self.faults.add(
                    fault("duplicate-field", say::duplicate_field(key)),
                    entry.key.head(self.text),
                );
            }
        }
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node) -> Option<()> {
        let Some(Open { node: parent, key }) = self.open.last_mut() else {
            self.root = Some(node);
            return Some(());
        };
        match &mut parent.kind {
            Kind::List { items, .. } => items.push(node),
            Kind::Map { entries, .. } => match key.take() {
                Some(key) => entries.push(Entry { key, value: node }),
                None => {
                    let refused = refuse_key(&node, self.text);
                    if let Some(refused) = refused {
                        self.faults.add(refused, node.head(self.text));
                    }
                    *key = Some(node);
                }
            },
            _ => {}
        }
        Some(())
    }
}

fn refuse_key(key: &Node, text: &str) -> Option<Fault> {
    match key.text(text) {
        Some("<<") => Some(fault("merge-key", say::merge_key())),
        Some(_) => None,
        None if matches!(key.kind, Kind::Broken) => None,
        None => Some(fault("not-a-field", say::complex_key())),
    }
}

/// Where the head of a block scalar is in the text between the event before and its first line.
fn header(gap: &str) -> Option<usize> {
    let mut at = 0;
    for line in gap.split_inclusive('\n') {
        let comment = line
            .char_indices()
            .find(|&(i, c)| c == '#' && (i == 0 || line[..i].ends_with([' ', '\t'])))
            .map_or(line.len(), |(i, _)| i);
        if let Some(head) = line[..comment].find(['|', '>']) {
            return Some(at + head);
        }
        at += line.len();
    }
    None
}
