//! The fields of rules and groups, set in whatever style the file has them.

use std::borrow::Cow;

use granit_parser::ScalarStyle;
use similar::{DiffOp, capture_diff_slices};

use super::block::{Block, lost};
use super::entries::{Given, Means, means};
use super::flow::{Flow, Piece};
use super::given::{flags_in_form, written_flags};
use super::list::{insert_field, remove_fields};
use super::sheet::{Plan, Sheet, blanks, cut, put, replace};
use crate::policy::tree::{Entry, Kind, Node};
use crate::policy::write::{block, fits_block, quoted, yaml_text};
use crate::policy::{RuleField, Splice};

/// How the value of a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text, quoted where it needs it.
    Text,
    /// A number, a boolean or a date: never quoted.
    Bare,
    /// One or more texts: a single one may stand without brackets.
    OneOrMore,
    /// One or more words, always between brackets or one a line.
    List,
    /// One or more numbers, ranges or networks, between brackets.
    Ports,
    /// Entries of a set in the engine's language, between brackets: texts, and numbers as they are.
    Entries,
    /// Tests of TCP flags, each in braces.
    Flags,
    /// Hand-written lines.
    Lines,
}

/// What is to be done with a field.
pub struct Change {
    /// The name it is written under, when it is new.
    pub key: &'static str,
    /// Another name that it may have now.
    pub other: Option<&'static str>,
    /// How its value is written.
    pub shape: Shape,
    /// What an entry of it means, however it is written.
    pub means: Means,
    /// Its new value, or nothing to take it out.
    pub value: Option<Given>,
}

impl Change {
    /// A change of a rule's field.
    pub fn of_rule(field: RuleField, value: Option<Given>) -> Self {
        let several = value.as_ref().is_some_and(|v| v.entries.len() > 1);
        let (key, shape) = match field {
            RuleField::Name => ("name", Shape::Text),
            RuleField::Action => ("action", Shape::Text),
            RuleField::From => ("from", Shape::OneOrMore),
            RuleField::To => ("to", Shape::OneOrMore),
            RuleField::Protocols if several => ("protocols", Shape::OneOrMore),
            RuleField::Protocols => ("protocol", Shape::OneOrMore),
            RuleField::Ports => ("ports", Shape::Ports),
            RuleField::Log => ("log", Shape::Bare),
            RuleField::Enabled => ("enabled", Shape::Bare),
            RuleField::Sid => ("sid", Shape::Bare),
            RuleField::Note => ("note", Shape::Text),
            RuleField::Ticket => ("ticket", Shape::Text),
            RuleField::Owner => ("owner", Shape::Text),
            RuleField::Expires => ("expires", Shape::Bare),
            RuleField::Accept => ("accept", Shape::List),
            RuleField::Suricata => ("suricata", Shape::Lines),
        };
        let other = match key {
            "protocol" => Some("protocols"),
            "protocols" => Some("protocol"),
            _ => None,
        };
        Self { key, other, shape, means: means(field), value }
    }

    /// The value as it is written for the first time; `indent` is that of the lines of a block.
    pub fn fresh(&self, flow: bool, indent: usize, eol: &str) -> String {
        let Some(value) = &self.value else { return String::new() };
        let texts: Vec<String> = value.entries.iter().map(|e| yaml_text(e)).collect();
        let list = || format!("[{}]", texts.join(", "));
        match (self.shape, &value.entries[..]) {
            (Shape::Text, [text]) if text.contains('\n') => lines(text, flow, indent, eol),
            (Shape::Lines, [text]) => lines(text, flow, indent, eol),
            (Shape::Text, _) => texts.concat(),
            (Shape::Bare, _) => value.entries.concat(),
            (Shape::OneOrMore, [text]) if !self.wants_list(text) => texts.concat(),
            (shape @ (Shape::Ports | Shape::Entries | Shape::Flags), entries) => {
                let entries: Vec<String> = entries.iter().map(|e| written(shape, e)).collect();
                format!("[{}]", entries.join(", "))
            }
            _ => list(),
        }
    }

    /// Whether a single entry stands between brackets, as files usually have it: names do.
    fn wants_list(&self, text: &str) -> bool {
        let address =
            text.starts_with(|c: char| c.is_ascii_digit()) && !text.ends_with(char::is_alphabetic);
        matches!(
            self.key,
            "cidrs" | "except" | "of" | "home_net" | "external_net" | "modelled_as" | "names"
        ) || self.key == "to" && text != "any" && !(address || text.contains("::"))
    }
}

