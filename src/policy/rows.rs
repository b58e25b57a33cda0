//! The rows of a policy as lines of its text: which lines an edit of rows changes, and what these lines say.
//!
//! A row of a list with a line for each item begins with its dash and ends where the next one's line begins. What such
//! lines say hangs on nothing outside of them but the columns of the lists and mappings that they are in. So they are
//! read alone, in a policy of nothing else, with a row below them that proves that nothing in them is left open.

use std::ops::Range;

use super::fault::Faults;
use super::tree::{Entry, Kind, Node, Shift, Tree, tree as part};
use super::{Policy, Rule, RulePlace, Rules, Splice, Start};
use crate::diagnostic::Place;

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

/// A policy, its text, and its tree without rows.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    /// The tree, of whose rows only the lists are there ([`Kind::Rows`]).
    pub tree: &'a Tree,
    /// What the text says.
    pub policy: &'a Policy,
    /// The text.
    pub text: &'a str,
}

/// Forgets the rows of the policy, but not where their lists stand.
pub fn forget(tree: &mut Tree, text: &str) {
    let Some(groups) = groups_mut(&mut tree.root, text) else { return };
    for list in groups.iter_mut().filter_map(|group| list_mut(group, text)) {
        if matches!(&list.kind, Kind::List { flow: false, items } if !items.is_empty()) {
            list.kind = Kind::Rows;
        }
    }
}

/// The tree with all rows of the groups of these, and these read again, for an edit that looks into them; nothing where
/// that cannot be done.
pub fn with_rows(state: State<'_>, rows: &[RulePlace]) -> Option<Tree> {
    let text = state.text;
    let mut tree = state.tree.clone();
    for place in rows {
        let rules = state.rules(place.group)?;
        let list = list_mut(groups_mut(&mut tree.root, text)?.get_mut(place.group)?, text)?;
        if matches!(list.kind, Kind::Rows) {
            list.kind = Kind::List { flow: false, items: unread(rules, text) };
        }
        let Some(item) = list.items_mut()?.get_mut(place.rule) else { continue };
        if !matches!(item.kind, Kind::Unread { .. }) {
            continue;
        }
        let bytes = state.lines(place.group, place.rule)?;
        let around = Around::of(state, place.group)?;
        let at = (bytes.start, item.line);
        let read = read(&text[bytes], &around, at, &mut Faults::default())?;
        let mut items = read.list.items().to_vec();
        *item = items.pop().filter(|one| items.is_empty() && one.span == item.span)?;
    }
    Some(tree)
}

/// The rows of a group as far as the policy knows them.
fn unread(rules: &Rules, text: &str) -> Vec<Node> {
    let node = |(rule, start): (&Rule, Start)| {
        let Place { line, column, span } = rule.place.in_text(start);
        let flow = text[span.start..].starts_with('{');
        Node { span, line, column, kind: Kind::Unread { flow } }
    };
    rules.iter().zip(rules.starts()).map(node).collect()
}

/// Whether some row is not read.
pub fn is_forgotten(tree: &Tree, text: &str) -> bool {
    let groups = tree.root.field(text, "rule_groups").map_or(&[][..], Node::items);
    let mut lists = groups.iter().filter_map(|group| group.field(text, "rules"));
    lists.any(|list| matches!(list.kind, Kind::Rows))
}

/// The lines that the splices of an edit change, in the order of the text; nothing where they change more than rows.
pub fn stretches(state: State<'_>, pieces: &[Splice]) -> Option<Vec<Stretch>> {
    let mut found: Vec<Stretch> = Vec::new();
    for piece in pieces {
        let stretch = stretch(state, piece)?;
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

fn stretch(state: State<'_>, piece: &Splice) -> Option<Stretch> {
    let groups = 0..state.policy.rule_groups.len();
    let lists = groups.filter_map(|group| Some((group, state.rules(group)?)));
    let Range { start, end } = piece.range;
    let line = |rules: &Rules, row: usize| line_of(rules.start(row)?.byte, state.text);
    let (group, rules) = lists.take_while(|(_, rules)| line(rules, 0) <= Some(start)).last()?;
    // What stands before a line that is cut into may go on in it, and what is behind it may follow.
    let begun = rules.begun(start).saturating_sub(1);
    let first = match line(rules, begun)? {
        line if line >= start => begun.saturating_sub(1),
        _ => begun,
    };
    let reached = rules.begun(end).saturating_sub(1);
    let last = match (reached + 1 < rules.len()).then(|| line(rules, reached + 1)) {
        Some(line) if line? <= end => reached + 1,
        _ => reached,
    };
    let bytes = state.lines(group, first)?.start..state.lines(group, last)?.end;
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
    let in_column = |item: &Node| {
        line_of(item.span.start, &whole).is_some_and(|at| blanks(&whole[at..]) == around.row)
    };
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
    pub fn of(state: State<'_>, group: usize) -> Option<Self> {
        let State { tree, text, .. } = state;
        let node = tree.root.field(text, "rule_groups")?.items().get(group)?;
        let first = state.rules(group)?.start(0)?.byte;
        let column = |start: usize| line_of(start, text).map(|at| blanks(&text[at..]));
        let around =
            Self { group: column(node.span.start)?, field: node.column - 1, row: column(first)? };
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

impl<'a> State<'a> {
    /// The rules of a group that has a line for each row.
    pub fn rules(self, group: usize) -> Option<&'a Rules> {
        let groups = self.tree.root.field(self.text, "rule_groups")?;
        let list = groups.items().get(group)?.field(self.text, "rules")?;
        let rules = &self.policy.rule_groups.get(group)?.rules;
        (!groups.is_flow() && matches!(list.kind, Kind::Rows)).then_some(rules)
    }

    /// The lines of a row: from that of its dash to that of the next one's, or to the first that says something else.
    pub fn lines(self, group: usize, row: usize) -> Option<Range<usize>> {
        let rules = self.rules(group)?;
        let start = line_of(rules.start(row)?.byte, self.text)?;
        let end = match rules.start(row + 1) {
            Some(next) => line_of(next.byte, self.text)?,
            None => end_of(rules.span(row)?.end, self.text),
        };
        Some(start..end)
    }

    /// The lines of some rows.
    pub fn all_lines(self, group: usize, rows: Range<usize>) -> Option<Range<usize>> {
        let last = rows.end.checked_sub(1).filter(|last| rows.start <= *last)?;
        Some(self.lines(group, rows.start)?.start..self.lines(group, last)?.end)
    }
}

/// Where the line of a row begins; nothing where its dash does not stand first on it.
fn line_of(row: usize, text: &str) -> Option<usize> {
    let start = text[..row].rfind('\n').map_or(0, |at| at + 1);
    let dash = text[start..row].trim_start_matches(' ').strip_prefix('-')?;
    let blank = !dash.is_empty() && dash.bytes().all(|byte| byte == b' ');
    (blank && !text[start..].starts_with('\u{feff}')).then_some(start)
}

/// Where the first line behind a list that ends at `end` begins that is neither blank nor a comment.
fn end_of(end: usize, text: &str) -> usize {
    let next = |at: usize| text[at..].find('\n').map_or(text.len(), |line| at + line + 1);
    let mut at = next(end);
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

fn field_mut<'a>(map: &'a mut Node, text: &str, name: &str) -> Option<&'a mut Node> {
    let named = |entry: &&mut Entry| entry.key.text(text) == Some(name);
    map.entries_mut()?.iter_mut().find(named).map(|entry| &mut entry.value)
}
