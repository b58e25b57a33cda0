use std::ops::Range;

use crate::messages::{Words, suricata::shape as say};
use crate::suricata::RuleProblem;

/// A piece of a rule's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Its text.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
}

impl<'a> Piece<'a> {
    /// Its bytes.
    pub(super) const fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// The same without blanks around it.
    pub(super) fn trimmed(self) -> Self {
        let text = self.text.trim_matches(BLANKS);
        let before = self.text.len() - self.text.trim_start_matches(BLANKS).len();
        Self { text, start: if text.is_empty() { self.start } else { self.start + before } }
    }

    /// What stands behind `at` bytes.
    pub(super) fn from(self, at: usize) -> Self {
        Self { text: &self.text[at..], start: self.start + at }
    }

    /// Its parts between `separator`s, without blanks around them.
    pub(super) fn split(self, separator: char) -> impl Iterator<Item = Self> + Clone + use<'a> {
        let mut at = self.start;
        self.text.split(separator).map(move |text| {
            let piece = Piece { text, start: at };
            at += text.len() + separator.len_utf8();
            piece.trimmed()
        })
    }
}

/// What the engine takes for space between words.
pub(super) const BLANKS: [char; 2] = [' ', '\t'];

/// An option as written: `content:!"a"` is name and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenOption<'a> {
    /// Its keyword as written.
    pub name: Piece<'a>,
    /// What stands behind the colon, without blanks around it; nothing where it is empty.
    pub value: Option<Piece<'a>>,
}

impl WrittenOption<'_> {
    /// The bytes of the whole option.
    pub(super) fn span(&self) -> Range<usize> {
        let end = self.value.map_or(self.name.span().end, |v| v.span().end);
        self.name.start..end
    }
}

/// A rule cut into its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scanned<'a> {
    /// Action, protocol, source, its ports, arrow, destination, its ports.
    pub fields: [Piece<'a>; 7],
    /// The options in the order written.
    pub options: Vec<WrittenOption<'a>>,
}

/// Cuts a rule into header fields and options.
///
/// Source: Suricata 7.0.10, `detect-parse.c` `SigParseBasics`, `SigParseOptions`; measured.
pub(super) fn scan(text: &str) -> Result<Scanned<'_>, Box<RuleProblem>> {
    let (fields, at) = fields(text)?;
    Ok(Scanned { fields, options: options(text, at)? })
}

/// The seven fields of the header, and where the options begin.
pub(super) fn fields(text: &str) -> Result<([Piece<'_>; 7], usize), Box<RuleProblem>> {
    let mut fields = [Piece { text: "", start: 0 }; 7];
    let mut at = 0;
    for (index, name) in say::HEADER.into_iter().enumerate() {
        // Action and arrow end at any blank, the others, which may be lists, at a space only.
        let word = index == 0 || index == 4;
        let piece = field_at(text, at, word);
        let cut = piece.text.is_empty() || piece.text.starts_with('(');
        if cut || piece.text.ends_with(';') || (!word && piece.span().end == text.len()) {
            return Err(cut_short(piece, name, &fields[..index]));
        }
        at = piece.span().end;
        fields[index] = piece;
    }
    Ok((fields, at))
}

fn cut_short(piece: Piece<'_>, name: Words, before: &[Piece<'_>]) -> Box<RuleProblem> {
    let index = before.len();
    let tab = before.iter().chain([&piece]).skip(1).any(|field| field.text.contains('\t'));
    let help = if tab {
        say::HEADER_TABS
    } else if index == 6 && piece.text.contains('(') {
        say::SPACE_BEFORE_OPTIONS
    } else {
        say::SHAPE_OF_RULE
    };
    let message = if piece.text.contains(['\t', '(']) && index == 6 {
        say::is_no_part(piece.text, name)
    } else {
        say::ends_before(name)
    };
    Box::new(RuleProblem::error("rule-cut-short", piece.span(), message).help(help))
}

/// The next field: up to a blank; lists up to a space outside of brackets.
fn field_at(text: &str, from: usize, word: bool) -> Piece<'_> {
    let rest = &text[from..];
    let start = from + (rest.len() - rest.trim_start_matches(BLANKS).len());
    let mut level = 0_i32;
    for (at, c) in text[start..].char_indices() {
        match c {
            '[' if !word => level += 1,
            ']' if !word => level -= 1,
            ' ' if level == 0 => return Piece { text: &text[start..start + at], start },
            '\t' | '\r' if word => return Piece { text: &text[start..start + at], start },
            _ => {}
        }
    }
    Piece { text: &text[start..], start }
}

/// Cuts the options apart. Parentheses and blanks around them are taken away, however many.
fn options(text: &str, from: usize) -> Result<Vec<WrittenOption<'_>>, Box<RuleProblem>> {
    let space = |c: char| c.is_ascii_whitespace() || c == '\u{b}';
    let body = &text[from..];
    let inner = body.trim_start_matches(|c| space(c) || c == '(');
    let start = from + (body.len() - inner.len());
    let inner = inner.trim_end_matches(|c| space(c) || c == ')');
    if inner.is_empty() {
        let problem = RuleProblem::error("no-options", from..text.len(), say::NO_OPTIONS);
        return Err(Box::new(problem.help(say::NO_OPTIONS_HELP)));
    }
    let mut options = Vec::new();
    let mut begin = start;
    let end = start + inner.len();
    let bytes = text.as_bytes();
    for at in start..end {
        // Quotes do not protect a semicolon, a backslash does (measured).
        if bytes[at] != b';' || (at > begin && bytes[at - 1] == b'\\') {
            continue;
        }
        options.push(option(Piece { text: &text[begin..at], start: begin }, at)?);
        begin = at + 1;
    }
    let rest = Piece { text: &text[begin..end], start: begin }.trimmed();
    if rest.text.is_empty() {
        return Ok(options);
    }
    Err(unended(rest, &options))
}

fn unended(rest: Piece<'_>, options: &[WrittenOption<'_>]) -> Box<RuleProblem> {
    let after = rest.text.starts_with(')') || rest.text.starts_with('#');
    if after && !options.is_empty() {
        let problem = RuleProblem::error("text-after-rule", rest.span(), say::TEXT_BEHIND);
        return Box::new(problem.help(say::TEXT_BEHIND_HELP));
    }
    let problem = RuleProblem::error("missing-semicolon", rest.span(), say::NO_SEMICOLON);
    Box::new(problem.help(say::NO_SEMICOLON_HELP))
}

fn option<'a>(piece: Piece<'a>, end: usize) -> Result<WrittenOption<'a>, Box<RuleProblem>> {
    let piece = piece.trimmed();
    let (name, value) = match piece.text.find(':') {
        Some(colon) => {
            let name = Piece { text: &piece.text[..colon], start: piece.start };
            (name.trimmed(), Some(piece.from(colon + 1).trimmed()))
        }
        None => (piece, None),
    };
    if name.text.is_empty() {
        let span = piece.start..end + 1;
        let problem = RuleProblem::error("empty-option", span, say::NOTHING_BEFORE_SEMICOLON);
        return Err(Box::new(problem.help(say::TAKE_SEMICOLON_AWAY)));
    }
    Ok(WrittenOption { name, value: value.filter(|v| !v.text.is_empty()) })
}