/// An entry as a list has it.
fn written(shape: Shape, text: &str) -> String {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b':'));
    match shape {
        Shape::Ports => text.to_owned(),
        Shape::Entries if number(text) => text.to_owned(),
        Shape::Flags => written_flags(text),
        Shape::Entries
        | Shape::Text
        | Shape::Bare
        | Shape::OneOrMore
        | Shape::List
        | Shape::Lines => yaml_text(text),
    }
}

fn lines(text: &str, flow: bool, indent: usize, eol: &str) -> String {
    if !flow && fits_block(text) { block(text, indent, eol) } else { quoted(text) }
}

/// Sets and removes fields of the rule or group `node`; new ones are written in the order of `fields`.
pub fn set(sheet: Sheet<'_>, node: &Node, fields: &[&str], changes: &[Change]) -> Plan {
    let entries = node.entries();
    let find = |change: &Change| {
        let is = |key: &str| key == change.key || Some(key) == change.other;
        entries.iter().position(|e| e.key.text(sheet.text).is_some_and(is))
    };
    let mut splices = Vec::new();
    let mut gone = Vec::new();
    let mut new: Vec<&Change> = Vec::new();
    for change in changes {
        match (find(change), &change.value) {
            (Some(at), None) => gone.push(at),
            (Some(at), Some(value)) => {
                splices.extend(revalue(sheet, node, &entries[at], change, value)?)
            }
            (None, Some(_)) => new.push(change),
            (None, None) => {}
        }
    }
    let rank = |key: &str| fields.iter().position(|k| *k == key).unwrap_or(fields.len());
    new.sort_by_key(|change| rank(change.key));
    for change in new {
        let before = |i: &usize| {
            let key = entries[*i].key.text(sheet.text).unwrap_or_default();
            !gone.contains(i) && rank(key) < rank(change.key)
        };
        let after = (0..entries.len()).rev().find(before);
        let indent = node.column - 1 + 2;
        let value = change.fresh(node.is_flow(), indent, sheet.eol);
        splices.extend(insert_field(sheet, node, after, &format!("{}: {value}", change.key)));
    }
    splices.extend(remove_fields(sheet, node, &gone));
    Ok(splices)
}

/// Gives a field that exists another value, in the style of the old one.
pub fn revalue(
    sheet: Sheet<'_>,
    node: &Node,
    entry: &Entry,
    change: &Change,
    value: &Given,
) -> Plan {
    let old = &entry.value;
    let indent = node.column - 1 + 2;
    match (&old.kind, change.shape, &value.entries[..]) {
        (Kind::List { .. }, _, entries) => {
            relist(sheet, entry, entries, change.shape, change.means)
        }
        (Kind::Scalar { .. }, Shape::List, _) => {
            // Nothing was written, or a word for nothing.
            let colon = sheet.colon(entry) + 1;
            let fresh = format!(" {}", change.fresh(node.is_flow(), indent, sheet.eol));
            Ok(vec![replace(colon..old.span.end.max(colon), fresh)])
        }
        (Kind::Scalar { style, .. }, Shape::Bare, [text]) => {
            let same = old.text(sheet.text) == Some(text);
            let text =
                if *style == ScalarStyle::Plain { text.clone() } else { rescalar(*style, text) };
            Ok(if same { Vec::new() } else { vec![replace(old.span.clone(), text)] })
        }
        (Kind::Scalar { style, .. }, _, [text]) => {
            if old.text(sheet.text).map(|t| t.trim_end_matches('\n')) == Some(text) {
                return Ok(Vec::new());
            }
            let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
            // A comment that follows would become part of a block's text.
            let rest = sheet.text[old.span.end..].lines().next().unwrap_or_default();
            let written = if is_block || (text.contains('\n') && rest.trim().is_empty()) {
                lines(text, node.is_flow(), indent, sheet.eol)
            } else if text.contains('\n') {
                quoted(text)
            } else if matches!(change.shape, Shape::Ports | Shape::Entries) {
                written(change.shape, text)
            } else {
                rescalar(*style, text)
            };
            Ok(vec![replace(old.span.clone(), written)])
        }
        _ => {
            // One value becomes several: the field may have another name then.
            let fresh = change.fresh(node.is_flow(), indent, sheet.eol);
            let mut splices = vec![replace(old.span.clone(), fresh)];
            if change.other.is_some() && entry.key.text(sheet.text) != Some(change.key) {
                splices.push(replace(entry.key.span.clone(), change.key));
            }
            Ok(splices)
        }
    }
}

