//! Lists and mappings between brackets.

use std::ops::Range;

use super::sheet::{Sheet, blanks, cut, put};
use crate::policy::Splice;
use crate::policy::tree::{Kind, Node};

/// Where the items between two brackets stand.
pub struct Flow {
    /// Their bytes.
    pub items: Vec<Range<usize>>,
    /// The bytes between the brackets.
    pub inside: Range<usize>,
}

/// An item on its way: its text and the comments that belong to it.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// Comment lines above.
    pub above: Vec<String>,
    /// The text.
    pub text: String,
    /// The column in which the text began, from 0.
    pub column: usize,
    /// The comment on its line.
    pub beside: Option<String>,
}

impl Piece {
    fn has_comments(&self) -> bool {
        !self.above.is_empty() || self.beside.is_some()
    }

    /// The comment lines above it.
    fn over(&self, new_line: &str) -> String {
        self.above.iter().map(|comment| format!("{comment}{new_line}")).collect()
    }

    /// Its text, a separator, and the comment beside it.
    fn with_beside(&self, separator: &str) -> String {
        let beside = self.beside.as_ref().map(|comment| format!(" {comment}")).unwrap_or_default();
        format!("{}{separator}{beside}", self.text)
    }
}

impl Flow {
    /// Looks where the items of a list, or the fields of a mapping, stand.
    pub fn of(node: &Node) -> Self {
        let items = match &node.kind {
            Kind::List { items, .. } => items.iter().map(|n| n.span.clone()).collect(),
            Kind::Map { entries, .. } => entries
                .iter()
                .map(|e| e.key.span.start..e.value.span.end.max(e.key.span.end))
                .collect(),
            _ => Vec::new(),
        };
        Self { items, inside: node.span.start + 1..node.span.end - 1 }
    }

    /// Where an item's own comments and separator lie: lines above, the comma, the comment beside.
    fn own(&self, sheet: Sheet<'_>, index: usize) -> Own {
        let item = &self.items[index];
        let stop = self.items.get(index + 1).map_or(self.inside.end, |next| next.start);
        let comma = sheet.find(item.end..stop, ',');
        let behind = comma.map_or(item.end, |at| at + 1);
        let line_end = sheet.line_end(behind).min(stop);
        let rest = sheet.text[behind..line_end].trim();
        let beside = rest.starts_with('#').then(|| rest.to_owned());
        let ends_line = line_end < stop && (rest.is_empty() || beside.is_some());
        let begin = if index == 0 { self.inside.start } else { self.items[index - 1].end };
        let starts_line = sheet.line_start(item.start) > begin && sheet.is_first(item.start);
        let floor = sheet.next_line(begin);
        let lead = if starts_line { sheet.lead(item.start, floor) } else { item.start };
        Own { lead, comma, behind, beside, starts_line, ends_line }
    }

    /// The item with its comments.
    pub fn piece(&self, sheet: Sheet<'_>, index: usize) -> Piece {
        let own = self.own(sheet, index);
        let item = self.items[index].clone();
        Piece {
            above: sheet.comments(own.lead..item.start).map(str::to_owned).collect(),
            text: sheet.text[item.clone()].to_owned(),
            column: item.start - sheet.line_start(item.start),
            beside: own.beside,
        }
    }

    /// Takes items out, each with its separator.
    pub fn remove(&self, sheet: Sheet<'_>, gone: &[usize]) -> Vec<Splice> {
        let mut splices = Vec::new();
        let mut index = 0;
        while index < self.items.len() {
            if !gone.contains(&index) {
                index += 1;
                continue;
            }
            let first = index;
            while gone.contains(&index) && index < self.items.len() {
                index += 1;
            }
            splices.extend(self.remove_run(sheet, first..index));
        }
        splices
    }

