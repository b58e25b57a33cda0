//! The rows of a policy as lines of its text: which lines an edit of rows changes, and what these lines say.
//!
//! A row of a list with a line for each item begins with its dash and ends where the next one's line begins. What such
//! lines say hangs on nothing outside of them but the columns of the lists and mappings that they are in. So they are
//! read alone, in a policy of nothing else, with a row below them that proves that nothing in them is left open.

use std::ops::Range;

use super::fault::Faults;
use super::tree::{Entry, Kind, Node, Shift, Tree, tree as part};
use super::{RulePlace, Splice};

/// What stands below the rows that are read alone.
const END: &str = "end";

/// Lines of rows that an edit changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The group.
    pub group: usize,
    /// The rows before.
    pub rows: Range<usize>,
    /// Their lines.
    pub bytes: Range<usize>,
    /// How much longer the lines are after the edit.
    pub longer: isize,
}

/// Rows that were read alone.
pub struct Part {
    /// The list that holds them and nothing else.
    pub list: Node,
    /// Their comments.
    pub comments: Vec<Range<usize>>,
}

/// Forgets what the rows of the policy consist of, but not where they stand.
pub fn forget(tree: &mut Tree, text: &str) {
    let Some(groups) = groups_mut(&mut tree.root, text) else { return };
    for list in groups.iter_mut().filter_map(|group| list_mut(group, text)) {
        if let Kind::List { flow: false, items } = &mut list.kind {
            for item in items {
                item.kind = Kind::Unread { flow: item.is_flow() };
            }
        }
    }
}

/// The tree with these rows read again, for an edit that looks into them; nothing where that cannot be done.
pub fn with_rows(tree: &Tree, text: &str, rows: &[RulePlace]) -> Option<Tree> {
    let mut tree = tree.clone();
    for place in rows {
        let list = list(&tree, text, place.group)?;
        let Some(item) = list.items().get(place.rule) else { continue };
        if !matches!(item.kind, Kind::Unread { .. }) {
            continue;
        }
        let bytes = lines(list, text, place.rule)?;
        let around = Around::of(&tree, text, place.group)?;
        let at = (bytes.start, item.line);
        let read = read(&text[bytes], &around, at, &mut Faults::default())?;
        let mut items = read.list.items().to_vec();
        let one = items.pop().filter(|one| items.is_empty() && one.span == item.span)?;
        let item = item_mut(&mut tree, text, *place)?;
        *item = one;
    }
    Some(tree)
}

/// Whether some row is not read.
pub fn is_forgotten(tree: &Tree, text: &str) -> bool {
    let groups = tree.root.field(text, "rule_groups").map_or(&[][..], Node::items);
    let rows = groups.iter().filter_map(|group| group.field(text, "rules")).flat_map(Node::items);
    rows.into_iter().any(|row| matches!(row.kind, Kind::Unread { .. }))
}

/// The lines that the splices of an edit change, in the order of the text; nothing where they change more than rows.
pub fn stretches(tree: &Tree, text: &str, pieces: &[Splice]) -> Option<Vec<Stretch>> {
    let mut found: Vec<Stretch> = Vec::new();
    for piece in pieces {
        let stretch = stretch(tree, text, piece)?;
        match found.last_mut() {
            Some(last) if last.group == stretch.group && stretch.rows.start < last.rows.end => {
                last.rows.end = last.rows.end.max(stretch.rows.end);
                last.bytes.end = last.bytes.end.max(stretch.bytes.end);
                last.longer += stretch.longer;
            }
            _ => found.push(stretch),
        }
    }
    Some(found)
}

fn stretch(tree: &Tree, text: &str, piece: &Splice) -> Option<Stretch> {
    let groups = tree.root.field(text, "rule_groups")?.items();
    let lists = (0..groups.len()).filter_map(|group| Some((group, list(tree, text, group)?)));
    let Range { start, end } = piece.range;
    let (group, list) =
        lists.take_while(|(_, list)| first_line(list, text) <= Some(start)).last()?;
    let items = list.items();
    // What stands before a line that is cut into may go on in it, and what is behind it may follow.
    let begun = items.partition_point(|item| item.span.start <= start).saturating_sub(1);
    let first = match line_of(&items[begun], text)? {
        line if line >= start => begun.saturating_sub(1),
        _ => begun,
    };
    let reached = items.partition_point(|item| item.span.start <= end).saturating_sub(1);
    let last = match items.get(reached + 1).map(|next| line_of(next, text)) {
        Some(line) if line? <= end => reached + 1,
        _ => reached,
    };
    let bytes = lines(list, text, first)?.start..lines(list, text, last)?.end;
    let inside = bytes.start <= start && end <= bytes.end;
    let longer = isize::try_from(piece.text.len()).ok()? - isize::try_from(end - start).ok()?;
    inside.then_some(Stretch { group, rows: first..last + 1, bytes, longer })
}

