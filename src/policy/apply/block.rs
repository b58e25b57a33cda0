//! Lists with one item a line.

use std::ops::Range;

use super::sheet::{Plan, Sheet, blanks, cut, put, shifted};
use crate::messages::policy as say;
use crate::policy::tree::{Entry, Kind};
use crate::policy::{EditError, Splice};

/// A list with a line for each item, or a mapping with one for each field: where they stand, each with the comments that
/// belong to it. Only those that are asked for are looked at: a group may have very many rows.
pub struct Block<'a> {
    sheet: Sheet<'a>,
    entry: &'a Entry,
    /// The column of the dashes or fields, from 0.
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

impl<'a> Block<'a> {
    /// Looks at the list or mapping `entry`, which is not in flow style.
    pub const fn of(sheet: Sheet<'a>, entry: &'a Entry) -> Self {
        Self { sheet, entry, column: entry.value.column - 1 }
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.entry.value.items().len() + self.entry.value.entries().len()
    }

    /// The bytes of an item without its dash.
    fn span(&self, index: usize) -> Option<Range<usize>> {
        if let Kind::Map { entries, .. } = &self.entry.value.kind {
            let field = entries.get(index)?;
            return Some(field.key.span.start..field.value.span.end.max(field.key.span.end));
        }
        Some(self.entry.value.items().get(index)?.span.clone())
    }

    /// Where an item stands; refused where its dash is not found.
    pub fn item(&self, index: usize) -> Plan<BlockItem> {
        let sheet = self.sheet;
        let span = self.span(index).ok_or_else(lost)?;
        let (gap, above) = match index.checked_sub(1) {
            None => (self.entry.key.span.end, self.entry.key.span.end),
            Some(above) => {
                let above = self.span(above).ok_or_else(lost)?;
                (above.end, sheet.tail(above.end, self.column))
            }
        };
        let first = match &self.entry.value.kind {
            Kind::Map { .. } => span.start,
            _ if index == 0 => self.entry.value.span.start,
            _ => sheet.find(gap..span.start, '-').ok_or_else(lost)?,
        };
        let lead = sheet.lead(first, sheet.next_line(above));
        Ok(BlockItem { lead, end: sheet.tail(span.end, self.column) })
    }

    /// Whether every item has a blank line between it and the next.
    fn is_spaced(&self) -> Plan<bool> {
        if self.len() < 2 {
            return Ok(false);
        }
        let mut above = self.item(0)?;
        for next in 1..self.len() {
            let next = self.item(next)?;
            if self.sheet.text[above.end..next.lead].matches('\n').count() < 2 {
                return Ok(false);
            }
            above = next;
        }
        Ok(true)
    }

    /// Takes out an item that is not the only one; blank lines around it do not add up.
    pub fn remove(&self, index: usize) -> Plan<Splice> {
        let sheet = self.sheet;
        let BlockItem { lead, end } = self.item(index)?;
        let next = sheet.next_line(end);
        if next == end {
            // The last line of a text that does not end with a line end.
            let mut start = lead;
            while start > 0 && sheet.text[..start].ends_with(['\n', '\r', ' ', '\t']) {
                start -= 1;
            }
            return Ok(cut(start..end));
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
            return Ok(cut(self.item(index - 1)?.end..end));
        }
        Ok(cut(lead..stop))
    }

    /// Puts lines, without the last line's end, where they will be the item `index` once `without` is taken out.
    pub fn insert(&self, index: usize, without: Option<usize>, lines: &str) -> Plan<Splice> {
        let sheet = self.sheet;
        let others = self.len() - usize::from(without.is_some());
        let other = |nth: usize| nth + usize::from(without.is_some_and(|without| without <= nth));
        let gap = if self.is_spaced()? { sheet.eol.repeat(2) } else { sheet.eol.to_owned() };
        Ok(match (index < others, others.checked_sub(1)) {
            (true, _) => put(self.item(other(index))?.lead, format!("{lines}{gap}")),
            (false, Some(last)) => put(self.item(other(last))?.end, format!("{gap}{lines}")),
            (false, None) => put(sheet.next_line(sheet.text.len()), lines),
        })
    }

    /// The lines of an item with its comments, without the last line's end.
    pub fn lines(&self, index: usize) -> Plan<Range<usize>> {
        let BlockItem { lead, end } = self.item(index)?;
        Ok(lead..end)
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