    fn remove_run(&self, sheet: Sheet<'_>, run: Range<usize>) -> Vec<Splice> {
        let owns: Vec<Own> = run.clone().map(|i| self.own(sheet, i)).collect();
        let (Some(first), Some(last)) = (owns.first(), owns.last()) else { return Vec::new() };
        if owns.iter().all(|own| own.starts_line && own.ends_line) {
            return owns.iter().map(|own| cut(own.lead..sheet.next_line(own.behind))).collect();
        }
        let start = if first.starts_line {
            first_character(sheet, first.lead)
        } else {
            self.items[run.start].start
        };
        let end = if last.beside.is_some() {
            sheet.line_end(last.behind)
        } else {
            self.items[run.end - 1].end
        };
        let range = match (run.start.checked_sub(1), self.items.get(run.end)) {
            (_, Some(next)) => start..next.start,
            (Some(before), None) => self.items[before].end..end,
            (None, None) => start..end.max(last.behind),
        };
        let attached = |at: usize| {
            let above = run
                .clone()
                .zip(&owns)
                .any(|(i, own)| (own.lead..self.items[i].start).contains(&at));
            let beside = owns.iter().any(|own| {
                own.beside.is_some() && (own.behind..sheet.line_end(own.behind)).contains(&at)
            });
            above || beside
        };
        if sheet.comment_places(range.clone()).all(attached) {
            return vec![cut(range)];
        }
        if first.starts_line && run.end == self.items.len() {
            // The comment of the item before stays, with its line end, and its comma, which may stand behind the last.
            return vec![cut(start..end.max(last.behind))];
        }
        // Comments lie between: they stay, only the items and their commas go.
        let blank = |own: &Own| {
            let rest = &sheet.text[own.behind..];
            own.behind + (rest.len() - rest.trim_start_matches(' ').len())
        };
        run.zip(&owns).map(|(i, own)| cut(self.items[i].start..blank(own))).collect()
    }

    /// Puts an item where it will be number `index` once `without` is taken out.
    pub fn insert(
        &self,
        sheet: Sheet<'_>,
        index: usize,
        without: Option<usize>,
        piece: &Piece,
    ) -> Vec<Splice> {
        let others: Vec<usize> = (0..self.items.len()).filter(|i| Some(*i) != without).collect();
        let new_line = format!("{}{}", sheet.eol, blanks(self.indent(sheet)));
        match (others.get(index), others.last()) {
            (Some(&next), _) => vec![self.insert_before(sheet, next, &new_line, piece)],
            (None, Some(&last)) => self.insert_after(sheet, last, &new_line, piece),
            (None, None) => {
                // Comments between the brackets stay where they are.
                let lines = sheet.text[self.inside.clone()].contains('\n');
                let text = if lines || piece.has_comments() {
                    format!(
                        "{new_line}{}{}{new_line}",
                        piece.over(&new_line),
                        piece.with_beside("")
                    )
                } else {
                    piece.text.clone()
                };
                vec![put(self.inside.end, text)]
            }
        }
    }

    fn insert_before(
        &self,
        sheet: Sheet<'_>,
        next: usize,
        new_line: &str,
        piece: &Piece,
    ) -> Splice {
        let own = self.own(sheet, next);
        let lines = format!("{}{}{new_line}", piece.over(new_line), piece.with_beside(","));
        if own.starts_line {
            return put(first_character(sheet, own.lead), lines);
        }
        let start = self.items[next].start;
        if piece.has_comments() {
            return put(start, format!("{new_line}{lines}"));
        }
        put(start, format!("{}, ", piece.text))
    }

    fn insert_after(
        &self,
        sheet: Sheet<'_>,
        last: usize,
        new_line: &str,
        piece: &Piece,
    ) -> Vec<Splice> {
        let own = self.own(sheet, last);
        let end = self.items[last].end;
        let (comma, trailing) = if own.comma.is_some() { ("", ",") } else { (",", "") };
        if !own.starts_line && !piece.has_comments() {
            return vec![put(end, format!(", {}", piece.text))];
        }
        let close = if piece.beside.is_some() && !own.ends_line { new_line } else { "" };
        let text =
            format!("{new_line}{}{}{close}", piece.over(new_line), piece.with_beside(trailing));
        if own.ends_line && own.beside.is_some() {
            return vec![put(end, comma), put(sheet.line_end(own.behind), text)];
        }
        vec![put(own.behind, format!("{comma}{text}"))]
    }

    /// How far a further line between the brackets stands in.
    fn indent(&self, sheet: Sheet<'_>) -> usize {
        let own_line = self.items.iter().find(|item| {
            sheet.line_start(item.start) > self.inside.start && sheet.is_first(item.start)
        });
        match own_line {
            Some(item) => sheet.indent(item.start),
            None => sheet.indent(self.inside.start) + 4,
        }
    }
}

/// The first character of the line that begins at `start` that is no blank.
fn first_character(sheet: Sheet<'_>, start: usize) -> usize {
    let line = sheet.line(start);
    start + (line.len() - line.trim_start_matches(' ').len())
}

/// Where an item's own comments and separator lie.
struct Own {
    /// Where its first comment line begins, or the item itself.
    lead: usize,
    /// The comma behind it.
    comma: Option<usize>,
    /// Behind the comma, or behind the item.
    behind: usize,
    /// The comment on its line.
    beside: Option<String>,
    /// Whether it is the first on its line.
    starts_line: bool,
    /// Whether it is the last on its line.
    ends_line: bool,
}
