use std::ops::Range;

use crate::policy::tree::{BOM, Entry, Node, Tree};
use crate::policy::{EditError, Splice};

/// A text with its tree, as the splices see it: lines, indentation, comments.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The whole text.
    pub text: &'a str,
    /// What it consists of.
    pub tree: &'a Tree,
    /// How its lines end.
    pub eol: &'static str,
}

/// What every step of a plan gives.
pub type Plan<T = Vec<Splice>> = Result<T, EditError>;

impl<'a> Sheet<'a> {
    /// Looks at a text.
    pub fn new(text: &'a str, tree: &'a Tree) -> Self {
        let first = text.find('\n');
        let crlf = first.is_some_and(|at| text[..at].ends_with('\r'));
        Self { text, tree, eol: if crlf { "\r\n" } else { "\n" } }
    }

    /// The text of a node as it is written.
    pub fn written(self, node: &Node) -> &'a str {
        &self.text[node.span.clone()]
    }

    /// Where the line of `at` begins.
    pub fn line_start(self, at: usize) -> usize {
        let first = if self.text.starts_with(BOM) { BOM.len() } else { 0 };
        self.text[..at].rfind('\n').map_or(first, |i| i + 1)
    }

    /// Where the line of `at` ends, before its line end.
    pub fn line_end(self, at: usize) -> usize {
        let rest = &self.text[at..];
        let end = rest.find('\n').map_or(self.text.len(), |i| at + i);
        if self.text[at..end].ends_with('\r') { end - 1 } else { end }
    }

    /// Where the line after that of `at` begins; the end of the text behind the last.
    pub fn next_line(self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |i| at + i + 1)
    }

    /// The line that begins at `start`, without its end.
    pub fn line(self, start: usize) -> &'a str {
        &self.text[start..self.line_end(start)]
    }

    /// Whether nothing is written on the line that begins at `start`.
    pub fn is_blank(self, start: usize) -> bool {
        self.line(start).trim().is_empty()
    }

    /// How far a line that is only a comment stands in.
    pub fn comment_indent(self, start: usize) -> Option<usize> {
        let line = self.line(start);
        let comment = line.trim_start();
        comment.starts_with('#').then(|| line.len() - comment.len())
    }

    /// Whether only blanks stand before `at` on its line.
    pub fn is_first(self, at: usize) -> bool {
        self.text[self.line_start(at)..at].trim().is_empty()
    }

    /// How far the line of `at` stands in.
    pub fn indent(self, at: usize) -> usize {
        let line = self.line(self.line_start(at));
        line.len() - line.trim_start_matches(' ').len()
    }

    /// Where something that ends at `end` and begins in `column` (from 0) really ends: behind the comment on
    /// its line, and behind the comment lines right below that stand further in than it does.
    pub fn tail(self, end: usize, column: usize) -> usize {
        let mut end = self.line_end(end);
        loop {
            let next = self.next_line(end);
            if next >= self.text.len() || self.comment_indent(next).is_none_or(|i| i <= column) {
                return end;
            }
            end = self.line_end(next);
        }
    }

    /// Where the comment lines right above the line of `at` begin; never above `floor`.
    pub fn lead(self, at: usize, floor: usize) -> usize {
        let mut start = self.line_start(at);
        while start > floor {
            let above = self.line_start(start - 1);
            if above < floor || self.comment_indent(above).is_none() {
                break;
            }
            start = above;
        }
        start
    }

    /// Where the first `wanted` outside of comments stands between two nodes.
    pub fn find(self, gap: Range<usize>, wanted: char) -> Option<usize> {
        let comments = &self.tree.comments;
        let comment = |at: usize| {
            let next = comments.partition_point(|c| c.start <= at);
            comments[..next].last().filter(|c| c.contains(&at))
        };
        let mut at = gap.start;
        while at < gap.end {
            let found = at + self.text[at..gap.end].find(wanted)?;
            match comment(found) {
                Some(comment) => at = comment.end,
                None => return Some(found),
            }
        }
        None
    }

    /// Where the comments within `range` begin.
    pub fn comment_places(self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let comments = &self.tree.comments;
        let first = comments.partition_point(|c| c.start < range.start);
        comments[first..].iter().map(|c| c.start).take_while(move |start| *start < range.end)
    }

    /// The comments within `range`, without their line ends.
    pub fn comments(self, range: Range<usize>) -> impl Iterator<Item = &'a str> {
        let text = self.text;
        self.comment_places(range).map(move |start| text[start..self.line_end(start)].trim_end())
    }

    /// Where the colon behind a field stands.
    pub fn colon(self, entry: &Entry) -> usize {
        let end = entry.key.span.end;
        self.text[end..].find(':').map_or(end, |i| end + i)
    }
}

/// Replaces `range` by `text`.
pub fn replace(range: Range<usize>, text: impl Into<String>) -> Splice {
    Splice { range, text: text.into() }
}

/// Puts `text` at `at`.
pub fn put(at: usize, text: impl Into<String>) -> Splice {
    replace(at..at, text)
}

/// Takes `range` out.
pub fn cut(range: Range<usize>) -> Splice {
    replace(range, "")
}

/// Moves the lines of `text` by `by` columns, all but the first; none ends up left of `least`.
///
/// Lines that begin with a tab, and blank ones, stay as they are.
pub fn shifted(text: &str, by: isize, least: usize) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_start_matches(' ');
        let indent = line.len() - bare.len();
        if number == 0 || bare.trim().is_empty() || bare.starts_with('\t') {
            out.push_str(line);
        } else {
            let indent = indent.saturating_add_signed(by).max(least);
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(bare);
        }
    }
    out
}

/// So many blanks.
pub fn blanks(count: usize) -> String {
    " ".repeat(count)
}