/// Writes a text with the quotes that the value before it had.
pub fn rescalar(style: ScalarStyle, text: &str) -> String {
    match style {
        ScalarStyle::DoubleQuoted => quoted(text),
        ScalarStyle::SingleQuoted if !text.contains(char::is_control) => {
            format!("'{}'", text.replace('\'', "''"))
        }
        _ => yaml_text(text),
    }
}

/// An entry of the file as a form has it.
fn in_form<'a>(sheet: Sheet<'a>, node: &'a Node, shape: Shape) -> Cow<'a, str> {
    match shape {
        Shape::Flags => flags_in_form(node, sheet.text).unwrap_or_default().into(),
        _ => node.text(sheet.text).unwrap_or_default().into(),
    }
}

/// Changes the entries of a list; those that stay keep their spelling, quotes, comments and lines.
pub fn relist(sheet: Sheet<'_>, entry: &Entry, new: &[String], shape: Shape, means: Means) -> Plan {
    let list = &entry.value;
    let nodes = list.items();
    let meant = |text: &str| means(text).unwrap_or_else(|| text.to_owned());
    let old: Vec<String> = nodes.iter().map(|node| meant(&in_form(sheet, node, shape))).collect();
    let wanted: Vec<String> = new.iter().map(|text| meant(text)).collect();
    if old == wanted {
        return Ok(Vec::new());
    }
    let write = |text: &String| written(shape, text);
    if list.is_flow() && !sheet.written(list).contains(['\n', '#']) {
        let kept = |i: usize| old.iter().position(|o| *o == wanted[i]);
        let texts = new.iter().enumerate().map(|(i, text)| match kept(i) {
            Some(at) => sheet.written(&nodes[at]).to_owned(),
            None => write(text),
        });
        let texts: Vec<String> = texts.collect();
        return Ok(vec![replace(list.span.clone(), format!("[{}]", texts.join(", ")))]);
    }
    let mut splices = Vec::new();
    let mut gone: Vec<usize> = Vec::new();
    let mut added: Vec<(usize, String)> = Vec::new();
    for op in capture_diff_slices(similar::Algorithm::Myers, &old, &wanted) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (from, to) = (op.old_range(), op.new_range());
        let pairs = from.len().min(to.len());
        for (i, text) in from.clone().zip(&new[to.clone()]) {
            splices.push(replace(nodes[i].span.clone(), write(text)));
        }
        gone.extend(from.clone().skip(pairs));
        added.extend(new[to].iter().skip(pairs).map(|text| (from.end, write(text))));
    }
    if list.is_flow() {
        let flow = Flow::of(list);
        // What comes to one place comes there together.
        let mut together: Vec<(usize, String)> = Vec::new();
        for (at, text) in added {
            match together.last_mut() {
                Some((place, texts)) if *place == at => *texts += &format!(", {text}"),
                _ => together.push((at, text)),
            }
        }
        for (at, text) in together {
            splices.extend(flow.insert(sheet, at, None, &Piece { text, ..Piece::default() }));
        }
        splices.extend(flow.remove(sheet, &gone));
        return Ok(splices);
    }
    let block = Block::of(sheet, entry);
    for (at, text) in added {
        let line = format!("{}- {text}", blanks(block.column));
        splices.push(if at < block.len() {
            put(block.item(at)?.lead, format!("{line}{}", sheet.eol))
        } else {
            let last = block.len().checked_sub(1).ok_or_else(lost)?;
            put(block.item(last)?.end, format!("{}{line}", sheet.eol))
        });
    }
    for at in gone {
        // The line end before it goes with it: behind the last one, new fields may be put.
        let item = block.item(at)?;
        splices.push(cut(sheet.line_end(sheet.line_start(item.lead - 1))..item.end));
    }
    Ok(splices)
}

/// Keeps the splices that lie within `range`, as an edit of that piece alone.
pub fn within(splices: Vec<Splice>, range: &std::ops::Range<usize>) -> Vec<Splice> {
    splices
        .into_iter()
        .filter(|s| s.range.start >= range.start && s.range.end <= range.end)
        .map(|s| Splice { range: s.range.start - range.start..s.range.end - range.start, ..s })
        .collect()
}