/// Reads lines of rows as if nothing stood in the policy but them; nothing where they are not whole rows of one list.
///
/// What is read is moved to where the lines stand in the text: at `byte`, on `line`.
pub fn read(
    lines: &str,
    around: &Around,
    (byte, line): (usize, usize),
    faults: &mut Faults,
) -> Option<Part> {
    let head = around.head();
    let open = if lines.ends_with('\n') { "" } else { "\n" };
    let whole = format!("{head}{lines}{open}{}", around.tail());
    let Tree { mut root, mut comments } = part(&whole, faults)?;
    let groups = root.entries_mut()?.first_mut()?.value.items_mut()?;
    let mut list = groups.first_mut()?.entries_mut()?.first()?.value.clone();
    let end = list.items_mut()?.pop()?;
    let in_column =
        |item: &Node| line_of(item, &whole).is_some_and(|at| blanks(&whole[at..]) == around.row);
    let last = list.items().last()?.span.end;
    let ends = end.text(&whole) == Some(END) && end.span.start > head.len() + lines.len();
    let whole_rows = ends && last <= head.len() + lines.len() && !list.is_flow();
    if !whole_rows || !list.items().iter().all(in_column) || !faults.is_empty() {
        return None;
    }
    list.span.end = last;
    let signed = |number: usize| isize::try_from(number).unwrap_or_default();
    let by = Shift {
        bytes: signed(byte) - signed(head.len()),
        lines: signed(line) - 1 - signed(HEAD_LINES),
    };
    list.shift(by);
    comments.iter_mut().for_each(|comment| by.span(comment));
    Some(Part { list, comments })
}

/// The columns, from 0, in which what is around rows stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around {
    /// The dash of their group.
    group: usize,
    /// The fields of their group.
    field: usize,
    /// Their dashes.
    row: usize,
}

/// How many lines [`Around::head`] has.
const HEAD_LINES: usize = 2;

impl Around {
    /// Those of the rows of a group; nothing where a dash does not stand first on its line.
    pub fn of(tree: &Tree, text: &str, group: usize) -> Option<Self> {
        let node = tree.root.field(text, "rule_groups")?.items().get(group)?;
        let first = list(tree, text, group)?.items().first()?;
        let column = |node: &Node| line_of(node, text).map(|at| blanks(&text[at..]));
        let around = Self { group: column(node)?, field: node.column - 1, row: column(first)? };
        (tree.root.column == 1 && !node.is_flow() && around.field > around.group + 1)
            .then_some(around)
    }

    /// What stands above the rows: the shortest policy that has a list in the same column.
    fn head(&self) -> String {
        let dash = " ".repeat(self.group);
        let gap = " ".repeat(self.field - self.group - 1);
        format!("rule_groups:\n{dash}-{gap}rules:\n")
    }

    /// What stands below them: a row that proves that nothing above it is left open, and the next field.
    fn tail(&self) -> String {
        let (row, field) = (" ".repeat(self.row), " ".repeat(self.field));
        format!("{row}- {END}\n{field}end: {END}\n")
    }
}

fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The list of a group that has a line for each row.
pub fn list<'a>(tree: &'a Tree, text: &str, group: usize) -> Option<&'a Node> {
    let groups = tree.root.field(text, "rule_groups")?;
    let list = groups.items().get(group)?.field(text, "rules")?;
    (!groups.is_flow() && !list.is_flow() && !list.items().is_empty()).then_some(list)
}

/// The lines of a row: from that of its dash to that of the next one's, or to the first that says something else.
fn lines(list: &Node, text: &str, row: usize) -> Option<Range<usize>> {
    let start = line_of(list.items().get(row)?, text)?;
    let end = match list.items().get(row + 1) {
        Some(next) => line_of(next, text)?,
        None => end_of(list, text),
    };
    Some(start..end)
}

/// Where the line of a row begins; nothing where its dash does not stand first on it.
fn line_of(item: &Node, text: &str) -> Option<usize> {
    let start = text[..item.span.start].rfind('\n').map_or(0, |at| at + 1);
    let dash = text[start..item.span.start].trim_start_matches(' ').strip_prefix('-')?;
    let blank = !dash.is_empty() && dash.bytes().all(|byte| byte == b' ');
    (blank && !text[start..].starts_with('\u{feff}')).then_some(start)
}

fn first_line(list: &Node, text: &str) -> Option<usize> {
    list.items().first().and_then(|item| line_of(item, text))
}

/// Where the first line behind a list begins that is neither blank nor a comment.
fn end_of(list: &Node, text: &str) -> usize {
    let next = |at: usize| text[at..].find('\n').map_or(text.len(), |line| at + line + 1);
    let mut at = next(list.span.end);
    while at < text.len() {
        let after = next(at);
        let line = text[at..after].trim_start_matches([' ', '\t']);
        if !(line.trim().is_empty() || line.starts_with('#')) {
            break;
        }
        at = after;
    }
    at
}

/// The groups of a policy.
fn groups_mut<'a>(root: &'a mut Node, text: &str) -> Option<&'a mut Vec<Node>> {
    field_mut(root, text, "rule_groups")?.items_mut()
}

/// The row list of a group.
fn list_mut<'a>(group: &'a mut Node, text: &str) -> Option<&'a mut Node> {
    field_mut(group, text, "rules")
}

fn item_mut<'a>(tree: &'a mut Tree, text: &str, place: RulePlace) -> Option<&'a mut Node> {
    let group = groups_mut(&mut tree.root, text)?.get_mut(place.group)?;
    list_mut(group, text)?.items_mut()?.get_mut(place.rule)
}

fn field_mut<'a>(map: &'a mut Node, text: &str, name: &str) -> Option<&'a mut Node> {
    let named = |entry: &&mut Entry| entry.key.text(text) == Some(name);
    map.entries_mut()?.iter_mut().find(named).map(|entry| &mut entry.value)
}
