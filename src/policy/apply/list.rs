//! Items of lists, however the lists are written.

use granit_parser::ScalarStyle;

use super::block::{Block, lines_of, moved};
use super::flow::{Flow, Piece};
use super::sheet::{Plan, Sheet, blanks, cut, put, replace};
use crate::policy::tree::{Entry, Kind, Node};
use crate::policy::write::{is_plain, quoted};
use crate::policy::{EditError, Splice};

/// An item on its way from or to a list.
pub enum Item {
    /// Lines for a list with a line for each item, its dashes in `column`; comments included.
    Lines {
        /// The lines, without the last one's end.
        text: String,
        /// The column of the dash, from 0.
        column: usize,
        /// The same for a list between brackets.
        piece: Piece,
    },
    /// What stood, or may stand, between brackets.
    Piece(Piece),
}

/// Takes an item out of a list: what it was, and the splices.
pub fn take(sheet: Sheet<'_>, entry: &Entry, index: usize) -> Plan<(Item, Vec<Splice>)> {
    Ok((copy(sheet, entry, index)?, remove(sheet, entry, index)?))
}

/// An item with its comments.
fn copy(sheet: Sheet<'_>, entry: &Entry, index: usize) -> Plan<Item> {
    let list = &entry.value;
    let node = list.items().get(index).ok_or(EditError::NoSuchPlace)?;
    if list.is_flow() {
        return Ok(Item::Piece(Flow::of(list).piece(sheet, index)));
    }
    let block = Block::of(sheet, entry);
    let lines = block.lines(index)?;
    let comments = sheet.comments(lines.clone()).map(str::to_owned);
    let piece = if node.is_flow() && !sheet.written(node).contains('\n') {
        let end = node.span.end;
        Piece {
            above: sheet.comments(lines.start..node.span.start).map(str::to_owned).collect(),
            text: sheet.written(node).to_owned(),
            column: node.column - 1,
            beside: sheet.comments(end..sheet.line_end(end)).next().map(str::to_owned),
        }
    } else {
        Piece { above: comments.collect(), text: on_one_line(sheet, node), ..Piece::default() }
    };
    Ok(Item::Lines { text: sheet.text[lines].to_owned(), column: block.column, piece })
}

/// Takes an item out of a list.
pub fn remove(sheet: Sheet<'_>, entry: &Entry, index: usize) -> Plan {
    let list = &entry.value;
    if index >= list.items().len() {
        return Err(EditError::NoSuchPlace);
    }
    if list.is_flow() {
        return Ok(Flow::of(list).remove(sheet, &[index]));
    }
    remove_lines(sheet, entry, index, " []")
}

/// Takes a field out of the mapping `entry`, with the comments that belong to it.
pub fn remove_field(sheet: Sheet<'_>, entry: &Entry, index: usize) -> Plan {
    let map = &entry.value;
    if index >= map.entries().len() {
        return Err(EditError::NoSuchPlace);
    }
    if map.is_flow() {
        return Ok(Flow::of(map).remove(sheet, &[index]));
    }
    remove_lines(sheet, entry, index, " {}")
}

/// Takes the lines of an item out; brackets stand for the last one.
fn remove_lines(sheet: Sheet<'_>, entry: &Entry, index: usize, brackets: &str) -> Plan {
    let block = Block::of(sheet, entry);
    if block.len() > 1 {
        return Ok(vec![block.remove(index)?]);
    }
    let lines = block.lines(0)?;
    let next = sheet.next_line(lines.end);
    let gone = if next == lines.end {
        // The last line of a text that does not end with a line end.
        cut(sheet.line_end(sheet.line_start(lines.start - 1))..lines.end)
    } else {
        cut(lines.start..next)
    };
    Ok(vec![put(sheet.colon(entry) + 1, brackets), gone])
}

/// Puts a field at the end of the mapping `entry`, which may be empty, or not written.
pub fn put_field(sheet: Sheet<'_>, parent: &Node, entry: &Entry, text: &str) -> Vec<Splice> {
    let map = &entry.value;
    let colon = sheet.colon(entry) + 1;
    if let Some(last) = map.entries().len().checked_sub(1) {
        return insert_field(sheet, map, Some(last), text);
    }
    let empty = map.is_flow() && sheet.text[map.span.start + 1..map.span.end - 1].trim().is_empty();
    if map.is_flow() && (parent.is_flow() || !empty) {
        return vec![put(map.span.end - 1, text)];
    }
    let written = colon..map.span.end.max(colon);
    if parent.is_flow() {
        return vec![replace(written, format!(" {{{text}}}"))];
    }
    let end = sheet.tail(written.end, entry.key.column - 1);
    let below = put(end, format!("{}{}{text}", sheet.eol, blanks(entry.key.column + 1)));
    if written.is_empty() { vec![below] } else { vec![cut(written), below] }
}

