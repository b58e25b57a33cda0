//! Lists with one item a line.

use std::ops::Range;

use super::sheet::{Sheet, blanks, cut, put, shifted};
use crate::messages::policy as say;
use crate::policy::tree::Entry;
use crate::policy::{EditError, Splice};

/// Where the items of a list stand, each with the comments that belong to it.
pub struct Block {
    /// The items.
    pub items: Vec<BlockItem>,
    /// The column of the dashes, from 0.
    pub column: usize,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy)]
pub struct BlockItem {
    /// Where its first comment line begins, or its own line.
    pub lead: usize,
    /// Where it ends, comments included, the line end not.
    pub end: usize,
}

impl Block {
    /// Looks where the items of a list stand; the list is not in flow style.
    pub fn of(sheet: Sheet<'_>, entry: &Entry) -> Option<Self> {
        let list = &entry.value;
        let column = list.column - 1;
        let mut floor = sheet.next_line(entry.key.span.end);
        let mut gap = entry.key.span.end;
        let mut items: Vec<BlockItem> = Vec::with_capacity(list.items().len());
        for node in list.items() {
            let dash = if items.is_empty() {
                list.span.start
            } else {
                sheet.find(gap..node.span.start, '-')?
            };
            let end = sheet.tail(node.span.end, column);
            items.push(BlockItem { lead: sheet.lead(dash, floor), end });
            gap = node.span.end;
            floor = sheet.next_line(end);
        }
        Some(Self { items, column })
    }

    /// Looks where the fields of a mapping stand that has a line for each.
    pub fn of_fields(sheet: Sheet<'_>, entry: &Entry) -> Self {
        let column = entry.value.column - 1;
        let mut floor = sheet.next_line(entry.key.span.end);
        let mut items = Vec::with_capacity(entry.value.entries().len());
        for field in entry.value.entries() {
            let end = sheet.tail(field.value.span.end.max(field.key.span.end), column);
            items.push(BlockItem { lead: sheet.lead(field.key.span.start, floor), end });
            floor = sheet.next_line(end);
        }
        Self { items, column }
    }

    /// Whether every item has a blank line between it and the next.
    fn is_spaced(&self, sheet: Sheet<'_>) -> bool {
        let blank =
            |pair: &[BlockItem]| sheet.text[pair[0].end..pair[1].lead].matches('\n').count() > 1;
        self.items.len() > 1 && self.items.windows(2).all(blank)
    }

    /// Takes out an item that is not the only one; blank lines around it do not add up.
    pub fn remove(&self, sheet: Sheet<'_>, index: usize) -> Splice {
        let BlockItem { lead, end, .. } = self.items[index];
        let next = sheet.next_line(end);
        if next == end {
            // The last line of a text that does not end with a line end.
            let mut start = lead;
            while start > 0 && sheet.text[..start].ends_with(['\n', '\r', ' ', '\t']) {
                start -= 1;
            }
            return cut(start..end);
        }
        let above = lead.checked_sub(1).map(|at| sheet.line_start(at));
        let open_above = index == 0 || above.is_some_and(|start| sheet.is_blank(start));
        let mut stop = next;
        if open_above {
            while stop < sheet.text.len() && sheet.is_blank(stop) {
                stop = sheet.next_line(stop);
            }
        }
        if stop == sheet.text.len() && open_above && index > 0 {
            // Nothing follows: the blank lines above would end the text.
            return cut(self.items[index - 1].end..end);
        }
        cut(lead..stop)
    }

    /// Puts lines, without the last line's end, where they will be the item `index` once `without` is taken out.
    pub fn insert(
        &self,
        sheet: Sheet<'_>,
        index: usize,
        without: Option<usize>,
        lines: &str,
    ) -> Splice {
        let others: Vec<BlockItem> = self
            .items
            .iter()
            .enumerate()
            .filter(|(i, _)| Some(*i) != without)
            .map(|(_, item)| *item)
            .collect();
        let gap = if self.is_spaced(sheet) { sheet.eol.repeat(2) } else { sheet.eol.to_owned() };
        match (others.get(index), others.last()) {
            (Some(next), _) => put(next.lead, format!("{lines}{gap}")),
            (None, Some(last)) => put(last.end, format!("{gap}{lines}")),
            (None, None) => put(sheet.next_line(sheet.text.len()), lines),
        }
    }

    /// The lines of an item with its comments, without the last line's end.
    pub fn lines(&self, index: usize) -> Range<usize> {
        self.items[index].lead..self.items[index].end
    }
}

/// Lines that were written for a list in column `from`, for one in column `to`.
pub fn moved(lines: &str, from: usize, to: usize) -> String {
    let by = to.cast_signed() - from.cast_signed();
    // The first line is shifted like the others.
    let padded = format!("\n{lines}");
    shifted(&padded, by, 0)[1..].to_owned()
}

/// Lines for an item whose text is `text`; `column` is where it stood, its first line's dash not counted.
pub fn lines_of(
    sheet: Sheet<'_>,
    above: &[String],
    text: &str,
    column: usize,
    beside: Option<&str>,
    dash: usize,
) -> String {
    let indent = blanks(dash);
    let mut out = String::new();
    for comment in above {
        out += &format!("{indent}{comment}{}", sheet.eol);
    }
    let by = (dash + 2).cast_signed() - column.cast_signed();
    out += &format!("{indent}- {}", shifted(text, by, dash + 2));
    if let Some(comment) = beside {
        out += &format!(" {comment}");
    }
    out
}

/// The column for the dashes of a list that is empty so far: as the other lists of the same kind have it.
pub fn usual_column(lists: impl Iterator<Item = (usize, usize)>, key: usize) -> usize {
    let usual = lists.map(|(key, dash)| dash.saturating_sub(key)).next();
    key + usual.unwrap_or(2)
}

/// A list whose items could not be told apart.
pub fn lost() -> EditError {
    EditError::Refused(say::list_as_written())
}
