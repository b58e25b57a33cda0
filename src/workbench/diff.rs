use std::time::Duration;

use similar::{ChangeTag, TextDiff as Lines};

use super::session::Session;
use crate::compile::compile;
use crate::policy::{Document, Policy};

/// Lines that are shown around a change.
const AROUND: usize = 3;
/// How long the shortest difference is looked for; after that a longer one, which is as right.
const PATIENCE: Duration = Duration::from_millis(300);

/// How two texts differ, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextDiff {
    /// The changes with the lines around them, from top to bottom; lines between two hunks are the same.
    pub hunks: Vec<Vec<DiffLine>>,
    /// How many lines only the new text has.
    pub added: usize,
    /// How many lines only the old text has.
    pub removed: usize,
}

/// A line of one text or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// Which text has it.
    pub side: Side,
    /// Its number, from 1: in the new text, or in the old one where only that has it.
    pub number: usize,
    /// What it says, without its line end; pieces that the other text has not are `changed`.
    pub pieces: Vec<Piece>,
    /// Whether the text ends here without a line end.
    pub unended: bool,
}

/// Which text has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Both.
    Both,
    /// The old one only.
    Old,
    /// The new one only.
    New,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// Whether it is what makes the line differ.
    pub changed: bool,
}

/// What is unsaved, as the operator wrote it and as the engine gets it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unsaved {
    /// The policy's text.
    pub policy: TextDiff,
    /// The Suricata rules that it is compiled to.
    pub rules: TextDiff,
}

impl TextDiff {
    /// Compares two texts.
    #[must_use]
    pub fn of(before: &str, after: &str) -> Self {
        let lines = Lines::configure().timeout(PATIENCE).diff_lines(before, after);
        let mut diff = Self::default();
        for group in lines.grouped_ops(AROUND) {
            let mut hunk = Vec::new();
            for change in group.iter().flat_map(|op| lines.iter_inline_changes(op)) {
                let (side, index) = match change.tag() {
                    ChangeTag::Equal => (Side::Both, change.new_index()),
                    ChangeTag::Delete => (Side::Old, change.old_index()),
                    ChangeTag::Insert => (Side::New, change.new_index()),
                };
                diff.added += usize::from(side == Side::New);
                diff.removed += usize::from(side == Side::Old);
                let piece = |(changed, text): (bool, std::borrow::Cow<'_, str>)| Piece {
                    text: text.trim_end_matches('\n').to_owned(),
                    changed,
                };
                hunk.push(DiffLine {
                    side,
                    number: index.unwrap_or_default() + 1,
                    pieces: change.iter_strings_lossy().map(piece).collect(),
                    unended: change.missing_newline(),
                });
            }
            diff.hunks.push(hunk);
        }
        diff
    }

    /// Whether the texts are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hunks.is_empty()
    }
}

impl Unsaved {
    /// What differs between the session and its file, or what it began with.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let compiled = |policy: &Policy| compile(policy).text(policy);
        let before = Document::read(session.saved_text().to_owned());
        let rules_before = before.map(|document| compiled(document.policy())).unwrap_or_default();
        Self {
            policy: TextDiff::of(session.saved_text(), session.text()),
            rules: TextDiff::of(&rules_before, &compiled(session.policy())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(diff: &TextDiff) -> Vec<String> {
        let line = |line: &DiffLine| {
            let mark = match line.side {
                Side::Both => ' ',
                Side::Old => '-',
                Side::New => '+',
            };
            let text: String = line.pieces.iter().map(|piece| piece.text.as_str()).collect();
            format!("{mark}{} {text}", line.number)
        };
        diff.hunks.iter().flatten().map(line).collect()
    }

    #[test]
    fn change_stands_between_the_lines_around_it() {
        let before = "a\nb\nc\nd\ne\nf\ng\nh\ni\n";
        let diff = TextDiff::of(before, &before.replace("e\n", "E\nEE\n"));
        assert_eq!((diff.added, diff.removed, diff.hunks.len()), (2, 1, 1));
        let lines = plain(&diff);
        assert_eq!(
            lines,
            [" 2 b", " 3 c", " 4 d", "-5 e", "+5 E", "+6 EE", " 7 f", " 8 g", " 9 h"]
        );
    }

    #[test]
    fn same_texts_differ_nowhere() {
        assert!(TextDiff::of("a\nb\n", "a\nb\n").is_empty());
    }

    #[test]
    fn words_that_changed_are_marked_within_their_line() {
        let diff = TextDiff::of("from: office, to: any\n", "from: office, to: lab\n");
        let changed = |side: Side| -> String {
            let lines = diff.hunks[0].iter().filter(|line| line.side == side);
            lines.flat_map(|l| &l.pieces).filter(|p| p.changed).map(|p| p.text.as_str()).collect()
        };
        assert_eq!((changed(Side::Old).as_str(), changed(Side::New).as_str()), ("any", "lab"));
    }

    #[test]
    fn missing_line_end_and_other_line_ends_are_differences() {
        let diff = TextDiff::of("a\nb\n", "a\nb");
        assert!(diff.hunks[0].iter().any(|line| line.side == Side::New && line.unended));
        let diff = TextDiff::of("a\nb\n", "a\r\nb\n");
        assert_eq!((diff.added, diff.removed), (1, 1));
        assert!(plain(&diff).iter().any(|line| line.contains('\r')));
    }
}