/// Puts an item where it will be number `index` once the item `without` of the same list is taken out.
///
/// `usual` is the column for the dashes of a list that has none yet.
pub fn insert(
    sheet: Sheet<'_>,
    parent: &Node,
    entry: &Entry,
    index: usize,
    without: Option<usize>,
    item: &Item,
    usual: usize,
) -> Plan {
    let list = &entry.value;
    let count = list.items().len() - usize::from(without.is_some());
    if index > count {
        return Err(EditError::NoSuchPlace);
    }
    let lines = |column: usize| match item {
        Item::Lines { text, column: from, .. } => moved(text, *from, column),
        Item::Piece(p) => lines_of(sheet, &p.above, &p.text, p.column, p.beside.as_deref(), column),
    };
    let piece = match item {
        Item::Lines { piece, .. } | Item::Piece(piece) => piece,
    };
    if list.is_null(sheet.text) {
        let colon = sheet.colon(entry) + 1;
        if parent.is_flow() {
            return Ok(vec![put(colon, format!(" [{}]", piece.text))]);
        }
        let written = colon..list.span.end.max(colon);
        let end = sheet.tail(written.end, entry.key.column - 1);
        let below = put(end, format!("{}{}", sheet.eol, lines(usual)));
        return Ok(if written.is_empty() { vec![below] } else { vec![cut(written), below] });
    }
    if !list.is_flow() {
        let block = Block::of(sheet, entry);
        return Ok(vec![block.insert(index, without, &lines(block.column))?]);
    }
    let flow = Flow::of(list);
    let empty = sheet.text[flow.inside.clone()].trim().is_empty();
    if flow.items.is_empty() && empty && !parent.is_flow() {
        // The brackets go, a comment behind them stays.
        let colon = sheet.colon(entry) + 1;
        let end = sheet.tail(list.span.end, entry.key.column - 1);
        return Ok(vec![
            cut(colon..list.span.end),
            put(end, format!("{}{}", sheet.eol, lines(usual))),
        ]);
    }
    Ok(flow.insert(sheet, index, without, piece))
}

/// Writes a node on one line, for a list between brackets. Comments in it are not taken along.
pub fn on_one_line(sheet: Sheet<'_>, node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { style, .. } => {
            let written = sheet.written(node);
            let text = node.text(sheet.text).unwrap_or_default();
            let safe = match style {
                ScalarStyle::Plain => !written.contains(['\n', ',', '[', ']', '{', '}']),
                ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => !written.contains('\n'),
                ScalarStyle::Literal | ScalarStyle::Folded => false,
            };
            if safe { written.to_owned() } else { quoted(text) }
        }
        Kind::List { items, .. } => {
            let items: Vec<String> = items.iter().map(|item| on_one_line(sheet, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Map { entries, .. } => {
            let pair = |e: &Entry| {
                let key = e.key.text(sheet.text).unwrap_or_default();
                let key = if is_plain(key) { key.to_owned() } else { quoted(key) };
                format!("{key}: {}", on_one_line(sheet, &e.value))
            };
            let entries: Vec<String> = entries.iter().map(pair).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Kind::Broken | Kind::Rows | Kind::Unread { .. } => sheet.written(node).to_owned(),
    }
}

/// A new field of a mapping and its value, where it will be the field `index`.
pub fn insert_field(
    sheet: Sheet<'_>,
    node: &Node,
    after: Option<usize>,
    text: &str,
) -> Vec<Splice> {
    if node.is_flow() {
        // Before the comma of the field above, and before a comment on its line, which stays with it.
        let items = Flow::of(node).items;
        return match (after.and_then(|i| items.get(i)), items.first()) {
            (Some(above), _) => vec![put(above.end, format!(", {text}"))],
            (None, Some(first)) => vec![put(first.start, format!("{text}, "))],
            (None, None) => vec![put(node.span.start + 1, text)],
        };
    }
    let indent = blanks(node.column - 1);
    match after.and_then(|i| node.entries().get(i)) {
        Some(entry) => {
            let end = sheet.tail(entry.value.span.end.max(entry.key.span.end), node.column - 1);
            vec![put(end, format!("{}{indent}{text}", sheet.eol))]
        }
        None => vec![put(node.span.start, format!("{text}{}{indent}", sheet.eol))],
    }
}

/// Takes fields out of a mapping, each with its separator and the comment beside it.
pub fn remove_fields(sheet: Sheet<'_>, node: &Node, gone: &[usize]) -> Vec<Splice> {
    if node.is_flow() {
        return Flow::of(node).remove(sheet, gone);
    }
    let entries = node.entries();
    let kept_first = (0..entries.len()).find(|i| !gone.contains(i)).unwrap_or(0);
    let mut splices = Vec::new();
    for &index in gone {
        let entry = &entries[index];
        let start = entry.key.span.start;
        let end = sheet.tail(entry.value.span.end.max(entry.key.span.end), node.column - 1);
        let next = sheet.next_line(end);
        if sheet.is_first(start) {
            let line = sheet.line_start(start);
            if next == end && line > 0 {
                splices.push(cut(sheet.line_end(sheet.line_start(line - 1))..end));
            } else {
                splices.push(cut(line..next));
            }
        } else if index < kept_first && index == 0 {
            // It stands behind the dash: the next field moves up to there.
            let next = entries[kept_first].key.span.start;
            let lead = sheet.lead(next, sheet.next_line(end));
            if lead == sheet.line_start(next) {
                splices.push(cut(start..next));
            } else {
                splices.push(cut(start..end));
            }
        } else {
            splices.push(replace(start..end, ""));
        }
    }
    splices
}
